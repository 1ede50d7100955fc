"""
Store: where the packs of a release lie: a folder of this machine, or what a URL names (`s3://bucket/packs`), through
fsspec. The same few things can be done to either; in both a file is there whole or not at all.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from reportgen.batch import output
from reportgen.batch.inputs import hash_of
from reportgen.batch.ledger import File
from reportgen.errors import Problem, SystemMissingError, UsageError

STATE = ".reportgen"  # ledgers, locks and caches, which belong to no pack
_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_MARKS = ("ETag", "etag", "md5Hash", "content_md5", "checksum")  # what stores call the hash that they keep of a file


@dataclass(frozen=True)
class Look:
    """What a store says of a file without reading it: its bytes, and a mark that is another one once it is changed."""

    bytes: int
    mark: int | str


class Store(ABC):
    """Names are paths below it, with `/`. What cannot be written or taken away raises SystemMissingError."""

    @abstractmethod
    def where(self, name: str = "") -> str:
        """Its place, or that of a file in it, for people."""

    @abstractmethod
    def ready(self) -> None:
        """See that it can be written to, so that a long run learns that at its beginning."""

    @abstractmethod
    def names(self, folder: str = "") -> list[str]:
        """Of all files, or those in a folder, unfinished ones too, sorted."""

    @abstractmethod
    def folders(self) -> list[str]:
        """At its top, sorted."""

    @abstractmethod
    def looks(self) -> Callable[[str], Look | None]:
        """What tells of files how they are now; None: there is no such file."""

    @abstractmethod
    def read(self, name: str) -> bytes:
        """Raises: OSError: there is no such file, or it cannot be read."""

    def sha256(self, name: str) -> str:
        return hashlib.sha256(self.read(name)).hexdigest()

    @abstractmethod
    def write(self, files: Mapping[str, bytes]) -> None:
        """Each whole, or not at all, one after the other; what is there besides stays."""

    @abstractmethod
    def write_pack(self, folder: str, files: Mapping[str, bytes]) -> dict[str, File]:
        """
        Write the folder of one pack, so that it holds these files and no others; its PDF goes first and comes last.
        Returns: path in the folder → what was written, sorted.
        """

    @abstractmethod
    def take_away(self, names: Sequence[str]) -> None:
        """Remove files, those that are there, in their order."""

    @abstractmethod
    def remove(self, folder: str) -> None:
        """Remove the folder of a pack: its PDF first."""

    @abstractmethod
    def clear_unfinished(self) -> None:
        """Remove what processes that were killed were writing."""


@dataclass(frozen=True)
class Folder(Store):
    """A folder of this machine, or one that several machines share under one path."""

    root: Path

    def where(self, name: str = "") -> str:
        return str(self.root / name)

    def ready(self) -> None:
        output.ready(self.root)

    def names(self, folder: str = "") -> list[str]:
        paths = (self.root / folder).rglob("*")
        return sorted(path.relative_to(self.root).as_posix() for path in paths if path.is_file())

    def folders(self) -> list[str]:
        return sorted(path.name for path in self.root.iterdir() if path.is_dir())

    def looks(self) -> Callable[[str], Look | None]:
        return self._look

    def _look(self, name: str) -> Look | None:
        try:
            found = (self.root / name).stat()
        except OSError:
            return None
        return Look(found.st_size, found.st_mtime_ns)

    def read(self, name: str) -> bytes:
        return (self.root / name).read_bytes()

    def sha256(self, name: str) -> str:
        return hash_of(self.root / name)

    def write(self, files: Mapping[str, bytes]) -> None:
        output.write_files(self.root, files)

    def write_pack(self, folder: str, files: Mapping[str, bytes]) -> dict[str, File]:
        return output.write_pack(self.root / folder, files)

    def take_away(self, names: Sequence[str]) -> None:
        output.take_away(self.root, names)

    def remove(self, folder: str) -> None:
        output.remove(self.root / folder)

    def clear_unfinished(self) -> None:
        output.clear_unfinished(self.root)


@dataclass(frozen=True)
class Remote(Store):
    """
    What a URL names. Objects have no temporary names: a store shows one when it has all of it. How it is reached (keys,
    an endpoint) is for its own variables and files to say: those of AWS, or those of fsspec.
    """

    url: str

    def where(self, name: str = "") -> str:
        return f"{self.url}/{name}" if name else self.url

    def ready(self) -> None:
        name = f"{STATE}-is-this-writable"
        self.write({name: b"yes\n"})
        self.take_away([name])

    def names(self, folder: str = "") -> list[str]:
        return sorted(f"{folder}/{name}".lstrip("/") for name in self._all(folder))

    def folders(self) -> list[str]:
        return sorted({name.partition("/")[0] for name in self._all() if "/" in name})

    def looks(self) -> Callable[[str], Look | None]:
        return self._all().get  # asked once for all of them: a request for each would take hours

    def read(self, name: str) -> bytes:
        fs, root = _opened(self.url)
        try:
            return bytes(fs.cat_file(f"{root}/{name}"))
        except OSError:
            raise
        except Exception as error:
            raise OSError(str(error)) from error

    def write(self, files: Mapping[str, bytes]) -> None:
        with self._or_say() as (fs, root):
            for name, data in files.items():
                fs.pipe_file(f"{root}/{name}", data)

    def write_pack(self, folder: str, files: Mapping[str, bytes]) -> dict[str, File]:
        first = {name: data for name, data in files.items() if not name.endswith(".pdf")}
        last = {name: data for name, data in files.items() if name.endswith(".pdf")}
        with self._or_say() as (fs, root):
            before = self._all(folder)
            self._drop([f"{folder}/{name}" for name in sorted(before) if name.endswith(".pdf")])
            fs.pipe({f"{root}/{folder}/{name}": data for name, data in first.items()})
            self._drop([f"{folder}/{name}" for name in sorted(before.keys() - files) if not name.endswith(".pdf")])
            fs.pipe({f"{root}/{folder}/{name}": data for name, data in last.items()})
            now = self._all(folder)
        return {
            name: File(hashlib.sha256(data).hexdigest(), len(data), now[name].mark)
            for name, data in sorted(files.items())
        }

    def take_away(self, names: Sequence[str]) -> None:
        with self._or_say():
            self._drop(names)

    def remove(self, folder: str) -> None:
        with self._or_say():
            names = sorted(self._all(folder), key=lambda name: (not name.endswith(".pdf"), name))
            self._drop([f"{folder}/{name}" for name in names])

    def clear_unfinished(self) -> None:
        """There is nothing to remove: see above."""

    def _drop(self, names: Sequence[str]) -> None:
        fs, root = _opened(self.url)
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                fs.rm_file(f"{root}/{name}")

    def _all(self, folder: str = "") -> dict[str, Look]:
        """All files below it, or below a folder of it: name from there → how it is."""
        with self._or_say() as (fs, root):
            start = f"{root}/{folder}".rstrip("/")
            found = fs.find(start, detail=True)
        return {name.removeprefix(start).lstrip("/"): Look(one["size"], _mark(one)) for name, one in found.items()}

    @contextlib.contextmanager
    def _or_say(self) -> Iterator[tuple[Any, str]]:
        try:
            yield _opened(self.url)
        except (SystemMissingError, UsageError):
            raise
        except Exception as error:  # each store has errors of its own: of keys, of the network, of its service
            what = f"the store cannot be read or written to: {type(error).__name__}: {error}"
            why, fix = "packs are finished only when they are there", "see to its keys and its address, or choose --out"
            raise SystemMissingError(Problem("cannot-write", what, why, fix, file=self.url)) from error


def _mark(found: Mapping[str, Any]) -> str:
    return str(next((found[name] for name in _MARKS if found.get(name)), ""))


def at(place: str | Path | Store) -> Store:
    """
    The store at a place.

    >>> at("out"), at("s3://bucket/packs/"), at("file:///srv/packs")
    (Folder(root=PosixPath('out')), Remote(url='s3://bucket/packs'), Folder(root=PosixPath('/srv/packs')))
    """
    if isinstance(place, Store):
        return place
    if isinstance(place, Path) or not _URL.match(place):
        return Folder(Path(place))
    if place.lower().startswith("file://"):
        return Folder(Path(unquote(urlsplit(place).path)))
    return Remote(place.rstrip("/"))


def below(place: str | Path, name: str) -> Store:
    """The store of a name below a place."""
    found = at(place)
    return Folder(found.root / name) if isinstance(found, Folder) else at(found.where(name))


def state_of(place: str | Path) -> Path:
    """
    Where ledgers, locks and caches of a place lie: in the folder, or for a URL below the working folder.

    >>> state_of("out"), state_of("s3://bucket/packs")
    (PosixPath('out/.reportgen'), PosixPath('.reportgen/s3-bucket-packs-6888e97b'))
    """
    found = at(place)
    if isinstance(found, Folder):
        return found.root / STATE
    words = re.sub(r"[^a-z0-9]+", "-", found.where().lower()).strip("-")[:60]
    return Path(STATE) / f"{words}-{hashlib.sha256(found.where().encode()).hexdigest()[:8]}"


class State:
    """
    What is known of the runs on the packs of a release, file by file; the cache is that of all releases of a place.
    Args: place: folder or URL of all packs; release: id.
    """

    def __init__(self, place: str | Path, release: str) -> None:
        self.folder = state_of(place)
        self.ledger, self.lock, self.working = (
            self.folder / f"{release}.{kind}" for kind in ("sqlite", "lock", "working")
        )
        self.cache = self.folder / "cache"


def _opened(url: str) -> tuple[Any, str]:
    return _opened_in(url, os.getpid())


@functools.lru_cache(maxsize=8)
def _opened_in(url: str, process: int) -> tuple[Any, str]:
    """The file system of a URL and the path there, once a process: threads of another one's are not in this."""
    try:
        import fsspec
    except ImportError as error:
        raise _lacking(url, "fsspec", "remote") from error
    protocol = url.partition("://")[0].lower()
    try:
        fs, root = fsspec.core.url_to_fs(url, use_listings_cache=False, skip_instance_cache=protocol != "memory")
    except ImportError as error:
        raise _lacking(url, str(error), "s3" if protocol == "s3" else "remote") from error
    except ValueError as error:
        what, why = f"{protocol} is no kind of store that is known here: {error}", "packs must go somewhere"
        raise UsageError(
            Problem("unknown-store", what, why, "write a folder, or a URL such as s3://bucket/packs")
        ) from error
    return fs, root.rstrip("/")


def _lacking(url: str, what: str, extra: str) -> SystemMissingError:
    fix = f"pip install 'reportgen[{extra}]'"
    return SystemMissingError(
        Problem("extra-missing", f"a package is not installed: {what}", "it reaches the store", fix, file=url)
    )
