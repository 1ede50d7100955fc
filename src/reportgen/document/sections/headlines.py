"""Headlines: five numbers, three findings, one picture, and how sure we are. Stands alone when printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from reportgen.document import advice
from reportgen.document.brief import QUOTIENT, QUOTIENT_EX_LONDON, Brief
from reportgen.document.fixed import dated
from reportgen.document.sections import pictures, reach, sureness
from reportgen.document.voice import ranged
from reportgen.facts import said
from reportgen.facts.fact import Fact
from reportgen.facts.words import side

CLOSE = 15.5  # px, height of a row of bars
BASE = 100.0  # of an index, in its first year
PRIORITIES = 3  # steps that the page has room for
DOT = 9.0  # per cent of a strip's length, width of a dot
MIDDLE = (35.0, 65.0)  # per cent of a strip's length: a name that began or ended here would run out of its column


@dataclass(frozen=True)
class Strip:
    """A number on its line, in per cent of the line's length."""

    value: float
    low: float
    width: float
    tick: float | None
    open: bool

    @property
    def narrow(self) -> bool:
        """Whether the interval is hidden behind the dot."""
        return 0 < self.width < DOT

    @property
    def name_style(self) -> str:
        """The comparator's name hangs under its tick: from it or up to it near an end, about it in the middle."""
        at = 0.0 if self.tick is None else self.tick
        if MIDDLE[0] <= at <= MIDDLE[1]:
            return "left: 0; right: 0; text-align: center"
        return f"right: {100 - at:.1f}%" if at > MIDDLE[1] else f"left: {at:.1f}%"


@dataclass(frozen=True)
class Key:
    """
    One of the five numbers: what it is, what it is compared with, how it is drawn. A count or a share is compared with
    nothing and has no line: its interval does not say what chance makes of a change, which has a number of its own.
    """

    id: str
    fact: Fact
    comparator: Fact | None = None
    comparator_name: str = ""
    line: float | None = None
    signed: bool = False
    shared: tuple[Fact, ...] = ()  # facts on the same line, which has to have the same scale for all of them

    @property
    def strip(self) -> Strip | None:
        line = self.line if self.comparator is None else self.comparator.value
        if self.fact.value is None or line is None:
            return None
        value = self.fact.printed.value or 0.0
        tick = line if self.comparator is None else self.comparator.printed.value or 0.0
        low, high = _bounds(self.fact.printed)
        ends = [low, high, tick, *(end for other in self.shared if other.known for end in _bounds(other.printed))]
        first, last = min(ends), max(ends)
        margin = (last - first) * 0.25 or abs(last) * 0.1 or 1.0
        start, length = first - margin, last - first + 2 * margin

        def at(number: float) -> float:
            return round((number - start) / length * 100, 1)

        return Strip(at(value), at(low), round(at(high) - at(low), 1), at(tick), side(self.fact, line) == "open")


def speaks_of(brief: Brief) -> dict[str, Any]:
    """What the sentences of the page speak of; the infographic says them too."""
    return brief.words | _facts(brief) | _named(brief)


def gather(brief: Brief) -> dict[str, Any]:
    context = speaks_of(brief)
    context["keys"] = keys(brief, context)
    context["heading"] = brief.say("headlines", "heading", context).html
    context["lede"] = brief.say("headlines", "lede", context).html
    context["findings"] = [
        {
            "title": brief.say("headlines", f"{part}_title", context).html,
            "text": brief.say("headlines", f"{part}_text", context).html,
        }
        for part in ("where", "what", "change")
    ]
    context["figure"] = _figure(brief, context)
    context["advised"] = advice.advice(brief).asked > 0
    context["priorities"] = advice.steps(brief, most=PRIORITIES) if context["advised"] else []
    if context["advised"] and brief.kind == "regional" and not context["priorities"]:
        context |= reach.counted(brief)
    if not context["priorities"]:
        context["nearest"] = next(iter(advice.misses(brief)), None)
    return context | sureness.gather(brief, context)


def _facts(brief: Brief) -> dict[str, Any]:
    """Facts that the page speaks of. Those of the rule speak of jobs and local units at once, so of the jobs' year."""
    jobs_year = brief.years("jobs")[-1]
    group = brief.area if brief.kind != "local" else brief.release.info.national
    facts: dict[str, Any] = {
        "quotient": brief.quotient,
        "ex_london": brief.fact(QUOTIENT_EX_LONDON[brief.measure], "all"),
        "creative_jobs": brief.fact("creative-jobs", "all", year=jobs_year),
        "share": brief.fact("creative-jobs-share", "all", year=jobs_year),
        "units": brief.fact("creative-local-units", "all", year=brief.years("units")[-1]),
        "jobs_quotient": brief.fact("location-quotient", "all", year=jobs_year),
        "units_quotient": brief.fact(QUOTIENT["units"], "all", year=brief.years("units")[-1]),
        "growth": brief.growth(brief.subject),
        "growth_all": brief.growth(brief.subject, "jobs-growth"),
        "growth_gb": brief.growth(brief.benchmark),
        **_beside(brief),
        "hotspot_count": brief.fact("hotspot-count", "all", area=group, year=jobs_year),
        "hotspot_areas": brief.fact("hotspot-areas", "all", area=group, year=jobs_year),
        "areas": brief.fact("areas", area=group, year=jobs_year),
        "units_then": _units_then(brief),
        "units_growth": _units_growth(brief),
        "units_base": dated(brief.base_year_of("units")),
        "units_first": dated(brief.years("units")[0]),
        "above_count": brief.side_count("above"),
        "below_count": brief.side_count("below"),
        "open_sub_sectors": brief.side_count("open"),
        "counted": brief.level.kind == "local",  # hotspots are counted among local areas
        "is_london": brief.subject == brief.release.info.london,
        "all_hotspots": brief.fact("hotspot-count", "all", area=brief.release.info.national, year=jobs_year),
    }
    if brief.kind == "local":
        facts["hotspot"] = brief.fact("hotspot", "all", year=jobs_year)
        facts["hotspot_rank"] = brief.fact("hotspot-rank", "all", year=jobs_year)
    return facts


