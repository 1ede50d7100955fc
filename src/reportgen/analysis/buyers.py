"""
Buyers: how an area's industries stand as buyers of creative inputs: its exposure beside that of the benchmark, how many
of its jobs are in industries that buy little, and which of them would buy most. Part of the family supply-chain.
Every industry is taken to buy as it does in the country: who buys from whom in the area nobody has counted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.exposure import Places, averages, of_mix, of_table
from reportgen.analysis.input_output import Chain
from reportgen.analysis.shape import (
    MISSING,
    NOT_APPLICABLE,
    Floats,
    Indicator,
    Numbers,
    mark,
    plain,
    tidy,
    within,
    worst,
)
from reportgen.analysis.uncertainty import Z
from reportgen.classification import SUPPLIERS

NAMED = 3  # buying industries that are named


class Shares(NamedTuple):
    """Shares of an area's jobs in each bundle of industries, areas × bundles, with their intervals."""

    value: Floats
    low: Floats
    high: Floats


def shares_of_jobs(jobs: Floats, variance: Floats) -> Shares:
    """
    Each industry's share of the area's jobs, of those that are known: s_rb = j_rb / Σ_b j_rb. 95 % interval by the
    delta method: s ± 1.96·√((1 − s)²·V_rb + s²·(Σ_b V_rb − V_rb)) / Σ_b j_rb.
    Args:
        jobs: areas × industries, j; NaN where not known. variance: the same shape, V, as `jobs_variance` has it.
    Returns: areas × industries; NaN where jobs are not known, or there are none at all. Ends lie within 0 and 1.
    Source: the share is an average of 1 for the industry and 0 for others, so that the interval is that of `mix`;
        Oehlert (1992), The American Statistician 46(1).

    >>> shares_of_jobs(np.array([[30.0, 10.0]]), np.zeros((1, 2))).value.tolist()
    [[0.75, 0.25]]
    """
    there = ~np.isnan(jobs)
    total = np.where(there, jobs, 0.0).sum(axis=1, keepdims=True)
    total = np.where(total > 0, total, np.nan)
    share, chance = jobs / total, np.where(there, variance, 0.0)
    others = chance.sum(axis=1, keepdims=True) - chance
    reach = Z * np.sqrt(np.square(1 - share) * chance + np.square(share) * np.maximum(others, 0.0)) / total
    return Shares(share, np.maximum(share - reach, 0.0), np.minimum(share + reach, 1.0))


def purchases_here(jobs: Floats, whole: Floats, bought: Floats) -> Floats:
    """
    What each industry of an area would buy if its jobs bought as such jobs do in the whole: z_b · j_rb / J_b.
    Args:
        jobs: areas × industries, j; whole: by industry, J, jobs in the whole; bought: z, its purchases, £ million.
    Returns: areas × industries, £ million; NaN where a figure is not known or the whole has no jobs.

    >>> purchases_here(np.array([[20.0, 5.0]]), np.array([100.0, 50.0]), np.array([3.0, 8.0])).round(2).tolist()
    [[0.6, 0.8]]
    """
    found: Floats = jobs / np.where(whole > 0, whole, np.nan) * bought
    return found


def leading(amounts: Floats, number: int) -> npt.NDArray[np.intp]:
    """
    The places of the largest amounts in each row, largest first, −1 where there are no more above 0; of equal ones the
    first.
    Returns: rows × number.

    >>> leading(np.array([[0.2, np.nan, 0.5, 0.0]]), 3).tolist()
    [[2, 0, -1]]
    """
    known = np.where(amounts > 0, amounts, 0.0)
    order = np.argsort(-known, axis=1, kind="stable")[:, :number]
    found = np.full((len(amounts), number), -1)
    found[:, : order.shape[1]] = np.where(np.take_along_axis(known, order, axis=1) > 0, order, -1)
    return found


def below_mean(shares: Floats, mean: float) -> Floats:
    """
    Which industries buy less than a mean of creative inputs: 1 or 0, NaN where that is not known.
    Args:
        shares: by industry, creative inputs as a share of output; mean: of the same.

    >>> below_mean(np.array([0.01, 0.05, np.nan]), 0.03).tolist()
    [1.0, 0.0, nan]
    """
    return np.where(np.isnan(shares) | np.isnan(mean), np.nan, shares < mean)


