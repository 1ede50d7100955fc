"""
Rows: checks that look at the rows of one table: keys, values against their status, tables of nothing but zeros.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reportgen.errors import Problem
from reportgen.release.checks.book import Book
from reportgen.release.columns import numbers
from reportgen.release.sheet import MOST_LISTED, Sheet, capped
from reportgen.release.tables import BY_NAME, Kind, Status, Table


def check_rows(book: Book) -> list[Problem]:
    """The checks of this module, for every table of the book."""
    problems = []
    for name, sheet in book.sheets.items():
        table = BY_NAME[name]
        if not len(sheet):
            why, fix = "an empty table would pass for one without a finding", "write its rows, or delete the file"
            problems.append(sheet.problem("no-rows", f"{name} has a header and no rows", why, fix))
            continue
        problems += duplicate_keys(book, table)
        problems += values_and_status(book, table)
        problems += nothing_but_zeros(book, table)
    return problems


def duplicate_keys(book: Book, table: Table) -> list[Problem]:
    """Rows whose key another row has already."""
    sheet = book.sheets[table.name]
    keys = pd.DataFrame({name: sheet.columns[name].codes for name in table.key})
    later = np.flatnonzero(keys.duplicated())
    if not len(later):
        return []
    repeated = keys[keys.duplicated(keep=False)]
    first = repeated.reset_index().groupby(list(table.key))["index"].transform("min")
    first.index = repeated.index
    by = table.key[0] if len(table.key) == 1 else f"{', '.join(table.key[:-1])} and {table.key[-1]}"
    what = f"two rows of {table.name} have the same {by}"
    why = "one would be counted twice, and we cannot know which is right"
    fix = "delete one of them, or add them up if both are parts"
    problems = []
    for row in later[:MOST_LISTED]:
        detail = f"{book.describe(table.name, row)} (first in row {sheet.records[first[row]]})"
        problems.append(sheet.problem("duplicate-key", what, why, fix, row, table.key[0], detail))
    return capped(problems, len(later))


def values_and_status(book: Book, table: Table) -> list[Problem]:
    """Empty values whose status says that there is one, and the reverse."""
    sheet = book.sheets[table.name]
    if not table.has_status:
        return []
    status = sheet.columns["status"]
    given = np.array([value in ("", Status.OK, Status.LOW_RELIABILITY) for value in status.values])[status.codes]
    unknown = np.array([value not in ("", *Status) for value in status.values])[status.codes]
    problems = []
    for column in table.columns:
        if column.kind not in (Kind.COUNT, Kind.NUMBER, Kind.SHARE) or not column.blank:
            continue
        value = sheet.columns[column.name]
        empty = value.codes == value.code("")
        why = "an empty cell is not 0: it may be missing, suppressed or not applicable, and a page says which"
        fix = f"write the {column.name}, 0 if there are none; or missing, suppressed or not-applicable in status"
        what = f"{column.name} is empty, and status does not say why"
        problems += _listed(book, table, "value-missing", what, why, fix, column.name, np.flatnonzero(empty & given))
        if column.name == table.value:  # what stands beside the value, such as its base, may be given all the same
            why, fix = "we cannot know which of the two is right", f"delete the {column.name} or correct the status"
            what = f"{column.name} is given, and status says that there is none"
            rows = np.flatnonzero(~empty & ~given & ~unknown)
            problems += _listed(book, table, "value-despite-status", what, why, fix, column.name, rows)
    return problems


def _listed(
    book: Book, table: Table, kind: str, what: str, why: str, fix: str, column: str, rows: np.ndarray
) -> list[Problem]:
    sheet = book.sheets[table.name]
    problems = []
    for row in rows[:MOST_LISTED]:
        value, status = sheet.columns[column].at(row), sheet.columns["status"].at(row)
        detail = f'{book.describe(table.name, row)}: {column} "{value}", status "{status}"'
        problems.append(sheet.problem(kind, what, why, fix, row, column, detail))
    return capped(problems, len(rows))


def nothing_but_zeros(book: Book, table: Table) -> list[Problem]:
    """
    A table, or a year of it, whose every given value is 0: the usual trace of blanks that somebody filled with 0.
    """
    sheet = book.sheets[table.name]
    if not table.value or table.zeros:
        return []
    value = numbers(sheet.columns[table.value])
    given = np.isfinite(value)
    times = sheet.columns.get("year")
    if times is None:
        return [] if value[given].any() or not given.any() else [_all_zero(sheet, table, "", 0)]
    any_given = np.bincount(times.codes[given], minlength=len(times.values)) > 0
    any_above = np.bincount(times.codes[given & (value != 0)], minlength=len(times.values)) > 0
    first = times.first_rows()
    empty = sorted(np.flatnonzero(any_given & ~any_above), key=lambda code: first[code])
    return [_all_zero(sheet, table, times.values[code], int(first[code])) for code in empty]


def _all_zero(sheet: Sheet, table: Table, year: str, row: int) -> Problem:
    what = f"every value of {table.name} is 0" + (f" in {year}" if year else "")
    why = "no such place exists: blanks were read as 0 somewhere, or the wrong data set was asked for"
    fix = "fetch the table anew; cells without a value stay empty, with missing in status"
    return sheet.problem("all-zero", what, why, fix, row, table.value)
