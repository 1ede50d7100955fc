"""Every number on a page comes from a fact, or says why it need not: what the check finds, and what it lets pass."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.document.fixed import dated
from reportgen.errors import Problem
from reportgen.facts.fact import Fact
from reportgen.facts.tally import share_inside, tally
from reportgen.pack.names import with_numbers
from reportgen.pack.numbers import FIXED, number_in, unmarked
from reportgen.pack.written import Written, write
from reportgen.release.read import read
from reportgen.release.tables import Status
from reportgen.resources import bundled
from reportgen.settings import Settings
from tests.releases import Analysed
from tests.support import write_release

JOBS = Fact("E1/jobs/-/2024/-/-", 148_623.0, 143_912.0, 153_310.0, "jobs", 0, Status.OK, "", "employment")
GONE = Fact(
    "E1/jobs/all/2024/-/-", None, None, None, "jobs", 0, Status.SUPPRESSED, "1 of 31 industries is suppressed.", "jobs"
)
FACTS = {fact.id: fact for fact in (JOBS, GONE)}


def found(html: str, *names: str) -> list[str]:
    return [problem.what for problem in unmarked(f'<section id="jobs">{html}</section>', FACTS, names)]


def said(text: str, part: str = "") -> str:
    return f'<p data-fact="{JOBS.id}" data-part="{part}">{text}</p>'


@pytest.mark.parametrize(
    ("html", "number"),
    [
        ("<p>It has 12 places.</p>", "12"),
        ("<p>It has <b>12</b> places.</p>", "12"),
        ("<p>Twice as many.</p>", "Twice"),
        ("<p>Not one of them.</p>", "one"),
        ("<p>About ½ of them.</p>", "½"),
        (said("148,600") + " since 2019", "2019"),
        ('<p data-fixed="date">2024</p> and 3 more', "3"),
        ('<img alt="Bars: Bath 1.62" data-facts="" data-fixed-words="">', "1.62"),
        (f'<img alt="148,600 jobs, 12 places" data-facts="{JOBS.id}">', "12"),
        ('<img alt="2024, 20" data-fixed-words="2024 | 2">', "20"),
    ],
)
def test_a_typed_number_is_found(html: str, number: str) -> None:
    """In a sentence, inside of an element, in words, behind a mark, in the alternative text of a picture."""
    [what] = found(html)
    assert what.startswith(f"'{number}' comes from no fact")


@pytest.mark.parametrize(
    "html",
    [
        "<p>Nobody knows: no number, someone, often, tense.</p>",
        said("148,600"),
        said("143,900 to 153,300", "interval"),
        f'<td data-fact="{GONE.id}">[c]</td>',
        f'<p data-fact="{GONE.id}" data-part="reason">1 of 31 industries is suppressed.</p>',
        '<p data-fixed="number">Table 3</p>',
        '<p data-fixed="quotation">They said <b>25 %</b></p>',
        "<style>p { width: 12mm }</style><!-- 12 -->",
        f'<img alt="148,600 jobs (143,900 to 153,300) in 2024" data-facts="{JOBS.id}" data-fixed-words="2024">',
    ],
)
def test_a_marked_number_passes(html: str) -> None:
    assert [] == found(html)


def test_a_number_in_words_may_begin_an_alternative_text() -> None:
    """One place, and not Two."""
    one = replace(JOBS, value=1.0, low=None, high=None)
    html = f'<img alt="{{}} place is a hotspot" data-facts="{one.id}">'
    assert [] == unmarked(html.format("One"), {one.id: one})
    assert [] != unmarked(html.format("Two"), {one.id: one})


def test_a_year_that_a_template_prints_is_marked() -> None:
    assert [] == found(f"<p>since {dated('2019').__html__()}</p>")


@pytest.mark.parametrize(
    ("html", "what"),
    [
        (said("150,000"), "E1/jobs/-/2024/-/- reads '150,000', not '+148,600' or '148,600'"),
        (said("143,900 to 153,400", "interval"), "E1/jobs/-/2024/-/- reads '143,900 to 153,400'"),
        (f'<td data-fact="{GONE.id}">0</td>', "E1/jobs/all/2024/-/- reads '0', not '[c]'"),
        (said("148,600", "roughly"), 'data-part="roughly" is no part of a fact'),
        ('<p data-fact="E1/jobs">1</p>', "data-fact names no fact of the pack: E1/jobs"),
        ('<p data-fixed="because">1</p>', 'data-fixed="because" is no reason'),
    ],
)
def test_a_number_that_is_not_its_fact_is_found(html: str, what: str) -> None:
    """A changed number, a nought for what is suppressed, a mark that nobody can follow."""
    [told] = found(html)
    assert told.startswith(what)


def test_a_problem_says_in_which_section_and_what_to_do() -> None:
    [problem] = unmarked('<section id="own-skills"><p>We train 40 people a year.</p></section>', {})
    assert "section: own-skills" == problem.detail
    assert "We train 40 people a year." in problem.what
    assert problem.fix.endswith(", ".join(FIXED))


def test_a_name_may_hold_a_number_but_only_as_a_whole() -> None:
    """An area called Sector 2 hides neither 2 nor Sector 21."""
    assert [] == found("<p>Sector 2 leads.</p>", "Sector 2")
    assert 1 == len(found("<p>Sector 2 has 2 places.</p>", "Sector 2"))
    assert 1 == len(found("<p>Sector 21 leads.</p>", "Sector 2"))


def test_the_names_of_a_release_are_known_unless_they_are_nothing_but_a_number(tmp_path: Path) -> None:
    areas = """
        code      | name           | level     | parent    | latitude | longitude
        K02000001 | United Kingdom | national  |           |          |
        K03000001 | Great Britain  | benchmark | K02000001 |          |
        E12000007 | London         | region    | K03000001 |  51.5    | -0.1
        E12000009 | Twelve Towns   | region    | K03000001 |  51.0    | -3.0
        E30000234 | London         | ttwa      | E12000007 |  51.5    | -0.1
        E30000180 | 1066 Country   | ttwa      | E12000009 |  51.45   | -2.6
        E30000165 | 2024           | ttwa      | E12000009 |  51.38   | -2.36
    """
    release = read(write_release(tmp_path / "release", areas=areas), bundled().classification)
    names = with_numbers(release, bundled(), Settings(series="Places of 3 kinds"))
    assert {"Twelve Towns", "1066 Country", "Places of 3 kinds"} <= set(names)
    assert "2024" not in names
    assert all(number_in(name) for name in names)


def test_a_tally_names_what_it_counts_and_is_sure() -> None:
    counted = tally("E1", "2024", "open", [JOBS, GONE])
    assert ("E1/tally/-/2024/-/open", 2.0, (JOBS.id, GONE.id)) == (counted.id, counted.value, counted.of)
    assert (2.0, 2.0) == counted.ends
    assert "employment;jobs" == counted.source


def test_a_share_of_an_area_is_read_like_any_other_share() -> None:
    assert ("E2/share-inside/-/-/E1/-", 0.37) == ((inside := share_inside("E2", "E1", 0.37)).id, inside.value)


def numbers_without_a_mark(work: Analysed, made: Written) -> list[Problem]:
    """Those of a document."""
    return unmarked(
        made.html, {fact.id: fact for fact in made.facts}, with_numbers(work.release, bundled(), Settings())
    )


@pytest.mark.parametrize("area", ["E30000165", "E12000009", "N12000002", "E30000259"])
def test_a_pack_has_no_number_without_a_mark(illustrative: Analysed, area: str) -> None:
    assert [] == numbers_without_a_mark(illustrative, illustrative.written(area))


def test_every_reason_is_used() -> None:
    """The list is short so that it can be read."""
    told = " ".join(path.read_text("utf-8") for path in (bundled().root / "templates").rglob("*.html"))
    code = " ".join(path.read_text("utf-8") for path in (bundled().root / "src").rglob("document/**/*.py"))
    assert [] == [reason for reason in FIXED if f'data-fixed="{reason}"' not in told and f'"{reason}")' not in code]


@pytest.mark.slow
def test_no_pack_of_a_release_has_a_number_without_a_mark(illustrative: Analysed) -> None:
    """All packs of the bundled release, their documents alone."""
    for area in illustrative.release.packs():
        made = write(
            area, illustrative.release, illustrative.findings, bundled(), Settings()
        )  # not kept: there are many
        assert [] == numbers_without_a_mark(illustrative, made), area
