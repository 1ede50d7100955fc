"""
Small maps: the same land several times side by side, on each the places of which one thing is true.
Takes rows, places and finished words; computes no statistics and composes no sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

import numpy as np

from reportgen.charts import theme
from reportgen.charts.chart import Chart, Row
from reportgen.charts.outlines import Basemap, Ring
from reportgen.charts.picture import Said, Text, checked, layer, picture, texts
from reportgen.charts.text import width, wrap

DOT = 2.4  # px, radius
MOST = 5_400  # points of the land of all maps together
GAP = 4 * theme.MM  # between maps
BESIDE = 6.0  # px between a map and the names beside it
INSET = 6.0  # px that the second line of a name stands in
LEADING = 13.0  # px from line to line of a map's words


@dataclass(frozen=True)
class Panel:
    """
    One of the maps.
    Args:
        title: what is true of the places on it. note: one line more, such as how many there are.
        firm: codes drawn as filled dots; open: as hollow ones. names: of places, to the right of the map.
    """

    title: str
    note: str
    firm: tuple[str, ...]
    open: tuple[str, ...]
    names: tuple[str, ...] = ()


def small_maps(
    table: Sequence[Row],
    basemap: Basemap,
    panels: Sequence[Panel],
    *,
    fonts: Path,
    columns: int,
    beside_mm: float = 0.0,
    **said: Unpack[Said],
) -> Chart:
    """
    A map for each panel, in rows of `columns`, read from left to right. A place that does not lie on the map is not
    drawn: list it beneath (`Basemap.at` gives None). Filled dots lie above hollow ones.
    Args:
        table: rows behind the dots.
        basemap: of the size of one map, without its words. beside_mm: room for names to the right of each.
    Raises: ConfigurationError: the table cannot be drawn (see `picture.checked`).
    """
    rows = checked(table, said["name"])
    cell = basemap.width + beside_mm * theme.MM
    titles = [wrap(panel.title, cell, fonts, theme.TEXT, theme.SEMIBOLD, even=False) for panel in panels]
    head = (max(map(len, titles)) + 1) * LEADING + 4
    across, down = cell + GAP, basemap.height + head + GAP
    ground = basemap.rings(most=MOST // len(panels))
    land: list[Ring] = []
    dots: list[dict[str, object]] = []
    words: list[Text] = []
    for n, (panel, title) in enumerate(zip(panels, titles, strict=True)):
        left, top = (n % columns) * across, (n // columns) * down
        land += [ring + np.array([left, top + head]) for ring in ground]
        dots += _dots(basemap, panel, left, top + head)
        words += [Text(left, top + LEADING * (i + 1), line, weight=theme.SEMIBOLD) for i, line in enumerate(title)]
        words.append(Text(left, top + LEADING * (len(title) + 1), panel.note, colour=theme.INK_2))
        named = [line for name in panel.names for line in _hanging(name, cell - basemap.width - BESIDE, fonts)]
        widest = max((inset + width(line, fonts) for line, inset in named), default=0.0)
        # A word wider than its room begins over the sea of the map rather than be cut off.
        begin, right = top + head + LEADING, left + min(basemap.width + BESIDE, cell - widest - 1)
        words += [Text(right + inset, begin + LEADING * i, line) for i, (line, inset) in enumerate(named)]
    shape = {"type": "geoshape", "clip": False, "fill": theme.LAND, "stroke": theme.PAPER, "strokeWidth": 0.3}
    drawn = {
        **layer(shape, [basemap.feature(land)]),
        "projection": {"type": "identity", "scale": 1, "translate": [0, 0]},
    }
    mark = {"type": "point", "filled": True, "opacity": 1, "stroke": theme.INK, "strokeWidth": 0.8, "size": 4 * DOT**2}
    wide = columns * across - GAP
    height = -(-len(panels) // columns) * down - GAP
    layers = [drawn, layer(mark, dots, x="x", y="y", fill="fill"), *texts(words)]
    return Chart(spec=picture(wide, height, layers), table=rows, **said)


def _hanging(name: str, room: float, fonts: Path) -> list[tuple[str, float]]:
    """Lines of a name, and how far each stands in: all but the first, so that they are told from the next name."""
    return [(line, INSET if n else 0.0) for n, line in enumerate(wrap(name, room - INSET, fonts, even=False))]


def _dots(basemap: Basemap, panel: Panel, left: float, top: float) -> list[dict[str, object]]:
    dots: list[dict[str, object]] = []
    for codes, fill in ((panel.open, theme.PAPER), (panel.firm, theme.ACCENT)):
        spots = sorted(spot for code in codes if (spot := basemap.at(code)))
        dots += [{"x": left + x, "y": top + y, "fill": fill} for x, y in sorted(spots, key=lambda spot: spot[1])]
    return dots
