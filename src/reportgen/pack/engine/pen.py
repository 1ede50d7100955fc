"""
Pen: from an SVG of our own to the operators of a PDF, in one walk: places summed up, what stays the same said once.
Knows lines, circles, rectangles, outlines and words in one colour each, groups, hatchings and a round clip: what our
charts and our infographic are made of. For anything else it raises, and the page engine draws the picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element

from reportgen.pack.engine import outlines
from reportgen.pack.engine.letters import Letters
from reportgen.pack.engine.outlines import Outline, number
from reportgen.pack.engine.unknown import UnknownShapeError

Box = tuple[float, float, float, float]
SILENT = ("title", "desc", "defs", "clipPath")
INHERITED = {
    *("fill", "fill-opacity", "stroke", "stroke-width", "stroke-linejoin", "stroke-dasharray"),
    *("font-family", "font-size", "font-weight", "text-anchor"),
}
OWN = {
    *("id", "role", "transform", "opacity", "clip-path", "viewBox", "width", "height"),
    *("d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "points"),
}
_TURN = re.compile(r"translate\((-?[\d.]+)(?:[ ,]+(-?[\d.]+))?\)")
_COLOUR = re.compile(r"#([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})")
_NAMED = re.compile(r"url\(#([\w-]+)\)")
_JOINS = {"miter": 0, "round": 1, "bevel": 2}
_ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
_BLANKS = re.compile(" +")


class Hatched(NamedTuple):
    """A shape that is filled with a pattern: which, and the box of the shape; `mark` stands where its name goes."""

    mark: str
    pattern: str
    box: Box


@dataclass
class Drawing:
    """
    Operators, and what a document must have for them.
    Args:
        parts: operators, one or more an entry.
        alphas: names of the states of transparency that they name → key and value.
        letters: what is shown of each font, by families and weight.
        hatched: what is filled with a pattern.
    """

    parts: list[str] = field(default_factory=list)
    alphas: dict[str, tuple[str, float]] = field(default_factory=dict)
    letters: dict[tuple[tuple[str, ...], int], set[str]] = field(default_factory=dict)
    hatched: list[Hatched] = field(default_factory=list)


class Pen:
    """
    Draws one picture.
    Args: letters: of the fonts that its words are set in.
    """

    def __init__(self, letters: Letters) -> None:
        self._letters = letters
        self.drawing = Drawing()
        self._draw = self.drawing.parts.append
        self._state: dict[str, str] = {}
        self._writes = False  # whether a text object is open
        self._clips: dict[str, Element] = {}

    def draw(self, root: Element) -> Drawing:
        """
        A whole picture in its own measure.
        Raises: UnknownShapeError: it has something that only the page engine can draw.
        """
        self._clips = {one.get("id", ""): one for one in root.iter() if _tag(one) == "clipPath"}
        given = _inherited(root) if _tag(root) == "svg" else {}
        if {"transform", "opacity", "clip-path"} & set(root.keys()):
            raise UnknownShapeError("a picture that is moved as a whole")
        self._group(root, given, 0.0, 0.0)
        self._end_words()
        return self.drawing

    def _group(self, parent: Element, outer: Mapping[str, str], x: float, y: float) -> None:
        for child in parent:
            tag = _tag(child)
            if tag in SILENT:
                continue
            given, right, down = {**outer, **_inherited(child)}, x, y
            if turn := child.get("transform"):
                right, down = _moved(turn, x, y)
            if tag == "g":
                self._grouped(child, given, right, down)
            elif "clip-path" in child.attrib:
                raise UnknownShapeError("a shape with a clip of its own")
            elif tag == "text":
                self._words(child, given, right, down)
            else:
                self._shape(tag, child, given, right, down)

    def _grouped(self, group: Element, given: Mapping[str, str], x: float, y: float) -> None:
        if group.get("opacity", "1") != "1":
            raise UnknownShapeError("opacity of a group")
        if not (clip := group.get("clip-path")):
            self._group(group, given, x, y)
            return
        self._end_words()
        known = dict(self._state)
        self._draw("q")
        self._draw(self._clip(clip, x, y))
        self._group(group, given, x, y)
        self._end_words()
        self._draw("Q")
        self._state = known

    def _clip(self, named: str, x: float, y: float) -> str:
        found = _NAMED.fullmatch(named)
        shapes = list(self._clips.get(found[1], ())) if found else []
        if len(shapes) != 1 or _tag(shapes[0]) != "circle" or "transform" in shapes[0].attrib:
            raise UnknownShapeError(named)
        radius, across, below = (float(shapes[0].get(name, 0)) for name in ("r", "cx", "cy"))
        x, y = x + across, y + below  # moved there for the clip, and back for what is clipped
        there, back = f"{number(x)} {number(y)}", f"{number(-x)} {number(-y)}"
        return f"1 0 0 1 {there} cm {outlines.circle(radius).drawn} W n 1 0 0 1 {back} cm"

    def _shape(self, tag: str, shape: Element, given: Mapping[str, str], x: float, y: float) -> None:
        self._end_words()
        of = shape.attrib
        fill, stroke = given.get("fill", "#000000"), _stroke(given)
        see_through = float(of.get("opacity", 1))
        if see_through < 1 and "none" not in (fill, stroke):
            raise UnknownShapeError("opacity of two paints")
        if tag == "line":
            self._line(of, given, x, y, see_through)
            return
        outline, x, y, moved = _outline(tag, of, x, y)
        if outline is None or fill == stroke == "none":
            return
        self._filled(fill, see_through * float(given.get("fill-opacity", 1)), outline.box, x, y)
        self._stroked(given, stroke, see_through)
        paint = "B" if "none" not in (fill, stroke) else "S" if fill == "none" else "f"
        if moved:
            self._draw(f"q 1 0 0 1 {number(x)} {number(y)} cm {outline.drawn} {paint} Q")
        else:
            self._draw(f"{outline.drawn} {paint}")

    def _line(self, of: Mapping[str, str], given: Mapping[str, str], x: float, y: float, see_through: float) -> None:
        if (stroke := _stroke(given)) == "none":
            return
        x1, y1, x2, y2 = (float(of.get(name, 0)) for name in ("x1", "y1", "x2", "y2"))
        self._stroked(given, stroke, see_through)
        self._draw(f"{number(x + x1)} {number(y + y1)} m {number(x + x2)} {number(y + y2)} l S")

    def _words(self, words: Element, given: Mapping[str, str], x: float, y: float) -> None:
        text = _BLANKS.sub(" ", (words.text or "").replace("\n", "").replace("\r", "").replace("\t", " ")).strip(" ")
        fill, stroke, size = given.get("fill", "#000000"), _stroke(given), given.get("font-size", "")
        if len(words) or not size.endswith("px") or "opacity" in words.attrib or fill.startswith("url"):
            raise UnknownShapeError("words")
        if not text or fill == stroke == "none":
            return
        families = tuple(one.strip().strip("'\"") for one in given.get("font-family", "sans-serif").split(","))
        weight, big = int(given.get("font-weight", 400)), float(size[:-2])
        glyphs = self._letters.of(text, families, weight)
        self.drawing.letters.setdefault((families, weight), set()).update(text)
        wide = sum(glyph.advance for glyph in glyphs) * big / 1000
        x += float(words.get("x", 0)) - _ANCHORS[given.get("text-anchor", "start")] * wide
        y += float(words.get("y", 0))
        if not self._writes:
            self._draw("BT")
            self._writes = True
        self._filled(fill, float(given.get("fill-opacity", 1)), (0, 0, 0, 0), x, y)
        self._stroked(given, stroke, 1.0)
        self._set("Tr", "2 Tr" if "none" not in (fill, stroke) else "0 Tr" if stroke == "none" else "1 Tr")
        self._set("Tf", f"/{self._letters.name(families, weight)} {number(big)} Tf")
        shown = "".join(f"{glyph.number:04x}" for glyph in glyphs)
        self._draw(f"1 0 0 -1 {number(x)} {number(y)} Tm <{shown}> Tj")

    def _end_words(self) -> None:
        if self._writes:
            self._draw("ET")
            self._writes = False

    def _set(self, what: str, operator: str) -> None:
        if self._state.get(what) != operator:
            self._state[what] = operator
            self._draw(operator)

    def _filled(self, paint: str, alpha: float, box: Box, x: float, y: float) -> None:
        if paint == "none":
            return
        if named := _NAMED.fullmatch(paint):
            left, top, width, height = box
            mark = f"\0{len(self.drawing.hatched)}\0"
            self.drawing.hatched.append(Hatched(mark, named[1], (x + left, y + top, width, height)))
            self._state["fill"] = mark
            self._draw(f"/Pattern cs /{mark} scn")
        else:
            self._set("fill", f"{_colour(paint)} rg")
        self._seen("ca", alpha)

    def _stroked(self, given: Mapping[str, str], paint: str, alpha: float) -> None:
        if paint == "none":
            return
        self._set("stroke", f"{_colour(paint)} RG")
        self._set("width", f"{number(float(given.get('stroke-width', 1)))} w")
        self._set("join", f"{_JOINS[given.get('stroke-linejoin', 'miter')]} j")
        dashes = " ".join(number(one) for one in outlines.numbers(given.get("stroke-dasharray", "")))
        self._set("dash", f"[{dashes}] 0 d")
        self._set("cap", "0 J 4 M")
        self._seen("CA", alpha)

    def _seen(self, key: str, alpha: float) -> None:
        alpha = round(alpha, 4)
        state = f"{'A' if key == 'CA' else 'a'}{alpha:g}"
        self.drawing.alphas[state] = (key, alpha)
        self._set(key, f"/{state} gs")


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _inherited(element: Element) -> dict[str, str]:
    """What an element says for itself and for what is in it; it says nothing else but what is known here."""
    found = {}
    for key, value in element.attrib.items():
        if key in INHERITED:
            found[key] = value
        elif key not in OWN and not key.startswith("aria-"):
            raise UnknownShapeError(key)
    return found


def _moved(turn: str, x: float, y: float) -> tuple[float, float]:
    if not (move := _TURN.fullmatch(turn)):
        raise UnknownShapeError(turn)
    return x + float(move[1]), y + float(move[2] or 0)


def _stroke(given: Mapping[str, str]) -> str:
    return given.get("stroke", "none") if float(given.get("stroke-width", 1)) else "none"


def _outline(tag: str, of: Mapping[str, str], x: float, y: float) -> tuple[Outline | None, float, float, bool]:
    """The outline of a shape, where it goes, and whether it has to be moved there; none where it has no extent."""
    if tag == "circle":
        radius = float(of.get("r", 0))
        return (
            outlines.circle(radius) if radius > 0 else None,
            x + float(of.get("cx", 0)),
            y + float(of.get("cy", 0)),
            True,
        )
    if tag == "path":
        return outlines.path(of["d"]), x, y, bool(x or y)
    if tag == "polyline":
        given = outlines.numbers(of.get("points", ""))
        return outlines.path("M" + " ".join(map(str, given))) if given else None, x, y, bool(x or y)
    if tag == "rect":
        left, top, width, height = (float(of.get(name, 0)) for name in ("x", "y", "width", "height"))
        drawn = f"{number(x + left)} {number(y + top)} {number(width)} {number(height)} re"
        box = (x + left, y + top, width, height)
        return Outline(drawn, box) if width > 0 and height > 0 else None, 0.0, 0.0, False
    raise UnknownShapeError(tag)


@lru_cache(256)
def _colour(paint: str) -> str:
    if not (found := _COLOUR.fullmatch(paint)):
        raise UnknownShapeError(paint)
    return " ".join(f"{round(int(one, 16) / 255, 4):g}" for one in found.groups())


def patterns(root: Element) -> Iterator[tuple[str, Element]]:
    """The hatchings that a picture defines, by name."""
    for one in root.iter():
        if _tag(one) == "pattern":
            yield one.get("id", ""), one
