"""
Colours: the arithmetic of contrast, and the tones that follow from a team's accent colour.
Takes and gives `#RRGGBB`. Styles and charts are written in the house's own colours; a `Palette` exchanges them last.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reportgen.charts import theme
from reportgen.errors import ConfigurationError, Problem

MARK = 3.0  # WCAG 2.2, 1.4.11: contrast of what is no text with its ground
TEXT = 4.5  # WCAG 2.2, 1.4.3: contrast of small text with its ground
APART = 1.5  # from navy, the other strong colour of a chart: told apart in greyscale
ABOVE_LAND = 2.0  # from the land on the navy cover, the ground of the area that is marked
STEPS = 1000  # steps of lightness from black to white
# A colour stands in an attribute of an SVG, or after the colon of a style; never in running text.
_WRITTEN = re.compile(r'((?:=")|(?::\s*))(#[0-9A-Fa-f]{6})(?=[";])')


@dataclass(frozen=True)
class Palette:
    """
    The three tones of what a page is about.
    Args:
        accent: for marks on white; text: for words; on_navy: for marks on the navy cover.
    """

    accent: str
    text: str
    on_navy: str

    def applied(self, written: str) -> str:
        """
        A style sheet or an SVG in these tones, where it is written in the house's own.

        >>> Palette("#1D70B8", "#1A66A8", "#5694CA").applied('<rect fill="#F46A25"/><text>#F46A25</text>')
        '<rect fill="#1D70B8"/><text>#F46A25</text>'
        """
        if self == HOUSE:
            return written
        tones = {theme.ACCENT: self.accent, theme.ACCENT_TEXT: self.text}
        return _WRITTEN.sub(lambda found: found[1] + tones.get(found[2].upper(), found[2]), written)


# Chosen by eye, once, and not by the rules below: the text tone is darker than it would have to be.
HOUSE = Palette(theme.ACCENT, theme.ACCENT_TEXT, theme.ACCENT)


def luminance(colour: str) -> float:
    """
    Relative luminance, 0 (black) to 1 (white).
    Source: W3C (2023), Web Content Accessibility Guidelines 2.2.
    """
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour)]
    red, green, blue = parts
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """
    Contrast of two colours, 1 (alike) to 21 (black on white).

    >>> contrast("#000000", "#FFFFFF"), round(contrast(theme.ACCENT, theme.PAPER), 2)
    (21.0, 3.03)
    """
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def marks(colour: str) -> bool:
    """Whether marks of a colour can be seen on white, and told from navy ones in greyscale."""
    return contrast(colour, theme.PAPER) >= MARK and contrast(colour, theme.NAVY) >= APART


def nearest(colour: str, passes: Callable[[str], bool]) -> str:
    """
    The colour of the same hue that passes, its lightness moved the least; a darker one before a lighter one.

    >>> nearest("#FFDD00", marks)
    '#AB9400'
    """
    return next(candidate for candidate in _candidates(colour) if passes(candidate))


def palette(accent: str) -> Palette:
    """
    The tones that follow from an accent colour.
    Raises: ConfigurationError: marks of this colour could not be seen or told apart; with the nearest that can.
    """
    accent = accent.upper()
    if accent == theme.ACCENT:
        return HOUSE
    if not marks(accent):
        raise ConfigurationError(_too_close(accent))
    return Palette(
        accent,
        # On the ground of the watermark, the darkest that such text stands on; so on white and on the tint as well.
        text=nearest(accent, lambda tone: contrast(tone, theme.WATERMARK) >= TEXT),
        on_navy=nearest(accent, _stands_out_on_navy),
    )


def _stands_out_on_navy(tone: str) -> bool:
    lighter = luminance(tone) > luminance(theme.NAVY)
    return lighter and contrast(tone, theme.NAVY) >= MARK and contrast(tone, theme.LAND_ON_NAVY) >= ABOVE_LAND


def _too_close(accent: str) -> Problem:
    on_white, from_navy = contrast(accent, theme.PAPER), contrast(accent, theme.NAVY)
    if on_white < MARK:
        found = f"its contrast with white is {_ratio(on_white)}:1, marks need {MARK:g}:1"
        why = "dots, bars and areas of it would hardly be seen on the page"
    else:
        found = f"its contrast with navy is {_ratio(from_navy)}:1, it needs {APART:g}:1"
        why = "printed in grey, what a page is about would look like everything else"
    return Problem(
        "accent-contrast",
        f"the accent colour {accent} cannot be used: {found}",
        why,
        f'write accent = "{nearest(accent, marks)}": the nearest colour of the same hue that passes',
        detail=f'accent = "{accent}"',
    )


def _ratio(contrast: float) -> str:
    """
    Two decimals, rounded down: what misses a line must not read as if it stood on it.

    >>> _ratio(2.9997)
    '2.99'
    """
    return f"{int(contrast * 100) / 100:.2f}"


def _candidates(colour: str) -> Iterator[str]:
    """Colours of one hue, from the given one outwards to black and to white; as colourful as it, or as they can be."""
    hue, lightness, _ = colorsys.rgb_to_hls(*_parts(colour))
    colourful = max(_parts(colour)) - min(_parts(colour))
    yield colour
    for step in range(1, STEPS + 1):
        for moved in (lightness - step / STEPS, lightness + step / STEPS):
            if 0 <= moved <= 1:
                room = 1 - abs(2 * moved - 1)
                saturation = min(1.0, colourful / room) if room else 0.0
                yield _written(colorsys.hls_to_rgb(hue, moved, saturation))


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _written(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02X}" for part in parts)
