"""
Glyphs: how a line that was laid out is shown in a PDF. The engine looks at each glyph of it anew whenever the line is
drawn, and says between any two that nothing is moved; here a line is looked at once, and what is nought is not said.
"""

from __future__ import annotations

import struct
from typing import Any, NamedTuple

from weasyprint.draw import text as engine
from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.fonts import get_pango_font_key

_INFO = struct.Struct("=IiiiI")  # of a glyph: its number, width, shift to the right, shift up, signs
_ORDINARY = 0xFFFF  # Pango marks what is no glyph of the font with a larger number
_engines_draw = engine.draw_first_line


class Shown(NamedTuple):
    """A line in one font: `key`, `font` and `size` of it, the operator, and of each glyph its text and its width."""

    key: Any
    font: Any
    size: float
    operator: bytes
    glyphs: tuple[tuple[int, str, int], ...]


def _draw_first_line(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: str, matrix: Any) -> Any:
    layout = textbox.pango_layout
    if text_overflow == "ellipsis" or block_ellipsis != "none":
        textbox.pango_layout = alone = line_break.Layout(
            textbox.style, 0, layout.max_width
        )  # it is cut: others are not
        alone.set_text(layout.text)
    elif textbox.text.strip() and textbox.style["font_size"] >= 1e-6:
        if layout.glyphs is None:
            layout.glyphs = _shown(layout) or ()
        if layout.glyphs and _fits(stream, layout.glyphs):
            stream.set_text_matrix(*matrix.values)
            stream.set_font_size(stream._fonts[layout.glyphs.key].hash, layout.glyphs.size)
            stream.stream.append(layout.glyphs.operator)
            return []
    return _engines_draw(stream, textbox, text_overflow, block_ellipsis, matrix)


def _fits(stream: Any, shown: Shown) -> bool:
    """Whether the document's font has the widths that were reckoned with; it gets what it does not have yet."""
    font = stream._fonts.get(shown.key) or stream.add_font(shown.font)[0]
    if font.png or font.svg or font.colr or font.bitmap:
        return False
    widths, texts = font.widths, font.to_unicode
    if any(widths.get(number, width) != width for number, _, width in shown.glyphs):
        return False
    for number, text, width in shown.glyphs:
        if number not in texts:
            texts[number] = text
            widths[number] = width
    return True


def _shown(layout: Any) -> Shown | None:
    """As the engine's `draw_first_line` has it; nothing where a line needs more than one font or shifts upwards."""
    run, font = layout.get_first_line()[0].runs[0], None
    parts: list[str] = []
    glyphs: dict[int, tuple[int, str, int]] = {}
    text = layout.text.encode()
    while run != ffi.NULL:
        item, run = run.data, run.next
        if font is None:
            font = item.item.analysis.font
            key, _, size = get_pango_font_key(font)
        elif item.item.analysis.font != font:
            return None
        infos = item.glyphs
        clusters = [*ffi.unpack(infos.log_clusters, infos.num_glyphs), item.item.length]
        if item.item.analysis.level % 2:
            return None
        parts.append("<")
        for place, (number, width, right, up, _) in enumerate(
            _INFO.iter_unpack(ffi.buffer(infos.glyphs, _INFO.size * infos.num_glyphs))
        ):
            if number > _ORDINARY or up:
                return None
            if number not in glyphs:
                start, end = (item.item.offset + clusters[at] for at in (place, place + 1))
                glyphs[number] = (number, text[start:end].decode(), _width(font, number, size))
            shift = right / size
            kerning = int(glyphs[number][2] + shift - width * 1000 * FROM_UNITS / size)
            parts.append(f">{-shift}<{number:04x}" if shift else f"{number:04x}")
            if kerning:
                parts.append(f">{kerning}<")
        parts.append(">")
    operator = f"[{''.join(parts).replace('<>', ' ').rstrip()}] TJ"
    return Shown(key, font, size, operator.encode(), tuple(glyphs.values())) if font is not None else None


def _width(font: Any, number: int, size: float) -> int:
    around = ffi.new("PangoRectangle *")
    pango.pango_font_get_glyph_extents(font, number, ffi.NULL, around)
    found: int = round(around.width * 1000 * FROM_UNITS / size)
    return found


_AS_EXPECTED = ffi.sizeof("PangoGlyphInfo") == _INFO.size and pango.pango_version() >= 14802
OURS = [(engine, "draw_first_line", _draw_first_line)] if _AS_EXPECTED else []
