"""
Growth: how fast jobs grew a year, from each earlier year to the latest.
Takes cells, gives rows; forecasts nothing.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.cells import TOTAL, Cells
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.shape import NOT_APPLICABLE, Floats, Indicator, Numbers, mark, stack, tidy, worst
from reportgen.analysis.uncertainty import Z


def compound_growth(first: Floats, last: Floats, years: Floats) -> Floats:
    """
    Compound rate of growth a year: g = (x_k / x_0)^(1/k) − 1.
    Args:
        first, last: x_0 and x_k, jobs; NaN where suppressed or missing.
        years: k, years from the first to the last, greater than 0.
    Returns: a share a year; −1 where nothing is left, NaN where there was nothing to grow from.
    Source: the geometric mean of the yearly growth factors, less one.

    >>> compound_growth(np.array([100.0, 0.0]), np.array([121.0, 5.0]), np.array([2.0, 2.0])).round(6).tolist()
    [0.1, nan]
    """
    return (last / np.where(first == 0, np.nan, first)) ** (1 / years) - 1


def growth_interval(
    first: Floats, last: Floats, first_variance: Floats, last_variance: Floats, years: Floats
) -> tuple[Floats, Floats]:
    """
    95 % interval of the compound rate, from rounding only, by the delta method on the logarithm of the ratio:
    ln(x_k / x_0) ± 1.96·√(V_0 / x_0² + V_k / x_k²), then taken to a rate a year.
    Args: as for `compound_growth`; the variances V are those of rounding, in jobs squared.
    Returns: low and high, shares a year; −1 for both where nothing is left (a zero is not rounded).
    Source: Oehlert (1992), A note on the delta method, The American Statistician 46(1).

    >>> one = np.array([1.0])
    >>> low, high = growth_interval(100 * one, 121 * one, 25 * one, 25 * one, 2 * one)
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.032], [0.172])
    """
    reach = np.exp(Z * np.sqrt(_relative(first_variance, first) + _relative(last_variance, last)))
    return compound_growth(first * reach, last, years), compound_growth(first, last * reach, years)


def _relative(variance: Floats, value: Floats) -> Floats:
    """V / x²; a zero has no variance either."""
    return variance / np.square(np.where(value == 0, 1.0, value))


def rates(cells: Cells) -> Numbers:
    """Compound rates with their intervals: areas × groups × earlier years, each against the latest year."""
    latest = cells.years[-1]
    earlier = cells.years[:-1]
    if not earlier:  # one year: every area has its row all the same, and the row says why it has no value
        only = cells.only(years=[latest])
        nothing = np.full(only.value.shape, np.nan)
        alone = mark(
            only.standing, np.full(only.value.shape, True), NOT_APPLICABLE, lambda *_: reasons.one_year(latest)
        )
        return Numbers(nothing, nothing, nothing, alone)
    first, last = cells.only(years=earlier), cells.only(years=[latest])
    years = np.array([int(latest) - int(year) for year in earlier], dtype=float)
    standing = mark(
        worst(last.standing, first.standing),
        first.value == 0,
        NOT_APPLICABLE,
        lambda area, _group, year: reasons.no_start(cells.table, first.place(area, year)),
    )
    low, high = growth_interval(first.value, last.value, first.rounding.variance, last.rounding.variance, years)
    return Numbers(compound_growth(first.value, last.value, years), low, high, standing)


def findings(inputs: Inputs) -> pd.DataFrame:
    """The rows of this family, for all areas; `year` is the latest year, `other` the year that growth counts from."""
    jobs = inputs.jobs
    times = [(jobs.years[-1], year) for year in jobs.years[:-1] or jobs.years]
    made = (("creative-jobs-growth", jobs.creative), ("jobs-growth", (TOTAL,)))
    return stack(
        [
            tidy(indicator, jobs.areas, groups, times, rates(jobs.only(groups=groups)), jobs.table)
            for indicator, groups in made
        ]
    )


_FORMULA = "(x_k / x_0)^(1/k) − 1; 95 %: (x_k / x_0 · exp(±1.96·√(V_0 / x_0² + V_k / x_k²)))^(1/k) − 1, V = Σ d²/12"
_SOURCE = "geometric mean of yearly growth; delta method: Oehlert 1992, The American Statistician 46(1)"

INDICATORS = (
    Indicator(
        "creative-jobs-growth",
        name="Growth of creative jobs",
        unit="share a year",
        digits=1,
        definition="Compound yearly growth of the sub-sector's jobs from an earlier year to the latest. The interval "
        "covers rounding only.",
        formula=_FORMULA,
        source=_SOURCE,
        made_by=compound_growth,
    ),
    Indicator(
        "jobs-growth",
        name="Growth of jobs, all industries",
        unit="share a year",
        digits=1,
        definition="Compound yearly growth of jobs in all industries from an earlier year to the latest. The interval "
        "covers rounding only.",
        formula=_FORMULA,
        source=_SOURCE,
        made_by=compound_growth,
    ),
)
