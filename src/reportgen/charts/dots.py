"""
Dots: location quotients as dots with their intervals on a doubling scale; the chart is also its table.
Takes finished numbers and words; computes no quotient and composes no sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple, Unpack

from reportgen.charts import theme
from reportgen.charts.chart import Chart, Row
from reportgen.charts.picture import Said, Spec, Text, checked, invalid, known, layer, picture, rules, texts
from reportgen.charts.rows import NUMBER, Slot, named, spanned, stacked
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


class _Band(NamedTuple):
    """What the comparators of a row have."""

    low: float
    middle: float
    high: float


class _Line(NamedTuple):
    """A row in its slot, whether its interval decides, and the band of its comparators, if any has a value."""

    row: Row
    slot: Slot
    decides: bool
    band: _Band | None


def lq_dots(
    table: Sequence[Row],
    *,
    fonts: Path,
    comparators: Sequence[Row] = (),
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
        comparators: rows of other areas; for each sub-sector a band runs from their lowest to their highest value, with
            a tick at the median.
        words: of `theme.words`: reference, fewer, more, quotient, interval, times.
    Raises: ConfigurationError: the table cannot be drawn (see `picture.checked`), or a value is negative.
    """
    rows = _sorted(checked(table, said["name"]))
    if any(number < 0 for row in rows for number in known((row.value, row.low, row.high))):
        raise invalid(said["name"], "a location quotient is negative", "check the findings it comes from")
    say = theme.words(words)
    bands = [_band(row, comparators) for row in rows]
    plan = _plan(rows, bands, say, fonts, width_mm * theme.MM)
    lines = _lines(rows, bands, fonts, plan.left - 12)
    plan = replace(plan, bottom=lines[-1].slot.bottom)
    layers = [
        *_grid(lines, plan),
        *_ranges(lines, plan),
        rules(theme.INK, 1.0, [{"x": plan.x(1), "x2": plan.x(1), "y": HEAD - 16, "y2": plan.bottom + 4}]),
        *_estimates(lines, plan),
        *texts([*_head(plan, say, fonts), *_cells(lines, plan), *_ticks(plan, say)]),
    ]
    spec = picture(width_mm * theme.MM, plan.bottom + FOOT, layers)
    return Chart(spec=spec, table=[*rows, *comparators], **said)


def _sorted(rows: Sequence[Row]) -> list[Row]:
    """`all` first, then by value from the largest, rows without a value last in the order given."""
    return sorted(rows, key=lambda row: (row.sub_sector != "all", row.order))


def _band(row: Row, comparators: Sequence[Row]) -> _Band | None:
    values = known(other.value for other in comparators if other.sub_sector == row.sub_sector)
    return _Band(min(values), median(values), max(values)) if values else None


def _lines(rows: Sequence[Row], bands: Sequence[_Band | None], fonts: Path, room: float) -> list[_Line]:
    decides = [(row.low is not None and row.low > 1) or (row.high is not None and row.high < 1) for row in rows]
    names = [wrap(row.label, room, fonts, theme.ROW, _weight(firm)) for row, firm in zip(rows, decides, strict=True)]
    slots = stacked(names, top=HEAD, row=ROW, leading=LEADING)
    return [_Line(*one) for one in zip(rows, slots, decides, bands, strict=True)]


def _weight(strong: bool) -> int:
    return theme.SEMIBOLD if strong else theme.REGULAR


def _plan(
    rows: Sequence[Row], bands: Sequence[_Band | None], say: Mapping[str, str], fonts: Path, wide: float
) -> _Plan:
    labels = max(width(row.label, fonts, theme.ROW, theme.SEMIBOLD) for row in rows)
    left = min(labels, 0.36 * wide) + 16
    intervals = max(width(text, fonts) for text in [say["interval"], *(row.interval for row in rows)])
    quotients = max(
        width(text, fonts, weight=theme.SEMIBOLD) for text in [say["quotient"], *(row.text for row in rows)]
    )
    quotient = wide - intervals - 14
    shown = known(number for row in rows for number in (row.value, row.low, row.high))
    shown = [number for number in (*shown, *(end for band in bands if band for end in band)) if number > 0]
    # At least half to double, a little more than the data need, so that no dot is cut in half.
    low = max(min(min(shown, default=1.0) / 1.12, 0.45), LOWEST)
    high = min(max(max(shown, default=1.0) * 1.12, 2.25), HIGHEST)
    return _Plan(left, quotient - quotients - 16, quotient, wide, low, high, 0.0)


