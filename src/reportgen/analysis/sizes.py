"""
Sizes: how lumpy a sub-sector is, Σ z² and Σ z⁴ of its establishments' shares of its jobs, in Great Britain as a whole.
From size bands of local units where the release has them; else from their number, and then it is an assumption.
Takes a release and cells, gives arrays; knows no single area but the whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from reportgen.analysis.shape import Floats
from reportgen.release.model import Release
from reportgen.release.tables import ALL, SIZE_BANDS

# Jobs of an establishment in each band: the geometric mean of its ends; of the open one, about what it has been.
BAND_MEANS = np.sqrt([1 * 4, 5 * 9, 10 * 19, 20 * 49, 50 * 99, 100 * 249, 250 * 499, 500 * 999, 2_000**2])
LUMPINESS = 40.0  # H times the number of local units, where there are no bands
JOBS_A_UNIT = 10.0  # where there are no local units either

Basis = Literal["bands", "units", "jobs"]


@dataclass(frozen=True)
class Sizes:
    """
    Power sums of establishment sizes, one of each for each group of industries and year of the jobs.
    Args:
        herfindahl: 1 × groups × years, H_i = Σ z².
        fourth: 1 × groups × years, Σ z⁴, which the variance of an index of concentration needs.
        basis: what they rest on: bands, the number of local units, or jobs alone; all but bands are assumptions.
        year: the year of the bands, empty without.
    """

    herfindahl: Floats
    fourth: Floats
    basis: Basis
    year: str


def power_sum(units: Floats, power: int) -> Floats:
    """
    Σ z^k over the establishments of an industry, z the share of each in its jobs, from how many there are in each band:
    Σ N_b m_b^k / (Σ N_b m_b)^k, m_b the mean size in the band. Scaling the sizes to known jobs would cancel.
    Args:
        units: … × 9, local units in the bands of `SIZE_BANDS`.
        power: k, 2 for the Herfindahl index.
    Returns: …, 0 to 1; NaN where there are none.
    Source: Ellison and Glaeser (1997), Geographic concentration in U.S. manufacturing industries, JPE 105.

    >>> four_alike = np.array([0.0, 0, 0, 0, 0, 0, 0, 0, 4])
    >>> power_sum(four_alike, 2).item(), power_sum(four_alike, 4).item()
    (0.25, 0.015625)
    """
    sizes = (units * BAND_MEANS).sum(axis=-1)
    found: Floats = (units * BAND_MEANS**power).sum(axis=-1) / np.where(sizes > 0, sizes, np.nan) ** power
    return found


def least_fourth(herfindahl: Floats) -> Floats:
    """
    The least that Σ z⁴ can be where Σ z² = H: H³, that of 1/H establishments of one size. It is taken where sizes are
    not known; the variance that it enters, with a minus, is then no smaller than the true one.
    Source: the inequality of power means, Σ z·z³ ≥ (Σ z·z)³ with Σ z = 1.

    >>> least_fourth(np.array([0.25])).item()
    0.015625
    """
    return herfindahl**3


def union(jobs: Floats, parts: Floats, power: int = 2) -> Floats:
    """
    Σ z^k of industries taken together: Σ (X_i / X)^k · (Σ z^k)_i.
    Args:
        jobs: parts × …, X_i; parts without any, or without a figure, are no part of it; parts: the same shape, Σ z^k of
            each; power: k.
    Returns: …; NaN where no part has jobs, or that of a part with jobs is not known.

    >>> union(np.array([300.0, 100.0]), np.array([0.1, 0.4])).round(4).item()
    0.0812
    """
    weights = np.where(jobs > 0, jobs, 0.0)
    total = weights.sum(axis=0)
    shares = weights / np.where(total > 0, total, np.nan)
    found: Floats = np.where(weights > 0, shares**power * parts, 0.0).sum(axis=0)
    return np.where(total > 0, found, np.nan)


def bands_of(release: Release, whole: str) -> tuple[pd.DataFrame | None, str]:
    """
    Local units by industry code and size band in a whole, in the latest year that has bands, and that year. From its
    own rows, else from those of the national area; None where neither has bands. They are not added up from smaller
    areas: one or two large establishments in an area are published as none, and the sum would lack most of them.
    """
    frame = release.businesses
    if frame is None:
        return None, ""
    banded = frame[frame["size_band"] != ALL]
    for area in (whole, release.info.national):
        own = banded[banded["area"] == area]
        if len(own):
            break
    else:
        return None, ""
    year = int(own["year"].max())
    own = own[own["year"] == year]
    if own["local_units"].isna().any():  # a band that is not known would make the industry look less lumpy
        return None, ""
    table = own.groupby(["sic", "size_band"], observed=True)["local_units"].sum().unstack(fill_value=0.0)
    return table.reindex(columns=list(SIZE_BANDS), fill_value=0.0), str(year)
