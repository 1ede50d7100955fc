"""
Choropleth: the shape of every area in the tone of the class that it is in, with a key in words and names of the first.
Takes rows, classes and finished words; computes no statistics and composes no sentence.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

import pandas as pd

from reportgen.charts import theme
from reportgen.charts.chart import Chart
from reportgen.charts.labels import Mark, place_labels
from reportgen.charts.maps import SIGNS, names, shape
from reportgen.charts.outlines import Basemap, Ring, size
from reportgen.charts.picture import Said, Spec, Text, checked, drawn_table, invalid, layer, picture, texts
from reportgen.release.tables import Status

ABOVE, OPEN, BELOW = "above", "open", "below"
NO_NUMBER = (Status.SUPPRESSED, Status.MISSING, Status.NOT_APPLICABLE)
# Fill and outline of a class: a hatching says that it cannot be told, white that there is no number.
LOOKS: Mapping[str, tuple[str, str]] = {
    BELOW: (theme.BAND, theme.PAPER),
    OPEN: ("url(#hatch-grey)", theme.PAPER),
    **{status.value: (theme.PAPER, theme.CONTEXT) for status in NO_NUMBER},
    ABOVE: (theme.ACCENT, theme.INK),
}
ORDER = (ABOVE, OPEN, BELOW, *(status.value for status in NO_NUMBER))  # of the key
SWATCH, LEADING = 11.0, 17.0  # px: side of a square of the key, and from one to the next
SIGN = 3.0  # px: radius that names keep clear of the sign of a status
_COVERED = 4.0  # what it costs a name to lie on another area that matters, as of `labels.Mark`


@dataclass(frozen=True)
class Tone:
    """A class of areas. Args: kind: one of `ORDER`; codes: the areas in it; words: what the key says of them."""

    kind: str
    codes: tuple[str, ...]
    words: str


def choropleth(
    table: pd.DataFrame,
    basemap: Basemap,
    tones: Sequence[Tone],
    *,
    fonts: Path,
    named: Collection[str] = (),
    **said: Unpack[Said],
) -> Chart:
    """
    A map of shapes, one path for each class that has areas. An area without a shape is not drawn: list it beneath.
    One without a number has the sign of its status, as on a map of circles; names keep off the areas above.
    Args:
        table: one row an area; `label` is the name that stands on the map where the code is among `named`.
        tones: classes that have words in the key, whether or not they have areas.
    Raises: ConfigurationError: the table cannot be drawn (see `picture.checked`), or no area of it has a shape.
    """
    rows = checked(table, said["name"])
    shapes = basemap.shapes(rows["area"])
    if not any(shapes.values()):
        raise invalid(said["name"], "none of its areas has a shape on the map", "ask for the chart only where one has")
    by_kind = {tone.kind: tone for tone in tones}
    layers: list[Spec] = []
    for kind, (fill, line) in LOOKS.items():
        codes = by_kind[kind].codes if kind in by_kind else ()
        layers += shape(basemap, [ring for code in codes for ring in shapes.get(code, ())], fill, line)
    marks = _marks(rows, basemap, shapes, by_kind.get(ABOVE), named)
    labels = [one for one in place_labels(marks, (basemap.width, basemap.height), fonts) if one]
    layers += [_signs(rows, basemap), *names(labels), *_key(tones)]
    return Chart(spec=picture(basemap.width, basemap.height, layers), table=drawn_table(rows), **said)


def _marks(
    rows: pd.DataFrame,
    basemap: Basemap,
    shapes: Mapping[str, Sequence[Ring]],
    above: Tone | None,
    named: Collection[str],
) -> list[Mark]:
    """The areas of the first class, each as the circle as large as its shape, and signs: what no name should cover."""
    marks = [Mark(*spot, SIGN) for code in rows[rows["value"].isna()]["area"] if (spot := basemap.at(code))]
    for row in rows[rows["area"].isin(above.codes if above else ())].itertuples():
        if spot := basemap.at(row.area):
            surface = sum(size(ring) for ring in shapes.get(row.area, ()))
            name = row.label if row.area in named else ""
            marks.append(Mark(*spot, (surface / math.pi) ** 0.5, name, theme.SEMIBOLD, weighs=_COVERED))
    return marks


def _signs(rows: pd.DataFrame, basemap: Basemap) -> Spec:
    """Why there is no number: the sign of the status at the middle of each area without one."""
    spots = [
        {"x": spot[0], "y": spot[1], "shape": SIGNS[Status(row.status)]}
        for row in rows[rows["value"].isna()].itertuples()
        if (spot := basemap.at(row.area))
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
