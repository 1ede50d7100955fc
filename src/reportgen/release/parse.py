"""
Parse: the second pass over a CSV file, whose form is in order: its rows become columns of codes.
Takes what `scan` found, gives columns and the rows that do not fit; a block at a time, so that only codes pile up.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.csv

from reportgen.errors import Problem
from reportgen.release.codes import Codes, Numbering, Text, smallest
from reportgen.release.rows import HEADER, MOST_CHARACTERS
from reportgen.release.scan import MOST_TEXT, Content, long_field, unpacked

BLOCK = 16 << 20  # bytes parsed at a time; no row that `scan` lets pass is as long
MOST_DISTINCT = 1_000_000  # texts of a column, and
MOST_TOGETHER = 256_000_000  # characters that they may have together: each text is kept, once
MOST_KEPT = 1000  # rows that do not fit, kept with their text; the others are counted


class Misfit(NamedTuple):
    """A row with another number of fields than the header."""

    record: int
    fields: int
    text: str


@dataclass
class Parsed:
    """
    The rows of a table.
    Args:
        columns: as in the file; records: the record number of each of their rows.
        misfits: the first rows that did not fit, `skipped` the record numbers of all of them, `field_counts` how many
            fields they have.
    """

    columns: list[Text] = field(default_factory=list)
    records: Numbering = field(default_factory=lambda: Numbering(0, np.empty(0, np.int64), HEADER + 1))
    misfits: list[Misfit] = field(default_factory=list)
    skipped: array[int] = field(default_factory=lambda: array("q"))
    field_counts: set[int] = field(default_factory=set)

    def note(self, row: Any) -> str:
        """What pyarrow calls with a row that has too many or too few fields."""
        self.skipped.append(row.number)
        self.field_counts.add(row.actual_columns)
        if len(self.misfits) < MOST_KEPT:
            self.misfits.append(Misfit(row.number, row.actual_columns, row.text.strip()[: MOST_TEXT + 1]))
        return "skip"

    def numbering(self, length: int) -> Numbering:
        """The record numbers of the first rows that fit."""
        return Numbering(length, np.array(self.skipped, dtype=np.int64), HEADER + 1)


class _Column:
    """A column in the making: its distinct texts in order of appearance, and the codes of the blocks so far."""

    def __init__(self, name: str, position: int) -> None:
        self.name, self.position = name, position
        self.known: dict[str, int] = {}
        self.characters = 0
        self.blocks: list[Codes] = []

    def add(self, block: pa.DictionaryArray) -> None:
        texts = block.dictionary.to_pylist()
        new = [text for text in texts if text not in self.known]
        self.characters += sum(map(len, new))
        self.known.update(zip(new, range(len(self.known), len(self.known) + len(new)), strict=True))
        place = np.array([self.known[text] for text in texts], dtype=smallest(len(self.known)))
        self.blocks.append(place[block.indices.to_numpy()])

    def finish(self) -> Text:
        kind = smallest(len(self.known))
        blocks = [block.astype(kind, copy=False) for block in self.blocks] or [np.empty(0, kind)]
        self.blocks.clear()
        return Text(tuple(self.known), np.concatenate(blocks), self.position)


def parse(content: Content) -> Parsed | Problem:
    """
    The rows of a file that has been looked through.
    Returns: its columns; or the problem of a field too long, or of a column with too many distinct texts.
    Raises: OSError, EOFError, zlib.error, pyarrow.ArrowInvalid: the file has changed since it was looked through.
    """
    found = Parsed()
    columns = [_Column(name, index) for index, name in enumerate(content.header, start=1)]
    length = 0
    with unpacked(content.path) as file:
        for block in _blocks(_Table(file, content), content, found):
            for column, fields in zip(columns, block.columns, strict=True):
                problem = _too_long(content, column, fields, found, length)
                if problem is None:
                    column.add(fields)
                    problem = _too_many(content, column)
                if problem is not None:
                    return problem
            length += block.num_rows
    found.records = found.numbering(length)
    while columns:  # one by one, so that the blocks of each are let go before the next is joined
        found.columns.insert(0, columns.pop().finish())
    return found


def _blocks(table: _Table, content: Content, found: Parsed) -> Iterator[pa.RecordBatch]:
    if not table.left:
        return iter(())
    names = [str(index) for index in range(len(content.header))]
    texts = pa.dictionary(pa.int32(), pa.string())
    reader = pa.csv.open_csv(
        table,
        # One thread, else rows have no number.
        pa.csv.ReadOptions(use_threads=False, block_size=BLOCK, column_names=names, skip_rows_after_names=HEADER),
        pa.csv.ParseOptions(
            newlines_in_values=content.quoted, ignore_empty_lines=False, invalid_row_handler=found.note
        ),
        pa.csv.ConvertOptions(
            column_types=dict.fromkeys(names, texts), strings_can_be_null=False, check_utf8=False
        ),  # UTF-8 it is, by `scan`
    )
    return iter(reader)


class _Table:
    """The bytes of a table alone, as a file: from its start to its end, with one line end there."""

    closed = False

    def __init__(self, file: IO[bytes], content: Content) -> None:
        self.file, self.left = file, content.end - content.start
        file.seek(content.start)

    def read(self, size: int) -> bytes:
        data = self.file.read(min(size, self.left))
        if data.endswith(b"\r"):  # pyarrow drops a line feed with which a block begins
            data += self.file.read(min(1, self.left - len(data)))
        self.left -= len(data)
        return data + b"\n" if data and not self.left else data

    def close(self) -> None:
        self.closed = True

    def readable(self) -> bool:
        return True


def _too_long(
    content: Content, column: _Column, fields: pa.DictionaryArray, found: Parsed, length: int
) -> Problem | None:
    lengths = pa.compute.utf8_length(fields.dictionary)
    if not len(lengths) or pa.compute.max(lengths).as_py() <= MOST_CHARACTERS:
        return None
    code = next(index for index, each in enumerate(lengths.to_pylist()) if each > MOST_CHARACTERS)
    row = length + int(np.flatnonzero(fields.indices.to_numpy() == code)[0])
    text = pa.compute.utf8_slice_codeunits(fields.dictionary.slice(code, 1), 0, MOST_CHARACTERS)[0].as_py()
    return long_field(content.path.name, int(found.numbering(row + 1)[row]), column.position, text)


def _too_many(content: Content, column: _Column) -> Problem | None:
    if len(column.known) > MOST_DISTINCT:
        what = f'the column "{column.name}" has more than {MOST_DISTINCT:,} different texts'
    elif column.characters > MOST_TOGETHER:
        what = f'the texts of the column "{column.name}" have more than {MOST_TOGETHER:,} characters'
    else:
        return None
    why = "no column of codes, names or figures is like that, and it would fill the memory"
    fix = "delete the column if nothing needs it, or write what belongs there"
    return Problem("too-many-texts", what, why, fix, content.path.name, HEADER, column.position)
