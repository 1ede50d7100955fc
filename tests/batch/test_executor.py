"""The same function for many keys, in this process or in others."""

from __future__ import annotations

import os

import pytest

from reportgen.batch.executor import FEW, each

KEYS = [f"area {number}" for number in range(FEW + 2)]


def say(state: str, key: str) -> tuple[str, int]:
    return f"{state} {key}", os.getpid()


def die_at_the_first(state: str, key: str) -> str:
    if key == KEYS[0]:
        os._exit(1)
    return key


def test_every_key_has_its_result() -> None:
    """One process keeps the order; several need not, and are others than this one."""
    here = list(each(say, "in", KEYS, workers=1))
    assert [(key, (f"in {key}", os.getpid())) for key in KEYS] == here
    there = dict(each(say, "in", KEYS, workers=2))
    assert {key: f"in {key}" for key in KEYS} == {key: result[0] for key, result in there.items() if result}
    assert os.getpid() not in {result[1] for result in there.values() if result}


def test_few_keys_are_done_here() -> None:
    """Another process would not be ready before they are done."""
    results = dict(each(say, "in", KEYS[:FEW], workers=2))
    assert {os.getpid()} == {result[1] for result in results.values() if result}


def test_a_process_that_dies_leaves_no_result() -> None:
    """The caller hears of every key all the same."""
    results = dict(each(die_at_the_first, "", KEYS, workers=2))
    assert set(KEYS) == set(results)
    assert results[KEYS[0]] is None


def test_stopping_ends_what_has_begun_and_begins_nothing_more() -> None:
    """As Ctrl-C does: the caller's loop is left, and the processes are gone with it."""
    results = each(say, "in", [*KEYS, *(f"more {number}" for number in range(200))], workers=2)
    _, (_, worker) = next(results)  # type: ignore[misc]
    results.close()
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
