"""
Downloads of the Nomis API: which rows are taken, what stands behind a cell, and what is refused.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from reportgen.release.recipe import TableRecipe
from reportgen.release.sources.kinds import extract
from reportgen.release.sources.requests import cut_off
from reportgen.release.tables import SIZE_BANDS
from tests.release.sources.conftest import Refuse, Take, rows

JOBS = """\
"DATE","GEOGRAPHY_NAME","GEOGRAPHY_CODE","INDUSTRY_CODE","OBS_VALUE","OBS_STATUS","OBS_CONF"
"2019","Bath    ","E30000165","6201",1000,"A","F"
"2019","Bath    ","E30000165","6202",250,"E","F"
"2019","Bath    ","E30000165","7111",,"Q","F"
"2019","Bath    ","E30000165","7311",,"A","C"
"2019","Bath    ","E30000165","7312",,"C","F"
"""
STATUSES = """\
"DATE","GEOGRAPHY_CODE","INDUSTRY_CODE","EMPLOYMENT_STATUS","EMPLOYMENT_STATUS_NAME","OBS_VALUE"
"2019","E30000165","6201","2","Full-time employees",600
"2019","E30000165","6201","3","Part-time employees",300
"2019","E30000165","6201","4","Employment",1000
"""
SHORT = "DATE,GEOGRAPHY_CODE,INDUSTRY_CODE,OBS_VALUE\n"
UNITS = "DATE,GEOGRAPHY_CODE,INDUSTRY_CODE,EMPLOYMENT_SIZEBAND_NAME,LEGAL_STATUS_NAME,OBS_VALUE,URN\n"


def test_what_stands_behind_a_cell(take: Take) -> None:
    """A value that is not normal is of low reliability; no value is missing (Q), or suppressed if confidential."""
    found = take(JOBS)
    assert [
        ("2019", "E30000165", "6201", "1000", ""),
        ("2019", "E30000165", "6202", "250", "low-reliability"),
        ("2019", "E30000165", "7111", "", "missing"),
        ("2019", "E30000165", "7311", "", "suppressed"),
        ("2019", "E30000165", "7312", "", "suppressed"),
    ] == rows(found)


def test_names_lose_the_blanks_that_pad_them(take: Take) -> None:
    assert {"E30000165": ("Bath", 0)} == take(JOBS).names


def test_it_is_recognised_and_says_so(take: Take) -> None:
    notes = ("recognised as nomis", "no employment status among its columns: taken as Employment")
    assert notes == take(JOBS).notes
    assert notes[1:] == take(JOBS, kind="nomis").notes


def test_each_cell_knows_its_place_in_the_file(take: Take) -> None:
    """Row and column are those of the download, also after rows that were passed over."""
    found = take(STATUSES)
    assert ([4], 6) == (found.records.tolist(), found.position("jobs", 0))
    assert None is found.position("status", 0)


def test_only_employment_is_taken(take: Take) -> None:
    """Of several employment statuses in one file; the others are counted."""
    found = take(STATUSES)
    assert [("2019", "E30000165", "6201", "1000", "")] == rows(found)
    assert "2 rows with another employment status than Employment passed over" in found.notes


def test_no_row_of_employment(refuse: Refuse) -> None:
    assert """\
error[wrong-rows]: no row has the employment status Employment
  raw.csv:1:5   there is Full-time employees, Part-time employees
  why: figures of another one would pass for it
  fix: fetch the file anew with employment_status=4
1 problem · nothing was written · exit code 4""" == refuse(STATUSES.rpartition('"2019"')[0])


@pytest.mark.parametrize(
    "header", ["date,geography_code,industry_code,obs_value", "Date_Code,Geography_Code,Industry_Code,Obs_Value"]
)
def test_columns_in_any_case(take: Take, header: str) -> None:
    assert [("2019", "E30000165", "6201", "30", "")] == rows(take(f"{header}\n2019,E30000165,6201,30.0\n"))


def test_a_packed_file(take: Take) -> None:
    found = take(gzip.compress(JOBS.encode()), name="raw.csv.gz")
    assert 5 == len(found)


def test_letters_of_another_encoding_do_not_stop_a_file(take: Take) -> None:
    """An apostrophe that became Æ in the name of an industry; letters of names are those of Windows-1252."""
    text = JOBS.replace('"INDUSTRY_CODE"', '"INDUSTRY_NAME","INDUSTRY_CODE"').replace("Bath", "Ynys Môn")
    for code in ("6201", "6202", "7111", "7311", "7312"):
        text = text.replace(f'"{code}"', f'"{code} : buildersÆ ware","{code}"')
    for content, name in ((text.encode("latin-1"), "raw.csv"), (gzip.compress(text.encode("latin-1")), "raw.csv.gz")):
        found = take(content, name=name)
        assert ("Ynys Môn", 0) == found.names["E30000165"]
        assert "not in UTF-8: read as Windows-1252" in found.notes


def test_nomis_numbers_of_areas_are_no_codes(refuse: Refuse) -> None:
    assert """\
