"""Processes that outlive what happens in them: one that dies is replaced, none stays when its parent is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import pytest

from reportgen.batch import workers
from reportgen.batch.pool import OutOfMemoryError, TookTooLongError, WorkerDiedError
from reportgen.batch.workers import Workers


def answer(key: str) -> tuple[str, int]:
    return key, os.getpid()


def sleep(seconds: float, key: str) -> str:
    time.sleep(seconds)
    return key


def die(key: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(mark: Path, key: str) -> str:
    if not mark.exists():
        mark.touch()
        die(key)
    return key


def eat(key: str) -> None:
    eaten = b"\1" * (2 << 30)
    time.sleep(60)
    del eaten


class TwoWordsError(Exception):
    """One that cannot be made again from its message alone, as many are."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one} {two}")


def raise_two_words(key: str) -> None:
    raise TwoWordsError("no", "good")


@pytest.fixture(scope="module")
def pool() -> Iterator[Workers]:
    """One process, as long as it lives."""
    with Workers(1) as made:
        yield made


def test_what_a_task_raises_is_its_result(pool: Workers) -> None:
    """Also where it cannot be made again in this process; the next task is done by the same worker."""
    _, before = pool.submit(answer, "a").result()
    with pytest.raises(TypeError, match="required positional argument"):
        pool.submit(raise_two_words, "b").result()
    assert ("c", before) == pool.submit(answer, "c").result()


def test_a_task_that_kills_its_process_once_is_tried_again(pool: Workers, tmp_path: Path) -> None:
    """By another process; one that does so twice is set aside, and the others go on."""
    _, before = pool.submit(answer, "a").result()
    assert "b" == pool.submit(die_once, tmp_path / "died", "b").result()
    with pytest.raises(WorkerDiedError) as died:
        pool.submit(die, "c").result()
    assert -signal.SIGKILL == died.value.code
    key, after = pool.submit(answer, "d").result()
    assert ("d", True) == (key, after != before)


class NoProcesses:
    """A machine that has no room for another process."""

    Pipe = staticmethod(workers._context().Pipe)

    def Process(self, **_: Any) -> None:
        raise OSError("Resource temporarily unavailable")


def test_nobody_waits_in_vain_where_no_process_can_be_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was asked for, and what is asked for later, ends with the reason."""
    monkeypatch.setattr(workers, "_context", NoProcesses)
    made = Workers(2)
    for _ in range(3):
        with pytest.raises(OSError, match="Resource temporarily unavailable"):
            made.submit(answer, "a").result(5)
    made.shutdown()


@pytest.mark.slow
def test_a_task_that_takes_too_long_is_stopped() -> None:
    """At its time, and its process with it; the others go on."""
    with Workers(2, timeout=10.0) as made:
        long = made.submit(sleep, 300.0, "long")
        others = [made.submit(answer, str(number)) for number in range(5)]
        assert [str(number) for number in range(5)] == [other.result(30)[0] for other in others]
        with pytest.raises(TookTooLongError):
            long.result(30)
        assert "after" == made.submit(answer, "after").result(30)[0]


@pytest.mark.slow
def test_a_worker_that_takes_too_much_memory_is_stopped() -> None:
    """Twice: the first time it may have been what others had left."""
    with Workers(1, memory=1 << 30) as made:
        with pytest.raises(OutOfMemoryError):
            made.submit(eat, "much").result(60)
        assert "little" == made.submit(answer, "little").result(60)[0]


@pytest.mark.slow
def test_workers_whose_server_is_killed_are_replaced() -> None:
    """Two at the same task would write over each other: the lost one is ended first."""
    with Workers(1) as made:
        _, before = made.submit(answer, "a").result()
        task = made.submit(sleep, 2.0, "b")
        time.sleep(0.3)
        os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL)
        assert "b" == task.result(30)
        _, after = made.submit(answer, "c").result(30)
    assert before != after
    assert not Path(f"/proc/{before}/cmdline").exists() or not Path(f"/proc/{before}/cmdline").read_bytes()


KILLED = """
import time
from reportgen.batch.workers import Workers
from tests.batch.test_workers import answer, sleep
pool = Workers(2)
tasks = [pool.submit(answer, "a"), pool.submit(answer, "b")]
print(*(task.result()[1] for task in tasks), flush=True)
pool.submit(sleep, 60.0, "c")
time.sleep(60)
"""


@pytest.mark.slow
def test_no_worker_outlives_a_parent_that_is_killed(root: Path) -> None:
    """Neither one at work nor one that waits: within a second."""
    path = os.pathsep.join([str(root), *sys.path])
    begun = subprocess.Popen(
        [sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path}
    )
    assert begun.stdout is not None
    ids = {int(word) for word in begun.stdout.readline().split()}
    assert ids
    begun.kill()
    begun.wait()
    time.sleep(1.0)
    left = [id for id in ids if Path(f"/proc/{id}/cmdline").exists() and Path(f"/proc/{id}/cmdline").read_bytes()]
    assert [] == left
