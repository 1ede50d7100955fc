"""
Rule strip: places, their rank with what chance leaves open of it, and a dot for each rule: does it select the place?
Takes finished numbers and answers; decides nothing and composes no sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Unpack

from reportgen.charts import theme
from reportgen.charts.chart import Chart, Row
from reportgen.charts.picture import Said, Spec, Text, checked, invalid, known, layer, picture, rules, texts
from reportgen.charts.rows import NUMBER, Column, Slot, columned, named, spanned, stacked
from reportgen.charts.text import width, wrap

ROW, LINE = 16.5, 13.0  # px, height of a row of one line, and of each line more
NAME = 132.0  # px, room for a name
HEAD, FOOT = 50.0, 18.0  # px, above the first row and below the last
CELL, APART = 14.0, 13.0  # px, width of a rule's column, and between groups of them
GAP = 12.0  # px between columns
_HEAD = 52.0  # px, width of the head of a further column
_NUMBER = 24.0  # px, room for what stands before a name

Groups = Mapping[str, Mapping[str, str]]  # name of a group of rules → variant of the answers → its short head


@dataclass(frozen=True)
class _Plan:
    """Right edges of the columns before and after, the plot of ranks, and the middle of each rule's column; px."""

    before: tuple[float, ...]
    left: float
    right: float
    most: float  # the last rank on the scale
    rank: float
    rules: dict[str, float]
    after: tuple[float, ...]

    def x(self, rank: float) -> float:
        return self.left + (self.right - self.left) * (rank - 1) / max(self.most - 1, 1)


def rule_strip(
    table: Sequence[Row],
    ranks: Sequence[Row],
    answers: Sequence[Row],
    *,
    fonts: Path,
    groups: Groups,
    ours: str,
    numbers: Sequence[str],
    words: Mapping[str, str],
    after: Sequence[Column] = (),
    line_after: int = 0,
    width_mm: float = 174,
    **said: Unpack[Said],
) -> Chart:
    """
    One row a place, in the order given: its number, name, value and interval, its rank as a dot with its interval, then
    a dot for each rule: filled where the rule selects the place, hollow where not, none where it has no answer.
    Args:
        table: the places with the value that they are ordered by. ranks: the rank of each, same order; may be unknown.
        answers: rows of 1 (selected) or 0, by `area` and `variant`.
        groups: the rules as columns. ours: the variant whose column is shaded.
        numbers: what stands before each name. words: heads of the columns (number, value, interval, rank), and `plot`,
            over the dots of ranks.
        after: further columns at the right, their heads in as many lines as they need.
        line_after: how many rows stand above the rule where the decision falls.
    Raises: ConfigurationError: the table cannot be drawn (see `picture.checked`), or ranks are not of its places.
    """
    rows = checked(table, said["name"])
    if [row.area for row in rows] != [rank.area for rank in ranks]:
        raise invalid(said["name"], "its ranks are not of its places", "pass the rank of every place, also if unknown")
    plan = _plan(rows, ranks, groups, numbers, words, after, fonts, width_mm * theme.MM)
    slots = stacked([wrap(row.label, NAME, fonts, theme.ROW) for row in rows], top=HEAD, row=ROW, leading=LINE)
    middles, bottom = [slot.y for slot in slots], slots[-1].bottom
    columns = [
        Column(words["value"], [row.text for row in rows], "strong"),
        Column(words["interval"], [row.interval for row in rows]),
    ]
    bare = [replace(column, head="") for column in after]  # their heads take several lines
    layers = [
        *_ground(slots, plan, ours, line_after, width_mm * theme.MM),
        *_ranks(ranks, middles, plan),
        _answers(answers, {row.area: y for row, y in zip(rows, middles, strict=True)}, plan),
        *texts(
            [
                *_heads(groups, plan, words, ours, fonts),
                *_over(after, plan, fonts),
                *(Text(0, y + NUMBER, one, colour=theme.INK_2) for y, one in zip(middles, numbers, strict=True)),
                *(line for slot in slots for line in named(slot, LINE, x=_NUMBER)),
                *columned([*columns, *bare], [*plan.before, *plan.after], middles, HEAD - 6),
                *_rank_texts(ranks, middles, plan),
                *_ticks(plan, bottom),
            ]
        ),
    ]
    spec = picture(width_mm * theme.MM, bottom + FOOT, layers)
    return Chart(spec=spec, table=[*rows, *ranks, *answers], **said)


def _plan(
    rows: Sequence[Row],
    ranks: Sequence[Row],
    groups: Groups,
    numbers: Sequence[str],
    words: Mapping[str, str],
    after: Sequence[Column],
    fonts: Path,
    wide: float,
) -> _Plan:
    def widest(lines: Sequence[str], weight: int = theme.REGULAR) -> float:
        return max(width(text, fonts, weight=weight) for text in lines)

    heads = {column.head: wrap(column.head, _HEAD, fonts) for column in after}
    value = _NUMBER + NAME + GAP + widest([words["value"], *(row.text for row in rows)], theme.SEMIBOLD)
    interval = value + GAP + widest([words["interval"], *(row.interval for row in rows)])
    ends, edge = [], wide
    for column in reversed(after):
        ends.append(edge)
        edge -= widest([*heads[column.head], *column.cells], column.weight) + GAP
    middles: dict[str, float] = {}
    for variants in reversed(list(groups.values())):
        for n, variant in enumerate(reversed(list(variants))):
            middles[variant] = edge - CELL * (n + 0.5)
        edge -= CELL * len(variants) + APART
    rank = edge
    left, right = interval + GAP + 12, rank - widest(_ranged(ranks)) - 10
    most = max(known(end for rank in ranks for end in (rank.value, rank.high)), default=1.0)
    return _Plan((value, interval), left, right, most, rank, middles, tuple(reversed(ends)))


