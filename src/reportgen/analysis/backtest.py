"""
Back-test: how earlier projections would have done, held against what came; and how "double the rate of the economy in
the next five years" would have.
Takes cells, gives rows; uses of each year only what was known by then, but for the growth of the economy.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.cells import TOTAL, Cells
from reportgen.analysis.changes import SPAN, across_breaks, across_jumps, as_numbers, dispersion_of
from reportgen.analysis.growth import compound_growth, difference, rates
from reportgen.analysis.gva import gva_cells
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.projection import LEAST_CHANGES, project, trend
from reportgen.analysis.shape import (
    NOT_APPLICABLE,
    Booleans,
    Floats,
    Indicator,
    Numbers,
    Standing,
    all_ok,
    mark,
    plain,
    stack,
    tidy,
)
from reportgen.classification import CREATIVE

FACTOR = 2.0  # times the rate of the economy: the promise that is held against the past
KINDS = ("local", "regional", "benchmark")  # whose projections are pooled
RULES = ("projection", "no-change", "double-rate")


class Trial(NamedTuple):
    """
    Earlier projections, areas × windows, a window being a pair of an origin and a later year; NaN where unknown.
    Args:
        ahead: windows, years from origin to end; actual: what came; guess: rule → what it said; low, high: the
            interval of the projection.
    """

    ahead: Floats
    actual: Floats
    guess: dict[str, Floats]
    low: Floats
    high: Floats

    @property
    def known(self) -> Booleans:
        return ~np.isnan(self.actual) & ~np.isnan(self.guess["projection"])


def trial(count: Floats, rounding: Floats, economy: Floats, years: Floats) -> Trial:
    """
    Projections from every origin with `LEAST_CHANGES` changes before it, one to five years ahead, each from the years
    up to its origin alone; beside them that nothing changes, and that jobs grow at double the rate at which all jobs in
    Great Britain then grew.
    Args:
        count, rounding: areas × years, creative jobs and the variance that rounding adds; NaN where not known.
        economy: years, jobs in all industries of Great Britain.
        years: to reckon with.
    Source: evaluation on a rolling forecasting origin: Hyndman and Athanasopoulos (2021), section 5.10.

    >>> found = trial(np.full((1, 6), 100.0), np.zeros((1, 6)), np.full(6, 1000.0), np.arange(2015.0, 2021.0))
    >>> found.ahead.tolist(), found.guess["projection"].round(6).tolist()
    ([1.0], [[100.0]])
    """
    ahead, columns = [], []
    for origin in range(LEAST_CHANGES, len(years)):
        ends = [end for end in range(origin + 1, len(years)) if years[end] - years[origin] <= SPAN]
        distance = years[ends] - years[origin]
        known = slice(None, origin + 1)
        past = trend(count[:, None, known], rounding[:, None, known], years[known])
        guess, low, high = (of[:, 0] for of in project(past, distance))
        last = np.repeat(count[:, [origin]], len(ends), axis=1)
        rate = compound_growth(economy[[origin]], economy[ends], distance)
        ahead.append(distance)
        columns.append((count[:, ends], guess, last, last * (1 + FACTOR * rate) ** distance, low, high))
    nothing = [np.empty((len(count), 0))] * 6
    actual, guess, last, double, low, high = (
        np.concatenate(of, axis=1) for of in (zip(*columns, strict=True) if columns else [[each] for each in nothing])
    )
    distances = np.concatenate(ahead) if ahead else np.empty(0)
    return Trial(distances, actual, dict(zip(RULES, (guess, last, double), strict=True)), low, high)


def coverage(tested: Trial, chosen: Booleans) -> float:
    """
    The share of known outcomes that lay within the interval of their projection.
    Args:
        chosen: areas × windows, which of them are pooled.
    Returns: 0 to 1; NaN where none is known.
    """
    inside = (tested.actual >= tested.low) & (tested.actual <= tested.high)
    return _mean(inside.astype(float), chosen & tested.known)


def error(tested: Trial, chosen: Booleans, rule: str) -> float:
    """
    The mean distance of what a rule said from what came, as a share of what came: mean of |x̂ − x| / x.
    Args: as for `coverage`; the rules are judged by the same outcomes. Those of no jobs at all take no part.
    Source: mean absolute percentage error: Hyndman and Athanasopoulos (2021), section 5.8.
    """
    some = tested.actual > 0
    distance = np.abs(tested.guess[rule] - tested.actual) / np.where(some, tested.actual, 1.0)
    return _mean(distance, chosen & tested.known & some)


def number(tested: Trial, chosen: Booleans) -> float:
    """How many outcomes are known that a projection can be held against."""
    return float((chosen & tested.known).sum())


def _mean(of: Floats, chosen: Booleans) -> float:
    return float(of[chosen].mean()) if chosen.any() else float("nan")


def findings(inputs: Inputs) -> pd.DataFrame:
    """
    The rows of this family. Of the back-test: area Great Britain, `other` the kind of level whose areas are pooled,
    variants by rule and years ahead. Of the windows: national area and Great Britain, `year` their end, `other` their
    begin, variants jobs, units and gva.
    """
    return stack([*_pooled(inputs), *_windows(inputs)])


def _pooled(inputs: Inputs) -> list[pd.DataFrame]:
    info, jobs = inputs.release.info, inputs.jobs.only(groups=[CREATIVE])
    economy = inputs.jobs.only([info.great_britain], [TOTAL]).value[0, 0]
    tested = trial(jobs.value[:, 0], jobs.rounding.variance[:, 0], economy, as_numbers(jobs.years))
    kinds = np.array([inputs.release.level_of(area).kind for area in jobs.areas])
    pools = [(kinds == kind)[:, None] for kind in KINDS]
    distances = {"": tested.ahead > 0} | {f".h{ahead}": tested.ahead == ahead for ahead in range(1, SPAN + 1)}
    made: tuple[tuple[str, str, Callable[[Trial, Booleans], float]], ...] = (
        ("backtest-windows", RULES[0], number),
        ("backtest-coverage", RULES[0], coverage),
        *(("backtest-error", rule, partial(error, rule=rule)) for rule in RULES),
    )
    times = [(jobs.years[-1], kind) for kind in KINDS]
    frames = []
    for indicator, rule, measure in made:
        for suffix, wanted in distances.items():
            found = np.array([measure(tested, pool & wanted) for pool in pools]).reshape(1, 1, -1)
            numbers = plain(found, _standing(inputs, found))
            here = [info.great_britain], [CREATIVE], times
            frames.append(tidy(indicator, *here, numbers, jobs.table, f"{rule}{suffix}"))
    return frames


def _standing(inputs: Inputs, found: Floats) -> Standing:
    """How pooled numbers stand: no number where no outcome is known."""
    jobs, place = inputs.jobs, inputs.release.name_of(inputs.release.info.great_britain)
    standing = mark(all_ok(found.shape), np.isnan(found), NOT_APPLICABLE, lambda *_: reasons.no_test(place))
    return across_breaks(standing, inputs.release, jobs.table, [(jobs.years[-1], jobs.years[0])] * len(KINDS))


def _windows(inputs: Inputs) -> list[pd.DataFrame]:
    """All windows of `SPAN` years: creative growth less twice that of the economy, and whether that was reached."""
    wholes = dict.fromkeys((inputs.release.info.national, inputs.release.info.great_britain))
    frames: dict[str, list[pd.DataFrame]] = {"double-rate-window": [], "double-rate-met": []}
    for variant, cells in (("jobs", inputs.jobs), ("units", inputs.units), ("gva", gva_cells(inputs))):
        counted = cells.only(groups=[CREATIVE, TOTAL])
        here = counted.only([area for area in wholes if area in cells.areas])
        phi = np.full((1, 2, 1), np.nan) if variant == "gva" else dispersion_of(inputs, counted).value
        times = [(str(int(year) + SPAN), year) for year in here.years if str(int(year) + SPAN) in here.years]
        found = [_window(here.only(years=[begin, end]), inputs, phi) for end, begin in times] or [_no_window(here)]
        value, low, high = (np.concatenate(of, axis=2) for of in zip(*(each[:3] for each in found), strict=True))
        standing = Standing(*(np.concatenate(of, axis=2) for of in zip(*(each[3] for each in found), strict=True)))
        standing = across_jumps(standing, inputs.release, here.only(groups=[CREATIVE]), times)
        numbers = Numbers(value, low, high, standing), plain((value >= 0).astype(float), standing)
        at = times or [(here.years[-1], here.years[0])]
        for (indicator, rows), each in zip(frames.items(), numbers, strict=True):
            rows.append(tidy(indicator, here.areas, [CREATIVE], at, each, here.table, variant))
    return [frame for rows in frames.values() for frame in rows]


def _window(cells: Cells, inputs: Inputs, phi: Floats) -> Numbers:
    creative, economy = (
        rates(cells.only(groups=[group]), inputs.release, phi[:, [at]]) for at, group in enumerate(cells.groups)
    )
    double = Numbers(FACTOR * economy.value, FACTOR * economy.low, FACTOR * economy.high, economy.standing)
    return difference(creative, double)


def _no_window(cells: Cells) -> Numbers:
    """No number; missing where the latest figures are, for then more years would not help."""
    known = cells.only(groups=[CREATIVE], years=cells.years[-1:]).standing
    everywhere, nothing = np.full(known.state.shape, True), np.full(known.state.shape, np.nan)
    return plain(nothing, mark(known, everywhere, NOT_APPLICABLE, lambda *_: reasons.no_window(cells.table, SPAN)))


_POOLED = (
    "over all origins with at least four yearly changes before them, one to five years ahead. The variant says how "
    "far. Windows overlap and areas move together, so it has no interval."
)
_ROLLING = "rolling origin: Hyndman and Athanasopoulos 2021, Forecasting: principles and practice, section 5.10"

INDICATORS = (
    Indicator(
        "backtest-windows",
        name="Earlier projections held against what came",
        unit="projections",
        digits=0,
        definition="How many projections of creative jobs the release allows to be made as if in earlier years and "
        "held against what came: areas of a kind times pairs of an origin and a later year.",
        formula="#{(r, origin, h): x of all years up to the origin and of origin + h known and not 0}",
        source=_ROLLING,
        made_by=number,
    ),
    Indicator(
        "backtest-coverage",
        name="Outcomes within the interval of an earlier projection",
        unit="share",
        digits=0,
        definition="How often what came lay within the 95 % interval of the projection that would have been made: "
        f"pooled over areas of a kind, and {_POOLED}",
        formula="#{low ≤ x ≤ high} / #{projections}; 95 % if the intervals are right",
        source=_ROLLING,
        made_by=coverage,
    ),
    Indicator(
        "backtest-error",
        name="Error of earlier projections",
        unit="share",
        digits=1,
        definition="How far, on average, a rule would have been from the creative jobs that came, as a share of these. "
        "Rules: the projection; no change; and growth at double the rate at which all jobs in Great Britain then grew, "
        f"which nobody knew beforehand. Pooled over areas of a kind, and {_POOLED} Outcomes of no jobs take no part.",
        formula="mean of |x̂ − x| / x; no change: x̂ = x_o; double rate: x̂ = x_o·(1 + 2g)^h",
        source=f"mean absolute percentage error, section 5.8; {_ROLLING}",
        made_by=error,
    ),
    Indicator(
        "double-rate-window",
        name="Creative growth less double that of the economy",
        unit="points a year",
        digits=1,
        definition="Over five years, compound yearly growth of creative industries less twice that of all industries: "
        "of jobs, local units, or nominal gross value added. Above zero, creative industries grew at more than "
        "double the rate; where the economy shrank, that is no achievement. The interval takes the two as "
        "independent; gross value added has none.",
        formula="g_creative − 2·g; 95 % as for the difference of growth",
        source="Zou and Donner 2008, Statistics in Medicine 27",
        made_by=difference,
    ),
    Indicator(
        "double-rate-met",
        name="Creative industries grew at double the rate of the economy",
        unit="yes or no",
        digits=0,
        definition="Whether, over five years, creative industries grew at least at twice the rate of all industries, "
        "by the figures as published.",
        formula="g_creative ≥ 2·g",
        source="counted from the compound rates of growth",
        made_by=difference,
    ),
)
