"""
Economy: how many jobs and local units each place, industry and year has before anything is rounded or hidden.
Takes facts and assumptions, gives arrays places × industries × years; writes no file. Every stage draws from a
generator of its own, so that changing one leaves the others' draws as they were.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

YEARS = tuple(range(2015, 2025))
BASE_YEAR = 2019  # the year that the jobs in industries.csv speak of
PERSONS = {"E": 1720, "W": 1630, "S": 780, "N": 2130}  # residents of a small area (ONS, NRS, NISRA, about 2019)
LONDON = (51.51, -0.13)  # Charing Cross, for nearness to London
SHOCK = {2020: 1.0, 2021: 0.7, 2022: 0.15}  # how much of an industry's `dip` is felt in each year
BLOCKS = ("creative", "high-tech-manufacturing", "kibs-net", "other")


@dataclass(frozen=True)
class Economy:
    """
    The model's result: places × industries (× years), unrounded.
    Args:
        jobs: places × industries × years.
        units: places × industries × years; whole numbers in the last year.
        banded: places × industries × nine size bands, whole numbers of the last year.
    """

    places: pd.DataFrame
    industries: pd.DataFrame
    jobs: np.ndarray
    units: np.ndarray
    banded: np.ndarray


def build_economy(
    places: pd.DataFrame, industries: pd.DataFrame, specialisms: pd.DataFrame, seed: int, bands: tuple[int, ...]
) -> Economy:
    """
    Args:
        places: code, latitude, longitude, persons, country, creative_quotient and jobs_per_person (NaN: drawn).
        industries: the rows of industries.csv, `sic` as strings.
        specialisms: area, sic (a prefix), factor: what a place is known for.
        bands: lowest number of jobs of each size band, ascending.
    """
    jobs_total = _area_totals(places, industries, np.random.default_rng([seed, 1]))
    quotients = _block_quotients(places, industries, jobs_total, np.random.default_rng([seed, 2]))
    smooth, lumps = _base_year(places, industries, specialisms, jobs_total, quotients, seed)
    path = _growth(places, industries, np.random.default_rng([seed, 5]))
    jobs = (smooth * lumps)[:, :, None] * path * _noise(smooth * lumps, len(YEARS), 0.012, 0.8, seed, 6)
    units = _local_units(industries, quotients, smooth, lumps, path, seed)
    banded = _size_bands(jobs[:, :, -1], units[:, :, -1], bands, np.random.default_rng([seed, 9]))
    return Economy(places, industries, jobs, units, banded)


def _area_totals(places: pd.DataFrame, industries: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Jobs of each place in the base year: residents × jobs per resident; Great Britain adds up to industries.csv."""
    drawn = 0.43 * np.exp(rng.normal(0, 0.12, len(places)))
    given = places["jobs_per_person"].notna().to_numpy()
    jobs = np.where(given, places["jobs_per_person"].fillna(0), drawn) * places["persons"].to_numpy()
    britain = places["country"].to_numpy() != "N"
    target = 1000 * industries["jobs_thousand"].sum()
    scale = (target - jobs[given & britain].sum()) / jobs[~given & britain].sum()
    return np.where(given, jobs, jobs * scale)


