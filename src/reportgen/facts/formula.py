"""
Formula: the words in which it is declared what an indicator is made of: other findings, lists of them, rows of tables.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from reportgen.facts.fact import Fact
from reportgen.facts.rows import Key
from reportgen.settings import HotspotRule

SAME, OTHER, LINE = "same", "other", "line"  # that of the finding; what stands in its `other`; the settings' quotient
BASE = "base"  # the year that change to the latest is told from
FIRST, LAST = "first", "last"  # word of the finding's own variant
STATISTIC, COMPANION = "statistic", "companion"  # in the place of an indicator: what a claim is tested by, and its p
Along = Literal[
    "sub-sectors",
    "areas",
    "chosen",
    "parts",
    "inside",
    "ranked",
    "local",
    "beside",
    "hotspots",
    "variants",
    "years",
    "regions",
    "level",
    "industries",
    "profiles",
]
Reckon = Callable[[Fact, Sequence[Fact]], float]
When = Callable[[Key, HotspotRule], bool]


@dataclass(frozen=True)
class Part:
    """
    A finding that another is made of. Each word but those of `area` may be SAME, OTHER, BASE, or stand for itself; a
    variant also FIRST or LAST.
    Args:
        indicator: or STATISTIC or COMPANION, of a claim, whose variant names them.
        area: `here`, `whole` (Great Britain), `nation`, `london`, or OTHER.
    """

    indicator: str
    area: Literal["here", "whole", "nation", "london", "other"] = "here"
    sub_sector: str = SAME
    year: str = SAME
    other: str = ""
    variant: str = ""


@dataclass(frozen=True)
class Among:
    """
    Findings that are counted, added up or ranked: those like `part`, along the sub-sectors; the local areas an area
    lists, those of them `chosen` as hotspots, those of which any part lies in it, or most `inside` it; the areas that
    it is ranked among; all local areas; those that it touches; the hotspots of its level; the variants of rules; the
    years; the regions; the areas of the kind of level in its `other`; the industries of the input-output table; the
    sub-sectors of all local areas.
    """

    part: Part
    along: Along


@dataclass(frozen=True)
class Formula:
    """
    Args:
        parts: symbol, as in the formula of the indicator → finding.
        expression: of the symbols, and k, the years between the finding's two; empty where the value does not come from
            the parts alone, but from draws, other areas, or a comparison.
        among: what is counted, added up or ranked; `reckon` makes the value of the first of them, if it can.
        added: the table whose rows, added up, are the value.
        rows: tables whose rows it rests on beside parts and lists; without any of these, all that its finding names.
        whole: whether these are all rows of the tables, not those of its own area, year and industries alone.
        by_industry: whether these are the rows of each industry that buys, not that of all industries together.
        shuffled: whether it is a p-value by permutation: how often shuffling does as well as the one part.
        settings: symbol → the threshold of the hotspot rule that it stands for.
        when: whether the formula is the one for a finding under a hotspot rule; of several, the first that is.
    """

    parts: Mapping[str, Part] = field(default_factory=dict)
    expression: str = ""
    among: tuple[Among, ...] = ()
    reckon: Reckon | None = None
    added: str = ""
    rows: tuple[str, ...] = ()
    whole: bool = False
    by_industry: bool = False
    shuffled: bool = False
    settings: Mapping[str, str] = field(default_factory=dict)
    when: When = lambda key, rule: True
