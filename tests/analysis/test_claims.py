"""Claims: what earlier work said, and on which side of its line the findings of a release lie."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from reportgen.analysis.claims import CLAIMS, side_of
from reportgen.analysis.findings import BY_ID, FAMILY, Findings
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
        variant="more-innovative.innovation-ratio.product-innovation",
    )
    assert (None, "missing") == (row.value, row.status)


def test_a_side_is_told_by_the_whole_interval() -> None:
    low, high = np.array([0.1, -0.1, -0.3]), np.array([0.3, 0.2, -0.1])
    assert [1.0, 0.0, -1.0] == side_of((low + high) / 2, low, high, 0.0).tolist()
