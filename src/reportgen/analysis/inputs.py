"""
Inputs: what every family of findings works on: the jobs and local units of a release with their intervals, its
definitions, its settings, and the groups of areas that are compared.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from reportgen.analysis.cells import TOTAL, Cells, flag_jumps, no_cells, read_cells
from reportgen.analysis.levels import above, add_up
from reportgen.analysis.shape import Floats
from reportgen.analysis.sizes import JOBS_A_UNIT, LUMPINESS, Basis, Sizes, bands_of, least_fourth, power_sum, union
from reportgen.analysis.uncertainty import count_interval, jobs_interval, rounding_interval
from reportgen.area_groups import AreaGroups
from reportgen.classification import CREATIVE, IT, WITHOUT_IT, Classification, match
from reportgen.release.model import MOST_OF_IT, Release
from reportgen.release.tables import ALL
from reportgen.settings import Settings


@dataclass(frozen=True, eq=False)
class Inputs:
    """
    Args:
        jobs, units: with intervals; the local units of a release without them are missing everywhere.
        sizes: power sums of establishment sizes, on the groups and years of the jobs.
        groups: of areas; `members` says who is in one.
    """

    release: Release
    classification: Classification
    settings: Settings
    groups: AreaGroups
    jobs: Cells
    units: Cells
    sizes: Sizes

    @cached_property
    def local(self) -> tuple[str, ...]:
        """Codes of all local areas, in file order: those that are ranked, mapped and tested."""
        return tuple(self.release.at_level("local"))

    @cached_property
    def inside(self) -> frozenset[str]:
        """
        Codes of the areas that lie in Great Britain for the most part, by what the release says of its members and
        theirs; all areas that are no whole themselves where it says nothing. Custom areas lie in it with all of their
        local areas.
        """
        release, shares = self.release, {self.release.info.great_britain: 1.0}
        waiting = list(shares.items())
        while waiting:
            group, part = waiting.pop()
            for area, share in release.members(group).itertuples(index=False):
                shares[area] = shares.get(area, 0.0) + part * share
                waiting.append((area, part * share))
        del shares[release.info.great_britain]
        if not shares:
            return frozenset(area for area in self.jobs.areas if area not in self.wholes)
        inside = {area for area, share in shares.items() if share >= MOST_OF_IT}
        custom = {area: set(release.local_members(area)["area"]) for area in release.at_level("custom")}
        return frozenset(inside | {area for area, parts in custom.items() if parts and parts <= inside})

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Area → the kind of its level."""
        return {str(area): self.release.info.levels[level].kind for area, level in self.release.areas["level"].items()}

    @cached_property
    def wholes(self) -> frozenset[str]:
        """Codes of the national area and the benchmarks, which other areas are held against or lie in."""
        return frozenset(area for area, kind in self.kinds.items() if kind in ("national", "benchmark"))

    def members(self, group: str) -> tuple[str, ...]:
        """
        The local areas of a group of `data/groups.toml`, in file order; none where the release has none of them.
        Raises: KeyError: no such group.
        """
        found = self.groups.groups[group]
        regions = [region for region in found.regions if region in self.release.areas.index]
        inside = set(found.areas)
        for region in regions:
            shares = self.release.local_members(region)
            inside |= set(shares.loc[shares["share"] >= MOST_OF_IT, "area"])
        outside = {area for other in found.without for area in self.members(other)}
        return tuple(area for area in self.local if area in inside - outside)


def gather(release: Release, classification: Classification, settings: Settings, groups: AreaGroups) -> Inputs:
    """
    All that families need of a release.
    Raises: DataError: a creative definition has no data.
    """
    jobs = flag_jumps(add_up(read_cells(release, classification, "employment"), release), above(release))
    if release.businesses is None:
        units = no_cells("businesses", like=jobs)
    else:
        units = add_up(read_cells(release, classification, "businesses"), release)
    sizes = sizes_of(release, classification, jobs, units)
    return Inputs(
        release=release,
        classification=classification,
        settings=settings,
        groups=groups,
        jobs=_with_intervals(jobs, release, sizes),
        units=_with_intervals(units, release, None),
        sizes=sizes,
    )


def sizes_of(release: Release, classification: Classification, jobs: Cells, units: Cells) -> Sizes:
    """
    The power sums of establishment sizes of each group of the jobs, in Great Britain. From bands they are the same in
    all years; creative as a whole, with and without IT, is the union of its sub-sectors, weighted by each year's jobs.
    """
    whole = release.info.great_britain
    counts = jobs.only([whole]).value
    banded, year = bands_of(release, whole)
    if banded is not None:
        second, fourth = (
            np.broadcast_to(_from_bands(classification, banded, jobs.groups, power)[None, :, None], counts.shape).copy()
            for power in (2, 4)
        )
    else:
        second = _without_bands(counts, units.only([whole]).value if release.businesses is not None else None)
        fourth = least_fourth(second)
    parts = [part.id for part in classification.creative]
    unions = {CREATIVE: parts, WITHOUT_IT: [part for part in parts if part != IT]}
    for at, its in ((jobs.groups.index(of), its) for of, its in unions.items() if of in jobs.groups):
        rows = [jobs.groups.index(part) for part in its]
        for power, found in ((2, second), (4, fourth)):
            found[:, at] = union(counts[:, rows].swapaxes(0, 1), found[:, rows].swapaxes(0, 1), power)
    basis: Basis = "bands" if banded is not None else "units" if release.businesses is not None else "jobs"
    return Sizes(second, fourth, basis, year)


def _without_bands(counts: Floats, units: Floats | None) -> Floats:
    """H from the mean number of local units, over the years known, as the two tables may differ; else from jobs."""
    if units is None:
        return np.minimum(LUMPINESS * JOBS_A_UNIT / np.where(counts > 0, counts, np.nan), 1.0)
    known = np.where(np.isnan(units), 0.0, units)
    number = known.sum(axis=2, keepdims=True) / np.maximum((known > 0).sum(axis=2, keepdims=True), 1)
    number = np.broadcast_to(number, counts.shape)
    return np.minimum(LUMPINESS / np.where(number > 0, number, np.nan), 1.0)


def _from_bands(classification: Classification, banded: pd.DataFrame, groups: tuple[str, ...], power: int) -> Floats:
    """Σ z^k of each group from local units by code and band."""
    codes = [str(code) for code in banded.index if code != ALL]
    found = []
    for group in groups:
        taken = codes if group == TOTAL else list(match(classification.group(group), codes).codes)
        if group == TOTAL and ALL in banded.index:
            taken = [ALL]
        found.append(float(power_sum(banded.loc[taken].to_numpy(float).sum(axis=0), power)))
    return np.array(found)


def _with_intervals(cells: Cells, release: Release, sizes: Sizes | None) -> Cells:
    """
    The cells with the interval of each count: of jobs (`sizes` given) from the lumpiness of their sub-sector, of local
    units from that of a Poisson count; of a whole, be it Great Britain or more, from rounding alone.
    """
    if sizes is None:
        low, high = count_interval(cells.value, cells.rounding)
    else:
        whole = cells.only([release.info.great_britain]).value
        low, high = jobs_interval(cells.value, cells.rounding, whole, sizes.herfindahl)
    wholes = np.array([release.level_of(area).kind in ("national", "benchmark") for area in cells.areas])
    rounded = rounding_interval(cells.value, cells.rounding)
    low, high = (
        np.where(wholes[:, None, None], of_whole, of) for of_whole, of in zip(rounded, (low, high), strict=True)
    )
    return replace(cells, low=low, high=high)
