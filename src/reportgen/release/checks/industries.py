"""
Industries: checks of SIC codes: known ones, one partition a table, total rows where parts are lacking, size bands
with their total, and definitions that find no data.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from reportgen.classification import digits, match
from reportgen.errors import Problem
from reportgen.nearest import did_you_mean
from reportgen.release.checks.book import Book
from reportgen.release.columns import quoted
from reportgen.release.info import FILE
from reportgen.release.sheet import MOST_LISTED, Rows, Sheet, capped
from reportgen.release.tables import ALL, BY_NAME, Kind, Status

DEFINING = "employment"  # the table that definitions are held against
Groups = npt.NDArray[np.int64]


def check_industries(book: Book) -> list[Problem]:
    """The checks of this module, for every table with industries."""
    problems = []
    for name, sheet in book.sheets.items():
        if len(sheet) and any(column.kind is Kind.SIC for column in BY_NAME[name].columns):
            problems += [*_unknown_codes(book, sheet), *_partition(book, name), *_totals(book, name)]
        if len(sheet) and "size_band" in sheet.columns:
            problems += _bands_without_total(book, name)
    return [*problems, *_definitions(book)]


def codes_of(sheet: Sheet) -> list[str]:
    """The industry codes of a table, sorted, without the total."""
    text = sheet.columns["sic"]
    return sorted({text.values[code] for code in np.unique(text.codes)} - {ALL})


def _unknown_codes(book: Book, sheet: Sheet) -> list[Problem]:
    if book.classification is None:
        return []
    names, text = book.classification.names, sheet.columns["sic"]
    rows, counts = text.first_rows(), np.bincount(text.codes, minlength=len(text.values))
    problems = []
    for code in codes_of(sheet):
        if code not in names and code.isdigit() and 2 <= len(code) <= 5:  # others are misspelt, not unknown
            index = text.code(code)
            fix = "correct it; SIC 2007 has no such code (the code of an earlier version?)"
            if f"0{code}" in names:
                fix = f"write 0{code} if a leading zero was lost; keep the column as text in a spreadsheet"
            what, why = "SIC 2007 has no such industry", "it would belong to no definition, and nobody would notice"
            detail = quoted(code, int(counts[index]))
            problems.append(sheet.problem("unknown-sic", what, why, fix, rows[index], "sic", detail))
    return problems


def _groups(sheet: Sheet, names: Iterable[str]) -> Groups:
    """One number a row: equal for rows that agree in all the columns."""
    numbers = np.zeros(len(sheet), dtype=np.int64)
    for name in names:
        text = sheet.columns[name]
        numbers = numbers * max(1, len(text.values)) + text.codes
    return numbers


def _partition(book: Book, table: str) -> list[Problem]:
    """Codes of a table that are parts of other codes of it."""
    sheet = book.sheets[table]
    sic, known = sheet.columns["sic"], set(codes_of(sheet))
    pairs = [
        (code[:length], code) for code in sorted(known) for length in range(2, len(code)) if code[:length] in known
    ]
    if not pairs:
        return []
    cells = _groups(sheet, [name for name in BY_NAME[table].key if name != "sic"])
    problems: list[Problem] = []
    count = 0
    for whole, part in pairs:
        wholes, parts = np.flatnonzero(sic.codes == sic.code(whole)), np.flatnonzero(sic.codes == sic.code(part))
        twice = parts[np.isin(cells[parts], cells[wholes])]
        rows = {cells[row]: sheet.records[row] for row in wholes}
        count += len(twice)
        what, why = "an industry and a part of it stand side by side", "the part would be counted twice"
        fix = "keep one of them: the parts if all are there, else the whole"
        for row in twice[: MOST_LISTED - len(problems)]:
            detail = f"{book.describe(table, row)} (part of {whole} in row {rows[cells[row]]})"
            problems.append(sheet.problem("double-counting", what, why, fix, row, "sic", detail))
        if not len(twice):
            what, why = "the table is cut into industries in two ways", "places or years could not be compared"
            fix = f"use either {whole} or its parts throughout; for what is left of a cut industry, its other parts"
            detail = f"{book.describe(table, parts[0])} (but {whole} in row {sheet.records[wholes[0]]})"
            problems.append(sheet.problem("two-partitions", what, why, fix, parts[0], "sic", detail))
            count += 1
    return capped(problems, count)


def _totals(book: Book, table: str) -> list[Problem]:
    """Areas and years in which industries lack, so that only a total row could say how much all of them are."""
    sheet = book.sheets[table]
    sic, status, codes = sheet.columns["sic"], sheet.columns["status"], codes_of(sheet)
    rows = np.arange(len(sheet))
    if "size_band" in sheet.columns:
        band = sheet.columns["size_band"]
        rows = np.flatnonzero(band.codes == band.code(ALL))
    cells = _groups(sheet, ("year", "area"))[rows]
    places, first, place = np.unique(cells, return_index=True, return_inverse=True)
    is_total = sic.codes[rows] == sic.code(ALL)
    withheld = np.isin(status.codes[rows], [status.code(Status.SUPPRESSED), status.code(Status.MISSING)])
    present = np.bincount(place[~is_total], minlength=len(places))
    no_total = np.bincount(place[is_total], minlength=len(places)) == 0
    any_withheld = np.bincount(place[withheld], minlength=len(places)) > 0
    lacking = np.flatnonzero(no_total & (any_withheld | (present < len(codes))))
    what = "industries are lacking, and no total row says how much all industries are"
    why = "the total cannot be summed from parts that are not all there"
    fix = "add a row with sic all; or, where an industry is absent because it has none, a row with 0"
    problems = []
    for index in sorted(lacking, key=lambda index: first[index])[:MOST_LISTED]:
        here = np.flatnonzero(place == index)
        gaps = _gaps(sheet, codes, rows[here], rows[here[withheld[here]]])
        row = rows[here[withheld[here]][0]] if withheld[here].any() else rows[first[index]]
        detail = f"{book.describe(table, row, but=('sic', 'size_band'))}: {gaps}"
        problems.append(sheet.problem("missing-total", what, why, fix, row, "sic", detail))
    return capped(problems, len(lacking))


def _gaps(sheet: Sheet, codes: list[str], here: Rows, withheld: Rows) -> str:
    """`5911 suppressed; 5912, 5913 and 4 more have no row`."""
    sic, status = sheet.columns["sic"], sheet.columns["status"]
    absent = sorted(set(codes) - {sic.at(row) for row in here})
    parts = [f"{sic.at(row)} {status.at(row)}" for row in withheld[:3]]
    parts += [f"{len(withheld) - 3} more suppressed or missing"] if len(withheld) > 3 else []
    if absent:
        further = f" and {len(absent) - 3} more have no row" if len(absent) > 3 else " without a row"
        parts.append(", ".join(absent[:3]) + further)
    return "; ".join(parts)


def _bands_without_total(book: Book, table: str) -> list[Problem]:
    """Size bands of an industry whose total over all bands has no row: bands are a second cut, never added up."""
    sheet = book.sheets[table]
    band, cells = sheet.columns["size_band"], _groups(sheet, ("year", "area", "sic"))
    is_all = band.codes == band.code(ALL)
    alone = np.flatnonzero(~is_all & ~np.isin(cells, cells[is_all]))
    _, first = np.unique(cells[alone], return_index=True)
    what, why = "size bands have no row for all bands together", "bands are never added up: rounding would add up too"
    fix = "add the row with size_band all"
    rows = np.sort(alone[first])
    problems = [
        sheet.problem("missing-band-total", what, why, fix, row, "size_band", book.describe(table, row))
        for row in rows[:MOST_LISTED]
    ]
    return capped(problems, len(rows))


def _definitions(book: Book) -> list[Problem]:
    """Entries of definitions that no data answer to, unless waived; waivers that the data do answer to."""
    sheet = book.sheets.get(DEFINING)
    if sheet is None or not len(sheet) or book.info is None or book.classification is None:
        return []
    codes, waived = codes_of(sheet), book.info.absent_codes
    definitions = [*book.classification.creative, *(each for each in book.classification.groups if not each.without)]
    unmatched = {entry: each for each in definitions for entry in match(each, codes, waived).unmatched}
    entries = [entry for each in definitions for entry in each.entries]
    problems = []
    for entry, each in unmatched.items():
        what, why = (
            f"{each.name} names an industry that no row has",
            "the indicator would be too low, and nobody would see",
        )
        fix = f'add its rows, or waive it in release.toml: absent_codes = ["{entry}"]'
        detail = f"{entry} {book.classification.names[digits(entry)]}".strip()
        problems.append(sheet.problem("unmatched-definition", what, why, fix, detail=detail))
    for entry in waived:
        answering = [code for code in codes if code.startswith(digits(entry)) or digits(entry).startswith(code)]
        if entry not in entries:
            what, fix = "no definition has this entry", f"write it as the definition does{did_you_mean(entry, entries)}"
        elif answering:
            what, fix = "the waived industry is in the data", "take it out of absent_codes"
        else:
            continue
        detail = entry + (f" (rows of {', '.join(answering[:3])})" if answering else "")
        why = "the method page would say that it is absent"
        problems.append(Problem("needless-waiver", what, why, fix, FILE, detail=f"absent_codes: {detail}"))
    return problems
