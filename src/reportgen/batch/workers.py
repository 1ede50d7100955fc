"""
Workers: processes of this machine as a `concurrent.futures.Executor` that outlives them. One that dies is replaced and
its task tried once more; one that takes too long is stopped; each ends by itself when the process that began it is
gone, or when it takes too much memory. Knows nothing of packs.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, cast

from reportgen.batch.lock import at_work
from reportgen.batch.pool import Call, OutOfMemoryError, Pool, TookTooLongError, WorkerDiedError

PRELOAD = "reportgen.batch.warm"  # imports the engines; what it has loaded every worker has from its first moment
TRIES = 2  # so often a task may take its process with it
TOO_MUCH_MEMORY = 77  # how a worker ends that stops itself for it
LOST = 255  # how a process seems to have ended when nobody is left who could tell
# A worker that holds more bytes when its task is done has them from a large one, and would keep them: another one
# takes its place.
MOST_KEPT = 380 << 20
LEAVES, STAYS = b"L", b"S"  # what an answer begins with
ENDING = 5.0  # seconds in which a server that was killed is gone
LOOK = 0.2  # seconds between two looks at memory and at the parent


@dataclass
class _Worker:
    number: int
    process: BaseProcess
    pipe: Connection
    call: Call | None = None
    until: float = float("inf")


class Workers(Pool):
    """
    Args:
        count: most processes; they begin with the first tasks.
        working: file that each worker locks as long as it lives.
        memory: most bytes that one may hold; None: no limit.
        timeout, begun: as of `Pool`.
    """

    def __init__(
        self,
        count: int,
        working: Path | None = None,
        timeout: float | None = None,
        memory: int | None = None,
        begun: Callable[[int, str], None] = lambda worker, name: None,
    ) -> None:
        super().__init__(timeout, begun)
        self._count = count
        self._told = (working, memory)
        self._context = _context()
        _begin_server()
        self._workers: list[_Worker] = []
        self._hear, self._wake = self._context.Pipe(duplex=False)

    def processes(self) -> list[int]:
        """The ids of the processes that are there now."""
        with self._lock:
            return [worker.process.pid or 0 for worker in self._workers]

    def _form(self, task: functools.partial[Any]) -> bytes:
        return pickle.dumps(task)

    def _given(self) -> list[Call]:
        return [worker.call for worker in self._workers if worker.call is not None]

    def _stop(self) -> None:
        for worker in self._workers:
            with contextlib.suppress(ValueError):  # it is put away already
                worker.process.kill()

    def _nudge(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._wake.send_bytes(b".")

    def _look_after(self) -> None:
        """Gives out tasks, takes results, ends and replaces workers."""
        while True:
            with self._lock:
                while self._waiting and self._waiting[0].future.cancelled():
                    self._waiting.popleft()
                if self._closing and not self._waiting and not self._given():
                    break
                self._employ()
                self._give()
                watched: list[Any] = [self._hear, *(worker.pipe for worker in self._workers)]
                watched += [worker.process.sentinel for worker in self._workers]
                soonest = min((worker.until for worker in self._workers), default=float("inf"))
            rest = None if soonest == float("inf") else max(0.0, soonest - time.monotonic())
            ready = wait(watched, rest)
            if self._hear in ready:
                while self._hear.poll():
                    self._hear.recv_bytes()
            for worker in list(self._workers):
                self._attend(worker, ready)
        for worker in self._workers:
            worker.pipe.close()  # a worker ends when it hears nothing more
        for worker in self._workers:
            worker.process.join()
            worker.process.close()

    def _employ(self) -> None:
        """As many workers as there is work for, up to the count."""
        idle = len(self._workers) - len(self._given())
        for _ in range(min(self._count - len(self._workers), len(self._waiting) - idle)):
            taken = {worker.number for worker in self._workers}
            number = next(number for number in range(self._count) if number not in taken)
            ours, theirs = self._context.Pipe()
            process = self._context.Process(target=_serve, args=(theirs, *self._told), daemon=True)
            _start(process)
            theirs.close()
            self._workers.append(_Worker(number, process, ours))

    def _give(self) -> None:
        for worker in self._workers:
            if worker.call is None and (call := self._next()) is not None:
                worker.call, worker.until = call, self._until()
                self._begun(worker.number, call.name)
                with contextlib.suppress(OSError):  # it died; its end is seen next
                    worker.pipe.send_bytes(call.task)

    def _attend(self, worker: _Worker, ready: list[Any]) -> None:
        call = worker.call
        if worker.pipe in ready or worker.process.sentinel in ready:
            # A result may still lie in the pipe of a worker that has died since.
            answer = None
            with contextlib.suppress(EOFError, OSError):
                answer = worker.pipe.recv_bytes() if worker.pipe.poll() else None
            if answer is not None and call is not None:
                worker.call, worker.until = None, float("inf")
                self._begun(worker.number, "")
                _settle(call.future, answer[1:])
                call = None
            if answer is not None and answer[:1] == LEAVES:
                self._dismiss(worker)
            elif not worker.process.is_alive() or worker.process.sentinel in ready:
                self._replace(worker, call)
        elif call is not None and time.monotonic() > worker.until:
            worker.process.kill()
            self._dismiss(worker)
            call.future.set_exception(TookTooLongError())

    def _replace(self, worker: _Worker, call: Call | None) -> None:
        worker.process.join()
        code = worker.process.exitcode
        if code == LOST:  # the server that it was forked from is gone, and it may be at work yet
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker.process.pid or 0, signal.SIGKILL)
        self._dismiss(worker)
        if call is None:
            return
        if call.tries < TRIES and not self._closing:
            with self._lock:
                self._waiting.appendleft(call)
        else:
            call.future.set_exception(OutOfMemoryError() if code == TOO_MUCH_MEMORY else WorkerDiedError(code))

    def _dismiss(self, worker: _Worker) -> None:
        worker.process.join()
        worker.process.close()
        worker.pipe.close()
        with self._lock:
            self._workers.remove(worker)
        self._begun(worker.number, "")


def _settle(future: Future[Any], answer: bytes) -> None:
    try:
        good, value = pickle.loads(answer)
    except Exception as error:  # what was raised there cannot be made again here
        good, value = False, error
    if good:
        future.set_result(value)
    else:
        future.set_exception(value)


def _context() -> Any:
    """
    Forked from a server that has loaded the engines and begun no thread of them: a process that is forked from one with
    threads has the locks of threads that it has not.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([PRELOAD])
    return context


