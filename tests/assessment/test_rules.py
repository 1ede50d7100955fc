"""A file of rules is read, or refused with all that is wrong in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.assessment.cases import fact_of
from reportgen.assessment.conditions import Condition
from reportgen.assessment.rules import Rule, load, read_rules
from reportgen.classification import load as load_classification
from reportgen.errors import ConfigurationError
from reportgen.release.tables import Status
from reportgen.resources import bundled, with_own

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


OURS = """
    id = "back-crafts"
    principle = "existing-clusters"
    kinds = ["local"]
    when = [
        { indicator = "location-quotient", sub_sector = "*", bound = "low", is = "above", number = 1, name = "lq" },
    ]
    progress = { indicator = "location-quotient", sub_sector = "*", bound = "low", is = "above", number = 1 }
    would_change = { indicator = "location-quotient", sub_sector = "*", bound = "high", is = "below", number = 1 }
"""


def test_a_rule_of_ours_has_conditions_where_a_teams_own_has_words(tmp_path: Path) -> None:
    """What the next release has to show, and what would change our mind, can be looked up by a machine."""
    ours, own = rules_of(tmp_path, OURS, TEXTS.replace("back-crafts", "own") + WHEN)
    assert (True, "existing-clusters", ("local",), None) == (ours.each, ours.principle, ours.kinds, ours.texts)
    assert ours.progress is not None
    assert ("progress", "low", "above", 1.0) == (
        ours.progress.name,
        ours.progress.bound,
        ours.progress.comparison,
        ours.progress.number,
    )
    assert own.texts is not None
    assert (False, None, "Back crafts") == (own.each, own.progress, own.texts.action)
    assert "Maximise existing clusters" == own.principle
    assert ("creative-jobs", "all") == (own.affects.indicator, own.affects.sub_sector)


@pytest.mark.parametrize(
    ("change", "kind", "what", "fix"),
    [
        (
            ('"existing-clusters"', '"existing-cluster"'),
            "unknown-choice",
            "rule back-crafts.principle is none of the known words",
            "(did you mean existing-clusters?)",
        ),
        (
            ('["local"]', '["locale"]'),
            "unknown-choice",
            "rule back-crafts.kinds names no kind of pack",
            "(did you mean local?)",
        ),
        (
            ('["local"]', "[]"),
            "wrong-value",
            "rule back-crafts.kinds is empty",
            "write some of local, regional, national",
        ),
        (
            ("progress =", "progres ="),
            "missing-key",
            "rule back-crafts.progress is missing",
            "add progress = { … }, as in `when`",
        ),
        (
            ("would_change = {", "would_change = { name = 'Changed mind',"),
            "bad-id",
            '"Changed mind" cannot be the name of a fact',
            "use lower-case letters, digits and single hyphens",
        ),
        (
            ('name = "lq"', 'name = "progress"'),
            "duplicate-key",
            "rule back-crafts has two facts of the name progress",
            "give each fact of a rule a name of its own",
        ),
        (
            ('name = "lq"', 'name = "lq", of = "county"'),
            "unknown-choice",
            "rule back-crafts, condition 1.of is none of the known words",
            "write one of area, own, region, benchmark",
        ),
        (
            ("    progress =", '    partner = "bank"\n    progress ='),
            "unknown-choice",
            "rule back-crafts.partner is none of the known words",
            "write one of university, buyer, hotspot, peer",
        ),
        (
            ("    progress =", '    affects = { indicator = "creative-job" }\n    progress ='),
            "unknown-indicator",
            "rule back-crafts.affects names an indicator that does not exist",
            "(did you mean creative-jobs?)",
        ),
        (
            ("    progress =", '    also = [{ indicator = "creative-jobs", sub_sector = "craft" }]\n    progress ='),
            "unknown-sub-sector",
            "rule back-crafts, fact 1 names a sub-sector that does not exist",
            "(did you mean crafts?)",
        ),
        (
            ("    progress =", '    also = [{ indicator = "creative-jobs", number = 3 }]\n    progress ='),
            "unknown-key",
            "rule back-crafts, fact 1.number is no key of this file",
            "correct or delete it",
        ),
        (
            ("    progress =", '    cases = "lq | fired"\n    progress ='),
            "wrong-value",
            "rule back-crafts.cases has a line that cannot be read",
            "head the columns lq | fires",
        ),
        (
            ("    progress =", '    cases = "lq | fires\\n1.2 to 1.1 | yes"\n    progress ='),
            "wrong-value",
            "rule back-crafts.cases has a line that cannot be read",
            "`low to high`, suppressed or missing",
        ),
        (
            ("    progress =", '    cases = "lq | fires\\n1.1 to 1.3 | no"\n    progress ='),
            "wrong-case",
            "a case of rule back-crafts fires",
            "correct the case, or the condition that decides it",
        ),
    ],
    ids=lambda value: "" if isinstance(value, tuple) else None,
)
def test_what_is_wrong_with_a_key_of_ours_is_told(
    tmp_path: Path, change: tuple[str, str], kind: str, what: str, fix: str
) -> None:
    """Each with the word that was probably meant, or what to write."""
    with pytest.raises(ConfigurationError) as caught:
        rules_of(tmp_path, OURS.replace(*change))
    problem = caught.value.problems[0]
    assert (kind, what) == (problem.kind, problem.what)
    assert fix in problem.fix


@pytest.mark.parametrize(
    ("cell", "value", "low", "high", "status"),
    [
        ("0.8 to 1.2", 1.0, 0.8, 1.2, Status.OK),
        ("3", 3.0, None, None, Status.OK),
        ("-0.5 to -0.25", -0.375, -0.5, -0.25, Status.OK),
        ("0.5 to 1.5 flagged", 1.0, 0.5, 1.5, Status.LOW_RELIABILITY),
        ("suppressed", None, None, None, Status.SUPPRESSED),
        ("missing", None, None, None, Status.MISSING),
        ("not-applicable", None, None, None, Status.NOT_APPLICABLE),
    ],
)
def test_a_cell_of_a_case_is_a_fact(
    cell: str, value: float | None, low: float | None, high: float | None, status: Status
) -> None:
    """An interval, a value, or why there is none."""
    fact = fact_of(Condition("quotient", "location-quotient", "all"), cell)
    assert (value, low, high, status, "ratio") == (fact.value, fact.low, fact.high, fact.status, fact.unit)


def test_a_rule_has_words_beside_it_or_a_template(tmp_path: Path) -> None:
    """Else it could not be said."""
    folder = tmp_path / "own"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "recommendations.toml").write_text(f"[[rule]]\n{OURS}", encoding="utf-8")
    classification = load_classification(bundled().classification, "dcms-sic2007")
    with pytest.raises(ConfigurationError) as caught:
        load(with_own(folder, bundled()), classification)
    assert ["no-words"] == [problem.kind for problem in caught.value.problems]
    assert caught.value.problems[0].fix.endswith("or write templates/recommendations/back-crafts.html")
    template = folder / "templates" / "recommendations" / "back-crafts.html"
    template.parent.mkdir(parents=True)
    template.write_text("{% block action %}Back crafts{% endblock %}", encoding="utf-8")
    assert ["back-crafts"] == [rule.id for rule in load(with_own(folder, bundled()), classification)]
