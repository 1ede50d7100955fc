"""
Concentration: how much more of a sub-sector a place has than the whole it belongs to, in jobs and in local units.
Takes cells, gives rows; reads no file, draws nothing, rounds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
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
    count = everywhere.only(groups=cells.parts).value
    expected = everywhere.only(groups=[TOTAL]).value * base
    kinds = np.array([inputs.release.level_of(area).kind for area in everywhere.areas])
    kinds[kinds == "custom"] = "local"
    shape, rate = np.full(count.shape, np.nan), np.full(count.shape, np.nan)
    members = np.array([area in inputs.local and area not in apart for area in everywhere.areas])
    for kind in dict.fromkeys(kinds.tolist()):
        here = kinds == kind
        prior = (members if kind == "local" and members.any() else here)[here]
        shape[here], rate[here] = gamma_poisson(count[here], expected[here], prior)
    rows = [everywhere.areas.index(area) for area in cells.areas]
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
    made = (
        ("creative-jobs", jobs, creative, counts(jobs.only(groups=creative))),
        ("creative-jobs-share", jobs, whole, shares(jobs)),
        ("jobs", jobs, total, counts(jobs.only(groups=total))),
        ("creative-local-units", units, creative, counts(units.only(groups=creative))),
        ("local-units", units, total, counts(units.only(groups=total))),
        ("location-quotient", jobs, creative, quotients(jobs, base_share(jobs, *everywhere))),
        ("location-quotient-ex-london", jobs, creative, quotients(jobs, base_share(jobs, *elsewhere))),
        ("location-quotient-units", units, creative, quotients(units, base_share(units, *everywhere))),
        ("location-quotient-units-ex-london", units, creative, quotients(units, base_share(units, *elsewhere))),
        ("jobs-above-expected", jobs, creative, excess(jobs, base_share(jobs, *everywhere))),
    )
    return stack(
        [
            tidy(indicator, cells.areas, sub_sectors, [(year, "") for year in cells.years], numbers, cells.table)
            for indicator, cells, sub_sectors, numbers in made
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


_BY_ROUNDING = "The interval covers rounding only."

INDICATORS = (
    Indicator(
        "creative-jobs",
        name="Creative jobs",
        unit="jobs",
        digits=0,
        definition=f"Jobs at workplaces in the area, in the industries of the sub-sector. {_BY_ROUNDING}",
        formula="x_ri = Σ jobs of the sub-sector's industries; 95 %: x ± 1.96·√(Σ d²/12), d a cell's rounding step",
        source="DCMS, Sectors Economic Estimates (definition); Nomis, BRES (rounding)",
        made_by=counts,
    ),
    Indicator(
        "creative-jobs-share",
        name="Creative share of jobs",
        unit="share",
        digits=1,
        definition=f"Creative jobs as a share of all jobs in the area. {_BY_ROUNDING}",
        formula="x_r / T_r; the interval is that of x_r, T_r taken as exact",
        source="DCMS, Sectors Economic Estimates (definition)",
        made_by=shares,
    ),
    Indicator(
        "jobs",
        name="Jobs, all industries",
        unit="jobs",
        digits=0,
        definition=f"Jobs at workplaces in the area, in all industries. {_BY_ROUNDING}",
        formula="T_r, the published total, else Σ jobs of all industries; 95 %: T ± 1.96·√(Σ d²/12)",
        source="Nomis, BRES (rounding)",
        made_by=counts,
    ),
    Indicator(
        "creative-local-units",
        name="Creative local units",
        unit="local units",
        digits=0,
        definition=f"Workplaces in the area, in the industries of the sub-sector. {_BY_ROUNDING}",
        formula="u_ri = Σ local units of the sub-sector's industries; 95 %: u ± 1.96·√(Σ d²/12), d = 5",
        source="DCMS, Sectors Economic Estimates (definition); Nomis, UK Business Counts (rounding)",
        made_by=counts,
    ),
    Indicator(
        "local-units",
        name="Local units, all industries",
        unit="local units",
        digits=0,
        definition=f"Workplaces in the area, in all industries. {_BY_ROUNDING}",
        formula="U_r, the published total, else Σ local units of all industries; 95 %: U ± 1.96·√(Σ d²/12)",
        source="Nomis, UK Business Counts (rounding)",
        made_by=counts,
    ),
    Indicator(
        "location-quotient",
        name="Location quotient, jobs",
        unit="ratio",
        digits=2,
        definition=f"The sub-sector's share of the area's jobs, divided by its share in Great Britain. {_BY_ROUNDING}",
        formula="LQ_ri = (x_ri / T_r) / (X_i / T); the interval is that of x_ri, totals taken as exact",
        source=ISARD,
        made_by=location_quotient,
    ),
    Indicator(
        "location-quotient-ex-london",
        name="Location quotient, jobs, against Great Britain without London",
        unit="ratio",
        digits=2,
        definition="The sub-sector's share of the area's jobs, divided by its share in Great Britain without London. "
        f"{_BY_ROUNDING}",
        formula="LQ_ri = (x_ri / T_r) / ((X_i − x_Li) / (T − T_L)), L = London; interval as for the location quotient",
        source=ISARD,
        made_by=location_quotient,
    ),
    Indicator(
        "location-quotient-units",
        name="Location quotient, local units",
        unit="ratio",
        digits=2,
        definition="The sub-sector's share of the area's local units, divided by its share in Great Britain. "
        f"{_BY_ROUNDING}",
        formula="LQ_ri = (u_ri / U_r) / (U_i / U); the interval is that of u_ri, totals taken as exact",
        source=ISARD,
        made_by=location_quotient,
    ),
    Indicator(
        "location-quotient-units-ex-london",
        name="Location quotient, local units, against Great Britain without London",
        unit="ratio",
        digits=2,
        definition="The sub-sector's share of the area's local units, divided by its share in Great Britain without "
        f"London. {_BY_ROUNDING}",
        formula="LQ_ri = (u_ri / U_r) / ((U_i − u_Li) / (U − U_L)), L = London; interval as for the location quotient",
        source=ISARD,
        made_by=location_quotient,
    ),
    Indicator(
        "jobs-above-expected",
        name="Jobs above expectation",
        unit="jobs",
        digits=0,
        definition="The area's jobs in the sub-sector, less those it would have at Great Britain's share. "
        f"{_BY_ROUNDING}",
        formula="x_ri − T_r · X_i / T; the interval is that of x_ri, totals taken as exact",
        source=f"the location quotient as a difference; {ISARD}",
        made_by=jobs_above_expected,
    ),
)
