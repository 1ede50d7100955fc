"""
Library: which data releases there are, and which one somebody means.
Looks into folders of releases and reads no more of each than its release.toml.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen.errors import DataError, Problem, UsageError
from reportgen.nearest import nearest
from reportgen.release.info import FILE, read_info
from reportgen.release.model import ReleaseInfo


@dataclass(frozen=True)
class Entry:
    """A data release that is there: its folder and what its release.toml says."""

    path: Path
    info: ReleaseInfo


def available(folders: Sequence[Path]) -> list[Entry]:
    """
    The releases in some folders, newest published first.
    Args:
        folders: each holds releases, a folder a release; those that do not exist hold none.
    Raises: DataError: the release.toml of one is wrong; passing it over could give out an older one as the newest.
    """
    found: list[Entry] = []
    for folder in folders:
        for path in sorted(folder.glob(f"*/{FILE}")):
            try:
                found.append(Entry(path.parent, read_info(path.parent)))
            except DataError as error:
                raise DataError([_inside(path.parent.name, problem) for problem in error.problems]) from error
    return sorted(found, key=lambda entry: (entry.info.published, entry.info.revision, entry.info.id), reverse=True)


def resolve(name_or_folder: str | None, folders: Sequence[Path]) -> Path:
    """
    The folder of the release that is meant.
    Args:
        name_or_folder: the id of a release in one of the folders, or the folder of any release; None is the newest.
    Raises:
        UsageError: there is none, or no such one, or two with that id.
        DataError: as `available`.
    """
    if name_or_folder is not None and _is_path(name_or_folder):
        return _folder(Path(name_or_folder))
    entries = available(folders)
    if name_or_folder is None:
        if not entries:
            what, why = "there is no data release", "every pack is made from one"
            raise UsageError(Problem("no-release", what, why, "import one, or name its folder with --release"))
        return entries[0].path
    matching = [entry.path for entry in entries if entry.info.id == name_or_folder]
    if len(matching) == 1:
        return matching[0]
    if matching:
        what, why = f"two releases have the id {name_or_folder}", "we cannot know which one is meant"
        fix = f"name the folder of one: {', '.join(map(str, matching))}"
        raise UsageError(Problem("ambiguous-release", what, why, fix))
    if (Path(name_or_folder) / FILE).is_file():
        return Path(name_or_folder)
    known = [entry.info.id for entry in entries]
    close = nearest(name_or_folder, known)
    fix = f"did you mean {' or '.join(close)}?" if close else f"use one of: {', '.join(known) or 'none is there'}"
    what, why = f"there is no data release called {name_or_folder}", "every pack is made from one"
    raise UsageError(Problem("unknown-release", what, why, f"{fix} A folder works too"))


def _is_path(text: str) -> bool:
    return text.startswith((".", "~")) or os.sep in text or "/" in text


def _folder(path: Path) -> Path:
    path = path.expanduser()
    if (path / FILE).is_file():
        return path
    what, why = f"there is no {FILE} in {path}", "it says what the data are"
    raise UsageError(Problem("unknown-release", what, why, "name the folder of a data release, or an id"))


def _inside(folder: str, problem: Problem) -> Problem:
    return replace(problem, file=f"{folder}/{problem.file}")
