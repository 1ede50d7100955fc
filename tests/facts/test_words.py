"""What may be said about a fact."""

from __future__ import annotations

import pytest

from reportgen.facts.fact import Fact
from reportgen.facts.words import close, compared, side
from reportgen.release.tables import Status


def fact(value: float | None, low: float | None = None, high: float | None = None, unit: str = "ratio") -> Fact:
    status = Status.OK if value is not None else Status.SUPPRESSED
    return Fact("a/location-quotient/all/2024/-/-", value, low, high, unit, 2, status, "", "employment")


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (fact(1.2, 1.1, 1.3), "above"),
        (fact(0.8, 0.7, 0.9), "below"),
        (fact(1.2, 0.9, 1.5), "open"),
        (fact(1.2, 1.0, 1.5), "open"),
        (fact(None), "unknown"),
    ],
)
def test_the_interval_decides_on_which_side_of_the_line_a_fact_lies(one: Fact, expected: str) -> None:
    assert side(one, 1) == expected


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        *((unit, "open") for unit in ("ratio", "share", "share a year", "jobs", "local units", "index")),
        *((unit, "above") for unit in ("areas", "sub-sectors", "rank", "yes or no")),
    ],
)
def test_without_an_interval_only_what_is_exact_lies_on_a_side(unit: str, expected: str) -> None:
    """Of an estimate nobody knows the interval then: 1.2 may well be 0.9. A count of places is sure."""
    assert side(fact(1.2, unit=unit), 1) == expected
    assert compared(fact(1.2, unit=unit), fact(1.0, 1.0, 1.0)) == expected


@pytest.mark.parametrize(
    ("one", "line", "expected"),
    [
        (fact(0.97, 0.92, 1.02), 1, True),
        (fact(0.45, 0.07, 3.04), 1, False),
        (fact(1.0), 1, False),
        (fact(0.001, -0.004, 0.006), 0, True),
        (fact(0.001, -0.04, 0.04), 0, False),
        (fact(None), 1, False),
    ],
)
def test_about_the_line_is_said_where_the_whole_interval_is_near_it(one: Fact, line: float, expected: bool) -> None:
    """A quotient anywhere between 0.07 and 3.04 is not about the national share: it is not known."""
    assert close(one, line) is expected


def test_facts_whose_intervals_overlap_are_not_told_apart() -> None:
    assert compared(fact(1.2, 1.1, 1.3), fact(1.25, 1.2, 1.4)) == "open"
    assert compared(fact(1.5, 1.45, 1.6), fact(1.25, 1.2, 1.4)) == "above"
    assert compared(fact(1.0, 0.9, 1.1), fact(1.25, 1.2, 1.4)) == "below"
    assert compared(fact(1.0), fact(None)) == "unknown"
