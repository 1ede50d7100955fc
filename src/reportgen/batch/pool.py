"""
Pool: an executor whose tasks wait here until somebody has time for them, so that those not begun can be called off. One
thread gives them out and takes results; where it cannot go on, nobody waits in vain. Who does the work is said by those
that inherit from it: processes of this machine (`workers`), or those of a scheduler (`elsewhere`).
"""

from __future__ import annotations

import contextlib
import functools
import threading
import time
from abc import abstractmethod
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future, InvalidStateError
from dataclasses import dataclass, field
from typing import Any


class WorkerDiedError(Exception):
    """The process that worked on a task died, and so did the next one; `code` is how it ended."""

    def __init__(self, code: int | None) -> None:
        super().__init__(code)
        self.code = code


class OutOfMemoryError(Exception):
    """The task took more memory than a worker may have, twice."""


class TookTooLongError(Exception):
    """The task was stopped at its time."""


@dataclass(eq=False)
class Call:
    """A task that was submitted: in the form in which it is handed over, and how often it was."""

    task: Any
    name: str
    future: Future[Any] = field(default_factory=Future)
    tries: int = 0


class Pool(Executor):
    """
    Args:
        timeout: most seconds for one task from when it is handed over; None: as long as it takes.
        begun: told the number of a worker and the name of the task that begins there; an empty name: it has none now.
    Left as a context by an exception, it ends at once.
    """

    def __init__(self, timeout: float | None, begun: Callable[[int, str], None] = lambda worker, name: None) -> None:
        self._timeout, self._begun = timeout, begun
        self._waiting: deque[Call] = deque()
        self._lock = threading.Lock()
        self._closing = False
        self._broken: Exception | None = None
        self._manager: threading.Thread | None = None

    def submit(self, function: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        """
        Args: function: of a module; arguments and result must be picklable. The last argument names the task.
        Returns: a future that raises what the function raised, or one of the errors of this module.
        """
        task = self._form(functools.partial(function, *args, **named))
        call = Call(task, str(args[-1]) if args else "")
        with self._lock:
            if self._broken is not None:
                call.future.set_exception(self._broken)
                return call.future
            if self._closing:
                raise RuntimeError("the workers are closed")
            self._waiting.append(call)
            if self._manager is None:
                self._manager = threading.Thread(target=self._manage, name="workers", daemon=True)
                self._manager.start()
        self._nudge()
        return call.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers, once what was submitted is done; tasks not begun are cancelled if so asked."""
        with self._lock:
            self._closing = True
            if cancel_futures:
                self._call_off()
        self._nudge()
        if wait and self._manager is not None:
            self._manager.join()

    def kill(self) -> None:
        """End now, as far as that can be had, whatever workers are at."""
        with self._lock:
            self._closing = True
            self._call_off()
            self._stop()
        self._nudge()

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            self.kill()
        self.shutdown()

    def _call_off(self) -> None:
        while self._waiting:
            self._waiting.popleft().future.cancel()

    def _next(self) -> Call | None:
        """The one that has waited longest and was not cancelled, to be begun."""
        while self._waiting:
            call = self._waiting.popleft()
            if call.tries or call.future.set_running_or_notify_cancel():
                call.tries += 1
                return call
        return None

    def _until(self) -> float:
        """When a task that begins now must be done."""
        return float("inf") if self._timeout is None else time.monotonic() + self._timeout

    def _manage(self) -> None:
        try:
            self._look_after()
        except Exception as error:
            with self._lock:
                self._broken = self._reason(error)
                left = [*self._waiting, *self._given()]
                self._waiting.clear()
            for call in left:
                with contextlib.suppress(InvalidStateError):  # cancelled, or done
                    call.future.set_exception(self._broken)
            self._stop()

    @abstractmethod
    def _look_after(self) -> None:
        """Give out tasks and take results, until it is closing and none is left."""

    @abstractmethod
    def _given(self) -> Iterable[Call]:
        """Tasks that are handed over and not done."""

    @abstractmethod
    def _stop(self) -> None:
        """Have workers stop what they are at, as far as that can be had."""

    def _form(self, task: functools.partial[Any]) -> Any:
        """A task as it is handed over."""
        return task

    def _reason(self, error: Exception) -> Exception:
        """What those hear who wait, once it cannot go on."""
        return error

    def _nudge(self) -> None:
        """Have the thread look, if it does not by itself."""
