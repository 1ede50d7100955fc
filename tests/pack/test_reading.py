"""Read out, a PDF says what its document says: word for word, in its order, with nothing outside the paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reportgen.pack.check import check_pdf
from reportgen.pack.model import Pack
from tests.pack.test_check import EXPECTED, STYLE, printed

DOCUMENT = "<section id='jobs'><h1>Jobs in Bath</h1><p class='note'>The long-term trend is not known.</p></section>"


def told(document: str, body: str, style: str = STYLE) -> list[tuple[str, str, str]]:
    """What is said of a PDF printed from one body, held against another document."""
    html = f"<html><body>{document}</body></html>"
    return [(one.kind, one.what, one.detail) for one in check_pdf(printed(body, style), EXPECTED, "bath.pdf", html)]


def test_what_is_printed_as_it_stands_has_no_problem() -> None:
    """Blanks, line ends and hyphens are the page's own."""
    narrow = f"{STYLE} section {{ width: 12mm; hyphens: auto }}"
    assert [] == told(DOCUMENT, DOCUMENT)
    assert [] == told(DOCUMENT, DOCUMENT, narrow)


def test_a_word_that_the_page_does_not_have() -> None:
    """The message names page, element and words."""
    [(kind, what, place)] = told(DOCUMENT, DOCUMENT.replace("not known", "known"))
    assert "words-differ" == kind
    assert "words of the document are not read out there: 'not'" == what
    assert "page 1, <p.note> of section jobs" == place


def test_a_word_that_the_document_does_not_have() -> None:
    [(kind, what, _)] = told(DOCUMENT, DOCUMENT.replace("is not", "is surely not"))
    assert ("words-differ", "words are read out that the document does not say there: 'surely'") == (kind, what)


def test_a_word_in_the_place_of_another() -> None:
    [(kind, what, _)] = told(DOCUMENT, DOCUMENT.replace("trend", "level"))
    assert ("words-differ", "'level' stands where the document says 'trend'") == (kind, what)


def test_words_that_a_style_hides() -> None:
    """They are in the document, and nobody meets them."""
    [(kind, what, _)] = told(DOCUMENT, DOCUMENT, f"{STYLE} .note {{ display: none }}")
    assert "words-differ" == kind
    assert "words of the document are not read out there: 'Thelongtermtrendisnotknown.'" == what


def test_words_in_another_order() -> None:
    """What stands first in the document is read out first."""
    first, second = "<p>Bath has nine thousand jobs in all industries.</p>", "<p>Stoke has seven thousand of them.</p>"
    assert [] == told(f"<h1>Jobs</h1>{first}{second}", f"<h1>Jobs</h1>{first}{second}")
    assert {"words-differ"} == {
        kind for kind, _, _ in told(f"<h1>Jobs</h1>{first}{second}", f"<h1>Jobs</h1>{second}{first}")
    }


def test_a_head_that_a_long_table_repeats() -> None:
    """It stands again on the next page, and once in the document; signs of lists are the styles' own."""
    rows = "".join(f"<tr><td>Place {number}</td></tr>" for number in range(80))
    before = "<h1>Jobs</h1><ul><li>All areas</li></ul>"
    table = f"{before}<table><thead><tr><th>Area</th></tr></thead><tbody>{rows}</tbody></table>"
    assert [] == told(table, table)


def test_the_dots_of_a_line_of_contents() -> None:
    style = f"{STYLE} p a::after {{ content: leader('.') target-counter(attr(href), page) }}"
    contents = "<h1 id='jobs'>Jobs</h1><p><a href='#jobs'>Jobs</a></p>"
    assert [] == told(contents, contents, style)


def test_a_text_that_stands_outside_the_paper() -> None:
    """In part is enough."""
    [(kind, _, place)] = [
        one
        for one in told("", "<h1>Jobs</h1><p style='margin-left: 175mm; white-space: nowrap'>Llandrindod Wells</p>")
        if one[0] == "off-page"
    ]
    assert ("off-page", True) == (kind, place.startswith("page 1, text 'Llandrindod"))


@pytest.mark.parametrize("area", [pytest.param("E12000009", marks=pytest.mark.slow), "E30000180"])
def test_packs_say_what_their_documents_say(packs: Callable[[str], Pack], area: str) -> None:
    pack = packs(area)
    [data] = [data for name, data in pack.files.items() if name.endswith(".pdf")]
    assert [] == [one.as_text() for one in check_pdf(data, EXPECTED, html=pack.html) if one.kind == "words-differ"]
