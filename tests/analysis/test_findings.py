"""Findings: the shape of all rows, how one is looked up, and the dictionary."""

from __future__ import annotations

import csv
import io
import pickle

import numpy as np
import pandas as pd
import pytest

from reportgen.analysis.findings import BY_ID, COLUMNS, FAMILIES, INDICATORS, KEY, dictionary, to_csv_bytes
from reportgen.release.tables import Status

NUMBERS = ("value", "low", "high")
UNITS = {
    *(
        "jobs",
        "local units",
        "areas",
        "sub-sectors",
        "ratio",
        "standard deviations",
        "share",
        "share a year",
        "points",
        "points a year",
        "rank",
        "yes or no",
        "index",
    ),
    *(
        "graduates",
        "institutions",
        "coefficient",
        "probability",
        "industries",
        "£ million",
        "number",
        "cells",
        "projections",
        "stars",
    ),
}
FIXED = {
    *("creative-jobs", "jobs", "location-quotient", "location-quotient-ex-london", "location-quotient-units"),
    *("location-quotient-units-ex-london", "jobs-above-expected", "local-units", "creative-local-units"),
    *("creative-jobs-growth", "hotspot", "hotspot-rank"),
}
TWO_YEARS = """
    year | area          | crafts | publishing | rest  | all
    2022 | Great Britain |    100 |        200 |  9000 | 9300
    2022 | Bath          |     10 |          0 |   500 |  510
    2022 | Stoke         |    [c] |     10 [u] |   500 |  520
    2023 | Great Britain |    100 |        200 |  9000 | 9300
    2023 | Bath          |     10 |          0 |   500 |  510
    2023 | Stoke         |    [x] |        [z] |   500 |  520
    2023 | London        |      0 |          0 |     0 |    0
"""


@pytest.fixture(scope="module")
def findings(analyse):
    """Findings with cells of every status."""
    return analyse(TWO_YEARS).findings


@pytest.fixture(scope="module")
def rows(findings) -> pd.DataFrame:
    return pd.concat(findings.families.values(), ignore_index=True)


def test_all_families_have_one_shape(findings) -> None:
    assert {name: list(COLUMNS) for name in FAMILIES} == {
        name: list(f.columns) for name, f in findings.families.items()
    }


def test_every_key_stands_once(rows) -> None:
    assert not rows.duplicated(list(KEY)).any()


def test_a_number_stands_exactly_where_the_status_has_one(rows) -> None:
    """And is finite: 0, missing, suppressed and not applicable are four things, none of them NaN by accident."""
    has_value = rows["status"].isin([status.value for status in Status if status.has_value])
    assert set(rows["status"]) == {status.value for status in Status}
    assert np.isfinite(rows.loc[has_value, "value"]).all()
    assert rows.loc[~has_value, ["value", "low", "high"]].isna().all(axis=None)


def test_whatever_is_not_ok_says_why_in_a_sentence(rows) -> None:
    ok = rows["status"] == "ok"
    assert (rows.loc[ok, "reason"] == "").all()
    assert rows.loc[~ok, "reason"].astype(str).str.fullmatch(r"[A-Z].+\.").all()


def test_bounds_come_in_pairs_around_their_value(rows) -> None:
    assert (rows["low"].isna() == rows["high"].isna()).all()
    bounded = rows[rows["low"].notna()]
    assert (bounded["low"] <= bounded["value"]).all()
    assert (bounded["value"] <= bounded["high"]).all()


def test_every_area_has_a_row_for_all_that_is_measured_everywhere(findings) -> None:
    """A pack never meets an absent row: what is not known is a row that says so."""
    areas = {"United Kingdom", "Great Britain", "London", "Bath", "Stoke"}
    counts = findings.rows("location-quotient").groupby("area", observed=True).size()
    assert dict.fromkeys(areas, 3 * 2) == counts.to_dict()


def test_rows_stand_in_the_order_of_areas_sub_sectors_and_years(findings) -> None:
    found = findings.rows("creative-jobs")
    areas = ["United Kingdom", "Great Britain", "London", "Bath", "Stoke"]
    wanted = [(a, s, y) for a in areas for s in ("crafts", "publishing", "all") for y in ("2022", "2023")]
    assert wanted == list(zip(found["area"], found["sub_sector"], found["year"], strict=True))


def test_one_finding_is_looked_up_by_its_key(findings) -> None:
    found = findings.get("Bath", "creative-jobs", "crafts", "2023")
    assert (10.0, Status.OK, "", "employment") == (found.value, found.status, found.reason, found.source)
    missing = findings.get("Stoke", "creative-jobs", "crafts", "2023")
    assert (None, None, None, Status.MISSING) == (missing.value, missing.low, missing.high, missing.status)


