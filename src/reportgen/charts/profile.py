"""
Profile: what an area's creative work is made of, a bar a sub-sector from zero, with a line at the share in the whole.
Takes finished numbers and words; computes no share and composes no sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Unpack

from reportgen.charts import theme
from reportgen.charts.chart import Chart, Row
from reportgen.charts.picture import Said, Text, checked, invalid, known, layer, picture, rules, texts
from reportgen.charts.rows import spanned
from reportgen.charts.text import width, wrap

ROW, BAR = 19.0, 11.0  # px, height of a row and of its bar
HEAD = 18.0  # px above the first row
TICK = 3.0  # px that the line of the whole stands out of a bar on either side


def profile_bars(
    table: Sequence[Row],
    whole: Mapping[str, tuple[float | None, str]],
    *,
    fonts: Path,
    heads: tuple[str, str],
    width_mm: float = 84,
    **said: Unpack[Said],
) -> Chart:
    """
    Largest share first: name, bar with its interval, the share and that of the whole as printed. A sub-sector without
    a share comes last and shows its mark alone.
    Args:
        table: one row a sub-sector of the area.
        whole: sub-sector → its share in the whole (None = not known), and how that is printed.
        heads: above the two columns of numbers, the area's and the whole's.
    Raises: ConfigurationError: the table cannot be drawn (see `picture.checked`), a share is negative, or a sub-sector
        is not in the whole.
    """
    rows = sorted(checked(table, said["name"]), key=lambda row: row.order)
    if any((row.value or 0.0) < 0 or row.sub_sector not in whole for row in rows):
        raise invalid(
            said["name"], "a share is negative, or not known of the whole", "check the findings it is made of"
        )
    wide = width_mm * theme.MM
    last = wide - _widest([heads[1], *(text for _, text in whole.values())], fonts, theme.REGULAR) - 12
    names = min(_widest([row.label for row in rows], fonts, theme.REGULAR, theme.ROW), 0.36 * wide)
    left, right = names + 10, last - _widest([heads[0], *(row.text for row in rows)], fonts, theme.SEMIBOLD) - 12
    ends = known([*(end for row in rows for end in (row.value, row.high)), *(share for share, _ in whole.values())])
    top = max(ends, default=0.0) or 1.0

    def x(share: float) -> float:
        return left + (right - left) * share / top

    bars, intervals, ticks = [], [], []
    cells = [
        Text(last, 9, heads[0], align="right", weight=theme.SEMIBOLD),
        Text(wide, 9, heads[1], align="right", colour=theme.INK_2),
    ]
    for place, row in enumerate(rows):
        y = HEAD + (place + 0.5) * ROW
        cells += [
            *_name(row.label, y, names, fonts),
            Text(last, y + 3.7, row.text, align="right", weight=theme.SEMIBOLD),
            Text(wide, y + 3.7, whole[row.sub_sector][1], align="right"),
        ]
        if row.value is not None:
            bars.append({"x": x(0), "x2": x(row.value), "y": y - BAR / 2, "y2": y + BAR / 2})
        intervals += spanned(row, x, y)
        share = whole[row.sub_sector][0]
        if share is not None:
            ticks.append({"x": x(share), "x2": x(share), "y": y - BAR / 2 - TICK, "y2": y + BAR / 2 + TICK})
    bottom = HEAD + len(rows) * ROW
    layers = [
        layer({"type": "rect", "fill": theme.ACCENT}, bars, x="x", x2="x2", y="y", y2="y2"),
        rules(theme.INK, 1.2, intervals),
        rules(theme.NAVY, 2.0, ticks),
        rules(theme.INK, 1.0, [{"x": x(0), "x2": x(0), "y": HEAD - 2, "y2": bottom + 2}]),
        *texts(cells),
    ]
    return Chart(spec=picture(wide, bottom + 4, layers), table=rows, **said)


def _widest(lines: list[str], fonts: Path, weight: int, size: float = theme.TEXT) -> float:
    return max(width(line, fonts, size, weight) for line in lines)


def _name(name: str, y: float, room: float, fonts: Path) -> list[Text]:
    """A name in the middle of its row; smaller on two lines, where it is long."""
    lines = wrap(name, room + 1, fonts, theme.ROW, theme.REGULAR)
    if len(lines) == 1:
        return [Text(0, y + 4, lines[0], size=theme.ROW)]
    lines = wrap(name, room + 1, fonts, theme.NOTE, theme.REGULAR)
    first = y + 3.4 - (len(lines) - 1) * theme.NOTE / 2
    return [Text(0, first + n * theme.NOTE, line, size=theme.NOTE) for n, line in enumerate(lines)]
