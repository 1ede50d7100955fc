"""
Uncertainty: how far a number can be from the truth. Jobs sit in establishments, so it is these that chance moves, not
single jobs; local units are counts; and published counts are rounded. What a survey missed, the self-employed, and
firms that were classed wrongly are in none of it: every interval is a floor.
Takes arrays, gives arrays of the same shape; NaN stays NaN.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import special

from reportgen.analysis.shape import Booleans, Floats

Z = 1.96  # of the normal distribution, for 95 %
TAIL = 0.025  # what lies beyond each end of a 95 % interval
ENOUGH = 200  # cells that tell a share of disclosive ones: of a bracket, else of all together, else none is told

# Where a bracket of the published rounding begins, and the step from one publishable number to the next within it.
LATTICES = {
    "employment": ((1, 5), (50, 25), (250, 50), (500, 100), (1_000, 250), (2_500, 500), (5_000, 1_000)),
    "businesses": ((1, 5),),
}
COARSER = ("employment",)  # tables whose disclosive cells are rounded to twice the step


class Rounding(NamedTuple):
    """What rounding does to published numbers: the variance it adds, and how far their true mean lies above them."""

    variance: Floats
    shift: Floats


def rounding_step(values: Floats, table: str) -> Floats:
    """
    The step d of the lattice that a published number lies on: up to the next publishable number.
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
    steps = np.array([0, *(step for _, step in LATTICES[table])], dtype=float)
    return np.where(np.isnan(values), np.nan, steps[_bracket(values, table)])


def disclosive_share(values: Floats, table: str) -> Floats:
    """
    The share π of cells that are rounded to twice the step because they could disclose a business, bracket by bracket.
    Such cells lie on even multiples of the step alone, so these are as many more: π = (E − O) / (E + O), E the cells on
    an even multiple, O the mean of those on the odd multiples beside it.
    Args:
        values: all cells of a table, any shape; NaN and zeros are passed over.
    Returns: one share for each bracket, 0 to below 1; 0 for a table without such rounding, or with too few cells to
        tell.
    Source: own estimate; Nomis, BRES open access, for the rounding itself.

    >>> cells = np.repeat(np.arange(5.0, 50.0, 5.0), [100, 185, 100, 185, 100, 185, 100, 185, 100])
    >>> disclosive_share(cells, "employment")[0].round(3).item()
    0.298
    """
    lattice = LATTICES[table]
    if table not in COARSER:
        return np.zeros(len(lattice))
    known = values[values > 0]  # NaN is not
    bracket = _bracket(known, table) - 1
    pairs = [_even_and_odd(known[bracket == place], step) for place, (_, step) in enumerate(lattice)]
    even, odd = np.array(pairs).T
    few = even + odd < ENOUGH
    even, odd = (np.where(few, cells.sum(), cells) for cells in (even, odd))
    share: Floats = np.where(even + odd < ENOUGH, 0.0, np.clip((even - odd) / np.maximum(even + odd, 1), 0, 0.99))
    return share


def _even_and_odd(values: Floats, step: float) -> tuple[float, float]:
    """How many cells of a bracket lie on even multiples between two odd ones, and how many on these on average."""
    multiples, counts = np.unique(np.round(values / step).astype(np.int64), return_counts=True)
    number = dict(zip(multiples.tolist(), counts.tolist(), strict=True))
    inner = [m for m in range(min(number, default=0) + 1, max(number, default=0)) if m % 2 == 0]
    beside = sum(number.get(m - 1, 0) + number.get(m + 1, 0) for m in inner)
    return float(sum(number.get(m, 0) for m in inner)), beside / 2


def rounding(values: Floats, table: str, disclosive: Floats | None = None) -> Rounding:
    """
    What rounding does to each published number. A number stands for all within half a step of it, alike likely; at the
    begin of a bracket the half step below is the smaller one, so the mean lies above the number: 50 jobs stand for
    47.5 to 62.5. An even multiple may be a disclosive cell, with twice the width.
    Args:
        disclosive: π of `disclosive_share`; None: no such cells.
    Returns: variance V = w²/12 · (1 + 3q), w the width, q = 2π/(1 + π) on even multiples, else 0; the shift of the
        mean. Both are 0 for a zero, and those of a sum are the sums of its parts'.
    Source: variance of a uniform distribution, and of a mixture of two.

    >>> rounding(np.array([0.0, 45.0, 50.0]), "employment").variance.round(2).tolist()
    [0.0, 2.08, 18.75]
    >>> rounding(np.array([0.0, 45.0, 50.0]), "employment").shift.tolist()
    [0.0, 0.0, 5.0]
    """
    begins = np.array([np.nan, *(begin for begin, _ in LATTICES[table])])
    steps = np.array([0, *(step for _, step in LATTICES[table])], dtype=float)
    share = np.zeros(len(begins)) if disclosive is None else np.concatenate([[0.0], disclosive])
    at = _bracket(values, table)
    above = np.where(np.isnan(values), np.nan, steps[at])
    below = np.where((values == begins[at]) & (at > 1), steps[at - 1], above)
    even = np.round(values / np.where(above > 0, above, 1)) % 2 == 0
    doubled = np.where(even, 2 * share[at] / (1 + share[at]), 0.0)
    width = (above + below) / 2
    return Rounding(width**2 / 12 * (1 + 3 * doubled), (above - below) / 4)


