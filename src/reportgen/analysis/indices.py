"""
Indices: counts of each year as a percentage of the first year's, so that small and large places share one picture.
Takes cells, gives rows.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.cells import TOTAL, Cells
from reportgen.analysis.changes import across_breaks, across_jumps, as_numbers, dispersion_of, ratio_interval
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.shape import NOT_APPLICABLE, Floats, Indicator, Numbers, mark, stack, tidy, within, worst
from reportgen.classification import CREATIVE
from reportgen.release.model import Release

BASE = 100.0


def index(count: Floats, first: Floats) -> Floats:
    """
    Index with the first year as 100: 100·x_t / x_0.
    Args:
        count, first: counts in any unit, arrays that broadcast; NaN where not known.
    Returns: NaN where either is not known or the first is 0.
    Source: a simple index number (Laspeyres with one item).

    >>> index(np.array([150.0, np.nan, 5.0]), np.array([100.0, 100.0, 0.0])).tolist()
    [150.0, nan, nan]
    """
    return BASE * count / np.where(first == 0, np.nan, first)


def indices(cells: Cells, release: Release, phi: Floats) -> Numbers:
    """
    Indices of all cells, with the interval of the growth factor since the first year; the first year's is exact.
    Args:
        phi: φ of `dispersion`, 1 × groups × 1; NaN where there is to be no interval.
    """
    first = cells.only(years=cells.years[:1])
    standing = mark(
        worst(cells.standing, first.standing),
        np.broadcast_to(first.value == 0, cells.value.shape),
        NOT_APPLICABLE,
        lambda area, _group, _year: reasons.no_start(cells.table, first.place(area, 0)),
    )
    standing = across_breaks(standing, release, cells.table, times_of(cells))
    standing = across_jumps(standing, release, cells, times_of(cells))
    value = index(cells.value, first.value)
    since = as_numbers(cells.years) - as_numbers(cells.years[:1])
    ends = ratio_interval(first.value, cells.value, phi, since)
    low, high = (np.where(since == 0, value, BASE * ratio) for ratio in ends)
    return within(value, low, high, standing)


def times_of(cells: Cells) -> list[tuple[str, str]]:
    """The third axis of indices: each year, with the one that stands at 100."""
    return [(year, cells.years[0]) for year in cells.years]


def findings(inputs: Inputs) -> pd.DataFrame:
    """The rows of this family, for all areas and years; `other` is the year that stands at 100."""
    made = []
    for cells, names in (
        (inputs.jobs, ("creative-jobs", "jobs")),
        (inputs.units, ("creative-local-units", "local-units")),
    ):
        for name, group in zip(names, (CREATIVE, TOTAL), strict=True):
            counted = cells.only(groups=[group])
            numbers = indices(counted, inputs.release, dispersion_of(inputs, counted).value)
            made.append(tidy(f"{name}-index", cells.areas, [group], times_of(cells), numbers, cells.table))
    return stack(made)


INDICATORS = tuple(
    Indicator(
        f"{what}-index",
        name=f"Index of {words}",
        unit="index",
        digits=0,
        definition=f"Number of {words} as a percentage of their number in the first year of the release. The interval "
        "is that of growth; the first year is exact.",
        formula="100·x_t / x_0; 95 %: 100·x_t / x_0 · exp(±1.96·√(φ·t·(1/x_0 + 1/x_t))), φ of growth-dispersion; where "
        "x_t = 0: 0 to 100·1.96²·φ·t / x_0",
        source="simple index number; delta method: Oehlert 1992, The American Statistician 46(1)",
        made_by=index,
    )
    for what, words in (
        ("creative-jobs", "creative jobs"),
        ("jobs", "jobs in all industries"),
        ("creative-local-units", "creative local units"),
        ("local-units", "local units of all industries"),
    )
)
