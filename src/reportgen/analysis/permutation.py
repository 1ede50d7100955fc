"""
Permutation: how often chance gives a statistic as far out as the one observed, when figures are shuffled over areas.
Takes arrays, gives arrays; knows no release.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from reportgen.analysis.shape import Floats

PERMUTATIONS = 999
CHUNK = 500  # shufflings at a time, so that memory does not grow with their number
EQUAL = 1e-9  # statistics that differ by less are equal: ties must count as ties


def two_sided(above: Any, below: Any, draws: int) -> Floats:
    """
    p = 2 (1 + k) / (1 + m), at most 1: k of m permutations are as far out or further, on the side with fewer.
    Args: above, below: how many permutations give at least, and at most, what was observed; draws: m.
    Source: Davison and Hinkley (1997), Bootstrap Methods and their Application, ch. 4.

    >>> two_sided(np.array([0, 9, 500]), np.array([999, 990, 520]), 999).tolist()
    [0.002, 0.02, 1.0]
    """
    found: Floats = np.minimum(2 * (1 + np.minimum(above, below)) / (1 + draws), 1.0)
    return found


def permutation_test(
    statistic: Callable[[Floats], Floats], values: Floats, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """
    One statistic or several, and the two-sided p-value of each: the values are shuffled over all areas, 999 times.
    Args:
        statistic: takes values, areas × samples, gives samples or statistics × samples.
        values: areas, all known.
    Returns: the statistics of the areas as they are, and p; one number each, or one for each statistic.
    Source: Good (2005), Permutation, Parametric and Bootstrap Tests of Hypotheses.
    """
    observed = statistic(values[:, None])
    above, below = np.zeros((2, *observed.shape[:-1]), dtype=np.intp)
    for begin in range(0, PERMUTATIONS, CHUNK):
        draws = min(CHUNK, PERMUTATIONS - begin)
        shuffled = np.ascontiguousarray(rng.permuted(np.tile(values, (draws, 1)), axis=1).T)
        drawn = statistic(shuffled)
        above = above + (drawn >= observed - EQUAL).sum(axis=-1)
        below = below + (drawn <= observed + EQUAL).sum(axis=-1)
    return observed[..., 0], two_sided(above, below, PERMUTATIONS)
