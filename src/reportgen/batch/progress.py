"""
Progress: where a run is, from what it tells: one line a worker, and how long the rest will take. Prints nothing.

A run tells records, each with `event`: `planned` (areas, unchanged, expected), `begun` (worker, area), `made`,
`unchanged` and `failed` (area, name, pages, seconds, expected, reason, problems, number, total, line), `ended` (the
summary).
"""

from __future__ import annotations

import datetime
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

FEWEST = 4  # packs done before the rest is guessed at, from the time after the first of them
RESULTS = ("made", "unchanged", "failed")


def as_line(event: Mapping[str, Any]) -> str:
    """An event as a line of JSON with its time, ISO 8601, UTC."""
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
    return json.dumps({"time": now, **event}, ensure_ascii=False, default=str) + "\n"


class Progress:
    """
    Args: clock: seconds, as they pass.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun = clock()
        self._workers: dict[int, tuple[str, float]] = {}
        self._left = self._done = 0.0
        self.number = self.total = 0

    def hear(self, event: Mapping[str, Any]) -> None:
        kind = event["event"]
        if kind == "planned":
            self._left, self._done = float(event["expected"]), 0.0
            self.total = event["areas"] - event["unchanged"]
        elif kind == "begun":
            if event["area"]:
                self._workers[event["worker"]] = (event["area"], self._clock())
            else:
                self._workers.pop(event["worker"], None)
        elif kind in RESULTS:
            self.number, self.total = event["number"], event["total"]
            self._left -= event["expected"]
            if self.number == 1:  # what is loaded once, before the first, says nothing of the rest
                self._begun = self._clock()
            else:
                self._done += event["expected"]

    def seconds_left(self) -> float | None:
        """
        What the rest takes if packs go on as they went, by what each kind is expected to take; None while too few are
        done to say so, or nothing is left.
        """
        if self.number < FEWEST or self.number >= self.total or self._done <= 0:
            return None
        return (self._clock() - self._begun) * max(0.0, self._left) / self._done

    def lines(self) -> list[str]:
        """A line a worker: what it is at, and for how long."""
        now = self._clock()
        return [f"{number + 1}  {name}, {now - since:.0f} s" for number, (name, since) in sorted(self._workers.items())]

    def time_left(self) -> str:
        """
        The rest in words, no finer than it can be known.

        >>> Progress().time_left()
        ''
        """
        left = self.seconds_left()
        if left is None:
            return ""
        return f"about {left / 60:.0f} min left" if left >= 90 else f"about {max(5, round(left / 5) * 5)} s left"
