"""
Letters: the glyphs of our fonts for the words of a picture, looked up once a letter and not once a word.
The page engine lays each letter of a picture out by itself, so it kerns nothing and joins nothing; what stands here is
where it puts them, to a thousandth of their size.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import FROM_UNITS
from weasyprint.text.fonts import FontConfiguration, get_pango_font_key
from weasyprint.text.line_break import Layout

from reportgen.pack.engine.unknown import UnknownShapeError

_SIZE = 100.0  # px; at which letters are looked up
_LAST = 0xFFFF  # Pango marks what is no glyph with a larger number


class Glyph(NamedTuple):
    """One letter in one font: its number there and its advance in thousandths of its size."""

    number: int
    advance: int


@dataclass
class _Face:
    """A font as the page engine knows it, and the letters of it that were asked for: no more than the font has."""

    font: Any = None  # of Pango; the layout that it comes from keeps it alive
    layout: Any = None
    name: str = ""
    glyphs: dict[str, Glyph] = field(default_factory=dict)


class Letters:
    """
    The letters of one set of fonts.
    Args: fonts: those of the page engine; kept with what is found in them.
    """

    def __init__(self, fonts: FontConfiguration) -> None:
        self._fonts = fonts
        self._faces: dict[tuple[tuple[str, ...], int], _Face] = {}

    def of(self, text: str, families: tuple[str, ...], weight: int) -> list[Glyph]:
        """
        The letters of a text, in their order.
        Raises: UnknownShapeError: a letter is not in the font.
        """
        face = self._faces.get((families, weight)) or self._new(families, weight)
        known = face.glyphs
        for letter in set(text).difference(known):
            known[letter] = self._looked_up(letter, families, weight, face)
        return [known[letter] for letter in text]

    def name(self, families: tuple[str, ...], weight: int) -> str:
        """What the pages of every document call a font that letters were looked up in."""
        return self._faces[families, weight].name

    def use(self, stream: Any, families: tuple[str, ...], weight: int, shown: Iterable[str]) -> None:
        """Put letters that a stream shows into the font of its document, as the engine does with those it shows."""
        face = self._faces[families, weight]
        font, _ = stream.add_font(face.font)
        for letter in shown:
            number, advance = face.glyphs[letter]
            font.to_unicode.setdefault(number, letter)
            font.widths.setdefault(number, advance)

    def _new(self, families: tuple[str, ...], weight: int) -> _Face:
        layout = self._laid_out("x", families, weight)
        font = layout.get_first_line()[0].runs[0].data.item.analysis.font
        _, description, size = get_pango_font_key(font)
        face = _Face(font, layout, Font(font, description, size).hash)
        self._faces[families, weight] = face
        return face

    def _looked_up(self, letter: str, families: tuple[str, ...], weight: int, face: _Face) -> Glyph:
        layout = self._laid_out(letter, families, weight)
        run = layout.get_first_line()[0].runs[0].data
        glyph = run.glyphs.glyphs[0]
        known = run.item.analysis.font == face.font and run.glyphs.num_glyphs == 1 and glyph.glyph <= _LAST
        if not known:
            raise UnknownShapeError(letter)
        return Glyph(int(glyph.glyph), round(glyph.geometry.width * FROM_UNITS / _SIZE * 1000))

    def _laid_out(self, text: str, families: tuple[str, ...], weight: int) -> Any:
        style = _Style(INITIAL_VALUES, font_family=list(families), font_weight=weight, font_size=_SIZE)
        style.font_config = self._fonts
        layout = Layout(style)
        layout.set_text(text)
        return layout


class _Style(dict[str, Any]):
    """What the engine's layout of a text asks of a style."""

    font_config: FontConfiguration
