"""
Parts: a change taken apart, row by row: a panel of signed bars from zero for each part, all but its own on one scale.
Takes finished numbers and words; adds nothing up and composes no sentence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Unpack

from reportgen.charts import theme
from reportgen.charts.chart import Chart, Row
from reportgen.charts.picture import Said, Spec, Text, checked, invalid, known, layer, picture, rules, texts
from reportgen.charts.rows import NUMBER, Slot, named, spanned, stacked
from reportgen.charts.text import width, wrap

ROW, BAR = 18.0, 10.0  # px, height of a row of one line and of its bar
HEAD, FOOT = 24.0, 20.0  # px, above the first row and below the last
LEADING = theme.ROW * 1.1  # px from line to line of a name
GAP = 12.0  # px between columns
OWN = 0.42  # share of the room for bars that those of the own part have
LEAST = 8.0  # px, width of a panel whose bars are all next to nothing
LONGEST = 3  # an interval runs at most so many times as far as the longest bar: else it would squeeze all bars


@dataclass(frozen=True)
class _Panel:
    """A part: its rows, where its zero lies and what is left and right of it, px; and the right edge of its values."""

    head: str
    rows: Sequence[Row]
    low: float
    high: float
    left: float = 0.0
    unit: float = 1.0  # px for each unit of the value
    edge: float = 0.0

    def x(self, value: float) -> float:
        return self.left + (min(max(value, self.low), self.high) - self.low) * self.unit

    @property
    def right(self) -> float:
        return self.x(self.high)


def part_bars(
    table: Sequence[Row],
    *,
    fonts: Path,
    heads: Mapping[str, str],
    own: str,
    decided: Collection[str],
    key: str = "area",
    total: str = "",
    interval_head: str = "",
    tick: Callable[[float], str] = theme.tick,
    row: float = ROW,
    width_mm: float = 174,
    **said: Unpack[Said],
) -> Chart:
    """
    One row an area (or a sub-sector), in the order given: its name, then for each part a bar from zero and the value as
    printed. Bars are on one scale but for those of the row's own part, which are what the chart is about and often far
    smaller: they have a scale of their own, to be said. Such a bar is in colour with its interval, filled where that
    decides, else hollow; an interval far longer than all of them ends at the edge.
    The last indicator of `heads` is the sum, which has a value and no bar.
    Args:
        table: rows of the indicators of `heads`, the same keys for each. heads: indicator → head of its column.
        own: the indicator that is the row's own part. decided: keys of the rows where its interval decides.
        key: the part of their keys that tells the rows apart. total: the key of a row in numbers alone, below a rule.
        interval_head: head of the own part's interval. row: height of a row of one line, px.
    Raises: ConfigurationError: the table cannot be drawn (see `picture.checked`), or an indicator has other rows.
    """
    rows = checked(table, said["name"])
    by = {indicator: [row for row in rows if row.indicator == indicator] for indicator in heads}
    keys = [getattr(row, key) for row in by[own]]
    odd = next((one for one, part in by.items() if [getattr(row, key) for row in part] != keys), None)
    if odd is not None:
        raise invalid(said["name"], f"the part {odd!r} has other rows than {own!r}", "pass every part of every row")
    barred = [key != total for key in keys]
    panels, names, edges = _plan(by, heads, own, barred, interval_head, fonts, width_mm * theme.MM)
    slots = _placed(by[own], barred, names, row, fonts)
    bottom = slots[-1].bottom
    foot = max(slot.bottom for slot, bar in zip(slots, barred, strict=True) if bar)
    steps = _steps({one: panel for one, panel in panels.items() if one != own}, tick, fonts)
    steps |= _steps({own: panels[own]}, tick, fonts)
    layers = [
        *_grid(slots, panels, steps, barred, foot, edges[-1]),
        *_bars(slots, panels, own, barred, [key in decided for key in keys]),
        rules(theme.INK, 1.0, [_upright(panel.x(0), foot) for panel in panels.values()]),
        *texts([*_cells(slots, by, heads, panels, own, interval_head, edges), *_ticks(panels, steps, bottom, tick)]),
    ]
    return Chart(spec=picture(width_mm * theme.MM, bottom + FOOT, layers), table=rows, **said)


def _plan(
    by: Mapping[str, Sequence[Row]],
    heads: Mapping[str, str],
    own: str,
    barred: Sequence[bool],
    interval_head: str,
    fonts: Path,
    wide: float,
) -> tuple[dict[str, _Panel], float, tuple[float, float]]:
    """Panels as wide as their part's values need on their scale, the width of names, the two last right edges."""
    first = by[own]
    names = min(max(width(row.label, fonts, theme.ROW, theme.SEMIBOLD) for row in first), 0.3 * wide)
    values = {
        indicator: max(width(text, fonts, weight=theme.SEMIBOLD) for text in ["0", *(row.text for row in part)])
        for indicator, part in by.items()
    }
    intervals = max(width(text, fonts) for text in [interval_head, *(row.interval for row in first)])
    *parts, last = heads
    change = max(values[last], width(heads[last], fonts, weight=theme.SEMIBOLD))
    panels: dict[str, _Panel] = {}
    for indicator in parts:
        rows = [row for row, bar in zip(by[indicator], barred, strict=True) if bar]
        ends = known(row.value for row in rows)
        reach = LONGEST * max(map(abs, ends), default=0.0) or math.inf
        ends += known(end for row in rows for end in (row.low, row.high)) if indicator == own else []
        ends = [0.0, *(min(max(end, -reach), reach) for end in ends)]
        panels[indicator] = _Panel(heads[indicator], by[indicator], min(ends), max(ends))
    # A head is wider than a panel and its values where all of a part is small: then the panel is as wide as the head.
    room = {one: max(LEAST, width(heads[one], fonts, weight=theme.SEMIBOLD) - values[one] - 6) for one in parts}
    free = wide - names - change - intervals - 2 * GAP - sum(values[one] + 6 + GAP for one in parts)
    others = {one: panel.high - panel.low for one, panel in panels.items() if one != own}
    common = _unit(others, room, (1 - OWN) * free)
    apart = _unit({own: panels[own].high - panels[own].low}, room, OWN * free)
    at = names + GAP
    for one, panel in panels.items():
        unit = apart if one == own else common
        wanted = max(room[one], (panel.high - panel.low) * unit)
        slack = wanted - (panel.high - panel.low) * unit
        edge = at + wanted + 6 + values[one]
        panels[one] = _Panel(panel.head, panel.rows, panel.low, panel.high, at + slack, unit, edge)
        at = edge + GAP + (intervals + GAP if one == own else 0)
    return panels, names, (panels[own].edge + GAP + intervals, wide)


