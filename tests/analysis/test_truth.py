"""Truth: conditions on figures that are not all known, and what stands in the way of an answer."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from reportgen.analysis.shape import LOW_RELIABILITY, MISSING, OK, SUPPRESSED, Standing
from reportgen.analysis.truth import Evidence, Figures, Truth, answer, at_least, both, condition, together


def parts(states: str) -> Truth:
    """Several things in one place: T holds, F fails, U is unknown."""
    holds, fails = (np.array([[[state == word] for state in states]]) for word in "TF")
    return Truth(holds, fails, np.where(holds | fails, 0, 1).astype(np.int32))


@pytest.mark.parametrize("states", ["".join(states) for states in product("TFU", repeat=4)])
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_counting_agrees_with_trying_every_way_out(states: str, number: int) -> None:
    """At least so many hold if they do however the unknown ones turn out; they do not if they never can."""
    ways = [[word == "T" for word in way] for way in product(*("TF" if state == "U" else state for state in states))]
    outcomes = {sum(way) >= number for way in ways}
    found = at_least(number, parts(states))
    assert (outcomes == {True}, outcomes == {False}) == (found.holds.item(), found.fails.item())
    assert found.open.item() == bool(found.blame.item())


@pytest.mark.parametrize(("one", "other"), list(product("TFU", repeat=2)))
def test_both_agrees_with_trying_every_way_out(one: str, other: str) -> None:
    ways = product("TF" if one == "U" else one, "TF" if other == "U" else other)
    outcomes = {way == ("T", "T") for way in ways}
    found = both(parts(one), parts(other))
    assert (outcomes == {True}, outcomes == {False}) == (found.holds.item(), found.fails.item())
    assert found.open.item() == bool(found.blame.item())


def evidence(*states: int) -> Evidence:
    """One place with a figure in each of these states; its reason is its number."""
    return Evidence(
        [Standing(np.array([[[s]]], np.int8), np.array([[[str(at)]]], object)) for at, s in enumerate(states)]
    )


@pytest.mark.parametrize(
    ("states", "holds", "stands"),
    [
        ((OK, OK), True, (OK, "")),
        ((MISSING, SUPPRESSED), False, (SUPPRESSED, "1")),  # the worse is named
        ((MISSING, MISSING), False, (MISSING, "0")),  # among equals the first
        ((LOW_RELIABILITY, OK), True, (LOW_RELIABILITY, "0")),
        ((LOW_RELIABILITY, MISSING), False, (MISSING, "1")),
    ],
)
def test_an_answer_stands_as_the_worst_figure_that_it_hangs_on(states, holds, stands) -> None:
    """Two conditions that both hold where their figures are known."""
    true = np.ones((1, 1, 1), bool)
    found, standing = answer(
        evidence(*states),
        lambda blames: both(*(condition(true, Figures(true.astype(float), blame)) for blame in blames)),
    )
    assert (holds, *stands) == (found.item(), standing.state.item(), standing.reason.item())


def test_a_figure_that_cannot_decide_is_not_blamed() -> None:
    """One of two things fails for sure, so the suppressed other does not matter; nor does it for one of several."""
    figures = [Figures(np.ones((1, 1, 1)), blame) for blame in evidence(OK, SUPPRESSED).blames(OK)]
    fails, unknown = condition(np.zeros((1, 1, 1), bool), figures[0]), condition(np.ones((1, 1, 1), bool), figures[1])
    assert 0 == both(fails, unknown).blame.item()
    assert 0 == at_least(2, together(fails, unknown)).blame.item()
    assert 0 < at_least(1, together(fails, unknown)).blame.item()
