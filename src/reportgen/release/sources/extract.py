"""
Extract: what every source makes of a raw file: texts in the columns of a table, each row with its place in the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reportgen.errors import Problem
from reportgen.release.sheet import Rows

Texts = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Extract:
    """
    The rows of one raw file.
    Args:
        columns: our column → its text in each row, in declared order.
        records: record number of each row in the raw file.
        positions: our column → number of theirs in the raw file; constants have none.
        names: code of an area → its name and the row (from 0) where it first stands, if the recipe maps names.
    """

    file: str
    columns: Mapping[str, Texts]
    records: Rows
    positions: Mapping[str, int]
    names: Mapping[str, tuple[str, int]]

    def __len__(self) -> int:
        return len(self.records)

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


def two_names(file: str, row: int | None, column: int | None, code: str, name: str, other: str) -> Problem:
    """The problem of a code that goes by two names."""
    what, why = "one code has two names", "either the code or the name is of another area"
    fix = "correct the raw file, or leave the names of one file out of the recipe"
    return Problem("two-names", what, why, fix, file, row, column, f"{code}: {name}; {other}")
