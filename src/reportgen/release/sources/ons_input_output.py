"""
ONS input-output: the workbook of the United Kingdom's input-output analytical tables, industry by industry.
Takes its sheet of domestic use at basic prices, gives purchases (buyers in columns, suppliers in rows) or the output
of each industry, £ million, by the workbook's own codes of industries.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from python_calamine import CalamineError, CalamineWorkbook

from reportgen.errors import Problem
from reportgen.release.recipe import TableRecipe
from reportgen.release.sources.extract import Extract, Texts

FILLS = ("input_output", "input_output_totals")
TAKES: tuple[str, ...] = ()
MAGIC, PARTS = b"PK\x03\x04", (b"[Content_Types].xml", b"xl/")
SHEET = "IOT"
TITLE = "Input-Output table (domestic use, basic prices"
CODES, TOTAL, OUTPUT = "SIC", "_T", "P1"  # heading of the codes; total of purchases; output, a row of its own
MOST_PACKED = 20_000_000  # bytes of the file; the workbook for 2019 has 0.7 million
MOST_UNPACKED = 100_000_000  # bytes of what is packed in it; 2.4 million
MOST_CELLS = 1_000_000  # of one sheet, empty ones between them included; 14,280
REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})([0-9]{1,7})["']""")
Sheet = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Layout:
    """The industries, and where their figures stand (from 0): first row and column, and the row of outputs."""

    codes: tuple[str, ...]
    row: int
    column: int
    output: int


def recognises(head: bytes, recipe: TableRecipe) -> bool:
    """It is a workbook: there is no other source that is one."""
    return head.startswith(MAGIC) and any(part in head for part in PARTS)


def extract(path: Path, recipe: TableRecipe) -> tuple[Extract | None, list[Problem]]:
    """The purchases or outputs of all industries; None, with problems, if the workbook is not the one looked for."""
    problem = _too_large(path)
    if problem is not None:
        return None, [problem]
    try:
        workbook = CalamineWorkbook.from_path(path)
        found = SHEET in workbook.sheet_names
        sheet: Sheet = workbook.get_sheet_by_name(SHEET).to_python(skip_empty_area=False) if found else []
    except (CalamineError, OSError) as error:
        return None, [_unreadable(path, str(error))]
    if not any(str(cell).startswith(TITLE) for row in sheet[:5] for cell in row):
        return None, [_not_found(path, f'a sheet {SHEET} with the title "{TITLE}…"', ", ".join(workbook.sheet_names))]
    layout, problems = _layout(path, sheet)
    if layout is None:
        return None, problems
    return _read(f"{path.name}!{SHEET}", sheet, layout, outputs=recipe.table == "input_output_totals")


def _layout(path: Path, sheet: Sheet) -> tuple[Layout | None, list[Problem]]:
    """Codes stand right of the first heading SIC, and again below each other in the first column."""
    wanted, first_column = (
        f"the same codes of industries beside and below {CODES}, up to {TOTAL}",
        [row[0] for row in sheet],
    )
    top = next((row for row in sheet if CODES in row), ())
    left = list(top).index(CODES) + 1 if top else 0
    codes, below = _until_total(top[left:]), list(map(_code, first_column))
    first = below.index(codes[0]) if codes and codes[0] in below else 0
    rows = _until_total(first_column[first:])
    if not codes or codes != rows or len(set(codes)) < len(codes):
        return None, [_not_found(path, wanted, f"{len(codes)} in columns, {len(rows)} in rows")]
    if OUTPUT not in below:
        return None, [_not_found(path, f"a row {OUTPUT}, total output at basic prices", "")]
    return Layout(tuple(codes), first, left, below.index(OUTPUT)), []


