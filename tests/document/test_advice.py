"""Recommendations in the words that sections share: what rules and principles are called, what a rule asks for."""

from __future__ import annotations

import itertools
import re

import pytest

from reportgen.assessment.conditions import COMPARISONS, Condition
from reportgen.assessment.rules import Rule, load
from reportgen.classification import chosen
from reportgen.document.templates import environment
from reportgen.document.voice import Said, Voice
from reportgen.facts.fact import Fact
from reportgen.release.tables import Status
from reportgen.resources import bundled
from reportgen.settings import Settings

WORDS = "components/advice.html"
OURS = load(bundled(), chosen(bundled(), "dcms-sic2007", Settings()))


def said(macro: str, *given: object) -> str:
    """The text of a macro, without the marks of its facts."""
    call = f"{{% from '{WORDS}' import {macro} with context %}}{{{{ {macro}(*given) }}}}"
    template = environment(bundled().templates).from_string(call)
    return Said(template.render(given=given, num=Voice(bundled().templates).num)).plain.strip()


@pytest.mark.parametrize("rule", OURS, ids=lambda rule: rule.id)
def test_every_rule_of_ours_is_called_by_words_of_its_own(rule: Rule) -> None:
    """Not by its id, which is what stands for a rule that nobody has named."""
    called = said("called", rule)
    assert called.lower() != rule.id.replace("-", " ")
    assert called[0].isupper()
    assert len(called) <= 50
    assert not re.search(r"\d", called)


def test_no_two_rules_are_called_alike() -> None:
    names = [said("called", rule) for rule in OURS]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("principle", sorted({rule.principle for rule in OURS}))
def test_every_principle_has_words(principle: str) -> None:
    text = said("principle", principle)
    assert text != principle
    assert text[0].isupper()


def test_what_a_rule_asks_for_is_said_for_every_bound_and_comparison() -> None:
    """Twelve cases, twelve texts, each with the number."""
    cases = itertools.product(("low", "value", "high"), COMPARISONS)
    texts = {
        said("asked", Condition("q", "location-quotient", bound=bound, comparison=is_, number=1), "LINE")
        for bound, is_ in cases
    }
    assert 12 == len(texts)
    assert all(text.endswith(" LINE") for text in texts)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (16_200.0, "jobs", "16,200 jobs concerned"),
        (1.0, "jobs", "1 job concerned"),
        (1.0, "local units", "1 local unit concerned"),
        (365.0, "local units", "365 local units concerned"),
        (None, "jobs", "how many jobs it concerns is not known"),
    ],
)
def test_what_a_step_affects_has_a_sentence_for_each_case(value: float | None, unit: str, text: str) -> None:
    status = Status.OK if value is not None else Status.MISSING
    fact = Fact("E1/creative-jobs/all/2024/-/-", value, None, None, unit, 0, status, "", "employment")
    assert text == said("affected", fact)
