"""
Classification: versioned definitions of industries, and which codes of a table they take in.
Reads `data/classification/`, a team's own before ours; knows SIC 2007 as zero-padded strings; counts nothing.
"""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from reportgen import toml
from reportgen.errors import ConfigurationError, Problem
from reportgen.resources import Folder, Resources
from reportgen.settings import Settings

CREATIVE = "all"  # the sub-sector id of creative as a whole
IT = "it-software-and-computer-services"  # the sub-sector that settings may leave out
WITHOUT_IT = "all-without-it"  # creative as a whole without it, whether or not the settings leave it out
SUPPLIERS = ("creative", "narrow", "partly-creative")  # lists of supplying industries; all lie in the first
DIVISION = re.compile(r"(?<![\d._])\d{2}")  # in a code of the input-output table: J62, C10.1, B06 & B07, C235_6
WANTED = {"id": str, "title": str, "source": str, "valid_from": datetime.date, "codes": str, "creative": dict}


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
    """
    One version: the creative sub-sectors in their published order, other groups, and all codes with names.
    Args:
        left_out: sub-sectors that the version has, but that do not count in this run.
        suppliers: list of SUPPLIERS → industries of the input-output table whose sales are creative inputs: `creative`
            all of them, `narrow` those that are named inputs, `partly-creative` those that hold much besides. They do
            not depend on the settings. Empty if the version names none.
        without_jobs: industries of that table that are reckoned, not worked in (imputed rents).
        industries: industry of that table → its name inside a sentence; empty if the version names none.
    """

    id: str
    title: str
    source: str
    valid_from: datetime.date
    valid_to: datetime.date | None
    creative: tuple[Definition, ...]
    groups: tuple[Definition, ...]
    names: Mapping[str, str]
    left_out: tuple[Definition, ...] = ()
    suppliers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    without_jobs: tuple[str, ...] = ()
    industries: Mapping[str, str] = field(default_factory=dict)

    def without(self, sub_sector: str) -> Classification:
        """
        The version with one creative sub-sector left out. Other groups stay: KIBS net is net of all published creative
        classes whatever counts here, so that its figures can be compared.
        Raises: ConfigurationError: the version has no such sub-sector.
        """
        gone = tuple(part for part in self.creative if part.id == sub_sector)
        if not gone:
            what, why = f"{self.id} has no sub-sector {sub_sector}", "the setting it = false leaves this one out"
            fix = "set it = true, or use a classification that has the sub-sector"
            raise ConfigurationError(Problem("unknown-sub-sector", what, why, fix, file=f"{self.id}.toml"))
        rest = tuple(part for part in self.creative if part.id != sub_sector)
        return replace(self, creative=rest, left_out=(*self.left_out, *gone))

    @property
    def whole(self) -> Definition:
        """Creative as a whole: the union of its sub-sectors."""
        entries = tuple(entry for part in self.creative for entry in part.entries)
        return Definition(CREATIVE, "All creative industries", "All creative", entries)

    @property
    def comparisons(self) -> tuple[Definition, ...]:
        """Groups that creative industries are held against: themselves without IT where they have it, and others."""
        rest = tuple(entry for part in self.creative if part.id != IT for entry in part.entries)
        has_it = any(part.id == IT for part in (*self.creative, *self.left_out))
        name = "Creative industries without IT, software and computer services"
        without = (Definition(WITHOUT_IT, name, "All without IT", rest),) if has_it and rest else ()
        return (*without, *self.groups)

    def group(self, group: str) -> Definition:
        """The definition with this id, be it a sub-sector, `all`, or another group."""
        known = {definition.id: definition for definition in (*self.creative, self.whole, *self.comparisons)}
        return known[group]

    def industry(self, code: str) -> str:
        """The name of an industry of the input-output table inside a sentence; its code where nobody named it."""
        return self.industries.get(code, code)


def digits(entry: str) -> str:
    """
    A code as it stands in data: without its dots.

    >>> digits("30.3")
    '303'
    """
    return entry.replace(".", "")


def divisions(industry: str) -> frozenset[str]:
    """
    The divisions of SIC 2007 that an industry of the input-output table lies in: letters and parts are dropped.

    >>> [sorted(divisions(code)) for code in ("J62", "C10.1", "J59 & J60", "C1101T1106 & C12", "C235_6")]
    [['62'], ['10'], ['59', '60'], ['11', '12'], ['23']]
    """
    return frozenset(DIVISION.findall(industry))


def spaced(industry: str) -> str:
    """
    A code of the input-output table with single blanks in it, as it is compared.

    >>> spaced("F41, F42  & F43")
    'F41, F42 & F43'
    """
    return " ".join(industry.split())


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


def available(folder: Folder) -> list[str]:
    """The ids of all versions in a folder, sorted."""
    return [name.removesuffix(".toml") for name in folder.files("*.toml")]


def chosen(resources: Resources, version: str, settings: Settings) -> Classification:
    """
    The definitions that a run rests on: of the version that its release names, as the settings have it.
    Raises: ConfigurationError: as `load`, or there is nothing to leave out.
    """
    whole = load(resources.classification, version)
    return whole if settings.it else whole.without(IT)


