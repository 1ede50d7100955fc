"""
Agglomeration: how far an industry lies together beyond what the size of its establishments brings about, and whether
two industries lie in the same places; of Great Britain, over its local areas.
Takes cells, gives rows; the areas that have no figure are left out, and their number is a finding, too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.cells import TOTAL, Cells
from reportgen.analysis.concentration import counts
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.shape import (
    LOW_RELIABILITY,
    MISSING,
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
    worst,
)
from reportgen.analysis.sizes import least_fourth
from reportgen.analysis.spread import spread, standing_of
from reportgen.classification import Classification, Definition, digits

ELLISON_GLAESER = "Ellison and Glaeser (1997), Geographic concentration in U.S. manufacturing industries, JPE 105(5)"


def raw_concentration(share: Floats, whole: Floats) -> Floats:
    """
    How far an industry's distribution over areas is from that of all industries: G = Σ_r (s_r − a_r)².
    Args:
        share: areas × …, s_r; whole: areas × …, a_r; each adds up to one over the areas.
    Returns: 1 × …, 0 to 2; NaN stays NaN.
    Source: Ellison and Glaeser (1997), JPE 105(5).

    >>> raw_concentration(np.array([0.75, 0.25]), np.array([0.5, 0.5])).tolist()
    [0.125]
    """
    found: Floats = np.square(share - whole).sum(axis=0, keepdims=True)
    return found


def ellison_glaeser(raw: Floats, whole: Floats, herfindahl: Floats) -> Floats:
    """
    Concentration beyond that of establishments placed by chance: γ = (G − (1 − Σa²)·H) / ((1 − Σa²)·(1 − H)).
    Args:
        raw: 1 × …, G of `raw_concentration`; whole: areas × …, a_r; herfindahl: 1 × …, H, Σ z² of establishments.
    Returns: 1 × …; 0 is what chance brings on average, below 0 more even than that, 1 all in one place. NaN where H or
        Σa² is 1, as one establishment, or one area, cannot be spread.
    Source: Ellison and Glaeser (1997), JPE 105(5).

    >>> ellison_glaeser(np.array([0.125]), np.array([0.5, 0.5]), np.array([0.1])).round(4).tolist()
    [0.1667]
    """
    room = 1 - np.square(whole).sum(axis=0, keepdims=True)
    scale = room * (1 - herfindahl)
    found: Floats = (raw - room * herfindahl) / np.where(scale > 0, scale, np.nan)
    return found


def null_variance(whole: Floats, herfindahl: Floats, fourth: Floats) -> Floats:
    """
    Variance of G where establishments are placed by chance alone, each in area r with probability a_r:
    Var(G) = 2·(H²·[Σa² − 2Σa³ + (Σa²)²] − Σz⁴·[Σa² − 4Σa³ + 3(Σa²)²]).
    Args:
        whole: areas × …, a_r; herfindahl: 1 × …, H = Σ z²; fourth: 1 × …, Σ z⁴.
    Returns: 1 × ….
    Source: Ellison and Glaeser (1997), JPE 105(5).

    >>> null_variance(np.array([0.5, 0.5]), np.array([0.1]), np.array([0.001])).round(6).tolist()
    [0.0045]
    """
    second, third = (np.power(whole, k).sum(axis=0, keepdims=True) for k in (2, 3))
    lone = second - 4 * third + 3 * second**2
    found: Floats = 2 * (herfindahl**2 * (second - 2 * third + second**2) - fourth * lone)
    return found


def coagglomeration(share: Floats, other: Floats, whole: Floats) -> Floats:
    """
    Whether two industries lie in the same places: γᶜ = Σ_r (s_r − a_r)·(s'_r − a_r) / (1 − Σa²).
    Args:
        share, other: areas × …, s and s' of two industries; whole: areas × …, a_r.
    Returns: 1 × …; above 0 where both lie above their share in the same areas, below 0 where they avoid each other; an
        industry with itself has G / (1 − Σa²). NaN where Σa² is 1.
    Source: Ellison, Glaeser and Kerr (2010), What causes industry agglomeration?, AER 100(3).

    >>> thirds = np.full(3, 1 / 3)
    >>> coagglomeration(np.array([0.6, 0.2, 0.2]), np.array([0.2, 0.6, 0.2]), thirds).round(4).tolist()
    [-0.08]
    """
    room = 1 - np.square(whole).sum(axis=0, keepdims=True)
    found: Floats = ((share - whole) * (other - whole)).sum(axis=0, keepdims=True) / np.where(room > 0, room, np.nan)
    return found


def apart(classification: Classification) -> tuple[str, ...]:
    """
    The creative sub-sectors, and the groups for comparison that have no class in common with any of them: industries
    that can be held against each other. What two share would make them lie in the same places.
    """
    creative = [
        digits(entry) for part in (*classification.creative, *classification.left_out) for entry in part.entries
    ]
    groups = [group.id for group in classification.groups if not _overlaps(group, creative)]
    return (*(part.id for part in classification.creative), *groups)


def findings(inputs: Inputs) -> pd.DataFrame:
    """The rows of this family, all on Great Britain: each group in all years, each pair in the latest."""
    measures = (("jobs", inputs.jobs), ("units", inputs.units))
    frames = [
        pair
        for rows in (_alone, _pairs)
        for pair in zip(*(rows(inputs, *measure) for measure in measures), strict=True)
    ]
    return stack([frame for pair in frames for frame in pair])


def _alone(inputs: Inputs, variant: str, cells: Cells) -> list[pd.DataFrame]:
    """The rows about single groups, by one measure."""
    whole, areas = inputs.release.info.great_britain, _areas(inputs)
    part, total = cells.only(areas, cells.parts), cells.only(areas, [TOTAL])
    found = spread(counts(part), counts(part), counts(total), cells.only([whole], [TOTAL]).value)
    own = cells.only([whole], cells.parts)
    standing = standing_of(
        found, own.standing, part.names, [own.place(0, year) for year in range(len(own.years))], cells.table
    )
    herfindahl, fourth, sized = _sizes(inputs, own, found.placed)
    raw = raw_concentration(found.share, found.whole)
    gamma = ellison_glaeser(raw, found.whole, herfindahl)
    expected = (1 - np.square(found.whole).sum(axis=0, keepdims=True)) * herfindahl
    variance = null_variance(found.whole, herfindahl, fourth)
    z = (raw - expected) / np.sqrt(np.where(variance > 0, variance, np.nan))
    both = worst(standing, sized)
    tested = mark(
        both, ~(variance > 0), NOT_APPLICABLE, lambda _, __, year: reasons.one_establishment(own.place(0, year))
    )
    made = (
        ("ellison-glaeser", gamma, both),
        ("ellison-glaeser-z", z, tested),
        ("raw-concentration", raw, standing),
        ("raw-concentration-variance", variance, both),
        ("ellison-glaeser-areas-left-out", found.left_out, _of_some(standing, areas)),
    )
    times = [(year, "") for year in cells.years]
    return [
        tidy(indicator, [whole], cells.parts, times, plain(value, stands), cells.table, variant)
        for indicator, value, stands in made
    ]


def _pairs(inputs: Inputs, variant: str, cells: Cells) -> list[pd.DataFrame]:
    """The rows about pairs of groups in the latest year, by one measure; the second of a pair is the last axis."""
    whole, areas, year = inputs.release.info.great_britain, _areas(inputs), cells.years[-1]
    groups = apart(inputs.classification)
    latest = cells.only(years=[year])
    there, own = latest.only(areas, groups), latest.only([whole], groups)
    part, total = counts(there), counts(latest.only(areas, [TOTAL]))
    found = spread(part, _turned(part), total, latest.only([whole], [TOTAL]).value)
    of_whole = worst(own.standing, _turned(counts(own)).standing)
    standing = standing_of(found, of_whole, there.names, [own.place(0, 0)] * len(groups), cells.table)
    made = (
        ("coagglomeration", coagglomeration(found.share, found.other, found.whole), standing),
        ("coagglomeration-areas-left-out", found.left_out, _of_some(standing, areas)),
    )
    times = [(year, group) for group in groups]
    return [
        tidy(indicator, [whole], groups, times, plain(value, stands), cells.table, variant)
        for indicator, value, stands in made
    ]


def _areas(inputs: Inputs) -> list[str]:
    """The local areas of Great Britain."""
    return [area for area in inputs.local if area in inputs.inside]


def _sizes(inputs: Inputs, own: Cells, count: Floats) -> tuple[Floats, Floats, Standing]:
    """Σ z² and Σ z⁴ of what is placed, 1 × groups × years, and how they stand: of jobs, establishments; else units."""
    if own.table == inputs.jobs.table:
        at = [inputs.jobs.groups.index(group) for group in own.groups]
        herfindahl, fourth = inputs.sizes.herfindahl[:, at], inputs.sizes.fourth[:, at]
    else:
        alike = 1 / np.where(count > 0, count, np.nan)
        herfindahl, fourth = alike, least_fourth(alike)
    marks: list[tuple[Booleans, int, Callable[[str], str]]] = [
        (np.isnan(herfindahl), MISSING, reasons.no_sizes),
        (herfindahl >= 1, NOT_APPLICABLE, reasons.one_establishment),
    ]
    if own.table == inputs.jobs.table and inputs.sizes.basis != "bands":
        marks.append(
            (np.ones_like(herfindahl, dtype=bool), LOW_RELIABILITY, lambda _: reasons.assumed_sizes(inputs.sizes.basis))
        )
    standing = all_ok(herfindahl.shape)
    for where, state, sentence in marks:
        standing = mark(standing, where, state, lambda _, __, year, say=sentence: say(own.place(0, year)))
    return herfindahl, fourth, standing


def _of_some(standing: Standing, areas: Sequence[str]) -> Standing:
    """That of a number of areas: there is one, unless there are no areas to count."""
    return all_ok(standing.state.shape) if areas else standing


def _turned(numbers: Numbers) -> Numbers:
    """Groups and times exchanged."""
    value, low, high = (of.transpose(0, 2, 1) for of in numbers[:3])
    state, reason = numbers.standing
    return Numbers(value, low, high, Standing(state.transpose(0, 2, 1), reason.transpose(0, 2, 1)))


def _overlaps(group: Definition, creative: Sequence[str]) -> bool:
    """Whether a group takes in a creative class, or part of one."""
    entries, without = ([digits(entry) for entry in of] for of in (group.entries, group.without))
    left = [code for code in creative if not code.startswith(tuple(without))] if without else creative
    return any(code.startswith(entry) or entry.startswith(code) for code in left for entry in entries)


_LEFT_OUT = "Local areas without a figure are left out of all sums, not counted as none."
_SMALL_PRINT = f"{_LEFT_OUT} What rounding adds to G, Σ V/X², is not taken off."
_SPREAD = "s_r = x_ri / Σ x_ri, a_r = T_r / Σ T_r over the local areas known"
_MEASURES = "By jobs, placed in establishments of Great Britain's sizes, or by local units, each placed alone."

INDICATORS = (
    Indicator(
        "ellison-glaeser",
        name="Ellison–Glaeser index",
        unit="coefficient",
        digits=4,
        definition="How far the sub-sector lies together in Great Britain's local areas beyond what would come about "
        "if its establishments were placed by chance: 0 by chance alone, 1 all in one area. Its distance from chance "
        f"is an indicator of its own. {_MEASURES} {_SMALL_PRINT}",
        formula=f"γ = (G − (1 − Σa²)·H) / ((1 − Σa²)·(1 − H)), G = Σ(s_r − a_r)², {_SPREAD}",
        source=ELLISON_GLAESER,
        made_by=ellison_glaeser,
    ),
    Indicator(
        "ellison-glaeser-z",
        name="Ellison–Glaeser index, distance from chance",
        unit="standard deviations",
        digits=1,
        definition="How many standard deviations, of placing establishments by chance, the sub-sector's concentration "
        "lies from the one that chance brings on average; from 2 on it is told apart from chance. "
        f"{_MEASURES} {_LEFT_OUT}",
        formula="(G − (1 − Σa²)·H) / √Var(G), Var(G) = 2(H²[Σa² − 2Σa³ + (Σa²)²] − Σz⁴[Σa² − 4Σa³ + 3(Σa²)²])",
        source=ELLISON_GLAESER,
        made_by=null_variance,
    ),
    Indicator(
        "raw-concentration",
        name="Raw geographic concentration",
        unit="coefficient",
        digits=4,
        definition="How far the sub-sector's distribution over Great Britain's local areas is from that of all "
        f"industries, whatever brought it about. {_SMALL_PRINT}",
        formula=f"G = Σ(s_r − a_r)², {_SPREAD}",
        source=ELLISON_GLAESER,
        made_by=raw_concentration,
    ),
    Indicator(
        "raw-concentration-variance",
        name="Variance of the raw concentration under chance",
        unit="coefficient",
        digits=6,
        definition="How much the raw concentration would vary if a sub-sector's establishments were placed by chance: "
        f"its variance where nothing draws them together. {_SMALL_PRINT}",
        formula="Var(G) = 2·{H²·[Σa² − 2·Σa³ + (Σa²)²] − Σz⁴·[Σa² − 4·Σa³ + 3·(Σa²)²]}, z establishments' shares",
        source=ELLISON_GLAESER,
        made_by=null_variance,
    ),
    Indicator(
        "coagglomeration",
        name="Coagglomeration of two sub-sectors",
        unit="coefficient",
        digits=4,
        definition="Whether two sub-sectors lie in the same local areas of Great Britain: above 0 where they do, below "
        "0 where they avoid each other; a sub-sector with itself has G / (1 − Σa²). Groups that share a class with a "
        f"creative sub-sector are not among them. {_LEFT_OUT}",
        formula=f"γᶜ = Σ(s_ri − a_r)(s_rj − a_r) / (1 − Σa²), {_SPREAD}, of both",
        source="Ellison, Glaeser and Kerr (2010), What causes industry agglomeration?, AER 100(3)",
        made_by=coagglomeration,
    ),
    *(
        Indicator(
            f"{id}-areas-left-out",
            name=f"Local areas left out, {of}",
            unit="areas",
            digits=0,
            definition=f"Number of Great Britain's local areas without a figure, which are left out of the {of}.",
            formula="#{r: x_ri or T_r not known}" if id == "ellison-glaeser" else "#{r: x_ri, x_rj or T_r not known}",
            source="counted from the release's tables",
            made_by=spread,
        )
        for id, of in (("ellison-glaeser", "Ellison–Glaeser index"), ("coagglomeration", "coagglomeration"))
    ),
)
