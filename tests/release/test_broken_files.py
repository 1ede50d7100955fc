"""
Files that are not what they should be: a message each, with the place, never a traceback.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.release.conftest import read_folder, refusal
from tests.support import EMPLOYMENT, write_release

HEADER = "year,area,sic,jobs,status\n"


@pytest.fixture
def refused_bytes(tmp_path: Path) -> Callable[[bytes], str]:
    """The message for a release whose employment.csv consists of these bytes."""

    def refused(content: bytes) -> str:
        folder = write_release(tmp_path / "release")
        (folder / "employment.csv").write_bytes(content)
        return refusal(folder)

    return refused


def test_a_row_with_too_many_fields(refused_bytes: Callable[[bytes], str]) -> None:
    """The row is named by its number as an editor or spreadsheet shows it, the header being row 1."""
    assert """\
error[wrong-field-count]: a row has 6 fields where the header has 5
  employment.csv:3   2023,E30000165,5911,1,200,
  why: we cannot know which value belongs to which column
  fix: put a field that has a comma in it in double quotes, or add the separator that is missing
""" in refused_bytes(f"{HEADER}2023,E30000165,47,10,\n2023,E30000165,5911,1,200,\n".encode())


def test_rows_after_a_faulty_row_keep_their_numbers(refused_bytes: Callable[[bytes], str]) -> None:
    """Leaving a row out does not move those after it."""
    message = refused_bytes(f"{HEADER}2023,E30000165\n\n2023,E30000165,47,ten,\n".encode())
    assert 'employment.csv:4:4   "ten"' in message


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "error[empty-file]: employment.csv is empty\n  employment.csv\n"),
        (b"\n\r\n", "error[empty-file]: employment.csv is empty\n"),
        (f"\n{HEADER}".encode(), "error[missing-header]: the first row has no names of columns\n  employment.csv:1\n"),
        (HEADER.encode(), "error[no-rows]: employment has a header and no rows\n  employment.csv\n"),
        (f"{HEADER},,,,\n".encode(), "error[blank-row]: a row is blank\n  employment.csv:2\n"),
        (f"{HEADER}2023,Bath\xe9".encode("latin-1"), "error[not-utf8]: employment.csv is not in UTF-8\n"),
        (f"{HEADER}2023,Bath\xe9".encode("latin-1"), "  employment.csv:2   byte 0xE9 after 2023,Bath\n"),
        (f"{HEADER}2023,\0".encode(), "error[not-utf8]: employment.csv has the character NUL in it\n"),
        (HEADER.encode("utf-16"), "error[not-utf8]: employment.csv is in UTF-16\n"),
        (f'{HEADER}2023,"E300\n2023,E300,47,1,\n'.encode(), "error[broken-quote]: a field in double quotes does not"),
        (f'{HEADER}2023,"E3"00",47,1,\n'.encode(), "  employment.csv:2   ',' expected after '\"'\n"),
        (b"year;area;sic;jobs;status\n", "error[wrong-separator]: the fields are separated by semicolons"),
        (b"\x89PNG\r\n\x1a\n\0\0", "error[not-utf8]:"),
    ],
)  # fmt: skip
def test_what_is_no_table(refused_bytes: Callable[[bytes], str], content: bytes, expected: str) -> None:
    assert expected in refused_bytes(content)


def test_columns_that_are_not_those_of_the_table(refused_bytes: Callable[[bytes], str]) -> None:
    """A misspelt column is both a missing and an unknown one; the second message puts them together."""
    message = refused_bytes(b"year,area,SIC,jobs,status\n2023,E30000165,47,10,\n")
    assert "error[missing-column]: there is no column sic\n  employment.csv:1\n" in message
    assert (
        """\
error[unknown-column]: the column "SIC" has no place in this table
  employment.csv:1:3
  why: it would be left out without a word
  fix: delete it, or correct its name (did you mean sic?): the columns are year,area,sic,jobs,status
"""
        in message
    )


def test_a_column_twice(refused_bytes: Callable[[bytes], str]) -> None:
    assert 'error[duplicate-column]: two columns are called "jobs"\n  employment.csv:1:5\n' in refused_bytes(
        b"year,area,sic,jobs,jobs,status\n2023,E30000165,47,10,10,\n"
    )


def test_a_packed_file_that_is_cut_short(tmp_path: Path) -> None:
    folder = write_release(tmp_path / "release", employment=None)
    (folder / "employment.csv.gz").write_bytes(gzip.compress(HEADER.encode() * 100)[:-20])
    assert "error[unreadable-file]: employment.csv.gz cannot be read\n" in refusal(folder)


def test_a_folder_in_the_place_of_a_table(tmp_path: Path) -> None:
    folder = write_release(tmp_path / "release", employment=None)
    (folder / "employment.csv").mkdir()
    assert "error[not-a-file]: employment.csv is a folder\n" in refusal(folder)


def test_files_that_lack_or_are_too_many(tmp_path: Path) -> None:
    """A required table must be there, once; a CSV file that is no table may be one whose name is misspelt."""
    folder = write_release(tmp_path / "release", employment=None)
    (folder / "inovation.csv").write_text("", encoding="utf-8")
    (folder / "areas.csv.gz").write_bytes(b"")
    message = refusal(folder)
    assert "error[missing-table]: the table employment is missing\n  employment.csv\n" in message
    assert "error[duplicate-table]: areas is there twice, plain and packed\n  areas.csv, areas.csv.gz\n" in message
    assert "error[unknown-table]: a CSV file is no table of a release\n  inovation.csv\n" in message
    assert "correct its name (did you mean innovation?)" in message


def test_a_folder_with_nothing_in_it(tmp_path: Path) -> None:
    """What lacks is named all at once."""
    message = refusal(tmp_path)
    assert ["error[missing-file]: there is no release.toml"] + [
        f"error[missing-table]: the table {name} is missing" for name in ("areas", "employment")
    ] == [line for line in message.splitlines() if line.startswith("error")]


def test_all_problems_of_all_files_come_together(tmp_path: Path) -> None:
    """One run shows everything there is to mend."""
    folder = write_release(
        tmp_path / "release", employment=EMPLOYMENT.replace("| 20000 |", "| 20.5 |"), info={"revision": -1}
    )
    (folder / "businesses.csv").write_bytes(b"\xff")
    (folder / "boundaries.geojson").write_text("{", encoding="utf-8")
    message = refusal(folder)
    kinds = ["wrong-value", "fractional-count", "not-utf8", "not-geojson"]
    assert kinds == [line[6 : line.index("]")] for line in message.splitlines() if line.startswith("error[")]
    assert message.endswith("problems · nothing was written · exit code 4")


def test_a_link_within_the_release_is_followed(tmp_path: Path) -> None:
    """What it leads to lies in the release."""
    folder = write_release(tmp_path / "release")
    (folder / "employment.csv").rename(folder / "employment-2.txt")
    (folder / "employment.csv").symlink_to("employment-2.txt")
    assert len(read_folder(folder).employment) == 60


def test_a_release_that_is_itself_a_link(tmp_path: Path) -> None:
    """As `current` may be one to the newest."""
    (tmp_path / "current").symlink_to(write_release(tmp_path / "release"))
    assert len(read_folder(tmp_path / "current").employment) == 60


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """Nobody may ever write to it."""
    folder = write_release(tmp_path / "release", employment=None)
    os.mkfifo(folder / "employment.csv")
    assert "error[not-a-file]: employment.csv is no file\n" in refusal(folder)
