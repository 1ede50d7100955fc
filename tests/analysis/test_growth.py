"""Growth: compound rates a year, how far chance moves them, and how they compare with the economy."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reportgen.analysis.changes import dispersion, ratio_interval
from reportgen.analysis.growth import compound_growth
from reportgen.release.model import Break

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
    """Growth to nothing is: all jobs are lost."""
    found = analyse(THREE_YEARS)
    assert (None, "not-applicable") == found("Bath", "creative-jobs-growth", "publishing", other="2020")
    assert "There are no jobs to grow from (Bath, 2020)." == found.why(
        "Bath", "creative-jobs-growth", "publishing", other="2020"
    )
    assert (-1.0, "ok") == found("Stoke", "creative-jobs-growth", "crafts", other="2020")


def test_too_few_changes_give_no_interval(analyse) -> None:
    """What chance does in a year is told from many changes of areas, or not at all; a made-up interval is none."""
    found = analyse(THREE_YEARS)
    row = found.row("Bath", "creative-jobs-growth", "crafts", other="2020")
    assert (None, None) == (row.low, row.high)
    assert "Only 0 yearly changes of jobs in local areas are known; a dispersion is told from 20 or more." == (
        found.why("Great Britain", "growth-dispersion", "crafts", other="2020", variant="jobs")
    )


def many_areas() -> str:
    """Great Britain and 24 towns over two years: crafts grow by a tenth in all, by 30 % or fall by 10 % in a town."""
    rows = ["year | area | crafts | rest", "2022 | Great Britain | 2400 | 24000", "2023 | Great Britain | 2640 | 24000"]
    for town in range(24):
        rows += [f"2022 | Town {town} | 100 | 1000", f"2023 | Town {town} | {130 if town % 2 else 90} | 1000"]
    return "\n".join([*rows, "2022 | Nowhere | 50 | 50", "2023 | Nowhere | 0 | 50"])


def test_the_interval_of_growth_is_that_of_its_dispersion(analyse) -> None:
    """φ is worked out by hand; towns have wide intervals, Great Britain a narrow one."""
    found = analyse(many_areas())
    squares = [20**2 / (130 + 110), 20**2 / (90 + 110)] * 12 + [55**2 / 55]
    phi = sum(squares) / 25
    assert (round(phi, 6), "ok") == found("Great Britain", "growth-dispersion", "crafts", other="2022", variant="jobs")
    reach = 1.96 * (phi * (1 / 100 + 1 / 130)) ** 0.5
    town = found.row("Town 1", "creative-jobs-growth", "crafts", other="2022")
    assert (1.3 * np.exp(-reach) - 1, 1.3 * np.exp(reach) - 1) == pytest.approx((town.low, town.high))
    whole = found.row("Great Britain", "creative-jobs-growth", "crafts", other="2022")
    assert town.low < whole.low < whole.value < whole.high < town.high


def test_where_nothing_is_left_the_interval_still_has_an_upper_end(analyse) -> None:
    """From nothing up to the rate at which a fall to nothing lies 1.96 standard errors away."""
    found = analyse(many_areas())
    phi = found.row("Great Britain", "growth-dispersion", "crafts", other="2022", variant="jobs").value
    lost = found.row("Nowhere", "creative-jobs-growth", "crafts", other="2022")
    assert (-1.0, -1.0, 1.96**2 * phi / 50 - 1) == pytest.approx((lost.value, lost.low, lost.high))


def test_local_units_grow_as_jobs_do(analyse) -> None:
    found = analyse(many_areas())
    assert found("Town 1", "creative-jobs-growth", "crafts", other="2022") == found(
        "Town 1", "creative-units-growth", "crafts", other="2022"
    )
    assert (0.027273, "ok") == found("Town 1", "units-growth", "", other="2022")


def test_growth_beyond_the_economy_has_an_interval_of_both(analyse) -> None:
    """Squares of the distances add up; here the economy of the town grew from 1,100 to 1,130 jobs."""
    found = analyse(many_areas())
    creative = found.row("Town 1", "creative-jobs-growth", "crafts", other="2022")
    economy = found.row("Town 1", "jobs-growth", "", other="2022")
    row = found.row("Town 1", "growth-difference", "crafts", other="2022", variant="jobs")
    assert row.value == pytest.approx(0.3 - 30 / 1100)
    below = ((creative.value - creative.low) ** 2 + (economy.high - economy.value) ** 2) ** 0.5
    assert row.low == pytest.approx(row.value - below)


GVA = """
2022 publishing 100
2023 publishing 121
2022 crafts 0
2023 crafts 10
2022 architecture 10
2023 architecture -3
2022 whole-economy 1000
2023 whole-economy 1050
"""


@pytest.fixture
def with_gva(release_of, analyse_it):
    """What is found where gross value added is known of three sub-sectors, which are all that the definitions have."""
    rows = [(int(year), sector, float(value)) for year, sector, value in map(str.split, GVA.strip().splitlines())]
    table = pd.DataFrame(rows, columns=["year", "sector", "gva_million"])
    release = release_of("""
        area          | crafts | architecture | publishing | rest
        Great Britain |     10 |           10 |         20 |  100
    """)
    return analyse_it(replace(release, gva=table))


def test_gross_value_added_grows_nominally_and_has_no_interval(with_gva) -> None:
    row = with_gva.row("United Kingdom", "gva-growth", "publishing", other="2022")
    assert (pytest.approx(0.21), None, None, "gva") == (row.value, row.low, row.high, row.source)
    assert (0.05, "ok") == with_gva("United Kingdom", "gva-growth", "", other="2022")
    assert (0.16, "ok") == with_gva("United Kingdom", "growth-difference", "publishing", other="2022", variant="gva")


def test_gross_value_added_of_nothing_or_less_has_no_rate(with_gva) -> None:
    why = {
        part: with_gva.why("United Kingdom", "gva-growth", part, other="2022") for part in ("crafts", "architecture")
    }
    assert "There is no gross value added to grow from (United Kingdom, 2022)." == why["crafts"]
    assert "Gross value added is below zero, so it has no rate of growth (2023)." == why["architecture"]


def test_without_a_table_of_gross_value_added_it_is_missing(analyse) -> None:
    found = analyse(THREE_YEARS)
    assert (None, "missing") == found("United Kingdom", "gva-growth", "all", other="2020")
    assert (None, "missing") == found("United Kingdom", "growth-difference", "all", other="2020", variant="gva")


def test_growth_across_a_break_is_of_low_reliability_and_says_why(release_of, analyse_it) -> None:
    """From 2020 it reaches across the new survey of 2022; from 2022 it does not. Local units did not break."""
    release = release_of(THREE_YEARS)
    broken = Break(2022, "The survey is a new one from 2022 on.", ("employment",))
    found = analyse_it(replace(release, info=replace(release.info, breaks=(broken,))))
    row = found.row("Bath", "creative-jobs-growth", "crafts", other="2020")
    assert ("low-reliability", "The survey is a new one from 2022 on.") == (row.status, row.reason)
    assert "ok" == found("Stoke", "creative-jobs-growth", "crafts", other="2022")[1]
    assert "ok" == found("Bath", "creative-units-growth", "crafts", other="2020")[1]


def test_a_dispersion_across_a_break_is_of_low_reliability_and_says_why(release_of, analyse_it) -> None:
    """Its intervals take in what the new survey moved; ten areas and two changes are enough to tell it."""
    years = ("2021", "2022", "2023")
    rows = [f"{year} | Place {n} | {10 + n} | 100" for year in years for n in range(10)]
    rows += [f"{year} | Great Britain | 145 | 1000" for year in years]
    release = release_of("year | area | crafts | rest\n" + "\n".join(rows))
    broken = Break(2022, "The survey is a new one from 2022 on.", ("employment",))
    found = analyse_it(replace(release, info=replace(release.info, breaks=(broken,))))
    row = found.row("Great Britain", "growth-dispersion", "crafts", other="2021", variant="jobs")
    assert ("low-reliability", broken.what) == (row.status, row.reason)
    assert "ok" == found("Great Britain", "growth-dispersion", "crafts", other="2021", variant="units")[1]


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


@given(POSITIVE, POSITIVE, st.floats(0, 50), YEARS)
def test_the_interval_holds_the_rate_and_narrows_with_size(first: float, last: float, phi: float, years: float) -> None:
    """On the logarithm it is even: the factor is the geometric mean of its bounds."""
    ends, k = (np.array(first), np.array(last)), np.array(years)
    low, high = ratio_interval(*ends, np.array(phi), k)
    assume(np.isfinite(high))
    assert low <= ends[1] / ends[0] * (1 + 1e-9)
    assert high >= ends[1] / ends[0] * (1 - 1e-9)
    assert np.log(low) + np.log(high) == pytest.approx(2 * np.log(last / first), abs=1e-6)
    bigger_low, bigger_high = ratio_interval(10 * ends[0], 10 * ends[1], np.array(phi), k)
    assert bigger_high / bigger_low <= high / low * (1 + 1e-9)


def test_growth_is_the_same_in_any_unit() -> None:
    """Thousands of jobs for jobs: rates stay, and so do their intervals, as φ carries the unit."""
    random = np.random.default_rng(20260101)
    count = random.poisson(100, (30, 2, 4)).astype(float)
    whole, gaps, k = count.sum(axis=0, keepdims=True), np.ones(3), np.array(3.0)
    phi, _ = dispersion(count, whole, gaps)
    scaled, _ = dispersion(count / 1000, whole / 1000, gaps)
    found = ratio_interval(count[..., :1], count[..., -1:], phi, k)
    again = ratio_interval(count[..., :1] / 1000, count[..., -1:] / 1000, scaled, k)
    np.testing.assert_allclose(found, again)


def test_the_interval_covers_what_the_model_says() -> None:
    """300 towns grow by 3 % a year, each year with variance 2φx; φ is estimated, and 95 % of intervals hold 3 %."""
    random = np.random.default_rng([20260101, 3])
    phi, years, growth, inside = 5.0, 5, 1.03, []
    for _ in range(20):
        count = np.empty((300, 1, years + 1))
        count[..., 0] = random.uniform(300, 5000, (300, 1))
        for year in range(years):
            expected = growth * count[..., year]
            count[..., year + 1] = random.gamma(expected / (2 * phi), 2 * phi)
        found, _ = dispersion(count, count.sum(axis=0, keepdims=True), np.ones(years))
        low, high = ratio_interval(count[..., 0], count[..., -1], found[..., 0], np.array(float(years)))
        inside.append((low <= growth**years) & (growth**years <= high))
    assert 0.93 <= np.mean(inside) <= 0.97
