"""
Ground: the figures that hotspot rules look at, in jobs and in local units, with or without London and with or without
IT, and what the rules answer on them, as observed and in draws. Takes inputs, gives arrays; makes no rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from reportgen.analysis import reasons
from reportgen.analysis.cells import TOTAL, Cells, bounded
from reportgen.analysis.concentration import base_share, counts, quotients, unit_posterior
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.rules import Measured, by_jobs, by_units, decide, stars
from reportgen.analysis.selection import Simulated, simulate
from reportgen.analysis.shape import (
    LOW_RELIABILITY,
    NOT_APPLICABLE,
    OK,
    Booleans,
    Floats,
    Numbers,
    Standing,
    plain,
    worst,
)
from reportgen.analysis.truth import Blame, Evidence, Figures, Truth, answer, condition
from reportgen.analysis.uncertainty import Posterior
from reportgen.classification import CREATIVE, WITHOUT_IT
from reportgen.classification import IT as IT_SUB_SECTOR
from reportgen.settings import HotspotRule, RuleMeasure, RuleName

KINDS = ("local", "custom")  # kinds of level whose areas can be hotspots
SOURCE = "employment;businesses"
LONDON = "london"  # the group of `data/groups.toml` whose areas count as London


class Seen(NamedTuple):
    """
    One measure.
    Args:
        quotient, size: areas × groups × times; base: 1 × groups × times, the groups' shares in the whole.
        bound: how the lower bound of the quotient stands.
    """

    quotient: Numbers
    bound: Standing
    size: Numbers
    base: Floats

    def measured(self, quotient: Figures, of_size: Blame, concentrated: Truth) -> Measured:
        """What a rule looks at; the quotients may be drawn ones. An area's share is its quotient times the base's."""
        focus = Figures(quotient.value * self.base, quotient.blame)
        return Measured(quotient, Figures(self.size.value, of_size), focus, concentrated)


@dataclass(frozen=True)
class Ground:
    """
    Areas that can be hotspots, and the local ones that they are compared among: custom areas set no threshold.
    Args:
        cells: jobs of these areas, for their names and years.
        among: areas, those that places are compared among; apart: areas, those that are left out.
        posterior: of the quotients of local units.
        rule: the settings.
    """

    cells: Cells
    among: Booleans
    apart: Booleans
    jobs: Seen
    units: Seen
    posterior: Posterior
    rule: HotspotRule

    @cached_property
    def evidence(self) -> Evidence:
        """Behind each other: quotients, their bounds and sizes, in jobs; quotients and sizes in local units."""
        jobs, units = self.jobs, self.units
        seen = (jobs.quotient.standing, jobs.bound, jobs.size.standing, units.quotient.standing, units.size.standing)
        return Evidence(seen)

    def measured(self, blames: Sequence[Blame]) -> dict[str, Measured]:
        """Jobs and local units as observed."""
        line = self.rule.location_quotient
        of_jobs, of_bound, of_size, of_units, of_count = blames
        low, above = Figures(self.jobs.quotient.low, of_bound), Figures(self.posterior.above(line), of_units)
        jobs, units = Figures(self.jobs.quotient.value, of_jobs), Figures(self.units.quotient.value, of_units)
        return {
            "jobs": self.jobs.measured(jobs, of_size, by_jobs(low, line)),
            "units": self.units.measured(units, of_count, by_units(above)),
        }

    def decide(self, name: RuleName, measure: RuleMeasure) -> Numbers:
        """The answer of a rule, 1 or 0, areas × 1 × times; not applicable to areas that are left out."""

        def rule(blames: Sequence[Blame]) -> Truth:
            found = self.measured(blames)
            asked = [found[word] for word in ("jobs", "units") if measure in (word, "both")]
            return decide(name, asked, found["units"].size, self.among, self.rule)

        holds, standing = answer(self.evidence, rule)
        return plain(holds.astype(float), self._without_those_apart(standing))

    def stars(self) -> dict[str, Numbers]:
        """Stars of the European Cluster Observatory, by jobs and by local units: areas × sub-sectors × times."""
        found = {}
        for word, seen in (("jobs", self.jobs), ("units", self.units)):
            measured = self.measured(self.evidence.blames(LOW_RELIABILITY))[word].parts
            number = np.sum([star.holds for star in stars(measured, self.among)], axis=0)
            standing = worst(seen.quotient.standing, seen.size.standing)
            found[word] = plain(number.astype(float), standing.at(slice(None), slice(None, -1)))
        return found

    def simulate(self, names: Sequence[RuleName], ranked: Booleans) -> Simulated:
        """
        Draws of the local units' quotients put through rules: the drawn quotient stands in the place of the bound, of
        the probability and of the observed quotient alike; sizes stay as they are.
        """
        *_, of_units, of_count = self.evidence.blames(LOW_RELIABILITY)
        line = self.rule.location_quotient

        def rule(name: RuleName) -> Callable[[Floats], Truth]:
            def apply(quotients: Floats) -> Truth:
                quotient = Figures(quotients, of_units)
                units = self.units.measured(quotient, of_count, condition(quotients > line, quotient))
                return decide(name, [units], units.size, self.among, self.rule)

            return apply

        return simulate(self.posterior, {name: rule(name) for name in names}, ranked)

    def of_chosen(self, blame: Blame) -> Standing:
        """How a selection probability stands: as what leaves it open, else as the poorest of the area's units."""
        of_units = [each.max(axis=1, keepdims=True, initial=0) for each in self.evidence.blames(OK)[-2:]]
        poorest = self.evidence.blamed(np.maximum(*of_units))
        poor = (blame == 0) & (poorest.state == LOW_RELIABILITY)
        stands = self.evidence.blamed(blame)
        return Standing(np.where(poor, poorest.state, stands.state), np.where(poor, poorest.reason, stands.reason))

    def _without_those_apart(self, standing: Standing) -> Standing:
        apart = np.broadcast_to(self.apart[:, None, None], standing.state.shape)
        reason = np.where(apart, "", standing.reason)
        for area, _, year in np.argwhere(apart):
            reason[area, :, year] = reasons.without_london(self.cells.place(area, year))
        return Standing(np.where(apart, np.int8(NOT_APPLICABLE), standing.state), reason)


