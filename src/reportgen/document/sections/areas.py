"""Areas: the map and the table of the local areas that belong to a region, in whole or in part."""

from __future__ import annotations

from typing import Any

from reportgen.charts.theme import MM, PT
from reportgen.document.brief import COUNT, Brief
from reportgen.document.sections import pictures
from reportgen.document.sections.headlines import passed_over
from reportgen.facts.tally import share_inside

FEW = 4  # a column of ranks is shown where at least one area in so many has one
# Table and map share a page where they can: with rows set closely, if need be, and a map as high as they leave.
SHARED = 385.0  # pt, what head, captions and notes leave for both
WHY = 35.0  # pt, of the sentence on a place that is passed over
ALONE = 162.0  # mm, a map that has a page of its own
TABLE_ALONE = 610.0  # pt, what captions and notes leave for rows on a page of their own
ROW, CLOSE = 15.1, 11.2  # pt, height of a row of the table, and set closely
LOWEST, HIGHEST = 46.0, 114.0  # mm, of the map


def gather(brief: Brief) -> dict[str, Any] | None:
    members = brief.members_of(brief.area)
    if not members:
        return None
    year = brief.years("jobs")[-1]
    sizes = {member.code: brief.fact(COUNT[brief.measure], "all", area=member.code) for member in members}
    known = [code for code in sizes if sizes[code].known]
    biggest = max(known, key=lambda code: (sizes[code].value, code)) if known else None
    spots = pictures.hotspots(brief, brief.area)
    rows = [
        pictures.area_facts(brief, member.code)
        | {
            "name": member.name,
            "shared": member.shared,
            "spot": member.code in spots,
            "share": share_inside(member.code, brief.area, member.share),
        }
        for member in members
    ]
    rows.sort(key=lambda row: (-(row[brief.measure].value or 0.0), row["name"]))
    ranked = [row for row in rows if row["rank"].known]
    unasked = [
        brief.fact("hotspot", "all", area=code, year=year)
        for code in sizes
        if not brief.fact("location-quotient", "all", area=code, year=year).known
    ]
    context: dict[str, Any] = brief.words | {
        "count": brief.fact("hotspot-count", "all", area=brief.area, year=year),
        "tested": brief.fact("hotspot-areas", "all", area=brief.area, year=year),
        "tested_all": brief.fact("areas", "", area=brief.area, year=year),
        "open_spots": pictures.open_spots(brief, spots),
        "open_count": pictures.open_count(brief, spots),
        "names": [brief.release.name_of(code) for code in spots],
        "biggest": sizes[biggest] if biggest else None,
        "biggest_name": brief.release.name_of(biggest) if biggest else "",
        "untold": [brief.release.name_of(code) for code in sizes if not sizes[code].known],
        "shared": any(member.shared for member in members),
        "ranked": ranked,
        "with_rank": FEW * len(ranked) >= len(rows),
        "rows": rows,
        "fail_by_units": bool(unasked) and all(fact.value == 0 for fact in unasked),
        "source": brief.source_line("employment", "businesses", "membership"),
    }
    context |= passed_over(brief, spots)
    context["heading"] = brief.say("areas", "heading", context).html
    height, context["close"], context["apart"] = _fitting(len(rows), SHARED - (WHY if context["passed_over"] else 0.0))
    context["figure"] = pictures.region_map(
        brief, context, "areas", size=(pictures.REGION_MAP[0], height), alone=context["apart"]
    )
    context["table_number"] = brief.next_table()
    return context


def _fitting(rows: int, shared: float) -> tuple[float, bool, bool]:
    """
    How high the map may be, mm, whether the rows are set closely, and whether the table has the next page to itself: it
    has where both do not fit on the first, but all rows do on the second. Of still more rows the first page has some.
    """
    for row, least in ((ROW, pictures.REGION_MAP[1]), (CLOSE, LOWEST)):
        height = (shared - rows * row) * PT / MM
        if height >= least:
            return min(height, HIGHEST), row == CLOSE, False
    for row in (ROW, CLOSE):
        if rows * row <= TABLE_ALONE:
            return ALONE, row == CLOSE, True
    return HIGHEST, False, False
