"""
Bars: areas, or sub-sectors, ranked by a value, bars from zero, the area that the pack is about in orange.
Takes finished numbers and words; composes no sentence.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Unpack

from reportgen.charts import theme
from reportgen.charts.chart import Chart, Row
from reportgen.charts.picture import Said, Spec, Text, checked, invalid, known, layer, picture, rules, texts
from reportgen.charts.rows import NUMBER, Slot, named
from reportgen.charts.scales import round_step
from reportgen.charts.text import width, wrap

ROW, BAR = 19.0, 11.0  # px, height of a row and of its bar
GAP = 9.0  # px between the ranked rows and those below the rule
HEAD, FOOT = 18.0, 20.0  # px above the first row and below the last
LEADING = theme.ROW * 1.1  # px from line to line of a name
NAMES = 0.34  # of the width that names have at most
LONGEST = 3  # an interval runs at most so many times as far as the longest bar: else one would squeeze all bars


@dataclass(frozen=True)
class _Plan:
    """Where things stand, px: names, plot, right edges of the columns; and what the scale runs over."""

    names: float
    left: float
    right: float
    value: float
    interval: float
    low: float
    high: float
    empty: bool  # every value is 0

    def x(self, value: float) -> float:
        return self.left + (self.right - self.left) * (value - self.low) / (self.high - self.low)


class _Ranked(NamedTuple):
    """A row with its rank as text, empty without a value; whether it is a subject, and whether it is below the rule."""

    row: Row
    rank: str
    bright: bool
    below: bool

    @property
    def weight(self) -> int:
        return theme.SEMIBOLD if self.bright else theme.REGULAR


def ranked_bars(
    table: Sequence[Row],
    *,
    fonts: Path,
    key: str = "area",
    subject: Collection[str] = (),
    most: int = 25,
    tick: Callable[[float], str] = theme.tick,
    words: Mapping[str, str] | None = None,
    reference: float | None = None,
    width_mm: float = 174,
    row: float = ROW,
    **said: Unpack[Said],
) -> Chart:
    """
    The first `most` areas by value, largest first, each with rank, name, bar from zero with its interval, and the value
    and interval as printed; an interval far longer than all bars ends in an arrow. A subject of lower rank, or without
    a value, stands below a rule with its rank or mark.
    Other areas without a value are not drawn: say beneath how many there are.
    Args:
        table: one row an area, all that are ranked, not only those shown. Equal values share a rank, marked =.
        key: the part of their keys that tells the rows apart.
        reference: a value that all are held against, drawn as a line with its name; always on the scale.
        subject: codes of the areas in orange. tick: how a number stands on the axis.
        words: of `theme.words`: rank, value, interval, reference. row: height of a row of one line, px.
    Raises: ConfigurationError: the table cannot be drawn (see `picture.checked`), a subject is not in it, or an area is
        in it twice.
    """
    rows = checked(table, said["name"])
    keys = [getattr(row, key) for row in rows]
    _check(rows, keys, said["name"], subject)
    say = theme.words(words)
    shown = _ranked(rows, keys, subject, most)
    plan = _plan(shown, say, fonts, width_mm * theme.MM, reference)
    room = plan.left - plan.names - 12
    slots = _placed(shown, [wrap(one.row.label, room, fonts, theme.ROW, one.weight) for one in shown], row)
    bottom = slots[-1].bottom
    steps = _steps(plan, tick, fonts)
    layers = [
        *_grid(shown, slots, plan, steps),
        *_bars(shown, slots, plan),
        rules(theme.INK, 1.0, [_upright(plan, at, bottom) for at in (0.0, reference) if at is not None]),
        *texts(
            [
                *_head(plan, say),
                *_named(plan, say, reference, fonts),
                *_cells(shown, slots, plan),
                *_ticks(plan, bottom, steps, tick),
            ]
        ),
    ]
    spec = picture(width_mm * theme.MM, bottom + FOOT, layers)
    return Chart(spec=spec, table=[one.row for one in shown], **said)


def _check(rows: Sequence[Row], keys: Sequence[str], name: str, subject: Collection[str]) -> None:
    absent = sorted(set(subject) - set(keys))
    if absent:
        raise invalid(
            name, f"its subject {absent[0]} is not in its table", "pass the subject's row, also without a value"
        )
    counts = Counter(keys)
    twice = next((row.label for row, key in zip(rows, keys, strict=True) if counts[key] > 1), None)
    if twice is not None:
        raise invalid(name, f"{twice!r} is in its table twice", "choose one year, sub-sector and variant")


def _ranked(rows: Sequence[Row], keys: Sequence[str], subject: Collection[str], most: int) -> list[_Ranked]:
    """The rows shown, in order. Equal values, not rounded, share the rank of the first of them."""
    pairs = zip(rows, keys, strict=True)
    order = sorted(pairs, key=lambda pair: (pair[0].order, pair[0].label, pair[1]))
    counts = Counter(row.full for row in rows)
    first: dict[float, int] = {}
    shown = []
    for place, (row, key) in enumerate(order, start=1):
        tie = "=" if counts[row.full] > 1 else ""
        rank = "" if row.full is None else f"{first.setdefault(row.full, place)}{tie}"
        bright, below = key in subject, place > most or row.value is None
        if bright or not below:
            shown.append(_Ranked(row, rank, bright, below))
    return shown


def _plan(
    shown: Sequence[_Ranked], say: Mapping[str, str], fonts: Path, wide: float, reference: float | None = None
) -> _Plan:
    def widest(texts_: Collection[str], size: float = theme.TEXT, weight: int = theme.SEMIBOLD) -> float:
        return max((width(text, fonts, size, weight) for text in texts_ if text), default=0.0)

    rows = [one.row for one in shown]
    ranks = widest([say["rank"], *(one.rank for one in shown)], weight=theme.REGULAR)
    names = min(widest([row.label for row in rows], theme.ROW), NAMES * wide)
    values = widest([say["value"], *(row.text for row in rows)])
    said = [row.interval for row in rows if row.interval]
    intervals = widest([say["interval"], *said], weight=theme.REGULAR) + 14 if said else 0.0
    value = wide - intervals
    reach = LONGEST * max(map(abs, known(row.value for row in rows)), default=0.0) or math.inf
    ends = known(end for row in rows for end in (row.value, row.low, row.high))
    ends = [0.0, *(min(max(end, -reach), reach) for end in ends), *known([reference])]
    low, high, empty = min(ends), max(ends), not any(ends)
    left = ranks + 8 + names + 12
    return _Plan(ranks + 8, left, value - values - 12, value, wide, low, high if not empty else 1.0, empty)


def _placed(shown: Sequence[_Ranked], names: Sequence[Sequence[str]], row: float) -> list[Slot]:
    """Rows one below the other, with a gap for the rule above the first that stands below it."""
    slots, bottom = [], HEAD
    for place, lines in enumerate(names):
        height = row + (len(lines) - 1) * LEADING
        bottom += height + (GAP if _first_below(shown, place) else 0.0)
        slots.append(Slot(lines, bottom - height, bottom - height / 2, bottom))
    return slots


def _first_below(shown: Sequence[_Ranked], place: int) -> bool:
    return place > 0 and shown[place].below and not shown[place - 1].below


def _steps(plan: _Plan, tick: Callable[[float], str], fonts: Path) -> list[float]:
    """Round values on the scale, 0 among them, as many as their labels have room; 0 alone if nothing else is there."""
    if plan.empty:
        return [0.0]
    for rough in ((plan.high - plan.low) / most for most in (4, 3, 2, 1, 0.5)):
        step = round_step(rough)
        steps = [step * n for n in range(math.ceil(plan.low / step), math.floor(plan.high / step) + 1)]
        widest = max(width(tick(one), fonts) for one in steps)
        if len(steps) == 1 or plan.x(step) - plan.x(0) >= widest + 12:
            return steps
    return [0.0]


def _upright(plan: _Plan, value: float, bottom: float) -> Spec:
    return {"x": plan.x(value), "x2": plan.x(value), "y": HEAD - 2, "y2": bottom + 2}


def _named(plan: _Plan, say: Mapping[str, str], reference: float | None, fonts: Path) -> list[Text]:
    """The name of the line of reference over it; it ends at the line where it would else stand over the values."""
    if reference is None:
        return []
    wide = width(say["reference"], fonts)
    at, first = plan.x(reference), plan.names + 4
    if at + wide / 2 > plan.right:
        return [Text(max(at, first + wide), 9, say["reference"], align="right", colour=theme.INK_2)]
    return [Text(max(at, first + wide / 2), 9, say["reference"], align="center", colour=theme.INK_2)]


def _grid(shown: Sequence[_Ranked], slots: Sequence[Slot], plan: _Plan, steps: Sequence[float]) -> list[Spec]:
    upright = [_upright(plan, step, slots[-1].bottom) for step in steps if step]
    apart = [
        {"x": 0, "x2": plan.interval, "y": slot.top - GAP / 2, "y2": slot.top - GAP / 2}
        for place, slot in enumerate(slots)
        if _first_below(shown, place)
    ]
    return [rules(theme.HAIRLINE, 0.75, upright), rules(theme.INK, 0.8, apart)]


def _bars(shown: Sequence[_Ranked], slots: Sequence[Slot], plan: _Plan) -> list[Spec]:
    scale = {
        "type": "linear",
        "domain": [plan.low, plan.high],
        "range": [plan.left, plan.right],
        "zero": True,
        "nice": False,
    }
    x = {"field": "value", "type": "quantitative", "scale": scale, "axis": None}
    bars: dict[bool, list[Spec]] = {False: [], True: []}
    intervals, beyond = [], []
    for (row, _, bright, _), slot in zip(shown, slots, strict=True):
        if row.value is None:
            continue
        y = slot.y
        bar = {"value": row.value, "zero": 0, "y": y - BAR / 2, "y2": y + BAR / 2, "bright": bright}
        bars[bright].append(bar)
        if row.bounds is None:
            continue
        low, high = row.bounds
        intervals.append({"x": plan.x(max(low, plan.low)), "x2": plan.x(min(high, plan.high)), "y": y, "y2": y})
        if low < plan.low:
            beyond.append({"x": plan.x(plan.low), "y": y, "shape": "triangle-left"})
        if high > plan.high:
            beyond.append({"x": plan.x(plan.high), "y": y, "shape": "triangle-right"})
    # In grey, orange is as light as the colour of the others; an outline tells it apart.
    subject = {"color": theme.ACCENT, "stroke": theme.INK, "strokeWidth": 0.9}
    drawn = [
        layer({"type": "bar", **look}, bars[bright], x=x, y="y", y2="y2", x2="zero")
        for bright, look in ((False, {"color": theme.CONTEXT}), (True, subject))
    ]
    tip = {"type": "point", "filled": True, "opacity": 1, "size": 30, "color": theme.INK}
    return [*drawn, rules(theme.INK, 1.2, intervals), layer(tip, beyond, x="x", y="y", shape="shape")]


def _head(plan: _Plan, say: Mapping[str, str]) -> list[Text]:
    head = [
        Text(plan.names - 8, 9, say["rank"], align="right", colour=theme.INK_2),
        Text(plan.value, 9, say["value"], align="right", weight=theme.SEMIBOLD),
        Text(
            plan.interval, 9, say["interval"] if plan.interval > plan.value else "", align="right", colour=theme.INK_2
        ),
    ]
    return [one for one in head if one.text]


def _cells(shown: Sequence[_Ranked], slots: Sequence[Slot], plan: _Plan) -> list[Text]:
    cells: list[Text] = []
    for one, slot in zip(shown, slots, strict=True):
        row, y = one.row, slot.y + NUMBER
        cells += named(slot, LEADING, x=plan.names, weight=one.weight)
        bold = theme.REGULAR if row.value is None else theme.SEMIBOLD
        cells.append(Text(plan.value, y, row.text, align="right", weight=bold))
        if one.rank:
            cells.append(Text(plan.names - 8, y, one.rank, align="right", colour=theme.INK_2))
        if row.interval:
            cells.append(Text(plan.interval, y, row.interval, align="right"))
    return cells


def _ticks(plan: _Plan, bottom: float, steps: Sequence[float], tick: Callable[[float], str]) -> list[Text]:
    return [Text(plan.x(step), bottom + 15, tick(step), align="center", colour=theme.INK_2) for step in steps]
