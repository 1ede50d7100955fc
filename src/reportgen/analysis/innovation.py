"""
Innovation: how many businesses innovate, by area and group of sectors, and whether creative ones do so more often than
others. Takes the published rates of a survey, gives rows; knows no single business and forecasts nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from reportgen.analysis import reasons
from reportgen.analysis.cells import TOTAL
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.shape import (
    MISSING,
    NOT_APPLICABLE,
    Floats,
    Indicator,
    Numbers,
    Standing,
    all_ok,
    mark,
    stack,
    tidy,
    worst,
)
from reportgen.analysis.uncertainty import TAIL, Z, difference_interval, wilson
from reportgen.classification import CREATIVE
from reportgen.release.model import Release
from reportgen.release.tables import BY_NAME, STATES

TABLE = "innovation"
ALL = "all-industries"
GROUPS = {  # group of the survey → the sub-sector of its findings
    "creative-industries": CREATIVE,
    "high-tech-manufacturing": "high-tech-manufacturing",
    "kibs-net": "kibs-net",
    ALL: TOTAL,
}
WORDS = {group: group.replace("-", " ") for group in GROUPS} | {
    "high-tech-manufacturing": "high-tech manufacturing",
    "kibs-net": "KIBS net of creative industries",
}
MEASURES = BY_NAME[TABLE].column("measure").choices
COMPARED = tuple(group for group in GROUPS if group != "creative-industries")
FEWEST = 30  # businesses that must have answered for a rate to be shown
# Variance of a rate over that of a simple random sample as large. Unequal sampling of small and large businesses raises
# it. An assumption: no figure was found in the public reports on the UK Innovation Survey.
DESIGN_EFFECT = 1.5


@dataclass(frozen=True)
class Survey:
    """
    The rates of a survey, wide. All arrays are areas × groups (in the order of GROUPS) × waves × measures.
    Args:
        names: of the areas, in the same order.
        answers: effective number of answers, n / DESIGN_EFFECT; NaN where there is no rate.
        rate: share of businesses; NaN where the standing has none.
    """

    areas: tuple[str, ...]
    names: tuple[str, ...]
    waves: tuple[str, ...]
    answers: Floats
    rate: Floats
    standing: Standing

    def only(self, areas: Sequence[int], groups: Sequence[int]) -> Survey:
        """Some areas and groups, by their places; all axes stay, so that the arrays broadcast."""
        at = np.ix_(areas, groups)
        areas_, names = (tuple(axis[place] for place in areas) for axis in (self.areas, self.names))
        return Survey(areas_, names, self.waves, self.answers[at], self.rate[at], self.standing.at(*at))


def jeffreys(share: Floats, n: Floats) -> tuple[Floats, Floats]:
    """
    95 % interval of a share that rests on n independent draws, after Jeffreys' prior Beta(½, ½): the quantiles of
    Beta(np + ½, n(1 − p) + ½); 0 where the share is 0, and 1 where it is 1, are kept as ends.
    Args:
        share: p, 0 to 1; n: effective number of draws, above 0, need not be whole.
    Source: Brown, Cai and DasGupta (2001), Interval estimation for a binomial proportion, Statistical Science 16(2).

    >>> [end.round(4).item() for end in jeffreys(np.array(0.5), np.array(100.0))]
    [0.4032, 0.5968]
    """
    yes, no = n * share + 0.5, n * (1 - share) + 0.5
    low, high = special.betaincinv(yes, no, TAIL), special.betaincinv(yes, no, 1 - TAIL)
    return np.where(share == 0, 0.0, low), np.where(share == 1, 1.0, high)


def newcombe(one: Floats, n_one: Floats, other: Floats, n_other: Floats) -> tuple[Floats, Floats]:
    """
    95 % interval of the difference p₁ − p₂ of two independent shares: the distances of each from the ends of its Wilson
    interval, added as squares: d − √((p₁ − l₁)² + (u₂ − p₂)²) to d + √((u₁ − p₁)² + (p₂ − l₂)²).
    Args:
        one, other: p₁ and p₂, 0 to 1; n_one, n_other: effective numbers of draws, above 0. Arrays that broadcast.
    Returns: low and high, from −1 to 1; the difference lies between them.
    Source: Newcombe (1998), Interval estimation for the difference between independent proportions: comparison of
        eleven methods, Statistics in Medicine 17, method 10.

    >>> low, high = newcombe(np.array(56 / 70), np.array(70.0), np.array(48 / 80), np.array(80.0))
    >>> low.round(4).item(), high.round(4).item()
    (0.0524, 0.3339)
    """
    return difference_interval((one, *wilson(one, n_one)), (other, *wilson(other, n_other)))


def katz(one: Floats, n_one: Floats, other: Floats, n_other: Floats) -> tuple[Floats, Floats]:
    """
    95 % interval of the ratio p₁ / p₂ of two independent shares, by the delta method on its logarithm:
    ln(p₁ / p₂) ± 1.96·√((1 − p₁) / (n₁p₁) + (1 − p₂) / (n₂p₂)).
    Args: as for `newcombe`.
    Returns: low and high, ratios; NaN where a share is 0 or 1, of which the method knows no variance.
    Source: Katz, Baptista, Azen and Pike (1978), Obtaining confidence intervals for the risk ratio in cohort studies,
        Biometrics 34.

    >>> low, high = katz(np.array(0.5), np.array(100.0), np.array(0.4), np.array(1000.0))
    >>> low.round(3).item(), high.round(3).item()
    (1.013, 1.542)
    """
    one, other = (np.where((share > 0) & (share < 1), share, np.nan) for share in (one, other))
    reach = np.exp(Z * np.sqrt((1 - one) / (n_one * one) + (1 - other) / (n_other * other)))
    ratio = one / other
    return ratio / reach, ratio * reach


def survey_of(release: Release) -> Survey:
    """
    The innovation survey of a release: of the national and regional areas, and of all others that it has rows of. A
    release without it has one wave without a name, in which everything is missing.
    A rate on fewer than FEWEST answers is not applicable; one that does not say how many answered is missing.
    """
    frame = release.innovation
    known = set() if frame is None else set(frame["area"].astype(str))
    expected = {*release.at_level("national"), *release.at_level("regional"), *known}
    areas = tuple(str(area) for area in release.areas.index if area in expected)
    names = tuple(release.name_of(area) for area in areas)
    waves = ("",) if frame is None else tuple(sorted(frame["wave"].astype(str).unique()))
    shape = (len(areas), len(GROUPS), len(waves), len(MEASURES))
    n, rate, state = np.full(shape, np.nan), np.full(shape, np.nan), np.full(shape, MISSING, np.int8)
    there = np.zeros(shape, bool)
    if frame is not None:
        axes = {"area": areas, "sector_group": tuple(GROUPS), "wave": waves, "measure": MEASURES}
        at = tuple(pd.Index(axis).get_indexer(frame[column].astype(str)) for column, axis in axes.items())
        n[at], rate[at] = frame["n"].to_numpy(float), frame["rate"].to_numpy(float)
        state[at] = [STATES.index(status) for status in frame["status"]]
        there[at] = True

    def place(area: int, group: int, wave: int) -> str:
        words = (names[area], WORDS[list(GROUPS)[group]], waves[wave])
        return ", ".join(filter(None, words))

    standing = all_ok(shape)
    standing = mark(standing, ~there, MISSING, lambda a, g, w, _: reasons.no_survey(place(a, g, w)))
    for code in range(1, len(STATES)):
        told = there & (state == code)
        standing = mark(standing, told, code, lambda a, g, w, _, code=code: reasons.surveyed(code, place(a, g, w)))
    few, unknown = n < FEWEST, np.isnan(n) & standing.has_value
    standing = mark(standing, few, NOT_APPLICABLE, lambda a, g, w, _: reasons.few_answers(FEWEST, place(a, g, w)))
    standing = mark(standing, unknown, MISSING, lambda a, g, w, _: reasons.answers_not_told(place(a, g, w)))
    answers, rate = (np.where(standing.has_value, of, np.nan) for of in (n / DESIGN_EFFECT, rate))
    return Survey(areas, names, waves, answers, rate, standing)


def rates(survey: Survey) -> Numbers:
    """
    The rates as they are, with the Wilson interval of n / DESIGN_EFFECT answers.
    Source: see `wilson`; Kish (1965), Survey Sampling, for the design effect.
    """
    return Numbers(survey.rate, *wilson(survey.rate, survey.answers), survey.standing)


def differences(one: Survey, other: Survey) -> Numbers:
    """How much higher one rate is than another, with Newcombe's interval."""
    low, high = newcombe(one.rate, one.answers, other.rate, other.answers)
    return Numbers(one.rate - other.rate, low, high, worst(one.standing, other.standing))


