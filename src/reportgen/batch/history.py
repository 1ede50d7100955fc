"""
History: the runs on a folder of packs, as its ledger has them. Reads alone: where there is no ledger, none is made.
"""

from __future__ import annotations

import datetime
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from reportgen.batch import lock
from reportgen.batch.ledger import FAILED, MADE, RUNNING, UNCHANGED, Attempt, Ledger, Run
from reportgen.batch.store import State
from reportgen.errors import Problem, UsageError

DIED = "died"  # it did not come to its end, and no process of it is at work
UNTRIED = "not tried"


@dataclass(frozen=True)
class Past:
    """
    A run, as one looks back at it.
    Args:
        begun: ISO 8601, UTC. seconds: until its end, or until now; None: nobody knows when it ended.
        state: `running`, `complete`, `stopped` or `died`.
        areas: how many were asked for; made, unchanged, failed: how many packs.
    """

    number: int
    begun: str
    seconds: float | None
    state: str
    areas: int
    made: int
    unchanged: int
    failed: int


@dataclass(frozen=True)
class Line:
    """One area of a run: `state` made, unchanged, failed or not tried; `seconds` of one core."""

    area: str
    name: str
    state: str
    reason: str
    seconds: float


def runs(out: str | Path, release: str) -> list[Past]:
    """
    All runs of a release's packs, the newest first; none where there is no ledger.
    Args: out: folder of all packs; release: id.
    """
    state = State(out, release)
    ledger = Ledger.there(state.ledger)
    if ledger is None:
        return []
    busy = lock.held(state.lock)
    with closing(ledger):
        counts = ledger.counts()
        return [_past(run, counts[run.id], busy and not place) for place, run in enumerate(ledger.runs())]


def run(out: str | Path, release: str, number: int) -> tuple[Past, list[Line]]:
    """
    One run, and what became of each of its areas, in the order of its plan.
    Raises: UsageError: there is no run of this number.
    """
    past = next((one for one in runs(out, release) if one.number == number), None)
    ledger = Ledger.there(State(out, release).ledger)
    if past is None or ledger is None:
        what, why = f"there is no run {number} of {release}", f"the ledger below {out} has none of this number"
        raise UsageError(Problem("unknown-run", what, why, "reportgen runs lists those there are"))
    with closing(ledger):
        attempts = ledger.attempts(number)
        places = next(one.places for one in ledger.runs() if one.id == number)
    nothing = Attempt("", UNTRIED, "", 0.0)
    found = [(place, attempts.get(place.area, nothing)) for place in places]
    return past, [Line(place.area, place.name, one.state, one.reason, one.seconds) for place, one in found]


def _past(run: Run, counts: Counter[str], at_work: bool) -> Past:
    state = DIED if run.state == RUNNING and not at_work else run.state
    end = run.ended or (datetime.datetime.now(datetime.UTC).isoformat() if state == RUNNING else "")
    seconds = None
    if end:
        passed = datetime.datetime.fromisoformat(end) - datetime.datetime.fromisoformat(run.begun)
        seconds = round(passed.total_seconds(), 1)
    made, unchanged, failed = (counts[state] for state in (MADE, UNCHANGED, FAILED))
    return Past(run.id, run.begun, seconds, state, len(run.places), made, unchanged, failed)
