"""Claims: what earlier work said, and on which side of its line the findings of a release lie."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

from reportgen.analysis.claims import CLAIMS, side_of, sides
from reportgen.analysis.findings import BY_ID, FAMILY, Findings
from reportgen.analysis.shape import all_ok, plain, tidy
from reportgen.area_groups import AreaGroup, AreaGroups

PLACES = """
    area          | year | crafts | publishing | all
    Great Britain | 2022 |   1000 |       2000 | 100000
    Great Britain | 2023 |   1100 |       2300 | 101000
    Bath          | 2022 |    100 |        200 |   2000
    Bath          | 2023 |    110 |        210 |   2100
    Stoke         | 2022 |     10 |         20 |   4000
    Stoke         | 2023 |      0 |         20 |   4100
"""
GROUPS = AreaGroups(groups={"hotspots-2010": AreaGroup(name="hotspots of 2010", areas=("Bath", "Atlantis"))})


def of_claim(findings: Findings, claim: str) -> Mapping[tuple[str, str], float | None]:
    """Indicator and rest of the variant → value, of Bath and the whole."""
    rows = findings.families["claims"]
    mine = rows[rows["variant"].astype(str).str.startswith(f"{claim}.")]
    keys = zip(mine["area"].astype(str), mine["indicator"].astype(str), mine["variant"].astype(str), strict=True)
    return dict(zip(keys, mine["value"], strict=True))


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: f"{claim.id} {claim.indicator}")
def test_a_claim_is_tested_by_an_indicator_that_there_is(claim) -> None:
    assert claim.indicator in BY_ID
    assert not claim.companion or FAMILY[claim.companion] == FAMILY[claim.indicator]
    assert bool(claim.companion) == (claim.by == "p")


def test_each_published_hotspot_is_held_against_each_rule(analyse) -> None:
    """Bath is in the release and Atlantis is not: no row for it, and none is made up."""
    found = of_claim(analyse(PLACES, groups=GROUPS).findings, "published-hotspots")
    assert {"Bath"} == {area for area, _, _ in found}
    sides = [name for _, indicator, name in found if indicator == "claim-side" and "hotspot-by-rule" in name]
    assert 48 == len(sides)


def test_a_release_without_these_areas_says_so(analyse) -> None:
    rows = analyse(PLACES).findings.families["claims"]
    mine = rows[rows["variant"] == "published-hotspots.hotspot-by-rule"]
    assert {"missing"} == set(mine["status"])
    assert {"The release has no local areas that are known to belong to hotspots-2010."} == set(mine["reason"])


def test_growth_above_the_economy_lies_on_the_claims_side(analyse) -> None:
    """Creative jobs grew by 13 %, all jobs by 1 %; there is no interval to tell it by, as two areas tell no φ."""
    found = analyse(PLACES)
    key = ("Great Britain", "claim-statistic", "all", "2023")
    statistic = found.row(*key, other="2022", variant="faster-than-the-economy.growth-difference.jobs")
    assert statistic.value == pytest.approx(3400 / 3000 - 101 / 100)
    side = found.row("Great Britain", "claim-side", "all", "2023", other="2022", variant=statistic.variant)
    assert (None, "not-applicable") == (side.value, side.status)
    assert "The finding has no interval to tell a side by." == side.reason


def test_where_a_finding_is_missing_so_is_its_side(analyse) -> None:
    """There is no survey of innovation here."""
    row = analyse(PLACES).row(
        "United Kingdom",
        "claim-side",
        "all",
        "",
        other="all-industries",
        variant="more-innovative.innovation-difference.product-innovation",
    )
    assert (None, "missing") == (row.value, row.status)


def test_a_side_is_told_by_the_whole_interval() -> None:
    low, high = np.array([0.1, -0.1, -0.3]), np.array([0.3, 0.2, -0.1])
    assert [1.0, 0.0, -1.0] == side_of((low + high) / 2, low, high, 0.0).tolist()


def rows_of(findings: Findings, indicator: str, claim: str) -> pd.DataFrame:
    """The rows of one indicator that are about a claim."""
    rows = findings.rows(indicator)
    return rows[rows["variant"].astype(str).str.startswith(f"{claim}.")]


def test_growth_to_2007_cannot_be_told_from_later_years(analyse) -> None:
    """It has its row all the same, for the years that the claim is about."""
    found = analyse(PLACES)
    variant = "faster-in-the-decade-to-2007.growth-difference"
    for indicator in ("claim-statistic", "claim-side"):
        row = found.row("United Kingdom", indicator, "all", "2007", other="1997", variant=variant)
        assert (None, "missing") == (row.value, row.status)
        assert "growth from 1997 to 2007" in row.reason


def test_growth_to_2007_is_told_by_a_release_that_ends_in_2007(analyse) -> None:
    found = analyse(PLACES.replace("2022", "1997").replace("2023", "2007"))
    key = {"year": "2007", "other": "1997", "variant": "faster-in-the-decade-to-2007.growth-difference.jobs"}
    assert found.row("Great Britain", "claim-statistic", **key).value == pytest.approx(
        (3400 / 3000) ** 0.1 - (101 / 100) ** 0.1
    )


def test_what_lies_below_chance_has_no_line(analyse) -> None:
    """Cities of a group are never less than 0 apart: a line of 0 would say that they should be."""
    found = analyse(PLACES).findings
    assert rows_of(found, "claim-line", "north-and-midlands-alike").empty
    assert not rows_of(found, "claim-p", "north-and-midlands-alike").empty
    assert not rows_of(found, "claim-line", "south-more-diversified").empty


@pytest.mark.parametrize(("p", "side"), [(0.05, 1.0), (0.06, 0.0), (0.99, 0.0)])
def test_a_one_sided_p_value_speaks_of_the_claim_alone(p: float, side: float) -> None:
    alike = next(claim for claim in CLAIMS if claim.line is None)
    statistic, chance = (
        tidy(indicator, ["UK"], ["all"], [("2023", "north|south")], plain(value, all_ok(value.shape)), "employment")
        for indicator, value in (
            ("within-group-distance", np.full((1, 1, 1), 0.2)),
            ("within-group-distance-p", np.full((1, 1, 1), p)),
        )
    )
    found = {str(rows["indicator"].iloc[0]): rows for rows in sides(alike, statistic, chance)}
    assert [side] == found["claim-side"]["value"].tolist()
    assert {"claim-statistic", "claim-side", "claim-p"} == set(found)


def test_double_the_rate_is_told_by_the_interval_and_by_the_figures_as_published(analyse) -> None:
    """Twice in two windows: without an interval the first says nothing, the second says yes or no."""
    years = {"2022": "2018", "2023": "2023"}
    text = PLACES
    for old, new in years.items():
        text = text.replace(old, new)
    found = analyse(text)
    key = {"area": "Great Britain", "indicator": "claim-side", "year": "2023", "other": "2018"}
    assert "not-applicable" == found.row(**key, variant="double-the-rate.double-rate-window.jobs").status
    assert 1.0 == found.row(**key, variant="double-the-rate.double-rate-met.jobs").value
