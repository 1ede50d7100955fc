"""
Recipe: how a release is made from raw files; the TOML file of `reportgen release import`, checked.
Carries every key of release.toml and, besides, where each table, the local areas and the shapes come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportgen.errors import DataError, Problem
from reportgen.release.info import Keys, parse_info, read_toml
from reportgen.release.model import ReleaseInfo
from reportgen.release.nearest import did_you_mean
from reportgen.release.tables import BY_NAME

SOURCE_KINDS = ("long-csv",)
NAME = "name"  # in a column map: the column with the names of areas, which no table of figures has itself
FURTHER = ("tables", "local_areas", "boundaries")


@dataclass(frozen=True)
class TableRecipe:
    """
    Where one table comes from.
    Args:
        files: names below the data folder, or else beside the recipe; put together in this order.
        kind: how they are read, one of SOURCE_KINDS.
        columns: our column → theirs; `name` takes the names of areas along.
        constants: our column → the one text that it has in every row.
    """

    table: str
    files: tuple[str, ...]
    kind: str
    columns: Mapping[str, str]
    constants: Mapping[str, str]


@dataclass(frozen=True)
class LocalAreas:
    """Areas that the tables name, but areas.csv of the recipe does not: their level, and the file code,parent."""

    level: str
    parents: str


@dataclass(frozen=True)
class Shapes:
    """Where shapes come from, and which of their properties are code and name; `object` of a TopoJSON file, or all."""

    file: str
    id: str
    name: str
    object: str


@dataclass(frozen=True)
class Recipe:
    """A whole recipe; `path` is its file."""

    path: Path
    info: ReleaseInfo
    tables: tuple[TableRecipe, ...]
    local_areas: LocalAreas | None
    shapes: Shapes | None


def read_recipe(path: Path) -> Recipe:
    """
    Read and check a recipe.
    Raises: DataError: with all that is wrong in it.
    """
    problems: list[Problem] = []
    written = read_toml(path, problems)
    if written is None:
        raise DataError(problems)
    info = parse_info(written, path.name, problems, further=FURTHER)
    keys = Keys(written, path.name, "", problems)
    recipe = Recipe(path, info, _tables(keys), _local_areas(keys, info), _shapes(keys))
    if problems:
        raise DataError(problems)
    return recipe


def _tables(keys: Keys) -> tuple[TableRecipe, ...]:
    tables = keys.table("tables")
    recipes = []
    for name in tables.written:
        table = tables.table(name)
        if name not in BY_NAME:
            fix = f"name one of {', '.join(BY_NAME)}{did_you_mean(name, BY_NAME)}"
            table.complain("unknown-table", f"{table.where} is no table of a release", fix)
            continue
        files, kind = table.texts("files"), table.choice("kind", SOURCE_KINDS)
        recipe = TableRecipe(name, files, kind, _texts(table, "columns"), _texts(table, "constants", {}))
        table.finish()
        _check_columns(recipe, table)
        recipes.append(recipe)
    return tuple(recipes)


def _texts(keys: Keys, key: str, default: Mapping[str, Any] | None = None) -> Mapping[str, str]:
    """A table of texts: every key of it is wanted."""
    inner = keys.table(key, default)
    return {name: inner.text(name) for name in inner.written}


def _check_columns(recipe: TableRecipe, keys: Keys) -> None:
    """Every declared column has one origin, and nothing else is mapped."""
    table = BY_NAME[recipe.table]
    for name in (*recipe.columns, *recipe.constants):
        if name not in table.header and name != NAME:
            fix = f"map columns of {recipe.table}: {', '.join(table.header)}{did_you_mean(name, table.header)}"
            keys.complain("unknown-column", f"{recipe.table} has no column {name}", fix)
        if name in recipe.columns and name in recipe.constants:
            keys.complain("duplicate-column", f"{keys.where} gives {name} twice", "take it from one of the two")
    for column in table.columns:
        if not column.blank and column.name not in (*recipe.columns, *recipe.constants):
            fix = f'name it: columns = {{ {column.name} = "…" }}, or give it a constant'
            keys.complain("missing-column", f"{keys.where} does not say where {column.name} comes from", fix)
    if table.value and table.value not in recipe.columns:
        fix = f'name it: columns = {{ {table.value} = "…" }}'
        keys.complain("missing-column", f"{keys.where} takes {table.value} from no column", fix)
    if not recipe.files:
        keys.complain("missing-key", f"{keys.name('files')} names no file", "name one or more")


def _local_areas(keys: Keys, info: ReleaseInfo) -> LocalAreas | None:
    if "local_areas" not in keys.written:
        return None
    table = keys.table("local_areas")
    found = LocalAreas(table.choice("level", tuple(info.levels)), table.text("parents"))
    table.finish()
    return found


def _shapes(keys: Keys) -> Shapes | None:
    if "boundaries" not in keys.written:
        return None
    table = keys.table("boundaries")
    found = Shapes(table.text("file"), table.text("id"), table.text("name"), table.text("object", ""))
    table.finish()
    return found
