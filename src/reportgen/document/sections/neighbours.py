"""Neighbours: whether like places lie side by side, and whether what lies beside hotspots grows or innovates more."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from reportgen.analysis.neighbours import FALSE_FINDS
from reportgen.analysis.surroundings import GROUPS
from reportgen.analysis.surroundings import MEASURES as REPORTED
from reportgen.charts.lens import beside, lens_map
from reportgen.charts.maps import Chosen
from reportgen.classification import CREATIVE, WITHOUT_IT
from reportgen.document.brief import COUNT, QUOTIENT, TABLE, Brief, Measure
from reportgen.document.figures import charted
from reportgen.document.figures import rows as figure_rows
from reportgen.document.fixed import dated
from reportgen.document.sections.tested import MEASURES, along, unlikely
from reportgen.facts import format as formats
from reportgen.facts.fact import Fact

MAP = (54.0, 90.0)  # mm
MAP_WITH_LENS, LENS_HIGH = (80.0, 43.0), 40.0  # mm
MOST = 8.0  # times that the lens enlarges the map, which is small: it says where the lens lies
NAMED = 12  # places that a sentence names; where there are more, the map has them
KINDS = ("local-cluster-high-high", "local-cluster-low-low", "local-outlier-high-low", "local-outlier-low-high")


@dataclass(frozen=True)
class Spread:
    """Whether areas that touch have like quotients of a sub-sector: Moran's I and its p-value, by each measure."""

    name: str
    index: dict[Measure, Fact]
    p: dict[Measure, Fact]


@dataclass(frozen=True)
class Tested:
    """An association and its p-value."""

    value: Fact
    p: Fact

    @property
    def verdict(self) -> str:
        """What can be said of it: above, below, open, unknown."""
        if self.value.value is None or self.p.value is None:
            return "unknown"
        if not unlikely(self.p):
            return "open"
        return "above" if self.value.value > 0 else "below"


def gather(brief: Brief) -> dict[str, Any] | None:
    local = brief.release.at_level("local")
    if not local:
        return None
    measure: Measure = "jobs" if _index(brief, CREATIVE, "jobs").known else "units"
    found = {kind: _places(brief, kind, measure) for kind in KINDS}
    creative = Tested(_index(brief, CREATIVE, measure), _index(brief, CREATIVE, measure, "morans-i-p"))
    context: dict[str, Any] = brief.words | {
        "by": measure,
        "year": dated(brief.years(measure)[-1]),
        "creative": creative,
        "rows": _rows(brief),
        "clusters": {kind: [brief.release.name_of(code) for code in codes] for kind, codes in found.items()},
        "named": NAMED,
        "false_finds": FALSE_FINDS * 100,
        "alone": _index(brief, CREATIVE, measure, "neighbours-areas-alone"),
        "lonely": _lonely(brief, measure),
        "left_out": _index(brief, CREATIVE, measure, "neighbours-areas-left-out"),
        "areas": _index(brief, CREATIVE, measure, "neighbours-areas"),
        "beside": _beside(brief),
        "regions": _of_regions(brief),
        "innovation": _innovation(brief),
        "source": brief.source_line("employment", "businesses", "neighbours"),
        "survey": brief.source_line("innovation"),
        "says_who_touches": brief.release.neighbours is not None,
        "has_past": brief.has_past("jobs"),
        "has_survey": brief.release.innovation is not None,
    }
    for block in ("heading", "lede"):
        context[block] = brief.say("neighbours", block, context).html
    if not creative.value.known:
        return context | {"figure": Markup(), "table_number": 0, "innovation_number": 0}
    context["figure"] = _map(brief, found["local-cluster-high-high"], measure, context)
    context["table_number"] = brief.next_table()
    told = any(test.value.known for row in context["innovation"]["rows"] for test in row["tests"])
    return context | {"innovation_number": brief.next_table() if told else 0}


def _index(brief: Brief, part: str, measure: Measure, indicator: str = "morans-i") -> Fact:
    return brief.book.fact(brief.benchmark, indicator, part, brief.years(measure)[-1], variant=measure)


def _rows(brief: Brief) -> list[Spread]:
    """Creative as a whole first, then the sub-sectors by Moran's I, those without one last."""
    measured = along(brief, "morans-i", "sub_sector")
    wholes = [part for part in (CREATIVE, WITHOUT_IT) if part in measured]
    rows = {
        part: Spread(
            brief.short(part),
            {measure: _index(brief, part, measure) for measure in MEASURES},
            {measure: _index(brief, part, measure, "morans-i-p") for measure in MEASURES},
        )
        for part in (*wholes, *brief.sub_sectors)
    }

    def height(part: str) -> float:
        value = rows[part].index["jobs"].value
        return float("inf") if value is None else -value

    return [rows[part] for part in (*wholes, *sorted(brief.sub_sectors, key=height))]


