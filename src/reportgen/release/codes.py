"""
Codes: columns of a table as distinct texts and one small integer a row, for tables of many million rows.
Takes and gives arrays, slice by slice, so that nothing of eight bytes a row is made in between; knows no file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

SLICE = 1 << 20  # rows worked on at a time: numpy takes indices as 8 bytes each, whatever they were
SPARSE = 16  # possible keys a row that still take less room, a byte each, than sorting the rows
Codes = npt.NDArray[np.signedinteger[Any]]
Rows = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]
Each = TypeVar("Each", bound=np.generic)


def slices(length: int) -> Iterator[slice]:
    """A length in pieces of at most `SLICE`."""
    return (slice(start, min(start + SLICE, length)) for start in range(0, length, SLICE))


def smallest(size: int) -> np.dtype[Any]:
    """The smallest signed integer type that holds the codes of so many distinct things (-1 is none of them)."""
    return np.dtype(next(kind for kind in (np.int8, np.int16, np.int32, np.int64) if size - 1 <= np.iinfo(kind).max))


def spread(values: npt.NDArray[Each], codes: Codes) -> npt.NDArray[Each]:
    """What belongs to each distinct thing, row by row."""
    found = np.empty(len(codes), dtype=values.dtype)
    for piece in slices(len(codes)):
        found[piece] = values[codes[piece]]
    return found


def counts(codes: Codes, size: int, among: Mask | None = None) -> Rows:
    """How many rows have each code, of all rows or of those marked in `among`."""
    found = np.zeros(size, dtype=np.intp)
    for piece in slices(len(codes)):
        part = codes[piece] if among is None else codes[piece][among[piece]]
        found += np.bincount(part, minlength=size)
    return found


def first_rows(codes: Codes, size: int) -> Rows:
    """For each code the first row that has it; the number of rows where none has."""
    found = np.full(size, len(codes), dtype=np.intp)
    for piece in slices(len(codes)):
        here = np.full(size, len(codes), dtype=np.intp)
        here[codes[piece][::-1]] = np.arange(piece.stop - 1, piece.start - 1, -1)  # the last to be written is the first
        np.minimum(found, here, out=found)
        if not np.any(found == len(codes)):
            break
    return found


def joined(columns: Sequence[Text], length: int) -> tuple[Codes, int]:
    """
    One code a row, equal for rows that agree in all the columns.
    Returns: the codes, and how many there could be; not all of them need occur.
    """
    codes: Codes = np.zeros(length, dtype=np.int8)
    size = 1
    for text in columns:
        wider = size * max(1, len(text.values))
        if wider > np.iinfo(np.int64).max:  # too many to count through: keep those that occur
            distinct, place = np.unique(codes, return_inverse=True)
            codes, wider = place, len(distinct) * len(text.values)
        size = wider
        codes = codes.astype(smallest(size + 1))  # the factor itself has to fit, not only the codes
        codes *= codes.dtype.type(max(1, len(text.values)))
        codes += text.codes
    if size > SPARSE * max(length, SLICE):
        distinct, place = np.unique(codes, return_inverse=True)
        return place.astype(smallest(len(distinct))), len(distinct)
    return codes, size


def any_twice(codes: Codes, size: int) -> bool:
    """Whether two rows have one code."""
    seen = np.zeros(size, dtype=np.bool_)
    for piece in slices(len(codes)):
        seen[codes[piece]] = True
    return int(np.count_nonzero(seen)) < len(codes)


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

    def counts(self, among: Mask | None = None) -> Rows:
        """For each distinct text how many rows have it, of all or of those marked."""
        return counts(self.codes, len(self.values), among)

    def first_rows(self) -> Rows:
        """For each distinct text the first row that has it; the number of rows where none has."""
        return first_rows(self.codes, len(self.values))

    def spread(self, values: npt.ArrayLike, kind: type[Each]) -> npt.NDArray[Each]:
        """What belongs to each distinct text, row by row, as an array of a numpy type."""
        return spread(np.array(values, dtype=kind), self.codes)


class Numbering:
    """
    The record numbers (header = 1) of the rows of a sheet, derived from the few records that were left out.
    Takes a row or an array of rows (from 0), like an array of them would.
    """

    def __init__(self, length: int, skipped: npt.NDArray[np.int64], first: int) -> None:
        self.length, self.first = length, first
        self.skipped = np.sort(skipped)
        # A row stands behind the k-th record left out if it is at least this many rows from the first.
        self._behind = self.skipped - np.arange(len(skipped)) - first

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, rows: Any) -> Any:
        rows = np.arange(self.length)[rows] if isinstance(rows, slice) else np.asarray(rows)
        rows = np.flatnonzero(rows) if rows.dtype == np.bool_ else rows
        return rows + self.first + np.searchsorted(self._behind, rows, side="right")

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        return np.asarray(self[np.arange(self.length)], dtype=dtype)

    def without(self, rows: Mask) -> Numbering:
        """The same, with the marked rows left out too."""
        gone = self[np.flatnonzero(rows)]
        return Numbering(self.length - len(gone), np.concatenate([self.skipped, gone]), self.first)
