"""
The words of a recommendation: whatever its facts, its partner and the place, whole sentences that say what is known.
No release is needed: rules are ours, facts are drawn so that the rule's conditions hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from reportgen.analysis.findings import BY_ID
from reportgen.assessment.conditions import Condition, Wanted
from reportgen.assessment.partners import Partner
from reportgen.assessment.recommendations import Recommendation
from reportgen.assessment.recommendations import Tested as Held
from reportgen.assessment.rules import Rule, read_rules
from reportgen.assessment.wording import causal
from reportgen.classification import CREATIVE, load
from reportgen.document.advised import BLOCKS, in_sentence, said
from reportgen.document.voice import Said, Voice
from reportgen.facts.fact import EXACT, Fact
from reportgen.pack.numbers import unmarked
from reportgen.release.tables import Status
from reportgen.resources import bundled

CLASSIFICATION = load(bundled().classification, "dcms-sic2007")
SUB_SECTORS = [part.id for part in CLASSIFICATION.creative]
RULES = {rule.id: rule for rule in read_rules(bundled().find("data/recommendations.toml"), [*SUB_SECTORS, CREATIVE])}
LONGEST = "Llandrindod Wells and Builth Wells"
YEAR = Markup('<span data-fixed="date">2019</span>')

# Who is advised: how the pack calls the place, and where it lies.
PLACES = """
    kind     | name                               | region             | local_singular      | measure | why | without
    national | Great Britain                      | the United Kingdom | travel-to-work area | jobs    | No. |
    national | Great Britain                      | the United Kingdom | travel-to-work area | jobs    | No. | Wales
    national | the United Kingdom                 | the United Kingdom | travel-to-work area | jobs    |     |
    regional | the South West                     | the United Kingdom | travel-to-work area | jobs    |     |
    regional | London                             | the United Kingdom | travel-to-work area | jobs    |     |
    regional | Northern Ireland                   | the United Kingdom | travel-to-work area | units   |     |
    local    | Bristol                            | the South West     | travel-to-work area | jobs    |     |
    local    | Llandrindod Wells and Builth Wells | Wales              | travel-to-work area | jobs    |     |
    local    | London                             | London             | travel-to-work area | jobs    |     |
    local    | Belfast                            | Northern Ireland   | travel-to-work area | units   |     |
