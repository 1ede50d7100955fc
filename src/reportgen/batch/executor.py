"""
Executor: the same function for many keys, here or in other processes. Knows nothing of packs.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, as_completed
from typing import Any, TypeVar

FEW = 3  # so many are done sooner here than another process is ready (it has the engines to load first)

State = TypeVar("State")
Result = TypeVar("Result")


def each(
    function: Callable[[State, str], Result], state: State, keys: Sequence[str], workers: int
) -> Iterator[tuple[str, Result | None]]:
    """
    Call a function once for every key.
    Args:
        function: of a module, so that another process finds it by name; it must not raise.
        state: what it needs for every key; goes to each process once.
        workers: most processes; with one, or few keys, all is done in this process.
    Returns: key and result, in the order in which they finish; None where the process died.
    Stopping early (also by an exception in the caller's loop) lets calls that have begun come to their end.
    """
    if workers < 2 or len(keys) <= FEW:
        yield from ((key, function(state, key)) for key in keys)
        return
    # Spawned, not forked: the engines keep threads, and a forked process has the locks of threads it has not.
    pool = ProcessPoolExecutor(
        min(workers, len(keys)),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(pickle.dumps((function, state), protocol=pickle.HIGHEST_PROTOCOL),),
    )
    try:
        futures: dict[Future[Result], str] = {pool.submit(_call, key): key for key in keys}
        for future in as_completed(futures):
            yield futures[future], _result(future)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _result(future: Future[Result]) -> Result | None:
    try:
        return future.result()
    except BrokenExecutor:
        return None


_given: list[Any] = []  # in a worker process: function and state; a process pool has no other place for them


def _begin(pickled: bytes) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the parent alone decides
    _given[:] = pickle.loads(pickled)


def _call(key: str) -> Any:
    function, state = _given
    return function(state, key)
