"""Selection: draws from the posterior of local units, how often rules select a place in them, and its ranks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.analysis.rules import Measured, decide
from reportgen.analysis.selection import drawn, rank_interval, rank_tally, simulate
from reportgen.analysis.truth import Figures, Truth, condition
from reportgen.analysis.uncertainty import Posterior, gamma_poisson
from reportgen.settings import HotspotRule

AREAS, GROUPS = 40, 5
RULES = ("reportgen", "nesta2015", "creative-nation2018", "observatory")


@pytest.fixture(scope="module")
def posterior() -> Posterior:
    """Forty areas, four sub-sectors and the whole, with true quotients that differ."""
    random = np.random.default_rng(5)
    expected = random.lognormal(3.5, 1, (AREAS, GROUPS, 1))
    return gamma_poisson(random.poisson(expected * random.gamma(4, 0.25, expected.shape)).astype(float), expected)


def above_one(quotients: np.ndarray) -> Truth:
    """Whether the last group lies above 1."""
    return condition(quotients[:, -1:] > 1, Figures(quotients[:, -1:], np.zeros((len(quotients), 1, 1), np.int32)))


@pytest.mark.parametrize("chunk", [1, 7, 100, 1_000])
def test_how_draws_are_cut_changes_none_of_them(posterior: Posterior, chunk: int) -> None:
    whole = np.concatenate(list(drawn(posterior, 300, chunk=300)), axis=2)
    cut = list(drawn(posterior, 300, chunk))
    assert max(each.shape[2] for each in cut) <= chunk
    assert np.array_equal(whole, np.concatenate(cut, axis=2))


@pytest.mark.parametrize("chunk", [13, 250])
def test_results_are_the_same_run_to_run_and_chunk_to_chunk(posterior: Posterior, chunk: int) -> None:
    everyone = np.ones(AREAS, dtype=bool)
    once, again = (simulate(posterior, {"rule": above_one}, everyone, 500, each) for each in (100, chunk))
    assert np.array_equal(once.chosen["rule"].share, again.chosen["rule"].share)
    assert np.array_equal(once.low, again.low)
    assert np.array_equal(once.high, again.high)


def test_draws_lie_round_the_shrunken_quotient(posterior: Posterior) -> None:
    """Their mean and their quantiles are the posterior's, not those of the observed quotient."""
    draws = np.concatenate(list(drawn(posterior, 4_000, 500)), axis=2)
    assert draws.mean(axis=2, keepdims=True) == pytest.approx(posterior.mean, rel=0.06)
    inside = (draws > posterior.quantile(0.025)) & (draws < posterior.quantile(0.975))
    assert inside.mean() == pytest.approx(0.95, abs=0.005)


def test_a_rule_on_one_quotient_selects_as_often_as_the_posterior_says(posterior: Posterior) -> None:
    """The share of draws above 1 is P(LQ > 1), within what a thousand draws can tell."""
    found = simulate(posterior, {"rule": above_one}, np.ones(AREAS, dtype=bool)).chosen["rule"].share
    assert found == pytest.approx(posterior.above(1.0)[:, -1:], abs=0.06)


def test_every_rule_runs_in_draws_and_gives_probabilities(posterior: Posterior) -> None:
    """Applied anew in each draw, with its thresholds of that draw; sizes stay as observed."""
    known, everyone = np.zeros((AREAS, GROUPS, 1), np.int32), np.ones(AREAS, dtype=bool)
    size = Figures(posterior.shape, known)

    def rule(name: str):
        def apply(quotients: np.ndarray) -> Truth:
            quotient = Figures(quotients, known)
            asked = [Measured(quotient, size, Figures(quotients * 0.01, known), condition(quotients > 1, quotient))]
            return decide(name, asked, size, everyone, HotspotRule())

        return apply

    found = simulate(posterior, {name: rule(name) for name in RULES}, everyone)
    for name in RULES:
        share = found.chosen[name].share
        assert ((0 <= share) & (share <= 1)).all()
        assert 0 < share.max(), name


def test_rank_intervals_hold_the_rank_of_the_posterior_mean_in_nearly_all_cases(posterior: Posterior) -> None:
    found = simulate(posterior, {}, np.ones(AREAS, dtype=bool))
    mean = posterior.mean[:, -1, 0]
    rank = 1 + (mean[None, :] > mean[:, None]).sum(axis=1)
    inside = (found.low[:, 0, 0] <= rank) & (rank <= found.high[:, 0, 0])
    assert inside.mean() >= 0.95
    assert ((1 <= found.low) & (found.low <= found.high) & (found.high <= AREAS)).all()


def test_who_is_not_ranked_has_no_interval_and_takes_no_place(posterior: Posterior) -> None:
    ranked = np.arange(AREAS) >= 10
    found = simulate(posterior, {}, ranked)
    assert np.isnan(found.low[~ranked]).all()
    assert np.nanmax(found.high) <= AREAS - 10


def test_what_is_not_known_is_drawn_by_nobody(posterior: Posterior) -> None:
    """A gap gives NaN in every draw of its own, and no other."""
    gapped = Posterior(posterior.shape.copy(), posterior.rate.copy())
    gapped.shape[3, 1], gapped.rate[3, 1] = np.nan, np.nan
    draws = np.concatenate(list(drawn(gapped, 20)), axis=2)
    assert np.isnan(draws[3, 1]).all()
    assert 20 == np.isnan(draws).sum()


@given(st.integers(2, 12), st.integers(1, 30))
def test_in_every_draw_each_rank_is_taken_once(areas: int, draws: int) -> None:
    tally = rank_tally(np.random.default_rng(areas).random((areas, draws)))
    assert (tally.sum(axis=0) == draws).all()
    assert (tally.sum(axis=1) == draws).all()
    low, high = rank_interval(tally)
    assert (low <= high).all()
