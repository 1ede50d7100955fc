"""
Lines: a small CSV file that was laid out for the eye: all its fields as text, row by row, whatever stands above the
figures. Takes a path, gives rows; knows no form.
"""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Sequence
from pathlib import Path

from reportgen.errors import Problem
from reportgen.release.scan import BOM
from reportgen.release.sources.encoding import in_utf8, open_raw

MOST = 20_000_000  # bytes; a published page of figures has a thousandth of it
Lines = Sequence[Sequence[str]]


def read_lines(path: Path) -> tuple[Lines, bool, list[Problem]]:
    """
    All rows, each field without the blanks around it; line i is row i + 1 of the file.
    Returns: the rows, whether the file had to be turned from Windows-1252 into UTF-8, and what stands in the way.
    """
    file, why = path.name, "nothing in it can be used"
    with in_utf8(path) as (readable, turned):
        try:
            with open_raw(readable, "rb") as opened:
                data = opened.read(MOST + 1)
            if len(data) > MOST:
                what, fix = f"{file} has more than {MOST:,} bytes", "name the right file; a page of figures is smaller"
                return [], turned, [Problem("too-large", what, why, fix, file)]
            text = data.removeprefix(BOM).decode("utf-8")
            rows = [[field.strip() for field in row] for row in csv.reader(io.StringIO(text, newline=""))]
        except (OSError, EOFError, ValueError, csv.Error, zlib.error) as error:
            fix = "copy it anew, as CSV UTF-8"
            return [], turned, [Problem("unreadable-file", f"{file} cannot be read", why, fix, file, detail=str(error))]
    if any(any(row) for row in rows):
        return rows, turned, []
    return [], turned, [Problem("empty-file", f"{file} is empty", why, "fetch it anew", file)]


def field(row: Sequence[str], column: int) -> str:
    """A field (from 0) of a row that may end before it."""
    return row[column] if column < len(row) else ""
