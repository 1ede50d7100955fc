"""No text of a section reads wrong, whatever its numbers are: unknown, flagged, nought, tiny, one, about a line."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.document.sections.headlines import Key
from reportgen.document.sections.sureness import Part
from reportgen.document.voice import Voice
from reportgen.facts.fact import Fact
from reportgen.facts.words import close, side
from reportgen.resources import Resources, bundled
from tests.document import contexts, contexts_of_maps
from tests.made import fact, facts
from tests.sentences import LONGEST_TITLE, faults, heading_faults, prose_faults

UP = re.compile(r"\b(?:grown by|has grown|have grown|grow faster|grow, but|gained|more than national growth)\b")
DOWN = re.compile(r"\b(?:shrunk|fallen|fell|fewer|lost|short of)\b")


# Macros of components, each in a block, so that it can be said alone.
MACROS = """
{% block moved %}{% from "components/moved.html" import moved with context %}It has {{ moved(fact) }}.{% endblock %}
{% block label %}{% from "components/keys.html" import label with context %}{{ label(key) }}{% endblock %}
{% block told %}{% from "components/about.html" import told with context %}Bars: {{ told() }}{% endblock %}
"""


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Voice:
    """Says the templates that came along, and the macros beside them."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "templates/sections").mkdir(parents=True)
    (folder / "templates/sections/macros.html").write_text(MACROS, encoding="utf-8")
    return Voice(Resources((folder, bundled().root)).templates)


def say(voice: Voice, section: str, block: str, context: dict[str, Any]) -> str:
    return voice.part(f"sections/{section}.html", block, context).plain


def directions(text: str) -> set[str]:
    """Which way a text says that something went; a question says none."""
    told = " ".join(part for part in re.split(r"(?<=[.;:]) ", text) if not part.startswith(("Whether", "whether")))
    return {name for name, pattern in (("above", UP), ("below", DOWN)) if pattern.search(told)}


@given(context=contexts.headlines(), block=st.sampled_from(("heading", "where_title", "what_title", "change_title")))
def test_a_heading_of_the_headline_page(voice: Voice, context: dict[str, Any], block: str) -> None:
    assert [] == heading_faults(say(voice, "headlines", block, context))


@given(context=contexts.headlines(), block=st.sampled_from(("lede", "where_text", "what_text", "change_text")))
def test_a_text_of_the_headline_page(voice: Voice, context: dict[str, Any], block: str) -> None:
    assert [] == prose_faults(say(voice, "headlines", block, context))


@given(context=contexts.subsectors())
def test_the_page_on_sub_sectors(voice: Voice, context: dict[str, Any]) -> None:
    assert [] == heading_faults(say(voice, "subsectors", "heading", context))
    assert [] == heading_faults(say(voice, "subsectors", "dots_title", context), LONGEST_TITLE)
    assert [] == prose_faults(say(voice, "subsectors", "lede", context))
    assert [] == prose_faults(say(voice, "subsectors", "dots_alt", context))


@given(context=contexts_of_maps.hotspot_map())
def test_the_map_of_hotspots(voice: Voice, context: dict[str, Any]) -> None:
    assert [] == heading_faults(say(voice, "hotspots", "map_title", context), LONGEST_TITLE)
    assert [] == prose_faults(say(voice, "hotspots", "map_alt", context))
    note = say(voice, "hotspots", "map_note", context)
    assert not note or [] == faults(note)


@given(context=contexts_of_maps.places())
def test_the_page_on_where_concentration_lies(voice: Voice, context: dict[str, Any]) -> None:
    assert [] == heading_faults(say(voice, "places", "heading", context))
    for title in ("map_title", "panels_title"):
        assert [] == heading_faults(say(voice, "places", title, context), LONGEST_TITLE)
    for text in ("lede", "map_note", "map_alt", "panels_note", "panels_alt"):
        assert [] == prose_faults(say(voice, "places", text, context))
    assert [] == faults(say(voice, "places", "panel_others", context))


@given(context=contexts.growing())
def test_the_page_on_change(voice: Voice, context: dict[str, Any]) -> None:
    assert [] == heading_faults(say(voice, "growth", "heading", context))
    assert [] == heading_faults(say(voice, "growth", "lines_title", context), LONGEST_TITLE)
    assert [] == prose_faults(say(voice, "growth", "lede", context))
    assert [] == prose_faults(say(voice, "growth", "lines_alt", context))


@given(context=contexts.standing())
def test_the_page_on_where_a_place_stands(voice: Voice, context: dict[str, Any]) -> None:
    national = context["kind"] == "national"
    assert [] == heading_faults(say(voice, "standing", "heading", context))
    assert [] == prose_faults(say(voice, "standing", "lede", context))
    if national:
        assert [] == heading_faults(say(voice, "standing", "growth_title", context), LONGEST_TITLE)
    elif context["rank"].known:
        assert [] == heading_faults(say(voice, "standing", "jobs_title", context), LONGEST_TITLE)


