"""
Run: from a release folder to packs on the disk: plan, build each that has to be, check it, write it, and the manifest
last. One pack that fails does not stop the others; a run that is killed goes on where it was. Prints nothing; says what
it does through the log `reportgen`, and to whoever looks on.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reportgen.batch import executor, lock, manifest, output, store
from reportgen.batch.cache import Cache
from reportgen.batch.inputs import Inputs, gather
from reportgen.batch.ledger import COMPLETE, FAILED, RUNNING, STOPPED, Entry, Ledger, Place, Run
from reportgen.batch.outcome import Failed, Made, Outcome
from reportgen.batch.reasons import Planned, expected_seconds, largest_first, planned
from reportgen.batch.store import State, Store
from reportgen.batch.task import Done, Source, Task
from reportgen.batch.told import attempt, died, event, settled_as, summary
from reportgen.errors import Problem, ReportgenError, SystemMissingError, UsageError
from reportgen.release.info import read_info
from reportgen.release.model import Release, ReleaseInfo
from reportgen.resources import Resources
from reportgen.settings import Settings

log = logging.getLogger(__name__)
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
        executor: who makes packs: `local`, or the workers of a scheduler, `dask://host:port`.
    """

    workers: int = 0
    asked: str = ""
    force: bool = False
    resume: bool = False
    retry_failed: bool = False
    timeout: float | None = None
    memory: int | None = None
    executor: str = executor.LOCAL


