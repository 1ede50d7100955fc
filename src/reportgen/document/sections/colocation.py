"""Co-location: whether creative work is found where high-tech manufacturing and knowledge-intensive services are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

from markupsafe import Markup

from reportgen.analysis.colocation import IN_MATRIX, OTHERS
from reportgen.charts.chart import Chart
from reportgen.charts.heat import heat_map
from reportgen.charts.scatter import Point, scatter
from reportgen.document.brief import COUNT, QUOTIENT, TABLE, Brief, Measure
from reportgen.document.figures import charted
from reportgen.document.figures import rows as figure_rows
from reportgen.document.fixed import dated
from reportgen.document.sections import pictures
from reportgen.document.voice import ranged
from reportgen.facts import format as formats
from reportgen.facts.fact import Fact
from reportgen.facts.words import SIDES, Side, side
from reportgen.release.tables import Status
from reportgen.wording import word

GROUPS = (*IN_MATRIX, *(group for group in OTHERS if group not in IN_MATRIX))  # the last shares classes: a check
VARIANTS: tuple[tuple[str, Measure], ...] = (
    *(("jobs", "jobs"), ("jobs.ex-london", "jobs")),
    *(("units", "units"), ("units.ex-london", "units")),
)
CORRELATIONS = ("co-location-spearman", "co-location-pearson-log", "co-location-pearson")  # by the first we judge
HALF, HIGH = 84.0, 100.0  # mm, a scatter
ROW = 29.0  # px, height of a row of the matrix
MOST_NAMED = 12  # places in orange with their name
STEPS = (0.0, 0.25, 0.5, 0.75)  # correlations at which the tones of the matrix change
Verdict = Literal["together", "apart", "open", "mixed", "unknown"]


@dataclass(frozen=True)
class Line:
    """A row of the table: a way of measuring, how many areas it rests on and lacks, and its correlations."""

    variant: str
    areas: Fact
    left_out: Fact
    correlations: tuple[Fact, ...]


@dataclass(frozen=True)
class Beside:
    """
    Creative work beside another group of industries.
    Args: lines: one for each of VARIANTS; of what is a check alone, those with all areas.
    """

    group: str
    name: str
    lines: tuple[Line, ...]

    @property
    def first(self) -> Fact:
        """The correlation by ranks and by jobs: the one that sentences quote."""
        return self.lines[0].correlations[0]

    @property
    def on(self) -> dict[Side, list[str]]:
        """Side of nought → the ways of measuring that put the correlation by ranks there."""
        return {
            where: [line.variant for line in self.lines if side(line.correlations[0], 0) == where] for where in SIDES
        }

    @property
    def verdict(self) -> Verdict:
        """What all ways of measuring say that have an answer, `mixed` where they differ."""
        return verdict([side(line.correlations[0], 0) for line in self.lines])

    @property
    def agree(self) -> bool:
        """Whether the other correlations lie on the same side, way by way, where they are known."""
        return all(
            side(other, 0) in (side(line.correlations[0], 0), "unknown")
            for line in self.lines
            for other in line.correlations[1:]
        )


def verdict(sides: list[Side]) -> Verdict:
    """
    >>> verdict(["above", "above", "unknown"]), verdict(["above", "open"]), verdict(["unknown"])
    ('together', 'mixed', 'unknown')
    """
    known = {where for where in sides if where != "unknown"}
    if len(known) > 1:
        return "mixed"
    words: dict[Side, Verdict] = {"above": "together", "below": "apart", "open": "open"}
    return words[known.pop()] if known else "unknown"


def gather(brief: Brief) -> dict[str, Any] | None:
    if not brief.release.at_level("local"):
        return None
    groups = [_beside(brief, group) for group in GROUPS]
    context: dict[str, Any] = brief.words | {
        "year": dated(brief.years("jobs")[-1]),
        "groups": groups,
        "verdicts": {each.group: each.verdict for each in groups},
        "gross": groups[-1],
        "net": groups[-2],
        "source": brief.source_line("employment", "businesses"),
        "flows": all(each.verdict == "unknown" for each in groups),
    }
    context["heading"] = brief.say("colocation", "heading", context).html
    if context["flows"]:
        return context
    context["told"] = [
        brief.say("colocation", "verdict", {**context, "group": each}).html for each in groups[: len(IN_MATRIX)]
    ]
    context["scatters"] = [
        scattered for each in groups[: len(IN_MATRIX)] if (scattered := _scatter(brief, each, context))
    ]
    context["table_number"] = brief.next_table()
    context["matrix"] = _matrix(brief, context)
    return context


@dataclass(frozen=True)
class Placed:
    """A local area by its quotients: of the other group, of creative work, and how much creative work it has."""

    name: str
    other: Fact
    creative: Fact
    count: Fact
    bright: bool

    @property
    def point(self) -> Point:
        """Where it is drawn: by its numbers as printed."""
        across, up, size = (fact.printed.value or 0.0 for fact in (self.other, self.creative, self.count))
        return Point(self.name, across, up, size, self.bright)


def _scatter(brief: Brief, beside: Beside, context: Mapping[str, Any]) -> Markup:
    """Creative quotients of the local areas against those of a group; nothing where the correlation is not known."""
    line = next(line for line in beside.lines if line.variant == brief.measure)
    if not line.correlations[0].known:
        return Markup()
    spots = pictures.hotspots(brief, brief.area)
    places = [place for place in _places(brief, beside.group, spots[:MOST_NAMED]) if place.other.known]
    places = [place for place in places if place.creative.known]
    points = [place.point for place in places]
    logs = line.correlations[1]
    fitted = ranged(logs) and side(logs, 0) in ("above", "below")

    def draw(name: str, **said: Any) -> Chart:
        return scatter(
            figure_rows([(place.name, fact) for place in places for fact in (place.other, place.creative)]),
            points,
            fonts=brief.fonts,
            across=word("axis.across").format(group=beside.name),
            up=word("axis.up").format(group=brief.full("all")),
            line=fitted,
            width_mm=HALF,
            height_mm=HIGH,
            name=f"{name}-{beside.group}",
            **said,
        )

    more = {
        **context,
        "group": beside,
        "line": line,
        "side": side(line.correlations[0], 0),
        "fitted": fitted,
        "shown": [place for place in places if place.bright],
        "all_named": len(spots) <= MOST_NAMED,
    }
    return charted(brief, draw, "colocation", "scatter", more, TABLE[brief.measure])


def _places(brief: Brief, group: str, bright: Sequence[str]) -> list[Placed]:
    quotient, count = QUOTIENT[brief.measure], COUNT[brief.measure]
    return [
        Placed(
            brief.release.name_of(code),
            brief.fact(quotient, group, area=code),
            brief.fact(quotient, "all", area=code),
            brief.fact(count, "all", area=code),
            code in bright,
        )
        for code in brief.release.at_level("local")
    ]


def _matrix(brief: Brief, context: Mapping[str, Any]) -> Markup:
    """Every sub-sector, and the groups that share no class with them, against every other; nothing if none is known."""
    names = {part: brief.short(part) for part in (*IN_MATRIX[::-1], *brief.sub_sectors)}
    parts = list(names)
    pairs = {
        (one, other): correlation(brief, "co-location-matrix", one, other, brief.measure, brief.measure)
        for one in parts
        for other in parts
        if one != other
    }
    inner = {pair: fact for pair, fact in pairs.items() if fact.known and not set(pair) & set(IN_MATRIX)}
    if not inner:
        return Markup()
    told: list[dict[str, Any]] = []
    for part in brief.sub_sectors:
        known = [(fact.value or 0.0, names[pair[1]], fact) for pair, fact in inner.items() if pair[0] == part]
        if known:
            told.append({"name": names[part], "most": max(known)[1:], "least": min(known)[1:]})
    lower = [(names[one], pairs[one, other]) for place, one in enumerate(parts) for other in parts[:place]]
    cells = figure_rows(lower)
    all_low = all(fact.status is Status.LOW_RELIABILITY for _, fact in lower)
    if all_low:  # then its subtitle says so, once
        bare = [formats.cell(fact.value, Status.OK, fact.unit, fact.digits) for _, fact in lower]
        cells = [replace(cell, text=text) for cell, text in zip(cells, bare, strict=True)]
    draw = partial(heat_map, cells, fonts=brief.fonts, names=names, pair=("sub_sector", "other"), steps=STEPS, row=ROW)
    top = max(told, key=lambda row: (row["most"][1].value, row["name"]))
    more = {**context, "told_pairs": told, "top": top, "steps": STEPS, "all_low": all_low}
    return charted(brief, draw, "colocation", "matrix", more, TABLE[brief.measure])


def _beside(brief: Brief, group: str) -> Beside:
    lines = []
    for variant, measure in VARIANTS if group in IN_MATRIX else VARIANTS[::2]:
        areas, left_out, *correlations = (
            correlation(brief, indicator, "all", group, variant, measure)
            for indicator in ("co-location-areas", "co-location-areas-left-out", *CORRELATIONS)
        )
        lines.append(Line(variant, areas, left_out, tuple(correlations)))
    return Beside(group, brief.full(group), tuple(lines))


def correlation(brief: Brief, indicator: str, part: str, group: str, variant: str, measure: Measure) -> Fact:
    """A co-location of the local areas together."""
    return brief.book.fact(brief.benchmark, indicator, part, brief.years(measure)[-1], group, variant)
