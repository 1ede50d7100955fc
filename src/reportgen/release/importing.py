"""
Importing: raw files and a recipe become a release folder, which is read and checked before it gets its name.
Reads the raw files, writes the folder; changes no value itself (`crosswalk.py` does where a recipe asks for it).
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen.errors import DataError, Problem, UsageError
from reportgen.release.crosswalk import TABLE as CROSSWALK
from reportgen.release.crosswalk import Moved, move
from reportgen.release.files import occupied
from reportgen.release.info import BOUNDARIES, FILE
from reportgen.release.library import twin
from reportgen.release.lookups import Recoding, Weights, read_recoding, read_weights
from reportgen.release.making import Raw, as_files, draw_outlines, find_places, without_data
from reportgen.release.model import Release
from reportgen.release.origin import at_origin
from reportgen.release.read import read
from reportgen.release.recipe import Recipe, read_recipe
from reportgen.release.sheet import arrange, read_sheet
from reportgen.release.shelf import Shelf
from reportgen.release.sources.extract import Extract
from reportgen.release.sources.kinds import extract
from reportgen.release.sources.requests import cut_off
from reportgen.release.sources.shapes import Shape, read_shapes
from reportgen.release.tables import BY_NAME
from reportgen.resources import Resources, bundled

ELSEWHERE = "name another folder, or remove this one first"


@dataclass(frozen=True)
class ImportReport:
    """
    What an import read, and what did not fit together. Areas and shapes as `code name`.
    Args:
        rows: table → number of its rows.
        areas_without_shape: they have no point on the map; shapes_without_data: drawn, but no areas.
        repaired: shapes that were not valid as they stood.
        recoded: changed codes, with table and years; shared_out: authorities that lie in more than one area.
        notes: what was recognised, passed over or taken for granted in the raw files, each line with its file.
    """

    folder: Path
    id: str
    rows: Mapping[str, int]
    areas_without_shape: tuple[str, ...]
    shapes_without_data: tuple[str, ...]
    repaired: tuple[str, ...]
    recoded: tuple[str, ...] = ()
    shared_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def import_release(recipe: Path, data: Path | None, to: Path, resources: Resources | None = None) -> ImportReport:
    """
    Make a release folder from raw files.
    Args:
        recipe: the TOML file that says how.
        data: the folder with the raw files; what is not there, or all if None, is looked up beside the recipe.
        to: the folder to make; must not exist, or be empty.
        resources: with the definitions that the release is held against; None are those that came with reportgen.
    Raises:
        UsageError: `to` holds something already, or the release lies beside it under another name.
        DataError: with all problems of the recipe, the raw files, or the release made of them; `to` is not made then.
    """
    to = to.resolve()
    there = occupied(to, "an import must not mix with, or replace, another release", ELSEWHERE)
    if there is not None:
        raise UsageError(there)
    plan = read_recipe(recipe)
    _refuse_twin(plan, to)
    problems: list[Problem] = []
    shelf = Shelf(plan, data, problems)
    read_raw, moved = _read_raw(plan, shelf, problems)
    raw = replace(read_raw, tables=moved.tables, named=moved.named, shares=moved.shares, files=shelf.records())
    places, wrong = find_places(raw)
    if wrong:
        raise DataError(wrong)
    outlines = draw_outlines(raw, places)
    release = _write(to, {**as_files(raw, places, outlines), **shelf.kept()}, raw, resources or bundled())
    return ImportReport(
        folder=to,
        id=release.info.id,
        rows={name: len(getattr(release, name)) for name in BY_NAME if name in release.files},
        areas_without_shape=tuple(str(place) for place in places if raw.shapes and place.code not in outlines),
        shapes_without_data=tuple(f"{shape.code} {shape.name}" for shape in without_data(raw, places)),
        repaired=tuple(f"{shape.code} {shape.name}" for shape in raw.shapes if shape.repaired),
        recoded=tuple(moved.recoded),
        shared_out=tuple(moved.split),
        notes=_notes(read_raw),
    )


def _notes(raw: Raw) -> tuple[str, ...]:
    """What is to be said of each raw file, once, though it may fill two tables."""
    extracts = (each for found in raw.tables.values() for each in found)
    return tuple(dict.fromkeys(f"{each.file}: {note}" for each in extracts for note in each.notes))


def _refuse_twin(plan: Recipe, to: Path) -> None:
    found = twin(plan.info, to)
    if found is not None:
        what = f"revision {plan.info.revision} of {plan.info.id} is there already"
        why = "a release is never changed once it is published; its readers tell its re-issues by their revision"
        fix = "raise revision in the recipe, or remove the other folder"
        raise UsageError(Problem("same-revision", what, why, fix, file=plan.path.name, detail=str(found)))


def _read_raw(plan: Recipe, shelf: Shelf, problems: list[Problem]) -> tuple[Raw, Moved]:
    """Every raw file of a recipe, its counts moved if the recipe asks for it; or all that is wrong with them."""
    tables: dict[str, list[Extract]] = {}
    for table in plan.tables:
        tables[table.table] = []
        for name in table.files:
            path = shelf.find(name, table.table)
            if path is not None:
                found, wrong = extract(path, table)
                problems += wrong
                tables[table.table] += [found] if found is not None else []
        problems += cut_off(tables[table.table])
    parents, shapes = _read_parents(plan, shelf, problems), _read_shapes(plan, shelf, problems)
    recoding, weights = _read_lookups(plan, shelf, problems)
    if problems:
        raise DataError(problems)
    kept = {str(code) for each in tables.get("areas", ()) for code in each.columns["code"]}
    return Raw(plan, tables, parents, shapes), move(plan, tables, recoding, weights, kept)


def _read_lookups(plan: Recipe, shelf: Shelf, problems: list[Problem]) -> tuple[Recoding | None, Weights | None]:
    recoding = weights = None
    if plan.recode is not None:
        path = shelf.find(plan.recode.file, *plan.recode.tables)
        if path is not None:
            recoding, wrong = read_recoding(path, plan.recode)
            problems += wrong
    if plan.crosswalk is not None:
        path = shelf.find(plan.crosswalk.file, *plan.crosswalk.tables, CROSSWALK)
        if path is not None:
            weights, wrong = read_weights(path, plan.crosswalk, recoding)
            problems += wrong
    return recoding, weights


def _read_parents(plan: Recipe, shelf: Shelf, problems: list[Problem]) -> dict[str, str]:
    """Code → parent, from the small table of the recipe."""
    path = shelf.find(plan.local_areas.parents, "areas") if plan.local_areas else None
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


def _read_shapes(plan: Recipe, shelf: Shelf, problems: list[Problem]) -> list[Shape]:
    fed = (BOUNDARIES, *(() if any(table.table == "neighbours" for table in plan.tables) else ("neighbours",)))
    path = shelf.find(plan.shapes.file, *fed) if plan.shapes else None
    if path is None or plan.shapes is None:
        return []
    shapes, wrong = read_shapes(path, plan.shapes.id, plan.shapes.name, plan.shapes.object)
    problems += wrong
    return shapes


def _write(to: Path, files: Mapping[str, bytes], raw: Raw, resources: Resources) -> Release:
    """Write beside the target, read back and check, and only then give the folder its name."""
    to.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{to.name}.", dir=to.parent) as temporary:
        folder = Path(temporary) / to.name
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        try:
            release = read(folder, resources.classification)
        except DataError as error:
            raise DataError([_told(problem, raw) for problem in error.problems]) from error
        if to.exists():
            to.rmdir()
        folder.replace(to)
    return release


def _told(problem: Problem, raw: Raw) -> Problem:
    """A problem of the release that was made, told of the recipe or the raw file: only these can be mended."""
    if problem.file == FILE:
        return replace(problem, file=raw.recipe.path.name)
    table = problem.file.removesuffix(".gz").removesuffix(".csv")
    return at_origin(problem, table, raw.tables.get(table, ()), raw.recipe.path.name)
