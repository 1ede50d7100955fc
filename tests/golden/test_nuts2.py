"""The NUTS 2 areas of 2018, from real figures: numbers that others worked out, in `nuts2.csv` with their sources."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from reportgen import area_groups
from reportgen.analysis.findings import Findings, analyse
from reportgen.analysis.sensitivity import VARIANTS
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


@pytest.fixture(scope="module")
def hotspots(release: Release) -> Findings:
    """With the groups of areas, which say what London is."""
    definitions = load(bundled().classification, release.info.classification)
    return analyse(release, definitions, Settings(), area_groups.load(bundled()))


@pytest.mark.golden
@pytest.mark.parametrize("area", ["UKI3", "UKI4"], ids=["Inner London - West", "Inner London - East"])
def test_inner_london_is_a_hotspot_by_every_rule_that_has_london_in(hotspots: Findings, area: str) -> None:
    """By jobs and by local units, with and without IT; asked for three stars in both at once, the East has none."""
    answers = {
        variant.name: hotspots.get(area, "hotspot-by-rule", "all", "2018", variant=variant.name).value
        for variant in VARIANTS
        if variant.london and (variant.rule, variant.measure) != ("observatory", "both")
    }
    assert dict.fromkeys(answers, 1.0) == answers
    assert 1.0 == hotspots.get(area, "selection-probability", "all", "2018", variant="reportgen").value


@pytest.mark.golden
def test_every_rule_has_an_answer_for_the_areas_of_great_britain(release: Release, hotspots: Findings) -> None:
    """None of the figures of these areas is suppressed; London's are left out where London is."""
    rows = hotspots.rows("hotspot-by-rule")
    rows = rows[rows["area"] != "UKN0"]
    left_out = rows["variant"].str.contains("ex-london") & rows["area"].str.startswith("UKI")
    assert {"not-applicable"} == set(rows.loc[left_out, "status"])
    assert {"ok"} == set(rows.loc[~left_out, "status"])
    assert 39 * len(VARIANTS) == len(rows)
