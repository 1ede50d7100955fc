"""
Claims: what earlier work said of creative clusters, each with the findings that it is tested by, the line that it puts
them on a side of, and the side on which they lie. Takes the other families' rows, gives rows; measures nothing itself,
quotes nobody: what was said, and the words of a verdict, come later on the road.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.shape import (
    COLUMNS,
    KEY,
    MISSING,
    NOT_APPLICABLE,
    NUMBERS,
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
from reportgen.classification import CREATIVE
from reportgen.release.tables import STATES

SIGNIFICANT = 0.05  # p-values up to this one count against chance
PUBLISHED = "hotspots-2010"  # the group of `data/groups.toml` with the ten published hotspots
SOUTH, NORTH = ("wider-south", "wider-south-without-london"), "north-and-midlands"
NORTHS = (NORTH, f"{NORTH}-without-manchester")

# How a side is told: by the interval, by the p-value of a companion indicator, by the value alone, or not at all.
By = Literal["interval", "p", "value", "nothing"]
Areas = Literal["nation", "britain", "wholes", "nation and regions", "published hotspots"]


@dataclass(frozen=True)
class Claim:
    """
    One thing that was said, and one finding that it is tested by.
    Args:
        id: of the claim; several entries may share it.
        indicator: whose rows are taken: those of `areas`, of creative industries as a whole (or of none, where the
            indicator is about no sub-sector), with one of `others`; empty: all there are.
        line: the claim says that the finding lies above it; None: that it lies below what chance gives, and the p-value
            is of that alone, one-sided.
        companion: the indicator of the p-value.
        years: `year` and `other` of the rows, where the claim is about these alone.
    """

    id: str
    indicator: str
    areas: Areas
    by: By
    line: float | None = 0.0
    companion: str = ""
    others: tuple[str, ...] = ()
    years: tuple[str, str] | None = None
    sub_sector: str = CREATIVE


CLAIMS = (
    Claim("published-hotspots", "hotspot-by-rule", "published hotspots", "value", line=0.5),
    Claim("published-hotspots", "selection-probability", "published hotspots", "nothing"),
    Claim(
        "hotspots-with-innovation",
        "regions-innovation-correlation",
        "britain",
        "p",
        companion="regions-innovation-correlation-p",
    ),
    Claim(
        "hotspots-with-growth", "regions-growth-correlation", "britain", "p", companion="regions-growth-correlation-p"
    ),
    Claim(
        "hotspots-with-growth",
        "neighbours-growth-difference",
        "britain",
        "p",
        companion="neighbours-growth-difference-p",
    ),
    Claim("more-innovative", "innovation-difference", "nation and regions", "interval", others=("all-industries",)),
    *(
        Claim(f"co-located-with-{group}", indicator, "britain", "interval", others=(group,))
        for group in ("high-tech-manufacturing", "kibs-net")
        for indicator in ("co-location-pearson-log", "co-location-pearson", "co-location-spearman")
    ),
    Claim(
        "south-more-diversified",
        "effective-sub-sectors-difference",
        "nation",
        "p",
        companion="effective-sub-sectors-difference-p",
        others=tuple(f"{south}|{north}" for south in SOUTH for north in NORTHS),
    ),
    Claim(
        "north-and-midlands-alike",
        "within-group-distance",
        "nation",
        "p",
        line=None,
        companion="within-group-distance-p",
        others=tuple(f"{north}|{south}" for south in SOUTH for north in NORTHS),
    ),
    Claim(
        "creative-inputs-and-innovation",
        "output-share-by-creative-inputs",
        "nation",
        "nothing",
        sub_sector="",
        others=("other-industries",),
    ),
    Claim("faster-than-the-economy", "growth-difference", "wholes", "interval"),
    Claim("faster-in-the-decade-to-2007", "growth-difference", "wholes", "interval", years=("2007", "1997")),
    Claim("double-the-rate", "double-rate-window", "wholes", "interval"),
    Claim("double-the-rate", "double-rate-met", "wholes", "value", line=0.5),
)


def side_of(value: Floats, low: Floats, high: Floats, line: float) -> Floats:
    """
    On which side of a line a finding lies with the whole of its interval: 1 above, −1 below, 0 where the interval holds
    the line.
    Args: arrays of one shape; without an interval, give the value for both ends.

    >>> side_of(np.array([2.0, 2.0, 0.5]), np.array([1.5, 0.9, 0.3]), np.array([2.5, 3.0, 0.8]), 1.0).tolist()
    [1.0, 0.0, -1.0]
    """
    return np.where(low > line, 1.0, 0.0) - np.where(high < line, 1.0, 0.0)


def findings(inputs: Inputs, families: Callable[[str], pd.DataFrame]) -> pd.DataFrame:
    """
    The rows of this family. A finding keeps its area, sub-sector, year and second of a pair; its variant is the claim,
    the indicator, and the finding's own variant, joined by dots.
    Args:
        families: indicator → its rows.
    """
    made: list[pd.DataFrame] = []
    for claim in CLAIMS:
        rows = _taken(inputs, claim, families(claim.indicator))
        if rows.empty:
            made += _none(inputs, claim)
            continue
        made += sides(claim, rows, families(claim.companion) if claim.companion else None)
    return stack(sorted(made, key=lambda frame: str(frame["indicator"].iloc[0])))


def _taken(inputs: Inputs, claim: Claim, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of its indicator that a claim is tested by."""
    info, release = inputs.release.info, inputs.release
    published = inputs.members(PUBLISHED) if PUBLISHED in inputs.groups.groups else ()
    areas: Mapping[str, Sequence[str]] = {
        "nation": [info.national],
        "britain": [info.great_britain],
        "wholes": [info.national, info.great_britain],
        "nation and regions": [info.national, *release.at_level("regional")],
        "published hotspots": published,
    }
    taken = rows["area"].isin(areas[claim.areas]) & (rows["sub_sector"] == claim.sub_sector)
    if claim.others:
        taken &= rows["other"].isin(claim.others)
    if claim.years:
        taken &= (rows["year"] == claim.years[0]) & (rows["other"] == claim.years[1])
    return rows[taken]


