"""Agglomeration: how far each sub-sector lies together, and which of them lie in the same places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any

from reportgen.analysis.agglomeration import apart
from reportgen.charts.bars import ranked_bars
from reportgen.classification import CREATIVE, WITHOUT_IT
from reportgen.document.brief import Brief, Measure
from reportgen.document.figures import charted
from reportgen.document.figures import rows as figure_rows
from reportgen.document.fixed import dated
from reportgen.document.sections.tested import MEASURES, along, first_known
from reportgen.facts.fact import Fact

BEYOND_CHANCE = 2.0  # standard deviations, as the definition of the distance from chance has it
HALF = 84.0  # mm
MOST_TOGETHER, MOST_APART = 5, 3  # pairs that the table shows from either end


@dataclass(frozen=True)
class Placed:
    """A group of industries: how far it lies together, and how far that is from chance, by each measure."""

    part: str
    name: str
    short: str
    index: dict[Measure, Fact]
    z: dict[Measure, Fact]


@dataclass(frozen=True)
class Pair:
    """Two groups of industries, and how far they lie in the same places."""

    one: str
    other: str
    index: dict[Measure, Fact]


def gather(brief: Brief) -> dict[str, Any] | None:
    if not brief.release.at_level("local"):
        return None
    parts = _sorted([_placed(brief, part) for part in brief.sub_sectors])
    measure: Measure = "jobs" if any(part.index["jobs"].known for part in parts) else "units"
    known = [part for part in parts if part.index[measure].known]
    beyond = [part for part in known if (part.z[measure].value or 0.0) >= BEYOND_CHANCE]
    pairs = [pair for pair in _pairs(brief) if pair.index[measure].known]
    year = brief.years(measure)[-1]
    others = [_placed(brief, part) for part in _others(brief)]
    left_out = [
        _fact(brief, "ellison-glaeser-areas-left-out", part.part, by)
        for part in (*parts, *others)
        for by in MEASURES
        if part.index[by].known
    ]
    context: dict[str, Any] = brief.words | {
        "by": measure,
        "year": dated(year),
        "known": known,
        "beyond": beyond,
        "beyond_count": brief.tally(
            "clustered",
            [part.z[measure] for part in beyond],
            unit="sub-sectors",
            of=[part.z[measure] for part in known],
        ),
        "known_count": brief.tally("measured", [part.z[measure] for part in known], unit="sub-sectors"),
        "like_chance": [part.name for part in known if abs(part.z[measure].value or 0.0) < BEYOND_CHANCE],
        "scattered": [part.name for part in known if (part.z[measure].value or 0.0) <= -BEYOND_CHANCE],
        "limit": BEYOND_CHANCE,
        "top": known[0] if known else None,
        "top_units": max(known, key=lambda part: part.index["units"].value or -1.0, default=None),
        "untold": [part for part in parts if not part.index[measure].known],
        "left_out": max(left_out, key=lambda fact: fact.value or 0.0, default=None),
        "rows": parts,
        "others": others,
        "together": pairs[:MOST_TOGETHER] if len(pairs) > MOST_TOGETHER + MOST_APART else pairs,
        "apart": pairs[-MOST_APART:] if len(pairs) > MOST_TOGETHER + MOST_APART else [],
        "source": brief.source_line("employment", "businesses"),
    }
    for block in ("heading", "lede"):
        context[block] = brief.say("agglomeration", block, context).html
    context["figure"] = _bars(brief, known, measure, context) if known else ""
    context["pairs_number"] = brief.next_table() if known and pairs else 0
    context["table_number"] = brief.next_table() if known else 0
    return context


def _placed(brief: Brief, part: str) -> Placed:
    index, z = (
        {measure: _fact(brief, indicator, part, measure) for measure in MEASURES}
        for indicator in ("ellison-glaeser", "ellison-glaeser-z")
    )
    return Placed(part, brief.full(part), brief.short(part), index, z)


def _fact(brief: Brief, indicator: str, part: str, measure: Measure, other: str = "") -> Fact:
    """What is known of a group of industries in Great Britain, in the latest year of the measure."""
    return brief.book.fact(brief.benchmark, indicator, part, brief.years(measure)[-1], other, measure)


def _sorted(parts: list[Placed]) -> list[Placed]:
    return sorted(parts, key=lambda part: (-first_known(part.index), part.name))


def _others(brief: Brief) -> list[str]:
    """What the sub-sectors are held against: creative as a whole, and the groups that have no class of theirs."""
    measured = along(brief, "ellison-glaeser", "sub_sector")
    return [part for part in (CREATIVE, WITHOUT_IT, *_groups(brief)) if part in measured]


def _groups(brief: Brief) -> list[str]:
    return [part for part in apart(brief.classification) if part not in brief.sub_sectors]


def _pairs(brief: Brief) -> list[Pair]:
    """All pairs, those that lie together most first."""
    found = [
        Pair(
            brief.short(one),
            brief.short(other),
            {measure: _fact(brief, "coagglomeration", one, measure, other) for measure in MEASURES},
        )
        for one, other in combinations((*brief.sub_sectors, *_groups(brief)), 2)
    ]
    return sorted(found, key=lambda pair: (-first_known(pair.index), pair.one, pair.other))


def _bars(brief: Brief, known: list[Placed], measure: Measure, context: dict[str, Any]) -> Any:
    rows = figure_rows([(part.short, part.index[measure]) for part in known])
    draw = partial(ranked_bars, rows, fonts=brief.fonts, key="sub_sector", width_mm=HALF)
    table = "employment" if measure == "jobs" else "businesses"
    return charted(brief, draw, "agglomeration", "bars", context, table)
