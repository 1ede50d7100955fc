"""
Charted: ranked bars of facts that differ in something else than the area, on a page. Sentences come from the section's
template; `pictures` has the charts of areas.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from markupsafe import Markup

from reportgen.charts import theme
from reportgen.charts.bars import ranked_bars
from reportgen.document.brief import Brief
from reportgen.document.figures import charted, rows
from reportgen.document.sections.pictures import NARROW
from reportgen.facts import format as formats
from reportgen.facts.fact import Fact


def ranked(
    brief: Brief,
    facts: Sequence[tuple[str, Fact]],
    context: Mapping[str, Any],
    section: str,
    picture: str,
    *,
    key: str,
    width_mm: float = 174.0,
    most: int = 20,
) -> Markup:
    """
    Named facts of one indicator as bars, largest first. Its words are the blocks `<picture>_title`, `_subtitle`, `_alt`
    and `_note` of the section, which are given the facts drawn as `shown`, and the names without a value as `untold`.
    Nothing where no fact is known.
    Args: key: the part of the facts' ids that tells them apart.
    """
    known = sorted(((name, fact) for name, fact in facts if fact.known), key=lambda row: (-(row[1].value or 0), row[0]))
    if not known:
        return Markup()
    first = known[0][1]
    table = rows(facts)
    if width_mm < NARROW:  # no room for intervals in words; they are drawn all the same
        table = [replace(row, interval="") for row in table]
    more = {**context, "shown": known[:most], "untold": [name for name, fact in facts if not fact.known]}
    draw = partial(
        ranked_bars,
        table,
        fonts=brief.fonts,
        key=key,
        most=most,
        tick=lambda value: (
            formats.number(value, first.unit, first.digits, cell=True)
            if first.unit in formats.PARTS_OF_ONE
            else theme.tick(value)
        ),
        width_mm=width_mm,
    )
    return charted(brief, draw, section, picture, more, *first.source.split(";"))
