"""
Maps: bubbles on the coastline of the United Kingdom, whole or one region enlarged, and the small map of the cover.
Takes finished numbers and names; computes no statistics and composes no sentence.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Unpack

from reportgen.charts import theme
from reportgen.charts.chart import Chart, Row
from reportgen.charts.labels import Label, Mark, place_labels
from reportgen.charts.outlines import Basemap, Ring
from reportgen.charts.picture import Said, Spec, Text, checked, invalid, layer, picture, rules, texts
from reportgen.release.tables import Status

LARGEST = 0.0406  # of the shorter side of a map: radius of its largest circle
SMALLEST = 1.1  # px, radius: a circle of fewer jobs would not be seen
SEEN = 12.0  # px across: what is smaller on the cover needs a ring around it
SMALLEST_BRIGHT = 2.6  # px: a smaller one would be all outline and no orange
# What stands where there is no circle, about 5 px wide: a ring for no jobs, a cross for a suppressed number, an upright
# cross for a missing one, a dash for one that does not apply.
SIGNS = {
    Status.OK: "circle",
    Status.LOW_RELIABILITY: "circle",
    Status.SUPPRESSED: "M-1,-1L1,1M-1,1L1,-1",
    Status.MISSING: "M0,-1L0,1M-1,0L1,0",
    Status.NOT_APPLICABLE: "M-1,0L1,0",
}


@dataclass(frozen=True)
class Chosen:
    """
    Which areas of a map are told apart, by their codes.
    Args:
        highlight: drawn in orange with an outline. ringed: as hollow rings. named: their label is shown, in semibold if
            they are highlighted, or navy. navy: drawn in navy.
    """

    highlight: Collection[str] = ()
    ringed: Collection[str] = ()
    named: Collection[str] = ()
    navy: Collection[str] = ()


NONE = Chosen()


@dataclass(frozen=True)
class Places:
    """What is drawn for the areas of a map: circles, signs of those without a value, and names in their places."""

    circles: list[Spec]
    signs: Spec
    labels: list[Label]


class _Placed(NamedTuple):
    """A row with its place on the map, px."""

    row: Row
    x: float
    y: float


class _Circle(NamedTuple):
    """A row with a value: its place and radius, px, and how it is told apart (see `Chosen`)."""

    row: Row
    x: float
    y: float
    radius: float
    bright: bool
    ring: bool
    navy: bool


def bubble_map(
    table: Sequence[Row],
    basemap: Basemap,
    *,
    fonts: Path,
    chosen: Chosen = NONE,
    region: Collection[str] = (),
    largest: float | None = None,
    biggest: float | None = None,
    key: Sequence[tuple[float, str]] = (),
    **said: Unpack[Said],
) -> Chart:
    """
    Every area as a circle whose surface is its value (never below `SMALLEST`), the largest at the bottom.
    An area without a value keeps a small sign of its own: × suppressed, + missing, – not applicable; an area whose
    value is 0 has a ring. Say beneath how many there are. An area that has no place on the map is not drawn: list it
    beneath (`Basemap.at` gives None).
    Args:
        table: one row an area; `label` is the short name that stands on the map.
        region: code of the region the map enlarges, or the codes that make it up: its land is drawn darker than its
            neighbours'.
        largest: radius, px, of the circle of `biggest` (the largest value of the table if not given); as the size of
            the map allows, 13.5 px on the map of the United Kingdom of 88 mm, if not given.
        key: values and their text, as circles in the upper left corner: how large is how many.
    Raises: ConfigurationError: the table cannot be drawn (see `picture.checked`), no area of it lies on the map, or a
        value is negative.
    """
    rows = checked(table, said["name"])
    top = biggest or max((row.value or 0.0 for row in rows if basemap.at(row.area)), default=0.0) or 1.0
    widest = largest or LARGEST * min(basemap.width, basemap.height)
    drawn = places(rows, basemap, chosen, said["name"], fonts, widest=widest, biggest=top)
    scale = [(widest * (value / top) ** 0.5, text) for value, text in key]
    layers = [*land(basemap, region), *drawn.circles, drawn.signs, *_key(scale), *names(drawn.labels)]
    return Chart(spec=picture(basemap.width, basemap.height, layers), table=rows, **said)


def places(
    rows: Sequence[Row],
    basemap: Basemap,
    chosen: Chosen,
    name: str,
    fonts: Path,
    *,
    widest: float,
    biggest: float,
    obstacles: Sequence[Mark] = (),
) -> Places:
    """
    The areas of a map, in its pixels.
    Args:
        rows: checked; name: of the chart, for its errors.
        widest: radius, px, of the circle of `biggest`. obstacles: further marks that no name should cover.
    Raises: ConfigurationError: no area lies on the map, or a value is negative.
    """
    placed = [_Placed(row, *spot) for row in rows if (spot := basemap.at(row.area))]
    shown: list[_Circle] = []
    for row, x, y in placed:
        if row.value is None:
            continue
        if row.value < 0:
            raise invalid(name, "a circle cannot show a negative value", "draw ranked bars instead")
        bright, ring, navy = (row.area in codes for codes in (chosen.highlight, chosen.ringed, chosen.navy))
        least = SMALLEST_BRIGHT if bright or ring or navy else SMALLEST
        radius = max(least, widest * (row.value / biggest) ** 0.5)
        shown.append(_Circle(row, x, y, radius, bright, ring, navy))
    if not shown:
        raise invalid(name, "none of its areas lies on the map", "check the extent, and the areas' coordinates")
    shown.sort(key=lambda circle: (-circle.radius, circle.row.area))
    marks = [*_marks(shown, [one for one in placed if one.row.value is None], chosen.named), *obstacles]
    labels = [one for one in place_labels(marks, (basemap.width, basemap.height), fonts) if one]
    return Places(_circles(shown), _signs(placed), labels)


def _marks(shown: Sequence[_Circle], blank: Sequence[_Placed], named: Collection[str]) -> list[Mark]:
    """Circles and signs as obstacles; those that are named first by highlight, then by size."""
    circles = [
        Mark(
            circle.x,
            circle.y,
            circle.radius,
            name=circle.row.label if circle.row.area in named else "",
            weight=theme.SEMIBOLD if circle.bright or circle.navy else theme.REGULAR,
            weighs=3.0 if circle.bright or circle.row.area in named else 0.6,
        )
        for circle in sorted(shown, key=lambda circle: not circle.bright)
    ]
    return circles + [Mark(x, y, 2.5, name=row.label if row.area in named else "") for row, x, y in blank]


def land(basemap: Basemap, region: Collection[str]) -> list[Spec]:
    """The land beneath a map; a region that it is about darker than the land around it."""
    if not region:
        return [*shape(basemap, basemap.context(), theme.TINT), *shape(basemap, basemap.rings(), theme.LAND)]
    around = [*basemap.context(), *basemap.rings(code for code in basemap.outlines.land if code not in region)]
    return [*shape(basemap, around, theme.TINT), *shape(basemap, basemap.rings(region), theme.BAND)]


def shape(basemap: Basemap, rings: Sequence[Ring], fill: str, line: str = theme.PAPER) -> list[Spec]:
    """Land as one path; a white outline shows the borders and is lost on the white sea."""
    if not rings:
        return []
    # Unclipped: it is cut already, and the engine numbers its clips on from picture to picture.
    mark = {"type": "geoshape", "clip": False, "fill": fill, "stroke": line, "strokeWidth": 0.6}
    land = layer(mark, [basemap.feature(rings)])
    return [{**land, "projection": {"type": "identity", "scale": 1, "translate": [0, 0]}}]


def _circles(shown: Sequence[_Circle]) -> list[Spec]:
    values = [
        {
            "x": circle.x,
            "y": circle.y,
            "size": 4 * circle.radius**2,  # Vega's size of a circle is the square around it
            **_look(circle.bright, circle.ring, circle.navy),
        }
        for circle in shown
        if circle.row.value
    ]
    mark = {"type": "point", "filled": True, "opacity": 1, "strokeWidth": {"expr": "datum.line"}}
    return [layer(mark, values, x="x", y="y", size="size", fill="fill", stroke="edge")]


def _look(bright: bool, ring: bool, navy: bool) -> Spec:
    if bright:
        return {"fill": theme.ACCENT, "edge": theme.INK, "line": 0.9}
    if ring:
        return {"fill": theme.PAPER, "edge": theme.NAVY, "line": 1.6}
    return {"fill": theme.NAVY if navy else theme.CONTEXT, "edge": theme.PAPER, "line": 0.4}


def _signs(placed: Sequence[_Placed]) -> Spec:
    """Where there is no value, or none of what it counts."""
    values = [{"x": x, "y": y, "shape": SIGNS[row.status]} for row, x, y in placed if not row.value]
    mark = {"type": "point", "filled": False, "opacity": 1, "stroke": theme.INK_3, "strokeWidth": 0.8, "size": 16}
    return layer(mark, values, x="x", y="y", shape="shape")


def _key(scale: Sequence[tuple[float, str]]) -> list[Spec]:
    """Circles of known size with their number, one below the other."""
    widest = max((radius for radius, _ in scale), default=0.0)
    values, lines, y = [], [], 4.0
    for radius, text in sorted(scale, reverse=True):
        y += max(radius, theme.TEXT / 2)
        values.append({"x": widest + 1, "y": y, "size": 4 * radius**2})
        lines.append(Text(2 * widest + 6, y + 3.6, text, colour=theme.INK_2))
        y += max(radius, theme.TEXT / 2) + 3
    ring = {"type": "point", "filled": False, "opacity": 1, "stroke": theme.CONTEXT, "strokeWidth": 0.9}
    return [layer(ring, values, x="x", y="y", size="size"), *texts(lines)]


def names(labels: Sequence[Label]) -> list[Spec]:
    """Names in their places, each with the line to its mark where it stands apart."""
    leaders = [dict(zip(("x", "y", "x2", "y2"), label.leader, strict=True)) for label in labels if label.leader]
    lines = [
        Text(label.x, y, line, align=label.align, weight=label.weight)
        for label in labels
        for line, y in zip(label.lines, label.baselines, strict=True)
    ]
    return [rules(theme.INK_2, 0.6, leaders), *texts(lines, halo=True)]


def locator_svg(
    basemap: Basemap,
    highlighted: Collection[str],
    *,
    dots: Collection[str] = (),
    land: str = theme.LAND_ON_NAVY,
    line: str = theme.NAVY,
    highlight: str = theme.ACCENT,
    outline: str = theme.PAPER,
) -> str:
    """
    The whole land in one colour with some areas in another: the map of the cover, plain SVG, nothing but paths.
    Args:
        highlighted: codes of the areas that the pack is about; if they are too small to be seen, the first gets a ring.
        dots: codes marked with a dot in the colour of `outline`.
        line: colour of the borders between regions. Defaults are those of the navy cover.
    Returns: an `<svg>` of the base map's size in px, without words: the image that shows it needs them.
    """
    chosen = [code for code in basemap.outlines.rings if code in highlighted]
    around = basemap.path(code for code in basemap.outlines.land if code not in chosen)
    parts = [_outline(around, land, line, 0.6), _outline(basemap.path(chosen), highlight, outline, 0.5)]
    rings, spots = basemap.rings(chosen), [spot for code in chosen if (spot := basemap.at(code))]
    across = max((float((ring.max(axis=0) - ring.min(axis=0)).max()) for ring in rings), default=0.0)
    if across < SEEN and spots:
        parts.append(_ring(spots[0], highlight))
    for code in sorted(dots):
        if spot := basemap.at(code):
            parts.append(f'<circle cx="{spot[0]:.2f}" cy="{spot[1]:.2f}" r="2.6" fill="{outline}"/>')
    width, height = round(basemap.width), round(basemap.height)
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>'


def _outline(path: str, fill: str, line: str, thickness: float) -> str:
    stroke = f'stroke="{line}" stroke-width="{thickness}" stroke-linejoin="round"'
    return f'<path d="{path}" fill="{fill}" {stroke}/>' if path else ""


def _ring(spot: tuple[float, float], colour: str) -> str:
    x, y = spot
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="9" fill="none" stroke="{colour}" stroke-width="1.6"/>'
