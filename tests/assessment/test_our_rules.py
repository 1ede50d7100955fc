"""Our own rules: each does what its cases say, and over the bundled release none fires everywhere, none nowhere."""

from __future__ import annotations

from collections import Counter

import pytest

from reportgen.analysis.findings import analyse
from reportgen.assessment.cases import Case, fact_of, fires
from reportgen.assessment.conditions import Condition, Wanted, reliable
from reportgen.assessment.recommendations import MOST, Adviser
from reportgen.assessment.rules import Rule, load
from reportgen.classification import load as load_classification
from reportgen.resources import bundled
from reportgen.settings import Settings
from tests.assessment.conftest import Ours

RULES = load(bundled(), load_classification(bundled().classification, "dcms-sic2007"))
CONDITIONS = [
    pytest.param(rule, place, id=f"{rule.id}-{rule.when[place].name}")
    for rule in RULES
    for place in range(len(rule.when))
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_case_comes_out_as_it_is_written(rule: Rule) -> None:
    """The table beside the rule, line by line."""
    assert [case.fires for case in rule.cases] == [fires(rule.when, case) for case in rule.cases]


@pytest.mark.parametrize(("rule", "place"), CONDITIONS)
def test_each_condition_has_a_case_that_just_passes_and_one_that_just_fails(rule: Rule, place: int) -> None:
    """The bound within a twentieth of the number, or the next count; in the case that fails, all others hold."""
    condition = rule.when[place]
    passes = [case for case in rule.cases if case.fires and _close(condition, case.cells[place])]
    fails = [case for case in rule.cases if _only_fails(rule, case, place) and _close(condition, case.cells[place])]
    assert passes, f"{rule.id}: write a case in which {condition.name} holds by little"
    assert fails, f"{rule.id}: write a case in which {condition.name} alone fails, by little"


def test_no_rule_takes_worse_data_for_progress() -> None:
    """A wider interval raises its upper end and lowers its lower one, and nothing has become better."""
    wrong = {("high", "above"), ("high", "at-least"), ("low", "below"), ("low", "at-most")}
    asked = {rule.id: (rule.progress.bound, rule.progress.comparison) for rule in RULES if rule.progress}
    assert [] == [id for id, condition in asked.items() if condition in wrong]


def _only_fails(rule: Rule, case: Case, place: int) -> bool:
    holds = [each.holds(fact_of(each, cell)) for each, cell in zip(rule.when, case.cells, strict=True)]
    return [n for n, held in enumerate(holds) if not held] == [place]


def _close(condition: Condition, cell: str) -> bool:
    fact = fact_of(condition, cell)
    if not reliable(fact):
        return False
    return abs(condition.bound_of(fact) - condition.number) <= (
        1 if fact.exact or fact.unit == "jobs" else 0.05 * abs(condition.number) or 0.01
    )


def test_over_the_bundled_release_no_rule_fires_everywhere_and_none_nowhere(ours: Ours) -> None:
    """Of the areas that it is asked of; a rule that is asked of the nation alone may fire there."""
    adviser = ours.adviser()
    kinds = Counter(adviser.grounds.kind(area) for area in ours.advice)
    fired = Counter(
        one.rule.id for advice in ours.advice.values() for one in (*advice.recommendations, *advice.further)
    )
    asked = {rule.id: sum(kinds[kind] for kind in rule.kinds) for rule in ours.rules}
    assert [] == [id for id, number in asked.items() if not 0 < fired[id] < max(number, 2)]


def test_advice_is_short_and_ranked(ours: Ours) -> None:
    """At most five an area; none for some; nothing behind if not five before."""
    counts = Counter(len(advice.recommendations) for advice in ours.advice.values())
    assert MOST == 5
    assert {0, 1, 2, 3} <= counts.keys() <= set(range(MOST + 1))
    assert all(len(advice.recommendations) == MOST for advice in ours.advice.values() if advice.further)


def test_every_recommendation_rests_on_numbers_that_can_be_relied_on(ours: Ours) -> None:
    """In every area of the release, of every rule."""
    everything = [one for advice in ours.advice.values() for one in (*advice.recommendations, *advice.further)]
    assert all(each.holds and reliable(each.fact) for one in everything for each in one.tested)


def test_what_would_change_our_mind_is_not_the_case_already(ours: Ours) -> None:
    """Else the recommendation would contradict itself. Jobs that grow less than elsewhere may do so for once."""
    everything = [one for advice in ours.advice.values() for one in (*advice.recommendations, *advice.further)]
    against = [
        f"{one.area} {one.rule.id}"
        for one in everything
        if one.rule.would_change is not None and one.rule.would_change.holds(one.facts["would_change"])
        if one.rule.id != "explain-the-shortfall"  # its words say: in the next release, too
    ]
    assert [] == against


def test_near_misses_are_of_other_rules_than_those_that_fire(ours: Ours) -> None:
    """And lack exactly one condition, on a number that can be relied on."""
    for advice in ours.advice.values():
        fired = {one.rule.id for one in (*advice.recommendations, *advice.further)}
        for miss in advice.near_misses:
            assert miss.rule.id not in fired
            assert [miss.failing] == [each for each in miss.tested if not each.holds]
            assert reliable(miss.failing.fact)


VERDICTS = ("holds", "near", "open", "fails")


def test_each_rule_that_is_asked_has_an_answer(ours: Ours) -> None:
    """Those that follow hold, near misses nearly hold, of all others the condition that decides fails."""
    adviser = ours.adviser()
    for area, advice in list(ours.advice.items())[::7]:
        answers = adviser.answers(area)
        by_verdict = {
            verdict: [one for one in answers if one.verdict == verdict] for verdict in ("holds", "near", "fails")
        }
        assert advice.asked == len(answers) == len({one.rule.id for one in answers})
        followed = (*advice.recommendations, *advice.further)
        assert [(one.rule.id, one.sub_sector) for one in followed] == [
            (one.rule.id, one.sub_sector) for one in by_verdict["holds"]
        ]
        assert [one.rule.id for one in advice.near_misses] == [one.rule.id for one in by_verdict["near"]]
        assert all(one.deciding.holds == (one.verdict == "holds") for one in answers)
        assert all(reliable(one.deciding.fact) == (one.verdict != "open") for one in answers)


def test_of_sub_sectors_that_fail_the_one_that_comes_closest_answers(ours: Ours) -> None:
    """Nowhere else do fewer conditions fail."""
    adviser = ours.adviser()
    asked = 0
    for area in list(ours.advice)[::25]:
        for answer in adviser.answers(area):
            if answer.verdict == "fails" and answer.rule.each:
                failing = {
                    part: sum(not each.holds for each in tested)
                    for part, tested in adviser.examine(answer.rule, area).items()
                }
                assert failing[answer.sub_sector] == min(failing.values())
                asked += 1
    assert asked


def test_grades_and_partners_vary(ours: Ours) -> None:
    """All three grades are given, and each kind of partner is named somewhere."""
    everything = [one for advice in ours.advice.values() for one in advice.recommendations]
    assert {"A", "B", "C"} == {one.grade for one in everything}
    assert {"university", "buyer", "hotspot", "peer"} == {one.partner.kind for one in everything if one.partner}


def test_the_same_advice_is_given_again(ours: Ours) -> None:
    """Also by another adviser, asked in another order: what follows depends on the release and the rules alone."""
    adviser = ours.adviser()
    for area in reversed(list(ours.advice)[:40]):
        assert [(one.rule.id, one.sub_sector, one.grade) for one in ours.advice[area].recommendations] == [
            (one.rule.id, one.sub_sector, one.grade) for one in adviser.advise(area).recommendations
        ]


def test_a_sub_sector_that_is_left_out_stops_no_rule_but_its_own(ours: Ours) -> None:
    """Without IT and software, nobody is advised on it, and all other rules are asked as before."""
    without = ours.classification.without("it-software-and-computer-services")
    rules = load(bundled(), without)
    assert [rule.id for rule in ours.rules] == [rule.id for rule in rules]
    findings = analyse(ours.release, without, Settings())
    advice = Adviser(ours.release, findings, rules, without)
    fired = {one.rule.id for area in list(ours.advice)[:80] for one in advice.advise(area).recommendations}
    assert "bring-in-universities" not in fired
    assert len(fired) >= 10


def test_backing_the_hotspots_concerns_their_jobs_and_no_others(ours: Ours) -> None:
    """Of the South West those of Bristol, its only hotspot, and not every creative job of the region."""
    [step] = [one for one in ours.advice["E12000009"].recommendations if one.rule.id == "back-the-hotspots"]
    bristol = ours.adviser().grounds.fact(Wanted("jobs", "creative-jobs", "all"), "E30000180")
    assert bristol is not None
    assert (bristol.value, "jobs") == (step.affected.value, step.affected.unit)
