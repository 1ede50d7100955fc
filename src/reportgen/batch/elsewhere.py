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
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from reportgen.batch.executor import ending
from reportgen.batch.inputs import PARTS, Inputs, gather
from reportgen.batch.lock import at_work
from reportgen.batch.store import Folder
from reportgen.batch.task import Done, Source, Task
from reportgen.batch.workers import TookTooLongError, WorkerDiedError
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
    with contextlib.closing(client), ending(Elsewhere(client, timeout, begun)) as pool:
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


@dataclass
class _Handed:
    future: Future[Any]
    call: tuple[Any, ...]
    named: dict[str, Any]
    number: int = 0
    until: float = float("inf")
    key: str = field(default_factory=lambda: f"pack-{uuid.uuid4()}")  # by which the scheduler knows it


class Elsewhere(Executor):
    """
    Args:
        client: of a scheduler. timeout: most seconds for one task from when it is handed over.
        begun: told a number and the name of the task that begins under it; an empty name: it is done.
    """

    def __init__(
        self, client: Any, timeout: float, begun: Callable[[int, str], None] = lambda worker, name: None
    ) -> None:
        self._client, self._timeout, self._begun = client, timeout, begun
        self._pool = client.get_executor(pure=False)
        self._waiting: deque[_Handed] = deque()
        self._there: dict[Future[Any], _Handed] = {}
        self._lock = threading.Lock()
        self._seen = time.monotonic()  # when there last were workers
        self._closing = False
        self._broken: Exception | None = None
        self._manager = threading.Thread(target=self._manage, name="elsewhere", daemon=True)
        self._manager.start()

    def submit(self, function: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        """As of `workers.Workers`."""
        task = _Handed(Future(), (function, *args), named)
        with self._lock:
            if self._closing:
                raise RuntimeError("the workers are closed")
            if self._broken is not None:
                task.future.set_exception(self._broken)
            else:
                self._waiting.append(task)
        return task.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End once what was submitted is done; tasks not handed over are cancelled if so asked."""
        with self._lock:
            self._closing = True
            if cancel_futures:
                self._drop()
        if wait:
            self._manager.join()

    def kill(self) -> None:
        """Call off all that can be; a worker that has begun a pack ends it, and nobody hears of it."""
        with self._lock:
            self._closing = True
            self._drop()
            for there in self._there:
                there.cancel()

    def _drop(self) -> None:
        while self._waiting:
            self._waiting.popleft().future.cancel()

    def _manage(self) -> None:
        """The one thread that hands tasks over and takes results. Where it cannot go on, nobody waits in vain."""
        try:
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
        except Exception as error:  # the scheduler is gone
            what = f"the scheduler cannot be reached any more: {type(error).__name__}: {error}"
            why, fix = "nobody makes the packs that are left", "begin it again, then reportgen batch --resume"
            with self._lock:
                self._broken = SystemMissingError(Problem("no-workers", what, why, fix))
                for task in (*self._waiting, *self._there.values()):
                    if not task.future.done():
                        task.future.set_exception(self._broken)
                self._waiting.clear()

    def _hand_over(self) -> None:
        now = time.monotonic()
        workers = len(self._client.nthreads()) if self._waiting else 0
        if workers or not self._waiting:
            self._seen = now
        elif now - self._seen > self._timeout:
            raise TimeoutError("it has had no workers for too long")
        with self._lock:
            while self._waiting and len(self._there) < workers:
                task = self._waiting.popleft()
                if not task.future.set_running_or_notify_cancel():
                    continue
                taken = {each.number for each in self._there.values()}
                task.number = next(number for number in range(len(taken) + 1) if number not in taken)
                task.until = now + self._timeout
                self._begun(task.number, str(task.call[-1]))
                self._there[self._pool.submit(*task.call, **task.named, key=task.key)] = task

    def _take(self) -> None:
        now = time.monotonic()
        with self._lock:
            ended = [(there, task) for there, task in self._there.items() if there.done() or now > task.until]
            for there, _ in ended:
                del self._there[there]
        for there, task in ended:
            self._begun(task.number, "")
            if not there.done():
                self._stop(task.key)
                there.cancel()
                task.future.set_exception(TookTooLongError())
            elif there.cancelled():
                task.future.set_exception(WorkerDiedError(None))
            elif (error := there.exception()) is None:
                task.future.set_result(there.result())
            else:
                killed = type(error).__name__ == "KilledWorker"
                task.future.set_exception(WorkerDiedError(None) if killed else error)

    def _stop(self, key: str) -> None:
        """Have the worker that is at a task begin anew; others that it had go to other workers."""
        try:
            at_it = [address for address, keys in self._client.processing().items() if key in keys]
            self._client.restart_workers(at_it, timeout=PATIENCE, raise_for_error=False)
        except Exception as error:  # a worker without a nanny cannot be begun anew by anybody
            log.warning("Elsewhere: a worker that takes too long cannot be stopped: %s", error)