def _beside(brief: Brief) -> dict[str, Any]:
    """
    The growth that the page holds its own against: that of the region of a local area, else of the whole. A region of
    the same name would read as the area itself.
    """
    if brief.kind == "local" and brief.regions and brief.regions[0].name != brief.name:
        region = brief.growth(brief.regions[0].code)
        if region.known:
            return {"growth_beside": region, "beside_name": brief.spoken(brief.regions[0].code)}
    return {"growth_beside": brief.growth(brief.benchmark), "beside_name": brief.benchmark_name}


def _named(brief: Brief) -> dict[str, Any]:
    """Names that the sentences need: hotspots by rank, the strongest and the weakest sub-sector."""
    group = brief.area if brief.kind != "local" else brief.release.info.national
    spots = pictures.hotspots(brief, group)
    regions = [brief.release.name_of(code) for code in brief.release.at_level("regional")]
    strongest, weakest = next(iter(brief.strengths), None), next(iter(brief.gaps), None)
    found: dict[str, Any] = {
        "hotspot_names": [brief.release.name_of(code) for code in spots],
        "open_spots": pictures.open_spots(brief, spots),
        "open_count": pictures.open_count(brief, spots),
        "hottest": brief.release.name_of(spots[0]) if spots else "",
        "hottest_region": bool(spots) and brief.release.name_of(spots[0]) in regions,
        "hottest_quotient": brief.fact("location-quotient", "all", area=spots[0], year=brief.years("jobs")[-1])
        if spots
        else None,
        "strongest": brief.fact(QUOTIENT[brief.measure], strongest) if strongest else None,
        "strongest_name": brief.short(strongest) if strongest else "",
        "strongest_full": brief.full(strongest) if strongest else "",
        "weakest": brief.fact(QUOTIENT[brief.measure], weakest) if weakest else None,
        "weakest_name": brief.short(weakest) if weakest else "",
        "weakest_full": brief.full(weakest) if weakest else "",
    }
    found |= _tied(brief) | (passed_over(brief, spots) if brief.kind == "regional" else {})
    found |= (
        _in_jobs(brief, strongest, weakest)
        if brief.measure == "jobs"
        else {"strongest_jobs": None, "lacking_jobs": None}
    )
    sizes = {part: brief.fact("creative-jobs", part) for part in brief.sub_sectors}
    if brief.kind == "national":
        found |= _largest(brief, sizes)
    return found | _most(brief, sizes, found)


def _most(brief: Brief, sizes: Mapping[str, Fact], found: Mapping[str, Any]) -> dict[str, Any]:
    """Where each sub-sector is above the national share, and a single one most: which of them has most jobs."""
    whole = found["strongest"] and not found["tied"] and len(brief.on_side("above")) == len(sizes)
    if not whole or not all(fact.known for fact in sizes.values()):
        return {"most_jobs": None}
    most = max(sizes, key=lambda part: sizes[part].value or 0.0)
    return {"most_jobs": sizes[most], "most_jobs_name": brief.short(most), "most_jobs_full": brief.full(most)}


def _tied(brief: Brief) -> dict[str, Any]:
    """The strength behind the first, where it reads the same, or chance and rounding may put it first."""
    if len(brief.strengths) < 2:
        return {"tied": None}
    first, second = (brief.fact(QUOTIENT[brief.measure], part) for part in brief.strengths[:2])
    if said.number(second) != said.number(first) and second.ends[1] < (first.value or 0.0):
        return {"tied": None}
    part = brief.strengths[1]
    return {"tied": second, "tied_name": brief.short(part), "tied_full": brief.full(part)}


