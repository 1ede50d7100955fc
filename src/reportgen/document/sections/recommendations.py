"""Recommendations: what follows from the evidence by rules, what comes close, and what follows in which areas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from reportgen.assessment.recommendations import Recommendation
from reportgen.charts.text import wrap
from reportgen.charts.theme import MM, PT, REGULAR, SEMIBOLD
from reportgen.document import advice
from reportgen.document.advice import Step
from reportgen.document.brief import Brief
from reportgen.document.sections import reach
from reportgen.document.voice import Said
from reportgen.facts.fact import Fact

FIRM = "A"
MOST_MISSES = 3  # near misses that a page without a step names; `reportgen recommend` prints all
# Of a local pack all steps share a page. What it has room for, pt, as the style sheet sets cards, lede and note; the
# columns are taken a little narrower than they are, for the numbers of notes that stand in the text.
ROOM, LEDE, NOTE = 712.0, 54.0, 26.0
WHAT, HOW = 68.0, 63.0  # mm


def gather(brief: Brief) -> dict[str, Any] | None:
    here = advice.advice(brief)
    if not here.asked:
        return None
    found = here.recommendations
    steps = advice.steps(brief)
    misses = [] if steps else advice.misses(brief)[:MOST_MISSES]  # beside steps they stand in the evidence
    context: dict[str, Any] = brief.words | {
        "rule_count": here.asked,
        "count_of": _tally(brief, "recommendations", found),
        "firm": _tally(brief, "firm-recommendations", [each for each in found if each.grade == FIRM]),
        "all_steps": steps,
        "misses": misses,
    }
    context |= reach.national(brief, context) if brief.kind == "national" else reach.within(brief)
    context["heading"] = brief.say("recommendations", "heading", context).html
    full = _fitting(brief, steps, context) if brief.kind == "local" else len(steps)
    flows = brief.kind != "national" and len(steps) < 2  # so little needs no page of its own
    return context | {"steps": steps[:full], "rest": steps[full:], "flows": flows}


def _tally(brief: Brief, word: str, found: Sequence[Recommendation]) -> Fact:
    return brief.tally(word, [advice.concerned(each) for each in found], unit="recommendations")


def _fitting(brief: Brief, steps: list[Step], context: dict[str, Any]) -> int:
    """How many steps of a local pack have room for all of their words, where each of the others has a line."""
    heights = [_height(brief, step, context) for step in steps]
    heading = 28 * _lines(brief, context["heading"], 174.0, 23, SEMIBOLD)
    room = ROOM - heading - LEDE - NOTE
    for full in range(len(steps), 1, -1):
        if sum(heights[:full]) + sum(_short_height(brief, step) for step in steps[full:]) <= room:
            return full
    return min(1, len(steps))


def _height(brief: Brief, step: Step, context: dict[str, Any]) -> float:
    """Height of a card in a local pack, pt: that of the longer of its two columns."""
    evidence = brief.say("recommendations", "evidence", context | {"step": step}).html
    what = (
        11.5 + 13.5 * _lines(brief, step.action, WHAT, 11, SEMIBOLD) + 3.5 + 11.5 * _lines(brief, step.why, WHAT, 8.5)
    )
    what += 4 + 11 * _lines(brief, evidence, WHAT, 8)
    fields = ("Who ", "First step ", "Progress ", "Would change our mind ")
    texts = (step.who, step.first_step, step.progress, step.would_change)
    how = sum(11 * _lines(brief, Markup(word) + text, HOW, 8) + 5 for word, text in zip(fields, texts, strict=True))
    return 15 + max(what, how)


def _short_height(brief: Brief, step: Step) -> float:
    """Height of the line of a step, pt."""
    how = 11 * _lines(brief, step.short, HOW, 8) + 21
    return 11 + max(13.5 * _lines(brief, step.action, WHAT, 11, SEMIBOLD) + 3.5, how)


def _lines(brief: Brief, text: Markup, width: float, size: float, weight: int = REGULAR) -> int:
    """How many lines a text takes; `width` in mm, `size` in pt."""
    return len(wrap(Said(text).plain, width * MM, brief.fonts, size * PT, weight, even=False))
