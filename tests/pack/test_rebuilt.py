"""A finished pack is held against the document that its release gives: what is found when the two differ."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reportgen.charts.colours import HOUSE
from reportgen.pack.pdf import Press
from reportgen.pack.printed import printed
from reportgen.pack.rebuilt import differences
from reportgen.pack.written import Written
from reportgen.resources import bundled
from reportgen.settings import Settings
from tests.pack.reading import pdf_of
from tests.releases import Analysed

BATH, SOUTH_WEST = "E30000165", "E12000009"
Change = Callable[[str, str], list[tuple[str, str]]]


@pytest.fixture(scope="module")
def bath(illustrative: Analysed) -> Written:
    return illustrative.written(BATH)


@pytest.fixture
def change(bath: Written) -> Change:
    """Lay out Bath's document with one text changed, and hold it against the document as it is."""
    press = Press(bundled().styles, bath.brief.release.info.source_date_epoch, HOUSE.applied)

    def found(text: str, other: str) -> list[tuple[str, str]]:
        assert text in bath.html
        data = press.write(press.lay_out(bath.html.replace(text, other, 1)), "test").data
        problems = differences("bath", {**bath.files, "bath.pdf": data}, bath)
        return [(problem.kind, problem.what) for problem in problems]

    return found


@pytest.mark.parametrize(
    ("area", "settings"),
    [
        (BATH, Settings()),
        (BATH, Settings(contents_from=3)),
        (BATH, Settings(watermark="DRAFT 2", series="Places of 3 kinds")),
        (SOUTH_WEST, Settings()),
    ],
    ids=["local", "with a page of contents", "with numbers in the running head", "regional"],
)
def test_a_pack_is_what_its_release_gives(illustrative: Analysed, area: str, settings: Settings) -> None:
    """Whatever lines, pages, running heads and tables make of it."""
    pack = illustrative.pack(area, settings)
    assert [] == differences(pack.folder, pack.files, illustrative.written(area, settings))


def test_all_its_numbers_are_looked_at(bath: Written, illustrative: Analysed) -> None:
    """Those of the text line by line, those of pictures letter by letter."""
    found = printed(pdf_of(illustrative.pack(BATH)))
    texts = [text for page in found.texts for text in page]
    assert 150 < sum(any(letter.isdigit() for letter in text) for text in texts)
    assert 100 < sum(letter.isdigit() for text in found.in_figures for letter in text)
    assert len(bath.brief.figures) + 1 == len(found.alternatives)  # and the map of the cover


def test_a_changed_number_is_found(change: Change, bath: Written) -> None:
    """It is missing, and another one is too many."""
    span = '<span data-fixed="definition">9</span>'
    assert [
        ("numbers-differ", "not in the PDF: 9"),
        ("numbers-differ", "in the PDF and not in the document: 90909"),
    ] == change(span, span.replace("9</", "90909</"))


def test_a_number_word_is_a_number(change: Change) -> None:
    changed = change("equally far from", "seven times as far from")
    assert [("numbers-differ", "in the PDF and not in the document: seven")] == changed


def test_a_changed_alternative_text_is_found(change: Change) -> None:
    assert {"alternative-differs"} == {kind for kind, _ in change('alt="Location quotients of', 'alt="Shares of')}


def test_a_changed_picture_is_found(bath: Written, illustrative: Analysed) -> None:
    """By its digits."""
    pdf = pdf_of(illustrative.pack("E30000180"))
    told = [problem.what for problem in differences("bath", {**bath.files, "bath.pdf": pdf}, bath)]
    assert any(what.startswith("in figures, ") for what in told)


@pytest.mark.parametrize("name", ["facts.csv", "data.csv", "figures/headlines-map.svg"])
def test_an_edited_file_is_found_with_its_line(bath: Written, name: str) -> None:
    first, digit, rest = bath.files[name].partition(b"4")
    edited = first + digit.replace(b"4", b"5") + rest
    [problem] = differences("bath", {**bath.files, name: edited}, bath)
    assert ("not-as-released", f"bath/{name}", first.count(b"\n") + 1) == (problem.kind, problem.file, problem.row)


def test_a_file_that_the_release_does_not_give_is_found(bath: Written) -> None:
    [problem] = differences("bath", {**bath.files, "figures/mine.svg": b"<svg/>"}, bath)
    assert ("not-as-released", "bath/figures/mine.svg") == (problem.kind, problem.file)
