"""
Worlds: countries whose true location quotients are known. How big their areas are, which industries a sub-sector has,
how many establishments of which size, and how far apart areas lie is that of the bundled release; all else is drawn.
Takes a random generator, gives what an office would publish, beside the truth.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reportgen import area_groups, classification, resources
from reportgen.analysis.cells import TOTAL
from reportgen.analysis.inputs import Inputs, gather
from reportgen.analysis.shape import Booleans, Floats
from reportgen.analysis.sizes import BAND_MEANS, bands_of, power_sum, union
from reportgen.analysis.uncertainty import LATTICES, Rounding, disclosive_share, gamma_poisson, rounding
from reportgen.classification import CREATIVE
from reportgen.release.read import read
from reportgen.settings import Settings

RELEASE = Path(__file__).parents[2] / "data" / "releases" / "illustrative-2024"
BEGINS = np.array([1.0, 5.0, 10.0, 20.0, 50.0, 100.0, 250.0, 500.0, 1_000.0])  # of the nine size bands
OPEN_TAIL = 2.0  # of the Pareto sizes in the open band: their mean is 2,000
LARGEST = 20_000.0  # jobs of an establishment
FEW = 3  # a cell with fewer establishments is disclosive


@dataclass(frozen=True)
class Country:
    """
    Args:
        names: of the sub-sectors.
        share: areas, a_r, their shares of all jobs, and here of all local units too; smallest first.
        bands: sub-sector → industries × 9, local units by size band.
        alpha: sub-sectors; 1/α is the variance of the true quotients of its areas.
    """

    names: tuple[str, ...]
    share: Floats
    bands: tuple[Floats, ...]
    alpha: Floats


class Part(NamedTuple):
    """
    One draw of one sub-sector: what is published of it, and the true quotients, which are what location quotients would
    be on average over all draws. All are arrays over areas but `whole`, X_i, and `herfindahl`, H_i.
    """

    quotient: Floats
    jobs: Floats
    jobs_rounding: Rounding
    whole: float
    herfindahl: float
    units: Floats
    units_variance: Floats


class Drawn(NamedTuple):
    """One draw of a country, sub-sectors and, behind them, all together × areas; `whole` and `herfindahl` × 1."""

    jobs_quotient: Floats
    units_quotient: Floats
    jobs: Floats
    jobs_rounding: Rounding
    whole: Floats
    herfindahl: Floats
    units: Floats
    units_variance: Floats
    expected: Floats


World = Callable[[np.random.Generator, Floats, Floats, float], Part]


def country() -> Country:
    """That of the bundled release: its local areas with known jobs, in the latest year."""
    files = resources.bundled()
    release = read(RELEASE, files.classification)
    definitions = classification.chosen(files, release.info.classification, Settings())
    inputs = gather(release, definitions, Settings(), area_groups.load(files))
    totals = inputs.jobs.only(inputs.local, [TOTAL], inputs.jobs.years[-1:]).value.ravel()
    totals = np.sort(totals[totals > 0])
    banded, _ = bands_of(release, release.info.great_britain)
    if banded is None:
        raise ValueError(f"{release.info.id} has no size bands")
    groups = tuple(group for group in inputs.jobs.creative if group != CREATIVE)
    codes = [str(code) for code in banded.index]
    parts = [list(classification.match(definitions.group(group), codes).codes) for group in groups]
    bands = tuple(banded.loc[part].to_numpy(float) for part in parts)
    names = tuple(definitions.group(group).name for group in groups)
    return Country(names, totals / totals.sum(), bands, _alpha(inputs, groups))


def assumed(rng: np.random.Generator, share: Floats, bands: Floats, alpha: float) -> Part:
    """
    Data from the models themselves: quotients from a gamma distribution, establishments of log-normal sizes with the
    number and the Herfindahl index of the sub-sector's, local units from a Poisson distribution; nothing is rounded.
    """
    quotient = _level(rng.gamma(alpha, 1 / alpha, len(share)), share)
    number = int(bands.sum())
    sizes = rng.lognormal(0.0, np.sqrt(np.log(number * lumpiness(bands))), number)
    sizes *= (bands * BAND_MEANS).sum() / sizes.sum()
    exact = np.zeros(len(share))
    return Part(
        quotient,
        jobs=np.bincount(_fall(rng, quotient * share, number), sizes, len(share)),
        jobs_rounding=Rounding(exact, exact),
        whole=sizes.sum(),
        herfindahl=np.square(sizes / sizes.sum()).sum(),
        units=rng.poisson(quotient * share * number).astype(float),
        units_variance=exact,
    )


def lumpy(rng: np.random.Generator, share: Floats, bands: Floats, alpha: float) -> Part:
    """
    Data as an office would publish them: quotients from a log-normal distribution; the establishments of each industry,
    in nine bands and of any size within these, fall on areas; each cell is rounded on its lattice, that of jobs to the
    double step where it has few establishments. H comes from the bands alone, as in a release.
    """
    quotient = _level(rng.lognormal(0.0, np.sqrt(np.log1p(1 / alpha)), len(share)), share)
    placed = [place_industry(rng, quotient * share, industry) for industry in bands]
    jobs, number = (np.array(kind) for kind in zip(*placed, strict=True))
    cells = publish(jobs, "employment", number < FEW)
    counts = publish(number, "businesses")
    jobs_rounding = rounding(cells, "employment", disclosive_share(cells, "employment"))
    return Part(
        quotient,
        jobs=cells.sum(axis=0),
        jobs_rounding=Rounding(*(of.sum(axis=0) for of in jobs_rounding)),
        whole=publish(jobs.sum(axis=1), "employment").sum(),
        herfindahl=lumpiness(bands),
        units=counts.sum(axis=0),
        units_variance=rounding(counts, "businesses").variance.sum(axis=0),
    )


def draw(world: World, of: Country, rng: np.random.Generator) -> Drawn:
    """A draw of every sub-sector, and of all together, added up as `read_cells` and `sizes_of` would."""
    parts = [world(rng, of.share, bands, alpha) for bands, alpha in zip(of.bands, of.alpha, strict=True)]
    theta, jobs, changed, whole, lumps, units, variance = (np.array(each) for each in zip(*parts, strict=True))
    number = np.array([bands.sum() for bands in of.bands])

    def with_sum(each: Floats) -> Floats:
        return np.concatenate([each, each.sum(axis=0, keepdims=True)])

    return Drawn(
        jobs_quotient=np.concatenate([theta, [whole @ theta / whole.sum()]]),
        units_quotient=np.concatenate([theta, [number @ theta / number.sum()]]),
        jobs=with_sum(jobs),
        jobs_rounding=Rounding(*map(with_sum, changed.swapaxes(0, 1))),
        whole=with_sum(whole)[:, None],
        herfindahl=np.append(lumps, union(whole, lumps))[:, None],
        units=with_sum(units),
        units_variance=with_sum(variance),
        expected=with_sum(number)[:, None] * of.share,
    )


def lumpiness(bands: Floats) -> float:
    """H of a sub-sector from its industries × 9 bands, as the product takes it."""
    return float(power_sum(bands.sum(axis=0), 2))


def place_industry(rng: np.random.Generator, probability: Floats, bands: Floats) -> tuple[Floats, Floats]:
    """Jobs and establishments of one industry in each area, its establishments fallen on areas one by one."""
    sizes = np.concatenate([_sizes(rng, band, int(number)) for band, number in enumerate(bands)])
    at = _fall(rng, probability, len(sizes))
    areas = len(probability)
    return np.bincount(at, sizes, areas), np.bincount(at, minlength=areas).astype(float)


def publish(values: Floats, table: str, disclosive: Booleans | bool = False) -> Floats:
    """Counts on the lattice of their table, disclosive ones on every second point of it."""
    begins, steps = np.array(LATTICES[table], dtype=float).T
    step = steps[np.searchsorted(begins[1:], values, side="right")] * np.where(disclosive, 2, 1)
    return np.floor(values / step + 0.5) * step


def _sizes(rng: np.random.Generator, band: int, number: int) -> Floats:
    """Whole sizes within a band, log-uniform; in the open one Pareto, with the mean that the product takes it to be."""
    chance = 1 - rng.random(number)  # above 0
    if band == len(BEGINS) - 1:
        return np.floor(np.minimum(BEGINS[band] * chance ** (-1 / OPEN_TAIL), LARGEST))
    found: Floats = np.floor(BEGINS[band] * (BEGINS[band + 1] / BEGINS[band]) ** (1 - chance))
    return found


def _fall(rng: np.random.Generator, probability: Floats, number: int) -> npt.NDArray[np.intp]:
    """The area that each establishment falls on."""
    steps = np.cumsum(probability)
    return np.searchsorted(steps, rng.random(number) * steps[-1], side="right")


def _level(theta: Floats, share: Floats) -> Floats:
    """Quotients that make up the whole: Σ θ_r·a_r = 1."""
    return theta / (theta * share).sum()


def _alpha(inputs: Inputs, groups: tuple[str, ...]) -> Floats:
    """The shape of the prior in the release: the posterior's of an area that is not there and has no local units."""
    year, whole = inputs.units.years[-1:], inputs.release.info.great_britain
    there = inputs.units.only(inputs.local, (*groups, TOTAL), year)
    base = inputs.units.only([whole], (*groups, TOTAL), year)
    count = np.concatenate([there.value[:, :-1, 0], np.zeros((1, len(groups)))])
    expected = there.value[:, -1:, 0] * base.value[:, :-1, 0] / base.value[:, -1:, 0]
    rounded = np.concatenate([there.rounding.variance[:, :-1, 0], np.zeros((1, len(groups)))])
    drawn = np.arange(len(count)) < len(count) - 1
    return gamma_poisson(count, np.concatenate([expected, np.ones((1, len(groups)))]), drawn, rounded).shape[-1]
