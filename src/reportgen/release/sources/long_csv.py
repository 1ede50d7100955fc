"""
Long CSV: a raw file with one value a row, whatever its columns are called.
Takes a file and a column map, gives texts in our columns. A count written as 30.0 becomes 30; nothing else changes.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from reportgen.errors import Problem
from reportgen.nearest import did_you_mean
from reportgen.release.recipe import NAME, TableRecipe
from reportgen.release.sheet import HEADER, Sheet, Text, read_sheet
from reportgen.release.sources.extract import Extract, Texts, two_names
from reportgen.release.tables import BY_NAME, Column, Kind

WHOLE = re.compile(r"([0-9]+)\.0+")


def extract(path: Path, recipe: TableRecipe) -> tuple[Extract | None, list[Problem]]:
    """The rows of one file in the columns of its table; None, with problems, if the file or a column is not there."""
    sheet, problems = read_sheet(path)
    if sheet is None:
        return None, problems
    for ours, theirs in recipe.columns.items():
        if theirs not in sheet.columns:
            what, why = f'there is no column "{theirs}"', f"the recipe takes {recipe.table}.{ours} from it"
            fix = f"correct the recipe's columns{did_you_mean(theirs, sheet.columns)}: {', '.join(sheet.columns)}"
            problems.append(Problem("missing-column", what, why, fix, file=sheet.file, row=HEADER))
    if problems:
        return None, problems
    declared = BY_NAME[recipe.table].columns
    columns = {column.name: _texts(sheet, recipe, column) for column in declared}
    positions = {ours: sheet.columns[theirs].position for ours, theirs in recipe.columns.items()}
    names, problems = _names(sheet, recipe)
    return Extract(sheet.file, columns, sheet.records, positions, names), problems


def _texts(sheet: Sheet, recipe: TableRecipe, column: Column) -> Texts:
    if column.name not in recipe.columns:
        return np.full(len(sheet), recipe.constants.get(column.name, ""), dtype=object)
    text = sheet.columns[recipe.columns[column.name]]
    values = [_plain(value) if column.kind is Kind.COUNT else value for value in text.values]
    return np.array([*values, ""], dtype=object)[text.codes]


def _plain(value: str) -> str:
    """A whole number as we write it: software that knows only fractions writes 30 as 30.0."""
    match = WHOLE.fullmatch(value)
    return match[1] if match else value


def _names(sheet: Sheet, recipe: TableRecipe) -> tuple[dict[str, tuple[str, int]], list[Problem]]:
    """One name for each code of an area; a second one is a problem."""
    if NAME not in recipe.columns or "area" not in recipe.columns:
        return {}, []
    area, name = sheet.columns[recipe.columns["area"]], sheet.columns[recipe.columns[NAME]]
    found: dict[str, tuple[str, int]] = {}
    problems = []
    for row in _first_of_each_pair(area, name):
        code, called = area.at(row), name.at(row)
        if code in found:
            problems.append(two_names(sheet.file, int(sheet.records[row]), name.position, code, found[code][0], called))
        else:
            found[code] = (called, row)
    return found, problems


def _first_of_each_pair(one: Text, other: Text) -> list[int]:
    _, first = np.unique(one.codes.astype(np.int64) * max(1, len(other.values)) + other.codes, return_index=True)
    return sorted(int(row) for row in first)