@given(context=contexts.outlook())
def test_the_page_on_the_outlook(voice: Voice, context: dict[str, Any]) -> None:
    assert [] == heading_faults(say(voice, "outlook", "heading", context))
    assert [] == heading_faults(say(voice, "outlook", "shift_title", context), LONGEST_TITLE)
    if context["unsure_start"] and context["projected"].known:
        assert [] == prose_faults(say(voice, "outlook", "unsure", context))
    for block in ("lede", "tested", "carried_on", "spread"):
        assert [] == prose_faults(say(voice, "outlook", block, context))
    if context["projected"].known:
        assert [] == heading_faults(say(voice, "outlook", "fan_title", context), LONGEST_TITLE)
        assert [] == prose_faults(say(voice, "outlook", "fan_alt", context))
    assert [] == heading_faults(say(voice, "outlook", "mix_title", context), LONGEST_TITLE)


@given(context=contexts.headlines(), id=st.sampled_from(contexts.KEYS))
def test_the_label_of_a_key_number(voice: Voice, context: dict[str, Any], id: str) -> None:
    fact = context["hotspot_count"] if id == "hotspots" else context["growth"]
    assert [] == faults(say(voice, "macros", "label", {**context, "key": Key(id, fact)}))


@given(facts_=st.lists(facts("ratio"), min_size=1, max_size=4))
def test_what_a_chart_of_ones_own_tells(voice: Voice, facts_: list[Fact]) -> None:
    """Each fact with its number and interval, then those that are not known."""
    rows = list(zip(contexts.PLACES, facts_, strict=False))
    known, unknown = [row for row in rows if row[1].known], [row for row in rows if not row[1].known]
    assert [] == prose_faults(say(voice, "macros", "told", {"known": known, "unknown": unknown}))


# Directions: a word of one only where the interval allows no other, and the sign agrees with it


@given(fact=facts("share a year", known=True))
def test_what_moved_moved_that_way(voice: Voice, fact: Fact) -> None:
    """`grown`, `shrunk` and neither, as the interval lies."""
    text = say(voice, "macros", "moved", {"fact": fact})
    assert [] == prose_faults(text)
    assert directions(text) == {side(fact, 0)} & {"above", "below"}
    if close(fact, 0) and side(fact, 0) == "open":
        assert "hardly changed" in text


@given(context=contexts.growing())
def test_a_heading_on_change_says_the_way_that_is_sure(voice: Voice, context: dict[str, Any]) -> None:
    fact = context["growth"]
    way = {side(fact, 0)} & {"above", "below"} if not close(fact, 0) else set()
    assert way == directions(say(voice, "growth", "heading", context)) - ({"below"} if not fact.known else set())
    assert way == directions(say(voice, "headlines", "change_title", {**context, "units": fact, "units_then": None}))


@given(context=contexts.headlines(), known=st.lists(facts("share a year"), min_size=3, max_size=3))
def test_a_text_on_change_has_no_way_where_none_is_sure(
    voice: Voice, context: dict[str, Any], known: list[Fact]
) -> None:
    rates = dict(zip(("growth", "growth_all", "growth_beside"), known, strict=True))
    text = say(voice, "headlines", "change_text", context | rates)
    assert directions(text) <= {side(fact, 0) for fact in known}


@given(context=contexts.outlook().filter(lambda context: context["kind"] != "national"))
def test_what_a_place_gained_of_its_own_has_its_sign(voice: Voice, context: dict[str, Any]) -> None:
    """Where that is open, the heading may name a sub-sector whose own part is not."""
    told = {side(context["own"].local, 0)} & {"above", "below"} if not context["vague"] else set()
    named = {way for way in ("above", "below") if context[way]}
    found = directions(say(voice, "outlook", "heading", context))
    assert told == found if told else found <= named


@given(context=contexts.headlines(("regional", "local")))
def test_a_heading_on_concentration_says_the_side_that_is_sure(voice: Voice, context: dict[str, Any]) -> None:
    """Nothing over or under the share where the interval holds it; a number below one where it lies below."""
    text, quotient = say(voice, "headlines", "heading", context), context["quotient"]
    where = side(quotient, 1)
    assert ("slightly more" in text) <= (where == "above")
    assert ("slightly less" in text) <= (where == "below")
    assert (" times " in text) <= (where in ("above", "below"))
    assert ("too little" in text) == (where == "unknown")


@given(context=contexts.headlines())
def test_what_is_called_sure_is_what_intervals_decide(voice: Voice, context: dict[str, Any]) -> None:
    """`Sure` where the interval leaves a single side, `Not sure` where it does not, `Not known` without a number."""
    text = say(voice, "headlines", "sure_text", context)
    assert [] == prose_faults(text)
    growth, quotient = context["growth"], context["quotient"]
    assert ("have grown since" in text and "whether creative jobs have grown" not in text) == (
        side(growth, 0) == "above" and not close(growth, 0)
    )
    if context["kind"] != "national":
        assert (f"larger part of all {context['things']} here" in text.split("Not sure")[0]) == (
            side(quotient, 1) == "above"
        )