def ratios(one: Survey, other: Survey) -> Numbers:
    """How many times as high one rate is as another, with Katz's interval."""
    standing = worst(one.standing, other.standing)
    standing = mark(
        standing,
        np.broadcast_to(other.rate == 0, standing.state.shape),
        NOT_APPLICABLE,
        lambda area, _group, wave, _measure: reasons.none_innovates(
            ", ".join(filter(None, (one.names[area], one.waves[wave])))
        ),
    )
    base = np.where(other.rate == 0, np.nan, other.rate)
    return Numbers(one.rate / base, *katz(one.rate, one.answers, base, other.answers), standing)


def findings(inputs: Inputs) -> pd.DataFrame:
    """The rows of this family: its indicators in their order, for all areas, groups and waves of the survey."""
    survey, nation = survey_of(inputs.release), inputs.release.info.national
    everywhere, every = range(len(survey.areas)), range(len(GROUPS))
    elsewhere = [place for place in everywhere if survey.areas[place] != nation]
    creative, sub_sectors = survey.only(everywhere, [0]), list(GROUPS.values())
    national = survey.only([survey.areas.index(nation)], every)
    here, whole = survey.only(elsewhere, every), survey.only(everywhere, [list(GROUPS).index(ALL)])
    found = rates(survey)
    beta = Numbers(survey.rate, *jeffreys(survey.rate, survey.answers), survey.standing)
    rows = [
        *_rows("innovation-rate", survey, sub_sectors, "", found),
        *_rows("innovation-rate", survey, sub_sectors, "", beta, ".jeffreys"),
    ]
    for group in COMPARED:
        other = survey.only(everywhere, [list(GROUPS).index(group)])
        rows += _rows("innovation-difference", survey, [CREATIVE], group, differences(creative, other))
    rows += _rows("innovation-difference", here, sub_sectors, nation, differences(here, national))
    rows += _rows("innovation-ratio", survey, [CREATIVE], ALL, ratios(creative, whole))
    return stack(rows)


