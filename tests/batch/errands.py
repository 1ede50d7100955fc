"""What a worker is asked to do by tests that are not about packs. Loads nothing, so that it begins at once."""

from __future__ import annotations

import os
import signal
import time


def double(state: int, key: int) -> int:
    return state * key


def die(state: str, key: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def sleep(state: str, key: float) -> float:
    time.sleep(key)
    return key


def fail(state: str, key: int) -> None:
    raise ValueError(key)
