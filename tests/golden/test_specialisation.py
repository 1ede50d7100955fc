"""The effective number of sub-sectors of NUTS 2 areas in 2018, from real figures on jobs, as others worked it out."""

from __future__ import annotations

import pytest

from reportgen.analysis.findings import Findings


@pytest.mark.golden
@pytest.mark.parametrize(
    ("region", "pooled", "mean"), [("UKI", 6.4487, 5.5788), ("UKL", 6.5509, 6.4256)], ids=["London", "Wales"]
)
def test_a_region_pooled_is_more_diverse_than_its_parts_on_average(
    nuts2_findings: Findings, region: str, pooled: float, mean: float
) -> None:
    """London's NUTS 2 areas differ more from one another than those of Wales do."""
    whole, parts = (
        nuts2_findings.get(region, indicator, "all", "2018", variant="jobs").value
        for indicator in ("effective-sub-sectors", "effective-sub-sectors-mean")
    )
    assert (pooled, mean) == (round(whole, 4), round(parts, 4))