"""
FIXED_WORDS = {
    "custom": False, "pack_name": "the United Kingdom", "growth_base": YEAR, "benchmark": "Great Britain",
    "the_share": "the national share",
    "london": "London", "local_plural": "travel-to-work areas", "regional_plural": "regions",
    "sub_sector_count": len(SUB_SECTORS),
}  # fmt: skip


def places(kinds: tuple[str, ...]) -> list[dict[str, str]]:
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in PLACES.strip().splitlines()]
    return [found for found in (dict(zip(head, row, strict=True)) for row in rows) if found["kind"] in kinds]


def brief(place: Mapping[str, str]) -> Any:
    """What the words of a recommendation ask of a brief."""
    start = place["name"][:1].upper() + place["name"][1:]
    return SimpleNamespace(
        words={
            **FIXED_WORDS,
            **place,
            "name_start": start,
            "whose_reason": place["why"],
            "without_jobs": place["without"].split(),
        },
        strengths=["crafts"],
        fact=lambda indicator, part: made(Wanted("", indicator, part), 2.6, 2.55, 2.7),
        full=lambda part: CLASSIFICATION.group(part).name,
        short=lambda part: CLASSIFICATION.group(part).short,
        voice=Voice(bundled().templates),
    )


# Facts

AROUND = {
    "ratio": 1.0,
    "share": 0.3,
    "share a year": 0.02,
    "points": 0.1,
    "points a year": 0.02,
    "jobs": 900.0,
}  # where the numbers of a unit lie
SIGNED = ("share a year", "points", "points a year")


@st.composite
def facts(draw: st.DrawFn, wanted: Wanted) -> Fact:
    """Any fact of an indicator: of each status, with an interval or without."""
    status = draw(st.sampled_from(list(Status)))
    if status not in (Status.OK, Status.LOW_RELIABILITY):
        return made(wanted, None, status=status)
    unit = BY_ID[wanted.indicator].unit
    size = draw(st.sampled_from([0, 0.001, 0.3, 0.98, 1, 1.02, 2.5, 12])) * AROUND.get(unit, 1.0)
    value = -size if is_signed(wanted) and draw(st.booleans()) else size
    if unit in EXACT:
        return made(wanted, float(round(value)), status=status)
    spread = draw(st.sampled_from([None, 0.0, 0.1, 0.9])) if status is Status.OK else None
    reach = None if spread is None else spread * (size or AROUND.get(unit, 1.0))
    floor = -1e9 if is_signed(wanted) else 0.0
    ends = (None, None) if reach is None else (max(floor, value - reach), value + reach)
    return made(wanted, value, *ends, status=status)


@st.composite
def passing(draw: st.DrawFn, condition: Condition) -> Fact:
    """A fact on which a condition holds: hardly, or by far."""
    unit = BY_ID[condition.indicator].unit
    up = condition.comparison in ("above", "at-least")
    if unit in EXACT:
        steps = draw(st.sampled_from([0, 1, 2, 8])) if condition.indicator not in VERDICTS else 0
        return made(condition, max(0.0, condition.number + (steps if up else -steps)))
    scale = abs(condition.number) or AROUND.get(unit, 1.0)
    beyond = draw(st.sampled_from([0.001, 0.1, 0.6])) * scale * (1 if up else -1)
    bound, reach = condition.number + beyond, draw(st.sampled_from([0.0, 0.05, 0.5])) * scale
    value = {"low": bound + reach, "high": bound - reach, "value": bound}[condition.bound]
    low, high = (bound, bound) if condition.bound == "value" else (value - reach, value + reach)
    floor = -1e9 if is_signed(condition) else 0.0
    top = 1.0 if unit == "share" else 1e9
    return made(condition, *(min(max(each, floor), top) for each in (value, low, high)))


VERDICTS = ("hotspot", "concentrated", "largest-sub-sector")


def is_signed(wanted: Wanted) -> bool:
    return BY_ID[wanted.indicator].unit in SIGNED or wanted.indicator == "shift-share-local"


def made(
    wanted: Wanted,
    value: float | None,
    low: float | None = None,
    high: float | None = None,
    *,
    status: Status = Status.OK,
) -> Fact:
    indicator = BY_ID[wanted.indicator]
    part = CREATIVE if wanted.sub_sector in ("", "*") else wanted.sub_sector
    id = f"E1/{wanted.indicator}/{part}/2024/{wanted.other or '-'}/{wanted.name}"
    reason = "" if status is Status.OK else "Nobody counts it."
    return Fact(id, value, low, high, indicator.unit, indicator.digits, status, reason, "employment")


PARTNERS = {
    "university": ("University 1 in Bath (illustrative)", "", {"graduates": Wanted("", "graduates")}),
    "buyer": ("head offices and management consultancy", "M70", {"share": Wanted("", "buying-industry")}),
    "hotspot": (LONGEST, "W1", {"quotient": Wanted("", "location-quotient", CREATIVE)}),
    "peer": (LONGEST, "W1", {"difference": Wanted("", "peer-growth-difference", CREATIVE)}),
}
SECTIONS = "ABCDEFGHIJKLMNOPQRST"  # of the industries of an input-output table


@st.composite
def partners(draw: st.DrawFn, rule: Rule) -> Partner | None:
    if not rule.partner or draw(st.booleans()):
        return None
    name, code, about = PARTNERS[rule.partner]
    if rule.partner == "buyer":
        code = draw(st.sampled_from(SECTIONS)) + "10"
    value = draw(st.sampled_from([0.04, 1.3]))
    return Partner(rule.partner, name, code, {key: made(of, value, value / 2, value * 2) for key, of in about.items()})


@st.composite
def recommended(draw: st.DrawFn, rule: Rule) -> tuple[dict[str, str], Recommendation]:
    """A place and what follows for it by a rule."""
    place = draw(st.sampled_from(places(rule.kinds)))
    found = {each.name: draw(passing(each)) for each in rule.when}
    part = draw(st.sampled_from(SUB_SECTORS)) if rule.each else ""
    others = [*rule.also, *(each for each in (rule.progress, rule.would_change) if each)]
    found |= {each.name: draw(facts(each)) for each in others}
    counted = draw(st.sampled_from(["creative-jobs", "creative-local-units"]))
    size = draw(st.sampled_from([60.0, 700.0, 2500.0, 15_000.0, 90_000.0]))
    affected = made(Wanted("affected", counted, part or rule.affects.sub_sector), size, size * 0.9, size * 1.1)
    tested = tuple(Held(each, found[each.name], True, 1.0) for each in rule.when)
    binding = draw(st.sampled_from(tested))
    grade = draw(st.sampled_from(["A", "B", "C"]))
    wide, partner = draw(st.booleans()), draw(partners(rule))
    found["affected"] = affected
    return place, Recommendation(rule, "E1", part, tested, binding, wide, partner, affected, grade, found)


# What no text may be

WRONG = {
    "a plural of one": r"\b(?:1|one) (?:jobs|workplaces|sub-sectors|places|neighbours|institutions)\b",
    "a singular of many": r"\b(?:two|three|[2-9]) (?:job|workplace|sub-sector|place|neighbour|institution)\b",
    "a range of the same": r"(?<![\d.,−])(\d[\d.,]*) to \1(?![\d.,])",
    "a verb with a sign": r"(?:grown|fewer|more of them|faster), by −|(?:grown|fewer): by −|grown by −",
    "a hole": r"\(\)|\s[.,;:]|\bNone\b(?! of)|\bnan\b|  |\.\.",
    "a sentence without a capital": r"[.?!] [a-z]",
}


def faults(texts: Mapping[str, Said]) -> list[str]:
    found = []
    for block, text in texts.items():
        plain = text.plain
        found += [f"{block}: {called}: {plain}" for called, pattern in WRONG.items() if re.search(pattern, plain)]
        found += [f"{block}: claims a cause: {each}" for each in causal(plain)]
        if not plain or not plain[0].isupper() or plain.endswith(".") == (block == "action"):
            found.append(f"{block}: no whole sentence: {plain!r}")
    if len(texts["action"].plain) > 70 or len(texts["short"].plain) > 90:
        found.append(f"too long: {texts['action'].plain} | {texts['short'].plain}")
    return found


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
@given(data=st.data())
def test_whatever_the_facts_each_text_is_whole_and_each_number_comes_from_a_fact(
    rule: Rule, data: st.DataObject
) -> None:
    place, found = data.draw(recommended(rule))
    asked = brief(place)
    beside = data.draw(st.sets(st.sampled_from(("build-on-strength", "explain-the-shortfall"))))
    texts = said(asked, found, beside, crosses=data.draw(st.booleans()))
    assert list(texts) == list(BLOCKS)
    assert faults(texts) == []
    html = "".join(f"<p>{text.html}</p>" for text in texts.values())
    assert [problem.what for problem in unmarked(html, asked.voice.facts)] == []


def test_a_classification_of_a_teams_own_has_words_for_its_sub_sectors_too() -> None:
    """Its ids are none that the templates know: the last sentence of each choice stands for all."""
    rule = RULES["back-the-specialism"]
    asked = brief(places(("local",))[0])
    asked.full = asked.short = lambda part: "Games"
    facts_ = {each.name: made(each, 2.0, 1.5, 2.5) for each in (*rule.when, *rule.also)}
    tested = tuple(Held(each, facts_[each.name], True, 1.0) for each in rule.when)
    affected = made(Wanted("affected", "creative-jobs"), 400.0)
    found = Recommendation(rule, "E1", "games", tested, tested[-1], True, None, affected, "A", facts_ | {
        "affected": affected, "progress": facts_["quotient"], "would_change": facts_["growth"]
    })  # fmt: skip
    texts = said(asked, found)
    assert texts["action"].plain == "Back the work in games that is here, not a general hub"
    assert faults(texts) == []


def test_the_name_of_a_sub_sector_keeps_its_capitals_inside_a_sentence() -> None:
    assert [in_sentence(CLASSIFICATION.group(part).short) for part in SUB_SECTORS[:3]] == [
        "advertising", "architecture", "crafts",
    ]  # fmt: skip
    assert in_sentence("IT, software and computer services") == "IT, software and computer services"


# What the words of progress and of a change of mind say in words, the conditions say in numbers.
SAYS = """
    rule                  | progress                                      | would_change
    back-the-cluster      | low location-quotient at-least 1.05           | high creative-jobs-growth below 0
    build-on-strength     | low location-quotient above 1                 | high creative-jobs-growth below 0
    back-the-hotspots     | low creative-jobs-growth above 0              | high creative-jobs-growth below 0
    back-the-specialism   | low location-quotient above 1                 | high creative-jobs-growth below 0
    no-flagship           | value location-quotient-units at-least 0.75   | value sub-sectors-above at-least 1
    watch-emerging        | low location-quotient at-least 1              | high creative-jobs-growth below 0
    connect-firms         | low innovation-difference above 0             | high creative-jobs-growth below 0
    connect-to-hotspot    | low creative-jobs-growth above 0              | value neighbouring-hotspots at-most 0
    bring-in-universities | value location-quotient at-least 1            | high graduate-surplus below 1
    embed-creative-inputs | value exposure-quotient at-least 1            | high creative-input-gap below 0.7
    supply-the-buyers     | value location-quotient at-least 1            | high exposure-quotient below 1
    diversify             | value largest-sub-sector-share below 0.5      | low effective-sub-sectors-ratio above 1
    investigate-decline   | value creative-jobs-growth at-least 0         | low creative-units-growth above 0
    explain-the-shortfall | value shift-share-local at-least 0            | low creative-jobs-growth at-least 0.03
    fill-the-data-gap     | value sub-sectors-hidden at-most 0            | high creative-local-units below 50
    count-every-nation    | value sub-sectors-hidden at-most 0            | value sub-sectors-hidden at-most 0
    narrow-the-interval   | value quotient-width below 3                  | high location-quotient below 1
