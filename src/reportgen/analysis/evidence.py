"""
Evidence: how sure it is that a place has more of a sub-sector than the whole: shrunken quotients of local units, the
probability that the true one is above a line, exact tests, and whether jobs and local units both say so.
Takes cells, gives rows; local units are counts, jobs are not: what is told from counts is told of local units alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import special

from reportgen.analysis import reasons
from reportgen.analysis.cells import TOTAL, Cells, bounded
from reportgen.analysis.concentration import base_share, quotients, unit_posterior
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.rules import SURE, by_jobs, by_units
from reportgen.analysis.shape import (
    NOT_APPLICABLE,
    Booleans,
    Floats,
    Indicator,
    Numbers,
    Standing,
    mark,
    places_on,
    plain,
    stack,
    tidy,
)
from reportgen.analysis.truth import Blame, Evidence, Figures, Truth, answer, both
from reportgen.analysis.uncertainty import TAIL, benjamini_hochberg, rounding_step

LINES = {"1": 1.0, "1.25": 1.25}  # variant → the quotient that a place is to be above


def upper_tail(count: Floats, whole: Floats, share: Floats) -> Floats:
    """
    Exact one-sided p-value of a count of local units: the probability that an area is published with as many or more if
    it had a sub-sector's units by its share of all units alone: P(X ≥ k), X ~ Binomial(N_i, a_r).
    It is conditional on N_i, so that nothing is estimated but a_r; as the sub-sector's units are among those that a_r
    is told from, it errs towards too high. k = u − (d − 1)/2 is the least number that is published as u, d the step of
    rounding: taken as it stands, a 5 that was a 3 would pass for evidence. Of a sum of cells, whose errors mostly
    cancel, no more is taken off than of one: of eight cells of two or three units each, 8 % have p ≤ 5 % by chance.
    Args:
        count: u, local units, as published; whole: N_i, in all areas; share: a_r = E_r/N_i. Arrays that broadcast.
    Returns: 0 to 1; 1 for a count of 0; NaN stays NaN.
    Source: Clopper and Pearson (1934), The use of confidence or fiducial limits, Biometrika 26, for the binomial tail
        as an incomplete beta function.

    >>> upper_tail(np.array([0.0, 5.0, 20.0]), np.array(100.0), np.array(0.1)).round(4).tolist()
    [1.0, 0.9981, 0.01]
    """
    least = count - (rounding_step(count, "businesses") - 1) / 2
    some = least > 0
    beyond = special.betainc(np.where(some, least, 1.0), np.maximum(whole - least, 0.0) + 1, share)
    return np.where(np.isnan(count), np.nan, np.where((count > 0) & some, beyond, 1.0))


def concentrated(quotient: Numbers, probability: Numbers) -> Numbers:
    """
    Whether a place is concentrated, 1 or 0: the interval of its quotient of jobs lies above 1, and so does its quotient
    of local units with a probability of at least 0.975.
    If one of the two is known to fail, the other need not be known, and it does not count how the other stands. These
    are the conditions of our own hotspot rule, at the line 1.
    Args:
        quotient: location quotients of jobs with their interval, and how their lower bound stands; probability:
            P(LQ > 1) of local units. Both areas × groups × years.
    Returns: the same shape; without a value where the figures that are known do not decide.
    Source: Kleene (1938), strong three-valued logic, for what is not known.

    >>> from reportgen.analysis.shape import all_ok
    >>> states, shape = np.array([[[0], [0], [3]]], dtype=np.int8), (1, 3, 1)
    >>> standing = Standing(states, np.array([[[""], [""], ["Not known."]]], dtype=object))
    >>> jobs = Numbers(np.full(shape, 2.0), np.full(shape, 1.5), np.full(shape, 2.5), all_ok(shape))
    >>> found = concentrated(jobs, plain(np.array([[[0.99], [0.5], [np.nan]]]), standing))
    >>> found.value.ravel().tolist(), found.standing.reason.ravel().tolist()
    ([1.0, 0.0, 0.0], ['', '', 'Not known.'])
    """

    def rule(blames: list[Blame]) -> Truth:
        of_jobs, of_units = blames
        return both(by_jobs(Figures(quotient.low, of_jobs), 1.0), by_units(Figures(probability.value, of_units)))

    holds, standing = answer(Evidence([quotient.standing, probability.standing]), rule)
    return plain(holds.astype(float), standing)


def shrunken(inputs: Inputs, cells: Cells) -> Numbers:
    """
    Location quotients of local units, shrunken towards what is usual among the areas of their level, with the interval
    of their posterior. Wholes have no others to be shrunk towards: they keep their quotient, and its interval.
    Args:
        cells: of local units, all areas, the total last among their groups.
    """
    quotient = quotients(cells, base_share(cells, inputs.release.info.great_britain))
    posterior, wholes = unit_posterior(inputs, cells), _wholes(inputs, cells)
    mean = posterior.mean
    # Of a very skewed posterior the mean can lie outside.
    low, high = np.minimum(posterior.quantile(TAIL), mean), np.maximum(posterior.quantile(1 - TAIL), mean)
    value, low, high = (np.where(wholes, own, of) for own, of in zip(quotient[:3], (mean, low, high), strict=True))
    return Numbers(value, low, high, _drawn(value, quotient.standing, cells))


def probability_above(inputs: Inputs, cells: Cells, line: float) -> Numbers:
    """
    How probable it is that an area's quotient of local units lies above a line, given its count and its level's.
    Args: as for `shrunken`; line: a quotient.
    """
    quotient = quotients(cells, base_share(cells, inputs.release.info.great_britain))
    found = unit_posterior(inputs, cells).above(line)
    return _of_places(inputs, cells, plain(found, _drawn(found, quotient.standing, cells)))


def tests(inputs: Inputs, cells: Cells) -> Numbers:
    """
    The p-values of local areas, from `upper_tail`. An area outside Great Britain is held against the units of both
    together, as those of a place are always among those of its whole.
    Args:
        cells: of local units, all areas.
    """
    whole = [inputs.release.info.great_britain]
    quotient = quotients(cells, base_share(cells, *whole))
    local = places_on(cells.areas, inputs.local)
    part, total = cells.only(inputs.local, cells.parts), cells.only(inputs.local, [TOTAL])
    outside = np.array([area not in inputs.inside for area in inputs.local], dtype=bool)[:, None, None]
    of, of_all = (
        np.maximum(cells.only(whole, own.groups).value + np.where(outside, own.value, 0.0), own.value)
        for own in (part, total)
    )
    share = total.value / np.where(of_all > 0, of_all, np.nan)
    return plain(upper_tail(part.value, of, share), quotient.standing.at(local))


def discoveries(p: Numbers, groups: Sequence[str], sub_sectors: Sequence[str]) -> Numbers:
    """
    The q-values that belong to p-values, for each year: the sub-sectors of all areas are one family of tests; each
    other group, which holds some of the same industries, is a family of its own.
    Args:
        p: areas × groups × years.
    """
    value = np.where(p.standing.has_value, p.value, np.nan)
    together = [groups.index(group) for group in sub_sectors]
    families = [together, *([at] for at in range(len(groups)) if at not in together)]
    for year in range(value.shape[2]):
        for family in families:
            value[:, family, year] = benjamini_hochberg(value[:, family, year])
    return plain(value, p.standing)


def findings(inputs: Inputs) -> pd.DataFrame:
    """The rows of this family: all areas and years; the tests for local areas in the latest year."""
    jobs, units = inputs.jobs, inputs.units
    latest = units.only(years=units.years[-1:])
    p = tests(inputs, latest)
    quotient = quotients(jobs, base_share(jobs, inputs.release.info.great_britain))
    probable = probability_above(inputs, units.over(jobs.years), 1.0)
    made = [
        ("location-quotient-units-shrunken", "", units.areas, units, shrunken(inputs, units)),
        *(
            ("probability-above", variant, units.areas, units, probability_above(inputs, units, line))
            for variant, line in LINES.items()
        ),
        ("p-value-units", "", inputs.local, latest, p),
        ("q-value-units", "", inputs.local, latest, discoveries(p, units.parts, units.sub_sectors)),
    ]
    rows = [
        tidy(indicator, areas, cells.parts, [(year, "") for year in cells.years], numbers, cells.table, variant)
        for indicator, variant, areas, cells, numbers in made
    ]
    times, sources = [(year, "") for year in jobs.years], f"{jobs.table};{units.table}"
    by_bound = quotient._replace(standing=bounded(jobs, quotient))
    agreed = concentrated(_of_places(inputs, jobs, by_bound), probable)
    return stack([*rows, tidy("concentrated", jobs.areas, jobs.parts, times, agreed, sources)])


def _wholes(inputs: Inputs, cells: Cells) -> Booleans:
    """Areas × 1 × 1: which of them are wholes."""
    return np.array([area in inputs.wholes for area in cells.areas], dtype=bool)[:, None, None]


def _of_places(inputs: Inputs, cells: Cells, numbers: Numbers) -> Numbers:
    """The numbers, but none of wholes."""
    standing = mark(
        numbers.standing,
        np.broadcast_to(_wholes(inputs, cells), numbers.value.shape),
        NOT_APPLICABLE,
        lambda area, _group, year: reasons.is_whole(cells.place(area, year)),
    )
    return numbers._replace(standing=standing)


def _drawn(value: Floats, standing: Standing, cells: Cells) -> Standing:
    """The standing of what comes from a posterior, with those places taken out that have none to draw on."""
    return mark(
        standing,
        np.isnan(value),
        NOT_APPLICABLE,
        lambda area, _group, year: reasons.nothing_to_draw_on(cells.table, cells.place(area, year)),
    )


_TOO_SMALL = "Firms classed anew or wrongly, and those too small to be registered, are not allowed for."
_OF_WHOLES = "Not applicable to Great Britain and the United Kingdom, which are no places among others."
_PRIOR = "u_ri ~ Poisson(θ·E_ri), E_ri = U_r·U_i/U, θ ~ Gamma(α, β) with Marshall's moments over the areas of the level"
_POSTERIOR = "Gamma(α + c_ri, β + E_ri·c_ri/u_ri), c = u²/(u + V) events, V = Σ d²/12"
_MARSHALL = "Marshall 1991, Applied Statistics 40(2); Clayton and Kaldor 1987, Biometrics 43"

INDICATORS = (
    Indicator(
        "location-quotient-units-shrunken",
        name="Location quotient, local units, shrunken",
        unit="ratio",
        digits=2,
        definition="The location quotient of local units, drawn towards the mean of the areas of its level, the more "
        "so the fewer units are expected: chance makes small areas look extreme. The interval is that of its posterior "
        f"distribution, with rounding. It is a floor, too narrow where a level has few areas. {_TOO_SMALL} Great "
        "Britain and the United Kingdom keep their quotient as it is, with an interval for rounding.",
        formula=f"(α + c_ri) / (β + E_ri·c_ri/u_ri); {_PRIOR}; 95 %: quantiles of {_POSTERIOR}",
        source=_MARSHALL,
        made_by=shrunken,
    ),
    Indicator(
        "probability-above",
        name="Probability that the location quotient of local units is above a line",
        unit="probability",
        digits=3,
        definition="How probable it is that the area's true quotient of local units is above 1, or above 1.25 (the "
        f"variant says which), given its count and those of the areas of its level. {_TOO_SMALL} {_OF_WHOLES}",
        formula=f"P(θ > 1), P(θ > 1.25) from {_POSTERIOR}; {_PRIOR}",
        source=_MARSHALL,
        made_by=probability_above,
    ),
    Indicator(
        "p-value-units",
        name="Test of concentration, local units",
        unit="probability",
        digits=3,
        definition="How probable it is that a local area is published with as many local units of the sub-sector or "
        "more, if these were spread as all local units are. Exact, one-sided, given the sub-sector's units in Great "
        "Britain; u − 2 is the least number that a single cell publishes as u, and is taken for a sum of cells, "
        f"too. {_TOO_SMALL}",
        formula="P(X ≥ u_ri − 2), X ~ Binomial(U_i, U_r/U)",
        source="Clopper and Pearson 1934, Biometrika 26 (the exact tail)",
        made_by=upper_tail,
    ),
    Indicator(
        "q-value-units",
        name="Test of concentration, local units, for many tests at once",
        unit="probability",
        digits=3,
        definition="The share of false ones to be expected among the areas and sub-sectors that count as concentrated "
        "if this one just does. All local areas × sub-sectors of a year are one family of tests; creative industries "
        f"as a whole, and each group that they are compared with, are a family of their own. {_TOO_SMALL}",
        formula="q_(i) = min over j ≥ i of m·p_(j)/j, p_(1) ≤ … ≤ p_(m)",
        source="Benjamini and Hochberg 1995, JRSS B 57(1)",
        made_by=benjamini_hochberg,
    ),
    Indicator(
        "concentrated",
        name="Concentrated, by jobs and by local units",
        unit="yes or no",
        digits=0,
        definition="Yes where the interval of the location quotient of jobs lies above 1, and that of local units is "
        f"above 1 with a probability of at least {SURE:g}. No where one of the two fails, whether or not the other is "
        f"known. {_OF_WHOLES}",
        formula=f"1 if low(LQ_ri, jobs) > 1 and P(θ_ri > 1) ≥ {SURE:g}, else 0",
        source=f"both measures asked at once: rule of this report; {_MARSHALL}; Wilson 1927",
        made_by=concentrated,
    ),
)
