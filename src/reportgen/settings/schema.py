"""
Schema: what each setting is, said from the models: for editors as JSON Schema, for messages in words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, reduce
from typing import Any

from reportgen import toml
from reportgen.settings import Settings

Path = tuple[str | int, ...]  # where a value stands: ("hotspot", "creative_units"), ("sections", 0, "name")
ENTRIES = {"text in double quotes": "texts in double quotes", "a table": "tables"}  # how a list of them is called
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_text() -> str:
    """The JSON Schema of reportgen.toml, for editors; the same text each time."""
    return json.dumps({"$schema": DIALECT, **_schema()}, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def part(path: Path) -> Mapping[str, Any] | None:
    """The schema of the value at a path; None where no setting can stand."""
    node: Mapping[str, Any] = _schema()
    for step in path:
        found = node.get("items") if isinstance(step, int) else node.get("properties", {}).get(step)
        if found is None:
            return None
        node = _resolved(found)
    return node


def keys(path: Path = ()) -> list[str]:
    """The keys of a table of settings, in their order."""
    return list((part(path) or {}).get("properties", {}))


def names() -> list[str]:
    """Every setting by its dotted name; a list is one setting: `hotspot.creative_units`, `peers`, `sections`."""
    return list(_leaves(()))


def _leaves(path: tuple[str, ...]) -> Iterator[str]:
    inner = keys(path)
    if not inner:
        yield ".".join(path)
    for key in inner:
        yield from _leaves((*path, key))


def values(settings: Settings) -> dict[str, Any]:
    """Dotted name → value, as JSON has it, for every setting."""
    found = settings.model_dump(mode="json")
    return {name: reduce(lambda table, key: table[key], name.split("."), found) for name in names()}


def called(node: Mapping[str, Any]) -> str:
    """
    What a value has to be, in words that follow on `is not` and `write`.

    >>> called({"type": "integer", "minimum": 0}), called({"type": "string", "maxLength": 20})
    ('a whole number, at least 0', 'text in double quotes, at most 20 characters')
    """
    node = _resolved(node)
    if "anyOf" in node:
        return " or ".join(called(one) for one in node["anyOf"] if one.get("type") != "null")
    if "const" in node or "enum" in node:
        return _listed([toml.value(word) for word in node.get("enum", [node.get("const")])])
    if "pattern" in node:
        return f"text such as {toml.value(node['examples'][0])}"
    if node["type"] == "array":
        entry = called(node["items"])
        return f"a list of {ENTRIES.get(entry, entry)}"
    kind = {
        "boolean": "true or false",
        "integer": "a whole number",
        "number": "a number",
        "object": "a table",
        "string": "text in double quotes",
    }[node["type"]]
    return ", ".join([kind, *_bounds(node)])


def _bounds(node: Mapping[str, Any]) -> Iterator[str]:
    for key, words in (
        ("minimum", "at least {}"),
        ("exclusiveMinimum", "greater than {}"),
        ("maximum", "at most {}"),
        ("exclusiveMaximum", "less than {}"),
        ("maxLength", "at most {} characters"),
    ):
        if key in node:
            yield words.format(node[key])
    if node.get("minLength") == 1:
        yield "not empty"


def _listed(words: Sequence[str]) -> str:
    return " or ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _resolved(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """A schema with what it refers to in its place; what stands beside the reference wins."""
    if "$ref" not in node:
        return node
    return {**_schema()["$defs"][node["$ref"].rpartition("/")[2]], **{k: v for k, v in node.items() if k != "$ref"}}


@cache
def _schema() -> dict[str, Any]:
    return Settings.model_json_schema()