def _steps(plan: _Plan) -> list[float]:
    return doublings(plan.low, plan.high, MOST_STEPS)


def _grid(lines: Sequence[_Line], plan: _Plan) -> list[Spec]:
    across = [_level(line, plan) for line in lines[:-1]]
    upright = [
        {"x": plan.x(step), "x2": plan.x(step), "y": HEAD - 4, "y2": plan.bottom + 4}
        for step in _steps(plan)
        if step != 1
    ]
    whole = [_level(line, plan) for line in lines if line.row.sub_sector == "all"]
    below = whole if len(lines) > len(whole) else []
    return [rules(theme.HAIRLINE, 0.75, [*across, *upright]), rules(theme.INK, 0.8, below)]


def _level(line: _Line, plan: _Plan) -> Spec:
    """The foot of a row, from side to side."""
    return {"x": 0, "x2": plan.interval, "y": line.slot.bottom, "y2": line.slot.bottom}


def _ranges(lines: Sequence[_Line], plan: _Plan) -> list[Spec]:
    boxes, middles = [], []
    for line in sorted(lines, key=lambda line: line.row.sub_sector):
        if line.band is None:
            continue
        (low, middle, high), y = line.band, line.slot.y
        cut = {CUT: True} if low < plan.low or high > plan.high else {}
        boxes.append({"x": plan.x(low), "x2": plan.x(high), "y": y - 4.5, "y2": y + 4.5, **cut})
        middles.append({"x": plan.x(middle), "x2": plan.x(middle), "y": y - 4.5, "y2": y + 4.5})
    box = {"type": "rect", "fill": theme.BAND, "stroke": theme.CONTEXT, "strokeWidth": 0.7}
    return [layer(box, boxes, x="x", x2="x2", y="y", y2="y2"), rules(theme.INK_3, 1.2, middles)]


def _estimates(lines: Sequence[_Line], plan: _Plan) -> list[Spec]:
    """Interval behind, dot before; an arrow at the edge where the value, or an end of its interval, lies beyond."""
    intervals, dots, beyond = [], [], []
    for row, slot, decides, _ in lines:
        if row.value is None:
            continue
        intervals += spanned(row, plan.x, slot.y)
        dots.append(
            {
                "value": min(max(row.value, plan.low), plan.high),
                "y": slot.y,
                "fill": theme.ACCENT if decides else theme.PAPER,
                "shape": "triangle-left"
                if row.value < plan.low
                else "triangle-right"
                if row.value > plan.high
                else "circle",
            }
        )
        # Where the value itself lies beyond, its own arrow stands there.
        if row.low is not None and row.low < plan.low <= row.value:
            beyond.append({"x": plan.x(row.low), "y": slot.y, "shape": "triangle-left"})
        if row.high is not None and row.high > plan.high >= row.value:
            beyond.append({"x": plan.x(row.high), "y": slot.y, "shape": "triangle-right"})
    mark = {"type": "point", "filled": True, "opacity": 1, "size": 81, "stroke": theme.INK, "strokeWidth": 0.9}
    x = {"field": "value", "type": "quantitative", "scale": plan.scale, "axis": None}
    tip = {"type": "point", "filled": True, "opacity": 1, "size": 30, "color": theme.INK}
    return [
        rules(theme.INK, 1.6, intervals),
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


def _cells(lines: Sequence[_Line], plan: _Plan) -> list[Text]:
    cells: list[Text] = []
    for row, slot, decides, _ in lines:
        cells += named(slot, LEADING, weight=_weight(decides))
        bold = _weight(row.value is not None)
        cells.append(Text(plan.quotient, slot.y + NUMBER, row.text, align="right", weight=bold))
        if row.interval:
            cells.append(Text(plan.interval, slot.y + NUMBER, row.interval, align="right"))
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
