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
    """
    A data release that is there: its folder and what its release.toml says.
    Args:
        superseded: another folder holds a higher revision of it.
        default: it is the one that commands use when none is named.
    """

    path: Path
    info: ReleaseInfo
    superseded: bool = False
    default: bool = False


def available(folders: Sequence[Path]) -> list[Entry]:
    """
    The releases in some folders, those of the first folder first, within each the newest published first.
    The first that is not superseded is the default: so a team's own release goes before a newer bundled one.
    Args:
        folders: each holds releases, a folder a release; those that do not exist hold none, and one that is named
            twice counts once.
    Raises: DataError: the release.toml of one is wrong; passing it over could give out an older one as the newest.
    """
    found: list[Entry] = []
    for number, folder in enumerate(folders):
        if folder.resolve() not in [earlier.resolve() for earlier in folders[:number]]:
            here = [_entry(path.parent) for path in sorted(folder.glob(f"*/{FILE}"))]
            found += sorted(here, key=lambda one: (one.info.published, one.info.revision, one.info.id), reverse=True)
    highest: dict[str, int] = {}
    for entry in found:
        highest[entry.info.id] = max(entry.info.revision, highest.get(entry.info.id, entry.info.revision))
    found = [replace(entry, superseded=entry.info.revision < highest[entry.info.id]) for entry in found]
    first = next((place for place, entry in enumerate(found) if not entry.superseded), None)
    return [replace(entry, default=place == first) for place, entry in enumerate(found)]


def resolve(name_or_folder: str | None, folders: Sequence[Path]) -> Path:
    """
    The folder of the release that is meant.
    Args:
        name_or_folder: the id of a release in one of the folders, whose highest revision is meant; or the folder of any
            release; None is the default.
    Raises:
        UsageError: there is none, or no such one, or two with that id and revision.
        DataError: as `available`.
    """
    if name_or_folder is not None and _is_path(name_or_folder):
        return _folder(Path(name_or_folder))
    entries = [entry for entry in available(folders) if not entry.superseded]
    if name_or_folder is None:
        if not entries:
            what, why = "there is no data release", "every pack is made from one"
            raise UsageError(Problem("no-release", what, why, "import one, or name its folder with --release"))
        name_or_folder = entries[0].info.id
    matching = [entry.path for entry in entries if entry.info.id == name_or_folder]
    if len(matching) == 1:
        return matching[0]
    if matching:
        what, why = f"two releases have the id {name_or_folder}", "we cannot know which one is meant"
        fix = f"name the folder of one: {', '.join(map(str, matching))}"
        raise UsageError(Problem("ambiguous-release", what, why, fix))
    if (Path(name_or_folder) / FILE).is_file():
        return Path(name_or_folder)
    known = list(dict.fromkeys(entry.info.id for entry in entries))
    close = nearest(name_or_folder, known)
    fix = f"did you mean {' or '.join(close)}?" if close else f"use one of: {', '.join(known) or 'none is there'}"
    what, why = f"there is no data release called {name_or_folder}", "every pack is made from one"
    raise UsageError(Problem("unknown-release", what, why, f"{fix}; a folder works too"))


def twin(info: ReleaseInfo, to: Path) -> Path | None:
    """A folder beside `to` with the same revision of the same release; folders with a wrong release.toml have none."""
    for path in sorted(to.parent.glob(f"*/{FILE}")):
        try:
            found = read_info(path.parent)
        except DataError:
            continue
        if path.parent.resolve() != to.resolve() and (found.id, found.revision) == (info.id, info.revision):
            return path.parent
    return None


def _entry(folder: Path) -> Entry:
    try:
        return Entry(folder, read_info(folder))
    except DataError as error:
        raise DataError([_inside(folder.name, problem) for problem in error.problems]) from error


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
