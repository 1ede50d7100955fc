"""
Glyphs: which texts a PDF shows in which fonts, and which of their characters have no glyph there.
Follows the codes of every text-showing operator through the font's encoding down to the glyph; judges nothing.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pikepdf

DRAWING = {"Do": "/XObject", "scn": "/Pattern", "SCN": "/Pattern", "gs": "/ExtGState"}  # operator → what it names
FOLLOWED = " ".join(("q", "Q", "Tf", "Tj", "TJ", "'", '"', "BMC", "BDC", "EMC", *DRAWING))
_HEX = re.compile(rb"<([0-9a-fA-F]*)>")
_BLOCK = re.compile(rb"begin(cidchar|cidrange|bfchar|bfrange)(.*?)end\1", re.DOTALL)
_CHARS = re.compile(rb"<\s*([0-9a-fA-F]+)\s*>\s*(?:<\s*([0-9a-fA-F]+)\s*>|(\d+))")
_RANGES = re.compile(rb"<\s*([0-9a-fA-F]+)\s*>\s*<\s*([0-9a-fA-F]+)\s*>\s*(?:<\s*([0-9a-fA-F]+)\s*>|(\d+))")


@dataclass(frozen=True)
class UsedFont:
    """
    A font that text is shown in.
    Args:
        name: of the font, without the tag of its subset.
        page: the first page it is used on, from 1.
        embedded: its program is in the file.
        missing: the characters shown in it that have no glyph, sorted; None if it is of a kind that cannot be followed.
    """

    name: str
    page: int
    embedded: bool
    missing: tuple[str, ...] | None


@dataclass(frozen=True)
class Shown:
    """
    A string that a page shows.
    Args:
        page: from 1. font: as the page has it. codes: two bytes a character.
        mark: number of the marked content that it stands in (MCID), None outside any, as in an artefact.
    """

    page: int
    font: pikepdf.Object
    codes: bytes
    mark: int | None


def shown(pdf: pikepdf.Pdf) -> list[Shown]:
    """
    All strings that are shown, on the pages and in the drawings and patterns on them, in the order of drawing.
    Raises: pikepdf.PdfError: a page shows text in a font that it does not have.
    """
    seen: set[tuple[int, int]] = set()
    return [
        Shown(number, font, codes, mark)
        for number, page in enumerate(pdf.pages, start=1)
        for font, codes, mark in _shown(page, page.obj.get("/Resources", pikepdf.Dictionary()), seen, None)
    ]


def fonts_used(strings: Iterable[Shown]) -> Iterator[UsedFont]:
    """All fonts that text is shown in."""
    codes: dict[tuple[int, int], set[int]] = {}
    fonts: dict[tuple[int, int], tuple[pikepdf.Object, int]] = {}
    for one in strings:
        key = one.font.objgen
        fonts.setdefault(key, (one.font, one.page))
        codes.setdefault(key, set()).update(_numbers(one.codes))
    for key, (font, number) in fonts.items():
        yield _described(font, number, codes[key])


def letters(strings: Iterable[Shown]) -> dict[tuple[int, int], str]:
    """
    What is marked content as text: (page, number of the mark) → the characters shown in it, as the font names them.
    A character without a name is left out.
    """
    names: dict[tuple[int, int], dict[int, str]] = {}
    found: dict[tuple[int, int], list[str]] = {}
    for one in strings:
        if one.mark is None:
            continue
        key = one.font.objgen
        if key not in names:
            table = _mapping(one.font["/ToUnicode"].read_bytes()) if "/ToUnicode" in one.font else {}
            names[key] = {code: _text(number) for code, number in table.items()}
        known = names[key]
        found.setdefault((one.page, one.mark), []).extend(known.get(code, "") for code in _numbers(one.codes))
    return {key: "".join(parts) for key, parts in found.items()}


def _shown(
    content: pikepdf.Object | pikepdf.Page,
    resources: pikepdf.Object,
    seen: set[tuple[int, int]],
    outer: int | None,
) -> Iterator[tuple[pikepdf.Object, bytes, int | None]]:
    """Each string of a content stream with its font and mark; what it draws in turn is followed, each thing once."""
    font: pikepdf.Object | None = None
    saved: list[pikepdf.Object | None] = []
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
            font = resources.get("/Font", pikepdf.Dictionary()).get(str(operands[0]))
        elif operator in DRAWING:
            if operands and isinstance(operands[-1], pikepdf.Name):
                for drawn in _drawn(resources, DRAWING[operator], str(operands[-1])):
                    if drawn.objgen not in seen:
                        seen.add(drawn.objgen)
                        yield from _shown(drawn, drawn.get("/Resources", resources), seen, marks[-1])
        elif font is None:
            raise pikepdf.PdfError("text is shown in a font that is not there")
        elif operator == "TJ":
            yield font, _codes(operands[0]), marks[-1]
        else:
            yield font, bytes(operands[-1]), marks[-1]


def _codes(parts: pikepdf.Object) -> bytes:
    """The codes of all strings in a list of strings and shifts."""
    written = parts.unparse()
    if b"(" in written:  # strings as letters, with escapes
        return b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    return bytes.fromhex(b"".join(_HEX.findall(written)).decode())


def _mark(operands: list[pikepdf.Object], outer: int | None) -> int | None:
    """The number of a marked content; inside another one without a number, that of the other."""
    found = operands[1].get("/MCID") if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else None
    return outer if found is None else int(found)


def _drawn(resources: pikepdf.Object, kind: str, name: str) -> Iterator[pikepdf.Stream]:
    """The content stream behind a name: of a drawing, a pattern, or the mask of a graphics state."""
    item = resources.get(kind, pikepdf.Dictionary()).get(name)
    if isinstance(item, pikepdf.Dictionary) and isinstance(item.get("/SMask"), pikepdf.Dictionary):
        item = item["/SMask"].get("/G")
    if isinstance(item, pikepdf.Stream) and item.get("/Subtype") != "/Image":
        yield item


def _described(font: pikepdf.Object, page: int, codes: set[int]) -> UsedFont:
    composite = font.get("/Subtype") == "/Type0"
    inner = font["/DescendantFonts"][0] if composite else font
    descriptor = inner.get("/FontDescriptor", pikepdf.Dictionary())
    name = str(inner.get("/BaseFont", font.get("/Name", "without name"))).removeprefix("/")
    return UsedFont(
        name=re.sub(r"^[A-Z]{6}\+", "", name).rstrip(",-"),
        page=page,
        embedded=any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")),
        missing=_missing(font, inner, codes) if composite else None,
    )


def _missing(font: pikepdf.Object, inner: pikepdf.Object, codes: set[int]) -> tuple[str, ...] | None:
    """The characters behind those codes that end at glyph 0; None if the encoding is not one of two bytes."""
    encoding = font.get("/Encoding")
    if isinstance(encoding, pikepdf.Stream):
        table = _mapping(encoding.read_bytes())
        glyphs = {code: table.get(code, 0) for code in codes}
    elif encoding in ("/Identity-H", "/Identity-V"):
        glyphs = {code: code for code in codes}
    else:
        return None
    order = inner.get("/CIDToGIDMap")
    if isinstance(order, pikepdf.Stream):
        places = order.read_bytes()
        glyphs = {code: int.from_bytes(places[2 * cid : 2 * cid + 2], "big") for code, cid in glyphs.items()}
    names = _mapping(font["/ToUnicode"].read_bytes()) if "/ToUnicode" in font else {}
    missing = {code for code, glyph in glyphs.items() if glyph == 0}
    return tuple(sorted(_text(names[code]) if code in names else f"code {code:04x}" for code in missing))


def _mapping(cmap: bytes) -> Mapping[int, int]:
    """Code → CID of an encoding, or code → UTF-16 as a number of a ToUnicode table."""
    table: dict[int, int] = {}
    for kind, block in _BLOCK.findall(cmap):
        if kind.endswith(b"char"):
            for code, text, cid in _CHARS.findall(block):
                table[int(code, 16)] = int(text, 16) if text else int(cid)
        else:
            for first, last, text, cid in _RANGES.findall(block):
                start = int(text, 16) if text else int(cid)
                codes = range(int(first, 16), int(last, 16) + 1)
                table |= {code: start + step for step, code in enumerate(codes)}
    return table


def _text(number: int) -> str:
    data = number.to_bytes(max(2, (number.bit_length() + 15) // 16 * 2), "big")
    return data.decode("utf-16-be", errors="replace")


def _numbers(codes: bytes) -> tuple[int, ...]:
    """
    >>> _numbers(bytes([0, 65, 1, 2]))
    (65, 258)
    """
    whole = codes + bytes(len(codes) % 2)
    return struct.unpack(f">{len(whole) // 2}H", whole)
