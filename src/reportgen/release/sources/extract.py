"""
Extract: what every source makes of a raw file: texts in the columns of a table, each row with its place in the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from reportgen.errors import Problem
from reportgen.release.codes import joined
from reportgen.release.sheet import Numbering, Rows, Text

Texts = npt.NDArray[np.object_]
WHOLE = re.compile(r"([0-9]+)\.0+")


@dataclass(frozen=True)
class Extract:
    """
    The rows of one raw file.
    Args:
        columns: our column → its text in each row, in declared order.
        records: record number of each row in the raw file.
        positions: our column → number of theirs in the raw file; constants have none.
        names: code of an area → its name and the row (from 0) where it first stands, if the recipe maps names.
        cells: our column → number of theirs in the raw file, row by row: where a file has several values in one line.
        notes: what whoever imports has to know, one line each: what was recognised, passed over, taken for granted.
        requests: of a download that says so: how many rows the whole has → which of them (from 0) this file has.
    """

    file: str
    columns: Mapping[str, Texts]
    records: Numbering | Rows
    positions: Mapping[str, int]
    names: Mapping[str, tuple[str, int]]
    cells: Mapping[str, Rows] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    requests: Mapping[int, Rows] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.records)

    def position(self, column: str, row: int) -> int | None:
        """The number of the raw column that a row (from 0) has one of our columns from; None for a constant."""
        return int(self.cells[column][row]) if column in self.cells else self.positions.get(column)

    @property
    def named(self) -> list[Named]:
        """The names of areas, each with its place in the raw file."""
        return [
            Named(code, name, self.file, int(self.records[row]), self.positions["name"])
            for code, (name, row) in self.names.items()
        ]


@dataclass(frozen=True)
class Named:
    """The name that a raw file gives an area, and where it does so first."""

    code: str
    name: str
    file: str
    row: int
    column: int


def some_rows(count: int) -> str:
    """
    How a note counts rows.

    >>> some_rows(1), some_rows(1458)
    ('1 row', '1,458 rows')
    """
    return f"{count:,} row{'' if count == 1 else 's'}"


def plain(value: str) -> str:
    """
    A whole number as we write it: software that knows only fractions writes 30 as 30.0.

    >>> plain("30.0"), plain("30.5")
    ('30', '30.5')
    """
    match = WHOLE.fullmatch(value)
    return match[1] if match else value


def names_of(
    file: str, records: Numbering | Rows, area: Text, name: Text
) -> tuple[dict[str, tuple[str, int]], list[Problem]]:
    """One name for each code of an area, and the row where it first stands; a second name is a problem."""
    found: dict[str, tuple[str, int]] = {}
    problems = []
    for row in _first_of_each_pair(area, name):
        code, called = area.at(row), name.at(row)
        if found.setdefault(code, (called, row))[0] != called:
            problems.append(two_names(file, int(records[row]), name.position, code, found[code][0], called))
    return found, problems


def _first_of_each_pair(one: Text, other: Text) -> list[int]:
    pairs, _ = joined([one, other], len(one.codes))
    _, first = np.unique(pairs, return_index=True)
    return sorted(int(row) for row in first)


def two_names(file: str, row: int | None, column: int | None, code: str, name: str, other: str) -> Problem:
    """The problem of a code that goes by two names."""
    what, why = "one code has two names", "either the code or the name is of another area"
    fix = "correct the raw file, or leave the names of one file out of the recipe"
    return Problem("two-names", what, why, fix, file, row, column, f"{code}: {name}; {other}")
