"""
Industries: one partition a table, totals where parts lack, bands with their total, definitions that find data.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support import BUSINESSES, EMPLOYMENT, entries_without_data


def test_an_industry_beside_a_part_of_it(refused: Callable[..., str]) -> None:
    """A code and its own beginning, for one area and year, would be counted twice."""
    message = refused(
        employment="""
        year | area      | 62 | 6201 | 47
        2023 | E30000165 | 90 |   40 | 10
        2023 | E30000180 | 90 |   40 | 10
        """
    )
    assert (
        """\
error[double-counting]: an industry and a part of it stand side by side
  employment.csv:3:3   2023, E30000165 Bath, 6201 (part of 62 in row 2)
  why: the part would be counted twice
  fix: keep one of them: the parts if all are there, else the whole
error[double-counting]: an industry and a part of it stand side by side
  employment.csv:6:3   2023, E30000180 Bristol, 6201 (part of 62 in row 5)
"""
        in message
    )


def test_two_ways_to_cut_a_table(refused: Callable[..., str]) -> None:
    """Also when no area has both: places could not be compared."""
    message = refused(
        employment="""
        year | area      | 62 | 6201 | 47 | all
        2023 | E30000165 | 90 |      | 10 | 100
        2023 | E30000180 |    |   40 | 10 | 100
        """
    )
    assert "error[two-partitions]: the table is cut into industries in two ways\n" in message
    assert "  employment.csv:5:3   2023, E30000180 Bristol, 6201 (but 62 in row 2)\n" in message


@pytest.mark.parametrize("cell", ["[c]", "[x]", ""])
def test_a_gap_needs_a_total(release: Callable[..., object], refused: Callable[..., str], cell: str) -> None:
    """Where a cell is suppressed, missing or absent, the sum of the others is not the total of the area."""
    gap = f"""
        year | area      | 5911 | 47 | all
        2023 | E30000165 | {cell:4} | 10 | total
        2023 | E30000180 |   40 | 10 |
        """
    assert release(employment=gap.replace("total", "90"))
    message = refused(employment=gap.replace("total", ""))
    said = {"[c]": "5911 suppressed", "[x]": "5911 missing", "": "5911 without a row"}[cell]
    assert (
        f"""\
error[missing-total]: industries are lacking, and no total row says how much all industries are
  employment.csv:2:3   2023, E30000165 Bath: {said}
  why: the total cannot be summed from parts that are not all there
  fix: add a row with sic all; or, where an industry is absent because it has none, a row with 0
1 problem · nothing was written · exit code 4"""
        == message
    )


def test_not_applicable_is_no_gap(release: Callable[..., object]) -> None:
    """What cannot be there is not lacking."""
    assert release(employment="year | area | 5911 | 47\n2023 | E30000165 | [z] | 10")


def test_bands_without_all_bands(refused: Callable[..., str]) -> None:
    """Bands are never added up, so the row of all bands must be there."""
    message = refused(businesses=BUSINESSES.replace("E30000165 | all ", "E30000165 | 0-4 "))
    assert (
        """\
error[missing-band-total]: size bands have no row for all bands together
  businesses.csv:32:4   2023, E30000165 Bath, 5911, 0-4
"""
        in message
    )


def test_a_definition_that_finds_no_data(refused: Callable[..., str]) -> None:
    """It stops the run, naming the entry as the definition writes it, unless the release waives it."""
    waived = entries_without_data([["sic"], ["5911"], ["6201"], ["7311"], ["69"]])
    message = refused(info={"absent_codes": tuple(entry for entry in waived if entry != "30.3")})
    assert (
        """\
error[unmatched-definition]: High-tech manufacturing names an industry that no row has
  employment.csv   30.3 Manufacture of air and spacecraft and related machinery
  why: the indicator would be too low, and nobody would see
  fix: add its rows, or waive it in release.toml: absent_codes = ["30.3"]
1 problem · nothing was written · exit code 4"""
        == message
    )


@pytest.mark.parametrize(
    ("entry", "what", "detail"),
    [
        ("6201", "the waived industry is in the data", "6201 (rows of 6201)"),
        ("69", "the waived industry is in the data", "69 (rows of 69)"),
        ("303", "no definition has this entry", "303"),
    ],
)
def test_a_waiver_must_be_needed(refused: Callable[..., str], entry: str, what: str, detail: str) -> None:
    """The method page prints the waived entries as absent: that must be true."""
    waived = entries_without_data([["sic"], ["5911"], ["6201"], ["7311"], ["69"]])
    message = refused(info={"absent_codes": (*waived, entry)})
    assert f"error[needless-waiver]: {what}\n  release.toml   absent_codes: {detail}\n" in message


def test_data_coarser_than_a_definition_are_no_error(release: Callable[..., object]) -> None:
    """The indicator is refused on its page, not the release."""
    assert release(employment=EMPLOYMENT.replace(" 5911 ", " 59 "))


def test_a_total_below_its_parts_is_refused(refused: Callable[..., str]) -> None:
    """Shares would be over 100 %; a total that rounding alone puts below them is taken."""
    rows = """
        year | area      |   all | 5911 |   47
        2023 | K03000001 | {} | 4000 | 6000
    """
    message = refused(employment=rows.format("5000"))
    assert (
        """\
error[total-below-parts]: a total is less than its parts together
  employment.csv:2:4   2023, K03000001 Great Britain: total 5,000, its parts 10,000
  why: shares of the total would be over 100 %
  fix: correct the total, or the part that is too large
"""
        in message
    )
    assert "total-below-parts" not in refused(employment=rows.format("9990"), areas="broken")
