"""
Run: from a release folder to packs on the disk: plan, build each that has to be, check it, write it, and the manifest
last. One pack that fails does not stop the others; a run that is killed goes on where it was. Prints nothing; says what
it does through the log `reportgen`, and to whoever looks on.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from reportgen.batch import executor, lock, manifest, output
from reportgen.batch.inputs import Inputs, gather
from reportgen.batch.ledger import COMPLETE, STOPPED, Attempt, Entry, Ledger, Place
from reportgen.batch.reasons import Planned, expected_seconds, largest_first, planned
from reportgen.batch.task import Done, Source, Task
from reportgen.batch.workers import OutOfMemoryError, TookTooLongError
from reportgen.errors import Problem, UsageError
from reportgen.release.info import read_info
from reportgen.release.model import Release, ReleaseInfo
from reportgen.resources import Resources
from reportgen.settings import Settings

log = logging.getLogger(__name__)
STATE = ".reportgen"  # below the folder of all packs: ledgers, locks and caches, which belong to no pack
Choose = Callable[[Release], list[str]]
Watch = Callable[[Mapping[str, Any]], None]


@dataclass(frozen=True)
class How:
    """
    How a run goes about it.
    Args:
        workers: most processes; 0: all is done in this one.
        asked: the choice of areas in words, the same for the same choice, so that the ledger knows it again; empty: it
            is made anew each time.
        force: make every pack, whether anything has changed or not.
        resume: go on with the latest run, which did not come to its end: with what it had not tried.
        retry_failed: only areas whose latest pack could not be made.
        timeout: most seconds for one pack in a worker; None: `executor.TIMEOUT`. memory: most bytes that a worker may
            hold; None: no limit.
    """

    workers: int = 0
    asked: str = ""
    force: bool = False
    resume: bool = False
    retry_failed: bool = False
    timeout: float | None = None
    memory: int | None = None


@dataclass(frozen=True)
class Made:
    """A pack on the disk: files below `out/<release>/`, the PDF first; `reason`: why it was made; empty: not now."""

    area: str
    name: str
    level: str
    pages: int
    files: tuple[Path, ...]
    reason: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.area}): {self.pages} pages"


@dataclass(frozen=True)
class Failed:
    """
    A pack that could not be made, why, and for a fault of ours the trace of it.
    Args:
        exit_code: what the run ends with if no pack could be made, and all for a reason of this kind.
    """

    area: str
    name: str
    level: str
    problems: tuple[Problem, ...]
    trace: str = ""
    exit_code: int = 6

    def __str__(self) -> str:
        return f"{self.name} ({self.area}): no pack was written"


@dataclass(frozen=True)
class Outcome:
    """
    What became of a run; areas in the order of the plan.
    Args:
        made, unchanged: packs that were made, and those that stood there already as they must be.
        order: area → its place in the plan.
        summary: counts, seconds and what the caches gave.
    """

    release: str
    made: tuple[Made, ...]
    unchanged: tuple[Made, ...]
    failed: tuple[Failed, ...]
    manifest: Path
    order: Mapping[str, int] = field(default_factory=dict)
    summary: Mapping[str, Any] = field(default_factory=dict)

    @property
    def packs(self) -> tuple[Made, ...]:
        """All that are there as they must be, in the order of the plan."""
        return tuple(sorted((*self.made, *self.unchanged), key=lambda pack: self.order[pack.area]))

    @property
    def exit_code(self) -> int:
        if self.made or self.unchanged or not self.failed:
            return 5 if self.failed else 0
        return max(one.exit_code for one in self.failed)


def run(
    folder: Path,
    choose: Choose,
    out: Path,
    resources: Resources,
    settings: Settings,
    how: How | None = None,
    watch: Watch = lambda event: None,
    build: Callable[..., Any] | None = None,
) -> Outcome:
    """
    Make the packs of one release that are not there yet as they must be.
    Args:
        folder: of the release.
        choose: which areas, from `plan`.
        out: packs go to `out/<release>/`.
        watch: told what happens as it happens, as records: see `progress`.
        build: makes one pack; `pack.build.build` unless a test hands in another.
    Raises: DataError: the release is wrong; UsageError: of `choose`, or nothing is to be resumed; ConfigurationError: a
        setting does not fit the release, or the team's own material is wrong; BusyError: another run is at work on this
        folder; SystemMissingError: the folder cannot be written to, or an engine cannot be loaded.
    Where this process is asked to stop, packs in flight are finished, and then it is stopped.
    """
    begun = time.monotonic()
    batch = _batch(folder, choose, out, resources, settings, how or How(), build)
    output.ready(batch.source.root)
    output.ready(batch.state)
    with lock.alone(batch.state_of("lock"), batch.state_of("working")), closing(batch.ledger()) as ledger:
        output.clear_unfinished(batch.source.root)
        plan = batch.plan(ledger)
        to_do = [one.task for one in plan if one.task is not None]
        entries = ledger.packs()
        expected = sum(expected_seconds(task.place, entries) for task in to_do)
        planned = {"areas": len(plan), "unchanged": len(plan) - len(to_do), "expected": round(expected, 1)}
        watch({"event": "planned", "release": batch.info.id, **planned})
        if to_do or not manifest.stands(batch.source.root, entries):
            done, summary = _carry_out(batch, ledger, plan, to_do, watch, begun)
        else:
            done, summary = {}, _summary(plan, {}, begun)
        watch({"event": "ended", **summary})
        return batch.outcome(plan, done, summary)


def why(
    folder: Path, choose: Choose, out: Path, resources: Resources, settings: Settings, how: How | None = None
) -> list[tuple[Place, str]]:
    """What a run would make, and why, in the order of the plan; writes nothing. Arguments and errors as of `run`."""
    batch = _batch(folder, choose, out, resources, settings, how or How(), None)
    with closing(batch.ledger()) as ledger:
        plan = batch.plan(ledger)
    reasons = {one.place: one.task.reason if one.task else "" for one in plan}
    unsure = [one.task for one in plan if one.task is not None and one.task.digest]
    if unsure:
        from reportgen.batch.work import look

        with executor.local(batch.how.workers, len(unsure)) as pool:
            for task, found in executor.each(look, batch.source, unsure, pool):
                if isinstance(found, Exception):
                    raise found
                reasons[task.place] = found.problems[0].what if found.problems else found.reason
    return [(place, reason) for place, reason in reasons.items() if reason]


@dataclass(frozen=True)
class _Batch:
    """A run before it has begun: where everything lies, and which areas are meant."""

    info: ReleaseInfo
    places: tuple[Place, ...]
    source: Source
    inputs: Inputs
    own: Mapping[str, Any]
    state: Path
    how: How

    def state_of(self, kind: str) -> Path:
        return self.state / f"{self.info.id}.{kind}"

    def ledger(self) -> Ledger:
        """The ledger; a new one takes over what the catalogue of an earlier run says of the packs that stand there."""
        ledger = Ledger(self.state_of("sqlite"))
        if ledger.is_new:
            ledger.adopt(*manifest.catalogued(self.source.root))
        return ledger

    def plan(self, ledger: Ledger) -> list[Planned]:
        places = self._left(ledger) if self.how.resume else list(self.places)
        if self.how.retry_failed:
            failing = ledger.failing()
            places = [place for place in places if place.area in failing]
        return planned(places, ledger, self.inputs, self.source.root, force=self.how.force)

    def _left(self, ledger: Ledger) -> list[Place]:
        """The areas of the latest run but those whose pack it tried in vain."""
        latest = next(iter(ledger.runs()), None)
        if latest is None or latest.state == COMPLETE:
            what, why = "there is no run to go on with", "the latest one came to its end, or there was none"
            raise UsageError(Problem("nothing-to-resume", what, why, "run reportgen batch without --resume"))
        failed = {area for area, attempt in ledger.attempts(latest.id).items() if attempt.state == "failed"}
        return [place for place in latest.places if place.area not in failed]

    def outcome(self, plan: list[Planned], done: Mapping[str, Done], summary: Mapping[str, Any]) -> Outcome:
        made, unchanged, failed = [], [], []
        for one in plan:
            result = done.get(one.place.area)
            if result is not None and result.entry is not None:
                made.append(self._made(result.entry, result.reason))
            elif result is not None and result.problems:
                who = (one.place.area, one.place.name, one.place.level)
                failed.append(Failed(*who, result.problems, result.trace, result.exit_code))
            elif one.entry is not None:
                unchanged.append(self._made(one.entry, ""))
        path = self.source.root / manifest.NAME
        order = {one.place.area: number for number, one in enumerate(plan)}
        return Outcome(self.info.id, tuple(made), tuple(unchanged), tuple(failed), path, order, summary)

    def _made(self, entry: Entry, reason: str) -> Made:
        folder = self.source.root / entry.folder
        files = sorted((folder / name for name in entry.files), key=lambda path: (path.suffix != ".pdf", path))
        return Made(entry.area, entry.name, entry.level, entry.pages, tuple(files), reason)


def _batch(
    folder: Path,
    choose: Choose,
    out: Path,
    resources: Resources,
    settings: Settings,
    how: How,
    build: Callable[..., Any] | None,
) -> _Batch:
    info, inputs = read_info(folder), gather(folder, resources, settings).built_by(build)
    own, state = manifest.own(resources, settings), out / STATE
    origin = manifest.origin(info, own)
    source = Source(folder, resources, settings, out / info.id, inputs.id, inputs.press, origin, build, state / "cache")
    places = _known(state / f"{info.id}.sqlite", how.asked, inputs)
    if not places:
        from reportgen.batch.work import places_of

        places = places_of(source, choose)
    return _Batch(info, places, source, inputs, own, state, how)


def _known(path: Path, asked: str, inputs: Inputs) -> tuple[Place, ...]:
    """The areas that the same choice gave before, so that nothing has to be read; empty where it never was made."""
    if not asked or not path.is_file():
        return ()
    with closing(Ledger(path)) as ledger:
        return ledger.places(asked, inputs.id)


def _carry_out(
    batch: _Batch, ledger: Ledger, plan: list[Planned], to_do: list[Task], watch: Watch, begun: float
) -> tuple[dict[str, Done], dict[str, Any]]:
    from reportgen.batch.work import load, make

    how, source = batch.how, batch.source
    if to_do:
        load(source)  # here first: what stops every pack stops the run before anything is taken away
    places = [one.place for one in plan]
    number = ledger.begin(how.asked, places, batch.inputs)
    settled = [one for one in plan if one.task is None]
    for one in settled:
        ledger.note(number, Attempt(one.place.area, "unchanged", "", 0.0))
    manifest.withdraw(source.root)
    log.info("Packs: %d to make or to look at, %d unchanged, in %s", len(to_do), len(settled), source.root)
    entries = ledger.packs()
    to_do = largest_first(to_do, entries)
    done: dict[str, Done] = {}

    def begins(worker: int, name: str) -> None:
        watch({"event": "begun", "worker": worker, "area": name})

    limits = {"timeout": how.timeout, "memory": how.memory, "working": batch.state_of("working"), "begun": begins}
    try:
        with executor.Asked() as asked, executor.local(how.workers, len(to_do), **limits) as pool:
            for task, result in executor.each(make, source, to_do, pool, asked):
                found = _died(task, result, how) if isinstance(result, Exception) else result
                done[task.place.area] = found
                _note(ledger, number, plan, found, source)
                watch({**_event(found, task, entries), "number": len(done), "total": len(to_do)})
            if asked.by is not None:
                ledger.end(number, STOPPED, _summary(plan, done, begun))
    finally:
        output.clear_unfinished(source.root)
    listed = manifest.write(source.root, batch.info, ledger, batch.own, batch.inputs)
    summary = _summary(plan, done, begun)
    ledger.end(number, COMPLETE, summary)
    log.info("Manifest: %d packs", listed)
    return done, summary


def _note(ledger: Ledger, number: int, plan: list[Planned], found: Done, source: Source) -> None:
    """What became of an area; a pack that stands there as it must be is from now on known to come from these inputs."""
    area = found.place.area
    entry = found.entry
    if found.same:
        before = next(one.entry for one in plan if one.place.area == area)
        entry = None if before is None else replace(before, inputs=source.inputs, origin=source.origin)
    state = "failed" if found.problems else "unchanged" if found.same else "made"
    reason = found.problems[0].what if found.problems else found.reason
    old = ledger.packs().get(area) if entry is not None and found.entry is not None else None
    if old is not None and entry is not None and old.folder != entry.folder:
        output.remove(source.root / old.folder)  # the area has another name now
    ledger.note(number, Attempt(area, state, reason, round(found.seconds, 3)), entry)


def _event(found: Done, task: Task, entries: Mapping[str, Entry]) -> dict[str, Any]:
    state = "failed" if found.problems else "unchanged" if found.same else "made"
    pages = found.entry.pages if found.entry else 0
    line = f"{found.place.name} ({found.place.area}): " + (
        "no pack was written" if found.problems else "unchanged" if found.same else f"{pages} pages"
    )
    return {
        "event": state,
        "area": found.place.area,
        "name": found.place.name,
        "level": found.place.level,
        "pages": pages,
        "seconds": round(found.seconds, 3),
        "reason": found.reason,
        "problems": [problem.what for problem in found.problems],
        "expected": expected_seconds(task.place, entries),
        "line": line,
    }


def _died(task: Task, error: Exception, how: How) -> Done:
    """What is said of a pack whose process ended before it was done."""
    alone = f"make it alone: reportgen region {task.place.area}"
    if isinstance(error, TookTooLongError):
        what, why = (
            f"it took longer than {how.timeout or executor.TIMEOUT:g} seconds and was stopped",
            "the others must not wait for it",
        )
        fix = f"give it more time with --timeout, or {alone}"
        return Done(task.place, problems=(Problem("took-too-long", what, why, fix),))
    if isinstance(error, OutOfMemoryError):
        what = f"it took more than {(how.memory or 0) >> 20} MB of memory, twice, and was stopped"
        why, fix = "the machine must not run out of it", f"allow more with --memory, or {alone}"
        return Done(task.place, problems=(Problem("out-of-memory", what, why, fix),))
    what, why = "the process that made the pack died, and so did the next one", "it is set aside for the others"
    return Done(task.place, problems=(Problem("process-died", what, why, alone),))


def _summary(plan: list[Planned], done: Mapping[str, Done], begun: float) -> dict[str, Any]:
    seconds = time.monotonic() - begun
    states = Counter("failed" if one.problems else "unchanged" if one.same else "made" for one in done.values())
    made = [one for one in done.values() if one.entry is not None]
    return {
        "packs": states["made"],
        "unchanged": len([one for one in plan if one.task is None]) + states["unchanged"],
        "failed": states["failed"],
        "pages": sum(one.entry.pages for one in made if one.entry is not None),
        "seconds": round(seconds, 2),
        "core_seconds": round(sum(one.seconds for one in made), 2),
        "packs_per_second": round(len(made) / seconds, 2) if made else 0.0,
    }