def _companion(rows: pd.DataFrame, companion: pd.DataFrame) -> pd.DataFrame:
    """The rows of the p-values, in the order of those they belong to."""
    key = [column for column in KEY if column != "indicator"]
    return companion.set_index(key).reindex(pd.MultiIndex.from_frame(rows[key].astype(str)))


def sides(claim: Claim, rows: pd.DataFrame, companion: pd.DataFrame | None) -> list[pd.DataFrame]:
    """
    Statistic, line, p-value and side of each finding that a claim is tested by, a frame each.
    Args:
        rows: the findings; companion: those of the p-values, in any order, where the claim is tested by them.
    """
    p = None if companion is None else _companion(rows, companion)
    value, low, high = (rows[name].to_numpy(float) for name in ("value", "low", "high"))
    standing = _standing(rows)
    told = worst(standing, _standing(p)) if p is not None else standing
    line = np.nan if claim.line is None else claim.line
    side = side_of(value, value, value, line)
    if p is not None:
        beyond = p["value"].to_numpy(float) <= SIGNIFICANT
        side = np.where(beyond, 1.0 if claim.line is None else side, 0.0)
    elif claim.by == "interval":
        side = side_of(value, low, high, line)
        told = mark(standing, np.isnan(low), NOT_APPLICABLE, lambda _: reasons.no_interval())
    elif claim.by == "nothing":
        told = mark(standing, np.full(len(rows), True), NOT_APPLICABLE, lambda _: reasons.not_testable())
    numbers = {"claim-statistic": Numbers(value, low, high, standing), "claim-side": plain(side, told)}
    if claim.by != "nothing" and claim.line is not None:
        numbers["claim-line"] = plain(np.full(len(rows), line), all_ok((len(rows),)))
    if p is not None:
        numbers["claim-p"] = plain(p["value"].to_numpy(float), _standing(p))
    return [_tidy(indicator, claim, rows, each) for indicator, each in numbers.items()]


