"""
Rows: where the rows of a CSV file end and whether its double quotes are in order, block by block.
Takes bytes, gives counts and places; builds no fields.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import IO

import numpy as np
import numpy.typing as npt

HEADER = 1  # record number of the header
MOST_CHARACTERS = 10_000  # of a field; the longest names have some hundred
LF, CR, QUOTE, COMMA = b'\n\r",'
Places = npt.NDArray[np.intp]


class LongLineError(ValueError):
    """A line that no row of a table can be."""


class Rows:
    """
    What is known of the rows so far.
    Attributes:
        ended: rows that have ended, the header among them; last_end: bytes up to the end of the last one.
        quoted: there are double quotes; in_order: each of them opens, closes or is doubled where it should.
        return_at, return_row: place (in bytes) and row of the first carriage return that stands alone, if any.
        line_feeds: some row ends in a line feed.
    """

    def __init__(self) -> None:
        self.ended, self.last_end = 0, 0
        self.quoted, self.in_order, self.line_feeds = False, True, False
        self.return_at: int | None = None
        self.return_row = 0
        self._quotes = 0
        self._window = b"\n"  # with the two bytes before a block, each byte but the last has neighbours
        self._base = -1  # place of the window's first byte

    def feed(self, block: bytes) -> bool:
        """Take in the next bytes, of any number. Returns: whether a row has ended in them."""
        window = self._window + block
        if self._quotes % 2 == 0 and b'"' not in window and b"\r" not in window:
            count, last = window.count(b"\n", 1, -1), window.rfind(b"\n", 1, -1)
            self.line_feeds |= count > 0
        else:
            ends = self._ends(np.frombuffer(window, dtype=np.uint8))
            count, last = len(ends), int(ends[-1]) if len(ends) else -1
        self.ended += count
        self.last_end = self._base + last + 1 if count else self.last_end
        self._base += max(0, len(window) - 2)
        self._window = window[-2:]
        return count > 0

    def finish(self) -> None:
        """The file has ended, wherever its last row was."""
        self.feed(b"\n")
        self.in_order &= self._quotes % 2 == 0

    def _ends(self, bytes_: npt.NDArray[np.uint8]) -> Places:
        """The places, in a window, of the line ends outside of quotes."""
        before, here, behind = bytes_[:-2], bytes_[1:-1], bytes_[2:]
        quotes = np.flatnonzero(here == QUOTE)
        closing = (np.arange(len(quotes)) + self._quotes) % 2 == 1
        neighbour = np.where(closing, behind[quotes], before[quotes])
        self.in_order &= bool(np.isin(neighbour, (LF, CR, QUOTE, COMMA)).all())
        feeds = self._outside(np.flatnonzero(here == LF), quotes)
        returns = self._outside(np.flatnonzero((here == CR) & (behind != LF)), quotes)
        if len(returns) and self.return_at is None:
            self.return_at = self._base + 1 + int(returns[0])
            self.return_row = self.ended + int(np.searchsorted(feeds, returns[0])) + HEADER
        self.quoted |= len(quotes) > 0
        self.line_feeds |= len(feeds) > 0
        self._quotes += len(quotes)
        return np.sort(np.concatenate([feeds, returns])) + 1

    def _outside(self, places: Places, quotes: Places) -> Places:
        outside: Places = places[(np.searchsorted(quotes, places) + self._quotes) % 2 == 0]
        return outside


def broken_quote(file: IO[bytes], longest: int) -> tuple[int, str] | None:
    """
    The first double quote that does not end where it should: the row, and what Python's csv says; None if all do.
    Slow, but a quote inside an unquoted field, which `Rows` cannot tell from a broken one, is none for it.
    Raises: LongLineError: a line has more characters than `longest`.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    number = 0
    try:
        for number, _ in enumerate(csv.reader(_lines(text, longest), strict=True), start=1):  # noqa: B007
            pass
    except csv.Error as error:
        return number + 1, str(error)
    finally:
        text.detach()  # the file is not ours to close
    return None


def _lines(text: io.TextIOWrapper, longest: int) -> Iterator[str]:
    while line := text.readline(longest):
        if len(line) == longest:
            raise LongLineError(f"a line has more than {longest} characters")
        yield line


def widest_field(beginning: bytes) -> tuple[int, str]:
    """The number, and the first bytes as text, of the longest field in the beginning of a row."""
    bytes_ = np.frombuffer(beginning, dtype=np.uint8)
    commas, quotes = np.flatnonzero(bytes_ == COMMA), np.flatnonzero(bytes_ == QUOTE)
    commas = commas[np.searchsorted(quotes, commas) % 2 == 0]
    edges = np.concatenate([[-1], commas, [len(beginning)]])
    index = int(np.argmax(np.diff(edges)))
    start = int(edges[index]) + 1
    return index + 1, beginning[start : start + MOST_CHARACTERS].decode("utf-8", errors="ignore")
