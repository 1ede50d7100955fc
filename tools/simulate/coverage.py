"""
Coverage: how often intervals hold the truth, by class of area, of true quotient and of sub-sector, and how many of the
finds of a test are false. Ours stand beside two that were not taken.
Takes worlds, gives shares and tables in Markdown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
from scipy import special

from reportgen.analysis.evidence import upper_tail
from reportgen.analysis.selection import DRAWS, rank_interval, rank_tally
from reportgen.analysis.shape import Booleans, Floats
from reportgen.analysis.uncertainty import (
    TAIL,
    Posterior,
    Z,
    benjamini_hochberg,
    gamma_poisson,
    jobs_interval,
    wilson,
)
from simulate.worlds import Country, World, assumed, draw, lumpiness, lumpy, place_industry, publish

SEED = 20245
REPEATS = 100  # draws of a whole country
CONFIDENCE = (TAIL, 1 - TAIL)
WORLDS: dict[str, World] = {"assumed": assumed, "lumpy": lumpy}

OURS, BINOMIAL, NULL, UNITS, RANKS = METHODS = (
    "jobs",
    "jobs, binomial",
    "jobs, H·a(1−a)",
    "local units",
    "rank by units",
)
NAMES = {"assumed": "data from the assumed models", "lumpy": "lumpy data"}
LEAST = 0.90
FIFTHS = ("smallest fifth of areas", "second fifth", "third fifth", "fourth fifth", "largest fifth")
LINES = (0.5, 1.0, 2.0)
QUOTIENTS = ("true LQ under 0.5", "true LQ 0.5 to 1", "true LQ 1 to 2", "true LQ over 2")

NULLS = 0.7  # of the areas are as the whole, in the test of false finds
APART = (1.25, 3.0)  # quotients of the others
RATE = 0.05  # q


class Coverage(NamedTuple):
    """
    Args:
        held: method → repeats × sub-sectors (all together last) × areas, whether its interval holds the truth.
        quotient: method → the same shape, the true quotient that it is about.
    """

    names: tuple[str, ...]
    held: dict[str, Booleans]
    quotient: dict[str, Floats]

    def shares(self, method: str) -> dict[str, float]:
        """Class → the share of its intervals that hold the truth; `all` first."""
        held = self.held[method]
        return {"all": float(held.mean())} | {name: float(held[where].mean()) for name, where in self.classes(method)}

    def classes(self, method: str) -> Iterator[tuple[str, Booleans]]:
        """Each class of intervals with its name: by size of area, by true quotient, by sub-sector."""
        quotient = self.quotient[method]
        _, groups, areas = np.indices(quotient.shape)
        for fifth, name in enumerate(FIFTHS):
            yield name, areas * len(FIFTHS) // quotient.shape[2] == fifth
        band = np.searchsorted(LINES, quotient)
        for place, name in enumerate(QUOTIENTS):
            yield name, band == place
        for group, name in enumerate((*self.names, "all creative")):
            yield name, groups == group


def measure(world: str, country: Country, repeats: int = REPEATS) -> Coverage:
    """How often the intervals hold the truth in one of the worlds."""
    rng = np.random.default_rng([SEED, list(WORLDS).index(world)])
    held: dict[str, list[Booleans]] = {method: [] for method in METHODS}
    quotients: dict[str, list[Floats]] = {method: [] for method in METHODS}
    for _ in range(repeats):
        drawn = draw(WORLDS[world], country, rng)
        jobs, units = drawn.jobs_quotient, drawn.units_quotient
        posterior = gamma_poisson(drawn.units.T, drawn.expected.T, variance=drawn.units_variance.T)
        posterior = Posterior(posterior.shape.T, posterior.rate.T)
        part, per_share = drawn.jobs / drawn.whole, country.share * drawn.whole
        low, high = jobs_interval(drawn.jobs, drawn.jobs_rounding, drawn.whole, drawn.herfindahl)
        reach = Z * np.sqrt(drawn.herfindahl * country.share * (1 - country.share))
        found = {
            OURS: (low / per_share, high / per_share, jobs),
            BINOMIAL: (*(end / country.share for end in wilson(part, drawn.whole)), jobs),
            NULL: ((part - reach) / country.share, (part + reach) / country.share, jobs),
            UNITS: (posterior.quantile(CONFIDENCE[0]), posterior.quantile(CONFIDENCE[1]), units),
            RANKS: (*rank_intervals(posterior, rng), ranks(units)),
        }
        for method, (begin, end, truth) in found.items():
            held[method].append((begin <= truth) & (truth <= end))
            quotients[method].append(jobs if method in (OURS, BINOMIAL, NULL) else units)
    return Coverage(
        country.names,
        {method: np.array(each) for method, each in held.items()},
        {method: np.array(each) for method, each in quotients.items()},
    )


def ranks(values: Floats) -> Floats:
    """Places along the last axis, 1 = highest."""
    return (-values).argsort(axis=-1).argsort(axis=-1) + 1.0


def rank_intervals(posterior: Posterior, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """The product's rank intervals, groups × areas, of draws from posteriors of the same shape."""
    drawn = rng.standard_gamma(posterior.shape, (DRAWS, *posterior.shape.shape)) / posterior.rate
    low, high = zip(*(rank_interval(rank_tally(of.T)) for of in drawn.swapaxes(0, 1)), strict=True)
    return np.array(low), np.array(high)


