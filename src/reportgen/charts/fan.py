"""
Fan: what has been, and how it goes on if it goes on as before, with the interval of that.
Takes finished numbers and words; projects nothing and composes no sentence.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Unpack

import pandas as pd

from reportgen.charts import theme
from reportgen.charts.chart import Chart
from reportgen.charts.picture import Said, Spec, Text, checked, drawn_table, invalid, layer, picture, rules, texts
from reportgen.charts.scales import round_step
from reportgen.charts.signs import ABOVE_ZERO
from reportgen.charts.text import width

TOP, FOOT = 22.0, 24.0  # px above and below the plot
BESIDE = 10.0  # px between the plot and what stands beside it
FARTHEST = 2.0  # the scale runs to at most so many times the highest value: else a wide interval would flatten the line


@dataclass(frozen=True)
class _Plan:
    """The plot, px, and what its scales run over; the steps that have a label."""

    left: float
    right: float
    bottom: float
    first: int
    last: int
    low: float
    high: float
    steps: tuple[float, ...]

    def x(self, year: float) -> float:
        return self.left + (self.right - self.left) * (year - self.first) / (self.last - self.first)

    def y(self, value: float) -> float:
        inside = min(max(value, self.low), self.high)
        return self.bottom - (self.bottom - TOP) * (inside - self.low) / (self.high - self.low)


def fan(
    table: pd.DataFrame,
    *,
    fonts: Path,
    last: str,
    words: Mapping[str, str] | None = None,
    width_mm: float = 174,
    height_mm: float = 58,
    **said: Unpack[Said],
) -> Chart:
    """
    One line through the years, whole as far as numbers are known, dashed where they are carried on, with a band from
    low to high there; the end of the line has its value as printed, the ends of the band have theirs.
    A year without a value is a gap, never bridged. The scale need not begin at nought.
    Args:
        table: rows of findings of one series, one a year; those after `last` are projected.
        last: the last year that is known; it has a value.
        words: of `theme.words`: value (what the numbers are, above the axis).
    Raises: ConfigurationError: the table cannot be drawn (see `picture.checked`), a year is in it twice, `last` has no
        value, or nothing lies behind it.
    """
    rows = checked(table, said["name"])
    rows["year"] = rows["year"].astype(int)
    rows = rows.sort_values("year", ignore_index=True)
    _check(rows, said["name"], int(last))
    say = theme.words(words)
    known = rows[rows["value"].notna()]
    past, ahead = known[known["year"] <= int(last)], known[known["year"] >= int(last)]
    wide, high = width_mm * theme.MM, height_mm * theme.MM
    plan = _plan(known, ahead, fonts, wide, high)
    layers = [
        *_grid(plan, int(last)),
        *_band(ahead, plan),
        *_lines(past, ahead, plan),
        *texts(_words(ahead, plan, say)),
    ]
    return Chart(spec=picture(wide, high, layers), table=drawn_table(rows.astype({"year": str})), **said)


def _check(rows: pd.DataFrame, name: str, last: int) -> None:
    twice = rows[rows["year"].duplicated()]
    if len(twice):
        raise invalid(name, f"it has two values in {twice['year'].iloc[0]}", "choose one series")
    known = rows.loc[rows["value"].notna(), "year"]
    if last not in known.tolist():
        raise invalid(name, f"its last year {last} has no value", "ask for the chart only where it has")
    if known.max() <= last:
        raise invalid(name, f"nothing is projected beyond {last}", "draw a line of the years that are known")


def _plan(known: pd.DataFrame, ahead: pd.DataFrame, fonts: Path, wide: float, high: float) -> _Plan:
    reach = FARTHEST * float(known["value"].max())
    shown = pd.concat([known["value"], ahead[["low", "high"]].stack().clip(upper=reach)])
    lowest, highest = float(shown.min()), float(shown.max())
    spare = 0.06 * (highest - lowest) or 1.0
    low, top = max(0.0, lowest - spare), highest + spare
    step = round_step((top - low) / 4, 0.8)
    steps = tuple(step * n for n in range(math.ceil(low / step), math.floor(top / step) + 1))
    left = max((width(theme.tick(one), fonts) for one in steps), default=0.0) + 8
    end = max(width(text, fonts, weight=theme.SEMIBOLD) for text in _at_the_end(ahead))
    years = int(known["year"].min()), int(known["year"].max())
    return _Plan(left, wide - end - BESIDE, high - FOOT, *years, low, top, steps)


def _at_the_end(ahead: pd.DataFrame) -> list[str]:
    """The value and the interval of the last year, as printed."""
    end = ahead.iloc[-1]
    return [text for text in (str(end["text"]), str(end["interval"])) if text]


def _grid(plan: _Plan, last: int) -> list[Spec]:
    across = [{"x": plan.left, "x2": plan.right, "y": plan.y(step), "y2": plan.y(step)} for step in plan.steps]
    border: dict[str, Any] = {"x": plan.x(last), "x2": plan.x(last), "y": TOP - 6, "y2": plan.bottom}
    if plan.low > 0:
        border[ABOVE_ZERO] = True
    return [rules(theme.HAIRLINE, 0.75, across), rules(theme.INK, 0.75, [border])]


def _band(ahead: pd.DataFrame, plan: _Plan) -> list[Spec]:
    """From the last value, which is known, to the interval of the farthest year; arrows where it runs on."""
    bounded = ahead[ahead["low"].notna() & ahead["high"].notna()].iloc[1 if ahead["low"].notna().iloc[0] else 0 :]
    if bounded.empty:
        return []
    start = ahead.iloc[0]
    edges = [(start["year"], start["value"], start["value"])]
    edges += list(zip(bounded["year"], bounded["low"], bounded["high"], strict=True))
    corners = [{"x": plan.x(year), "y": plan.y(low), "y2": plan.y(high)} for year, low, high in edges]
    area = {"type": "area", "color": theme.ACCENT, "opacity": 0.22}
    tip = {"type": "point", "filled": True, "opacity": 1, "size": 30, "color": theme.ACCENT}
    beyond = [
        {"x": plan.x(year), "y": plan.y(edge), "shape": shape}
        for year, low, high in edges
        for runs_on, edge, shape in (
            (low < plan.low, plan.low, "triangle-down"),
            (high > plan.high, plan.high, "triangle-up"),
        )
        if runs_on
    ]
    return [layer(area, corners, x="x", y="y", y2="y2"), layer(tip, beyond, x="x", y="y", shape="shape")]


def _lines(past: pd.DataFrame, ahead: pd.DataFrame, plan: _Plan) -> list[Spec]:
    made: list[Spec] = []
    gaps = past["year"].diff().gt(1).cumsum()
    for _, piece in past.groupby(gaps):
        made.append(_line(piece, plan, {}))
    made.append(_line(ahead, plan, {"strokeDash": [4, 3]}))
    ends = [{"x": plan.x(row.year), "y": plan.y(row.value)} for row in ahead.iloc[[0, -1]].itertuples()]
    dot = {"type": "point", "filled": True, "opacity": 1, "size": 36, "color": theme.ACCENT}
    return [*made, layer(dot, ends, x="x", y="y")]


def _line(rows: pd.DataFrame, plan: _Plan, more: Mapping[str, Any]) -> Spec:
    mark = {"type": "line", "color": theme.ACCENT, "strokeWidth": 2.4, "strokeJoin": "round", **more}
    points = [{"x": plan.x(row.year), "y": plan.y(row.value)} for row in rows.itertuples()]
    return layer(mark, points, x="x", y="y")


def _words(ahead: pd.DataFrame, plan: _Plan, say: Mapping[str, str]) -> list[Text]:
    end = plan.y(float(ahead["value"].iloc[-1]))
    place = plan.right + BESIDE
    value, *interval = _at_the_end(ahead)
    found = [Text(place, end + 1, value, weight=theme.SEMIBOLD, colour=theme.ACCENT_TEXT)]
    found += [Text(place, end + 13, text, colour=theme.INK_2) for text in interval]
    found += [
        Text(plan.left - 8, plan.y(step) + 3.7, theme.tick(step), align="right", colour=theme.INK_2)
        for step in plan.steps
    ]
    every = max(1, math.ceil(40 / ((plan.right - plan.left) / (plan.last - plan.first))))
    found += [
        Text(plan.x(year), plan.bottom + 17, str(year), align="center", colour=theme.INK_2)
        for year in range(plan.last, plan.first - 1, -every)
    ]
    return [*found, *([Text(0, 9, f"↑ {say['value']}", colour=theme.INK_2)] if say["value"] else [])]
