"""
Pointers: where the links and bookmarks of a PDF lead, and where its counted pages end. Takes an open PDF, gives what is
wrong and where.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import pikepdf

LAST = "end"  # where the counted pages end; those of the evidence notes are extra
CONTENTS = "Contents"  # bookmark of the contents, whose pages do not count


def page_numbers(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    """Which page an object is, from 1."""
    return {one.obj.objgen: number for number, one in enumerate(pdf.pages, start=1)}


def bookmarks(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """All bookmarks, in the order of a reader's list of them."""
    found: list[pikepdf.Dictionary] = []
    seen: set[tuple[int, int]] = set()
    ahead = [pdf.Root.get("/Outlines", pikepdf.Dictionary()).get("/First")]
    while ahead:
        mark = ahead.pop()
        if isinstance(mark, pikepdf.Dictionary) and mark.objgen not in seen:
            seen.add(mark.objgen)
            found.append(mark)
            ahead += [mark.get("/Next"), mark.get("/First")]
    return found


def dead_links(
    pdf: pikepdf.Pdf, addresses: Collection[str], marks: Iterable[pikepdf.Dictionary]
) -> Iterator[tuple[str, str]]:
    """
    What is wrong with links on pages, then with bookmarks.
    Args:
        marks: from `bookmarks`.
        addresses: those outside the document that it may point to.
    """
    pages = page_numbers(pdf)
    names = _destinations(pdf)
    found = [
        (f"page {number}", note)
        for number, one in enumerate(pdf.pages, start=1)
        for note in one.obj.get("/Annots", [])
        if note.get("/Subtype") == "/Link"
    ]
    found += [(f"bookmark {item.get('/Title', '')}", item) for item in marks]
    for place, link in found:
        if fault := _link_fault(link, pages, names, addresses):
            yield fault, place


def _link_fault(
    link: pikepdf.Object,
    pages: Mapping[tuple[int, int], int],
    names: Mapping[str, pikepdf.Object],
    addresses: Collection[str],
) -> str:
    action = link.get("/A", pikepdf.Dictionary())
    kind = str(action.get("/S", "/GoTo"))
    if kind == "/URI":
        address = str(action.get("/URI", ""))
        return "" if address in addresses else f"a link points outside the pack, to {address or 'nowhere'}"
    if kind != "/GoTo":
        return f"a link does something else than to point at a place: {kind}"
    target = link.get("/Dest", action.get("/D"))
    if isinstance(target, pikepdf.String | pikepdf.Name):
        target, called = names.get(str(target).removeprefix("/")), str(target)
    else:
        called = "a page"
    if isinstance(target, pikepdf.Array) and len(target) and getattr(target[0], "objgen", None) in pages:
        return ""
    return f"a link points to {called}, which is not in the document"


def counted_pages(pdf: pikepdf.Pdf, marks: Iterable[pikepdf.Dictionary]) -> int | None:
    """
    The pages behind cover and contents, to the end of the methods; None where no such end is named.
    Args:
        marks: from `bookmarks`.
    """
    target = _destinations(pdf).get(LAST)
    if not isinstance(target, pikepdf.Array):
        return None
    numbers = page_numbers(pdf)
    return numbers.get(target[0].objgen, 0) - _uncounted(marks, numbers)


def _uncounted(marks: Iterable[pikepdf.Dictionary], numbers: Mapping[tuple[int, int], int]) -> int:
    """How many pages cover and contents take: the next bookmark tells where the contents end."""
    for mark in marks:
        behind = mark.get("/Next", pikepdf.Dictionary()).get("/Dest") if mark.get("/Title") == CONTENTS else None
        if isinstance(behind, pikepdf.Array):
            return numbers.get(behind[0].objgen, 1) - 1
    return 1


def _destinations(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    root = pdf.Root.get("/Names", pikepdf.Dictionary())
    tree = pikepdf.NameTree(root["/Dests"]) if "/Dests" in root else {}
    return {str(name): target for name, target in tree.items()}
