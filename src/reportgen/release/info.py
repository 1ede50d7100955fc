"""
Info: what `release.toml` says, checked; the first thing that is read of a release, and fast.
Knows the keys of that file and nothing of tables' contents; loads neither pandas nor pyarrow.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, cast, get_args

from reportgen.errors import DataError, Problem
from reportgen.nearest import did_you_mean
from reportgen.release.files import outside, too_large
from reportgen.release.model import AreaKind, Break, Level, RawFile, ReleaseInfo, Source
from reportgen.release.tables import BY_NAME
from reportgen.toml import parse
from reportgen.toml import value as _value

FILE = "release.toml"
STATUSES = ("illustrative", "provisional", "final")
SHA256 = re.compile("[0-9a-f]{64}")
ID = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")  # ids become parts of paths
YEAR = re.compile(r"\d{4}")
SENTENCE = re.compile(r"[A-Z].+\.")
BARE = re.compile(r"[A-Za-z0-9_-]+")  # keys that TOML takes without quotes
ILLUSTRATIVE = "illustrative-"
BOUNDARIES = "boundaries"  # not a table, but something with a source
DATED = tuple(name for name, table in BY_NAME.items() if "year" in table.key)
MOST_BYTES = 1 << 20  # of a TOML file; the longest of ours has some ten thousand


def read_info(folder: Path) -> ReleaseInfo:
    """
    What the `release.toml` of a folder says.
    Raises: DataError: the file is missing, is no TOML, or lacks, misspells or contradicts something.
    """
    problems: list[Problem] = []
    info = find_info(folder, problems)
    if problems or info is None:
        raise DataError(problems)
    return info


def find_info(folder: Path, problems: list[Problem]) -> ReleaseInfo | None:
    """What the `release.toml` of a folder says, good only if nothing is added to `problems`."""
    linked = outside(folder, FILE)
    if linked is not None:
        problems.append(linked)
        return None
    written = read_toml(folder / FILE, problems)
    return parse_info(written, FILE, problems) if written is not None else None


def read_toml(path: Path, problems: list[Problem]) -> Mapping[str, Any] | None:
    """The contents of a TOML file; what stands in the way is added to `problems`."""
    if not path.is_file():
        problems.append(
            Problem(
                "missing-file",
                f"there is no {path.name}",
                "it says what the data are; nothing can be read without it",
                f"add {path.name}, or name the folder that holds it",
                file=path.name,
            )
        )
        return None
    large = too_large(path, MOST_BYTES, "leave out what is no setting: tables have files of their own")
    if large is not None:
        problems.append(large)
        return None
    return parse(path.read_bytes(), path.name, problems)


class Keys:
    """One table of a TOML file: hands out its values by key, and notes what is wrong with them."""

    def __init__(self, written: object, file: str, where: str, problems: list[Problem]) -> None:
        self.file, self.where, self.problems = file, where, problems
        self.written: Mapping[str, Any] = written if isinstance(written, Mapping) else {}
        self.asked: set[str] = set()
        if not isinstance(written, Mapping):
            self.complain("wrong-value", f"{where} is a single value", f"write it as a table: [{where}]")

    def complain(
        self, kind: str, what: str, fix: str, detail: str = "", why: str = "packs print, name or compute with it"
    ) -> None:
        self.problems.append(Problem(kind, what, why, fix, file=self.file, detail=detail))

    def name(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def get(self, key: str, wanted: type, called: str, default: Any = None) -> Any:
        """The value of a key if it is of the wanted type, else the default; noted if there is none."""
        self.asked.add(key)
        if key not in self.written:
            if default is None:
                self.complain("missing-key", f"{self.name(key)} is missing", f"add {key} = …, {called}")
                return wanted() if wanted is not datetime.date else datetime.date.min
            return default
        value = self.written[key]
        if type(value) is not wanted:  # neither True for 1 nor a time for a day
            self.complain("wrong-value", f"{self.name(key)} is not {called}", f"write {called}", f"{key} = {value!r}")
            return wanted() if wanted is not datetime.date else datetime.date.min
        return value

    def text(self, key: str, default: str | None = None) -> str:
        text = str(self.get(key, str, "a text in double quotes", default))
        if key in self.written and self.written[key] == "" and default is None:
            self.complain("missing-key", f"{self.name(key)} is empty", "say it in words")
        return text

    def texts(self, key: str, default: list[str] | None = None) -> tuple[str, ...]:
        found = self.get(key, list, "a list of texts in double quotes", default)
        if any(not isinstance(each, str) for each in found):
            self.complain("wrong-value", f"{self.name(key)} holds something else than texts", "put each in quotes")
        return tuple(str(each) for each in found)

    def choice(self, key: str, allowed: Collection[str]) -> str:
        text = self.text(key)
        if text and text not in allowed:
            fix = f"write one of {', '.join(allowed)}{did_you_mean(text, allowed)}"
            self.complain("unknown-choice", f"{self.name(key)} is none of the known words", fix, f'{key} = "{text}"')
        return text

    def table(self, key: str, default: Mapping[str, Any] | None = None) -> Keys:
        self.asked.add(key)
        if key not in self.written and default is None:
            self.complain("missing-key", f"[{self.name(key)}] is missing", f"add the table [{self.name(key)}]")
        return Keys(self.written.get(key, default or {}), self.file, self.name(key), self.problems)

    def finish(self) -> None:
        """Note the keys that nobody asked for: misspelt ones would otherwise be lost in silence."""
        for key in sorted(set(self.written) - self.asked):
            meant = did_you_mean(key, self.asked)
            self.complain("unknown-key", f"{self.name(key)} is no key of this file", f"correct or delete it{meant}")


def parse_info(
    written: Mapping[str, Any], file: str, problems: list[Problem], further: Collection[str] = ()
) -> ReleaseInfo:
    """
    The identity of a release out of the contents of its TOML file.
    Args:
        problems: what is wrong is added here; the result is good only if nothing was.
        further: keys that the file may have besides, e.g. those of a recipe.
    """
    keys = Keys(written, file, "", problems)
    keys.asked |= set(further)
    areas = keys.table("areas")
    info = ReleaseInfo(
        id=keys.text("id"),
        title=keys.text("title"),
        reference_period=keys.text("reference_period"),
        published=keys.get("published", datetime.date, "a day such as 2025-12-01, without quotes"),
        status=cast(Any, keys.choice("status", STATUSES)),
        revision=keys.get("revision", int, "a whole number"),
        geography=keys.text("geography"),
        classification=keys.text("classification"),
        sources=_sources(keys),
        levels=_levels(keys),
        national=areas.text("national"),
        great_britain=areas.text("great_britain"),
        london=areas.text("london"),
        derive_levels=keys.texts("derive_levels", []),
        absent_codes=keys.texts("absent_codes", []),
        provisional_years=_provisional(keys),
        breaks=_breaks(keys),
        raw_files=_raw_files(keys),
    )
    areas.finish()
    keys.finish()
    _contradictions(info, keys)
    return info


def _levels(keys: Keys) -> dict[str, Level]:
    tables = keys.table("levels")
    levels = {}
    for id in tables.written:
        level = tables.table(id)
        levels[id] = Level(
            id, level.text("singular"), level.text("plural"), cast(Any, level.choice("kind", get_args(AreaKind)))
        )
        level.finish()
    return levels


def _sources(keys: Keys) -> tuple[Source, ...]:
    written = keys.get("sources", list, "one table [[sources]] or more")
    sources = []
    for number, each in enumerate(written, start=1):
        source = Keys(each, keys.file, f"sources[{number}]", keys.problems)
        tables = _tables(source)
        name, publisher, licence = source.text("name"), source.text("publisher"), source.text("licence")
        sources.append(Source(name, tables, publisher, licence, source.text("attribution"), source.text("url", "")))
        source.finish()
    return tuple(sources)


def _tables(source: Keys) -> tuple[str, ...]:
    """What something is the source of: tables, and boundaries."""
    tables = source.texts("tables")
    for table in tables:
        if table not in (*BY_NAME, BOUNDARIES):
            fix = f"name tables of the release{did_you_mean(table, [*BY_NAME, BOUNDARIES])}"
            source.complain("unknown-table", f"{source.name('tables')} names no known table", fix, table)
    return tables


def _provisional(keys: Keys) -> tuple[str, ...]:
    years = keys.texts("provisional_years", [])
    for year in years:
        if not YEAR.fullmatch(year):
            fix = 'write years of four digits in double quotes: ["2024"]'
            keys.complain("wrong-value", "provisional_years holds something else than years", fix, year)
    return years


def _breaks(keys: Keys) -> tuple[Break, ...]:
    """Where series break; the sentence is printed as it stands, beside every number that reaches across."""
    breaks = []
    for number, each in enumerate(keys.get("breaks", list, "tables [[breaks]]", []), start=1):
        found = Keys(each, keys.file, f"breaks[{number}]", keys.problems)
        year, what, tables = found.get("year", int, "a year such as 2021"), found.text("what"), _tables(found)
        if "year" in found.written and not YEAR.fullmatch(str(year)):
            found.complain("wrong-value", f"{found.name('year')} is no year of four digits", "write one", str(year))
        if what and not SENTENCE.fullmatch(what):
            fix = "begin it with a capital letter and end it with a full stop"
            found.complain("wrong-value", f"{found.name('what')} is no whole sentence", fix, what)
        if "tables" in found.written and not set(tables) & set(DATED):
            fix = f"name at least one of {', '.join(DATED)}"
            found.complain("wrong-value", f"{found.name('tables')} names no table with years", fix)
        found.finish()
        breaks.append(Break(year, what, tables))
    return tuple(breaks)


def _raw_files(keys: Keys) -> tuple[RawFile, ...]:
    files = []
    for number, each in enumerate(keys.get("raw_files", list, "tables [[raw_files]]", []), start=1):
        file = Keys(each, keys.file, f"raw_files[{number}]", keys.problems)
        name, size = file.text("name"), file.get("bytes", int, "a whole number of bytes")
        sha256 = file.text("sha256")
        if sha256 and not SHA256.fullmatch(sha256):
            file.complain(
                "wrong-value", f"{file.name('sha256')} is no SHA-256", "write its 64 hexadecimal digits", sha256
            )
        files.append(RawFile(name, size, sha256, _tables(file)))
        file.finish()
    return tuple(files)


def _contradictions(info: ReleaseInfo, keys: Keys) -> None:
    """What no single key shows."""
    for id in (info.id, *info.levels):
        if id and not ID.fullmatch(id):
            fix = "use lower-case letters, digits, and single hyphens or dots between them"
            keys.complain("bad-id", f'"{id}" cannot be an id', fix)
    if info.id and info.id.startswith(ILLUSTRATIVE) != info.illustrative:
        keys.complain(
            "illustrative-id",
            f"the id of an illustrative release, and of no other, begins with {ILLUSTRATIVE}",
            "correct the id or the status",
            f'id = "{info.id}", status = "{info.status}"',
        )
    if info.revision < 0:
        keys.complain("wrong-value", "revision is negative", "count revisions from 0 or 1", str(info.revision))
    for id in info.derive_levels:
        if id not in info.levels:
            fix = f"name levels that [levels] declares{did_you_mean(id, info.levels)}"
            keys.complain("unknown-level", "derive_levels names a level that is not declared", fix, id)
    if info.levels and "national" not in {level.kind for level in info.levels.values()}:
        keys.complain("missing-key", "no level is of kind national", 'give one level kind = "national"')


def as_toml(info: ReleaseInfo) -> str:
    """The text of a `release.toml` that reads back as `info`."""
    lines = [
        *(f"{key} = {_value(getattr(info, key))}" for key in ("id", "title", "reference_period", "published")),
        *(f"{key} = {_value(getattr(info, key))}" for key in ("status", "revision", "geography", "classification")),
        *(f"{key} = {_value(getattr(info, key))}" for key in ("derive_levels", "absent_codes")),
        *([f"provisional_years = {_value(info.provisional_years)}"] if info.provisional_years else []),
        *["", "[areas]", *(f"{key} = {_value(getattr(info, key))}" for key in ("national", "great_britain", "london"))],
    ]
    for level in info.levels.values():
        lines += ["", f"[levels.{level.id if BARE.fullmatch(level.id) else _value(level.id)}]"]
        lines += [f"{key} = {_value(getattr(level, key))}" for key in ("singular", "plural", "kind")]
    for source in info.sources:
        lines += ["", "[[sources]]"]
        keys = ("name", "tables", "publisher", "licence", "attribution", "url")
        lines += [f"{key} = {_value(getattr(source, key))}" for key in keys if getattr(source, key) != ""]
    for each in info.breaks:
        lines += ["", "[[breaks]]"]
        lines += [f"{key} = {_value(getattr(each, key))}" for key in ("year", "what", "tables")]
    for file in info.raw_files:
        lines += ["", "[[raw_files]]"]
        lines += [f"{key} = {_value(getattr(file, key))}" for key in ("name", "bytes", "sha256", "tables")]
    return "\n".join(lines) + "\n"