def _read(file: str, sheet: Sheet, layout: Layout, outputs: bool) -> tuple[Extract | None, list[Problem]]:
    """The cells of the square of purchases, or of the row of outputs."""
    size, problems = len(layout.codes), []
    rows = [layout.output] if outputs else list(range(layout.row, layout.row + size))
    places = [(row, layout.column + number) for row in rows for number in range(size)]
    values = [_number(sheet[row][column]) for row, column in places]
    for (row, column), value in zip(places, values, strict=True):
        if not value:
            what, why, fix = "a figure is no number", "it would be missing from a sum", "fetch the workbook anew"
            place = (file, row + 1, column + 1, f'"{sheet[row][column]}"')
            problems.append(Problem("not-a-number", what, why, fix, *place))
    codes, figures = np.array(layout.codes, dtype=object), np.array(values, dtype=object)
    texts: dict[str, Texts] = {"industry": codes, "output_million": figures}
    if not outputs:
        texts = {"buyer": np.tile(codes, size), "supplier": np.repeat(codes, size), "value_million": figures}
    records, columns = (np.array(axis, dtype=np.intp) + 1 for axis in zip(*places, strict=True))
    return (None if problems else Extract(file, texts, records, {}, {}, dict.fromkeys(texts, columns))), problems


def _until_total(cells: Sequence[object]) -> list[str]:
    """Codes up to that of the total; none if there is no total."""
    codes = [_code(cell) for cell in cells]
    return codes[: codes.index(TOTAL)] if TOTAL in codes else []


def _code(cell: object) -> str:
    """
    A code with single blanks in it.

    >>> _code("F41, F42  & F43")
    'F41, F42 & F43'
    """
    return " ".join(str(cell).split())


def _number(cell: object) -> str:
    """The shortest text that reads back as the number of a cell; empty if it has none."""
    if not isinstance(cell, int | float) or isinstance(cell, bool):
        return ""
    return str(int(cell)) if cell == int(cell) else repr(float(cell))


def _too_large(path: Path) -> Problem | None:
    """A file that is larger, packed or unpacked, than any such workbook; it is not opened by its reader then."""
    why, fix = "reading it could take all memory", "name the right file"
    try:
        size = path.stat().st_size
        if size > MOST_PACKED:
            return Problem("too-large", f"{path.name} has more than {MOST_PACKED:,} bytes", why, fix, path.name)
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
                what = f"{path.name} has more than {MOST_UNPACKED:,} bytes when unpacked"
                return Problem("too-large", what, why, fix, path.name)
            for member in archive.infolist():
                data = archive.read(member)  # checks that it is as long as it says
                if _cells(data) > MOST_CELLS:  # whatever it is called: its reader follows relations, not names
                    what = f"a sheet of {path.name} spans more than {MOST_CELLS:,} cells"
                    return Problem("too-large", what, why, fix, path.name, detail=member.filename)
    except (OSError, EOFError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        return _unreadable(path, str(error))
    return None


def _cells(data: bytes) -> int:
    """Cells of the rectangle that a sheet spans: its reader makes room for all of them."""
    height, width = 1, 1
    for letters, number in REFERENCE.findall(data):
        column = 0
        for letter in letters.upper():
            column = column * 26 + letter - ord("A") + 1
        height, width = max(height, int(number)), max(width, column)
    rows = data.split(b"<row")
    return max(height, len(rows) - 1) * max(width, *(row.count(b"<c ") + row.count(b"<c>") for row in rows))


def _unreadable(path: Path, detail: str) -> Problem:
    why, fix = "nothing in it can be used", "fetch it anew as an .xlsx workbook"
    return Problem("unreadable-file", f"{path.name} cannot be read", why, fix, path.name, detail=detail)


def _not_found(path: Path, wanted: str, found: str) -> Problem:
    what = f"{path.name} is not the input-output workbook, industry by industry"
    why = f"looked for {wanted}"
    fix = "fetch the industry-by-industry workbook of the UK input-output analytical tables from ons.gov.uk"
    return Problem("not-input-output", what, why, fix, path.name, detail=f"found {found}" if found else "")
