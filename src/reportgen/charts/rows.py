"""
Rows: what charts with a row for each thing have in common: rows below each other as high as their names need, the names
themselves, and columns of numbers beside the plot. Takes finished texts; draws no mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from reportgen.charts import theme
from reportgen.charts.picture import Text

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


def stacked(
    rows: pd.DataFrame, lines: Sequence[Sequence[str]], *, top: float, row: float, leading: float
) -> pd.DataFrame:
    """
    The rows with `lines` of their names and their place, px: `top`, `bottom` and the middle, `y`.
    Args:
        rows: numbered from 0. top: of the first. row: height of one with a name of one line; leading: of each further.

    >>> names = [["Bath"], ["St Austell", "and Newquay"]]
    >>> stacked(pd.DataFrame({"n": [1, 2]}), names, top=8, row=20, leading=10)[["top", "y", "bottom"]].values.tolist()
    [[8.0, 18.0, 28.0], [28.0, 43.0, 58.0]]
    """
    heights = pd.Series([row + (len(each) - 1) * leading for each in lines], dtype=float)
    bottom = top + heights.cumsum()
    return rows.assign(lines=list(lines), top=bottom - heights, bottom=bottom, y=bottom - heights / 2)


def named(row: Any, leading: float, *, x: float = 0.0, weight: int = theme.REGULAR) -> list[Text]:
    """The name of a row that has its place (see `stacked`; as `itertuples` gives it), its lines in the middle of it."""
    first = row.y + _NAME - (len(row.lines) - 1) * leading / 2
    return [Text(x, first + n * leading, line, size=theme.ROW, weight=weight) for n, line in enumerate(row.lines)]


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