def test_a_finding_without_a_value_is_there_and_one_of_another_key_is_not(findings) -> None:
    assert findings.has("Stoke", "creative-jobs", "crafts", "2023")
    assert not findings.has("Stoke", "creative-jobs", "crafts", "1066")


@pytest.mark.parametrize(
    ("key", "message"),
    [
        (("Bath", "creative-job", "crafts", "2023"), r"no indicator creative-job \(did you mean creative-jobs\?\)"),
        (("Bath", "creative-jobs", "craft", "2023"), r"creative-jobs: no sub_sector craft \(did you mean crafts\?\)"),
        (("Bath", "creative-jobs", "crafts", "1066"), r"creative-jobs: no year 1066 \(there are 2022, 2023\)"),
        (("Bath", "creative-jobs-growth", "all", "2023"), r"creative-jobs-growth: no other - \(there are 2022\)"),
    ],
)
def test_a_miss_says_which_part_of_the_key_is_unknown(findings, key, message: str) -> None:
    with pytest.raises(KeyError, match=message):
        findings.get(*key)


def test_rows_of_an_indicator_are_filtered_by_words(findings) -> None:
    assert [10.0, 10.0] == findings.rows("creative-jobs", area="Bath", sub_sector="crafts")["value"].tolist()
    with pytest.raises(KeyError, match="no area Bahth"):
        findings.rows("creative-jobs", area="Bahth")


def test_years_are_those_of_each_table(findings) -> None:
    assert {"employment": ("2022", "2023"), "businesses": ("2022", "2023")} == findings.years
    assert "2023" == findings.latest()


def test_findings_that_were_stored_are_the_same_findings(findings) -> None:
    """Row by row, look-up by look-up, miss by miss; and a second storing gives the same bytes."""
    stored = pickle.dumps(findings.whole())
    loaded = pickle.loads(stored)
    assert stored == pickle.dumps(loaded)
    assert findings.years == loaded.years
    for name, frame in findings.families.items():
        pd.testing.assert_frame_equal(frame, loaded.families[name])
    key = ("Stoke", "creative-jobs", "crafts", "2023")
    assert findings.get(*key) == loaded.get(*key)
    with pytest.raises(KeyError, match="did you mean crafts"):
        loaded.get("Bath", "creative-jobs", "craft", "2023")


def test_stored_findings_leave_the_release_behind(findings) -> None:
    """A worker that loads them has what it needs in their rows."""
    assert b"reportgen.analysis.inputs" not in pickle.dumps(findings.whole())


def test_findings_that_are_not_all_worked_out_are_sent_with_what_they_need(analyse) -> None:
    sent = pickle.loads(pickle.dumps(analyse(TWO_YEARS).findings))
    assert 10.0 == sent.get("Bath", "creative-jobs", "crafts", "2023").value
    assert set(FAMILIES) == set(sent.whole().families)


def test_the_same_release_gives_the_same_bytes(analyse, findings) -> None:
    again = analyse(TWO_YEARS).findings
    for name, frame in findings.families.items():
        assert to_csv_bytes(frame) == to_csv_bytes(again.families[name])


def test_a_csv_file_reads_back_as_what_was_written(findings) -> None:
    """Every float comes back as the same float; nothing stays nothing and zero stays zero."""
    for frame in findings.families.values():
        text = to_csv_bytes(frame).decode()
        back = list(csv.DictReader(io.StringIO(text)))
        assert "\r" not in text
        for column in COLUMNS:
            written = ["" if cell != cell else cell for cell in frame[column].tolist()]
            read = [line[column] for line in back]
            assert written == [float(cell) if cell and column in NUMBERS else cell for cell in read]


def test_every_indicator_is_made_and_every_row_is_declared(rows) -> None:
    assert {each.id for each in INDICATORS} == set(rows["indicator"])
    assert len(BY_ID) == len(INDICATORS)
    assert set(BY_ID) >= FIXED


def test_the_dictionary_tells_everything_about_every_indicator() -> None:
    """Id, family, name, unit, digits, definition, formula and source, none of them empty."""
    found = dictionary()
    assert ["id", "family", "name", "unit", "digits", "definition", "formula", "source"] == list(found.columns)
    assert len(found) == len(INDICATORS)
    assert (found.astype(str) != "").all(axis=None)
    assert set(found["unit"]) <= UNITS
    assert found["definition"].str.endswith(".").all()
    assert not found["definition"].str.contains("`").any()  # what a column is called means nothing on a page


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.id)
def test_an_indicator_is_made_by_a_function_that_explains_itself(indicator) -> None:
    assert indicator.made_by.__doc__


def test_every_p_value_and_false_discovery_rate_is_a_probability() -> None:
    """So that a small one is said as less than the last digit shown, never as nought."""
    assert {"probability"} == {each.unit for each in INDICATORS if each.id.endswith(("-p", "-q"))}
