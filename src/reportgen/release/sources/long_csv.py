"""
Long CSV: a raw file with one value a row, whatever its columns are called.
Takes a file and a column map, gives texts in our columns. A count written as 30.0 becomes 30; nothing else changes.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from reportgen.errors import Problem
from reportgen.release.recipe import NAME, TableRecipe, without_origin
from reportgen.release.sheet import Sheet, lacking, read_sheet
from reportgen.release.sources.extract import Extract, Texts, names_of, plain
from reportgen.release.sources.head import rows_of
from reportgen.release.tables import BY_NAME, Column, Kind

FILLS = tuple(BY_NAME)
TAKES = ("columns", "constants")


def recognises(head: bytes, recipe: TableRecipe) -> bool:
    """The header has every column that the recipe names, and the recipe leaves none of ours without an origin."""
    rows = rows_of(head)
    return bool(rows and recipe.columns) and not without_origin(recipe) and set(recipe.columns.values()) <= set(rows[0])


def extract(path: Path, recipe: TableRecipe) -> tuple[Extract | None, list[Problem]]:
    """The rows of one file in the columns of its table; None, with problems, if the file or a column is not there."""
    sheet, problems = read_sheet(path)
    if sheet is None:
        return None, problems
    problems += lacking(sheet, recipe.columns, recipe.table)
    if problems:
        return None, problems
    declared = BY_NAME[recipe.table].columns
    columns = {column.name: _texts(sheet, recipe, column) for column in declared}
    positions = {ours: sheet.columns[theirs].position for ours, theirs in recipe.columns.items()}
    names: dict[str, tuple[str, int]] = {}
    if NAME in recipe.columns and "area" in recipe.columns:
        area, name = (sheet.columns[recipe.columns[key]] for key in ("area", NAME))
        names, problems = names_of(sheet.file, sheet.records, area, name)
    return Extract(sheet.file, columns, sheet.records, positions, names), problems


def _texts(sheet: Sheet, recipe: TableRecipe, column: Column) -> Texts:
    if column.name not in recipe.columns:
        return np.full(len(sheet), recipe.constants.get(column.name, ""), dtype=object)
    text = sheet.columns[recipe.columns[column.name]]
    values = [plain(value) if column.kind is Kind.COUNT else value for value in text.values]
    return np.array([*values, ""], dtype=object)[text.codes]
