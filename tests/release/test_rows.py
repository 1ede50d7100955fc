"""
Rows against rows of one table: keys, values against their status, tables of nothing but zeros.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reportgen.errors import MOST_SHOWN
from reportgen.release.sheet import MOST_LISTED
from tests.support import EMPLOYMENT


def test_two_rows_with_one_key(refused: Callable[..., str]) -> None:
    """The message names the row, what it is about, and the row that came first."""
    message = refused(employment=f"{EMPLOYMENT.rstrip()}\n2023 | E30000180 | 1500 | | | |\n")
    assert (
        """\
error[duplicate-key]: two rows of employment have the same year, area and sic, and are not the same
  employment.csv:62:1   2023, E30000180 Bristol, 5911 (first in row 52): jobs "1500", there "1400"
  why: both would be counted, and we cannot know which is right
  fix: delete the wrong one, or add them up if both are parts
1 problem · nothing was written · exit code 4"""
        == message
    )


def test_an_empty_value_without_a_status(refused: Callable[..., str]) -> None:
    """An empty cell is not read as 0, nor as missing: somebody has to say which."""
    message = refused(
        employment="""
        year | area      | sic | jobs | status
        2023 | E30000165 | all |  900 |
        2023 | E30000165 |  47 |      |
        2023 | E30000165 |  69 |      | low-reliability
        """
    )
    assert (
        """\
error[value-missing]: jobs is empty, and status does not say why
  employment.csv:3:4   2023, E30000165 Bath, 47: jobs "", status ""
  why: an empty cell is not 0: it may be missing, suppressed or not applicable, and a page says which
  fix: write the jobs, 0 if there are none; or missing, suppressed or not-applicable in status
error[value-missing]: jobs is empty, and status does not say why
  employment.csv:4:4   2023, E30000165 Bath, 69: jobs "", status "low-reliability"
"""
        in message
    )


@pytest.mark.parametrize("status", ["suppressed", "missing", "not-applicable"])
def test_a_value_despite_its_status(refused: Callable[..., str], status: str) -> None:
    """A suppressed cell with a number in it would be published by mistake."""
    rows = f"year|area|sic|jobs|status\n2023|E30000165|all|9|\n2023|E30000165|47|7|{status}\n2023|E30000165|69|2|"
    assert f'  employment.csv:3:4   2023, E30000165 Bath, 47: jobs "7", status "{status}"\n' in refused(employment=rows)


def test_the_base_of_a_suppressed_rate(release: Callable[..., object], refused: Callable[..., str]) -> None:
    """Of two values in a row, the status speaks about the rate; a rate that is given needs its base."""
    header = "wave | area | sector_group | measure | n | rate | status\n2021-2023 | E30000165 | kibs-net |"
    assert release(innovation=f"{header} collaboration | 7 | | suppressed")
    message = refused(innovation=f"{header} collaboration | | 0.5 |")
    assert "error[value-missing]: n is empty, and status does not say why\n  innovation.csv:2:5" in message


def test_a_table_of_nothing_but_zeros(refused: Callable[..., str]) -> None:
    """Blanks that were filled with 0 do not get in; cells without a value do not save the table."""
    rows = "year | area | 5911 | 47 | all\n2022 | E30000165 | 0 | [x] | 0\n2023 | E30000165 | 0 | 5 | 9"
    assert """\
error[all-zero]: every value of employment is 0 in 2022
  employment.csv:2:4
  why: no such place exists: blanks were read as 0 somewhere, or the wrong data set was asked for
  fix: fetch the table anew; cells without a value stay empty, with missing in status
1 problem · nothing was written · exit code 4""" == refused(employment=rows)
    totals = refused(input_output_totals="industry | output_million\nJ58 | 0\nJ59 | 0.0")
    assert "error[all-zero]: every value of input_output_totals is 0\n  input_output_totals.csv:2:2\n" in totals


def test_many_problems_of_a_kind(refused: Callable[..., str]) -> None:
    """Twenty are shown, a thousand are listed, all are counted."""
    count = MOST_LISTED + 200
    rows = "\n".join(f"2023 | E30000165 | 01{index:03} | | " for index in range(count))
    message = refused(employment=f"year | area | sic | jobs | status\n{rows}")
    assert MOST_SHOWN == message.count("error[value-missing]")
    assert f"… and {count - MOST_SHOWN:,} more of the kind value-missing\n" in message
