"""
Dots: location quotients as dots with their intervals on a doubling scale; the chart is also its table.
Takes finished numbers and words; computes no quotient and composes no sentence.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Unpack

import pandas as pd

from reportgen.charts import theme
from reportgen.charts.chart import Chart
from reportgen.charts.picture import Said, Spec, Text, checked, drawn_table, invalid, layer, picture, rules, texts
from reportgen.charts.rows import NUMBER, named, stacked
from reportgen.charts.scales import along, doublings, times
from reportgen.charts.signs import CUT
from reportgen.charts.text import width, wrap

ROW = 21.0  # px, height of a row of one line
HEAD, FOOT = 40.0, 22.0  # px, above the first row and below the last
LEADING = theme.ROW * 1.15  # px from line to line of a name
MOST_STEPS = 7  # labelled on the scale
LOWEST, HIGHEST = 1 / 16, 32.0  # the scale never runs further; what lies beyond is marked at its edge


@dataclass(frozen=True)
class _Plan:
    """Where things stand, px: the plot from left to right, the columns' right edges, and the scale's ends."""

    left: float
    right: float
    quotient: float
    interval: float
    low: float
    high: float
    bottom: float

    @property
    def scale(self) -> dict[str, Any]:
        return {"type": "log", "base": 2, "domain": [self.low, self.high], "range": [self.left, self.right]}

    def x(self, value: float) -> float:
        """Where a value stands; beyond the scale at its edge."""
        return self.left + (self.right - self.left) * along(value, self.low, self.high)


def lq_dots(
    table: pd.DataFrame,
    *,
    fonts: Path,
    comparators: pd.DataFrame | None = None,
    words: Mapping[str, str] | None = None,
    width_mm: float = 174,
    **said: Unpack[Said],
) -> Chart:
    """
    One row a sub-sector, largest quotient first: label, dot with interval, quotient and interval as printed.
    The dot is filled where the interval lies on one side of 1 (the interval decides), hollow where it does not or where
    there is none. A quotient of 0 has no place on a doubling scale: an arrow stands at its left edge, like for every
    value beyond the scale. Rows without a value come last and show their mark alone. A row of the sub-sector `all`
    stands first, above a rule.
    Args:
        comparators: rows of findings of other areas (with `label`); for each sub-sector a band runs from their lowest
            to their highest value, with a tick at the median.
        words: of `theme.words`: reference, fewer, more, quotient, interval, times.
    Raises: ConfigurationError: the table cannot be drawn (see `picture.checked`), or a value is negative.
    """
    rows = _sorted(checked(table, said["name"]))
    if (rows[["value", "low", "high"]] < 0).any(axis=None):
        raise invalid(said["name"], "a location quotient is negative", "check the findings it comes from")
    say = theme.words(words)
    bands = _bands(comparators, rows)
    plan = _plan(rows, bands, say, fonts, width_mm * theme.MM)
    rows = _rows(rows, fonts, plan.left - 12)
    plan = replace(plan, bottom=float(rows["bottom"].iloc[-1]))
    bands = bands.join(rows.set_index("sub_sector")["y"], how="inner")
    layers = [
        *_grid(rows, plan),
        *_ranges(bands, plan),
        rules(theme.INK, 1.0, [{"x": plan.x(1), "x2": plan.x(1), "y": HEAD - 16, "y2": plan.bottom + 4}]),
        *_estimates(rows, plan),
        *texts([*_head(plan, say, fonts), *_cells(rows, plan), *_ticks(plan, say)]),
    ]
    spec = picture(width_mm * theme.MM, plan.bottom + FOOT, layers)
    drawn = rows if comparators is None or comparators.empty else pd.concat([rows, comparators], ignore_index=True)
    return Chart(spec=spec, table=drawn_table(drawn), **said)


def _sorted(rows: pd.DataFrame) -> pd.DataFrame:
    """`all` first, then by value from the largest, rows without a value last in the order given."""
    whole = rows["sub_sector"] != "all"
    order = rows.assign(_whole=whole, _full=-rows["full"]).sort_values(["_whole", "_full"], kind="stable")
    return order.drop(columns=["_whole", "_full"]).reset_index(drop=True)


def _rows(rows: pd.DataFrame, fonts: Path, room: float) -> pd.DataFrame:
    """Rows with their lines of label, whether the interval decides, and their place: y of the middle, bottom."""
    decides = (rows["low"] > 1) | (rows["high"] < 1)
    weights = [theme.SEMIBOLD if bold else theme.REGULAR for bold in decides]
    lines = [wrap(label, room, fonts, theme.ROW, weight) for label, weight in zip(rows["label"], weights, strict=True)]
    return stacked(rows.assign(decides=decides), lines, top=HEAD, row=ROW, leading=LEADING)


def _bands(comparators: pd.DataFrame | None, rows: pd.DataFrame) -> pd.DataFrame:
    """Lowest, middle and highest value of the comparators, by sub-sector; only where one has a value."""
    if comparators is None or comparators.empty:
        return pd.DataFrame(columns=["min", "median", "max"], dtype=float)
    known = comparators[comparators["value"].notna() & comparators["sub_sector"].isin(rows["sub_sector"])]
    by = known.assign(sub_sector=known["sub_sector"].astype(str), value=known["value"].astype(float))
    return by.groupby("sub_sector")["value"].agg(["min", "median", "max"])


def _plan(rows: pd.DataFrame, bands: pd.DataFrame, say: Mapping[str, str], fonts: Path, wide: float) -> _Plan:
    labels = max(width(label, fonts, theme.ROW, theme.SEMIBOLD) for label in rows["label"])
    left = min(labels, 0.36 * wide) + 16
    intervals = max(width(text, fonts) for text in [say["interval"], *rows["interval"]])
    quotients = max(width(text, fonts, weight=theme.SEMIBOLD) for text in [say["quotient"], *rows["text"]])
    quotient = wide - intervals - 14
    shown = pd.concat([rows["value"], rows["low"], rows["high"], *(bands[part] for part in bands)]).astype(float)
    shown = shown[shown > 0]
    # At least half to double, a little more than the data need, so that no dot is cut in half.
    low = max(min(shown.min() / 1.12, 0.45), LOWEST)
    high = min(max(shown.max() * 1.12, 2.25), HIGHEST)
    return _Plan(left, quotient - quotients - 16, quotient, wide, float(low), float(high), 0.0)


def _steps(plan: _Plan) -> list[float]:
    return doublings(plan.low, plan.high, MOST_STEPS)


def _grid(rows: pd.DataFrame, plan: _Plan) -> list[Spec]:
    across = [{"x": 0, "x2": plan.interval, "y": bottom, "y2": bottom} for bottom in rows["bottom"].iloc[:-1].tolist()]
    upright = [
        {"x": plan.x(step), "x2": plan.x(step), "y": HEAD - 4, "y2": plan.bottom + 4}
        for step in _steps(plan)
        if step != 1
    ]
    whole = rows.loc[rows["sub_sector"] == "all", "bottom"]
    below = [{"x": 0, "x2": plan.interval, "y": y, "y2": y} for y in whole if len(rows) > len(whole)]
    return [rules(theme.HAIRLINE, 0.75, [*across, *upright]), rules(theme.INK, 0.8, below)]


def _ranges(bands: pd.DataFrame, plan: _Plan) -> list[Spec]:
    boxes = [
        {"x": plan.x(low), "x2": plan.x(high), "y": y - 4.5, "y2": y + 4.5}
        | ({CUT: True} if low < plan.low or high > plan.high else {})
        for low, high, y in zip(bands["min"], bands["max"], bands.get("y", ()), strict=False)
    ]
    middles = [
        {"x": plan.x(middle), "x2": plan.x(middle), "y": y - 4.5, "y2": y + 4.5}
        for middle, y in zip(bands["median"], bands.get("y", ()), strict=False)
    ]
    box = {"type": "rect", "fill": theme.BAND, "stroke": theme.CONTEXT, "strokeWidth": 0.7}
    return [layer(box, boxes, x="x", x2="x2", y="y", y2="y2"), rules(theme.INK_3, 1.2, middles)]


def _estimates(rows: pd.DataFrame, plan: _Plan) -> list[Spec]:
    """Interval behind, dot before; an arrow at the edge where the value, or an end of its interval, lies beyond."""
    known = rows[rows["value"].notna()]
    lines = [
        {"x": plan.x(row.low), "x2": plan.x(row.high), "y": row.y, "y2": row.y}
        for row in known.itertuples()
        if not (math.isnan(row.low) or math.isnan(row.high))
    ]
    dots = [
        {
            "value": min(max(row.value, plan.low), plan.high),
            "y": row.y,
            "fill": theme.ACCENT if row.decides else theme.PAPER,
            "shape": "triangle-left"
            if row.value < plan.low
            else "triangle-right"
            if row.value > plan.high
            else "circle",
        }
        for row in known.itertuples()
    ]
    mark = {"type": "point", "filled": True, "opacity": 1, "size": 81, "stroke": theme.INK, "strokeWidth": 0.9}
    x = {"field": "value", "type": "quantitative", "scale": plan.scale, "axis": None}
    beyond = [
        {"x": plan.x(end), "y": row.y, "shape": shape}
        for row in known.itertuples()
        for runs_on, end, shape in (
            (row.low < plan.low <= row.value, row.low, "triangle-left"),
            (row.high > plan.high >= row.value, row.high, "triangle-right"),
        )
        if runs_on  # where the value itself lies beyond, its own arrow stands there
    ]
    tip = {"type": "point", "filled": True, "opacity": 1, "size": 30, "color": theme.INK}
    return [
        rules(theme.INK, 1.6, lines),
        layer(tip, beyond, x="x", y="y", shape="shape"),
        layer(mark, dots, x=x, y="y", fill="fill", shape="shape"),
    ]


def _head(plan: _Plan, say: Mapping[str, str], fonts: Path) -> list[Text]:
    """Name of the reference line, what lies on either side of it (where there is room to say so), heads of columns."""
    one, under = plan.x(1), HEAD - 8
    room = plan.quotient - width(say["quotient"], fonts, weight=theme.SEMIBOLD) - 8 - (one + 8)
    fit = width(say["more"], fonts) <= room and width(say["fewer"], fonts) <= one - 8
    sides = [
        Text(one - 8, under, say["fewer"], align="right", colour=theme.INK_2),
        Text(one + 8, under, say["more"], colour=theme.INK_2),
    ]
    return [
        Text(one, HEAD - 22, say["reference"], align="center", weight=theme.SEMIBOLD),
        *(sides if fit else []),
        Text(plan.quotient, under, say["quotient"], align="right", weight=theme.SEMIBOLD),
        Text(plan.interval, under, say["interval"], align="right", colour=theme.INK_2),
    ]


def _cells(rows: pd.DataFrame, plan: _Plan) -> list[Text]:
    cells: list[Text] = []
    for row in rows.itertuples():
        cells += named(row, LEADING, weight=theme.SEMIBOLD if row.decides else theme.REGULAR)
        bold = theme.SEMIBOLD if not math.isnan(row.value) else theme.REGULAR
        cells.append(Text(plan.quotient, row.y + NUMBER, row.text, align="right", weight=bold))
        if row.interval:
            cells.append(Text(plan.interval, row.y + NUMBER, row.interval, align="right"))
    return cells


def _ticks(plan: _Plan, say: Mapping[str, str]) -> list[Text]:
    steps = _steps(plan)
    return [
        Text(
            plan.x(step),
            plan.bottom + 17,
            times(step) + (f" {say['times']}" if step == steps[-1] and say["times"] else ""),
            align="center",
            colour=theme.INK_2,
        )
        for step in steps
    ]
