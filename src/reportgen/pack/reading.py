"""
Reading: what a PDF says to somebody who has it read out, in that order, held against the document it was printed from,
word for word. Nothing may be clipped, lost, added or moved.

Blanks and hyphens are left out of the comparison: at the end of a line a page has none of the one and its own of the
other. Running heads and feet are artefacts and are not read out; what the styles put in (signs of lists, dots and page
numbers of the contents) is none of the document's words. Pictures have their alternative texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import pikepdf
from lxml.etree import XPath
from lxml.html import HtmlElement

from reportgen.pack.numbers import UNREAD, parsed
from reportgen.pack.pointers import page_numbers

RUNNING = ("head", "foot")  # classes of what stands on every page
_OF_CLASS = ".//*[contains(concat(' ', normalize-space(@class), ' '), ' {} ')]"
_not_said = XPath("|".join((*(f".//{tag}" for tag in sorted(UNREAD)), *(map(_OF_CLASS.format, RUNNING)))))
MOST_NAMED = 5  # differences that are told
SAME = 30  # letters that two texts have to share to be of one place again
AROUND = 40  # letters that a message shows
_LEFT_OUT = "\u00ad\u200b\u2060\u2010\u2011-"
_BETWEEN = "\0"  # no text has it
_LEADER = 3  # so many dots, each a piece of its own, lead to the number of a page
_SIGNS = ("–", "•")  # of lists


class Piece(NamedTuple):
    """Words of a document, without blanks and hyphens, and where they stand: an element, the number of a page."""

    text: str
    at: HtmlElement | int


class ReadOut(NamedTuple):
    """
    What somebody hears of a PDF.
    Args:
        words: of its texts.
        figures: the alternative text of each, empty if it has none, and its page, 0 if none is told.
    """

    words: list[Piece]
    figures: list[tuple[str, int]]


def read_out(pdf: pikepdf.Pdf, letters: Mapping[tuple[int, int], str]) -> ReadOut:
    """
    A PDF as its tags order it.
    Args:
        letters: of marked contents, from `content.letters`.
    """
    pages = page_numbers(pdf)
    found: list[tuple[str, int]] = []
    figures: list[tuple[str, int]] = []
    head = ""  # of the table before: on a page that it runs on to, its head stands again

    def read(element: pikepdf.Object, page: int) -> None:
        nonlocal head
        tag, start = str(element.get("/S", "")), len(found)
        if not tag:  # what a link is on the page
            return
        if (on := element.get("/Pg")) is not None:
            page = pages.get(on.objgen, page)
        for kid in _kids(element):
            if isinstance(kid, int):
                found.append((letters.get((page, kid), ""), page))
            elif isinstance(kid, pikepdf.Dictionary):
                read(kid, page)
        if tag == "/THead":
            before, head = head, "".join(_squeezed(text for text, _ in found[start:]))
            if head == before:
                del found[start:]
        elif tag in ("/Figure", "/Lbl"):
            del found[start:]
            if tag == "/Figure":
                figures.append((str(element.get("/Alt", element.get("/ActualText", ""))), page))

    for one in _kids(pdf.Root.get("/StructTreeRoot", pikepdf.Dictionary())):
        read(one, 0)
    words = [piece for piece in _without_leaders(_pieces(found)) if piece.text not in _SIGNS]
    return ReadOut(words, figures)


def differences(html: str, there: list[Piece]) -> Iterator[tuple[str, str]]:
    """
    Where a PDF does not say what its document says: what is wrong, and on which page, in which element.
    Args:
        there: the words from `read_out`.
    """
    body = _said(html)
    one = "".join(text for text in _squeezed(body.itertext()) if text not in _SIGNS)
    other = "".join(piece.text for piece in there)
    if one == other:
        return
    wanted = _written(body)
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
    return next((_named(piece.at) for piece, end in zip(pieces, ends, strict=True) if at < end), "at the end")


def _named(at: HtmlElement | int) -> str:
    if isinstance(at, int):
        return f"page {at}"
    name = ".".join((at.tag, *at.classes))
    sections = (one.get("id") for one in (at, *at.iterancestors("section")) if one.tag == "section")
    section = next(filter(None, sections), "")
    return f"<{name}> of section {section}" if section else f"<{name}>"


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


def _said(html: str) -> HtmlElement:
    """The body of a document without what is not read out, and without a head like that of the table before."""
    [body] = parsed(html).iter("body")
    for element in _not_said(body):
        element.clear(keep_tail=True)
    head = ""
    for element in body.iter("thead"):
        before, head = head, "".join(_squeezed(element.itertext()))
        if head == before:
            element.clear(keep_tail=True)
    return body


def _written(body: HtmlElement) -> list[Piece]:
    """Its words in their order, each with the element that it stands in."""
    found: list[tuple[str, HtmlElement]] = []

    def read(element: HtmlElement) -> None:
        found.append((element.text or "", element))
        for child in element:
            if isinstance(child.tag, str):  # no comment
                read(child)
            found.append((child.tail or "", element))

    read(body)
    return [piece for piece in _pieces(found) if piece.text not in _SIGNS]


def _kids(element: pikepdf.Object) -> Iterable[Any]:
    kids = element.get("/K", ())
    return kids.as_list() if isinstance(kids, pikepdf.Array) else [kids]


def _pieces(found: Sequence[tuple[str, HtmlElement | int]]) -> list[Piece]:
    """Texts without blanks and hyphens; those that are nothing but these are left out."""
    squeezed = zip(_squeezed(text for text, _ in found), found, strict=True)
    return [Piece(text, at) for text, (_, at) in squeezed if text]


def _squeezed(texts: Iterable[str]) -> list[str]:
    """Texts without blanks and hyphens: all at once, as one by one it takes longer."""
    together = "".join(_BETWEEN.join(text.replace(_BETWEEN, "\ufffd") for text in texts).split())
    for sign in _LEFT_OUT:
        together = together.replace(sign, "")
    return together.split(_BETWEEN)
