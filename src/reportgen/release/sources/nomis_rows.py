"""
Rows of a Nomis download: which of them a table takes: counts and no percentages, one employment status, all legal
statuses together, the size bands that we have; and whether it is the right data set at all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from reportgen.errors import Problem
from reportgen.release.sheet import HEADER, Rows, Sheet, Text
from reportgen.release.sources.extract import Texts, some_rows
from reportgen.release.sources.industries import Choice, Flags
from reportgen.release.tables import ALL, SIZE_BANDS

SIZE_BAND, LEGAL_STATUS, EMPLOYMENT_STATUS = "EMPLOYMENT_SIZEBAND", "LEGAL_STATUS", "EMPLOYMENT_STATUS"
OF_TABLE = {"employment": (EMPLOYMENT_STATUS,), "businesses": (SIZE_BAND, LEGAL_STATUS)}  # dimensions of its data set
DATA_SET = {
    "employment": "jobs come from the Business Register and Employment Survey, NM_189_1",
    "businesses": "local units come from UK Business Counts, NM_141_1",
}
EMPLOYMENT = ("4", "employment")  # employees and working owners
TOTAL = ("0", "total")
COUNTS = {"MEASURE": ("1", "count"), "MEASURES": ("20100", "value")}
NUMBERED = {"0": ALL, **{str(number): band for number, band in enumerate(SIZE_BANDS, start=1)}}  # by Nomis's numbers
COARSER_NUMBERS = ("10", "20", "30", "40")
COARSER = ("micro", "small", "medium", "large")  # how the names of the coarser bands begin
ENTERPRISES = re.compile(r"nm-142d|\benterprises?\b", re.IGNORECASE)  # in URN, or in what a name says
LOCAL_UNITS = re.compile(r"nm-141d|\blocal units?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Download:
    """A file of Nomis for a table of ours; `columns`: upper-case name → name as the file has it."""

    sheet: Sheet
    table: str
    columns: Mapping[str, str]

    def __getitem__(self, name: str) -> Text:
        return self.sheet.columns[self.columns[name]]

    def first(self, *names: str) -> Text | None:
        """The first of some columns that is there."""
        return next((self[name] for name in names if name in self.columns), None)

    def dimension(self, name: str) -> Text | None:
        """A dimension by name, number or code, whichever the file has."""
        return self.first(f"{name}_NAME", name, f"{name}_CODE")


def one_of(text: Text, words: Collection[str]) -> Flags:
    """Row by row: whether a text is one of some words, whatever its case and the blanks around it."""
    return np.array([value.strip().casefold() in words for value in text.values], dtype=bool)[text.codes]


def size_bands(text: Text | None, length: int) -> Texts:
    """Row by row the size band in our words: empty for a coarser one, as it stands if it is none, `all` without any."""
    if text is None:
        return np.full(length, ALL, dtype=object)
    return np.array([*map(_band, text.values), ""], dtype=object)[text.codes]


def _band(written: str) -> str:
    """
    >>> [_band(each) for each in ("Total", "0 to 4", "1000+", "Micro (0 to 9)", "9", "0-4")]
    ['all', '0-4', '1000+', '', '1000+', '0-4']
    """
    words = written.strip().casefold()
    if words == "total":
        return ALL
    if words in COARSER_NUMBERS or words.startswith(COARSER):
        return ""
    band = words.replace(" to ", "-")
    return band if band in SIZE_BANDS else NUMBERED.get(words, written)


def choose_rows(download: Download) -> Choice:
    """The rows that the table takes, what is to be said of the others, and what stands in the way."""
    problems = [*_other_data_set(download), *_percentages(download)]
    if problems:
        return Choice(np.zeros(len(download.sheet), dtype=bool), problems=tuple(problems))
    if download.table == "employment":
        return _only(download, EMPLOYMENT_STATUS, "employment status", EMPLOYMENT, "Employment")
    legal = _only(download, LEGAL_STATUS, "legal status", TOTAL, "Total")
    bands = size_bands(download.dimension(SIZE_BAND), len(download.sheet))
    coarser = bands == ""
    notes = [*legal.notes]
    if download.dimension(SIZE_BAND) is None:
        notes.append("no size bands: taken as all together")
    if coarser.any():
        notes.append(f"{some_rows(int(coarser.sum()))} of coarser size bands (Micro to Large) passed over")
    if not _says(download, LOCAL_UNITS):
        notes.append("does not say whether it counts local units or enterprises: taken as local units")
    return Choice(legal.rows & ~coarser, tuple(notes), legal.problems)


def _only(download: Download, dimension: str, called: str, words: Collection[str], label: str) -> Choice:
    """The rows with one category of a dimension; all rows, and a note, where the file does not have the dimension."""
    text = download.dimension(dimension)
    if text is None:
        note = f"no {called} among its columns: taken as {label}"
        return Choice(np.ones(len(download.sheet), dtype=bool), (note,))
    rows = one_of(text, words)
    if not rows.any():
        found = ", ".join(sorted({value.strip() for value in text.values}))
        what, why = f"no row has the {called} {label}", "figures of another one would pass for it"
        fix = f"fetch the file anew with {dimension.lower()}={words[0] if isinstance(words, tuple) else label}"
        problem = Problem("wrong-rows", what, why, fix, download.sheet.file, HEADER, text.position, f"there is {found}")
        return Choice(rows, problems=(problem,))
    passed = int((~rows).sum())
    return Choice(rows, (f"{some_rows(passed)} with another {called} than {label} passed over",) if passed else ())


def _other_data_set(download: Download) -> list[Problem]:
    """A file with the dimensions of another data set than the table's, or one that counts enterprises."""
    sheet, problems = download.sheet, []
    for table, dimensions in OF_TABLE.items():
        for name in dimensions:
            text = download.dimension(name)
            if table != download.table and text is not None:
                what, why = (
                    f"the file is not of the data set that {download.table} is made from",
                    "it counts other things",
                )
                fix = f"{DATA_SET[download.table]}; fetch that, or name the file for {table}"
                place = (sheet.file, HEADER, text.position)
                return [Problem("wrong-data-set", what, why, fix, *place, f"it has {name}")]
    if download.table == "businesses" and (said := _says(download, ENTERPRISES)):
        what = "the file counts enterprises, not local units"
        why = "an enterprise counts once, where its seat is, however many workplaces it has; local units are workplaces"
        fix = f"{DATA_SET['businesses']}; fetch that (NM_142_1 counts enterprises)"
        row, position, words = said
        detail = f'"{words}"'
        problems.append(
            Problem("wrong-data-set", what, why, fix, sheet.file, int(sheet.records[row]), position, detail)
        )
    return problems


