"""Recommendations: what follows from the evidence by rules, what other rules lack, and what follows in which areas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportgen.assessment.recommendations import Recommendation
from reportgen.document import advice
from reportgen.document.brief import Brief
from reportgen.document.sections import fitting, nearest, reach, standing
from reportgen.facts.fact import Fact

FIRM = "A"


def gather(brief: Brief) -> dict[str, Any] | None:
    here = advice.advice(brief)
    if not here.asked:
        return None
    found = here.recommendations
    steps = advice.steps(brief)
    context: dict[str, Any] = brief.words | {
        "rule_count": here.asked,
        "count_of": _tally(brief, "recommendations", found),
        "firm": _tally(brief, "firm-recommendations", [each for each in found if each.grade == FIRM]),
        "all_steps": steps,
    }
    context |= reach.national(brief, context) if brief.kind == "national" else reach.within(brief)
    context |= {"steps": steps, "rest": [], "answers": [], "flows": False}
    if brief.kind == "national":
        return context | {"heading": brief.say("recommendations", "heading", context).html}
    # So little needs no page of its own, where what stands before leaves room: not both ranks and peers.
    flows = (
        brief.kind == "local" and len(steps) < 2 and not (nearest.has_peers(brief) and standing.peers_in_rank(brief))
    )
    answers = [] if flows else advice.answers(brief)
    context |= {"flows": flows, "near": any(one.verdict == "near" for one in answers)}
    context["heading"] = brief.say("recommendations", "heading", context).html
    return context | _laid_out(brief, steps, answers, context)


def _laid_out(
    brief: Brief, steps: list[advice.Step], answers: list[advice.Answered], context: dict[str, Any]
) -> dict[str, Any]:
    """Which steps are told in full, and the table of the rules that were asked, where the page has room for it."""
    room = fitting.left_over(brief, context["heading"])
    names = [", ".join(line.names) for line in context["lines"]]
    room -= fitting.reach_height(brief, names, noted=bool(context["none"] or context["outside"]))
    if brief.kind == "regional":  # may run on to another page
        full, left = len(steps), fitting.left_by(brief, steps, context, room)
    else:
        full, left = fitting.fitting(brief, steps, context, room)
    if not answers or len(steps) > full or left < fitting.answers_height(brief, answers, context):
        return {"steps": steps[:full], "rest": steps[full:]}
    undecided = [one.deciding.fact for one in answers if one.verdict == "open"]
    return {
        "steps": steps,
        "answers": answers,
        "answers_number": brief.next_table(),
        "open_count": brief.tally("open-rules", undecided, unit="recommendations") if undecided else None,
    }


def _tally(brief: Brief, word: str, found: Sequence[Recommendation]) -> Fact:
    return brief.tally(word, [advice.concerned(each) for each in found], unit="recommendations")
