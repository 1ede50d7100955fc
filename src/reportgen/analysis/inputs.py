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
from reportgen.analysis.sizes import JOBS_A_UNIT, LUMPINESS, Sizes, bands_of, herfindahl, union
from reportgen.analysis.uncertainty import count_interval, jobs_interval, rounding_interval
from reportgen.area_groups import AreaGroups
from reportgen.classification import CREATIVE, Classification, match
from reportgen.release.model import MOST_OF_IT, Release
from reportgen.release.tables import ALL
from reportgen.settings import Settings


@dataclass(frozen=True, eq=False)
class Inputs:
    """
    Args:
        jobs, units: with intervals; the local units of a release without them are missing everywhere.
        sizes: Herfindahl indices of establishment sizes, on the groups and years of the jobs.
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
    The Herfindahl index of establishment sizes of each group of the jobs, in Great Britain. From bands it is the same
    in all years; creative as a whole is the union of its sub-sectors, weighted by each year's jobs.
    """
    whole = release.info.great_britain
    counts = jobs.only([whole]).value
    banded, year = bands_of(release, whole)
    if banded is not None:
        found = np.broadcast_to(_from_bands(classification, banded, jobs.groups)[None, :, None], counts.shape).copy()
    elif release.businesses is not None:
        number = units.only([whole]).value
        known = np.where(
            np.isnan(number), 0.0, number
        )  # the mean of the years that are known: the two tables may differ
        number = known.sum(axis=2, keepdims=True) / np.maximum((known > 0).sum(axis=2, keepdims=True), 1)
        number = np.broadcast_to(number, counts.shape)
        found = np.minimum(LUMPINESS / np.where(number > 0, number, np.nan), 1.0)
    else:
        found = np.minimum(LUMPINESS * JOBS_A_UNIT / np.where(counts > 0, counts, np.nan), 1.0)
    parts, at = len(classification.creative), jobs.groups.index(CREATIVE)
    found[:, at] = union(counts[:, :parts].swapaxes(0, 1), found[:, :parts].swapaxes(0, 1))
    return Sizes(found, "bands" if banded is not None else "units" if release.businesses is not None else "jobs", year)


def _from_bands(classification: Classification, banded: pd.DataFrame, groups: tuple[str, ...]) -> Floats:
    """H of each group from local units by code and band."""
    codes = [str(code) for code in banded.index if code != ALL]
    found = []
    for group in groups:
        taken = codes if group == TOTAL else list(match(classification.group(group), codes).codes)
        if group == TOTAL and ALL in banded.index:
            taken = [ALL]
        found.append(float(herfindahl(banded.loc[taken].to_numpy(float).sum(axis=0))))
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
