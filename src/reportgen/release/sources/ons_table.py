"""
ONS table: a page of figures as the Office for National Statistics published it in the years of the Business Register
and Employment Survey before Nomis had it: one area, thousands, a column for each cut of industries, footnotes.
Takes jobs from the one column that the recipe names, gives texts in our columns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np

from reportgen.errors import Problem
from reportgen.nearest import did_you_mean
from reportgen.release.recipe import TableRecipe
from reportgen.release.sources import industries
from reportgen.release.sources.extract import Extract, some_rows
from reportgen.release.sources.head import rows_of
from reportgen.release.sources.lines import Lines, field, read_lines
from reportgen.release.tables import ALL, Status

FILLS = ("employment",)
TAKES = ("columns", "constants", "areas", "industries")
SIC_COLUMN = re.compile(r"[2-5] SIC")
YEAR = re.compile(r"\breference year ((?:19|20)[0-9]{2})\b", re.IGNORECASE)
THOUSANDS = re.compile(r"\bthousands?\b", re.IGNORECASE)
NUMBER = re.compile(r"[0-9]+(,[0-9]{3})*(\.[0-9]+)?")
SUPPRESSED, NIL = "*", "-"
TOTALS = ("total", "all industries")


@dataclass(frozen=True)
class Row:
    """A row of figures (numbers from 0): industry, where that stands, and the figure."""

    number: int
    sic: str
    sic_column: int
    figure: str


def recognises(head: bytes, recipe: TableRecipe) -> bool:
    """Near the top stands a row with a column of SIC codes for each cut: `2 SIC`, `3 SIC`."""
    return _header_row(rows_of(head)[:20]) is not None


def extract(path: Path, recipe: TableRecipe) -> tuple[Extract | None, list[Problem]]:
    """The figures of one column as rows of the table; None, with problems, if something in it is not understood."""
    lines, turned, problems = read_lines(path)
    if problems:
        return None, problems
    top = _header_row(lines)
    if top is None:
        what, why = "no row has the columns 2 SIC, 3 SIC", "nobody could say which industry a row is of"
        return None, [Problem("no-table", what, why, "name the right file, or another kind", path.name)]
    column = _column(path.name, lines, top, recipe, problems)
    year, area = _year(path.name, lines, top, recipe, problems), _area(path.name, lines, top, recipe, problems)
    if not any(THOUSANDS.search(cell) for row in lines[:top] for cell in row):
        what, why = "nothing above the table says that it is in thousands", "jobs would be wrong by a thousand times"
        fix = "name the right file; other units are not read"
        problems.append(Problem("missing-unit", what, why, fix, path.name, top + 1))
    if problems or column is None:
        return None, problems
    rows = _rows(path.name, lines, top, column, problems)
    records = np.array([row.number + 1 for row in rows], dtype=np.intp)
    digits = np.array([industries.TOTAL if row.sic == ALL else industries.digits_of(row.sic) for row in rows], np.intp)
    chosen = industries.choose(digits, recipe, path.name, records, None)
    taken = [row for row, wanted in zip(rows, chosen.rows, strict=True) if wanted]
    jobs = [_jobs(path.name, row, column, problems) for row in taken]
    problems += chosen.problems
    if problems:
        return None, problems
    texts = {
        "year": [year] * len(taken),
        "area": [area] * len(taken),
        "sic": [row.sic for row in taken],
        "jobs": jobs,
        "status": [Status.SUPPRESSED.value if row.figure == SUPPRESSED else "" for row in taken],
    }
    columns = {name: np.array(values, dtype=object) for name, values in texts.items()}
    nil = sum(row.figure == NIL for row in taken)
    notes = (
        *(("not in UTF-8: read as Windows-1252",) if turned else ()),
        *chosen.notes,
        *((f"- read as 0 in {some_rows(nil)}: none, or too few to show in its unit",) if nil else ()),
    )
    cells = {"sic": np.array([row.sic_column + 1 for row in taken], dtype=np.intp)}
    positions = {"jobs": column + 1, "status": column + 1}
    return Extract(path.name, columns, records[chosen.rows], positions, {}, cells, notes), []


def _header_row(lines: Lines) -> int | None:
    return next((number for number, row in enumerate(lines) if any(map(SIC_COLUMN.fullmatch, row))), None)


def _sic_columns(lines: Lines, top: int) -> list[int]:
    return [column for column, name in enumerate(lines[top]) if SIC_COLUMN.fullmatch(name)]


def _column(file: str, lines: Lines, top: int, recipe: TableRecipe, problems: list[Problem]) -> int | None:
    """The column of figures that the recipe names by both its headings: `Total employment, All`."""
    above, names = "", {}
    first, below = max(_sic_columns(lines, top)) + 1, lines[top + 1] if top + 1 < len(lines) else ()
    for column in range(first, max(len(lines[top]), len(below))):
        above = field(lines[top], column) or above
        if field(below, column):
            names[f"{above}, {field(below, column)}"] = column
    wanted = recipe.columns.get("jobs", "")
    if wanted not in names:
        what, why = f'there is no column "{wanted}"' if wanted else "the recipe names no column", "the file has several"
        fix = f'write columns = {{ jobs = "…" }} in tables.{recipe.table}{did_you_mean(wanted, names)}'
        fix = f"{fix}; there are {'; '.join(names)}"
        problems.append(Problem("missing-column", what, why, fix, file, top + 1))
    return names.get(wanted)


def _year(file: str, lines: Lines, top: int, recipe: TableRecipe, problems: list[Problem]) -> str:
    """The year of the recipe or else of the words `Reference year 2010` above the table; the two must not differ."""
    found = [match[1] for row in lines[:top] for cell in row if (match := YEAR.search(cell))]
    years = sorted({*found, *([recipe.constants["year"]] if "year" in recipe.constants else [])})
    if len(years) == 1:
        return years[0]
    what = "recipe and file differ in the year" if years else "neither the file nor the recipe gives the year"
    why, fix = "figures without their year have no place in a release", 'write constants = { year = "2010" }'
    problems.append(Problem("missing-date", what, why, fix, file, top, detail=", ".join(years)))
    return ""


def _area(file: str, lines: Lines, top: int, recipe: TableRecipe, problems: list[Problem]) -> str:
    """The code that the recipe gives for the name above the table, or the area that it says all rows are of."""
    names = [cell for row in lines[:top] for cell in row if cell]
    found = [name for name in names if name in recipe.areas]
    if len(found) == 1 and "area" not in recipe.constants:
        return recipe.areas[found[0]]
    if not recipe.areas and "area" in recipe.constants:
        return recipe.constants["area"]
    what, why = "the recipe does not say which area the table is of", "areas are joined by code, and the file has none"
    fix = f'write areas = {{ "…" = "code" }} in tables.{recipe.table}, or constants = {{ area = "code" }}'
    problems.append(Problem("unknown-area-name", what, why, fix, file, top, detail="; ".join(names)))
    return ""


def _rows(file: str, lines: Lines, top: int, column: int, problems: list[Problem]) -> list[Row]:
    """The rows of figures; what has words in the first column and nothing else is a heading or a footnote."""
    columns = _sic_columns(lines, top)
    rows = []
    for number in range(top + 2, len(lines)):
        line = lines[number]
        given = [(place, field(line, place)) for place in columns if field(line, place)]
        if not any(line[max(columns) + 1 :]) and not any(industries.digits_of(text) for _, text in given):
            continue
        if len(given) != 1:
            what, why = (
                "a row of figures has not exactly one industry",
                "its figures could belong to either, or to none",
            )
            problems.append(Problem("unknown-sic", what, why, "correct the file", file, number + 1, 1))
            continue
        place, text = given[0]
        sic = ALL if text.casefold() in TOTALS else text.rstrip(SUPPRESSED)  # 01* points to a footnote
        rows.append(Row(number, sic, place, field(line, column)))
    return rows


def _jobs(file: str, row: Row, column: int, problems: list[Problem]) -> str:
    """
    Jobs, from thousands; empty where suppressed.

    >>> _jobs("f.csv", Row(5, "01", 0, "1,234.5"), 13, [])
    '1234500'
    """
    if row.figure in (SUPPRESSED, NIL):
        return "" if row.figure == SUPPRESSED else "0"
    jobs = Decimal(row.figure.replace(",", "")) * 1000 if NUMBER.fullmatch(row.figure) else None
    if jobs is None or jobs != jobs.to_integral_value():
        what = "a figure is neither a number of thousands nor * (suppressed) nor - (none)"
        why, fix = "it would be taken for what it is not", "correct the file, or look the sign up in its footnotes"
        place = (file, row.number + 1, column + 1, f'{row.sic}: "{row.figure}"')
        problems.append(Problem("not-a-number", what, why, fix, *place))
        return ""
    return str(int(jobs))
