"""
The small stories of the infographic: a finding above rows of bars or dots, or above two lines.
Takes finished words and numbers, gives lines and shapes in px.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from reportgen.charts import theme
from reportgen.charts.picture import Text
from reportgen.charts.poster_sheet import COLUMNS, GAP, Sheet
from reportgen.charts.text import spread, width, wrap

TITLE, NOTE = 10.5 * theme.PT, theme.NOTE
NAMES = 0.44  # of a column: room for names
LINE = theme.TEXT * 1.08  # px from line to line of a name
LINES_LEAST = 100.0  # px, height of lines over years, at least
APART, LOOSEST = 1.4, 8.0  # px between rows, and at most as much more


@dataclass(frozen=True)
class Row:
    """A number with its name: `text` as it is printed; value, low and high None where nobody knows them.
    An own row is of the pack's place: it is in its colour and always shown."""

    label: str
    text: str
    value: float | None
    low: float | None
    high: float | None
    bright: bool = False
    own: bool = False


@dataclass(frozen=True)
class Series:
    """
    A line: year by year a value or None; `text` stands at its end, and the interval of its last value, if known.
    Args: open: whether that interval includes no change.
    """

    label: str
    text: str
    values: tuple[float | None, ...]
    bright: bool = False
    interval: tuple[float, float] | None = None
    open: bool = False


@dataclass(frozen=True)
class Story:
    """
    A finding with its picture.
    Args:
        kind: bars from nought, dots about `line`, or lines over years.
        note: what is shown; ends: first and last year of lines.
    """

    title: str
    note: str
    kind: Literal["bars", "dots", "lines"]
    rows: tuple[Row, ...] = ()
    series: tuple[Series, ...] = ()
    line: float = 1.0
    ends: tuple[str, str] = ("", "")


def told(sheet: Sheet, stories: Sequence[Story], fonts: Path, box: tuple[float, float, float, float]) -> None:
    """Stories side by side in a box: left, top, right, bottom; their pictures begin on one line."""
    left, top, right, bottom = box
    room = (right - left - GAP * (COLUMNS - 1)) / COLUMNS
    begin = top
    for number, story in enumerate(stories):
        x = left + number * (room + GAP)
        sheet.rules.append((x, top, room, theme.INK))
        y = top + 4
        for line in wrap(story.title, room, fonts, TITLE, theme.SEMIBOLD, even=False):
            y += TITLE * 1.22
            put(sheet, x, y, line, TITLE, theme.SEMIBOLD)
        begin = max(begin, y)
    for number, story in enumerate(stories):
        x = left + number * (room + GAP)
        notes = wrap(story.note, room, fonts, NOTE, even=False)
        end = bottom - len(notes) * NOTE * 1.25
        for place, line in enumerate(notes, start=1):
            put(sheet, x, end + place * NOTE * 1.25, line, NOTE, colour=theme.INK_3)
        if story.kind == "lines":
            _series(sheet, story, (x, begin + 16, x + room, end - 4), fonts)
        else:
            _rows(sheet, story, (x, begin + 14, x + room, end - 2), fonts)


def needed(stories: Sequence[Story], fonts: Path, room: float) -> float:
    """Px from the top of stories to their foot, at least, so that every row of theirs is shown."""
    column = (room - GAP * (COLUMNS - 1)) / COLUMNS
    heads = [len(wrap(story.title, column, fonts, TITLE, theme.SEMIBOLD, even=False)) for story in stories]
    below = max((_below(story, fonts, column) for story in stories), default=0.0)
    return below + 4 + max(heads, default=0) * TITLE * 1.22


def _below(story: Story, fonts: Path, column: float) -> float:
    """Px that the picture of a story and its note need below the titles."""
    notes = len(wrap(story.note, column, fonts, NOTE, even=False)) * NOTE * 1.25
    rows = sum(len(lines) * LINE + APART for lines in _names(story, fonts, column))
    return notes + (LINES_LEAST + 20 if story.kind == "lines" else rows + 17)


