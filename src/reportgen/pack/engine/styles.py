"""
Styles: values of properties, where they are what most are: inherited, initial, or lengths in px. All others go the
engine's way.
"""

from __future__ import annotations

import math
from typing import Any

from weasyprint import css
from weasyprint.css import functions
from weasyprint.css.computed_values import COMPUTER_FUNCTIONS, PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES, Dimension
from weasyprint.formatting_structure import boxes
from weasyprint.layout import percent

_engines_value = css.ComputedStyle.__missing__
_engines_check = functions.check_math
_engines_flow = boxes.Box.is_in_normal_flow
_SINGULAR = {"float", "display", "position", "page"}
_PLAIN = {key for key in INITIAL_VALUES if key not in _SINGULAR and not key.startswith(("text_decoration_", "__"))}
_FROM_PARENT = frozenset(_PLAIN & INHERITED)
_FROM_START = frozenset(_PLAIN - INHERITED - set(INITIAL_NOT_COMPUTED))
_PHYSICAL = frozenset(PHYSICAL_FUNCTIONS)
_LOGICAL = frozenset(
    function(block="ttb", inline=direction) for function in PHYSICAL_FUNCTIONS.values() for direction in ("ltr", "rtl")
)
_ACROSS = (
    *("margin_left", "margin_right", "padding_left", "padding_right"),
    *("width", "min_width", "max_width"),
)
_DOWN = ("margin_top", "margin_bottom", "padding_top", "padding_bottom")
_BORDERS = ("border_top_width", "border_right_width", "border_bottom_width", "border_left_width")
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


def _set(box: Any, style: Any, name: str, whole: Any) -> None:
    """A length of a box, a percentage being one of `whole`."""
    value = style[name]
    if type(value) is Dimension:
        number, unit = value
        percent_of = whole * number / 100 if unit == "%" else number
        if unit is None:
            percent_of = percent.percentage(value, style, whole)
        setattr(box, name, percent_of)
    elif value == "auto":
        setattr(box, name, 0 if name in ("min_width", "min_height") else value)
    else:
        percent.resolve_one_percentage(box, name, whole)


def _resolve_percentages(box: Any, containing_block: Any) -> None:
    """All lengths of a box."""
    if isinstance(containing_block, boxes.Box):
        width, height = containing_block.width, containing_block.height
    else:
        width, height = containing_block
    style = box.style
    down = height if isinstance(box, boxes.PageBox) else width
    for name in _ACROSS:
        _set(box, style, name, width)
    for name in _DOWN:
        _set(box, style, name, down)
    if height == "auto":
        own = style["height"]
        box.height = own.value if type(own) is Dimension and own.unit != "%" else "auto"
        _set(box, style, "min_height", 0)
        _set(box, style, "max_height", math.inf)
    else:
        for name in ("height", "min_height", "max_height"):
            _set(box, style, name, height)
    resolved = vars(box) if style["border_collapse"] == "collapse" else ()  # by the table, where borders meet
    for name in _BORDERS:
        if name not in resolved:
            setattr(box, name, style[name])
    if style["box_sizing"] != "content-box":
        percent.adjust_box_sizing(box, "width")
        percent.adjust_box_sizing(box, "height")


def _is_in_normal_flow(box: Any) -> bool:
    """Whether a box is neither floated nor positioned."""
    style = box.style
    return style["float"] == "none" and style["position"] in ("static", "relative", "sticky") or _engines_flow(box)


OURS = [
    (functions, "check_math", _check_math),
    (css.ComputedStyle, "__missing__", _value),
    (percent, "resolve_percentages", _resolve_percentages),
    (boxes.Box, "is_in_normal_flow", _is_in_normal_flow),
]
