"""
Files: what a release may be made of: files in its own folder, none of them larger than it can be.
Looks at names, links and sizes; opens nothing.
"""

from __future__ import annotations

from pathlib import Path

from reportgen.errors import Problem


def not_a_file(path: Path) -> Problem | None:
    """The problem of a folder, or of a pipe that nobody may ever write to, in the place of a file."""
    if not path.exists() or path.is_file():
        return None
    what = f"{path.name} is {'a folder' if path.is_dir() else 'no file'}"
    return Problem("not-a-file", what, "nothing in it can be used", "put the file itself there", path.name)


def outside(folder: Path, name: str) -> Problem | None:
    """The problem of a file of a release that is a link to a place outside of the release's folder."""
    path = folder / name
    if not path.is_symlink() or path.resolve().is_relative_to(folder.resolve()):
        return None
    what = f"{name} is a link to a place outside of the release"
    why = "a release is what its folder holds: what lies elsewhere changes unseen, or is not meant to be read"
    return Problem("outside-link", what, why, "put the file itself there", name, detail=f"to {path.readlink()}")


def occupied(folder: Path, why: str, fix: str) -> Problem | None:
    """The problem of a folder that is to be made, and is there already with something in it, or is no folder."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return None
    return Problem("target-exists", f"{folder} is there already and not empty", why, fix)


def too_large(path: Path, most: int, fix: str) -> Problem | None:
    """The problem of a file of more than so many bytes, which would be read as a whole."""
    if not path.is_file() or path.stat().st_size <= most:
        return None
    what, why = f"{path.name} is larger than {most >> 20} MB", "it would fill the memory"
    return Problem("too-large", what, why, fix, path.name)
