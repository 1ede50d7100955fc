"""
Watched: which files the pages of a pack come from, and whether one of them has changed. Looks at names, sizes and times
of files; reads none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from reportgen.resources import NO_MATERIAL, OWN

SETTINGS = "reportgen.toml"
Stamps = dict[str, tuple[int, int]]


def stamps(files: Iterable[Path]) -> Stamps:
    """Path of each file that is there → when it was changed (ns), and its size in bytes."""
    found: Stamps = {}
    for path in files:
        try:
            state = path.stat()
        except OSError:  # gone between being listed and being looked at: an editor that writes aside and renames
            continue
        found[str(path)] = (state.st_mtime_ns, state.st_size)
    return found


def material(roots: Iterable[Path]) -> Iterator[Path]:
    """The templates, styles and data below some folders, and their settings; also those that nobody had before."""
    for root in roots:
        yield root / SETTINGS
        for pattern in OWN:
            yield from (path for path in root.glob(pattern) if path.is_file() and path.name not in NO_MATERIAL)


def tables(folder: Path) -> Iterator[Path]:
    """The files of a data release."""
    yield from (path for path in folder.rglob("*") if path.is_file())
