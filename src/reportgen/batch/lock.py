"""
Lock: one run at a time on a folder of packs. The system holds it for a process and lets go of it when that process
ends, however it ends; what the file says is only for people.
"""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import json
import logging
import os
import platform
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from reportgen.errors import BusyError, Problem

log = logging.getLogger(__name__)
GLANCE = 0.2  # seconds in which somebody who only looks whether it is held lets go of it again
PATIENCE = 15.0  # seconds that workers of a run that was killed are given to end; they look five times a second


@contextlib.contextmanager
def alone(path: Path, working: Path) -> Iterator[None]:
    """
    Be the only run while the block lasts.
    Args:
        path: the file of the lock, which names its holder; working: the one that `at_work` holds.
    Raises: BusyError: another run holds it, or workers of one that was killed do not end.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        _take(file)
        try:
            if left := _read(file):
                log.warning("Run: an earlier run did not come to its end: %s", left)
            _write(file, f"process {os.getpid()} on {platform.node()}, begun {_now()}")
            _wait(working)
            yield
        finally:
            _write(file, "")


@contextlib.contextmanager
def at_work(working: Path) -> Iterator[None]:
    """Held by every worker, so that a later run can wait for those whose own run was killed."""
    with working.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


def held(path: Path) -> bool:
    """Whether a run is at work: it holds the lock at this path."""
    try:
        with path.open(encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        pass
    return False


def _take(file: IO[str]) -> None:
    end = time.monotonic() + GLANCE
    while True:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        if time.monotonic() > end:
            break
        time.sleep(0.02)
    who = _read(file) or "a process that has just begun"
    what, why = f"another run is at work on this folder: {who}", "two runs would write over each other"
    raise BusyError(Problem("busy", what, why, "wait for its end, or use another --out", file=file.name))


def _wait(working: Path) -> None:
    with working.open("a") as file:
        end = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return  # closing the file lets go of it
            if time.monotonic() > end:
                what, why = "workers of a run that was killed are still there", "they may still write packs"
                raise BusyError(Problem("busy", what, why, "end them, then run again", file=str(working)))
            time.sleep(0.05)


def _read(file: IO[str]) -> str:
    file.seek(0)
    with contextlib.suppress(ValueError):
        return str(json.loads(file.read() or "null") or "")
    return "one that left no name"


def _write(file: IO[str], text: str) -> None:
    file.seek(0)
    file.truncate()
    file.write(json.dumps(text) if text else "")
    file.flush()


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
