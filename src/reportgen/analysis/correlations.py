"""
Correlations: how far two figures go together over areas, how sure that is, and what it means where areas have none.
Takes arrays, gives arrays; knows no release.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from reportgen.analysis import reasons
from reportgen.analysis.shape import LOW_RELIABILITY, NOT_APPLICABLE, OK, Booleans, Floats, States

LEAST = 10  # areas; fewer tell nothing
DRAWS, CHUNK, SEED = 1_000, 500, 350
SAME = 1e-10  # a spread below this, of numbers with a spread of 1, is none

Pairs = Sequence[tuple[int, int]]
Correlation = Callable[[Floats, Pairs, Floats], Floats]


def pearson(values: Floats, pairs: Pairs, times: Floats) -> Floats:
    """
    Pearson correlation of pairs of columns over areas: r = Σ w(x−x̄)(y−ȳ) / √(Σ w(x−x̄)² · Σ w(y−ȳ)²), w how many times
    an area counts.
    Args:
        values: areas × columns, all known; pairs: of columns; times: areas × samples, w, all 1 for the areas as they
            are.
    Returns: pairs × samples, −1 to 1; NaN where a column is the same in all areas of the sample.
    Source: Pearson (1896), Phil. Trans. R. Soc. A 187.

    >>> values = np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 0.0]])
    >>> pearson(values, [(0, 1), (0, 0)], np.ones((3, 1))).round(4).tolist()
    [[-0.5], [1.0]]
    """
    used, at = np.unique(np.array(pairs), return_inverse=True)
    one, other = at.reshape(-1, 2).T
    size = times.sum(axis=0)
    scaled = _standardised(values[:, used])
    mean, square, product = (  # not by @, whose last digits hang on the number of threads
        np.einsum("ac,as->cs", of, times) / size for of in (scaled, scaled**2, scaled[:, one] * scaled[:, other])
    )
    spread = square - mean**2
    return _correlation(product - mean[one] * mean[other], spread[one], spread[other])


def spearman(values: Floats, pairs: Pairs, times: Floats) -> Floats:
    """
    Spearman correlation: that of Pearson on ranks, equal numbers sharing the mean of their ranks. Every sample is
    ranked anew.
    Args, returns: as for `pearson`.
    Source: Spearman (1904), The proof and measurement of association between two things, Am. J. Psychology 15.

    >>> values = np.array([[1.0, 2.0], [2.0, 4.0], [300.0, 9.0]])
    >>> spearman(values, [(0, 1)], np.ones((3, 1))).tolist()
    [[1.0]]
    """
    middle = (times.sum(axis=0) + 1) / 2
    ranks = {
        column: mid_ranks(values[:, column], times) - middle for column in {each for pair in pairs for each in pair}
    }
    weighted = {column: rank * times for column, rank in ranks.items()}
    spread = {column: np.einsum("ar,ar->r", weighted[column], rank) for column, rank in ranks.items()}
    shared = np.array([np.einsum("ar,ar->r", weighted[one], ranks[other]) for one, other in pairs])
    return _correlation(shared, *(np.array([spread[pair[side]] for pair in pairs]) for side in (0, 1)))


def mid_ranks(values: Floats, times: Floats) -> Floats:
    """
    The rank of each area in each sample, areas × samples, the smallest first; equal numbers, and an area that counts
    several times, have the mean of their ranks.
    Args: values: areas, all known; times: areas × samples, how many times an area counts.

    >>> mid_ranks(np.array([5.0, 7.0, 5.0]), np.array([[1.0, 2.0], [1.0, 1.0], [1.0, 0.0]])).T.tolist()
    [[1.5, 3.0, 1.5], [1.5, 3.0, 1.5]]
    """
    _, place, number = np.unique(values, return_inverse=True, return_counts=True)
    counted = times[np.argsort(values, kind="stable")]
    if len(number) < len(values):
        counted = np.add.reduceat(counted, np.cumsum(number) - number, axis=0)
    ranks = np.cumsum(counted, axis=0) - (counted - 1) / 2
    found: Floats = ranks[place]
    return found


def correlate(values: Floats, pairs: Pairs, times: Floats, how: Correlation) -> Floats:
    """
    Correlations of pairs of columns, each over the areas that have both.
    Args:
        values: areas × columns, NaN where an area takes no part; times: areas × samples.
    Returns: pairs × samples; NaN for a pair that fewer than `LEAST` areas have.
    """
    found = np.full((len(pairs), times.shape[1]), np.nan)
    there = ~np.isnan(values)
    both = np.array([there[:, one] & there[:, other] for one, other in pairs])
    kinds, of = np.unique(both, axis=0, return_inverse=True)
    for kind, areas in enumerate(kinds):
        if areas.sum() >= LEAST:  # pairs with the same areas share the work
            here = np.flatnonzero(of.ravel() == kind)
            found[here] = how(values[areas], [pairs[int(place)] for place in here], times[areas])
    return found


def area_bootstrap(values: Floats, pairs: Pairs, how: Correlation) -> tuple[Floats, Floats]:
    """
    95 % intervals of correlations: the middle 95 % of 1,000 samples of areas, drawn from all of them with replacement;
    an area without a figure has none in any sample. Areas are drawn one by one, so where like lies beside like the
    interval is too narrow.
    Returns: low and high, of each pair; NaN as `correlate`.
    Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, ch. 13 (percentile interval).
    """
    low, high = np.full((2, len(pairs)), np.nan)
    if len(values) < LEAST:
        return low, high
    rng = np.random.default_rng([SEED, len(values)])
    found = [correlate(values, pairs, times, how) for times in _samples(rng, len(values))]
    drawn = np.concatenate(found, axis=1)
    told = ~np.isnan(drawn).all(axis=1)
    if told.any():
        low[told], high[told] = np.nanquantile(drawn[told], [0.025, 0.975], axis=1)
    return low, high


def over_areas(value: float, taken: Booleans, states: States) -> tuple[int, str]:
    """
    How a number stands that is worked out over areas, state and sentence: as the worst of the areas left out where too
    few are left, not applicable where they are too few anyway or all alike, of low reliability where an area is that.
    Args:
        value: the number, NaN where all areas are alike; taken: areas, whether one takes part; states: of its figures.

    >>> from reportgen.analysis.shape import SUPPRESSED
    >>> over_areas(0.5, np.full(12, True), np.zeros(12, np.int8))
    (0, '')
    >>> over_areas(np.nan, np.arange(12) < 9, np.where(np.arange(12) < 11, 0, SUPPRESSED).astype(np.int8))
    (4, 'Areas that have the figures that this rests on: 9 of 12; fewer than 10 tell nothing.')
    """
    used, poor = int(taken.sum()), int((taken & (states == LOW_RELIABILITY)).sum())
    if used < LEAST:
        worst = int(states.max(initial=OK))
        return (worst if worst > LOW_RELIABILITY else NOT_APPLICABLE), reasons.few_areas(used, len(taken), LEAST)
    if np.isnan(value):
        return NOT_APPLICABLE, reasons.all_alike(used)
    return (LOW_RELIABILITY, reasons.poor_areas(poor, used)) if poor else (OK, "")


def _samples(rng: np.random.Generator, areas: int) -> Iterator[Floats]:
    """How many times each area counts, areas × samples, a chunk at a time so that memory does not grow with them."""
    for begin in range(0, DRAWS, CHUNK):
        drawn = rng.integers(areas, size=(min(CHUNK, DRAWS - begin), areas))
        drawn += np.arange(len(drawn))[:, None] * areas  # one run of numbers for each sample
        counts = np.bincount(drawn.ravel(), minlength=drawn.size).reshape(drawn.shape)
        yield np.ascontiguousarray(counts.T, dtype=float)


def _standardised(values: Floats) -> Floats:
    """Columns with mean 0 and a spread of 1; of 0 where all are the same but for the last digits of a float."""
    centred = values - values.mean(axis=0)
    spread = np.sqrt((centred**2).mean(axis=0))
    varies = spread > SAME * np.abs(values).max(axis=0)
    return np.where(varies, centred, 0.0) / np.where(varies, spread, 1.0)


def _correlation(shared: Floats, one: Floats, other: Floats) -> Floats:
    varies = (one > SAME) & (other > SAME)
    return np.where(varies, np.clip(shared / np.sqrt(np.where(varies, one * other, 1.0)), -1.0, 1.0), np.nan)
