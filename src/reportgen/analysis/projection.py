"""
Projection: creative jobs carried on for five years as they went so far, and how far off that may be.
Takes cells, gives rows; an extrapolation, which knows no policy and no reason why anything should change.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import special

from reportgen.analysis import reasons
from reportgen.analysis.cells import Cells
from reportgen.analysis.changes import SPAN, across_breaks, as_numbers
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.shape import NOT_APPLICABLE, Floats, Indicator, Numbers, Standing, mark, tidy, worst
from reportgen.analysis.uncertainty import TAIL
from reportgen.classification import CREATIVE

LEAST_CHANGES = 4  # yearly changes that a projection learns from


class Trend(NamedTuple):
    """
    What the past years say, areas × groups × 1: the logarithm of the last count, its mean change a year (drift), and
    the variance of the yearly changes around that; with the number of changes, and of the years that they span.
    """

    last: Floats
    drift: Floats
    variance: Floats
    changes: int
    years: float


def trend(count: Floats, rounding: Floats, years: Floats) -> Trend:
    """
    Drift and variance of the yearly changes of ln x. The variance is taken no smaller than what rounding alone makes of
    it, so that counts which stand still for being rounded do not pass for certain.
    Args:
        count: areas × groups × years, x; NaN where not known.
        rounding: the same shape, the variance that rounding adds to each count.
        years: at least three; they may lie further apart than one.
    Returns: NaN where any year is not known or has none.

    >>> count = np.array([[[100.0, 110.0, 121.0, 133.1, 146.41]]])
    >>> found = trend(count, np.zeros((1, 1, 5)), np.arange(2019.0, 2024.0))
    >>> found.drift.round(4).item(), found.variance.round(4).item()
    (0.0953, 0.0)
    """
    known = np.where(count > 0, count, np.nan)
    logs, gaps, span = np.log(known), np.diff(years), float(years[-1] - years[0])
    steps = np.diff(logs, axis=2)
    drift = (logs[..., -1:] - logs[..., :1]) / span
    variance = (np.square(steps - drift * gaps) / gaps).sum(axis=2, keepdims=True) / (len(gaps) - 1)
    blur = rounding / np.square(known)
    rounded = ((blur[..., 1:] + blur[..., :-1]) / gaps).mean(axis=2, keepdims=True)
    return Trend(logs[..., -1:], drift, np.maximum(variance, rounded), len(gaps), span)


def project(past: Trend, ahead: Floats) -> tuple[Floats, Floats, Floats]:
    """
    A random walk with drift, carried on: ln x_{n+h} = ln x_n + h·d, with the 95 % prediction interval
    ± t_{n−1}·s·√(h + h²/T): what h more years add by chance, and what is not known of the drift.
    Args:
        past: of `trend`; ahead: h, years.
    Returns: the projection, low and high, areas × groups × ahead, in the unit of the counts; no interval where its
        upper end is beyond all numbers.
    Source: Hyndman and Athanasopoulos (2021), Forecasting: principles and practice, 3rd ed., sections 5.2 and 5.5.

    >>> past = Trend(*(np.array([[[of]]]) for of in (np.log(100.0), 0.02, 0.0004)), 9, 9.0)
    >>> [end.round(1).item() for end in project(past, np.array([5.0]))]
    [110.5, 97.2, 125.7]
    """
    middle = past.last + past.drift * ahead
    quantile = float(special.stdtrit(past.changes - 1, 1 - TAIL))
    reach = quantile * np.sqrt(past.variance * (ahead + np.square(ahead) / past.years))
    with np.errstate(over="ignore"):
        low, high = np.exp(middle - reach), np.exp(middle + reach)
    return np.exp(middle), np.where(np.isfinite(high), low, np.nan), np.where(np.isfinite(high), high, np.nan)


def projected(cells: Cells) -> Numbers:
    """The counts of the next `SPAN` years; not applicable where the past is too short, or empty in a year."""
    ahead = np.arange(1.0, SPAN + 1)
    shape = (len(cells.areas), len(cells.groups), SPAN)
    standing = worst(*(cells.only(years=[year]).standing for year in cells.years))
    if len(cells.years) <= LEAST_CHANGES:
        least, few = LEAST_CHANGES + 1, len(cells.years)
        standing = mark(
            standing,
            np.ones(standing.state.shape, dtype=bool),
            NOT_APPLICABLE,
            lambda area, *_: reasons.short_series(cells.table, few, least, cells.names[area]),
        )
        nothing = np.full(shape, np.nan)
        return Numbers(nothing, nothing, nothing, _spread(standing, shape))
    past = trend(cells.value, cells.rounding.variance, as_numbers(cells.years))
    value, low, high = project(past, ahead)
    standing = mark(
        standing,
        (cells.value == 0).any(axis=2, keepdims=True),
        NOT_APPLICABLE,
        lambda area, *_: reasons.empty_year(cells.table, cells.names[area]),
    )
    return Numbers(value, low, high, _spread(standing, shape))


def _spread(standing: Standing, shape: tuple[int, ...]) -> Standing:
    return Standing(np.broadcast_to(standing.state, shape), np.broadcast_to(standing.reason, shape))


def findings(inputs: Inputs) -> pd.DataFrame:
    """The rows of this family: creative jobs of every area, a row for each year to come; `other` is the last known."""
    jobs = inputs.jobs.only(groups=[CREATIVE])
    first, last = jobs.years[0], jobs.years[-1]
    value, low, high, standing = projected(jobs)
    standing = across_breaks(standing, inputs.release, jobs.table, [(last, first)] * SPAN)
    times = [(str(int(last) + ahead), last) for ahead in range(1, SPAN + 1)]
    numbers = Numbers(value, low, high, standing)
    return tidy("projected-jobs", jobs.areas, jobs.groups, times, numbers, jobs.table)


INDICATORS = (
    Indicator(
        "projected-jobs",
        name="Creative jobs if they go on as before",
        unit="jobs",
        digits=0,
        definition="Creative jobs in a year to come, if they go on growing at the mean rate of all years of the "
        "release. An extrapolation: it forecasts neither policy nor the economy. The interval is one for predictions: "
        "with ups and downs like those of the past, 95 of 100 outcomes would lie in it.",
        formula="x_n·exp(h·d ± t_{n−1}·s·√(h + h²/T)), d the mean and s the standard deviation of the yearly changes "
        "of ln x, n their number, T the years they span; s² no less than what rounding makes",
        source="random walk with drift: Hyndman and Athanasopoulos 2021, Forecasting: principles and practice, "
        "sections 5.2 and 5.5",
        made_by=project,
    ),
)
