"""Growth, from figures that others have published."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from reportgen.analysis.growth import compound_growth

# £ billion at current prices in 2010 and 2015, from DCMS, Sectors Economic Estimates 2016, table of GVA; with the rates
# a year that others have worked out from them, to a hundredth of a per cent.
CREATIVE, ECONOMY = (65.2, 87.3, 0.0601), (1414.6, 1661.1, 0.0326)


@pytest.mark.golden
@pytest.mark.parametrize(("first", "last", "rate"), [CREATIVE, ECONOMY], ids=["creative industries", "whole economy"])
def test_gross_value_added_grew_as_published(first: float, last: float, rate: float) -> None:
    found = compound_growth(np.array(first), np.array(last), np.array(5.0))
    assert rate == round(float(found), 4)


@pytest.mark.golden
def test_the_published_table_has_these_figures(shared_data: Path) -> None:
    """And its own growth over the five years, in per cent, is that of the rates, but for its rounding."""
    with (shared_data / "dcms_GVA_table.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["sector"]: row for row in csv.DictReader(file)}
    for sector, (first, last, rate) in (("Creative Industries", CREATIVE), ("UK", ECONOMY)):
        assert (first, last) == (float(rows[sector]["X2010"]), float(rows[sector]["X2015"]))
        assert float(rows[sector]["since_2010"]) == pytest.approx(100 * ((1 + rate) ** 5 - 1), abs=0.15)
