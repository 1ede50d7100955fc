"""
Tallies: how many sub-sectors of an area lie on which side of the national share, how many areas of a group are
hotspots, and how many jobs these have. Takes cells, gives rows; measures nothing that another family has not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.cells import TOTAL, Cells
from reportgen.analysis.concentration import base_share, counts, quotients
from reportgen.analysis.evidence import shrunken
from reportgen.analysis.ground import SOURCE
from reportgen.analysis.hotspots import OWN_RULE, Answers, answers
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.shape import (
    MISSING,
    NOT_APPLICABLE,
    OK,
    Booleans,
    Floats,
    Indicator,
    Numbers,
    Standing,
    all_ok,
    mark,
    plain,
    stack,
    tidy,
    worst,
)
from reportgen.classification import CREATIVE
from reportgen.release.model import LEAST_SHARE, Release


class Sides(NamedTuple):
    """How many sub-sectors lie where, areas × 1 × years; the four add up to all sub-sectors."""

    above: Floats
    open: Floats
    below: Floats
    unknown: Floats


def sides(quotient: Numbers) -> Sides:
    """
    On which side of 1, the national share, the sub-sectors lie: above or below it with the whole of their interval,
    open where the interval holds it, unknown where there is no quotient, or none with an interval.
    Args:
        quotient: location quotients, areas × sub-sectors × years.

    >>> low, high = np.array([[[1.2], [0.9], [np.nan]]]), np.array([[[1.5], [1.1], [np.nan]]])
    >>> states = np.array([[[0], [0], [MISSING]]], dtype=np.int8)
    >>> found = sides(Numbers((low + high) / 2, low, high, Standing(states, states.astype(object))))
    >>> [count.item() for count in found]
    [1.0, 1.0, 0.0, 1.0]
    """
    known = quotient.standing.has_value & ~np.isnan(quotient.low)
    above, below = known & (quotient.low > 1), known & (quotient.high < 1)
    lies = (above, known & ~above & ~below, below, ~known)
    return Sides(*(places.sum(axis=1, keepdims=True).astype(float) for places in lies))


def tally(members: Booleans, holds: Booleans) -> Floats:
    """
    How many members of each group something holds for.
    Args:
        members: groups × areas; holds: areas × years.
    Returns: groups × 1 × years.

    >>> tally(np.array([[True, True, False]]), np.array([[True], [False], [True]])).tolist()
    [[[1.0]]]
    """
    counted: Floats = members.astype(float) @ holds.astype(float)
    return counted[:, None]


def within_hotspots(members: Booleans, spots: Booleans, jobs: Numbers) -> Numbers:
    """
    The jobs of those members of each group that are hotspots: the sum of their values, and of the ends of their
    intervals. It stands as the worst of them does.
    Args:
        members: groups × areas; spots: areas × years; jobs: areas × 1 × years.
    Returns: groups × 1 × years.

    >>> value, spots = np.array([[[300.0]], [[50.0]], [[np.nan]]]), np.array([[True], [True], [False]])
    >>> jobs = Numbers(value, value - 10, value + 20, all_ok(value.shape))
    >>> found = within_hotspots(np.array([[True, True, True], [False, False, True]]), spots, jobs)
    >>> found.value.ravel().tolist(), found.low.ravel().tolist(), found.high.ravel().tolist()
    ([350.0, 0.0], [330.0, 0.0], [390.0, 0.0])
    """
    asked = members[:, :, None] & spots
    value, low, high = (np.where(asked, of[:, 0], 0.0).sum(axis=1)[:, None] for of in jobs[:3])
    standing = all_ok(value.shape)
    for area in np.flatnonzero(asked.any(axis=(0, 2))):
        own = jobs.standing.at(area)
        here = asked[:, area, None]
        standing = worst(standing, Standing(np.where(here, own.state, np.int8(OK)), np.where(here, own.reason, "")))
    return Numbers(value, low, high, standing)


def findings(inputs: Inputs) -> pd.DataFrame:
    """The rows of this family: sub-sectors for all areas, places for all areas that are made of local ones."""
    return stack([*_sub_sector_rows(inputs), *_place_rows(inputs)])


def _sub_sector_rows(inputs: Inputs) -> list[pd.DataFrame]:
    jobs, units = (cells.only(groups=(*cells.sub_sectors, TOTAL)) for cells in (inputs.jobs, inputs.units))
    counted = (
        ("jobs", jobs, sides(quotients(jobs, base_share(jobs, inputs.release.info.great_britain)))),
        ("units", units, sides(shrunken(inputs, units))),
    )
    return [
        tidy(
            f"sub-sectors-{side}",
            cells.areas,
            [CREATIVE],
            [(year, "") for year in cells.years],
            plain(getattr(found, side), _of_known(found, side, cells)),
            cells.table,
            variant,
        )
        for side in Sides._fields
        for variant, cells, found in counted
    ]


def _of_known(found: Sides, side: str, cells: Cells) -> Standing:
    """Where no sub-sector is known, how many lie on a side is not 0 but missing."""
    nothing_known = found.above + found.open + found.below == 0
    return mark(
        all_ok(found.above.shape),
        nothing_known & (side != "unknown"),
        MISSING,
        lambda area, _group, year: reasons.no_quotients(cells.table, cells.place(area, year)),
    )


def _place_rows(inputs: Inputs) -> list[pd.DataFrame]:
    release, found = inputs.release, answers(inputs)
    groups = [area for area in inputs.jobs.areas if release.level_of(area).kind != "local"]
    members = _members(release, groups, found)
    places, tested = tally(members, np.ones_like(found.known)), tally(members, found.known)
    there = inputs.jobs.only(groups, [TOTAL])
    counted = mark(
        mark(
            all_ok(places.shape),
            (tested == 0) & (places > 0),
            MISSING,
            lambda group, _, year: reasons.no_answers(there.place(group, year)),
        ),
        places == 0,
        NOT_APPLICABLE,
        lambda group, _, year: reasons.no_local_areas(there.place(group, year)),
    )
    ok = all_ok(places.shape)
    inside = within_hotspots(members, found.yes, counts(found.jobs.only(groups=[CREATIVE])))
    made = (
        ("areas", "", plain(places, ok), "areas;membership" if release.membership is not None else "areas"),
        ("hotspot-areas", CREATIVE, plain(tested, ok), SOURCE),
        ("hotspot-count", CREATIVE, plain(tally(members, found.yes), counted), SOURCE),
        ("hotspot-jobs", CREATIVE, inside._replace(standing=worst(counted, inside.standing)), SOURCE),
    )
    times = [(year, "") for year in found.jobs.years]
    return [
        tidy(indicator, groups, [sub_sector], times, numbers, source) for indicator, sub_sector, numbers, source in made
    ]


def _members(release: Release, groups: Sequence[str], found: Answers) -> Booleans:
    """Groups × areas: whether so much of the area lies in the group that the group's page lists it."""
    listed = [set(release.local_members(group)["area"]) for group in groups]
    return np.array([[area in those for area in found.jobs.areas] for those in listed], dtype=bool).reshape(
        len(groups), len(found.jobs.areas)
    )


