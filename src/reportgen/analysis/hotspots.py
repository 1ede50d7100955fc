"""
Hotspots: which local areas count as creative hotspots by the rule in the settings, and their order.
A condition holds, fails, or is open because a figure is not known; the answer is open only where the known figures do
not decide it. Takes cells, gives rows; looks at point values, not at intervals.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.cells import TOTAL, Cells
from reportgen.analysis.concentration import base_share, counts, quotients
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.ranks import rank
from reportgen.analysis.shape import (
    LOW_RELIABILITY,
    NOT_APPLICABLE,
    OK,
    Booleans,
    Indicator,
    Numbers,
    Standing,
    mark,
    plain,
    stack,
    tidy,
)
from reportgen.classification import CREATIVE
from reportgen.settings import HotspotRule

SOURCE = "employment;businesses"
OWN_RULE = "rule of this report; location quotient: Isard 1960, ch. 7"
KINDS = ("local", "custom")  # kinds of level whose areas can be hotspots


class Truth(NamedTuple):
    """Where something is known to hold and where it is known to fail; it is open where neither is known."""

    holds: Booleans
    fails: Booleans

    @property
    def open(self) -> Booleans:
        return ~(self.holds | self.fails)


def both(one: Truth, other: Truth) -> Truth:
    """
    Whether two things hold: if one is known to fail, the other need not be known.
    Source: Kleene (1938), strong three-valued logic.

    >>> fails, open_ = (Truth(np.array([False]), np.array([known])) for known in (True, False))
    >>> both(fails, open_).fails.item(), both(open_, open_).open.item()
    (True, True)
    """
    return Truth(one.holds & other.holds, one.fails | other.fails)


def at_least(number: int, several: Truth) -> Truth:
    """
    Whether at least so many of several things hold. Fails when too few are left that hold or are open.
    Args:
        several: areas × things × years.
    Returns: areas × 1 × years.

    >>> holds_open_fails = Truth(np.array([[[True], [False], [False]]]), np.array([[[False], [False], [True]]]))
    >>> [at_least(number, holds_open_fails).holds.item() for number in (1, 2, 3)]
    [True, False, False]
    >>> [at_least(number, holds_open_fails).fails.item() for number in (1, 2, 3)]
    [False, False, True]
    """
    holding = several.holds.sum(axis=1, keepdims=True)
    possible = (~several.fails).sum(axis=1, keepdims=True)
    return Truth(holding >= number, possible < number)


def decide(quotient: Numbers, units: Numbers, rule: HotspotRule, trust: int) -> tuple[Truth, Booleans]:
    """
    The rule on point values: creative as a whole is concentrated and has enough local units, and so have at least so
    many sub-sectors, each with a lower number of units.
    Args:
        quotient, units: areas × groups × years, creative as a whole behind its sub-sectors.
        trust: the worst state whose figures count as known.
    Returns: areas × 1 × years, whether an area is a hotspot; areas × inputs × years, the quotients and behind them the
        units: which of them are open and could decide what is open.
    """
    least = np.full((1, units.value.shape[1], 1), rule.sub_sector_units)
    least[:, -1] = rule.creative_units
    concentrated = _known(quotient.value > rule.location_quotient, quotient.standing, trust)
    sizeable = _known(units.value >= least, units.standing, trust)
    each = both(concentrated, sizeable)
    whole, parts = (Truth(each.holds[:, at], each.fails[:, at]) for at in (slice(-1, None), slice(None, -1)))
    enough = at_least(rule.sub_sectors, parts)
    matters = each.open
    matters[:, :-1] &= enough.open
    return both(whole, enough), np.concatenate([concentrated.open & matters, sizeable.open & matters], axis=1)


def hotspots(quotient: Numbers, units: Numbers, rule: HotspotRule) -> Numbers:
    """
    The rule's answer for each area and year, 1 or 0; without a value where it hangs on figures that are not known, and
    of low reliability where it hangs on such.
    Args: as for `decide`.
    Returns: areas × 1 × years.
    """
    inputs = Standing(
        np.concatenate([quotient.standing.state, units.standing.state], axis=1),
        np.concatenate([quotient.standing.reason, units.standing.reason], axis=1),
    )
    surely, open_surely = decide(quotient, units, rule, trust=OK)
    answer, open_inputs = decide(quotient, units, rule, trust=LOW_RELIABILITY)
    blamed = np.where(answer.open, open_inputs, open_surely & (inputs.state == LOW_RELIABILITY)) & surely.open
    states = np.where(blamed, inputs.state, np.int8(OK))
    worst = states.argmax(axis=1, keepdims=True)
    state, reason = (np.take_along_axis(of, worst, axis=1) for of in (states, inputs.reason))
    standing = Standing(state, np.where(state == OK, "", reason))
    return plain(answer.holds.astype(float), standing)


class Answers(NamedTuple):
    """The rule applied to a release; the areas and years are those of `jobs`, of the areas that can be hotspots."""

    jobs: Cells
    quotient: Numbers
    hotspot: Numbers

    @property
    def known(self) -> Booleans:
        """Areas × years."""
        return self.hotspot.standing.has_value[:, 0]

    @property
    def yes(self) -> Booleans:
        """Areas × years."""
        found: Booleans = self.hotspot.value[:, 0] == 1
        return found & self.known


def answers(inputs: Inputs) -> Answers:
    """The rule for all areas of the local and custom levels, and all years that the jobs have."""
    release, years = inputs.release, inputs.jobs.years
    areas = [area for area in inputs.jobs.areas if release.level_of(area).kind in KINDS]
    jobs = inputs.jobs.only(areas, [*inputs.jobs.creative, TOTAL])
    units = inputs.units.only(areas, jobs.creative).over(years)
    quotient = quotients(jobs, base_share(inputs.jobs.only(groups=jobs.groups), release.info.great_britain))
    return Answers(jobs, quotient, hotspots(quotient, counts(units), inputs.settings.hotspot))


def findings(inputs: Inputs) -> pd.DataFrame:
    """The rows of this family, for all areas of the local and custom levels."""
    found = answers(inputs)
    levels = inputs.release.areas["level"].astype(str).loc[list(found.jobs.areas)].to_numpy()
    times = [(year, "") for year in found.jobs.years]
    return stack(
        [
            tidy(indicator, found.jobs.areas, [CREATIVE], times, numbers, SOURCE)
            for indicator, numbers in (("hotspot", found.hotspot), ("hotspot-rank", _ranks(found, levels)))
        ]
    )


def _known(holds: Booleans, standing: Standing, trust: int) -> Truth:
    known = standing.state <= trust
    return Truth(holds & known, ~holds & known)


def _ranks(found: Answers, levels: npt.NDArray[np.object_]) -> Numbers:
    """Ranks within each level, areas × 1 × years."""
    quotient = np.where(found.yes[:, None], found.quotient.value[:, -1:], np.nan)
    value = np.full(quotient.shape, np.nan)
    for level in np.unique(levels):
        here = levels == level
        value[here] = rank(quotient[here])
    standing = mark(
        found.hotspot.standing,
        (found.known & ~found.yes)[:, None],
        NOT_APPLICABLE,
        lambda area, _group, year: reasons.no_hotspot(found.jobs.place(area, year)),
    )
    return plain(value, standing)


INDICATORS = (
    Indicator(
        "hotspot",
        name="Creative hotspot",
        unit="yes or no",
        digits=0,
        definition="Yes where creative jobs are concentrated, creative local units are many enough, and enough "
        "sub-sectors are concentrated with local units enough of their own. Thresholds are settings; point values "
        "decide, not intervals.",
        formula="1 if LQ_r > a, u_r ≥ b and #{i: LQ_ri > a, u_ri ≥ c} ≥ d, else 0",
        source=OWN_RULE,
        made_by=hotspots,
    ),
    Indicator(
        "hotspot-rank",
        name="Rank among creative hotspots",
        unit="rank",
        digits=0,
        definition="Place of a hotspot among those known to be hotspots at its level, by the location quotient of "
        "creative jobs; the first has the highest.",
        formula="1 + number of hotspots of the level with a higher LQ",
        source=OWN_RULE,
        made_by=rank,
    ),
)