error[missing-column]: there is no column GEOGRAPHY_CODE
  raw.csv:1
  why: the numbers in GEOGRAPHY are Nomis's own and no official codes
  fix: fetch the file anew with at least &select=date,geography_code,geography_name,industry_code,industry_name,\
obs_value,obs_status,obs_conf
1 problem · nothing was written · exit code 4""" == refuse(
        "DATE,GEOGRAPHY,INDUSTRY_CODE,OBS_VALUE\n2019,2092957701,6201,5\n"
    )


def test_an_empty_normal_value(refuse: Refuse) -> None:
    """It is neither 0 nor missing: nobody can say."""
    assert """\
error[value-missing]: OBS_VALUE is empty, and OBS_STATUS does not say why
  raw.csv:2:5   jobs of E30000165, 6201
  why: an empty cell is not 0, and a normal value (A) is never empty
  fix: fetch the file anew with obs_status and obs_conf among its columns; Q is missing, C is confidential
1 problem · nothing was written · exit code 4""" == refuse(JOBS.replace('1000,"A"', ',"A"'))


@pytest.mark.parametrize(
    ("measures", "said"),
    [
        ('MEASURE,"2"', 'raw.csv:2:5   "2" in 1 row'),
        ('MEASURES,"20301"', 'raw.csv:2:5   "20301" in 1 row'),
        ('MEASURES_NAME,"Percent"', 'raw.csv:2:5   "Percent" in 1 row'),
        ('MEASURE_NAME,"Industry percentage"', 'raw.csv:2:5   "Industry percentage" in 1 row'),
    ],
)
def test_percentages_are_refused(refuse: Refuse, measures: str, said: str) -> None:
    column, _, value = measures.partition(",")
    message = refuse(f"DATE,GEOGRAPHY_CODE,INDUSTRY_CODE,OBS_VALUE,{column}\n2019,E30000165,6201,5,{value}\n")
    assert f"error[not-counts]: the file has percentages, or something else than counts\n  {said}\n" in message
    assert "fix: fetch it anew with &measure=1&measures=20100\n" in message


@pytest.mark.parametrize(
    "total",
    ['"37748736","Total","Total"', '"37748736","37748736","Total"', '"37748736","Total","37748736"'],
)
def test_the_total_over_all_industries(take: Take, total: str) -> None:
    """By its number or by its name; it belongs to every cut."""
    header = "DATE,GEOGRAPHY_CODE,INDUSTRY,INDUSTRY_NAME,INDUSTRY_CODE,INDUSTRY_TYPE,OBS_VALUE\n"
    class_row = '2019,E30000165,1,"6201 : Programming",6201,SIC 2007 class (4 digit),5\n'
    found = take(f"{header}2019,E30000165,{total},industry,90\n{class_row}")
    assert ["all", "6201"] == found.columns["sic"].tolist()


def test_one_cut_of_industries(take: Take, refuse: Refuse) -> None:
    """Divisions and classes in one file count every job twice; the recipe says which."""
    both = f"{SHORT}2019,E30000165,62,90\n2019,E30000165,6201,60\n2019,E30000165,6202,30\n"
    assert """\
error[mixed-industries]: the file has divisions and classes side by side
  raw.csv:3:3   there are divisions (2 digits), classes (4 digits)
  why: jobs would be counted once in each of them
  fix: say which one to take: tables.employment.industries = 2 or 4
