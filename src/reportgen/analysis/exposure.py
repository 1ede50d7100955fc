"""
Exposure: how much each area's mix of industries leans on creative inputs: the jobs of areas, matched with the
industries of the input-output table as finely as the two allow. What cannot be matched is counted, not guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from reportgen.analysis import reasons
from reportgen.analysis.cells import TOTAL, Cells, no_cells, read_cells
from reportgen.analysis.input_output import Bundle, Chain, bundles, input_shares
from reportgen.analysis.inputs import Inputs, sizes_of
from reportgen.analysis.levels import add_up
from reportgen.analysis.shape import (
    LOW_RELIABILITY,
    MISSING,
    NOT_APPLICABLE,
    Booleans,
    Floats,
    Numbers,
    Standing,
    all_ok,
    beside,
    mark,
    plain,
    worst,
)
from reportgen.analysis.sizes import JOBS_A_UNIT, LUMPINESS
from reportgen.analysis.uncertainty import Z, placed_variance
from reportgen.classification import SUPPLIERS, Definition

LEAST_COVERED = 0.9  # of an area's jobs; the reason says it in words


class Mix(NamedTuple):
    """An average over the industries of each area, weighted by jobs, with its interval; arrays of one shape."""

    value: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Places:
    """
    The areas' jobs in bundles of industries, in the latest year of jobs.
    Args:
        jobs: areas × (bundles, total) × 1.
        variance: areas × bundles, of these jobs; NaN where they are not known.
        shares: list of suppliers → by bundle, creative inputs as a share of output; NaN where not known.
        purchases: list of suppliers → by bundle, £ million.
        other: which bundles hold no creative supplier.
        codes: of the industries of the table in each bundle, joined by ` & ` where there are several.
    """

    jobs: Cells
    variance: Floats
    shares: Mapping[str, Floats]
    purchases: Mapping[str, Floats]
    other: Booleans
    codes: tuple[str, ...]

    @property
    def counts(self) -> Floats:
        """Jobs, areas × bundles; NaN where not known."""
        return self.jobs.value[:, :-1, 0]

    def where(self, area: int) -> str:
        """How a sentence names an area and the year."""
        return self.jobs.place(area, 0)


def mix(jobs: Floats, variance: Floats, weights: Floats) -> Mix:
    """
    The average of something that industries have, weighted by the jobs of each area in them:
    E_r = Σ_b j_rb·c_b / Σ_b j_rb, over the industries whose jobs and c are known. 95 % interval from the variance of
    jobs, by the delta method: E ± 1.96·√(Σ_b (c_b − E)²·V_rb) / Σ_b j_rb.
    Args:
        jobs: areas × industries, j; NaN where not known. variance: the same shape, V, as `jobs_variance` has it.
        weights: by industry, c, a share; NaN where not known.
    Returns: by area; NaN where no jobs are known. Ends lie within 0 and 1.
    Source: own; the weighting is that of a shift-share's industry mix. Oehlert (1992), The American Statistician 46(1).

    >>> mix(np.array([[30.0, 10.0]]), np.zeros((1, 2)), np.array([0.02, 0.06])).value.round(4).tolist()
    [0.03]
    """
    there = ~np.isnan(jobs) & ~np.isnan(weights)
    jobs, variance = np.where(there, jobs, 0.0), np.where(there, variance, 0.0)
    known = np.where(np.isnan(weights), 0.0, weights)
    total = jobs.sum(axis=1)
    total = np.where(total > 0, total, np.nan)
    value = np.clip((jobs * known).sum(axis=1) / total, 0.0, 1.0)
    reach = Z * np.sqrt((np.square(known - value[:, None]) * variance).sum(axis=1)) / total
    return Mix(value, np.maximum(value - reach, 0.0), np.minimum(value + reach, 1.0))


def places_of(inputs: Inputs, chain: Chain) -> Places:
    """The jobs of all areas, matched with the industries of the table."""
    table = chain.table
    there = {str(code)[:2] for code in inputs.release.employment["sic"].unique()}
    found = bundles(table.industries, there, inputs.classification.without_jobs)
    member = np.zeros((len(found), len(table.industries)), dtype=bool)
    for row, bundle in enumerate(found):
        member[row, list(bundle.industries)] = True
    output = np.where(member, table.output, 0.0).sum(axis=1)
    purchases = {name: np.where(member, chain.purchases[name], 0.0).sum(axis=1) for name in SUPPLIERS}
    jobs, lumps = jobs_of(inputs, found)
    whole, x, rounded = (
        of[..., :-1, 0]
        for of in (jobs.only([inputs.release.info.great_britain]).value, jobs.value, jobs.rounding.variance)
    )
    return Places(
        jobs,
        jobs_variance(x, rounded, whole, lumps),
        {name: input_shares(bought, output) for name, bought in purchases.items()},
        purchases,
        ~np.any(member & ~chain.other, axis=1),
        tuple(" & ".join(table.industries[row] for row in bundle.industries) for bundle in found),
    )


def jobs_of(inputs: Inputs, found: Sequence[Bundle]) -> tuple[Cells, Floats]:
    """
    Jobs of all areas in the latest year, by bundle of industries (named by its place) and in all industries; and the
    Herfindahl index of establishment sizes of each bundle, NaN where the release counts no establishments.
    """
    release = inputs.release
    definitions = tuple(
        Definition(str(place), f"division {' and '.join(bundle.divisions)}", "", bundle.divisions)
        for place, bundle in enumerate(found)
    )
    latest = {
        table: frame[frame["year"] == frame["year"].max()]
        for table, frame in (("employment", release.employment), ("businesses", release.businesses))
        if frame is not None
    }
    only = replace(release, **latest)
    grouped = replace(inputs.classification, creative=(), groups=definitions, left_out=())
    jobs = add_up(read_cells(only, grouped, "employment"), release)
    units = no_cells("businesses", like=jobs)
    if "businesses" in latest:
        units = add_up(read_cells(only, grouped, "businesses"), release)
    names = [definition.id for definition in definitions]
    sizes = sizes_of(release, grouped, jobs, units).herfindahl
    lumps = sizes[0, [jobs.groups.index(name) for name in names], 0]
    total = inputs.jobs.only(groups=[TOTAL], years=jobs.years)  # marked for jumps, which a year alone does not show
    standing = beside([jobs.only(groups=names).standing, total.standing])
    return replace(jobs.only(groups=[*names, TOTAL]), standing=standing), lumps


def jobs_variance(jobs: Floats, rounded: Floats, whole: Floats, lumps: Floats) -> Floats:
    """
    The variance of an area's jobs in an industry: that of rounding, and that of where its establishments happen to be
    (`placed_variance`). None of the latter for the whole.
    Args:
        jobs: areas × industries, j; rounded: the same shape, V that rounding adds.
        whole: by industry, X, jobs in Great Britain; lumps: H, Σ z² of its establishments' shares of them. Where it is
            NaN it is taken as for a release that counts no establishments.

    >>> jobs_variance(np.array([[50.0]]), np.array([[2.0]]), np.array([100.0]), np.array([0.01])).tolist()
    [[27.0]]
    """
    assumed = np.minimum(LUMPINESS * JOBS_A_UNIT / np.where(whole > 0, whole, np.nan), 1.0)
    placed = placed_variance(jobs, np.where(whole > 0, whole, np.nan), np.where(np.isnan(lumps), assumed, lumps))
    return rounded + np.where(jobs == 0, 0.0, placed)


def coverage(places: Places, chain: Chain) -> Numbers:
    """
    The part of each area's jobs that is known and in industries of the table whose creative inputs are known,
    areas × 1 × 1. Rounded parts may add up to a little more than their rounded total; more than all is all.
    Source: own count.
    """
    matched, total = ~np.isnan(places.shares[SUPPLIERS[0]]), places.jobs.only(groups=[TOTAL])
    inside = np.nansum(np.where(matched, places.counts, 0.0), axis=1)[:, None, None]
    standing = worst(of_table(chain, SUPPLIERS[0], inside.shape), _of_total(places, total))
    return plain(np.minimum(inside / np.where(total.value > 0, total.value, np.nan), 1.0), standing)


def averages(places: Places, chain: Chain, suppliers: str, weights: Floats) -> Numbers:
    """
    The average of weights, by bundle, over each area's mix: areas × 1 × 2, over all industries and the other ones; the
    weights are the same for both, or 2 × bundles.
    Industries whose jobs are not known are left out of the mix, and the average is then of low reliability.
    Source: see `mix`; weights of 1 for the industries of a class, else 0, make it the share of jobs in that class.
    """
    groups = np.stack([np.ones_like(places.other), places.other])
    found = [
        mix(np.where(among, places.counts, np.nan), places.variance, of)
        for among, of in zip(groups, np.broadcast_to(weights, groups.shape), strict=True)
    ]
    value, low, high = (np.stack(of, axis=1)[:, None] for of in zip(*found, strict=True))
    standing = worst(of_table(chain, suppliers, value.shape), of_mix(places, chain))
    nothing = np.isnan(value) & standing.has_value
    standing = mark(standing, nothing, MISSING, lambda area, *_: reasons.nothing_found(places.where(area)))
    return Numbers(value, low, high, standing)


def of_mix(places: Places, chain: Chain) -> Standing:
    """How an average over the mix stands, areas × 1 × 1: as the total, but worse where some of the mix is not known."""
    states, of = places.jobs.standing.state[:, :-1, 0], len(places.other)
    poor = (states == LOW_RELIABILITY).sum(axis=1)[:, None, None]
    unknown = np.isnan(places.counts).sum(axis=1)[:, None, None]
    standing = _of_total(places, places.jobs.only(groups=[TOTAL]))
    standing = mark(
        standing,
        unknown > 0,
        LOW_RELIABILITY,
        lambda area, *_: reasons.jobs_left_out(int(unknown[area, 0, 0]), of, places.where(area)),
    )
    standing = mark(
        standing,
        poor > 0,
        LOW_RELIABILITY,
        lambda area, *_: reasons.industries(
            "employment", LOW_RELIABILITY, int(poor[area, 0, 0]), of, reasons.BUNDLES, places.where(area)
        ),
    )
    little = coverage(places, chain).value < LEAST_COVERED
    return mark(standing, little, LOW_RELIABILITY, lambda area, *_: reasons.few_jobs_found(places.where(area)))


def of_table(chain: Chain, suppliers: str, shape: tuple[int, ...]) -> Standing:
    """How everything stands that rests on purchases from a list of suppliers: missing where these are."""
    unknown = np.full(shape, suppliers in chain.why)
    return mark(all_ok(shape), unknown, MISSING, lambda *_: chain.why[suppliers])


def _of_total(places: Places, total: Cells) -> Standing:
    """How the areas' jobs in all industries stand as what a share is taken of."""
    return mark(
        total.standing,
        total.value == 0,
        NOT_APPLICABLE,
        lambda area, *_: reasons.no_total("employment", places.where(area)),
    )
