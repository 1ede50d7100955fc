"""
Nomis: a CSV file of the Nomis API, with all of its columns or those that `select=` asked for.
Takes jobs (Business Register and Employment Survey, NM_189_1) and local units (UK Business Counts, NM_141_1), gives
texts in our columns; what it passes over or takes for granted stands in the notes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from reportgen.errors import Problem
from reportgen.release.recipe import NAME, TableRecipe
from reportgen.release.sheet import HEADER, Rows, Text, read_sheet
from reportgen.release.sources import industries
from reportgen.release.sources.encoding import in_utf8
from reportgen.release.sources.extract import Extract, Texts, names_of
from reportgen.release.sources.head import rows_of
from reportgen.release.sources.nomis_rows import SIZE_BAND, Download, choose_rows, one_of, size_bands
from reportgen.release.sources.nomis_values import VALUE, values_and_status
from reportgen.release.tables import ALL, BY_NAME

WHOLE = re.compile("[0-9]{1,12}")
FILLS = ("employment", "businesses")
TAKES = ("industries",)
DIMENSIONS = ("DATE", "GEOGRAPHY", "INDUSTRY")
GUEST_LIMIT = 25_000  # rows that Nomis gives at once to those who are not registered
NEEDED = "date,geography_code,geography_name,industry_code,industry_name,obs_value,obs_status,obs_conf"
TOTALS = ("total", "37748736")  # name and number of all industries together
PAGES = "&select=…,record_offset,record_count&recordlimit=20000, then with &recordoffset=20000 and so on"


def recognises(head: bytes, recipe: TableRecipe) -> bool:
    """The header has OBS_VALUE and one of Nomis's dimensions, in whatever case."""
    rows = rows_of(head)
    names = {name.strip().upper() for name in rows[0]} if rows else set()
    return VALUE in names and any(name.startswith(DIMENSIONS) for name in names)


def extract(path: Path, recipe: TableRecipe) -> tuple[Extract | None, list[Problem]]:
    """The rows of one file in the columns of its table; None, with problems, if it is not what the table needs."""
    with in_utf8(path) as (readable, turned):
        sheet, problems = read_sheet(readable)
    if sheet is None:
        return None, problems
    download = Download(sheet, recipe.table, {name.strip().upper(): name for name in sheet.columns})
    if problems or (problems := _unfit(download)):
        return None, problems
    if problems := _lost_zeros(download):
        return None, problems
    digits = _digits(download)
    cut = industries.choose(digits, recipe, sheet.file, sheet.records, download["INDUSTRY_CODE"].position)
    chosen = choose_rows(download)
    problems = [*cut.problems, *chosen.problems]
    if problems:
        return None, problems
    rows = np.flatnonzero(cut.rows & chosen.rows)
    columns, problems = _columns(download, rows, digits)
    names, of_names = _names(download, rows)
    passed = (f"{len(rows):,} of {len(sheet):,} rows taken",) if len(rows) < len(sheet) else ()
    notes = (*passed, *(("not in UTF-8: read as Windows-1252",) if turned else ()), *chosen.notes, *cut.notes)
    requests, of_requests = _requests(download)
    positions = {ours: text.position for ours, text in _origins(download).items()}
    made = Extract(sheet.file, columns, sheet.records[rows], positions, names, notes=notes, requests=requests)
    return made, [*problems, *of_names, *of_requests]


def _origins(download: Download) -> Mapping[str, Text]:
    """Our column → the column of the download that it comes from, of those that are there."""
    found = {
        "year": download.first("DATE", "DATE_CODE", "DATE_NAME"),
        "area": download.first("GEOGRAPHY_CODE"),
        NAME: download.first("GEOGRAPHY_NAME"),
        "sic": download.first("INDUSTRY_CODE"),
        "size_band": download.dimension(SIZE_BAND) if download.table == "businesses" else None,
        BY_NAME[download.table].value: download.first(VALUE),
        "status": download.first("OBS_STATUS", "OBS_STATUS_NAME", "OBS_CONF", "OBS_CONF_NAME"),
    }
    return {ours: text for ours, text in found.items() if text is not None}


def _unfit(download: Download) -> list[Problem]:
    """Columns that lack or are there twice, and a file that Nomis cut off without saying of how many rows."""
    sheet, origins = download.sheet, _origins(download)
    problems = []
    if len(download.columns) < len(sheet.columns):
        what, why = "two columns differ in upper and lower case alone", "we cannot know which one is meant"
        problems.append(Problem("duplicate-column", what, why, "delete one of them", sheet.file, HEADER))
    wanted = {"year": "DATE", "area": "GEOGRAPHY_CODE", "sic": "INDUSTRY_CODE"}
    for ours, theirs in {**wanted, BY_NAME[download.table].value: VALUE}.items():
        if ours not in origins:
            what, why = f"there is no column {theirs}", f"{download.table}.{ours} is taken from it"
            if ours == "area" and download.first("GEOGRAPHY"):
                why = "the numbers in GEOGRAPHY are Nomis's own and no official codes"
            fix = f"fetch the file anew with at least &select={NEEDED}"
            problems.append(Problem("missing-column", what, why, fix, sheet.file, HEADER))
    count = download.first("RECORD_COUNT")
    if len(sheet) == GUEST_LIMIT and (count is None or set(count.values) <= {str(GUEST_LIMIT), ""}):
        what, why = f"the file has exactly {GUEST_LIMIT:,} rows", "Nomis stops there, whatever was asked for"
        fix = f"fetch it in pages: {PAGES}; name all files in the recipe"
        problems.append(Problem("cut-off", what, why, fix, sheet.file))
    return problems


