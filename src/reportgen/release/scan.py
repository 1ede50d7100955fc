"""
Scan: the first pass over a CSV file, block by block: is it text, are its rows whole, is it no larger than can be?
Takes a path, gives where the table begins and ends in it, and its header; holds no more than a block at a time.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import re
import zlib
from pathlib import Path
from typing import IO, NamedTuple

from reportgen.errors import Problem
from reportgen.release.files import not_a_file
from reportgen.release.rows import HEADER, MOST_CHARACTERS, LongLineError, Rows, broken_quote, widest_field

BOM = b"\xef\xbb\xbf"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
BLOCK = 1 << 20
# Caps, so that a wrong file is refused before it fills the memory.
MOST_BYTES = 4 << 30  # of a table, unpacked; 25 million rows of employment are about 0.75 GB
FREE_BYTES = 64 << 20  # unpacked, that may be packed in any way: small tables of equal rows pack very well
MOST_PACKED = 200  # times smaller than what is in it; tables pack to a tenth or a twentieth, bombs to a thousandth
MOST_COLUMNS = 1_000
MOST_TEXT = 80  # characters of a faulty row that a message shows
SEPARATORS = {b";": "semicolons", b"\t": "tabs", b"|": "bars"}
FAILURES = (OSError, EOFError, zlib.error)


class Content(NamedTuple):
    """
    Where a table lies in its file.
    Args:
        start, end: in bytes of the unpacked file: behind a byte order mark, before the line ends at the end.
        header: the names in its first record, as they are written.
        quoted: there are double quotes in it, so that a field may have line ends.
    """

    path: Path
    start: int
    end: int
    header: tuple[str, ...]
    quoted: bool


def scan(path: Path) -> tuple[Content | None, list[Problem]]:
    """
    Look through a `.csv` or `.csv.gz` file.
    Returns: where its table lies; or None, and the problem that stands in the way of reading it.
    """
    problem = not_a_file(path)
    if problem is not None:
        return None, [problem]
    try:
        found = _Scan(path).run()
    except FAILURES as error:
        return None, [unreadable(path, error)]
    return (None, [found]) if isinstance(found, Problem) else (found, [])


def unpacked(path: Path) -> IO[bytes]:
    """The bytes of a file, those of a `.gz` unpacked on the way."""
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]


def unreadable(path: Path, error: Exception) -> Problem:
    """The problem of a file that cannot be read, or not to its end."""
    what, why, fix = f"{path.name} cannot be read", "nothing in it can be used", "copy it anew"
    fix = f"{fix}, or pack it anew with gzip" if path.suffix == ".gz" else fix
    said = getattr(error, "strerror", None) or str(error)  # without the path that Python adds: the message has its own
    return Problem("unreadable-file", what, why, fix, path.name, detail=said)


class _Scan:
    """One pass over one file, and what it has seen so far. Places count from behind the byte order mark."""

    def __init__(self, path: Path) -> None:
        self.path, self.file = path, path.name
        self.packed = path.stat().st_size if path.suffix == ".gz" else 0
        self.rows = Rows()
        self.decoder = codecs.getincrementaldecoder("utf-8")()
        self.start = self.read = self.end = 0
        self.before = b""  # what stands before the block at hand, as far as a message shows it

    def run(self) -> Content | Problem:
        with unpacked(self.path) as file:
            beginning = file.read(BLOCK)
            if beginning.startswith(UTF16):
                return self._in_utf16()
            self.start = len(BOM) if beginning.startswith(BOM) else 0
            block = beginning = beginning[self.start :]
            while block:
                problem = self._too_large(len(block)) or self._not_text(block)
                problem = problem or (None if self.read else _wrong_separator(self.file, beginning))
                problem = problem or self._take(block)
                if problem is not None:
                    return problem
                block = file.read(BLOCK)
        cut = self._not_text(b"")
        if cut is not None:
            return cut
        self.rows.finish()
        return self._empty() or self._faulty_rows() or self._content(beginning)

    def _too_large(self, further: int) -> Problem | None:
        read = self.read + further
        if read > MOST_BYTES:
            what, why = f"{self.file} has more than {MOST_BYTES >> 30} GB in it", "it would fill the memory"
            fix = "leave out the years, areas or industries that no pack shows"
            return Problem("too-large", what, why, fix, self.file)
        if self.packed and read > max(FREE_BYTES, MOST_PACKED * self.packed):
            what = f"{self.file} unpacks to more than {MOST_PACKED} times its size"
            why = "tables of figures pack to a tenth or so; what packs like this is none, and could fill the memory"
            fix = "write the table anew; if it is right as it is, put it there unpacked"
            return Problem("gzip-bomb", what, why, fix, self.file, detail=f"{self.packed:,} bytes, packed")
        return None

    def _not_text(self, block: bytes) -> Problem | None:
        """Bytes that are no UTF-8 text, or the character NUL: the first of them; no bytes are the end of the file."""
        pending = len(self.decoder.getstate()[0])  # bytes of a character that began in the block before
        what, fix = f"{self.file} has the character NUL in it", "save it anew as CSV UTF-8"
        at = block.find(b"\0")
        if at >= 0:
            return self._bad_byte(what, fix, block[:at], 0)
        try:
            self.decoder.decode(block, final=not block)
            return None
        except UnicodeDecodeError as error:
            byte, at = error.object[error.start], error.start - pending
        if at < 0:
            self.before = self.before[:at]
        what = f"{self.file} is not in UTF-8"
        fix = "save it as CSV UTF-8; it may be in a Windows or Mac encoding now"
        return self._bad_byte(what, fix, block[: max(0, at)], byte)

    def _bad_byte(self, what: str, fix: str, before: bytes, byte: int) -> Problem:
        self.rows.feed(before)
        self.rows.finish()
        line = re.split(r"[\r\n]", (self.before + before)[-4 * MOST_TEXT :].decode("utf-8", errors="ignore"))[-1]
        detail = f"byte 0x{byte:02X}" + (f" after {line[-MOST_TEXT:]}" if line else "")
        why = "names and codes could come out as others than they are"
        return Problem("not-utf8", what, why, fix, self.file, row=self.rows.ended + HEADER, detail=detail)

    def _in_utf16(self) -> Problem:
        what, why = f"{self.file} is in UTF-16", "half of its bytes would be read as characters that nobody typed"
        fix = 'save it as CSV UTF-8; a spreadsheet\'s "Unicode text" is UTF-16'
        return Problem("not-utf8", what, why, fix, self.file)

    def _take(self, block: bytes) -> Problem | None:
        """Take in a block that is text; a problem if no row ends in the whole of it."""
        ended = self.rows.feed(block)
        filled = block.rstrip(b"\r\n")
        self.end = self.read + len(filled) if filled else self.end
        self.read += len(block)
        self.before = block[-4 * MOST_TEXT :]
        return None if ended or len(block) < BLOCK - len(BOM) or not self.rows.in_order else self._long_row()

    def _long_row(self) -> Problem:
        with unpacked(self.path) as file:
            file.seek(self.start + self.rows.last_end)
            column, text = widest_field(file.read(2 * BLOCK))
        return long_field(self.file, self.rows.ended + HEADER, column, text)

    def _empty(self) -> Problem | None:
        if self.end:
            return None
        fix = "write its header and rows; a table that the release does not have has no file"
        detail = "nothing but a byte order mark" if self.start and not self.read else ""
        return Problem(
            "empty-file", f"{self.file} is empty", "nothing in it can be used", fix, self.file, detail=detail
        )

    def _faulty_rows(self) -> Problem | None:
        """Quotes that do not end where they should, and rows that end otherwise than the rest of them."""
        rows = self.rows
        if not rows.in_order:
            return self._broken_quote()
        if rows.line_feeds and rows.return_at is not None and rows.return_at < self.end:
            what, why = "a carriage return stands alone", "some programs would end the row there, others would not"
            fix = "end every row alike, with a line feed; take the carriage return out where it ends no row"
            return Problem("stray-return", what, why, fix, self.file, rows.return_row)
        return None

    def _broken_quote(self) -> Problem | None:
        """A quoted field without end swallows the rows after it, so it must not pass for a long field."""
        with unpacked(self.path) as file:
            try:
                broken = broken_quote(file, longest=2 * BLOCK)
            except LongLineError:
                return self._long_row()
        if broken is None:
            return None
        what, why = "a field in double quotes does not end where it should", "rows after it would be lost in it"
        fix = "close the quote; a double quote inside a quoted field is written twice"
        return Problem("broken-quote", what, why, fix, self.file, broken[0], detail=broken[1])

    def _content(self, beginning: bytes) -> Content | Problem:
        text = io.StringIO(beginning.decode("utf-8", errors="ignore"), newline="")
        try:
            header = next(csv.reader(text))
        except csv.Error:  # a field longer than Python takes
            return long_field(self.file, HEADER, *widest_field(beginning))
        if not any(header):
            what, why = "the first row has no names of columns", "nobody could say what is in them"
            return Problem("missing-header", what, why, "begin the file with its header", self.file, HEADER)
        if len(header) > MOST_COLUMNS:
            what, why = f"the header has more than {MOST_COLUMNS:,} fields", "no table is that wide"
            return Problem("too-large", what, why, "end the header with a line feed", self.file, HEADER)
        for column, name in enumerate(header, start=1):
            if len(name) > MOST_CHARACTERS:
                return long_field(self.file, HEADER, column, name)
        return Content(self.path, self.start, self.start + self.end, tuple(header), self.rows.quoted)


def long_field(file: str, row: int, column: int, text: str) -> Problem:
    """The problem of a field that is too long to be a name or a number."""
    what, why = f"a field has more than {MOST_CHARACTERS:,} characters", "no name and no number is that long"
    fix = "shorten it; if it begins with a double quote, close that"
    return Problem("long-field", what, why, fix, file, row, column, f"{' '.join(text[:MOST_TEXT].split())}…")


def _wrong_separator(file: str, beginning: bytes) -> Problem | None:
    """A first line with other separators than commas, and no comma."""
    line = re.split(rb"[\r\n]", beginning, maxsplit=1)[0]
    often = max(SEPARATORS, key=line.count)
    if b"," in line or often not in line:
        return None
    what = f"the fields are separated by {SEPARATORS[often]}, not by commas"
    why = "other separators are not guessed at: where they are used, commas are often part of numbers"
    fix = "save it as CSV with commas between the fields, and points in decimals"
    shown = line[: 4 * MOST_TEXT].decode("utf-8", errors="ignore")[:MOST_TEXT]
    return Problem("wrong-separator", what, why, fix, file, HEADER, detail=shown.replace("\t", "⇥"))
