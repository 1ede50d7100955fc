"""Cover: whose pack it is, from which release, and whether its numbers may be quoted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportgen.charts import theme
from reportgen.charts.maps import locator_svg
from reportgen.charts.text import width, wrap
from reportgen.document.brief import Brief
from reportgen.document.figures import data_uri
from reportgen.document.fixed import dated, fixed
from reportgen.facts import format as formats
from reportgen.settings import Settings

MAP_SIZE = (124.0, 214.0)  # mm
WIDEST = 120.0  # mm a line of the name may take
SIZES = (("", 58, 2.4), ("long", 38, 3.4))  # class, pt, and how many lines' width of the name it has room for
MAP_AT, TITLE_AT = (84.0, 2.0), (18.0, 53.0)  # mm, upper left corners, as components.css has them
LOGO = (50.0, 20.0)  # mm that a logo may take
SHORT_NAME = 30  # letters of a publisher that take one or two lines of its column
DISCLAIMER = (174.0, 2)  # mm, lines that a disclaimer may take here; a longer one stands on the methods page alone


def gather(brief: Brief) -> dict[str, Any]:
    info = brief.release.info
    settings, material = brief.settings, brief.material
    highlighted = (
        brief.release.at_level("regional") if brief.kind == "national" else brief.release.outline_of(brief.area)
    )
    context = brief.words | {
        "name": brief.name,
        "code": fixed(brief.area, "code"),
        "size": _size(brief),
        "series": settings.series,
        "logo_alt": settings.publisher,
        "publisher": settings.own_publisher,
        "disclaimer": settings.disclaimer if _is_short(brief, settings.disclaimer) and _is_short_name(settings) else "",
        "logo": material.logo,
        "logo_size": material.logo.fitted(*LOGO) if material.logo else None,
        "watermark": material.watermark,
        "release_title": fixed(info.title, "source"),
        "reference_period": dated(info.reference_period),
        "units_first": dated(brief.years("units")[0]),
        "published": dated(formats.date(info.published)),
        "revision": fixed(str(info.revision), "code"),
        "status": info.status,
        "highlighted": bool(highlighted),
        "map": _map(brief, highlighted) if brief.release.boundaries else "",
        "low": brief.kind != "national" and bool(brief.release.boundaries) and _beneath(brief, highlighted),
    }
    members = brief.members_of(brief.area) if brief.kind != "local" else []
    belonging = {
        "members": [member.name for member in members],
        "areas": brief.fact("areas", area=brief.area, year=brief.years("jobs")[-1]) if members else None,
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


def _beneath(brief: Brief, highlighted: Sequence[str]) -> bool:
    """Whether the area lies under its own name where that stands as a rule: white on orange is hard to read."""
    sizes = {name: points for name, points, _ in SIZES}
    size = sizes.get(_size(brief), 20) * 96 / 72  # px
    lines = wrap(brief.name, WIDEST * theme.MM, brief.fonts, size, 600, even=False)
    wide, high = max(width(line, brief.fonts, size, 600) for line in lines), len(lines) * size
    left, top = ((title - place) * theme.MM for title, place in zip(TITLE_AT, MAP_AT, strict=True))
    return any(
        bool(((ring[:, 0] < left + wide) & (ring[:, 1] > top) & (ring[:, 1] < top + high)).any())
        for ring in brief.outlines.basemap(*MAP_SIZE).rings(highlighted)
    )


def _map(brief: Brief, highlighted: Sequence[str]) -> str:
    land = brief.outlines.basemap(*MAP_SIZE)
    svg = locator_svg(land, highlighted, highlight=brief.material.palette.on_navy)
    return data_uri(svg.encode(), "image/svg+xml")


def _is_short_name(settings: Settings) -> bool:
    """Whether the publisher leaves the lines below it to others."""
    return len(settings.publisher) <= SHORT_NAME


def _is_short(brief: Brief, text: str) -> bool:
    room, lines = DISCLAIMER
    return len(wrap(" ".join(text.split()), room * theme.MM, brief.fonts, theme.NOTE)) <= lines
