"""The same function for many keys, in this process or in others."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from reportgen.batch.executor import FEW, Asked, each, local
from reportgen.batch.pool import WorkerDiedError

KEYS = [f"area {number}" for number in range(FEW + 2)]


def say(state: str, key: str) -> tuple[str, int]:
    return f"{state} {key}", os.getpid()


def die_at_the_first(state: str, key: str) -> str:
    if key == KEYS[0]:
        os._exit(1)
    return key


def test_every_key_has_its_result() -> None:
    """One process keeps the order; several need not, and are others than this one."""
    here = list(each(say, "in", KEYS, None))
    assert [(key, (f"in {key}", os.getpid())) for key in KEYS] == here
    with local(2, len(KEYS)) as pool:
        there = dict(each(say, "in", KEYS, pool))
    assert {key: f"in {key}" for key in KEYS} == {key: result[0] for key, result in there.items()}
    assert os.getpid() not in {result[1] for result in there.values()}


def test_few_keys_are_done_here() -> None:
    """Another process would not be ready before they are done; where a limit has to be held, it must be another."""
    with local(2, FEW) as pool:
        assert pool is None
    with local(1, FEW, timeout=60.0) as pool:
        results = dict(each(say, "in", KEYS[:FEW], pool))
    assert os.getpid() not in {result[1] for result in results.values()}


def test_a_process_that_dies_is_a_result() -> None:
    """The caller hears of every key all the same, and of the dead one that it died."""
    with local(2, len(KEYS)) as pool:
        results = dict(each(die_at_the_first, "", KEYS, pool))
    assert {key: key for key in KEYS[1:]} == {key: result for key, result in results.items() if key != KEYS[0]}
    died = results[KEYS[0]]
    assert isinstance(died, WorkerDiedError)
    assert 1 == died.code


def test_another_s_executor_will_do() -> None:
    """Any of `concurrent.futures`: what it raises is a result."""
    with ThreadPoolExecutor(2) as pool:
        assert {key: (f"in {key}", os.getpid()) for key in KEYS} == dict(each(say, "in", KEYS, pool))


def test_leaving_ends_the_processes() -> None:
    """By an exception at once, whatever they are at."""
    with pytest.raises(KeyboardInterrupt), local(2, len(KEYS)) as pool:  # noqa: PT012
        assert pool is not None
        _, (_, worker) = next(each(say, "in", KEYS, pool))
        raise KeyboardInterrupt
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_asked_to_stop_what_has_begun_is_finished_and_nothing_else_begins() -> None:
    """And then this process is stopped as if it had been at once."""
    done = []
    with pytest.raises(KeyboardInterrupt), Asked() as asked:  # noqa: PT012
        for key, _ in each(say, "in", KEYS, None, asked):
            done.append(key)
            signal.raise_signal(signal.SIGINT)
    assert KEYS[:1] == done
    done = []
    with pytest.raises(KeyboardInterrupt), local(2, 200) as pool, Asked() as asked:  # noqa: PT012
        for key, _ in each(say, "in", [f"area {number}" for number in range(200)], pool, asked):
            done.append(key)
            if len(done) == 1:
                signal.raise_signal(signal.SIGINT)
    assert 1 <= len(done) < 200


def test_asked_twice_it_is_stopped_at_once() -> None:
    went_on = False
    with pytest.raises(KeyboardInterrupt), Asked():  # noqa: PT012
        signal.raise_signal(signal.SIGINT)
        went_on = True
        signal.raise_signal(signal.SIGINT)
        went_on = False
    assert went_on
