"""
Recipe: how a release is made from raw files; the TOML file of `reportgen release import`, checked.
Carries every key of release.toml and, besides, where each table, the local areas and the shapes come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportgen.errors import DataError, Problem
from reportgen.nearest import did_you_mean
from reportgen.release.info import Keys, parse_info, read_toml
from reportgen.release.model import ReleaseInfo
from reportgen.release.tables import BY_NAME

SOURCE_KINDS = ("nomis", "nomis-web", "ons-table", "ons-input-output", "long-csv")
DIGITS = (2, 3, 4, 5)  # of industry codes
NAME = "name"  # in a column map: the column with the names of areas, which no table of figures has itself
FURTHER = ("tables", "local_areas", "boundaries")


@dataclass(frozen=True)
class TableRecipe:
    """
    Where one table comes from.
    Args:
        files: names below the data folder, or else beside the recipe; put together in this order.
        kind: how they are read, one of SOURCE_KINDS; empty: as the file shows.
        columns: our column → theirs; `name` takes the names of areas along.
        constants: our column → the one text that it has in every row.
        areas: name of an area → its code, where the files have names alone.
        industries: digits of the industries that are taken, where the files have several cuts; 0: all there are.
    """

    table: str
    files: tuple[str, ...]
    kind: str
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    industries: int = 0


@dataclass(frozen=True)
class LocalAreas:
    """Areas that the tables name, but areas.csv of the recipe does not: their level, and the file code,parent."""

    level: str
    parents: str


@dataclass(frozen=True)
class Shapes:
    """Where shapes come from, and which of their properties are code and name."""

    file: str
    id: str
    name: str


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
        files, kind = table.texts("files"), table.choice("kind", SOURCE_KINDS) if "kind" in table.written else ""
        maps = {key: _texts(table, key, {}) for key in ("columns", "constants", "areas")}
        industries = table.get("industries", int, "a number of digits: 2, 3, 4 or 5", 0)
        recipe = TableRecipe(name, files, kind, **maps, industries=industries)
        table.finish()
        _check_columns(recipe, table)
        recipes.append(recipe)
    return tuple(recipes)


def _texts(keys: Keys, key: str, default: Mapping[str, Any] | None = None) -> Mapping[str, str]:
    """A table of texts: every key of it is wanted."""
    inner = keys.table(key, default)
    return {name: inner.text(name) for name in inner.written}


def _check_columns(recipe: TableRecipe, keys: Keys) -> None:
    """Nothing is mapped that is no column of ours, and in a long CSV every column of ours has one origin."""
    table = BY_NAME[recipe.table]
    for name in (*recipe.columns, *recipe.constants):
        if name not in table.header and name != NAME:
            fix = f"map columns of {recipe.table}: {', '.join(table.header)}{did_you_mean(name, table.header)}"
            keys.complain("unknown-column", f"{recipe.table} has no column {name}", fix)
        if name in recipe.columns and name in recipe.constants:
            keys.complain("duplicate-column", f"{keys.where} gives {name} twice", "take it from one of the two")
    for name in without_origin(recipe) if recipe.kind == "long-csv" else ():
        fix = f'name it: columns = {{ {name} = "…" }}'
        if name == table.value:
            keys.complain("missing-column", f"{keys.where} takes {name} from no column", fix)
        else:
            what = f"{keys.where} does not say where {name} comes from"
            keys.complain("missing-column", what, f"{fix}, or give it a constant")
    if not recipe.files:
        keys.complain("missing-key", f"{keys.name('files')} names no file", "name one or more")
    if recipe.industries not in (0, *DIGITS):
        fix = "write one of 2, 3, 4, 5"
        keys.complain("wrong-value", f"{keys.name('industries')} is no number of digits", fix, str(recipe.industries))


def without_origin(recipe: TableRecipe) -> tuple[str, ...]:
    """Columns of the table that the recipe takes from nowhere; a value cannot be a constant."""
    table = BY_NAME[recipe.table]
    given = {*recipe.columns, *recipe.constants}
    return tuple(
        column.name
        for column in table.columns
        if (column.name == table.value and column.name not in recipe.columns)
        or (column.name not in given and not column.blank)
    )


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
    found = Shapes(table.text("file"), table.text("id"), table.text("name"))
    table.finish()
    return found
