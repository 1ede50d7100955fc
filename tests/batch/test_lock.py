"""One run at a time on a folder of packs, and none is kept out by one that is dead."""

from __future__ import annotations

import json
import logging
import os
import platform
import re
import threading
from pathlib import Path

import pytest

from reportgen.batch import lock
from reportgen.errors import BusyError


@pytest.fixture
def paths(tmp_path: Path) -> tuple[Path, Path]:
    """The lock of a run, and that of its workers."""
    return tmp_path / "release.lock", tmp_path / "release.working"


def test_a_second_run_is_told_of_the_first(paths: tuple[Path, Path]) -> None:
    """Which process, on which machine, begun when; afterwards the folder is free."""
    with lock.alone(*paths):
        assert lock.held(paths[0])
        with pytest.raises(BusyError) as refused, lock.alone(*paths):
            pass
    [problem] = refused.value.problems
    assert (8, "busy", str(paths[0])) == (refused.value.exit_code, problem.kind, problem.file)
    who = f"process {os.getpid()} on {re.escape(platform.node())}, begun 20"
    assert re.match(rf"another run is at work on this folder: {who}\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", problem.what)
    assert not lock.held(paths[0])
    with lock.alone(*paths):
        pass


def test_what_a_dead_run_left_is_taken_over_and_said(
    paths: tuple[Path, Path], caplog: pytest.LogCaptureFixture
) -> None:
    """The system let go of the lock when the process ended; its text is for people alone."""
    paths[0].write_text(json.dumps("process 4711 on elsewhere, begun 2024-11-01T02:00:00+00:00"), encoding="utf-8")
    with caplog.at_level(logging.WARNING), lock.alone(*paths):
        pass
    said = "Run: an earlier run did not come to its end: process 4711 on elsewhere, begun 2024-11-01T02:00:00+00:00"
    assert [said] == caplog.messages
    caplog.clear()
    with lock.alone(*paths):
        assert [] == caplog.messages


def test_a_lock_with_another_text_is_no_obstacle(paths: tuple[Path, Path], caplog: pytest.LogCaptureFixture) -> None:
    paths[0].write_bytes(b"\x00half a li")
    with lock.alone(*paths):
        pass
    assert ["Run: an earlier run did not come to its end: one that left no name"] == caplog.messages


def test_a_run_waits_for_workers_of_one_that_was_killed(
    paths: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """They look five times a second whether their run is there; if they stay, nothing is begun beside them."""
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    with lock.at_work(paths[1]), pytest.raises(BusyError, match="workers of a run that was killed"), lock.alone(*paths):
        pass
    monkeypatch.setattr(lock, "PATIENCE", 10.0)
    leave = threading.Event()

    def work() -> None:
        with lock.at_work(paths[1]):
            leave.wait(10)

    worker = threading.Thread(target=work)
    worker.start()
    threading.Timer(0.2, leave.set).start()
    with lock.alone(*paths):
        assert leave.is_set()
    worker.join()


def test_who_looks_whether_a_run_is_at_work_keeps_none_out(paths: tuple[Path, Path]) -> None:
    """And makes no file."""
    assert not lock.held(paths[0])
    assert not paths[0].exists()
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            lock.held(paths[0])

    looking = threading.Thread(target=look)
    looking.start()
    for _ in range(50):
        with lock.alone(*paths):
            pass
    stop.set()
    looking.join()
