"""Evidence: shrunken quotients, exact tests, many tests at once, and what jobs and local units say together."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats

from reportgen.analysis.evidence import concentrated, upper_tail
from reportgen.analysis.shape import LOW_RELIABILITY, MISSING, OK, SUPPRESSED, Numbers, Standing, plain
from reportgen.analysis.uncertainty import benjamini_hochberg
from reportgen.settings import HotspotRule, Settings

P = arrays.arrays(float, st.integers(1, 60), elements=st.floats(0, 1))
PLACES = """
    area          | crafts | all   | crafts units | all units
    Bath          |    400 |  2000 |          100 |      1000
    Bristol       |     40 |  2000 |           10 |      1000
    Stoke         |    [c] |  2000 |           10 |      1000
    York          |     60 |  2000 |           10 |       100
    Wick          |      0 |   200 |            5 |        20
    Great Britain |    500 | 10000 |          150 |      3120
"""


def test_few_units_are_drawn_towards_the_mean_more_than_many(analyse) -> None:
    """Wick's five units are five times what is expected, and are hardly evidence."""
    found = analyse(PLACES)
    as_it_is, shrunken = (
        {place: found.row(place, f"location-quotient-units{kind}", "crafts") for place in ("Wick", "Bath")}
        for kind in ("", "-shrunken")
    )
    drawn = {place: 1 - shrunken[place].value / as_it_is[place].value for place in as_it_is}
    assert 0 < 5 * drawn["Bath"] < drawn["Wick"] < 1
    wick, bath = (shrunken[place] for place in ("Wick", "Bath"))
    assert (wick.high - wick.low) / wick.value > 3 * (bath.high - bath.low) / bath.value


def test_a_whole_is_no_place_among_others(analyse) -> None:
    """It keeps its quotient, and nothing is said of how probable it is that Great Britain is above Great Britain."""
    found = analyse(PLACES)
    assert (1.0, "ok") == found("Great Britain", "location-quotient-units-shrunken", "crafts")
    for indicator, rest in (("probability-above", {"variant": "1"}), ("concentrated", {})):
        assert (None, "not-applicable") == found("Great Britain", indicator, "crafts", **rest)


def test_a_higher_line_is_less_probable_to_be_passed(analyse) -> None:
    found = analyse(PLACES)
    for place in ("Bath", "Bristol", "Stoke", "York", "Wick"):
        low, high = (found.row(place, "probability-above", "crafts", variant=line).value for line in ("1", "1.25"))
        assert 0 <= high < low <= 1


def test_jobs_and_units_have_to_agree(analyse) -> None:
    """Bath by both; Stoke's jobs are not known, but its units are few, which decides; York's interval holds 1."""
    found = analyse(PLACES)
    answers = {place: found(place, "concentrated", "crafts") for place in ("Bath", "Bristol", "Stoke", "York")}
    no = (0.0, "ok")
    assert {"Bath": (1.0, "ok"), "Bristol": no, "Stoke": no, "York": no} == answers


def test_no_local_unit_anywhere_in_a_level_leaves_nothing_to_draw_on(analyse) -> None:
    found = analyse("""
        area          | crafts | all | crafts units | all units
        Bath          |     10 | 500 |            0 |       500
        Great Britain |     10 | 900 |            5 |       900
    """)
    assert (None, "not-applicable") == found("Bath", "location-quotient-units-shrunken", "crafts")
    assert "No area of its level is known to have local units in this sub-sector (Bath, 2023)." == found.why(
        "Bath", "location-quotient-units-shrunken", "crafts"
    )
    assert (1.0, "ok") == found("Bath", "p-value-units", "crafts")


def test_without_local_units_all_of_it_is_missing(analyse_it, release_of) -> None:
    """Whether Bath is concentrated is then open; that Bristol is not is known from its jobs."""
    release = release_of("""
        area          | crafts | all
        Bath          |  40000 |  200000
        Bristol       |   4000 |  200000
        Great Britain |  50000 | 1000000
    """)
    found = analyse_it(replace(release, businesses=None))
    for indicator in ("location-quotient-units-shrunken", "p-value-units", "q-value-units", "concentrated"):
        assert (None, "missing") == found("Bath", indicator, "crafts")
    assert "The release has no figures on local units (Bath, 2023)." == found.why("Bath", "concentrated", "crafts")
    assert (0.0, "ok") == found("Bristol", "concentrated", "crafts")


