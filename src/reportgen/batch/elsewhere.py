"""
Elsewhere: the workers of a Dask scheduler as a `concurrent.futures.Executor`. A worker needs this package and the
release; what it lacks, or has otherwise, is noticed before it makes anything. As many tasks are handed over as there
are workers, so that those not begun can be called off; a task whose worker dies the scheduler gives to another.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import platform
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reportgen.batch.inputs import PARTS, Inputs, gather
from reportgen.batch.lock import at_work
from reportgen.batch.pool import Call, Pool, TookTooLongError, WorkerDiedError
from reportgen.batch.store import Folder
from reportgen.batch.task import Done, Source, Task
from reportgen.errors import Problem, SystemMissingError
from reportgen.resources import bundled

log = logging.getLogger(__name__)
SCHEME = "dask://"
PATIENCE = 60.0  # seconds in which a scheduler must answer, and have a worker
LOOK = 0.2  # seconds between two looks at workers, results and time
_one_at_a_time = threading.Lock()  # a worker with several threads: packs are made one after the other in a process


@dataclass(frozen=True)
class Errand:
    """
    What a worker elsewhere is told along with each task.
    Args:
        source: with paths that do not depend on a working folder, and no cache: a worker has its own disk.
        hashes: of the inputs that the run plans by, part by part.
        working: file that is locked while a pack is made, where a worker sees it.
    """

    source: Source
    hashes: tuple[tuple[str, str], ...]
    working: Path

    @classmethod
    def of(cls, source: Source, inputs: Inputs, working: Path) -> Errand:
        root = source.root
        there = replace(
            source,
            folder=source.folder.absolute(),
            root=Folder(root.root.absolute()) if isinstance(root, Folder) else root,
            cache=None,
        )
        return cls(there, tuple(inputs.hashes.items()), working.absolute())


def make(errand: Errand, task: Task) -> Done:
    """
    `work.make`, at a worker.
    Raises: SystemMissingError: the worker has other inputs than the run.
    """
    from reportgen.batch import work

    with _one_at_a_time:
        source = _source_here(errand)
        seen = errand.working.is_file()
        with at_work(errand.working) if seen else contextlib.nullcontext():
            return work.make(source, task)


@functools.lru_cache(maxsize=1)
def _source_here(errand: Errand) -> Source:
    """The source with our own resources as they lie here, once it is seen that all is the same here."""
    source = errand.source
    resources = replace(source.resources, roots=(*source.resources.roots[:-1], bundled().root))
    here = gather(source.folder, resources, source.settings).built_by(source.build)
    wanted = dict(errand.hashes)
    others = [part for part in PARTS if here.hashes[part] != wanted[part]]
    if others:
        what = f"a worker on {platform.node()} has other inputs than this run: {', '.join(others)}"
        why, fix = "its packs would have other bytes", "give it the same release, package and versions, then --resume"
        raise SystemMissingError(Problem("other-worker", what, why, fix, file=str(source.folder)))
    return replace(source, resources=resources)


@contextlib.contextmanager
def opened(
    address: str, timeout: float, begun: Callable[[int, str], None] = lambda worker, name: None
) -> Iterator[Elsewhere]:
    """
    The workers of a scheduler while the context lasts. Left by an exception, what has not begun is called off.
    Args: address: `dask://host:port`. timeout, begun: as of `workers.Workers`.
    Raises: SystemMissingError: the package is not installed, no scheduler answers, or it has no workers.
    """
    client = _client(address)
    with contextlib.closing(client), Elsewhere(client, timeout, begun) as pool:
        yield pool


def _client(address: str) -> Any:
    try:
        import distributed
    except ImportError as error:
        what, why = f"a package is not installed: {error}", "it reaches the scheduler"
        fix = "pip install 'reportgen[dask]'"
        raise SystemMissingError(Problem("extra-missing", what, why, fix, file=address)) from error
    connect: Any = distributed.Client
    client = None
    try:
        client = connect(f"tcp://{address.removeprefix(SCHEME)}", timeout=PATIENCE, set_as_default=False)
        client.wait_for_workers(1, timeout=PATIENCE)
    except (OSError, ValueError, TimeoutError) as error:
        if client is not None:
            client.close()
        what = "the scheduler has no workers" if client is not None else f"no scheduler answers: {error}"
        why, fix = "it gives packs to those who make them", "begin dask scheduler and dask worker, or leave --executor"
        raise SystemMissingError(Problem("no-workers", what, why, fix, file=address)) from error
    return client


@dataclass(eq=False)
class _Handed:
    call: Call
    number: int
    until: float
    key: str  # by which the scheduler knows it


class Elsewhere(Pool):
    """
    Args: client: of a scheduler. timeout, begun: as of `Pool`; it has no workers for longer: it is gone.
    What a worker has begun it ends, whoever calls it off; then nobody hears of it.
    """

    def __init__(
        self, client: Any, timeout: float, begun: Callable[[int, str], None] = lambda worker, name: None
    ) -> None:
        super().__init__(timeout, begun)
        self._client, self._patience = client, timeout
        self._pool = client.get_executor(pure=False)
        self._there: dict[Future[Any], _Handed] = {}
        self._seen = time.monotonic()  # when there last were workers

    def _given(self) -> list[Call]:
        return [handed.call for handed in self._there.values()]

    def _stop(self) -> None:
        for there in self._there:
            there.cancel()

    def _reason(self, error: Exception) -> Exception:
        what = f"the scheduler cannot be reached any more: {type(error).__name__}: {error}"
        why, fix = "nobody makes the packs that are left", "begin it again, then reportgen batch --resume"
        return SystemMissingError(Problem("no-workers", what, why, fix))

    def _look_after(self) -> None:
        while True:
            self._hand_over()
            with self._lock:
                there = set(self._there)
                if self._closing and not there and not self._waiting:
                    return
            if there:
                wait(there, LOOK, FIRST_COMPLETED)
            else:
                time.sleep(LOOK / 10)
            self._take()

    def _hand_over(self) -> None:
        now = time.monotonic()
        workers = len(self._client.nthreads()) if self._waiting else 0
        if workers or not self._waiting:
            self._seen = now
        elif now - self._seen > self._patience:
            raise TimeoutError("it has had no workers for too long")
        with self._lock:
            while len(self._there) < workers and (call := self._next()) is not None:
                taken = {each.number for each in self._there.values()}
                number = next(number for number in range(len(taken) + 1) if number not in taken)
                handed = _Handed(call, number, self._until(), f"pack-{uuid.uuid4()}")
                self._begun(number, call.name)
                self._there[self._pool.submit(call.task, key=handed.key)] = handed

    def _take(self) -> None:
        now = time.monotonic()
        with self._lock:
            ended = [(there, handed) for there, handed in self._there.items() if there.done() or now > handed.until]
            for there, _ in ended:
                del self._there[there]
        for there, handed in ended:
            future = handed.call.future
            self._begun(handed.number, "")
            if not there.done():
                self._begin_anew(handed.key)
                there.cancel()
                future.set_exception(TookTooLongError())
            elif there.cancelled():
                future.set_exception(WorkerDiedError(None))
            elif (error := there.exception()) is None:
                future.set_result(there.result())
            else:
                killed = type(error).__name__ == "KilledWorker"
                future.set_exception(WorkerDiedError(None) if killed else error)

    def _begin_anew(self, key: str) -> None:
        """Have the worker that is at a task begin anew; others that it had go to other workers."""
        try:
            at_it = [address for address, keys in self._client.processing().items() if key in keys]
            self._client.restart_workers(at_it, timeout=PATIENCE, raise_for_error=False)
        except Exception as error:  # a worker without a nanny cannot be begun anew by anybody
            log.warning("Elsewhere: a worker that takes too long cannot be stopped: %s", error)
