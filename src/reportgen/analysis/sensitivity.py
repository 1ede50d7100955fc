"""
Sensitivity: how much the list of hotspots hangs on the rule: every rule, by jobs, by local units and by both, with and
without London, with and without IT. Takes grounds, gives rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import get_args

import numpy as np
import pandas as pd

from reportgen.analysis import reasons, rules
from reportgen.analysis.ground import SOURCE, Ground, counts_as_london, has_it, lay
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.shape import (
    MISSING,
    NOT_APPLICABLE,
    OK,
    Booleans,
    Floats,
    Indicator,
    Numbers,
    Standing,
    all_ok,
    beside,
    mark,
    plain,
    tidy,
)
from reportgen.classification import CREATIVE
from reportgen.settings import RuleMeasure, RuleName

RULES: tuple[RuleName, ...] = get_args(RuleName)
MEASURES: tuple[RuleMeasure, ...] = get_args(RuleMeasure)

Grounds = dict[tuple[bool, bool], Ground]  # with London, with IT → the ground


@dataclass(frozen=True)
class Variant:
    """A rule, what it asks, and whether with London and with IT."""

    rule: RuleName
    measure: RuleMeasure
    london: bool = True
    it: bool = True

    @property
    def name(self) -> str:
        """
        As findings have it.

        >>> Variant("nesta2015", "jobs", london=False).name
        'nesta2015.jobs.ex-london'
        """
        words = (self.rule, self.measure, "" if self.london else "ex-london", "" if self.it else "without-it")
        return ".".join(filter(None, words))


VARIANTS = tuple(Variant(*each) for each in product(RULES, MEASURES, (True, False), (True, False)))
NAMES = tuple(variant.name for variant in VARIANTS)


def latest(inputs: Inputs) -> Grounds:
    """The grounds of the latest year, with and without London and IT, as far as there is something to leave out."""
    return {
        (london, it): lay(inputs, inputs.jobs.years[-1:], london=london, it=it)
        for london, it in product((True, False), (True, False))
        if (london or counts_as_london(inputs) is not None) and (it or has_it(inputs))
    }


def rows(inputs: Inputs, grounds: Grounds) -> list[pd.DataFrame]:
    """What every variant says of every area, and how many areas each selects: all of the latest year."""
    release, rule, year = inputs.release, inputs.settings.hotspot, inputs.jobs.years[-1]
    cells = grounds[True, True].cells
    each = [_of_variant(inputs, variant, grounds) for variant in VARIANTS]
    standing = beside([numbers.standing for numbers in each])
    yes = (np.concatenate([numbers.value for numbers in each], axis=1) == 1) & standing.has_value
    local = np.array([area in inputs.local for area in cells.areas], dtype=bool)
    ours = VARIANTS.index(Variant(rule.rule, rule.measure))
    selected, kept = tally_variants(yes, local, ours)
    share = robustness(yes, standing.has_value)
    robust = mark(
        all_ok(share.shape),
        np.isnan(share),
        MISSING,
        lambda area, _, at: reasons.no_rule(cells.place(area, at)),
    )
    of_all = _of_tallies(standing, local, f"{release.name_of(release.info.national)}, {year}")
    return [
        by_variant("hotspot-by-rule", cells.areas, year, plain(yes.astype(float), standing)),
        by_variant("hotspots-by-rule", [release.info.national], year, plain(selected, of_all)),
        by_variant("hotspots-kept", [release.info.national], year, plain(kept, of_all)),
        tidy("hotspot-robustness", cells.areas, [CREATIVE], [(year, "")], plain(share, robust), SOURCE),
    ]


def _of_variant(inputs: Inputs, variant: Variant, grounds: Grounds) -> Numbers:
    """A variant's answers, areas × 1 × 1; where there is nothing to leave out, why."""
    ground = grounds.get((variant.london, variant.it))
    if ground is not None:
        return ground.decide(variant.rule, variant.measure)
    shape = (len(grounds[True, True].cells.areas), 1, 1)
    it = not variant.it and not has_it(inputs)
    state, why = (NOT_APPLICABLE, reasons.no_it()) if it else (MISSING, reasons.no_london_group())
    return plain(np.full(shape, np.nan), Standing(np.full(shape, state, np.int8), np.full(shape, why, dtype=object)))


