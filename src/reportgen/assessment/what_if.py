"""
What if: the same rules with another number in some of their conditions, and what would change. Takes rules and advice,
gives rules and differences; asks no fact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportgen.assessment.conditions import UPWARDS, Condition
from reportgen.assessment.recommendations import Advice, Recommendation
from reportgen.assessment.rules import Rule
from reportgen.errors import Problem, UsageError
from reportgen.nearest import did_you_mean

SIGNS = {">=": "at-least", "<=": "at-most", ">": "above", "<": "below"}
SHAPE = "INDICATOR[.SUB-SECTOR]>=NUMBER, or with >, <=, <"
_ASKED = re.compile(
    r"(?P<indicator>[a-z0-9-]+)(?:\.(?P<part>[a-z0-9-]+|\*))?\s*(?P<sign>>=|<=|>|<)\s*(?P<number>-?\d+(?:\.\d+)?)"
)


@dataclass(frozen=True)
class WhatIf:
    """
    What is asked: conditions on an indicator that look upwards, or downwards, get this comparison and number.
    Args:
        sub_sector: only conditions on it; None is all.
    """

    indicator: str
    sub_sector: str | None
    comparison: str
    number: float

    def concerns(self, condition: Condition) -> bool:
        """Whether a condition is on this indicator and sub-sector, and looks the same way."""
        same = condition.indicator == self.indicator and self.sub_sector in (None, condition.sub_sector)
        return same and (condition.comparison in UPWARDS) == (self.comparison in UPWARDS)


@dataclass(frozen=True)
class Replaced:
    """A condition of a rule before and after."""

    rule: str
    before: Condition
    after: Condition


@dataclass(frozen=True)
class Changes:
    """
    What would change for an area: what follows now and still would, what would follow, what would no longer. A rule
    that is asked of each sub-sector counts as one and the same as long as it speaks of the same.
    """

    stays: tuple[Recommendation, ...]
    comes: tuple[Recommendation, ...]
    goes: tuple[Recommendation, ...]


def asked(text: str) -> WhatIf:
    """
    What a word of the command line asks.
    Raises: UsageError: it is of another shape.

    >>> asked("location-quotient.all>=1.1")
    WhatIf(indicator='location-quotient', sub_sector='all', comparison='at-least', number=1.1)
    """
    found = _ASKED.fullmatch(text.strip())
    if found is None:
        what, why = f"{text} is no condition", "it says which number is tried in the place of that of the rules"
        raise UsageError(Problem("bad-what-if", what, why, f"write {SHAPE}, in quotes: 'location-quotient>=1.1'"))
    return WhatIf(found["indicator"], found["part"], SIGNS[found["sign"]], float(found["number"]))


def replaced(rules: Sequence[Rule], what_ifs: Sequence[WhatIf]) -> tuple[tuple[Rule, ...], tuple[Replaced, ...]]:
    """
    The rules with the numbers that are tried, and which conditions that concerns.
    Raises: UsageError: no condition is concerned.
    """
    for what_if in what_ifs:
        if not any(what_if.concerns(condition) for rule in rules for condition in rule.when):
            raise UsageError(_none(rules, what_if))
    given, changed = [], []
    for rule in rules:
        when = []
        for condition in rule.when:
            after = condition
            for what_if in what_ifs:
                if what_if.concerns(condition):
                    after = replace(after, comparison=what_if.comparison, number=what_if.number)
            if after != condition:
                changed.append(Replaced(rule.id, condition, after))
            when.append(after)
        given.append(replace(rule, when=tuple(when)))
    return tuple(given), tuple(changed)


def changes(now: Advice, then: Advice) -> Changes:
    """What would change between the advice by the rules as they are, and that by others of the same ids."""
    before, after = (
        {(one.rule.id, one.sub_sector): one for one in (*advice.recommendations, *advice.further)}
        for advice in (now, then)
    )
    return Changes(
        tuple(one for key, one in after.items() if key in before),
        tuple(one for key, one in after.items() if key not in before),
        tuple(one for key, one in before.items() if key not in after),
    )


def _none(rules: Sequence[Rule], what_if: WhatIf) -> Problem:
    """Why there is nothing to replace: the other conditions on the indicator, or indicators that there are."""
    conditions = [(rule.id, each) for rule in rules for each in rule.when]
    same = [(rule, each) for rule, each in conditions if each.indicator == what_if.indicator]
    where = f" of {what_if.sub_sector}" if what_if.sub_sector else ""
    what = f"no rule asks that {what_if.indicator}{where} is {what_if.comparison.replace('-', ' ')} a number"
    why = "a number is tried in the place of one that rules have"
    known = sorted({each.indicator for _, each in conditions})
    fix = f"write one of {', '.join(known)}{did_you_mean(what_if.indicator, known)}"
    if same:
        there = [
            f"{each.indicator}{'.' + each.sub_sector if each.sub_sector else ''} is {each.comparison} {each.number:g} "
            f"in {rule}"
            for rule, each in same
        ]
        fix = f"change one that is there: {'; '.join(there)}"
    return Problem("bad-what-if", what, why, fix)
