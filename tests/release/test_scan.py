"""
Files read in blocks: what is found does not depend on where a block ends, and no file fills the memory.
"""

from __future__ import annotations

import csv
import gzip
import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.release import parse, scan
from reportgen.release.sheet import Sheet, read_sheet

FIELDS = st.text(st.sampled_from('ab\u0175,"\n\r '), max_size=6)
TABLES = st.lists(st.lists(FIELDS, min_size=3, max_size=3).filter(any), min_size=1, max_size=12)
MOST_MB = 400  # of a process that reads a table of a million rows, 150 of them before it reads anything


def rows_of(sheet: Sheet) -> list[list[str]]:
    return [[text.at(row) for text in sheet.columns.values()] for row in range(len(sheet))]


@given(rows=TABLES, block=st.integers(4, 40), ends=st.sampled_from(["\n", "\r\n"]), packed=st.booleans())
def test_blocks_end_anywhere(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], block: int, ends: str, packed: bool
) -> None:
    """In a quoted field, a letter of two bytes, or between the two characters of a line end: fields are the same."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=ends, quoting=csv.QUOTE_ALL).writerows([["one", "two", "three"], *rows])
    data = text.getvalue().encode()
    path = tmp_path_factory.mktemp("blocks") / ("table.csv.gz" if packed else "table.csv")
    path.write_bytes(gzip.compress(data) if packed else data)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(scan, "BLOCK", max(block, len(ends) + 24))  # a header fits into a block
        patched.setattr(parse, "BLOCK", len(data))
        patched.setattr(scan._Scan, "_long_row", lambda self: None)  # rows longer than such a block are no fault
        sheet, problems = read_sheet(path)
    assert [] == problems
    assert sheet is not None
    assert rows == rows_of(sheet)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("block", [64, 65, 71, 4096])
def test_rows_are_numbered_across_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ends: str, block: int
) -> None:
    """Rows that do not fit are told by their number in the file, and those after them keep theirs."""
    lines = ["one,two", *(f"{row},x" if row % 7 else f"{row}" for row in range(2, 60))]
    (tmp_path / "table.csv").write_bytes(ends.join(lines).encode())
    monkeypatch.setattr(scan, "BLOCK", block)
    monkeypatch.setattr(parse, "BLOCK", block)
    sheet, problems = read_sheet(tmp_path / "table.csv")
    assert sheet is not None
    assert [row for row in range(2, 60) if row % 7 == 0] == [problem.row for problem in problems]
    assert [int(text) for text, _ in rows_of(sheet)] == np.asarray(sheet.records).tolist()


def test_a_double_quote_inside_a_field_is_a_character(tmp_path: Path) -> None:
    """Where the field does not begin with it."""
    (tmp_path / "table.csv").write_text('one,two\n5" pipe,x\n6"" pipe,y\n')
    sheet, problems = read_sheet(tmp_path / "table.csv")
    assert [] == problems
    assert sheet is not None
    assert [['5" pipe', "x"], ['6"" pipe', "y"]] == rows_of(sheet)


STATUS = Path("/proc/self/status")  # of a process: its peak since it began; getrusage counts that of its parent too
MEASURED = f"""
import re, sys
from pathlib import Path
from reportgen.release.sheet import read_sheet
sheet, problems = read_sheet(Path(sys.argv[1]))
peak = re.search(r"VmHWM:\\s+([0-9]+) kB", Path("{STATUS}").read_text())
print(0 if sheet is None else len(sheet), len(problems), int(peak[1]) // 1024)
"""
linux = pytest.mark.skipif(not STATUS.exists(), reason="the peak memory of a process is read from /proc")


def rows_problems_and_megabytes(path: Path) -> tuple[int, int, int]:
    """What a process of its own reads, and the most memory it had."""
    command = [sys.executable, "-c", MEASURED, str(path)]
    rows, problems, peak = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()
    return int(rows), int(problems), int(peak)


@linux
def test_a_million_rows_fit_into_little_memory(tmp_path: Path) -> None:
    """A code of one or two bytes for each field, not a text."""
    path = tmp_path / "employment.csv"
    block = "".join(f"2023,E{row % 400:08},{1000 + row % 600},{row % 5000},\n" for row in range(100_000))
    path.write_text("year,area,sic,jobs,status\n" + block * 10)
    rows, problems, peak = rows_problems_and_megabytes(path)
    assert (1_000_000, 0) == (rows, problems)
    assert peak < MOST_MB


@linux
def test_a_bomb_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    """Two gigabytes in two megabytes: no more of it is unpacked than is needed to know."""
    path = tmp_path / "employment.csv.gz"
    block = gzip.compress(b"2022,K03000001,5911,20000,\n" * 4_000_000, compresslevel=6)
    path.write_bytes(gzip.compress(b"year,area,sic,jobs,status\n") + block * 20)
    rows, problems, peak = rows_problems_and_megabytes(path)
    assert (0, 1) == (rows, problems)
    assert peak < MOST_MB


@pytest.mark.parametrize("block", range(24, 48))
def test_a_line_end_in_quotes_on_the_edge_of_a_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    """Both of its characters are the field's, wherever the parser's blocks end."""
    (tmp_path / "table.csv").write_bytes(b'one,two\r\na,"first\r\nlast line"\r\nb,"x\r\ny"\r\n')
    monkeypatch.setattr(parse, "BLOCK", block)
    sheet, problems = read_sheet(tmp_path / "table.csv")
    assert [] == problems
    assert sheet is not None
    assert [["a", "first\r\nlast line"], ["b", "x\r\ny"]] == rows_of(sheet)
