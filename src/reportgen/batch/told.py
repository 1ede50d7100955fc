"""
Told: what a run says of itself: what happens as it happens, why a pack could not be made, what came of it all.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from reportgen.batch.ledger import FAILED, MADE, UNCHANGED, Attempt, Entry
from reportgen.batch.pool import OutOfMemoryError, TookTooLongError, WorkerDiedError
from reportgen.batch.reasons import Planned, expected_seconds
from reportgen.batch.task import Done, Task
from reportgen.errors import Problem


def state_of(found: Done) -> str:
    return FAILED if found.problems else UNCHANGED if found.same else MADE


def attempt(found: Done) -> Attempt:
    """As the ledger keeps it."""
    reason = found.problems[0].what if found.problems else found.reason
    return Attempt(found.place.area, state_of(found), reason, round(found.seconds, 3))


def settled_as(one: Planned) -> Attempt:
    """An area about which a run had nothing to do, as the ledger keeps it."""
    return Attempt(one.place.area, FAILED if one.given_up else UNCHANGED, one.given_up, 0.0)


def event(found: Done, task: Task, entries: Mapping[str, Entry]) -> dict[str, Any]:
    state = state_of(found)
    pages = found.entry.pages if found.entry else 0
    line = f"{found.place.name} ({found.place.area}): " + (
        "no pack was written" if found.problems else "unchanged" if found.same else f"{pages} pages"
    )
    return {
        "event": state,
        "area": found.place.area,
        "name": found.place.name,
        "level": found.place.level,
        "pages": pages,
        "seconds": round(found.seconds, 3),
        "reason": found.reason,
        "problems": [problem.what for problem in found.problems],
        "expected": expected_seconds(task.place, entries),
        "line": line,
    }


def died(task: Task, error: Exception, timeout: float, memory: int | None) -> Done:
    """What is said of a pack whose process ended before it was done."""
    alone = f"make it alone: reportgen region {task.place.area}"
    if isinstance(error, TookTooLongError):
        what, why = f"it took longer than {timeout:g} seconds and was stopped", "the others must not wait for it"
        fix = f"give it more time with --timeout, or {alone}"
        return Done(task.place, problems=(Problem("took-too-long", what, why, fix),))
    if isinstance(error, OutOfMemoryError):
        what = f"it took more than {(memory or 0) >> 20} MB of memory, twice, and was stopped"
        why, fix = "the machine must not run out of it", f"allow more with --memory, or {alone}"
        return Done(task.place, problems=(Problem("out-of-memory", what, why, fix),))
    if isinstance(error, WorkerDiedError):
        what, why = "the process that made the pack died, and so did the next one", "it is set aside for the others"
    else:
        what, why = f"no process could make it: {error!r}", "the machine has no room for one, or ended it"
    return Done(task.place, problems=(Problem("process-died", what, why, alone),))


def summary(plan: Sequence[Planned], done: Mapping[str, Done], begun: float) -> dict[str, Any]:
    seconds = time.monotonic() - begun
    settled = [settled_as(one).state for one in plan if one.task is None]
    states = Counter([*settled, *map(state_of, done.values())])
    made = [one for one in done.values() if one.entry is not None]
    return {
        "packs": states[MADE],
        "unchanged": states[UNCHANGED],
        "failed": states[FAILED],
        "pages": sum(one.entry.pages for one in made if one.entry is not None),
        "seconds": round(seconds, 2),
        "core_seconds": round(sum(one.seconds for one in made), 2),
        "cache_hits": sum(one.cached[0] for one in done.values()),
        "cache_misses": sum(one.cached[1] for one in done.values()),
        "packs_per_second": round(len(made) / seconds, 2) if made else 0.0,
    }
