"""
Kinds: the forms in which raw files of tables come, by the word that a recipe uses, and which of them a file has.
A new one is a module and a word here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from reportgen.errors import Problem
from reportgen.nearest import did_you_mean
from reportgen.release.recipe import TableRecipe, without_origin
from reportgen.release.sources import long_csv, nomis, nomis_web, ons_input_output, ons_table
from reportgen.release.sources.extract import Extract
from reportgen.release.sources.head import read_head


class Source(Protocol):
    """What a module of this folder has."""

    @property
    def FILLS(self) -> tuple[str, ...]:
        """The tables that it has something for."""

    @property
    def TAKES(self) -> tuple[str, ...]:
        """The keys of a table's recipe that mean something to it, besides `files` and `kind`."""

    def recognises(self, head: bytes, recipe: TableRecipe) -> bool:
        """Whether a file that begins like this has the form of the source."""

    def extract(self, path: Path, recipe: TableRecipe) -> tuple[Extract | None, list[Problem]]:
        """The rows of a file in the columns of its table; None, with problems, if they cannot be had."""


SOURCES: Mapping[str, Source] = {
    "nomis": nomis,
    "nomis-web": nomis_web,
    "ons-table": ons_table,
    "ons-input-output": ons_input_output,
    "long-csv": long_csv,
}
PLAIN = tuple(kind for kind in SOURCES if kind != "long-csv")  # kinds that a file shows without the recipe's help
KEYS = ("columns", "constants", "areas", "industries")


def extract(path: Path, recipe: TableRecipe) -> tuple[Extract | None, list[Problem]]:
    """
    The rows of one raw file in the columns of its table; None, with problems, if they cannot be had.
    A recipe that names no kind leaves it to the file, and a note says which was recognised; a file that is plainly of
    another kind than the recipe names is refused.
    """
    head = read_head(path)
    looks = [kind for kind in (PLAIN if recipe.kind else SOURCES) if SOURCES[kind].recognises(head, recipe)]
    if recipe.kind and looks and recipe.kind not in looks:
        return None, [_of_another_kind(path, recipe, looks[0])]
    kind = recipe.kind or (looks[0] if looks else "")
    if not kind and head:
        return None, [_unknown_form(path, recipe)]
    kind = kind or "long-csv"  # an empty file, or one that cannot be opened: its reader says so
    problems = _out_of_place(path, recipe, kind)
    if problems:
        return None, problems
    found, problems = SOURCES[kind].extract(path, recipe)
    if found is None or recipe.kind:
        return found, problems
    return replace(found, notes=(f"recognised as {kind}", *found.notes)), problems


def _of_another_kind(path: Path, recipe: TableRecipe, looks: str) -> Problem:
    what, why = f"{path.name} is not of the kind {recipe.kind}", "read as what it is not, it would give wrong figures"
    fix = f'write kind = "{looks}", which is what the file looks like, or name the right file'
    return Problem("wrong-kind", what, why, fix, path.name, detail=f'tables.{recipe.table}.kind = "{recipe.kind}"')


def _unknown_form(path: Path, recipe: TableRecipe) -> Problem:
    what, why = f"{path.name} has the form of no known source", "we would have to guess what its columns mean"
    lacking = ", ".join(without_origin(recipe))
    fix = f"fetch it in the form of one of {', '.join(PLAIN)}; for a table with one value a row write long-csv and "
    fix += f"say which columns hold {lacking}" if lacking else "correct the columns, which are not all in its header"
    return Problem("unknown-form", what, why, fix, path.name, detail=f"tables.{recipe.table}")


def _out_of_place(path: Path, recipe: TableRecipe, kind: str) -> list[Problem]:
    """A table that the source has nothing for, or keys of the recipe that mean nothing to it."""
    source, problems = SOURCES[kind], []
    if recipe.table not in source.FILLS:
        what, why = (
            f"a file of the kind {kind} has nothing for the table {recipe.table}",
            "its figures mean something else",
        )
        fix = f"use it for {' or '.join(source.FILLS)}, or name another file"
        problems.append(Problem("wrong-table", what, why, fix, path.name, detail=f"tables.{recipe.table}"))
    for key in KEYS:
        if getattr(recipe, key) and key not in source.TAKES:
            what, why = f"{key} means nothing to the kind {kind}", "it would be passed over without a word"
            fix = f"delete it{did_you_mean(key, source.TAKES)}, or name another kind"
            problems.append(Problem("needless-key", what, why, fix, path.name, detail=f"tables.{recipe.table}.{key}"))
    return problems
