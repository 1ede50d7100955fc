"""The NUTS 2 areas of 2018, from real figures: numbers that others worked out, in `nuts2.csv` with their sources."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from reportgen.analysis.findings import Findings
from reportgen.release.model import Release

NUMBERS = list(csv.DictReader((Path(__file__).parent / "nuts2.csv").open(encoding="utf-8", newline="")))


@pytest.mark.golden
@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: f"{number['area']} {number['indicator']}")
def test_findings_agree_with_published_figures(nuts2_findings: Findings, number: dict[str, str]) -> None:
    found = nuts2_findings.get(number["area"], number["indicator"], number["sub_sector"], number["year"])
    assert float(number["value"]) == round(found.value, int(number["decimals"]))


@pytest.mark.golden
def test_jobs_above_expectation_cancel_out_over_great_britain(nuts2_release: Release, nuts2_findings: Findings) -> None:
    """In every sub-sector and year, over the areas that have figures on jobs."""
    local = set(nuts2_release.at_level("local"))
    rows = nuts2_findings.rows("jobs-above-expected")
    rows = rows[rows["area"].isin(local)]
    sums = rows.groupby(["sub_sector", "year"], observed=True)["value"].sum()
    assert len(sums) == 14 * 4  # creative, its nine sub-sectors, and four groups that it is compared with
    assert sums.abs().max() < 1e-3


@pytest.mark.golden
def test_what_the_survey_does_not_cover_stays_missing(nuts2_findings: Findings) -> None:
    """The survey of jobs ends at the Irish Sea, so the jobs of the United Kingdom are not known."""
    assert "missing" == nuts2_findings.get("UKN0", "creative-jobs", "all", "2018").status
    assert "Jobs are missing for Northern Ireland, 1 of the 2 areas added up (United Kingdom, 2018)." == (
        nuts2_findings.get("K02000001", "creative-jobs", "all", "2018").reason
    )