def _ranged(ranks: Sequence[Row]) -> list[str]:
    """A rank as its interval, where it has one."""
    return [rank.interval or rank.text for rank in ranks]


def _ground(slots: Sequence[Slot], plan: _Plan, ours: str, line_after: int, wide: float) -> list[Spec]:
    x, bottom = plan.rules[ours], slots[-1].bottom
    band = [{"x": x - CELL / 2, "x2": x + CELL / 2, "y": HEAD - 16, "y2": bottom}]
    lines = {
        cut: [
            {"x": 0, "x2": wide, "y": slot.top, "y2": slot.top}
            for place, slot in enumerate(slots)
            if place and (place == line_after) == cut
        ]
        for cut in (False, True)
    }
    head = [{"x": 0, "x2": wide, "y": HEAD, "y2": HEAD}]
    upright = [{"x": plan.x(step), "x2": plan.x(step), "y": HEAD, "y2": bottom} for step in (1.0, plan.most)]
    return [
        layer({"type": "rect", "fill": theme.BAND}, band, x="x", x2="x2", y="y", y2="y2"),
        rules(theme.HAIRLINE, 0.75, [*lines[False], *upright]),
        rules(theme.RULE, 0.75, [{"x": x, "x2": x, "y": HEAD - 16, "y2": bottom} for x in (plan.left - 12,)]),
        rules(theme.INK, 0.8, [*head, *lines[True]]),
    ]


def _ranks(ranks: Sequence[Row], middles: Sequence[float], plan: _Plan) -> list[Spec]:
    lines, dots = [], []
    for rank, y in zip(ranks, middles, strict=True):
        if rank.value is None:
            continue
        dots.append({"x": plan.x(rank.value), "y": y})
        lines += spanned(rank, plan.x, y)
    mark: dict[str, Any] = {"type": "point", "filled": True, "opacity": 1, "size": 38, "fill": theme.NAVY}
    return [rules(theme.INK, 1.6, lines), layer(mark, dots, x="x", y="y")]


def _answers(answers: Sequence[Row], at: Mapping[str, float], plan: _Plan) -> Spec:
    dots = [
        {
            "x": plan.rules[row.variant],
            "y": at[row.area],
            "fill": theme.ACCENT if row.value == 1 else theme.PAPER,
            "stroke": theme.INK if row.value == 1 else theme.CONTEXT,
        }
        for row in answers
        if row.value is not None
    ]
    mark = {"type": "point", "filled": True, "opacity": 1, "size": 56, "strokeWidth": 0.9}
    return layer(mark, dots, x="x", y="y", fill="fill", stroke="stroke")


def _heads(groups: Groups, plan: _Plan, words: Mapping[str, str], ours: str, fonts: Path) -> list[Text]:
    """Names of the groups over their rules, in as many lines as they need; short heads of rules below."""
    heads = [
        Text(0, HEAD - 6, words["number"], colour=theme.INK_2),
        Text(plan.rank, HEAD - 6, words["rank"], align="right", colour=theme.INK_2),
    ]
    room = plan.rank - width(words["rank"], fonts) - 8 - plan.left
    heads += _upwards(words["plot"], plan.left - 6, room, "left", fonts)
    for name, variants in groups.items():
        middle = sum(plan.rules[one] for one in variants) / len(variants)
        lines = wrap(name, CELL * len(variants) + APART - 2, fonts)
        heads += [
            Text(middle, HEAD - 20 - (len(lines) - 1 - n) * 11.5, line, align="center", colour=theme.INK_2)
            for n, line in enumerate(lines)
        ]
        heads += [
            Text(
                plan.rules[one],
                HEAD - 5,
                short,
                align="center",
                weight=theme.SEMIBOLD if one == ours else theme.REGULAR,
            )
            for one, short in variants.items()
        ]
    return heads


def _over(after: Sequence[Column], plan: _Plan, fonts: Path) -> list[Text]:
    """The heads of the further columns."""
    ends = zip(plan.after, after, strict=True)
    return [line for edge, column in ends for line in _upwards(column.head, edge, _HEAD, "right", fonts)]


def _upwards(head: str, x: float, room: float, align: str, fonts: Path) -> list[Text]:
    """A head in as many lines as it needs, the last of them level with heads of one line."""
    lines = wrap(head, room, fonts)
    return [
        Text(x, HEAD - 6 - (len(lines) - 1 - n) * 11.5, line, align=align, colour=theme.INK_2)
        for n, line in enumerate(lines)
    ]


def _rank_texts(ranks: Sequence[Row], middles: Sequence[float], plan: _Plan) -> list[Text]:
    return [Text(plan.rank, y + NUMBER, text, align="right") for y, text in zip(middles, _ranged(ranks), strict=True)]


def _ticks(plan: _Plan, bottom: float) -> list[Text]:
    steps = dict.fromkeys((1.0, plan.most))
    return [Text(plan.x(one), bottom + 14, theme.tick(one), align="center", colour=theme.INK_2) for one in steps]
