"""
Choropleth: the shape of every area in the tone of the class that it is in, with a key in words and names of the first.
Takes rows, classes and finished words; computes no statistics and composes no sentence.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Unpack

from reportgen.charts import theme
from reportgen.charts.chart import Chart, Row
from reportgen.charts.inside import filled, inside
from reportgen.charts.labels import Label, Mark, place_labels
from reportgen.charts.lens import CLEAR, GAP, Lens, along, enlarged, frame_of, lowered, within
from reportgen.charts.maps import SIGNS, names, shape
from reportgen.charts.outlines import MOST_OF_SHAPES, Basemap, Ring
from reportgen.charts.picture import Said, Spec, Text, checked, invalid, layer, picture, texts
from reportgen.release.tables import Status

ABOVE, OPEN, BELOW = "above", "open", "below"
UNDRAWN = "no-outline"  # areas of other classes, of which the map shows no more than the land they lie in
NO_NUMBER = (Status.SUPPRESSED, Status.MISSING, Status.NOT_APPLICABLE)
# Fill and outline of a class: a hatching says that it cannot be told, white that there is no number.
LOOKS: Mapping[str, tuple[str, str]] = {
    BELOW: (theme.BAND, theme.PAPER),
    OPEN: ("url(#hatch-grey)", theme.PAPER),
    **{status.value: (theme.PAPER, theme.CONTEXT) for status in NO_NUMBER},
    ABOVE: (theme.ACCENT, theme.INK),
    UNDRAWN: (theme.TINT, theme.CONTEXT),
}
ORDER = (ABOVE, OPEN, BELOW, *(status.value for status in NO_NUMBER), UNDRAWN)  # of the key
MOST_PALE = 700  # points of the land beneath
MOST_WITH_LENS, MOST_IN_LENS = 3_000, 1_200  # points of the shapes of a map that has a lens, and of the lens
SWATCH, LEADING = 11.0, 17.0  # px: side of a square of the key, and from one to the next
SIGN = 3.0  # px: radius that names keep clear of the sign of a status
CENTRE = 2.0  # px: radius that names of others keep clear of the middle of a shape, and where the line to it ends
_COVERED = 4.0  # what it costs a name to lie on another area that matters, as of `labels.Mark`


@dataclass(frozen=True)
class Tone:
    """A class of areas. Args: kind: one of `ORDER`; codes: the areas in it; words: what the key says of them."""

    kind: str
    codes: tuple[str, ...]
    words: str


def choropleth(
    table: Sequence[Row],
    basemap: Basemap,
    tones: Sequence[Tone],
    *,
    fonts: Path,
    named: Collection[str] = (),
    lens: Lens | None = None,
    caption: str = "",
    **said: Unpack[Said],
) -> Chart:
    """
    A map of shapes, one path for each class that has areas. An area without a shape is not drawn: list it beneath; the
    land of the map lies below, paler than any class, so that it is no sea. An area without a number has the sign of its
    status, as on a map of circles; names keep off the areas above.
    Args:
        table: one row an area; `label` is the name that stands on the map where the code is among `named`.
        tones: classes that have words in the key, whether or not they have areas.
        lens: a part of the map that is enlarged beneath it, where names of its areas stand; caption: the line above it.
    Raises: ConfigurationError: the table cannot be drawn (see `picture.checked`), or no area of it has a shape.
    """
    rows = checked(table, said["name"])
    codes = [row.area for row in rows]
    shapes = basemap.shapes(codes, MOST_WITH_LENS if lens else MOST_OF_SHAPES)
    if not any(shapes.values()):
        raise invalid(said["name"], "none of its areas has a shape on the map", "ask for the chart only where one has")
    draw = partial(_names, rows, tones, fonts)
    pale = [] if all(shapes.get(code) for code in codes) else shape(basemap, basemap.rings(most=MOST_PALE), theme.TINT)
    if lens is None:
        layers = [*pale, *_shapes(basemap, shapes, tones), _signs(rows, basemap), *names(draw(basemap, shapes, named))]
        return Chart(spec=picture(basemap.width, basemap.height, [*layers, *_key(tones)]), table=rows, **said)
    near, top = lens.basemap, basemap.height + GAP
    within_lens = {code for code in named if near.at(code)}
    close = near.shapes(codes, MOST_IN_LENS)
    cut = {code: within(lens, rings, top) for code, rings in close.items()}
    edge = along((0.0, 0.0, near.width, near.height), CLEAR)
    far_names = draw(basemap, shapes, set(named) - within_lens, along(frame_of(basemap, lens.extent)))
    ground = shape(near, within(lens, near.rings(most=MOST_PALE), top), theme.TINT) if pale else []
    spec = enlarged(
        basemap,
        lens,
        caption,
        far=([*pale, *_shapes(basemap, shapes, tones), _signs(rows, basemap)], [*names(far_names), *_key(tones)]),
        near=(
            [*ground, *_shapes(near, cut, tones), lowered(_signs(rows, near), top)],
            names(draw(near, close, within_lens, edge)),
        ),
    )
    return Chart(spec=spec, table=rows, **said)


def _shapes(basemap: Basemap, shapes: Mapping[str, Sequence[Ring]], tones: Sequence[Tone]) -> list[Spec]:
    by_kind = {tone.kind: tone.codes for tone in tones}
    layers: list[Spec] = []
    for kind, (fill, line) in LOOKS.items():
        layers += shape(basemap, [ring for code in by_kind.get(kind, ()) for ring in shapes.get(code, ())], fill, line)
    return layers


def _names(
    rows: Sequence[Row],
    tones: Sequence[Tone],
    fonts: Path,
    basemap: Basemap,
    shapes: Mapping[str, Sequence[Ring]],
    named: Collection[str],
    obstacles: Sequence[Mark] = (),
) -> list[Label]:
    """A name in its own shape where it fits there, else off all shapes of the first class with a line to its own."""
    above = next((tone for tone in tones if tone.kind == ABOVE), None)
    codes = above.codes if above else ()
    held: list[Label] = []
    marks = [Mark(*spot, SIGN) for row in rows if row.value is None and (spot := basemap.at(row.area))]
    for row in rows:
        if row.area not in codes:
            continue
        spot, rings = basemap.at(row.area), shapes.get(row.area, ())
        if spot is None:
            continue
        own = inside(row.label, rings, spot, fonts) if row.area in named else None
        held += [own] if own else []
        name = row.label if row.area in named and own is None else ""
        marks += [Mark(*spot, CENTRE, name, theme.SEMIBOLD, weighs=_COVERED), *filled(rings)]
    placed = place_labels([*marks, *obstacles], (basemap.width, basemap.height), fonts)
    return [*held, *(one for one in placed if one)]


def _signs(rows: Sequence[Row], basemap: Basemap) -> Spec:
    """Why there is no number: the sign of the status at the middle of each area without one."""
    spots = [
        {"x": spot[0], "y": spot[1], "shape": SIGNS[row.status]}
        for row in rows
        if row.value is None and (spot := basemap.at(row.area))
    ]
    return _signed(spots)


def _signed(spots: Sequence[Spec]) -> Spec:
    mark = {"type": "point", "filled": False, "opacity": 1, "stroke": theme.INK_3, "strokeWidth": 0.8, "size": 16}
    return layer(mark, spots, x="x", y="y", shape="shape")


def _key(tones: Sequence[Tone]) -> list[Spec]:
    """A square in the tone of each class with its words, in the upper left corner, over the sea."""
    squares, words, signs = [], [], []
    for n, tone in enumerate(sorted(tones, key=lambda tone: ORDER.index(tone.kind))):
        top, first = LEADING * n + 3, tone.kind == ABOVE
        edge = theme.INK if first else theme.CONTEXT
        square = {"x": 0.5, "x2": 0.5 + SWATCH, "y": top, "y2": top + SWATCH}
        squares.append({**square, "fill": LOOKS[tone.kind][0], "edge": edge})
        weight = theme.SEMIBOLD if first else theme.REGULAR
        words.append(Text(SWATCH + 6, top + SWATCH - 1.5, tone.words, weight=weight))
        if tone.kind in NO_NUMBER:
            signs.append({"x": 0.5 + SWATCH / 2, "y": top + SWATCH / 2, "shape": SIGNS[Status(tone.kind)]})
    mark = {"type": "rect", "strokeWidth": 0.7}
    drawn = layer(mark, squares, x="x", y="y", x2="x2", y2="y2", fill="fill", stroke="edge")
    return [drawn, _signed(signs), *texts(words)]
