"""
Shift-share: how much of the change of an area's creative jobs went with the whole economy, how much with its mix of
sub-sectors, and how much was its own.
Takes cells, gives rows; the three parts add up to the change exactly.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.cells import TOTAL, Cells
from reportgen.analysis.changes import across_breaks, across_jumps, as_numbers, base_year, dispersion_of, ratio_interval
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.shape import (
    LOW_RELIABILITY,
    NOT_APPLICABLE,
    Floats,
    Indicator,
    Standing,
    mark,
    plain,
    stack,
    tidy,
    within,
    worst,
)


class Shares(NamedTuple):
    """The parts of a change, areas × sub-sectors × base years, and the change itself."""

    national: Floats
    mix: Floats
    local: Floats
    change: Floats


def shift_share(first: Floats, last: Floats, whole_first: Floats, whole_last: Floats, economy: Floats) -> Shares:
    """
    The change of an area's jobs in a sub-sector, in three parts: what it would have been at the growth of the whole
    economy, N = x_0·G; what the sub-sector's growth in Great Britain adds to that, M = x_0·(G_i − G); and what the area
    adds itself, L = x_k − x_0·(1 + G_i). The weights are those of the base year.
    Args:
        first, last: areas × sub-sectors × base years, x_0 and x_k; NaN where not known.
        whole_first, whole_last: 1 × sub-sectors × base years, the same in Great Britain, which G_i is told from.
        economy: 1 × 1 × base years, G, growth of jobs in all industries of Great Britain, a share.
    Returns: N + M + L = x_k − x_0. NaN where something is not known or Great Britain had no jobs to grow from.
    Source: Dunn (1960), A statistical and analytical technique for regional analysis, Papers in Regional Science 6.

    >>> at = lambda *values: np.array(values).reshape(1, -1, 1)
    >>> found = shift_share(at(100.0), at(150.0), at(1000.0), at(1200.0), at(0.05))
    >>> [round(part.item(), 6) for part in found]
    [5.0, 15.0, 30.0, 50.0]
    """
    growth = whole_last / np.where(whole_first > 0, whole_first, np.nan) - 1
    return Shares(first * economy, first * (growth - economy), last - first * (1 + growth), last - first)


def findings(inputs: Inputs) -> pd.DataFrame:
    """
    The rows of this family: jobs of every area, each sub-sector and their sum (`all`), over the last five years and
    over all years; `year` is the latest, `other` the base year.
    """
    jobs = inputs.jobs.only(groups=(*inputs.jobs.creative, TOTAL))
    latest = jobs.years[-1]
    bases = list(dict.fromkeys((jobs.years[0], base_year(jobs.years))))
    at = [(latest, base) for base in bases]
    creative = inputs.jobs.creative
    first, last = jobs.only(groups=creative, years=bases), jobs.only(groups=creative, years=[latest])
    found, standing = _parts(inputs, jobs, first, last)
    standing = across_breaks(standing, inputs.release, jobs.table, at)
    standing = across_jumps(standing, inputs.release, jobs.only(groups=creative), at)
    phi = dispersion_of(inputs, jobs.only(groups=creative)).value
    years = np.maximum(as_numbers([latest]) - as_numbers(bases), 1.0)
    low, high = (first.value * (ratio - 1) for ratio in ratio_interval(first.value, last.value, phi, years))
    elsewhere = found.national + found.mix
    numbers = {
        "national": plain(found.national, standing),
        "mix": plain(found.mix, standing),
        "local": within(found.local, low - elsewhere, high - elsewhere, standing),
        "change": within(found.change, low, high, standing),
    }
    return stack([tidy(f"shift-share-{part}", jobs.areas, creative, at, numbers[part], jobs.table) for part in numbers])


def _parts(inputs: Inputs, jobs: Cells, first: Cells, last: Cells) -> tuple[Shares, Standing]:
    """The parts of all areas, the sum of the sub-sectors behind them, and how they stand."""
    great_britain = (inputs.release.info.great_britain,)
    whole_first, whole_last = first.only(great_britain), last.only(great_britain)
    economy = jobs.only(great_britain, (TOTAL,))
    economy_first, economy_last = economy.only(years=first.years), economy.only(years=last.years)
    parts = shift_share(
        first.value[:, :-1],
        last.value[:, :-1],
        whole_first.value[:, :-1],
        whole_last.value[:, :-1],
        economy_last.value / np.where(economy_first.value > 0, economy_first.value, np.nan) - 1,
    )
    standing = worst(*(cells.standing for cells in (first, last, whole_first, whole_last, economy_first, economy_last)))
    nothing = (whole_first.value == 0) | (economy_first.value == 0)
    nothing[:, -1] = nothing.any(axis=1)  # the sum goes with its parts
    standing = mark(
        standing,
        np.broadcast_to(nothing, standing.state.shape),
        NOT_APPLICABLE,
        lambda _area, _group, year: reasons.no_base(jobs.table, first.years[year]),
    )
    if len(jobs.years) == 1:
        only = jobs.years[0]
        standing = mark(
            standing, np.ones(standing.state.shape, bool), NOT_APPLICABLE, lambda *_: reasons.one_year(only)
        )
    return Shares(*(_with_sum(part) for part in parts)), _sum_like_its_parts(standing)


def _sum_like_its_parts(standing: Standing) -> Standing:
    """The standing, with the sum of the sub-sectors, the last of them, without a value where a part has none."""
    state, reason = standing.state.copy(), standing.reason.copy()
    worst_part = state[:, :-1].argmax(axis=1, keepdims=True)
    part_state = np.take_along_axis(state, worst_part, axis=1)[:, 0]
    part_reason = np.take_along_axis(reason, worst_part, axis=1)[:, 0]
    lacking = (part_state > LOW_RELIABILITY) & (state[:, -1] <= LOW_RELIABILITY)
    state[:, -1] = np.where(lacking, part_state, state[:, -1])
    reason[:, -1] = np.where(lacking, part_reason, reason[:, -1])
    return Standing(state, reason)


def _with_sum(part: Floats) -> Floats:
    """Behind the sub-sectors, their sum; NaN where one is not known."""
    return np.concatenate([part, part.sum(axis=1, keepdims=True)], axis=1)


_FORMULAS = {
    "national": "N_r = Σ_i x_ri0·G, G = T_k / T_0 − 1 of Great Britain",
    "mix": "M_r = Σ_i x_ri0·(G_i − G), G_i = X_ik / X_i0 − 1 of Great Britain",
    "local": "L_r = Σ_i (x_rik − x_ri0·(1 + G_i)); 95 %: the interval of the change, less N_r and M_r",
    "change": "x_rk − x_r0 = N_r + M_r + L_r; 95 %: x_r0·(the interval of x_rk / x_r0 by growth-dispersion − 1)",
}
_NO_INTERVAL = "It is worked out from the base year's jobs as published, and has no interval."
_COVERS = (
    "The interval says how far chance could have moved it, told from how far areas have strayed from the national "
    "growth year by year"
)
_NAMES = {
    "national": "Change of jobs with the whole economy",
    "mix": "Change of jobs from the mix of sub-sectors",
    "local": "Change of jobs of the area's own",
    "change": "Change of creative jobs",
}
_DEFINITIONS = {
    "national": "Jobs that the area would have gained in creative industries since the base year, had these grown as "
    f"all industries in Great Britain did. {_NO_INTERVAL}",
    "mix": "Jobs that the area gained because its sub-sectors grew faster in Great Britain than all industries did, or "
    f"lost because they grew more slowly. {_NO_INTERVAL}",
    "local": "Jobs that the area gained beyond what its sub-sectors' growth in Great Britain would have brought, or "
    f"fell short of that. {_COVERS}; growth in Great Britain is taken as exact.",
    "change": "Creative jobs in the latest year less those in the base year; the sum of the change with the whole "
    f"economy, from the mix of sub-sectors, and of the area's own. {_COVERS}.",
}
INDICATORS = tuple(
    Indicator(
        f"shift-share-{part}",
        name=_NAMES[part],
        unit="jobs",
        digits=0,
        definition=_DEFINITIONS[part],
        formula=_FORMULAS[part],
        source="shift-share: Dunn 1960, Papers in Regional Science 6",
        made_by=shift_share,
    )
    for part in _NAMES
)