def _rows(
    indicator: str, survey: Survey, sub_sectors: Sequence[str], other: str, numbers: Numbers, rule: str = ""
) -> list[pd.DataFrame]:
    """A frame for each measure; the waves stand in the place of years."""
    times = [(wave, other) for wave in survey.waves]
    return [
        tidy(indicator, survey.areas, sub_sectors, times, numbers.at(..., m), TABLE, measure + rule)
        for m, measure in enumerate(MEASURES)
    ]


_ANSWERS = (
    f"The interval takes n answers for n / {DESIGN_EFFECT}, because the survey does not draw all businesses alike; "
    f"this design effect is an assumption. With fewer than {FEWEST} answers nothing is shown."
)
_OVERLAP = "Where one of the two is part of the other, the interval is somewhat wider than it need be."

INDICATORS = (
    Indicator(
        "innovation-rate",
        name="Businesses that innovate",
        unit="share",
        digits=1,
        definition="The share of businesses that report it (innovation activity, new products, new processes, "
        "or collaboration) in a wave of the innovation survey, in the survey's own groups of sectors, where creative "
        f"industries always include IT. The variant jeffreys has another interval of the same rate. {_ANSWERS}",
        formula=f"p, as published; 95 %: Wilson interval with n / {DESIGN_EFFECT} answers; jeffreys: quantiles of "
        "Beta(np + ½, n(1 − p) + ½), n divided likewise",
        source="Wilson (1927), JASA 22; Brown, Cai and DasGupta (2001), Statistical Science 16(2); "
        "Kish (1965), Survey Sampling (design effect)",
        made_by=rates,
    ),
    Indicator(
        "innovation-difference",
        name="Difference between rates of innovation",
        unit="points",
        digits=1,
        definition="The rate of innovation less that of another group of sectors in the same area, or less that of the "
        f"same group in the country as a whole. {_OVERLAP} {_ANSWERS}",
        formula="p₁ − p₂; 95 %: d − √((p₁ − l₁)² + (u₂ − p₂)²) to d + √((u₁ − p₁)² + (p₂ − l₂)²), l and u the ends of "
        f"Wilson intervals with n / {DESIGN_EFFECT} answers",
        source="Newcombe (1998), Statistics in Medicine 17, method 10",
        made_by=newcombe,
    ),
    Indicator(
        "innovation-ratio",
        name="Rate of innovation against all industries",
        unit="ratio",
        digits=2,
        definition="The rate of innovation of creative industries, divided by that of all industries in the same area. "
        f"There is no interval where a rate is zero or the whole. {_OVERLAP} {_ANSWERS}",
        formula="p₁ / p₂; 95 %: ln(p₁ / p₂) ± 1.96·√((1 − p₁) / (n₁p₁) + (1 − p₂) / (n₂p₂)), "
        f"n divided by {DESIGN_EFFECT}",
        source="Katz, Baptista, Azen and Pike (1978), Biometrics 34",
        made_by=katz,
    ),
)
