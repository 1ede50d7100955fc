"""
Text: how wide words are, where a line breaks, and where names go so that they do not collide.
Measures with the font files themselves: Vega-Lite places no labels, and the engine cannot measure this family.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from fontTools.ttLib import TTFont

from reportgen.charts import theme
from reportgen.errors import ConfigurationError, Problem, SystemMissingError

ASCENT, DESCENT = (
    0.72,
    0.22,
)  # em above and below the baseline that names need; accents of capitals rise a little higher
LEADING = 1.08  # em from line to line of one name
LONGEST_WORD = 2  # lines' width; Llanfairpwllgwyngyll takes one and a half in the narrowest column
BLANKS_AS_WRITTEN = "\t\n\r"  # a line break in a name is drawn as a blank, as in HTML
BLANKS = str.maketrans(BLANKS_AS_WRITTEN, " " * len(BLANKS_AS_WRITTEN))
_STYLES = {theme.REGULAR: "Regular", theme.SEMIBOLD: "Semibold"}


class _Face(NamedTuple):
    family: str
    em: int
    advances: dict[str, int]  # letter → advance width in font units


def font_file(fonts: Path, weight: int) -> Path:
    """
    The file of the font in a weight.
    Raises: SystemMissingError: it is not there.
    """
    path = fonts / f"{theme.FAMILY.replace(' ', '')}-{_STYLES[weight]}.ttf"
    if not path.is_file():
        raise SystemMissingError(
            Problem(
                kind="font-missing",
                what=f"the font of weight {weight} is not there",
                why="a missing family is replaced without a word, and every measured place would be wrong",
                fix="install reportgen again, or restore styles/fonts from the repository",
                file=path.name,
            )
        )
    return path


@cache
def _face(fonts: Path, weight: int) -> _Face:
    with TTFont(font_file(fonts, weight)) as font:
        widths = font["hmtx"].metrics
        advances = {chr(code): widths[glyph][0] for code, glyph in font.getBestCmap().items()}
        advances |= dict.fromkeys(BLANKS_AS_WRITTEN, advances[" "])
        names = font["name"]
        return _Face(names.getDebugName(16) or names.getDebugName(1), font["head"].unitsPerEm, advances)


def families(fonts: Path) -> set[str]:
    """
    Names of the families that the font files carry, as CSS calls them.
    Raises: SystemMissingError: a file is missing.
    """
    return {_face(fonts, weight).family for weight in _STYLES}


def width(text: str, fonts: Path, size: float = theme.TEXT, weight: int = theme.REGULAR) -> float:
    """
    Width of one line, px, line breaks being blanks: the sum of its advances (kerning, mostly negative, is left out:
    never too narrow by much).
    Raises:
        SystemMissingError: the font file is not there.
        ConfigurationError: a character has no glyph; the page would show a box.
    """
    face = _face(fonts, weight)
    return _units(text, face) * size / face.em


def _units(text: str, face: _Face) -> int:
    """Width of one line in the units of the font: whole numbers, so that parts of a line add up to it."""
    try:
        return sum(map(face.advances.__getitem__, text))
    except KeyError as error:
        missing = min(letter for letter in text if letter not in face.advances)
        raise ConfigurationError(
            Problem(
                kind="no-glyph",
                what=f"the font has no glyph for {missing!r} (U+{ord(missing):04X})",
                why="a box or a letter of another font would stand on the page",
                fix=f"write the text with other characters: {text.translate(BLANKS)!r}",
            )
        ) from error


def wrap(
    text: str,
    limit: float,
    fonts: Path,
    size: float = theme.TEXT,
    weight: int = theme.REGULAR,
    *,
    even: bool = True,
) -> list[str]:
    """
    The fewest lines of at most `limit` px, broken at spaces: for names and titles as even in length as they get, for
    running text filled one after the other. A word wider than the limit stands alone and sticks out; one that would
    take more than `LONGEST_WORD` lines, which no place is called, is cut. No line begins with a dash.
    """
    face = _face(fonts, weight)
    whole = text.translate(BLANKS).replace(" - ", "\N{NO-BREAK SPACE}- ")
    words = [part for word in whole.split(" ") for part in _cut(word, limit, face, size)]
    wide = [_units(word, face) for word in words]
    fewest = _fill(words, wide, limit, face, size)
    if len(fewest) < 2 or not even:
        return fewest
    low, high = limit / 2, limit
    while high - low > 1:  # the narrowest column that needs no more lines
        middle = (low + high) / 2
        if len(_fill(words, wide, middle, face, size)) > len(fewest):
            low = middle
        else:
            high = middle
    return _fill(words, wide, high, face, size)


def _cut(word: str, limit: float, face: _Face, size: float) -> list[str]:
    """A word, in pieces of the limit's width if it is beyond all measure."""
    if _units(word, face) * size / face.em <= LONGEST_WORD * limit:
        return [word]
    pieces = [""]
    for letter in word:
        if _units(pieces[-1] + letter, face) * size / face.em > limit and pieces[-1]:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _fill(words: Sequence[str], wide: Sequence[int], limit: float, face: _Face, size: float) -> list[str]:
    """Words in lines; `wide` are their widths in the units of the font."""
    blank = face.advances[" "]
    lines: list[str] = []
    filled = 0
    for word, units in zip(words, wide, strict=True):
        if lines and (filled + blank + units) * size / face.em <= limit:
            lines[-1] = f"{lines[-1]} {word}"
            filled += blank + units
        else:
            lines.append(word)
            filled = units
    return lines


def spread(wanted: Sequence[float], gap: Sequence[float], low: float, high: float) -> list[float]:
    """
    Places for labels in one column, each as near as can be to where it is wanted, none closer than its neighbour's gap.
    Args:
        wanted: places, any order. gap: height that each label needs, centred on its place.
        low, high: ends of the column; if the labels do not fit, the column grows beyond `high`.
    Returns: places in the order of `wanted`.

    >>> spread([10, 11, 50], [8, 8, 8], 0, 100)
    [6.5, 14.5, 50.0]
    """
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    blocks: list[tuple[float, float, list[int]]] = []  # top, height, members
    for i in order:
        block = (max(low, wanted[i] - gap[i] / 2), gap[i], [i])
        while blocks and blocks[-1][0] + blocks[-1][1] > block[0]:
            members = blocks[-1][2] + block[2]
            height = blocks[-1][1] + block[1]
            blocks.pop()
            block = (_best_top(members, wanted, gap, low), height, members)
        blocks.append(block)
    return _places(_pushed_up(blocks, low, high), gap, len(wanted))


def _best_top(members: Sequence[int], wanted: Sequence[float], gap: Sequence[float], low: float) -> float:
    """Top of a block of touching labels that moves them least (least squares)."""
    offset, total = 0.0, 0.0
    for i in members:
        total += wanted[i] - (offset + gap[i] / 2)
        offset += gap[i]
    return max(low, total / len(members))


def _pushed_up(
    blocks: list[tuple[float, float, list[int]]], low: float, high: float
) -> list[tuple[float, float, list[int]]]:
    """Blocks from the bottom up, so that the last ends at `high` if there is room."""
    limit = max(high, low + sum(height for _, height, _ in blocks))
    pushed = []
    for top, height, members in reversed(blocks):
        top = min(top, limit - height)
        limit = top
        pushed.append((top, height, members))
    return pushed


def _places(blocks: list[tuple[float, float, list[int]]], gap: Sequence[float], count: int) -> list[float]:
    places = [0.0] * count
    for top, _, members in blocks:
        for i in members:
            places[i] = top + gap[i] / 2
            top += gap[i]
    return places
