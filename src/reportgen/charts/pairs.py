"""
Pairs: a group and all of them, place by place, as two dots a row with their intervals; the chart is also its table.
Takes finished numbers and words; computes no difference and composes no sentence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Unpack

import pandas as pd

from reportgen.charts import theme
from reportgen.charts.chart import Chart
from reportgen.charts.picture import Said, Spec, Text, checked, drawn_table, invalid, layer, picture, rules, texts
from reportgen.charts.rows import Column, columned, named, stacked
from reportgen.charts.scales import round_step
from reportgen.charts.text import width, wrap

ROW = 20.0  # px, height of a row of one line
HEAD, FOOT = 24.0, 20.0  # px, above the first row and below the last
LEADING = theme.ROW * 1.1  # px from line to line of a name
APART = 4.0  # px, how far the two intervals of a row lie from its middle, so that neither hides the other


@dataclass(frozen=True)
class _Plan:
    """The plot from left to right, px, the right edges of the columns, and what the scale runs over."""

    left: float
    right: float
    edges: tuple[float, ...]
    low: float
    high: float

    def x(self, value: float) -> float:
        return self.left + (self.right - self.left) * (value - self.low) / (self.high - self.low)


def paired_dots(
    table: pd.DataFrame,
    beside: pd.DataFrame,
    *,
    fonts: Path,
    names: tuple[str, str],
    columns: Sequence[Column],
    decided: Collection[str],
    last: str = "",
    tick: Callable[[float], str] = theme.tick,
    width_mm: float = 174,
    **said: Unpack[Said],
) -> Chart:
    """
    One row an area, in the order given: label, the dot of the group (in colour) above that of the whole (grey), each
    with its interval, then the columns. The group's dot is filled where what the two differ by is decided, else hollow.
    A row without the one or the other value shows the other's dot alone, and its columns say why.
    Args:
        table, beside: the group's and the whole's rows, the same areas in the same order, values on one scale from 0.
        names: what the two are called; they stand over the dots of the first row that has both.
        columns: at the right of the plot, cells in the order of the rows.
        decided: codes of the areas whose difference is decided. last: code of an area below a rule of its own.
    Raises: ConfigurationError: the table cannot be drawn (see `picture.checked`), or the two are not of the same areas.
    """
    rows, whole = checked(table, said["name"]), checked(beside, said["name"])
    if rows["area"].tolist() != whole["area"].tolist():
        raise invalid(said["name"], "its two series are not of the same areas", "pass a row of each for every area")
    if any(len(column.cells) != len(rows) for column in columns):
        raise invalid(said["name"], "a column has not as many cells as there are rows", "give every row its cell")
    plan = _plan(rows, whole, columns, fonts, width_mm * theme.MM)
    rows = _placed(rows, fonts, plan, last)
    whole = whole.assign(y=rows["y"] + APART)
    bottom = float(rows["bottom"].iloc[-1])
    steps = _steps(plan)
    filled = [theme.ACCENT if area in decided else theme.PAPER for area in rows["area"]]
    layers = [
        *_grid(rows, plan, steps, bottom, last),
        *_series(whole, plan, theme.CONTEXT, [theme.CONTEXT] * len(whole), 38),
        *_series(rows.assign(y=rows["y"] - APART), plan, theme.INK, filled, 64),
        *texts(
            [
                *_names(rows, whole, names, plan, fonts),
                *(line for row in rows.itertuples() for line in named(row, LEADING)),
            ]
        ),
        *texts(columned(columns, plan.edges, rows["y"], HEAD - 8)),
        *texts(Text(plan.x(step), bottom + 15, tick(step), align="center", colour=theme.INK_2) for step in steps),
    ]
    drawn = pd.concat([rows, whole], ignore_index=True)
    return Chart(spec=picture(width_mm * theme.MM, bottom + FOOT, layers), table=drawn_table(drawn), **said)


def _plan(rows: pd.DataFrame, whole: pd.DataFrame, columns: Sequence[Column], fonts: Path, wide: float) -> _Plan:
    names = min(max(width(label, fonts, theme.ROW, theme.SEMIBOLD) for label in rows["label"]), 0.3 * wide)
    widths = [
        max(width(text, fonts, weight=column.weight) for text in (column.head, *column.cells)) for column in columns
    ]
    edges = [wide - sum(widths[n + 1 :]) - 12 * (len(widths) - 1 - n) for n in range(len(widths))]
    right = edges[0] - widths[0] - 16 if edges else wide - 6
    high = max(float(pd.concat([both["value"], both["high"]]).max()) for both in (rows, whole))
    return _Plan(names + 14, right, tuple(edges), 0.0, 1.05 * high or 1.0)


def _placed(rows: pd.DataFrame, fonts: Path, plan: _Plan, last: str) -> pd.DataFrame:
    lines = [
        wrap(row.label, plan.left - 14, fonts, theme.ROW, theme.SEMIBOLD if row.area == last else theme.REGULAR)
        for row in rows.itertuples()
    ]
    return stacked(rows, lines, top=HEAD, row=ROW, leading=LEADING)


def _steps(plan: _Plan) -> list[float]:
    """Round values from 0, at most six of them."""
    step = round_step(plan.high / 5)
    return [step * n for n in range(math.floor(plan.high / step) + 1)]


def _grid(rows: pd.DataFrame, plan: _Plan, steps: Sequence[float], bottom: float, last: str) -> list[Spec]:
    wide = plan.edges[-1] if plan.edges else plan.right
    upright = [{"x": plan.x(step), "x2": plan.x(step), "y": HEAD - 4, "y2": bottom + 3} for step in steps]
    tops = rows.loc[rows.index > 0, ["top", "area"]]
    across = [{"x": 0, "x2": wide, "y": row.top, "y2": row.top} for row in tops.itertuples() if row.area != last]
    below = [{"x": 0, "x2": wide, "y": row.top, "y2": row.top} for row in tops.itertuples() if row.area == last]
    return [rules(theme.HAIRLINE, 0.75, [*across, *upright]), rules(theme.INK, 0.8, below)]


def _series(rows: pd.DataFrame, plan: _Plan, line: str, fills: Sequence[str], size: float) -> list[Spec]:
    known = rows.assign(fill=list(fills))[rows["value"].notna()]
    bounded = known[known["low"].notna() & known["high"].notna()]
    intervals = [
        {"x": plan.x(row.low), "x2": plan.x(row.high), "y": row.y, "y2": row.y} for row in bounded.itertuples()
    ]
    dots = [{"x": plan.x(row.value), "y": row.y, "fill": row.fill} for row in known.itertuples()]
    mark: dict[str, Any] = {"type": "point", "filled": True, "opacity": 1, "size": size}
    if line == theme.INK:  # in grey, orange is as light as the colour of the others; an outline tells it apart
        mark |= {"stroke": theme.INK, "strokeWidth": 0.9}
    return [rules(line, 1.6, intervals), layer(mark, dots, x="x", y="y", fill="fill")]


def _names(rows: pd.DataFrame, whole: pd.DataFrame, names: tuple[str, str], plan: _Plan, fonts: Path) -> list[Text]:
    """What the dots are called, side by side over the first row that has both, the lower value's name at the left."""
    both = rows["value"].notna() & whole["value"].notna()
    if not both.any():
        return []
    first = both.idxmax()
    values = (float(rows["value"][first]), float(whole["value"][first]))
    colours, weights = (theme.ACCENT_TEXT, theme.INK_2), (theme.SEMIBOLD, theme.REGULAR)
    order = sorted((0, 1), key=lambda n: (values[n], n))
    widths = [width(names[n], fonts, weight=weights[n]) for n in order]
    start = [plan.x(values[order[0]]) + 4 - widths[0], plan.x(values[order[1]]) - 4]
    start[1] = min(start[1], plan.right - widths[1])
    start[0] = max(min(start[0], start[1] - widths[0] - 10), 0.0)
    start[1] = max(start[1], start[0] + widths[0] + 10)
    return [
        Text(x, HEAD - 8, names[n], weight=weights[n], colour=colours[n]) for x, n in zip(start, order, strict=True)
    ]


def _cells(rows: pd.DataFrame, columns: Sequence[Column], plan: _Plan) -> list[Text]:
    names = [line for row in rows.itertuples() for line in named(row, LEADING)]
    return names + columned(columns, plan.edges, rows["y"], HEAD - 8)
