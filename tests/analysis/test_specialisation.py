"""Specialisation: shares of sub-sectors, how diverse they are, and how far from the national ones."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.analysis.cells import Cells
from reportgen.analysis.shape import all_ok
from reportgen.analysis.specialisation import (
    ENOUGH,
    Profiles,
    diversity_interval,
    effective_sub_sectors,
    group_mean,
    herfindahl,
    krugman,
)
from reportgen.analysis.uncertainty import Rounding

COUNTS = st.lists(st.integers(0, 100_000), min_size=2, max_size=9).filter(any)
TWO_PLACES = """
    area          | crafts | 5811 | rest  | all
    Bath          |     50 |   50 |   900 |  1000
    Stoke         |    100 |    0 |   900 |  1000
    Great Britain |    300 |  100 | 19600 | 20000
"""


def profile(*counts: float) -> np.ndarray:
    """One area's shares, 1 × sub-sectors × 1."""
    return (np.array(counts, dtype=float) / sum(counts))[None, :, None]


def test_two_equal_halves_count_as_two_sub_sectors(analyse) -> None:
    found = analyse(TWO_PLACES)
    assert (0.5, "ok") == found("Bath", "sub-sector-share", "crafts", variant="jobs")
    assert (2.0, "ok") == found("Bath", "effective-sub-sectors", variant="jobs")
    assert (0.5, "ok") == found("Bath", "herfindahl", variant="jobs")
    assert (1.0, "ok") == found("Stoke", "effective-sub-sectors", variant="units")
    assert (1.0, "ok") == found("Stoke", "herfindahl", variant="jobs")


def test_the_krugman_index_adds_up_differences_from_great_britain(analyse) -> None:
    """Great Britain has three quarters crafts: Bath's half is a quarter off on both sides."""
    found = analyse(TWO_PLACES)
    assert (0.5, "ok") == found("Bath", "krugman", variant="jobs")
    assert (0.5, "ok") == found("Stoke", "krugman", variant="jobs")
    assert (0.0, "ok") == found("Great Britain", "krugman", variant="jobs")


def test_a_region_has_its_own_figures_and_the_mean_of_its_parts(analyse) -> None:
    """Two places that each do one thing make a region that does two."""
    found = analyse(
        """
        area          | crafts | 5811 | all
        Bath          |    100 |    0 |  1000
        Stoke         |      0 |  100 |  1000
        South West    |    100 |  100 |  2000
        Great Britain |    100 |  100 |  2000
        """,
        parents={"Bath": "South West", "Stoke": "South West"},
    )
    assert (2.0, "ok") == found("South West", "effective-sub-sectors", variant="jobs")
    assert (1.0, "ok") == found("South West", "effective-sub-sectors-mean", variant="jobs")


def test_a_place_without_creative_jobs_has_no_profile_and_no_part_in_a_mean(analyse) -> None:
    found = analyse(
        """
        area          | crafts | 5811 | all
        Bath          |    100 |  100 |  1000
        Stoke         |      0 |    0 |  1000
        South West    |    100 |  100 |  2000
        Great Britain |    100 |  100 |  2000
        """,
        parents={"Bath": "South West", "Stoke": "South West"},
    )
    assert (None, "not-applicable") == found("Stoke", "effective-sub-sectors", variant="jobs")
    assert "There are no creative jobs whose sub-sectors could be told apart (Stoke, 2023)." == found.why(
        "Stoke", "sub-sector-share", "crafts", variant="jobs"
    )
    assert (2.0, "ok") == found("South West", "effective-sub-sectors-mean", variant="jobs")
    assert "No local area here has creative industries to take a mean of (London, 2023)." == found.why(
        "London", "effective-sub-sectors-mean", variant="jobs"
    )


def test_one_suppressed_sub_sector_suppresses_the_profile_and_the_mean(analyse) -> None:
    """Without it the whole is not known, so that no share of it is either."""
    found = analyse(
        """
        area          | crafts | 5811 | all
        Bath          |    100 |  100 |  1000
        Stoke         |    [c] |   10 |  1000
        South West    |    120 |  110 |  2000
        Great Britain |    120 |  110 |  2000
        """,
        parents={"Bath": "South West", "Stoke": "South West"},
    )
    for indicator in ("effective-sub-sectors", "herfindahl", "krugman"):
        assert (None, "suppressed") == found("Stoke", indicator, variant="jobs")
    assert (None, "suppressed") == found("Stoke", "sub-sector-share", "publishing", variant="jobs")
    assert (None, "suppressed") == found("South West", "effective-sub-sectors-mean", variant="jobs")
    assert (
        "Creative jobs are suppressed for Stoke, 1 of the 2 areas that the mean is taken over (South West, 2023)."
        == found.why("South West", "effective-sub-sectors-mean", variant="jobs")
    )
    assert (2.0, "ok") == found("Bath", "effective-sub-sectors", variant="jobs")


