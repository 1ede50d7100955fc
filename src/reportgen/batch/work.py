"""
Work: what a worker does about one area: its document, whether that is the one that stands there already, and if not the
pack, its check and its files. A worker is given where things lie, never the things themselves, and loads them once.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import logging
import pickle
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from reportgen import area_groups, classification, kept
from reportgen.analysis.findings import Findings, analyse, dictionary, to_csv_bytes
from reportgen.batch import manifest, plan, store
from reportgen.batch.cache import Cache
from reportgen.batch.inputs import key_of
from reportgen.batch.ledger import Entry, File, Place
from reportgen.batch.moved import moved
from reportgen.batch.task import ALL_FAILED, Done, Source, Task
from reportgen.errors import CheckError, ConfigurationError, Problem, ReportgenError, SystemMissingError
from reportgen.pack.check import refused
from reportgen.pack.expected import Expected, expected
from reportgen.pack.model import Pack, folder_of
from reportgen.release.model import Release
from reportgen.release.read import read
from reportgen.resources import Resources
from reportgen.settings import Settings

log = logging.getLogger(__name__)
FINDINGS = "findings"  # in the cache


class Build(Protocol):
    """`pack.build.build`."""

    def __call__(
        self, area: str, release: Release, findings: Findings, resources: Resources, settings: Settings, known: str = ""
    ) -> Pack | None: ...


@dataclass(frozen=True)
class ByPress:
    """The cache for what is the same only as long as what turns documents into files is: code, engines, styles."""

    cache: Cache
    press: str

    def get(self, kind: str, key: str) -> bytes | None:
        return self.cache.get(kind, key_of(key, self.press))

    def put(self, kind: str, key: str, data: bytes) -> None:
        self.cache.put(kind, key_of(key, self.press), data)


@functools.lru_cache(maxsize=1)
def _cache(folder: Path | None) -> Cache:
    """One a process, so that it counts what was taken from it."""
    return Cache(folder)


def _keeping(source: Source) -> contextlib.AbstractContextManager[None]:
    return kept.keeping(ByPress(_cache(source.cache), source.press))


@dataclass(frozen=True)
class Loaded:
    """What lies at a source, read and analysed."""

    release: Release
    findings: Findings
    expected: Expected
    build: Build


@functools.lru_cache(maxsize=1)
def load(source: Source) -> Loaded:
    """
    Read and analyse what lies at a source, once a process.
    Raises: DataError, ConfigurationError, SystemMissingError.
    """
    release, findings = _analysed(source)
    wanted = expected(release, source.resources, source.settings)
    loaded = Loaded(release, findings, wanted, source.build or builder())
    gc.collect()
    gc.freeze()  # it stays as long as the process does: no later look at what can go need pass over it
    return loaded


def _analysed(source: Source) -> tuple[Release, Findings]:
    """A release with all findings, as they were kept; or worked out: for many packs at once and kept, else as asked."""
    cache = _cache(source.cache)
    if (found := cache.get(FINDINGS, source.analysed)) is not None:
        return cast(tuple[Release, Findings], pickle.loads(found))
    release = release_of(source)
    findings = analyse_release(release, source.resources, source.settings)
    if source.many:
        both = (release, findings.whole())
        cache.put(FINDINGS, source.analysed, pickle.dumps(both, protocol=pickle.HIGHEST_PROTOCOL))
    return release, findings


@functools.lru_cache(maxsize=1)
def release_of(source: Source) -> Release:
    """Read what lies at a source, once a process. Raises: DataError."""
    return read_release(source.folder, source.resources)


def read_release(folder: Path, resources: Resources) -> Release:
    release = read(folder, resources.classification)
    log.info("Release: %s read, %d areas", release.info.id, len(release.areas))
    return release


def analyse_release(release: Release, resources: Resources, settings: Settings) -> Findings:
    definitions = classification.chosen(resources, release.info.classification, settings)
    return analyse(release, definitions, settings, area_groups.load(resources))


def places_of(source: Source, choose: Callable[[Release], list[str]]) -> tuple[Place, ...]:
    """
    The areas that are chosen of a release, once it is seen that settings and own material let their packs be made.
    Raises: DataError, UsageError, ConfigurationError, SystemMissingError.
    """
    release = release_of(source)
    chosen = choose(release)
    plan.check_peers(release, source.settings)
    with engines():
        from reportgen.document.material import gathered
    gathered(source.resources, source.settings, release.info.classification)
    return tuple(
        Place(area, release.name_of(area), release.level_of(area).id, release.pack_kind(area), folder_of(area, release))
        for area in chosen
    )


def make(source: Source, task: Task) -> Done:
    """Build one pack, check it, and write it only if nothing is wrong with it. Raises nothing."""
    begun, cache = time.process_time(), _cache(source.cache)
    hits, misses = cache.hits, cache.misses
    try:
        loaded = load(source)
        with undisturbed(), _keeping(source):
            area = task.place.area
            pack = loaded.build(area, loaded.release, loaded.findings, source.resources, source.settings, task.digest)
            if pack is None:
                asked = cache.hits - hits, cache.misses - misses
                return Done(task.place, same=True, seconds=time.process_time() - begun, cached=asked)
            if problems := refused(pack, loaded.expected):
                raise CheckError(problems)
            reason = _why(task, source, pack.files)
            files = source.root.write_pack(pack.folder, pack.files)
        seconds = time.process_time() - begun
        entry, asked = _entry(task, source, pack, files, seconds), (cache.hits - hits, cache.misses - misses)
        return Done(task.place, entry, reason=reason, seconds=seconds, cached=asked)
    except ReportgenError as error:
        code = error.exit_code if isinstance(error, ConfigurationError) else ALL_FAILED
        return Done(task.place, problems=tuple(error.problems), exit_code=code)
    except Exception as error:  # a fault of ours in one pack must not take the others with it
        what = f"{type(error).__name__}: {error}"
        problem = fault(what, "run again with -v and report the trace")
        return Done(task.place, problems=(problem,), trace=traceback.format_exc())


def look(source: Source, task: Task) -> Done:
    """Only see whether the pack would be made and why; writes nothing. Raises nothing."""
    with engines():
        from reportgen.pack.written import write
    try:
        loaded = load(source)
        with undisturbed(), _keeping(source):
            written = write(task.place.area, loaded.release, loaded.findings, source.resources, source.settings)
            same = written.digest == task.digest
            return Done(task.place, same=same, reason="" if same else _why(task, source, written.files))
    except ReportgenError as error:
        return Done(task.place, problems=tuple(error.problems))


def _why(task: Task, source: Source, files: Mapping[str, bytes]) -> str:
    """The reason of a task, and where it is a changed document the first thing that moved in it."""
    if not task.digest:
        return task.reason
    return f"{task.reason}: {moved(lambda name: source.root.read(f'{task.place.folder}/{name}'), files)}"


def _entry(task: Task, source: Source, pack: Pack, files: Mapping[str, File], seconds: float) -> Entry:
    place = task.place
    return Entry(
        area=place.area,
        name=place.name,
        level=place.level,
        folder=pack.folder,
        pages=pack.pages,
        key=key_of(pack.digest, source.press),
        digest=pack.digest,
        inputs=source.inputs,
        origin=source.origin,
        files=files,
        seconds=round(seconds, 3),
    )


def write_findings(folder: Path, out: str | Path, resources: Resources, settings: Settings) -> list[str]:
    """
    Analyse a release and write its findings, one CSV file a family, and the dictionary of all indicators.
    Returns: the paths or URLs written, in `out/<release>/findings/`, sorted.
    Raises: DataError: the release is wrong; SystemMissingError: the folder cannot be written to.
    """
    release = read_release(folder, resources)
    root = store.below(out, f"{release.info.id}/{manifest.FINDINGS}")
    root.ready()
    findings = analyse_release(release, resources, settings)
    frames = {**findings.families, "dictionary": dictionary()}
    log.info("Findings: %d rows", sum(len(frame) for frame in findings.families.values()))
    root.write({f"{name}.csv": to_csv_bytes(frames[name]) for name in sorted(frames)})
    return [root.where(f"{name}.csv") for name in sorted(frames)]


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """
    Without looks at what can go while a pack is made: nearly nothing of it can before it is finished, and all of it
    afterwards. What stays then, for the packs to come, stays as long as the process: no later look passes over it, or
    each would take longer than the one before.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
        gc.collect()
        gc.freeze()


def builder() -> Build:
    """What makes a pack; loads the engines. Raises: SystemMissingError: one cannot be loaded."""
    with engines():
        from reportgen.pack.build import build
    return build


@contextlib.contextmanager
def engines() -> Iterator[None]:
    """Imports of rooms that load an engine."""
    try:
        yield
    except OSError as error:  # what an engine raises when its system library is not there
        raise SystemMissingError(
            Problem(
                "engine-missing",
                f"an engine cannot be loaded: {error}",
                "it lays the pages out",
                "run reportgen doctor, which names what to install",
            )
        ) from error


def fault(what: str, fix: str) -> Problem:
    return Problem("bug", what, "this is a fault of reportgen or of one of its engines", fix)
