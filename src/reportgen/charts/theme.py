"""
Theme: the tokens of the look (colours, sizes, words on axes) and the Vega-Lite configuration made of them.
Knows no data and draws nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportgen.errors import ConfigurationError, Problem
from reportgen.wording import WORDS, texts

MM = 3.7795  # px in a millimetre: pictures are drawn at their final size and never scaled
PT = 4 / 3  # px in a point

TEXT = 8 * PT  # size of text in a picture
ROW = 9 * PT  # row labels
NOTE = 7.5 * PT  # smallest size anywhere
REGULAR, SEMIBOLD = 400, 600

FAMILY = "Source Sans 3"
# Quoted, because a part of the name begins with a digit: unquoted it is no CSS and browsers drop it without a word.
FONT = f"'{FAMILY}', sans-serif"

INK, INK_2, INK_3 = "#17212B", "#46525D", "#66727D"
ACCENT, ACCENT_TEXT = "#F46A25", "#A8400B"  # the first for marks only, the second for text
NAVY = "#12436D"
CONTEXT = "#87929B"  # marks of other areas
BAND, LAND, TINT = "#DCE1E6", "#E6EAEE", "#F2F4F6"
RULE, HAIRLINE = "#C5CCD3", "#DFE4E8"
PAPER = "#FFFFFF"
LAND_ON_NAVY = "#2C6191"
WATERMARK, WATERMARK_ON_NAVY = "#E9ECEF", "#1F5280"  # the word across a page: text on it can still be read

_CATEGORIES = (NAVY, ACCENT, "#28A197", "#801650")  # the Analysis Function's palette, in its order

CONFIG: Mapping[str, Any] = {
    "background": None,
    "padding": 0,
    "autosize": "none",
    "font": FONT,
    "view": {"stroke": None},
    # The default "middle" shifts hand-placed text by 3 px.
    "text": {"baseline": "alphabetic", "font": FONT, "fontSize": TEXT, "color": INK},
}

AXIS = "axis."  # words of data/words.toml that stand on axes and at the heads of columns


def words(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """
    The words on axes, those of `data/words.toml`, with some of them replaced: in a second language, too.
    Raises: ConfigurationError: a key that no chart knows.

    >>> words({"quotient": "CLl"})["quotient"]
    'CLl'
    """
    ours = {name.removeprefix(AXIS): text for name, text in texts(WORDS).items() if name.startswith(AXIS)}
    unknown = sorted(set(changes or {}) - set(ours))
    if unknown:
        raise ConfigurationError(
            Problem(
                kind="unknown-axis-word",
                what=f"no chart has a word called {unknown[0]!r}",
                why="the replacement would never be shown",
                fix=f"use one of: {', '.join(ours)}",
            )
        )
    return {**ours, **(changes or {})}


def categories(count: int) -> tuple[str, ...]:
    """
    Colours of that many categories, in the palette's order.
    Raises: ConfigurationError: more than four; the answer to that is another chart, not another colour.

    >>> categories(2)
    ('#12436D', '#F46A25')
    """
    if count > len(_CATEGORIES):
        raise ConfigurationError(
            Problem(
                kind="too-many-categories",
                what=f"a chart asks for {count} categories by colour, {len(_CATEGORIES)} are the most",
                why="readers cannot tell more colours apart, least of all in greyscale",
                fix="redesign: highlight one category and draw the rest in grey, or draw small multiples",
            )
        )
    return _CATEGORIES[:count]


def tick(value: float) -> str:
    """
    A number on an axis: as short as it can be, with thousands commas and a minus sign as wide as a digit.

    >>> tick(-15000.0), tick(0.5), tick(100.0)
    ('−15,000', '0.5', '100')
    """
    return f"{value:,.10g}".replace("-", "−")
