"""
Inside: names in the shapes that they are of, and shapes as marks that names of others keep off.
Takes shapes and names in pixels, gives places in pixels; draws nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reportgen.charts import theme
from reportgen.charts.labels import Label, Mark
from reportgen.charts.outlines import Ring
from reportgen.charts.text import ASCENT, DESCENT, LEADING, width, wrap

LIMITS = (92.0, 64.0)  # px: names wider than this break into lines; the first that fits
STEP = 6.0  # px between the places tried in a shape, and between the marks that fill it
WEIGHS = 0.7  # cost of covering such a mark, as of `labels.Mark`: together they keep a name off the shape
_MARGIN = 1.5  # px of the shape round a name

Points = NDArray[np.float64]


def holds(rings: Sequence[Ring], points: Points) -> NDArray[np.bool_]:
    """Which points, N × 2, lie in a shape: those from which a ray crosses its rings an odd number of times."""
    x, y = points[:, :1], points[:, 1:]
    odd = np.zeros(len(points), dtype=bool)
    for ring in rings:
        (x1, y1), (x2, y2) = ring.T, np.roll(ring, -1, axis=0).T
        rise = np.where(y2 == y1, 1.0, y2 - y1)
        crossed = ((y1 > y) != (y2 > y)) & (x < (x2 - x1) * (y - y1) / rise + x1)
        odd ^= np.asarray(crossed.sum(axis=1) % 2 == 1)
    return odd


def filled(rings: Sequence[Ring]) -> list[Mark]:
    """A shape as a mark every few px."""
    points = _grid(rings)
    return [Mark(float(x), float(y), 1.0, weighs=WEIGHS, dot=False) for x, y in points[holds(rings, points)]]


def inside(name: str, rings: Sequence[Ring], spot: tuple[float, float], fonts: Path) -> Label | None:
    """The name as near to the middle of its shape as it lies wholly in it. Returns: None where it fits nowhere."""
    points = _grid(rings)
    order = np.argsort(np.hypot(*(points - np.array(spot)).T), kind="stable")
    for limit in LIMITS:
        lines = tuple(wrap(name, limit, fonts, theme.TEXT, theme.SEMIBOLD))
        wide = max(width(line, fonts, theme.TEXT, theme.SEMIBOLD) for line in lines)
        high = (ASCENT + DESCENT + LEADING * (len(lines) - 1)) * theme.TEXT
        edge = _edge(wide + 2 * _MARGIN, high + 2 * _MARGIN)
        for middle in points[order]:
            if holds(rings, edge + middle).all():
                x, top = float(middle[0]), float(middle[1]) - high / 2
                baselines = tuple(top + (ASCENT + LEADING * n) * theme.TEXT for n in range(len(lines)))
                box = (x - wide / 2, top, x + wide / 2, top + high)
                return Label(lines, x, baselines, "center", theme.SEMIBOLD, box, None)
    return None


def _grid(rings: Sequence[Ring]) -> Points:
    """Places every few px over a shape, N × 2."""
    if not rings:
        return np.empty((0, 2))
    corners = np.concatenate(list(rings))
    low, high = corners.min(axis=0), corners.max(axis=0)
    across, down = (np.arange(low[axis] + STEP / 2, high[axis], STEP) for axis in (0, 1))
    return np.column_stack([part.ravel() for part in np.meshgrid(across, down)])


def _edge(wide: float, high: float) -> Points:
    """Points along the edge of a box round nought, N × 2."""
    across, down = np.linspace(-wide / 2, wide / 2, 12), np.linspace(-high / 2, high / 2, 6)
    level = [(x, y) for x in across for y in (-high / 2, high / 2)]
    return np.array([*level, *((x, y) for y in down for x in (-wide / 2, wide / 2))])
