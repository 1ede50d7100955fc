"""
Indices: counts of each year as a percentage of the first year's, so that small and large places share one picture.
Takes cells, gives rows.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.cells import TOTAL, Cells
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.shape import NOT_APPLICABLE, Floats, Indicator, Numbers, mark, stack, tidy, worst
from reportgen.analysis.uncertainty import Z
from reportgen.classification import CREATIVE

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


def indices(cells: Cells) -> Numbers:
    """Indices of all cells, with the interval from rounding of the year's own count; the first year's is exact."""
    first = cells.only(years=cells.years[:1])
    standing = mark(
        worst(cells.standing, first.standing),
        np.broadcast_to(first.value == 0, cells.value.shape),
        NOT_APPLICABLE,
        lambda area, _group, _year: reasons.no_start(cells.table, first.place(area, 0)),
    )
    reach = np.where(np.arange(len(cells.years)) == 0, 0.0, Z * np.sqrt(cells.rounding.variance))
    low, high = (index(np.clip(cells.value + sign * reach, 0, None), first.value) for sign in (-1, 1))
    return Numbers(index(cells.value, first.value), low, high, standing)


def findings(inputs: Inputs) -> pd.DataFrame:
    """The rows of this family, for all areas and years; `other` is the year that stands at 100."""
    made = []
    for cells, names in (
        (inputs.jobs, ("creative-jobs", "jobs")),
        (inputs.units, ("creative-local-units", "local-units")),
    ):
        for name, group in zip(names, (CREATIVE, TOTAL), strict=True):
            times = [(year, cells.years[0]) for year in cells.years]
            numbers = indices(cells.only(groups=[group]))
            made.append(tidy(f"{name}-index", cells.areas, [group], times, numbers, cells.table))
    return stack(made)


INDICATORS = tuple(
    Indicator(
        f"{what}-index",
        name=f"Index of {words}",
        unit="index",
        digits=0,
        definition=f"Number of {words} as a percentage of their number in the first year of the release. The interval "
        "covers rounding only.",
        formula="100·x_t / x_0; 95 %: 100·(x_t ± 1.96·√V_t) / x_0, V = Σ d²/12",
        source="simple index number",
        made_by=index,
    )
    for what, words in (
        ("creative-jobs", "creative jobs"),
        ("jobs", "jobs in all industries"),
        ("creative-local-units", "creative local units"),
        ("local-units", "local units of all industries"),
    )
)
