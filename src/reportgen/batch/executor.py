"""
Executor: the same function for many keys: here, in processes of this machine, or wherever an executor is that is given.
Stops in order when it is asked to. Knows nothing of packs.
"""

from __future__ import annotations

import contextlib
import logging
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from reportgen.batch.workers import Workers

log = logging.getLogger(__name__)
FEW = 3  # so many are done sooner here than another process is ready
TIMEOUT = 300.0  # seconds for one key unless told otherwise: no pack takes a tenth of it
LOCAL = "local"  # what processes of this machine are called where somebody chooses
LOOK = 0.2  # seconds between two looks whether somebody has asked to stop

State = TypeVar("State")
Key = TypeVar("Key")
Result = TypeVar("Result")


class Asked:
    """How often this process was asked to stop (Ctrl-C, a polite kill) while the context lasts."""

    def __init__(self) -> None:
        self.by: int | None = None
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Asked:
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                if signal.getsignal(number) not in (signal.SIG_IGN, None):
                    self._before[number] = signal.signal(number, self._hear)
        return self

    def __exit__(self, error: object, *_: object) -> None:
        self._restore()
        if self.by is not None and error is None:
            signal.raise_signal(self.by)  # what it would have done at once, now that all is in order

    def _hear(self, number: int, _: object) -> None:
        if self.by is None:
            self.by = number
            log.warning("Run: stopping; what is being made is finished first. Once more to stop at once")
        else:
            self._restore()
            signal.raise_signal(number)

    def _restore(self) -> None:
        while self._before:
            number, handler = self._before.popitem()
            signal.signal(number, handler)


def each(
    function: Callable[[State, Key], Result],
    state: State,
    keys: Sequence[Key],
    pool: Executor | None,
    asked: Asked | None = None,
) -> Iterator[tuple[Key, Result | Exception]]:
    """
    Call a function once for every key.
    Args:
        function: of a module, so that another process finds it by name.
        state: small; it goes along with every key.
        pool: who does it; None: this process, one after the other.
        asked: whether somebody has asked to stop: then what has begun is finished, and nothing else begins.
    Returns: key and result, in the order in which they finish. With a pool an exception is a result, too: that of the
        function, or of a pool whose process died.
    """
    asked = asked or Asked()
    if pool is None:
        for key in keys:
            if asked.by is not None:
                return
            yield key, function(state, key)
        return
    finished: SimpleQueue[Future[Result]] = SimpleQueue()  # to wait for all of them anew each time would take squares
    futures: dict[Future[Result], Key] = {pool.submit(function, state, key): key for key in keys}
    for future in futures:
        future.add_done_callback(finished.put)
    left, called_off = len(futures), False
    while left:
        if asked.by is not None and not called_off:
            called_off = True
            for future in futures:
                future.cancel()
        try:
            future = finished.get(timeout=LOOK)
        except Empty:
            continue
        left -= 1
        if not future.cancelled():
            yield futures[future], _result(future)


@contextlib.contextmanager
def local(workers: int, keys: int, *, apart: bool = False, **limits: Any) -> Iterator[Workers | None]:
    """
    Processes of this machine, or none where there is little to do and no limit is asked for. Left by an exception they
    end at once.
    Args:
        workers: most of them; 0: none, all is done in this process.
        apart: however little there is to do, it might take this process with it.
        limits: as of `Workers`.
    """
    held = apart or any(limits.get(limit) is not None for limit in ("timeout", "memory"))
    if workers == 0 or (keys <= FEW and not held) or not keys:
        yield None
        return
    timeout = limits.pop("timeout", None) or TIMEOUT
    with Workers(min(workers, keys), timeout=timeout, **limits) as pool:
        yield pool


def all_of(
    function: Callable[[State, Key], Result],
    state: State,
    keys: Sequence[Key],
    workers: int,
    died: Callable[[Key], Result],
    done: Callable[[Key, int, int], None],
) -> list[Result]:
    """
    `each`, in processes of this machine or in this one, to its end.
    Args:
        workers: most processes; 0: none.
        died: what is the result of a key whose process ended before it was done.
        done: told each key, how many are done now, and how many there are.
    Returns: the results, in the order of the keys.
    """
    found: dict[Key, Result] = {}
    with local(workers, len(keys)) as pool:
        for key, result in each(function, state, keys, pool):
            found[key] = died(key) if isinstance(result, Exception) else result
            done(key, len(found), len(keys))
    return [found[key] for key in keys]


def _result(future: Future[Any]) -> Any:
    try:
        return future.result()
    except Exception as error:
        return error
