"""
Changes: what two years tell together: how far chance alone moves a count from year to year, and what stands between
the years. Takes counts of areas and years, gives arrays; knows no single industry.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from reportgen.analysis import reasons
from reportgen.analysis.cells import Cells, mark_jumps
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.jumps import Jump
from reportgen.analysis.levels import above
from reportgen.analysis.shape import (
    LOW_RELIABILITY,
    NOT_APPLICABLE,
    OK,
    Floats,
    Standing,
    all_ok,
    mark,
    worst,
)
from reportgen.analysis.uncertainty import Z
from reportgen.release.model import Release

LEAST_CHANGES = 20  # yearly changes of areas that a dispersion is told from: its own error is then below a third
SPAN = 5  # years over which change is told, where a release has them


class Dispersion(NamedTuple):
    """How far chance moves counts in a year, 1 × groups × 1; `value` is NaN where it is not known."""

    value: Floats
    standing: Standing


def dispersion(count: Floats, whole: Floats, gaps: Floats) -> tuple[Floats, Floats]:
    """
    How far counts of areas stray, in a year, from growth at the whole's rate: the mean over areas and years of
    (x_{t+1} − g·x_t)² / (x_{t+1} + g·x_t), g the growth factor of the whole. It is 1 where each job comes and goes by
    itself, more where jobs come in lumps, where samples and rounding blur the counts, and where areas truly differ in
    growth: all of this is in it, as it was measured, so that rounding is not added once more.
    Args:
        count: areas × groups × years, x; NaN where not known.
        whole: 1 × groups × years, the same in the whole that g is told from.
        gaps: one less than years, how many years lie between each and the next.
    Returns: φ and how many changes it rests on, both 1 × groups × 1. Areas without any at both ends take no part; φ is
        NaN with fewer than `LEAST_CHANGES`.
    Source: the dispersion of a quasi-Poisson model, McCullagh and Nelder (1989), Generalized Linear Models, ch. 9.2.

    >>> count = np.tile([[[100.0, 130.0]], [[100.0, 90.0]]], (10, 1, 1))
    >>> phi, number = dispersion(count, count.sum(axis=0, keepdims=True), np.array([1.0]))
    >>> phi.round(3).item(), number.item()
    (1.833, 20.0)
    """
    growth = whole[..., 1:] / np.where(whole[..., :-1] > 0, whole[..., :-1], np.nan)
    expected, found = growth * count[..., :-1], count[..., 1:]
    both = found + expected
    there = both > 0  # NaN is not
    squares = np.where(there, np.square(found - expected) / np.where(there, both * gaps, 1.0), 0.0)
    number = there.sum(axis=(0, 2), keepdims=True).astype(float)
    enough = number >= LEAST_CHANGES
    return np.where(enough, squares.sum(axis=(0, 2), keepdims=True) / np.where(enough, number, 1.0), np.nan), number


def ratio_interval(first: Floats, last: Floats, phi: Floats, years: Floats) -> tuple[Floats, Floats]:
    """
    95 % interval of the growth factor behind a count that went from x_0 to x_k:
    ln(x_k / x_0) ± 1.96·√(φ·k·(1/x_0 + 1/x_k)).
    Where nothing is left, the logarithm has no value, and the interval is that of the score: from 0 to the factor G at
    which a fall from x_0 to 0 lies 1.96 standard errors away, G·x_0 = 1.96²·φ·k.
    Args:
        first, last: x_0 and x_k; phi: φ of `dispersion`; years: k, more than 0. Arrays that broadcast.
    Returns: low and high, factors; NaN where φ is not known, where there was nothing, or where the upper end is beyond
        all numbers.
    Source: delta method: Oehlert (1992), A note on the delta method, The American Statistician 46(1); score interval:
        Wilson (1927), JASA 22.

    >>> first, last, phi = np.array([100.0, 100.0]), np.array([120.0, 0.0]), np.array(4.0)
    >>> low, high = ratio_interval(first, last, phi, np.array(2.0))
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([0.57, 0.0], [2.54, 0.31])
    """
    start, end = np.where(first > 0, first, np.nan), np.where(last > 0, last, 1.0)
    with np.errstate(over="ignore"):
        reach = np.exp(Z * np.sqrt(phi * years * (1 / start + 1 / end)))
    low = np.where(last > 0, last / start / reach, 0.0 * start * phi)
    high = np.where(last > 0, last / start * reach, Z**2 * phi * years / start)
    known = np.isfinite(low) & np.isfinite(high)
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def dispersion_of(inputs: Inputs, cells: Cells) -> Dispersion:
    """φ of each group of some cells, from the local areas and all years; g is that of Great Britain."""
    whole = cells.only([inputs.release.info.great_britain])
    local = cells.only(inputs.local)
    phi, number = dispersion(local.value, whole.value, np.diff(as_numbers(cells.years)))
    standing = all_ok(phi.shape)
    everywhere = np.ones(phi.shape, dtype=bool)
    if len(cells.years) < 2:
        standing = mark(standing, everywhere, NOT_APPLICABLE, lambda *_: reasons.one_year(cells.years[-1]))
    elif not inputs.local:
        standing = mark(standing, everywhere, NOT_APPLICABLE, lambda *_: reasons.no_local_areas(whole.names[0]))
    else:
        few = reasons.few_changes
        standing = mark(
            standing, np.isnan(phi), NOT_APPLICABLE, lambda *at: few(cells.table, int(number[at]), LEAST_CHANGES)
        )
    return Dispersion(phi, standing)


def as_numbers(years: Sequence[str]) -> Floats:
    """Years, to reckon with."""
    return np.array([float(year) for year in years])


def base_year(years: Sequence[str]) -> str:
    """
    The year that change to the latest is told from: `SPAN` years before it or, where the release has not so many, the
    earliest later one; the latest itself where there is no other.

    >>> base_year(["2015", "2018", "2020", "2024"]), base_year(["2024"])
    ('2020', '2024')
    """
    return next(year for year in years if int(year) >= int(years[-1]) - SPAN)


def across_breaks(standing: Standing, release: Release, table: str, times: Sequence[tuple[str, str]]) -> Standing:
    """
    The standing of changes, lowered where the series of a table breaks between the two years; the reason is what the
    release says of the break.
    Args:
        times: the third axis, pairs of a later and an earlier year.
    """
    for each in release.info.breaks:
        if table in each.tables:
            crossed = np.array([int(first) < each.year <= int(last) for last, first in times], dtype=bool)
            state = np.where(crossed, LOW_RELIABILITY, OK).astype(np.int8)
            standing = worst(standing, Standing(state, np.where(crossed, each.what, "").astype(object)))
    return standing


def across_jumps(standing: Standing, release: Release, cells: Cells, times: Sequence[tuple[str, str]]) -> Standing:
    """
    The standing of changes, lowered where a cell jumped in a year between the two: the step is in the change. A jump in
    one of the two years stands with the count of that year already. See `mark_jumps`.
    Args:
        standing: areas and groups as of the cells; times: the third axis, pairs of a later and an earlier year.
    """

    def between(jump: Jump) -> list[int]:
        return [at for at, (last, first) in enumerate(times) if int(first) < int(jump.year) < int(last)]

    return mark_jumps(standing, cells, above(release), between) if cells.jumps else standing
