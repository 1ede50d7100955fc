"""
Sheet: one CSV file as it is written, all of it text; nothing is converted, filled or trimmed here.
Takes a path, gives the distinct texts of each column and which row has which; knows no table of the declaration.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv

from reportgen.errors import Problem
from reportgen.nearest import did_you_mean

HEADER = 1  # record number of the header
BOM = b"\xef\xbb\xbf"
MOST_TEXT = 80  # characters of a faulty row that a message shows
MOST_LISTED = 1000  # problems of one check in one file; further ones would say nothing new
Codes = npt.NDArray[np.int32]
Rows = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Text:
    """A column: its distinct texts, for each row the index of its text, and the column's number in the file."""

    values: tuple[str, ...]
    codes: Codes
    position: int

    def at(self, row: int | np.intp) -> str:
        return self.values[int(self.codes[row])]

    def code(self, value: str) -> int:
        """The index of a text; -1, which no row has, if it does not occur."""
        return self.values.index(value) if value in self.values else -1

    def first_rows(self) -> Rows:
        """For each distinct text the first row that has it."""
        found = np.full(len(self.values), len(self.codes), dtype=np.intp)
        np.minimum.at(found, self.codes, np.arange(len(self.codes)))
        return found


@dataclass(frozen=True)
class Sheet:
    """
    One CSV file.
    Args:
        columns: name → column, as the file has them or, once held against a table, in the table's order.
        records: for each row its record number in the file (header = 1), which differs from row + 2 after faulty rows.
    """

    file: str
    columns: Mapping[str, Text]
    records: Rows

    def __len__(self) -> int:
        return len(self.records)

    def problem(
        self,
        kind: str,
        what: str,
        why: str,
        fix: str,
        row: int | np.intp | None = None,
        column: str = "",
        detail: str = "",
    ) -> Problem:
        """A problem in this file, at a row (counted from 0, as in arrays) and, with a row, at a column."""
        record = None if row is None else int(self.records[row])
        position = self.columns[column].position if column else None
        return Problem(kind, what, why, fix, file=self.file, row=record, column=position, detail=detail)


def read_sheet(path: Path) -> tuple[Sheet | None, list[Problem]]:
    """
    Read a `.csv` or `.csv.gz` file, every field as text.
    A byte order mark, line ends of any kind, blank lines at the end and line breaks in quoted fields are accepted.
    Returns: the sheet (None where nothing can be made of the file) and what is wrong with the file as such.
    """
    data, problems = _read_bytes(path)
    if data is None:
        return None, problems
    problems = _not_text(path.name, data) or _broken_quotes(path.name, data)
    if problems:
        return None, problems
    header = next(_records(data))
    if not any(header):
        what, why = "the first row has no names of columns", "nobody could say what is in them"
        fix = "begin the file with its header"
        return None, [Problem("missing-header", what, why, fix, file=path.name, row=HEADER)]
    twice = sorted({name for name in header if header.count(name) > 1})
    for name in twice:
        what, why = f'two columns are called "{name}"', "we cannot know which one is meant"
        column = len(header) - header[::-1].index(name)
        fix = "delete one of them"
        problems.append(Problem("duplicate-column", what, why, fix, file=path.name, row=HEADER, column=column))
    return (None, problems) if twice else _parse(path.name, data, header)


def arrange(sheet: Sheet, wanted: Sequence[str]) -> tuple[Sheet | None, list[Problem]]:
    """
    The sheet with its columns in the wanted order.
    Returns: the sheet, or None and the problems if the file has not exactly the wanted columns, in whatever order.
    """
    problems = []
    missing = [name for name in wanted if name not in sheet.columns]
    listed = f"the columns are {','.join(wanted)}"
    for name in missing:
        what, why = f"there is no column {name}", "every column has a meaning that nothing else can give"
        fix = f"add it, or correct its name: {listed}, separated by commas"
        problems.append(Problem("missing-column", what, why, fix, file=sheet.file, row=HEADER))
    for name, column in sheet.columns.items():
        if name not in wanted:
            what, why = f'the column "{name}" has no place in this table', "it would be left out without a word"
            fix = f"delete it, or correct its name{did_you_mean(name, missing)}: {listed}"
            place = {"file": sheet.file, "row": HEADER, "column": column.position}
            problems.append(Problem("unknown-column", what, why, fix, **place))  # type: ignore[arg-type]
    if problems:
        return None, problems
    return Sheet(sheet.file, {name: sheet.columns[name] for name in wanted}, sheet.records), []


def capped(problems: list[Problem], count: int) -> list[Problem]:
    """The problems of one check; where more were found than are listed, the last one says how many."""
    if count > len(problems) > 0:
        further = f"{problems[-1].detail} … and {count - len(problems):,} more rows like it".strip()
        return [*problems[:-1], replace(problems[-1], detail=further)]
    return problems


