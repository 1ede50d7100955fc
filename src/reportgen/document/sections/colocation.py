"""Co-location: whether creative work is found where high-tech manufacturing and knowledge-intensive services are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from reportgen.analysis.colocation import IN_MATRIX, OTHERS
from reportgen.document.brief import Brief, Measure
from reportgen.document.fixed import dated
from reportgen.facts.fact import Fact
from reportgen.facts.words import SIDES, Side, side

GROUPS = (*IN_MATRIX, *(group for group in OTHERS if group not in IN_MATRIX))  # the last shares classes: a check
VARIANTS: tuple[tuple[str, Measure], ...] = (
    *(("jobs", "jobs"), ("jobs.ex-london", "jobs")),
    *(("units", "units"), ("units.ex-london", "units")),
)
CORRELATIONS = ("co-location-spearman", "co-location-pearson-log", "co-location-pearson")  # by the first we judge
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
    context["table_number"] = brief.next_table()
    return context


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
