"""
Cache: what was worked out once, by the hash of what it was worked out from. Every entry carries the hash of itself: one
that is damaged is noticed, dropped, and worked out again. Losing all of it loses nothing but time: of findings some
seconds a run, of compiled templates about half a second a process. Charts that are drawn without the engine are not
kept: over 40 packs with 219 of them that saved 2 ms a pack, and cost 5 ms a pack where nothing was kept yet.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

log = logging.getLogger(__name__)
# Bytes of each kind that outlast a run. Findings of the bundled release take some ten million, its templates one.
MOST = {"findings": 500 << 20, "charts": 500 << 20, "templates": 50 << 20}
_HASH = hashlib.sha256().digest_size


class Cache:
    """
    Args: folder: of the entries, made with the first; None: nothing is kept.
    `hits`, `misses` and `damaged` count what was asked for in this process.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self.hits = self.misses = self.damaged = 0

    def get(self, kind: str, key: str) -> bytes | None:
        """What was kept under a key; None where nothing was, or nothing whole."""
        path = self._path(kind, key)
        data = None
        if path is not None:
            with contextlib.suppress(OSError):
                data = path.read_bytes()
        if data is None:
            self.misses += 1
            return None
        if hashlib.sha256(data[_HASH:]).digest() != data[:_HASH]:
            log.warning("Cache: %s was damaged; it is dropped and made again", path)
            self.damaged += 1
            self.misses += 1
            with contextlib.suppress(OSError):
                path.unlink()  # type: ignore[union-attr]
            return None
        self.hits += 1
        return data[_HASH:]

    def put(self, kind: str, key: str, data: bytes) -> None:
        """Keep something; where it cannot be kept, nothing is said: it is only a cache."""
        path = self._path(kind, key)
        if path is None:
            return
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(hashlib.sha256(data).digest() + data)
            part.replace(path)

    def trim(self, most: Mapping[str, int] = MOST) -> None:
        """Drop the oldest entries of each kind until the rest has at most so many bytes; and what is unfinished."""
        for kind, room in most.items():
            for _, size, path in sorted(self._entries(kind), key=lambda entry: entry[0], reverse=True):
                room -= size
                if room < 0 or path.suffix == ".part":
                    with contextlib.suppress(OSError):
                        path.unlink()

    def _entries(self, kind: str) -> Iterator[tuple[float, int, Path]]:
        for path in self._folder.joinpath(kind).glob("*/*") if self._folder is not None else ():
            with contextlib.suppress(OSError):
                found = path.stat()
                yield found.st_mtime, found.st_size, path

    def _path(self, kind: str, key: str) -> Path | None:
        return None if self._folder is None else self._folder / kind / key[:2] / key[2:]