def rounding_interval(value: Floats, of: Rounding) -> tuple[Floats, Floats]:
    """
    95 % interval of a count from rounding alone: x + shift ± 1.96·√V, cut at 0 because no count is less. It is what a
    whole has that is not held against a larger one.
    Returns: low and high, in the unit of the value.

    >>> low, high = rounding_interval(np.array([100.0, 5.0]), Rounding(np.array([25.0, 25.0]), np.zeros(2)))
    >>> low.round(1).tolist(), high.round(1).tolist()
    ([90.2, 0.0], [109.8, 14.8])
    """
    reach, centre = Z * np.sqrt(of.variance), value + of.shift
    return np.maximum(np.minimum(centre - reach, value), 0.0), np.maximum(centre + reach, value)


def wilson(share: Floats, n: Floats) -> tuple[Floats, Floats]:
    """
    95 % interval of a share that rests on n independent draws.
    Args:
        share: 0 to 1; n: effective number of draws, above 0, need not be whole.
    Source: Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22.

    >>> [end.round(4).item() for end in wilson(np.array(0.5), np.array(100.0))]
    [0.4038, 0.5962]
    """
    square = Z * Z / n
    middle = share + square / 2
    reach = np.sqrt(np.maximum(share * (1 - share) * square + square * square / 4, 0.0))
    return np.maximum((middle - reach) / (1 + square), 0.0), np.minimum((middle + reach) / (1 + square), 1.0)


def difference_interval(
    one: tuple[Floats, Floats, Floats], other: tuple[Floats, Floats, Floats]
) -> tuple[Floats, Floats]:
    """
    95 % interval of the difference d = e₁ − e₂ of two independent estimates from the intervals of each:
    d − √((e₁ − l₁)² + (u₂ − e₂)²) to d + √((u₁ − e₁)² + (e₂ − l₂)²).
    Args:
        one, other: estimate, low and high of each. Arrays that broadcast.
    Source: Zou and Donner (2008), Construction of confidence limits about effect measures, Statistics in Medicine 27.

    >>> one, other = (tuple(map(np.array, ends)) for ends in ((0.5, 0.2, 0.8), (0.1, -0.3, 0.5)))
    >>> [end.round(2).item() for end in difference_interval(one, other)]
    [-0.1, 0.9]
    """
    (value, low, high), (other_value, other_low, other_high) = one, other
    difference = value - other_value
    below = np.hypot(value - low, other_high - other_value)
    above = np.hypot(high - value, other_value - other_low)
    return difference - below, difference + above


def placed_variance(count: Floats, whole: Floats, herfindahl: Floats) -> Floats:
    """
    Variance of an area's jobs in an industry from where its establishments happen to be: X²·s(1 − s)·H, s = x / X.
    Args:
        count: x, jobs in the area; whole: X, in Great Britain; herfindahl: H. Arrays that broadcast.
    Returns: jobs squared; 0 where the area has none, or all.
    Source: Ellison and Glaeser (1997), JPE 105, for the establishment as what is placed.

    >>> placed_variance(np.array([0.0, 50.0]), np.array(100.0), np.array(0.01)).tolist()
    [0.0, 25.0]
    """
    return np.clip(count * (whole - count), 0.0, None) * herfindahl


def effective_number(share: Floats, whole: Floats, herfindahl: Floats, variance: Floats) -> Floats:
    """
    How many independent draws an area's share of a sub-sector is worth: n_r = 1 / (H + V / (X²·s_r·(1 − s_r))).
    Args:
        share: s_r = x_ri / X_i; whole: X_i, jobs of the sub-sector in Great Britain.
        herfindahl: H_i, Σ z² of the sizes of its establishments, each as a share of the sub-sector's jobs.
        variance: V that rounding adds to x_ri.
    Returns: n_r; 1/H where the share is 0 or 1.
    Source: Ellison and Glaeser (1997), JPE 105, for the establishment as what is placed; Kish (1965) for 1/Σz².

    >>> effective_number(np.array([0.0, 0.1]), np.array(1000.0), np.array(0.01), np.array(90.0)).round(1).tolist()
    [100.0, 90.9]
    """
    spread = np.square(whole) * share * (1 - share)
    inner = (share > 0) & (share < 1)
    return 1 / (herfindahl + np.where(inner, variance / np.where(inner, spread, 1.0), 0.0))