def test_only_the_latest_year_is_told(analyse) -> None:
    found = analyse("""
        year | area          | crafts | 5811 | all
        2022 | Great Britain |    100 |  100 | 2000
        2023 | Great Britain |    100 |  100 | 2000
    """)
    assert {"2023"} == set(found.findings.rows("herfindahl")["year"])


def test_few_establishments_have_no_interval(analyse) -> None:
    """Of local units 20 are worth too little, and 20,000 enough; chance alone would specialise the few."""
    found = analyse("""
        area          | crafts |   5811 | all
        Bath          |     10 |     10 |    1000
        Stoke         |  10000 |  10000 |  100000
        Great Britain | 200000 | 200000 | 9000000
    """)
    few = found.row("Bath", "effective-sub-sectors", variant="units")
    many = found.row("Stoke", "herfindahl", variant="units")
    assert (2.0, None, None) == (round(few.value, 6), few.low, few.high)
    assert 0.5 == many.low == many.value < many.high < 0.501


@given(COUNTS)
def test_the_effective_number_lies_between_one_and_what_is_there(counts: list[int]) -> None:
    """And is at least 1/H, as entropy counts small shares for more."""
    share = profile(*counts)
    found = effective_sub_sectors(share).item()
    assert 1 - 1e-9 <= found <= np.count_nonzero(counts) + 1e-9
    assert 1 / herfindahl(share).item() <= found * (1 + 1e-9)


@given(COUNTS, st.integers(2, 1_000))
def test_the_size_of_an_area_does_not_matter(counts: list[int], times: int) -> None:
    one, other = profile(*counts), profile(*(count * times for count in counts))
    for measure in (herfindahl, effective_sub_sectors):
        assert measure(one).item() == pytest.approx(measure(other).item())


@given(COUNTS, st.randoms(use_true_random=False))
def test_the_order_of_sub_sectors_does_not_matter(counts: list[int], random) -> None:
    mixed = random.sample(counts, len(counts))
    for measure in (herfindahl, effective_sub_sectors):
        assert measure(profile(*counts)).item() == pytest.approx(measure(profile(*mixed)).item())


@given(COUNTS, st.integers(2, 10))
def test_identical_areas_pooled_are_as_diverse_as_each(counts: list[int], number: int) -> None:
    """Pooled and mean agree where parts are alike; else the pooled region is the more diverse."""
    one = effective_sub_sectors(profile(*counts))
    pooled = effective_sub_sectors(profile(*(count * number for count in counts)))
    mean = group_mean(np.repeat(one, number, axis=0), np.ones((1, number), dtype=bool))
    assert pooled.item() == pytest.approx(one.item())
    assert mean.item() == pytest.approx(one.item())


@given(COUNTS.flatmap(lambda one: st.tuples(st.just(one), st.permutations(one))))
def test_the_krugman_index_goes_both_ways_and_up_to_two(pair) -> None:
    one, other = (profile(*counts) for counts in pair)
    assert 0 <= krugman(one, other).item() <= 2 + 1e-9
    assert krugman(one, other).item() == pytest.approx(krugman(other, one).item())
    assert 0 == krugman(one, one).item()


def profiles_of(counts: np.ndarray, lump: float) -> Profiles:
    """Areas whose jobs come in lumps of one size, unrounded."""
    value = counts[..., None]
    names = tuple(map(str, range(len(counts))))
    groups = tuple(f"sub-sector-{at}" for at in range(counts.shape[1]))
    exact = Rounding(np.zeros(value.shape), np.zeros(value.shape))
    standing = all_ok(value.shape)
    cells = Cells("employment", names, names, groups, ("2023",), (), value, exact, value, value, standing)
    return Profiles(cells, value / value.sum(axis=1, keepdims=True), value * lump, all_ok((len(counts), 1, 1)))


@pytest.mark.parametrize("establishments", [1.2 * ENOUGH, 4 * ENOUGH])
@pytest.mark.parametrize(
    "true",
    [[0.32, 0.18, 0.14, 0.12, 0.08, 0.06, 0.05, 0.03, 0.02], [1 / 9] * 9, [0.6, 0.2, 0.1, 0.05, 0.03, 0.02]],
    ids=["uneven", "even", "steep"],
)
def test_the_interval_covers_where_it_is_given(true: list[float], establishments: float) -> None:
    """Jobs in lumps of 40, drawn 4,000 times; where all shares are equal, the interval is wider than it need be."""
    lump, wanted = 40.0, profile(*true)
    drawn = np.random.default_rng(20260101).poisson(np.array(true) * establishments, size=(4_000, len(true))) * lump
    found = diversity_interval(profiles_of(drawn, lump))
    for numbers, measure in zip(found, (effective_sub_sectors, herfindahl), strict=True):
        known = ~np.isnan(numbers.low)
        inside = (numbers.low <= measure(wanted) + 1e-12) & (measure(wanted) - 1e-12 <= numbers.high)
        assert known.mean() > 0.9
        assert inside[known].mean() >= 0.91
        if len(set(true)) > 1:
            assert inside[known].mean() <= 0.97
