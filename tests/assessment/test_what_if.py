"""Other numbers are tried in rules: which conditions that concerns, and what would change."""

from __future__ import annotations

import pytest

from reportgen.assessment.recommendations import Adviser
from reportgen.assessment.what_if import WhatIf, asked, changes, replaced
from reportgen.errors import UsageError
from tests.assessment.conftest import Place, findings_of
from tests.assessment.test_recommendations import BATH, QUOTIENT, ids, rule

LOW = "location-quotient all high below 0.8"
CRAFTS = "location-quotient crafts low above 1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("location-quotient>=1.1", WhatIf("location-quotient", None, "at-least", 1.1)),
        ("location-quotient.crafts > 2", WhatIf("location-quotient", "crafts", "above", 2.0)),
        ("creative-jobs-growth.*<-0.01", WhatIf("creative-jobs-growth", "*", "below", -0.01)),
        ("jobs<=500", WhatIf("jobs", None, "at-most", 500.0)),
    ],
)
def test_a_condition_is_an_indicator_a_sign_and_a_number(text: str, expected: WhatIf) -> None:
    """With a sub-sector behind a dot, where only those conditions are meant."""
    assert expected == asked(text)


@pytest.mark.parametrize(
    "text", ["location-quotient", "location-quotient=1", ">=1", "location-quotient>=high", "a..b>1"]
)
def test_what_is_no_condition_is_told(text: str) -> None:
    """With an example."""
    with pytest.raises(UsageError, match="is no condition") as caught:
        asked(text)
    assert "location-quotient>=1.1" in caught.value.problems[0].fix


def test_a_number_takes_the_place_of_those_that_look_the_same_way(place: Place) -> None:
    """A quotient that has to be high is one thing, one that has to be low another; others stay as they are."""
    rules = place.rules(rule("high", QUOTIENT), rule("low", LOW), rule("crafts", CRAFTS))
    given, which = replaced(rules, [asked("location-quotient>=1.1")])
    assert [("above", 1.0), ("below", 0.8), ("above", 1.0)] == [
        (each.when[0].comparison, each.when[0].number) for each in rules
    ]
    assert [("at-least", 1.1), ("below", 0.8), ("at-least", 1.1)] == [
        (each.when[0].comparison, each.when[0].number) for each in given
    ]
    assert ["high", "crafts"] == [each.rule for each in which]
    _, only = replaced(rules, [asked("location-quotient.crafts>1.1"), asked("location-quotient<0.9")])
    assert ["low", "crafts"] == [each.rule for each in only]


@pytest.mark.parametrize(
    ("text", "what", "fix"),
    [
        (
            "location-quotient<=1",
            "no rule asks that location-quotient is at most a number",
            "change one that is there: location-quotient.all is above 1 in high",
        ),
        (
            "location-quotient.crafts>=1",
            "no rule asks that location-quotient of crafts is at least a number",
            "change one that is there: location-quotient.all is above 1 in high",
        ),
        (
            "location-quotien>=1",
            "no rule asks that location-quotien is at least a number",
            "write one of location-quotient (did you mean location-quotient?)",
        ),
    ],
)
def test_where_no_condition_is_concerned_those_that_there_are_are_told(
    place: Place, text: str, what: str, fix: str
) -> None:
    """Nothing would change, and nobody would know why."""
    with pytest.raises(UsageError) as caught:
        replaced(place.rules(rule("high", QUOTIENT)), [asked(text)])
    assert (what, fix) == (caught.value.problems[0].what, caught.value.problems[0].fix)


def test_what_comes_what_goes_and_what_stays(place: Place) -> None:
    """By rule and sub-sector, those behind the first five included."""
    facts = f"""
        {BATH} | location-quotient       | all |  |  | 1.05 to 1.3
        {BATH} | location-quotient-units | all |  |  | 0.95 to 1.3
    """
    some = [rule(f"jobs-{n}", QUOTIENT) for n in range(6)]
    rules = place.rules(*some, rule("units", "location-quotient-units all low above 1"))
    tried, _ = replaced(rules, [asked("location-quotient-units>0.9"), asked("location-quotient.all>1.1")])
    findings = findings_of(facts)
    now, then = (Adviser(place.release, findings, each, place.classification).advise(BATH) for each in (rules, tried))
    found = changes(now, then)
    assert ([], ["units"], [f"jobs-{n}" for n in range(6)]) == (ids(found.stays), ids(found.comes), ids(found.goes))
