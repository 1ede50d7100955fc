"""
Watermark: a word drawn across a page as outlines of its letters, so that it is a picture and no text: neither read out
nor found by a search. What it means is said in words elsewhere on the page.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from reportgen.charts import theme
from reportgen.charts.text import font_file, width

LENGTH = 0.72  # of the diagonal that the word takes at most
TALLEST = 0.22  # of the width of the page: size of a short word's letters
CAPITALS = 0.66  # em, height of a capital letter


@cache
def across(word: str, fonts: Path, width_mm: float, height_mm: float, colour: str) -> str:
    """
    A word along the rising diagonal of a page, centred.
    Args:
        fonts: folder with the font files.
        width_mm, height_mm: of the page, or of the part of it that the picture covers.
    Returns: an `<svg>` of that size with nothing in it but paths.
    Raises: ConfigurationError: the font lacks a character of the word.
    """
    diagonal = math.hypot(width_mm, height_mm)
    size = min(LENGTH * diagonal / width(word, fonts, 1.0, theme.SEMIBOLD), TALLEST * width_mm)
    turn = -math.degrees(math.atan2(height_mm, width_mm))
    left, base = -width(word, fonts, size, theme.SEMIBOLD) / 2, CAPITALS * size / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width_mm:g}mm" height="{height_mm:g}mm"'
        f' viewBox="0 0 {width_mm:g} {height_mm:g}">'
        f'<path transform="translate({width_mm / 2:g} {height_mm / 2:g}) rotate({turn:.2f})" fill="{colour}"'
        f' d="{_outlines(word, fonts, size, left, base)}"/></svg>'
    )


def _outlines(word: str, fonts: Path, size: float, left: float, base: float) -> str:
    with TTFont(font_file(fonts, theme.SEMIBOLD)) as font:
        glyphs, names, scale = font.getGlyphSet(), font.getBestCmap(), size / font["head"].unitsPerEm
        pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.2f}")
        for letter in word:
            glyph = glyphs[names[ord(letter)]]
            glyph.draw(TransformPen(pen, (scale, 0, 0, -scale, left, base)))
            left += glyph.width * scale
    return str(pen.getCommands())
