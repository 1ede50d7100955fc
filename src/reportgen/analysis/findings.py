"""
Findings: everything that was found in a release, one frame a family, and the one call that makes them all.
Takes a release and a classification, gives frames; reads no file, writes none, rounds nothing.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from reportgen import area_groups
from reportgen.analysis import (
    agglomeration,
    backtest,
    claims,
    colocation,
    concentration,
    crosswalk,
    evidence,
    group_tests,
    growth,
    hotspots,
    indices,
    innovation,
    lumpiness,
    neighbours,
    next_door,
    projection,
    quality,
    ranks,
    resilience,
    shift_share,
    similarity,
    specialisation,
    supply_chain,
    surroundings,
    tallies,
    universities,
)
from reportgen.analysis.inputs import Inputs, gather
from reportgen.analysis.lookup import Lookup
from reportgen.analysis.shape import COLUMNS, KEY, Indicator
from reportgen.area_groups import AreaGroups
from reportgen.classification import Classification
from reportgen.nearest import did_you_mean
from reportgen.release.model import Release
from reportgen.release.tables import Status
from reportgen.settings import Settings

__all__ = [
    "BY_ID",
    "COLUMNS",
    "FAMILIES",
    "INDICATORS",
    "KEY",
    "Finding",
    "Findings",
    "Indicator",
    "analyse",
    "dictionary",
    "to_csv_bytes",
]

FAMILIES = {
    "concentration": concentration,
    "evidence": evidence,
    "agglomeration": agglomeration,
    "hotspots": hotspots,
    "growth": growth,
    "indices": indices,
    "shift-share": shift_share,
    "projection": projection,
    "backtest": backtest,
    "ranks": ranks,
    "tallies": tallies,
    "crosswalk": crosswalk,
    "innovation": innovation,
    "supply-chain": supply_chain,
    "specialisation": specialisation,
    "similarity": similarity,
    "group-tests": group_tests,
    "quality": quality,
    "colocation": colocation,
    "neighbours": neighbours,
    "surroundings": surroundings,
    "lumpiness": lumpiness,
    "universities": universities,
    "next-door": next_door,
    "resilience": resilience,
    "claims": claims,
}
INDICATORS = tuple(indicator for family in FAMILIES.values() for indicator in family.INDICATORS)
BY_ID = {indicator.id: indicator for indicator in INDICATORS}
FAMILY = {indicator.id: name for name, family in FAMILIES.items() for indicator in family.INDICATORS}
MOST_LISTED = 12  # known words that the message of a miss lists
PACKED = "zstd"  # how pickled rows are compressed: to a third, in a fiftieth of a second


class Finding(NamedTuple):
    """One row of results. `value`, `low` and `high` are None where there is none; `reason` is empty where all is ok."""

    area: str
    indicator: str
    sub_sector: str
    year: str
    other: str
    variant: str
    value: float | None
    low: float | None
    high: float | None
    status: Status
    reason: str
    source: str


class Families(Mapping[str, pd.DataFrame]):
    """
    Name of a family → its rows, each family worked out when it is first asked for: few packs need all of them. What is
    worked out does not depend on the order, as no family draws from another's random numbers. Once all are there, what
    they were worked out from is let go: a pickle of them holds their rows alone, packed.
    Args:
        inputs: None where all families are given.
        made: families that are worked out already.
    """

    def __init__(self, inputs: Inputs | None, made: Mapping[str, pd.DataFrame] | None = None) -> None:
        self._inputs = inputs
        self._made = dict(made or {})

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._made:
            if self._inputs is None:
                raise KeyError(name)
            self._made[name] = (
                claims.findings(self._inputs, self._rows) if name == "claims" else FAMILIES[name].findings(self._inputs)
            )
            if len(self._made) == len(FAMILIES):
                self._inputs = None
        return self._made[name]

    def __reduce__(self) -> tuple[Callable[..., Families], tuple[Any, ...]]:
        if self._inputs is not None:
            return Families, (self._inputs, self._made)
        rows = pickle.dumps(self._made, protocol=pickle.HIGHEST_PROTOCOL)
        return _unpacked, (pa.compress(rows, codec=PACKED, asbytes=True), len(rows))

    def _rows(self, indicator: str) -> pd.DataFrame:
        """The rows of one indicator: claims rest on what the other families found."""
        family = self[FAMILY[indicator]]
        return family[family["indicator"] == indicator]

    def __iter__(self) -> Iterator[str]:
        return iter(FAMILIES)

    def __len__(self) -> int:
        return len(FAMILIES)


def _unpacked(packed: bytes, size: int) -> Families:
    return Families(None, pickle.loads(pa.decompress(packed, size, codec=PACKED, asbytes=True)))


@dataclass(frozen=True)
class Findings:
    """
    All findings of a release.
    Args:
        families: name of a family → its rows, all of the shape COLUMNS, grouped by indicator.
        years: table → the years it has, as text, oldest first.
    """

    families: Mapping[str, pd.DataFrame]
    years: Mapping[str, tuple[str, ...]]
    _slices: dict[str, pd.DataFrame] = field(default_factory=dict, init=False, repr=False)
    _lookups: dict[str, Lookup] = field(default_factory=dict, init=False, repr=False)

    def __reduce__(self) -> tuple[type[Findings], tuple[Any, ...]]:
        return Findings, (self.families, self.years)  # without what is made again when it is asked for

    def whole(self) -> Findings:
        """The same findings, every family of them worked out: to be stored, or sent to another process."""
        for name in self.families:
            self.families[name]
        return self

    def latest(self, table: str = "employment") -> str:
        """The newest year of a table."""
        return self.years[table][-1]

    def get(
        self, area: str, indicator: str, sub_sector: str = "", year: str = "", other: str = "", variant: str = ""
    ) -> Finding:
        """
        One finding by its key.
        Raises: KeyError: there is no such row; the message says which part of the key is unknown.
        """
        key = (area, indicator, sub_sector, year, other, variant)
        lookup = self._lookup(indicator) if indicator in BY_ID else None
        place = lookup.place(key) if lookup else None
        if lookup is None or place is None:
            raise KeyError(self._miss(key))
        return Finding(*key, *lookup.row(place))

    def has(
        self, area: str, indicator: str, sub_sector: str = "", year: str = "", other: str = "", variant: str = ""
    ) -> bool:
        """Whether there is a finding with this key, be it one that says why there is no value."""
        return self._lookup(indicator).place((area, indicator, sub_sector, year, other, variant)) is not None

    def rows(self, indicator: str, **filters: str) -> pd.DataFrame:
        """
        The rows of one indicator, in their order, with the columns of a finding.
        Args:
            filters: column of the key → the one word to keep, e.g. `year="2024"`.
        Raises: KeyError: no such indicator, or a word that its family does not know.
        """
        if indicator not in BY_ID:
            raise KeyError(_unknown("indicator", indicator, list(BY_ID)))
        found = self._slice(indicator)
        for column, word in filters.items():
            if word not in found[column].cat.categories:
                raise KeyError(_unknown(column, word, found[column].cat.categories))
            found = found[found[column] == word]
        return found

    def _slice(self, indicator: str) -> pd.DataFrame:
        """The rows of one indicator; empty where its family has none of it."""
        if indicator not in self._slices:
            family = self.families[FAMILY[indicator]]
            places = np.flatnonzero(family["indicator"] == indicator)
            first, end = (int(places[0]), int(places[-1]) + 1) if len(places) else (0, 0)
            # Those of a part that stands together are no copy.
            self._slices[indicator] = family.iloc[first:end] if end - first == len(places) else family.iloc[places]
        return self._slices[indicator]

    def _lookup(self, indicator: str) -> Lookup:
        """What finds the rows of an indicator's family by key. Made when first asked for: few packs ask for all."""
        family = FAMILY[indicator]
        if family not in self._lookups:
            self._lookups[family] = Lookup(self.families[family])
        return self._lookups[family]

    def _miss(self, key: tuple[str, ...]) -> str:
        """Why there is no row with a key: the first part of it that no row of the indicator has."""
        indicator = key[KEY.index("indicator")]
        if indicator not in BY_ID:
            return _unknown("indicator", indicator, list(BY_ID))
        rows = self._slice(indicator)
        for column, word in zip(KEY, key, strict=True):
            known = [str(each) for each in rows[column].unique()]
            if word not in known:
                return f"{indicator}: {_unknown(column, word, known)}"
        return f"{indicator}: each part is known, but not together: {'/'.join(part or '-' for part in key)}"


