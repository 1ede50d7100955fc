"""
Surroundings: whether areas beside hotspots grew more than other areas, and whether regions with more hotspots grew or
innovate more. These are associations, tested by permutation; what came first, and why, they do not say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.changes import across_breaks, across_jumps, base_year
from reportgen.analysis.correlations import CHUNK, DRAWS, LEAST, mid_ranks, over_areas
from reportgen.analysis.growth import compound_growth
from reportgen.analysis.hotspots import Answers, answers
from reportgen.analysis.innovation import FEWEST
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.neighbours import links_of, testable
from reportgen.analysis.permutation import permutation_test
from reportgen.analysis.shape import (
    LOW_RELIABILITY,
    MISSING,
    NOT_APPLICABLE,
    OK,
    Booleans,
    Floats,
    Indicator,
    Numbers,
    Standing,
    States,
    all_ok,
    places_on,
    plain,
    stack,
    tidy,
    worst,
)
from reportgen.analysis.spatial import Links
from reportgen.classification import CREATIVE
from reportgen.release.model import MOST_OF_IT, Release
from reportgen.release.tables import STATES

SEED = 361
GROUPS = ("creative-industries", "all-industries")
MEASURES = ("innovation-active", "product-innovation", "process-innovation", "collaboration")


class Figures(NamedTuple):
    """One figure for each of some areas: NaN where not known, and how each stands."""

    value: Floats
    state: States


class Tested(NamedTuple):
    """A number, its interval (NaN without one), its p-value, how many areas it rests on, and how it stands."""

    value: float
    low: float
    high: float
    p: float
    counts: tuple[int, ...]
    state: int
    reason: str


def difference_of_medians(growth: Floats, beside: Booleans) -> Floats:
    """
    How much more the middle one of some areas grew than the middle one of the others; medians, because small areas
    grow wildly.
    Args: growth: areas (× samples), all known; beside: areas, which are the some.
    Returns: samples, in the unit of growth.

    >>> difference_of_medians(np.array([0.04, 0.01, 0.02, 0.9]), np.array([True, False, False, True])).round(3).item()
    0.455
    """
    found: Floats = np.median(growth[beside], axis=0) - np.median(growth[~beside], axis=0)
    return found


def difference_test(growth: Floats, beside: Booleans) -> tuple[float, float, float, float]:
    """
    The difference of medians, a 95 % interval from 1,000 samples of areas of each kind, and a p-value from shuffling
    which areas are of which kind, 999 times. Both take areas for independent; as those side by side are alike, the
    interval and the p-value are floors.
    Returns: difference, low, high, p.
    Source: Good (2005), Permutation, Parametric and Bootstrap Tests of Hypotheses; Efron and Tibshirani (1993).
    """
    rng = np.random.default_rng([SEED, len(growth)])
    value, p = permutation_test(lambda of: difference_of_medians(of, beside), growth, rng)
    drawn = [
        np.median(rng.choice(growth[beside], size=(CHUNK, beside.sum())), axis=1)
        - np.median(rng.choice(growth[~beside], size=(CHUNK, (~beside).sum())), axis=1)
        for _ in range(DRAWS // CHUNK)
    ]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return float(value), float(low), float(high), float(p)


def rank_test(one: Floats, other: Floats) -> tuple[float, float]:
    """
    Spearman correlation of two figures over areas and its p-value from shuffling the second, 999 times.
    Args: one, other: areas, all known, neither the same everywhere.
    Returns: correlation, p.
    Source: Spearman (1904), Am. J. Psychology 15; Good (2005), Permutation, Parametric and Bootstrap Tests.
    """
    once = np.ones((len(one), 1))
    x, y = (mid_ranks(of, once)[:, 0] - (len(one) + 1) / 2 for of in (one, other))
    reach = np.sqrt((x**2).sum() * (y**2).sum())
    value, p = permutation_test(
        lambda of: np.einsum("a,as->s", x, of) / reach, y, np.random.default_rng([SEED, len(one)])
    )
    return float(value), float(p)


def growth_of(inputs: Inputs, areas: Sequence[str], span: tuple[str, str]) -> Figures:
    """Compound growth a year of creative jobs of some areas, from the first of two years to the second."""
    cells = inputs.jobs.only(areas, [CREATIVE])
    first, last = (cells.only(years=[year]) for year in span)
    standing = across_jumps(worst(last.standing, first.standing), inputs.release, cells, [(span[1], span[0])])
    state = np.where((first.value == 0) & (standing.state <= LOW_RELIABILITY), np.int8(NOT_APPLICABLE), standing.state)
    value = compound_growth(first.value, last.value, np.array(float(int(span[1]) - int(span[0]))))
    return Figures(np.where(state <= LOW_RELIABILITY, value, np.nan)[:, 0, 0], state[:, 0, 0])


def beside_hotspots(growth: Figures, yes: Booleans, known: Booleans, links: Links) -> Tested:
    """
    Growth of areas that are no hotspots but touch one, against that of those that touch others only. Areas that touch
    none, or of which it is not known whether they touch a hotspot, take no part.
    Args: growth, yes, known: local areas; yes and known: the answers of the hotspot rule.
    Returns: with the counts of areas beside hotspots, elsewhere, and left out.
    """
    touching = links.touching(len(yes)) > 0
    some, open_ = np.zeros((2, len(yes)), dtype=bool)
    some[links.area[yes[links.neighbour]]] = True
    open_[links.area[~known[links.neighbour]]] = True
    decided = known & ~yes & touching & (some | ~open_)
    taken = decided & ~np.isnan(growth.value)
    beside, elsewhere = int((taken & some).sum()), int((taken & ~some).sum())
    counts = (beside, elsewhere, int((~yes & ~taken).sum()))
    if min(beside, elsewhere) < LEAST:
        state = MISSING if counts[2] else NOT_APPLICABLE
        return _unknown(state, reasons.few_beside(beside, elsewhere, LEAST), counts)
    value, low, high, p = difference_test(growth.value[taken], some[taken])
    return Tested(value, low, high, p, counts, *over_areas(value, taken, growth.state))


def with_hotspots(share: Figures, figure: Figures) -> Tested:
    """
    Whether a figure of regions goes with the share of their local areas that are hotspots.
    Returns: with the counts of regions taken and left out.
    """
    taken = ~np.isnan(share.value) & ~np.isnan(figure.value)
    counts = (int(taken.sum()), int((~taken).sum()))
    value, p = np.nan, np.nan
    if testable(share.value[taken]) and testable(figure.value[taken]):
        value, p = rank_test(share.value[taken], figure.value[taken])
    state, reason = over_areas(value, taken, np.maximum(share.state, figure.state))
    return Tested(value, np.nan, np.nan, p, counts, state, reason)


def shares_of_hotspots(release: Release, found: Answers) -> Figures:
    """The share of each region's local areas, of those whose answer is known, that are hotspots in the latest year."""
    known = dict(zip(found.jobs.areas, found.known[:, -1].tolist(), strict=True))
    yes = dict(zip(found.jobs.areas, found.yes[:, -1].tolist(), strict=True))
    shares = []
    for region in release.at_level("regional"):
        members = release.local_members(region)
        inside = [area for area in members.loc[members["share"] >= MOST_OF_IT, "area"] if known[area]]
        shares.append(np.mean([yes[area] for area in inside]) if inside else np.nan)
    value = np.array(shares, dtype=float)
    return Figures(value, np.where(np.isnan(value), MISSING, OK).astype(np.int8))


