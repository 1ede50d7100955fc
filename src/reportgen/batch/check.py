"""
Check: the check of finished packs over the folder that a run wrote, with the manifest's hashes.
Reads what is on the disk; writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reportgen.batch import executor, manifest
from reportgen.errors import Problem
from reportgen.pack.check import Expected, check_pack, expected
from reportgen.release.read import read
from reportgen.resources import Resources


@dataclass(frozen=True)
class Checked:
    """How many packs were looked at, and all that is wrong with them; files are named from the release's folder."""

    packs: int
    problems: tuple[Problem, ...]


def root_of(path: Path) -> Path:
    """
    The folder of the release, with its manifest, that a path stands for or lies in (a pack's folder, its PDF).
    Without a manifest it is the path itself.
    """
    path = path.absolute()
    roots = [folder for folder in (path, *path.parents[:3]) if (folder / manifest.NAME).is_file()]
    return roots[0] if roots else path


def release_of(path: Path) -> str:
    """
    The id of the release whose packs stand at a path.
    Raises: UsageError: there is no manifest to tell it.
    """
    return str(manifest.read(root_of(path))["release"])


def check(
    path: Path,
    release: Path,
    resources: Resources,
    workers: int = 1,
    done: Callable[[str, int, int], None] = lambda pack, number, total: None,
) -> Checked:
    """
    Check the packs at a path: all of a release, or the one that the path lies in.
    Args:
        release: folder of the data release they were made from; it says which names and links belong there.
        workers: most processes.
        done: called with each pack's folder, how many are done now, and how many there are.
    Raises: UsageError: there is no manifest; DataError: the release cannot be read.
    """
    root = root_of(path)
    folders = [folder.name for folder in manifest.packs(root, release_of(path))]
    only = path.absolute().relative_to(root).parts[:1]
    chosen = [name for name in folders if not only or name == only[0]]
    state = (root, expected(read(release, resources.classification), resources, manifest.made_with(root)))
    found: dict[str, list[Problem]] = {}
    for name, problems in executor.each(_check_folder, state, chosen, workers):
        found[name] = [_died(name)] if problems is None else problems
        done(name, len(found), len(chosen))
    differences = [one for one in manifest.differences(root) if not only or one.file.split("/")[0] == only[0]]
    return Checked(len(chosen), tuple([problem for name in chosen for problem in found[name]] + differences))


def _check_folder(state: tuple[Path, Expected], name: str) -> list[Problem]:
    root, wanted = state
    folder = root / name
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in manifest.files_of(folder)}
    return check_pack(name, files, wanted)


def _died(name: str) -> Problem:
    why = "a file that brings a reader down is not fit to hand on"
    return Problem("unreadable", "the process that read the pack died", why, "build the pack again", file=name)
