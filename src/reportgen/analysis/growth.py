"""
Growth: how fast jobs, local units and gross value added grew a year, from each earlier year to the latest, and how much
faster than the whole economy.
Takes cells, gives rows; forecasts nothing.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.cells import TOTAL, Cells
from reportgen.analysis.changes import (
    across_breaks,
    across_jumps,
    as_numbers,
    dispersion,
    dispersion_of,
    ratio_interval,
)
from reportgen.analysis.gva import gva_cells
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.shape import (
    NOT_APPLICABLE,
    Floats,
    Indicator,
    Numbers,
    mark,
    plain,
    stack,
    tidy,
    within,
    worst,
)
from reportgen.analysis.uncertainty import difference_interval
from reportgen.release.model import Release


def compound_growth(first: Floats, last: Floats, years: Floats) -> Floats:
    """
    Compound rate of growth a year: g = (x_k / x_0)^(1/k) − 1.
    Args:
        first, last: x_0 and x_k, jobs, local units or pounds; NaN where suppressed or missing.
        years: k, years from the first to the last, greater than 0.
    Returns: a share a year; −1 where nothing is left, NaN where there was nothing to grow from.
    Source: the geometric mean of the yearly growth factors, less one.

    >>> compound_growth(np.array([100.0, 0.0]), np.array([121.0, 5.0]), np.array([2.0, 2.0])).round(6).tolist()
    [0.1, nan]
    """
    return yearly(last / np.where(first == 0, np.nan, first), years)


def yearly(ratio: Floats, years: Floats) -> Floats:
    """A growth factor over some years as a rate a year."""
    return ratio ** (1 / years) - 1


def difference(one: Numbers, other: Numbers) -> Numbers:
    """
    One rate less another, with the interval that theirs make. The two are taken as independent, though the one is a
    part of the other: as both rise and fall together, the interval is a little too wide.
    Returns: no interval where either has none.
    Source: see `difference_interval`.

    >>> from reportgen.analysis.shape import all_ok
    >>> creative, economy = (np.array(ends) for ends in ([0.05, 0.02, 0.08], [0.01, -0.03, 0.05]))
    >>> found = difference(Numbers(*creative, all_ok(())), Numbers(*economy, all_ok(())))
    >>> [round(float(number), 4) for number in found[:3]]
    [0.04, -0.01, 0.09]
    """
    low, high = difference_interval(one[:3], other[:3])
    return Numbers(one.value - other.value, low, high, worst(one.standing, other.standing))


def rates(cells: Cells, release: Release, phi: Floats) -> Numbers:
    """
    Compound rates with their intervals: areas × groups × earlier years, each against the latest year.
    Args:
        phi: φ, 1 × groups × 1; NaN where there is to be no interval.
    """
    latest = cells.years[-1]
    earlier = cells.years[:-1]
    if not earlier:  # one year: every area has its row all the same, and the row says why it has no value
        only = cells.only(years=[latest])
        nothing = np.full(only.value.shape, np.nan)
        standing = mark(
            only.standing, np.ones(nothing.shape, dtype=bool), NOT_APPLICABLE, lambda *_: reasons.one_year(latest)
        )
        return plain(nothing, standing)
    first, last = cells.only(years=earlier), cells.only(years=[latest])
    years = as_numbers([latest]) - as_numbers(earlier)
    standing = mark(
        worst(last.standing, first.standing),
        first.value <= 0,
        NOT_APPLICABLE,
        lambda area, _group, year: reasons.no_start(cells.table, first.place(area, year)),
    )
    standing = across_breaks(standing, release, cells.table, times_of(cells))
    standing = across_jumps(standing, release, cells, times_of(cells))
    low, high = (yearly(ratio, years) for ratio in ratio_interval(first.value, last.value, phi, years))
    value = compound_growth(first.value, last.value, years)
    return within(value, low, high, standing)


def times_of(cells: Cells) -> list[tuple[str, str]]:
    """The third axis of rates: the latest year, with each year that growth counts from."""
    return [(cells.years[-1], year) for year in cells.years[:-1] or cells.years]


def findings(inputs: Inputs) -> pd.DataFrame:
    """The rows of this family, for all areas; `year` is the latest year, `other` the year that growth counts from."""
    info = inputs.release.info
    counted = (
        ("jobs", inputs.jobs, "creative-jobs-growth", "jobs-growth"),
        ("units", inputs.units, "creative-units-growth", "units-growth"),
    )
    frames = []
    for variant, cells, creative, whole in counted:
        cells = cells.only(groups=(*cells.creative, TOTAL))
        found = dispersion_of(inputs, cells)
        parts, total = _by_group(rates(cells, inputs.release, found.value))
        times, whole_time = times_of(cells), [(cells.years[-1], cells.years[0])]
        frames += [
            tidy(creative, cells.areas, cells.creative, times, parts, cells.table),
            tidy(whole, cells.areas, (TOTAL,), times, total, cells.table),
            _differences(cells, parts, total, variant),
            tidy(
                "growth-dispersion",
                (info.great_britain,),
                cells.groups,
                whole_time,
                plain(found.value, across_breaks(found.standing, inputs.release, cells.table, whole_time)),
                cells.table,
                variant,
            ),
        ]
    gva = gva_cells(inputs)
    nominal = rates(gva, inputs.release, np.full((1, len(gva.groups), 1), np.nan))
    frames += [
        tidy("gva-growth", gva.areas, gva.groups, times_of(gva), nominal, gva.table),
        _differences(gva, *_by_group(nominal), "gva"),
    ]
    return stack(frames)


def _differences(cells: Cells, parts: Numbers, total: Numbers, variant: str) -> pd.DataFrame:
    times, found = times_of(cells), difference(parts, total)
    return tidy("growth-difference", cells.areas, cells.creative, times, found, cells.table, variant)


def _by_group(numbers: Numbers) -> tuple[Numbers, Numbers]:
    """The numbers of the creative groups, and those of all industries, which come last."""
    every = slice(None)
    return numbers.at(every, slice(None, -1)), numbers.at(every, slice(-1, None))


_FORMULA = (
    "(x_k / x_0)^(1/k) − 1; 95 %: (x_k / x_0 · exp(±1.96·√(φ·k·(1/x_0 + 1/x_k))))^(1/k) − 1, φ of growth-dispersion; "
    "where x_k = 0: −1 to (1.96²·φ·k / x_0)^(1/k) − 1"
)
_SOURCE = (
    "geometric mean of yearly growth; quasi-Poisson: McCullagh and Nelder 1989, ch. 9.2; delta method: Oehlert 1992, "
    "The American Statistician 46(1)"
)
_COVERS = (
    "The interval says how far chance could have moved it, told from how far areas have strayed from the national "
    "growth year by year; sampling and rounding are in that."
)

INDICATORS = (
    *(
        Indicator(
            id,
            name=name,
            unit="share a year",
            digits=1,
            definition=f"Compound yearly growth of {what} from an earlier year to the latest. {_COVERS}",
            formula=_FORMULA,
            source=_SOURCE,
            made_by=compound_growth,
        )
        for id, name, what in (
            ("creative-jobs-growth", "Growth of creative jobs", "the sub-sector's jobs"),
            ("jobs-growth", "Growth of jobs, all industries", "jobs in all industries"),
            ("creative-units-growth", "Growth of creative local units", "the sub-sector's local units"),
            ("units-growth", "Growth of local units, all industries", "local units of all industries"),
        )
    ),
    Indicator(
        "gva-growth",
        name="Growth of gross value added, nominal",
        unit="share a year",
        digits=1,
        definition="Compound yearly growth of gross value added, of a sub-sector or of the whole economy, from an "
        "earlier year to the latest. At current prices: the rise of prices is in it. It has no interval: nothing is "
        "published on the error of these figures.",
        formula="(v_k / v_0)^(1/k) − 1",
        source="geometric mean of yearly growth; DCMS, Sectors Economic Estimates: GVA (definition)",
        made_by=compound_growth,
    ),
    Indicator(
        "growth-difference",
        name="Growth beyond that of the whole economy",
        unit="points a year",
        digits=1,
        definition="The sub-sector's compound yearly growth of jobs, local units or nominal gross value added, less "
        "that of all industries in the same area. Its interval takes the two rates as independent; the one being part "
        "of the other, it is a little too wide. Gross value added has none.",
        formula="d = g_i − g; 95 %: d − √((g_i − low_i)² + (high − g)²) to d + √((high_i − g_i)² + (g − low)²)",
        source="Zou and Donner 2008, Statistics in Medicine 27",
        made_by=difference,
    ),
    Indicator(
        "growth-dispersion",
        name="Dispersion of yearly growth",
        unit="ratio",
        digits=1,
        definition="How far the local areas' jobs, or local units, have strayed from the national growth of the "
        "sub-sector from year to year, measured against what single jobs coming and going independently would make: "
        "φ = 1. Rounding, sampling, lumpy openings and closures and lasting differences between areas are all in it. "
        "It makes the intervals of growth.",
        formula="φ_i = mean over areas r and years t of (x_{t+1} − g_t·x_t)² / (x_{t+1} + g_t·x_t), "
        "g_t = X_{t+1} / X_t; divided by the years between t and t+1 where these are more than one",
        source="the dispersion of a quasi-Poisson model: McCullagh and Nelder 1989, Generalized Linear Models, ch. 9.2",
        made_by=dispersion,
    ),
)
