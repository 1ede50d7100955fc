"""
Reading: what a PDF says to somebody who has it read out, in that order, held against the document it was printed from,
word for word. Nothing may be clipped, lost, added or moved.

Blanks and hyphens are left out of the comparison: at the end of a line a page has none of the one and its own of the
other. Running heads and feet are artefacts and are not read out; what the styles put in (signs of lists, dots and page
numbers of the contents) is none of the document's words. Pictures have their alternative texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import pikepdf
from lxml.html import HtmlElement

from reportgen.pack.numbers import UNREAD, parsed

RUNNING = ("head", "foot")  # classes of what stands on every page
MOST_NAMED = 5  # differences that are told
SAME = 30  # letters that two texts have to share to be of one place again
AROUND = 40  # letters that a message shows
_LEFT_OUT = re.compile("[\\s\u00ad\u200b\u2060\u2010\u2011-]+")
_LEADER = 3  # so many dots, each a piece of its own, lead to the number of a page
_SIGNS = ("–", "•")  # of lists


@dataclass(frozen=True)
class Piece:
    """Words of a document, without blanks and hyphens, and where they stand: an element, a page."""

    text: str
    place: str


def read_out(pdf: pikepdf.Pdf, letters: Mapping[tuple[int, int], str]) -> list[Piece]:
    """
    The words of a PDF as its tags order them.
    Args:
        letters: of marked contents, from `glyphs.letters`.
    """
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    found: list[Piece] = []
    heads: list[str] = [""]  # of the table before: on a page that it runs on to, its head stands again

    def read(element: pikepdf.Object, page: int, into: list[Piece]) -> None:
        tag, on = str(element.get("/S", "")), element.get("/Pg")
        page = pages.get(on.objgen, page) if on is not None else page
        if tag in ("/Figure", "/Lbl"):
            return
        inner = [] if tag == "/THead" else into
        kids: Any = element.get("/K", [])
        for kid in kids if isinstance(kids, list | pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary):
                if kid.get("/Type") != "/OBJR":
                    read(kid, page, inner)
            elif text := _words(letters.get((page, int(kid)), "")):
                inner.append(Piece(text, f"page {page}"))
        if tag == "/THead":
            _once(inner, heads, into)

    if "/StructTreeRoot" in pdf.Root:
        read(pdf.Root["/StructTreeRoot"], 0, found)
    return [piece for piece in _without_leaders(found) if piece.text not in _SIGNS]


def written(html: str) -> list[Piece]:
    """The words of a document in their order, each with the element that it stands in."""
    found: list[Piece] = []
    heads: list[str] = [""]

    def read(element: HtmlElement, section: str, into: list[Piece]) -> None:
        if not isinstance(element.tag, str) or element.tag in UNREAD or set(element.classes) & set(RUNNING):
            return
        section = element.get("id", section) if element.tag == "section" else section
        inner = [] if element.tag == "thead" else into
        _say(element.text, section, element, inner)
        for child in element:
            read(child, section, inner)
            _say(child.tail, section, element, inner)
        if element.tag == "thead":
            _once(inner, heads, into)

    for body in parsed(html).iter("body"):
        read(body, "", found)
    return [piece for piece in found if piece.text not in _SIGNS]


def differences(html: str, there: list[Piece]) -> Iterator[tuple[str, str]]:
    """
    Where a PDF does not say what its document says: what is wrong, and on which page, in which element.
    Args:
        there: from `read_out`.
    """
    wanted = written(html)
    one, other = ("".join(piece.text for piece in pieces) for pieces in (wanted, there))
    if one == other:
        return
    same = _shared(one[::-1], other[::-1], 0, 0)  # at their ends, to tell a difference near these no longer than it is
    one, other = one[: len(one) - same], other[: len(other) - same]
    ends, other_ends = ([*accumulate(len(piece.text) for piece in pieces)] for pieces in (wanted, there))
    for told, (lost, more) in enumerate(_runs(one, other)):
        place = ", ".join(filter(None, (_place(there, other_ends, more[0]), _place(wanted, ends, lost[0]))))
        if told == MOST_NAMED:
            yield "and more beyond these", place
            return
        gone, added = one[slice(*lost)][:AROUND], other[slice(*more)][:AROUND]
        if gone and added:
            yield f"{added!r} stands where the document says {gone!r}", place
        elif gone:
            yield f"words of the document are not read out there: {gone!r}", place
        else:
            yield f"words are read out that the document does not say there: {added!r}", place


def _runs(one: str, other: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Stretches in which two texts differ, until both are of one place again for `SAME` letters."""
    at, to = 0, 0
    while at < len(one) or to < len(other):
        step = _shared(one, other, at, to)
        at, to = at + step, to + step
        if at == len(one) and to == len(other):
            return
        ahead, behind = other.find(one[at : at + SAME], to), one.find(other[to : to + SAME], at)
        if at < len(one) and ahead > to and (behind <= at or ahead - to <= behind - at):
            until, upto = at, ahead
        elif to < len(other) and behind > at:
            until, upto = behind, to
        else:
            until, upto = _next_shared(one, other, at, to)
        yield (at, until), (to, upto)
        at, to = until, upto


def _shared(one: str, other: str, at: int, to: int) -> int:
    most = min(len(one) - at, len(other) - to)
    return next((n for n in range(most) if one[at + n] != other[to + n]), most)


def _next_shared(one: str, other: str, at: int, to: int) -> tuple[int, int]:
    """Where two texts meet again behind a stretch that stands for another one; their ends if they do not."""
    for start in range(at + 1, len(one) - SAME):
        found = other.find(one[start : start + SAME], to)
        if found >= 0:
            return start, found
    return len(one), len(other)


def _place(pieces: list[Piece], ends: list[int], at: int) -> str:
    return next((piece.place for piece, end in zip(pieces, ends, strict=True) if at < end), "at the end")


def _without_leaders(pieces: list[Piece]) -> Iterator[Piece]:
    """All pieces but dots that lead to the number of a page, and that number."""
    place = 0
    while place < len(pieces):
        behind = place
        while behind < len(pieces) and pieces[behind].text == ".":
            behind += 1
        if behind - place >= _LEADER:
            place = behind + (behind < len(pieces) and pieces[behind].text.isdigit())
        else:
            yield pieces[place]
            place += 1


def _say(text: str | None, section: str, element: HtmlElement, into: list[Piece]) -> None:
    if text and (words := _words(text)):
        name = ".".join((element.tag, *element.classes))
        into.append(Piece(words, f"<{name}> of section {section}" if section else f"<{name}>"))


def _once(head: list[Piece], before: list[str], into: list[Piece]) -> None:
    text = "".join(piece.text for piece in head)
    if text != before[0]:
        into.extend(head)
    before[0] = text


def _words(text: str) -> str:
    return _LEFT_OUT.sub("", text)
