"""
Profiled: what an area's creative work is made of, beside the whole, as a picture. Sentences come from the section.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from reportgen.charts.profile import profile_bars
from reportgen.document.brief import TABLE, Brief
from reportgen.document.figures import charted
from reportgen.document.figures import rows as figure_rows
from reportgen.facts.fact import Fact
from reportgen.facts.words import compared

INDICATOR = "sub-sector-share"


@dataclass(frozen=True)
class Part:
    """A sub-sector's share in the area's creative work, and in the whole's."""

    part: str
    short: str
    own: Fact
    whole: Fact

    @property
    def beyond(self) -> float:
        """By how much the first is larger."""
        return (self.own.value or 0.0) - (self.whole.value or 0.0)


def mix(brief: Brief, context: Mapping[str, Any], section: str, width_mm: float) -> Markup:
    """
    Shares of all sub-sectors as bars. Its words are the blocks `mix_title`, `_subtitle`, `_alt` and `_note` of the
    section, which are given `parts`, the largest first, and the names of the sub-sector that is most clearly larger
    here than in the whole (`larger`), and smaller, empty where intervals overlap. Nothing where no share is known.
    """
    parts = [
        Part(part, brief.short(part), *(_share(brief, area, part) for area in (brief.area, brief.benchmark)))
        for part in brief.sub_sectors
    ]
    known = sorted((part for part in parts if part.own.known), key=lambda part: (-(part.own.value or 0), part.short))
    if not known:
        return Markup()
    sides = {where: [part for part in known if compared(part.own, part.whole) == where] for where in ("above", "below")}
    more = {
        **context,
        "parts": known,
        "untold_parts": [part.short for part in parts if not part.own.known],
        "larger": max(sides["above"], key=lambda part: (part.beyond, part.short)).short if sides["above"] else "",
        "smaller": min(sides["below"], key=lambda part: (part.beyond, part.short)).short if sides["below"] else "",
    }
    whole = figure_rows([(part.short, part.whole) for part in parts])
    draw = partial(
        profile_bars,
        figure_rows([(part.short, part.own) for part in parts]),
        {part.part: (there.value, there.text) for part, there in zip(parts, whole, strict=True)},
        fonts=brief.fonts,
        heads=(brief.say(section, "mix_here", context).plain, brief.say(section, "mix_there", context).plain),
        width_mm=width_mm,
    )
    return charted(brief, draw, section, "mix", more, TABLE[brief.measure])


def _share(brief: Brief, area: str, part: str) -> Fact:
    return brief.book.fact(area, INDICATOR, part, brief.year, variant=brief.measure)
