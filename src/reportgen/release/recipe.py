"""
Recipe: how a release is made from raw files; the TOML file of `reportgen release import`, checked.
Carries every key of release.toml and, besides, where each table, the local areas and the shapes come from.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportgen.errors import DataError, Problem
from reportgen.nearest import did_you_mean
from reportgen.release.info import Keys, parse_info, read_toml
from reportgen.release.model import ReleaseInfo
from reportgen.release.tables import BY_NAME, COUNTED

SOURCE_KINDS = ("nomis", "nomis-web", "ons-table", "ons-input-output", "long-csv")
DIGITS = (2, 3, 4, 5)  # of industry codes
NAME = "name"  # in a column map: the column with the names of areas, which no table of figures has itself
PLACES = ("areas", "membership", "neighbours")  # tables about places, not figures: good for the next release too
TO_DO = "# to do:"  # begins a line of a recipe that was begun from another and is not finished
FURTHER = ("tables", "local_areas", "boundaries", "recode", "crosswalk", "previous")


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
    """Where shapes come from, and which of their properties are code and name; `object` of a TopoJSON file, or all."""

    file: str
    id: str
    name: str
    object: str


@dataclass(frozen=True)
class Recode:
    """
    Where changed codes of areas are looked up.
    Args:
        old, new: columns with the code that a table may have, and the code that it becomes.
        name: column with the name that goes with the new code; empty if the file has none.
        tables: the tables whose areas are looked up.
    """

    file: str
    old: str
    new: str
    name: str
    tables: tuple[str, ...]


@dataclass(frozen=True)
class Crosswalk:
    """
    Where the weights are by which counts of authorities are shared out between areas.
    Args:
        authority, area: columns with the code of an authority and of an area.
        weight: column with the part of the authority that goes to the area; empty if the file has sizes instead.
        size: column with how much lies in both (people, output areas): its part of the authority's sum is the weight,
            so that authorities whose codes have changed can be put together.
        name: column with the name of the area; empty if the file has none.
        tables: the tables whose counts are shared out.
    """

    file: str
    authority: str
    area: str
    weight: str
    size: str
    name: str
    tables: tuple[str, ...]


@dataclass(frozen=True)
class Recipe:
    """A whole recipe; `path` is its file."""

    path: Path
    info: ReleaseInfo
    tables: tuple[TableRecipe, ...]
    local_areas: LocalAreas | None
    shapes: Shapes | None
    recode: Recode | None
    crosswalk: Crosswalk | None


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
    tables, places = _tables(keys), (_local_areas(keys, info), _shapes(keys))
    recipe = Recipe(path, info, tables, *places, _recode(keys), _crosswalk(keys))
    if info.raw_files:
        keys.complain(
            "unknown-key", "raw_files is no key of a recipe", "delete it: an import writes such tables itself"
        )
    for name in dict.fromkeys([*(file for table in tables for file in table.files), *place_files(recipe)]):
        if Path(name).is_absolute() or ".." in Path(name).parts:
            what, why = "the recipe names a file outside its folders", "a recipe must read no other file of yours"
            fix = "put the file below the data folder and name it from there"
            keys.complain("outside-path", what, fix, name, why)
    problems += _to_do(path)
    _check_date(keys, info)
    if problems:
        raise DataError(problems)
    return recipe


def place_files(recipe: Recipe) -> list[str]:
    """The files that say what places are, not what was counted there: tables about places, parents, shapes, lookups."""
    names = [name for table in recipe.tables if table.table in PLACES for name in table.files]
    names += [recipe.local_areas.parents] if recipe.local_areas else []
    names += [each.file for each in (recipe.shapes, recipe.recode, recipe.crosswalk) if each is not None]
    return list(dict.fromkeys(names))


def _check_date(keys: Keys, info: ReleaseInfo) -> None:
    """The release that the recipe was begun from was published earlier; a re-issue may keep its day."""
    if "previous" not in keys.written:
        return
    previous = keys.table("previous")
    id, published = previous.text("id"), previous.get("published", datetime.date, "a day such as 2025-12-01")
    previous.finish()
    if info.published < published or (info.published == published and info.id != id):
        fix = "write the day on which the new release is published"
        detail = f"published = {info.published}; {id} was published on {published}"
        what, why = (
            "published is not later than the day of the release before",
            "the newest release is the default, and this one could not be told from the one before",
        )
        keys.complain("old-date", what, fix, detail, why)


def _to_do(path: Path) -> list[Problem]:
    """The marks that `release init` left: what stands below them is still that of the release before."""
    what, why = "the recipe is not finished", "the new release would say of itself what holds for the one before"
    fix = "change what is below if it must change, then delete the line"
    lines = enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1)
    marks = [(number, line.strip().removeprefix(TO_DO).strip()) for number, line in lines if TO_DO in line]
    return [Problem("to-do", what, why, fix, path.name, number, detail=detail) for number, detail in marks]


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
    found = Shapes(table.text("file"), table.text("id"), table.text("name"), table.text("object", ""))
    table.finish()
    return found


def _recode(keys: Keys) -> Recode | None:
    if "recode" not in keys.written:
        return None
    table = keys.table("recode")
    columns = table.text("from"), table.text("to"), table.text("name", "")
    found = Recode(table.text("file"), *columns, _counted(table, keys))
    table.finish()
    return found


def _crosswalk(keys: Keys) -> Crosswalk | None:
    if "crosswalk" not in keys.written:
        return None
    table = keys.table("crosswalk")
    found = Crosswalk(
        file=table.text("file"),
        authority=table.text("from"),
        area=table.text("to"),
        weight=table.text("weight", ""),
        size=table.text("size", ""),
        name=table.text("name", ""),
        tables=_counted(table, keys),
    )
    if bool(found.weight) == bool(found.size):
        fix = 'write weight = "…", the column with the part of each authority; or size = "…", such as its people'
        table.complain("missing-key", f"{table.where} needs one of weight and size", fix)
    table.finish()
    if "crosswalk" in keys.written.get("tables", ()):
        table.complain("duplicate-table", "the recipe makes the table crosswalk twice", "delete [tables.crosswalk]")
    return found


def _counted(table: Keys, keys: Keys) -> tuple[str, ...]:
    """The tables that a lookup is for: only counts can be added up, and only tables that the recipe makes are there."""
    names = table.texts("tables")
    made = [name for name in COUNTED if name in keys.written.get("tables", ())]
    for name in names:
        if name not in made:
            fix = f"name some of {', '.join(made)}{did_you_mean(name, made)}"
            table.complain("unknown-table", f"{table.name('tables')} names a table that cannot be added up", fix, name)
    if not names and "tables" in table.written:
        table.complain("missing-key", f"{table.name('tables')} names no table", f"name some of {', '.join(made)}")
    return names
