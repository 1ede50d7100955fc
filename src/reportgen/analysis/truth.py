"""
Truth: what can be said of a condition where not every figure behind it is known: it holds, it fails, or it is open;
and then, which figure stands in the way. Takes arrays, gives arrays; knows no rule.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reportgen.analysis.shape import LOW_RELIABILITY, OK, Booleans, Floats, Standing, beside
from reportgen.release.tables import STATES

Blame = npt.NDArray[np.int32]  # 0 where a figure is known, else the number of what stands in the way; higher is worse


class Figures(NamedTuple):
    """Numbers that conditions look at, and which of them are not known. The blame broadcasts against the values."""

    value: Floats
    blame: Blame

    @property
    def known(self) -> Booleans:
        found: Booleans = self.blame == 0
        return found

    def only(self, groups: slice) -> Figures:
        """Some places of the second axis."""
        return Figures(self.value[:, groups], self.blame[:, groups])


class Truth(NamedTuple):
    """Where something is known to hold and where to fail; where neither is known, the worst of what could decide it."""

    holds: Booleans
    fails: Booleans
    blame: Blame

    @property
    def open(self) -> Booleans:
        return ~(self.holds | self.fails)

    def only(self, groups: slice) -> Truth:
        """Some places of the second axis."""
        return Truth(self.holds[:, groups], self.fails[:, groups], self.blame[:, groups])


def condition(holds: Booleans, *figures: Figures) -> Truth:
    """
    A condition on figures: open where one of them is not known.

    >>> condition(np.array([True, True]), Figures(np.array([2.0, np.nan]), np.array([0, 7]))).holds.tolist()
    [True, False]
    """
    blame = np.zeros((), dtype=np.int32)
    for each in figures:
        blame = np.maximum(blame, each.blame)
    blame = np.broadcast_to(blame, holds.shape)
    return Truth(holds & (blame == 0), ~holds & (blame == 0), blame)


def both(one: Truth, other: Truth) -> Truth:
    """
    Whether two things hold: if one is known to fail, the other need not be known.
    Source: Kleene (1938), strong three-valued logic.

    >>> fails, open_ = (Truth(np.array([False]), np.array([known]), np.array([1])) for known in (True, False))
    >>> both(fails, open_).fails.item(), both(open_, open_).open.item()
    (True, True)
    """
    return _settled(one.holds & other.holds, one.fails | other.fails, np.maximum(one.blame, other.blame))


def at_least(number: int, several: Truth) -> Truth:
    """
    Whether at least so many of several things hold. Fails when too few are left that hold or are open.
    Args:
        several: areas × things × times.
    Returns: areas × 1 × times.

    >>> of = np.array([[[True], [False], [False]]]), np.array([[[False], [False], [True]]])
    >>> holds_open_fails = Truth(*of, np.array([[[0], [7], [0]]]))
    >>> [at_least(number, holds_open_fails).holds.item() for number in (1, 2, 3)]
    [True, False, False]
    >>> [at_least(number, holds_open_fails).fails.item() for number in (1, 2, 3)]
    [False, False, True]
    """
    holding = several.holds.sum(axis=1, keepdims=True)
    possible = (~several.fails).sum(axis=1, keepdims=True)
    return _settled(holding >= number, possible < number, several.blame.max(axis=1, keepdims=True, initial=0))


def together(*several: Truth) -> Truth:
    """Things side by side on the second axis, so that `at_least` counts over all of them."""
    return Truth(*(np.concatenate(parts, axis=1) for parts in zip(*several, strict=True)))


def _settled(holds: Booleans, fails: Booleans, blame: Blame) -> Truth:
    return Truth(holds, fails, np.where(holds | fails, np.int32(0), blame))


class Evidence:
    """
    All figures that a rule may look at, numbered, so that what stands in the way of an answer can be named.
    Args:
        standings: of the figures, areas × … × times each.
    """

    def __init__(self, standings: Sequence[Standing]) -> None:
        self.standing = beside(standings)
        self._ends = np.cumsum([each.state.shape[1] for each in standings])

    def blames(self, trust: int) -> list[Blame]:
        """
        The blame of each figure, array by array: a suppressed figure is worse than a missing one, and so on; among
        equals the first is worst. Where figures of low reliability are not trusted, they come before all others: the
        answer without them is asked for only to learn which of them it hangs on.
        Args:
            trust: the worst state whose figures count as known.
        """
        state = self.standing.state.astype(np.int32)
        number = state.shape[1]
        worse = np.where(state == LOW_RELIABILITY, len(STATES), state)
        blame = worse * number + (number - 1 - np.arange(number, dtype=np.int32))[:, None]
        return np.split(np.where(state <= trust, np.int32(0), blame), self._ends[:-1], axis=1)

    def blamed(self, blame: Blame) -> Standing:
        """State and reason of the figures with these numbers, areas × … × times; OK where it is 0."""
        number = self.standing.state.shape[1]
        if not number:
            return Standing(np.zeros(blame.shape, dtype=np.int8), np.full(blame.shape, "", dtype=object))
        at = number - 1 - blame % number
        state, reason = (np.take_along_axis(of, at, axis=1) for of in self.standing)
        return Standing(np.where(blame > 0, state, np.int8(OK)), np.where(blame > 0, reason, ""))


def answer(evidence: Evidence, rule: Callable[[list[Blame]], Truth]) -> tuple[Booleans, Standing]:
    """
    A rule's answer for each area and time, and group where it is asked of each, and how it stands: without a value
    where it hangs on figures that are not known, of low reliability where it hangs on such. The rule is asked twice,
    with and without trust in figures of low reliability; both times it sees the same values, so that what it takes from
    their distribution is the same.
    Args:
        rule: takes the blames of the evidence, gives the answer, areas × … × times.
    Returns: where it holds; its standing.
    """
    found, surely = (rule(evidence.blames(trust)) for trust in (LOW_RELIABILITY, OK))
    return found.holds, evidence.blamed(np.where(found.open, found.blame, np.where(surely.open, surely.blame, 0)))
