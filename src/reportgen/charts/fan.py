"""
Fan: what has been, and how it goes on if it goes on as before, with the interval of that.
Takes finished numbers and words; projects nothing and composes no sentence.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, Unpack

from reportgen.charts import theme
from reportgen.charts.chart import Chart, Row
from reportgen.charts.lines import unbroken
from reportgen.charts.picture import Said, Spec, Text, checked, invalid, known, layer, picture, rules, texts
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


class _Point(NamedTuple):
    """A year with its value."""

    year: int
    value: float
    row: Row


def fan(
    table: Sequence[Row],
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
    rows = sorted(checked(table, said["name"]), key=lambda row: int(row.year))
    points = [_Point(int(row.year), row.value, row) for row in rows if row.value is not None]
    _check(rows, points, said["name"], int(last))
    say = theme.words(words)
    past = [point for point in points if point.year <= int(last)]
    ahead = [point for point in points if point.year >= int(last)]
    wide, high = width_mm * theme.MM, height_mm * theme.MM
    plan = _plan(points, ahead, fonts, wide, high)
    layers = [
        *_grid(plan, int(last)),
        *_band(ahead, plan),
        *_lines(past, ahead, plan),
        *texts(_words(ahead, plan, say)),
    ]
    return Chart(spec=picture(wide, high, layers), table=rows, **said)


def _check(rows: Sequence[Row], points: Sequence[_Point], name: str, last: int) -> None:
    twice = next((one.year for one, other in pairwise(rows) if int(one.year) == int(other.year)), None)
    if twice is not None:
        raise invalid(name, f"it has two values in {twice}", "choose one series")
    years = [point.year for point in points]
    if last not in years:
        raise invalid(name, f"its last year {last} has no value", "ask for the chart only where it has")
    if years[-1] <= last:
        raise invalid(name, f"nothing is projected beyond {last}", "draw a line of the years that are known")


def _plan(points: Sequence[_Point], ahead: Sequence[_Point], fonts: Path, wide: float, high: float) -> _Plan:
    values = [point.value for point in points]
    reach = FARTHEST * max(values)
    ends = known(end for point in ahead for end in (point.row.low, point.row.high))
    shown = [*values, *(min(end, reach) for end in ends)]
    lowest, highest = min(shown), max(shown)
    spare = 0.06 * (highest - lowest) or 1.0
    low, top = max(0.0, lowest - spare), highest + spare
    step = round_step((top - low) / 4, 0.8)
    steps = tuple(step * n for n in range(math.ceil(low / step), math.floor(top / step) + 1))
    left = max((width(theme.tick(one), fonts) for one in steps), default=0.0) + 8
    end = max(width(text, fonts, weight=theme.SEMIBOLD) for text in _at_the_end(ahead))
    return _Plan(left, wide - end - BESIDE, high - FOOT, points[0].year, points[-1].year, low, top, steps)


def _at_the_end(ahead: Sequence[_Point]) -> list[str]:
    """The value and the interval of the last year, as printed."""
    end = ahead[-1].row
    return [text for text in (end.text, end.interval) if text]


def _grid(plan: _Plan, last: int) -> list[Spec]:
    across = [{"x": plan.left, "x2": plan.right, "y": plan.y(step), "y2": plan.y(step)} for step in plan.steps]
    border: dict[str, Any] = {"x": plan.x(last), "x2": plan.x(last), "y": TOP - 6, "y2": plan.bottom}
    if plan.low > 0:
        border[ABOVE_ZERO] = True
    return [rules(theme.HAIRLINE, 0.75, across), rules(theme.INK, 0.75, [border])]


def _band(ahead: Sequence[_Point], plan: _Plan) -> list[Spec]:
    """From the last value, which is known, to the interval of the farthest year; arrows where it runs on."""
    start, *later = ahead
    bounded = [(point.year, *bounds) for point in later if (bounds := point.row.bounds)]
    if not bounded:
        return []
    edges = [(start.year, start.value, start.value), *bounded]
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


def _lines(past: Sequence[_Point], ahead: Sequence[_Point], plan: _Plan) -> list[Spec]:
    by_year = {point.year: point for point in past}
    pieces = [[by_year[year] for year in run] for run in unbroken(by_year)]
    lines = [*(_line(piece, plan, {}) for piece in pieces), _line(ahead, plan, {"strokeDash": [4, 3]})]
    dot = {"type": "point", "filled": True, "opacity": 1, "size": 36, "color": theme.ACCENT}
    return [*lines, layer(dot, [_at(ahead[0], plan), _at(ahead[-1], plan)], x="x", y="y")]


def _line(points: Sequence[_Point], plan: _Plan, more: Mapping[str, Any]) -> Spec:
    mark = {"type": "line", "color": theme.ACCENT, "strokeWidth": 2.4, "strokeJoin": "round", **more}
    return layer(mark, [_at(point, plan) for point in points], x="x", y="y")


def _at(point: _Point, plan: _Plan) -> Spec:
    return {"x": plan.x(point.year), "y": plan.y(point.value)}


def _words(ahead: Sequence[_Point], plan: _Plan, say: Mapping[str, str]) -> list[Text]:
    end = plan.y(ahead[-1].value)
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
