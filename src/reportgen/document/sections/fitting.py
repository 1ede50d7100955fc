"""Fitting: how high the cards, lines and tables of the page of recommendations are, and what it has room for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from reportgen.charts.text import wrap
from reportgen.charts.theme import MM, PT, REGULAR, SEMIBOLD
from reportgen.document.advice import Answered, Step
from reportgen.document.brief import Brief
from reportgen.document.voice import Said

# What the page has room for, pt, as the style sheet sets cards, lede and note; the columns are taken a little narrower
# than they are, for the numbers of notes that stand in the text.
ROOM, LEDE, NOTE = 712.0, 56.0, 26.0
WHOLE, WHAT, HOW = 174.0, 69.0, 64.5  # mm
HEAD = 58.0  # pt: gap, caption, subtitle and head of a table
RULE, DECIDING, WHERE = 44.5, 49.0, 104.5  # mm, columns of tables that wrap
LINE, PADDING = 9.6, 1.6  # pt, of a table
LITTLE = 40.0  # pt, by which a height may be wrong


def left_over(brief: Brief, heading: Markup) -> float:
    """What heading, lede and note leave of the page, pt."""
    return ROOM - 28 * _lines(brief, heading, WHOLE, 23, SEMIBOLD) - LEDE - NOTE


def fitting(brief: Brief, steps: Sequence[Step], context: Mapping[str, Any], room: float) -> tuple[int, float]:
    """
    How many steps have room for all of their words, where each of the others has a line: at least one.
    Returns: that, and what they leave, pt.
    """
    heights = [_card(brief, step, context) for step in steps]
    for full in range(len(steps), -1, -1):
        left = room - sum(heights[:full]) - sum(_short(brief, step) for step in steps[full:])
        if left >= 0 or full < 2:  # a page of lines alone would say of no step why
            break
    return min(max(full, 1), len(steps)), left


def left_by(brief: Brief, steps: Sequence[Step], context: Mapping[str, Any], room: float) -> float:
    """What all steps leave, told in full, on the page that they end on, pt; nothing where it is not sure which one."""
    left = room - sum(_card(brief, step, context) for step in steps)
    return left if left >= 0 else left + ROOM if left < -LITTLE else 0.0


def reach_height(brief: Brief, names: Sequence[str], *, noted: bool) -> float:
    """Of the table of areas in which steps follow, pt; `names` are the cells of its widest column."""
    rows = sum(PADDING + LINE * _lines(brief, Markup(each), WHERE, 7.5) for each in names)
    return HEAD + rows + (NOTE if noted else 0) if names else 0.0


def answers_height(brief: Brief, answers: Iterable[Answered], context: dict[str, Any]) -> float:
    """Of the table of the rules that were asked, pt."""
    return HEAD + NOTE + sum(_row(brief, one, context) for one in answers)


def _row(brief: Brief, one: Answered, context: dict[str, Any]) -> float:
    texts = (("called", RULE), ("deciding", DECIDING))
    said = [(brief.say("recommendations", block, context | {"one": one}).html, width) for block, width in texts]
    return PADDING + LINE * max(_lines(brief, text, width, 7.5) for text, width in said)


def _card(brief: Brief, step: Step, context: Mapping[str, Any]) -> float:
    """Height of a card, pt: that of the longer of its two columns."""
    evidence = brief.say("recommendations", "evidence", {**context, "step": step}).html
    what = (
        11.5 + 13.5 * _lines(brief, step.action, WHAT, 11, SEMIBOLD) + 3.5 + 11.5 * _lines(brief, step.why, WHAT, 8.5)
    )
    what += 4 + 11 * _lines(brief, evidence, WHAT, 8)
    fields = ("Who ", "First step ", "Progress ", "Would change our mind ")
    texts = (step.who, step.first_step, step.progress, step.would_change)
    how = sum(11 * _lines(brief, Markup(word) + text, HOW, 8) + 5 for word, text in zip(fields, texts, strict=True))
    return 15 + max(what, how)


def _short(brief: Brief, step: Step) -> float:
    """Height of the line of a step, pt."""
    how = 11 * _lines(brief, step.short, HOW, 8) + 21
    return 11 + max(13.5 * _lines(brief, step.action, WHAT, 11, SEMIBOLD) + 3.5, how)


def _lines(brief: Brief, text: Markup, width: float, size: float, weight: int = REGULAR) -> int:
    """How many lines a text takes; `width` in mm, `size` in pt."""
    return len(wrap(Said(text).plain, width * MM, brief.fonts, size * PT, weight, even=False))
