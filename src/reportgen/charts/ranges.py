"""
Ranges: how an area stands among others by several measures at once, each on a scale of its own.
Takes finished numbers and words; composes no sentence.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Unpack

from reportgen.charts import theme
from reportgen.charts.chart import Chart, Row
from reportgen.charts.picture import Said, Spec, Text, checked, invalid, known, layer, picture, rules, texts
from reportgen.charts.rows import NUMBER, Slot, named, spanned, stacked
from reportgen.charts.text import width, wrap

ROW, LINE = 21.0, 13.0  # px, height of a row of one line, and of each line more
HEAD, FOOT = 18.0, 4.0  # px, above the first row and below the last
GAP = 10.0  # px between columns
SIDE = 6.0  # px that a dot may reach beyond the ends of the scale


@dataclass(frozen=True)
class _Plan:
    """The plot from left to right, and the right edges of the two columns, px."""

    left: float
    right: float
    value: float
    interval: float


@dataclass(frozen=True)
class _Scale:
    """A row's own scale: from the lowest to the highest of all values and of the ends of the area's interval."""

    low: float
    high: float
    plan: _Plan

    def x(self, value: float) -> float:
        if self.high == self.low:
            return (self.plan.left + self.plan.right) / 2
        return self.plan.left + (self.plan.right - self.plan.left) * (value - self.low) / (self.high - self.low)


def range_rows(
    table: Sequence[Row],
    others: Sequence[Row],
    *,
    fonts: Path,
    decided: Collection[str],
    words: Mapping[str, str],
    width_mm: float = 174,
    **said: Unpack[Said],
) -> Chart:
    """
    One row a measure, in the order given: its name, a band from the lowest to the highest of all areas with a tick at
    the median, the area's dot with its interval, and the value and interval as printed. The dot is filled where the
    interval lies on one side of the median. Scales differ from row to row and have no axis: rows cannot be compared.
    Args:
        table: the area's row of each measure, its label what the measure is called; no two labels alike.
        others: rows of all areas, the area itself among them, by the same labels; those without a value are left out.
        decided: labels of the rows whose interval leaves out the median.
        words: heads of the columns: value, interval.
    Raises: ConfigurationError: the table cannot be drawn (see `picture.checked`), or a row has nothing to be held
        against.
    """
    rows = checked(table, said["name"])
    bands: dict[str, list[float]] = {row.label: [] for row in rows}
    for other in others:
        if other.value is not None:
            bands.setdefault(other.label, []).append(other.value)
    alone = next((label for label, values in bands.items() if not values), None)
    if alone is not None:
        raise invalid(said["name"], f"{alone!r} has no other areas", "leave the row out, or pass all areas' values")
    plan = _plan(rows, words, fonts, width_mm * theme.MM)
    names = [wrap(row.label, plan.left - GAP - SIDE, fonts, theme.ROW) for row in rows]
    slots = stacked(names, top=HEAD, row=ROW, leading=LINE)
    layers = [*_marks(rows, slots, bands, plan, decided), *texts([*_heads(plan, words), *_cells(rows, slots, plan)])]
    drawn = [*rows, *(other for other in others if other.value is not None)]
    return Chart(spec=picture(width_mm * theme.MM, slots[-1].bottom + FOOT, layers), table=drawn, **said)


def _plan(rows: Sequence[Row], words: Mapping[str, str], fonts: Path, wide: float) -> _Plan:
    names = min(max(width(row.label, fonts, theme.ROW) for row in rows), 0.3 * wide)
    interval = max(width(text, fonts) for text in [words["interval"], *(row.interval for row in rows)])
    value = max(width(text, fonts, weight=theme.SEMIBOLD) for text in [words["value"], *(row.text for row in rows)])
    edge = wide - interval - GAP
    return _Plan(names + GAP + SIDE, edge - value - GAP - SIDE, edge, wide)


def _marks(
    rows: Sequence[Row],
    slots: Sequence[Slot],
    bands: Mapping[str, Sequence[float]],
    plan: _Plan,
    decided: Collection[str],
) -> list[Spec]:
    boxes, middles, lines, dots = [], [], [], []
    for row, slot in zip(rows, slots, strict=True):
        values, y = bands[row.label], slot.y
        low, middle, high = min(values), median(values), max(values)
        ends = [low, high, *known((row.value, row.low, row.high))]
        scale = _Scale(min(ends), max(ends), plan)
        boxes.append({"x": scale.x(low), "x2": scale.x(high), "y": y - 4.5, "y2": y + 4.5})
        middles.append({"x": scale.x(middle), "x2": scale.x(middle), "y": y - 7, "y2": y + 7})
        lines += spanned(row, scale.x, y)
        if row.value is not None:
            fill = theme.ACCENT if row.label in decided else theme.PAPER
            dots.append({"x": scale.x(row.value), "y": y, "fill": fill})
    across = [{"x": 0, "x2": plan.interval, "y": slot.top, "y2": slot.top} for slot in slots[1:]]
    box = {"type": "rect", "fill": theme.BAND, "stroke": theme.CONTEXT, "strokeWidth": 0.7}
    mark: dict[str, Any] = {"type": "point", "filled": True, "opacity": 1, "size": 81, "stroke": theme.INK}
    return [
        rules(theme.HAIRLINE, 0.75, across),
        layer(box, boxes, x="x", x2="x2", y="y", y2="y2"),
        rules(theme.INK, 1.2, middles),
        rules(theme.INK, 1.6, lines),
        layer({**mark, "strokeWidth": 0.9}, dots, x="x", y="y", fill="fill"),
    ]


def _heads(plan: _Plan, words: Mapping[str, str]) -> list[Text]:
    heads = [
        Text(plan.value, 9, words["value"], align="right", weight=theme.SEMIBOLD),
        Text(plan.interval, 9, words["interval"], align="right", colour=theme.INK_2),
    ]
    return [head for head in heads if head.text]


def _cells(rows: Sequence[Row], slots: Sequence[Slot], plan: _Plan) -> list[Text]:
    cells: list[Text] = []
    for row, slot in zip(rows, slots, strict=True):
        cells += named(slot, LINE)
        cells.append(Text(plan.value, slot.y + NUMBER, row.text, align="right", weight=theme.SEMIBOLD))
        if row.interval:
            cells.append(Text(plan.interval, slot.y + NUMBER, row.interval, align="right"))
    return cells
