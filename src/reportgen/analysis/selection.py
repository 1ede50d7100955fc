"""
Selection: how often a rule would choose a place, and how far up it would stand, had chance fallen out otherwise. Drawn
from the posterior of the local units of all areas and groups at once, with the whole rule applied anew in each draw.
Never drawn round the observed quotients: their spread holds the noise already, so that ranks would move too much.
Takes posteriors and rules, gives arrays; knows no release.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from reportgen.analysis.shape import Booleans, Floats
from reportgen.analysis.truth import Blame, Truth
from reportgen.analysis.uncertainty import TAIL, Posterior

SEED = 33  # of all draws: results are equal run to run
DRAWS = 1_000
CHUNK = 100  # draws held at once: memory does not grow with their number


class Chosen(NamedTuple):
    """The share of draws in which a rule selects each area, and what stands in the way; areas × 1 × 1."""

    share: Floats
    blame: Blame


class Simulated(NamedTuple):
    """
    Args:
        chosen: name of a rule → what it selects.
        low, high: 95 % interval of the rank of the last group's quotient, areas × 1 × 1; NaN for areas not ranked.
    """

    chosen: Mapping[str, Chosen]
    low: Floats
    high: Floats


def drawn(posterior: Posterior, number: int = DRAWS, chunk: int = CHUNK) -> Iterator[Floats]:
    """
    Draws of location quotients, some at a time; the same ones however they are cut.
    Args:
        posterior: areas × groups × 1; NaN where there is none.
    Returns: areas × groups × draws, NaN where there is no posterior. Groups are drawn apart from each other: that
        creative as a whole is the sum of its sub-sectors is not used.
    """
    random = np.random.default_rng([SEED])
    nothing = np.isnan(posterior.shape[..., 0])
    shape = np.where(nothing, 1.0, posterior.shape[..., 0])
    for done in range(0, number, chunk):
        found = random.standard_gamma(shape, size=(min(chunk, number - done), *shape.shape))
        yield np.moveaxis(np.where(nothing, np.nan, found), 0, -1) / posterior.rate


def simulate(
    posterior: Posterior,
    rules: Mapping[str, Callable[[Floats], Truth]],
    ranked: Booleans,
    number: int = DRAWS,
    chunk: int = CHUNK,
) -> Simulated:
    """
    Selection probabilities and rank intervals, from the same draws.
    Args:
        posterior: areas × groups × 1, of the local units' quotients.
        rules: name → a rule as a function of drawn quotients, areas × groups × draws, that gives areas × 1 × draws.
        ranked: areas, which of them are ranked by the last group's quotient; their posteriors must be known.
    Source: Goldstein and Spiegelhalter (1996), League tables and their limitations, JRSS A 159, for ranks from a
        posterior.
    """
    areas = len(ranked)
    holds = {name: np.zeros((areas, 1, 1)) for name in rules}
    blame = {name: np.zeros((areas, 1, 1), dtype=np.int32) for name in rules}
    tally = np.zeros((int(ranked.sum()),) * 2, dtype=np.int64)
    for quotients in drawn(posterior, number, chunk):
        for name, rule in rules.items():
            found = rule(quotients)
            holds[name] += found.holds.sum(axis=2, keepdims=True)
            blame[name] = np.maximum(blame[name], found.blame.max(axis=2, keepdims=True))
        tally += rank_tally(quotients[ranked, -1])
    low, high = np.full((areas, 1, 1), np.nan), np.full((areas, 1, 1), np.nan)
    low[ranked, 0, 0], high[ranked, 0, 0] = rank_interval(tally)
    return Simulated({name: Chosen(holds[name] / number, blame[name]) for name in rules}, low, high)


def rank_tally(values: Floats) -> np.typing.NDArray[np.int64]:
    """
    How often each area has each rank, 1 = highest.
    Args:
        values: areas × draws, all known.
    Returns: areas × ranks.

    >>> rank_tally(np.array([[3.0, 1.0], [2.0, 2.0]])).tolist()
    [[1, 1], [1, 1]]
    """
    areas = len(values)
    order = np.argsort(-values, axis=0, kind="stable")
    places = order * areas + np.arange(areas)[:, None]
    return np.bincount(places.ravel(), minlength=areas * areas).reshape(areas, areas).astype(np.int64)


def rank_interval(tally: np.typing.NDArray[np.int64]) -> tuple[Floats, Floats]:
    """
    The ranks within which an area lies in 95 % of draws: the first that 2.5 % of its draws reach, and the first that
    97.5 % do.
    Args:
        tally: areas × ranks, as `rank_tally` counts them.

    >>> [end.tolist() for end in rank_interval(np.array([[1, 98, 1], [50, 0, 50], [0, 2, 98]]))]
    [[2.0, 1.0, 3.0], [2.0, 3.0, 3.0]]
    """
    reached = np.cumsum(tally, axis=1)
    draws = reached[:, -1:]
    low, high = ((reached < share * draws).sum(axis=1) + 1.0 for share in (TAIL, 1 - TAIL))
    return low, high