def _of_tallies(standing: Standing, local: Booleans, place: str) -> Standing:
    """How the numbers of selected areas stand, 1 × variants × 1: unknown where the variant has no answer anywhere."""
    if not local.any():
        shape = (1, *standing.state.shape[1:])
        return mark(all_ok(shape), np.ones(shape, bool), NOT_APPLICABLE, lambda *_: reasons.no_local_areas(place))
    state, reason = (of[local] for of in standing)
    nothing = ~standing.has_value[local].any(axis=0, keepdims=True)
    same = (reason == reason[:1]).all(axis=0, keepdims=True)  # what stands in the way is the same for all areas
    why = np.where(same, reason[:1], reasons.no_answers(place))
    return Standing(np.where(nothing, state.min(axis=0, keepdims=True), np.int8(OK)), np.where(nothing, why, ""))


def tally_variants(yes: Booleans, local: Booleans, ours: int) -> tuple[Floats, Floats]:
    """
    How many local areas each variant selects, and how many of those that ours selects among them.
    Args:
        yes: areas × variants × 1; local: areas; ours: the number of our variant.
    Returns: 1 × variants × 1 each.

    >>> yes = np.array([[[True], [True]], [[True], [False]]])
    >>> [number.ravel().tolist() for number in tally_variants(yes, np.array([True, True]), ours=1)]
    [[2.0, 1.0], [1.0, 1.0]]
    """
    counted = (yes & local[:, None, None]).astype(float)
    return counted.sum(axis=0, keepdims=True), (counted * counted[:, [ours]]).sum(axis=0, keepdims=True)


def robustness(yes: Booleans, known: Booleans) -> Floats:
    """
    The share of variants that select an area, of those that have an answer for it.
    Args:
        yes, known: areas × variants × 1.
    Returns: areas × 1 × 1, NaN where no variant has an answer.
    """
    answered = known.sum(axis=1, keepdims=True)
    found: Floats = yes.sum(axis=1, keepdims=True) / np.where(answered > 0, answered, np.nan)
    return found


def by_variant(
    indicator: str,
    areas: Sequence[str],
    year: str,
    numbers: Numbers,
    variants: Sequence[str] = NAMES,
    source: str = SOURCE,
) -> pd.DataFrame:
    """Rows of numbers whose second axis is variants instead of sub-sectors: all are about creative as a whole."""
    rows = tidy(indicator, areas, variants, [(year, "")], numbers, source)
    rows["variant"] = rows["sub_sector"]
    rows["sub_sector"] = pd.Categorical.from_codes(np.zeros(len(rows), dtype=np.int8), [CREATIVE])
    return rows


INDICATORS = (
    Indicator(
        "hotspot-by-rule",
        name="Creative hotspot by another rule",
        unit="yes or no",
        digits=0,
        definition="Yes where a rule selects the area: ours or a published one, asking jobs, local units or both, with "
        "or without London (its local areas and its part of Great Britain) and with or without IT.",
        formula="nesta2015: any i: {ln LQ_ri > mean + 2·sd, x_ri > P75}; creative-nation2018: any i: {LQ_ri > 1, "
        "x_ri > median}; observatory: any i: {three stars}; both: the same i by jobs and by units (nesta2015: either)",
        source=f"{rules.NESTA}; {rules.CREATIVE_NATION}; {rules.OBSERVATORY}",
        made_by=rules.decide,
    ),
    Indicator(
        "hotspots-by-rule",
        name="Creative hotspots by another rule",
        unit="areas",
        digits=0,
        definition="Number of local areas that a rule, in one of its variants, is known to select.",
        formula="#{r: hotspot_r = 1 by the variant}",
        source="counted from the answers of the rules",
        made_by=tally_variants,
    ),
    Indicator(
        "hotspots-kept",
        name="Our creative hotspots that another rule selects too",
        unit="areas",
        digits=0,
        definition="Number of local areas that the rule of the settings and a variant are both known to select.",
        formula="#{r: hotspot_r = 1 by the settings and by the variant}",
        source="counted from the answers of the rules",
        made_by=tally_variants,
    ),
    Indicator(
        "hotspot-robustness",
        name="Share of rules that select the area",
        unit="share",
        digits=0,
        definition="Of all variants of all rules that have an answer for the area, the share that selects it.",
        formula="#{variants: hotspot_r = 1} / #{variants: hotspot_r known}",
        source="counted from the answers of the rules",
        made_by=robustness,
    ),
)