def _begin_server() -> None:
    """So that it loads the engines while this process gets ready to hand out the first task."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        with contextlib.suppress(OSError), _no_main():  # where there is no room for it, the first task says so
            forkserver.ensure_running()


def _start(process: BaseProcess) -> None:
    """Begin a process; where the server that it is forked from was killed and is just ending, from the next one."""
    end = time.monotonic() + ENDING
    while True:
        try:
            with _no_main():
                process.start()
            return
        except (ConnectionError, EOFError):
            if time.monotonic() > end:
                raise
            time.sleep(LOOK / 10)


@contextlib.contextmanager
def _no_main() -> Any:
    """A worker needs nothing of the script that was started, and must not run it again."""
    main = sys.modules["__main__"]
    kept: dict[str, Any] = {
        str(name): main.__dict__.pop(name) for name in ("__file__", "__spec__") if name in main.__dict__
    }
    try:
        main.__spec__ = None
        yield
    finally:
        main.__dict__.update(kept)


def _serve(pipe: Connection, working: Path | None, memory: int | None) -> None:
    """A worker: answers one call after the other, until nobody can call any more."""
    for number in (signal.SIGINT, signal.SIGTERM):  # they may reach every process; the parent alone decides
        signal.signal(number, signal.SIG_IGN)
    parent = cast(BaseProcess, multiprocessing.parent_process())
    threading.Thread(target=_watch, args=(parent, memory), daemon=True).start()
    with at_work(working) if working is not None else contextlib.nullcontext():
        while True:
            try:
                task = pipe.recv_bytes()
            except (EOFError, OSError):
                os._exit(0)  # at once: an engine may take seconds to end its threads
            if wait([parent.sentinel], 0):
                os._exit(0)  # it was killed after it had called
            try:
                answer = pickle.dumps((True, pickle.loads(task)()))
            except Exception as error:
                answer = pickle.dumps((False, error))
            _give_back()
            leaves = resident() > MOST_KEPT
            with contextlib.suppress(OSError):
                pipe.send_bytes((LEAVES if leaves else STAYS) + answer)
                if not leaves:
                    continue
            os._exit(0)


def _give_back() -> None:
    """Give the system back what is free: what a large task took would stay with this process as long as it lives."""
    with contextlib.suppress(OSError, AttributeError):  # glibc alone has it
        ctypes.CDLL(None).malloc_trim(0)


def _watch(parent: BaseProcess, memory: int | None) -> None:
    while not wait([parent.sentinel], LOOK):
        if memory is not None and resident() > memory:
            os._exit(TOO_MUCH_MEMORY)
    os._exit(1)


def resident() -> int:
    """Bytes of memory that this process holds now; the most that it ever held where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        import resource

        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024