def _names(story: Story, fonts: Path, column: float) -> list[list[str]]:
    """The names of its rows, in lines."""
    return [wrap(row.label, column * NAMES, fonts, theme.TEXT, _weight(row)) for row in story.rows]


def _weight(row: Row) -> int:
    return theme.SEMIBOLD if row.bright else theme.REGULAR


def put(
    sheet: Sheet,
    x: float,
    y: float,
    text: str,
    size: float = theme.TEXT,
    weight: int = theme.REGULAR,
    colour: str = theme.INK,
) -> None:
    """A line of text that begins at x."""
    sheet.lines.append(Text(x, y, text, size=size, weight=weight, colour=colour))


def put_before(sheet: Sheet, x: float, y: float, text: str, fonts: Path, weight: int, colour: str) -> None:
    """A line of text that ends at x: measured here, as drawing programs disagree on ends."""
    put(sheet, x - width(text, fonts, theme.TEXT, weight), y, text, weight=weight, colour=colour)


def _rows(sheet: Sheet, story: Story, box: tuple[float, float, float, float], fonts: Path) -> None:
    """A row each: name, mark, number. As many as there is room for, the bright ones of a list of places among them."""
    left, top, right, bottom = box
    weights = [_weight(row) for row in story.rows]
    room = (right - left) * NAMES
    lines = _names(story, fonts, right - left)
    shown = _fitting(story, [len(each) * LINE + APART for each in lines], bottom - top)
    spare = (bottom - top - sum(len(lines[i]) * LINE + APART for i in shown)) / max(len(shown), 1)
    numbers = max((width(story.rows[i].text, fonts, theme.TEXT, weights[i]) for i in shown), default=0.0)
    at = _scale([story.rows[i] for i in shown], story, left + room + 8, right - numbers - 8)
    y = top
    for i in shown:
        row, begin = story.rows[i], y
        colour = theme.ACCENT_TEXT if row.bright else theme.INK
        for line in lines[i]:
            y += LINE
            put(sheet, left, y, line, weight=weights[i], colour=colour)
        middle = (begin + y) / 2 + LINE / 2
        put_before(sheet, right, middle, row.text, fonts, weights[i], theme.INK)
        sheet.shapes.extend(_marks(row, story, at, middle - 3.6))
        y += APART + min(max(spare, 0.0), LOOSEST)


def _fitting(story: Story, heights: Sequence[float], room: float) -> list[int]:
    """The first rows that fit, and every row of the pack's own place."""
    left = room - sum(height for row, height in zip(story.rows, heights, strict=True) if row.own)
    kept, full = [], False
    for i, row in enumerate(story.rows):
        full = full or (not row.own and heights[i] > left)
        if row.own or not full:
            kept.append(i)
            left -= 0.0 if row.own else heights[i]
    return kept


class _Scale:
    def __init__(self, low: float, high: float, left: float, right: float) -> None:
        self.low, self.per = low, (right - left) / ((high - low) or 1.0)
        self.left, self.right = left, right

    def __call__(self, value: float) -> float:
        return round(min(max(self.left + (value - self.low) * self.per, self.left), self.right), 1)


def _scale(rows: Sequence[Row], story: Story, left: float, right: float) -> _Scale:
    ends = [end for row in rows for end in (row.value, row.low, row.high) if end is not None]
    if story.kind == "bars":
        return _Scale(0.0, max(ends, default=1.0), left, right)
    low, high = min([*ends, story.line]), max([*ends, story.line])
    margin = (high - low) * 0.05 or 0.1
    return _Scale(low - margin, high + margin, left, right)


