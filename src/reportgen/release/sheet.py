"""
Sheet: one CSV file as it is written, all of it text; nothing is converted, filled or trimmed here.
Takes a path, gives the distinct texts of each column and which row has which; knows no table of the declaration.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from reportgen.errors import Problem
from reportgen.nearest import did_you_mean, nearest
from reportgen.release.codes import Codes, Mask, Numbering, Rows, Text, joined
from reportgen.release.parse import Misfit, Parsed, parse
from reportgen.release.rows import HEADER
from reportgen.release.scan import FAILURES, MOST_TEXT, Content, scan, unreadable

__all__ = [
    "HEADER",
    "MOST_LISTED",
    "Codes",
    "Mask",
    "Numbering",
    "Rows",
    "Sheet",
    "Text",
    "arrange",
    "capped",
    "lacking",
    "read_sheet",
]

MOST_LISTED = 1000  # problems of one check in one file; further ones would say nothing new


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
    records: Numbering

    def __len__(self) -> int:
        return len(self.records)

    def keys(self, names: Sequence[str]) -> tuple[Codes, int]:
        """One code a row, equal for rows that agree in all these columns; and how many codes there could be."""
        return joined([self.columns[name] for name in names], len(self))

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
    A byte order mark, line ends of any one kind, blank lines at the end and line breaks in quoted fields are accepted.
    Returns: the sheet (None where nothing can be made of the file) and what is wrong with the file as such.
    """
    content, problems = scan(path)
    if content is None:
        return None, problems
    problems = _names_twice(content)
    if problems:
        return None, problems
    try:
        parsed = parse(content)
    except (*FAILURES, pa.ArrowInvalid) as error:
        return None, [unreadable(path, error)]
    if isinstance(parsed, Problem):
        return None, [parsed]
    if not len(parsed.records) and len(parsed.skipped) > 1 and len(parsed.field_counts) == 1:
        return None, [_all_misfit(content, parsed)]
    columns = dict(zip(content.header, parsed.columns, strict=True))
    problems = _misfits(content, parsed)
    blank = _blank_rows(parsed)
    if not blank.any():
        return Sheet(path.name, columns, parsed.records), problems
    rows = np.flatnonzero(blank)
    found = [_blank_row(path.name, int(parsed.records[row])) for row in rows[:MOST_LISTED]]
    columns = {name: Text(text.values, text.codes[~blank], text.position) for name, text in columns.items()}
    return Sheet(path.name, columns, parsed.records.without(blank)), problems + capped(found, len(rows))


def _names_twice(content: Content) -> list[Problem]:
    header, problems = content.header, []
    for name in sorted({name for name in header if header.count(name) > 1}):
        what, why = f'two columns are called "{name}"', "we cannot know which one is meant"
        column = len(header) - header[::-1].index(name)
        place = (content.path.name, HEADER, column)
        problems.append(Problem("duplicate-column", what, why, "delete one of them", *place))
    return problems


def arrange(sheet: Sheet, wanted: Sequence[str]) -> tuple[Sheet | None, list[Problem]]:
    """
    The sheet with its columns in the wanted order.
    Returns: the sheet, or None and the problems if the file has not exactly the wanted columns, in whatever order.
    """
    if not any(nearest(name, wanted) for name in sheet.columns):
        return None, [_no_header(sheet, wanted)]
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


def _no_header(sheet: Sheet, wanted: Sequence[str]) -> Problem:
    what = "the first row names none of the columns of this table"
    why = "it is the header that says what the fields of a row are; a row of data cannot stand in its place"
    fix = f"put the header before the rows: {','.join(wanted)}; if this is another table, correct the name of the file"
    shown = _shortened(",".join(sheet.columns))
    return Problem("missing-header", what, why, fix, sheet.file, HEADER, detail=shown)


def lacking(sheet: Sheet, asked: Mapping[str, str], table: str = "") -> list[Problem]:
    """
    The columns that a recipe asks for and a raw file does not have.
    Args:
        asked: our column → theirs; table: ours that they are for, if it is one.
    """
    problems = []
    for ours, theirs in asked.items():
        if theirs not in sheet.columns:
            taken = f"{table}.{ours}" if table else ours
            what, why = f'there is no column "{theirs}"', f"the recipe takes {taken} from it"
            fix = f"correct the recipe{did_you_mean(theirs, sheet.columns)}: {', '.join(sheet.columns)}"
            problems.append(Problem("missing-column", what, why, fix, file=sheet.file, row=HEADER))
    return problems


def capped(problems: list[Problem], count: int) -> list[Problem]:
    """The problems of one check; where more were found than are listed, the last one carries how many."""
    if count > len(problems) > 0:
        return [*problems[:-1], replace(problems[-1], more=count - len(problems))]
    return problems


def _misfits(content: Content, parsed: Parsed) -> list[Problem]:
    """Rows with too many or too few fields; among them blank lines, which are told as what they are."""
    width, file = len(content.header), content.path.name
    problems = [
        _blank_row(file, row.record) if not row.text.strip() else _misfit(row, width, file) for row in parsed.misfits
    ]
    return capped(problems, len(parsed.skipped))


def _misfit(row: Misfit, width: int, file: str) -> Problem:
    fields = "1 field" if row.fields == 1 else f"{row.fields} fields"
    what = f"a row has {fields} where the header has {width}"
    why = "we cannot know which value belongs to which column"
    fix = "put a field that has a comma in it in double quotes, or add the separator that is missing"
    if row.fields == 1:
        fix = "delete it if it is a title, a note or a line of the source: a table has rows alone; else complete it"
    return Problem("wrong-field-count", what, why, fix, file, row.record, detail=_shortened(row.text))


def _all_misfit(content: Content, parsed: Parsed) -> Problem:
    """One mistake, not as many as there are rows."""
    row, width = parsed.misfits[0], len(content.header)
    what = f"every row has {row.fields} field{'s' if row.fields > 1 else ''} where the header has {width}"
    why = "we cannot know which value belongs to which column"
    fix = "complete the rows, or take out of the header what they do not have"
    if row.fields > width:
        fix = "name every column in the header; or take off the comma, if each row ends in one too many"
    detail = f"{_shortened(row.text)} and {len(parsed.skipped) - 1:,} more"
    return Problem("wrong-field-count", what, why, fix, content.path.name, row.record, detail=detail)


def _shortened(text: str) -> str:
    return text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}…"


def _blank_row(file: str, record: int) -> Problem:
    return Problem("blank-row", "a row is blank", "it may stand for a row that was lost", "delete it", file, record)


def _blank_rows(parsed: Parsed) -> Mask:
    """Rows of nothing but separators say nothing; they are reported once each and left out of all other checks."""
    first, *others = parsed.columns
    blank: Mask = first.codes == first.code("")
    for text in others:
        if blank.any():
            blank &= text.codes == text.code("")
    return blank