@given(
    context=contexts.words(),
    width=st.floats(1, 100),
    side_=st.sampled_from(("above", "open", "below", "unknown")),
    number=st.integers(1, 9),
)
def test_a_part_of_the_bar_says_what_it_counts(
    voice: Voice, context: dict[str, Any], width: float, side_: str, number: int
) -> None:
    if context["kind"] == "national" and side_ not in ("above", "open"):
        side_ = "open"
    label = say(voice, "headlines", "bar_label", context | {"part": Part(side_, fact(number, "sub-sectors"), width)})
    assert [] == faults(label)
    assert label.split()[0] == str(number)


@pytest.mark.parametrize(
    ("quotient", "heading"),
    [
        ((0.95, 0.98, 0.99), "Creative jobs are slightly less common in Bath than in Great Britain"),
        ((1.01, 1.02, 1.04), "Creative jobs are slightly more common in Bath than in Great Britain"),
        ((1.6, 1.9, 2.2), "Creative jobs are 1.90 times as common in Bath as in Great Britain"),
        ((0.3, 0.35, 0.4), "Creative jobs are 0.35 times as common in Bath as in Great Britain"),
        ((0.93, 0.98, 1.04), "Creative jobs are about as common in Bath as in Great Britain"),
        ((0.4, 0.98, 2.1), "Whether creative jobs are more common in Bath than in GB is not clear"),
        ((0.58, 0.77, 1.04), "Creative jobs look rarer in Bath than in Great Britain, but that may be chance"),
        ((0.9, 1.3, 2.1), "Creative jobs look more common in Bath than in Great Britain, but that may be chance"),
        ((None, 0.98, None), "Whether creative jobs are more common in Bath than in GB is not clear"),
        ((0.0, 0.0, 0.0), "Bath has few creative jobs or none: the count rounds to zero"),
        ((None, None, None), "What is known about creative work in Bath is too little for a verdict"),
    ],
    ids=["just under", "just over", "above", "below", "about", "open", "low", "high", "no interval", "zero", "unknown"],
)
def test_a_place_is_said_to_have_more_or_less_only_as_its_interval_lies(
    voice: Voice, quotient: tuple[float | None, float | None, float | None], heading: str
) -> None:
    low, value, high = quotient
    context = {"kind": "local", "name": "Bath", "name_start": "Bath", "things": "jobs", **contexts.shares("jobs")}
    context |= {"benchmark": "Great Britain", "benchmark_short": "GB", "measure": "jobs"}
    assert heading == say(voice, "headlines", "heading", context | {"quotient": fact(value, "ratio", low, high)})


@given(context=contexts_of_maps.infographic())
def test_the_infographic(voice: Voice, context: dict[str, Any]) -> None:
    """Its own sentences; its heading and two of its titles are those of the headline page."""
    assert [] == heading_faults(say(voice, "infographic", "among_title", context), LONGEST_TITLE)
    keys = ["key_rest", "key_firm", "key_open", "key_depends"]
    for block in ["limits", "quotients_note", "sizes_note", "lines_note", "line_end", *keys]:
        assert [] == faults(say(voice, "infographic", block, context))


SLOW, MIDDLE, FAST = (fact(value, "share a year", value - 0.002, value + 0.002) for value in (0.01, 0.02, 0.03))
VAGUE = fact(0.02, "share a year", 0.001, 0.04)
NEITHER = "Creative jobs have grown; whether faster than all jobs cannot be told"


@pytest.mark.parametrize(
    ("everything", "beside", "title"),
    [
        (SLOW, SLOW, "Creative jobs grow faster than all jobs and than in Great Britain"),
        (SLOW, FAST, "Creative jobs grow, but more slowly than in Great Britain"),
        (SLOW, VAGUE, "Creative jobs grow faster than all jobs"),
        (FAST, SLOW, "Creative jobs grow more slowly than all jobs, but faster than in Great Britain"),
        (FAST, FAST, "Creative jobs grow, but more slowly than all jobs and than in Great Britain"),
        (FAST, VAGUE, "Creative jobs grow, but more slowly than all jobs"),
        (VAGUE, SLOW, "Creative jobs grow faster than in Great Britain"),
        (VAGUE, FAST, "Creative jobs grow, but more slowly than in Great Britain"),
        (VAGUE, VAGUE, NEITHER),
    ],
)
def test_growth_is_held_against_that_of_the_country_too(
    voice: Voice, everything: Fact, beside: Fact, title: str
) -> None:
    """The heading says where the two differ, the panel as well; where they do not, the text says so."""
    context = {"kind": "regional", "growth": MIDDLE, "growth_all": everything, "growth_beside": beside}
    context |= {"growth_base": "2019", "beside_name": "Great Britain", "quotient": fact(None, "ratio")}
    context |= {"things": "jobs", "benchmark": "Great Britain"}
    assert title == say(voice, "headlines", "change_title", context)
    sure = say(voice, "headlines", "sure_text", context)
    assert ("than in Great Britain" in sure.split("Sure:")[1]) == (beside is not VAGUE)
    text = say(voice, "headlines", "change_text", context)
    assert text.endswith("a year: no clear difference." if beside is VAGUE else "a year.")
