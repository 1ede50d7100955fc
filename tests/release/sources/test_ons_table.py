"""
Pages of figures that the ONS published before Nomis had them: thousands, two cuts of industries, footnotes.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.release.recipe import TableRecipe
from reportgen.release.sources.kinds import extract
from tests.release.sources.conftest import Refuse, Take, rows

PAGE = """\
Table 5 - Regional level employment by 2 & 3 digit SIC 2007,,,,,
,,,,,
,,London,,Reference year 2010 Thousands ,
2 SIC,3 SIC,Total employees,,Total employment,
,,Public,All,Public,All
01*,,*,0.6,*,0.9
,016,*,*,*,*
,017,-,0.1,-,0.1
02,,-,-,-,-
,021,-,-,-,-
62,,"1,000.0","1,234.5","1,100.0","1,300.1"
,620,"1,000.0","1,234.5","1,100.0","1,300.1"
Source: Office for National Statistics,,,,,
4. Cells containing a hyphen (-) represent a zero or less than 50.,,,,,
*01 includes farm agriculture data,,,,,
"""
RECIPE = {"columns": {"jobs": "Total employment, All"}, "areas": {"London": "E12000007"}}


def test_thousands_become_jobs(take: Take) -> None:
    """An asterisk is suppressed, a hyphen none; year and area stand above the table."""
    found = take(PAGE, **RECIPE, industries=3)
    assert [
        ("2010", "E12000007", "016", "", "suppressed"),
        ("2010", "E12000007", "017", "100", ""),
        ("2010", "E12000007", "021", "0", ""),
        ("2010", "E12000007", "620", "1300100", ""),
    ] == rows(found)
    assert (
        "recognised as ons-table",
        "groups taken; 3 rows of other industries passed over",
        "- read as 0 in 1 row: none, or too few to show in its unit",
    ) == found.notes


def test_the_other_cut(take: Take) -> None:
    """A mark that points to a footnote is no part of a code; every cell knows its place."""
    found = take(PAGE, **RECIPE, industries=2)
    assert ["01", "02", "62"] == found.columns["sic"].tolist()
    assert (6, 1, 6) == (int(found.records[0]), found.position("sic", 0), found.position("jobs", 0))


def test_both_cuts_at_once(refuse: Refuse) -> None:
    message = refuse(PAGE, **RECIPE)
    assert (
        "error[mixed-industries]: the file has divisions and groups side by side\n  raw.csv:7   there are divisions"
        in message
    )


def test_a_column_that_is_not_there(refuse: Refuse) -> None:
    """A column is named by both its headings."""
    assert """\
error[missing-column]: there is no column "Total employment, Al"
  raw.csv:4
  why: the file has several
  fix: write columns = { jobs = "…" } in tables.employment (did you mean Total employment, All?); there are Total \
employees, Public; Total employees, All; Total employment, Public; Total employment, All
1 problem · nothing was written · exit code 4""" == refuse(
        PAGE, columns={"jobs": "Total employment, Al"}, areas=RECIPE["areas"], industries=2
    )


def test_year_and_area_from_the_recipe(take: Take) -> None:
    """Where the head of the table does not have them."""
    bare = PAGE.replace("London", "").replace("Reference year 2010 ", "")
    found = take(bare, columns=RECIPE["columns"], constants={"year": "2011", "area": "E12000007"}, industries=2)
    assert ("2011", "E12000007", "01", "900", "") == rows(found)[0]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (" Thousands", "", "error[missing-unit]: nothing above the table says that it is in thousands\n  raw.csv:4\n"),
        ("Reference year 2010", "", "error[missing-date]: neither the file nor the recipe gives the year"),
        (",,London", ",,Leeds", "the recipe does not say which area the table is of\n  raw.csv:3   "),
        ("0.9", "0.95x", 'nor * (suppressed) nor - (none)\n  raw.csv:6:6   01: "0.95x"\n'),
        ("0.9", "0.9005", 'raw.csv:6:6   01: "0.9005"\n'),
        ("02,,-,-,-,-", "02,,,,,", 'raw.csv:9:6   02: ""\n'),
        ("02,,-", "02,021,-", "error[unknown-sic]: a row of figures has not exactly one industry\n  raw.csv:9:1\n"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused(refuse: Refuse, before: str, after: str, said: str) -> None:
    assert before in PAGE
    assert said in refuse(PAGE.replace(before, after, 1), **RECIPE, industries=2)


@pytest.mark.golden
@pytest.mark.parametrize(("digits", "count", "suppressed"), [(2, 85, 3), (3, 263, 26)])
def test_london_in_2010(shared_data: Path, digits: int, count: int, suppressed: int) -> None:
    """Divisions and groups of the published page, counted by hand; none is lost, no asterisk becomes a number."""
    name = "ons_bres2010_table5_London.csv"
    found, problems = extract(shared_data / name, TableRecipe("employment", (name,), "", **RECIPE, industries=digits))
    assert [] == problems
    assert found is not None
    assert (count, suppressed) == (len(found), found.columns["status"].tolist().count("suppressed"))
    assert {"2010"} == set(found.columns["year"])
    assert suppressed == found.columns["jobs"].tolist().count("")
