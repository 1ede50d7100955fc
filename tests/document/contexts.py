"""
Contexts: what templates of sections are given, with facts of every kind in it, and only such as can come together: as
many hotspots as names of them, no rank without a hotspot, sub-sectors that add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from reportgen.analysis import rules
from reportgen.document.brief import NAMED_FROM
from reportgen.document.fixed import dated
from reportgen.document.sections.outlook import Shift, Trial
from reportgen.document.sections.subsectors import NAMED
from reportgen.document.voice import ranged
from reportgen.facts.fact import Fact
from reportgen.facts.format import listed
from reportgen.facts.words import compared, side
from reportgen.settings import HotspotRule
from tests.made import SIZES, fact, facts

# From the shortest to the longest that a release has, with an article and with commas.
NAMES = ("Bath", "the South West", "Yorkshire and The Humber", "Llandrindod Wells and Builth Wells")
NAMES += ("Gloucestershire, Wiltshire and Bath/Bristol area",)
SHORT = ("Advertising", "Architecture", "Crafts", "Design", "Film and TV", "IT", "Publishing", "Museums", "Music")
FULL = ("Advertising and marketing", "Music, performing and visual arts", "Film, TV, video, radio and photography")
PLACES = ("Bath", "Bristol", "Slough and Heathrow", "London", "Weston-super-Mare", "Ayr", "Mull and Islay")
KINDS = ("national", "regional", "local")
KEYS = (
    "creative-jobs",
    "creative-local-units",
    "local-units",
    "units-index",
    "quotient",
    "quotient-ex-london",
    "creative-share",
)
KEYS += ("growth", "growth-all", "hotspots")


def shares(things: str, *, inside: bool = True) -> dict[str, str]:
    """What quotients are held against, for a place inside Great Britain or in another part of the country."""
    of = {"the_share": "", "the_share_of_things": f" of {things}"}
    long = {name: f"the national share{what}" if inside else f"the share{what} in GB" for name, what in of.items()}
    return {name: said.replace("GB", "Great Britain") for name, said in long.items()} | {
        "the_share_short": long["the_share"]
    }


@st.composite
def words(draw: st.DrawFn, kinds: Sequence[str] = KINDS) -> dict[str, Any]:
    """What every template may use: `Brief.words`, for a pack of a kind."""
    kind, measure = draw(st.sampled_from(kinds)), draw(st.sampled_from(("jobs", "units")))
    name = draw(st.sampled_from(NAMES)) if kind != "national" else "Great Britain"
    level = ("NUTS 2 area", "NUTS 2 areas") if "/" in name else ("travel-to-work area", "travel-to-work areas")
    rule = HotspotRule(
        rule=draw(st.sampled_from(("reportgen", "nesta2015"))), measure=draw(st.sampled_from(("both", "jobs", "units")))
    )
    things = "jobs" if measure == "jobs" else "local units"
    return {
        **shares(things, inside=kind == "national" or draw(st.booleans())),
        "kind": kind,
        "custom": False,
        "level_singular": level[0],
        "measure": measure,
        "things": things,
        "name": name,
        "name_start": name[:1].upper() + name[1:],
        "region": "the South West" if kind == "local" else "the United Kingdom",
        **dict.fromkeys(("year", "units_year", "profile_year"), dated("2024")),
        **dict.fromkeys(("base", "base_year", "growth_base", "units_base", "units_first"), dated("2019")),
        "first_year": dated("2015"),
        "until": dated("2029"),
        "sub_sector_count": len(SHORT),
        "benchmark": "Great Britain",
        "benchmark_short": "GB",
        "london": "London",
        "local_singular": level[0],
        "local_plural": level[1],
        "regional_singular": "country or region",
        "regional_plural": "countries and regions",
        "illustrative": draw(st.booleans()),
        "rule": rule,
        "thresholds": rules.THRESHOLDS,
        "chosen_peers": [],
        "without_it": "",
        "accent": "orange",
        "in_accent": "in orange",
        "pack_name": name,
        "whose_reason": None,
        "without_jobs": [],
        "why_units": None if measure == "jobs" else fact(None),
    }


@st.composite
def hotspots(draw: st.DrawFn) -> dict[str, Any]:
    """How many of how many areas are hotspots, and their names; not known where no area can be judged."""
    areas = draw(st.sampled_from((1, 2, 7, 211)))
    judged = draw(st.integers(0, areas))
    count = draw(st.integers(0, min(judged, len(PLACES)))) if judged else None
    names = list(PLACES[: count or 0])
    doubtful = names[: draw(st.integers(0, len(names)))]
    quotient = facts("ratio", known=True, values=(0.98, 1.0, 1.9))
    return {
        "areas": fact(areas, "areas"),
        "hotspot_areas": fact(judged, "areas"),
        "hotspot_count": fact(count, "areas"),
        "all_hotspots": fact(draw(st.sampled_from((24, 1))), "areas"),
        "hotspot_names": names,
        "open_spots": doubtful,
        "open_count": fact(len(doubtful), "areas"),
        "hottest": names[0] if names else "",
        "hottest_quotient": draw(quotient) if names else None,
        "hottest_region": "London" in names[:1],
    }


@st.composite
def sides(draw: st.DrawFn) -> dict[str, Fact]:
    """On which side of the national share how many of the sub-sectors lie; none known, or all of them told."""
    if draw(st.booleans()) and draw(st.booleans()):
        return {name: fact(None, "sub-sectors") for name in ("above", "open", "below", "unknown")}
    above = draw(st.integers(0, len(SHORT)))
    below = draw(st.integers(0, len(SHORT) - above))
    doubtful = draw(st.integers(0, len(SHORT) - above - below))
    numbers = {"above": above, "open": doubtful, "below": below, "unknown": len(SHORT) - above - below - doubtful}
    return {name: fact(number, "sub-sectors") for name, number in numbers.items()}


def growth(known: bool | None = None) -> st.SearchStrategy[Fact]:
    return facts("share a year", known=known)


@st.composite
def headlines(draw: st.DrawFn, kinds: Sequence[str] = KINDS) -> dict[str, Any]:
    context = draw(words(kinds)) | draw(hotspots())
    counts = draw(sides())
    strong = counts["above"].value and draw(st.booleans())
    weak = counts["below"].value and draw(st.booleans())
    best = facts("ratio", known=True, values=(1.0004, 1.05, 1.9, 29.187)).filter(lambda one: side(one, 1) == "above")
    worst = facts("ratio", known=True, values=(0.0, 0.0004, 0.35, 0.98)).filter(lambda one: side(one, 1) == "below")
    is_hotspot = draw(facts("yes or no"))
    context |= {
        "quotient": draw(facts("ratio")),
        "ex_london": draw(facts("ratio").filter(lambda one: one.value != 0)),
        "creative_jobs": draw(facts("jobs", signed=False)),
        "share": draw(facts("share")),
        "units": draw(facts("local units")),
        "jobs_quotient": draw(facts("ratio")),
        "units_quotient": draw(facts("ratio")),
        "growth": draw(growth()),
        "growth_all": draw(growth()),
        "growth_gb": draw(growth()),
        "growth_beside": draw(growth()),
        "beside_name": "the South West",
        "strongest_jobs": draw(facts("jobs")) if strong and draw(st.booleans()) else None,
        "lacking_jobs": draw(facts("jobs")) if weak and draw(st.booleans()) else None,
        "lacking_full": FULL[1] if weak else "",
        "lacking_most": draw(st.booleans()),
        "units_growth": draw(growth()),
        "most_jobs": None,
        "most_jobs_name": SHORT[5],
        "most_jobs_full": FULL[1],
        "units_then": draw(st.one_of(st.none(), facts("local units", known=True))),
        "above_count": counts["above"],
        "below_count": counts["below"],
        "open_sub_sectors": counts["open"],
        "counted": draw(st.booleans()),
        "is_london": context["name"] == "Bath" and draw(st.booleans()),
        "hotspot": is_hotspot,
        "hotspot_rank": draw(facts("rank", known=None if is_hotspot.value == 1 else False)),
        "strongest": draw(best) if strong else None,
        "strongest_name": SHORT[4] if strong else "",
        "strongest_full": FULL[2] if strong else "",
        "tied": draw(best) if strong and counts["above"].value > 1 and draw(st.booleans()) else None,
        "tied_name": SHORT[8],
        "tied_full": FULL[1],
        "passed_over": draw(facts("ratio", known=True).filter(ranged)) if draw(st.booleans()) else None,
        "passed_over_name": PLACES[2],
        "passed_over_by_units": draw(facts("ratio")),
        "passed_over_sure": fact(draw(st.sampled_from((0, 1))), "yes or no"),
        "passed_over_units": fact(draw(st.sampled_from((1, 40, 8500))), "local units"),
        "weakest": draw(worst) if weak else None,
        "weakest_name": SHORT[0] if weak else "",
        "weakest_full": FULL[0] if weak else "",
        "largest": draw(facts("jobs", signed=False)),
        "largest_share": draw(facts("share")),
        "largest_name": SHORT[5],
        "largest_full": FULL[1],
        "fastest": draw(st.one_of(st.none(), growth(known=True).filter(lambda one: side(one, 0) == "above"))),
        "fastest_full": draw(st.sampled_from(FULL[1:])),
    }
    if context["strongest"] and context["tied"] is None and counts["above"].value == len(SHORT):
        context["most_jobs"] = draw(facts("jobs", known=True, signed=False))
    if context["units_then"] is not None:  # only where both are known
        context["units"] = draw(facts("local units", known=True))
    if is_hotspot.value == 1:  # it has passed the rule, which asks for so many
        context["jobs_quotient"] = draw(facts("ratio", known=True))
        context["units"] = draw(facts("local units", known=True, values=(50.0, 85.0, 6_740.0)))
    return context


@st.composite
def subsectors(draw: st.DrawFn) -> dict[str, Any]:
    context, counts = draw(words()), draw(sides())
    above, below, doubtful = (int(counts[name].value or 0) for name in ("above", "below", "open"))
    known = counts["above"].known and above + below + doubtful > 0
    named_above = list(SHORT[: draw(st.integers(0, above))])
    named_below = list(SHORT[above : above + draw(st.integers(0, below))])
    best = draw(facts("ratio", known=True, values=(1.05, 1.9, 29.187)))
    more = facts("jobs", values=(0.3, 1.0, 85.0, 6_740.0))
    rows = [{"full": full, "jobs": draw(facts("jobs", signed=False)), "above": draw(more)} for full in FULL]
    return context | {
        "known": known,
        "quotient": draw(facts("ratio", known=None if known else False)),
        "above": named_above,
        "below": named_below,
        "counts": counts,
        "strengths": list(SHORT[:above]) if above + below > NAMED else [],
        "gaps": list(SHORT[above : above + below]) if above + below > NAMED else [],
        "foremost": SHORT[0] if above and draw(st.booleans()) else "",
        "most_named": NAMED,
        "ranked": [{"name": full, "fact": draw(facts("ratio", known=True))} for full in FULL],
        "best": best,
        "best_known": bool(named_above) and draw(st.booleans()),
        "best_name": FULL[2],
        "lowest": draw(facts("ratio", known=True, values=(0.0, 0.0004, 0.35, 0.98))) if named_below else None,
        "lowest_name": FULL[2] if named_below else "",
        "banded": draw(st.booleans()),
        "untold": list(FULL[: draw(st.integers(0, 2))]),
        "open_names": list(SHORT[6 : 6 + doubtful]) if doubtful <= 3 else [],
        "strong": [row for row in rows if row["jobs"].known and abs(row["above"].value or 0) >= NAMED_FROM],
        "weak": [row for row in rows if row["jobs"].known],
    }


@st.composite
def growing(draw: st.DrawFn) -> dict[str, Any]:
    context = draw(words())
    then, now = draw(facts("local units", known=True)), draw(facts("local units", known=True))
    return context | {
        "without_outlook": draw(st.booleans()),
        "growth": draw(growth()),
        "growth_all": draw(growth()),
        "growth_gb": draw(growth()),
        "growth_beside": draw(growth()),
        "beside_name": "the South West",
        "units_change": draw(st.sampled_from((None, {"then": then, "now": now})))
        if context["measure"] == "units"
        else None,
        "end": draw(facts("number", known=True, values=(0.0, 99.9, 100.0, 100.04, 131.0))),
        "ends_told": [{"label": "Bath, creative", "fact": draw(facts("number", known=True))}],
        "gaps": draw(st.booleans()),
        "benchmark_inside": draw(st.booleans()),
        "drawn": draw(st.sets(st.sampled_from(("band", "runs-on")))),
    }


@st.composite
def standing(draw: st.DrawFn) -> dict[str, Any]:
    context = draw(words())
    first, second = draw(growth(known=True)), draw(growth(known=True))
    return context | {
        "top": first,
        "top_name": context["name"],
        "side_by_side": compared(first, second),
        "rated": fact(12, "areas"),
        "grown": fact(draw(st.sampled_from((0, 1, 2, 12))), "areas"),
        "more_by_units": draw(st.booleans()),
        "rank": (rank := draw(facts("rank"))),
        "rank_open": rank.known and draw(st.booleans()),
        "rank_open_units": draw(st.booleans()),
        "beside": draw(st.booleans()),
        "rank_units": draw(facts("rank")),
        "tied": draw(st.booleans()),
        "tied_jobs": draw(st.booleans()),
        "tied_units": draw(st.booleans()),
        "in_part": draw(st.booleans()),
        "apart": draw(st.booleans()),
        "ranked_areas": fact(24, "areas"),
        "ranked_areas_units": fact(24, "areas"),
        "ranked": [],
        "best": {"name": context["name"]},
    }


@st.composite
def shift(draw: st.DrawFn) -> Shift:
    """What the nation, the mix and the area add to a change: all known, none, or without a reason why not."""
    parts = ("national", "mix", "local", "change")
    if draw(st.booleans()):
        found = {part: draw(facts("jobs", known=True)) for part in parts}
    else:
        why = draw(facts("jobs", known=False))
        found = dict.fromkeys(parts, why)
    return Shift("E1", "Bath", "Bath", found)


@st.composite
def outlook(draw: st.DrawFn) -> dict[str, Any]:
    context = draw(words())
    known = draw(st.booleans())
    tried = (
        fact(draw(st.sampled_from(SIZES["projections"])) if known else 0.0, "projections"),
        *(draw(facts("share", known=known)) for _ in range(4)),
    )
    effective, projected = draw(facts("number", values=(1.0, 3.4, 8.97))), draw(facts("jobs", signed=False))
    now = draw(facts("jobs", signed=False, known=True))
    above, below = (SHORT[: draw(st.integers(0, 5))] for _ in range(2))
    return context | {
        "above": listed(above),
        "below": listed(below),
        "single": draw(shift().filter(lambda row: row.local.known)) if len([*above, *below]) == 1 else None,
        **{case: None not in (now.low, now.high) and draw(st.booleans()) for case in ("vague", "unsure_start")},
        "above_count": fact(len(above), "sub-sectors"),
        "below_count": fact(len(below), "sub-sectors"),
        "shift_count": fact(9, "sub-sectors"),
        "shifted": draw(st.sampled_from(([], ["a row"]))),
        "own": draw(shift()),
        "now": now,
        "projected": projected,
        "trial": Trial(draw(st.sampled_from(("benchmark", "regional", "local"))), *tried),
        "meant": 0.95,
        "farthest": 5,
        "fan": "a picture" if projected.known else "",
        "profile": "",
        **{side: draw(st.sampled_from(("", *SHORT))) for side in ("larger", "smaller")},
        "effective": effective,
        "nearest": [
            {"name": place, "distance": draw(facts("coefficient", known=True, signed=False))}
            for place in PLACES[: draw(st.integers(0, 3))]
        ],
        "no_sum": [],
    }
