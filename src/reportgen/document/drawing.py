"""
Drawing: an SVG from outside, taken in shape by shape. What is on the list below is copied, what editors leave behind is
dropped, and everything else is refused with its place: scripts, events, animation, addresses, embedded pages and fonts.
"""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from xml.parsers import expat

from reportgen.errors import ConfigurationError, Problem
from reportgen.nearest import did_you_mean

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
MOST_ELEMENTS, DEEPEST = 5_000, 50

SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
GRADIENTS = frozenset({"linearGradient", "radialGradient"})
ELEMENTS = SHAPES | GRADIENTS | {"svg", "g", "defs", "stop", "clipPath"}
SILENT = frozenset({"title", "desc", "metadata"})  # say nothing on paper: the page has its own words for the logo
POINTING = frozenset({"fill", "stroke", "clip-path"})  # may name a gradient or a clipping of the drawing itself
STYLES = POINTING | {
    *("color", "stop-color"),
    *("fill-opacity", "fill-rule", "clip-rule", "opacity", "stop-opacity", "stroke-opacity", "stroke-width"),
    *("stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset"),
}
ATTRIBUTES = STYLES | {
    *("id", "d", "x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "x1", "y1", "x2", "y2", "points"),
    *("transform", "viewBox", "fx", "fy", "offset", "gradientUnits", "gradientTransform", "spreadMethod"),
    *("clipPathUnits",),
}
IDLE = frozenset({"version", "baseProfile", "class", "enable-background", "data-name", "role", "preserveAspectRatio"})
EDITORS = (
    *("http://www.inkscape.org/", "http://sodipodi.sourceforge.net/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    *("http://creativecommons.org/ns#", "http://web.resource.org/cc/", "http://purl.org/dc/", "http://ns.adobe.com/"),
    *("http://www.bohemiancoding.com/sketch", "http://www.serif.com/", "http://www.figma.com/"),
    *("http://vectornator.io", "http://www.w3.org/XML/1998/namespace"),
)
# Words that a value may be made of: numbers, colours, names, lists and transformations, but no address.
_VALUE = re.compile(r"[\w\s.,%#()+-]*", re.ASCII)
_INSIDE = re.compile(r"url\(\s*['\"]?#([\w.:-]+)['\"]?\s*\)", re.ASCII)
_LENGTH = re.compile(r"\s*([0-9.]+(?:[eE][+-]?\d+)?)\s*(?:px|pt|pc|mm|cm|in)?\s*")

_WHY = "a picture for paper needs shapes and colours; whatever acts or fetches could do harm on a reader's machine"
_FIX = "save it as plain SVG: text turned into outlines, no scripts, effects, styles or linked pictures"


@dataclass(frozen=True)
class Drawing:
    """An SVG with nothing in it but shapes and colours, and the size of its view."""

    svg: str
    width: float
    height: float


def sanitised(data: bytes, file: str) -> Drawing:
    """
    An SVG as it may be shown.
    Args:
        file: how to call it in messages.
    Raises: ConfigurationError: with all that is refused in it, where it stands, and how to save it otherwise.
    """
    taken = _Taken(file)
    parser = expat.ParserCreate(namespace_separator=" ")
    taken.listen(parser)
    try:
        parser.Parse(data, True)
    except _Stop:
        pass  # it is among the problems
    except expat.ExpatError as error:
        taken.refuse(f"the logo is no XML: {expat.ErrorString(error.code)}", error.lineno, error.offset + 1)
    if not taken.problems:
        taken.finish()
    if taken.problems:
        raise ConfigurationError(taken.problems)
    root = taken.root
    assert root is not None
    width, height = taken.view
    return Drawing(ET.tostring(root, encoding="unicode"), width, height)


class _Stop(Exception):
    """Nothing after this place is to be read."""


class _Taken:
    """What is taken in while the parser reads, and what is refused."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.problems: list[Problem] = []
        self.root: ET.Element | None = None
        self.view = (0.0, 0.0)
        self._open: list[ET.Element] = []
        self._skipping = 0  # depth below an element that is left out
        self._elements = 0
        self._asked: list[tuple[str, str, int, int]] = []  # id, what may have it, and the place that names it

    def listen(self, parser: expat.XMLParserType) -> None:
        self._parser = parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = lambda *_: self._stop(
            "the logo has a document type with declarations of its own"
        )
        parser.EntityDeclHandler = lambda *_: self._stop("the logo declares entities")
        parser.ProcessingInstructionHandler = lambda target, _: self.refuse(f"the logo calls a program: <?{target}")

    def refuse(self, what: str, row: int | None = None, column: int | None = None, fix: str = _FIX) -> None:
        row = self._parser.CurrentLineNumber if row is None else row
        column = self._parser.CurrentColumnNumber + 1 if column is None else column
        self.problems.append(Problem("logo", what, _WHY, fix, file=self._file, row=row, column=column))

    def _stop(self, what: str) -> None:
        self.refuse(what, fix="delete the line <!DOCTYPE …> from the file")
        raise _Stop  # read no further: what follows may be as large as the declarations make it

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        self._elements += 1
        if self._elements == MOST_ELEMENTS + 1:
            self.refuse(f"the logo has more than {MOST_ELEMENTS:,} elements", fix="save a simpler drawing")
        if self._skipping or self._is_idle(space, tag):
            self._skipping += 1
            return
        if not self._open and name == "svg":
            fix = f'write the name space into its first element: <svg xmlns="{SVG}" …>'
            self.refuse("the logo does not say that it is SVG", fix=fix)
            raise _Stop
        if space != SVG or tag not in ELEMENTS or (tag == "svg") != (not self._open):
            called = f"<{tag}>" if space in (SVG, "") else f"<{tag}> of {space}"
            self.refuse(
                f"the logo has an element {called}" if self._open else f"the logo begins with {called}, not <svg>"
            )
            self._skipping = 1
            return
        if len(self._open) == DEEPEST:
            self.refuse(f"the logo is nested more than {DEEPEST} deep", fix="ungroup its parts")
        element = ET.Element(tag, self._attributes(tag, attributes))
        if self._open:
            self._open[-1].append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, _: str) -> None:
        if self._skipping:
            self._skipping -= 1
        else:
            self._open.pop()

    def _is_idle(self, space: str, tag: str) -> bool:
        return bool(self._open) and (space.startswith(EDITORS) or (space == SVG and tag in SILENT))

    def _attributes(self, tag: str, written: dict[str, str]) -> dict[str, str]:
        kept: dict[str, str] = {}
        for key, value in written.items():
            space, _, name = key.rpartition(" ")
            if space.startswith(EDITORS) or (not space and (name in IDLE or name.startswith("aria-"))):
                continue
            if space in ("", XLINK) and name == "href" and tag in GRADIENTS:
                self._reference(value, tag, kept)
            elif not space and name == "style":
                self._style(value, tag, kept)
            elif space or name not in ATTRIBUTES:
                meant = did_you_mean(name, ATTRIBUTES)
                self.refuse(f"the logo has an attribute {name} at <{tag}>{meant}")
            elif self._is_plain(tag, name, value):
                kept[name] = value
        return kept

    def _style(self, text: str, tag: str, kept: dict[str, str]) -> None:
        """A style attribute as attributes of its own, which it overrides."""
        for declaration in filter(str.strip, text.split(";")):
            name, _, value = (part.strip() for part in declaration.partition(":"))
            if name in STYLES:
                if self._is_plain(tag, name, value):
                    kept[name] = value
            elif not name.startswith(("-inkscape-", "font-", "text-", "paint-order", "line-height")):
                # Fonts and the rest of it mean nothing where no text is.
                self.refuse(f"the logo has a style {name} at <{tag}>{did_you_mean(name, STYLES)}")

    def _is_plain(self, tag: str, name: str, value: str) -> bool:
        """Whether a value is no more than a number, a colour, a path, or a name that stands in the drawing itself."""
        inside = _INSIDE.fullmatch(value.strip()) if name in POINTING else None
        # A clipping that is clipped itself could go round in a circle.
        clipping = tag == "clipPath" or any(element.tag == "clipPath" for element in self._open)
        if inside and not (name == "clip-path" and clipping):
            self._ask(inside[1], "clipPath" if name == "clip-path" else "gradient")
            return True
        if "url(" in value.lower() or not _VALUE.fullmatch(value):
            self.refuse(f"the logo has {name} = {value[:60]!r} at <{tag}>")
            return False
        return True

    def _reference(self, value: str, tag: str, kept: dict[str, str]) -> None:
        if not value.startswith("#"):
            self.refuse(f"the logo points outside itself at <{tag}>: {value[:60]!r}")
            return
        self._ask(value[1:], "plain gradient")
        kept["href"] = value

    def _ask(self, id: str, kind: str) -> None:
        self._asked.append((id, kind, self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1))

    def finish(self) -> None:
        """What can only be judged at the end: names that are pointed to, whether anything is drawn, and how large."""
        root = self.root
        assert root is not None  # else the parser would have complained
        elements = list(root.iter())
        answers = {
            "clipPath": {one.get("id") for one in elements if one.tag == "clipPath"},
            "gradient": {one.get("id") for one in elements if one.tag in GRADIENTS},
            # A gradient may take its stops from one that has its own: so no circle of them can be.
            "plain gradient": {one.get("id") for one in elements if one.tag in GRADIENTS and "href" not in one.attrib},
        }
        for id, kind, row, column in self._asked:
            if id not in answers[kind]:
                self.refuse(f"the logo has no {kind} called {id}", row, column)
        if not any(one.tag in SHAPES for one in elements):
            self.refuse("the logo draws nothing", 1, 1, "save the drawing itself, not a page that shows it")
        self._size(root)

    def _size(self, root: ET.Element) -> None:
        try:
            _, _, width, height = (float(part) for part in root.get("viewBox", "").replace(",", " ").split())
        except ValueError:
            sides = [_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
            width, height = (float(side[1]) if side else math.nan for side in sides)
            root.set("viewBox", f"0 0 {width:g} {height:g}")
        if not (0 < width < math.inf and 0 < height < math.inf):
            fix = 'write the size of the drawing into <svg>: viewBox="0 0 WIDTH HEIGHT"'
            self.refuse("the logo does not say how large it is", 1, 1, fix)
        self.view = (width, height)
        root.attrib = {"xmlns": SVG, **root.attrib, "width": f"{width:g}", "height": f"{height:g}"}
