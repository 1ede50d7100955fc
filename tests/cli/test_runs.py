"""What ran on a folder of packs: when, how long, how it ended, and what became of each area."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from reportgen.batch import lock, work
from tests.batch import fakes

Call = Callable[..., Result]


@pytest.fixture
def runs(call: Call, tiny: Path, tmp_path: Path) -> Call:
    return lambda *words: call("runs", *words, "--release", tiny, "--out", tmp_path / "out")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "out" / ".reportgen" / "illustrative-tiny.sqlite"


def test_runs_are_listed_the_newest_first(region: Call, runs: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line a run, to be read and to be taken apart."""
    region("Bath", "Bristol")
    monkeypatch.setattr(work, "builder", lambda: fakes.build_but_for_bath)
    work.load.cache_clear()
    region("Bath", "--force")
    result = runs()
    assert 0 == result.exit_code
    when = r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d +\d+\.\d s"
    second, first = result.stdout.splitlines()
    assert re.fullmatch(rf" +2  {when}  complete  0 made, 0 unchanged, 1 failed, of 1", second)
    assert re.fullmatch(rf" +1  {when}  complete  2 made, 0 unchanged, 0 failed, of 2", first)
    found = json.loads(runs("--json").stdout)
    assert ("illustrative-tiny", [2, 1]) == (found["release"], [one["number"] for one in found["runs"]])


def test_one_run_is_shown_area_by_area(call: Call, tiny: Path, tmp_path: Path, runs: Call) -> None:
    """With state, reason and the seconds that it took."""
    made = ("region", "Bath", "Bristol", "--release", tiny, "--out", tmp_path / "out")
    call(*made)
    (tmp_path / "out" / "illustrative-tiny" / "E30000165_bath" / "facts.csv").unlink()
    call(*made)
    lines = runs(2).stdout.splitlines()
    assert "complete  1 made, 1 unchanged, 0 failed, of 2" in lines[0]
    assert re.fullmatch(r" +Bath \(E30000165\): made, \d\.\d s: output missing: facts.csv", lines[1])
    assert "Bristol (E30000180): unchanged" == lines[2].strip()
    found = json.loads(runs(2, "--json").stdout)
    assert ["made", "unchanged"] == [one["state"] for one in found["attempts"]]


def test_a_run_that_was_killed_is_told_from_one_at_work(region: Call, runs: Call, ledger: Path) -> None:
    """By whether somebody holds the lock; what it had not come to is not tried."""
    region("Bath", "Bristol")
    db = sqlite3.connect(ledger)
    with db:
        db.execute("UPDATE runs SET state = 'running', ended = NULL")
        db.execute("DELETE FROM attempts WHERE area = 'E30000180'")
    db.close()
    assert re.search(r" –  died      1 made, 0 unchanged, 0 failed, of 2", runs().stdout)
    assert "Bristol (E30000180): not tried" in runs(1).stdout
    with lock.alone(ledger.with_suffix(".lock"), ledger.with_suffix(".working")):
        assert re.search(r"\d s  running   1 made", runs().stdout)


def test_where_nothing_ran_nothing_is_made(runs: Call, tmp_path: Path) -> None:
    """Said on stderr; a run that is asked for by number is not there."""
    result = runs()
    assert (0, "") == (result.exit_code, result.stdout)
    assert f"No run of illustrative-tiny has begun below {tmp_path}/out" in result.stderr
    result = runs(3)
    assert (2, "") == (result.exit_code, result.stdout)
    assert "error[unknown-run]: there is no run 3 of illustrative-tiny" in result.stderr
    assert not (tmp_path / "out").exists()
