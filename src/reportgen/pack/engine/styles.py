"""
Styles: values of properties, where they are what most are: inherited, initial, or lengths in px. All others go the
engine's way. What is set like an element of an earlier document has its style, with all that was worked out for it.
"""

from __future__ import annotations

from typing import Any

from weasyprint import css
from weasyprint.css import functions
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES, Dimension
from weasyprint.css.tokens import Pending
from weasyprint.css.units import VIEWPORT_UNITS
from weasyprint.formatting_structure import boxes
from weasyprint.layout import percent
from weasyprint.layout.page import PageType

_engines_value = css.ComputedStyle.__missing__
_engines_check = functions.check_math
_engines_percentages = percent.resolve_percentages
_engines_flow = boxes.Box.is_in_normal_flow
_engines_styles = css.StyleFor.set_computed_styles
STYLES = 8192  # kept for one set of font files; the packs of a release have 3,000
_SINGULAR = {"float", "display", "position", "page"}
_PLAIN = {key for key in INITIAL_VALUES if key not in _SINGULAR and not key.startswith(("text_decoration_", "__"))}
_FROM_PARENT = frozenset(_PLAIN & INHERITED)
_FROM_START = frozenset(_PLAIN - INHERITED - set(INITIAL_NOT_COMPUTED))
_PHYSICAL = frozenset(PHYSICAL_FUNCTIONS)
_LOGICAL = frozenset(
    function(block="ttb", inline=direction) for function in PHYSICAL_FUNCTIONS.values() for direction in ("ltr", "rtl")
)
KNOWN = 64  # sizes of blocks that a style keeps its lengths for
_ASKED = ("width", "height", "min_width", "min_height", "max_width", "max_height")
_BORDERS = tuple(f"border_{side}_width" for side in ("bottom", "left", "right", "top"))
_LENGTHS = (
    *_ASKED,
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("left", "right", "top", "bottom")),
    *_BORDERS,
)
_SIMPLE = {str, int, float, Dimension, type(None), list, frozenset}


def _set_computed_styles(
    self: Any,
    element: Any,
    parent: Any,
    root: Any = None,
    pseudo_type: str | None = None,
    base_url: str | None = None,
    target_collector: Any = None,
) -> None:
    """
    The style of an element: that of one before it, in this document or another, which had the same declarations and
    whose parent had the same style.
    """
    if isinstance(element, PageType):
        _engines_styles(self, element, parent, root, pseudo_type, base_url, target_collector)
        return
    kept = self.font_config.__dict__.setdefault("_styles", {})
    styles = self.get_computed_styles()
    is_root = element is root and pseudo_type is None
    parents = None if is_root else styles[parent, None]
    cascaded = self.get_cascaded_styles().get((element, pseudo_type), {})
    declared = tuple([(name, _same(value), weight) for name, (value, weight) in cascaded.items()])
    key = (id(parents), pseudo_type, base_url, declared)
    style = kept.get(key)
    if style is None:
        _engines_styles(self, element, parent, root, pseudo_type, base_url, target_collector)
        if len(kept) < STYLES and not any(
            _of_one_document(element, name, value) for name, (value, _) in cascaded.items()
        ):
            kept[key] = styles[element, pseudo_type]
        return
    styles[element, pseudo_type] = style
    if target_collector and style["anchor"]:
        target_collector.collect_anchor(style["anchor"])


def _same(value: Any) -> Any:
    """What values that are the same have in common: what they say or, where that is not easily told, that it is one."""
    kind = type(value)
    if kind is str:
        return value
    if kind is int or kind is float:
        return value, kind  # 0 and 0.0 are equal, but not written alike
    if kind is tuple or kind is Dimension:
        return tuple(map(_same, value))
    return id(value)  # not of another one later: its style is kept with it


def _of_one_document(element: Any, name: str, value: Any) -> bool:
    """Whether a declaration says something else in another document: it goes by the page, or the engine changes it."""
    if isinstance(value, Pending) or functions.check_math(value):
        return True
    if name == "overflow" and element.tag in ("html", "body"):  # the engine gives it to the page
        return True
    if type(value) is tuple:
        return any(_of_one_document(element, name, part) for part in value)
    return type(value) is Dimension and value.unit in VIEWPORT_UNITS


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
    known = style.__dict__.setdefault("_lengths", {})
    key = (width, height, is_page, *[style[name] for name in _ASKED])
    if style["border_collapse"] == "collapse":
        key += tuple([held.get(name) for name in _BORDERS])  # where its table has found out how borders meet
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
    (css.StyleFor, "set_computed_styles", _set_computed_styles),
    (functions, "check_math", _check_math),
    (css.ComputedStyle, "__missing__", _value),
    (percent, "resolve_percentages", _resolve_percentages),
    (boxes.Box, "is_in_normal_flow", _is_in_normal_flow),
]
