"""Growth: how creative work has changed, in which sub-sectors, and where the place stands among its peers."""

from __future__ import annotations

from typing import Any

from reportgen.document.brief import QUOTIENT, Brief
from reportgen.document.sections import pictures


def gather(brief: Brief) -> dict[str, Any]:
    context: dict[str, Any] = brief.words | {
        "growth": brief.growth(brief.subject),
        "growth_all": brief.growth(brief.subject, "jobs-growth"),
        "growth_gb": brief.growth(brief.benchmark),
        "units_change": _change(brief),
        "source": brief.source_line("employment"),
        "rows": _rows(brief) if brief.measure == "jobs" else [],
    }
    for block in ("heading", "lede"):
        context[block] = brief.say("growth", block, context).html
    context["lines"] = pictures.index_lines(brief, context, "growth")
    if context["rows"]:
        context["table_number"] = brief.next_table()
    context["bars"] = _regions(brief, context) if brief.kind == "national" else _standing(brief, context)
    return context


def _rows(brief: Brief) -> list[dict[str, Any]]:
    """A row a sub-sector, creative as a whole last."""
    latest = brief.years("jobs")[-1]
    return [
        {
            "name": brief.full(part),
            "then": brief.fact("creative-jobs", part, year=brief.growth_base),
            "now": brief.fact("creative-jobs", part, year=latest),
            "growth": brief.growth(brief.subject, sub_sector=part),
        }
        for part in (*brief.sub_sectors, "all")
    ]


def _change(brief: Brief) -> dict[str, Any] | None:
    """Creative local units then and now, where jobs cannot be told."""
    then = brief.fact("creative-local-units", "all", year=brief.base_year)
    now = brief.fact("creative-local-units", "all")
    return {"then": then, "now": now} if brief.measure == "units" and then.known and now.known else None


def _standing(brief: Brief, context: dict[str, Any]) -> Any:
    indicator = QUOTIENT[brief.measure]
    ranked = pictures.ranked(brief, brief.peers, indicator)
    if not any(row.code == brief.area for row in ranked):
        return ""
    more = {
        "ranked": ranked,
        "rank_fact": brief.rank(),
        "ranked_count": brief.ranked_areas(),
        "untold": pictures.untold(brief, brief.peers, indicator),
    }
    return pictures.standing_bars(brief, context | more, "growth")


def _regions(brief: Brief, context: dict[str, Any]) -> Any:
    """For the national report: where creative jobs grew fastest."""
    codes = brief.release.at_level("regional")
    rates = [pictures.Ranked(code, brief.release.name_of(code), brief.growth(code)) for code in codes]
    ranked = sorted((row for row in rates if row.fact.known), key=lambda row: (-(row.fact.value or 0.0), row.name))
    more = {
        "ranked": ranked,
        "top_name": ranked[0].name,
        "top": ranked[0].fact,
        "untold": [row.name for row in rates if not row.fact.known],
    }
    return pictures.region_bars(brief, context | more, "growth", "creative-jobs-growth", width_mm=174)
