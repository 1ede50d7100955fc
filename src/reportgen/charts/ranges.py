"""
Ranges: how an area stands among others by several measures at once, each on a scale of its own.
Takes finished numbers and words; composes no sentence.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Unpack

import pandas as pd

from reportgen.charts import theme
from reportgen.charts.chart import Chart
from reportgen.charts.picture import Said, Spec, Text, checked, drawn_table, invalid, layer, picture, rules, texts
from reportgen.charts.rows import NUMBER, named, stacked
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
    table: pd.DataFrame,
    others: pd.DataFrame,
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
    known = others[others["value"].notna()]
    alone = [label for label in rows["label"] if label not in set(known["label"])]
    if alone:
        raise invalid(said["name"], f"{alone[0]!r} has no other areas", "leave the row out, or pass all areas' values")
    plan = _plan(rows, words, fonts, width_mm * theme.MM)
    rows = _placed(rows, fonts, plan.left - GAP - SIDE)
    bands = known.assign(value=known["value"].astype(float)).groupby("label")["value"].agg(["min", "median", "max"])
    layers = [*_marks(rows, bands, plan, decided), *texts([*_heads(plan, words), *_cells(rows, plan)])]
    bottom = float(rows["bottom"].iloc[-1])
    drawn = pd.concat([rows, known], ignore_index=True)
    return Chart(spec=picture(width_mm * theme.MM, bottom + FOOT, layers), table=drawn_table(drawn), **said)


def _plan(rows: pd.DataFrame, words: Mapping[str, str], fonts: Path, wide: float) -> _Plan:
    names = min(max(width(label, fonts, theme.ROW) for label in rows["label"]), 0.3 * wide)
    interval = max(width(text, fonts) for text in [words["interval"], *rows["interval"]])
    value = max(width(text, fonts, weight=theme.SEMIBOLD) for text in [words["value"], *rows["text"]])
    edge = wide - interval - GAP
    return _Plan(names + GAP + SIDE, edge - value - GAP - SIDE, edge, wide)


def _placed(rows: pd.DataFrame, fonts: Path, room: float) -> pd.DataFrame:
    lines = [wrap(label, room, fonts, theme.ROW) for label in rows["label"]]
    return stacked(rows, lines, top=HEAD, row=ROW, leading=LINE)


def _marks(rows: pd.DataFrame, bands: pd.DataFrame, plan: _Plan, decided: Collection[str]) -> list[Spec]:
    boxes, middles, lines, dots = [], [], [], []
    for row in rows.itertuples():
        low, middle, high = bands.loc[row.label]
        ends = pd.Series([low, high, row.value, row.low, row.high]).dropna()
        scale = _Scale(float(ends.min()), float(ends.max()), plan)
        boxes.append({"x": scale.x(low), "x2": scale.x(high), "y": row.y - 4.5, "y2": row.y + 4.5})
        middles.append({"x": scale.x(middle), "x2": scale.x(middle), "y": row.y - 7, "y2": row.y + 7})
        if row.low == row.low and row.high == row.high:
            lines.append({"x": scale.x(row.low), "x2": scale.x(row.high), "y": row.y, "y2": row.y})
        if row.value == row.value:
            fill = theme.ACCENT if row.label in decided else theme.PAPER
            dots.append({"x": scale.x(row.value), "y": row.y, "fill": fill})
    across = [{"x": 0, "x2": plan.interval, "y": top, "y2": top} for top in rows["top"].iloc[1:]]
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


def _cells(rows: pd.DataFrame, plan: _Plan) -> list[Text]:
    cells: list[Text] = []
    for row in rows.itertuples():
        cells += named(row, LINE)
        cells.append(Text(plan.value, row.y + NUMBER, row.text, align="right", weight=theme.SEMIBOLD))
        if row.interval:
            cells.append(Text(plan.interval, row.y + NUMBER, row.interval, align="right"))
    return cells
