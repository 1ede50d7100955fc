"""Each fact in prose has a note, and the two lead to each other."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from reportgen.document.notes import linked, mentions, numbered

JOBS, SHARE, GROWTH = "here/jobs/-/2024/-/-", "here/creative-jobs-share/all/2024/-/-", "here/jobs-growth/-/2024/2019/-"
NUMBERS = {JOBS: 1, SHARE: 2, GROWTH: 3}


def said(fact: str, text: str = "7", part: str = "") -> str:
    """A fact as the voice says it."""
    attribute = f' data-part="{part}"' if part else ""
    return f'<span data-fact="{fact}"{attribute}>{text}</span>'


def shown(html: str, numbers: dict[str, int] = NUMBERS) -> str:
    """What a reader sees, a superscript behind `^`, its end `^`."""
    (found,) = linked([html], numbers)
    return re.sub(r"<[^>]*>", "", re.sub(r"</?sup[^>]*>", "^", found))


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        (f"<p>It has {said(JOBS)} jobs.</p>", "It has 7^E1^ jobs."),
        (f"<p>It has {said(JOBS)} ({said(JOBS, '6 to 8', 'interval')}).</p>", "It has 7 (6 to 8).^E1^"),
        (f"<p>Of {said(JOBS)}, {said(SHARE, '5 %')}.</p>", "Of 7,^E1^ 5 %.^E2^"),
        (f"<p>There are {said(JOBS)}. Again {said(JOBS)}.</p>", "There are 7.^E1^ Again 7."),
        (f"<p>There are {said(JOBS)}</p><p>and {said(JOBS)}</p>", "There are 7^E1^and 7"),
        (f"<h1>It has {said(JOBS)}</h1><p>Now {said(JOBS)}</p>", "It has 7Now 7^E1^"),
        (f'<div class="key"><p>{said(JOBS)}</p></div>', "7"),
        (f'<p class="caption">Figure {said(JOBS)}</p>', "Figure 7"),
        (f'<li><b class="finding">{said(JOBS)} of {said(SHARE)}</b> It is {said(JOBS)}.</li>', "7 of 7 It is 7.^E1^"),
        (f'<div class="facts"><div><b>Area</b>{said(JOBS)} areas</div></div>', "Area7 areas"),
        (f"<table><tr><td>{said(JOBS)}</td></tr></table>", "7"),
        (f"<p><b>Bold {said(JOBS)}</b> and {said('no/fact/-/-/-/-')}</p>", "Bold 7^E1^ and 7"),
    ],
    ids=[
        "number",
        "number and interval are one",
        "two facts of a sentence",
        "once a section",
        "in the first of two paragraphs",
        "not in a heading",
        "not in a key number",
        "not in a caption",
        "not in the bold title of a finding",
        "not on the cover",
        "not in a table",
        "not for what is no fact",
    ],
)
def test_a_number_stands_behind_what_it_belongs_to(html: str, seen: str) -> None:
    """Once a section, behind the last of a run in one sentence, and behind the punctuation that closes it."""
    assert seen == shown(html)


def test_each_mention_is_a_link_and_the_first_is_where_the_note_leads_back_to() -> None:
    """Also in headings, where no number stands."""
    first, second = linked([f"<h1>{said(JOBS)}</h1>", f"<p>{said(JOBS)}</p>"], NUMBERS)
    assert f'<h1><a class="fact" href="#note-1" id="fact-1" data-fact="{JOBS}">7</a></h1>' == first
    assert 1 == second.count('class="fact" href="#note-1" data-fact=')
    assert "id=" not in second


def test_numbers_go_by_what_is_measured_then_by_reading() -> None:
    """The notes of an indicator stand together; counts of a page's own lists are last."""
    counted, other = "here/tally/-/2024/-/recommendations", "there/jobs/-/2024/-/-"
    sections = [f"<p>{said(counted)} {said(GROWTH)} {said(other)}</p>", f"<p>{said(JOBS)} {said('gone')}</p>"]
    known = dict.fromkeys((JOBS, other, GROWTH, counted))
    assert {other: 1, JOBS: 2, GROWTH: 3, counted: 4} == numbered(sections, known)


def test_tags_within_attributes_and_comments_are_none() -> None:
    """As in an alternative text that holds a sign."""
    html = f'<p><!-- <table> --><img alt="a > b <table>">{said(JOBS)}</p>'
    assert [JOBS] == [mention.fact for mention in mentions(html)]


PIECES = st.sampled_from(
    [
        said(JOBS),
        said(SHARE),
        said(GROWTH, "1 to 2", "interval"),
        "x.",
        " (",
        ") ",
        "<p>",
        "</p>",
        "<table>",
        "</table>",
        "<h2>",
        "</h2>",
        "<br>",
        "<b>",
        "</b>",
        "&lt;",
        "> ",
    ]
)


@given(st.lists(st.lists(PIECES, max_size=12).map("".join), max_size=4))
def test_nothing_but_links_is_added(sections: list[str]) -> None:
    """Whatever the sections are: without links and numbers they read as before, and each id stands once."""
    numbers = numbered(sections, NUMBERS)
    assert list(range(1, len(numbers) + 1)) == list(numbers.values())
    together = "".join(linked(sections, numbers))
    assert sorted(re.findall(r'id="fact-(\d+)"', together)) == sorted(map(str, numbers.values()))
    without = re.sub(r'<sup data-fixed="number">.*?</sup>', "", together)
    plain = re.sub(
        r'<a class="fact" href="#note-\d+"(?: id="fact-\d+")?([^>]*)>([^<]*)</a>', r"<span\1>\2</span>", without
    )
    assert "".join(sections) == Markup(plain)
    for html, section in zip(sections, linked(sections, numbers), strict=True):
        facts = {mention.fact for mention in mentions(html) if not mention.quiet}
        assert len(facts) == section.count("<sup ")