def load(folder: Folder, version: str) -> Classification:
    """
    Read one version.
    Raises: ConfigurationError: no such version, it lacks something, or names a code that SIC 2007 does not know.
    """
    path = folder.find(f"{version}.toml")
    if path is None:
        raise ConfigurationError(
            Problem(
                "unknown-classification",
                f"there is no classification version called {version}",
                "every indicator rests on its definitions",
                f"use one of: {', '.join(available(folder))}",
                file=f"{version}.toml",
            )
        )
    written = _read(path)
    names = _read_codes(folder, path.name, written["codes"])
    creative = tuple(
        Definition(key, part["name"], part["short"], tuple(part["codes"])) for key, part in written["creative"].items()
    )
    groups = _groups(written.get("groups", {}), tuple(entry for part in creative for entry in part.entries))
    _refuse_unknown_codes(path.name, (*creative, *groups), names)
    suppliers = {key: tuple(map(spaced, codes)) for key, codes in written.get("suppliers", {}).items()}
    without_jobs = tuple(map(spaced, written.get("buyers", {}).get("without-jobs", ())))
    _refuse_unknown_industries(path.name, suppliers, without_jobs, names)
    industries = _read_codes(folder, path.name, written["industries"]) if "industries" in written else {}
    return Classification(
        id=written["id"],
        title=written["title"],
        source=written["source"],
        valid_from=written["valid_from"],
        valid_to=written.get("valid_to"),
        creative=creative,
        groups=groups,
        names=names,
        suppliers=suppliers,
        without_jobs=without_jobs,
        industries={spaced(code): name for code, name in industries.items()},
    )


def _read(path: Path) -> Mapping[str, Any]:
    """The file of a version, with all that is taken from it."""
    problems: list[Problem] = []
    written = toml.parse(path.read_bytes(), path.name, problems)
    why = "every indicator rests on its definitions"
    fix = "write it as the dcms-sic2007.toml that came with reportgen does"
    problems += [
        Problem("bad-classification", f"{key} is missing or of the wrong kind", why, fix, file=path.name)
        for key in (_missing(written) if written is not None else ())
    ]
    if problems or written is None:
        raise ConfigurationError(problems)
    return written


def _missing(written: Mapping[str, Any]) -> Iterator[str]:
    """The keys that are not there, or hold something that they cannot."""
    yield from (key for key, kind in WANTED.items() if not isinstance(written.get(key), kind))
    if not isinstance(written.get("industries", ""), str):
        yield "industries"
    for table, wanted in (("creative", ("name", "short", "codes")), ("groups", ("name", "codes"))):
        parts = written.get(table, {})
        before: list[str] = []
        for id, part in parts.items() if isinstance(parts, dict) else ():
            derived = isinstance(part, dict) and part.get("of") in before  # net of the creative classes
            for key in wanted:
                of = part.get(key) if isinstance(part, dict) else None
                listed = isinstance(of, list) and all(isinstance(code, str) for code in of)
                if not (listed or derived if key == "codes" else isinstance(of, str)):
                    yield f"{table}.{id}.{key}"
            before.append(id)
    for table, known in (("suppliers", SUPPLIERS), ("buyers", ("without-jobs",))):
        lists = written.get(table, {})
        if not isinstance(lists, dict) or (table == "suppliers" and lists and SUPPLIERS[0] not in lists):
            yield table
            continue
        yield from (f"{table}.{id}" for id, codes in lists.items() if id not in known or not _listed(codes))


def _listed(value: object) -> bool:
    """Whether it is a list of texts, with something in it."""
    return isinstance(value, list) and bool(value) and all(isinstance(code, str) for code in value)


def _read_codes(folder: Folder, file: str, name: str) -> dict[str, str]:
    """All codes of SIC 2007, or of the input-output table, with their names."""
    path = folder.find(name)
    rows = [] if path is None else list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    if not rows or not {"code", "name"} <= rows[0].keys():
        what, why = f"there is no table of codes {name} with columns code and name", "definitions are held against it"
        fix = 'write codes = "sic2007.csv", or put the table beside the definitions'
        raise ConfigurationError(Problem("bad-classification", what, why, fix, file=file))
    return {row["code"]: row["name"] for row in rows}


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


def _refuse_unknown_industries(
    file: str, suppliers: Mapping[str, tuple[str, ...]], without_jobs: tuple[str, ...], names: Mapping[str, str]
) -> None:
    """Industries of the input-output table must lie in divisions of SIC 2007, and the parts of a list in the whole."""
    listed = {**{f"suppliers.{key}": codes for key, codes in suppliers.items()}, "buyers.without-jobs": without_jobs}
    problems = [
        Problem(
            "unknown-sic",
            f"{key} names {code}, which is in no division of SIC 2007",
            "inputs from it, or jobs in it, would silently be lost",
            'write it as the input-output table does, as in "J62" or "J59 & J60"',
            file=file,
        )
        for key, codes in listed.items()
        for code in codes
        if not divisions(code) or not divisions(code) <= names.keys()
    ]
    problems += [
        Problem(
            "bad-classification",
            f"suppliers.{key} names {code}, which suppliers.{SUPPLIERS[0]} lacks",
            "a part cannot hold more than the whole",
            "add it there, or take it out here",
            file=file,
        )
        for key, codes in suppliers.items()
        for code in codes
        if code not in suppliers[SUPPLIERS[0]]
    ]
    if problems:
        raise ConfigurationError(problems)