def _unit(reach: Mapping[str, float], least: Mapping[str, float], free: float) -> float:
    """Pixels for a unit, so that panels fill the room, none of them narrower than its least."""
    narrow: set[str] = set()
    while True:
        rest = sum(length for one, length in reach.items() if one not in narrow)
        unit = (free - sum(least[one] for one in narrow)) / rest if rest else 0.0
        more = {one for one, length in reach.items() if one not in narrow and length * unit < least[one]}
        if not more or not rest:
            return max(unit, 0.0)
        narrow |= more


def _placed(first: Sequence[Row], barred: Sequence[bool], room: float, row: float, fonts: Path) -> list[Slot]:
    names = [
        wrap(one.label, room, fonts, theme.ROW, theme.REGULAR if bar else theme.SEMIBOLD)
        for one, bar in zip(first, barred, strict=True)
    ]
    return stacked(names, top=HEAD, row=row, leading=LEADING)


def _upright(x: float, bottom: float) -> dict[str, float]:
    return {"x": x, "x2": x, "y": HEAD - 2, "y2": bottom}


def _steps(panels: Mapping[str, _Panel], tick: Callable[[float], str], fonts: Path) -> dict[str, list[float]]:
    """A round value in each panel whose bars have room for one; the same in all of a scale, so that they compare."""
    longest = max(max(panel.high, -panel.low) for panel in panels.values())
    if not longest:
        return {one: [] for one in panels}
    unit = 10 ** math.floor(math.log10(longest))
    step = max(unit * factor for factor in (0.5, 1, 2, 5) if unit * factor <= longest)
    steps = {}
    for one, panel in panels.items():
        sides = [side for side in (step, step / 2, step / 5, step / 10) if side <= max(panel.high, -panel.low)]
        apart = (width(tick(sides[0]), fonts) + width("0", fonts)) / 2 + 6 if sides else math.inf
        steps[one] = (
            [value for value in (-sides[0], sides[0]) if panel.low <= value <= panel.high]
            if sides and sides[0] * panel.unit >= apart
            else []
        )
    return steps


