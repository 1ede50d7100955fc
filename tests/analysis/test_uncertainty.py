"""Uncertainty: what rounding alone does to a number."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.analysis.uncertainty import Rounding, rounding, rounding_interval, rounding_step

BRACKETS = [
    (1, 49, 5),
    (50, 249, 25),
    (250, 499, 50),
    (500, 999, 100),
    (1_000, 2_499, 250),
    (2_500, 4_999, 500),
    (5_000, 4_000_000, 1_000),
]


@pytest.mark.parametrize(("first", "last", "step"), BRACKETS)
def test_jobs_lie_on_a_lattice_that_widens(first: int, last: int, step: int) -> None:
    """The published rounding of jobs: the bigger the number, the wider the step, at both ends of a bracket."""
    assert [step, step] == rounding_step(np.array([first, last], dtype=float), "employment").tolist()


def test_local_units_are_rounded_to_five() -> None:
    assert [0.0, 5.0, 5.0, 5.0] == rounding_step(np.array([0.0, 5.0, 750.0, 3e6]), "businesses").tolist()


def test_what_is_not_known_has_no_step_and_a_zero_no_width() -> None:
    """NaN is not a big number, and a published zero is not rounded away from anything."""
    step = rounding_step(np.array([np.nan, 0.0]), "employment")
    assert np.isnan(step[0])
    assert 0.0 == step[1]


@pytest.mark.parametrize(("first", "last", "step"), BRACKETS)
def test_variance_is_that_of_the_values_that_round_to_a_number(first: int, last: int, step: int) -> None:
    """All true values within half a step are alike; their variance is the one that is added."""
    alike = np.linspace(-step / 2, step / 2, 100_001)
    found = rounding(np.array([float(first + step)]), "employment")
    assert found.variance[0] == pytest.approx(alike.var(), rel=1e-3)
    assert 0.0 == found.shift[0]


@given(st.floats(0, 1e7), st.floats(0, 1e8), st.floats(0, 1e3))
def test_an_interval_holds_its_number_and_nothing_below_zero(value: float, variance: float, shift: float) -> None:
    low, high = rounding_interval(np.array([value]), Rounding(np.array([variance]), np.array([shift])))
    assert 0 <= low[0] <= value <= high[0]
