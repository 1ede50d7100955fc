"""Cover: whose pack it is, from which release, and whether its numbers may be quoted."""

from __future__ import annotations

from typing import Any

from reportgen.charts.maps import locator_svg
from reportgen.charts.text import width
from reportgen.document.brief import Brief, data_uri
from reportgen.facts import format as formats

MAP_SIZE = (124.0, 214.0)  # mm
WIDEST = 120.0  # mm a line of the name may take
SIZES = (("", 58, 2.4), ("long", 38, 3.4))  # class, pt, and how many lines' width of the name it has room for


def gather(brief: Brief) -> dict[str, Any]:
    info = brief.release.info
    highlighted = (
        brief.release.at_level("regional") if brief.kind == "national" else brief.release.outline_of(brief.area)
    )
    mapped = bool(brief.release.boundaries)
    context = brief.words | {
        "name": brief.name,
        "code": brief.area,
        "size": _size(brief),
        "series": brief.settings.series,
        "release_title": info.title,
        "reference_period": info.reference_period,
        "published": formats.date(info.published),
        "revision": info.revision,
        "status": info.status,
        "highlighted": bool(highlighted),
        "map": data_uri(locator_svg(brief.outlines.basemap(*MAP_SIZE), highlighted)) if mapped else "",
    }
    members = brief.members_of(brief.area) if brief.kind != "local" else []
    belonging = {
        "members": [member.name for member in members],
        "shared": any(member.shared for member in members),
        "regions": brief.regions,
        "lies_in": [brief.spoken(region.code) for region in brief.regions],
    }
    context["members"] = brief.say("cover", "members", context | belonging).html
    context["map_alt"] = brief.say("cover", "map_alt", context).plain
    context["line"] = brief.say("cover", "line", context).html
    return context


def _size(brief: Brief) -> str:
    """The class of the largest size in which the name fits: no word wider than the column, few enough lines."""
    column = WIDEST / 25.4 * 96  # px
    for name, points, lines in SIZES:
        size = points * 96 / 72
        widest = max(width(word, brief.fonts, size, 600) for word in brief.name.split() or [""])
        if widest <= column and width(brief.name, brief.fonts, size, 600) <= lines * column:
            return name
    return "longest"
