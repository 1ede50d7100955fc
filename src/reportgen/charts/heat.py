"""
Heat: every pair of a list as a cell with its number, the lower triangle alone, with the tree that joins the list.
Takes finished numbers, names in their order and the heights of a tree; computes no statistics and composes no sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, Unpack

from reportgen.charts import theme
from reportgen.charts.chart import Chart, Row
from reportgen.charts.picture import Said, Spec, Text, checked, invalid, known, layer, picture, rules, texts
from reportgen.charts.rows import NUMBER, Column
from reportgen.charts.text import width, wrap

TONES = ("#F2F4F6", "#DCE9F5", "#A9CBE8", "#5C9BD1", theme.NAVY)  # white text stands on the last alone
TREE = 14 * theme.MM  # px, width of the tree
HEAD = 18.0  # px above the first row, where columns of numbers have a head
NAME = 1.1  # leading of a name of two lines
SWATCH = 34.0  # px, width of a tone in the key
_GAP = 1.0  # px of paper between cells


@dataclass(frozen=True)
class _Plan:
    """Where things stand, px: the cells from left on, their size, the top of the first row, the picture's width."""

    left: float
    cell: float
    row: float
    top: float
    wide: float

    def middle(self, place: int) -> float:
        return self.top + (place + 0.5) * self.row


class _Cell(NamedTuple):
    """A pair in its place, and the number that its tone is of; None where it has none."""

    down: int
    across: int
    row: Row
    shade: float | None


def heat_map(
    table: Sequence[Row],
    *,
    fonts: Path,
    names: Mapping[str, str],
    pair: tuple[str, str],
    darkest: Literal["high", "low"] = "high",
    steps: Sequence[float] = (),
    digits: int = 2,
    key: bool = False,
    joins: Sequence[float] = (),
    columns: Sequence[Column] = (),
    width_mm: float = 174,
    row: float = 24,
    **said: Unpack[Said],
) -> Chart:
    """
    A row for each name, with a cell for each name before it. A name stands at the end of its row, which is the head of
    its column. A cell without a value is white and shows its mark.
    Args:
        table: one row a pair, the text of each as printed.
        names: key → name, in the order in which they stand.
        pair: the two parts of a row's key that hold the keys of a pair, in either order.
        darkest: whether the highest or the lowest values have the darkest tone.
        steps: the four values at which the tones change; if not given, five equal parts from the lowest to the highest.
        digits: decimals that the texts have: the tone is that of the number as printed, and so are steps not given.
        key: whether the corner that the cells leave free has a key of the tones.
        joins: height at which each name and the next are joined, one fewer than names; draws the tree on the left,
            in the order of the heights.
        columns: numbers to the right of the cells.
    Raises: ConfigurationError: the table cannot be drawn (see `picture.checked`), a pair is not in it, or the joins are
        not as many as they must be.
    """
    rows = checked(table, said["name"])
    found = {frozenset(getattr(row, part) for part in pair): row for row in rows}
    keys = list(names)
    wanted = [(n, m, frozenset((keys[n], keys[m]))) for n in range(len(keys)) for m in range(n)]
    absent = [names[keys[n]] + ", " + names[keys[m]] for n, m, both in wanted if both not in found]
    if absent:
        raise invalid(said["name"], f"its table lacks the pair {absent[0]}", "give a row for each pair, also unknown")
    if joins and len(joins) != len(keys) - 1:
        raise invalid(said["name"], "its tree does not fit its names", "give a height for each name and the next")
    cells = [_Cell(n, m, found[both], _shade(found[both].value, digits)) for n, m, both in wanted]
    plan = _plan(list(names.values()), columns, bool(joins), fonts, width_mm * theme.MM, row)
    steps = steps or _equal(known(cell.shade for cell in cells), digits)
    beside = plan.wide - sum(_width(column, fonts) for column in columns) - 12
    layers = [
        *_tree(joins, plan),
        *_cells(cells, plan, darkest, steps),
        *(_key(steps, darkest, digits, beside, plan) if key else []),
        *texts([*_names(list(names.values()), columns, plan, fonts), *_columns(columns, plan, fonts)]),
    ]
    spec = picture(plan.wide, plan.top + len(keys) * row + 2, layers)
    return Chart(spec=spec, table=[cell.row for cell in cells], **said)


def _shade(value: float | None, digits: int) -> float | None:
    """A value as printed; but what is next to 0 keeps its side of it."""
    return value if value is None else round(value, digits) or value


def _equal(values: Sequence[float], digits: int) -> list[float]:
    """Where five equal parts from the lowest to the highest value meet, as they can be printed."""
    low, high = min(values), max(values)
    return [round(low + (high - low) * n / len(TONES), digits) for n in range(1, len(TONES))]


def _key(steps: Sequence[float], darkest: str, digits: int, right: float, plan: _Plan) -> list[Spec]:
    """The tones in a row from the lowest values to the highest, with the steps where they meet; ends at `right`."""
    tones = TONES if darkest == "high" else TONES[::-1]
    left, top = right - len(tones) * SWATCH, plan.top + 4
    boxes = [
        {"x": left + n * SWATCH, "x2": left + (n + 1) * SWATCH - _GAP, "y": top, "y2": top + 10, "fill": tone}
        for n, tone in enumerate(tones)
    ]
    numbers = [
        Text(left + (n + 1) * SWATCH - _GAP / 2, top + 22, f"{step:.{digits}f}", align="center", colour=theme.INK_2)
        for n, step in enumerate(steps)
    ]
    return [layer({"type": "rect"}, boxes, x="x", x2="x2", y="y", y2="y2", fill="fill"), *texts(numbers)]


