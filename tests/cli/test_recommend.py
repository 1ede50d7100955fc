"""`reportgen recommend`, and the account of a recommendation: in words and as JSON, by the rules of the folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Call = Callable[..., Result]

RULES = """
[[rule]]
id = "build-on-it"
principle = "Maximise existing clusters"
action = "Build on what is there"
why = "Creative work is concentrated here."
who = "The council"
first_step = "Name an officer."
progress = "It stays concentrated."
would_change = "It does not."
kinds = ["local"]
when = [
    { indicator = "location-quotient-units", sub_sector = "*", bound = "low", is = "above", number = 0.5 },
    { indicator = "creative-local-units", sub_sector = "*", bound = "value", is = "at-least", number = 50 },
]
affects = { indicator = "creative-jobs", sub_sector = "*" }

[[rule]]
id = "ask-for-more"
principle = "Evidence"
action = "Ask for more"
why = "Little is known here."
who = "The council"
first_step = "Write a letter."
progress = "More is known."
would_change = "All is known."
when = [{ name = "units", indicator = "creative-local-units", bound = "high", is = "below", number = 380 }]
"""
IT = "it-software-and-computer-services"
EVIDENCE = f"""
    ✓ Location quotient, local units: 0.62 (95 %: 0.53 to 0.71)   E30000165/location-quotient-units/{IT}/2023/-/-
        asked: lower end above 0.5; margin 0.38 half-widths of the interval; binding
        lower end 0.5329647195: fails once it is at most 0.5
    ✓ Creative local units: 200 (95 %: 173 to 230)   E30000165/creative-local-units/{IT}/2023/-/-
        asked: value at least 50; margin 5.28 half-widths of the interval
        value 200: fails once it is below 50
"""
MISSED = """
    ✗ Creative local units: 350 (95 %: 314 to 389)   E30000165/creative-local-units/all/2023/-/-
        asked: upper end below 380; margin −0.24 half-widths of the interval
        upper end 389.0195639: holds once it is below 380
"""
SAID = f"""
Bath (E30000165): 1 recommendation and 1 near miss, of 2 rules asked

[1] build-on-it in IT and software · B fair · 1,000 jobs concerned
{EVIDENCE.strip(chr(10))}

