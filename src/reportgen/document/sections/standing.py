"""Standing: where a place stands among its peers, by jobs and by local units side by side."""

from __future__ import annotations

from typing import Any

from reportgen.document.brief import QUOTIENT, Brief
from reportgen.document.sections import pictures
from reportgen.facts.words import compared

HALF, WHOLE = 84.0, 174.0  # mm
LEAST_RANKED = 3  # a rank among fewer places says nothing


def gather(brief: Brief) -> dict[str, Any] | None:
    if brief.kind == "local" and not brief.regions:
        return None  # it lies in no region, so there is nobody to rank it among
    if brief.kind != "national" and (brief.ranked_areas(brief.measure).value or 0) < LEAST_RANKED:
        return None
    context: dict[str, Any] = brief.words | {
        "rank": brief.rank(brief.measure),
        "rank_units": brief.rank("units"),
        "ranked_areas": brief.ranked_areas(brief.measure),
        "ranked_areas_units": brief.ranked_areas("units"),
        "first": "",
        "second": "",
    }
    if brief.kind == "national":
        regions = brief.release.at_level("regional")
        rates = pictures.ranking(brief, regions, brief.growth)
        first, second = rates.known[:2]
        context |= {
            "top": first.fact,
            "top_name": brief.spoken(first.code),
            "side_by_side": compared(first.fact, second.fact),
        }
        context["first"] = pictures.bars(brief, rates, context, "standing", "growth", HALF)
        units = pictures.ranking(brief, regions, _quotient(brief, "units"))
        context["second"] = pictures.bars(brief, units, context, "standing", "units", HALF)
    else:
        measures = ("jobs", "units") if brief.measure == "jobs" else ("units",)
        pictured = [
            pictures.bars(
                brief,
                pictures.ranking(brief, brief.peers, _quotient(brief, measure)),
                context,
                "standing",
                measure,
                HALF if len(measures) > 1 else WHOLE,
            )
            for measure in measures
        ]
        context |= dict(zip(("first", "second"), pictured, strict=False))
    for block in ("heading", "lede"):
        context[block] = brief.say("standing", block, context).html
    return context


def _quotient(brief: Brief, measure: Any) -> Any:
    return lambda area: brief.fact(QUOTIENT[measure], "all", area=area, year=brief.years(measure)[-1])
