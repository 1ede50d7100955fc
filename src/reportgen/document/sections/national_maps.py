"""
National maps: hotspots with a lens over the crowd of them. Sentences come from the section's template.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from markupsafe import Markup

from reportgen.charts.lens import beside, lens_map
from reportgen.charts.maps import Chosen
from reportgen.document.brief import Brief
from reportgen.document.figures import charted
from reportgen.document.figures import rows as figure_rows
from reportgen.document.sections import pictures

NAMED = 20  # places with their name on the map of hotspots
WIDE, HIGH, HIGH_WITH_LENS, LENS_HIGH = 88.0, 158.0, 104.0, 56.0  # mm
MOST_RULES = 0.75  # share of the variants of the rules, from which on they agree that a place is a hotspot


def told_apart(brief: Brief, spots: list[str]) -> dict[str, Any]:
    """
    Hotspots that most variants of the rules select too, those that most do not select, which maps mark with a ring, and
    places that most select and that are no hotspots: in words alone, or a map would mark more than there are hotspots.
    """
    year = brief.years("jobs")[-1]
    local = brief.release.at_level("local")
    robust = {code: brief.book.fact(code, "hotspot-robustness", "all", year) for code in local}
    by_most = [code for code, fact in robust.items() if (fact.value or 0.0) >= MOST_RULES]
    firm = [code for code in spots if code in by_most]
    others = [code for code in by_most if code not in spots]
    return {
        "firm": firm,
        "ringed": [code for code in spots if code not in firm],
        "firm_count": brief.tally("hotspots-by-most-rules", [robust[code] for code in firm]),
        "loose_count": brief.tally("hotspots-by-some-rules", [robust[code] for code in spots if code not in firm]),
        "firm_names": [brief.release.name_of(code) for code in firm],
        "loose_names": [brief.release.name_of(code) for code in spots if code not in firm],
        "other_names": [brief.release.name_of(code) for code in others],
    }


def hotspot_map(brief: Brief, context: Mapping[str, Any], spots: list[str]) -> Markup:
    """
    The whole country, a circle for each local area, and the part of it enlarged where hotspots crowd, if they do.
    Nothing where the release has no outlines.
    """
    if not brief.release.boundaries:
        return Markup()
    codes = brief.release.at_level("local")
    rows = pictures.counts(brief, codes)
    known = {code for code, (_, fact) in zip(codes, rows, strict=True) if fact.known}
    seen = [code for code in (*context["firm"], *context["ringed"]) if code in known]
    chosen = Chosen(context["firm"], context["ringed"], seen[:NAMED])
    land, lens = beside(brief.outlines, seen, (WIDE, HIGH), (WIDE, HIGH_WITH_LENS), LENS_HIGH)
    more = {**pictures.with_absent(brief, context, land, codes, rows), "lens": lens is not None}
    caption = brief.say("hotspots", "map_lens", more).plain
    draw = partial(lens_map, figure_rows(rows), land, lens, fonts=brief.fonts, caption=caption, chosen=chosen)
    return charted(brief, draw, "hotspots", "map", more, "employment", "boundaries")
