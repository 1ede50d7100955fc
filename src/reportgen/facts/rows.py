"""
Rows: the rows of a release's tables that a finding rests on, each with the file and the record in which it stands.
Takes a release and the key of a finding; adds nothing up, says nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from reportgen.analysis.cells import TOTAL
from reportgen.analysis.innovation import GROUPS
from reportgen.analysis.supply_chain import OTHER
from reportgen.classification import SUPPLIERS, Classification, divisions, match, spaced
from reportgen.release.model import Release
from reportgen.release.tables import ALL, BY_NAME, COUNTED, Status

FIRST_ROW = 2  # the header is 1
AREAS = ("code", "area", "group")  # columns in which an unknown word leaves no row, where in others it leaves all
MEASURED = {"jobs": "employment", "units": "businesses", "gva": "gva"}  # word of a variant → the table that it means


@dataclass(frozen=True)
class Key:
    """What a finding is about; `area/indicator/sub-sector/year/other/variant`."""

    area: str
    indicator: str
    sub_sector: str = ""
    year: str = ""
    other: str = ""
    variant: str = ""


@dataclass(frozen=True)
class Row:
    """
    One row of a table.
    Args:
        row: number of the record in the file, its header being 1; None where a row that was asked for is not there.
        key: columns of the table's key, with what stands in them.
        name: of the industry that the row is about; empty where it is about none.
        value: None where the row gives none.
    """

    table: str
    file: str
    row: int | None
    key: tuple[tuple[str, str], ...]
    name: str
    value: float | None
    status: Status


class Rows:
    """Finds the rows of one release."""

    def __init__(self, release: Release, classification: Classification) -> None:
        self._release, self._classification = release, classification
        self._derived = set(release.areas.index[release.areas["level"].isin(release.info.derive_levels)])
        areas = release.areas.reset_index()
        self._frames = {
            table: areas if table == "areas" else getattr(release, table)
            for table in BY_NAME
            if getattr(release, table) is not None
        }
        self._columns = {
            table: {name: frame[name].array for name in frame.columns} for table, frame in self._frames.items()
        }
        self._here, self._industries, self._years = cache(self._of_area), cache(self._codes), cache(self._all_years)

    def of(self, table: str, key: Key) -> tuple[Row, ...]:
        """
        The rows of a table that a finding is about, as far as its key says: its area (and a second one), its year (and
        the one that it is compared with), its industries, sectors, measure. A part of the key that the table does not
        know leaves all its rows. None where the release has no such table.
        """
        if table not in self._frames:
            return ()
        if table in COUNTED:
            return tuple(self._counts(table, key))
        frame = self._frames[table]
        places = np.arange(len(frame))
        for column, words in self._wanted(table, key).items():
            known = {spaced(str(word)): str(word) for word in frame[column].unique()}
            asked = {known[word] for word in words if word in known}
            if asked or column in AREAS:
                places = places[frame[column].iloc[places].astype(str).isin(asked).to_numpy()]
        return tuple(self._row(table, int(place)) for place in places)

    def whole(self, table: str, key: Key) -> tuple[Row, ...]:
        """
        All rows of a table; of one that counts, those by size band of an area and its industries in the year that the
        key compares with. None where the release has no such table.
        """
        if table not in self._frames:
            return ()
        frame = self._frames[table]
        chosen = np.ones(len(frame), dtype=bool)
        if table in COUNTED:
            chosen &= (frame["area"] == key.area).to_numpy() & (frame["year"].astype(str) == key.other).to_numpy()
            chosen &= (frame["size_band"] != ALL).to_numpy() if "size_band" in frame.columns else True
            chosen &= frame["sic"].isin(self._industries(table, key.sub_sector)).to_numpy()
        return tuple(self._row(table, int(place)) for place in np.flatnonzero(chosen))

    def by_industry(self, table: str, key: Key) -> tuple[Row, ...]:
        """
        The rows of a table that counts, of an area in a year: of each industry that the input-output table has, or of
        those that are no creative suppliers where the key says so. None where the release has no such table.
        """
        left_out = self._classification.suppliers[SUPPLIERS[0]] if key.other == OTHER else ()
        buyers = [buyer for buyer in self._buyers if buyer not in left_out] if table in self._frames else []
        rows = (row for buyer in buyers for row in self._parts(table, key.area, buyer, key.year))
        return tuple(dict.fromkeys(rows))  # industries of the same division share its rows

    def _counts(self, table: str, key: Key) -> Iterator[Row]:
        known = self._years(table)
        second = [key.other] if key.other and (key.other in self._groups or self._named(key.other)) else []
        groups = [group for group in (key.sub_sector, *second) if group in self._groups or group in second]
        for area in (area for area in (key.area, key.other) if area in self._release.areas.index):
            for group in groups or [TOTAL]:
                for year in [year for year in known if year in (key.year, key.other)] or known:
                    yield from self._parts(table, area, group, year)

    def _parts(self, table: str, area: str, group: str, year: str) -> Iterator[Row]:
        """
        The rows that are added up to a count: of a derived level those of its members; over all industries the row
        `all` where the area has one. An industry without a row has one here that says so.
        """
        if area in self._derived:
            for member in self._release.members(area)["area"]:
                yield from self._parts(table, member, group, year)
            return
        there = self._here(table, area)
        total = group == TOTAL and (year, ALL) in there
        for code in (ALL,) if total else self._industries(table, group):
            place = there.get((year, code))
            yield self._absent(table, area, code, year) if place is None else self._row(table, place)

    def _of_area(self, table: str, area: str) -> dict[tuple[str, str], int]:
        """Year and industry → place of the row of an area."""
        frame = self._frames[table]
        here = frame["area"] == area
        if "size_band" in frame.columns:  # the bands are a second cut of the same local units
            here &= frame["size_band"] == ALL
        places = np.flatnonzero(here.to_numpy())
        years, codes = (frame[name].iloc[places].astype(str) for name in ("year", "sic"))
        return dict(zip(zip(years, codes, strict=True), places.tolist(), strict=True))

    def _codes(self, table: str, group: str) -> tuple[str, ...]:
        codes = sorted({str(code) for code in self._frames[table]["sic"].unique()} - {ALL})
        if group == TOTAL:
            return tuple(codes)
        if group not in self._groups:  # an industry of the input-output table, which is matched by divisions
            return tuple(code for code in codes if code[:2] in divisions(group))
        return match(self._classification.group(group), codes, self._release.info.absent_codes).codes

    def _named(self, word: str) -> tuple[str, ...]:
        """The industries of the input-output table that a word names: one, or several joined by ` & `."""
        return tuple(code for code in self._buyers if f" & {code} & " in f" & {spaced(word)} & ")

    @cached_property
    def _buyers(self) -> tuple[str, ...]:
        totals = self._frames.get("input_output_totals")
        return () if totals is None else tuple(spaced(str(code)) for code in totals["industry"].unique())

    def _all_years(self, table: str) -> list[str]:
        return sorted({str(year) for year in self._frames[table]["year"].unique()})

    @cached_property
    def _groups(self) -> set[str]:
        """Ids of all groups of industries."""
        known = (*self._classification.creative, self._classification.whole, *self._classification.comparisons)
        return {TOTAL, *(definition.id for definition in known)}

    def _wanted(self, table: str, key: Key) -> Mapping[str, Iterable[str]]:
        """Column of a table → the words that are asked for in it."""
        sectors = {sub_sector: group for group, sub_sector in GROUPS.items()}
        first, *_ = key.variant.split(".")
        members = self._release.local_members(key.area)["area"].tolist()
        asked: dict[str, Iterable[str]] = {
            "code": (key.area, *members),
            "group" if members else "area": (key.area,),
            "year": (key.year, key.other),
            "wave": (key.year, key.other),
            "sector": (key.sub_sector or "whole-economy",),
            "sector_group": (sectors.get(key.sub_sector, ""), key.other),
            "measure": (first, f"graduates-{first}"),
            "table": (MEASURED.get(first, ""),),
            "buyer": self._named(key.other),
            "industry": self._named(key.other),
            "supplier": self._classification.suppliers.get(first, ()),
        }
        if table != "membership":
            asked["area"] = (key.area, key.other)
        return {column: words for column, words in asked.items() if column in self._frames[table].columns}

    def _row(self, table: str, place: int) -> Row:
        columns, declared = self._columns[table], BY_NAME[table]
        value = float(columns[declared.value][place]) if declared.value else math.nan
        return Row(
            table,
            self._release.files.get(table, table),
            place + FIRST_ROW,
            key=tuple((name, str(columns[name][place])) for name in declared.key),
            name=self._name(str(columns["sic"][place])) if "sic" in declared.key else "",
            value=None if math.isnan(value) else value,
            status=Status(columns["status"][place]) if declared.has_status else Status.OK,
        )

    def _absent(self, table: str, area: str, code: str, year: str) -> Row:
        words = {"year": year, "area": area, "sic": code, "size_band": ALL}
        key = tuple((name, words[name]) for name in BY_NAME[table].key)
        return Row(table, self._release.files.get(table, table), None, key, self._name(code), None, Status.MISSING)

    def _name(self, code: str) -> str:
        return "All industries" if code == ALL else self._classification.names.get(code, "")
