"""Local units of many areas at once: posteriors, exact p-values, and which finds to believe."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from reportgen.analysis.uncertainty import TAIL, benjamini_hochberg, gamma_poisson

COUNTS = np.array([0.0, 5.0, 10.0, 60.0, 200.0])
EXPECTED = np.array([4.0, 10.0, 10.0, 30.0, 210.0])
P_VALUES = arrays(float, st.integers(1, 30), elements=st.one_of(st.floats(0, 1), st.just(np.nan)))


def test_a_posterior_lies_between_the_place_and_the_mean_of_all() -> None:
    found = gamma_poisson(COUNTS, EXPECTED).mean
    mean = COUNTS.sum() / EXPECTED.sum()
    own = COUNTS / EXPECTED
    assert (np.minimum(own, mean) <= found).all()
    assert (found <= np.maximum(own, mean)).all()


def test_rounding_widens_a_posterior_and_leaves_a_nought_alone() -> None:
    """Five cells of five are worth fewer events than one of 25, and their spread is not mistaken for that of places."""
    rounded = np.where(COUNTS > 0, 25 / 12 * np.array([0, 1, 2, 8, 8]), 0.0)
    exact, widened = gamma_poisson(COUNTS, EXPECTED), gamma_poisson(COUNTS, EXPECTED, variance=rounded)
    spread, wider = (of.quantile(1 - TAIL) - of.quantile(TAIL) for of in (exact, widened))
    assert (wider[1:] > spread[1:]).all()
    events = widened.shape - widened.shape[0]
    assert events[1:] == pytest.approx(COUNTS[1:] ** 2 / (COUNTS[1:] + rounded[1:]))
    assert widened.shape[0] > exact.shape[0]  # places lie nearer together than the rounded counts say


def test_no_rounding_is_the_plain_model() -> None:
    plain, told = gamma_poisson(COUNTS, EXPECTED), gamma_poisson(COUNTS, EXPECTED, variance=np.zeros(5))
    assert plain.shape.tolist() == told.shape.tolist()
    assert plain.rate.tolist() == told.rate.tolist()


@pytest.mark.parametrize("number", [1, 2, 3, 12])
def test_places_that_do_not_differ_count_once_together(number: int) -> None:
    """Fifty units expected in each: the posterior is as wide as that of all their units, and not narrower."""
    units = np.full(number, 50.0)
    found = gamma_poisson(units, units)
    assert found.mean == pytest.approx(np.ones(number), abs=0.011)
    assert found.shape == pytest.approx(units * number, abs=0.5)


def test_the_posterior_of_a_single_place_covers_what_it_says() -> None:
    """Its own count, drawn upon once: with the prior from this count too, it covers 83 %."""
    truth, expected = 1.6, 40.0
    draws = np.random.default_rng([5, 3, 3]).poisson(truth * expected, (1, 5_000)).astype(float)
    found = gamma_poisson(draws, np.full(draws.shape, expected))
    held = (found.quantile(TAIL) <= truth) & (truth <= found.quantile(1 - TAIL))
    assert 0.94 <= held.mean() <= 0.96


def test_a_place_that_is_not_known_changes_no_other() -> None:
    with_gap = gamma_poisson(np.append(COUNTS, np.nan), np.append(EXPECTED, 10.0), variance=np.append(COUNTS, np.nan))
    without = gamma_poisson(COUNTS, EXPECTED, variance=COUNTS)
    assert without.shape.tolist() == with_gap.shape[:-1].tolist()
    assert np.isnan(with_gap.shape[-1])


@given(P_VALUES)
def test_a_q_value_is_no_smaller_than_its_p_value_and_keeps_their_order(p: np.ndarray) -> None:
    q = benjamini_hochberg(p)
    known = ~np.isnan(p)
    assert np.isnan(q).tolist() == (~known).tolist()
    assert (q[known] >= p[known] * (1 - 1e-12)).all()
    assert (q[known] <= 1).all()
    assert (np.diff(q[known][np.argsort(p[known], kind="stable")]) >= 0).all()


@given(P_VALUES, st.floats(0.01, 0.99))
def test_what_is_called_is_what_the_step_up_rule_calls(p: np.ndarray, rate: float) -> None:
    """Find the largest i with p_(i) ≤ i·rate/m and call all up to it; where rounding alone decides, either is right."""
    known = np.sort(p[~np.isnan(p)])
    bounds = np.arange(1, len(known) + 1) * rate / max(len(known), 1)
    if (np.abs(known - bounds) < 1e-9).any():
        return
    passed = np.flatnonzero(known <= bounds)
    assert (passed[-1] + 1 if len(passed) else 0) == (benjamini_hochberg(p) <= rate).sum()


def test_q_values_do_not_depend_on_the_shape() -> None:
    p = np.array([[0.01, 0.04], [np.nan, 0.2]])
    assert np.array_equal(benjamini_hochberg(p).ravel(), benjamini_hochberg(p.ravel()), equal_nan=True)
