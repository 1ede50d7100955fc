"""
Rows: what charts with a row for each thing have in common: rows below each other as high as their names need, the names
themselves, their intervals, and columns of numbers beside the plot. Takes finished texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from reportgen.charts import theme
from reportgen.charts.chart import Row
from reportgen.charts.picture import Spec, Text

NUMBER = 3.7  # px from the middle of a row to the baseline of a number
_NAME = 4.0  # the same of a name, which is set larger

Strength = Literal["strong", "plain"]


@dataclass(frozen=True)
class Column:
    """Texts beside the plot, a row each: its head, what is printed, and how."""

    head: str
    cells: Sequence[str]
    strength: Strength = "plain"

    @property
    def weight(self) -> int:
        return theme.SEMIBOLD if self.strength == "strong" else theme.REGULAR


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a row stands, px, `y` being its middle, and the lines of its name."""

    lines: Sequence[str]
    top: float
    y: float
    bottom: float


def stacked(names: Iterable[Sequence[str]], *, top: float, row: float, leading: float) -> list[Slot]:
    """
    Rows one below the other, a slot for each name, given in its lines.
    Args: top: of the first, px. row: height of one with a name of one line; leading: of each further.

    >>> slots = stacked([["Bath"], ["St Austell", "and Newquay"]], top=8, row=20, leading=10)
    >>> [(slot.top, slot.y, slot.bottom) for slot in slots]
    [(8.0, 18.0, 28.0), (28.0, 43.0, 58.0)]
    """
    slots, reached = [], 0.0
    for lines in names:
        height = row + (len(lines) - 1) * leading
        reached += height
        bottom = top + reached
        slots.append(Slot(lines, bottom - height, bottom - height / 2, bottom))
    return slots


def named(slot: Slot, leading: float, *, x: float = 0.0, weight: int = theme.REGULAR) -> list[Text]:
    """The name of a row, its lines in the middle of it."""
    first = slot.y + _NAME - (len(slot.lines) - 1) * leading / 2
    return [Text(x, first + n * leading, line, size=theme.ROW, weight=weight) for n, line in enumerate(slot.lines)]


def spanned(row: Row, x: Callable[[float], float], y: float) -> list[Spec]:
    """The line of a row's interval, for `picture.rules`; none where it has no interval. Args: x: value → px."""
    return [] if row.bounds is None else [{"x": x(row.bounds[0]), "x2": x(row.bounds[1]), "y": y, "y2": y}]


def columned(columns: Iterable[Column], edges: Iterable[float], middles: Sequence[float], head: float) -> list[Text]:
    """
    Columns of numbers, each set to its right edge.
    Args:
        middles: of the rows. head: baseline of the heads.
    """
    cells = []
    for edge, column in zip(edges, columns, strict=True):
        cells.append(Text(edge, head, column.head, align="right", weight=column.weight))
        cells += [
            Text(edge, y + NUMBER, cell, align="right", weight=column.weight)
            for y, cell in zip(middles, column.cells, strict=True)
            if cell
        ]
    return cells