def _plan(names: Sequence[str], columns: Sequence[Column], tree: bool, fonts: Path, wide: float, row: float) -> _Plan:
    """Cells as wide as leaves room for the last names, on two lines where they are long, and for the columns."""
    left = TREE if tree else 0.0
    room = wide - left - sum(_width(column, fonts) for column in columns)
    # The name of row n begins behind n cells: every name bounds the cells' width, the last ones most.
    widest = [_halved(name, fonts) + 12 for name in names]
    cell = min(((room - need) / n for n, need in enumerate(widest) if n), default=room)
    return _Plan(left, min(cell, 2.4 * row), row, HEAD if columns else 2.0, wide)


def _width(column: Column, fonts: Path) -> float:
    return max(width(text, fonts, weight=column.weight) for text in (column.head, *column.cells) if text) + 16


def _halved(name: str, fonts: Path) -> float:
    """How wide a name is on the two lines that it may take."""
    whole = width(name, fonts, theme.ROW, theme.SEMIBOLD)
    for limit in (whole * part / 20 for part in range(10, 20)):
        lines = wrap(name, limit, fonts, theme.ROW, theme.SEMIBOLD)
        widest = max(width(line, fonts, theme.ROW, theme.SEMIBOLD) for line in lines)
        if len(lines) <= 2 and widest <= limit:
            return limit
    return whole


def _tree(joins: Sequence[float], plan: _Plan) -> list[Spec]:
    """
    The joins, lowest first: each draws the two it joins and the line between them. They stand at equal steps, as many
    heights lie so close that their lines would run together; the cells have the distances.
    """
    if not joins:
        return []
    ends = plan.left - 5
    nodes = [(place, place, ends, plan.middle(place)) for place in range(len(joins) + 1)]  # first, last leaf, x, y
    lines = []
    for step, place in enumerate(sorted(range(len(joins)), key=lambda place: (joins[place], place)), start=1):
        at = next(n for n, node in enumerate(nodes) if node[1] == place)
        upper, lower = nodes[at], nodes[at + 1]
        x = ends - (ends - 2) * step / len(joins)
        lines += [{"x": x, "x2": node[2], "y": node[3], "y2": node[3]} for node in (upper, lower)]
        lines.append({"x": x, "x2": x, "y": upper[3], "y2": lower[3]})
        nodes[at : at + 2] = [(upper[0], lower[1], x, (upper[3] + lower[3]) / 2)]
    return [rules(theme.INK_3, 1.0, lines)]


def _cells(cells: Sequence[_Cell], plan: _Plan, darkest: str, steps: Sequence[float]) -> list[Spec]:
    boxes, numbers = [], []
    for cell in cells:
        x, y = plan.left + cell.across * plan.cell, plan.top + cell.down * plan.row
        tone = theme.PAPER
        if cell.shade is not None:
            above = sum(cell.shade >= step for step in steps)
            tone = TONES[above if darkest == "high" else len(steps) - above]
        box = {"x": x, "x2": x + plan.cell - _GAP, "y": y, "y2": y + plan.row - _GAP}
        boxes.append({**box, "fill": tone, "line": theme.RULE if cell.shade is None else tone})
        ink = theme.PAPER if tone == TONES[-1] else theme.INK
        middle = x + (plan.cell - _GAP) / 2
        numbers.append(Text(middle, plan.middle(cell.down) + 3.2, cell.row.text, align="center", colour=ink))
    mark = {"type": "rect", "strokeWidth": 0.5}
    return [layer(mark, boxes, x="x", x2="x2", y="y", y2="y2", fill="fill", stroke="line"), *texts(numbers)]


def _names(names: Sequence[str], columns: Sequence[Column], plan: _Plan, fonts: Path) -> list[Text]:
    room = plan.wide - plan.left - sum(_width(column, fonts) for column in columns)
    found = []
    for place, name in enumerate(names):
        x = plan.left + place * plan.cell
        limit = max(min(room - place * plan.cell - 8, width(name, fonts, theme.ROW, theme.SEMIBOLD)), 1.0)
        lines = wrap(name, limit, fonts, theme.ROW, theme.SEMIBOLD)
        first = plan.middle(place) + 4 - (len(lines) - 1) * theme.ROW * NAME / 2
        found += [
            Text(x + 4, first + n * theme.ROW * NAME, line, size=theme.ROW, weight=theme.SEMIBOLD)
            for n, line in enumerate(lines)
        ]
    return found


def _columns(columns: Sequence[Column], plan: _Plan, fonts: Path) -> list[Text]:
    found, right = [], plan.wide
    for column in reversed(columns):
        found.append(Text(right, HEAD - 7, column.head, align="right", colour=theme.INK_2))
        found += [
            Text(right, plan.middle(place) + NUMBER, text, align="right", weight=column.weight)
            for place, text in enumerate(column.cells)
            if text
        ]
        right -= _width(column, fonts)
    return found