_SIDES = {
    "above": ("above the national share", "the interval of the location quotient lies above 1", "low > 1"),
    "open": (
        "too close to the national share to call",
        "the interval of the location quotient holds 1",
        "low ≤ 1 ≤ high",
    ),
    "below": ("below the national share", "the interval of the location quotient lies below 1", "high < 1"),
    "unknown": ("without a known location quotient", "no location quotient, or no interval of it, is known", "no LQ"),
}
_INTERVALS = "By local units it is that of the shrunken quotient."

INDICATORS = (
    *(
        Indicator(
            f"sub-sectors-{side}",
            name=f"Sub-sectors {name}",
            unit="sub-sectors",
            digits=0,
            definition=f"Number of creative sub-sectors for which {meaning}. {_INTERVALS}",
            formula=f"#{{i: {condition}}}",
            source="counted from the location quotients: Isard 1960, ch. 7; of local units, Marshall 1991",
            made_by=sides,
        )
        for side, (name, meaning, condition) in _SIDES.items()
    ),
    Indicator(
        "areas",
        name="Local areas",
        unit="areas",
        digits=0,
        definition=f"Number of local areas of which at least {LEAST_SHARE * 100:g} % lies in the area.",
        formula=f"#{{r: share of r in the area ≥ {LEAST_SHARE:g}}}",
        source="the release's tables of areas and membership",
        made_by=tally,
    ),
    Indicator(
        "hotspot-areas",
        name="Local areas for which the hotspot rule has an answer",
        unit="areas",
        digits=0,
        definition="Number of the area's local areas for which the known figures decide whether they are hotspots.",
        formula="#{r: hotspot_r known}",
        source=OWN_RULE,
        made_by=tally,
    ),
    Indicator(
        "hotspot-count",
        name="Creative hotspots",
        unit="areas",
        digits=0,
        definition="Number of the area's local areas that are known to be creative hotspots.",
        formula="#{r: hotspot_r = 1}",
        source=OWN_RULE,
        made_by=tally,
    ),
    Indicator(
        "hotspot-jobs",
        name="Creative jobs in hotspots",
        unit="jobs",
        digits=0,
        definition="Creative jobs of the area's local areas that are known to be creative hotspots, each as a whole, "
        "also where part of it lies outside. The interval adds up the ends of theirs, so it is wide.",
        formula="Σ x_r over r with hotspot_r = 1",
        source=OWN_RULE,
        made_by=within_hotspots,
    ),
)
