"""Cover: whose pack it is, from which release, and whether its numbers may be quoted."""

from __future__ import annotations

from typing import Any

from reportgen.charts import theme
from reportgen.charts.maps import locator_svg
from reportgen.charts.text import width, wrap
from reportgen.document.brief import Brief
from reportgen.document.figures import data_uri
from reportgen.facts import format as formats
from reportgen.settings import Settings

MAP_SIZE = (124.0, 214.0)  # mm
WIDEST = 120.0  # mm a line of the name may take in the large size
LOGO = (50.0, 20.0)  # mm that a logo may take
DISCLAIMER = (174.0, 2)  # mm, lines that a disclaimer may take here; a longer one stands on the methods page alone


def gather(brief: Brief) -> dict[str, Any]:
    info = brief.release.info
    settings, material = brief.settings, brief.material
    context = brief.words | {
        "name": brief.name,
        "code": brief.area,
        "long": _is_long(brief),
        "series": settings.series,
        "logo_alt": settings.publisher,
        "publisher": settings.publisher if settings.publisher != Settings().publisher else "",
        "disclaimer": settings.disclaimer if _is_short(brief, settings.disclaimer) else "",
        "logo": material.logo,
        "logo_size": material.logo.fitted(*LOGO) if material.logo else None,
        "watermark": material.watermark,
        "release_title": info.title,
        "reference_period": info.reference_period,
        "published": formats.date(info.published),
        "revision": info.revision,
        "status": info.status,
        "map": _map(brief) if brief.release.boundaries else "",
    }
    members = len(brief.release.local_members(brief.area)) if brief.kind != "local" else 0
    context["members"] = brief.say("cover", "members", context | {"count": members, "regions": brief.regions}).html
    context["map_alt"] = brief.say("cover", "map_alt", context).plain
    context["line"] = brief.say("cover", "line", context).html
    return context


def _map(brief: Brief) -> str:
    highlighted = brief.release.at_level("regional") if brief.kind == "national" else [brief.area]
    land = brief.outlines.basemap(*MAP_SIZE)
    svg = locator_svg(land, highlighted, highlight=brief.material.palette.on_navy)
    return data_uri(svg.encode(), "image/svg+xml")


def _is_short(brief: Brief, text: str) -> bool:
    room, lines = DISCLAIMER
    return len(wrap(" ".join(text.split()), room * theme.MM, brief.fonts, theme.NOTE)) <= lines


def _is_long(brief: Brief) -> bool:
    """Whether the name needs the smaller size: a word wider than the column, or more than three lines."""
    size = 58 * 96 / 72  # px
    column = WIDEST / 25.4 * 96
    words = brief.name.split()
    if max(width(word, brief.fonts, size, 600) for word in words) > column:
        return True
    return width(brief.name, brief.fonts, size, 600) > 2.4 * column
