"""
Drawing: a picture of ours for the page engine, put on the page by the pen where the pen knows all that is in it.
The same bytes of a picture give the same operators, whatever was drawn before.
"""

from __future__ import annotations

import math
import re
from typing import Any
from xml.etree import ElementTree

import pydyf
from weasyprint.matrix import Matrix

from reportgen.pack.engine.letters import Letters
from reportgen.pack.engine.pen import Drawing, Hatched, Pen, patterns
from reportgen.pack.engine.unknown import UnknownShapeError

_KEYS = {"id", "width", "height", "patternUnits", "patternTransform"}


class Picture:
    """
    An SVG of ours in a document, as the engine asks for it: its size, and to draw itself.
    Args: letters: of the fonts of the document.
    Raises: UnknownShapeError: only the page engine can draw it.
    """

    def __init__(self, data: bytes, letters: Letters) -> None:
        try:
            root = ElementTree.fromstring(data)
            self._width, self._height = (float(root.attrib[side]) for side in ("width", "height"))
            self._box = [float(one) for one in root.attrib["viewBox"].replace(",", " ").split()]
            self._drawing = Pen(letters).draw(root)
            self._hatchings = {name: _Hatching(element, letters) for name, element in patterns(root)}
        except (ElementTree.ParseError, ValueError, KeyError) as error:
            raise UnknownShapeError(str(error)) from error
        if any(one.pattern not in self._hatchings for one in self._drawing.hatched) or min(self._box[2:]) <= 0:
            raise UnknownShapeError("a paint that is not there")
        self._letters = letters

    def get_intrinsic_size(self, _resolution: float, _font_size: float) -> tuple[float, float, float]:
        """Width and height in px, and what the one is of the other."""
        return self._width, self._height, self._width / self._height

    def draw(self, stream: Any, concrete_width: float, concrete_height: float, _style: Any) -> None:
        """Draw it on a page, as wide and high as that, in px: whole, in the middle."""
        left, top, across, down = self._box
        scale = min(concrete_width / across, concrete_height / down)
        stream.push_state()
        right, below = (concrete_width - across * scale) / 2, (concrete_height - down * scale) / 2
        stream.transform(scale, 0, 0, scale, right - left * scale, below - top * scale)
        _provide(stream, self._drawing, self._letters)
        operators = "\n".join(self._drawing.parts)
        for one in self._drawing.hatched:
            operators = operators.replace(one.mark, self._hatchings[one.pattern].on(stream, one))
        stream.stream.append(operators)
        stream.pop_state()


class _Hatching:
    """A pattern of a picture, in its own measure."""

    def __init__(self, element: ElementTree.Element, letters: Letters) -> None:
        turn = re.fullmatch(r"rotate\((-?[\d.]+)\)", element.get("patternTransform", "rotate(0)"))
        if turn is None or element.get("patternUnits") != "userSpaceOnUse" or not _KEYS.issuperset(element.keys()):
            raise UnknownShapeError("pattern")
        angle = math.radians(float(turn[1]))
        self._turn = Matrix(math.cos(angle), math.sin(angle), -math.sin(angle), math.cos(angle))
        self._size = float(element.attrib["width"]), float(element.attrib["height"])
        self._drawing = Pen(letters).draw(element)
        self._letters = letters
        if self._drawing.hatched or self._drawing.letters:
            raise UnknownShapeError("pattern")

    def on(self, stream: Any, shape: Hatched) -> str:
        """Lay it over a shape, beginning at its corner as the engine does; what the stream calls it then."""
        matrix = self._turn @ Matrix(e=shape.box[0], f=shape.box[1]) @ stream.ctm
        pattern = stream.add_pattern(0, 0, *self._size, *self._size, matrix)
        _provide(pattern, self._drawing, self._letters)
        pattern.stream.append("\n".join(self._drawing.parts))
        return str(pattern.id)


def _provide(stream: Any, drawing: Drawing, letters: Letters) -> None:
    """Give a stream's document what the operators name."""
    states = stream._resources["ExtGState"]
    for name, (key, value) in drawing.alphas.items():
        states.setdefault(name, pydyf.Dictionary({key: value}))
    for (families, weight), shown in drawing.letters.items():
        letters.use(stream, families, weight, sorted(shown))
