"""
Bars: areas, or sub-sectors, ranked by a value, bars from zero, the area that the pack is about in orange.
Takes finished numbers and words; composes no sentence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

import pandas as pd

from reportgen.charts import theme
from reportgen.charts.chart import Chart
from reportgen.charts.picture import Said, Spec, Text, checked, drawn_table, invalid, layer, picture, rules, texts
from reportgen.charts.rows import NUMBER, named
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


def ranked_bars(
    table: pd.DataFrame,
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
    Other areas without a value are not drawn: say beneath how many there are (`picture.not_drawn`).
    Args:
        table: one row an area, all that are ranked, not only those shown. Equal values share a rank, marked =.
        key: the column that tells the rows apart.
        reference: a value that all are held against, drawn as a line with its name; always on the scale.
        subject: codes of the areas in orange. tick: how a number stands on the axis.
        words: of `theme.words`: rank, value, interval, reference. row: height of a row of one line, px.
    Raises: ConfigurationError: the table cannot be drawn (see `picture.checked`), a subject is not in it, or an area is
        in it twice.
    """
    rows = checked(table, said["name"])
    rows["key"] = rows[key]
    _check(rows, said["name"], subject)
    say = theme.words(words)
    shown = _ranked(rows, set(subject), most)
    plan = _plan(shown, say, fonts, width_mm * theme.MM, reference)
    room = plan.left - plan.names - 12
    lines = [wrap(one.label, room, fonts, theme.ROW, _weight(one)) for one in shown.itertuples()]
    shown = _placed(shown.assign(lines=lines), row)
    bottom = float(shown["bottom"].iloc[-1])
    steps = _steps(plan, tick, fonts)
    layers = [
        *_grid(shown, plan, bottom, steps),
        *_bars(shown, plan),
        rules(theme.INK, 1.0, [_upright(plan, at, bottom) for at in (0.0, reference) if at is not None]),
        *texts(
            [
                *_head(plan, say),
                *_named(plan, say, reference, fonts),
                *_cells(shown, plan),
                *_ticks(plan, bottom, steps, tick),
            ]
        ),
    ]
    spec = picture(width_mm * theme.MM, bottom + FOOT, layers)
    return Chart(spec=spec, table=drawn_table(shown), **said)


def _check(rows: pd.DataFrame, name: str, subject: Collection[str]) -> None:
    absent = sorted(set(subject) - set(rows["key"]))
    if absent:
        raise invalid(
            name, f"its subject {absent[0]} is not in its table", "pass the subject's row, also without a value"
        )
    twice = rows[rows["key"].duplicated()]
    if len(twice):
        raise invalid(
            name, f"{twice['label'].iloc[0]!r} is in its table twice", "choose one year, sub-sector and variant"
        )


def _ranked(rows: pd.DataFrame, subject: set[str], most: int) -> pd.DataFrame:
    """
    The rows shown, in order, with `rank` as text (empty without a value), `bright` (a subject) and `below` (the rule).
    """
    order = rows.sort_values(["full", "label", "key"], ascending=[False, True, True], na_position="last")
    place = order["full"].rank(method="min", ascending=False)
    shared = order["full"].duplicated(keep=False) & order["value"].notna()
    text = [f"{n:.0f}{'=' if tie else ''}" if n == n else "" for n, tie in zip(place, shared, strict=True)]
    order = order.assign(rank=text, bright=order["key"].isin(subject))
    first = pd.Series(range(len(order)), index=order.index) < most
    ranked = first & order["value"].notna()
    chosen = order.assign(below=~ranked)[ranked | order["bright"]]
    return chosen.reset_index(drop=True)


def _weight(row: object) -> int:
    return theme.SEMIBOLD if getattr(row, "bright", False) else theme.REGULAR


