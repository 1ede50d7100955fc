"""
Uncertainty: how far a number can be from the truth. So far from rounding alone, which makes every interval a floor:
what the survey missed, and chance in what firms do, are not in it.
Takes arrays, gives arrays of the same shape; NaN stays NaN.
"""

from __future__ import annotations

import numpy as np

from reportgen.analysis.shape import Floats

Z = 1.96  # of the normal distribution, for 95 %

# Where a bracket of the published rounding begins, and the step from one publishable number to the next within it.
LATTICES = {
    "employment": ((1, 5), (50, 25), (250, 50), (500, 100), (1_000, 250), (2_500, 500), (5_000, 1_000)),
    "businesses": ((1, 5),),
}


def rounding_step(values: Floats, table: str) -> Floats:
    """
    The step d of the lattice that a published number lies on: it stands for anything within d/2 of it.
    Args:
        values: jobs or local units as published.
        table: `employment` or `businesses`.
    Returns: d in the unit of the values; 0 for a zero, which is not rounded away from anything.
    Source: Nomis, Business Register and Employment Survey (open access) and UK Business Counts, rounding.

    >>> rounding_step(np.array([0.0, 45.0, 75.0, 12_000.0, np.nan]), "employment").tolist()
    [0.0, 5.0, 25.0, 1000.0, nan]
    >>> rounding_step(np.array([0.0, 45.0, 12_000.0]), "businesses").tolist()
    [0.0, 5.0, 5.0]
    """
    lattice = LATTICES[table]
    steps = np.array([0, *(step for _, step in lattice)], dtype=float)
    bracket = np.searchsorted([begin for begin, _ in lattice], values, side="right")
    return np.where(np.isnan(values), np.nan, steps[bracket])


def rounding_variance(values: Floats, table: str) -> Floats:
    """
    Variance that rounding adds to a published number, V = d²/12; that of a sum is the sum of its parts'.
    The variance of a uniform distribution of width d, d from `rounding_step`.

    >>> rounding_variance(np.array([0.0, 45.0]), "businesses").round(3).tolist()
    [0.0, 2.083]
    """
    return rounding_step(values, table) ** 2 / 12


def rounding_interval(value: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """
    95 % interval of a count, from rounding only: x ± 1.96·√V, cut at 0 because no count is less.
    Args:
        value: a count or a sum of counts; variance: V of `rounding_variance`, summed over its parts.
    Returns: low and high, in the unit of the value.

    >>> low, high = rounding_interval(np.array([100.0, 5.0]), np.array([25.0, 25.0]))
    >>> low.round(1).tolist(), high.round(1).tolist()
    ([90.2, 0.0], [109.8, 14.8])
    """
    reach = Z * np.sqrt(variance)
    return np.maximum(value - reach, 0.0), value + reach