def run(
    folder: Path,
    choose: Choose,
    out: str | Path,
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
        out: folder or URL; packs go to `out/<release>/`.
        watch: told what happens as it happens, as records: see `progress`.
        build: makes one pack; `pack.build.build` unless a test hands in another.
    Raises: DataError: the release is wrong; UsageError: of `choose`, or nothing is to be resumed; ConfigurationError: a
        setting does not fit the release, or the team's own material is wrong; BusyError: another run is at work on this
        folder; SystemMissingError: the folder cannot be written to, or an engine cannot be loaded.
    Where this process is asked to stop, packs in flight are finished, and then it is stopped.
    """
    begun = time.monotonic()
    batch = _batch(folder, choose, out, resources, settings, how or How(), build)
    if batch.how.resume:
        with closing(batch.ledger_as_it_is()) as ledger:
            batch.resumed(ledger)  # before anything is made: where there is nothing to go on with, nothing is left
    batch.source.root.ready()
    output.ready(batch.state.folder)
    with lock.alone(batch.state.lock, batch.state.working), closing(batch.ledger()) as ledger:
        batch.source.root.clear_unfinished()
        if how is not None and how.asked:
            ledger.choose(how.asked, batch.inputs.id, batch.places)
        plan = batch.plan(ledger)
        to_do = [one.task for one in plan if one.task is not None]
        entries = ledger.packs()
        expected = sum(expected_seconds(task.place, entries) for task in to_do)
        planned = {"areas": len(plan), "unchanged": len(plan) - len(to_do), "expected": round(expected, 1)}
        watch({"event": "planned", "release": batch.info.id, **planned})
        if to_do or batch.how.resume or not manifest.stands(batch.source.root, entries):
            done, said = _carry_out(batch, ledger, plan, to_do, watch, begun)
        else:
            done, said = {}, {**summary(plan, {}, begun), "state": COMPLETE}
        watch({"event": "ended", **said})
        return batch.outcome(plan, done, said)


def why(
    folder: Path, choose: Choose, out: str | Path, resources: Resources, settings: Settings, how: How | None = None
) -> list[tuple[Place, str]]:
    """What a run would make, and why, in the order of the plan; writes nothing. Arguments and errors as of `run`."""
    batch = _batch(folder, choose, out, resources, settings, how or How(), None)
    with closing(batch.ledger_as_it_is()) as ledger:
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
    state: State
    how: How

    def ledger(self) -> Ledger:
        """The ledger; a new one takes over what the catalogue of an earlier run says of the packs that stand there."""
        return self._adopting(Ledger(self.state.ledger))

    def ledger_as_it_is(self) -> Ledger:
        """The same, to be read alone: nothing is made where there is none."""
        return Ledger.there(self.state.ledger) or self._adopting(Ledger(None))

    def _adopting(self, ledger: Ledger) -> Ledger:
        if ledger.is_new:
            ledger.adopt(*manifest.catalogued(self.source.root))
        return ledger

    def plan(self, ledger: Ledger) -> list[Planned]:
        places, given_up = list(self.places), {}
        if self.how.resume:
            run = self.resumed(ledger)
            places = list(run.places)
            tried = ledger.attempts(run.id).values()
            given_up = {attempt.area: attempt.reason for attempt in tried if attempt.state == FAILED}
        if self.how.retry_failed:
            failing = ledger.failing()
            places = [place for place in places if place.area in failing]
        return planned(places, ledger, self.inputs, self.source.root, force=self.how.force, given_up=given_up)

    def asked(self, ledger: Ledger) -> str:
        """What the areas of the plan answer to: a choice of some for a reason of this moment is no answer to any."""
        return self.resumed(ledger).asked if self.how.resume else "" if self.how.retry_failed else self.how.asked

    def dangerous(self, ledger: Ledger, tasks: list[Task]) -> bool:
        """Whether a pack may take this process with it: it failed before, or the latest run was killed."""
        latest = ledger.latest()
        return not ledger.failing().isdisjoint(task.place.area for task in tasks) or (
            latest is not None and latest.state == RUNNING
        )

    def resumed(self, ledger: Ledger) -> Run:
        """The run that is gone on with. Raises: UsageError: there is none."""
        latest = ledger.latest()
        if latest is None or latest.state == COMPLETE:
            what, why = "there is no run to go on with", "the latest one came to its end, or there was none"
            raise UsageError(Problem("nothing-to-resume", what, why, "run reportgen batch without --resume"))
        return latest

    def outcome(self, plan: list[Planned], done: Mapping[str, Done], summary: Mapping[str, Any]) -> Outcome:
        made, unchanged, failed = [], [], []
        for one in plan:
            result, who = done.get(one.place.area), (one.place.area, one.place.name, one.place.level)
            if result is not None and result.entry is not None:
                made.append(self._made(result.entry, result.reason))
            elif result is not None and result.problems:
                failed.append(Failed(*who, result.problems, result.trace, result.exit_code))
            elif one.given_up:
                why, fix = "the run that is gone on with tried it in vain", "run reportgen batch --retry-failed"
                failed.append(Failed(*who, (Problem("failed", one.given_up, why, fix),)))
            elif one.entry is not None:
                unchanged.append(self._made(one.entry, ""))
        path = self.source.root.where(manifest.NAME)
        order = {one.place.area: number for number, one in enumerate(plan)}
        return Outcome(self.info.id, tuple(made), tuple(unchanged), tuple(failed), path, order, summary)

    def _made(self, entry: Entry, reason: str) -> Made:
        names = sorted(entry.files, key=lambda name: (not name.endswith(".pdf"), name))
        files = tuple(self.source.root.where(f"{entry.folder}/{name}") for name in names)
        return Made(entry.area, entry.name, entry.level, entry.pages, files, reason)


def _batch(
    folder: Path,
    choose: Choose,
    out: str | Path,
    resources: Resources,
    settings: Settings,
    how: How,
    build: Callable[..., Any] | None,
) -> _Batch:
    info, inputs = read_info(folder), gather(folder, resources, settings).built_by(build)
    own, state = manifest.own(resources, settings), State(out, info.id)
    origin, root = manifest.origin(info, own), store.below(out, info.id)
    source = Source.of(folder, resources, settings, root, inputs, origin=origin, build=build, cache=state.cache)
    places = _known(state.ledger, how.asked, inputs)
    if not places:
        from reportgen.batch.work import places_of

        places = places_of(source, choose)
    return _Batch(info, places, source, inputs, own, state, how)


def _known(path: Path, asked: str, inputs: Inputs) -> tuple[Place, ...]:
    """The areas that the same choice gave before, so that nothing has to be read; empty where it never was made."""
    ledger = Ledger.there(path) if asked else None
    if ledger is None:
        return ()
    with closing(ledger):
        return ledger.places(asked, inputs.id)


def _carry_out(
    batch: _Batch, ledger: Ledger, plan: list[Planned], to_do: list[Task], watch: Watch, begun: float
) -> tuple[dict[str, Done], dict[str, Any]]:
    source, entries = replace(batch.source, many=len(to_do) > executor.FEW), ledger.packs()
    apart = batch.dangerous(ledger, to_do)
    number = ledger.begin(batch.asked(ledger), [one.place for one in plan], batch.inputs)
    done: dict[str, Done] = {}
    try:
        with closing(_results(batch, source, largest_first(to_do, entries), watch, apart=apart)) as results:
            for task, found in results:
                done[task.place.area] = found
                _note(ledger, number, entries.get(task.place.area), found, source)
                watch({**event(found, task, entries), "number": len(done), "total": len(to_do)})
        settled = [one for one in plan if one.task is None]
        ledger.note_all(number, [settled_as(one) for one in settled])
        _see_that_all_stand(source.root, plan, done, ledger.packs())
        listed = manifest.write(source.root, batch.info, ledger, batch.own, batch.inputs)
    except BaseException:  # also where it is asked to stop
        said = {**summary(plan, done, begun), "state": STOPPED}
        with contextlib.suppress(SystemMissingError):
            ledger.end(number, STOPPED, said)
        watch({"event": "ended", **said})
        raise
    finally:
        source.root.clear_unfinished()
        Cache(source.cache).trim()
    said = {**summary(plan, done, begun), "state": COMPLETE}
    ledger.end(number, COMPLETE, said)
    log.info("Manifest: %d packs", listed)
    return done, said


def _results(
    batch: _Batch, source: Source, tasks: list[Task], watch: Watch, *, apart: bool
) -> Generator[tuple[Task, Done], None, None]:
    """What became of each task, as they are done; from the first on nothing vouches for the folder."""

    def begins(worker: int, name: str) -> None:
        watch({"event": "begun", "worker": worker, "area": name})

    how = batch.how
    with _makers(batch, source, len(tasks), begins, apart=apart) as (make, state, pool):
        from reportgen.batch.work import load

        if tasks:
            load(source)  # here first: what stops every pack stops the run before anything is taken away
        source.root.take_away(manifest.FILES)
        log.info("Packs: %d to make or to look at, in %s", len(tasks), source.root.where())
        with executor.Asked() as asked:
            for task, result in executor.each(make, state, tasks, pool, asked):
                if isinstance(result, ReportgenError):  # of whoever should make packs, and so of all of them
                    raise result
                if isinstance(result, Exception):
                    result = died(task, result, how.timeout or executor.TIMEOUT, how.memory)
                yield task, result


@contextlib.contextmanager
def _makers(
    batch: _Batch, source: Source, tasks: int, begun: Callable[[int, str], None], *, apart: bool
) -> Iterator[tuple[Callable[..., Done], Any, Executor | None]]:
    """
    What makes a pack, what it is told besides the task, and who does it: processes here, or those of a scheduler.
    Processes here get ready while this one loads what it needs itself.
    """
    how, working = batch.how, batch.state.working
    if how.executor == executor.LOCAL or not tasks:
        limits = {"timeout": how.timeout, "memory": how.memory, "working": working, "begun": begun}
        with executor.local(how.workers, tasks, apart=apart, **limits) as pool:
            from reportgen.batch import work

            yield work.make, source, pool
        return
    from reportgen.batch import elsewhere

    with elsewhere.opened(how.executor, how.timeout or executor.TIMEOUT, begun) as there:
        yield elsewhere.make, elsewhere.Errand.of(source, batch.inputs, working), there


def _see_that_all_stand(
    root: Store, plan: list[Planned], done: Mapping[str, Done], entries: Mapping[str, Entry]
) -> None:
    """Raises: SystemMissingError: somebody took packs away while the run was at work."""
    failed = {area for area, found in done.items() if found.problems}
    finished = [one.place for one in plan if not one.given_up and one.place.area not in failed]
    look = root.looks()
    gone = [place.folder for place in finished if not manifest.stand(look, entries.get(place.area))]
    if gone:
        what = f"packs of this run are no longer there: {', '.join(gone[: manifest.MOST_NAMED])}"
        why = "something else removes files of this folder"
        raise SystemMissingError(Problem("cannot-write", what, why, "run reportgen batch --resume", file=root.where()))


def _note(ledger: Ledger, number: int, before: Entry | None, found: Done, source: Source) -> None:
    """What became of an area; a pack that stands there as it must be is from now on known to come from these inputs."""
    entry = found.entry
    if found.same:
        entry = None if before is None else replace(before, inputs=source.inputs, origin=source.origin)
    elif entry is not None and before is not None and before.folder != entry.folder:
        source.root.remove(before.folder)  # the area has another name now
    ledger.note(number, attempt(found), entry)