def analyse(
    release: Release, classification: Classification, settings: Settings, groups: AreaGroups = area_groups.NONE
) -> Findings:
    """
    Everything that this program finds in a release.
    Args:
        groups: of areas that are compared; without them what compares groups is missing.
    Returns: for every area, sub-sector and year a row of each indicator, also where nothing is known: then with the
        reason.
    Raises: DataError: a definition has no data, or a level cannot be added up.
    """
    inputs = gather(release, classification, settings, groups)
    return Findings(Families(inputs), {cells.table: cells.years for cells in (inputs.jobs, inputs.units)})


def dictionary() -> pd.DataFrame:
    """Every indicator, one a row: id, family, name, unit, digits, definition, formula, source."""
    rows = [
        (each.id, name, each.name, each.unit, each.digits, each.definition, each.formula, each.source)
        for name, family in FAMILIES.items()
        for each in family.INDICATORS
    ]
    return pd.DataFrame(rows, columns=["id", "family", "name", "unit", "digits", "definition", "formula", "source"])


def to_csv_bytes(frame: pd.DataFrame) -> bytes:
    r"""
    A frame as the bytes of a CSV file, the same on every machine: UTF-8, lines end in LF, no index, a float as the
    shortest text that reads back as the same float, nothing where there is no number.

    >>> to_csv_bytes(pd.DataFrame({"area": ["Bath", "Stoke"], "value": [0.1, float("nan")]}))
    b'area,value\nBath,0.1\nStoke,\n'
    """
    text: str = frame.to_csv(index=False, lineterminator="\n")
    return text.encode()


def _unknown(column: str, word: str, known: Sequence[str]) -> str:
    hint = did_you_mean(word, known) or f" (there are {', '.join(each or '-' for each in known[:MOST_LISTED])})"
    return f"no {column} {word or '-'}{hint}"