def _says(download: Download, pattern: re.Pattern[str]) -> tuple[int, int, str] | None:
    """Row, column and text where the file's URN, or a name of a measure, matches."""
    for name in ("URN", "MEASURE_NAME", "MEASURES_NAME"):
        text = download.first(name)
        if text is not None:
            for code, value in enumerate(text.values):
                if pattern.search(value):
                    return int(np.flatnonzero(text.codes == code)[0]), text.position, value
    return None


def _percentages(download: Download) -> list[Problem]:
    """Rows that are no counts: percentages look like small counts."""
    problems = []
    for name, words in COUNTS.items():
        for text in filter(None, (download.first(each) for each in (name, f"{name}_CODE", f"{name}_NAME"))):
            others: Rows = np.flatnonzero(~one_of(text, words))
            if len(others):
                row = int(others[0])
                what, why = "the file has percentages, or something else than counts", "they would be read as jobs"
                why = why if download.table == "employment" else "they would be read as local units"
                fix = "fetch it anew with &measure=1&measures=20100" if download.table == "employment" else ""
                fix = fix or "fetch it anew with &measures=20100"
                detail = f'"{text.at(row)}" in {some_rows(len(others))}'
                place = (download.sheet.file, int(download.sheet.records[row]), text.position, detail)
                problems.append(Problem("not-counts", what, why, fix, *place))
                break
    return problems
