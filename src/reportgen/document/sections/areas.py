"""Areas: the map and the table of the local areas that belong to a region, in whole or in part."""

from __future__ import annotations

from typing import Any

from reportgen.document.brief import COUNT, Brief
from reportgen.document.sections import pictures
from reportgen.facts.tally import share_inside

FEW = 4  # a column of ranks is shown where at least one area in so many has one
# Rows of the table below the map: with so few a higher map has room on the page, with so many a second page is there.
SHORT, LONG = 5, 17


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
        | {"name": member.name, "shared": member.shared, "share": share_inside(member.code, brief.area, member.share)}
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
    context["heading"] = brief.say("areas", "heading", context).html
    roomy = not SHORT < len(rows) < LONG
    context["figure"] = pictures.region_map(brief, context, "areas", roomy=roomy)
    context["table_number"] = brief.next_table()
    return context
