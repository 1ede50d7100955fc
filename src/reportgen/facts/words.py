"""
Words: what a fact lets one say. Verdicts over facts, aware of interval and status; the sentences are in templates.
"""

from __future__ import annotations

from typing import Literal, get_args

from reportgen.facts.fact import Fact

NEAR = 0.1
Side = Literal["above", "open", "below", "unknown"]
SIDES: tuple[Side, ...] = get_args(Side)


def side(fact: Fact, line: float) -> Side:
    """
    On which side of a line a fact lies: `open` where its interval holds the line, `unknown` where it has no value.
    Without an interval the value itself decides.
    """
    if fact.value is None:
        return "unknown"
    low = fact.value if fact.low is None else fact.low
    high = fact.value if fact.high is None else fact.high
    if low > line:
        return "above"
    return "below" if high < line else "open"


def near(fact: Fact, line: float) -> bool:
    """Whether a known fact lies within a tenth of a line: `just under`, `just over` it."""
    return fact.value is not None and abs(fact.value - line) <= NEAR * line


def compared(fact: Fact, other: Fact) -> Side:
    """How a fact lies beside another: `open` where their intervals overlap, `unknown` where one has no value."""
    if fact.value is None or other.value is None:
        return "unknown"
    if (fact.low if fact.low is not None else fact.value) > (other.high if other.high is not None else other.value):
        return "above"
    if (fact.high if fact.high is not None else fact.value) < (other.low if other.low is not None else other.value):
        return "below"
    return "open"


def ordinal(rank: float) -> str:
    """
    A rank as it stands in a sentence.

    >>> [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 102, 111)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '102nd', '111th']
    """
    n = round(rank)
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"
