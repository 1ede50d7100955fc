"""Spatial autocorrelation on lattices whose answer is plain, permutation tests, and false-discovery rates."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats

from reportgen.analysis.permutation import permutation_test
from reportgen.analysis.spatial import (
    Links,
    conditional_p,
    gearys_c,
    global_tests,
    local_moran,
    morans_i,
    with_neighbours,
)
from reportgen.analysis.uncertainty import benjamini_hochberg

SIDE = 8
P_VALUES = arrays.arrays(float, st.integers(1, 30), elements=st.floats(0, 1))


def lattice(side: int) -> Links:
    """Fields of a board that share an edge."""
    pairs = []
    for row in range(side):
        for column in range(side):
            for down, right in ((-1, 0), (0, -1), (0, 1), (1, 0)):
                if 0 <= row + down < side and 0 <= column + right < side:
                    pairs.append((row * side + column, (row + down) * side + column + right))
    return Links(*np.array(pairs, dtype=np.intp).T)


BOARD = lattice(SIDE)
CHECKERBOARD = (np.add.outer(np.arange(SIDE), np.arange(SIDE)) % 2).ravel().astype(float)
GRADIENT = np.add.outer(np.arange(SIDE), np.arange(SIDE)).ravel().astype(float)
FIELDS = arrays.arrays(float, SIDE * SIDE, elements=st.integers(0, 30).map(float)).filter(lambda x: np.ptp(x) > 0)


def test_a_checkerboard_is_as_unlike_as_can_be_and_a_gradient_is_alike() -> None:
    i, c = (of(np.stack([CHECKERBOARD, GRADIENT], axis=1), BOARD) for of in (morans_i, gearys_c))
    assert i[0] == pytest.approx(-1.0)
    assert i[1] > 0.8
    assert c[0] > 1.9
    assert c[1] < 0.2


@pytest.mark.parametrize("values", [CHECKERBOARD, GRADIENT], ids=["checkerboard", "gradient"])
def test_either_pattern_is_beyond_chance(values: np.ndarray) -> None:
    """Both sides count: 0.002 is the least p that 999 shufflings can give."""
    _, p_of_i, _, p_of_c = global_tests(values, BOARD, np.random.default_rng(1))
    assert [0.002, 0.002] == [p_of_i, p_of_c]


@given(FIELDS)
def test_local_statistics_add_up_to_the_global_one(values: np.ndarray) -> None:
    total = local_moran(values, BOARD).sum()
    assert total == pytest.approx((len(values) - 1) * morans_i(values[:, None], BOARD)[0], abs=1e-8)


@given(FIELDS, st.floats(0.01, 100), st.floats(-5, 5))
def test_a_measure_in_another_unit_changes_no_statistic(values: np.ndarray, factor: float, shift: float) -> None:
    for statistic in (morans_i, gearys_c):
        one, other = statistic(np.stack([values, values * factor + shift], axis=1), BOARD)
        assert other == pytest.approx(one, abs=1e-6)


@given(FIELDS)
def test_gearys_c_is_what_its_formula_says(values: np.ndarray) -> None:
    """It is computed by way of Moran's I."""
    weights, n = BOARD.weights(len(values)).toarray(), len(values)
    apart = (weights * np.subtract.outer(values, values) ** 2).sum()
    expected = (n - 1) * apart / (2 * n * ((values - values.mean()) ** 2).sum())
    assert gearys_c(values[:, None], BOARD)[0] == pytest.approx(expected, abs=1e-9)


@given(FIELDS)
def test_a_p_value_is_never_below_what_the_draws_can_tell(values: np.ndarray) -> None:
    tests = global_tests(values, BOARD, np.random.default_rng(2))
    assert ((tests[[1, 3]] >= 0.002) & (tests[[1, 3]] <= 1)).all()


def test_local_p_values_find_a_patch_and_little_else() -> None:
    """Nine high fields in the middle among noise; the one inside them stands out, few others do."""
    values = np.random.default_rng(3).normal(size=SIDE * SIDE)
    row, column = np.divmod(np.arange(SIDE * SIDE), SIDE)
    patch = (abs(row - 4) <= 1) & (abs(column - 4) <= 1)
    values[patch] += 4
    p = conditional_p(values, BOARD, np.random.default_rng(4))
    found = benjamini_hochberg(p) <= 0.05
    assert found[4 * SIDE + 4]
    assert found[~patch].sum() <= 3
    assert (p >= 2 / 10_000).all()


def test_local_p_values_are_even_where_there_is_no_pattern() -> None:
    """About one in ten is below 0.1, over 10 boards of noise."""
    rng = np.random.default_rng(5)
    p = np.concatenate([conditional_p(rng.normal(size=SIDE * SIDE), BOARD, rng) for _ in range(10)])
    assert 0.06 < (p <= 0.1).mean() < 0.14


def test_an_area_whose_only_neighbour_is_not_known_takes_no_part() -> None:
    """Nor does an island; the rest are numbered anew."""
    links = Links(np.array([0, 1, 2, 2, 3, 4]), np.array([1, 0, 3, 4, 2, 2]))  # a pair; a star of three; 5 is an island
    known = np.array([True, False, True, True, True, True])
    taken = with_neighbours(links, known)
    assert [False, False, True, True, True, False] == taken.tolist()
    among = links.among(taken)
    assert ([0, 0, 1, 2], [1, 2, 0, 0]) == (among.area.tolist(), among.neighbour.tolist())
    assert [1.0, 1.0, 1.0] == among.weights(3).sum(axis=1).tolist()


@given(P_VALUES)
@example(np.full(11, 0.44949106))  # times 11, divided by 11, it would be less in its last digit
def test_false_discovery_rates_are_no_smaller_than_p_and_keep_its_order(p: np.ndarray) -> None:
    q = benjamini_hochberg(p)
    assert ((q >= p) & (q <= 1)).all()
    assert (np.diff(q[np.argsort(p)]) >= 0).all()
    assert q == pytest.approx(stats.false_discovery_control(p, method="bh"), abs=1e-12)


def test_a_test_that_was_not_made_does_not_count_among_those_that_were() -> None:
    p = np.array([0.01, np.nan, 0.04])
    assert benjamini_hochberg(p) == pytest.approx([0.02, np.nan, 0.04], nan_ok=True)


def test_under_no_association_one_p_value_in_twenty_is_below_a_twentieth() -> None:
    """300 tests of noise against noise."""
    rng = np.random.default_rng(6)
    x = rng.normal(size=12)
    p = [permutation_test(lambda values: x @ values, rng.normal(size=12), rng)[1].item() for _ in range(300)]
    assert 0.02 < np.mean(np.array(p) <= 0.05) < 0.08
    assert min(p) >= 0.002
