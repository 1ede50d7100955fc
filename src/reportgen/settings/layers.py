"""
Layers: which value each setting has, and where it comes from: flags over environment over the working folder's file
over defaults. Each layer is checked by itself, so that a mistake is told of the place where it stands.
Reads that one file; the environment and the flags are handed in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict

from reportgen import toml
from reportgen.errors import ConfigurationError, Problem
from reportgen.settings import Settings
from reportgen.settings.faults import explain, unknown_variable
from reportgen.settings.schema import Path, names

FILE = "reportgen.toml"
PREFIX, NESTED = "REPORTGEN_", "__"
DEFAULT = "default"
_TABLE = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"\s*([\w.-]+)\s*=")
_LONG_TEXT = re.compile(r'"""[\s\S]*?"""|' + r"'''[\s\S]*?'''")


@dataclass(frozen=True)
class Loaded:
    """
    The settings that hold, and where each value comes from.
    Args:
        origins: dotted name → `default`, `reportgen.toml:12`, `REPORTGEN_ACCENT` or `--out`.
    """

    settings: Settings
    origins: Mapping[str, str]


@dataclass(frozen=True)
class _Layer:
    """What one place says: dotted name → value, and → origin. Where anything is wrong in it, problems alone."""

    values: Mapping[str, Any]
    origins: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


def load(folder: File, environ: Mapping[str, str], flags: Mapping[str, object]) -> Loaded:
    """
    The settings that hold in a folder.
    Args:
        folder: the working folder; its reportgen.toml is read if there is one.
        environ: variables of the environment; those that begin with PREFIX are settings.
        flags: setting → value of the option of its name; None where it was not given.
    Raises: ConfigurationError: with all that is wrong in all layers.
    """
    layers = [_from_file(folder / FILE), _from_environment(environ), _from_flags(flags)]
    problems = [problem for layer in layers for problem in layer.problems]
    if problems:
        raise ConfigurationError(problems)
    values: dict[str, Any] = {}
    origins = dict.fromkeys(names(), DEFAULT)
    for layer in layers:
        values |= layer.values
        origins |= layer.origins
    return Loaded(Settings.model_validate(_nested(values)), origins)


def variable(name: str) -> str:
    """
    The environment variable of a setting.

    >>> variable("hotspot.creative_units")
    'REPORTGEN_HOTSPOT__CREATIVE_UNITS'
    """
    return PREFIX + name.upper().replace(".", NESTED)


def _from_file(path: File) -> _Layer:
    """Strictly: a number in quotes is a slip, and is told as one."""
    if not path.is_file():
        return _Layer({}, {})
    problems: list[Problem] = []
    data = path.read_bytes()
    written = toml.parse(data, path.name, problems)
    if written is None:
        return _Layer({}, {}, tuple(problems))
    rows = _rows(data.decode("utf-8-sig"))
    as_json = json.dumps(written, default=str)  # a day, which TOML has and no setting is, counts as its text
    try:
        Settings.model_validate_json(as_json, strict=True)
    except ValidationError as error:
        return _Layer({}, {}, tuple(explain(error, path.name, lambda at: _row(at, rows), _key)))
    values = _flat(json.loads(as_json))
    where = {name: _row(tuple(name.split(".")), rows) for name in values}
    return _Layer(values, {name: f"{path.name}:{row}" if row else path.name for name, row in where.items()})


def _from_environment(environ: Mapping[str, str]) -> _Layer:
    known = {variable(name): name for name in names()}
    ours = {name: text for name, text in environ.items() if name.startswith(PREFIX)}
    problems = [unknown_variable(name, list(known)) for name in sorted(ours.keys() - known.keys())]
    found = {name: text for name, text in ours.items() if name in known}
    values = _Variables(found)()
    problems += _wrong(values, "environment", lambda at: variable(_name(at)))
    if problems:
        return _Layer({}, {}, tuple(problems))
    return _Layer(_flat(values), {known[name]: name for name in found})


def _from_flags(flags: Mapping[str, object]) -> _Layer:
    given = {name: value for name, value in flags.items() if value is not None}
    problems = _wrong(_nested(given), "", lambda at: _option(_name(at)))
    return _Layer(given, {name: _option(name) for name in given}, tuple(problems))


class _WithSources(Settings, BaseSettings):
    """The settings in the form that pydantic-settings takes."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter=NESTED)


class _Variables(EnvSettingsSource):
    """Reads the variables that it is handed, not those of the process."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        super().__init__(_WithSources)

    def _load_env_vars(self) -> Mapping[str, str | None]:
        return {name.lower(): text for name, text in self._environ.items()}

    def decode_complex_value(self, field_name: str, field: FieldInfo, value: Any) -> Any:
        """A list is JSON or, shorter, its entries with commas between them; what is neither is refused later."""
        try:
            return super().decode_complex_value(field_name, field, value)
        except ValueError:
            return [entry.strip() for entry in value.split(",")] if "," in value else value


def _wrong(values: Mapping[str, Any], file: str, written: Callable[[Path], str]) -> list[Problem]:
    """What is wrong with values that came as text, and are taken as what the text means."""
    try:
        Settings.model_validate(values)
    except ValidationError as error:
        return list(explain(error, file, lambda at: None, written))
    return []


def _rows(text: str) -> dict[Path, int]:
    """Where keys and tables begin in a TOML file, as far as lines show it; rows count from 1."""
    rows: dict[Path, int] = {}
    table: Path = ()
    blank = _LONG_TEXT.sub(lambda found: '""' + "\n" * found[0].count("\n"), text)
    for row, line in enumerate(blank.split("\n"), start=1):
        if header := _TABLE.match(line):
            table = tuple(header[2].split("."))
            if header[1] == "[[":
                table = (*table, sum(1 for known in rows if known[:-1] == table and isinstance(known[-1], int)))
            rows[table] = row
            rows.setdefault(table[:1], row)
        elif key := _KEY.match(line):
            rows.setdefault((*table, *key[1].split(".")), row)
    return rows


def _row(path: Path, rows: Mapping[Path, int]) -> int | None:
    """The row of a value, or else of the nearest table that holds it."""
    return next((rows[path[:end]] for end in range(len(path), 0, -1) if path[:end] in rows), None)


def _flat(values: Mapping[str, Any]) -> dict[str, Any]:
    """Dotted name → value, for every setting that has one there."""

    def entries(table: Mapping[str, Any], before: str) -> Iterator[tuple[str, Any]]:
        for key, value in table.items():
            if isinstance(value, Mapping):
                yield from entries(value, f"{before}{key}.")
            else:
                yield before + key, value

    return dict(entries(values, ""))


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in values.items():
        *tables, key = name.split(".")
        table = found
        for each in tables:
            table = table.setdefault(each, {})
        table[key] = value
    return found


def _name(path: Path) -> str:
    return ".".join(step for step in path if isinstance(step, str))


def _key(path: Path) -> str:
    return _name(path).rpartition(".")[2]


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"
