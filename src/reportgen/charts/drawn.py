"""
Drawn: what a finished picture holds: its texts and where they stand, its marks and how they look, how much of each.
Takes SVG as the engine and `figure.standalone` write it, gives plain values; says what looks alike in grey.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from reportgen.charts import colours, text, theme

SHAPES = ("path", "rect", "circle", "line", "ellipse", "polygon", "polyline")
THINNER = 0.5  # px by which lines of like grey have to differ in width
_NUMBERS = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")
_STEP = re.compile(r"[MLHVCSQTA]", re.IGNORECASE)
_SHIFT = re.compile(r"translate\(([^)]*)\)")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True)
class Lettering:
    """A text of a picture: its words, where they are anchored (px), how large; `turned`: it does not run level."""

    words: str
    x: float
    y: float
    size: float
    weight: int
    anchor: str
    family: str
    turned: bool

    def box(self, fonts: Path) -> tuple[float, float, float, float]:
        """Left, top, right, bottom in px, measured with the font files."""
        wide = text.width(self.words, fonts, self.size, self.weight)
        left = self.x - {"end": wide, "middle": wide / 2}.get(self.anchor, 0.0)
        return left, self.y - text.ASCENT * self.size, left + wide, self.y + text.DESCENT * self.size


@dataclass(frozen=True)
class Look:
    """How marks look: colours as `#RRGGBB`, or empty; `dash` and `width` (px) of their line."""

    fill: str
    stroke: str
    dash: str
    width: float


@dataclass(frozen=True)
class Drawn:
    """
    Args:
        width, height: px of the picture, or of the frame that a figure of its own holds it in.
        texts: of the picture alone, not those of the page that a figure of its own puts around it.
        looks: each look that a mark has, in no order, and how many marks have it.
        points: steps of all paths.
    """

    width: float
    height: float
    texts: list[Lettering] = field(default_factory=list)
    looks: dict[Look, int] = field(default_factory=dict)
    points: int = 0

    @property
    def marks(self) -> int:
        return sum(self.looks.values())


def drawn(svg: str | bytes | ET.Element) -> Drawn:
    """
    What a picture holds, or the picture in a figure of its own.
    Raises: xml.etree.ElementTree.ParseError: it is no SVG.
    """
    root = svg if isinstance(svg, ET.Element) else ET.fromstring(svg)
    inner, frame = _picture(root)
    found: list[Lettering] = []
    looks: dict[Look, int] = {}
    points = 0
    for element, tag, x, y in _placed(inner, 0.0, 0.0, first=True):
        if tag == "text":
            found.append(_lettering(element, x, y))
        elif tag in SHAPES:
            look = _look(element)
            looks[look] = looks.get(look, 0) + 1
            points += len(_STEP.findall(element.get("d", "")))
    return Drawn(float(frame.get("width", 0)), float(frame.get("height", 0)), found, looks, points)


def _picture(root: ET.Element) -> tuple[ET.Element, ET.Element]:
    """The element that holds the picture, and the one that has its size."""
    frames = {each.get("id"): each[0] for each in root.iter() if _tag(each) == "clipPath" and len(each)}
    for element in root.iter() if frames else ():
        clip = element.get("clip-path")
        if clip and (clip := clip.removeprefix("url(#").removesuffix(")")) in frames:
            return element, frames[clip]
    return root, root


def _placed(
    element: ET.Element, x: float, y: float, *, first: bool = False
) -> Iterator[tuple[ET.Element, str, float, float]]:
    """Every element that is drawn, its tag, and how far it is shifted in the picture."""
    tag = _tag(element)
    if tag in ("defs", "clipPath"):
        return
    turn = None if first else element.get("transform")
    if turn and (shift := _SHIFT.search(turn)):
        by = [float(number) for number in _NUMBERS.findall(shift[1])]
        x, y = x + by[0], y + (by[1] if len(by) > 1 else 0.0)
    yield element, tag, x, y
    for child in element:
        yield from _placed(child, x, y)


def _lettering(element: ET.Element, x: float, y: float) -> Lettering:
    size = float(_NUMBERS.findall(element.get("font-size", "0"))[0])
    return Lettering(
        words="".join(element.itertext()),
        x=x + float(element.get("x", 0)),
        y=y + float(element.get("y", 0)),
        size=size,
        weight=int(element.get("font-weight", theme.REGULAR)),
        anchor=element.get("text-anchor", "start"),
        family=element.get("font-family", "").split(",")[0].strip(" '\""),
        turned="rotate" in element.get("transform", ""),
    )


def _look(element: ET.Element) -> Look:
    fill, stroke = (_COLOUR.fullmatch(element.get(key, "")) for key in ("fill", "stroke"))
    faint = float(element.get("opacity", 1)) < 1 or float(element.get("fill-opacity", 1)) < 1
    return Look(
        fill=fill[0].upper() if fill and not faint else "",
        stroke=stroke[0].upper() if stroke and not faint else "",
        dash=element.get("stroke-dasharray", ""),
        width=float(element.get("stroke-width", 1)) if stroke else 0.0,
    )


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def series(found: Drawn) -> Mapping[str, set[Look]]:
    """
    The colours that tell what a mark is, each with its looks: those strong enough to be marks on white, but for ink
    and the greys of text, in which axes and intervals are drawn.
    """
    neutral = {theme.INK, theme.INK_2, theme.INK_3, theme.PAPER}
    told: dict[str, set[Look]] = {}
    for look in found.looks:
        colour = look.fill or look.stroke
        if colour and colour not in neutral and colours.contrast(colour, theme.PAPER) >= colours.MARK:
            told.setdefault(colour, set()).add(look)
    return told


def alike_in_grey(found: Drawn) -> list[tuple[str, str]]:
    """
    Pairs of colours of a picture that nobody can tell apart without seeing colours: as light as each other, and in no
    look do they differ, by an outline, by dashes, by the width of their line.
    """
    told = series(found)
    return [
        (one, other)
        for one, other in combinations(sorted(told), 2)
        if colours.contrast(one, other) < colours.APART
        and any(_alike(first, second) for first in told[one] for second in told[other])
    ]


def _alike(one: Look, other: Look) -> bool:
    if bool(one.fill) != bool(other.fill):
        return False
    if one.fill:
        return bool(_outlined(one)) == bool(_outlined(other))
    return one.dash == other.dash and abs(one.width - other.width) < THINNER


def _outlined(look: Look) -> bool:
    """A white outline keeps neighbours apart; only a dark one can be seen on white."""
    return bool(look.stroke) and colours.contrast(look.stroke, theme.PAPER) >= colours.MARK