def _plan(
    shown: pd.DataFrame, say: Mapping[str, str], fonts: Path, wide: float, reference: float | None = None
) -> _Plan:
    def widest(texts_: Collection[str], size: float = theme.TEXT, weight: int = theme.SEMIBOLD) -> float:
        return max((width(text, fonts, size, weight) for text in texts_ if text), default=0.0)

    ranks = widest([say["rank"], *shown["rank"]], weight=theme.REGULAR)
    names = min(widest(list(shown["label"]), theme.ROW), NAMES * wide)
    values = widest([say["value"], *shown["text"]])
    has_interval = (shown["interval"] != "").any()
    intervals = widest([say["interval"], *shown["interval"]], weight=theme.REGULAR) + 14 if has_interval else 0.0
    value = wide - intervals
    reach = LONGEST * float(shown["value"].abs().max()) or math.inf
    ends = pd.concat([shown["value"], shown["low"], shown["high"], pd.Series([0.0])]).clip(-reach, reach)
    ends = pd.concat([ends, pd.Series([] if reference is None else [reference], dtype=float)])
    low, high, empty = float(ends.min()), float(ends.max()), bool((ends.fillna(0) == 0).all())
    left = ranks + 8 + names + 12
    return _Plan(ranks + 8, left, value - values - 12, value, wide, low, high if not empty else 1.0, empty)


def _placed(shown: pd.DataFrame, row: float) -> pd.DataFrame:
    heights = pd.Series([row + (len(lines) - 1) * LEADING for lines in shown["lines"]])
    first_below = shown["below"] & ~shown["below"].shift(fill_value=False) & (shown.index > 0)
    bottom = HEAD + heights.cumsum() + GAP * first_below.cumsum()
    return shown.assign(y=bottom - heights / 2, bottom=bottom, top=bottom - heights, rule=first_below)


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


def _grid(shown: pd.DataFrame, plan: _Plan, bottom: float, steps: Sequence[float]) -> list[Spec]:
    upright = [_upright(plan, step, bottom) for step in steps if step]
    apart = [
        {"x": 0, "x2": plan.interval, "y": top - GAP / 2, "y2": top - GAP / 2}
        for top in shown.loc[shown["rule"], "top"]
    ]
    return [rules(theme.HAIRLINE, 0.75, upright), rules(theme.INK, 0.8, apart)]


def _bars(shown: pd.DataFrame, plan: _Plan) -> list[Spec]:
    known = shown[shown["value"].notna()]
    scale = {
        "type": "linear",
        "domain": [plan.low, plan.high],
        "range": [plan.left, plan.right],
        "zero": True,
        "nice": False,
    }
    x = {"field": "value", "type": "quantitative", "scale": scale, "axis": None}
    bars = [
        {
            "value": row.value,
            "zero": 0,
            "y": row.y - BAR / 2,
            "y2": row.y + BAR / 2,
            "bright": row.bright,
        }
        for row in known.itertuples()
    ]
    bounded = known[known["low"].notna() & known["high"].notna()]
    intervals = [
        {"x": plan.x(max(row.low, plan.low)), "x2": plan.x(min(row.high, plan.high)), "y": row.y, "y2": row.y}
        for row in bounded.itertuples()
    ]
    beyond = [
        {"x": plan.x(edge), "y": row.y, "shape": shape}
        for row in bounded.itertuples()
        for runs_on, edge, shape in (
            (row.low < plan.low, plan.low, "triangle-left"),
            (row.high > plan.high, plan.high, "triangle-right"),
        )
        if runs_on
    ]
    # In grey, orange is as light as the colour of the others; an outline tells it apart.
    subject = {"color": theme.ACCENT, "stroke": theme.INK, "strokeWidth": 0.9}
    drawn = [
        layer({"type": "bar", **look}, [bar for bar in bars if bar["bright"] is bright], x=x, y="y", y2="y2", x2="zero")
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


def _cells(shown: pd.DataFrame, plan: _Plan) -> list[Text]:
    cells: list[Text] = []
    for row in shown.itertuples():
        cells += named(row, LEADING, x=plan.names, weight=_weight(row))
        bold = theme.SEMIBOLD if not math.isnan(row.value) else theme.REGULAR
        cells.append(Text(plan.value, row.y + NUMBER, row.text, align="right", weight=bold))
        if row.rank:
            cells.append(Text(plan.names - 8, row.y + NUMBER, row.rank, align="right", colour=theme.INK_2))
        if row.interval:
            cells.append(Text(plan.interval, row.y + NUMBER, row.interval, align="right"))
    return cells


def _ticks(plan: _Plan, bottom: float, steps: Sequence[float], tick: Callable[[float], str]) -> list[Text]:
    return [Text(plan.x(step), bottom + 15, tick(step), align="center", colour=theme.INK_2) for step in steps]
