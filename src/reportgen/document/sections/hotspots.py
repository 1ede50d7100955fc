"""Hotspots: the national map and the places that lead it."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

from reportgen.charts import theme
from reportgen.charts.text import wrap
from reportgen.document.brief import Brief
from reportgen.document.sections import pictures

ROOM = 430.0  # pt, height of the rows beside the map
ROW, LINE = 14.7, 10.5  # pt, height of a row of one line, and of each line more
NAME = 30.0  # mm, width of the column of names


def gather(brief: Brief) -> dict[str, Any] | None:
    if not brief.release.at_level("local"):
        return None
    year = brief.years("jobs")[-1]
    spots = pictures.hotspots(brief, brief.area)
    rows = [
        pictures.area_facts(brief, code) | {"name": brief.release.name_of(code)}
        for code in brief.release.at_level("local")
    ]
    known = [row for row in rows if row["quotient"].known]
    known.sort(key=lambda row: (row["rank"].value or float("inf"), -row["quotient"].value, row["name"]))
    context: dict[str, Any] = brief.words | {
        "year": year,
        "count": brief.fact("hotspot-count", "all", area=brief.area, year=year),
        "tested": brief.fact("hotspot-areas", "all", area=brief.area, year=year),
        "areas": brief.fact("areas", area=brief.area, year=year),
        "open_spots": pictures.open_spots(brief, spots),
        "names": [brief.release.name_of(code) for code in spots],
        "untold": pictures.untold(brief, brief.release.at_level("local"), "creative-jobs"),
        "rows": known[: _fitting(brief, [str(row["name"]) for row in known])],
        "rows_that_pass": len(spots),
        "source": brief.source_line("employment", "businesses"),
    }
    context["heading"] = brief.say("hotspots", "heading", context).html
    context["figure"] = pictures.national_map(brief, context, "hotspots")
    context["table_number"] = brief.next_table() if known else 0
    return context


def _fitting(brief: Brief, names: list[str]) -> int:
    """How many rows stand beside the map: long names take more lines, and the table must not run on alone."""
    heights = [ROW + LINE * (len(wrap(name, NAME * theme.MM, brief.fonts, 8.5 * theme.PT)) - 1) for name in names]
    return sum(1 for total in accumulate(heights) if total <= ROOM)
