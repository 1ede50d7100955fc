"""
Rules: when a recommendation follows, each a condition or more on the bound of an interval, written in
`data/recommendations.toml`. Takes facts, gives what fires with its evidence; says no sentence of its own.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from reportgen.analysis.findings import BY_ID
from reportgen.assessment.written import called, own_id, refuse_twins, without_numbers
from reportgen.errors import ConfigurationError, Problem
from reportgen.facts.fact import Fact
from reportgen.nearest import did_you_mean
from reportgen.release.info import Keys, read_toml
from reportgen.release.tables import Status

FILE = "data/recommendations.toml"
Bound = Literal["low", "value", "high"]
COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "above": operator.gt,
    "at-least": operator.ge,
    "at-most": operator.le,
    "below": operator.lt,
}
TEXTS = ("principle", "action", "why", "who", "first_step", "progress", "would_change")
_NO_NUMBER = "say it in words without the number, or put the number into a condition"
_NUMBERS_STAY = (
    "it would stay as it is when the data change; the facts that the rule rests on are printed with it anyway"
)


@dataclass(frozen=True)
class Condition:
    """One thing that must hold: a bound of a fact's interval lies on a side of a number."""

    indicator: str
    sub_sector: str
    variant: str
    bound: Bound
    comparison: str
    number: float

    @property
    def id(self) -> str:
        """The id of the fact that decides, about the area that is asked for, in the latest year."""
        return f"{self.indicator}/{self.sub_sector or '-'}/-/-/{self.variant or '-'}"

    def holds(self, fact: Fact) -> bool:
        """
        Whether it holds. Never on a number that is not known, or of low reliability: what nobody can rely on, no
        recommendation may rest on. What is exact is its own bound; an estimate without an interval has none to pass.
        """
        if fact.value is None or fact.status is not Status.OK:
            return False
        low, high = fact.ends
        bound = {"low": low, "value": fact.value, "high": high}[self.bound]
        return math.isfinite(bound) and COMPARISONS[self.comparison](bound, self.number)


@dataclass(frozen=True)
class Rule:
    """
    A recommendation and when it follows.
    Args:
        principle: of policy that it serves. action: what to do, as a heading. why: why here, in whole sentences.
        who, first_step, progress, would_change: who acts, what they do first, how to see that it works, and what would
            change our mind.
        when: conditions, all of which must hold.
    """

    id: str
    principle: str
    action: str
    why: str
    who: str
    first_step: str
    progress: str
    would_change: str
    when: tuple[Condition, ...]


@dataclass(frozen=True)
class Recommendation:
    """A rule that fired, with the facts that made it."""

    rule: Rule
    evidence: tuple[tuple[Condition, Fact], ...]


def recommendations(rules: Sequence[Rule], fact: Callable[[str], Fact]) -> list[Recommendation]:
    """
    The rules of which every condition holds, in their order.
    Args:
        fact: gives the fact of an id.
    """
    fired = []
    for rule in rules:
        evidence = tuple((condition, fact(condition.id)) for condition in rule.when)
        if all(condition.holds(found) for condition, found in evidence):
            fired.append(Recommendation(rule, evidence))
    return fired


def read_rules(path: Path, sub_sectors: Collection[str]) -> tuple[Rule, ...]:
    """
    Read and check a file of rules.
    Args:
        sub_sectors: ids that a condition may name.
    Returns: none where the file says none, as the example does whose rule is a comment.
    Raises: ConfigurationError: with all that is wrong in it.
    """
    problems: list[Problem] = []
    written = read_toml(path, problems)
    rules: tuple[Rule, ...] = ()
    if written is not None:
        keys = Keys(written, FILE, "", problems)
        tables = keys.get("rule", list, "one table [[rule]] or more", [])
        rules = tuple(
            _rule(Keys(each, FILE, called("rule", each, n), problems), sub_sectors)
            for n, each in enumerate(tables, start=1)
        )
        keys.finish()
        refuse_twins(keys, "rule", [rule.id for rule in rules])
    if problems:
        raise ConfigurationError(problems)
    return rules


def _rule(keys: Keys, sub_sectors: Collection[str]) -> Rule:
    id = own_id(keys)
    texts = {name: without_numbers(keys, name, fix=_NO_NUMBER, why=_NUMBERS_STAY) for name in TEXTS}
    written = keys.get("when", list, "a list of conditions, each in braces")
    if "when" in keys.written and not written:
        keys.complain(
            "missing-key", f"{keys.where} has no condition", "say when it follows: a rule is no standing advice"
        )
    when = tuple(
        _condition(Keys(each, FILE, f"{keys.where}, condition {n}", keys.problems), sub_sectors)
        for n, each in enumerate(written, start=1)
    )
    keys.finish()
    return Rule(id=id, when=when, **texts)


def _condition(keys: Keys, sub_sectors: Collection[str]) -> Condition:
    indicator, sub_sector = keys.text("indicator"), keys.text("sub_sector", "")
    if indicator and indicator not in BY_ID:
        fix = f"take an indicator from dictionary.csv, which `reportgen analyse` writes{did_you_mean(indicator, BY_ID)}"
        keys.complain(
            "unknown-indicator",
            f"{keys.where} names an indicator that does not exist",
            fix,
            f'indicator = "{indicator}"',
        )
    if sub_sector and sub_sector not in sub_sectors:
        fix = f"write one of {', '.join(sub_sectors)}{did_you_mean(sub_sector, sub_sectors)}"
        keys.complain(
            "unknown-sub-sector",
            f"{keys.where} names a sub-sector that does not exist",
            fix,
            f'sub_sector = "{sub_sector}"',
        )
    condition = Condition(
        indicator,
        sub_sector,
        keys.text("variant", ""),
        cast(Bound, keys.choice("bound", get_args(Bound))),
        keys.choice("is", COMPARISONS),
        _number(keys),
    )
    keys.finish()
    return condition


def _number(keys: Keys) -> float:
    """A number, with or without decimals; TOML tells 1 and 1.0 apart, people do not."""
    whole = isinstance(keys.written.get("number"), int) and not isinstance(keys.written["number"], bool)
    number = float(keys.get("number", int if whole else float, "a number without quotes"))
    if not abs(number) < float("inf"):
        keys.complain("wrong-value", f"{keys.name('number')} is no finite number", "write a number")
    return number