def jobs_interval(count: Floats, of: Rounding, whole: Floats, herfindahl: Floats) -> tuple[Floats, Floats]:
    """
    95 % interval of an area's jobs in a sub-sector, given the sub-sector's jobs in the whole: X_i times the Wilson
    interval of its share with `effective_number` draws. Divided by a_r·X_i it is that of the location quotient.
    Args:
        count: x_ri; of: its rounding; whole: X_i; herfindahl: H_i. Arrays that broadcast.
    Returns: low and high, jobs; the count itself always lies within them.
    Source: see `wilson` and `effective_number`.

    >>> low, high = jobs_interval(
    ...     np.array([0.0, 100.0]), Rounding(np.zeros(2), np.zeros(2)), np.array(1000.0), np.array(0.01)
    ... )
    >>> low.round(1).tolist(), high.round(1).tolist()
    ([0.0, 55.2], [37.0, 174.4])
    """
    whole = np.where(whole > 0, whole, np.nan)  # of nothing no area has a share
    share = np.clip((count + of.shift) / whole, 0.0, 1.0)
    low, high = wilson(share, effective_number(share, whole, herfindahl, of.variance))
    return np.minimum(low * whole, count), np.maximum(high * whole, count)


def count_interval(count: Floats, of: Rounding) -> tuple[Floats, Floats]:
    """
    95 % interval of the expected number behind a count: the exact one of a Poisson count, widened for rounding by
    taking the count for c = u² / (u + V) events.
    Args:
        count: u, local units; of: their rounding.
    Returns: low and high, in local units; for a count of 0 they are 0 and 3.69.
    Source: Garwood (1936), Fiducial limits for the Poisson distribution, Biometrika 28.

    >>> low, high = count_interval(np.array([0.0, 10.0]), Rounding(np.zeros(2), np.zeros(2)))
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([0.0, 4.8], [3.69, 18.39])
    """
    events = np.where(count > 0, np.square(count) / np.where(count > 0, count + of.variance, 1.0), 0.0)
    scale = np.where(count > 0, count / np.where(events > 0, events, 1.0), 1.0)
    low = np.where(events > 0, special.gammaincinv(np.where(events > 0, events, 1.0), TAIL), 0.0)
    high = special.gammaincinv(events + 1, 1 - TAIL)
    nothing = np.isnan(count)
    return np.where(nothing, np.nan, low * scale), np.where(nothing, np.nan, high * scale)


def quotient_interval(
    one: tuple[Floats, Floats, Floats], other: tuple[Floats, Floats, Floats]
) -> tuple[Floats, Floats]:
    """
    95 % interval of the quotient q = e₁ / e₂ of two independent estimates from the intervals of each, with distances on
    a scale of logarithms: q / exp √(ln²(e₁/low₁) + ln²(high₂/e₂)) to q · exp √(ln²(high₁/e₁) + ln²(e₂/low₂)). Where
    e₁ = 0, these tend to 0 and to high₁ / e₂.
    Args:
        one, other: estimate, low and high, none negative; e₂ more than 0. Arrays that broadcast.
    Returns: low and high; NaN where either has no interval, or that of e₂ begins at 0, so that q has no upper end.
    Source: Zou and Donner (2008), Construction of confidence limits about effect measures: a general approach,
        Statistics in Medicine 27, on logarithms.

    >>> one, other = ([2.0, 0.0], [1.0, 0.0], [4.0, 3.0]), (2.0, 1.0, 4.0)
    >>> low, high = quotient_interval(tuple(map(np.array, one)), tuple(map(np.array, other)))
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.375, 0.0], [2.665, 1.5])
    """
    (value, low, high), (whole, whole_low, whole_high) = one, other
    nothing = value == 0
    known = ~np.isnan(low + high + whole_high) & (whole_low > 0)
    base, base_low = np.where(whole > 0, whole, np.nan), np.where(whole_low > 0, whole_low, np.nan)
    up = np.log(high / np.where(nothing, np.nan, value)), np.log(base / base_low)
    down = np.log(value / np.where(low > 0, low, np.nan)), np.log(whole_high / base)
    quotient = value / base
    least = np.where(low > 0, quotient * np.exp(-np.hypot(*down)), 0.0)
    most = np.where(nothing, high / base, quotient * np.exp(np.hypot(*up)))
    return np.where(known, least, np.nan), np.where(known, most, np.nan)


class Posterior(NamedTuple):
    """Gamma distributions of location quotients: shape and rate, arrays of one shape."""

    shape: Floats
    rate: Floats

    @property
    def mean(self) -> Floats:
        """The shrunken quotient."""
        return self.shape / self.rate

    def quantile(self, probability: float) -> Floats:
        found: Floats = special.gammaincinv(self.shape, probability) / self.rate
        return found

    def above(self, line: float) -> Floats:
        """P(LQ > line)."""
        found: Floats = special.gammaincc(self.shape, line * self.rate)
        return found


