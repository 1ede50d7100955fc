"""
What the intervals promise, kept in worlds whose truth is known (tools/simulate): on data from the models, and on
lumpy, rounded data as an office would publish them. What is not kept is marked here and told in docs/methods.md.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from reportgen.analysis.uncertainty import TAIL, gamma_poisson

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import write_methods  # noqa: E402
from simulate import coverage  # noqa: E402
from simulate.coverage import BINOMIAL, FIFTHS, NULL, OURS, QUOTIENTS, RANKS, UNITS  # noqa: E402
from simulate.worlds import Country, country, draw  # noqa: E402

pytestmark = pytest.mark.slow

BANDS = {"assumed": (0.93, 0.97), "lumpy": (0.92, 0.98)}
LEAST = 0.90  # of each class
SHRUNKEN = "the posterior is drawn towards the mean of all areas: too low for those far above it"
NOT_KEPT = {
    ("assumed", UNITS, "true LQ over 2"): f"covers 89 %: {SHRUNKEN}",
    ("lumpy", UNITS, "true LQ over 2"): f"covers 84 %: {SHRUNKEN}",
}
Shares = Mapping[tuple[str, str], Mapping[str, float]]


def promised() -> list[object]:
    """World, method and class of each promise, those not kept with the reason."""
    keys = [(world, method, name) for world in BANDS for method in (OURS, UNITS) for name in (*FIFTHS, *QUOTIENTS)]
    marks = {key: [pytest.mark.xfail(reason=reason, strict=True)] for key, reason in NOT_KEPT.items()}
    return [pytest.param(*key, marks=marks.get(key, ()), id=" · ".join(key)) for key in keys]


@pytest.fixture(scope="module")
def simulated() -> Country:
    return country()


@pytest.fixture(scope="module")
def measured(simulated: Country) -> dict[str, coverage.Coverage]:
    return {world: coverage.measure(world, simulated) for world in coverage.WORLDS}


@pytest.fixture(scope="module")
def shares(measured: dict[str, coverage.Coverage]) -> Shares:
    """World and method → class → the share of intervals that hold the truth."""
    return {(world, method): of.shares(method) for world, of in measured.items() for method in coverage.METHODS}


@pytest.fixture(scope="module")
def false(simulated: Country) -> dict[str, float]:
    return coverage.false_finds(simulated)


@pytest.mark.parametrize("world", BANDS)
@pytest.mark.parametrize("method", [OURS, UNITS])
def test_all_intervals_together_cover_what_they_say(shares: Shares, world: str, method: str) -> None:
    least, most = BANDS[world]
    assert least <= shares[world, method]["all"] <= most


@pytest.mark.parametrize(("world", "method", "name"), promised())
def test_no_class_of_area_size_or_true_quotient_is_left_out(shares: Shares, world: str, method: str, name: str) -> None:
    assert shares[world, method][name] >= LEAST


@pytest.mark.parametrize("world", BANDS)
def test_rank_intervals_hold_the_true_rank(shares: Shares, world: str) -> None:
    assert shares[world, RANKS]["all"] >= LEAST


@pytest.mark.parametrize("world", BANDS)
def test_the_intervals_that_were_not_taken_fail(shares: Shares, world: str) -> None:
    """Jobs taken as independent cover next to nothing, and the interval of the test of LQ = 1 fails hotspots."""
    assert shares[world, BINOMIAL]["all"] < 0.3
    assert shares[world, NULL]["true LQ over 2"] < LEAST


@pytest.mark.parametrize("world", BANDS)
def test_the_posterior_understates_what_is_far_out_and_does_not_make_it_up(simulated: Country, world: str) -> None:
    """Where the true quotient is over 2 and an interval of units misses it, nearly every one lies below it."""
    rng = np.random.default_rng([1, list(BANDS).index(world)])
    below = above = 0
    for _ in range(20):
        drawn = draw(coverage.WORLDS[world], simulated, rng)
        posterior = gamma_poisson(drawn.units.T, drawn.expected.T, variance=drawn.units_variance.T)
        truth = drawn.units_quotient.T
        below += int(((truth > 2) & (posterior.quantile(1 - TAIL) < truth)).sum())
        above += int(((truth > 2) & (posterior.quantile(TAIL) > truth)).sum())
    assert below > 10 * above > 0


def test_finds_are_seldom_false(false: dict[str, float]) -> None:
    """At q = 5 %, 70 % of the areas being as the whole: exact p-values of units and Benjamini and Hochberg."""
    assert 0 < false[UNITS] <= 0.06


def test_a_normal_z_on_jobs_would_find_what_is_not_there(false: dict[str, float]) -> None:
    assert false[OURS] > 0.1


def test_the_page_shows_the_tables_of_this_simulation(
    measured: dict[str, coverage.Coverage], false: dict[str, float]
) -> None:
    """Write them anew with: make coverage."""
    assert coverage.as_text(measured, false) == write_methods.block(
        write_methods.PAGE.read_text(encoding="utf-8"), "coverage"
    )
