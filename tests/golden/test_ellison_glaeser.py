"""The worked example of the Ellison–Glaeser index: one industry in three regions, each establishment known."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.analysis.agglomeration import ellison_glaeser, null_variance, raw_concentration

ESTABLISHMENTS = ((200, 650, 12_000, 100, 50), (16_000, 13_000, 1_500, 1_500), (25_000,))  # jobs, by region
TOTALS = (500_000, 400_000, 100_000)  # jobs of all industries, by region


@pytest.mark.golden
def test_the_worked_example_comes_out() -> None:
    """G, H, γ and the variance of G where establishments are placed by chance."""
    jobs = np.array([sum(region) for region in ESTABLISHMENTS], dtype=float)
    share, whole = jobs / jobs.sum(), np.array(TOTALS) / sum(TOTALS)
    sizes = np.array([size for region in ESTABLISHMENTS for size in region]) / jobs.sum()
    herfindahl, fourth = ((sizes**power).sum(keepdims=True) for power in (2, 4))
    raw = raw_concentration(share, whole)
    assert 0.1681632653 == round(raw.item(), 10)
    assert 0.2446887755 == round(herfindahl.item(), 10)
    assert 0.05990628 == round(ellison_glaeser(raw, whole, herfindahl).item(), 8)
    assert 0.0179466289 == round(null_variance(whole, herfindahl, fourth).item(), 10)