def _digits(download: Download) -> Rows:
    """Digits of each row's industry: as its type says, `SIC 2007 class (4 digit)`, or else as the code is long."""
    code, kind = download["INDUSTRY_CODE"], download.first("INDUSTRY_TYPE")
    digits = np.array([industries.digits_of(value.strip()) for value in code.values], dtype=np.intp)[code.codes]
    if kind is not None:
        named = np.array([_digits_of_type(value) for value in kind.values], dtype=np.intp)[kind.codes]
        digits = np.where(named == digits, digits, industries.NO_DIGITS)
    for text in (code, download.first("INDUSTRY"), download.first("INDUSTRY_NAME")):
        if text is not None:
            digits[one_of(text, TOTALS)] = industries.TOTAL
    return digits


def _lost_zeros(download: Download) -> list[Problem]:
    """Codes that are one digit shorter than their type says: a spreadsheet took them for numbers."""
    code, kind = download["INDUSTRY_CODE"], download.first("INDUSTRY_TYPE")
    if kind is None:
        return []
    length = np.array([industries.digits_of(value.strip()) for value in code.values], dtype=np.intp)[code.codes]
    named = np.array([_digits_of_type(value) for value in kind.values], dtype=np.intp)[kind.codes]
    lost = np.flatnonzero((length == named - 1) & (length > 0))
    if not len(lost):
        return []
    what, why = "codes of industries have lost their leading zero", "they would belong to other industries, or to none"
    fix = "fetch the file anew and do not save it with a spreadsheet; codes such as 01110 are text"
    place = (download.sheet.file, int(download.sheet.records[lost[0]]), code.position)
    detail = f'"{code.at(lost[0]).strip()}", and {len(lost) - 1:,} more rows'
    return [Problem("unknown-sic", what, why, fix, *place, detail)]


def _digits_of_type(words: str) -> int:
    """`SIC 2007 class (4 digit)` has 4; what names no digits has none."""
    return next((digits for digits in (2, 3, 4, 5) if f"{digits} digit" in words), industries.NO_DIGITS)


def _columns(download: Download, rows: Rows, digits: Rows) -> tuple[dict[str, Texts], list[Problem]]:
    """Our columns, in declared order, of the rows that are taken."""
    origins = _origins(download)
    columns: dict[str, Texts] = {ours: _stripped(text, rows) for ours, text in origins.items()}
    columns["sic"][digits[rows] == industries.TOTAL] = ALL
    if download.table == "businesses":
        columns["size_band"] = size_bands(download.dimension(SIZE_BAND), len(download.sheet))[rows]
    value = BY_NAME[download.table].value
    columns[value], columns["status"], problems = values_and_status(download, rows)
    return {name: columns[name] for name in BY_NAME[download.table].header}, problems


def _stripped(text: Text, rows: Rows) -> Texts:
    return np.array([*(value.strip() for value in text.values), ""], dtype=object)[text.codes[rows]]


def _names(download: Download, rows: Rows) -> tuple[dict[str, tuple[str, int]], list[Problem]]:
    """Names of areas by code, without the blanks that pad them."""
    code, name = download["GEOGRAPHY_CODE"], download.first("GEOGRAPHY_NAME")
    if name is None:
        return {}, []
    area, called = (
        Text(tuple(value.strip() for value in text.values), text.codes[rows], text.position) for text in (code, name)
    )
    return names_of(download.sheet.file, download.sheet.records[rows], area, called)


def _requests(download: Download) -> tuple[dict[int, Rows], list[Problem]]:
    """Of how many rows in all the file has which, where it says so."""
    sheet, count, offset = download.sheet, download.first("RECORD_COUNT"), download.first("RECORD_OFFSET")
    if count is None:
        return {}, []
    for text in filter(None, (count, offset)):
        for row in text.first_rows():
            if row < len(sheet) and not WHOLE.fullmatch(text.at(row)):
                what, why = "RECORD_COUNT or RECORD_OFFSET is no whole number", "it says whether the file is complete"
                place = (sheet.file, int(sheet.records[row]), text.position, f'"{text.at(row)}"')
                return {}, [Problem("not-a-number", what, why, "fetch the file anew", *place)]
    totals = _whole(count)
    offsets = np.arange(len(sheet)) if offset is None else _whole(offset)
    return {int(total): offsets[totals == total] for total in np.unique(totals)}, []


def _whole(text: Text) -> Rows:
    return np.array([int(value) if WHOLE.fullmatch(value) else 0 for value in text.values], dtype=np.intp)[text.codes]