def _read_bytes(path: Path) -> tuple[bytes | None, list[Problem]]:
    """The file's bytes, unpacked, without byte order mark, with one line end at the end."""
    file, why = path.name, "nothing in it can be used"
    if path.is_dir():
        return None, [Problem("not-a-file", f"{file} is a folder", why, "put the table itself there", file)]
    try:
        data = path.read_bytes()
        data = gzip.decompress(data) if path.suffix == ".gz" else data
    except (OSError, EOFError, zlib.error) as error:
        fix = "copy it anew, or pack it anew with gzip" if path.suffix == ".gz" else "copy it anew"
        return None, [Problem("unreadable-file", f"{file} cannot be read", why, fix, file, detail=str(error))]
    data = data.removeprefix(BOM).rstrip(b"\r\n")
    if not data:
        fix = "write its header and rows; a table that the release does not have has no file"
        return None, [Problem("empty-file", f"{file} is empty", why, fix, file)]
    return data + b"\n", []


def _records(data: bytes, strict: bool = False) -> Iterator[list[str]]:
    return csv.reader(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline=""), strict=strict)


def _not_text(file: str, data: bytes) -> list[Problem]:
    """Bytes that are no UTF-8 text, or the character NUL, with the place of the first."""
    at = data.find(b"\0")
    what, fix = f"{file} has the character NUL in it", "save it anew as CSV UTF-8"
    if at < 0:
        try:
            data.decode("utf-8")
            return []
        except UnicodeDecodeError as error:
            at, what = error.start, f"{file} is not in UTF-8"
            fix = "save it as CSV UTF-8; it may be in a Windows or Mac encoding now"
    before = data[:at].decode("utf-8", errors="replace")
    row = len(re.findall(r"\r\n|\r|\n", re.sub(r'"[^"]*"', "", before))) + HEADER  # line ends in quotes do not count
    why = "names and codes could come out as others than they are"
    line = re.split(r"[\r\n]", before)[-1][-MOST_TEXT:]
    detail = f"byte 0x{data[at]:02X}" + (f" after {line}" if line else "")
    return [Problem("not-utf8", what, why, fix, file, row=row, detail=detail)]


def _broken_quotes(file: str, data: bytes) -> list[Problem]:
    """A quoted field without end swallows the rows after it, so it must not pass for a long field."""
    count = 0
    try:
        for _ in _records(data, strict=True):
            count += 1
            if b'"' not in data:  # then only the header, which others rely on, could be past reading
                break
    except csv.Error as error:
        what, why = "a field in double quotes does not end where it should", "rows after it would be lost in it"
        fix = "close the quote; a double quote inside a quoted field is written twice"
        return [Problem("broken-quote", what, why, fix, file, row=count + 1, detail=str(error))]
    return []


def _parse(file: str, data: bytes, header: Sequence[str]) -> tuple[Sheet | None, list[Problem]]:
    """Rows by pyarrow: the fields become dictionaries of distinct texts, the rows that do not fit become problems."""
    problems: list[Problem] = []
    skipped: list[int] = []

    def note(row: Any) -> str:
        skipped.append(row.number)
        if len(skipped) > MOST_LISTED:
            return "skip"
        what = f"a row has {row.actual_columns} fields where the header has {row.expected_columns}"
        why = "we cannot know which value belongs to which column"
        fix = "put a field that has a comma in it in double quotes, or add the separator that is missing"
        text = row.text if len(row.text) <= MOST_TEXT else f"{row.text[:MOST_TEXT]}…"
        problems.append(Problem("wrong-field-count", what, why, fix, file, row=row.number, detail=text))
        return "skip"

    texts = pa.dictionary(pa.int32(), pa.string())
    names = [str(index) for index in range(len(header))]
    table = pa.csv.read_csv(
        pa.BufferReader(data),
        # One thread, else rows have no number; one block, else a long field could cross a border of two.
        pa.csv.ReadOptions(
            use_threads=False, block_size=len(data) + 1, column_names=names, skip_rows_after_names=HEADER
        ),
        pa.csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=note),
        pa.csv.ConvertOptions(column_types=dict.fromkeys(names, texts), strings_can_be_null=False),
    )
    records = np.setdiff1d(np.arange(table.num_rows + len(skipped)) + HEADER + 1, skipped, assume_unique=True)
    columns = {name: _text(table.column(index), index + 1) for index, name in enumerate(header)}
    return _without_blank_rows(Sheet(file, columns, records), capped(problems, len(skipped)))


def _text(column: Any, position: int) -> Text:
    chunks = column.unify_dictionaries().chunks
    values = tuple(chunks[0].dictionary.to_pylist()) if chunks else ()
    codes = [chunk.indices.to_numpy(zero_copy_only=False) for chunk in chunks]
    return Text(values, np.concatenate(codes).astype(np.int32) if codes else np.empty(0, np.int32), position)


def _without_blank_rows(sheet: Sheet, problems: list[Problem]) -> tuple[Sheet, list[Problem]]:
    """Rows of nothing but separators say nothing; they are reported once each and left out of all other checks."""
    blank = np.logical_and.reduce([text.codes == text.code("") for text in sheet.columns.values()])
    if not blank.any():
        return sheet, problems
    why, fix = "it may stand for a row that was lost", "delete it"
    rows = np.flatnonzero(blank)
    found = [sheet.problem("blank-row", "a row is blank", why, fix, row) for row in rows[:MOST_LISTED]]
    problems += capped(found, len(rows))
    columns = {name: Text(text.values, text.codes[~blank], text.position) for name, text in sheet.columns.items()}
    return Sheet(sheet.file, columns, sheet.records[~blank]), problems
