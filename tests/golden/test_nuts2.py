"""The NUTS 2 areas of 2018, from real figures: numbers that others worked out, in `nuts2.csv` with their sources."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from reportgen.analysis.findings import Findings
from reportgen.analysis.sensitivity import VARIANTS
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
    assert "Jobs are missing for Northern Ireland, 1 of the 2 areas that make it up (United Kingdom, 2018)." == (
        nuts2_findings.get("K02000001", "creative-jobs", "all", "2018").reason
    )


@pytest.mark.golden
def test_output_multipliers_are_those_of_the_workbook(nuts2_findings: Findings, shared_data: Path) -> None:
    """All 105 of them, to three decimals: the column sums of the ONS's own Leontief inverse."""
    workbook = CalamineWorkbook.from_path(shared_data / "ons_uk_ioat_2019_ixi_nasu1719in.xlsx")
    sheet = workbook.get_sheet_by_name("Leontief").to_python(skip_empty_area=False)
    (heads,) = (row for row in sheet if row[1] == "SIC")
    (sums,) = (row for row in sheet if row[0] == "_T")
    published = {" ".join(str(head).split()): float(total) for head, total in zip(heads[2:], sums[2:], strict=True)}
    found = nuts2_findings.rows("output-multiplier").set_index("other")["value"].drop("all-industries").to_dict()
    assert 105 == len(published)
    assert {code: round(total, 3) for code, total in published.items()} == {c: round(v, 3) for c, v in found.items()}
    assert (1.664, 1.508, 1.680) == tuple(round(found[code], 3) for code in ("J58", "J62", "M73"))


@pytest.mark.golden
def test_creative_inputs_are_a_known_part_of_output(nuts2_findings: Findings) -> None:
    """3.808 % of all output, 2.679 % of that of the industries that are no creative suppliers (ONS 2019)."""
    found = [
        nuts2_findings.get("K02000001", "creative-input-share", other=buyers, variant="creative").value
        for buyers in ("all-industries", "other-industries")
    ]
    assert [0.03808, 0.02679] == [round(share, 5) for share in found]


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
    nuts2_findings: Findings, indicator: str, other: str, expected: float
) -> None:
    """Over the 39 areas of Great Britain; Northern Ireland has no figures on jobs: it is counted as left out."""
    found = nuts2_findings.get("K03000001", indicator, "all", "2018", other, "jobs")
    counts = [
        nuts2_findings.get("K03000001", f"co-location-areas{rest}", "all", "2018", other, "jobs").value
        for rest in ("", "-left-out", "-zero")
    ]
    assert expected == round(found.value, 4)
    assert found.low <= found.value <= found.high
    assert [39.0, 1.0, 0.0] == counts


@pytest.mark.golden
@pytest.mark.parametrize("area", ["UKI3", "UKI4"], ids=["Inner London - West", "Inner London - East"])
def test_inner_london_is_a_hotspot_by_every_rule_that_has_london_in(nuts2_findings: Findings, area: str) -> None:
    """By jobs and by local units, with and without IT; asked for three stars in both at once, the East has none."""
    answers = {
        variant.name: nuts2_findings.get(area, "hotspot-by-rule", "all", "2018", variant=variant.name).value
        for variant in VARIANTS
        if variant.london and (variant.rule, variant.measure) != ("observatory", "both")
    }
    assert dict.fromkeys(answers, 1.0) == answers
    assert 1.0 == nuts2_findings.get(area, "selection-probability", "all", "2018", variant="reportgen").value


@pytest.mark.golden
def test_every_rule_has_an_answer_for_the_areas_of_great_britain(nuts2_findings: Findings) -> None:
    """No figure is suppressed, some are of low reliability; London's areas are left out where London is."""
    rows = nuts2_findings.rows("hotspot-by-rule")
    rows = rows[rows["area"] != "UKN0"]
    left_out = rows["variant"].str.contains("ex-london") & rows["area"].str.startswith("UKI")
    assert {"not-applicable"} == set(rows.loc[left_out, "status"])
    assert {"ok", "low-reliability"} == set(rows.loc[~left_out, "status"])
    assert 39 * len(VARIANTS) == len(rows)
