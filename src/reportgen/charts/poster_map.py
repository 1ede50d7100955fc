"""
The map of the infographic: circles on navy land, names beside them, and an enlargement of where the marked places
crowd. Takes areas and a box in px; computes no statistics and composes no sentence.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from reportgen.charts import theme
from reportgen.charts.labels import Mark, place_labels
from reportgen.charts.outlines import Basemap, Extent, Outlines
from reportgen.charts.picture import Text
from reportgen.charts.text import width

Box = tuple[float, float, float, float]  # left, top, right, bottom

LARGEST, LARGEST_ENLARGED = 0.05, 0.085  # radius of the largest circle, of the shorter side
SMALLEST = 1.0  # px, radius of the smallest
LEAST_MAP = 60.0  # px: no map is smaller
LEAST_MARKED = 3.0  # px, radius of a marked place
ENLARGED = 3.0  # times
CROWD = 4  # marked places that a lens is worth
SHIFTS = (-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3)  # of its radius: places tried for a lens
INSIDE, OUTSIDE = 0.82, 1.18  # of its radius: up to here and from here on a place is not under the edge of a lens
LEAST_LENS, MOST_LENS = 150.0, 290.0  # px across
TIE_POINTS, RIM_POINTS = 60, 72  # of lines that names keep away from


@dataclass(frozen=True)
class Place:
    """An area on the map: `kind` is firm, open, depends, own or rest; named ones carry their name."""

    code: str
    name: str
    value: float
    kind: str
    named: bool


@dataclass(frozen=True)
class Circle:
    x: float
    y: float
    radius: float
    kind: str


@dataclass(frozen=True)
class Names:
    """Lines of text, and lines from names to marks that are further away: x, y, x2, y2."""

    lines: tuple[Text, ...]
    leaders: tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True)
class Lens:
    """An enlargement: its circle, and the circle on the map that it shows."""

    x: float
    y: float
    radius: float
    of: tuple[float, float, float]
    inside: Drawn


@dataclass(frozen=True)
class Drawn:
    """A map from its corner x, y on: land and, fainter, what lies around it, as paths; circles, names."""

    x: float
    y: float
    land: str
    circles: tuple[Circle, ...]
    names: Names
    lens: Lens | None = None
    around: str = ""


@dataclass(frozen=True)
class View:
    """
    What a map shows: an extent of outlines, the codes of its land (all of it if empty), how many names, and the codes
    of land that is drawn fainter beneath it.
    Args: country: an extent round it; if given, the map is of that one, and a lens shows the other.
    """

    outlines: Outlines
    extent: Extent
    shape: tuple[str, ...]
    named: int
    around: tuple[str, ...] = ()
    country: Extent | None = None


def draw(places: Sequence[Place], view: View, box: Box, room: Box | None, fonts: Path) -> Drawn | None:
    """
    The map in its box. Where marked places crowd, and there is room for it, a lens enlarges them.
    Returns: None where the box is too small for a map.
    """
    wide, high = box[2] - box[0], box[3] - box[1]
    if min(wide, high) < LEAST_MAP:
        return None
    if view.country and room:
        return _located(places, view, box, room, fonts)
    base = view.outlines.basemap(wide / theme.MM, high / theme.MM, view.extent)
    across = min(room[2] - room[0], room[3] - room[1], MOST_LENS) if room else 0.0
    crowd = _crowd(places, base, across / 2 / ENLARGED) if across >= LEAST_LENS else None
    named = [place.code for place in places if place.named][: view.named]
    land, around = base.path(view.shape or None), base.path(view.around) if view.around else ""
    if crowd is None or room is None:
        circles, marks = _circles(places, base, LARGEST, named)
        return Drawn(box[0], box[1], land, tuple(circles), _names(marks, base, fonts), around=around)
    apart = [place.code for place in places if _distance(base.at(place.code), crowd) > crowd[2]]
    circles, marks = _circles(places, base, LARGEST, [code for code in named if code in apart])
    x, y, radius = room[0] + across / 2, room[3] - across / 2, across / 2
    lens = Lens(x, y, radius, crowd, _enlarged(places, base, crowd, named, fonts, radius))
    ties = _ties((x - box[0], y - box[1], radius), crowd)
    labels = _names([*marks, Mark(*crowd, dot=False), *ties], base, fonts)
    return Drawn(box[0], box[1], land, tuple(circles), labels, lens, around)


def _located(places: Sequence[Place], view: View, box: Box, room: Box, fonts: Path) -> Drawn | None:
    """The country with the land of the map lit, and a lens over all of it: where so few places make no map alone."""
    across = min(room[2] - room[0], room[3] - room[1], MOST_LENS)
    if across < LEAST_MAP:
        return None
    base = view.outlines.basemap((box[2] - box[0]) / theme.MM, (box[3] - box[1]) / theme.MM, view.country)
    (west, south, east, north), radius = view.extent, across / 2
    middle = (base.left + base.scale * (west + east) / 2, base.top - base.scale * (south + north) / 2)
    of = (*middle, base.scale * math.hypot(east - west, north - south) / 2)
    inside = _enlarged(places, base, of, [place.code for place in places if place.named], fonts, radius, view.shape)
    lens = Lens(room[0] + radius, room[3] - radius, radius, of, inside)
    return Drawn(box[0], box[1], base.path(view.shape), (), Names((), ()), lens, base.path())


def _ties(lens: tuple[float, float, float], crowd: tuple[float, float, float]) -> list[Mark]:
    """Points along the lines from a lens to what it enlarges, for names to keep away from."""
    parts = [step / TIE_POINTS for step in range(TIE_POINTS + 1)]
    sides = [(lens[1] + side * lens[2], crowd[1] + side * crowd[2]) for side in (-1, 1)]
    return [
        Mark(lens[0] + part * (crowd[0] - lens[0]), low + part * (high - low), 1.0, weighs=2.0, dot=False)
        for low, high in sides
        for part in parts
    ]


def _rim(radius: float) -> list[Mark]:
    """Points along the edge of a lens, for names to keep inside."""
    turns = [2 * math.pi * step / RIM_POINTS for step in range(RIM_POINTS)]
    return [
        Mark(radius * (1 + math.cos(turn)), radius * (1 + math.sin(turn)), 2.0, weighs=4.0, dot=False) for turn in turns
    ]


def _names(marks: Sequence[Mark], base: Basemap, fonts: Path) -> Names:
    """Names in their places, each line measured, so that it needs no anchor."""
    labels = [label for label in place_labels(marks, (base.width, base.height), fonts) if label]
    shift = {"left": 0.0, "center": 0.5, "right": 1.0}
    lines = [
        Text(
            label.x - shift[label.align] * width(line, fonts, theme.TEXT, label.weight),
            y,
            line,
            weight=label.weight,
            colour=theme.PAPER,
        )
        for label in labels
        for line, y in zip(label.lines, label.baselines, strict=True)
    ]
    return Names(tuple(lines), tuple(label.leader for label in labels if label.leader))


def _enlarged(
    places: Sequence[Place],
    base: Basemap,
    crowd: tuple[float, float, float],
    named: Sequence[str],
    fonts: Path,
    half: float,
    shape: Sequence[str] = (),
) -> Drawn:
    """
    What lies in a circle of the map, enlarged to one of radius `half`, px; its circles have a scale of their own.
    Args: shape: codes of its land; the rest is fainter. Empty: all of it.
    """
    x, y, radius = crowd
    west, north = (x - radius - base.left) / base.scale, (base.top - (y - radius)) / base.scale
    size = 2 * radius / base.scale
    across = 2 * half
    extent = Extent(west, north - size, west + size, north)
    near = base.outlines.basemap(across / theme.MM, across / theme.MM, extent, inset=0.0)
    middle = (across / 2, across / 2, 0.0)
    inside = [place for place in places if _distance(near.at(place.code), middle) <= across / 2 - 8]
    circles, marks = _circles(inside, near, LARGEST_ENLARGED, named)
    labels = _names([*marks, *_rim(across / 2)], near, fonts)
    around = near.path() if shape else ""
    return Drawn(0.0, 0.0, near.path(shape or None), tuple(circles), labels, around=around)


def _distance(spot: tuple[float, float] | None, of: tuple[float, float, float]) -> float:
    return math.inf if spot is None else math.hypot(spot[0] - of[0], spot[1] - of[1])


def _circles(
    places: Sequence[Place], base: Basemap, largest: float, named: Sequence[str]
) -> tuple[list[Circle], list[Mark]]:
    """Circles, the smallest on top, so that none is covered; and the same as obstacles for names."""
    widest = largest * min(base.width, base.height)
    top = max((place.value for place in places), default=0.0) or 1.0
    circles: list[Circle] = []
    marks: list[Mark] = []
    for place in sorted(places, key=lambda place: (place.kind != "rest", -place.value, place.code)):
        spot = base.at(place.code)
        if spot is None or place.value <= 0:
            continue
        marked = place.kind != "rest"
        radius = max(LEAST_MARKED if marked else SMALLEST, widest * (place.value / top) ** 0.5)
        circles.append(Circle(round(spot[0], 1), round(spot[1], 1), round(radius, 1), place.kind))
        weight = theme.SEMIBOLD if marked else theme.REGULAR
        weighs = 3.0 if marked else 1.5
        marks.append(Mark(*spot, radius, name=place.name if place.code in named else "", weight=weight, weighs=weighs))
    circles.sort(key=lambda circle: -circle.radius)
    return circles, sorted(marks, key=lambda mark: -mark.radius)


def _crowd(places: Sequence[Place], base: Basemap, radius: float) -> tuple[float, float, float] | None:
    """
    Where on the map a circle of this radius holds the most marked places, none of them under its edge if that can be;
    None where it holds too few.
    """
    spots = [spot for place in places if place.kind != "rest" and (spot := base.at(place.code))]
    best: tuple[tuple[float, ...], tuple[float, float]] | None = None
    for x, y in spots:
        held = [(a, b) for a, b in spots if math.hypot(a - x, b - y) <= radius * 0.95]
        middle = (sum(a for a, _ in held) / len(held), sum(b for _, b in held) / len(held))
        for right, down in product(SHIFTS, SHIFTS):
            centre = (middle[0] + right * radius, middle[1] + down * radius)
            far = [math.hypot(a - centre[0], b - centre[1]) / radius for a, b in spots]
            kept = sum(1 for one in far if one <= INSIDE)
            under = sum(1 for one in far if INSIDE < one < OUTSIDE)
            cost = (float(under - kept), sum(one**2 for one in far if one <= INSIDE))
            if kept >= CROWD and (best is None or (cost, centre) < best):
                best = (cost, centre)
    return (*best[1], radius) if best else None
