"""Recommendations: what follows from the evidence, by the rules of a team's own. Nothing where it has no rules."""

from __future__ import annotations

from typing import Any

from reportgen.analysis.findings import BY_ID
from reportgen.assessment.rules import FILE, Recommendation, recommendations
from reportgen.classification import CREATIVE
from reportgen.document.asked import asking
from reportgen.document.brief import Brief
from reportgen.errors import naming
from reportgen.facts.tally import stated


def gather(brief: Brief) -> dict[str, Any] | None:
    rules = brief.material.rules
    if rules is None:
        return None
    asked = asking(brief)
    here = [rule for rule in rules if all(asked.measures(each.indicator) for each in rule.when)]
    if not here:
        return None
    with naming(FILE):
        found = recommendations(here, asked.one)
    of = [fact for each in found for _, fact in each.evidence]
    context = brief.words | {
        "steps": stated(brief.area, brief.year, "recommendations", len(found), of, unit="recommendations"),
        "rule_count": len(here),
        "flows": not found,  # a sentence alone needs no page
        "rows": [{"rule": one.rule, "evidence": _evidence(brief, one)} for one in found],
    }
    return context | {"heading": brief.say("recommendations", "heading", context).html}


def _evidence(brief: Brief, found: Recommendation) -> list[dict[str, Any]]:
    return [
        {
            "name": BY_ID[condition.indicator].name,
            "part": brief.full(condition.sub_sector) if condition.sub_sector not in ("", CREATIVE) else "",
            "fact": fact,
            "bound": condition.bound,
            "comparison": condition.comparison,
            "number": condition.number,
        }
        for condition, fact in found.evidence
    ]
