"""
Shelf: the raw files that a recipe names: where each lies, what it feeds, and how it can be told again later.
Finds and measures files; reads no table.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from reportgen.errors import Problem
from reportgen.release.model import RawFile
from reportgen.release.recipe import Recipe, place_files

KEPT = "recipe"  # folder of a release with the recipe that made it
KEPT_RECIPE = "recipe.toml"
SMALL = 500_000  # bytes up to which a file beside the recipe is written by hand and belongs to it


class Shelf:
    """Hands out the raw files of a recipe by name, and keeps in mind which were asked for."""

    def __init__(self, plan: Recipe, data: Path | None, problems: list[Problem]) -> None:
        """
        Args:
            data: the folder with the raw files; what is not there, or all if None, is looked up beside the recipe.
            problems: what cannot be found is added here.
        """
        self._plan, self._data, self._problems = plan, data, problems
        self._found: dict[str, tuple[Path, list[str]]] = {}

    def find(self, name: str, *tables: str) -> Path | None:
        """A raw file below the data folder, or else beside the recipe; never outside these. `tables`: what it feeds."""
        folders = [folder.resolve() for folder in (self._data, self._plan.path.parent) if folder is not None]
        file = self._plan.path.name
        for folder in folders:
            path = (folder / name).resolve()
            if not path.is_relative_to(folder):
                what, why = "the recipe names a file outside its folders", "a recipe must read no other file of yours"
                fix = "put the file below the data folder and name it from there"
                self._problems.append(Problem("outside-path", what, why, fix, file=file, detail=name))
                return None
            if path.exists():
                fed = self._found.setdefault(name, (path, []))[1]
                fed += [table for table in tables if table not in fed]
                return path
        what, why = f"there is no raw file {name}", "the recipe makes the release from it"
        fix = "put it there, or correct the recipe"
        fix = "name the folder that it lies in with --data" if self._data is None else fix
        detail = f"looked in {' and '.join(map(str, folders))}"
        self._problems.append(Problem("missing-file", what, why, fix, file=file, detail=detail))
        return None

    def records(self) -> tuple[RawFile, ...]:
        """The files that were found, in the order in which they were first asked for."""
        return tuple(
            RawFile(name, path.stat().st_size, _sha256(path), tuple(tables))
            for name, (path, tables) in self._found.items()
        )

    def kept(self) -> dict[str, bytes]:
        """The recipe and the small files about places beside it, by the path that the release keeps them under."""
        beside = self._plan.path.parent.resolve()
        found = {name: self._found[name][0] for name in place_files(self._plan) if name in self._found}
        small = {
            f"{KEPT}/{name}": path.read_bytes()
            for name, path in found.items()
            if path.is_relative_to(beside) and path.stat().st_size <= SMALL
        }
        return {f"{KEPT}/{KEPT_RECIPE}": self._plan.path.read_bytes(), **small}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
