"""
Conditions: one thing that a rule asks for, a bound of a fact's interval on a side of a number; whether it holds, and by
how much. Takes facts, gives verdicts; looks nothing up and says no sentence.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from reportgen.facts.fact import Fact
from reportgen.release.tables import Status

Bound = Literal["low", "value", "high"]
Of = Literal["area", "own", "region", "benchmark"]
COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "above": operator.gt,
    "at-least": operator.ge,
    "at-most": operator.le,
    "below": operator.lt,
}
UPWARDS = ("above", "at-least")
EVERY = "*"  # in the place of a sub-sector: that which the rule is asked of
OTHERS = ("base-year", "region", "benchmark", "national")  # words that stand for the second part of a finding
WIDE = 0.25  # of the number: a bound so far beyond it makes a wide gap
NEAR, NEAR_WIDTH = 0.1, 0.5  # of the number, or half-widths of the interval: so near to holding is a near miss
VERDICT = "yes or no"
# Shares without an interval, as they are themselves how sure something is.
CERTAINTIES = ("selection-probability", "hotspot-robustness", "probability-above")


@dataclass(frozen=True)
class Wanted:
    """
    A fact that a rule speaks of, in the latest year of its indicator.
    Args:
        name: by which conditions, cases and texts call it.
        sub_sector: empty, an id, `all`, or `*`: that which the rule is asked of.
        other: literal, or one of `OTHERS`.
        of: whose fact: the area's (of the nation the benchmark's stands for what is not known), its own alone, that of
            the region it lies in for the most part, or the benchmark's.
    """

    name: str
    indicator: str
    sub_sector: str = ""
    other: str = ""
    variant: str = ""
    of: Of = "area"


@dataclass(frozen=True)
class Condition(Wanted):
    """One thing that must hold: a bound of a fact's interval lies on a side of a number."""

    bound: Bound = "value"
    comparison: str = "at-least"
    number: float = 0.0

    def bound_of(self, fact: Fact) -> float:
        """
        The bound that decides. What is exact is its own bound; an estimate without an interval has none.
        Returns: NaN where there is none, or where the fact is not known.
        """
        if fact.value is None:
            return math.nan
        low, high = fact.ends
        bound = {"low": low, "value": fact.value, "high": high}[self.bound]
        return bound if math.isfinite(bound) else math.nan

    def holds(self, fact: Fact) -> bool:
        """
        Whether it holds. Never on a number that is not known, or of low reliability: what nobody can rely on, no
        recommendation may rest on.
        """
        bound = self.bound_of(fact)
        return reliable(fact) and not math.isnan(bound) and COMPARISONS[self.comparison](bound, self.number)

    def margin(self, fact: Fact) -> float:
        """
        How far the bound lies beyond the number, so that the condition holds: in half-widths of the interval; of what
        has none, as a share of the number (or as it is, where that is 0); of a certainty, such as the share of rules
        that select a place, as a share of the way from the number to the whole. 0 on the line itself, negative where it
        fails. A verdict, yes or no, has no distance: ∞ where the condition holds, −∞ where it fails; −∞, too, where
        nothing can be relied on.

        >>> fact = Fact("E1/location-quotient/all/2024/-/-", 1.2, 1.1, 1.3, "ratio", 2, Status.OK, "", "employment")
        >>> round(Condition("quotient", "location-quotient", bound="low", comparison="above", number=1).margin(fact), 6)
        1.0
        """
        beyond = self._beyond(fact)
        if math.isnan(beyond):
            return -math.inf
        if fact.unit == VERDICT:
            return math.inf if self.holds(fact) else -math.inf
        if half := half_width(fact):
            return beyond / half
        if fact.key[1] in CERTAINTIES:
            way = 1 - self.number if self.comparison in UPWARDS else self.number
            return beyond / way if way > 0 else beyond
        return beyond / abs(self.number) if self.number else beyond

    def wide(self, fact: Fact) -> bool:
        """
        Whether it holds by far: the bound lies more than a quarter of the number beyond it, or, where the number is 0,
        more than a half-width of the interval.
        """
        if not self.holds(fact) or fact.unit == VERDICT:
            return False
        return self._beyond(fact) > WIDE * abs(self.number) if self.number else self.margin(fact) > 1

    def near(self, fact: Fact) -> bool:
        """
        Whether it fails by little: by at most a tenth of the number, or half a half-width of the interval; the value
        itself lies where it should, or within a tenth of the number. A wide interval alone brings nothing near.
        """
        beyond = self._beyond(fact)
        if math.isnan(beyond) or self.holds(fact) or fact.unit == VERDICT:
            return False
        half, little = half_width(fact), NEAR * abs(self.number)
        value = self._sided((fact.value or 0.0) - self.number)
        return value >= -little and (beyond >= -little or (half > 0 and beyond >= -NEAR_WIDTH * half))

    def _beyond(self, fact: Fact) -> float:
        """How far the bound lies on the side where the condition holds; NaN where nothing can be relied on."""
        if not reliable(fact):
            return math.nan
        return self._sided(self.bound_of(fact) - self.number)

    def _sided(self, distance: float) -> float:
        """A distance from the number, positive on the side where the condition holds."""
        return distance if self.comparison in UPWARDS else -distance


def reliable(fact: Fact) -> bool:
    """Whether a recommendation may rest on a fact: it is known, and nothing is said against it."""
    return fact.value is not None and fact.status is Status.OK


def exact(fact: Fact) -> bool:
    """Whether nothing about a known fact is estimated: it is counted out, or its interval is a point."""
    point = fact.low is not None and fact.low == fact.high
    return point or (fact.exact and not half_width(fact))


def half_width(fact: Fact) -> float:
    """Half of the width of a fact's interval; 0 where there is none."""
    return 0.0 if fact.low is None or fact.high is None else (fact.high - fact.low) / 2