def to_whole(found: Numbers, whole: int, year: str) -> Numbers:
    """
    Averages over the areas' mixes as ratios to that of a whole, E_r / E; the interval is that of the area's, the
    whole's taken as exact.
    Args:
        found: areas × 1 × times; whole: its place on the axis of areas.
    Source: a quotient of averages, read as the location quotient is: Isard (1960), ch. 7.
    """
    base = found.at([whole])
    value, low, high = (of / np.where(base.value > 0, base.value, np.nan) for of in found[:3])
    standing = mark(
        worst(found.standing, base.standing),
        np.broadcast_to(base.value == 0, value.shape),
        NOT_APPLICABLE,
        lambda *_: reasons.nothing_bought(year),
    )
    return within(value, low, high, standing)


def rows(
    places: Places, chain: Chain, whole: str, suppliers: Sequence[str], together: Sequence[str], source: str
) -> list[pd.DataFrame]:
    """
    The rows about buyers, for all areas.
    Args:
        whole: code of the area that others are held against.
        suppliers: lists of suppliers that exposure is told for.
        together: words for all industries, and for the other ones.
        source: the tables that the rows rest on.
    """
    areas, (year,) = places.jobs.areas, places.jobs.years
    both, base = [(year, word) for word in together], areas.index(whole)
    quotients, gaps = [], []
    for name in suppliers:
        exposure = averages(places, chain, name, places.shares[name])
        little = np.stack([below_mean(places.shares[name], float(mean)) for mean in exposure.value[base, 0]])
        gap = averages(places, chain, name, little)
        gap = gap._replace(standing=worst(exposure.standing, gap.standing, exposure.standing.at([base])))
        quotient = to_whole(exposure, base, year)
        quotients.append(tidy("exposure-quotient", areas, [""], both, quotient, source, name))
        gaps.append(tidy("creative-input-gap", areas, [""], both, gap, source, name))
    return [*quotients, *gaps, *_largest(places, chain, source), *_buying(places, chain, whole, source)]


def _largest(places: Places, chain: Chain, source: str) -> list[pd.DataFrame]:
    """The share of the largest of the other industries, and which it is."""
    areas, (year,) = places.jobs.areas, places.jobs.years
    at = leading(_others(places, places.counts), 1)[:, 0]
    numbers, industry = _picked(places, chain, at, reasons.no_other_industry)
    first = plain(np.where(industry[:, None, None] >= 0, 1.0, np.nan), numbers.standing)
    return [
        tidy("largest-industry-share", areas, [""], [(year, "")], numbers, source),
        _named(tidy("largest-industry", areas, [""], [(year, "")], first, source), places, industry),
    ]


def _buying(places: Places, chain: Chain, whole: str, source: str) -> list[pd.DataFrame]:
    """A frame for each rank among the other industries by purchases, with a row for each area."""
    areas, (year,) = places.jobs.areas, places.jobs.years
    amounts = purchases_here(places.counts, places.counts[areas.index(whole)], places.purchases[SUPPLIERS[0]])
    made = []
    for rank, at in enumerate(leading(_others(places, amounts), NAMED).T, start=1):
        numbers, industry = _picked(places, chain, at, reasons.few_buyers)
        rows = tidy("buying-industry", areas, [""], [(year, "")], numbers, source, f"{SUPPLIERS[0]}.{rank}")
        made.append(_named(rows, places, industry))
    return made


def _others(places: Places, amounts: Floats) -> Floats:
    """Amounts of industries that are no creative suppliers."""
    return np.where(places.other, amounts, np.nan)


def _picked(
    places: Places, chain: Chain, at: npt.NDArray[np.intp], none: Callable[[str], str]
) -> tuple[Numbers, npt.NDArray[np.intp]]:
    """
    The share of jobs of one industry in each area, areas × 1 × 1, and which it is: −1 where the share has no value.
    Args:
        at: places of the industries, −1 where there is none: `none` then takes area and year and says so.
    """
    behind = ((0, 0), (0, 1))  # a column of nothing, which −1 picks
    value, low, high = (
        np.pad(of, behind, constant_values=np.nan)[np.arange(len(at)), at][:, None, None]
        for of in shares_of_jobs(places.counts, places.variance)
    )
    standing = worst(of_table(chain, SUPPLIERS[0], value.shape), of_mix(places, chain))
    nothing = (np.nansum(places.counts, axis=1) == 0)[:, None, None] & standing.has_value
    standing = mark(standing, nothing, MISSING, lambda area, *_: reasons.nothing_found(places.where(area)))
    lacking = np.isnan(value) & standing.has_value
    standing = mark(standing, lacking, NOT_APPLICABLE, lambda area, *_: none(places.where(area)))
    return within(value, low, high, standing), np.where(standing.has_value[:, 0, 0], at, -1)


