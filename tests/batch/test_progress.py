"""A line a worker, and how long the rest takes: from what a run tells, with a clock that is made up."""

from __future__ import annotations

import datetime
import json

from reportgen.batch.progress import Progress, as_line


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def told(progress: Progress, clock: Clock, *results: tuple[float, float], total: int = 20) -> None:
    """Packs that are done, each after so many seconds and expected to take so many."""
    for number, (after, expected) in enumerate(results, progress.number + 1):
        clock.now += after
        progress.hear({"event": "made", "number": number, "total": total, "expected": expected})


def planned(expected: float = 40.0) -> tuple[Progress, Clock]:
    clock = Clock()
    progress = Progress(clock)
    progress.hear({"event": "planned", "areas": 25, "unchanged": 5, "expected": expected})
    return progress, clock


def test_a_line_a_worker() -> None:
    """What it is at, and for how long; one that has nothing to do has none."""
    progress, clock = planned()
    progress.hear({"event": "begun", "worker": 1, "area": "Bath"})
    clock.now += 2.2
    progress.hear({"event": "begun", "worker": 0, "area": "Stroud"})
    clock.now += 1.0
    assert ["1  Stroud, 1 s", "2  Bath, 3 s"] == progress.lines()
    progress.hear({"event": "begun", "worker": 1, "area": ""})
    assert ["1  Stroud, 1 s"] == progress.lines()


def test_the_rest_is_guessed_from_how_packs_went() -> None:
    """Expected to take 2 s each and done in 3 s each: the 16 that are left take 48 s, said no finer than 5 s."""
    progress, clock = planned()
    told(progress, clock, (3.0, 2.0), (3.0, 2.0), (3.0, 2.0), (3.0, 2.0))
    assert 48.0 == progress.seconds_left()
    assert "about 50 s left" == progress.time_left()


def test_what_is_loaded_once_says_nothing_of_the_rest() -> None:
    """The first pack comes after half a minute of reading and analysis; the others do not."""
    progress, clock = planned()
    told(progress, clock, (30.0, 2.0), (1.0, 2.0), (1.0, 2.0), (1.0, 2.0))
    assert 16.0 == progress.seconds_left()


def test_large_packs_first_do_not_mislead() -> None:
    """The nation took 10 s and was expected to; what is left is weighed by what it is expected to take."""
    progress, clock = planned(expected=10.0 + 19 * 1.0)
    told(progress, clock, (1.0, 1.0), (10.0, 10.0), (1.0, 1.0), (1.0, 1.0))
    assert 16.0 == progress.seconds_left()


def test_nothing_is_said_of_the_rest_too_early_or_at_the_end() -> None:
    progress, clock = planned()
    told(progress, clock, (3.0, 2.0), (3.0, 2.0), (3.0, 2.0))
    assert (None, "") == (progress.seconds_left(), progress.time_left())
    told(progress, clock, *[(3.0, 2.0)] * 17)
    assert (None, "") == (progress.seconds_left(), progress.time_left())


def test_long_times_are_said_in_minutes() -> None:
    progress, clock = planned(expected=400.0)
    told(progress, clock, *[(3.0, 2.0)] * 4, total=200)
    assert "about 10 min left" == progress.time_left()


def test_an_event_is_a_line_of_json_with_its_time() -> None:
    line = as_line({"event": "made", "area": "W22000024", "name": "Tŷ"})
    assert line.endswith("}\n")
    assert "Tŷ" in line
    found = json.loads(line)
    assert datetime.timedelta(0) == datetime.datetime.fromisoformat(found.pop("time")).utcoffset()
    assert {"event": "made", "area": "W22000024", "name": "Tŷ"} == found
