"""
Pictures: the charts that sections show, and the lists of areas behind them. Sentences come from the section's template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from markupsafe import Markup

from reportgen.charts import theme
from reportgen.charts.bars import ROW, ranked_bars
from reportgen.charts.chart import Chart
from reportgen.charts.dots import lq_dots
from reportgen.charts.lines import indexed_lines
from reportgen.charts.maps import Chosen, bubble_map
from reportgen.charts.outlines import Basemap
from reportgen.document.brief import COUNT, QUOTIENT, TABLE, WHOLE, Brief, Measure
from reportgen.document.figures import against, charted
from reportgen.document.figures import rows as figure_rows
from reportgen.document.fixed import dated
from reportgen.facts import format as formats
from reportgen.facts.fact import Fact
from reportgen.facts.words import side
from reportgen.wording import word

NAMED_REGIONAL, NAMED_SMALL = 18, 7  # places with their name on a map
NAMED_NARROW = 3  # the same on a small map whose land is narrower than half of it: lines to names would cross it
FEW = 3  # places whose map is half as high, as it would be land without marks
REGION_MAP = (174.0, 88.0)  # mm
REGION_MARGIN = 12_000.0  # metres of neighbouring land round an enlarged region
NOTED = frozenset({"map", "jobs", "units", "growth", "dots", "lines"})  # pictures with a block for a note
LINES_HIGH = {"national": 88.0, "regional": 60.0, "local": 38.0}  # mm, height of the lines of growth
LINES_ALONE = 54.0  # mm, the same of a local pack without another picture on that page
MOST_BARS = 20
WIDE = 2  # an index whose upper end is more than so many times its lower has no lines
VAGUE = 4  # an interval whose upper end is more than so many times its lower
NARROW = 100.0  # mm: narrower bars carry no column of intervals


@dataclass(frozen=True)
class Ranked:
    """An area with the fact that it is ranked by."""

    code: str
    name: str
    fact: Fact


@dataclass(frozen=True)
class Ranking:
    """Areas in the order of a fact, highest first, and those for which it is not known."""

    known: list[Ranked]
    unknown: list[Ranked]


def hotspots(brief: Brief, group: str) -> list[str]:
    """Codes of the hotspots among the local areas of a group, by rank, then name; last those without a known rank."""
    year = brief.years("jobs")[-1]
    codes = map(str, brief.release.local_members(group)["area"])
    spots = [code for code in codes if brief.fact("hotspot", "all", area=code, year=year).value == 1]
    ranks = {code: brief.fact("hotspot-rank", "all", area=code, year=year).value for code in spots}
    return sorted(spots, key=lambda code: (ranks[code] or float("inf"), brief.release.name_of(code)))


def open_spots(brief: Brief, spots: list[str]) -> list[str]:
    """Names of hotspots whose interval of jobs includes the national share: not every rule asks it to lie above."""
    year = brief.years("jobs")[-1]
    facts = {code: brief.fact("location-quotient", "all", area=code, year=year) for code in spots}
    return [brief.release.name_of(code) for code, fact in facts.items() if side(fact, 1) == "open"]


def open_count(brief: Brief, spots: list[str]) -> Fact:
    """How many hotspots have such an interval."""
    year = brief.years("jobs")[-1]
    facts = [brief.fact("location-quotient", "all", area=code, year=year) for code in spots]
    return brief.tally("open-hotspots", [fact for fact in facts if side(fact, 1) == "open"])


def ranking(brief: Brief, codes: list[str], fact: Callable[[str], Fact]) -> Ranking:
    """Areas by a fact about each, highest first, and those for which it is not known."""
    rows = [Ranked(code, brief.release.name_of(code), fact(code)) for code in codes]
    known = sorted((row for row in rows if row.fact.known), key=lambda row: (-(row.fact.value or 0.0), row.name))
    return Ranking(known, sorted((row for row in rows if not row.fact.known), key=lambda row: row.name))


def quotient_of(brief: Brief, measure: Measure) -> Callable[[str], Fact]:
    """The creative location quotient of any area, in the latest year of the measure."""
    return lambda area: brief.fact(QUOTIENT[measure], "all", area=area, year=brief.years(measure)[-1])


def untold(brief: Brief, codes: list[str], indicator: str) -> list[str]:
    """Names of those of the areas whose value is not known."""
    return [brief.release.name_of(code) for code in codes if not brief.fact(indicator, "all", area=code).known]


def area_facts(brief: Brief, code: str) -> dict[str, Any]:
    """What tables say about a local area."""
    year = brief.years("jobs")[-1]
    return {
        "jobs": brief.fact("creative-jobs", "all", area=code, year=year),
        "units": brief.fact("creative-local-units", "all", area=code, year=brief.years("units")[-1]),
        "quotient": brief.fact(QUOTIENT[brief.measure], "all", area=code),
        "quotient_units": brief.fact("location-quotient-units", "all", area=code, year=brief.years("units")[-1]),
        "rank": brief.fact("hotspot-rank", "all", area=code, year=year),
    }


def region_map(
    brief: Brief,
    context: Mapping[str, Any],
    section: str,
    size: tuple[float, float] = REGION_MAP,
    *,
    alone: bool = False,
) -> Markup:
    """
    One region enlarged, a circle for each local area of it; for a local pack its biggest region. Nothing where the
    release has no outline of the region, or the place that matters most has none: a map without it would mislead.
    Args:
        size: of the map, mm; of a region that is not higher than wide at most as high as usual.
        alone: whether it has a page of its own, so that it is as high as its width makes it, up to that size.
    """
    region = brief.area if brief.kind == "regional" else brief.rank_group
    codes = [member.code for member in brief.members_of(region)]
    rows = counts(brief, codes)
    sizes = {code: fact.value or 0.0 for code, (_, fact) in zip(codes, rows, strict=True)}
    drawn = [code for code, (_, fact) in zip(codes, rows, strict=True) if fact.known and code in brief.outlines.points]
    foremost = brief.area if brief.kind == "local" else max(sizes, key=lambda code: sizes[code], default="")
    shape = brief.release.outline_of(region)
    if not shape or foremost not in drawn:
        return Markup()
    spots = hotspots(brief, region) if brief.kind == "regional" else [brief.area]
    others = sorted((code for code in codes if code not in spots), key=lambda code: (-sizes[code], code))
    seen = [*shape, *codes] if brief.custom else shape  # what lies in a custom area in part is not in its shape
    extent = brief.outlines.extent(seen, margin=REGION_MARGIN)
    whole = size[0] == REGION_MAP[0]
    wide_enough = size[0] * (extent.north - extent.south) / (extent.east - extent.west) if alone else 0.0
    highest = size[1] if extent.tall else min(size[1], max(REGION_MAP[1], wide_enough))
    land = brief.outlines.basemap(size[0], highest / 2 if whole and len(codes) <= FEW else highest, extent)
    across = land.scale * (extent.east - extent.west - 2 * REGION_MARGIN)
    narrow = across < land.width / 2
    named = [*spots, *others][: NAMED_REGIONAL if whole else NAMED_NARROW if narrow else NAMED_SMALL]
    context = with_absent(brief, context, land, codes, rows)
    draw = partial(
        bubble_map, figure_rows(rows), land, fonts=brief.fonts, chosen=Chosen(spots, named=named), region=shape
    )
    return _shown(brief, draw, section, "map", context, TABLE[brief.measure], "boundaries")


def bars(
    brief: Brief,
    ranking: Ranking,
    context: Mapping[str, Any],
    section: str,
    picture: str,
    width_mm: float,
    *,
    most: int = MOST_BARS,
    row: float = ROW,
) -> Markup:
    """
    Areas by a fact, in orange the pack's own, or in the national report those clearly above; those without a value
    named beneath. Nothing where none is known.
    Args: row: height of a row, px.
    """
    if not ranking.known:
        return Markup()
    rows = figure_rows([(row.name, row.fact) for row in (*ranking.known, *ranking.unknown)])
    if width_mm < NARROW:  # no room for intervals in words; they are drawn all the same
        rows = [replace(row, interval="") for row in rows]
    best = ranking.known[0]
    firm = _firm(brief, ranking.known[:most])
    more = {
        **context,
        "firm": firm,
        "ranked": ranking.known,
        "ranked_count": brief.tally(f"ranked-{picture}", [row.fact for row in ranking.known]),
        "untold": [row.name for row in ranking.unknown],
        "best": best,
        "most": most,
        "apart": brief.area in [row.code for row in (*ranking.known[most:], *ranking.unknown)],
    }
    unit, digits = best.fact.unit, best.fact.digits
    draw = partial(
        ranked_bars,
        rows,
        fonts=brief.fonts,
        subject=[row.code for row in (*ranking.known, *ranking.unknown) if row.code == brief.area or row in firm],
        most=most,
        tick=lambda value: (
            formats.number(value, unit, digits, cell=True) if unit in formats.PARTS_OF_ONE else theme.tick(value)
        ),
        width_mm=width_mm,
        row=row,
        **against(brief.benchmark_name, best.fact),
    )
    return _shown(brief, draw, section, picture, more, *best.fact.source.split(";"))


def _firm(brief: Brief, known: list[Ranked]) -> list[Ranked]:
    """
    In the national report the regions whose whole interval lies above the whole, or above no change; none where all do,
    as then orange would pick out nothing.
    """
    if brief.kind != "national":
        return []
    firm = [row for row in known if side(row.fact, 1 if against("", row.fact) else 0) == "above"]
    return firm if len(firm) < len(known) else []


def sub_sector_dots(brief: Brief, context: Mapping[str, Any], section: str) -> Markup:
    """The nine sub-sectors of the subject, with the range of its peers behind them."""
    indicator = QUOTIENT[brief.measure]
    rows = [(brief.full(part), brief.fact(indicator, part)) for part in brief.sub_sectors]
    peers = [
        (brief.release.name_of(code), brief.fact(indicator, part, area=code))
        for code in brief.peers
        for part in brief.sub_sectors
    ]
    draw = partial(
        lq_dots,
        figure_rows(rows),
        fonts=brief.fonts,
        comparators=figure_rows([row for row in peers if row[1].known]),
        words={"reference": word("line.benchmark").format(benchmark=brief.benchmark_name)},
    )
    return _shown(brief, draw, section, "dots", context, TABLE[brief.measure])


def index_lines(brief: Brief, context: Mapping[str, Any], section: str, *, alone: bool = False) -> Markup | str:
    """
    Creative work and all work, here and in Great Britain, the first year as 100. Nothing where that is not known, or
    where the number of today is too vague.
    Args: alone: whether no other picture shares the page of a local pack.
    """
    if vague(brief, brief.measure) or loose_end(brief):
        return ""
    years = brief.years(brief.measure)
    creative, whole = f"{COUNT[brief.measure]}-index", f"{WHOLE[brief.measure]}-index"
    series = [(brief.subject, creative, "all"), (brief.subject, whole, "")]
    if brief.subject != brief.benchmark:
        series += [(brief.benchmark, creative, "all"), (brief.benchmark, whole, "")]
    facts: list[tuple[str, Fact]] = []
    ends: list[dict[str, Any]] = []
    for area, indicator, part in series:
        label = word("line.creative" if part else "line.all").format(area=brief.release.name_of(area))
        line = [brief.fact(indicator, part, area=area, year=year, other=years[0]) for year in years]
        if line[0].known and any(fact.known for fact in line[1:]):
            facts += [(label, fact) for fact in line]
            ends.append({"label": label, "fact": next(fact for fact in reversed(line) if fact.known)})
    subject = word("line.creative").format(area=brief.release.name_of(brief.subject))
    if not any(label == subject for label, _ in facts):
        return ""
    more = dict(context) | {
        "first_year": dated(years[0]),
        "end": ends[0]["fact"],
        "ends_told": ends,
        "gaps": any(not fact.known for _, fact in facts),
        "benchmark_inside": _inside(brief, facts, subject),
    }
    draw = partial(
        indexed_lines,
        figure_rows(facts),
        fonts=brief.fonts,
        subject=subject,
        base=years[0],
        width_mm=174,
        height_mm=LINES_ALONE if alone and brief.kind == "local" else LINES_HIGH[brief.kind],
    )
    return _shown(brief, draw, section, "lines", more, TABLE[brief.measure])


def vague(brief: Brief, measure: Measure) -> bool:
    """
    Whether the subject's creative jobs, or local units, are known no better than within a factor of `VAGUE`: an index
    of them, a split of their change or a projection would look surer than what it is made of.
    """
    now = brief.fact(COUNT[measure], "all", year=brief.years(measure)[-1])
    return now.low is not None and now.high is not None and now.high > VAGUE * now.low


def loose_end(brief: Brief) -> Fact | None:
    """The index of the subject's creative work at the end of its line where it is too wide for lines to say much."""
    years, indicator = brief.years(brief.measure), f"{COUNT[brief.measure]}-index"
    line = [brief.fact(indicator, "all", year=year, other=years[0]) for year in years[1:]]
    end = next((fact for fact in reversed(line) if fact.known), None)
    loose = end is not None and end.low is not None and end.high is not None and end.high > WIDE * end.low
    return end if loose else None