near miss: ask-for-more
{MISSED.strip(chr(10))}
"""
TRIED = """
what if, in ask-for-more: creative-local-units, upper end below 380, were below 400
would follow: ask-for-more
would no longer follow: none
would still follow: build-on-it in IT and software
"""
COUNTED = """
rule                  local      regional      national
build-on-it               3             0             0
ask-for-more              0             0             0
areas without             0             2             1
areas                     3             2             1
"""
COUNTED_ANEW = """
what if, in ask-for-more: creative-local-units, upper end below 380, were below 400
rule                  local      regional      national
build-on-it           3 → 3         0 → 0         0 → 0
ask-for-more          0 → 1         0 → 0         0 → 0
areas without             0             2             1
areas                     3             2             1
"""


@pytest.fixture
def recommend(call: Call, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run a command on the tiny release, in a folder with two rules."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "recommendations.toml").write_text(RULES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return lambda *words: call(*words, "--release", tiny)


def lines_of(text: str) -> list[str]:
    return text.strip("\n").splitlines()


def test_it_says_what_follows_with_its_evidence_and_what_all_but_follows(recommend: Call) -> None:
    """Each condition with its fact, its margin, and what would flip it."""
    assert lines_of(SAID) == recommend("recommend", "bath", "-q").stdout.splitlines()


def test_other_numbers_are_tried_without_touching_the_rules(recommend: Call) -> None:
    """What follows now stands as it is; what would change comes last."""
    lines = recommend("recommend", "bath", "-q", "--what-if", "creative-local-units<400").stdout.splitlines()
    assert [*lines_of(SAID), "", *lines_of(TRIED)] == lines
    tried = recommend("recommend", "bath", "-q", "--what-if", "location-quotient-units.*>=0.54").stdout.splitlines()
    assert "would no longer follow: build-on-it in IT and software" in tried


def test_all_counts_over_how_many_areas_each_rule_fires(recommend: Call) -> None:
    """By kind of area; with other numbers, how many there would be."""
    assert lines_of(COUNTED) == recommend("recommend", "--all", "-q").stdout.splitlines()
    lines = recommend("recommend", "--all", "-q", "--what-if", "creative-local-units<400").stdout.splitlines()
    assert lines_of(COUNTED_ANEW) == lines


def test_json_has_the_same(recommend: Call) -> None:
    """Numbers before rounding."""
    found = json.loads(recommend("recommend", "Bath", "--json", "--what-if", "creative-local-units<400").stdout)
    [one], [miss] = found["recommendations"], found["near_misses"]
    assert ("E30000165", 2, "build-on-it", IT, "B", 1000.0, "jobs") == (
        found["area"],
        found["asked"],
        *(one[name] for name in ("rule", "sub_sector", "grade", "affected", "unit")),
    )
    assert [("low", "above", 0.5, True, 0.377), ("value", "at-least", 50.0, True, 5.28)] == [
        (each["bound"], each["is"], each["number"], each["holds"], round(each["margin"], 3 if n == 0 else 2))
        for n, each in enumerate(one["conditions"])
    ]
    assert ("ask-for-more", "E30000165/creative-local-units/all/2023/-/-") == (miss["rule"], miss["failing"]["fact"])
    assert [{"rule": "ask-for-more", "sub_sector": ""}] == found["what_if"]["comes"]
    counted = json.loads(recommend("recommend", "--all", "--json").stdout)
    assert {"local": 3, "regional": 0, "national": 0} == counted["fires"]["build-on-it"]


def test_a_recommendation_is_explained_condition_by_condition(recommend: Call) -> None:
    """Also those that do not hold, and each leads on to what its number is made of."""
    lines = recommend("explain", "Bath/recommendation/build-on-it", "-q").stdout.splitlines()
    assert ["Bath (E30000165): 1 rule", "", "build-on-it: follows, B fair", "    Advertising"] == lines[:4]
    place = lines.index("    IT and software") + 1
    assert lines_of(EVIDENCE) == lines[place : place + 6]
    assert (
        "        fails whatever is asked: The release has no figures on local units in any industry of Crafts." in lines
    )
    assert lines[-1].startswith("    what a number is made of: reportgen explain E30000165/location-quotient-units/")
    every = recommend("explain", "Bath/recommendations", "-q").stdout.splitlines()
    assert "ask-for-more: does not follow" in every
    record = json.loads(recommend("explain", "Bath/recommendations", "--json").stdout)
    assert [("build-on-it", True), ("ask-for-more", False)] == [
        (one["rule"], one["follows"]) for one in record["rules"]
    ]
    assert 9 == len(record["rules"][0]["conditions"])


def test_our_own_rules_say_what_the_next_release_has_to_show(call: Call, tiny: Path) -> None:
    """As conditions, which a machine can look up."""
    lines = call("explain", "Bath/recommendation/no-flagship", "-q", "--release", tiny).stdout.splitlines()
    assert "    progress: location-quotient-units.all, value at least 0.75, in the next release" in lines
    region = call("explain", "South West/recommendation/no-flagship", "-q", "--release", tiny).stdout.splitlines()
    assert "no-flagship: not asked here" in region


@pytest.mark.parametrize(
    ("words", "kind", "hint"),
    [
        (("recommend",), "bad-options", "name an area, or give --all"),
        (("recommend", "Bath", "--all"), "bad-options", "name an area, or give --all"),
        (("recommend", "Bathe"), "unknown-area", "did you mean Bath?"),
        (("recommend", "Bath", "--what-if", "more jobs"), "bad-what-if", "'location-quotient>=1.1'"),
        (
            ("recommend", "Bath", "--what-if", "creative-local-unit<4"),
            "bad-what-if",
            "did you mean creative-local-units?",
        ),
        (("explain", "Bath/recommendation/build-on"), "unknown-rule", "did you mean build-on-it?"),
    ],
)
def test_a_miss_is_told_with_what_to_write(recommend: Call, words: tuple[str, ...], kind: str, hint: str) -> None:
    """Exit code 2, as for all that was asked for and is not there."""
    result = recommend(*words)
    assert (2, "") == (result.exit_code, result.stdout)
    assert f"error[{kind}]" in result.stderr
    assert hint in result.stderr