def innovation_rates(survey: pd.DataFrame, regions: Sequence[str]) -> Figures:
    """
    Rates of the regions; those that fewer than 30 businesses answered for do not count.
    Args: survey: rows of the table of one wave, group of sectors and measure.
    """
    rows = survey.set_index(survey["area"].astype(str)).reindex(list(regions))
    number = {str(state): place for place, state in enumerate(STATES)}
    state = rows["status"].astype(str).map(number).fillna(MISSING).to_numpy(np.int8)
    few = ~(rows["n"].to_numpy(float) >= FEWEST)
    state = np.where(few & (state <= LOW_RELIABILITY), np.int8(MISSING), state)
    return Figures(np.where(state <= LOW_RELIABILITY, rows["rate"].to_numpy(float), np.nan), state)


def findings(inputs: Inputs) -> pd.DataFrame:
    """
    The rows of this family; `area` is Great Britain, `year` the latest of the hotspots. `other` is the year that growth
    counts from, or the wave of the survey; `variant` what is counted, or the sectors and what they report.
    """
    found, years = answers(inputs), inputs.jobs.years
    span = (base_year(years), years[-1])
    shares = shares_of_hotspots(inputs.release, found)
    made = [
        ("neighbours-growth", span[0], "jobs", _of_neighbours(inputs, found, span)),
        ("regions-growth", span[0], "jobs", _of_regions(inputs, shares, span)),
        *(("regions-innovation", *each) for each in _of_innovation(inputs.release, shares)),
    ]
    whole = inputs.release.info.great_britain
    return stack(
        [
            tidy(indicator, [whole], [CREATIVE], [(span[1], other)], numbers, SOURCES[stem], variant)
            for stem, other, variant, tested in made
            for indicator, numbers in zip(IDS[stem], _numbers(tested, len(IDS[stem]) - 2), strict=True)
        ]
    )