def _inside(brief: Brief, facts: list[tuple[str, Fact]], subject: str) -> bool:
    """Whether creative work in the whole ends within the interval of the subject's, which is another place."""
    whole = word("line.creative").format(area=brief.release.name_of(brief.benchmark))
    [own, other] = [[fact for label, fact in facts if label == each and fact.known] for each in (subject, whole)]
    if subject == whole or not other:
        return False
    last, ends = other[-1].value or 0.0, own[-1]
    return ends.low is not None and ends.high is not None and ends.low <= last <= ends.high


def with_absent(
    brief: Brief, context: Mapping[str, Any], land: Basemap, codes: list[str], rows: list[tuple[str, Fact]]
) -> dict[str, Any]:
    """What the note under a map has to own up to: areas that lie nowhere on it, and areas without a number."""
    placed = {code: land.at(code) is not None for code in codes}
    return {
        **context,
        "off_map": [brief.release.name_of(code) for code in codes if not placed[code]],
        "signs": [name for code, (name, fact) in zip(codes, rows, strict=True) if placed[code] and not fact.known],
    }


def counts(brief: Brief, codes: list[str]) -> list[tuple[str, Fact]]:
    """Creative jobs, or local units, of areas, each with its name."""
    return [(brief.release.name_of(code), brief.fact(COUNT[brief.measure], "all", area=code)) for code in codes]


def _shown(
    brief: Brief, draw: Callable[..., Chart], section: str, picture: str, context: Mapping[str, Any], *tables: str
) -> Markup:
    """A chart on the page, with a note where the pictures of its kind have one."""
    return charted(brief, draw, section, picture, context, *tables, noted=picture in NOTED)
