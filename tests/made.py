"""
Made: facts out of every combination of status, size, sign, interval and unit, for tests of what is said of them.
Values are those where texts go wrong: nothing, next to nothing, about a line, one, many.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from reportgen.facts.fact import EXACT, Fact
from reportgen.release.tables import Status

WHY = {
    Status.LOW_RELIABILITY: "Jobs are of low reliability for 1 of the 4 industries of Crafts (Bath, 2024).",
    Status.SUPPRESSED: "Jobs are suppressed for the one industry of Crafts (Bath, 2024).",
    Status.MISSING: "The release has no figures on jobs (Belfast, 2024).",
    Status.NOT_APPLICABLE: "There are no jobs to grow from (Bath, 2019).",
}
DIGITS = {
    "ratio": 2,
    "share": 1,
    "share a year": 1,
    "points": 1,
    "points a year": 1,
    "coefficient": 2,
    "probability": 3,
    "number": 1,
    "£ million": 0,
}
_COUNT = (0.0, 1.0, 2.0, 9.0, 10.0, 24.0, 211.0)
_AMOUNT = (0.0, 0.3, 1.0, 2.0, 85.0, 999.6, 6_740.0, 148_623.0)
SIZES = {
    "ratio": (0.0, 0.0004, 0.35, 0.91, 0.98, 0.9996, 1.0, 1.0004, 1.05, 1.9, 29.187, 300.75),
    "share": (0.0, 0.0004, 0.05, 0.1, 0.325, 1 / 3, 0.49, 0.5, 0.75, 0.997, 1.0),
    "share a year": (0.0, 0.00004, 0.0004, 0.004, 0.021, 0.35, 1.2),
    "points": (0.0, 0.0004, 0.004, 0.128, 0.97),
    "points a year": (0.0, 0.00004, 0.004, 0.021, 0.35),
    "coefficient": (0.0, 0.0004, 0.1, 0.5, 0.9999, 1.0),
    "probability": (0.0, 0.0001, 0.03, 0.5, 0.9999, 1.0),
    "number": (0.0, 0.02, 1.0, 3.4, 8.97),
    "rank": (1.0, 2.0, 3.0, 11.0, 21.0, 102.0),
    "yes or no": (0.0, 1.0),
    "jobs": _AMOUNT,
    "local units": _AMOUNT,
    "£ million": _AMOUNT,
    **dict.fromkeys(("areas", "sub-sectors", "industries", "cells", "projections"), _COUNT),
}
SIGNED = ("share a year", "points", "points a year", "coefficient", "jobs")  # units whose facts may lie below nought
UNITS = tuple(SIZES)
_REACH = (None, "same", 0.0001, 0.01, 0.1, 3.0, "low", "high")


def fact(
    value: float | None,
    unit: str = "jobs",
    low: float | None = None,
    high: float | None = None,
    *,
    status: Status | None = None,
    id: str = "E1/x/all/2024/-/-",
) -> Fact:
    """A fact with a value, or suppressed."""
    status = status or (Status.OK if value is not None else Status.SUPPRESSED)
    return Fact(id, value, low, high, unit, DIGITS.get(unit, 0), status, WHY.get(status, ""), "employment")


@st.composite
def facts(
    draw: st.DrawFn,
    unit: str,
    *,
    signed: bool | None = None,
    known: bool | None = None,
    values: Sequence[float] = (),
    intervals: bool = True,
) -> Fact:
    """
    Any fact of a unit.
    Args:
        signed: whether it may lie below nought; as its unit goes unless told.
        known: that it has a value, or has none; either unless told.
        values: those that it may have, in the place of those of its unit.
        intervals: whether it may have one.
    """
    wanted = [each for each in Status if known is None or (each in (Status.OK, Status.LOW_RELIABILITY)) == known]
    status = draw(st.sampled_from(wanted))
    if status not in (Status.OK, Status.LOW_RELIABILITY):
        return fact(None, unit, status=status)
    below = unit in SIGNED if signed is None else signed
    value = draw(st.sampled_from(tuple(values) or SIZES[unit])) * (draw(st.sampled_from((1, -1))) if below else 1)
    if not intervals or unit in EXACT:
        return fact(value, unit, status=status)
    low, high = _interval(value, draw(st.sampled_from(_REACH)), draw(st.sampled_from((0.02, 1.0))))
    if not below:
        low = None if low is None else max(low, 0.0)
    if unit in ("share", "probability", "coefficient"):
        high = None if high is None else min(high, 1.0)
        low = None if low is None else max(low, -1.0)
    return fact(value, unit, low, high, status=status)


def _interval(value: float, reach: Any, scale: float) -> tuple[float | None, float | None]:
    """An interval about a value: none, one of equal ends, one that is tiny, usual or wide, or one with a single end."""
    if reach is None:
        return None, None
    if reach == "same":
        return value, value
    if isinstance(reach, str):
        return (value - scale, None) if reach == "low" else (None, value + scale)
    width = reach * (abs(value) or scale)
    return value - width, value + width
