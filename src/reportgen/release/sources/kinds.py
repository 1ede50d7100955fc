"""
Kinds: the forms in which raw files of tables come, by the word that a recipe uses.
A new one is a module and a word here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from reportgen.errors import Problem
from reportgen.release.recipe import TableRecipe
from reportgen.release.sources import long_csv
from reportgen.release.sources.extract import Extract

Source = Callable[[Path, TableRecipe], tuple[Extract | None, list[Problem]]]
SOURCES: Mapping[str, Source] = {"long-csv": long_csv.extract}


def extract(path: Path, recipe: TableRecipe) -> tuple[Extract | None, list[Problem]]:
    """The rows of one raw file in the columns of its table; None, with problems, if they cannot be had."""
    return SOURCES[recipe.kind](path, recipe)
