"""
Advised: a recommendation in the words of its rule's template, `templates/recommendations/RULE.html`.
Takes a recommendation, gives texts. Which sentence stands is for the template to choose; here is what it may ask.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from reportgen.assessment.recommendations import Recommendation
from reportgen.classification import CREATIVE
from reportgen.document.brief import Brief
from reportgen.document.voice import Said
from reportgen.facts.fact import Fact

BLOCKS = ("action", "short", "why", "who", "first_step", "progress", "would_change")


def said(
    brief: Brief, found: Recommendation, beside: Collection[str] = (), *, crosses: bool = False
) -> Mapping[str, Said]:
    """
    Block → its text: the heading, a line for the headline page, why here, who acts, the first step, how progress shows
    and what would change our mind. For our own rules; a team's own have their texts beside their conditions.
    """
    context = words(brief, found, beside, crosses=crosses)
    return {block: brief.voice.part(f"recommendations/{found.rule.id}.html", block, context) for block in BLOCKS}


def words(
    brief: Brief, found: Recommendation, beside: Collection[str] = (), *, crosses: bool = False
) -> dict[str, Any]:
    """
    What the template of a rule may use, beside what every template may: `facts` by name, `binding` the name of the
    condition that decides, `wide` whether even that holds by far, and `trade`, the first word of the sub-sector's id:
    what kind of work it is (film, it, crafts …), empty where the rule speaks of all. `denser` is the location quotient
    of the first of the area's strengths, where that is another than the sub-sector, and clearly higher; else None.
    `steps_beside` are the ids of other rules that are told of the same area and sub-sector, `crosses` whether a hotspot
    of the area lies in it in part only, while all of its jobs are counted.
    """
    part = found.sub_sector or found.affected.key[2]
    first = next(iter(brief.strengths), "") if found.sub_sector else ""
    denser = _denser(brief, found, first)
    return brief.words | {
        "rec": found,
        "facts": found.facts,
        "sub_sector": in_sentence(brief.full(part)),
        "short_name": in_sentence(brief.short(part)),
        "trade": "" if part == CREATIVE else part.partition("-")[0],
        "denser": denser,
        "denser_name": in_sentence(brief.short(first)) if denser else "",
        "steps_beside": beside,
        "crosses": crosses,
        "partner": found.partner,
        "wide": found.wide,
        "binding": found.binding.condition.name,
        "grade": found.grade,
    }


def _denser(brief: Brief, found: Recommendation, first: str) -> Fact | None:
    """The quotient of a strength, where it is not that of the sub-sector of the step and lies clearly above it."""
    own = found.facts.get("quotient")
    if not first or first == found.sub_sector or own is None or not own.known:
        return None
    other = brief.fact("location-quotient", first)
    return other if other.known and other.ends[0] > own.ends[1] else None


def in_sentence(name: str) -> str:
    """
    The name of a sub-sector as it stands inside a sentence.

    >>> in_sentence("Film and TV"), in_sentence("IT and software")
    ('film and TV', 'IT and software')
    """
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