1 problem · nothing was written · exit code 4""" == refuse(both)
    found = take(both, industries=4)
    assert (["6201", "6202"], [3, 4]) == (found.columns["sic"].tolist(), found.records.tolist())
    assert "classes taken; 1 row of other industries passed over" in found.notes
    assert "the file has no industries of 5 digits" in refuse(both, industries=5)


def test_broad_groups_are_no_divisions(refuse: Refuse) -> None:
    """Their numbers look like codes of divisions; their type says what they are."""
    text = "DATE,GEOGRAPHY_CODE,INDUSTRY_CODE,INDUSTRY_TYPE,OBS_VALUE\n2019,E30000165,10,broad industrial group,5\n"
    message = refuse(text)
    assert (
        "error[wrong-industries]: the file has no industries with a SIC 2007 code of 2 to 5 digits\n  raw.csv:2:3"
        in message
    )


def test_exactly_as_many_rows_as_nomis_gives_a_guest(refuse: Refuse, take: Take) -> None:
    """25,000 rows, and no word on how many there should be."""
    lines = [f"{2000 + number // 2500},E{number % 2500:08},6201,5" for number in range(25_000)]
    assert """\
error[cut-off]: the file has exactly 25,000 rows
  raw.csv
  why: Nomis stops there, whatever was asked for
  fix: fetch it in pages: &select=…,record_offset,record_count&recordlimit=20000, then with &recordoffset=20000 and so \
on; name all files in the recipe
1 problem · nothing was written · exit code 4""" == refuse(SHORT + "\n".join(lines))
    assert 24_999 == len(take(SHORT + "\n".join(lines[1:])))


def page(start: int, stop: int, of: int) -> str:
    header = "DATE,GEOGRAPHY_CODE,INDUSTRY_CODE,OBS_VALUE,RECORD_OFFSET,RECORD_COUNT\n"
    return header + "".join(f"2019,E{number:08},6201,5,{number},{of}\n" for number in range(start, stop))


def test_as_many_rows_as_a_guest_gets_with_a_count_beside_them(refuse: Refuse, take: Take) -> None:
    """A count of as many does not show that there are no more; a higher one says that other pages hold the rest."""
    assert "error[cut-off]: the file has exactly 25,000 rows\n" in refuse(page(0, 25_000, of=25_000))
    assert 25_000 == len(take(page(0, 25_000, of=60_000)))


def test_fewer_rows_than_record_count(take: Take) -> None:
    """The second half of a download is in no file."""
    (problem,) = cut_off([take(page(0, 3, of=5), name="one.csv")])
    assert """\
error[cut-off]: a download is cut off: 2 of its 5 rows are in no file
  one.csv   the first that lacks has RECORD_OFFSET 3
  why: areas or industries would be missing, or too low, without a word
  fix: fetch the rest with &recordoffset= and name all files in the recipe; if rows were left out on purpose, leave \
the columns RECORD_OFFSET and RECORD_COUNT out as well""" == problem.as_text()


def test_pages_that_are_complete_together(take: Take) -> None:
    """In whatever order, and two downloads of equal length beside each other."""
    pages = [take(page(3, 5, of=5)), take(page(0, 3, of=5)), take(page(0, 5, of=5)), take(page(0, 2, of=2))]
    assert [] == cut_off(pages)
    assert ["cut-off"] == [problem.kind for problem in cut_off(pages[1:])]


def test_a_value_that_the_file_calls_confidential_is_flagged(take: Take) -> None:
    """It is there, but nobody should rely on it as on a free one."""
    text = "DATE,GEOGRAPHY_CODE,INDUSTRY_CODE,OBS_VALUE,OBS_STATUS,OBS_CONF\n2019,W1,6201,40,A,C\n2019,W1,6202,40,A,F\n"
    assert ["low-reliability", ""] == take(text).columns["status"].tolist()


def test_a_slip_leaves_the_rest_of_the_file_in_utf_8(take: Take) -> None:
    """Only the bytes that are no UTF-8 are read as Windows-1252."""
    header = "DATE,GEOGRAPHY_CODE,GEOGRAPHY_NAME,INDUSTRY_CODE,OBS_VALUE\n"
    rows = "2019,W1,Sir y Fflint \u0175,6201,40\n".encode() + b"2019,W2,Ynys M\xf4n,6201,40\n"
    names = take(b"\xef\xbb\xbf" + header.encode() + rows).names
    assert ["Sir y Fflint \u0175", "Ynys M\u00f4n"] == [name for name, _ in names.values()]


def test_codes_that_a_spreadsheet_took_for_numbers(refuse: Refuse) -> None:
    """The type says five digits and the code has four: taking the others alone would lose whole divisions."""
    text = "DATE,GEOGRAPHY_CODE,INDUSTRY_CODE,INDUSTRY_TYPE,OBS_VALUE\n"
    text += "2019,W1,1110,SIC 2007 subclass (5 digit),40\n2019,W1,62010,SIC 2007 subclass (5 digit),40\n"
    message = refuse(text, industries=5)
    assert 'error[unknown-sic]: codes of industries have lost their leading zero\n  raw.csv:2:3   "1110"' in message


def test_pages_that_overlap(take: Take) -> None:
    """Rows in two files would count twice."""
    (problem,) = cut_off([take(page(0, 4, of=6), name="one.csv"), take(page(3, 6, of=6), name="two.csv")])
    assert """\
