"""What `reportgen batch` says while it runs and in the end, and how it is told to go about it."""

from __future__ import annotations

import datetime
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from reportgen.batch import lock, work
from tests.batch import fakes

Call = Callable[..., Result]


@pytest.fixture
def batch(call: Call, tiny: Path, tmp_path: Path) -> Call:
    """Run `reportgen batch` on the tiny release, all in this process."""
    return lambda *words: call("batch", "--release", tiny, "--out", tmp_path / "out", "--workers", 0, *words)


@pytest.fixture
def fault_at_bath(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "builder", lambda: fakes.build_but_for_bath)


def test_where_no_terminal_is_there_is_a_line_a_pack(batch: Call) -> None:
    """As plain text, with how many of how many; nothing that moves a cursor."""
    result = batch("--level", "ttwa")
    talk = result.stderr.splitlines()
    lines = [line for line in talk if re.search(r"\(\d of \d\)$", line)]
    assert [f"({number} of 3)" for number in (1, 2, 3)] == [line[-8:] for line in lines]
    assert "Bath (E30000165): 1 pages" in result.stderr
    assert "\x1b" not in result.stderr
    assert "\r" not in result.stderr


@pytest.mark.usefixtures("fault_at_bath")
def test_events_are_lines_of_json(batch: Call, tmp_path: Path) -> None:
    """Each with its time; the last one is the summary. What is there already stays."""
    events = tmp_path / "events.jsonl"
    batch("--level", "ttwa", "--events", events)
    batch("--level", "ttwa", "--events", events)
    found = [json.loads(line) for line in events.read_text(encoding="utf-8").splitlines()]
    kinds = [one["event"] for one in found]
    assert ["planned", "made", "made", "failed", "ended", "planned", "failed", "ended"] == kinds
    times = [datetime.datetime.fromisoformat(one["time"]) for one in found]
    assert sorted(times) == times
    assert ["KeyError: 'location-quotient'"] == found[3]["problems"]
    counts = [(one["packs"], one["unchanged"], one["failed"], one["state"]) for one in found if one["event"] == "ended"]
    assert [(2, 0, 1, "complete"), (0, 2, 1, "complete")] == counts


def test_events_that_cannot_be_written_stop_no_run(batch: Call) -> None:
    """Said once; who looks on has no say in it."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no disk that is always full")
    result = batch("--level", "ttwa", "--events", "/dev/full")
    assert 0 == result.exit_code
    assert 1 == result.stderr.count("Events: /dev/full cannot be written to: ")


@pytest.mark.usefixtures("fault_at_bath")
def test_the_closing_lines_say_what_came_of_it(batch: Call) -> None:
    """Packs, pages, seconds, speed, the cache; then what failed, with its reason."""
    *_, closing, failed = batch("--level", "ttwa").stderr.splitlines()
    said = r"2 packs made, 0 unchanged, 1 failed · 2 pages · \d+\.\d s · \d+\.\d+ packs/s · \d+ of \d+"
    assert re.fullmatch(f"{said} from the cache", closing)
    assert "Failed: Bath (E30000165): KeyError: 'location-quotient'" == failed


def test_only_what_failed_is_tried_again(batch: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """And afterwards a plain batch knows of all areas, as before."""
    with monkeypatch.context() as patched:
        patched.setattr(work, "builder", lambda: fakes.build_but_for_bath)
        assert 5 == batch("--level", "ttwa").exit_code
    work.load.cache_clear()
    retried = batch("--level", "ttwa", "--retry-failed")
    assert (0, 1) == (retried.exit_code, len(retried.stdout.splitlines()))
    assert "1 packs made, 0 unchanged, 0 failed" in retried.stderr
    assert "0 packs made, 3 unchanged, 0 failed" in batch("--level", "ttwa").stderr


def test_a_second_run_on_a_folder_ends_with_8(batch: Call, tmp_path: Path) -> None:
    """It names the first, and touches nothing."""
    state = tmp_path / "out" / ".reportgen"
    with lock.alone(state / "illustrative-tiny.lock", state / "illustrative-tiny.working"):
        result = batch()
    assert (8, "") == (result.exit_code, result.stdout)
    assert f"error[busy]: another run is at work on this folder: process {os.getpid()} on " in result.stderr
    assert [] == list((tmp_path / "out" / "illustrative-tiny").iterdir())


def test_nothing_to_go_on_with_ends_with_2(batch: Call) -> None:
    assert 0 == batch("--limit", 1).exit_code
    result = batch("--resume")
    assert 2 == result.exit_code
    assert "error[nothing-to-resume]" in result.stderr