def _of_neighbours(inputs: Inputs, found: Answers, span: tuple[str, str]) -> Tested:
    links = links_of(inputs.release, inputs.local)
    if links is None:
        return _unknown(MISSING, reasons.no_table("neighbours"))
    if span[0] == span[1]:
        return _unknown(NOT_APPLICABLE, reasons.one_year(span[1]))
    rows = places_on(found.jobs.areas, inputs.local)
    growth = growth_of(inputs, inputs.local, span)
    return _lowered(beside_hotspots(growth, found.yes[rows, -1], found.known[rows, -1], links), inputs, span)


def _of_regions(inputs: Inputs, shares: Figures, span: tuple[str, str]) -> Tested:
    if span[0] == span[1]:
        return _unknown(NOT_APPLICABLE, reasons.one_year(span[1]))
    growth = growth_of(inputs, inputs.release.at_level("regional"), span)
    return _lowered(with_hotspots(shares, growth), inputs, span)


def _lowered(tested: Tested, inputs: Inputs, span: tuple[str, str]) -> Tested:
    """What rests on growth, of low reliability where the series of jobs breaks between the two years."""
    standing = Standing(np.array([tested.state], dtype=np.int8), np.array([tested.reason], dtype=object))
    found = across_breaks(standing, inputs.release, inputs.jobs.table, [(span[1], span[0])])
    return tested._replace(state=int(found.state[0]), reason=str(found.reason[0]))


def _of_innovation(release: Release, shares: Figures) -> Iterator[tuple[str, str, Tested]]:
    """Wave, variant and test, for each group of sectors and measure of the latest wave."""
    survey = release.innovation
    wave = "" if survey is None else max(map(str, survey["wave"].unique()))
    for group, measure in product(GROUPS, MEASURES):
        if survey is None:
            tested = _unknown(MISSING, reasons.no_table("innovation"))
        else:
            taken = (survey["wave"] == wave) & (survey["sector_group"] == group) & (survey["measure"] == measure)
            tested = with_hotspots(shares, innovation_rates(survey[taken], release.at_level("regional")))
        yield wave, f"{group}.{measure}", tested


def _unknown(state: int, reason: str, counts: tuple[int, ...] = ()) -> Tested:
    return Tested(np.nan, np.nan, np.nan, np.nan, counts, state, reason)


def _numbers(tested: Tested, counts: int) -> Iterator[Numbers]:
    """The number, its p-value, and the counts, which stand for themselves where there are any; each 1 × 1 × 1."""

    def one(value: float) -> Floats:
        return np.full((1, 1, 1), float(value))

    standing = all_ok((1, 1, 1))
    standing.state[:], standing.reason[:] = tested.state, tested.reason
    yield Numbers(one(tested.value), one(tested.low), one(tested.high), standing)
    yield plain(one(tested.p), standing)
    for place in range(counts):
        yield plain(one(tested.counts[place]), all_ok((1, 1, 1))) if tested.counts else plain(one(np.nan), standing)


_TIME = (
    "Hotspots are those of the latest year and growth is that before it, over five years or as many as the release has"
)
_MEDIANS = "The interval is the middle 95 % of 1,000 samples of areas; as areas side by side are alike, it is a floor."
_SHUFFLED = (
    "How often chance gives as much or more, on either side, when {} 999 times; the least that it can be is 0.002."
)
_FEW = (
    "There are a dozen regions at most, so that only strong associations stand out; of several that are shown, one may "
    "do so by chance."
)
_P = "p = min(1, 2(1 + k) / 1000); k shufflings as far out, on the side with fewer"
_GOOD = "Good 2005, Permutation, Parametric and Bootstrap Tests of Hypotheses"
_SPEARMAN = "Spearman 1904, American Journal of Psychology 15"
_RATES = (
    "the share of businesses that report innovation in the latest wave of the survey, in creative or in all "
    "industries; rates that fewer than 30 businesses answered for do not count"
)