def gamma_poisson(
    count: Floats, expected: Floats, prior: Booleans | None = None, variance: Floats | None = None
) -> Posterior:
    """
    Empirical Bayes for counts: u_r ~ Poisson(θ_r·E_r), θ_r ~ Gamma(α, β), the prior from Marshall's moments over the
    first axis: m = Σu/ΣE, A = ΣE(u/E − m)²/ΣE − m/Ē − Σ(V/E)/ΣE, α = m²/A, β = m/A; the posterior of θ_r is
    Gamma(α + c, β + E_r·c/u) with c = u²/(u + V) events, so Gamma(α + u_r, β + E_r) where nothing is rounded.
    A is taken no smaller than m/ΣE · n/(n − 1), n the number of areas: where these do not differ, all their counts
    together then speak once, and not the own one twice. A single area has no others to be like; it gets Jeffreys'
    prior, Gamma(½, 0). With few areas A is hardly known, and the intervals, which take it as known, are too narrow.
    Args:
        count: areas × …, u, local units; NaN where not known: such an area takes no part.
        expected: areas × …, E_r = a_r·N, units at the whole's share; where it is 0 or NaN the area takes no part.
        prior: areas, which of them the prior is drawn from; None: all.
        variance: areas × …, V that rounding adds to u, as `rounding` gives it; None: the counts are exact.
    Returns: the posteriors, in the shape of `count`, NaN where an area took no part; its mean is the shrunken LQ.
    Source: Marshall (1991), Mapping disease and mortality rates using empirical Bayes estimators, Applied Statistics
        40(2); Clayton and Kaldor (1987), Biometrics 43; Jeffreys (1946), An invariant form for the prior probability in
        estimation problems, Proceedings of the Royal Society A 186; the part of V, as in `count_interval`, and the
        least A are our own.

    >>> found = gamma_poisson(np.array([0.0, 30.0, 10.0]), np.array([2.0, 10.0, 10.0]))
    >>> found.mean.round(3).tolist()
    [0.87, 2.817, 1.127]
    """
    there = ~np.isnan(count) & (expected > 0)
    drawn = there if prior is None else there & prior.reshape(-1, *[1] * (count.ndim - 1))
    rounded = np.zeros(count.shape) if variance is None else variance
    u, e, v = (np.where(drawn, of, 0.0) for of in (count, expected, rounded))
    apart = np.where(drawn, e, 1.0)
    total = e.sum(axis=0)
    total = np.where(total > 0, total, np.nan)
    mean = u.sum(axis=0) / total
    mean = np.where(mean > 0, mean, np.nan)
    spread = (e * np.square(u / apart - mean) - v / apart).sum(axis=0) / total
    number = drawn.sum(axis=0)
    between = np.maximum(spread - mean * number / total, mean / total * number / np.maximum(number - 1, 1))
    alone = (number == 1) & (mean > 0)
    alpha, beta = np.where(alone, 0.5, mean**2 / between), np.where(alone, 0.0, mean / between)
    worth = np.where(count > 0, count / np.where(count > 0, count + rounded, 1.0), 1.0)
    shape, rate = alpha + worth * count, beta + worth * expected
    return Posterior(np.where(there, shape, np.nan), np.where(there, rate, np.nan))


def benjamini_hochberg(p: Floats) -> Floats:
    """
    q-values of tests made together, the smallest rate of false discoveries at which each is one: with the m p-values in
    rising order, q_(i) = min over j ≥ i of m·p_(j)/j. Calling all with q ≤ 5 % keeps the expected share of false ones
    among those called at or under 5 %.
    Args:
        p: any shape, all of it one family of tests; NaN where there was none.
    Returns: the same shape, 0 to 1; NaN stays NaN and does not count.
    Source: Benjamini and Hochberg (1995), Controlling the false discovery rate, JRSS B 57(1).

    >>> benjamini_hochberg(np.array([0.01, 0.04, np.nan, 0.03, 0.5])).round(4).tolist()
    [0.04, 0.0533, nan, 0.0533, 0.5]
    """
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p.ravel()[known], kind="stable")]
    raised = p.ravel()[order] * (len(order) / np.arange(1, len(order) + 1))  # a factor of 1 or more: never below p
    found = np.full(p.size, np.nan)
    found[order] = np.minimum.accumulate(raised[::-1])[::-1]
    return found.reshape(p.shape)


def _bracket(values: Floats, table: str) -> np.typing.NDArray[np.intp]:
    """Which bracket of the lattice, from 1; 0 for a zero. NaN lands in the last."""
    return np.searchsorted([begin for begin, _ in LATTICES[table]], values, side="right")
