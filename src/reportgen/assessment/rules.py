"""
Rules: when a recommendation follows, as `data/recommendations.toml` has them: ours, whose words stand in a template
each, or those of a team's own, whose words stand beside them. Reads and checks; asks no fact.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast, get_args

from reportgen.analysis.findings import BY_ID
from reportgen.assessment.cases import Case, fires, read_cases
from reportgen.assessment.conditions import COMPARISONS, EVERY, Bound, Condition, Of, Wanted
from reportgen.assessment.grounds import JOBS, RULES
from reportgen.assessment.written import called, own_id, own_words, refuse_twins
from reportgen.classification import CREATIVE, Classification
from reportgen.errors import ConfigurationError, Problem
from reportgen.nearest import did_you_mean
from reportgen.release.info import ID, Keys, read_toml
from reportgen.release.model import PackKind
from reportgen.resources import Resources

FILE = RULES
TEXTS = ("principle", "action", "why", "who", "first_step", "progress", "would_change")
Principle = Literal["existing-clusters", "collaboration", "universities", "supply-chain", "resilience", "evidence"]
PartnerKind = Literal["university", "buyer", "hotspot", "peer"]
KINDS: tuple[PackKind, ...] = ("local", "regional", "national")
RESERVED = ("affected", "progress", "would_change")  # names of facts that every rule has
Known = Collection[str] | None  # ids of sub-sectors; None: any
_NO_NUMBER = "say it in words without the number, or put the number into a condition"
_NUMBERS_STAY = (
    "it would stay as it is when the data change; the facts that the rule rests on are printed with it anyway"
)
_OF_CREATIVE = Wanted("affected", JOBS, CREATIVE)


@dataclass(frozen=True)
class Texts:
    """
    The words of a team's own rule.
    Args:
        principle: of policy that it serves. action: what to do, as a heading. why: why here, in whole sentences.
        who, first_step, progress, would_change: who acts, what they do first, how to see that it works, and what would
            change our mind.
    """

    principle: str
    action: str
    why: str
    who: str
    first_step: str
    progress: str
    would_change: str


@dataclass(frozen=True)
class Rule:
    """
    A recommendation and when it follows.
    Args:
        principle: of policy that it serves, an id; of a team's own rule, as it is written.
        kinds: of areas that it is asked of.
        when: conditions, all of which must hold.
        affects: the jobs affected, by which recommendations are ranked.
        also: further facts that its words say.
        partner: who is named from data beside the area's own; empty: nobody.
        progress, would_change: what the next release has to show, and what would change our mind; a team's own rule
            says it in words.
        texts: the words of a team's own; None of ours, which have a template each.
        cases: numbers on which it is tried.
    """

    id: str
    principle: str
    kinds: tuple[PackKind, ...]
    when: tuple[Condition, ...]
    affects: Wanted = _OF_CREATIVE
    also: tuple[Wanted, ...] = ()
    partner: PartnerKind | Literal[""] = ""
    progress: Condition | None = None
    would_change: Condition | None = None
    texts: Texts | None = None
    cases: tuple[Case, ...] = ()

    @property
    def each(self) -> bool:
        """Whether it is asked of every sub-sector by itself."""
        return any(condition.sub_sector == EVERY for condition in self.when)


def read_rules(path: Path, sub_sectors: Known) -> tuple[Rule, ...]:
    """
    Read and check a file of rules.
    Args:
        sub_sectors: ids that a condition may name; None: any.
    Returns: none where the file says none, as the example does whose rule is a comment.
    Raises: ConfigurationError: with all that is wrong in it.
    """
    problems: list[Problem] = []
    written = read_toml(path, problems)
    rules: tuple[Rule, ...] = ()
    if written is not None:
        keys = Keys(written, FILE, "", problems)
        tables = keys.get("rule", list, "one table [[rule]] or more", [])
        rules = tuple(
            _rule(Keys(each, FILE, called("rule", each, n), problems), sub_sectors)
            for n, each in enumerate(tables, start=1)
        )
        keys.finish()
        refuse_twins(keys, "rule", [rule.id for rule in rules])
    if problems:
        raise ConfigurationError(problems)
    return rules


def load(resources: Resources, classification: Classification) -> tuple[Rule, ...]:
    """
    The rules that hold: those of a team's own where it has a file of them, else ours. Ours may name a sub-sector that
    the version of the definitions does not have, or that the settings leave out: it is measured nowhere, so not asked.
    Raises: ConfigurationError: with all that is wrong with them; a rule has neither words nor a template.
    """
    path = resources.find(FILE)
    if path is not None and _says_nothing(path):
        path = resources.root / FILE
    if path is None:
        return ()
    known = [each.id for each in (*classification.creative, classification.whole)]
    rules = read_rules(path, None if path == resources.root / FILE else known)
    wordless = [rule for rule in rules if rule.texts is None and resources.templates.find(template_of(rule)) is None]
    if wordless:
        raise ConfigurationError([_wordless(rule) for rule in wordless])
    return rules


def template_of(rule: Rule) -> str:
    """Where the words of a rule of ours stand, below the folder of templates."""
    return f"recommendations/{rule.id}.html"


def _wordless(rule: Rule) -> Problem:
    what = f"rule {rule.id} has no words: neither texts beside it nor a template"
    fix = f"give it {', '.join(TEXTS)} as texts, or write templates/{template_of(rule)}"
    return Problem("no-words", what, "a recommendation that cannot be said cannot be made", fix, file=FILE)


def _says_nothing(path: Path) -> bool:
    """Whether a file of rules has comments alone, as the example has, not even a word that there are no rules."""
    return read_toml(path, []) == {}


def _rule(keys: Keys, sub_sectors: Known) -> Rule:
    id = own_id(keys)
    if "action" in keys.written or "kinds" not in keys.written:
        texts = Texts(**{name: own_words(keys, name, fix=_NO_NUMBER, why=_NUMBERS_STAY) for name in TEXTS})
        principle, progress, would_change = texts.principle, None, None
    else:
        texts, principle = None, keys.choice("principle", get_args(Principle))
        progress, would_change = (_named(keys, name, sub_sectors, _condition) for name in ("progress", "would_change"))
    kinds = keys.texts("kinds", list(KINDS))
    if wrong := [each for each in kinds if each not in KINDS]:
        fix = f"write some of {', '.join(KINDS)}{did_you_mean(wrong[0], KINDS)}"
        keys.complain("unknown-choice", f"{keys.name('kinds')} names no kind of pack", fix, f'kinds = ["{wrong[0]}"]')
    if not kinds and "kinds" in keys.written:
        keys.complain("wrong-value", f"{keys.name('kinds')} is empty", f"write some of {', '.join(KINDS)}")
    when = _when(keys, sub_sectors)
    also = tuple(
        _wanted(Keys(each, FILE, f"{keys.where}, fact {n}", keys.problems), sub_sectors, f"fact-{n}")
        for n, each in enumerate(keys.get("also", list, "a list of facts, each in braces", []), start=1)
    )
    _refuse_names(keys, [each.name for each in (*when, *also)])
    rule = Rule(
        id=id,
        principle=principle,
        kinds=cast(tuple[PackKind, ...], kinds),
        when=when,
        affects=_named(keys, "affects", sub_sectors, _wanted) if "affects" in keys.written else _OF_CREATIVE,
        also=also,
        partner=cast(PartnerKind, keys.choice("partner", get_args(PartnerKind))) if "partner" in keys.written else "",
        progress=progress,
        would_change=would_change,
        texts=texts,
        cases=_cases(keys, when),
    )
    keys.finish()
    return rule


def _when(keys: Keys, sub_sectors: Known) -> tuple[Condition, ...]:
    written = keys.get("when", list, "a list of conditions, each in braces")
    if "when" in keys.written and not written:
        keys.complain(
            "missing-key", f"{keys.where} has no condition", "say when it follows: a rule is no standing advice"
        )
    return tuple(
        _condition(Keys(each, FILE, f"{keys.where}, condition {n}", keys.problems), sub_sectors, f"condition-{n}")
        for n, each in enumerate(written, start=1)
    )


def _named(keys: Keys, name: str, sub_sectors: Known, read: Any) -> Any:
    """A fact or condition that is the value of a key; called by that key where it has no name of its own."""
    keys.asked.add(name)
    if name not in keys.written:
        keys.complain("missing-key", f"{keys.name(name)} is missing", f"add {name} = {{ … }}, as in `when`")
        return None
    default = "affected" if name == "affects" else name
    return read(Keys(keys.written[name], FILE, keys.name(name), keys.problems), sub_sectors, default)


def _wanted(keys: Keys, sub_sectors: Known, name: str, *, further: bool = False) -> Wanted:
    indicator, sub_sector = keys.text("indicator"), keys.text("sub_sector", "")
    if indicator and indicator not in BY_ID:
        fix = f"take an indicator from dictionary.csv, which `reportgen analyse` writes{did_you_mean(indicator, BY_ID)}"
        keys.complain(
            "unknown-indicator",
            f"{keys.where} names an indicator that does not exist",
            fix,
            f'indicator = "{indicator}"',
        )
    if sub_sectors is not None and sub_sector not in ("", EVERY, *sub_sectors):
        fix = f"write one of {', '.join(sub_sectors)}{did_you_mean(sub_sector, sub_sectors)}"
        keys.complain(
            "unknown-sub-sector",
            f"{keys.where} names a sub-sector that does not exist",
            fix,
            f'sub_sector = "{sub_sector}"',
        )
    called = keys.text("name", name)
    if called and not ID.fullmatch(called) and called != name:
        fix = "use lower-case letters, digits and single hyphens"
        keys.complain("bad-id", f'"{called}" cannot be the name of a fact', fix)
    of = keys.choice("of", get_args(Of)) if "of" in keys.written else "area"
    other = keys.text("other", "")
    wanted = Wanted(called, indicator, sub_sector, other, keys.text("variant", ""), cast(Of, of))
    if not further:
        keys.finish()
    return wanted


def _condition(keys: Keys, sub_sectors: Known, name: str) -> Condition:
    wanted = _wanted(keys, sub_sectors, name, further=True)
    bound, comparison = keys.choice("bound", get_args(Bound)), keys.choice("is", COMPARISONS)
    condition = Condition(**vars(wanted), bound=cast(Bound, bound), comparison=comparison, number=_number(keys))
    keys.finish()
    return condition


def _number(keys: Keys) -> float:
    """A number, with or without decimals; TOML tells 1 and 1.0 apart, people do not."""
    whole = isinstance(keys.written.get("number"), int) and not isinstance(keys.written["number"], bool)
    number = float(keys.get("number", int if whole else float, "a number without quotes"))
    if not abs(number) < float("inf"):
        keys.complain("wrong-value", f"{keys.name('number')} is no finite number", "write a number")
    return number


def _refuse_names(keys: Keys, names: list[str]) -> None:
    """Names of facts that two have, or that every rule has already."""
    for name in sorted({name for name in names if name in RESERVED or names.count(name) > 1}):
        fix = "give each fact of a rule a name of its own"
        keys.complain("duplicate-key", f"{keys.where} has two facts of the name {name}", fix)


def _cases(keys: Keys, when: tuple[Condition, ...]) -> tuple[Case, ...]:
    """The cases, each of which has to come out as it is written."""
    if "cases" not in keys.written or any(condition.indicator not in BY_ID for condition in when):
        keys.asked.add("cases")
        return ()
    cases, bad = read_cases(keys.text("cases"), when)
    for line in bad:
        fix = (
            f"head the columns {' | '.join([*(each.name for each in when), 'fires'])}, and write in each line a value,"
        )
        fix += " `low to high`, suppressed or missing, with yes or no last"
        keys.complain("wrong-value", f"{keys.name('cases')} has a line that cannot be read", fix, line)
    for case in cases:
        if fires(when, case) != case.fires:
            what = f"a case of {keys.where} {'does not fire' if case.fires else 'fires'}"
            fix = "correct the case, or the condition that decides it"
            keys.complain("wrong-case", what, fix, " | ".join(case.cells), "a rule does what its cases say")
    return cases
