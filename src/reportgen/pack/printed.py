"""
Printed: the texts of a finished PDF, piece by piece as they were set, apart from those of its pictures; and its
alternative texts. Takes bytes, gives texts.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

FIGURE = "Figure"  # how the PDF marks what belongs to a picture


@dataclass(frozen=True)
class Printed:
    """
    Args:
        texts: page by page, what was set in one go: a line, or the part of it in one element.
        headings: bookmarks, each with the index of its page.
        in_figures: letters of pictures.
        alternatives: of pictures, in no order.
    """

    texts: list[list[str]] = field(default_factory=list)
    headings: list[tuple[int | None, str]] = field(default_factory=list)
    in_figures: list[str] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)


def printed(data: bytes) -> Printed:
    """
    What a PDF says.
    Raises: pikepdf.PdfError, pypdfium2.PdfiumError: it is no PDF that can be read.
    """
    found = Printed()
    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            texts: list[str] = []
            for in_figure, text in _pieces(page):
                (found.in_figures if in_figure else texts).append(text)
            found.texts.append(texts)
        found.headings.extend((_page_of(mark), mark.get_title()) for mark in document.get_toc())
    finally:
        document.close()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        figures = (item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure")
        found.alternatives.extend(str(item["/Alt"]) for item in figures if "/Alt" in item)
    return found


def _page_of(mark: pypdfium2.PdfBookmark) -> int | None:
    target = mark.get_dest()
    index: int | None = target.get_index() if target else None
    return index


def _pieces(page: pypdfium2.PdfPage) -> Iterator[tuple[bool, str]]:
    texts = page.get_textpage()
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _texts(pdfium.FPDFPage_GetObject(page, number), texts, in_figure=False)


def _texts(piece: object, texts: pypdfium2.PdfTextPage, *, in_figure: bool) -> Iterator[tuple[bool, str]]:
    kind = pdfium.FPDFPageObj_GetType(piece)
    if kind not in (pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_FORM):
        return
    in_figure = in_figure or FIGURE in _marks(piece)
    if kind == pdfium.FPDF_PAGEOBJ_FORM:
        for number in range(pdfium.FPDFFormObj_CountObjects(piece)):
            yield from _texts(pdfium.FPDFFormObj_GetObject(piece, number), texts, in_figure=in_figure)
    else:
        length = pdfium.FPDFTextObj_GetText(piece, texts, None, 0)
        into = _room(length)
        pdfium.FPDFTextObj_GetText(piece, texts, into, length)
        yield in_figure, _read(into)


def _marks(piece: object) -> Iterator[str]:
    for number in range(pdfium.FPDFPageObj_CountMarks(piece)):
        mark, length = pdfium.FPDFPageObj_GetMark(piece, number), ctypes.c_ulong()
        pdfium.FPDFPageObjMark_GetName(mark, None, 0, length)
        into = _room(length.value)
        pdfium.FPDFPageObjMark_GetName(mark, into, length.value, length)
        yield _read(into)


def _room(length: int) -> ctypes.Array[ctypes.c_ushort]:
    """Memory that the library writes a text into."""
    room: ctypes.Array[ctypes.c_ushort] = (ctypes.c_ushort * (length // 2 + 1))()
    return room


def _read(text: ctypes.Array[ctypes.c_ushort]) -> str:
    """What the library wrote, UTF-16 with a null at its end."""
    return bytes(text).decode("utf-16-le", "replace").split("\0")[0]
