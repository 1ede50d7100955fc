"""
Recommend: what follows for an area of a release by the rules that hold here, or how often each rule fires over all
areas; and what would change with other numbers in the rules. Reads and analyses the release; writes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportgen import classification
from reportgen.assessment.recommendations import Advice, Adviser, Recommendation, Tested
from reportgen.assessment.rules import KINDS, Rule, load
from reportgen.assessment.what_if import Changes, Replaced, WhatIf, changes, replaced
from reportgen.batch import plan
from reportgen.batch.work import analyse_release, read_release
from reportgen.errors import Problem, UsageError
from reportgen.nearest import did_you_mean
from reportgen.release.model import PackKind, Release, ReleaseInfo
from reportgen.resources import Resources
from reportgen.settings import Settings

WORDS = ("recommendation", "recommendations")  # in the place of an indicator


@dataclass(frozen=True)
class Recommended:
    """
    What follows for an area.
    Args:
        shorts: sub-sector → its short name.
        replaced, changes: with other numbers in the rules; empty and None if none are tried.
    """

    release: ReleaseInfo
    area: str
    name: str
    advice: Advice
    shorts: Mapping[str, str]
    replaced: tuple[Replaced, ...] = ()
    changes: Changes | None = None


@dataclass(frozen=True)
class Spread:
    """
    Over how many areas rules fire.
    Args:
        areas: kind → how many there are. fires: rule → kind → in how many it fires, in the order of the rules.
        without: kind → in how many areas no rule fires.
        replaced, would: with other numbers in the rules; empty if none are tried.
    """

    release: ReleaseInfo
    areas: Mapping[PackKind, int]
    fires: Mapping[str, Mapping[PackKind, int]]
    without: Mapping[PackKind, int]
    replaced: tuple[Replaced, ...] = ()
    would: Mapping[str, Mapping[PackKind, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Examined:
    """
    One rule held against the facts of an area.
    Args:
        tested: sub-sector → every condition; of a rule that is not asked of each, the one key is empty. Empty where the
            rule is not asked of the area at all.
        told: the recommendation, where it follows.
    """

    rule: Rule
    tested: Mapping[str, tuple[Tested, ...]]
    told: Recommendation | None


@dataclass(frozen=True)
class Account:
    """Rules held against the facts of an area: one that was asked for, or all that are asked of its kind."""

    release: ReleaseInfo
    area: str
    name: str
    shorts: Mapping[str, str]
    rules: tuple[Examined, ...]


class _Run:
    """A release read and analysed, with the rules that hold."""

    def __init__(self, folder: Path, resources: Resources, settings: Settings) -> None:
        self.release: Release = read_release(folder, resources)
        self.definitions = classification.chosen(resources, self.release.info.classification, settings)
        self.rules = load(resources, self.definitions)
        self.findings = analyse_release(self.release, resources, settings)
        self.shorts = {part.id: part.short for part in (*self.definitions.creative, self.definitions.whole)}

    def adviser(self, rules: Sequence[Rule]) -> Adviser:
        return Adviser(self.release, self.findings, rules, self.definitions)


def recommend(
    folder: Path, asked: str, level: str | None, what_ifs: Sequence[WhatIf], resources: Resources, settings: Settings
) -> Recommended:
    """
    What follows for an area.
    Args:
        folder: of the release.
        asked: code or name of the area; level: look only among the areas of this level.
        what_ifs: numbers to try in the place of those of the rules.
    Raises: DataError: the release is wrong; UsageError: there is no such area, or no condition to try a number in;
        ConfigurationError: the rules are wrong.
    """
    run = _Run(folder, resources, settings)
    (area,) = plan.named(run.release, [asked], level)
    now = run.adviser(run.rules).advise(area)
    said = (run.release.info, area, run.release.name_of(area), now, run.shorts)
    if not what_ifs:
        return Recommended(*said)
    others, which = replaced(run.rules, what_ifs)
    return Recommended(*said, which, changes(now, run.adviser(others).advise(area)))


def spread(folder: Path, what_ifs: Sequence[WhatIf], resources: Resources, settings: Settings) -> Spread:
    """
    Over how many areas of each kind every rule fires.
    Raises: as `recommend`.
    """
    run = _Run(folder, resources, settings)
    others, which = replaced(run.rules, what_ifs)
    now = run.adviser(run.rules)
    kinds: dict[str, PackKind] = {area: now.grounds.kind(area) for area in run.release.packs()}
    counts = Counter(kinds.values())
    quiet = Counter(kinds[area] for area in kinds if not now.advise(area).recommendations)
    return Spread(
        run.release.info,
        {kind: counts[kind] for kind in KINDS},
        _counted(now, kinds),
        {kind: quiet[kind] for kind in KINDS},
        which,
        _counted(run.adviser(others), kinds) if what_ifs else {},
    )


def account(folder: Path, area: str, rule: str, level: str | None, resources: Resources, settings: Settings) -> Account:
    """
    A rule held against the facts of an area, or all rules that are asked of it.
    Args:
        area: code or name. rule: its id; empty: all.
    Raises: as `recommend`; UsageError: there is no such rule.
    """
    run = _Run(folder, resources, settings)
    (code,) = plan.named(run.release, [area], level)
    known = [each.id for each in run.rules]
    if rule and rule not in known:
        what, why = f"there is no rule {rule}", "recommendations follow from rules, each with an id"
        fix = f"write one of {', '.join(known)}{did_you_mean(rule, known)}"
        raise UsageError(Problem("unknown-rule", what, why, fix))
    adviser = run.adviser(run.rules)
    advice = adviser.advise(code)
    told = {one.rule.id: one for one in (*advice.recommendations, *advice.further)}
    kind = adviser.grounds.kind(code)
    chosen = [each for each in run.rules if each.id == rule or (not rule and kind in each.kinds)]
    examined = tuple(Examined(each, adviser.examine(each, code), told.get(each.id)) for each in chosen)
    return Account(run.release.info, code, run.release.name_of(code), run.shorts, examined)


def _counted(adviser: Adviser, kinds: Mapping[str, PackKind]) -> dict[str, dict[PackKind, int]]:
    fires: Counter[tuple[str, PackKind]] = Counter()
    for area, kind in kinds.items():
        advice = adviser.advise(area)
        fires.update((one.rule.id, kind) for one in (*advice.recommendations, *advice.further))
    return {rule.id: {kind: fires[rule.id, kind] for kind in KINDS} for rule in adviser.rules}
