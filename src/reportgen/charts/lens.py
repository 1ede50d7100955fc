"""
Lens: the part of a map where the places that matter lie closest, framed on the map and enlarged beneath it.
Takes finished numbers, names and words; computes no statistics and composes no sentence.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from pathlib import Path
from typing import Unpack

import numpy as np

from reportgen.charts import theme
from reportgen.charts.chart import Chart, Row
from reportgen.charts.labels import Mark
from reportgen.charts.maps import LARGEST as ON_MAP
from reportgen.charts.maps import Chosen, bubble_map, land, names, places, shape
from reportgen.charts.outlines import Basemap, Extent, Outlines, Ring, clipped
from reportgen.charts.picture import Said, Spec, Text, checked, known, layer, picture, rules, texts

LEAST, MOST = 3.0, 4.0  # times: by how much the lens enlarges the map
CROWD = 3  # places that make a crowd: of fewer the map itself can tell
MARGIN = 24.0  # px of the lens kept free round the places it is for
GAP = 24.0  # px between the map and the lens; holds the caption
TALL = 1.8  # times as high as wide is the whole country, so the map is narrower than the lens
CLEAR = 2 * theme.MM  # px between a name and the frame of the lens
LARGEST = 0.085  # of the shorter side of the lens: radius of its largest circle
_LINE = 3.0  # what it costs a name to lie on the line of the frame, as of `labels.Mark`
_STEP = 6.0  # px between the obstacles that keep names off the line of the frame

Box = tuple[float, float, float, float]
Drawing = tuple[list[Spec], list[Spec]]  # layers below a frame, and above it


@dataclass(frozen=True)
class Lens:
    """A part of a map, enlarged. Args: extent: what it shows; basemap: the same land in the pixels of the lens."""

    extent: Extent
    basemap: Basemap


def lens_of(
    outlines: Outlines,
    whole: Basemap,
    codes: Collection[str],
    width_mm: float,
    height_mm: float,
    most: float = MOST,
) -> Lens | None:
    """
    The lens of that size over the part of a map where most of some areas lie, of parts with as many the smallest; as
    large as it may be with all of these in it.
    Args: most: times by which it enlarges the map at most.
    Returns: None where no `CROWD` of them would lie in any lens.
    """
    spots = np.array(sorted(outlines.points[code] for code in codes if code in outlines.points)).reshape(-1, 2)
    size = np.array([width_mm, height_mm]) * theme.MM
    room = (size - 2 * MARGIN) / (LEAST * whole.scale)
    found = [_inside(spots, np.array([west, south]), room) for west, south in product(spots[:, 0], spots[:, 1])]
    crowds = [some for some in found if len(some) >= CROWD]
    if not crowds:
        return None
    best = max(crowds, key=lambda some: (len(some), -float(np.ptp(some, axis=0).max())))
    low, high = np.min(best, axis=0), np.max(best, axis=0)
    least = LEAST * whole.scale
    scale = min(most * whole.scale, max(least, float(((size - 2 * MARGIN) / np.maximum(high - low, 1.0)).min())))
    (west, south), (east, north) = (low + high) / 2 - size / scale / 2, (low + high) / 2 + size / scale / 2
    extent = Extent(float(west), float(south), float(east), float(north))
    return Lens(extent, outlines.basemap(width_mm, height_mm, extent, inset=0.0))


def beside(
    outlines: Outlines,
    codes: Collection[str],
    alone: tuple[float, float],
    with_lens: tuple[float, float],
    lens_high: float,
    most: float = MOST,
) -> tuple[Basemap, Lens | None]:
    """
    The map to draw and the lens beneath it, as wide as the map; a larger map where there is none.
    Args: alone, with_lens: width and height of the map without a lens and above one, mm; `most` as of `lens_of`.
    """
    whole = outlines.basemap(*with_lens)
    lens = lens_of(outlines, whole, codes, with_lens[0], lens_high, most)
    return (whole, lens) if lens else (outlines.basemap(*alone), None)


def _inside(spots: Ring, corner: Ring, room: Ring) -> Ring:
    return spots[((spots >= corner) & (spots <= corner + room)).all(axis=1)]


def lens_map(
    table: Sequence[Row],
    whole: Basemap,
    lens: Lens | None,
    *,
    fonts: Path,
    caption: str,
    chosen: Chosen,
    **said: Unpack[Said],
) -> Chart:
    """
    A map of circles, as of `maps.bubble_map`, with a frame on it, and beneath it what lies in the frame, enlarged.
    What lies in the frame has its name there and not on the map. The circles in the frame have their own scale.
    Args:
        whole: of the width of the lens; without one the map is all there is.
        caption: one line between map and lens, which says so.
    Raises: ConfigurationError: the table cannot be drawn, or none of its areas lies on the map.
    """
    if lens is None:
        return bubble_map(table, whole, fonts=fonts, chosen=chosen, **said)
    rows = checked(table, said["name"])
    inside = {row.area for row in rows if lens.basemap.at(row.area)}
    biggest = max(known(row.value for row in rows)) or 1.0
    draw = partial(places, rows, name=said["name"], fonts=fonts, biggest=biggest)
    far = draw(
        basemap=whole,
        chosen=replace(chosen, named=set(chosen.named) - inside),
        widest=ON_MAP * min(whole.width, whole.height / TALL),
        obstacles=along(frame_of(whole, lens.extent)),
    )
    near = draw(
        basemap=lens.basemap,
        chosen=replace(chosen, named=set(chosen.named) & inside),
        widest=LARGEST * min(lens.basemap.width, lens.basemap.height),
        obstacles=along((0.0, 0.0, lens.basemap.width, lens.basemap.height), CLEAR),
    )
    top = whole.height + GAP
    spec = enlarged(
        whole,
        lens,
        caption,
        far=([*land(whole, ()), *far.circles, far.signs], names(far.labels)),
        near=(
            [
                *shape(lens.basemap, within(lens, lens.basemap.rings(), top), theme.LAND),
                *(lowered(one, top) for one in (*near.circles, near.signs)),
                _beyond(top, lens.basemap.width, lens.basemap.height),
            ],
            names(near.labels),
        ),
    )
    return Chart(spec=spec, table=rows, **said)


def enlarged(whole: Basemap, lens: Lens, caption: str, *, far: Drawing, near: Drawing) -> Spec:
    """
    The picture of a map with the frame of a lens on it, and of the lens beneath.
    Args:
        far, near: what is drawn on the map and in the lens below the frame, and above it, its names. What is drawn in
            the lens stands where it does on the picture (`within`, `lowered`); its names are put there.
    """
    top, width, height = whole.height + GAP, lens.basemap.width, lens.basemap.height
    layers = [
        *far[0],
        _outlined(frame_of(whole, lens.extent)),
        *far[1],
        *near[0],
        _outlined((0.5, top, width - 0.5, top + height)),
        *(lowered(one, top) for one in near[1]),
        *texts([Text(0, top - 7, caption, colour=theme.INK_2)]),
    ]
    return picture(width, top + height + 1, layers)


def within(lens: Lens, rings: Sequence[Ring], top: float) -> list[Ring]:
    """What a lens shows of some rings in its pixels, as far down on the picture as it lies."""
    cut = (clipped(ring, lens.basemap.width, lens.basemap.height) for ring in rings)
    return [ring + np.array([0.0, top]) for ring in cut if len(ring)]


def frame_of(whole: Basemap, extent: Extent) -> Box:
    """The rectangle of the lens in the pixels of the map: left, top, right, bottom."""
    across, down = (whole.left + whole.scale * x for x in (extent.west, extent.east)), (extent.north, extent.south)
    left, right = across
    top, bottom = (whole.top - whole.scale * y for y in down)
    return left, top, right, bottom


def along(box: Box, clear: float = 1.0) -> list[Mark]:
    """Marks along the lines of a frame, so that no name lies on them, or nearer than so many px."""
    left, top, right, bottom = box
    across, down = np.arange(left, right, _STEP), np.arange(top, bottom, _STEP)
    level = [Mark(float(x), y, clear, weighs=_LINE, dot=False) for x in across for y in (top, bottom)]
    return level + [Mark(x, float(y), clear, weighs=_LINE, dot=False) for y in down for x in (left, right)]


def _outlined(box: Box) -> Spec:
    left, top, right, bottom = box
    lines = [
        (left, top, right, top),
        (right, top, right, bottom),
        (right, bottom, left, bottom),
        (left, bottom, left, top),
    ]
    return rules(theme.INK, 0.9, [dict(zip(("x", "y", "x2", "y2"), line, strict=True)) for line in lines])


def _beyond(top: float, width: float, height: float) -> Spec:
    """Paper above and below the lens, over what sticks out of circles; at its sides the picture ends."""
    strips = [{"x": 0, "x2": width, "y": y, "y2": y + GAP / 2} for y in (top - GAP / 2, top + height)]
    return layer({"type": "rect", "fill": theme.PAPER}, strips, x="x", y="y", x2="x2", y2="y2")


def lowered(one: Spec, by: float) -> Spec:
    """A layer of marks further down on the picture."""
    values = [row | {end: row[end] + by for end in ("y", "y2") if end in row} for row in one["data"]["values"]]
    return {**one, "data": {"values": values}}