"""


def test_progress_and_change_of_mind_are_said_as_they_are_tested() -> None:
    """The template of a rule says the bound, the figure and the side: a condition that changes needs other words."""

    def asked(condition: Condition | None) -> str:
        assert condition is not None
        return f"{condition.bound} {condition.indicator} {condition.comparison} {condition.number:g}"

    _, *rows = [[cell.strip() for cell in line.split("|")] for line in SAYS.strip().splitlines()]
    assert sorted(rows) == sorted([rule.id, asked(rule.progress), asked(rule.would_change)] for rule in RULES.values())


def test_each_rule_has_its_template_and_each_template_its_rule() -> None:
    names = bundled().templates.files("recommendations/*.html")
    assert sorted(names) == sorted(f"recommendations/{rule}.html" for rule in RULES)


def test_steps_that_pull_two_ways_on_the_same_jobs_name_each_other() -> None:
    """A sub-sector that is a strength and lags has a step to build on it and a step that asks why."""
    for name, other, words in (
        ("build-on-strength", "explain-the-shortfall", "another step asks why"),
        ("explain-the-shortfall", "build-on-strength", "another step builds on it"),
    ):
        rule = RULES[name]
        facts_ = {each.name: made(each, 2.0, 1.5, 2.5) for each in (*rule.when, *rule.also)}
        facts_ |= {"affected": made(Wanted("affected", "creative-jobs"), 400.0)}
        facts_ |= {each.name: made(each, 2.0, 1.5, 2.5) for each in (rule.progress, rule.would_change) if each}
        facts_ |= {"shortfall": made(rule.when[0], -90.0, -120.0, -40.0)}
        tested = tuple(Held(each, facts_[each.name], True, 1.0) for each in rule.when)
        found = Recommendation(
            rule, "E1", SUB_SECTORS[0], tested, tested[-1], False, None, facts_["affected"], "A", facts_
        )
        asked = brief(places(("regional",))[0])
        assert words in said(asked, found, {other})["why"].plain
        assert words not in said(asked, found)["why"].plain
