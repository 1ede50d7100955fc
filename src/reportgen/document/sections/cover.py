"""Cover: whose pack it is, from which release, and whether its numbers may be quoted."""

from __future__ import annotations

from typing import Any

from reportgen.charts.maps import locator_svg
from reportgen.charts.text import width
from reportgen.document.brief import Brief, data_uri
from reportgen.facts import format as formats

MAP_SIZE = (124.0, 214.0)  # mm
WIDEST = 120.0  # mm a line of the name may take in the large size


def gather(brief: Brief) -> dict[str, Any]:
    info = brief.release.info
    highlighted = (
        brief.release.at_level("regional") if brief.kind == "national" else brief.release.outline_of(brief.area)
    )
    mapped = bool(brief.release.boundaries)
    context = brief.words | {
        "name": brief.name,
        "code": brief.area,
        "long": _is_long(brief),
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


def _is_long(brief: Brief) -> bool:
    """Whether the name needs the smaller size: a word wider than the column, or more than three lines."""
    size = 58 * 96 / 72  # px
    column = WIDEST / 25.4 * 96
    words = brief.name.split()
    if max(width(word, brief.fonts, size, 600) for word in words) > column:
        return True
    return width(brief.name, brief.fonts, size, 600) > 2.4 * column