def _grid(
    slots: Sequence[Slot],
    panels: Mapping[str, _Panel],
    steps: Mapping[str, list[float]],
    barred: Sequence[bool],
    foot: float,
    wide: float,
) -> list[Spec]:
    upright = [_upright(panel.x(step), foot) for one, panel in panels.items() for step in steps[one]]
    between, above = (
        [
            {"x": 0, "x2": wide, "y": slot.top, "y2": slot.top}
            for slot, bar in zip(slots[1:], barred[1:], strict=True)
            if bar == has_bar
        ]
        for has_bar in (True, False)
    )
    return [rules(theme.HAIRLINE, 0.75, [*upright, *between]), rules(theme.INK, 0.8, above)]


def _bars(
    slots: Sequence[Slot], panels: Mapping[str, _Panel], own: str, barred: Sequence[bool], decided: Sequence[bool]
) -> list[Spec]:
    bars: list[dict[str, Any]] = []
    mine_bars: list[dict[str, Any]] = []
    intervals: list[dict[str, float]] = []
    for one, panel in panels.items():
        mine = one == own
        for row, slot, has_bar, firm in zip(panel.rows, slots, barred, decided, strict=True):
            if row.value is None or not has_bar:
                continue
            fill = theme.CONTEXT if not mine else theme.ACCENT if firm else theme.PAPER
            bar = {"x": panel.x(0), "x2": panel.x(row.value), "y": slot.y - BAR / 2, "y2": slot.y + BAR / 2}
            (mine_bars if mine else bars).append({**bar, "fill": fill})
            if mine:
                intervals += spanned(row, panel.x, slot.y)
    # In grey, orange is as light as the colour of the others; an outline tells it apart.
    outlined = {"type": "rect", "stroke": theme.INK, "strokeWidth": 0.9}
    return [
        layer({"type": "rect"}, bars, x="x", x2="x2", y="y", y2="y2", fill="fill"),
        layer(outlined, mine_bars, x="x", x2="x2", y="y", y2="y2", fill="fill"),
        rules(theme.INK, 1.2, intervals),
    ]


def _cells(
    slots: Sequence[Slot],
    by: Mapping[str, Sequence[Row]],
    heads: Mapping[str, str],
    panels: Mapping[str, _Panel],
    own: str,
    interval_head: str,
    edges: tuple[float, float],
) -> list[Text]:
    cells = [line for slot in slots for line in named(slot, LEADING)]
    for indicator, part in by.items():
        edge = panels[indicator].edge if indicator in panels else edges[1]
        weight = theme.SEMIBOLD if indicator == own else theme.REGULAR
        colour = theme.ACCENT_TEXT if indicator == own else theme.INK
        cells.append(Text(edge, 10, heads[indicator], align="right", weight=weight, colour=colour))
        cells += [
            Text(edge, slot.y + NUMBER, row.text, align="right", weight=weight)
            for slot, row in zip(slots, part, strict=True)
        ]
    if interval_head:
        cells.append(Text(edges[0], 10, interval_head, align="right", colour=theme.INK_2))
    cells += [
        Text(edges[0], slot.y + NUMBER, row.interval, align="right")
        for slot, row in zip(slots, by[own], strict=True)
        if row.interval
    ]
    return cells


def _ticks(
    panels: Mapping[str, _Panel], steps: Mapping[str, list[float]], bottom: float, tick: Callable[[float], str]
) -> list[Text]:
    return [
        Text(panel.x(value), bottom + 15, tick(value), align="center", colour=theme.INK_2)
        for one, panel in panels.items()
        for value in (0.0, *steps[one])
    ]
