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

from reportgen.charts import theme
from reportgen.charts.chart import Chart, Row
from reportgen.charts.picture import Said, Spec, Text, checked, invalid, known, layer, picture, rules, texts
from reportgen.charts.rows import Column, Slot, columned, named, spanned, stacked
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
    table: Sequence[Row],
    beside: Sequence[Row],
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
    if [row.area for row in rows] != [row.area for row in whole]:
        raise invalid(said["name"], "its two series are not of the same areas", "pass a row of each for every area")
    if any(len(column.cells) != len(rows) for column in columns):
        raise invalid(said["name"], "a column has not as many cells as there are rows", "give every row its cell")
    plan = _plan(rows, whole, columns, fonts, width_mm * theme.MM)
    slots = _placed(rows, fonts, plan, last)
    middles = [slot.y for slot in slots]
    bottom = slots[-1].bottom
    steps = _steps(plan)
    filled = [theme.ACCENT if row.area in decided else theme.PAPER for row in rows]
    layers = [
        *_grid(rows, slots, plan, steps, last),
        *_series(whole, [y + APART for y in middles], plan, theme.CONTEXT, [theme.CONTEXT] * len(whole), 38),
        *_series(rows, [y - APART for y in middles], plan, theme.INK, filled, 64),
        *texts(
            [
                *_names(rows, whole, names, plan, fonts),
                *(line for slot in slots for line in named(slot, LEADING)),
            ]
        ),
        *texts(columned(columns, plan.edges, middles, HEAD - 8)),
        *texts(Text(plan.x(step), bottom + 15, tick(step), align="center", colour=theme.INK_2) for step in steps),
    ]
    return Chart(spec=picture(width_mm * theme.MM, bottom + FOOT, layers), table=[*rows, *whole], **said)


def _plan(rows: Sequence[Row], whole: Sequence[Row], columns: Sequence[Column], fonts: Path, wide: float) -> _Plan:
    names = min(max(width(row.label, fonts, theme.ROW, theme.SEMIBOLD) for row in rows), 0.3 * wide)
    widths = [
        max(width(text, fonts, weight=column.weight) for text in (column.head, *column.cells)) for column in columns
    ]
    edges = [wide - sum(widths[n + 1 :]) - 12 * (len(widths) - 1 - n) for n in range(len(widths))]
    right = edges[0] - widths[0] - 16 if edges else wide - 6
    high = max(known(end for row in (*rows, *whole) for end in (row.value, row.high)))
    return _Plan(names + 14, right, tuple(edges), 0.0, 1.05 * high or 1.0)


def _placed(rows: Sequence[Row], fonts: Path, plan: _Plan, last: str) -> list[Slot]:
    names = [
        wrap(row.label, plan.left - 14, fonts, theme.ROW, theme.SEMIBOLD if row.area == last else theme.REGULAR)
        for row in rows
    ]
    return stacked(names, top=HEAD, row=ROW, leading=LEADING)


def _steps(plan: _Plan) -> list[float]:
    """Round values from 0, at most six of them."""
    step = round_step(plan.high / 5)
    return [step * n for n in range(math.floor(plan.high / step) + 1)]


def _grid(rows: Sequence[Row], slots: Sequence[Slot], plan: _Plan, steps: Sequence[float], last: str) -> list[Spec]:
    wide = plan.edges[-1] if plan.edges else plan.right
    upright = [{"x": plan.x(step), "x2": plan.x(step), "y": HEAD - 4, "y2": slots[-1].bottom + 3} for step in steps]
    across, below = (
        [
            {"x": 0, "x2": wide, "y": slot.top, "y2": slot.top}
            for row, slot in zip(rows[1:], slots[1:], strict=True)
            if (row.area == last) == is_last
        ]
        for is_last in (False, True)
    )
    return [rules(theme.HAIRLINE, 0.75, [*across, *upright]), rules(theme.INK, 0.8, below)]


def _series(
    rows: Sequence[Row], middles: Sequence[float], plan: _Plan, line: str, fills: Sequence[str], size: float
) -> list[Spec]:
    intervals, dots = [], []
    for row, y, fill in zip(rows, middles, fills, strict=True):
        if row.value is None:
            continue
        dots.append({"x": plan.x(row.value), "y": y, "fill": fill})
        intervals += spanned(row, plan.x, y)
    mark: dict[str, Any] = {"type": "point", "filled": True, "opacity": 1, "size": size}
    if line == theme.INK:  # in grey, orange is as light as the colour of the others; an outline tells it apart
        mark |= {"stroke": theme.INK, "strokeWidth": 0.9}
    return [rules(line, 1.6, intervals), layer(mark, dots, x="x", y="y", fill="fill")]


def _names(rows: Sequence[Row], whole: Sequence[Row], names: tuple[str, str], plan: _Plan, fonts: Path) -> list[Text]:
    """What the dots are called, side by side over the first row that has both, the lower value's name at the left."""
    both = ((one.value, other.value) for one, other in zip(rows, whole, strict=True))
    values = next(((one, other) for one, other in both if one is not None and other is not None), None)
    if values is None:
        return []
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
