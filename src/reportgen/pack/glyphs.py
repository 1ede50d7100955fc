"""
Glyphs: which fonts a PDF shows texts in, what their codes mean, and which of the characters shown have no glyph there.
Follows the codes through the font's encoding down to the glyph; judges nothing.
"""

from __future__ import annotations

import re
import struct
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import pikepdf

IDENTITIES = ("/Identity-H", "/Identity-V")  # encodings whose codes are the numbers of characters in the font
USUAL = 1000.0  # advance of a character that the font says none of; ISO 32000-1 9.7.4.3
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


class Run(NamedTuple):
    """
    Letters of a font in a row.
    Args:
        codes: one a letter, two bytes each.
        text: the characters, as the font names them; one without a name is left out.
        wide: from where the first letter starts to where the next one would, in thousandths of an em.
    """

    codes: tuple[int, ...]
    text: str
    wide: float


class Font:
    """A font as the pages of a PDF have it, read once."""

    def __init__(self, found: pikepdf.Object) -> None:
        self._found = found
        self._runs: dict[bytes, Run] = {}

    def run(self, codes: bytes) -> Run:
        """A string that is shown in it."""
        run = self._runs.get(codes)
        if run is None:
            numbers = _numbers(codes)
            text = "".join(map(self._letters.__getitem__, numbers))
            run = self._runs[codes] = Run(numbers, text, sum(map(self._advances.__getitem__, numbers)))
        return run

    @cached_property
    def is_plain(self) -> bool:
        """Whether its strings read, and run, as `run` tells: of other kinds the codes are other bytes."""
        return (
            self._composite
            and self._found.get("/Encoding") in IDENTITIES
            and "/ToUnicode" in self._found
            and all(isinstance(some, pikepdf.Array) for some in list(self._inner.get("/W", ()))[1::2])
        )

    def used(self, page: int, codes: set[int]) -> UsedFont:
        """It with what it shows. Args: page: the first one that it is used on."""
        descriptor = self._inner.get("/FontDescriptor", pikepdf.Dictionary())
        name = str(self._inner.get("/BaseFont", self._found.get("/Name", "without name"))).removeprefix("/")
        return UsedFont(
            name=re.sub(r"^[A-Z]{6}\+", "", name).rstrip(",-"),
            page=page,
            embedded=any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")),
            missing=_missing(self._found, self._inner, codes) if self._composite else None,
        )

    @property
    def _composite(self) -> bool:
        return bool(self._found.get("/Subtype") == "/Type0")

    @property
    def _inner(self) -> pikepdf.Object:
        return self._found["/DescendantFonts"][0] if self._composite else self._found

    @cached_property
    def _letters(self) -> Mapping[int, str]:
        table = _mapping(self._found["/ToUnicode"].read_bytes()) if "/ToUnicode" in self._found else {}
        return defaultdict(str, {code: _text(number) for code, number in table.items()})

    @cached_property
    def _advances(self) -> Mapping[int, float]:
        """Code → thousandths of an em, where the font is plain."""
        usual = float(self._inner.get("/DW", USUAL))
        known: dict[int, float] = {}
        if self.is_plain:
            told = list(self._inner.get("/W", ()))
            for first, some in zip(told[::2], told[1::2], strict=True):
                known |= {int(first) + step: float(one) for step, one in enumerate(some)}
        return defaultdict(lambda: usual, known)


def _missing(font: pikepdf.Object, inner: pikepdf.Object, codes: set[int]) -> tuple[str, ...] | None:
    """The characters behind those codes that end at glyph 0; None if the encoding is not one of two bytes."""
    encoding = font.get("/Encoding")
    if isinstance(encoding, pikepdf.Stream):
        table = _mapping(encoding.read_bytes())
        glyphs = {code: table.get(code, 0) for code in codes}
    elif encoding in IDENTITIES:
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


@lru_cache(4096)
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