def passed_over(brief: Brief, spots: Sequence[str]) -> dict[str, Any]:
    """
    Beside a single hotspot the place with the highest quotient, where that is higher than the hotspot's, with the facts
    of each part of our rule in their order, so that the page can say which is lacking.
    """
    rule, year = brief.settings.hotspot, brief.years("jobs")[-1]
    told = (rule.rule, rule.measure, rule.location_quotient) == ("reportgen", "both", 1)
    if len(spots) != 1 or not told or year not in brief.years("units"):
        return {"passed_over": None}
    quotient = pictures.quotient_of(brief, "jobs")
    known = [
        member.code
        for member in brief.members_of(brief.area)
        if brief.fact("hotspot", "all", area=member.code, year=year).known
    ]
    code = max(known, key=lambda code: quotient(code).value or 0.0)
    if not (quotient(code).value or 0.0) > (quotient(spots[0]).value or 0.0) or not ranged(quotient(code)):
        return {"passed_over": None}
    return {
        "passed_over": quotient(code),
        "passed_over_name": brief.release.name_of(code),
        "passed_over_by_units": brief.fact("location-quotient-units", "all", area=code, year=year),
        "passed_over_sure": brief.fact("concentrated", "all", area=code, year=year),
        "passed_over_units": brief.fact("creative-local-units", "all", area=code, year=year),
    }


def _in_jobs(brief: Brief, strongest: str | None, weakest: str | None) -> dict[str, Any]:
    """How many jobs a strength is, and where the most are lacking: seldom where the quotient is lowest."""
    above = {part: brief.fact("jobs-above-expected", part) for part in brief.sub_sectors}
    lacking = min(brief.gaps, key=lambda part: above[part].value or 0.0, default=None)
    return {
        "strongest_jobs": above[strongest] if strongest else None,
        "lacking_jobs": above[lacking] if lacking else None,
        "lacking_full": brief.full(lacking) if lacking else "",
        "lacking_most": lacking == weakest,
    }


def _largest(brief: Brief, sizes: Mapping[str, Fact]) -> dict[str, Any]:
    rates = {part: brief.growth(brief.subject, sub_sector=part) for part in brief.sub_sectors}
    largest = max(sizes, key=lambda part: (sizes[part].known, sizes[part].value or 0.0))
    fastest = max(rates, key=lambda part: rates[part].value or 0.0)
    grown = side(rates[fastest], 0) == "above"
    return {
        "largest": sizes[largest],
        "largest_share": brief.book.fact(brief.subject, "sub-sector-share", largest, brief.year, variant="jobs"),
        "largest_name": brief.short(largest),
        "largest_full": brief.full(largest),
        "fastest": rates[fastest] if grown else None,
        "fastest_full": brief.full(fastest),
    }


def keys(brief: Brief, facts: Mapping[str, Any]) -> list[Key]:
    """The five numbers of the page."""

    benchmark = {"comparator": facts["growth_gb"], "comparator_name": brief.benchmark_name}
    hotspots = Key("hotspots", facts["hotspot_count"])
    if brief.kind == "national":
        return [
            Key("creative-jobs", facts["creative_jobs"]),
            Key("creative-share", facts["share"]),
            *(
                Key(name, facts[key], line=0.0, signed=True, shared=(facts["growth"], facts["growth_all"]))
                for name, key in (("growth", "growth"), ("growth-all", "growth_all"))
            ),
            hotspots,
        ]
    both = (facts["quotient"], facts["ex_london"])
    quotients = [
        Key(name, fact, line=1.0, shared=both)
        for name, fact in zip(("quotient", "quotient-ex-london"), both, strict=True)
    ]
    units = Key("creative-local-units", facts["units"])
    if brief.measure == "units":
        everything = Key("local-units", brief.fact("local-units"))
        index = brief.fact("creative-local-units-index", "all", other=brief.years("units")[0])
        known = index.known and brief.has_past("units")
        fourth = Key("units-index", index, line=BASE) if known else Key("creative-jobs", facts["creative_jobs"])
        return [units, *quotients, fourth, everything]
    last = units if brief.kind == "local" or not brief.release.at_level("local") else hotspots
    return [
        Key("creative-jobs", facts["creative_jobs"]),
        *quotients,
        Key("growth", facts["growth"], signed=True, **benchmark),
        last,
    ]


def _figure(brief: Brief, context: Mapping[str, Any]) -> Markup | str:
    """Regions by their quotient for the national report, else the map of the region; nothing where no map can be."""
    if brief.kind == "national":
        regional = brief.release.at_level("regional")
        ranking = pictures.ranking(brief, regional, pictures.quotient_of(brief, "jobs"))
        return pictures.bars(brief, ranking, context, "headlines", "bars", 70.17, row=CLOSE)
    return pictures.region_map(brief, context, "headlines", size=(70.17, 46.0))


def _units_then(brief: Brief) -> Fact | None:
    """Creative local units of the earlier year, where jobs cannot tell how creative work has changed."""
    if not brief.has_past("units"):
        return None
    then = brief.fact("creative-local-units", "all", year=brief.base_year_of("units"))
    now = brief.fact("creative-local-units", "all", year=brief.years("units")[-1])
    return then if then.known and now.known else None


def _units_growth(brief: Brief) -> Fact:
    """Growth of creative local units over the years that they are compared over."""
    year, base = brief.years("units")[-1], brief.base_year_of("units")
    return brief.book.fact(brief.subject, "creative-units-growth", "all", year, base)


def _bounds(fact: Fact) -> tuple[float, float]:
    value = fact.value or 0.0
    return (value if fact.low is None else fact.low, value if fact.high is None else fact.high)
