"""Growth: compound rates a year and what rounding does to them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.analysis.growth import compound_growth, growth_interval

THREE_YEARS = """
    year | area  | crafts | 5811 | rest
    2020 | Bath  |    100 |    0 |  900
    2022 | Bath  |    [c] |   50 |  900
    2023 | Bath  |    200 |    0 |  900
    2020 | Stoke |     50 |   50 |  500
    2022 | Stoke |     50 |   50 |  500
    2023 | Stoke |      0 |    - |  500
"""


def test_growth_runs_from_each_earlier_year_to_the_latest(analyse) -> None:
    """Jobs that double in three years grow by a quarter a year, compounded: 2^(1/3) − 1."""
    found = analyse(THREE_YEARS)
    assert (round(2 ** (1 / 3) - 1, 6), "ok") == found("Bath", "creative-jobs-growth", "crafts", other="2020")
    assert (round((1100 / 1000) ** (1 / 3) - 1, 6), "ok") == found("Bath", "jobs-growth", "", other="2020")
    years = found.findings.rows("creative-jobs-growth", area="Bath", sub_sector="crafts")
    assert [("2023", "2020"), ("2023", "2022")] == list(zip(years["year"], years["other"], strict=True))


def test_an_end_that_is_not_known_leaves_growth_unknown(analyse) -> None:
    found = analyse(THREE_YEARS)
    assert (None, "suppressed") == found("Bath", "creative-jobs-growth", "crafts", other="2022")
    assert (None, "missing") == found("Stoke", "creative-jobs-growth", "publishing", other="2020")
    assert "(Bath, 2022)" in found.why("Bath", "creative-jobs-growth", "crafts", other="2022")
    assert "(Stoke, 2023)" in found.why("Stoke", "creative-jobs-growth", "publishing", other="2020")


def test_growth_from_nothing_is_not_applicable(analyse) -> None:
    """Growth to nothing is: all jobs are lost, and a zero has no rounding to blur that."""
    found = analyse(THREE_YEARS)
    assert (None, "not-applicable") == found("Bath", "creative-jobs-growth", "publishing", other="2020")
    assert "There are no jobs to grow from (Bath, 2020)." == found.why(
        "Bath", "creative-jobs-growth", "publishing", other="2020"
    )
    lost = found.row("Stoke", "creative-jobs-growth", "crafts", other="2020")
    assert (-1.0, -1.0, -1.0, "ok") == (lost.value, lost.low, lost.high, lost.status)


def test_one_year_has_no_growth(analyse) -> None:
    found = analyse("""
        area | crafts | rest
        Bath |     10 |  100
    """)
    rows = found.findings.families["growth"]
    rows = rows[(rows["area"] == "Bath") & (rows["sub_sector"] == "crafts")]
    assert {"not-applicable"} == set(rows["status"])
    assert rows["value"].isna().all()
    assert "no change can be told" in rows["reason"].iloc[0]


POSITIVE = st.floats(1, 1e6)
YEARS = st.integers(1, 20).map(float)


@given(POSITIVE, st.floats(-0.5, 1.0), YEARS)
def test_a_rate_compounded_gives_the_end(first: float, rate: float, years: float) -> None:
    last = first * (1 + rate) ** years
    assert rate == pytest.approx(float(compound_growth(np.array(first), np.array(last), np.array(years))), abs=1e-9)


@given(POSITIVE, POSITIVE, st.floats(0, 0.3), st.floats(0, 0.3), YEARS)
def test_the_interval_holds_the_rate_and_shrinks_with_time(
    first: float, last: float, first_error: float, last_error: float, years: float
) -> None:
    """On the logarithm it is even: the factor of the rate is the geometric mean of its bounds'."""
    ends, errors = (np.array(first), np.array(last)), (np.array(first_error), np.array(last_error))
    variances = [(end * error) ** 2 for end, error in zip(ends, errors, strict=True)]
    rate = 1 + compound_growth(*ends, np.array(years))
    low, high = (1 + bound for bound in growth_interval(*ends, *variances, np.array(years)))
    later_low, later_high = (1 + bound for bound in growth_interval(*ends, *variances, np.array(2 * years)))
    assert low * (1 - 1e-9) <= rate <= high * (1 + 1e-9)
    assert float(low * high) == pytest.approx(float(rate**2))
    assert later_high / later_low <= high / low * (1 + 1e-9)


def test_the_interval_agrees_with_a_simulation_of_rounding() -> None:
    """True values spread evenly over what rounds to 2,000 (step 250) and 3,000 (step 500): 95 % of rates inside."""
    draws = np.random.default_rng(20260101).uniform(-0.5, 0.5, size=(2, 100_000))
    first, last, years = np.array(2000.0), np.array(3000.0), np.array(4.0)
    rates = compound_growth(first + 250 * draws[0], last + 500 * draws[1], years)
    low, high = growth_interval(first, last, np.array(250**2 / 12), np.array(500**2 / 12), years)
    assert 0.95 <= ((rates >= low) & (rates <= high)).mean() <= 1.0
