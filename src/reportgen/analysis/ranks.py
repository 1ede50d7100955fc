"""
Ranks: where an area stands among others by its creative location quotient: local areas within each group that lists
them, regions within the national area. Takes cells, gives rows; ranks point values.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reportgen.analysis.cells import TOTAL
from reportgen.analysis.concentration import base_share, quotients
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.shape import Floats, Indicator, all_ok, plain, stack, tidy
from reportgen.classification import CREATIVE
from reportgen.release.model import Release


def rank(values: Floats) -> Floats:
    """
    Rank of each area in each year, 1 = highest; equal values share the better rank.
    Args:
        values: areas × 1 × years, NaN where not known.
    Returns: the same shape; NaN stays NaN and takes no place.

    >>> rank(np.array([[[2.0]], [[np.nan]], [[3.0]], [[2.0]]])).ravel().tolist()
    [2.0, nan, 1.0, 2.0]
    """
    flat = pd.DataFrame(values[:, 0])
    ranked: Floats = flat.rank(ascending=False, method="min").to_numpy()[:, None]
    return ranked


def ranked_areas(values: Floats) -> Floats:
    """
    How many areas have a place.
    Args:
        values: areas × 1 × years, NaN where not known.
    Returns: 1 × 1 × years.
    """
    counted: Floats = (~np.isnan(values)).sum(axis=0, keepdims=True).astype(float)
    return counted


def findings(inputs: Inputs) -> pd.DataFrame:
    """The rows of this family: a rank for each area in each group that it is shown among, and the number ranked."""
    release = inputs.release
    frames: list[pd.DataFrame] = []
    measures = (
        ("jobs", "location-quotient-rank", inputs.jobs),
        ("units", "location-quotient-units-rank", inputs.units),
    )
    for variant, indicator, cells in measures:
        there = cells.only(groups=[CREATIVE, TOTAL])
        base = base_share(there, release.info.great_britain)
        years = [(year, "") for year in cells.years]
        for group, members in _groups(release):
            quotient = quotients(there.only(members), base)
            value = np.where(quotient.standing.has_value, quotient.value, np.nan)
            ranks = plain(rank(value), quotient.standing)
            times = [(year, group) for year in cells.years]
            frames.append(tidy(indicator, members, [CREATIVE], times, ranks, cells.table))
            count = ranked_areas(value)
            counted = plain(count, all_ok(count.shape))
            frames.append(tidy("ranked-areas", [group], [CREATIVE], years, counted, cells.table, variant))
    frames.sort(key=lambda frame: str(frame["indicator"].iloc[0]))
    return stack(frames)


def _groups(release: Release) -> list[tuple[str, list[str]]]:
    """Each group with the areas that are ranked in it, those without any left out."""
    regional = release.at_level("regional")
    groups = [(release.info.national, regional)]
    groups += [(region, release.local_members(region)["area"].tolist()) for region in regional]
    return [(group, members) for group, members in groups if members]


INDICATORS = (
    *(
        Indicator(
            indicator,
            name=f"Rank by location quotient, {measure}",
            unit="rank",
            digits=0,
            definition=f"Place of an area by its creative location quotient ({measure}) among the areas of the group "
            "that it is shown with; the first has the highest.",
            formula="1 + number of areas of the group with a higher LQ",
            source="ranked by the location quotient: Isard 1960, ch. 7",
            made_by=rank,
        )
        for indicator, measure in (("location-quotient-rank", "jobs"), ("location-quotient-units-rank", "local units"))
    ),
    Indicator(
        "ranked-areas",
        name="Areas ranked",
        unit="areas",
        digits=0,
        definition="Number of areas of a group whose creative location quotient is known, so that they have a rank.",
        formula="#{r: LQ_r known}",
        source="counted from the location quotients: Isard 1960, ch. 7",
        made_by=ranked_areas,
    ),
)
