"""
Tables exported on the web pages of Nomis: from titles and headings to cells, each with its place in the file.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from reportgen.release.recipe import TableRecipe
from reportgen.release.sources import nomis_web
from reportgen.release.sources.kinds import extract
from tests.release.sources.conftest import Refuse, Take, rows

TABLE = """\
Business Register and Employment Survey : open access,,,,
ONS Crown Copyright Reserved [from Nomis on 30 September 2016],,,,
,,,,
date,2015,,,
employment status,Employment,,,
measure,Count,,,
,,,,
Industry,East,,London,
,number,Flags,number,Flags
01 : Crop and animal production,"43,000",,-,-
"02 : Forestry, logging","1,250",*,!,!
03 : Fishing,75,,0,
,,,,
- These figures are missing.,,,,
* These figures are suppressed as statistically unreliable.,,,,
"""
AREAS = {"East": "E12000006", "London": "E12000007"}


@pytest.fixture(autouse=True)
def _three_divisions(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """As if SIC 2007 had three divisions, so that a small table has all of them."""
    if "shared_data" not in request.fixturenames:
        monkeypatch.setattr(nomis_web, "DIVISIONS", 3)


def test_cells_become_rows(take: Take) -> None:
    """Thousands lose their commas; a flag says what an empty cell is, and beside a value that it is not reliable."""
    found = take(TABLE, areas=AREAS)
    assert [
        ("2015", "E12000006", "01", "43000", ""),
        ("2015", "E12000007", "01", "", "missing"),
        ("2015", "E12000006", "02", "1250", "low-reliability"),
        ("2015", "E12000007", "02", "", "suppressed"),
        ("2015", "E12000006", "03", "75", ""),
        ("2015", "E12000007", "03", "0", ""),
    ] == rows(found)
    assert ("recognised as nomis-web",) == found.notes


def test_a_packed_file(take: Take) -> None:
    assert 6 == len(take(gzip.compress(TABLE.encode()), name="raw.csv.gz", areas=AREAS))


def test_each_cell_knows_its_place_in_the_file(take: Take) -> None:
    """The row of the industry, and the column of the area."""
    found = take(TABLE, areas=AREAS)
    places = [(int(found.records[row]), found.position("jobs", row), found.position("sic", row)) for row in (0, 1, 5)]
    assert [(10, 2, 1), (10, 4, 1), (12, 4, 1)] == places


def test_column_total_is_all_industries(take: Take, refuse: Refuse) -> None:
    """Only where all divisions are there: Nomis adds up what was chosen."""
    total = TABLE.replace("03 : Fishing,75,,0,\n", '03 : Fishing,75,,0,\nColumn Total,"44,325",,100,\n')
    assert ("2015", "E12000006", "all", "44325", "") == rows(take(total, areas=AREAS))[-2]
    assert """\
error[partial-total]: Column Total adds up 2 of the 3 divisions, not all industries
  raw.csv:12:1
  why: shares of all jobs would be too high
  fix: on Nomis, choose all industries, and export the table anew
1 problem · nothing was written · exit code 4""" == refuse(total.replace("03 : Fishing,75,,0,\n", ""), areas=AREAS)


def test_several_dates_below_each_other(take: Take) -> None:
    """One table for each, with what was chosen above it."""
    later = TABLE.partition("\n,,,,\n")[2].replace("2015", "2016")
    found = take(TABLE + ",,,,\n" + later, areas=AREAS)
    assert ["2015"] * 6 + ["2016"] * 6 == found.columns["year"].tolist()


def test_a_name_without_code(refuse: Refuse) -> None:
    assert """\
error[unknown-area-name]: the recipe has no code for an area
  raw.csv:8:2   "East"
  why: the file has names alone; areas are joined by code
  fix: add it to tables.employment.areas: "East" = "…" (did you mean Eest?)
1 problem · nothing was written · exit code 4""" == refuse(TABLE, areas={"Eest": "E12000006", "London": "E12000007"})


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("status,Employment", "status,Employees", 'status of the table is not Employment\n  raw.csv:5:2   "Employees"'),
        ("measure,Count", "measure,Industry percentage", 'the measure of the table is not Count\n  raw.csv:6:2   "Ind'),
        ("measure,Count", "sex,Male", 'the table is of a choice that is not known: sex\n  raw.csv:6:2   "Male"'),
        ("date,2015", "date,May 2015", 'the date of the table is not a year\n  raw.csv:4:2   "May 2015"'),
        ("date,2015,,,\n", "", "error[missing-line]: no line above the table gives its date\n  raw.csv:7"),
        ("employment status,Employment,,,\n", "", "no line above the table gives its employment status"),
        ("number,Flags\n", "%,Flags\n", 'error[not-counts]: a column is "%", not a number\n  raw.csv:9:4'),
        ('"1,250",*', '"1,250",q', 'error[unknown-flag]: a flag has no known meaning\n  raw.csv:11:3   "q"\n'),
        ("75,,0,", "75,,,", "a cell is empty, and no flag says why\n  raw.csv:12:4   03 : Fishing"),
        ("02 : Forestry", "021 : Silviculture", "the file has divisions and groups side by side\n  raw.csv:11:1"),
        ("03 : F", ",,,,\n03 : F", "a row of figures stands outside the table\n  raw.csv:13   03 : F"),
        ("03 : Fishing,75,,0,", ",,,,\n03 : Fishing,75,,,", "stands outside the table\n  raw.csv:13   03 : Fishing"),
        ("03 : Fishing,75,,0,", "03 : Fishing,,,,", "is empty, and no flag says why\n  raw.csv:12:2   03 : Fishing"),
        ("03 : Fishing,75,,0,", ",75,,0,\n03 : Fishing,75,,0,", "stands outside the table\n  raw.csv:12   75"),
        ("Industry,East", "Area,East", "error[no-table]: there is no table with industries in rows"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused(refuse: Refuse, before: str, after: str, said: str) -> None:
    assert before in TABLE
    assert said in refuse(TABLE.replace(before, after, 1), areas=AREAS)


@pytest.mark.golden
def test_great_britain_is_the_sum_of_its_column_totals(root: Path, shared_data: Path) -> None:
    """29,547,000 jobs in 2015: from the index of the shared data."""
    name = "nomis_gui_bres2015_region_sic2_with_flags.csv"
    header = (shared_data / name).read_text(encoding="utf-8").splitlines()[7].split(",")
    areas = {area: area for area in header[1:] if area}
    found, problems = extract(shared_data / name, TableRecipe("employment", (name,), "", areas=areas))
    assert [] == problems
    assert found is not None
    jobs, sic = found.columns["jobs"], found.columns["sic"]
    assert (11, 29_547_000) == (len(areas), sum(map(int, jobs[sic == "all"])))
    assert 11 * 89 == len(found)
