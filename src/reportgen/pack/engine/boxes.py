"""
Boxes: where they stand beside floats, and what is painted behind them. Most have no float beside them, and nothing
behind them.
"""

from __future__ import annotations

from typing import Any

from weasyprint.draw.color import get_color
from weasyprint.layout import background
from weasyprint.layout import float as floats
from weasyprint.layout.absolute import AbsolutePlaceholder

_engines_backgrounds = background.layout_box_backgrounds
_engines_place = floats.avoid_collisions
_CORNERS = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
_NOTHING_BEHIND = {**dict.fromkeys(_CORNERS, (0, 0)), "background": None}


def _place(context: Any, box: Any, containing_block: Any, outer: bool = True) -> Any:
    """Where a box stands, and how much room it has: with no float beside it all that there is."""
    if context.excluded_shapes or box.is_floated() or containing_block.style["direction"] != "ltr":
        return _engines_place(context, box, containing_block, outer)
    left = containing_block.content_box_x()
    right = left + containing_block.width
    if outer:
        return left, box.position_y, right - left
    left, right = left + box.margin_left, right - box.margin_right
    return left - box.margin_left, box.border_box_y() - box.margin_top, right - left


def _backgrounds(page: Any, box: Any, get_image: Any, layout_children: bool = True, style: Any = None) -> None:
    """What is painted behind a box and those in it."""
    if style is not None or box is page or isinstance(box, AbsolutePlaceholder) or not _is_bare(box.style):
        _engines_backgrounds(page, box, get_image, layout_children, style)
        return
    vars(box).update(_NOTHING_BEHIND)
    if layout_children:
        for child in box.all_children():
            _backgrounds(page, child, get_image)


def _is_bare(style: Any) -> bool:
    """Whether there are neither round corners nor anything behind boxes of a style."""
    known = style.__dict__.get("_is_bare")
    if known is None:
        known = style._is_bare = (
            all((0, "px") in style[corner] for corner in _CORNERS)
            and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
            and all(kind == "none" for kind, _ in style["background_image"])
            and not style["box_shadow"]
            and get_color(style, "background_color").alpha == 0
        )
    return bool(known)


OURS = [
    (floats, "avoid_collisions", _place),
    (background, "layout_box_backgrounds", _backgrounds),
]
