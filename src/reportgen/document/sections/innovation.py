"""Innovation: how often creative businesses innovate, beside others, in the country and in its regions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from reportgen.analysis.innovation import ALL, FEWEST, GROUPS, MEASURES, TABLE
from reportgen.charts.pairs import paired_dots
from reportgen.charts.rows import Column
from reportgen.document.brief import Brief
from reportgen.document.figures import charted
from reportgen.document.figures import rows as figure_rows
from reportgen.document.fixed import dated
from reportgen.facts import format as formats
from reportgen.facts.fact import Fact
from reportgen.facts.words import SIDES, Side, side
from reportgen.release.tables import Status
from reportgen.wording import word

FIRST = MEASURES[0]  # the widest of the measures: it decides what headings say
AGAINST = (ALL, "high-tech-manufacturing", "kibs-net")  # what creative industries are held against


@dataclass(frozen=True)
class Region:
    """A row of the chart of regions: how concentrated its creative work is, and how often its businesses innovate."""

    code: str
    name: str
    spoken: str
    quotient: Fact
    creative: Fact
    whole: Fact
    difference: Fact


def gather(brief: Brief) -> dict[str, Any] | None:
    nation, groups = brief.release.info.national, list(GROUPS)
    context: dict[str, Any] = brief.words | {
        "nation": brief.spoken(nation),
        "nation_name": brief.release.name_of(nation),
        "wave": dated(formats.period(wave_of(brief))),
        "fewest": FEWEST,
        "measures": MEASURES,
        "creative": rate(brief, nation, "all", FIRST),
        "whole": rate(brief, nation, "", FIRST),
        "rates": {group: [rate(brief, nation, GROUPS[group], each) for each in MEASURES] for group in groups},
        "differences": {other: [difference(brief, nation, other, each) for each in MEASURES] for other in AGAINST},
        "nation_quotient": brief.fact("location-quotient", "all", area=nation, year=brief.years("jobs")[-1]),
        "survey_source": brief.source_line(TABLE),
        "source": brief.source_line(TABLE, "employment"),
    }
    context["flows"] = not context["creative"].known
    context["heading"] = brief.say("innovation", "heading", context).html
    if context["flows"]:
        return context
    context |= _regions(brief)
    context["table_number"] = brief.next_table()
    if context["rows"]:
        context["pairs"] = _pairs(brief, context["rows"], context)
    return context


def wave_of(brief: Brief) -> str:
    """The latest wave of the survey; empty where the release has none."""
    return str(max(brief.findings.rows("innovation-rate")["year"]))


def surveyed(brief: Brief, area: str) -> bool:
    """Whether the survey can say anything of an area: it speaks of the country and its regions alone."""
    return bool((brief.findings.rows("innovation-rate")["area"] == area).any())


def rate(brief: Brief, area: str, sub_sector: str, measure: str) -> Fact:
    """How many businesses of a group innovate, in the latest wave."""
    return brief.book.fact(area, "innovation-rate", sub_sector, wave_of(brief), variant=measure)


def difference(brief: Brief, area: str, other: str, measure: str) -> Fact:
    """The rate of creative industries less that of another group there, or less that of their own in the country."""
    return brief.book.fact(area, "innovation-difference", "all", wave_of(brief), other, measure)


def _regions(brief: Brief) -> dict[str, Any]:
    """Each region's rates, and which regions lie on which side."""
    rows = [_region(brief, code) for code in brief.release.at_level("regional")]
    rows.sort(key=lambda row: (-(row.difference.value if row.difference.value is not None else -1.0), row.name))
    judged = [row.difference for row in rows if row.difference.known]
    ahead = [fact for fact in judged if side(fact, 0) == "above"]
    on: dict[Side, list[str]] = {
        where: [row.spoken for row in rows if side(row.difference, 0) == where] for where in SIDES
    }
    concentrated = [row for row in rows if side(row.quotient, 1) == "above"]
    return {
        "rows": rows,
        "ahead": brief.tally("innovate-more", ahead, of=judged),
        "judged": brief.tally("innovation-judged", judged),
        "on": on,
        "concentrated": [row.spoken for row in concentrated],
        "not_shown": [row.spoken for row in concentrated if side(row.difference, 0) in ("open", "below")],
        "unknown": [row.spoken for row in concentrated if side(row.difference, 0) == "unknown"],
        "few": [row.name for row in rows if row.creative.status is Status.NOT_APPLICABLE],
    }


def _region(brief: Brief, code: str) -> Region:
    return Region(
        code,
        brief.release.name_of(code),
        brief.spoken(code),
        brief.fact("location-quotient", "all", area=code, year=brief.years("jobs")[-1]),
        rate(brief, code, "all", FIRST),
        rate(brief, code, "", FIRST),
        difference(brief, code, ALL, FIRST),
    )


def _pairs(brief: Brief, regions: Sequence[Region], context: dict[str, Any]) -> Markup:
    """The regions, those that differ most first, and the nation; nothing where no value is known."""
    rows = [*regions, _region(brief, brief.release.info.national)]
    group, whole, apart, concentrated = (
        figure_rows([(row.name, fact) for row, fact in zip(rows, facts, strict=True)])
        for facts in zip(*((row.creative, row.whole, row.difference, row.quotient) for row in rows), strict=True)
    )
    if any(all(row.value is None for row in series) for series in (group, whole)):
        return Markup()
    columns = [
        Column(word("pairs.short.creative"), [row.text for row in group], "strong"),
        Column(word("pairs.short.all"), [row.text for row in whole]),
        Column(word("pairs.difference"), [row.text for row in apart], "strong"),
        Column(word("axis.interval"), [row.interval for row in apart]),
        Column(word("axis.quotient"), [row.text for row in concentrated]),
    ]
    draw = partial(
        paired_dots,
        group,
        whole,
        fonts=brief.fonts,
        names=(word("pairs.long.creative"), word("pairs.long.all")),
        columns=columns,
        decided=[row.code for row in rows if side(row.difference, 0) in ("above", "below")],
        last=brief.release.info.national,
        tick=lambda value: formats.number(value, "share", 0, cell=True),
    )
    return charted(brief, draw, "innovation", "pairs", context, TABLE, "employment")
