"""
Specialisation: how an area's creative jobs, or local units, spread over the sub-sectors, and how far that is from how
they spread in Great Britain. The latest year alone.
Takes cells, gives rows.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.cells import Cells
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.shape import (
    NOT_APPLICABLE,
    OK,
    Booleans,
    Floats,
    Indicator,
    Numbers,
    Standing,
    mark,
    plain,
    stack,
    tidy,
    within,
    worst,
)
from reportgen.analysis.uncertainty import Z, placed_variance
from reportgen.classification import CREATIVE
from reportgen.release.model import MOST_OF_IT

# Establishments that an area's counts must be worth before the interval of a diversity holds what it says: in
# simulations of lumps it covers 92 % or more from here on, and less than half of that below 10.
ENOUGH = 100


class Profiles(NamedTuple):
    """
    How counts spread over the sub-sectors in the latest year of their table.
    Args:
        cells: areas × sub-sectors × 1.
        share: the same shape; adds up to 1 over the sub-sectors, NaN where a part is not known or there are none.
        variance: the same shape, of the counts: from the lumpiness of establishments and rounding.
        standing: areas × 1 × 1, of a profile as a whole.
    """

    cells: Cells
    share: Floats
    variance: Floats
    standing: Standing


def profiles(inputs: Inputs, table: Cells) -> Profiles:
    """
    The profiles of all areas.
    Args:
        table: the jobs or the local units of the inputs.
    """
    cells = table.only(groups=table.sub_sectors, years=table.years[-1:])
    total = cells.value.sum(axis=1, keepdims=True)
    parts = [cells.standing.at(slice(None), [at]) for at in range(len(cells.groups))]
    standing = mark(
        worst(*parts),
        total == 0,
        NOT_APPLICABLE,
        lambda area, _group, year: reasons.no_profile(table.table, cells.place(area, year)),
    )
    return Profiles(cells, cells.value / np.where(total > 0, total, np.nan), _variance(inputs, cells), standing)


def herfindahl(share: Floats) -> Floats:
    """
    Concentration of an area on few sub-sectors: H = Σ s_i².
    Args:
        share: areas × sub-sectors × years, adding up to 1 over the sub-sectors; NaN where not known.
    Returns: areas × 1 × years; 1 = all in one sub-sector, 1/m = alike in all m.
    Source: Hirschman (1964), The paternity of an index, American Economic Review 54.

    >>> herfindahl(np.array([[[0.5], [0.5], [0.0]]])).item()
    0.5
    """
    found: Floats = np.square(share).sum(axis=1, keepdims=True)
    return found


def effective_sub_sectors(share: Floats) -> Floats:
    """
    How many sub-sectors of equal size would be as diverse: exp(h), h = −Σ s_i ln s_i (natural logarithm, 0 ln 0 = 0).
    Args: as for `herfindahl`.
    Returns: areas × 1 × years, from 1 to the number of sub-sectors that are there at all.
    Source: Jost (2006), Entropy and diversity, Oikos 113; Hill (1973), Diversity and evenness, Ecology 54.

    >>> effective_sub_sectors(np.array([[[0.5], [0.5], [0.0]]])).round(6).item()
    2.0
    """
    found: Floats = np.exp(-(share * _log(share)).sum(axis=1, keepdims=True))
    return found


def krugman(share: Floats, whole: Floats) -> Floats:
    """
    How far an area's profile is from that of a whole: K = Σ |s_ri − s_i|, not halved.
    Args:
        share: as for `herfindahl`; whole: 1 × sub-sectors × years, the shares in Great Britain.
    Returns: areas × 1 × years; 0 = the same profile, 2 = not one sub-sector in common.
    Source: Krugman (1991), Geography and Trade.

    >>> krugman(np.array([[[1.0], [0.0]]]), np.array([[[0.75], [0.25]]])).item()
    0.5
    """
    found: Floats = np.abs(share - whole).sum(axis=1, keepdims=True)
    return found


def group_mean(values: Floats, members: Booleans) -> Floats:
    """
    Unweighted mean over the members of each group.
    Args:
        values: areas × 1 × years; NaN where not known.
        members: groups × areas.
    Returns: groups × 1 × years; NaN where a member is not known, or there is none.

    >>> group_mean(np.array([[[2.0]], [[4.0]], [[9.0]]]), np.array([[True, True, False]])).item()
    3.0
    """
    means = [values[row].mean(axis=0) if row.any() else np.full(values.shape[1:], np.nan) for row in members]
    return np.stack(means) if means else np.full((0, *values.shape[1:]), np.nan)


def diversity_interval(of: Profiles) -> tuple[Numbers, Numbers]:
    """
    Effective sub-sectors and Herfindahl index with their 95 % intervals by the delta method to the second order, with
    v_i = Var(x_i) / T²: Var(h) = Σ (ln s_i + h)² v_i + Σ (v_i / s_i)² / 2; Var(H) = Σ 4 (s_i − H)² v_i + Σ 2 v_i².
    Chance makes h too small and H too large; the interval lies about what they are without that, and is widened to hold
    the value. None where the counts are worth fewer than `ENOUGH` establishments, T² / Σ Var(x_i).
    Returns: effective sub-sectors, Herfindahl index; areas × 1 × 1.
    Source: Harris (1975), The statistical estimation of entropy in the non-parametric case, and Miller (1955), Note on
        the bias of information estimates, for entropy; variances of counts as in `effective_number`.
    """

    def total(values: Floats) -> Floats:
        return np.asarray(values.sum(axis=1, keepdims=True))

    share, there = of.share, np.where(of.share > 0, of.share, np.nan)
    effective, index = effective_sub_sectors(share), herfindahl(share)
    count = total(of.cells.value)
    noise = of.variance / np.square(np.where(count > 0, count, np.nan))
    noise = np.where(total(noise) <= 1 / ENOUGH, noise, np.nan)
    slope = np.where(share > 0, _log(share) + np.log(effective), 0.0)
    curve = np.where(share > 0, 1 / there, 0.0)
    centre = effective * np.exp(total((curve - 1 - 2 * slope) * noise) / 2)
    reach = Z * np.sqrt(total(np.square(slope) * noise + np.square(curve * noise) / 2))
    centre_index = index - total((1 - 4 * share + 3 * index) * noise)
    reach_index = Z * np.sqrt(total(4 * np.square(share - index) * noise + 2 * np.square(noise)))
    most = float(share.shape[1])
    low, high = (np.clip(centre * np.exp(sign * reach), 1.0, most) for sign in (-1, 1))
    low_index, high_index = (np.clip(centre_index + sign * reach_index, 1 / most, 1.0) for sign in (-1, 1))
    return within(effective, low, high, of.standing), within(index, low_index, high_index, of.standing)


def shares(of: Profiles) -> Numbers:
    """
    Each sub-sector's share of the area's creative total, x_i / T; the interval is that of x_i, the other sub-sectors
    taken as exact: low / (low + T − x), high / (high + T − x).
    """
    cells = of.cells
    rest = cells.value.sum(axis=1, keepdims=True) - cells.value
    low, high = (end / np.where(end + rest > 0, end + rest, np.nan) for end in (cells.low, cells.high))
    known = ~np.isnan(low + high)
    low, high = (np.where(known, end, np.nan) for end in (low, high))
    return within(of.share, low, high, worst(cells.standing, of.standing))


def means(inputs: Inputs, of: Profiles) -> tuple[list[str], Numbers]:
    """
    The areas that are made of local ones, and the unweighted mean of the effective sub-sectors of those that lie in
    them for the most part. Those that have no creative jobs at all have no profile and do not take part.
    """
    release, cells = inputs.release, of.cells
    groups = [area for area in cells.areas if release.level_of(area).kind != "local"]
    members = np.zeros((len(groups), len(cells.areas)), dtype=bool)
    for row, group in enumerate(groups):
        inside = release.local_members(group)
        members[row] = np.isin(cells.areas, inside.loc[inside["share"] >= MOST_OF_IT, "area"].tolist())
    states = of.standing.state[:, 0, 0]
    members &= states != NOT_APPLICABLE
    state = np.where(members, states, OK).max(axis=1, initial=OK).astype(np.int8)
    state[~members.any(axis=1)] = NOT_APPLICABLE
    reason = np.full(state.shape, "", dtype=object)
    for row in np.flatnonzero(state).tolist():
        place = f"{release.name_of(groups[row])}, {cells.years[0]}"
        blamed = [cells.names[at] for at in np.flatnonzero(members[row] & (states == state[row])).tolist()]
        number = int(members[row].sum())
        reason[row] = (
            reasons.averaged(cells.table, int(state[row]), blamed, number, place)
            if number
            else reasons.no_profiles(place)
        )
    mean = group_mean(effective_sub_sectors(of.share), members)
    return groups, plain(mean, Standing(state[:, None, None], reason[:, None, None]))


def findings(inputs: Inputs) -> pd.DataFrame:
    """The rows of this family, for all areas, the latest year, jobs and local units."""
    made: dict[str, list[pd.DataFrame]] = {indicator.id: [] for indicator in INDICATORS}
    for variant, table in (("jobs", inputs.jobs), ("units", inputs.units)):
        of = profiles(inputs, table)
        whole = of.cells.areas.index(inputs.release.info.great_britain)
        effective, index = diversity_interval(of)
        distance = plain(krugman(of.share, of.share[[whole]]), worst(of.standing, of.standing.at([whole])))
        groups, mean = means(inputs, of)
        for indicator, areas, sub_sectors, numbers in (
            ("sub-sector-share", of.cells.areas, of.cells.groups, shares(of)),
            ("effective-sub-sectors", of.cells.areas, (CREATIVE,), effective),
            ("herfindahl", of.cells.areas, (CREATIVE,), index),
            ("krugman", of.cells.areas, (CREATIVE,), distance),
            ("effective-sub-sectors-mean", groups, (CREATIVE,), mean),
        ):
            times = [(of.cells.years[0], "")]
            made[indicator].append(tidy(indicator, areas, sub_sectors, times, numbers, table.table, variant))
    return stack([frame for frames in made.values() for frame in frames])


def _log(share: Floats) -> Floats:
    """The natural logarithm, 0 where it will be multiplied by 0; NaN stays NaN."""
    return np.log(np.where(share == 0, 1.0, share))


def _variance(inputs: Inputs, cells: Cells) -> Floats:
    """
    The variance of each count. Jobs: X²·s(1 − s)·H + V, as `effective_number` has it; local units: u + V; a whole, be
    it Great Britain or more, has V alone.
    """
    if cells.table == inputs.jobs.table:
        whole = cells.only([inputs.release.info.great_britain]).value
        at = [inputs.jobs.groups.index(group) for group in cells.groups]
        lumpy = inputs.sizes.herfindahl[:, at, -1:]
        chance = placed_variance(cells.value, whole, lumpy)
    else:
        chance = cells.value
    wholes = np.array([area in inputs.wholes for area in cells.areas], dtype=bool)
    found: Floats = np.where(wholes[:, None, None], 0.0, chance) + cells.rounding.variance
    return found


_TWICE = "By jobs (variant jobs) and by local units (units)."
_SMALL = (
    f"No interval where the counts are worth fewer than {ENOUGH} establishments: chance alone makes small areas look "
    "more specialised."
)

INDICATORS = (
    Indicator(
        "sub-sector-share",
        name="Share of the creative total",
        unit="share",
        digits=1,
        definition=f"The sub-sector's share of all creative jobs, or local units, in the area. {_TWICE} The interval "
        "is that of the sub-sector's count, the other sub-sectors taken as exact.",
        formula="s_ri = x_ri / Σ_j x_rj",
        source="composition of a count",
        made_by=shares,
    ),
    Indicator(
        "effective-sub-sectors",
        name="Effective number of sub-sectors",
        unit="number",
        digits=1,
        definition="How many sub-sectors of equal size would be as diverse as the area's creative industries are; 1 = "
        f"all in one. Of a region: its own figures, pooled. {_TWICE} The interval covers chance in the placing of "
        f"establishments, and rounding. {_SMALL}",
        formula="exp(h_r), h_r = −Σ s_ri ln s_ri; 95 %: exp(h + b ± 1.96·√(Σ (ln s_i + h)² v_i + Σ (v_i/s_i)²/2)), "
        "v_i = Var(x_i)/T², b = Σ (1/s_i − 1 − 2(ln s_i + h)) v_i / 2",
        source="Jost (2006), Entropy and diversity, Oikos 113; interval: Harris (1975), bias: Miller (1955)",
        made_by=effective_sub_sectors,
    ),
    Indicator(
        "herfindahl",
        name="Herfindahl index of sub-sectors",
        unit="number",
        digits=3,
        definition="The sum of the squared shares of the sub-sectors in the area's creative total; 1 = all in one "
        f"sub-sector. {_TWICE} The interval covers chance in the placing of establishments, and rounding. {_SMALL}",
        formula="H_r = Σ s_ri²; 95 %: H − b ± 1.96·√(Σ 4 (s_i − H)² v_i + Σ 2 v_i²), v_i = Var(x_i)/T², "
        "b = Σ (1 − 4 s_i + 3 H) v_i",
        source="Hirschman (1964), The paternity of an index, American Economic Review 54; interval: delta method",
        made_by=herfindahl,
    ),
    Indicator(
        "krugman",
        name="Krugman specialisation index",
        unit="number",
        digits=2,
        definition="The differences between the area's shares of sub-sectors and those of Great Britain, added up "
        f"without their signs and not halved: 0 = the same profile, 2 = nothing in common. {_TWICE} It has no "
        "interval: chance can only make an area look more unlike, and the more so the smaller it is.",
        formula="K_r = Σ |s_ri − s_GB,i|",
        source="Krugman (1991), Geography and Trade",
        made_by=krugman,
    ),
    Indicator(
        "effective-sub-sectors-mean",
        name="Effective number of sub-sectors, mean of local areas",
        unit="number",
        digits=1,
        definition="The unweighted mean of the effective number of sub-sectors over the local areas that lie in the "
        f"area for the most part and have any creative jobs (or local units). {_TWICE} It is below the pooled number "
        "where local areas differ. No interval, as most local areas have none.",
        formula="Σ exp(h_r) / n over the n local areas",
        source="mean of the effective number of sub-sectors: Jost (2006), Oikos 113",
        made_by=group_mean,
    ),
)