def false_finds(country: Country, repeats: int = REPEATS) -> dict[str, float]:
    """
    The average share of false finds among the areas that are called concentrated at q = 5 %, where 70 % of areas are as
    the whole and the others have 1.25 to 3 times as much: by exact p-values of local units, each cell rounded, and, as
    a warning, by a normal z on jobs.
    """
    rng = np.random.default_rng([SEED, len(WORLDS)])
    share = country.share
    found: dict[str, list[float]] = {UNITS: [], OURS: []}
    for _ in range(repeats):
        for bands in country.bands:
            null = rng.random(len(share)) < NULLS
            theta = np.where(null, 1.0, rng.uniform(*APART, len(null)))
            more = (theta * share).sum()
            units = rng.poisson(theta * share * bands.sum(axis=1, keepdims=True)).astype(float)
            jobs, _ = place_industry(rng, theta * share, bands.sum(axis=0) * more)
            z = (jobs * more / jobs.sum() - share) / np.sqrt(lumpiness(bands) * share * (1 - share))
            counts = publish(units, "businesses").sum(axis=0)
            found[UNITS].append(_false_share(upper_tail(counts, bands.sum(), share), null))
            found[OURS].append(_false_share(special.ndtr(-z), null))
    return {method: float(np.mean(each)) for method, each in found.items()}


def _false_share(p: Floats, null: Booleans) -> float:
    """Of the finds, none if there are none."""
    called = benjamini_hochberg(p) <= RATE
    return float((called & null).sum() / max(called.sum(), 1))


def as_text(measured: Mapping[str, Coverage], false: Mapping[str, float]) -> str:
    """What stands in docs/methods.md: the tables, in per cent, what lies outside in our own columns, false finds."""
    repeats, groups, areas = next(iter(measured.values())).held[OURS].shape
    outside = [
        f"- {NAMES[world]}, {method}, {name}: {_percent(share)}"
        for world, each in measured.items()
        for method in (OURS, UNITS, RANKS)
        for name, share in each.shares(method).items()
        if share < LEAST
    ]
    finds = (
        f"{_percent(NULLS)} of the areas are as the whole, the others have {APART[0]:g} to {APART[1]:g} times as much; "
        f"called at q = {_percent(RATE)}. Of what is called, on average {_percent(false[UNITS])} is false by the exact "
        f"p-values of local units, each cell rounded to five, and {_percent(false[OURS])} by a normal z on jobs, which "
        "we do not use."
    )
    parts = (
        f"Per cent of 95 % intervals that hold the truth: {repeats} draws of {groups} groups × {areas} areas.",
        *(f"### {NAMES[name].capitalize()}\n\n{_table(each)}" for name, each in measured.items()),
        f"### Outside\n\nOf our intervals, these classes are under {_percent(LEAST)}:",
        "\n".join(outside) or "none.",
        f"### False finds\n\n{finds}",
    )
    return "\n\n".join(parts)


def _percent(share: float) -> str:
    return f"{round(100 * share, 1):g} %"


def _table(of: Coverage) -> str:
    shares = {method: of.shares(method) for method in METHODS}
    lines = [f"| class | {' | '.join(METHODS)} |", f"|---|{'---:|' * len(METHODS)}"]
    for name in shares[OURS]:
        lines.append(f"| {name} | {' | '.join(f'{100 * shares[method][name]:.1f}' for method in METHODS)} |")
    return "\n".join(lines)
