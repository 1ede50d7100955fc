"""Recommendations: what follows from the evidence, by the rules of a team's own. Nothing where it has no rules."""

from __future__ import annotations

from typing import Any

from reportgen.analysis.findings import BY_ID
from reportgen.assessment.recommendations import Recommendation, advise
from reportgen.classification import CREATIVE
from reportgen.document.brief import Brief
from reportgen.facts.tally import stated


def gather(brief: Brief) -> dict[str, Any] | None:
    rules = brief.material.rules
    if rules is None or any(rule.texts is None for rule in rules):
        return None
    advice = advise(brief.area, brief.release, brief.findings, rules, brief.classification)
    if not advice.asked:
        return None
    found = advice.recommendations
    of = [each.fact for one in found for each in one.tested]
    context = brief.words | {
        "steps": stated(brief.area, brief.year, "recommendations", len(found), of, unit="recommendations"),
        "rule_count": advice.asked,
        "flows": not found,  # a sentence alone needs no page
        "rows": [{"rule": one.rule.texts, "evidence": _evidence(brief, one)} for one in found],
    }
    return context | {"heading": brief.say("recommendations", "heading", context).html}


def _evidence(brief: Brief, found: Recommendation) -> list[dict[str, Any]]:
    return [
        {
            "name": BY_ID[one.condition.indicator].name,
            "part": brief.full(one.condition.sub_sector) if one.condition.sub_sector not in ("", CREATIVE) else "",
            "fact": one.fact,
            "bound": one.condition.bound,
            "comparison": one.condition.comparison,
            "number": one.condition.number,
        }
        for one in found.tested
    ]