def _count(id: str, name: str, definition: str, formula: str, made_by: Callable[..., Tested]) -> Indicator:
    source = "count of this report"
    return Indicator(id, name, "areas", 0, definition=definition, formula=formula, source=source, made_by=made_by)


def _regions(stem: str, name: str, figure: str) -> tuple[Indicator, ...]:
    """The four indicators of a figure that is held against the regions' shares of hotspots."""
    return (
        Indicator(
            f"{stem}-correlation",
            name=f"{name} and hotspots of regions, Spearman correlation",
            unit="coefficient",
            digits=2,
            definition="Whether regions where a greater share of local areas are creative hotspots stand higher in "
            f"{figure}: correlation of ranks, −1 to 1. {_FEW} An association, not an effect.",
            formula="Spearman's r of y_R and (hotspots of R) / (local areas of R whose answer is known), regions R",
            source=_SPEARMAN,
            made_by=with_hotspots,
        ),
        Indicator(
            f"{stem}-correlation-p",
            name=f"{name} and hotspots of regions, p-value",
            unit="probability",
            digits=3,
            definition=_SHUFFLED.format("the regions' figures are shuffled"),
            formula=_P,
            source=_GOOD,
            made_by=rank_test,
        ),
        _count(
            f"{stem}-areas",
            f"{name} and hotspots: regions compared",
            "Regions for which both figures are known.",
            "#{R: both known}",
            with_hotspots,
        ),
        _count(
            f"{stem}-areas-left-out",
            f"{name} and hotspots: regions left out",
            "Regions for which either figure is not known.",
            "#{R: either not known}",
            with_hotspots,
        ),
    )


INDICATORS = (
    Indicator(
        "neighbours-growth-difference",
        name="Growth beside hotspots, difference from other areas",
        unit="points a year",
        digits=1,
        definition="How much faster creative jobs grew in the middle one of the local areas that touch a hotspot than "
        f"in the middle one of those that touch none; hotspots themselves are in neither. {_TIME}. An association, not "
        f"an effect. {_MEDIANS}",
        formula="median g_r of areas beside a hotspot − median g_r of the others, g_r = (x_k / x_0)^(1/k) − 1",
        source=f"difference of medians; {_GOOD}",
        made_by=difference_test,
    ),
    Indicator(
        "neighbours-growth-difference-p",
        name="Growth beside hotspots, p-value",
        unit="probability",
        digits=3,
        definition=f"{_SHUFFLED.format('it is shuffled which areas touch a hotspot')} It takes areas for independent; "
        "as those side by side are alike, the true one is higher.",
        formula=_P,
        source=_GOOD,
        made_by=difference_test,
    ),
    _count(
        "neighbours-growth-areas-beside",
        "Local areas beside hotspots",
        "Local areas that are no hotspots, touch one, and whose growth is known.",
        "#{r: no hotspot, touches one, g_r known}",
        beside_hotspots,
    ),
    _count(
        "neighbours-growth-areas-elsewhere",
        "Local areas not beside hotspots",
        "Local areas that are no hotspots, touch other areas but no hotspot, and whose growth is known.",
        "#{r: no hotspot, touches areas but no hotspot, g_r known}",
        beside_hotspots,
    ),
    _count(
        "neighbours-growth-areas-left-out",
        "Local areas left out beside hotspots and elsewhere",
        "Local areas, hotspots aside, that touch no other area, whose growth is not known, or of which the rule does "
        "not tell whether they, or all that they touch, are hotspots.",
        "#{r: not known to be a hotspot, and in neither group}",
        beside_hotspots,
    ),
    *_regions("regions-growth", "Growth", f"growth of creative jobs ({_TIME[0].lower()}{_TIME[1:]})"),
    *_regions("regions-innovation", "Innovation", _RATES),
)
IDS = {
    stem: tuple(indicator.id for indicator in INDICATORS if indicator.id.startswith(stem))
    for stem in ("neighbours-growth", "regions-growth", "regions-innovation")
}
SOURCES = {
    "neighbours-growth": "employment;businesses;neighbours",
    "regions-growth": "employment;businesses",
    "regions-innovation": "employment;businesses;innovation",
}
