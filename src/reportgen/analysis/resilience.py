"""
Resilience: how much of an area's creative work lies in its largest sub-sector, and how diverse it is beside others of
its level, in the latest year. Takes profiles, gives rows; how an area would bear a loss it does not know.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.shape import (
    NOT_APPLICABLE,
    Floats,
    Indicator,
    Numbers,
    mark,
    plain,
    stack,
    tidy,
    within,
)
from reportgen.analysis.specialisation import Profiles, diversity_interval, profiles, shares
from reportgen.classification import CREATIVE

LEAST = 3  # areas of a level with a known diversity before one is held against their median


def order(share: Floats) -> Floats:
    """
    The rank of each sub-sector within its area, 1 = the largest; equal ones share the better rank.
    Args:
        share: areas × sub-sectors × times; NaN where not known.
    Returns: the same shape; NaN stays NaN.

    >>> order(np.array([[[0.2], [0.5], [0.3]]])).ravel().tolist()
    [3.0, 1.0, 2.0]
    """
    larger = (share[:, None] > share[:, :, None]).sum(axis=2)
    return np.where(np.isnan(share), np.nan, 1.0 + larger)


def largest(each: Numbers, of: Profiles) -> Numbers:
    """
    The share of the largest sub-sector, with its interval: areas × 1 × 1. Which one is the largest was seen in the same
    figures, so that chance makes it look a little larger than it is.
    Args:
        each: shares of the sub-sectors, as `shares` of the specialisation gives them.
    """
    first = np.where(np.isnan(each.value), -1.0, each.value).argmax(axis=1, keepdims=True)
    value, low, high = (np.take_along_axis(numbers, first, axis=1) for numbers in each[:3])
    return Numbers(value, low, high, of.standing)


def to_median(effective: Numbers, levels: npt.NDArray[np.object_]) -> tuple[Numbers, Floats]:
    """
    The effective number of sub-sectors of each area as a ratio to the median of the areas of its level that have one.
    The interval is that of the area's number, the median taken as exact.
    Args:
        effective: areas × 1 × 1; levels: by area.
    Returns: the ratios, and how many areas of the level have a number, areas × 1 × 1.
    Source: Jost (2006), Entropy and diversity, Oikos 113, for the effective number.
    """
    known = effective.standing.has_value[:, 0, 0]
    middle, number = np.full(effective.value.shape, np.nan), np.zeros(effective.value.shape)
    for level in np.unique(levels):
        here = levels == level
        number[here] = (here & known).sum()
        if (here & known).any():
            middle[here] = np.median(effective.value[here & known])
    value, low, high = (of / middle for of in effective[:3])
    return within(value, low, high, effective.standing), number


def findings(inputs: Inputs) -> pd.DataFrame:
    """The rows of this family, for all areas, the latest year, jobs and local units."""
    made: dict[str, list[pd.DataFrame]] = {indicator.id: [] for indicator in INDICATORS}
    for variant, table in (("jobs", inputs.jobs), ("units", inputs.units)):
        of = profiles(inputs, table)
        each = shares(of)
        for indicator, groups, numbers in (
            ("largest-sub-sector-share", (CREATIVE,), largest(each, of)),
            ("largest-sub-sector", of.cells.groups, plain(order(of.share), each.standing)),
            ("effective-sub-sectors-ratio", (CREATIVE,), _beside_others(inputs, of)),
        ):
            times = [(of.cells.years[0], "")]
            made[indicator].append(tidy(indicator, of.cells.areas, groups, times, numbers, table.table, variant))
    return stack([frame for frames in made.values() for frame in frames])


def _beside_others(inputs: Inputs, of: Profiles) -> Numbers:
    levels = inputs.release.areas["level"].astype(str).loc[list(of.cells.areas)].to_numpy()
    effective, _ = diversity_interval(of)
    found, number = to_median(effective, levels)
    wholes = np.array([area in inputs.wholes for area in of.cells.areas])[:, None, None]
    standing = mark(found.standing, wholes, NOT_APPLICABLE, lambda area, *_: reasons.is_whole(of.cells.place(area, 0)))
    few = number < LEAST
    return found._replace(
        standing=mark(standing, few, NOT_APPLICABLE, lambda area, *_: reasons.few_alike(LEAST, of.cells.place(area, 0)))
    )


_TWICE = "By jobs (variant jobs) and by local units (units)."

INDICATORS = (
    Indicator(
        "largest-sub-sector-share",
        name="Share of the largest sub-sector",
        unit="share",
        digits=1,
        definition="The share of all creative jobs, or local units, in the area that its largest sub-sector has. "
        f"{_TWICE} The interval is that of the sub-sector's count, the other sub-sectors taken as exact; that it was "
        "chosen as the largest is not in it.",
        formula="max_i s_ri, s_ri = x_ri / Σ_j x_rj",
        source="composition of a count",
        made_by=largest,
    ),
    Indicator(
        "largest-sub-sector",
        name="Rank of the sub-sector within the area",
        unit="rank",
        digits=0,
        definition="The place of a sub-sector among those of the area by its creative jobs, or local units; the first "
        f"is the largest, and equal ones share a rank. {_TWICE}",
        formula="1 + #{j: s_rj > s_ri}",
        source="ranked by the composition of a count",
        made_by=order,
    ),
    Indicator(
        "effective-sub-sectors-ratio",
        name="Effective number of sub-sectors, against the median",
        unit="ratio",
        digits=2,
        definition="The effective number of sub-sectors of the area, divided by the median of the areas of its level "
        f"that have one: below 1, it is less diverse than the middle one. {_TWICE} The interval is that of the area's "
        "own number, which small areas do not have. As chance makes small areas look less diverse, the median is "
        "rather too low. Not applicable to wholes.",
        formula="exp(h_r) / median over the areas s of the level of exp(h_s), h_r = −Σ s_ri ln s_ri",
        source="Jost (2006), Entropy and diversity, Oikos 113; interval: Harris (1975), bias: Miller (1955)",
        made_by=to_median,
    ),
)
