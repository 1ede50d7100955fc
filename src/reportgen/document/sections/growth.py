"""Growth: how creative work has changed, and in which sub-sectors."""

from __future__ import annotations

from typing import Any

from reportgen.document.brief import COUNT, TABLE, Brief
from reportgen.document.fixed import dated
from reportgen.document.sections import pictures
from reportgen.document.sections.outlook import has_fan, told
from reportgen.facts.fact import Fact


def gather(brief: Brief) -> dict[str, Any] | None:
    if not brief.has_past(brief.measure):
        return None  # one year has no change to tell
    context: dict[str, Any] = brief.words | {
        "growth": brief.growth(brief.subject),
        "growth_all": brief.growth(brief.subject, "jobs-growth"),
        "growth_gb": brief.growth(brief.benchmark),
        "units_change": _change(brief),
        "without_outlook": not told(brief),
        "vague_units": _vague_units(brief),
        "first_year": dated(brief.years(brief.measure)[0]),
        "loose_end": None if pictures.vague(brief, brief.measure) else pictures.loose_end(brief),
        "source": brief.source_line(TABLE[brief.measure]),
        "rows": _rows(brief),
    }
    for block in ("heading", "lede"):
        context[block] = brief.say("growth", block, context).html
    context["lines"] = pictures.index_lines(brief, context, "growth", alone=not has_fan(brief))
    context["table_number"] = brief.next_table()
    return context


def _rows(brief: Brief) -> list[dict[str, Any]]:
    """A row a sub-sector, creative as a whole last. Growth is measured for jobs alone."""
    count = COUNT[brief.measure]
    return [
        {
            "name": brief.full(part),
            "then": brief.fact(count, part, year=brief.base_year),
            "now": brief.fact(count, part),
            "growth": brief.growth(brief.subject, sub_sector=part),
        }
        for part in (*brief.sub_sectors, "all")
    ]


def _vague_units(brief: Brief) -> Fact | None:
    """Creative local units where they stand in for jobs and are too vague for an index; of jobs the outlook says so."""
    return (
        brief.fact("creative-local-units", "all")
        if brief.measure == "units" and pictures.vague(brief, "units")
        else None
    )


def _change(brief: Brief) -> dict[str, Any] | None:
    """Creative local units then and now, where jobs cannot be told."""
    if brief.measure == "jobs":
        return None
    then = brief.fact("creative-local-units", "all", year=brief.base_year)
    now = brief.fact("creative-local-units", "all")
    return {"then": then, "now": now} if then.known and now.known else None
