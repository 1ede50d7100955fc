"""
Rows: checks that look at the rows of one table: keys, values against their status, tables of nothing but zeros.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from reportgen.errors import Problem
from reportgen.release.checks.book import Book
from reportgen.release.codes import Codes, Rows, any_twice, spread
from reportgen.release.columns import PATTERNS, as_numbers, quoted
from reportgen.release.info import FILE
from reportgen.release.sheet import MOST_LISTED, Sheet, capped
from reportgen.release.tables import BY_NAME, Kind, Status, Table

YEAR = re.compile(PATTERNS[Kind.YEAR])


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
        problems += years_to_come(book, table)
    return problems


def duplicate_keys(book: Book, table: Table) -> list[Problem]:
    """Rows whose key another row has already: whole rows that are there twice, and rows that contradict each other."""
    sheet = book.sheets[table.name]
    keys, size = sheet.keys(table.key)
    if not any_twice(keys, size):
        return []
    later = np.flatnonzero(pd.Series(keys).duplicated())
    first = _first_with(keys, size, later[:MOST_LISTED])
    problems = [_duplicate(book, table, int(row), first[int(keys[row])]) for row in later[:MOST_LISTED]]
    return capped(problems, len(later))


def _first_with(keys: Codes, size: int, listed: Rows) -> dict[int, int]:
    """The first row with each of the keys that some rows have."""
    wanted = np.zeros(size, dtype=np.bool_)
    wanted[keys[listed]] = True
    rows = np.flatnonzero(spread(wanted, keys))
    distinct, at = np.unique(keys[rows], return_index=True)
    return dict(zip(distinct.tolist(), rows[at].tolist(), strict=True))


def _duplicate(book: Book, table: Table, row: int, first: int) -> Problem:
    sheet, place = book.sheets[table.name], (row, table.key[0])
    where = f"{book.describe(table.name, row)} (first in row {sheet.records[first]})"
    values = {name: (text.at(row), text.at(first)) for name, text in sheet.columns.items()}
    differing = [f'{name} "{here}", there "{there}"' for name, (here, there) in values.items() if here != there]
    if not differing:
        what, why = f"a row of {table.name} is there twice", "it would be counted twice"
        return sheet.problem("duplicate-row", what, why, "delete one of them", *place, where)
    by = table.key[0] if len(table.key) == 1 else f"{', '.join(table.key[:-1])} and {table.key[-1]}"
    what = f"two rows of {table.name} have the same {by}, and are not the same"
    why = "both would be counted, and we cannot know which is right"
    fix = "delete the wrong one, or add them up if both are parts"
    return sheet.problem("duplicate-key", what, why, fix, *place, f"{where}: {', '.join(differing)}")


def values_and_status(book: Book, table: Table) -> list[Problem]:
    """Empty values whose status says that there is one, and the reverse."""
    sheet = book.sheets[table.name]
    if not table.has_status:
        return []
    status = sheet.columns["status"]
    given = status.spread([value in ("", Status.OK, Status.LOW_RELIABILITY) for value in status.values], np.bool_)
    unknown = status.spread([value not in ("", *Status) for value in status.values], np.bool_)
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
    book: Book, table: Table, kind: str, what: str, why: str, fix: str, column: str, rows: Rows
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
    value = sheet.columns[table.value]
    number = as_numbers(value.values)
    given = value.spread(np.isfinite(number), np.bool_)
    above = value.spread(np.isfinite(number) & (number != 0), np.bool_)
    times = sheet.columns.get("year")
    if times is None:
        return [] if above.any() or not given.any() else [_all_zero(sheet, table, "", 0)]
    any_given, any_above = times.counts(given) > 0, times.counts(above) > 0
    first = times.first_rows()
    empty = sorted(np.flatnonzero(any_given & ~any_above), key=lambda code: first[code])
    return [_all_zero(sheet, table, times.values[code], int(first[code])) for code in empty]


def years_to_come(book: Book, table: Table) -> list[Problem]:
    """Years later than the one in which the release was published."""
    sheet = book.sheets[table.name]
    times = sheet.columns.get("year")
    if times is None or book.info is None:
        return []
    rows, found, published = times.first_rows(), times.counts(), book.info.published.year
    what, why = "a year lies after the release was published", "no figure of it can be known yet"
    fix = f"correct the year; or published in {FILE}, which says {published}"
    late = [
        (int(rows[index]), quoted(year, int(found[index])))
        for index, year in enumerate(times.values)
        if found[index] and YEAR.fullmatch(year) and int(year) > published
    ]
    return [sheet.problem("year-to-come", what, why, fix, row, "year", detail) for row, detail in sorted(late)]


def _all_zero(sheet: Sheet, table: Table, year: str, row: int) -> Problem:
    what = f"every value of {table.name} is 0" + (f" in {year}" if year else "")
    why = "no such place exists: blanks were read as 0 somewhere, or the wrong data set was asked for"
    fix = "fetch the table anew; cells without a value stay empty, with missing in status"
    return sheet.problem("all-zero", what, why, fix, row, table.value)
