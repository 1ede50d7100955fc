"""
Fields that their column does not allow: one message for each text, at its first row, with a fix that fits.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.release.conftest import refusal
from tests.support import AREAS, BUSINESSES, EMPLOYMENT, write_release

NEGATIVE = "correct it; where it stands for a cell without a value, leave it empty and say so in status"
DIGITS = "write it in digits only: no unit, no currency, no separators, no words"


def message_for(message: str, kind: str) -> list[str]:
    """Place and fix of the first problem of a kind."""
    lines = message[message.index(f"error[{kind}]") :].splitlines()
    return [lines[1].strip(), lines[3].strip().removeprefix("fix: ")]


@pytest.mark.parametrize(
    ("written", "kind", "fix"),
    [
        ("-5", "negative-value", NEGATIVE),
        ("12.5", "fractional-count", "correct it; a rounded count is a whole number too"),
        ("20000.0", "fractional-count", "write 20000"),
        ("20,000", "not-a-count", "write 20000, without separators of thousands"),
        ("1E05", "not-a-count", "write it from the source; 100000?"),
        ("inf", "not-a-count", DIGITS),
        ("£1m", "not-a-count", DIGITS),
        ("twenty", "not-a-count", DIGITS),
        ("*", "not-a-count", "leave it empty and write suppressed in status"),
        ("NaN", "not-a-count", "leave it empty and write missing in status"),
        ("-", "not-a-count", "leave it empty and write missing in status; write 0 if it means none at all"),
        ("1e999", "out-of-range", "correct it"),
        ("9" * 16, "not-a-count", "write 10000000000000000, if that can be"),
        ("²", "not-a-count", DIGITS),
    ],
)  # fmt: skip
def test_what_is_no_count(refused: Callable[..., str], written: str, kind: str, fix: str) -> None:
    """A count is written in digits; everything else is refused with what to write instead."""
    message = refused(employment=EMPLOYMENT.replace("| 20000 |", f"| {written} |", 1))
    assert [f'employment.csv:2:4   "{written}"', fix] == message_for(message, kind)


def test_the_same_wrong_text_is_told_once(refused: Callable[..., str]) -> None:
    """One mistake made in many rows is one thing to mend."""
    message = refused(employment=EMPLOYMENT.replace("2022", "22"))
    assert (
        """\
error[not-a-year]: year is not a year
  employment.csv:2:1   "22" (and in 29 more rows)
  why: the row has no place in time
  fix: write 4 digits
1 problem · nothing was written · exit code 4"""
        == message
    )


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        ("59.11", "write 5911"),
        ("Total", "write all, in small letters, for the total over all industries"),
        ("9", "write 09 if a leading zero was lost; keep the column as text in a spreadsheet"),
        ("111", "write 0111 if a leading zero was lost; keep the column as text in a spreadsheet"),
        ("9999", "correct it; SIC 2007 has no such code (the code of an earlier version?)"),
        ("J59", "write the 2 to 5 digits of SIC 2007 without dots, or all for the total"),
    ],
)
def test_what_is_no_industry(refused: Callable[..., str], written: str, fix: str) -> None:
    """A code is looked up as it stands; a lost leading zero is noticed where the code without it is none."""
    message = refused(employment=EMPLOYMENT.replace(" 5911 ", f" {written} "))
    assert [f'employment.csv:2:3   "{written}" (and in 11 more rows)', fix] == message_for(message, "unknown-sic")


def test_a_misspelt_status(refused: Callable[..., str]) -> None:
    """A miss offers its neighbour; the marks of other publishers have their word."""
    rows = "year | area | sic | jobs | status\n2023 | E30000165 | all | 9 |\n2023 | E30000165 | 47 |  | "
    assert """\
error[unknown-status]: status is none of the known words
  employment.csv:3:5   "supressed"
  why: a cell without a known status could pass for a good one
  fix: write one of low-reliability, suppressed, missing, not-applicable (did you mean suppressed?); leave it empty \
where the value is good
""" in refused(employment=f"{rows}supressed")
    assert 'employment.csv:3:5   "[c]"\n' in refused(employment=f"{rows}[c]")
    assert "  fix: write suppressed\n" in refused(employment=f"{rows}[c]")


def test_a_size_band_of_ones_own(refused: Callable[..., str]) -> None:
    """Bands are a closed list; a spreadsheet may have made a date of one."""
    message = refused(businesses=f"{BUSINESSES.rstrip()}\n2023 | E30000165 | 0-9 | 1 | 1 | 1 | 1 | 1\n")
    place, fix = message_for(message, "unknown-choice")
    assert 'businesses.csv:37:4   "0-9" (and in 4 more rows)' == place
    assert fix.startswith("write one of all, 0-4, 5-9, 10-19, 20-49, 50-99, 100-249, 250-499, 500-999, 1000+")


@pytest.mark.parametrize(
    ("share", "kind", "fix"),
    [
        ("12.5 %", "not-a-share", "write per cent as a share: 12.5 % is 0.125"),
        ("12.5", "out-of-range", "write per cent as a share: 12.5 % is 0.125"),
        ("-0.1", "negative-value", NEGATIVE),
        ("", "empty-field", "write the value, 0 included"),
        ("half", "not-a-share", DIGITS),
    ],
)  # fmt: skip
def test_what_is_no_share(refused: Callable[..., str], share: str, kind: str, fix: str) -> None:
    """A share lies between 0 and 1."""
    message = refused(membership=f"area | group | share\nE30000165 | E12000009 | {share}")
    assert ["membership.csv:2:3   " + f'"{share}"', fix] == message_for(message, kind)


@pytest.mark.parametrize("point", ["91.5", "1e999", "51,5", "51° N"])
def test_what_is_no_latitude(refused: Callable[..., str], point: str) -> None:
    message = refused(areas=AREAS.replace("51.38", point))
    assert f'areas.csv:8:5   "{point}"\n' in message


def test_blanks_count(tmp_path: Path) -> None:
    """A field is taken as it is written, so a stray blank is noticed and not trimmed."""
    folder = write_release(tmp_path / "release")
    rows = ["year,area,sic,jobs,status", "2023,E30000165,47, 10,", "2023,E30000165 ,69,1,", "2023,,6201,2, "]
    (folder / "employment.csv").write_text("\n".join(rows), encoding="utf-8")
    message = refusal(folder)
    assert ['employment.csv:2:4   " 10"', "write 10"] == message_for(message, "stray-space")
    assert ['employment.csv:4:2   ""', "write the area, or delete the row"] == message_for(message, "empty-field")
    assert "error[stray-space]: status holds nothing but spaces\n  employment.csv:4:5" in message
    assert 'error[unknown-area]: area is no area of this release\n  employment.csv:3:2   "E30000165 "' in message
    assert "(did you mean E30000165?)" in message
