"""Correlations over areas: their bounds, their ranks, their intervals, and areas without a figure."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats

from reportgen.analysis.correlations import LEAST, area_bootstrap, correlate, mid_ranks, over_areas, pearson, spearman
from reportgen.analysis.shape import LOW_RELIABILITY, MISSING, NOT_APPLICABLE, OK, SUPPRESSED

BOTH = pytest.mark.parametrize("how", [pearson, spearman])
TABLES = arrays.arrays(
    float, st.tuples(st.integers(LEAST, 25), st.just(3)), elements=st.integers(0, 40).map(lambda whole: whole / 8)
)
ALL_PAIRS = [(one, other) for one in range(3) for other in range(3)]


def square(values: np.ndarray, how) -> np.ndarray:
    """Each column with each."""
    return correlate(values, ALL_PAIRS, np.ones((len(values), 1)), how).reshape(3, 3)


@BOTH
@given(values=TABLES)
def test_a_matrix_is_symmetric_with_ones_on_its_diagonal(how, values: np.ndarray) -> None:
    """But for columns that are the same everywhere, which correlate with nothing."""
    found = square(values, how)
    varies = np.ptp(values, axis=0) > 0
    assert np.array_equal(found, found.T, equal_nan=True)
    assert np.diag(found)[varies] == pytest.approx(1.0)
    assert np.array_equal(~np.isnan(found), varies[:, None] & varies)
    assert (np.abs(found[~np.isnan(found)]) <= 1).all()


@BOTH
@given(values=TABLES, factor=st.floats(0.001, 1000), shift=st.floats(-10, 10))
def test_a_measure_in_another_unit_changes_nothing(how, values: np.ndarray, factor: float, shift: float) -> None:
    found, scaled = square(values, how), square(values * factor + shift, how)
    assert scaled == pytest.approx(found, abs=1e-6, nan_ok=True)


@given(
    st.lists(st.integers(0, 5), min_size=2, max_size=12).flatmap(
        lambda values: st.tuples(
            st.just(values), st.lists(st.integers(1, 3), min_size=len(values), max_size=len(values))
        )
    )
)
def test_an_area_that_counts_twice_is_ranked_as_two_areas(drawn: tuple[list[int], list[int]]) -> None:
    values, times = map(np.array, drawn)
    ranks = mid_ranks(values.astype(float), times[:, None].astype(float))[:, 0]
    assert stats.rankdata(np.repeat(values, times)).tolist() == np.repeat(ranks, times).tolist()


@BOTH
def test_an_interval_lies_around_its_value(how) -> None:
    """And is narrower the more areas there are."""
    rng = np.random.default_rng(1)
    widths = []
    for areas in (30, 300):
        one = rng.normal(size=areas)
        values = np.stack([one, one + rng.normal(size=areas)], axis=1)
        value = correlate(values, [(0, 1)], np.ones((areas, 1)), how)[0, 0]
        (low,), (high,) = area_bootstrap(values, [(0, 1)], how)
        assert -1 <= low < value < high <= 1
        widths.append(high - low)
    assert widths[1] < widths[0] / 2


@BOTH
def test_nine_intervals_in_ten_or_more_hold_the_true_value(how) -> None:
    """Over 100 tables of 60 independent areas from a normal distribution with correlation 0.6."""
    rng = np.random.default_rng(2)
    true = 0.6 if how is pearson else 6 / np.pi * np.arcsin(0.6 / 2)
    held = 0
    for _ in range(100):
        values = rng.multivariate_normal([0, 0], [[1, 0.6], [0.6, 1]], size=60)
        (low,), (high,) = area_bootstrap(values, [(0, 1)], how)
        held += low <= true <= high
    assert held >= 90


@BOTH
def test_an_area_without_a_figure_takes_no_part(how) -> None:
    """It is not a nought: the correlation is that of the others."""
    values = np.random.default_rng(3).normal(size=(20, 2))
    with_hole = np.concatenate([values, [[np.nan, 5.0], [0.0, np.nan]]])
    found = [correlate(each, [(0, 1)], np.ones((len(each), 1)), how).item() for each in (values, with_hole)]
    assert found[0] == found[1]


@BOTH
def test_the_same_table_has_the_same_interval(how) -> None:
    values = np.random.default_rng(4).normal(size=(20, 2))
    first, again = (area_bootstrap(values, [(0, 1)], how) for _ in range(2))
    assert np.array_equal(first, again)


SEVERAL_THREADS = """
import numpy as np
from reportgen.analysis.correlations import area_bootstrap, pearson
values = np.random.default_rng(7).lognormal(size=(228, 14))
pairs = [(one, other) for one in range(14) for other in range(14)]
print(np.array(area_bootstrap(values, pairs, pearson)).tobytes().hex())
"""


def test_the_last_digits_do_not_hang_on_the_number_of_threads() -> None:
    """The same bytes on every machine."""
    one, two = (
        subprocess.run(
            [sys.executable, "-c", SEVERAL_THREADS],
            env={**os.environ, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads},
            capture_output=True,
            check=True,
        ).stdout
        for threads in ("1", "2")
    )
    assert one == two


@pytest.mark.parametrize(
    ("value", "states", "expected"),
    [
        (0.5, [OK] * 12, (OK, "")),
        (
            0.5,
            [LOW_RELIABILITY, *[OK] * 11],
            (LOW_RELIABILITY, "Of the 12 areas that this rests on, 1 has a figure of low reliability."),
        ),
        (0.5, [SUPPRESSED, *[OK] * 11], (OK, "")),  # left out, counted elsewhere
        (
            np.nan,
            [SUPPRESSED, MISSING, *[OK] * 9],
            (SUPPRESSED, "Areas that have the figures that this rests on: 9 of 11; fewer than 10 tell nothing."),
        ),
        (
            np.nan,
            [OK] * 9,
            (NOT_APPLICABLE, "Areas that have the figures that this rests on: 9 of 9; fewer than 10 tell nothing."),
        ),
        (
            np.nan,
            [OK] * 10,
            (
                NOT_APPLICABLE,
                "A figure that this rests on is the same in all 10 areas, so that nothing can go with it.",
            ),
        ),
    ],
)
def test_what_stands_in_the_way_is_told(value: float, states: list[int], expected: tuple[int, str]) -> None:
    numbers = np.array(states, dtype=np.int8)
    assert expected == over_areas(value, numbers <= LOW_RELIABILITY, numbers)
