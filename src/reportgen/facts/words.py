"""
Words: what a fact lets one say. Verdicts over facts, aware of interval and status; the sentences are in templates.
"""

from __future__ import annotations

from typing import Literal, get_args

from reportgen.facts.fact import Fact
from reportgen.release.tables import Status

NEAR, NEAR_RATE = 0.1, 0.01  # how near is near: a tenth of a line, or one percentage point a year of no change
NEAR_SHARE, EXACTLY = 0.02, 0.0005  # a share so near a fraction is said by it; so near, without `about`
Side = Literal["above", "open", "below", "unknown"]
SIDES: tuple[Side, ...] = get_args(Side)


def side(fact: Fact, line: float) -> Side:
    """
    On which side of a line a fact lies: `open` where its interval holds the line, `unknown` where it has no value.
    An estimate without an interval is open too: a missing interval is no certainty. What is exact (a rank, a count of
    places, a verdict) lies where its value does.
    """
    if fact.value is None:
        return "unknown"
    low, high = fact.ends
    if low > line:
        return "above"
    return "below" if high < line else "open"


def near(fact: Fact, line: float) -> bool:
    """Whether a known fact lies within a tenth of a line: `just under`, `just over` it."""
    return fact.value is not None and abs(fact.value - line) <= NEAR * line


def close(fact: Fact, line: float) -> bool:
    """
    Whether a fact is known to lie near a line, with the whole of its interval: `about` it. A wide interval that holds
    the line is no such knowledge. Near nought is meant for rates of change: within a hundredth a year.
    """
    if fact.value is None:
        return False
    reach = NEAR * line or NEAR_RATE
    low, high = fact.ends
    return line - reach <= low and high <= line + reach


def compared(fact: Fact, other: Fact) -> Side:
    """
    How a fact lies beside another: `open` where their intervals overlap, or where one that is not exact has none;
    `unknown` where one has no value.
    """
    if fact.value is None or other.value is None:
        return "unknown"
    (low, high), (other_low, other_high) = fact.ends, other.ends
    if low > other_high:
        return "above"
    return "below" if high < other_low else "open"


FRACTIONS = {
    1 / 10: ("a tenth", "about a tenth"),
    1 / 5: ("a fifth", "about a fifth"),
    1 / 4: ("a quarter", "about a quarter"),
    1 / 3: ("a third", "about a third"),
    1 / 2: ("half", "about half"),
    2 / 3: ("two thirds", "about two thirds"),
    3 / 4: ("three quarters", "about three quarters"),
}


def fraction(fact: Fact) -> str:
    """
    A share as a fraction in words: where the whole of its interval lies within two percentage points of it, and within
    a tenth of it; `about`, unless it is the fraction to a tenth of a point. Empty for another share, and for a flagged
    one.
    """
    if fact.value is None or fact.status is not Status.OK:
        return ""
    low, high = fact.ends
    for part, (exactly, about) in FRACTIONS.items():
        reach = min(NEAR_SHARE, NEAR * part)
        if part - reach <= low and high <= part + reach:
            return exactly if abs(fact.value - part) < EXACTLY else about
    return ""


def ordinal(rank: float) -> str:
    """
    A rank as it stands in a sentence.

    >>> [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 102, 111)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '102nd', '111th']
    """
    n = round(rank)
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
# Words that say a number. A page may hold none of them that comes from no fact, or says why it need not.
NUMBER_WORDS = (
    *SMALL,
    *("nought", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundreds?"),
    *("thousands?", "millions?", "billions?", "dozens?", "half", "halves", "thirds?", "quarters?", "fifths?"),
    *("tenths?", "twice", "thrice", "doubled?", "tripled?"),
)


def spelled(count: float) -> str:
    """
    A whole number under ten in words; nothing for another.

    >>> spelled(2), spelled(0), spelled(10), spelled(2.5)
    ('two', 'zero', '', '')
    """
    return SMALL[round(count)] if count == round(count) and 0 <= count < len(SMALL) else ""
