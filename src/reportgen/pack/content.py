"""
Content: which strings a PDF shows on its pages, in which font, where; judges nothing.

A stream as the page engine writes it is read by one regular expression, in a fifth of the time. A stream that holds
anything else is read by pikepdf, operator by operator; where its strings stand is then not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pikepdf

from reportgen.pack.glyphs import Font, Run, UsedFont

DRAWING = {"Do": "/XObject", "scn": "/Pattern", "SCN": "/Pattern", "gs": "/ExtGState"}  # operator → what it names
FOLLOWED = " ".join(("q", "Q", "Tf", "Tj", "TJ", "'", '"', "BMC", "BDC", "EMC", *DRAWING))
_HEX = re.compile(rb"<([0-9a-fA-F]*)>")

# What is drawn, and how, is passed over up to the next step that bears on strings. A stream that goes on otherwise
# before its end is not known.
END = b"\n%"
_NUMBER = rb"-?(?:\d++(?:\.\d*+)?+|\.\d++)[ \n]"
_STEPS = re.compile(
    rb"""
    (?: (?:N)*+ (?: [SBfnwjJMlmch] | re | f\* | W\*? | rg | RG | Tr | BT | ET ) [ \n]
      | /Pattern[ ]cs[ \n] | \[ (?:[\d.]++|[ ])*+ \][ ] (?:N) d[ \n] )*+
    (?: (?P<show> ((?:N){6}) Tm[ \n] (?: /([\w.+-]++)[ ](N) Tf[ \n] )?+
          (?: (<(?:[0-9a-fA-F]{4})*+>)[ ]Tj
            | \[( (?: <(?:[0-9a-fA-F]{4})*+> | -?\d++(?:\.\d*+)?+ | [ ] )*+ )\][ ]TJ ) [ \n] )
      | (?P<end> EMC[ \n] )
      | (?P<begin> /\w++[ \n] (?: <</MCID[ ](?P<number>\d++)>>[ \n]BDC | BMC ) [ \n] )
      | (?P<save> q[ \n] )
      | (?P<restore> Q[ \n] )
      | (?P<draw> /(?P<what>[\w.+-]++)[ ](?P<by>Do|gs|scn)[ \n] )
      | (?P<font> /(?P<name>[\w.+-]++)[ ](?P<size>N) Tf[ \n] )
      | (?P<turn> (?P<by_how>(?:N){6}) cm[ \n] )
      | (?P<over> \n?%\Z )
      | .+ )
    """.replace(b"N)", b"%b)" % _NUMBER),
    re.VERBOSE | re.DOTALL,
)


class Stretch(NamedTuple):
    """From where to where the line runs that a string stands on, in pt of the page, and how large its letters are."""

    x: float
    y: float
    to_x: float
    to_y: float
    em: float


class Shown(NamedTuple):
    """
    A string that a page shows.
    Args:
        page: from 1.
        mark: number of the marked content that it stands in (MCID), None outside any, as in an artefact.
        at: None where that is not told.
    """

    page: int
    font: Font
    run: Run
    mark: int | None
    at: Stretch | None


Matrix = tuple[float, float, float, float, float, float]
_Found = tuple[Font, Run, int | None, Stretch | None]
_AS_IT_IS = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass
class _File:
    """What is read once of a file: its fonts, and what its pages draw."""

    fonts: dict[tuple[int, int], Font] = field(default_factory=dict)
    seen: set[tuple[int, int]] = field(default_factory=set)

    def font(self, found: pikepdf.Object) -> Font:
        return self.fonts.setdefault(found.objgen, Font(found)) if found.is_indirect else Font(found)


@dataclass
class _Names:
    """What the names in a content stream stand for."""

    file: _File
    resources: pikepdf.Object
    _fonts: dict[str, Font | None] = field(default_factory=dict)
    _drawn: set[tuple[str, str]] = field(default_factory=set)

    def font(self, name: str) -> Font | None:
        if name not in self._fonts:
            found = self.resources.get("/Font", pikepdf.Dictionary()).get(name)
            self._fonts[name] = None if found is None else self.file.font(found)
        return self._fonts[name]

    def drawn(self, operator: str, name: str, mark: int | None) -> Iterator[_Found]:
        """The strings of a drawing, a pattern, or the mask of a graphics state: of each thing once."""
        if (operator, name) in self._drawn:
            return
        self._drawn.add((operator, name))
        item = self.resources.get(DRAWING[operator], pikepdf.Dictionary()).get(name)
        if isinstance(item, pikepdf.Dictionary) and isinstance(item.get("/SMask"), pikepdf.Dictionary):
            item = item["/SMask"].get("/G")
        if not isinstance(item, pikepdf.Stream) or item.get("/Subtype") == "/Image" or item.objgen in self.file.seen:
            return
        self.file.seen.add(item.objgen)
        inner = _Names(self.file, item.get("/Resources", self.resources))
        yield from ((*one[:-1], None) for one in _read(item, item, inner, mark))


def shown(pdf: pikepdf.Pdf) -> list[Shown]:
    """
    All strings that are shown, on the pages and in the drawings and patterns on them, in the order of drawing.
    Raises: pikepdf.PdfError: a page shows text in a font that it does not have.
    """
    file = _File()
    found: list[Shown] = []
    for number, page in enumerate(pdf.pages, start=1):
        names = _Names(file, page.obj.get("/Resources", pikepdf.Dictionary()))
        found += [Shown(number, *one) for one in _read(page, page.obj.get("/Contents"), names, None)]
    return found


def _read(
    content: pikepdf.Object | pikepdf.Page, stream: pikepdf.Object | None, names: _Names, outer: int | None
) -> Iterator[_Found]:
    """The strings of a page or a drawing; `stream`: what they are written in."""
    steps = list(_STEPS.finditer(stream.read_bytes() + END)) if isinstance(stream, pikepdf.Stream) else []
    if steps and steps[-1].lastgroup == "over":
        return _by_steps(steps, names, outer)
    return _by_operators(content, names, outer)


def _by_steps(steps: Sequence[re.Match[bytes]], names: _Names, outer: int | None) -> Iterator[_Found]:
    font: Font | None = None
    size, turned = 0.0, _AS_IT_IS
    saved: list[tuple[Font | None, float, Matrix]] = []
    marks: list[int | None] = [outer]
    for step in steps:
        kind = step.lastgroup
        if kind == "show":
            place, name, big, string, strings = step.group(2, 3, 4, 5, 6)
            if name is not None:
                font, size = names.font("/" + name.decode()), float(big)
            if font is None:
                raise pikepdf.PdfError("text is shown in a font that is not there")
            parts = _HEX.split(string or strings)  # letters, and by how much the next ones stand nearer, in turn
            run = font.run(bytes.fromhex(b"".join(parts[1::2]).decode()))
            nearer = b" ".join(parts[::2]).split()
            wide = run.wide - sum(map(float, nearer)) if nearer else run.wide
            yield font, run, marks[-1], _stretch(place.split(), turned, size, wide)
        elif kind == "begin":
            number = step["number"]
            marks.append(marks[-1] if number is None else int(number))
        elif kind == "end":
            del marks[1 if len(marks) == 1 else -1 :]
        elif kind == "save":
            saved.append((font, size, turned))
        elif kind == "restore":
            font, size, turned = saved.pop() if saved else (font, size, turned)
        elif kind == "draw":
            yield from names.drawn(step["by"].decode(), "/" + step["what"].decode(), marks[-1])
        elif kind == "turn":
            turned = _turned(step["by_how"].split(), turned)
        elif kind == "font":
            font, size = names.font("/" + step["name"].decode()), float(step["size"])


def _by_operators(content: pikepdf.Object | pikepdf.Page, names: _Names, outer: int | None) -> Iterator[_Found]:
    font: Font | None = None
    saved: list[Font | None] = []
    marks: list[int | None] = [outer]
    for instruction in pikepdf.parse_content_stream(content, operators=FOLLOWED):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "q":
            saved.append(font)
        elif operator == "Q":
            font = saved.pop() if saved else font
        elif operator in ("BMC", "BDC"):
            marks.append(_mark(list(operands), marks[-1]))
        elif operator == "EMC":
            del marks[1 if len(marks) == 1 else -1 :]
        elif operator == "Tf":
            font = names.font(str(operands[0]))
        elif operator in DRAWING:
            if operands and isinstance(operands[-1], pikepdf.Name):
                yield from names.drawn(operator, str(operands[-1]), marks[-1])
        elif font is None:
            raise pikepdf.PdfError("text is shown in a font that is not there")
        else:
            parts = operands[0] if operator == "TJ" else operands[-1:]
            codes = b"".join(bytes(one) for one in parts if isinstance(one, pikepdf.String))
            yield font, font.run(codes), marks[-1], None


def _mark(operands: list[pikepdf.Object], outer: int | None) -> int | None:
    """The number of a marked content; inside another one without a number, that of the other."""
    found = operands[1].get("/MCID") if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else None
    return outer if found is None else int(found)


def _turned(by: Sequence[bytes], outer: Matrix) -> Matrix:
    """One matrix after the other, as ISO 32000-1 8.3.4 has it."""
    a, b, c, d, e, f = map(float, by)
    k, m, n, o, p, q = outer
    return a * k + b * n, a * m + b * o, c * k + d * n, c * m + d * o, e * k + f * n + p, e * m + f * o + q


def _stretch(by: Sequence[bytes], turned: Matrix, size: float, wide: float) -> Stretch:
    """Args: wide: thousandths of an em that the string runs."""
    a, b, c, d, x, y = _turned(by, turned)
    far = size * wide / 1000
    return Stretch(x, y, x + a * far, y + b * far, size * max(abs(a), abs(b), abs(c), abs(d)))


def fonts_used(strings: Iterable[Shown]) -> Iterator[UsedFont]:
    """All fonts that text is shown in."""
    codes: dict[Font, set[int]] = {}
    pages: dict[Font, int] = {}
    for one in strings:
        pages.setdefault(one.font, one.page)
        codes.setdefault(one.font, set()).update(one.run.codes)
    return (font.used(page, codes[font]) for font, page in pages.items())


def letters(strings: Iterable[Shown]) -> dict[tuple[int, int], str]:
    """
    What is marked content as text: (page, number of the mark) → the characters shown in it, as the font names them.
    A character without a name is left out.
    """
    found: dict[tuple[int, int], list[str]] = {}
    for one in strings:
        if one.mark is not None:
            found.setdefault((one.page, one.mark), []).append(one.run.text)
    return {key: "".join(parts) for key, parts in found.items()}