error[cut-off]: 1 of the 6 rows of a download are in two files
  one.csv, two.csv   the first of them has RECORD_OFFSET 3
  why: they would be counted twice
  fix: fetch pages that do not overlap, and name each once in the recipe""" == problem.as_text()


def test_local_units_by_size_band(take: Take) -> None:
    """The nine bands and all together; the coarser bands are a second cut, and other legal statuses are parts."""
    named = ["Total", "0 to 4", "5 to 9", "10 to 19", "20 to 49", "50 to 99", "100 to 249", "250 to 499", "500 to 999"]
    bands = [*named, "1000+"]
    lines = [f'2023,E30000165,6201,"{band}",Total,{number},Nm-141d1' for number, band in enumerate(bands)]
    lines += ['2023,E30000165,6201,"Micro (0 to 9)",Total,7,Nm-141d1', "2023,E30000165,6201,Total,Company,7,Nm-141d1"]
    found = take(UNITS + "\n".join(lines), "businesses")
    assert ["all", *SIZE_BANDS] == found.columns["size_band"].tolist()
    assert list(map(str, range(10))) == found.columns["local_units"].tolist()
    assert (
        "recognised as nomis",
        "10 of 12 rows taken",
        "1 row with another legal status than Total passed over",
        "1 row of coarser size bands (Micro to Large) passed over",
    ) == found.notes


def test_a_size_band_that_is_none(take: Take) -> None:
    """It goes on as it is written, and is refused where the release is checked, with its place in the file."""
    found = take(f"{UNITS}2023,E30000165,6201,0 to 3,Total,7,Nm-141d1\n", "businesses")
    assert ("0 to 3", 4) == (found.columns["size_band"][0], found.position("size_band", 0))


def test_enterprises_are_no_local_units(refuse: Refuse) -> None:
    assert """\
error[wrong-data-set]: the file counts enterprises, not local units
  raw.csv:2:7   "Nm-142d32304e1d20100"
  why: an enterprise counts once, where its seat is, however many workplaces it has; local units are workplaces
  fix: local units come from UK Business Counts, NM_141_1; fetch that (NM_142_1 counts enterprises)
1 problem · nothing was written · exit code 4""" == refuse(
        f"{UNITS}2023,E30000165,6201,Total,Total,7,Nm-142d32304e1d20100\n", "businesses"
    )


def test_the_data_set_of_the_other_table(refuse: Refuse) -> None:
    message = refuse(f"{UNITS}2023,E30000165,6201,Total,Total,7,Nm-141d1\n", "employment")
    assert (
        "error[wrong-data-set]: the file is not of the data set that employment is made from\n  raw.csv:1:4" in message
    )
    assert "it has EMPLOYMENT_STATUS" in refuse(STATUSES, "businesses")


@pytest.mark.golden
def test_scotland_by_subclasses(shared_data: Path) -> None:
    """Jobs in all industries, and that Nomis's file has three statuses: from the index of the shared data."""
    name = "nomis_NM_189_1_bres2019_scotland_sic5_raw.csv"
    found, problems = extract(shared_data / name, TableRecipe("employment", (name,), ""))
    assert [] == problems
    assert found is not None
    assert (729, 2_601_890) == (len(found), sum(map(int, found.columns["jobs"])))
    assert "1,458 rows with another employment status than Employment passed over" in found.notes
