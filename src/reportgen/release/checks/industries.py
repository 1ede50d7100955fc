"""
Industries: checks of SIC codes: known ones, one partition a table, total rows where parts are lacking, size bands
with their total, and definitions that find no data.
"""

from __future__ import annotations

import re
from collections.abc import Container

import numpy as np

from reportgen.classification import digits, match
from reportgen.errors import Problem
from reportgen.nearest import did_you_mean
from reportgen.release.checks.book import Book
from reportgen.release.codes import Codes, Mask, Rows, Text, counts, slices, spread
from reportgen.release.columns import PATTERNS, as_numbers, quoted
from reportgen.release.info import FILE
from reportgen.release.sheet import MOST_LISTED, Sheet, capped
from reportgen.release.tables import ALL, BY_NAME, Kind, Status

CODE = re.compile(PATTERNS[Kind.SIC])
SLACK, ROUNDED = 1.1, 100  # a total may stay behind its rounded parts by a tenth of it and so many
DEFINING = "employment"  # the table that definitions are held against


def check_industries(book: Book) -> list[Problem]:
    """The checks of this module, for every table with industries."""
    problems = []
    for name, sheet in book.sheets.items():
        if len(sheet) and any(column.kind is Kind.SIC for column in BY_NAME[name].columns):
            double = _partition(book, name)
            problems += [*_unknown_codes(book, sheet), *double]
            if _all_placed(book, name):
                problems += _below_parts(book, name) if not double else []
                problems += _totals(book, name)
                problems += _bands_without_total(book, name) if "size_band" in sheet.columns else []
                problems += _definitions(book) if name == DEFINING else []
    return problems


def _all_placed(book: Book, table: str) -> bool:
    """
    Whether each row of the file is there and has a known area, industry and size band. A row without would be missed
    by the checks of what lacks: one mistake would be told as many.
    """
    sheet = book.sheets[table]
    sic, area = sheet.columns["sic"], sheet.columns["area"]
    known = book.classification.names if book.classification is not None else codes_of(sheet)
    places: list[tuple[Text, Container[str]]] = [(sic, {*known, ALL}), (area, book.names or area.values)]
    if "size_band" in sheet.columns:
        places.append((sheet.columns["size_band"], BY_NAME[table].column("size_band").choices))
    return not len(sheet.records.skipped) and all(
        value in allowed or not count
        for text, allowed in places
        for value, count in zip(text.values, text.counts(), strict=True)
    )


def codes_of(sheet: Sheet) -> list[str]:
    """The industry codes of a table, sorted, without the total and without what can be no code."""
    text = sheet.columns["sic"]
    found = {value for value, count in zip(text.values, text.counts(), strict=True) if count and CODE.fullmatch(value)}
    return sorted(found - {ALL})


def _unknown_codes(book: Book, sheet: Sheet) -> list[Problem]:
    if book.classification is None:
        return []
    names, text = book.classification.names, sheet.columns["sic"]
    rows, counts = text.first_rows(), text.counts()
    problems = []
    for code in codes_of(sheet):
        if code not in names:
            index = text.code(code)
            fix = "correct it; SIC 2007 has no such code (the code of an earlier version?)"
            if f"0{code}" in names:
                fix = f"write 0{code} if a leading zero was lost; keep the column as text in a spreadsheet"
            what, why = "SIC 2007 has no such industry", "it would belong to no definition, and nobody would notice"
            detail = quoted(code, int(counts[index]))
            problems.append(sheet.problem("unknown-sic", what, why, fix, rows[index], "sic", detail))
    return problems


