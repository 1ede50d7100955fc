"""Reading: what stands in a finished pack, page by page and row by row."""

from __future__ import annotations

import csv
import io

import pypdfium2

from reportgen.pack.model import Pack


def pdf_of(pack: Pack) -> bytes:
    return next(data for path, data in pack.files.items() if path.endswith(".pdf"))


def pages_of(pack: Pack) -> list[str]:
    """The text of each page, blanks and line breaks as one blank."""
    pages = pypdfium2.PdfDocument(pdf_of(pack))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pages]


def rows_of(pack: Pack, path: str) -> list[dict[str, str]]:
    """The rows of one of its tables."""
    return list(csv.DictReader(io.StringIO(pack.files[path].decode(), newline="")))
