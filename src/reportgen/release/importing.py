"""
Importing: raw files and a recipe become a release folder, which is read and checked before it gets its name.
Finds and reads the raw files, writes the folder; changes no value.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen import resources
from reportgen.errors import DataError, Problem, UsageError
from reportgen.release.info import FILE
from reportgen.release.making import Raw, as_files, draw_outlines, find_places, without_data
from reportgen.release.model import Release
from reportgen.release.read import read
from reportgen.release.recipe import Recipe, read_recipe
from reportgen.release.sheet import HEADER, arrange, read_sheet
from reportgen.release.sources.extract import Extract
from reportgen.release.sources.kinds import extract
from reportgen.release.sources.shapes import Shape, read_shapes
from reportgen.release.tables import BY_NAME

OTHER_ROW = re.compile(r"(?<= in row )\d+")  # the second row that a message may name


@dataclass(frozen=True)
class ImportReport:
    """
    What an import read, and what did not fit together. Areas and shapes as `code name`.
    Args:
        rows: table → number of its rows.
        areas_without_shape: they have no point on the map; shapes_without_data: drawn, but no areas.
        repaired: shapes that were not valid as they stood.
    """

    folder: Path
    id: str
    rows: Mapping[str, int]
    areas_without_shape: tuple[str, ...]
    shapes_without_data: tuple[str, ...]
    repaired: tuple[str, ...]


def import_release(recipe: Path, data: Path | None, to: Path) -> ImportReport:
    """
    Make a release folder from raw files.
    Args:
        recipe: the TOML file that says how.
        data: the folder with the raw files; what is not there, or all if None, is looked up beside the recipe.
        to: the folder to make; must not exist, or be empty.
    Raises:
        UsageError: `to` holds something already.
        DataError: with all problems of the recipe, the raw files, or the release made of them; `to` is not made then.
    """
    _refuse_target(to)
    plan = read_recipe(recipe)
    raw = _read_raw(plan, data)
    places, problems = find_places(raw)
    if problems:
        raise DataError(problems)
    outlines = draw_outlines(raw, places)
    release = _write(to, as_files(raw, places, outlines), raw)
    return ImportReport(
        folder=to,
        id=release.info.id,
        rows={name: len(getattr(release, name)) for name in BY_NAME if name in release.files},
        areas_without_shape=tuple(str(place) for place in places if raw.shapes and place.code not in outlines),
        shapes_without_data=tuple(f"{shape.code} {shape.name}" for shape in without_data(raw, places)),
        repaired=tuple(f"{shape.code} {shape.name}" for shape in raw.shapes if shape.repaired),
    )


def _refuse_target(to: Path) -> None:
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        what, why = f"{to} is there already and not empty", "an import must not mix with, or replace, another release"
        raise UsageError(Problem("target-exists", what, why, "name another folder, or remove this one first"))


def _read_raw(plan: Recipe, data: Path | None) -> Raw:
    """Every raw file of a recipe, or all that is wrong with them."""
    problems: list[Problem] = []
    tables: dict[str, list[Extract]] = {}
    for table in plan.tables:
        tables[table.table] = []
        for name in table.files:
            path = _find(name, plan, data, problems)
            if path is not None:
                found, wrong = extract(path, table)
                problems += wrong
                tables[table.table] += [found] if found is not None else []
    parents, shapes = _read_parents(plan, data, problems), _read_shapes(plan, data, problems)
    if problems:
        raise DataError(problems)
    return Raw(plan, tables, parents, shapes)


def _find(name: str, plan: Recipe, data: Path | None, problems: list[Problem]) -> Path | None:
    """A raw file below the data folder, or else beside the recipe; never outside these."""
    folders = [folder.resolve() for folder in (data, plan.path.parent) if folder is not None]
    for folder in folders:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder):
            what, why = "the recipe names a file outside its folders", "a recipe must read no other file of yours"
            fix = "put the file below the data folder and name it from there"
            problems.append(Problem("outside-path", what, why, fix, file=plan.path.name, detail=name))
            return None
        if path.exists():
            return path
    what, why = f"there is no raw file {name}", "the recipe makes the release from it"
    fix = "name the folder that it lies in with --data" if data is None else "put it there, or correct the recipe"
    detail = f"looked in {' and '.join(map(str, folders))}"
    problems.append(Problem("missing-file", what, why, fix, file=plan.path.name, detail=detail))
    return None


def _read_parents(plan: Recipe, data: Path | None, problems: list[Problem]) -> dict[str, str]:
    """Code → parent, from the small table of the recipe."""
    path = _find(plan.local_areas.parents, plan, data, problems) if plan.local_areas else None
    if path is None:
        return {}
    sheet, wrong = read_sheet(path)
    problems += wrong
    if sheet is not None:
        sheet, wrong = arrange(sheet, ("code", "parent"))
        problems += wrong
    if sheet is None:
        return {}
    code, parent = sheet.columns["code"], sheet.columns["parent"]
    return {code.at(row): parent.at(row) for row in range(len(sheet))}


def _read_shapes(plan: Recipe, data: Path | None, problems: list[Problem]) -> list[Shape]:
    path = _find(plan.shapes.file, plan, data, problems) if plan.shapes else None
    if path is None or plan.shapes is None:
        return []
    shapes, wrong = read_shapes(path, plan.shapes.id, plan.shapes.name, plan.shapes.object)
    problems += wrong
    return shapes


def _write(to: Path, files: Mapping[str, bytes], raw: Raw) -> Release:
    """Write beside the target, read back and check, and only then give the folder its name."""
    to.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{to.name}.", dir=to.parent) as temporary:
        folder = Path(temporary) / to.name
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content)
        try:
            release = read(folder, resources.bundled().classification)
        except DataError as error:
            raise DataError([_at_its_origin(problem, raw) for problem in error.problems]) from error
        if to.exists():
            to.rmdir()
        folder.replace(to)
    return release


def _at_its_origin(problem: Problem, raw: Raw) -> Problem:
    """A problem of the release that was made, told of the raw file that it comes from: only that one can be mended."""
    if problem.file == FILE:
        return replace(problem, file=raw.recipe.path.name)
    table = problem.file.removesuffix(".gz").removesuffix(".csv")
    extracts = raw.tables.get(table, ())
    if not extracts:
        return problem
    if problem.row is None:
        return replace(problem, file=", ".join(each.file for each in extracts))
    found = _origin(problem.row, extracts)
    if found is None:  # an area that was derived from the tables
        return replace(problem, file=raw.recipe.path.name, row=None, column=None)
    extracted, row = found
    column = None
    if problem.column is not None:
        column = extracted.positions.get(BY_NAME[table].header[problem.column - 1])
    detail = OTHER_ROW.sub(lambda match: _named(int(match[0]), extracts, extracted), problem.detail)
    return replace(problem, file=extracted.file, row=row, column=column, detail=detail)


def _origin(record: int, extracts: Sequence[Extract]) -> tuple[Extract, int] | None:
    """The raw file and the record in it that became a record of the table."""
    index = record - HEADER - 1
    for each in extracts:
        if 0 <= index < len(each):
            return each, int(each.records[index])
        index -= len(each)
    return None


def _named(record: int, extracts: Sequence[Extract], here: Extract) -> str:
    found = _origin(record, extracts)
    if found is None:
        return str(record)
    return f"{found[1]}" if found[0] is here else f"{found[1]} of {found[0].file}"
