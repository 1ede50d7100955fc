"""
Lookups: the two small files by which a recipe takes counts from the areas of raw files to those of the release:
changed codes, and weights. Takes files, gives mappings, checked; moves no count itself (`crosswalk.py` does).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from reportgen.errors import Problem
from reportgen.release.columns import check_columns, numbers
from reportgen.release.recipe import Crosswalk, Recode
from reportgen.release.sheet import Sheet, lacking, read_sheet
from reportgen.release.sources.extract import Named, names_of
from reportgen.release.tables import Column, Kind, Table

TOLERANCE = 0.005  # by which the weights of an authority may miss 1: they are published to a few decimals

CODES = Table(
    "recode",
    "Changed codes",
    (Column("from", Kind.TEXT, "Code that a table may have"), Column("to", Kind.TEXT, "Code that it becomes")),
    key=("from",),
)
_PAIR = (Column("from", Kind.TEXT, "Code of the authority"), Column("to", Kind.TEXT, "Code of the area"))
WEIGHTS = Table(
    "weights",
    "Parts of authorities",
    (*_PAIR, Column("weight", Kind.SHARE, "Part of the authority that goes to the area")),
    key=("from", "to"),
)
SIZES = Table(
    "weights",
    "Sizes of parts of authorities",
    (*_PAIR, Column("weight", Kind.NUMBER, "How much lies in both authority and area", minimum=0)),
    key=("from", "to"),
)


@dataclass(frozen=True)
class Recoding:
    """Changed codes: `new` takes each code of the file to the one that it becomes, often itself."""

    file: str
    new: Mapping[str, str]
    names: Sequence[Named]


@dataclass(frozen=True)
class Weights:
    """Parts of authorities: `areas` takes each authority to the areas that it lies in, with the part that does."""

    file: str
    areas: Mapping[str, Mapping[str, float]]
    names: Sequence[Named]

    @property
    def split(self) -> set[str]:
        """The authorities that lie in more than one area."""
        return {authority for authority, areas in self.areas.items() if len(areas) > 1}


def read_recoding(path: Path, recipe: Recode) -> tuple[Recoding | None, list[Problem]]:
    """The changed codes of a file; None, with problems, if one cannot be told."""
    sheet, problems = _read(path, CODES, {"from": recipe.old, "to": recipe.new, "name": recipe.name})
    if sheet is None:
        return None, problems
    old, new = sheet.columns["from"], sheet.columns["to"]
    found: dict[str, str] = {}
    for row in range(len(sheet)):
        code, becomes = old.at(row), new.at(row)
        if found.setdefault(code, becomes) != becomes:
            what, why = "one old code becomes two new ones", "its counts cannot be told apart"
            fix = "keep one of the rows; counts are shared out by a [crosswalk], with weights"
            detail = f"{code}: {found[code]}; {becomes}"
            problems.append(sheet.problem("ambiguous-code", what, why, fix, row, "to", detail))
    for row in range(len(sheet)):
        becomes = new.at(row)
        if found.get(becomes, becomes) != becomes:
            what, why = "a code becomes one that has changed itself", "the release would carry an old code"
            fix, detail = f"write {found[becomes]}", f"{old.at(row)}: {becomes}, which becomes {found[becomes]}"
            problems.append(sheet.problem("recoded-twice", what, why, fix, row, "to", detail))
    names, wrong = _names(sheet)
    problems += wrong
    return (None if problems else Recoding(sheet.file, found, names)), problems


def read_weights(path: Path, recipe: Crosswalk, recoding: Recoding | None) -> tuple[Weights | None, list[Problem]]:
    """
    The weights of a file; None, with problems, if an authority is not shared out whole.
    Pairs with weight 0 are passed over: no part of the authority lies there.
    Args:
        recoding: changed codes; authorities that became one are put together where the file has sizes. Weights cannot
            be: they do not say how large each of them was.
    """
    measured = bool(recipe.size)
    wanted = {"from": recipe.authority, "to": recipe.area, "weight": recipe.size or recipe.weight, "name": recipe.name}
    sheet, problems = _read(path, SIZES if measured else WEIGHTS, wanted)
    if sheet is None:
        return None, problems
    problems += _pairs_twice(sheet)
    new = recoding.new if measured and recoding is not None else {}
    authority, area, number = sheet.columns["from"], sheet.columns["to"], numbers(sheet.columns["weight"])
    found: dict[str, dict[str, float]] = {}
    first: dict[str, int] = {}
    for row in range(len(sheet)):
        code, to = new.get(authority.at(row), authority.at(row)), area.at(row)
        areas = found.setdefault(code, {})
        first.setdefault(code, row)
        areas[to] = areas.get(to, 0.0) + float(number[row])
    for code, areas in found.items():
        total = sum(areas.values())
        detail = f"{code}: {total:.4g} over {len(areas)} area{'s' if len(areas) > 1 else ''}"
        if measured and not total:
            what, why = "the sizes of an authority are all 0", "its counts could go nowhere"
            fix = "correct them, or leave the authority out"
            problems.append(sheet.problem("weights-not-one", what, why, fix, first[code], "weight", detail))
        elif not measured and abs(total - 1) > TOLERANCE:
            what, why = "the weights of an authority do not add up to 1", "some of its counts would be lost or doubled"
            fix = "correct them; a weight is the part of the authority that lies in the area, not of the area"
            problems.append(sheet.problem("weights-not-one", what, why, fix, first[code], "weight", detail))
        else:  # weights too: thirds that are published to a few decimals add up to 1 again
            found[code] = {to: size / total for to, size in areas.items()}
    names, wrong = _names(sheet)
    problems += wrong
    parts = {code: {to: part for to, part in areas.items() if part > 0} for code, areas in found.items()}
    return (None if problems else Weights(sheet.file, parts, names)), problems


def _pairs_twice(sheet: Sheet) -> list[Problem]:
    codes, _ = sheet.keys(("from", "to"))
    _, first = np.unique(codes, return_index=True)
    authority, area = sheet.columns["from"], sheet.columns["to"]
    what, why = "two rows give the weight of one authority in one area", "we cannot know which one is right"
    return [
        sheet.problem(
            "duplicate-key", what, why, "delete one of them", row, "from", f"{authority.at(row)}, {area.at(row)}"
        )
        for row in sorted(set(range(len(sheet))) - set(first.tolist()))
    ]


def _read(path: Path, table: Table, wanted: Mapping[str, str]) -> tuple[Sheet | None, list[Problem]]:
    """The wanted columns of a file under our names, those without a name of theirs left out; each field checked."""
    sheet, problems = read_sheet(path)
    if sheet is None:
        return None, problems
    asked = {ours: theirs for ours, theirs in wanted.items() if theirs}
    problems += lacking(sheet, asked)
    if problems:
        return None, problems
    found = Sheet(sheet.file, {ours: sheet.columns[theirs] for ours, theirs in asked.items()}, sheet.records)
    problems = check_columns(found, table)
    if not len(found):
        why, fix = "every area would be without", "add its rows, or leave it out of the recipe"
        problems.append(found.problem("no-rows", f"{sheet.file} has a header and no rows", why, fix))
    return (None if problems else found), problems


def _names(sheet: Sheet) -> tuple[list[Named], list[Problem]]:
    """The name of each code in the column `to`, if the file has names; a second one is a problem."""
    if "name" not in sheet.columns:
        return [], []
    name = sheet.columns["name"]
    found, problems = names_of(sheet.file, sheet.records, sheet.columns["to"], name)
    rows = [(code, called, int(sheet.records[row])) for code, (called, row) in found.items()]
    return [Named(code, called, sheet.file, row, name.position) for code, called, row in rows], problems
