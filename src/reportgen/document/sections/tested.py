"""
Tested: what sections about tests share. Which words a finding has, whether a p-value counts, a chart on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from reportgen.analysis.claims import SIGNIFICANT
from reportgen.charts.chart import Chart
from reportgen.document.brief import Brief, Measure
from reportgen.document.figures import show
from reportgen.facts.fact import Fact

MEASURES: tuple[Measure, ...] = ("jobs", "units")


def along(brief: Brief, indicator: str, column: str, **where: str) -> list[str]:
    """The words that a column of the key has among the rows of an indicator, in their order."""
    rows = brief.findings.rows(indicator)
    for name, word in where.items():
        rows = rows[rows[name] == word]
    return list(dict.fromkeys(map(str, rows[column])))


def unlikely(p: Fact) -> bool:
    """Whether chance alone would seldom do as well."""
    return p.value is not None and p.value <= SIGNIFICANT


def first_known(facts: Mapping[Measure, Fact]) -> float:
    """What rows that have both measures are sorted by: jobs, where these are not known local units, else least."""
    return next((fact.value for fact in facts.values() if fact.value is not None), float("-inf"))


def charted(
    brief: Brief, draw: Callable[..., Chart], section: str, picture: str, context: Mapping[str, Any], *tables: str
) -> Markup:
    """A chart on the page; its words are the blocks `<picture>_title`, `_subtitle`, `_alt`, `_note` of the section."""
    title, subtitle, alt, note = (
        brief.say(section, f"{picture}_{part}", context) for part in ("title", "subtitle", "alt", "note")
    )
    chart = draw(
        name=f"{section}-{picture}",
        title=title.plain,
        subtitle=subtitle.plain,
        alt=alt.plain,
        source=brief.source_line(*tables),
    )
    return show(brief, chart, title, subtitle, alt, note.html)
