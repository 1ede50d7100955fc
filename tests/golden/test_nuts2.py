"""The NUTS 2 areas of 2018, from real figures: numbers that others worked out, in `nuts2.csv` with their sources."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from reportgen.analysis.findings import Findings, analyse
from reportgen.classification import load
from reportgen.release.importing import import_release
from reportgen.release.model import Release
from reportgen.release.read import read
from reportgen.resources import bundled
from reportgen.settings import Settings

NUMBERS = list(csv.DictReader((Path(__file__).parent / "nuts2.csv").open(encoding="utf-8", newline="")))


@pytest.fixture(scope="module")
def release(root: Path, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release that the recipe of the example makes of the public files."""
    folder = tmp_path_factory.mktemp("nuts2") / "nuts2-2018"
    import_release(root / "examples" / "nuts2" / "recipe.toml", shared_data, folder)
    return read(folder, bundled().classification)


@pytest.fixture(scope="module")
def findings(release: Release) -> Findings:
    return analyse(release, load(bundled().classification, release.info.classification), Settings())


@pytest.mark.golden
@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: f"{number['area']} {number['indicator']}")
def test_findings_agree_with_published_figures(findings: Findings, number: dict[str, str]) -> None:
    found = findings.get(number["area"], number["indicator"], number["sub_sector"], number["year"])
    assert float(number["value"]) == round(found.value, int(number["decimals"]))


@pytest.mark.golden
def test_jobs_above_expectation_cancel_out_over_great_britain(release: Release, findings: Findings) -> None:
    """In every sub-sector and year, over the areas that have figures on jobs."""
    local = set(release.at_level("local"))
    rows = findings.rows("jobs-above-expected")
    rows = rows[rows["area"].isin(local)]
    sums = rows.groupby(["sub_sector", "year"], observed=True)["value"].sum()
    assert len(sums) == 14 * 4  # creative, its nine sub-sectors, and four groups that it is compared with
    assert sums.abs().max() < 1e-3


@pytest.mark.golden
def test_what_the_survey_does_not_cover_stays_missing(findings: Findings) -> None:
    """The survey of jobs ends at the Irish Sea, so the jobs of the United Kingdom are not known."""
    assert "missing" == findings.get("UKN0", "creative-jobs", "all", "2018").status
    assert "Jobs are missing for Northern Ireland, 1 of the 2 areas added up (United Kingdom, 2018)." == (
        findings.get("K02000001", "creative-jobs", "all", "2018").reason
    )


@pytest.mark.golden
@pytest.mark.parametrize(
    ("indicator", "other", "expected"),
    [
        ("co-location-pearson", "kibs-net", 0.7686),
        ("co-location-pearson", "high-tech-manufacturing", -0.2944),
        ("co-location-pearson", "kibs", 0.8774),
        ("co-location-pearson-log", "kibs-net", 0.7200),
        ("co-location-pearson-log", "high-tech-manufacturing", -0.4761),
        ("co-location-pearson-log", "kibs", 0.8233),
    ],
)
def test_co_location_agrees_with_what_was_worked_out_independently(
    findings: Findings, indicator: str, other: str, expected: float
) -> None:
    """Over the 39 areas of Great Britain; Northern Ireland has no figures on jobs: it is counted as left out."""
    found = findings.get("K03000001", indicator, "all", "2018", other, "jobs")
    counts = [
        findings.get("K03000001", f"co-location-areas{rest}", "all", "2018", other, "jobs").value
        for rest in ("", "-left-out", "-zero")
    ]
    assert expected == round(found.value, 4)
    assert found.low <= found.value <= found.high
    assert [39.0, 1.0, 0.0] == counts
