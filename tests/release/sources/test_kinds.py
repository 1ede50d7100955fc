"""
Which form a raw file has: recognised, or held against what the recipe says.
"""

from __future__ import annotations

import pytest

from reportgen.release.recipe import SOURCE_KINDS
from reportgen.release.sources.kinds import SOURCES
from tests.release.sources.conftest import Refuse, Take, rows

LONG = "when,where,SIC,value\n2023,E30000165,6201,30.0\n"
COLUMNS = {"year": "when", "area": "where", "sic": "SIC", "jobs": "value"}


def test_a_recipe_knows_every_kind() -> None:
    assert tuple(SOURCES) == SOURCE_KINDS


def test_a_long_table_is_recognised_by_the_columns_of_the_recipe(take: Take) -> None:
    found = take(LONG, columns=COLUMNS)
    assert [("2023", "E30000165", "6201", "30", "")] == rows(found)
    assert ("recognised as long-csv",) == found.notes


def test_a_form_that_no_source_knows(refuse: Refuse) -> None:
    """The message says which forms there are, and what the recipe would have to say."""
    assert """\
error[unknown-form]: raw.csv has the form of no known source
  raw.csv   tables.employment
  why: we would have to guess what its columns mean
  fix: fetch it in the form of one of nomis, nomis-web, ons-table, ons-input-output; for a table with one value a row \
write long-csv and say which columns hold year, area, sic, jobs
1 problem · nothing was written · exit code 4""" == refuse(LONG)
    assert "correct the columns, which are not all in its header\n" in refuse(
        LONG, columns={**COLUMNS, "sic": "industry"}
    )


def test_a_file_of_another_kind(refuse: Refuse) -> None:
    """Read as a long table, a download would bring its percentages and statuses along."""
    text = "DATE,GEOGRAPHY_CODE,INDUSTRY_CODE,OBS_VALUE\n2019,E30000165,6201,5\n"
    columns = {"year": "DATE", "area": "GEOGRAPHY_CODE", "sic": "INDUSTRY_CODE", "jobs": "OBS_VALUE"}
    assert """\
error[wrong-kind]: raw.csv is not of the kind long-csv
  raw.csv   tables.employment.kind = "long-csv"
  why: read as what it is not, it would give wrong figures
  fix: write kind = "nomis", which is what the file looks like, or name the right file
1 problem · nothing was written · exit code 4""" == refuse(text, kind="long-csv", columns=columns)


def test_a_table_that_a_source_has_nothing_for(refuse: Refuse) -> None:
    text = "DATE,GEOGRAPHY_CODE,INDUSTRY_CODE,OBS_VALUE\n2019,E30000165,6201,5\n"
    message = refuse(text, "gva")
    assert "error[wrong-table]: a file of the kind nomis has nothing for the table gva\n" in message
    assert "fix: use it for employment or businesses, or name another file" in message


def test_a_key_that_means_nothing_to_a_source(refuse: Refuse) -> None:
    """It would be passed over without a word."""
    text = "DATE,GEOGRAPHY_CODE,INDUSTRY_CODE,OBS_VALUE\n2019,E30000165,6201,5\n"
    message = refuse(text, areas={"Bath": "E30000165"})
    assert (
        "error[needless-key]: areas means nothing to the kind nomis\n  raw.csv   tables.employment.areas\n" in message
    )


@pytest.mark.parametrize("content", ["", "\ufeff"])
def test_an_empty_file(refuse: Refuse, content: str) -> None:
    """Its reader says so, whatever kind it was to be."""
    assert "error[empty-file]: raw.csv is empty\n" in refuse(content)