def _named(rows: pd.DataFrame, places: Places, industry: npt.NDArray[np.intp]) -> pd.DataFrame:
    """The rows with the code of an industry, one for each row, in `other`."""
    return rows.assign(other=pd.Categorical([places.codes[at] if at >= 0 else "" for at in industry.tolist()]))


_AS_IN_COUNTRY = "Each industry is taken to buy as it does in the country as a whole, wherever its firms are."
_OTHER = (
    "Other industries are those that are no creative suppliers; the code of the industry is named with it, or those of "
    "several that the table of jobs does not tell apart, joined by &."
)
_JOBS_IN_IT = (
    "The interval covers the rounding of jobs, and that they come in establishments; that the industry was chosen by "
    "the same figures is not in it. Of low reliability where some of the area's jobs are not known by industry."
)
_SHARE = "s_rb = j_rb / Σ_b j_rb; 95 %: s ± 1.96·√((1 − s)²·V_rb + s²·(Σ_b V_rb − V_rb)) / Σ_b j_rb"
_DELTA = "interval: Oehlert (1992), The American Statistician 46(1)"

INDICATORS = (
    Indicator(
        "exposure-quotient",
        name="Exposure to creative inputs, against Great Britain",
        unit="ratio",
        digits=2,
        definition="The share of output that the area's industries would spend on creative inputs, divided by the "
        f"same in Great Britain: below 1, its mix of industries leans less on them. {_AS_IN_COUNTRY} The interval is "
        "that of the area's exposure. Given for all industries and for the other industries, and for each list of "
        "suppliers.",
        formula="E_r / E, E_r = Σ_b j_rb·c_b / Σ_b j_rb; its ends are those of E_r, divided by E",
        source="own: the exposure as a quotient; Isard (1960), ch. 7",
        made_by=to_whole,
    ),
    Indicator(
        "creative-input-gap",
        name="Jobs in industries that buy few creative inputs",
        unit="share",
        digits=1,
        definition="The share of the area's jobs in industries that spend less of their output on creative inputs "
        f"than those of Great Britain's jobs do on average. {_AS_IN_COUNTRY} The interval covers the rounding of "
        "jobs, and that they come in establishments. Given for all industries and for the other industries, each "
        "against its own average, and for each list of suppliers.",
        formula="Σ j_rb over the industries b with c_b < E, divided by Σ j_rb over all of them; E the exposure of "
        "Great Britain",
        source=f"own sum; {_DELTA}",
        made_by=below_mean,
    ),
    Indicator(
        "largest-industry-share",
        name="Share of the largest other industry",
        unit="share",
        digits=1,
        definition="The share of the area's jobs in the largest of its industries that are no creative suppliers. "
        f"{_JOBS_IN_IT}",
        formula=f"max s_rb over the other industries b, {_SHARE}",
        source=f"composition of a count; {_DELTA}",
        made_by=shares_of_jobs,
    ),
    Indicator(
        "largest-industry",
        name="Largest other industry",
        unit="rank",
        digits=0,
        definition=f"Which industry is the largest of those that are no creative suppliers, by jobs: rank 1. {_OTHER}",
        formula="1 for the b with the highest s_rb",
        source="ranked by the composition of a count",
        made_by=leading,
    ),
    Indicator(
        "buying-industry",
        name="Jobs in the largest buyers of creative inputs",
        unit="share",
        digits=1,
        definition="The share of the area's jobs in an industry that is among the three largest buyers of creative "
        "inputs there, if its jobs buy as such jobs do in the country. The variant has its place among them, "
        "creative.1 to creative.3. "
        f"{_OTHER} {_JOBS_IN_IT}",
        formula=f"{_SHARE}, for the other industries b with the largest z_b·j_rb / J_b, z_b purchases, J_b jobs in "
        "Great Britain",
        source=f"own ranking; {_DELTA}",
        made_by=purchases_here,
    ),
)