def _partition(book: Book, table: str) -> list[Problem]:
    """Codes of a table that are parts of other codes of it."""
    sheet = book.sheets[table]
    sic, known = sheet.columns["sic"], set(codes_of(sheet))
    pairs = [
        (code[:length], code) for code in sorted(known) for length in range(2, len(code)) if code[:length] in known
    ]
    if not pairs:
        return []
    cells, size = sheet.keys([name for name in BY_NAME[table].key if name != "sic"])
    problems: list[Problem] = []
    count = 0
    for whole, part in pairs:
        wholes, parts = np.flatnonzero(sic.codes == sic.code(whole)), np.flatnonzero(sic.codes == sic.code(part))
        whole_of = np.full(size, -1, dtype=np.intp)
        whole_of[cells[wholes]] = wholes
        twice = parts[whole_of[cells[parts]] >= 0]
        count += len(twice)
        what, why = "an industry and a part of it stand side by side", "the part would be counted twice"
        fix = "keep one of them: the parts if all are there, else the whole"
        for row in twice[: MOST_LISTED - len(problems)]:
            detail = f"{book.describe(table, row)} (part of {whole} in row {sheet.records[whole_of[cells[row]]]})"
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
    cells, size = sheet.keys(("year", "area"))
    of_all: Mask = np.ones(len(sheet), dtype=np.bool_)
    if "size_band" in sheet.columns:
        of_all = sheet.columns["size_band"].codes == sheet.columns["size_band"].code(ALL)
    is_total = sic.codes == sic.code(ALL)
    withheld = status.spread([each in (Status.SUPPRESSED, Status.MISSING) for each in status.values], np.bool_)
    present, totals = counts(cells, size, of_all & ~is_total), counts(cells, size, of_all & is_total)
    lacking = (counts(cells, size, of_all & withheld) > 0) | (present < len(codes))
    lacking &= (present > 0) & (totals == 0)
    if not lacking.any():
        return []
    rows_of = _rows_by_cell(cells, of_all & spread(lacking, cells))
    what = "industries are lacking, and no total row says how much all industries are"
    why = "the total cannot be summed from parts that are not all there"
    fix = "add a row with sic all; or, where an industry is absent because it has none, a row with 0"
    problems = []
    for here in rows_of[:MOST_LISTED]:
        hidden = here[withheld[here]]
        row = hidden[0] if len(hidden) else here[0]
        detail = f"{book.describe(table, row, but=('sic', 'size_band'))}: {_gaps(sheet, codes, here, hidden)}"
        problems.append(sheet.problem("missing-total", what, why, fix, row, "sic", detail))
    return capped(problems, len(rows_of))


def _rows_by_cell(cells: Codes, among: Mask) -> list[Rows]:
    """The marked rows, those of a cell together, the cell with the earliest row first."""
    rows = np.flatnonzero(among)
    rows = rows[np.argsort(cells[rows], kind="stable")]
    groups = np.split(rows, np.flatnonzero(np.diff(cells[rows])) + 1)
    return sorted(groups, key=lambda group: int(group[0]))


def _below_parts(book: Book, table: str) -> list[Problem]:
    """Total rows that are less than what they are the total of, by more than rounding can make: shares over 1."""
    sheet = book.sheets[table]
    sic, text = sheet.columns["sic"], sheet.columns[BY_NAME[table].value]
    value, (cells, size) = as_numbers(text.values), sheet.keys(("year", "area"))
    whole, parts, row_of = np.full(size, np.nan), np.zeros(size), np.zeros(size, dtype=np.intp)
    for piece in slices(len(sheet)):
        here, found, total = cells[piece], value[text.codes[piece]], sic.codes[piece] == sic.code(ALL)
        known = np.isfinite(found)
        if "size_band" in sheet.columns:
            band = sheet.columns["size_band"]
            known &= band.codes[piece] == band.code(ALL)
        whole[here[total & known]] = found[total & known]
        row_of[here[total & known]] = np.flatnonzero(total & known) + piece.start
        parts += np.bincount(here[~total & known], weights=found[~total & known], minlength=size)
    below = np.sort(row_of[parts > SLACK * whole + ROUNDED])
    what, why = "a total is less than its parts together", "shares of the total would be over 100 %"
    fix = "correct the total, or the part that is too large"
    problems = []
    for row in below[:MOST_LISTED]:
        sums = f"{whole[cells[row]]:,.0f}, its parts {parts[cells[row]]:,.0f}"
        detail = f"{book.describe(table, row, but=('sic', 'size_band'))}: total {sums}"
        problems.append(sheet.problem("total-below-parts", what, why, fix, row, BY_NAME[table].value, detail))
    return capped(problems, len(below))


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
    band, (cells, size) = sheet.columns["size_band"], sheet.keys(("year", "area", "sic"))
    is_all = band.codes == band.code(ALL)
    without = counts(cells, size, is_all) == 0
    alone = np.flatnonzero(~is_all & spread(without, cells))
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