def _none(inputs: Inputs, claim: Claim) -> list[pd.DataFrame]:
    """One row each that says that the release has none of the areas, or of the years, that a claim is about."""
    time, source = claim.years or ("", ""), "areas"
    if claim.years:
        why, source = reasons.other_years(*claim.years), "employment;businesses;gva"
    else:
        known = inputs.groups.groups
        why = reasons.no_areas_of(known[PUBLISHED].name if PUBLISHED in known else PUBLISHED)
    nothing = plain(
        np.full((1, 1, 1), np.nan), mark(all_ok((1, 1, 1)), np.full((1, 1, 1), True), MISSING, lambda *_: why)
    )
    variant = f"{claim.id}.{claim.indicator}"
    return [
        tidy(indicator, [inputs.release.info.national], [claim.sub_sector], [time], nothing, source, variant)
        for indicator in ("claim-statistic", "claim-side")
    ]


def _tidy(indicator: str, claim: Claim, rows: pd.DataFrame, numbers: Numbers) -> pd.DataFrame:
    """Rows with the keys of the findings that they are about."""
    name = f"{claim.id}.{claim.indicator}"
    kept = ("area", "sub_sector", "year", "other", "source")
    words = {
        **{word: rows[word].cat.remove_unused_categories().array for word in kept},
        "indicator": pd.Categorical([indicator] * len(rows)),
        "variant": pd.Categorical([f"{name}.{variant}" if variant else name for variant in rows["variant"]]),
        "status": pd.Categorical.from_codes(numbers.standing.state, [state.value for state in STATES]),
        "reason": pd.Categorical(numbers.standing.reason),
    }
    known = numbers.standing.has_value
    columns = {name: np.where(known, getattr(numbers, name), np.nan) + 0.0 for name in NUMBERS}
    return pd.DataFrame({**words, **columns}, columns=list(COLUMNS))


def _standing(rows: pd.DataFrame) -> Standing:
    states = [state.value for state in STATES]
    state = np.array([states.index(word) if word in states else MISSING for word in rows["status"]], dtype=np.int8)
    return Standing(state, rows["reason"].astype(object).fillna("").to_numpy())


INDICATORS = (
    Indicator(
        "claim-statistic",
        name="Statistic of a claim",
        unit="number",
        digits=3,
        definition="A finding that a claim of earlier work is tested by, with its interval; the variant names both.",
        formula="that of the indicator",
        source="that of the indicator; claims: Chapain and others 2010, Creative clusters and innovation, NESTA",
        made_by=findings,
    ),
    Indicator(
        "claim-line",
        name="Line of a claim",
        unit="number",
        digits=1,
        definition="What a claim says its statistic is above: 0 for a difference or correlation, 1 for a ratio, a half "
        "for yes or no. There is none where the claim is that it is below what chance gives.",
        formula="given by the claim",
        source="Chapain and others 2010, Creative clusters and innovation, NESTA",
        made_by=findings,
    ),
    Indicator(
        "claim-p",
        name="p-value of a claim's statistic",
        unit="probability",
        digits=3,
        definition="How often chance does as well as the finding, where it is tested by permutations: on either side, "
        "but of mean distances within a group on the lower side alone.",
        formula="as for the finding",
        source="as for the finding",
        made_by=findings,
    ),
    Indicator(
        "claim-side",
        name="Side of a claim's line",
        unit="number",
        digits=0,
        definition="1 where the statistic lies on the side that the claim says, −1 on the other, 0 where that cannot "
        "be told: its interval holds the line, or its p-value is above 0.05. Yes or no is told as it stands, and a "
        "mean distance within a group is 1 or 0, as its test looks to one side. Not applicable where there is no "
        "interval to tell it by, or where the finding is shown beside the claim and cannot decide it: selection "
        "probabilities, and what is said of single firms.",
        formula="sign(statistic − line) where the interval does not hold the line, where p ≤ "
        f"{SIGNIFICANT:g}, and for yes or no; else 0. Without a line: 1 where p ≤ {SIGNIFICANT:g}, else 0",
        source="that of the indicator",
        made_by=side_of,
    ),
)
