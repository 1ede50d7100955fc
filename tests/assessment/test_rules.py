"""Rules fire on what can be relied on, and a file of them is refused with all that is wrong in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.assessment.conditions import Condition
from reportgen.assessment.rules import Rule, read_rules
from reportgen.errors import ConfigurationError
from reportgen.facts.fact import Fact
from reportgen.release.tables import Status

FACT = Fact("E1/location-quotient/all/2024/-/-", 1.2, 1.05, 1.4, "ratio", 2, Status.OK, "", "employment")
ABOVE = Condition("quotient", "location-quotient", "all", bound="low", comparison="above", number=1.0)
TEXTS = """
    id = "back-crafts"
    principle = "Maximise existing clusters"
    action = "Back crafts"
    why = "Crafts are concentrated here."
    who = "The council"
    first_step = "Name one officer."
    progress = "The quotient does not fall."
    would_change = "One employer leaves."
"""
WHEN = 'when = [{ indicator = "location-quotient", sub_sector = "crafts", bound = "low", is = "above", number = 1 }]'


def rules_of(tmp_path: Path, *rules: str) -> tuple[Rule, ...]:
    path = tmp_path / "recommendations.toml"
    path.write_text("".join(f"[[rule]]\n{rule}\n" for rule in rules), encoding="utf-8")
    return read_rules(path, ["crafts", "publishing", "all"])


@pytest.mark.parametrize(
    ("bound", "comparison", "number", "holds"),
    [
        ("low", "above", 1.04, True),
        ("low", "above", 1.05, False),
        ("low", "at-least", 1.05, True),
        ("value", "above", 1.1, True),
        ("value", "above", 1.2, False),
        ("high", "below", 1.41, True),
        ("high", "below", 1.4, False),
        ("high", "at-most", 1.4, True),
    ],
)
def test_a_condition_looks_at_the_bound_that_it_names(bound: str, comparison: str, number: float, holds: bool) -> None:
    """Just past the number, and just not."""
    condition = replace(ABOVE, bound=bound, comparison=comparison, number=number)
    assert holds is condition.holds(FACT)


@pytest.mark.parametrize(
    "status", [Status.SUPPRESSED, Status.MISSING, Status.NOT_APPLICABLE, Status.LOW_RELIABILITY], ids=str
)
@pytest.mark.parametrize("comparison", ["above", "below"])
def test_no_condition_holds_on_what_cannot_be_relied_on(status: Status, comparison: str) -> None:
    """Neither way round: not known is not the same as small."""
    value = FACT.value if status.has_value else None
    fact = replace(FACT, value=value, low=None, high=None, status=status)
    assert not replace(ABOVE, comparison=comparison, number=1.0).holds(fact)


def test_an_exact_number_is_its_own_bound_and_an_estimate_without_an_interval_has_none() -> None:
    """A count of places is sure; a quotient whose interval nobody knows passes by its value alone, if the rule asks."""
    bare = replace(FACT, low=None, high=None)
    assert ABOVE.holds(replace(bare, unit="areas"))
    assert not ABOVE.holds(bare)
    assert not replace(ABOVE, bound="high", comparison="above").holds(bare)
    assert replace(ABOVE, bound="value").holds(bare)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (
            TEXTS.replace("Name one officer.", "Name 2 officers.") + WHEN,
            """\
error[typed-number]: rule back-crafts.first_step has a number in its text
  data/recommendations.toml   … Name 2 officers. …
  why: it would stay as it is when the data change; the facts that the rule rests on are printed with it anyway
  fix: say it in words without the number, or put the number into a condition""",
        ),
        (
            TEXTS + WHEN.replace('"location-quotient"', '"location-quotent"'),
            """\
error[unknown-indicator]: rule back-crafts, condition 1 names an indicator that does not exist
  data/recommendations.toml   indicator = "location-quotent"
  why: packs print, name or compute with it
  fix: take an indicator from dictionary.csv, which `reportgen analyse` writes (did you mean location-quotient?)""",
        ),
        (
            TEXTS + WHEN.replace("crafts", "craft"),
            """\
error[unknown-sub-sector]: rule back-crafts, condition 1 names a sub-sector that does not exist
  data/recommendations.toml   sub_sector = "craft"
  why: packs print, name or compute with it
  fix: write one of crafts, publishing, all (did you mean crafts?)""",
        ),
        (
            TEXTS + WHEN.replace("above", "over"),
            """\
error[unknown-choice]: rule back-crafts, condition 1.is is none of the known words
  data/recommendations.toml   is = "over"
  why: packs print, name or compute with it
  fix: write one of above, at-least, at-most, below (did you mean above?)""",
        ),
        (
            TEXTS + WHEN.replace("number = 1", 'number = "1"'),
            """\
error[wrong-value]: rule back-crafts, condition 1.number is not a number without quotes
  data/recommendations.toml   number = '1'
  why: packs print, name or compute with it
  fix: write a number without quotes""",
        ),
        (
            TEXTS + WHEN.replace("number = 1", "number = nan"),
            """\
error[wrong-value]: rule back-crafts, condition 1.number is no finite number
  data/recommendations.toml
  why: packs print, name or compute with it
  fix: write a number""",
        ),
        (
            TEXTS + "when = []",
            """\
error[missing-key]: rule back-crafts has no condition
  data/recommendations.toml
  why: packs print, name or compute with it
  fix: say when it follows: a rule is no standing advice""",
        ),
        (
            TEXTS.replace("    who =", "    whom =") + WHEN,
            """\
error[missing-key]: rule back-crafts.who is missing
  data/recommendations.toml
  why: packs print, name or compute with it
  fix: add who = …, a text in double quotes
error[unknown-key]: rule back-crafts.whom is no key of this file
  data/recommendations.toml
  why: packs print, name or compute with it
  fix: correct or delete it (did you mean who?)""",
        ),
    ],
    ids=["typed", "indicator", "sub-sector", "comparison", "quoted", "nan", "no condition", "misspelt"],
)
def test_what_is_wrong_with_a_rule_is_told(tmp_path: Path, rule: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        rules_of(tmp_path, rule)
    assert message == "\n".join(problem.as_text() for problem in caught.value.problems)


def test_two_rules_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="two rules have the id back-crafts"):
        rules_of(tmp_path, TEXTS + WHEN, TEXTS + WHEN)


def test_a_file_may_have_no_rule(tmp_path: Path) -> None:
    """As the example has, whose rule is a comment; anything else in it is refused."""
    assert () == rules_of(tmp_path)
    (tmp_path / "recommendations.toml").write_text("[[rules]]", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="rules is no key of this file"):
        read_rules(tmp_path / "recommendations.toml", [])
