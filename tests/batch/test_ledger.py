"""The ledger knows what ran; losing or damaging it costs time, never a pack."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.batch.inputs import PARTS, Inputs
from reportgen.batch.ledger import COMPLETE, RUNNING, Attempt, Entry, File, Ledger, Place
from reportgen.batch.run import Outcome
from reportgen.errors import SystemMissingError
from tests.batch import fakes

Make = Callable[..., Outcome]
INPUTS = Inputs({part: {} for part in PARTS})
BATH = Place("E30000165", "Bath", "ttwa", "local", "E30000165_bath")
STROUD = Place("E30000275", "Stroud", "ttwa", "local", "E30000275_stroud")
PACK = Entry("E30000165", "Bath", "ttwa", BATH.folder, 9, "k", "d", INPUTS.id, "o", {"a.pdf": File("00", 1, 2)}, 1.5)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "release.sqlite"


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Where the ledger of the runs of `make_packs` lies."""
    return tmp_path / "out" / ".reportgen" / "illustrative-tiny.sqlite"


def test_what_was_noted_is_there_again(path: Path) -> None:
    """Runs the newest first, what became of each area, and the finished packs."""
    ledger = Ledger(path)
    assert ledger.is_new
    ledger.choose("all", INPUTS.id, [BATH, STROUD])
    first = ledger.begin("all", [BATH, STROUD], INPUTS)
    ledger.note(first, Attempt("E30000165", "made", "never built", 1.5), PACK)
    ledger.note(first, Attempt("E30000275", "failed", "it took too long", 0.0))
    ledger.end(first, COMPLETE, {"packs": 1})
    second = ledger.begin("", [STROUD], INPUTS)
    ledger.close()

    again = Ledger(path)
    assert not again.is_new
    assert [(second, RUNNING, ""), (first, COMPLETE, "all")] == [(run.id, run.state, run.asked) for run in again.runs()]
    assert {"E30000165": PACK} == again.packs()
    assert {"E30000275"} == again.failing()
    assert ((BATH, STROUD), ()) == (again.places("all", INPUTS.id), again.places("all", "others"))
    assert {"made": 1, "failed": 1} == again.counts()[first]
    assert {"packs": 1} == again.runs()[1].summary


def test_a_pack_that_was_made_since_it_failed_fails_no_longer(path: Path) -> None:
    """The latest attempt counts."""
    ledger = Ledger(path)
    ledger.note(1, Attempt("E30000165", "failed", "it took too long", 0.0))
    ledger.note(2, Attempt("E30000165", "made", "never built", 1.0), PACK)
    assert set() == ledger.failing()


@pytest.mark.parametrize("damage", [lambda data: b"no ledger", lambda data: data[:4096] + b"\xff" * (len(data) - 4096)])
def test_a_damaged_ledger_is_put_aside(
    path: Path, caplog: pytest.LogCaptureFixture, damage: Callable[[bytes], bytes]
) -> None:
    """Wherever the damage is; it is kept for who wants to look, and said."""
    Ledger(path).close()
    path.write_bytes(damage(path.read_bytes()))
    assert Ledger.there(path) is None
    with caplog.at_level(logging.WARNING):
        ledger = Ledger(path)
    assert ({}, True) == (ledger.packs(), ledger.is_new)
    assert (path.parent / "release.sqlite.damaged").is_file()
    assert "it is kept as release.sqlite.damaged, a new one begins" in caplog.text


def test_a_ledger_that_is_only_locked_is_not_put_aside(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor one on a full disk: nothing is wrong with it."""
    Ledger(path).close()

    def locked(*_: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr("reportgen.batch.ledger._look_through", locked)
    with pytest.raises(SystemMissingError, match="the ledger of runs cannot be written to: database is locked"):
        Ledger(path)
    assert [path] == list(path.parent.glob("*.sqlite*"))


def test_a_full_disk_is_told_as_such(path: Path) -> None:
    """Exit code 9; what was noted before stays."""
    ledger = Ledger(path)
    ledger.note(1, Attempt("E30000165", "made", "never built", 1.0), PACK)
    pages = ledger._opened.execute("PRAGMA page_count").fetchone()[0]
    ledger._opened.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(SystemMissingError, match="database or disk is full") as refused:
        ledger.note(1, Attempt("E30000275", "failed", "long " * 10_000, 1.0))
    assert (9, "cannot-write") == (refused.value.exit_code, refused.value.problems[0].kind)
    assert {"E30000165"} == set(ledger.attempts(1))


def test_looking_makes_no_ledger(path: Path) -> None:
    assert Ledger.there(path) is None
    assert [] == list(path.parent.iterdir())


@pytest.mark.parametrize("lose", ["damaged", "gone"])
def test_packs_are_taken_over_from_the_catalogue(make_packs: Make, state: Path, lose: str) -> None:
    """Nothing is built again; what failed is known to have failed."""
    make_packs(build=fakes.build_but_for_bath, asked="all")
    if lose == "damaged":
        state.write_bytes(b"no ledger")
    else:
        state.unlink()
    outcome = make_packs(build=fakes.build_but_for_bath, asked="all")
    assert ((), 5, [fakes.BATH]) == (outcome.made, len(outcome.unchanged), [one.area for one in outcome.failed])


def test_without_ledger_and_catalogue_nothing_is_known(make_packs: Make, state: Path, written: Path) -> None:
    """The packs may be right; who says so?"""
    make_packs("Bath", "Bristol")
    state.unlink()
    (written / "catalogue.json").unlink()
    assert {"never built"} == {pack.reason for pack in make_packs("Bath", "Bristol").made}
