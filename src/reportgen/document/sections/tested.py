"""
Tested: what sections about tests share. Which words a finding has, whether a p-value counts, a chart on the page.
"""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.analysis.claims import SIGNIFICANT
from reportgen.document.brief import Brief, Measure
from reportgen.facts.fact import Fact

MEASURES: tuple[Measure, ...] = ("jobs", "units")


def along(brief: Brief, indicator: str, column: str, **where: str) -> list[str]:
    """The words that a column of the key has among the rows of an indicator, in their order."""
    rows = brief.findings.rows(indicator)
    for name, word in where.items():
        rows = rows[rows[name] == word]
    return [str(word) for word in rows[column].unique()]


def unlikely(p: Fact) -> bool:
    """Whether chance alone would seldom do as well."""
    return p.value is not None and p.value <= SIGNIFICANT


def first_known(facts: Mapping[Measure, Fact]) -> float:
    """What rows that have both measures are sorted by: jobs, where these are not known local units, else least."""
    return next((fact.value for fact in facts.values() if fact.value is not None), float("-inf"))
