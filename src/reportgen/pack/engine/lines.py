"""
Lines: the engine makes a context, a font and their description for each line anew, and all of it twice, to lay the
line out and to draw it. Here they are made once a font, and a line that was laid out is drawn as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from weasyprint.text import line_break
from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description

KNOWN = 512  # fonts kept for one set of font files: sizes, weights and features that style sheets ask for
LINES = 8192  # kept for one set of font files, the ones last asked for: those of five packs
_RESUMES, _WIDTH = 2, 3  # of what the engine gives for a line
_engines_split = line_break.split_first_line
_engines_strut = line_break.strut
_engines_text = line_break.Layout.set_text
_ENDS = re.compile("[\n\r\u2029]")  # of paragraphs, for Pango
_ASKED = (
    *("direction", "font_language_override", "lang", "font_style", "font_stretch", "font_weight", "font_size"),
    *("font_variant_caps", "font_variation_settings", "font_kerning", "font_variant_ligatures"),
    *("font_variant_position", "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian"),
    *("font_feature_settings", "text_decoration_line", "letter_spacing", "word_spacing", "white_space", "word_break"),
    *("overflow_wrap", "hyphens", "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone", "tab_size"),
)
_MEASURES = ("ascent", "underline_position", "strikethrough_position")


@dataclass(eq=False)
class _Font:
    """What all lines in one font have in common."""

    context: Any
    description: Any
    language: Any
    features: bytes = b""
    measures: dict[str, Any] = field(default_factory=dict)


def _font(style: Any) -> _Font:
    font: _Font | None = style.__dict__.get("_font_of_lines")
    if font is None:
        key = (tuple(style["font_family"]), *map(str, map(style.__getitem__, _ASKED)))
        fonts = style.font_config.__dict__.setdefault("_fonts_of_lines", {})
        if key not in fonts:
            if len(fonts) >= KNOWN:
                fonts.clear()
            fonts[key] = _made(style)
        font = style._font_of_lines = fonts[key]
    return font


def _made(style: Any) -> _Font:
    """As the engine's `Layout.setup` makes it."""
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    override = style["font_language_override"]
    code = LST_TO_ISO.get(override.lower(), override) if override != "normal" else style["lang"]
    if code:
        pointer, _kept = unicode_to_char_p(code)
        language = pango.pango_language_from_string(pointer)
        pango.pango_context_set_language(context, language)
    else:
        language = pango.pango_language_get_default()
    font = _Font(context, get_font_description(style), language)
    names = ("kerning", "variant_ligatures", "variant_position", "variant_caps", "variant_numeric")
    more = ("variant_alternates", "variant_east_asian", "feature_settings")
    features = font_features(*(style[f"font_{name}"] for name in (*names, *more)))
    font.features = ",".join(f"{key} {value}" for key, value in features.items()).encode()
    font.measures = dict.fromkeys(_MEASURES)
    if style["text_decoration_line"] != "none":
        font.measures = _measured(font)
    return font


def _measured(font: _Font) -> dict[str, float]:
    metrics = ffi.gc(
        pango.pango_context_get_metrics(font.context, font.description, font.language), pango.pango_font_metrics_unref
    )
    names = (*_MEASURES, "underline_thickness", "strikethrough_thickness")
    return {name: FROM_UNITS * getattr(pango, f"pango_font_metrics_get_{name}")(metrics) for name in names}


def _setup(layout: Any, style: Any) -> None:
    font = _font(style)
    layout.style, layout.first_line_direction, layout.language = style, 0, font.language
    layout.font, layout.glyphs = font, None
    layout.layout = ffi.gc(pango.pango_layout_new(font.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(layout.layout, False)
    pango.pango_layout_set_font_description(layout.layout, font.description)
    vars(layout).update(font.measures)
    if font.features:
        attributes = pango.pango_attr_list_new()  # the layout's own, which goes with it
        pango.pango_attr_list_insert(attributes, pango.pango_attr_font_features_new(font.features))
        pango.pango_layout_set_attributes(layout.layout, attributes)
        pango.pango_attr_list_unref(attributes)


def _set_text(layout: Any, text: str, justify: bool = False) -> None:
    """As the engine does; a text of one paragraph is laid out as one from the beginning, as it is drawn in the end."""
    layout.whole, layout.glyphs = not _ENDS.search(text), None
    pango.pango_layout_set_single_paragraph_mode(layout.layout, layout.whole)
    _engines_text(layout, text, justify)


def _deactivate(layout: Any) -> None:
    """What is laid out is kept; the style is not, as all of its document hangs on it."""
    layout.__dict__.pop("style", None)


def _reactivate(layout: Any, style: Any) -> None:
    if _font(style) is layout.font and layout.whole and not layout.justification_spacing:
        return
    layout.setup(style)
    layout.set_text(layout.text, justify=True)


def _split_first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> Any:
    """The first line of a text; packs share half of theirs."""
    if context is None:
        return _engines_split(text, style, context, max_width, justification_spacing, is_line_start, minimum)
    known = style.font_config.__dict__.setdefault("_lines", {})
    whole = (text, _font(style), justification_spacing)  # of a text that has room, however much
    line = known.get(whole)
    if line is not None and (max_width is None or line[_WIDTH] <= max_width):
        known[whole] = known.pop(whole)
        return line
    key: tuple[Any, ...] = (*whole, max_width, is_line_start, minimum)
    line = known.pop(key, None)
    if line is None:
        line = _engines_split(text, style, context, max_width, justification_spacing, is_line_start, minimum)
        if line[_RESUMES] is None and (max_width is None or line[_WIDTH] <= max_width):
            key = whole
        if len(known) >= LINES:
            del known[next(iter(known))]
    known[key] = line
    return line


def _strut(style: Any) -> Any:
    """Height and base line of an empty line; a style that is shared asks once."""
    known = style.__dict__.get("_strut")
    if known is None:
        known = style._strut = _engines_strut(style)
    return known


OURS = [
    (line_break, "strut", _strut),
    (line_break, "split_first_line", _split_first_line),
    (line_break.Layout, "setup", _setup),
    (line_break.Layout, "set_text", _set_text),
    (line_break.Layout, "deactivate", _deactivate),
    (line_break.Layout, "reactivate", _reactivate),
]
