"""
Sheet: what a format of the infographic is, and what has been put on it so far. Measures text; chooses no place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportgen.charts import theme
from reportgen.charts.picture import Text
from reportgen.charts.poster_map import Drawn
from reportgen.charts.text import wrap

GAP = 24.0  # px between columns
COLUMNS = 3  # stories beside each other
SOFT = "#E3EEF8"  # text on navy that is no heading


@dataclass(frozen=True)
class Format:
    """
    A sheet of the infographic.
    Args:
        name: of its file; width, height, margin: px. navy: share of the height that is navy where stories follow.
        titles: sizes of the title, px, the first in which it takes at most `lines`; words: size of what claims say.
        stories: whether there is room for them.
        named: places that have their name on the map. scale: pixels of the picture for a px here.
    """

    name: str
    width: float
    height: float
    margin: float
    navy: float
    titles: tuple[float, ...]
    lines: int
    words: float
    stories: bool
    named: int = 20
    scale: float = 1.0


@dataclass
class Sheet:
    """Everything on a sheet, in px."""

    format: Format
    navy: float = 0.0
    lines: list[Text] = field(default_factory=list)
    key: list[tuple[str, float, float]] = field(default_factory=list)  # kind, x, y
    map: Drawn | None = None
    rules: list[tuple[float, float, float, str]] = field(default_factory=list)  # x, y, length, colour
    shapes: list[dict[str, Any]] = field(default_factory=list)  # marks of the stories


def write(
    sheet: Sheet,
    text: str,
    x: float,
    y: float,
    room: float,
    fonts: Path,
    size: float,
    *,
    weight: int = theme.REGULAR,
    colour: str = theme.PAPER,
    leading: float = 1.28,
) -> float:
    """Lines of text below y; gives where they end."""
    for line in wrap(text, room, fonts, size, weight, even=weight == theme.SEMIBOLD):
        y += size * leading
        sheet.lines.append(Text(x, y, line, size=size, weight=weight, colour=colour))
    return y
