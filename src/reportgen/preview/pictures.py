"""
Pictures: the pages of a PDF as PNG, one by one or all on one sheet. Takes bytes, gives bytes.
"""

from __future__ import annotations

import io
import math
import threading
from collections.abc import Iterator

import pypdfium2
from PIL import Image, ImageDraw

POINTS = 72  # in an inch: a page drawn at so many dots an inch has a dot a point
GAP = 0.12  # inch between pages of a sheet
GROUND, EDGE = "#DCE1E6", "#87929B"  # behind the pages of a sheet, and their outline
WIDEST = 8  # pages side by side, at most
alone = threading.Lock()  # the library that draws and reads pages knows no threads: who uses it holds this


def sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of every page, in points."""
    with alone:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return tuple(page.get_size() for page in document)
        finally:
            document.close()


def pages(pdf: bytes, dpi: int, only: int | None = None) -> Iterator[Image.Image]:
    """
    The pages of a PDF, drawn.
    Args:
        dpi: dots an inch.
        only: index of the one page that is wanted.
    Raises: IndexError: the document has no such page.
    """
    with alone:
        document = pypdfium2.PdfDocument(pdf)
        try:
            if only is not None and not 0 <= only < len(document):
                raise IndexError(only)
            for index in range(len(document)) if only is None else (only,):
                yield document[index].render(scale=dpi / POINTS).to_pil().convert("RGB")
        finally:
            document.close()


def page(pdf: bytes, index: int, dpi: int) -> bytes:
    """One page as PNG; arguments and errors as of `pages`."""
    (picture,) = pages(pdf, dpi, index)
    return as_png(picture)


def sheet(pdf: bytes, dpi: int, colours: int | None = None) -> bytes:
    """
    All pages of a PDF on one sheet, row by row, as PNG; a single page is a sheet, too.
    Args:
        dpi: dots an inch of a page.
        colours: so many at most, for a small file; None keeps all.
    """
    drawn = list(pages(pdf, dpi))
    columns = min(WIDEST, len(drawn), math.ceil(math.sqrt(2 * len(drawn))))
    rows = math.ceil(len(drawn) / columns)
    gap = round(GAP * dpi)
    width, height = (max(picture.size[side] for picture in drawn) for side in (0, 1))
    ground = Image.new("RGB", (columns * (width + gap) + gap, rows * (height + gap) + gap), GROUND)
    edge = ImageDraw.Draw(ground)
    for number, picture in enumerate(drawn):
        left, top = (
            gap + place * (side + gap) for place, side in ((number % columns, width), (number // columns, height))
        )
        ground.paste(picture, (left, top))
        edge.rectangle((left - 1, top - 1, left + picture.width, top + picture.height), outline=EDGE)
    if colours is not None:
        ground = ground.quantize(colours, dither=Image.Dither.NONE)
    return as_png(ground)


def as_png(picture: Image.Image) -> bytes:
    """A picture as PNG: the same bytes for the same picture."""
    into = io.BytesIO()
    picture.save(into, "PNG", optimize=True)
    return into.getvalue()
