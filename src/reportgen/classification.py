"""
Classification: versioned definitions of industries, and which codes of a table they take in.
Reads `data/classification/`; knows SIC 2007 as zero-padded strings; counts nothing.
"""

from __future__ import annotations

import csv
import datetime
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.errors import ConfigurationError, Problem

CREATIVE = "all"  # the sub-sector id of creative as a whole


@dataclass(frozen=True)
class Definition:
    """
    A group of industries.
    Args:
        entries: SIC codes as written (`21`, `30.3`, `6201`); each takes in every code that begins with it.
        without: entries taken out again, e.g. the creative classes out of KIBS.
    """

    id: str
    name: str
    short: str
    entries: tuple[str, ...]
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """Which codes of a table a definition takes in, and what stands in the way."""

    codes: tuple[str, ...]  # taken in, sorted
    coarser: tuple[str, ...]  # codes of the table that hold an entry and more besides: the table is too coarse
    unmatched: tuple[str, ...]  # entries, as written, that nothing in the table answers to


@dataclass(frozen=True)
class Classification:
    """One version: the creative sub-sectors in their published order, other groups, and all codes with names."""

    id: str
    title: str
    source: str
    valid_from: datetime.date
    valid_to: datetime.date | None
    creative: tuple[Definition, ...]
    groups: tuple[Definition, ...]
    names: Mapping[str, str]

    @property
    def whole(self) -> Definition:
        """Creative as a whole: the union of its sub-sectors."""
        entries = tuple(entry for part in self.creative for entry in part.entries)
        return Definition(CREATIVE, "All creative industries", "All creative", entries)

    def group(self, group: str) -> Definition:
        """The definition with this id, be it a sub-sector, `all`, or another group."""
        known = {definition.id: definition for definition in (*self.creative, self.whole, *self.groups)}
        return known[group]


def digits(entry: str) -> str:
    """
    A code as it stands in data: without its dots.

    >>> digits("30.3")
    '303'
    """
    return entry.replace(".", "")


def match(definition: Definition, codes: Collection[str], ignore: Collection[str] = ()) -> Match:
    """
    Hold a definition against the industry codes of a table.
    Args:
        codes: the codes of one table, a partition (none begins with another).
        ignore: entries, as written, that the release waives by name (`absent_codes`).
    Returns: the codes that begin with an entry; those that are only the beginning of one; entries left over.

    >>> match(Definition("d", "D", "D", ("21", "30.3", "6201")), ["2110", "2120", "30", "6202"])
    Match(codes=('2110', '2120'), coarser=('30',), unmatched=('6201',))
    """
    taken: set[str] = set()
    coarser: set[str] = set()
    unmatched: list[str] = []
    for entry in definition.entries:
        prefix = digits(entry)
        finer = {code for code in codes if code.startswith(prefix)}
        above = {code for code in codes if prefix.startswith(code) and code != prefix}
        taken |= finer
        coarser |= above
        if not finer and not above and entry not in ignore:
            unmatched.append(entry)
    out = tuple(digits(entry) for entry in definition.without)
    return Match(
        tuple(sorted(code for code in taken if not code.startswith(out))) if out else tuple(sorted(taken)),
        tuple(sorted(coarser)),
        tuple(unmatched),
    )


def available(folder: Path) -> list[str]:
    """The ids of all versions in a folder, sorted."""
    return sorted(path.stem for path in folder.glob("*.toml"))


def load(folder: Path, version: str) -> Classification:
    """
    Read one version.
    Raises: ConfigurationError: no such version, or a definition names a code that SIC 2007 does not know.
    """
    path = folder / f"{version}.toml"
    if not path.is_file():
        raise ConfigurationError(
            Problem(
                "unknown-classification",
                f"there is no classification version called {version}",
                "every indicator rests on its definitions",
                f"use one of: {', '.join(available(folder))}",
                file=path.name,
            )
        )
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    with (folder / written["codes"]).open(encoding="utf-8", newline="") as table:
        names = {row["code"]: row["name"] for row in csv.DictReader(table)}
    creative = tuple(
        Definition(key, part["name"], part["short"], tuple(part["codes"])) for key, part in written["creative"].items()
    )
    groups = _groups(written["groups"], tuple(entry for part in creative for entry in part.entries))
    _refuse_unknown_codes(path.name, (*creative, *groups), names)
    return Classification(
        id=written["id"],
        title=written["title"],
        source=written["source"],
        valid_from=written["valid_from"],
        valid_to=written.get("valid_to"),
        creative=creative,
        groups=groups,
        names=names,
    )


def _groups(written: Mapping[str, Mapping[str, object]], creative: tuple[str, ...]) -> tuple[Definition, ...]:
    groups: dict[str, Definition] = {}
    for key, part in written.items():
        name = str(part["name"])
        if "of" in part:  # a group net of the creative classes: counting those twice would show up as co-location
            groups[key] = Definition(key, name, name, groups[str(part["of"])].entries, without=creative)
        else:
            groups[key] = Definition(key, name, name, tuple(part["codes"]))  # type: ignore[arg-type]
    return tuple(groups.values())


def _refuse_unknown_codes(file: str, definitions: tuple[Definition, ...], names: Mapping[str, str]) -> None:
    problems = [
        Problem(
            "unknown-sic",
            f"{definition.name} names {entry}, which is no SIC 2007 code",
            "the definition would silently lose an industry",
            "correct the code; it has 2 to 5 digits, leading zeros included",
            file=file,
        )
        for definition in definitions
        for entry in definition.entries
        if digits(entry) not in names
    ]
    if problems:
        raise ConfigurationError(problems)
