"""Resilience: the largest sub-sector of an area, and how diverse the area is beside others of its level."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from reportgen.analysis.resilience import order, to_median
from reportgen.analysis.shape import Numbers, all_ok
from tests.analysis.conftest import Found

TOWNS = """
    area          | crafts | architecture | 5811 |   all
    Great Britain |   9000 |         9000 | 9000 | 90000
    London        |   3000 |         3000 | 3000 | 30000
    Bath          |   2000 |         1000 | 1000 |  9000
    Stoke         |      0 |            0 | 4000 |  9000
    Leeds         |   1000 |         1000 | 1000 |  9000
    Hull          |    [c] |         1000 | 1000 |  9000
    Ely           |      0 |            0 |    0 |  9000
"""


@pytest.fixture(scope="module")
def found(analyse) -> Found:
    return analyse(TOWNS)


def test_the_largest_sub_sector_is_named_by_its_rank(found: Found) -> None:
    """Of three that are alike each is the first."""
    ranks = {
        town: [
            found(town, "largest-sub-sector", part, variant="jobs")[0]
            for part in ("crafts", "architecture", "publishing")
        ]
        for town in ("Bath", "Stoke", "Leeds")
    }
    assert {"Bath": [1.0, 2.0, 2.0], "Stoke": [2.0, 2.0, 1.0], "Leeds": [1.0, 1.0, 1.0]} == ranks


def test_its_share_is_that_of_the_sub_sector_with_its_interval(found: Found) -> None:
    one, other = (
        found.row("Bath", "largest-sub-sector-share", variant="jobs"),
        found.row("Bath", "sub-sector-share", "crafts", variant="jobs"),
    )
    assert (0.5, one.low, one.high) == (one.value, other.low, other.high)
    assert (1.0, "ok") == found("Stoke", "largest-sub-sector-share", variant="jobs")


def test_diversity_is_held_against_the_middle_area_of_the_level(found: Found) -> None:
    """Bath has 2.83 effective sub-sectors, Stoke 1 and Leeds 3; Hull and Ely have no number."""
    bath = 2**1.5
    assert (1.0, "ok") == found("Bath", "effective-sub-sectors-ratio", variant="jobs")
    assert (round(1 / bath, 6), "ok") == found("Stoke", "effective-sub-sectors-ratio", variant="jobs")
    assert (round(3 / bath, 6), "ok") == found("Leeds", "effective-sub-sectors-ratio", variant="jobs")


def test_what_is_not_known_of_one_sub_sector_is_not_known_of_the_largest(found: Found) -> None:
    for indicator in ("largest-sub-sector-share", "effective-sub-sectors-ratio"):
        assert (None, "suppressed") == found("Hull", indicator, variant="jobs")
        assert (None, "not-applicable") == found("Ely", indicator, variant="jobs")


def test_a_whole_and_a_level_of_two_areas_have_no_middle_area(found: Found, analyse) -> None:
    assert (None, "not-applicable") == found("Great Britain", "effective-sub-sectors-ratio", variant="jobs")
    assert (None, "not-applicable") == found("London", "effective-sub-sectors-ratio", variant="jobs")
    assert "Fewer than 3 areas of its level have the figure that it is held against (London, 2023)." == found.why(
        "London", "effective-sub-sectors-ratio", variant="jobs"
    )


SHARES = arrays(float, st.tuples(st.integers(1, 4), st.integers(1, 5), st.just(1)), elements=st.integers(0, 20))


@given(SHARES)
def test_ranks_are_those_of_a_list_in_falling_order(counts: np.ndarray) -> None:
    for row, ranks in zip(counts[:, :, 0].tolist(), order(counts)[:, :, 0].tolist(), strict=True):
        falling = sorted(row, reverse=True)
        assert [falling.index(value) + 1 for value in row] == ranks


@given(
    st.lists(st.tuples(st.floats(1, 9), st.sampled_from(["town", "county"])), min_size=1, max_size=9),
    st.floats(0.5, 2.0),
)
def test_half_of_a_level_lies_on_either_side_of_its_median(areas: list[tuple[float, str]], scale: float) -> None:
    """And all ratios are the same when every number is so many times as large."""
    value, levels = (
        np.array([each for each, _ in areas])[:, None, None],
        np.array([level for _, level in areas], object),
    )
    numbers = Numbers(value, value, value, all_ok(value.shape))
    found, number = to_median(numbers, levels)
    for level in set(levels):
        ratios = found.value[levels == level].ravel()
        assert (number[levels == level] == len(ratios)).all()
        assert 2 * (ratios < 1 - 1e-9).sum() <= len(ratios)
        assert 2 * (ratios > 1 + 1e-9).sum() <= len(ratios)
    more = Numbers(value * scale, value * scale, value * scale, numbers.standing)
    assert np.allclose(found.value, to_median(more, levels)[0].value)
