"""
Publish: how an office would release the model's numbers: regions first, then rounding, then hiding.
Takes the economy, gives the tables employment and businesses; writes no file.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from illustrative.economy import YEARS, Economy

STEPS = (
    (50, 5),
    (250, 25),
    (500, 50),
    (1000, 100),
    (2500, 250),
    (5000, 500),
    (float("inf"), 1000),
)  # BRES, open access
SMALL_AREA = 60_000  # jobs; only smaller areas have hidden cells
SIC_ALL = "all"


def lattice(jobs: np.ndarray, double: np.ndarray) -> np.ndarray:
    """
    Round jobs as open-access BRES does: to 5 under 50, to 25 under 250 and so on; disclosive cells to the double step.
    Args:
        jobs: unrounded, 0 or more.
        double: True where the cell is disclosive; same shape.
    """
    limits, steps = np.array([limit for limit, _ in STEPS]), np.array([step for _, step in STEPS])
    step = steps[np.searchsorted(limits, jobs, side="right").clip(max=len(steps) - 1)] * np.where(double, 2, 1)
    return np.floor(jobs / step + 0.5) * step


def employment(economy: Economy, groups: pd.DataFrame, seed: int) -> pd.DataFrame:
    """
    Jobs by year, area and industry, for every place and group in Great Britain, each rounded on its own.
    Args:
        groups: groups × places, the share of each place that lies in the group.
    Returns: columns year, area, sic, jobs, status.
    """
    rng = np.random.default_rng([seed, 10])
    britain = (economy.places["country"] != "N").to_numpy()
    jobs = economy.jobs[britain]
    places = economy.places[britain].reset_index(drop=True)
    disclosive = (economy.units[britain][:, :, -1] < 3) & (rng.random(jobs.shape[:2]) < 0.3)
    status = _hide(jobs, economy, britain, rng)
    values = np.concatenate(
        [
            _with_groups(jobs, groups.loc[:, places["code"]]).sum(axis=1, keepdims=True),
            _with_groups(jobs, groups.loc[:, places["code"]]),
        ],
        axis=1,
    )
    double = np.zeros(values.shape, dtype=bool)
    double[len(groups) :, 1:] = disclosive[:, :, None]
    flags = np.full(values.shape, "", dtype=object)
    flags[len(groups) :, 1:] = status
    rounded = lattice(values, double)
    areas = [*groups.index, *places["code"]]
    text = np.where(flags == "suppressed", "", rounded.astype(np.int64).astype(str))
    return _long(areas, economy, {"jobs": text, "status": flags})[["year", "area", "sic", "jobs", "status"]]


def businesses(economy: Economy, groups: pd.DataFrame, bands: tuple[str, ...]) -> pd.DataFrame:
    """
    Local units by year, area, industry and size band (bands for the last year), for the whole United Kingdom.
    Returns: columns year, area, sic, size_band, local_units, status.
    """
    areas = [*groups.index, *economy.places["code"]]
    frames = []
    units = _with_groups(economy.units, groups)
    units = np.concatenate([units.sum(axis=1, keepdims=True), units], axis=1)
    frames.append(_long(areas, economy, {"local_units": _to_five(units)}).assign(size_band="all"))
    banded = _with_groups(economy.banded, groups)
    banded = np.concatenate([banded.sum(axis=1, keepdims=True), banded], axis=1)
    for index, band in enumerate(bands):
        frame = _long(areas, economy, {"local_units": _to_five(banded[:, :, [index]])}, years=YEARS[-1:])
        frames.append(frame.assign(size_band=band))
    table = pd.concat(frames, ignore_index=True).assign(status="")
    return table[["year", "area", "sic", "size_band", "local_units", "status"]]


def _with_groups(values: np.ndarray, groups: pd.DataFrame) -> np.ndarray:
    """
    Rows of the groups before those of the places: each is the share-weighted sum of its places, unrounded.
    Six decimals stay: the last bits of a sum differ between processors and must not decide a tie.
    """
    return np.concatenate([np.tensordot(groups.to_numpy(), values, axes=1), values]).round(6)


def _to_five(units: np.ndarray) -> np.ndarray:
    return (np.floor(units / 5 + 0.5) * 5).astype(np.int64).astype(str)


def _hide(jobs: np.ndarray, economy: Economy, britain: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """
    Which cells of small areas are suppressed or of low reliability: places × industries × years of text.
    In each of 24 areas two industries of few workplaces are hidden together (one alone could be worked out), for a run
    of years, every second run up to the last; one of two pairs holds a creative industry. In 60 other cells three years
    in a row carry the mark low-reliability.
    """
    status = np.full(jobs.shape, "", dtype=object)
    units = economy.units[britain][:, :, -1]
    creative = (economy.industries["group"] == "creative").to_numpy()
    small = jobs[:, :, -1].sum(axis=1) < SMALL_AREA
    few = small[:, None] & (units >= 1) & (units <= 4) & (jobs.min(axis=2) >= 5)
    ready = np.flatnonzero((few & creative).any(axis=1) & ((few & ~creative).sum(axis=1) >= 2))
    for order, area in enumerate(rng.choice(ready, 24, replace=False)):
        others = rng.choice(np.flatnonzero(few[area] & ~creative), 2, replace=False)
        first = rng.choice(np.flatnonzero(few[area] & creative)) if order % 2 else others[0]
        start, length = int(rng.integers(0, len(YEARS) - 2)), int(rng.integers(3, 9))
        start = len(YEARS) - length if order % 4 < 2 else start
        status[area, [first, others[1]], start : start + length] = "suppressed"
    pairs = np.argwhere(few & (status == "").all(axis=2))
    for area, industry in pairs[rng.choice(len(pairs), 60, replace=False)]:
        start = int(rng.integers(0, len(YEARS) - 2))
        status[area, industry, start : start + 3] = "low-reliability"
    return status


def _long(
    areas: list[str], economy: Economy, values: dict[str, np.ndarray], years: tuple[int, ...] = YEARS
) -> pd.DataFrame:
    """Arrays areas × (all + industries) × years as rows, sorted by area, industry and year."""
    codes = [SIC_ALL, *economy.industries["sic"]]
    shape = (len(areas), len(codes), len(years))
    frame = pd.DataFrame(
        {
            "year": np.broadcast_to(np.array(years), shape).ravel(),
            "area": np.repeat(areas, shape[1] * shape[2]),
            "sic": np.tile(np.repeat(codes, shape[2]), shape[0]),
        }
    )
    return frame.assign(**{name: value.ravel() for name, value in values.items()})
