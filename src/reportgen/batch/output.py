"""
Output: the only writer. Nothing stands under its final name before all of it is on the disk.
A pack's PDF comes last and goes first: where it stands, the files beside it are its own, and all of them.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from reportgen.batch.ledger import File
from reportgen.errors import Problem, SystemMissingError

UNFINISHED = ".part"  # how the name of a file ends that is being written; such names begin with a dot


def ready(folder: Path) -> Path:
    """
    Make a folder, so that a long run learns at its beginning that it may write there.
    Raises: SystemMissingError: it cannot be made or written to.
    """
    with _or_say(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
    return folder


def write_file(path: Path, data: bytes) -> Path:
    """
    Write one file: whole, or not at all.
    Raises: SystemMissingError: the folder cannot be written to, the disk is full.
    """
    write_files(path.parent, {path.name: data})
    return path


def write_files(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """
    Write files below a folder, each whole or not at all; what stands there besides stays.
    Args:
        files: relative path → bytes.
    Returns: their paths, in the order given.
    Raises: SystemMissingError.
    """
    with _or_say(folder), _written_aside(folder, files) as aside:
        for part, path in aside:
            part.replace(path)
        _settle(folder, files)
    return [folder / name for name in files]


def write_pack(folder: Path, files: Mapping[str, bytes]) -> dict[str, File]:
    """
    Write the folder of one pack, so that it holds these files and no others.
    A failure before everything is on the disk leaves an earlier pack as it was; a failure after that leaves a folder
    without a PDF, which is how one sees that it is not finished.
    Returns: relative path → what was written, sorted.
    Raises: SystemMissingError: the folder cannot be written to, the disk is full.
    """
    with _or_say(folder), _written_aside(folder, files) as aside:
        for old in folder.glob("*.pdf"):
            old.unlink()
        _clear(folder, {path for pair in aside for path in pair})
        for part, path in sorted(aside, key=lambda pair: (pair[1].suffix == ".pdf", pair[1])):
            part.replace(path)
        _settle(folder, files)
        return {name: _written(folder / name, data) for name, data in sorted(files.items())}


def take_away(folder: Path, names: Sequence[str]) -> None:
    """Remove files, those that are there, in their order. Raises: SystemMissingError."""
    with _or_say(folder):
        for name in names:
            (folder / name).unlink(missing_ok=True)


def remove(folder: Path) -> None:
    """Remove the folder of a pack: its PDF first, which is what says that the others are there."""
    with _or_say(folder):
        for path in sorted(folder.glob("*.pdf")):
            path.unlink()
        shutil.rmtree(folder, ignore_errors=True)


def clear_unfinished(folder: Path) -> None:
    """Remove what processes that were killed were writing below a folder, and folders that held nothing else."""
    with _or_say(folder):
        for part in sorted(folder.rglob(f".*{UNFINISHED}")):
            part.unlink(missing_ok=True)
            for parent in (part.parent, part.parent.parent):
                if parent not in (folder, folder.parent):
                    with contextlib.suppress(OSError):
                        parent.rmdir()  # goes only if it is empty


def _written(path: Path, data: bytes) -> File:
    return File(hashlib.sha256(data).hexdigest(), len(data), path.stat().st_mtime_ns)


@contextlib.contextmanager
def _written_aside(folder: Path, files: Mapping[str, bytes]) -> Iterator[list[tuple[Path, Path]]]:
    """Every file under a temporary name beside its final one, on the disk; none of those names outlives this."""
    pairs = [((folder / name).with_name(f".{(folder / name).name}{UNFINISHED}"), folder / name) for name in files]
    try:
        for (part, path), data in zip(pairs, files.values(), strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        yield pairs
    finally:
        for part, _ in pairs:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        for parent in sorted({part.parent for part, _ in pairs}, reverse=True):
            with contextlib.suppress(OSError):
                parent.rmdir()  # goes only if it is empty: made for files that could not be written


def _settle(folder: Path, files: Mapping[str, bytes]) -> None:
    """Have the new names on the disk too, not only what they stand for."""
    for parent in sorted({(folder / name).parent for name in files}):
        handle = os.open(parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _clear(folder: Path, keep: set[Path]) -> None:
    """Remove what an earlier build left: figures no longer made, parts of a run that was killed, empty folders."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in keep:
            path.unlink()


@contextlib.contextmanager
def _or_say(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SystemMissingError(
            Problem(
                "cannot-write",
                f"the folder cannot be written to: {error.strerror or error}",
                "packs are finished only when they are on the disk",
                "make room, or choose another folder with --out",
                file=str(error.filename or folder),
            )
        ) from error
