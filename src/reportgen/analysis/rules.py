"""
Rules: when a place is a creative hotspot, by others' published rules and by our own. Pure functions on figures that are
areas × sub-sectors × times, the times being years or draws; whatever a rule takes from a distribution, it takes from
the areas `among` which places are compared. A published threshold is a named constant here; our own are settings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np

from reportgen.analysis.shape import Booleans, Floats
from reportgen.analysis.truth import Figures, Truth, at_least, both, condition, together
from reportgen.settings import HotspotRule, RuleName

SURE = 0.975  # probability from which on local units are called concentrated: 95 %, both ends

NESTA = "Bakhshi, Davies, Freeman and Higgs (2015), The geography of the UK's creative and high-tech economies, Nesta"
NESTA_DEVIATIONS = 2.0  # standard deviations of ln LQ above its mean
NESTA_SIZE = 0.75  # quantile of size

CREATIVE_NATION = "Mateos-Garcia, Klinger and Stathoulopoulos (2018), Creative Nation, Nesta"
CREATIVE_NATION_QUOTIENT = 1.0
CREATIVE_NATION_SIZE = 0.5  # quantile of size

OBSERVATORY = "European Cluster Observatory, cluster mapping: stars for size, specialisation and focus"
OBSERVATORY_TOP = 0.9  # quantile of size and of focus
OBSERVATORY_QUOTIENT = 2.0

# The published thresholds by name, as pages print them; a quantile of 0.75 is their 75th percentile.
THRESHOLDS: Mapping[str, float] = {
    "sure": SURE * 100,
    "nesta_deviations": NESTA_DEVIATIONS,
    "nesta_size": NESTA_SIZE * 100,
    "creative_nation_quotient": CREATIVE_NATION_QUOTIENT,
    "creative_nation_size": CREATIVE_NATION_SIZE * 100,
    "observatory_top": round((1 - OBSERVATORY_TOP) * 100),
    "observatory_quotient": OBSERVATORY_QUOTIENT,
}
SOURCES: Mapping[RuleName, str] = {
    "reportgen": "own",
    "nesta2015": NESTA,
    "creative-nation2018": CREATIVE_NATION,
    "observatory": OBSERVATORY,
}


class Measured(NamedTuple):
    """
    What rules look at in one measure, jobs or local units: areas × groups × times, the sub-sectors and behind them
    creative as a whole.
    Args:
        quotient: location quotients; size: counts; focus: shares of all industries in the area.
        concentrated: whether the quotient is surely above the line of our own rule.
    """

    quotient: Figures
    size: Figures
    focus: Figures
    concentrated: Truth

    @property
    def parts(self) -> Measured:
        """The sub-sectors alone."""
        parts = slice(None, -1)
        quotient, size, focus = (each.only(parts) for each in (self.quotient, self.size, self.focus))
        return Measured(quotient, size, focus, self.concentrated.only(parts))


def by_jobs(low: Figures, line: float) -> Truth:
    """
    Where jobs are concentrated: the lower bound of the quotient's interval lies above the line.
    Args:
        low: areas × groups × times, that bound; not known where the quotient has no interval.

    >>> by_jobs(Figures(np.array([1.1, 0.9]), np.zeros(2, np.int32)), line=1.0).holds.tolist()
    [True, False]
    """
    return condition(low.value > line, low)


def by_units(above: Figures) -> Truth:
    """
    Where local units are concentrated: the probability that their quotient lies above the line is at least 0.975.
    Args:
        above: areas × groups × times, that probability, P(LQ > line).
    """
    return condition(above.value >= SURE, above)


def reportgen(concentrated: Truth, units: Figures, rule: HotspotRule) -> Truth:
    """
    Our own rule: creative as a whole is concentrated and has enough local units, and so have at least so many
    sub-sectors, each with a lower number of units.
    Args:
        concentrated, units: areas × groups × times, creative as a whole behind its sub-sectors.
        rule: the thresholds.
    Returns: areas × 1 × times. Looks at no other area.
    """
    least = np.full((1, units.value.shape[1], 1), rule.sub_sector_units)
    least[:, -1] = rule.creative_units
    each = both(concentrated, condition(units.value >= least, units))
    return both(each.only(slice(-1, None)), at_least(rule.sub_sectors, each.only(slice(None, -1))))


def nesta2015(measured: Measured, among: Booleans) -> Truth:
    """
    Within each sub-sector, ln LQ above its mean by more than two standard deviations (with n − 1), and size above its
    upper quartile; both strictly. A quotient of 0 has no logarithm: such an area is left out of mean and deviation, and
    does not qualify. Where fewer than two areas have one, there is no spread to stand out from, and no area does.
    Returns: areas × sub-sectors × times; a place is a hotspot if any sub-sector qualifies, by jobs or by counts.
    Source: Bakhshi, Davies, Freeman and Higgs (2015).
    """
    quotient, size = measured.quotient, measured.size
    positive = quotient.value > 0
    logs = np.log(np.where(positive, quotient.value, 1.0))
    drawn = positive & among[:, None, None]
    number = drawn.sum(axis=0)
    mean = np.where(drawn, logs, 0.0).sum(axis=0) / np.maximum(number, 1)
    squares = np.square(np.where(drawn, logs - mean, 0.0)).sum(axis=0)
    deviation = np.sqrt(np.where(number > 1, squares, np.nan) / np.maximum(number - 1, 1))
    outstanding = positive & (logs > mean + NESTA_DEVIATIONS * deviation)
    return both(
        condition(outstanding, quotient),
        condition(size.value > percentile(size.value, among, NESTA_SIZE), size),
    )


def creative_nation2018(measured: Measured, among: Booleans) -> Truth:
    """
    Per sub-sector, a quotient above 1 and a size above the sub-sector's median. It was made to colour maps, so it is
    generous: a place counts with a single sub-sector.
    Returns: areas × sub-sectors × times.
    Source: Mateos-Garcia, Klinger and Stathoulopoulos (2018).
    """
    quotient, size = measured.quotient, measured.size
    return both(
        condition(quotient.value > CREATIVE_NATION_QUOTIENT, quotient),
        condition(size.value > percentile(size.value, among, CREATIVE_NATION_SIZE), size),
    )


def stars(measured: Measured, among: Booleans) -> tuple[Truth, Truth, Truth]:
    """
    The three stars that a sub-sector of an area can have: size, in the top tenth of the sub-sector; specialisation, a
    quotient of at least 2; focus, its share of the area's total in the top tenth of all pairs of area and sub-sector.
    The top tenth is what lies above the 90th percentile.
    Returns: areas × sub-sectors × times each.
    Source: European Cluster Observatory.
    """
    quotient, size, focus = measured.quotient, measured.size, measured.focus
    areas, groups, times = focus.value.shape
    pairs = percentile(focus.value.reshape(areas * groups, 1, times), np.repeat(among, groups), OBSERVATORY_TOP)
    return (
        condition(size.value > percentile(size.value, among, OBSERVATORY_TOP), size),
        condition(quotient.value >= OBSERVATORY_QUOTIENT, quotient),
        condition(focus.value > pairs, focus),
    )


def observatory(measured: Measured, among: Booleans) -> Truth:
    """Where a sub-sector has all three stars, areas × sub-sectors × times."""
    size, specialisation, focus = stars(measured, among)
    return both(both(size, specialisation), focus)


def decide(name: RuleName, asked: Sequence[Measured], units: Figures, among: Booleans, settings: HotspotRule) -> Truth:
    """
    Whether each area is a hotspot by a rule. Of several measures that are asked, the same sub-sector has to pass by
    each; for `nesta2015` it is, as published, enough to pass by one.
    Args:
        asked: jobs, local units, or both; of the same groups and times, creative as a whole last.
        units: sizes in local units, which our own rule looks at whatever is asked.
        among: areas, those that places are compared among.
    Returns: areas × 1 × times.
    """
    if name == "reportgen":
        return reportgen(reduce(both, [each.concentrated for each in asked]), units, settings)
    rules = {"nesta2015": nesta2015, "creative-nation2018": creative_nation2018, "observatory": observatory}
    passed = [rules[name](each.parts, among) for each in asked]
    return at_least(1, together(*passed) if name == "nesta2015" else reduce(both, passed))


def percentile(values: Floats, among: Booleans, share: float) -> Floats:
    """
    Quantile over the first axis, of known values of some of the areas, linear between neighbours as numpy's is.
    Returns: 1 × …; NaN where none is known.

    >>> percentile(np.array([[1.0], [2.0], [np.nan], [4.0], [99.0]]), np.array([1, 1, 1, 1, 0], bool), 0.5).tolist()
    [[2.0]]
    """
    chosen = np.sort(values[among], axis=0)  # NaN comes last
    if not len(chosen):
        return np.full((1, *values.shape[1:]), np.nan)
    number = (~np.isnan(chosen)).sum(axis=0, keepdims=True)
    at = share * np.maximum(number - 1, 0)
    below = np.floor(at).astype(np.intp)
    above = np.minimum(below + 1, np.maximum(number - 1, 0))
    low, high = (np.take_along_axis(chosen, place, axis=0) for place in (below, above))
    found: Floats = low + (high - low) * (at - below)
    return found