def _block_quotients(
    places: pd.DataFrame, industries: pd.DataFrame, jobs: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    """
    How much more of each block of industries a place has than Great Britain (1 = as much).
    Creative: as given in places.csv, else it rises with size and nearness to London. KIBS net of creative follows it.
    High-tech manufacturing is drawn on its own, and what it has in common with creative by chance is taken out.
    """
    count = len(places)
    size = np.log(places["persons"].to_numpy() / 200_000)
    north = (places["latitude"].to_numpy() - LONDON[0]) * 111
    east = (places["longitude"].to_numpy() - LONDON[1]) * 111 * np.cos(np.radians(LONDON[0]))
    near = np.exp(-np.hypot(north, east) / 90)
    creative = np.exp(0.10 * size + 0.35 * near + rng.normal(0, 0.24, count))
    given = places["creative_quotient"].notna().to_numpy()
    britain = places["country"].to_numpy() != "N"
    fixed = places["creative_quotient"].fillna(0).to_numpy()
    left = jobs[britain].sum() - (fixed * jobs)[given & britain].sum()
    creative = np.where(given, fixed, creative * left / (creative * jobs)[~given & britain].sum())
    centred = np.log(creative) - np.log(creative).mean()
    kibs = np.exp(0.6 * centred + 0.04 * size + rng.normal(0, 0.22, count))
    chance = rng.normal(0, 0.6, count)
    technology = np.exp(chance - centred * (chance @ centred) / (centred @ centred))
    frame = pd.DataFrame({"creative": creative, "high-tech-manufacturing": technology, "kibs-net": kibs})
    frame /= [np.average(frame[name][britain], weights=jobs[britain]) for name in frame]
    shares = industries.groupby("group")["jobs_thousand"].sum() / industries["jobs_thousand"].sum()
    rest = 1 - sum(frame[name] * shares[name] for name in frame)
    return frame.assign(other=rest / shares["other"])


def _base_year(
    places: pd.DataFrame,
    industries: pd.DataFrame,
    specialisms: pd.DataFrame,
    jobs: np.ndarray,
    quotients: pd.DataFrame,
    seed: int,
) -> tuple[np.ndarray, np.ndarray]:
    """
    Jobs of the base year as a smooth expectation and the factor by which chance makes it lumpy.
    Each block is fitted to the places' totals (quotient × share × jobs) and the industries' totals, twice: as the
    expectation, and after a gamma draw whose spread falls with the number of local units (few workplaces, big lumps).
    """
    rng, lumps_rng = np.random.default_rng([seed, 3]), np.random.default_rng([seed, 4])
    britain = places["country"].to_numpy() != "N"
    size = np.log(places["persons"].to_numpy() / 200_000)
    taste = _tastes(places, industries, specialisms, size, rng)
    smooth, lumpy = np.zeros_like(taste), np.zeros_like(taste)
    for block in BLOCKS:
        members = np.flatnonzero(industries["group"] == block)
        national = 1000 * industries["jobs_thousand"].to_numpy()[members]
        rows = quotients[block].to_numpy() * jobs * national.sum() / (1000 * industries["jobs_thousand"].sum())
        columns = national * rows.sum() / rows[britain].sum()
        expected = _fit(taste[:, members] * columns, rows, columns)
        units = expected / industries["jobs_per_unit"].to_numpy()[members]
        shape = units / 3 + 0.05
        smooth[:, members] = expected
        lumpy[:, members] = _fit(expected * lumps_rng.gamma(shape) / shape + 1e-9, rows, columns)
    return smooth, np.where(lumpy < 1, 0, lumpy) / smooth


def _tastes(
    places: pd.DataFrame,
    industries: pd.DataFrame,
    specialisms: pd.DataFrame,
    size: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """How much a place leans to each industry: its size, its sub-sector and section, its specialisms and chance."""
    kin = industries["sub_sector"].where(industries["sub_sector"] != "", industries["sic"].str[0])
    families, member = np.unique(kin.to_numpy(dtype=str), return_inverse=True)
    lean = rng.normal(0, 0.22, (len(places), len(families)))[:, member]
    own = rng.normal(0, 0.22, (len(places), len(industries)))
    taste = np.exp(size[:, None] * industries["urban"].to_numpy() + lean + own)
    row = {code: index for index, code in enumerate(places["code"])}
    for special in specialisms.itertuples():
        taste[row[special.area], industries["sic"].str.startswith(special.sic).to_numpy()] *= special.factor
    return taste


def _fit(table: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Iterative proportional fitting (Deming and Stephan, 1940): a table with the given row and column totals."""
    for _ in range(60):
        table = table * (columns / table.sum(axis=0))
        table = table * (rows / table.sum(axis=1))[:, None]
    return table


def _growth(places: pd.DataFrame, industries: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Places × industries × years, 1 in the base year: national growth, the dip of 2020–21, and local drift."""
    since = np.array(YEARS) - BASE_YEAR
    trend = (1 + industries["growth"].to_numpy()[:, None]) ** since
    shock = 1 - industries["dip"].to_numpy()[:, None] * [SHOCK.get(year, 0.0) for year in YEARS]
    wander = np.cumsum(rng.normal(0, 0.006, (len(industries), len(YEARS))), axis=1)
    national = trend * shock * np.exp(wander - wander[:, [YEARS.index(BASE_YEAR)]])
    everywhere = rng.normal(0, 0.004, (len(places), 1, 1))
    creative = rng.normal(0, 0.008, (len(places), 1, 1)) * (industries["group"] == "creative").to_numpy()[:, None]
    return national * np.exp((everywhere + creative) * since)


def _noise(level: np.ndarray, years: int, floor: float, small: float, seed: int, stage: int) -> np.ndarray:
    """Year-to-year noise, a log-normal AR(1) with memory 0.6; its variance is floor² + small / (level + 20)."""
    rng, memory = np.random.default_rng([seed, stage]), 0.6
    deviation = np.sqrt(floor**2 + small / (level + 20))[:, :, None]
    draws = rng.normal(0, 1, (*level.shape, years))
    for year in range(1, years):
        draws[:, :, year] = memory * draws[:, :, year - 1] + np.sqrt(1 - memory**2) * draws[:, :, year]
    return np.exp(deviation * draws)


def _local_units(
    industries: pd.DataFrame,
    quotients: pd.DataFrame,
    smooth: np.ndarray,
    lumps: np.ndarray,
    path: np.ndarray,
    seed: int,
) -> np.ndarray:
    """
    Local units: jobs over jobs per unit; a lump of jobs is partly bigger workplaces (power 0.6), growth likewise (0.7).
    Workplaces of creative industries are bigger where these are dense. The last year is rounded to whole workplaces.
    """
    rng = np.random.default_rng([seed, 7])
    bigger = np.where(industries["group"] == "creative", quotients["creative"].to_numpy()[:, None] ** 0.25, 1.0)
    level = smooth * lumps**0.6 / industries["jobs_per_unit"].to_numpy() / bigger
    level = level * np.exp(rng.normal(0, 0.08, smooth.shape))
    units = level[:, :, None] * path**0.7 * _noise(level, len(YEARS), 0.008, 0.04, seed, 8)
    units[:, :, -1] = np.rint(units[:, :, -1])
    return units


def _size_bands(jobs: np.ndarray, units: np.ndarray, bands: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """Split each cell's local units over the size bands: log-normal sizes around its mean, narrower where it is big."""
    mean = np.divide(jobs, units, out=np.ones_like(jobs), where=(units > 0) & (jobs > 0)).clip(0.5, 400)
    sigma = np.interp(np.log(mean), np.log([8, 60]), [1.85, 1.1])
    centre = np.log(mean) - sigma**2 / 2
    edges = (np.log(np.array(bands[1:]) - 0.5) - centre[..., None]) / sigma[..., None]
    below = np.concatenate([np.zeros((*mean.shape, 1)), _normal_cdf(edges), np.ones((*mean.shape, 1))], axis=-1)
    return rng.multinomial(units.astype(np.int64), np.diff(below, axis=-1).clip(0, 1)).astype(float)


def _normal_cdf(values: np.ndarray) -> np.ndarray:
    """The standard normal distribution function by a logistic form, error under 0.0002 (Bowling et al., 2009)."""
    return 1 / (1 + np.exp(-(0.07056 * values**3 + 1.5976 * values)))
