"""
Ledger: what ran on a folder of packs, when, how long and why, and what each pack there was made from. An SQLite file
beside the packs, never part of them; alone here stand times. Every change is on the disk before the next one begins.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import logging
import os
import platform
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from reportgen.batch.inputs import Inputs
from reportgen.errors import Problem, SystemMissingError

log = logging.getLogger(__name__)
RUNNING, COMPLETE, STOPPED = "running", "complete", "stopped"  # runs
MADE, UNCHANGED, FAILED = "made", "unchanged", "failed"  # attempts
_TABLES = """
CREATE TABLE IF NOT EXISTS inputs (id TEXT PRIMARY KEY, parts TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS runs (
    id INTEGER PRIMARY KEY, begun TEXT NOT NULL, ended TEXT, state TEXT NOT NULL, pid INTEGER NOT NULL,
    host TEXT NOT NULL, asked TEXT NOT NULL, areas TEXT NOT NULL, inputs TEXT NOT NULL, summary TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS attempts (
    run INTEGER NOT NULL, area TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL, seconds REAL NOT NULL,
    PRIMARY KEY (run, area)
);
CREATE TABLE IF NOT EXISTS choices (
    asked TEXT NOT NULL, inputs TEXT NOT NULL, areas TEXT NOT NULL, PRIMARY KEY (asked, inputs)
);
CREATE TABLE IF NOT EXISTS packs (area TEXT PRIMARY KEY, made TEXT NOT NULL);
"""


@dataclass(frozen=True)
class File:
    """
    One file of a pack: its SHA-256, its bytes, and the mark that its store gives it, another one once it is changed:
    when a file system says that was, what an object store keeps as its hash (0, or empty: not known).
    """

    sha256: str
    bytes: int
    changed: int | str = 0


@dataclass(frozen=True)
class Entry:
    """
    A finished pack.
    Args:
        level: id; pages: of the PDF.
        key, digest: of what it prints with what made it a file, and of what it prints alone.
        inputs: id of the inputs that are known to give it.
        origin: revision of the release, settings and own files that it rests on, as one hash.
        files: path below the pack's folder → what it is.
        seconds: of one core that it took.
    """

    area: str
    name: str
    level: str
    folder: str
    pages: int
    key: str
    digest: str
    inputs: str
    origin: str
    files: Mapping[str, File]
    seconds: float = 0.0

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Entry:
        return cls(**{**found, "files": {name: File(**each) for name, each in found["files"].items()}})


@dataclass(frozen=True)
class Place:
    """An area of a run's plan; `kind` of its pack: national, regional, local."""

    area: str
    name: str
    level: str
    kind: str
    folder: str


@dataclass(frozen=True)
class Run:
    """
    One run as the ledger has it.
    Args:
        begun, ended: ISO 8601, UTC; ended is empty while it runs, or if it was killed.
        asked: which areas were asked for, as JSON; places: these areas.
        summary: what came of it: counts, seconds, cache.
    """

    id: int
    begun: str
    ended: str
    state: str
    pid: int
    host: str
    asked: str
    places: tuple[Place, ...]
    inputs: str
    summary: Mapping[str, Any]


@dataclass(frozen=True)
class Attempt:
    """What a run did about one area: `made`, `unchanged` or `failed`, why, and the seconds of one core."""

    area: str
    state: str
    reason: str
    seconds: float


class Ledger:
    """
    Args: path: of the SQLite file; made where there is none. One that is damaged is put aside, and said. None: it is
        kept nowhere.
    Raises: SystemMissingError: it cannot be made or written to; so does whatever changes it.
    """

    def __init__(self, path: Path | None) -> None:
        with _or_say(path):
            try:
                self._opened = _opened(path)
            except sqlite3.DatabaseError as error:
                if path is None or isinstance(error, sqlite3.OperationalError):
                    raise
                aside = path.with_name(f"{path.name}.damaged")
                log.warning("Ledger: %s is damaged (%s); it is kept as %s, a new one begins", path, error, aside.name)
                path.replace(aside)
                for rest in ("-wal", "-shm"):
                    path.with_name(path.name + rest).unlink(missing_ok=True)
                self._opened = _opened(path)
        self._path = path

    @classmethod
    def there(cls, path: Path) -> Ledger | None:
        """The ledger at a path as it is, to be read alone; None where there is none, or a damaged one."""
        if not path.is_file():
            return None
        found = cls.__new__(cls)
        found._path, found._opened = path, sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)
        try:
            _look_through(found._opened)
        except sqlite3.DatabaseError:
            found.close()
            return None
        return found

    @property
    def is_new(self) -> bool:
        """Whether it knows of nothing yet."""
        rows = self._opened.execute("SELECT (SELECT count(*) FROM runs) + (SELECT count(*) FROM packs)").fetchone()
        return bool(rows == (0,))

    def close(self) -> None:
        self._opened.close()

    @contextlib.contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """All that is changed meanwhile, or nothing of it."""
        with _or_say(self._path), self._opened as db:
            yield db

    def begin(self, asked: str, places: Sequence[Place], inputs: Inputs) -> int:
        """Note that a run begins. Returns: its number."""
        with self._changing() as db:
            db.execute("INSERT OR IGNORE INTO inputs VALUES (?, ?)", (inputs.id, json.dumps(inputs.as_json())))
            planned = json.dumps([asdict(place) for place in places])
            row = (_now(), RUNNING, os.getpid(), platform.node(), asked, planned, inputs.id, "{}")
            return int(
                db.execute(
                    "INSERT INTO runs (begun, state, pid, host, asked, areas, inputs, summary)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    row,
                ).lastrowid
                or 0
            )

    def end(self, run: int, state: str, summary: Mapping[str, Any]) -> None:
        with self._changing() as db:
            db.execute(
                "UPDATE runs SET ended = ?, state = ?, summary = ? WHERE id = ?",
                (_now(), state, json.dumps(summary), run),
            )

    def note(self, run: int, attempt: Attempt, entry: Entry | None = None) -> None:
        """What became of an area and, where its pack stands finished, the pack: both or neither."""
        with self._changing() as db:
            row = (run, attempt.area, attempt.state, attempt.reason, attempt.seconds)
            db.execute("INSERT OR REPLACE INTO attempts VALUES (?, ?, ?, ?, ?)", row)
            if entry is not None:
                self._keep(db, entry)

    def note_all(self, run: int, attempts: Sequence[Attempt]) -> None:
        """What became of areas about which there was nothing to do."""
        with self._changing() as db:
            rows = [(run, each.area, each.state, each.reason, each.seconds) for each in attempts]
            db.executemany("INSERT OR REPLACE INTO attempts VALUES (?, ?, ?, ?, ?)", rows)

    def adopt(self, entries: Sequence[Entry], inputs: Sequence[Inputs], failing: Sequence[str]) -> None:
        """Take over packs that stand there, as a catalogue describes them, and areas that failed."""
        with self._changing() as db:
            for one in inputs:
                db.execute("INSERT OR IGNORE INTO inputs VALUES (?, ?)", (one.id, json.dumps(one.as_json())))
            for entry in entries:
                self._keep(db, entry)
            db.executemany(
                "INSERT OR REPLACE INTO attempts VALUES (0, ?, 'failed', '', 0)", [(each,) for each in failing]
            )

    def drop(self, areas: Sequence[str]) -> None:
        """Forget packs."""
        with self._changing() as db:
            db.executemany("DELETE FROM packs WHERE area = ?", [(area,) for area in areas])

    @staticmethod
    def _keep(db: sqlite3.Connection, entry: Entry) -> None:
        db.execute("INSERT OR REPLACE INTO packs VALUES (?, ?)", (entry.area, json.dumps(asdict(entry))))

    def packs(self) -> dict[str, Entry]:
        """All finished packs: area → entry, sorted."""
        rows = self._opened.execute("SELECT area, made FROM packs ORDER BY area")
        return {area: Entry.from_json(json.loads(made)) for area, made in rows}

    def inputs(self, id: str) -> Inputs | None:
        row = self._opened.execute("SELECT parts FROM inputs WHERE id = ?", (id,)).fetchone()
        return None if row is None else Inputs.from_json(json.loads(row[0]))

    def runs(self, most: int = -1) -> list[Run]:
        """All runs, or at most so many, the newest first."""
        names = "id, begun, ended, state, pid, host, asked, areas, inputs, summary"
        rows = self._opened.execute(f"SELECT {names} FROM runs ORDER BY id DESC LIMIT ?", (most,))
        return [_run(row) for row in rows]

    def latest(self) -> Run | None:
        return next(iter(self.runs(1)), None)

    def attempts(self, run: int) -> dict[str, Attempt]:
        rows = self._opened.execute(
            "SELECT area, state, reason, seconds FROM attempts WHERE run = ? ORDER BY area", (run,)
        )
        return {row[0]: Attempt(*row) for row in rows}

    def counts(self) -> dict[int, Counter[str]]:
        """Run → how many attempts of each state."""
        found: dict[int, Counter[str]] = defaultdict(Counter)
        for run, state, count in self._opened.execute("SELECT run, state, count(*) FROM attempts GROUP BY run, state"):
            found[run][state] = count
        return found

    def failing(self) -> set[str]:
        """Areas whose pack could not be made when it was last tried."""
        latest = "SELECT area, state, max(run) FROM attempts GROUP BY area"
        return {area for area, state, _ in self._opened.execute(latest) if state == "failed"}

    def choose(self, asked: str, inputs: str, places: Sequence[Place]) -> None:
        """Keep which areas a choice gave of these inputs, in words that are the same for the same choice."""
        with self._changing() as db:
            planned = json.dumps([asdict(place) for place in places])
            db.execute("INSERT OR REPLACE INTO choices VALUES (?, ?, ?)", (asked, inputs, planned))

    def places(self, asked: str, inputs: str) -> tuple[Place, ...]:
        """The areas that the same choice gave of the same inputs; empty if it never was made."""
        one = "SELECT areas FROM choices WHERE (asked, inputs) = (?, ?)"
        row = self._opened.execute(one, (asked, inputs)).fetchone()
        return () if row is None else _places(row[0])


def _opened(path: Path | None) -> sqlite3.Connection:
    db = sqlite3.connect(path or ":memory:", timeout=30)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        with closing(db.cursor()) as cursor:
            cursor.executescript(_TABLES)
        _look_through(db)
    except BaseException:
        db.close()
        raise
    return db


def _look_through(db: sqlite3.Connection) -> None:
    """Raises: DatabaseError: it is damaged, or has no tables of ours."""
    db.execute("SELECT count(*) FROM packs").fetchone()
    if db.execute("PRAGMA quick_check").fetchone() != ("ok",):
        raise sqlite3.DatabaseError("its pages do not fit together")


@contextlib.contextmanager
def _or_say(path: Path | None) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        what, why = f"the ledger of runs cannot be written to: {error}", "a run must know what it has done"
        problem = Problem("cannot-write", what, why, "make room, or choose another folder with --out", file=str(path))
        raise SystemMissingError(problem) from error


def _run(row: Sequence[Any]) -> Run:
    id, begun, ended, state, pid, host, asked, areas, inputs, summary = row
    return Run(id, begun, ended or "", state, pid, host, asked, _places(areas), inputs, json.loads(summary))


def _places(areas: str) -> tuple[Place, ...]:
    return tuple(Place(**each) for each in json.loads(areas))


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
