"""What may be said about a fact."""

from __future__ import annotations

import pytest

from reportgen.facts.fact import Fact
from reportgen.facts.words import compared, side
from reportgen.release.tables import Status


def fact(value: float | None, low: float | None = None, high: float | None = None) -> Fact:
    status = Status.OK if value is not None else Status.SUPPRESSED
    return Fact("a/location-quotient/all/2024/-/-", value, low, high, "ratio", 2, status, "", "employment")


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (fact(1.2, 1.1, 1.3), "above"),
        (fact(0.8, 0.7, 0.9), "below"),
        (fact(1.2, 0.9, 1.5), "open"),
        (fact(1.2, 1.0, 1.5), "open"),
        (fact(1.0), "open"),
        (fact(1.2), "above"),
        (fact(None), "unknown"),
    ],
)
def test_the_interval_decides_on_which_side_of_the_line_a_fact_lies(one: Fact, expected: str) -> None:
    assert side(one, 1) == expected


def test_facts_whose_intervals_overlap_are_not_told_apart() -> None:
    assert compared(fact(1.2, 1.1, 1.3), fact(1.25, 1.2, 1.4)) == "open"
    assert compared(fact(1.5, 1.45, 1.6), fact(1.25, 1.2, 1.4)) == "above"
    assert compared(fact(1.0, 0.9, 1.1), fact(1.25, 1.2, 1.4)) == "below"
    assert compared(fact(1.0), fact(None)) == "unknown"
