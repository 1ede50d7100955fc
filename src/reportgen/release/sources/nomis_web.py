"""
Nomis web: the table that the web pages of Nomis export as CSV: titles, what was chosen, areas in columns with a
column of flags each, industries in rows, footnotes. Takes jobs, gives texts in our columns, a row for each cell.
The file names areas without codes: the recipe has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from reportgen.errors import Problem
from reportgen.nearest import did_you_mean
from reportgen.release.recipe import TableRecipe
from reportgen.release.sources import industries
from reportgen.release.sources.extract import Extract
from reportgen.release.sources.head import rows_of
from reportgen.release.sources.lines import Lines, field, read_lines
from reportgen.release.tables import ALL, Status

FILLS = ("employment",)
TAKES = ("areas", "industries")
MARK = "[from nomis on"  # in the second line of every export
INDUSTRY = "industry"  # the corner of the table
DATE, STATUS = "date", "employment status"
CHOSEN = {STATUS: ("employment",), "measure": ("count", "value"), "measures": ("value",)}
ROW = re.compile(r"[A-Za-z0-9]+ : |(column )?total$", re.IGNORECASE)  # what a row of the table begins with
COLUMN_TOTAL = ("column total", "total")
DIVISIONS = 88  # of SIC 2007: with all of them a total over the rows is one over all industries
THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+")
# Flags as the footnotes of Nomis explain them; beside a value each means that it is not reliable.
FLAGS = {
    "-": Status.MISSING,  # "These figures are missing."
    "..": Status.MISSING,
    "!": Status.SUPPRESSED,  # "… not available since the group sample size is zero or disclosive"
    "*": Status.SUPPRESSED,  # "These figures are suppressed as statistically unreliable."
}


@dataclass(frozen=True)
class Cell:
    """One figure: what it is of, and where it stands (row and columns from 0)."""

    year: str
    area: str
    label: str
    value: str
    flag: str
    row: int
    column: int


def recognises(head: bytes, recipe: TableRecipe) -> bool:
    """One of the first lines says when Nomis gave the table out."""
    return any(MARK in cell.casefold() for row in rows_of(head)[:5] for cell in row)


def extract(path: Path, recipe: TableRecipe) -> tuple[Extract | None, list[Problem]]:
    """The cells of one export as rows of the table; None, with problems, if something in it is not understood."""
    lines, turned, problems = read_lines(path)
    if problems:
        return None, problems
    if not any(field(row, 0).casefold() == INDUSTRY for row in lines):
        what, why = "there is no table with industries in rows and areas in columns", "nothing can be taken from it"
        fix = "on Nomis, put industry in rows and geography in columns, and export the table anew as CSV"
        return None, [Problem("no-table", what, why, fix, path.name)]
    cells = list(_cells(path.name, lines, recipe, problems))
    codes = [_code(cell.label) for cell in cells]
    records = np.array([cell.row + 1 for cell in cells], dtype=np.intp)
    digits = np.array([industries.TOTAL if code == ALL else industries.digits_of(code) for code in codes], np.intp)
    if problems:
        return None, problems
    chosen = industries.choose(digits, recipe, path.name, records, 1)
    problems += [*chosen.problems, *_partial_total(path.name, cells, codes)]
    statuses = [_status(path.name, cell, problems) for cell in cells]
    if problems:
        return None, problems
    taken = np.flatnonzero(chosen.rows)
    texts = {
        "year": [cell.year for cell in cells],
        "area": [cell.area for cell in cells],
        "sic": codes,
        "jobs": [_number(cell.value) for cell in cells],
        "status": statuses,
    }
    columns = {name: np.array(values, dtype=object)[taken] for name, values in texts.items()}
    values = np.array([cell.column + 1 for cell in cells], dtype=np.intp)[taken]
    places = {"area": values, "jobs": values, "status": values}
    notes = (*(("not in UTF-8: read as Windows-1252",) if turned else ()), *chosen.notes)
    return Extract(path.name, columns, records[taken], {"sic": 1}, {}, places, notes), []


def _cells(file: str, lines: Lines, recipe: TableRecipe, problems: list[Problem]) -> Iterator[Cell]:
    """
    The figures of every table of the file, top to bottom: one for each date. A table begins with the row that says
    Industry and ends with a blank row or a footnote; what was chosen stands above it.
    """
    chosen: dict[str, tuple[str, int]] = {}
    header: Sequence[str] = ()
    units = 0  # row of the second heading
    for number, row in enumerate(lines):
        label, rest = field(row, 0), [cell for cell in row[1:] if cell]
        if label.casefold() == INDUSTRY:
            header, units = row, number + 1
            problems += [*_choices(file, chosen, number), *_header(file, lines, number, recipe)]
        elif header and not rest and not ROW.match(label):
            header, chosen = (), {}
        elif header and label:
            for column, name in enumerate(header):
                if column and name in recipe.areas:
                    flag = "" if field(header, column + 1) else field(row, column + 1)
                    year, value = chosen.get(DATE, ("", 0))[0], field(row, column)
                    yield Cell(year, recipe.areas[name], label, value, flag, number, column)
        elif header and number > units:
            problems.append(_stray(file, number, rest[0]))
        elif label and len(rest) == 1:
            chosen[label.casefold()] = (rest[0], number)
        elif not header and rest:
            problems.append(_stray(file, number, label))
    if not header:  # below the last table nothing is chosen any more
        problems += [_stray(file, number, field(lines[number], 0)) for _, number in chosen.values()]


def _stray(file: str, number: int, label: str) -> Problem:
    what, why = "a row of figures stands outside the table", "it would be lost"
    fix = "take blank rows out of the table, or export it anew"
    return Problem("stray-row", what, why, fix, file, number + 1, detail=label)


def _choices(file: str, chosen: Mapping[str, tuple[str, int]], table: int) -> list[Problem]:
    """What was chosen on Nomis, above a table: its year, and that it counts all who are employed."""
    problems = []
    why, fix = "figures of something else would pass for jobs", "on Nomis, choose it so, and export the table anew"
    for key in (DATE, STATUS):
        if key not in chosen:
            what, detail = (
                f"no line above the table gives its {key}",
                "such as: date,2015; employment status,Employment",
            )
            problems.append(Problem("missing-line", what, why, "export it anew", file, table + 1, detail=detail))
    for key, (value, row) in chosen.items():
        place, wanted = (file, row + 1, 2, f'"{value}"'), CHOSEN.get(key, ())
        if key == DATE and not re.fullmatch("[0-9]{4}", value):
            what, fix_date = "the date of the table is not a year", "export a table of whole years"
            problems.append(Problem("not-a-year", what, "the rows have no place in time", fix_date, *place))
        elif key != DATE and not wanted:
            what, fix_key = f"the table is of a choice that is not known: {key}", "export it anew without that choice"
            problems.append(Problem("wrong-rows", what, why, fix_key, *place))
        elif key != DATE and value.casefold() not in wanted:
            what = f"the {key} of the table is not {wanted[0].capitalize()}"
            problems.append(Problem("wrong-rows", what, why, fix, *place))
    return problems


def _header(file: str, lines: Lines, row: int, recipe: TableRecipe) -> list[Problem]:
    """Names of areas without a code in the recipe, and columns that are no numbers."""
    header, units = lines[row], lines[row + 1] if row + 1 < len(lines) else ()
    problems = []
    for column in range(1, len(header)):
        name, unit = header[column], field(units, column).casefold()
        if name and name not in recipe.areas:
            what, why = "the recipe has no code for an area", "the file has names alone; areas are joined by code"
            fix = f'add it to tables.{recipe.table}.areas: "{name}" = "…"{did_you_mean(name, recipe.areas)}'
            problems.append(Problem("unknown-area-name", what, why, fix, file, row + 1, column + 1, f'"{name}"'))
        if unit not in ("number" if name else "flags", ""):
            what, why = f'a column is "{field(units, column)}", not a number', "it would be read as jobs"
            fix = "on Nomis, choose counts alone, and export the table anew"
            problems.append(Problem("not-counts", what, why, fix, file, row + 2, column + 1))
    return problems


def _code(label: str) -> str:
    """`62 : Computer programming` is 62; a total is `all`."""
    return ALL if label.casefold() in COLUMN_TOTAL else label.partition(":")[0].strip()


def _partial_total(file: str, cells: Sequence[Cell], codes: Sequence[str]) -> list[Problem]:
    """Nomis adds up the rows that were chosen: that is a total over all industries only if all were."""
    totals = [cell for cell, code in zip(cells, codes, strict=True) if code == ALL]
    divisions = {code[:2] for code in codes if code != ALL}
    if not totals or len(divisions) >= DIVISIONS:
        return []
    what = f"{totals[0].label} adds up {len(divisions)} of the {DIVISIONS} divisions, not all industries"
    why = "shares of all jobs would be too high"
    fix = "on Nomis, choose all industries, and export the table anew"
    return [Problem("partial-total", what, why, fix, file, totals[0].row + 1, 1)]


def _status(file: str, cell: Cell, problems: list[Problem]) -> str:
    """The status that flag and value of a cell give; a sign in the place of the value counts as its flag."""
    sign = cell.flag or (cell.value if cell.value in FLAGS else "")
    place = (file, cell.row + 1, cell.column + (2 if cell.flag else 1))
    if sign and sign not in FLAGS:
        what, why = "a flag has no known meaning", "a figure that is not good could pass for a good one"
        fix = f"look it up in the footnotes; known are {', '.join(FLAGS)}"
        problems.append(Problem("unknown-flag", what, why, fix, *place, f'"{sign}"'))
        return ""
    if sign:
        return FLAGS[sign].value if _number(cell.value) == "" else Status.LOW_RELIABILITY.value
    if not cell.value:
        what, why = "a cell is empty, and no flag says why", "an empty cell is not 0"
        problems.append(Problem("value-missing", what, why, "fetch the table anew, with its flags", *place, cell.label))
    return ""


def _number(written: str) -> str:
    """
    >>> _number("43,000"), _number("800"), _number("-"), _number("43,00")
    ('43000', '800', '', '43,00')
    """
    if written in FLAGS:
        return ""
    return written.replace(",", "") if THOUSANDS.fullmatch(written) else written