def test_an_area_outside_the_whole_is_held_against_both_together(analyse) -> None:
    """Belfast's units are not among Great Britain's: 10 of 160 units of crafts, at 100 of 3,220 of all."""
    found = analyse(
        PLACES + "    Belfast       |      - |     - |           10 |       100",
        parents=dict.fromkeys(("Bath", "Bristol", "Stoke", "York", "Wick"), "Great Britain"),
    )
    assert found.row("Belfast", "p-value-units", "crafts").value == pytest.approx(stats.binom.sf(7, 160, 100 / 3220))
    assert found.row("York", "p-value-units", "crafts").value == pytest.approx(stats.binom.sf(7, 150, 100 / 3120))


@given(st.integers(0, 60), st.integers(60, 400), st.floats(0.001, 0.5))
def test_the_exact_tail_is_that_of_the_binomial_from_the_edge_of_rounding(fives: int, whole: int, share: float) -> None:
    count = min(5 * fives, whole)
    found = upper_tail(np.array([float(count)]), np.array([float(whole)]), np.array([share]))
    assert found[0] == pytest.approx(stats.binom.sf(max(count - 2, 0) - 1, whole, share), abs=1e-9)


def test_rounding_to_five_does_not_make_finds() -> None:
    """Counts by chance alone, published in fives: no more than one in twenty has p ≤ 0.05, one in a thousand 0.001."""
    draws = np.random.default_rng([5, 3, 2]).binomial(2_000, 0.0025, 200_000).astype(float)
    published = np.floor((draws + 2.5) / 5) * 5
    p = upper_tail(published, np.array(2_000.0), np.array(0.0025))
    assert (p <= 0.05).mean() <= 0.05
    assert (p <= 0.001).mean() <= 0.0015


@given(P)
def test_no_q_is_below_its_p_and_their_order_is_the_same(p) -> None:
    q = benjamini_hochberg(p)
    assert (q >= p - 1e-15).all()
    assert (q <= 1).all()
    assert (np.diff(q[np.argsort(p, kind="stable")]) >= 0).all()


@given(P, st.randoms(use_true_random=False))
def test_the_order_of_the_tests_does_not_matter(p, random) -> None:
    order = random.sample(range(len(p)), len(p))
    assert benjamini_hochberg(p)[order] == pytest.approx(benjamini_hochberg(p[order]))


@given(P)
def test_q_values_are_those_of_scipy(p) -> None:
    """And a test that was not made is no test."""
    with_gap = np.append(p, np.nan)
    assert benjamini_hochberg(with_gap)[:-1] == pytest.approx(stats.false_discovery_control(p))
    assert np.isnan(benjamini_hochberg(with_gap)[-1])


STATES = (OK, LOW_RELIABILITY, MISSING, SUPPRESSED)


@pytest.mark.parametrize(("one", "other"), list(itertools.product(STATES, STATES)))
@pytest.mark.parametrize(("by_jobs", "by_units"), list(itertools.product((True, False), (True, False))))
def test_what_is_known_to_fail_decides(one: int, other: int, by_jobs: bool, by_units: bool) -> None:
    """Three-valued: both have to be known for a yes, one that fails is enough for a no."""

    def standing(state: int) -> Standing:
        return Standing(np.array([[[state]]], np.int8), np.array([[["" if state == OK else "Why."]]], dtype=object))

    low = np.array([[[1.5 if by_jobs else 0.5]]])
    answer = concentrated(
        Numbers(low + 0.1, low, low + 0.2, standing(one)),
        plain(np.array([[[0.99 if by_units else 0.9]]]), standing(other)),
    )
    failing = [state for state, holds in ((one, by_jobs), (other, by_units)) if not holds and state <= LOW_RELIABILITY]
    assert answer.standing.state.item() == (min(failing) if failing else max(one, other))
    if answer.standing.has_value.item():
        assert answer.value.item() == (by_jobs and by_units)


WITHOUT_SIZES = """
    area          | crafts | publishing | all    | crafts units | publishing units | all units
    Bath          |    500 |        900 |   1000 |           60 |               70 |       200
    Stoke         |      0 |        100 |   9000 |            0 |                5 |       900
    Great Britain |   1000 |       2000 | 100000 |          [x] |              [x] |       [x]
"""


@pytest.mark.parametrize("measure", ["both", "jobs"])
def test_a_bound_that_is_not_known_lies_on_no_side(analyse, measure: str) -> None:
    """Great Britain's local units are missing, and with them how lumpy jobs are: fifty times may be chance."""
    found = analyse(WITHOUT_SIZES, settings=Settings(hotspot=HotspotRule(measure=measure)))
    assert (50.0, "ok") == found("Bath", "location-quotient", "crafts")
    why = "It is not known how many establishments there are, or how large (Bath, 2023)."
    for key in (("concentrated", "crafts"), ("hotspot", "all")):
        assert (None, "missing") == found("Bath", *key)
        assert why == found.why("Bath", *key)
    assert (2.0, "ok") == found("Bath", "sub-sectors-unknown", variant="jobs")
