"""
Kept: what was worked out before from the same things, for rooms that can do without. Whoever makes many packs says for
a while where such things are kept; a room that works something out asks here, and knows nothing of folders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol


class Keeper(Protocol):
    """Keeps bytes by their kind and by the hash of what they were worked out from."""

    def get(self, kind: str, key: str) -> bytes | None: ...

    def put(self, kind: str, key: str, data: bytes) -> None: ...


_keeper: ContextVar[Keeper | None] = ContextVar("keeper", default=None)


@contextmanager
def keeping(keeper: Keeper | None) -> Iterator[None]:
    """Within the block, what was worked out before is taken from there, and what is worked out is put there."""
    token = _keeper.set(keeper)
    try:
        yield
    finally:
        _keeper.reset(token)


def get(kind: str, key: str) -> bytes | None:
    """What is kept under a key; None where nothing is."""
    keeper = _keeper.get()
    return None if keeper is None else keeper.get(kind, key)


def put(kind: str, key: str, data: bytes) -> None:
    """Keep something, where anything is kept."""
    keeper = _keeper.get()
    if keeper is not None:
        keeper.put(kind, key, data)


def once(kind: str, key: str, work_out: Callable[[], bytes]) -> bytes:
    """What is kept under a key; worked out, and kept, where nothing is."""
    found = get(kind, key)
    if found is None:
        found = work_out()
        put(kind, key, found)
    return found
