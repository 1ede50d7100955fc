"""
Model: a release as the rest of the road sees it. Frames are typed and checked; nothing is summed, filled or guessed.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:  # who only asks what a release is called need not wait for pandas
    import pandas as pd

LEAST_SHARE = 0.1  # an area belongs to a group's page with at least this part of it inside
MOST_OF_IT = 0.5  # an area lies in a group for the most part with this share of it
AreaKind = Literal["national", "benchmark", "regional", "local", "custom"]
PackKind = Literal["national", "regional", "local"]


@dataclass(frozen=True)
class Level:
    """A level of areas and what one calls it: `travel-to-work area`, `travel-to-work areas`, kind `local`."""

    id: str
    singular: str
    plural: str
    kind: AreaKind


@dataclass(frozen=True)
class Source:
    """Where tables come from and what their licence asks us to print."""

    name: str
    tables: tuple[str, ...]
    publisher: str
    licence: str
    attribution: str
    url: str = ""


@dataclass(frozen=True)
class RawFile:
    """A file that an imported release was made from: its name, size and SHA-256 (hexadecimal), and what it fed."""

    name: str
    bytes: int
    sha256: str
    tables: tuple[str, ...]


@dataclass(frozen=True)
class Break:
    """
    A year from which on figures are not quite of the same thing as before: a definition or a boundary changed.
    Args:
        year: the first year of the new kind; what: a whole sentence; tables: those whose figures broke.
    """

    year: int
    what: str
    tables: tuple[str, ...]


@dataclass(frozen=True)
class ReleaseInfo:
    """
    What `release.toml` says: identity, dates, status, the names of levels, the codes with a part to play, which years
    are provisional, where series break, and which raw files the release was made from, if it was imported.
    """

    id: str
    title: str
    reference_period: str
    published: datetime.date
    status: Literal["illustrative", "provisional", "final"]
    revision: int
    geography: str
    classification: str
    sources: tuple[Source, ...]
    levels: Mapping[str, Level]
    national: str
    great_britain: str
    london: str
    derive_levels: tuple[str, ...] = ()
    absent_codes: tuple[str, ...] = ()
    provisional_years: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()
    raw_files: tuple[RawFile, ...] = ()

    @property
    def illustrative(self) -> bool:
        return self.status == "illustrative"

    @property
    def source_date_epoch(self) -> int:
        """Seconds from 1970 to the day of publication, UTC: the only clock that an output may show."""
        midnight = datetime.datetime.combine(self.published, datetime.time(), tzinfo=datetime.UTC)
        return int(midnight.timestamp())


@dataclass(
    frozen=True, eq=False
)  # two releases are the same only if they are one object: frames have no cheap equality
class Release:
    """
    One data release, checked.
    Frames hold the columns of `tables.py` in that order; codes, names and status are strings (categories), `year` an
    integer, counts and numbers floats that are NaN exactly where the status (`ok`, `low-reliability`, `suppressed`,
    `missing`, `not-applicable`; never empty here) says that no value is given.
    Args:
        areas: indexed by code, columns name, level, parent, latitude, longitude, in file order.
        boundaries: code → GeoJSON geometry (a mapping with `type` and `coordinates`, WGS 84).
        no_data: name → geometry of shapes drawn for context that are no area of the release.
        files: table → name of the file in the folder, as in `employment.csv.gz`; rows of frames keep file order, so
            row i of a frame stands in record i + 2 of its file (the header is 1).
    """

    info: ReleaseInfo
    areas: pd.DataFrame
    employment: pd.DataFrame
    businesses: pd.DataFrame | None = None
    innovation: pd.DataFrame | None = None
    gva: pd.DataFrame | None = None
    input_output: pd.DataFrame | None = None
    input_output_totals: pd.DataFrame | None = None
    universities: pd.DataFrame | None = None
    membership: pd.DataFrame | None = None
    neighbours: pd.DataFrame | None = None
    crosswalk: pd.DataFrame | None = None
    boundaries: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    no_data: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    def level_of(self, area: str) -> Level:
        return self.info.levels[self._level_ids[area]]

    def name_of(self, area: str) -> str:
        return self._names[area]

    @cached_property
    def _names(self) -> dict[str, str]:
        return {str(code): str(name) for code, name in self.areas["name"].items()}

    @cached_property
    def _level_ids(self) -> dict[str, str]:
        return {str(code): str(level) for code, level in self.areas["level"].items()}

    @cached_property
    def _asked(self) -> dict[tuple[str, ...], Any]:
        """What was answered about areas that belong together: every pack asks again, and about the same groups."""
        return {}

    def pack_kind(self, area: str) -> PackKind:
        """Which kind of pack an area has: a custom area that is made of local ones is told like a region."""
        kind = self.level_of(area).kind
        if kind == "custom" and len(self.local_members(area)):
            return "regional"
        return kind if kind in ("national", "regional") else "local"

    def packs(self) -> list[str]:
        """Codes of all areas that get a pack, in file order: every level but the benchmarks."""
        benchmarks = set(self.at_level("benchmark"))
        return [str(code) for code in self.areas.index if code not in benchmarks]

    def local_members(self, group: str, least: float = LEAST_SHARE) -> pd.DataFrame:
        """
        The local areas of which at least so much lies in a group: by default those that its pack lists and counts.
        Returns: columns area, share, as `members`; where members are groups themselves, their local areas. For the
        national area and benchmarks: all local areas, share 1.
        """
        key = ("local members", group, str(least))
        if key not in self._asked:
            self._asked[key] = self._local_members(group, least)
        return self._asked[key].copy()

    def _local_members(self, group: str, least: float) -> pd.DataFrame:
        import pandas as pd

        local = self.at_level("local")
        if self.level_of(group).kind in ("national", "benchmark"):
            return pd.DataFrame({"area": local, "share": [1.0] * len(local)})
        shares = self._local_shares(group, frozenset(local))
        found = sorted((-min(share, 1.0), area) for area, share in shares.items() if share >= least)
        return pd.DataFrame({"area": [area for _, area in found], "share": [-share for share, _ in found]})

    def _local_shares(self, group: str, local: frozenset[str], above: tuple[str, ...] = ()) -> dict[str, float]:
        """Local area → how much of it lies in a group; `above` are the groups that this one was reached through."""
        shares: dict[str, float] = {}
        found = self.members(group)
        for area, share in zip(found["area"], found["share"], strict=True):
            if area in local:
                shares[area] = shares.get(area, 0.0) + share
            elif area not in (*above, group):
                for below, part in self._local_shares(area, local, (*above, group)).items():
                    shares[below] = shares.get(below, 0.0) + share * part
        return shares

    def regions_of(self, area: str) -> dict[str, float]:
        """
        The regions that an area lies in → the share of it there, at least `LEAST_SHARE`; the biggest share first, then
        by name. A custom area that is made of local ones lies where any of them lies for the most part; its share there
        is their average.
        """
        key = ("regions", area)
        if key not in self._asked:
            self._asked[key] = self._regions_of(area)
        return dict(self._asked[key])

    def _regions_of(self, area: str) -> dict[str, float]:
        parts, least = [area], LEAST_SHARE
        if self.level_of(area).kind == "custom" and len(members := self.local_members(area)):
            parts, least = members.loc[members["share"] >= MOST_OF_IT, "area"].tolist(), MOST_OF_IT
        found = {}
        for region in self.at_level("regional"):
            members = self.members(region)
            shares = members.loc[members["area"].isin(parts), "share"]
            if shares.max() >= least:  # not a number where none of them is there
                found[region] = float(shares.sum()) / len(parts)
        return dict(sorted(found.items(), key=lambda each: (-each[1], self.name_of(each[0]))))

    def outline_of(self, area: str) -> list[str]:
        """Codes of the shapes that show an area: its own or, for a custom one, its members'; none where one lacks."""
        if area in self.boundaries or self.level_of(area).kind != "custom":
            return [area] if area in self.boundaries else []
        members = self.members(area)
        parts = [self.outline_of(str(code)) for code in members.loc[members["share"] >= MOST_OF_IT, "area"]]
        return [code for part in parts for code in part] if all(parts) else []

    def at_level(self, kind: AreaKind) -> list[str]:
        """Codes of all areas whose level is of this kind, in file order."""
        levels = {level.id for level in self.info.levels.values() if level.kind == kind}
        return [code for code, level in self._level_ids.items() if level in levels]

    def members(self, group: str) -> pd.DataFrame:
        """
        The areas that belong to a group, with the share of each that lies in it.
        Returns: columns area, share (0–1), biggest share first, then by code. From `membership` where that names the
        group, else every area whose `parent` it is, with share 1: but no custom area, which lies over the others.
        """
        key = ("members", group)
        if key not in self._asked:
            self._asked[key] = self._members(group)
        return self._asked[key].copy()

    def _members(self, group: str) -> pd.DataFrame:
        import pandas as pd

        if self.membership is not None:
            rows = self.membership[self.membership["group"] == group]
            if len(rows):
                found = pd.DataFrame({"area": rows["area"].astype(str), "share": rows["share"].astype(float)})
                return found.sort_values(["share", "area"], ascending=[False, True], ignore_index=True)
        custom = set(self.at_level("custom"))
        codes = sorted({str(code) for code in self.areas.index[self.areas["parent"] == group]} - custom)
        return pd.DataFrame({"area": codes, "share": [1.0] * len(codes)})
