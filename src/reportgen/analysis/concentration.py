"""
Concentration: how much more of a sub-sector a place has than the whole it belongs to, in jobs and in local units.
Takes cells, gives rows; reads no file, draws nothing, rounds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.cells import TOTAL, Cells
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.shape import (
    NOT_APPLICABLE,
    Floats,
    Indicator,
    Numbers,
    Standing,
    mark,
    places_on,
    stack,
    tidy,
    worst,
)
from reportgen.analysis.uncertainty import Posterior, gamma_poisson
from reportgen.classification import CREATIVE

ISARD = "Isard (1960), Methods of Regional Analysis, ch. 7"


class Base(NamedTuple):
    """The whole that places are held against: the share of each group in it, 1 × groups × years, and its standing."""

    share: Floats
    standing: Standing


def location_quotient(part: Floats, total: Floats, base: Floats) -> Floats:
    """
    Concentration of each sub-sector in each area against a whole: LQ_ri = (x_ri / T_r) / b_i.
    Args:
        part: areas × sub-sectors (× years), x, jobs or local units; NaN where suppressed or missing.
        total: areas × 1 (× years), T, the same over all industries.
        base: sub-sectors (× years), b, their share in the whole (Great Britain, or without London).
    Returns: the shape of `part`, a ratio; 1 = as in the whole. NaN stays NaN; 0 jobs give 0; a total or base of 0
        gives NaN.
    Source: Isard (1960), Methods of Regional Analysis, ch. 7.

    >>> jobs, totals = np.array([[30.0], [np.nan]]), np.array([[1000.0], [800.0]])
    >>> location_quotient(jobs, totals, base=np.array([0.02])).tolist()
    [[1.5], [nan]]
    """
    return _ratio(_ratio(part, total), base)


def jobs_above_expected(part: Floats, total: Floats, base: Floats) -> Floats:
    """
    Jobs that an area has beyond those it would have at the whole's share: E_ri = x_ri − b_i · T_r.
    Args: as for `location_quotient`.
    Returns: the shape of `part`, jobs; 0 = as in the whole, negative = fewer. NaN stays NaN.
    Source: the same comparison as the location quotient, as a difference: E = x · (1 − 1/LQ); Isard (1960), ch. 7.

    >>> jobs_above_expected(np.array([[30.0]]), np.array([[1000.0]]), base=np.array([0.02])).tolist()
    [[10.0]]
    """
    return part - base * total


def symmetric(quotient: Floats) -> Floats:
    """
    The location quotient on a scale that is alike above and below the whole's share: (LQ − 1) / (LQ + 1).
    Args:
        quotient: location quotients, any shape, not negative; NaN stays NaN.
    Returns: −1 (none) to below 1; 0 = as in the whole; twice the share and half of it lie as far from 0.
    Source: Dalum, Laursen and Villumsen (1998), Structural change in OECD export specialisation patterns,
        International Review of Applied Economics 12(3).

    >>> symmetric(np.array([0.0, 0.5, 1.0, 2.0])).round(3).tolist()
    [-1.0, -0.333, 0.0, 0.333]
    """
    return (quotient - 1) / (quotient + 1)


def leave_one_out(part: Floats, total: Floats, whole: Floats, whole_total: Floats) -> Floats:
    """
    The location quotient against the whole without the area itself: (x_ri / T_r) / ((X_i − x_ri) / (T − T_r)). A large
    area pulls the whole's share towards its own; this one does not.
    Args:
        part, total: areas × sub-sectors (× years), x and T_r; whole, whole_total: X and T, arrays that broadcast.
    Returns: a ratio; NaN where nothing is left to compare with, or the area has no jobs at all.
    Source: the location quotient with another base; Isard (1960), ch. 7.

    >>> leave_one_out(np.array([60.0]), np.array([1000.0]), np.array([100.0]), np.array([5000.0])).round(9).tolist()
    [6.0]
    """
    rest, rest_total = np.maximum(whole - part, 0.0), np.maximum(whole_total - total, 0.0)
    return _ratio(_ratio(part, total), _ratio(rest, rest_total))


def base_share(cells: Cells, whole: str, without: str = "") -> Base:
    """
    The share of each group in a whole, and that of the whole without one area: (x − x') / (T − T').
    Args:
        whole, without: codes of areas; `without` must lie in `whole`.
    """
    part, total = cells.only([whole], cells.parts), cells.only([whole], [TOTAL])
    counts, totals, standing = part.value, total.value, worst(part.standing, total.standing)
    if without:
        out, out_total = cells.only([without], cells.parts), cells.only([without], [TOTAL])
        counts, totals = counts - out.value, totals - out_total.value
        standing = worst(standing, out.standing, out_total.standing)
    nothing = np.broadcast_to(totals <= 0, standing.state.shape)
    standing = mark(
        standing, nothing, NOT_APPLICABLE, lambda _, __, year: reasons.no_base(cells.table, cells.years[year])
    )
    return Base(_ratio(counts, totals), standing)


def quotients(cells: Cells, base: Base) -> Numbers:
    """
    Location quotients of all areas, groups and years against a base, with the interval of x carried through; the area's
    total and the base are taken as exact.
    """
    part, total = cells.only(groups=cells.parts), cells.only(groups=[TOTAL])
    standing = _with_total(worst(part.standing, total.standing, base.standing), total)
    standing = mark(
        standing,
        np.broadcast_to(base.share == 0, part.value.shape),
        NOT_APPLICABLE,
        lambda _area, _group, year: reasons.no_base(cells.table, cells.years[year]),
    )
    return _through(part, standing, lambda count: location_quotient(count, total.value, base.share))


def symmetrics(quotient: Numbers) -> Numbers:
    """Symmetric location quotients, with the ends of the interval carried through."""
    return Numbers(symmetric(quotient.value), symmetric(quotient.low), symmetric(quotient.high), quotient.standing)


def against_the_rest(inputs: Inputs, cells: Cells) -> Numbers:
    """
    Location quotients of all areas against Great Britain without the area, with the interval of x carried through: the
    more jobs an area has, the fewer has the rest. An interval that has no upper end is left away.
    Args:
        cells: all areas of a table, some years.
    """
    whole = [inputs.release.info.great_britain]
    part, total = cells.only(groups=cells.parts), cells.only(groups=[TOTAL])
    whole_part, whole_total = part.only(whole), total.only(whole)
    standing = _with_total(worst(part.standing, total.standing, whole_part.standing, whole_total.standing), total)
    shape = part.value.shape
    for areas, sentence in (
        ([area in inputs.wholes for area in cells.areas], reasons.is_whole),
        ([area not in inputs.wholes | inputs.inside for area in cells.areas], reasons.outside),
    ):
        where = np.broadcast_to(np.array(areas)[:, None, None], shape)
        standing = mark(standing, where, NOT_APPLICABLE, lambda a, _, y, say=sentence: say(cells.place(a, y)))
    standing = mark(
        standing,
        (part.value >= whole_part.value) | np.broadcast_to(total.value >= whole_total.value, shape),
        NOT_APPLICABLE,
        lambda area, _group, year: reasons.nowhere_else(cells.table, cells.place(area, year)),
    )
    found = _through(
        part, standing, lambda count: leave_one_out(count, total.value, whole_part.value, whole_total.value)
    )
    closed = ~np.isnan(found.high)
    return found._replace(low=np.where(closed, found.low, np.nan))


def unit_posterior(inputs: Inputs, cells: Cells, without: str = "", apart: Collection[str] = ()) -> Posterior:
    """
    The posteriors of the location quotients of local units, areas × groups × years, against Great Britain. The prior is
    that of the areas of the same kind of level; custom areas take that of the local ones.
    Args:
        cells: of local units, some or all areas of `inputs.units`, the total last among its groups.
        without: code of an area that is left out of Great Britain; apart: of local areas left out of the prior.
    Source: `gamma_poisson`, with E = a_r·N, a_r the area's share of all local units, N those of the sub-sector.
    """
    whole = inputs.release.info.great_britain
    everywhere = inputs.units.only(groups=cells.groups).over(cells.years)
    base = base_share(everywhere, whole, without).share
    part = everywhere.only(groups=cells.parts)
    count, rounded = part.value, part.rounding.variance
    expected = everywhere.only(groups=[TOTAL]).value * base
    own = np.array([inputs.kinds[area] for area in everywhere.areas])
    kinds = np.where(own == "custom", "local", own)
    shape, rate = np.full(count.shape, np.nan), np.full(count.shape, np.nan)
    members = np.array([area in inputs.local and area not in apart for area in everywhere.areas])
    for kind in dict.fromkeys(kinds.tolist()):
        here = kinds == kind
        prior = (members if kind == "local" and members.any() else here)[here]
        shape[here], rate[here] = gamma_poisson(count[here], expected[here], prior, rounded[here])
    rows = places_on(everywhere.areas, cells.areas)
    return Posterior(shape[rows], rate[rows])


def counts(cells: Cells) -> Numbers:
    """Counts as they are, with their interval."""
    return _through(cells, cells.standing, lambda count: count)


def shares(cells: Cells) -> Numbers:
    """
    Creative as a whole as a share of all industries in the area, x / T, with the interval of x; the total is taken as
    exact.
    """
    part, total = cells.only(groups=[CREATIVE]), cells.only(groups=[TOTAL])
    standing = _with_total(worst(part.standing, total.standing), total)
    return _through(part, standing, lambda count: _ratio(count, total.value))


def excess(cells: Cells, base: Base) -> Numbers:
    """Jobs above expectation, with the interval of x; total and base are taken as exact."""
    part, total = cells.only(groups=cells.parts), cells.only(groups=[TOTAL])
    standing = worst(part.standing, total.standing, base.standing)
    return _through(part, standing, lambda count: jobs_above_expected(count, total.value, base.share))


def findings(inputs: Inputs) -> pd.DataFrame:
    """The rows of this family: its indicators in their order, for all areas and all years of their table."""
    info, jobs, units = inputs.release.info, inputs.jobs, inputs.units
    everywhere, elsewhere = (info.great_britain, ""), (info.great_britain, info.london)
    creative, whole, total = jobs.parts, (CREATIVE,), (TOTAL,)
    quotient, of_units = (quotients(cells, base_share(cells, *everywhere)) for cells in (jobs, units))
    latest, latest_units = (cells.only(years=cells.years[-1:]) for cells in (jobs, units))
    made: list[tuple[str, Cells, Sequence[str], Numbers, str]] = [
        ("creative-jobs", jobs, creative, counts(jobs.only(groups=creative)), ""),
        ("creative-jobs-share", jobs, whole, shares(jobs), ""),
        ("jobs", jobs, total, counts(jobs.only(groups=total)), ""),
        ("creative-local-units", units, creative, counts(units.only(groups=creative)), ""),
        ("local-units", units, total, counts(units.only(groups=total)), ""),
        ("location-quotient", jobs, creative, quotient, ""),
        ("location-quotient-ex-london", jobs, creative, quotients(jobs, base_share(jobs, *elsewhere)), ""),
        ("location-quotient-leave-one-out", latest, creative, against_the_rest(inputs, latest), "jobs"),
        ("location-quotient-leave-one-out", latest_units, creative, against_the_rest(inputs, latest_units), "units"),
        ("symmetric-location-quotient", jobs, creative, symmetrics(quotient), "jobs"),
        ("symmetric-location-quotient", units, creative, symmetrics(of_units), "units"),
        ("location-quotient-units", units, creative, of_units, ""),
        ("location-quotient-units-ex-london", units, creative, quotients(units, base_share(units, *elsewhere)), ""),
        ("jobs-above-expected", jobs, creative, excess(jobs, base_share(jobs, *everywhere)), ""),
    ]
    return stack(
        [
            tidy(name, cells.areas, parts, [(year, "") for year in cells.years], numbers, cells.table, variant)
            for name, cells, parts, numbers, variant in made
        ]
    )


def _through(cells: Cells, standing: Standing, function: Callable[[Floats], Floats]) -> Numbers:
    """What a function that rises with a count makes of the counts and of their interval."""
    return Numbers(function(cells.value), function(cells.low), function(cells.high), standing)


def _with_total(standing: Standing, total: Cells) -> Standing:
    """The standing, with those places taken out that have nothing to take a share of."""
    return mark(
        standing,
        np.broadcast_to(total.value == 0, standing.state.shape),
        NOT_APPLICABLE,
        lambda area, _group, year: reasons.no_total(total.table, total.place(area, year)),
    )


def _ratio(part: Floats, whole: Floats) -> Floats:
    """Part by whole, NaN where the whole is 0: what that means is for the standing to say."""
    return part / np.where(whole == 0, np.nan, whole)


# What the intervals leave out, and why, the methods page and docs/methods.md say once for all of them.
_JOBS = "The interval covers chance in which establishments are there, and rounding; of wholes, rounding alone."
_UNITS = "The interval is that of a count, with rounding; of wholes, of rounding alone."
_JOBS_FORMULA = "95 %: X_i·Wilson(x_ri / X_i; n), 1/n = H_i + V / (X_i²·s·(1 − s)), s = x_ri / X_i, V = Σ d²/12"
_UNITS_FORMULA = "95 %: u/c times the exact Poisson interval of c = u² / (u + V) events, V = Σ d²/12, d = 5"
_FROM_X, _FROM_U = (f"the interval is that of {x}_ri, totals taken as exact" for x in "xu")
_DCMS, _BRES, _COUNTS = (
    "DCMS, Sectors Economic Estimates (definition)",
    "Wilson 1927, Ellison and Glaeser 1997 (interval); Nomis, BRES (rounding)",
    "Garwood 1936 (interval); Nomis, UK Business Counts (rounding)",
)


def _counted(id: str, name: str, unit: str, meaning: str, formula: str, source: str) -> Indicator:
    """An indicator that is a number of jobs or local units."""
    return Indicator(id, name, unit, digits=0, definition=meaning, formula=formula, source=source, made_by=counts)


def _quotient(id: str, name: str, meaning: str, formula: str) -> Indicator:
    """An indicator that is a location quotient."""
    made_by = leave_one_out if id.endswith("leave-one-out") else location_quotient
    return Indicator(id, name, "ratio", digits=2, definition=meaning, formula=formula, source=ISARD, made_by=made_by)


INDICATORS = (
    _counted(
        "creative-jobs",
        "Creative jobs",
        "jobs",
        f"Jobs at workplaces in the area, in the industries of the sub-sector. {_JOBS}",
        f"x_ri = Σ jobs of the sub-sector's industries; {_JOBS_FORMULA}",
        f"{_DCMS}; {_BRES}",
    ),
    Indicator(
        "creative-jobs-share",
        name="Creative share of jobs",
        unit="share",
        digits=1,
        definition=f"Creative jobs as a share of all jobs in the area. {_JOBS}",
        formula="x_r / T_r; the interval is that of x_r, T_r taken as exact",
        source=_DCMS,
        made_by=shares,
    ),
    _counted(
        "jobs",
        "Jobs, all industries",
        "jobs",
        f"Jobs at workplaces in the area, in all industries. {_JOBS}",
        f"T_r, the published total, else Σ jobs of all industries; {_JOBS_FORMULA}",
        _BRES,
    ),
    _counted(
        "creative-local-units",
        "Creative local units",
        "local units",
        f"Workplaces in the area, in the industries of the sub-sector. {_UNITS}",
        f"u_ri = Σ local units of the sub-sector's industries; {_UNITS_FORMULA}",
        f"{_DCMS}; {_COUNTS}",
    ),
    _counted(
        "local-units",
        "Local units, all industries",
        "local units",
        f"Workplaces in the area, in all industries. {_UNITS}",
        f"U_r, the published total, else Σ local units of all industries; {_UNITS_FORMULA}",
        _COUNTS,
    ),
    _quotient(
        "location-quotient",
        "Location quotient, jobs",
        f"The sub-sector's share of the area's jobs, divided by its share in Great Britain. {_JOBS}",
        f"LQ_ri = (x_ri / T_r) / (X_i / T); {_FROM_X}",
    ),
    _quotient(
        "location-quotient-ex-london",
        "Location quotient, jobs, against Great Britain without London",
        f"The sub-sector's share of the area's jobs, divided by its share in Great Britain without London. {_JOBS}",
        f"LQ_ri = (x_ri / T_r) / ((X_i − x_Li) / (T − T_L)), L = London; {_FROM_X}",
    ),
    _quotient(
        "location-quotient-leave-one-out",
        "Location quotient against the rest of Great Britain",
        "The sub-sector's share of the area's jobs (variant jobs) or local units (units), divided by its share in "
        "Great Britain without the area. Not applicable to a whole, nor to an area outside Great Britain.",
        f"LQ_ri = (x_ri / T_r) / ((X_i − x_ri) / (T − T_r)); {_FROM_X}",
    ),
    Indicator(
        "symmetric-location-quotient",
        name="Symmetric location quotient",
        unit="coefficient",
        digits=2,
        definition="The location quotient on a scale from −1 (no jobs) to 1, on which 0 is Great Britain's share, and "
        "twice that share lies as far from 0 as half of it; of jobs (variant jobs) and of local units (units).",
        formula="(LQ_ri − 1) / (LQ_ri + 1); its ends are those of LQ_ri, carried through",
        source="Dalum, Laursen and Villumsen 1998, International Review of Applied Economics 12(3)",
        made_by=symmetric,
    ),
    _quotient(
        "location-quotient-units",
        "Location quotient, local units",
        f"The sub-sector's share of the area's local units, divided by its share in Great Britain. {_UNITS}",
        f"LQ_ri = (u_ri / U_r) / (U_i / U); {_FROM_U}",
    ),
    _quotient(
        "location-quotient-units-ex-london",
        "Location quotient, local units, against Great Britain without London",
        "The sub-sector's share of the area's local units, divided by its share in Great Britain without London. "
        f"{_UNITS}",
        f"LQ_ri = (u_ri / U_r) / ((U_i − u_Li) / (U − U_L)), L = London; {_FROM_U}",
    ),
    Indicator(
        "jobs-above-expected",
        name="Jobs above expectation",
        unit="jobs",
        digits=0,
        definition=f"The area's jobs in the sub-sector, less those it would have at Great Britain's share. {_JOBS}",
        formula=f"x_ri − T_r · X_i / T; {_FROM_X}",
        source=f"the location quotient as a difference; {ISARD}",
        made_by=jobs_above_expected,
    ),
)
