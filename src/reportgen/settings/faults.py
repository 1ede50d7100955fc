"""
Faults: what is wrong with settings, in words for people: what, where, why, and how to mend it.
Takes what pydantic found, gives problems; finds nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from reportgen import toml
from reportgen.errors import Problem
from reportgen.nearest import did_you_mean
from reportgen.settings.schema import Path, called, keys, part

WHY = "packs print, name or compute with it"
QUOTED = " in double quotes"  # as TOML wants its texts; variables and options carry theirs bare
LONGEST = 60  # letters of a value that a message repeats
OUT_OF_RANGE = {  # what pydantic calls it → what it means
    **dict.fromkeys(("greater_than", "greater_than_equal", "less_than", "less_than_equal"), "lies outside its bounds"),
    "finite_number": "is no finite number",
    **dict.fromkeys(("string_too_short", "too_short"), "is too short"),
    **dict.fromkeys(("string_too_long", "too_long"), "is too long"),
}


def explain(
    error: ValidationError, file: str, row: Callable[[Path], int | None], written: Callable[[Path], str]
) -> Iterator[Problem]:
    """
    Everything that pydantic found, one problem a value.
    Args:
        file: which says so, if it is one.
        row: the row of a value in it; written: how its name is written there.
    """
    seen = set()
    for found in error.errors(include_url=False):
        path = _settled(found["loc"])
        if path in seen:  # a value of two possible kinds is wrong in two ways
            continue
        seen.add(path)
        kind, what, why, fix = _words(found, path)
        fix = fix if file.endswith(".toml") else fix.replace(QUOTED, "")
        given = f"{written(path)} = {_short(found['input'])}" if found["type"] != "missing" else ""
        yield Problem(kind, what, why, fix, file=file, row=row(path), detail=given)


def unknown_variable(name: str, known: Sequence[str]) -> Problem:
    """A variable of the environment that looks like a setting and is none."""
    fix = f"correct or unset it{did_you_mean(name, known)}; reportgen config show lists all settings"
    why = "it would change nothing, and nobody would notice"
    return Problem("unknown-setting", f"no setting is read from {name}", why, fix, file="environment", detail=name)


def _settled(loc: Sequence[str | int]) -> Path:
    """Where the value stands: without the names that pydantic gives to kinds of value."""
    path: Path = ()
    for step in loc:
        if part((*path, step)) is None:
            return (*path, step) if isinstance(step, str) and keys(path) else path
        path = (*path, step)
    return path


def _words(found: Mapping[str, Any], path: Path) -> tuple[str, str, str, str]:
    name = ".".join(step for step in path if isinstance(step, str))
    if found["type"] == "extra_forbidden":
        known, key = keys(path[:-1]), str(path[-1])
        fix = f"correct or delete it{did_you_mean(key, known) or '; there are ' + ', '.join(known)}"
        return (
            "unknown-setting",
            f"there is no setting called {name}",
            "it would change nothing, and nobody would notice",
            fix,
        )
    node = part(path) or {}
    wanted = called(node)
    if found["type"] == "missing":
        return "missing-setting", f"{name} is missing", WHY, f"write it: {wanted}"
    if found["type"] == "value_error":
        return "wrong-setting", f"{name}: {found['ctx']['error']}", WHY, f"write {wanted}"
    if found["type"] in OUT_OF_RANGE:
        return "setting-out-of-range", f"{name} {OUT_OF_RANGE[found['type']]}", WHY, f"write {wanted}"
    if found["type"] == "string_pattern_mismatch":
        return "wrong-setting", f"{name} is not written as it must be", WHY, f"write {wanted}"
    return "wrong-setting", f"{name} is not {wanted}", WHY, f"write {wanted}"


def _short(value: object) -> str:
    text = toml.value(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
