"""Pictures of what goes with what: their words, whatever the numbers, and what of the findings they draw."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.charts import theme
from reportgen.document.figures import Figure
from reportgen.document.sections.colocation import Beside, Line
from reportgen.document.voice import Voice, ranged
from reportgen.facts.fact import Fact
from reportgen.facts.words import compared, side
from reportgen.resources import bundled
from tests.document import contexts
from tests.made import facts
from tests.releases import Analysed, illustrative
from tests.sentences import LONGEST_TITLE, heading_faults, prose_faults

NATION, SOUTH_WEST = "K02000001", "E12000009"
VOICE = Voice(bundled().templates)
CORRELATION = facts("coefficient", known=True)
NAMES = {"kibs-net": "Knowledge-intensive business services", "high-tech-manufacturing": "High-tech manufacturing"}


def say(section: str, block: str, context: dict[str, Any]) -> str:
    return VOICE.part(f"sections/{section}.html", block, context).plain


@st.composite
def scattered(draw: st.DrawFn) -> dict[str, Any]:
    ranks, logs = draw(CORRELATION), draw(facts("coefficient"))
    line = Line("jobs", draw(facts("areas", known=True)), draw(facts("areas", known=True)), (ranks, logs, logs))
    group = draw(st.sampled_from(sorted(NAMES)))
    return draw(contexts.words(kinds=("national",))) | {
        "group": Beside(group, NAMES[group], (line,)),
        "line": line,
        "side": side(ranks, 0),
        "drawn": frozenset(),
        "fitted": ranged(logs) and side(logs, 0) in ("above", "below"),
        "shown": [],
        "all_named": True,
        "illustrative": draw(st.booleans()),
    }


@given(context=scattered())
def test_a_scatter_says_what_it_shows(context: dict[str, Any]) -> None:
    assert [] == heading_faults(say("colocation", "scatter_title", context), LONGEST_TITLE)
    for block in ("scatter_alt", "scatter_note"):
        assert [] == prose_faults(say("colocation", block, context))


@given(context=scattered())
def test_a_line_is_explained_where_there_is_a_line(context: dict[str, Any]) -> None:
    note = say("colocation", "scatter_note", context)
    assert context["fitted"] == ("Dashed:" in note)
    assert ("No line: there is no interval" in note) == (not ranged(context["line"].correlations[1]))


@dataclass(frozen=True)
class Region:
    """A region of the heat map."""

    name: str
    like: str
    distance: Fact
    effective: Fact


@given(
    context=contexts.words(kinds=("national",)),
    names=st.lists(st.sampled_from([*contexts.PLACES, *contexts.NAMES[2:]]), min_size=2, max_size=2, unique=True),
    distance=facts("coefficient", known=True, signed=False),
    effective=facts("number", known=True),
    made=st.booleans(),
)
def test_who_is_nearest_is_named_where_there_is_room(
    context: dict[str, Any], names: list[str], distance: Fact, effective: Fact, made: bool
) -> None:
    region = Region(names[0], names[1], distance, effective)
    context |= {"closest": region, "shown": [region], "untold": [], "illustrative": made}
    context |= {"as_near": False, "drawn": frozenset()}
    assert [] == heading_faults(say("alike", "heat_title", context), LONGEST_TITLE)
    assert names[0] not in say("alike", "heat_title", {**context, "as_near": True})
    for block in ("heat_alt", "heat_note"):
        assert [] == prose_faults(say("alike", block, context))


def figure(work: Analysed, area: str, name: str) -> Figure:
    [found] = [one for one in work.written(area).brief.figures if one.chart.name == name]
    return found


def drawn(found: Figure, kind: str) -> list[dict[str, Any]]:
    return [one for one in found.chart.spec["layer"] if one["mark"]["type"] == kind]


@pytest.mark.slow
@pytest.mark.parametrize("group", sorted(NAMES))
def test_a_line_is_drawn_only_where_a_test_stands_behind_it(group: str) -> None:
    brief = illustrative().written(NATION).brief
    logs = brief.book.fact(brief.benchmark, "co-location-pearson-log", "all", "2024", group, "jobs")
    found = figure(illustrative(), NATION, f"colocation-scatter-{group}")
    dashed = [one for one in drawn(found, "rule") if one["mark"]["color"] == theme.NAVY]
    assert bool(dashed) == (side(logs, 0) in ("above", "below"))


@pytest.mark.slow
@pytest.mark.parametrize("group", sorted(NAMES))
def test_a_scatter_has_a_circle_for_each_area_that_its_correlation_rests_on(group: str) -> None:
    brief = illustrative().written(NATION).brief
    areas = brief.book.fact(brief.benchmark, "co-location-areas", "all", "2024", group, "jobs")
    found = figure(illustrative(), NATION, f"colocation-scatter-{group}")
    assert areas.value == sum(len(one["data"]["values"]) for one in drawn(found, "point"))


@pytest.mark.slow
def test_all_regions_with_a_profile_are_in_the_heat_map_once_with_each_other() -> None:
    brief = illustrative().written(NATION).brief
    table = figure(illustrative(), NATION, "alike-heat").chart.table
    pairs = {frozenset((row.area, row.other)) for row in table}
    orders = [
        brief.book.fact(code, "cluster-order", "all", "2024", variant="jobs.regions").value
        for code in brief.release.at_level("regional")
    ]
    known = len([order for order in orders if order is not None])
    assert len(table) == len(pairs) == known * (known - 1) / 2


@pytest.mark.slow
def test_what_a_mix_is_said_to_have_more_of_is_clear_of_the_whole() -> None:
    brief = illustrative().written(SOUTH_WEST).brief
    title = figure(illustrative(), SOUTH_WEST, "outlook-mix").chart.title
    named = re.fullmatch(r"(.*) weighs more in its mix than in GB’s, (.*) less", title)
    assert named

    def beside(part: str) -> str:
        own, whole = (
            brief.book.fact(area, "sub-sector-share", part, "2024", variant="jobs")
            for area in (SOUTH_WEST, brief.benchmark)
        )
        return compared(own, whole)

    sides = {brief.short(part): beside(part) for part in brief.sub_sectors}
    assert ("above", "below") == (sides[named[1]], sides[named[2]])