def _places(brief: Brief, kind: str, measure: Measure) -> list[str]:
    """The local areas that are of a kind, by name."""
    year = brief.years(measure)[-1]
    codes = brief.release.at_level("local")
    of_kind = [code for code in codes if brief.book.fact(code, kind, "all", year, variant=measure).value == 1]
    return sorted(of_kind, key=brief.release.name_of)


def _lonely(brief: Brief, measure: Measure) -> list[str]:
    """The local areas that have a quotient, and no neighbour known to have one."""
    year = brief.years(measure)[-1]
    return [
        brief.release.name_of(code)
        for code in brief.release.at_level("local")
        if brief.fact(QUOTIENT[measure], "all", area=code, year=year).known
        and not brief.book.fact(code, "local-moran", "all", year, variant=measure).known
    ]


def _map(brief: Brief, clusters: list[str], measure: Measure, context: dict[str, Any]) -> Markup:
    """
    All local areas, those in clusters of high quotients in navy: orange would call them hotspots, and some
    lie below the national share. Nothing without outlines, or without any.
    """
    if not brief.release.boundaries or not clusters:
        return Markup()
    year = brief.years(measure)[-1]
    codes = brief.release.at_level("local")
    rows = [(brief.release.name_of(code), brief.fact(COUNT[measure], "all", area=code, year=year)) for code in codes]
    sizes = {code: fact.value or 0.0 for code, (_, fact) in zip(codes, rows, strict=True)}
    foremost = brief.release.name_of(max(clusters, key=lambda code: sizes[code]))
    land, lens = beside(brief.outlines, clusters, MAP, MAP_WITH_LENS, LENS_HIGH, MOST)
    unmapped = [brief.release.name_of(code) for code in codes if land.at(code) is None]
    chosen = Chosen(navy=clusters, named=clusters[:NAMED])
    more = context | {"off_map": unmapped, "foremost": foremost, "lens": lens is not None}
    caption = brief.say("neighbours", "map_lens", more).plain
    draw = partial(lens_map, figure_rows(rows), land, lens, fonts=brief.fonts, caption=caption, chosen=chosen)
    return charted(brief, draw, "neighbours", "map", more, TABLE[measure], "boundaries")


def _test(brief: Brief, stem: str, ending: str, other: str, variant: str) -> Tested:
    year = brief.years("jobs")[-1]
    value, p = (
        brief.book.fact(brief.benchmark, f"{stem}-{word}", "all", year, other, variant)
        for word in (ending, f"{ending}-p")
    )
    return Tested(value, p)


def _beside(brief: Brief) -> dict[str, Any]:
    """Growth of areas that touch hotspots, against that of others."""
    [base] = along(brief, "neighbours-growth-difference", "other")
    year = brief.years("jobs")[-1]
    return {
        "base": base,
        "test": _test(brief, "neighbours-growth", "difference", base, "jobs"),
        "areas": [
            brief.book.fact(brief.benchmark, f"neighbours-growth-areas-{where}", "all", year, base, "jobs")
            for where in ("beside", "elsewhere")
        ],
    }


def _of_regions(brief: Brief) -> dict[str, Any]:
    """Growth of regions against their share of hotspots."""
    [base] = along(brief, "regions-growth-correlation", "other")
    year = brief.years("jobs")[-1]
    return {
        "base": base,
        "test": _test(brief, "regions-growth", "correlation", base, "jobs"),
        "areas": brief.book.fact(brief.benchmark, "regions-growth-areas", "all", year, base, "jobs"),
    }


def _innovation(brief: Brief) -> dict[str, Any]:
    """Innovation of regions against their share of hotspots: a row a measure, a column a group of sectors."""
    wave = along(brief, "regions-innovation-correlation", "other")[0]
    of = {
        measure: [_test(brief, "regions-innovation", "correlation", wave, f"{group}.{measure}") for group in GROUPS]
        for measure in REPORTED
    }
    tests = [test for row in of.values() for test in row]
    return {
        "wave": formats.period(wave),
        "rows": [{"measure": measure, "tests": row} for measure, row in of.items()],
        "known": [test for test in tests if test.verdict != "unknown"],
        "telling": [test for test in tests if test.verdict in ("above", "below")],
    }
