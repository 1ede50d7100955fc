"""How sure the headlines are: what is decided and what is not, in words and as a bar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reportgen.document.brief import Brief
from reportgen.document.sections import national_maps, pictures
from reportgen.facts.fact import Fact
from reportgen.facts.words import SIDES


@dataclass(frozen=True)
class Part:
    """A part of the bar: what it counts, on which side, and how much of the bar's length it takes, in per cent."""

    side: str
    fact: Fact
    width: float


def gather(brief: Brief, context: Mapping[str, Any]) -> dict[str, Any]:
    """
    The bar with its words, and the sentences beside it. The bar of a place counts its sub-sectors by their side of the
    national share; the nation itself has no side, so its bar counts hotspots by whether most rules select them.
    """
    counts = _hotspots(brief) if brief.kind == "national" else {name: brief.side_count(name) for name in SIDES}
    total = sum(fact.value or 0 for fact in counts.values())
    parts = [Part(name, fact, round((fact.value or 0) / total * 100, 1)) for name, fact in counts.items() if fact.value]
    more = {**context, "sure": parts}
    return {
        "sure": [
            {
                "side": part.side,
                "width": part.width,
                "label": brief.say("headlines", "bar_label", {**more, "part": part}).html,
            }
            for part in parts
        ],
        "sure_text": brief.say("headlines", "sure_text", more).html,
        "bar_text": brief.say("headlines", "bar_text", more).html,
    }


def _hotspots(brief: Brief) -> dict[str, Fact]:
    """How many hotspots most variants of the rules select, and how many depend on the rule."""
    apart = national_maps.told_apart(brief, pictures.hotspots(brief, brief.area))
    return {"above": apart["firm_count"], "open": apart["loose_count"]}
