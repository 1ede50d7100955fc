"""
Styles: values of properties, where they are what most are: inherited, initial, or lengths in px. All others go the
engine's way.
"""

from __future__ import annotations

from typing import Any

from weasyprint import css
from weasyprint.css import functions
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES, Dimension
from weasyprint.formatting_structure import boxes
from weasyprint.layout import percent

_engines_value = css.ComputedStyle.__missing__
_engines_check = functions.check_math
_engines_percentages = percent.resolve_percentages
_engines_flow = boxes.Box.is_in_normal_flow
_SINGULAR = {"float", "display", "position", "page"}
_PLAIN = {key for key in INITIAL_VALUES if key not in _SINGULAR and not key.startswith(("text_decoration_", "__"))}
_FROM_PARENT = frozenset(_PLAIN & INHERITED)
_FROM_START = frozenset(_PLAIN - INHERITED - set(INITIAL_NOT_COMPUTED))
_PHYSICAL = frozenset(PHYSICAL_FUNCTIONS)
_LOGICAL = frozenset(
    function(block="ttb", inline=direction) for function in PHYSICAL_FUNCTIONS.values() for direction in ("ltr", "rtl")
)
KNOWN = 64  # sizes of blocks that a style is kept for; it goes with its document
_ASKED = ("width", "height", "min_width", "min_height", "max_width", "max_height")
_BORDERS = frozenset(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))
_LENGTHS = (
    *_ASKED,
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("left", "right", "top", "bottom")),
    *sorted(_BORDERS),
)
_SIMPLE = {str, int, float, Dimension, type(None), list, frozenset}


def _check_math(token: Any) -> Any:
    """Whether a value has to be calculated: what is no token does not."""
    return None if type(token) in _SIMPLE else _engines_check(token)


def _value(style: Any, key: str) -> Any:
    """A property that was not asked for before: most are what the parent has, or what everything begins with."""
    if key not in style.cascaded and not (key in _PHYSICAL and _has_logical(style)):
        if key in _FROM_START:
            value = style[key] = INITIAL_VALUES[key]
            return value
        if key in _FROM_PARENT and style.parent_style is not None:
            value = style.parent_style[key]
            if not functions.check_math(value):
                style[key] = value
                return value
    return _engines_value(style, key)


def _has_logical(style: Any) -> bool:
    known = style.__dict__.get("_has_logical")
    if known is None:
        known = style._has_logical = not _LOGICAL.isdisjoint(style.cascaded)
    return bool(known)


def _resolve_percentages(box: Any, containing_block: Any) -> None:
    """All lengths of a box: the same for all boxes of a style in blocks of the same size."""
    if isinstance(containing_block, boxes.Box):
        width, height = containing_block.width, containing_block.height
    else:
        width, height = containing_block
    style, held, is_page = box.style, vars(box), isinstance(box, boxes.PageBox)
    if style["border_collapse"] == "collapse" and not _BORDERS.isdisjoint(held):
        _engines_percentages(box, containing_block)  # its table has found out where borders meet
        return
    known = style.__dict__.setdefault("_lengths", {})
    key = (width, height, is_page, *[style[name] for name in _ASKED])
    lengths = known.get(key)
    if lengths is None:
        _engines_percentages(box, containing_block)
        if len(known) < KNOWN:
            known[key] = {name: held[name] for name in _LENGTHS}
    else:
        held.update(lengths)


def _is_in_normal_flow(box: Any) -> bool:
    """Whether a box is neither floated nor positioned."""
    style = box.style
    if style["float"] == "none" and style["position"] in ("static", "relative"):
        return True
    return bool(_engines_flow(box))


OURS = [
    (functions, "check_math", _check_math),
    (css.ComputedStyle, "__missing__", _value),
    (percent, "resolve_percentages", _resolve_percentages),
    (boxes.Box, "is_in_normal_flow", _is_in_normal_flow),
]
