"""
Folder: can packs be written where they are to go, and is there room? Tries what the batch does with every file, beside
its place, and leaves nothing behind.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from reportgen.doctor.part import Part

try:
    import fcntl
except ImportError:  # Windows has another way to lock
    fcntl = None  # type: ignore[assignment]

ROOM_NEEDED = 200_000_000  # bytes: a few packs
ROOM_FOR_A_RELEASE = 1_000_000_000  # bytes: all packs of a release, old and new side by side
ENOUGH_TO_FAIL = 1 << 16  # bytes: a full disk takes the name of a file, but not what is in it
FIX = "choose another folder with --out"


def tried(out: Path) -> Iterator[Part]:
    """
    Whether a file can be written, made to stay, locked and renamed, and how much room there is.
    Args:
        out: where packs would go; where it is not there yet, the nearest folder above it is tried.
    """
    place = next(folder for folder in (out.absolute(), *out.absolute().parents) if folder.exists())
    yield _write(place, out)
    if place.is_dir():
        yield _room(place, out)


def _write(place: Path, out: Path) -> Part:
    names: list[Path] = []
    step = "written to"
    try:
        handle, name = tempfile.mkstemp(prefix=".reportgen-doctor-", dir=place)
        names.append(Path(name))
        with os.fdopen(handle, "wb") as file:
            file.write(bytes(ENOUGH_TO_FAIL))
            file.flush()
            step = "made to keep a file (fsync)"
            os.fsync(file.fileno())
            step = "made to lock a file"
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        step = "made to rename a file"
        names.append(names[0].with_suffix(".renamed"))
        names[0].replace(names[1])
    except OSError as error:
        fix = f"make room, or {FIX}" if error.errno == errno.ENOSPC else FIX
        return Part("fails", f"{out} cannot be {step}: {error.strerror or error}", fix)
    finally:
        for path in names:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
    return Part("ok", f"{out} takes files: written, kept, locked, renamed")


def _room(place: Path, out: Path) -> Part:
    free = shutil.disk_usage(place).free
    shown = f"{free / 1e9:.1f} GB free for {out}"
    if free < ROOM_NEEDED:
        return Part("fails", f"only {shown}", f"make room, or {FIX}")
    if free < ROOM_FOR_A_RELEASE:
        return Part("warns", f"only {shown}: too little for all packs of a release", f"make room, or {FIX}")
    return Part("ok", shown)