def counts_as_london(inputs: Inputs) -> tuple[str, ...] | None:
    """The local areas that count as London; None where no group says which."""
    return inputs.members(LONDON) if LONDON in inputs.groups.groups else None


def has_it(inputs: Inputs) -> bool:
    """Whether creative industries, as they are counted, have IT and something else."""
    return IT_SUB_SECTOR in inputs.jobs.creative and WITHOUT_IT in inputs.jobs.groups


def lay(inputs: Inputs, years: Sequence[str], *, london: bool = True, it: bool = True) -> Ground:
    """
    The ground for some years.
    Args:
        years: of the jobs; local units of years that they do not have are missing.
        london: False: held against Great Britain without London, whose local areas are left out.
        it: False: creative industries without IT.
    """
    info = inputs.release.info
    without = "" if london else info.london
    apart = () if london else counts_as_london(inputs) or ()
    sub_sectors = [part for part in inputs.jobs.sub_sectors if it or part != IT_SUB_SECTOR]
    groups = [*sub_sectors, CREATIVE if it else WITHOUT_IT, TOTAL]
    areas = [area for area in inputs.jobs.areas if inputs.release.level_of(area).kind in KINDS]

    def seen(cells: Cells) -> Seen:
        base = base_share(cells, info.great_britain, without)
        here = cells.only(areas)
        quotient = quotients(here, base)
        return Seen(quotient, bounded(here, quotient), counts(here.only(groups=here.parts)), base.share)

    jobs = inputs.jobs.only(groups=groups, years=years)
    units = inputs.units.only(groups=groups).over(years)
    return Ground(
        cells=jobs.only(areas),
        among=np.array([area in inputs.local and area not in apart for area in areas], dtype=bool),
        apart=np.array([area in apart for area in areas], dtype=bool),
        jobs=seen(jobs),
        units=seen(units),
        posterior=unit_posterior(inputs, units.only(areas), without, apart),
        rule=inputs.settings.hotspot,
    )