def _marks(row: Row, story: Story, at: _Scale, y: float) -> Iterator[dict[str, Any]]:
    fill = theme.ACCENT if row.bright or row.own else theme.CONTEXT
    if story.kind == "dots":
        yield {"kind": "line", "x1": at.left, "y1": y, "x2": at.right, "y2": y, "colour": theme.HAIRLINE, "width": 1}
        yield {
            "kind": "line",
            "x1": at(story.line),
            "y1": y - 4,
            "x2": at(story.line),
            "y2": y + 4,
            "colour": theme.INK,
            "width": 1,
        }
    if row.value is None:
        return
    if story.kind == "bars":
        yield {
            "kind": "rect",
            "x": at(0.0),
            "y": y - 3,
            "width": round(at(row.value) - at(0.0), 1),
            "height": 6,
            "fill": fill,
            "edge": theme.INK if row.bright else theme.PAPER,
        }
    if row.low is not None and row.high is not None:
        width = 1.6 if story.kind == "dots" else 1.2
        yield {
            "kind": "line",
            "x1": at(row.low),
            "y1": y,
            "x2": at(row.high),
            "y2": y,
            "colour": theme.INK,
            "width": width,
        }
    if story.kind == "dots":
        hollow = row.low is None or row.high is None or row.low <= story.line <= row.high
        yield {
            "kind": "dot",
            "x": at(row.value),
            "y": y,
            "fill": theme.PAPER if hollow else fill,
            # No white outline: it would cut the interval behind the dot.
            "edge": theme.INK if hollow or row.bright or row.own else "none",
        }


def _series(sheet: Sheet, story: Story, box: tuple[float, float, float, float], fonts: Path) -> None:
    """Lines over years with their names at the ends; the first year's 100 as a line across."""
    left, top, right, bottom = box
    bottom = min(bottom, top + 190) - 14
    texts = [part for each in story.series for part in (each.label, each.text)]
    names = min(
        max((width(text, fonts, theme.TEXT, theme.SEMIBOLD) for text in texts), default=0.0), (right - left) * 0.5
    )
    end = right - names - 8
    values = [value for each in story.series for value in each.values if value is not None] + [100.0]
    values += [end for each in story.series for end in each.interval or ()]
    low, high = min(values), max(values)
    years = max(len(story.series[0].values) - 1, 1)

    def at(value: float) -> float:
        return round(bottom - (value - low) / ((high - low) or 1.0) * (bottom - top - 10) - 4, 1)

    sheet.shapes.append(
        {"kind": "line", "x1": left, "y1": at(100.0), "x2": end, "y2": at(100.0), "colour": theme.INK, "width": 1}
    )
    put(sheet, left, bottom + 13, story.ends[0], colour=theme.INK_2)
    put_before(sheet, end, bottom + 13, story.ends[1], fonts, theme.REGULAR, theme.INK_2)
    blocks = [
        [(line, theme.SEMIBOLD) for line in wrap(each.label, names + 1, fonts, theme.TEXT, theme.SEMIBOLD)]
        + [(line, theme.REGULAR) for line in wrap(each.text, names + 1, fonts, theme.TEXT)]
        for each in story.series
    ]
    wanted = [at(next(value for value in reversed(each.values) if value is not None)) for each in story.series]
    places = spread(wanted, [len(block) * 13.0 + 6 for block in blocks], top - 8, bottom + 14)
    for each, block, middle in zip(story.series, blocks, places, strict=True):
        points = [
            (round(left + step * (end - left) / years, 1), at(value))
            for step, value in enumerate(each.values)
            if value is not None
        ]
        colour = theme.ACCENT if each.bright else theme.NAVY
        if each.interval:
            low_end, high_end = (at(one) for one in each.interval)
            x = points[-1][0]
            sheet.shapes.append(
                {"kind": "line", "x1": x, "y1": low_end, "x2": x, "y2": high_end, "colour": theme.INK, "width": 1.6}
            )
        sheet.shapes.append(
            {"kind": "polyline", "points": points, "colour": colour, "width": 2.4 if each.bright else 1.8}
        )
        sheet.shapes.append(
            {
                "kind": "dot",
                "x": points[-1][0],
                "y": points[-1][1],
                "fill": theme.PAPER if each.open else colour,
                "edge": theme.INK if each.bright or each.open else theme.PAPER,
            }
        )
        y = middle - len(block) * 6.5 - 3
        for line, weight in block:
            y += 13.0
            put(sheet, end + 8, y, line, weight=weight, colour=theme.ACCENT_TEXT if each.bright else theme.INK_2)
