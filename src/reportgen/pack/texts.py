"""
Texts: what stands on each page of a PDF, and what of it stands outside the paper. The strings of `content` say it of
pages whose strings are plain and stand well inside; pdfium, exact and ten times as slow, of any page.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

import pikepdf
import pypdfium2

from reportgen.pack.content import Shown
from reportgen.pack.expected import spaced

SLACK = 0.5  # pt that the box of a letter may stand out of the paper
JOINED = 0.1  # of an em: a string that starts so near to the end of the one before goes on with its word
Looked = tuple[int, str, list[str]]  # number of the page, its text, those words that stand outside


def told(pdf: pikepdf.Pdf, strings: Iterable[Shown]) -> list[str | None]:
    """
    The text of each page, in the order of drawing; None where that is for `looked_at` to say: strings are of fonts that
    are not plain, or stand nobody knows where, or so near to the edge that a letter of their size may stand outside.
    """
    found: list[str | None] = []
    by_page = {number: list(some) for number, some in groupby(strings, key=lambda one: one.page)}
    for number, page in enumerate(pdf.pages, start=1):
        left, bottom, wide, high = (float(side) for side in page.mediabox)
        straight = left == bottom == 0 and page.cropbox == page.mediabox and page.rotation == 0
        found.append(_joined(by_page.get(number, []), wide, high) if straight else None)
    return found


def _joined(strings: Iterable[Shown], wide: float, high: float) -> str | None:
    parts = []
    end_x, end_y = -math.inf, -math.inf
    for one in strings:
        if one.at is None or not one.font.is_plain:
            return None
        x, y, to_x, to_y, em = one.at
        aside = em / 2 if y == to_y else em
        if min(x, to_x) < aside or max(x, to_x) > wide - aside or min(y, to_y) < em or max(y, to_y) > high - em:
            return None
        parts.append(one.run.text if abs(x - end_x) + abs(y - end_y) < JOINED * em else f" {one.run.text}")
        end_x, end_y = to_x, to_y
    return "".join(parts)


def looked_at(data: bytes, pages: Collection[int]) -> Iterator[Looked]:
    """Some pages, from 1, as pdfium reads them. Raises: pypdfium2.PdfiumError: it is no PDF that can be read."""
    document = pypdfium2.PdfDocument(data)
    try:
        for number in pages:
            page = document[number - 1]
            found, (wide, high) = page.get_textpage(), page.get_size()
            boxes = [found.get_rect(index) for index in range(found.count_rects())]
            outside = [
                spaced(found.get_text_bounded(*box))
                for box in boxes
                if min(box[:2]) < -SLACK or box[2] > wide + SLACK or box[3] > high + SLACK
            ]
            yield number, str(found.get_text_range()), outside
    finally:
        document.close()
