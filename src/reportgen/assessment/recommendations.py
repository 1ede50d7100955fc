"""
Recommendations: what follows from the facts of an area by the rules, ranked by the jobs affected and by how firm it is,
and what all but follows. Takes a release, its findings and rules, gives advice; says no sentence of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from reportgen.analysis.findings import BY_ID, Findings
from reportgen.assessment.conditions import CERTAINTIES, Condition, Wanted, exact, half_width, reliable
from reportgen.assessment.grounds import JOBS, Grounds
from reportgen.assessment.partners import Partner, Partners
from reportgen.assessment.rules import Rule
from reportgen.classification import CREATIVE, Classification
from reportgen.facts.fact import Fact, id_of
from reportgen.release.model import Release
from reportgen.release.tables import Status

Grade = Literal["A", "B", "C"]
MOST = 5  # recommendations that an area gets
FIRM, FAIR = 0.5, 0.1  # margins in half-widths
WEIGHTS: dict[Grade, int] = {"A": 3, "B": 2, "C": 1}
UNITS = "creative-local-units"


@dataclass(frozen=True)
class Tested:
    """A condition held against its fact: whether it holds, and by which margin (`Condition.margin`)."""

    __test__ = False  # no test of pytest

    condition: Condition
    fact: Fact
    holds: bool
    margin: float


@dataclass(frozen=True)
class Recommendation:
    """
    A rule that fired.
    Args:
        sub_sector: that it speaks of, where the rule is asked of each; else empty.
        tested: its conditions, in their order.
        binding: of its estimates, that with the least margin: counts and verdicts are exact, so that one of them binds
            only where the rule asks for nothing else.
        wide: whether even that holds by far (`Condition.wide`).
        partner: who is named; None where there is nobody.
        affected: the jobs affected; local units where the jobs are not known.
        grade: how firm it is (`grade`).
        facts: name → fact: of the conditions, of what the words say besides, `affected`, `progress`, `would_change`.
            What has no finding here is a fact without a value, not applicable.
    """

    rule: Rule
    area: str
    sub_sector: str
    tested: tuple[Tested, ...]
    binding: Tested
    wide: bool
    partner: Partner | None
    affected: Fact
    grade: Grade
    facts: Mapping[str, Fact] = field(hash=False)


@dataclass(frozen=True)
class NearMiss:
    """A rule that all but fired: exactly one condition fails, by little (`Condition.near`); `failing` is that one."""

    rule: Rule
    area: str
    sub_sector: str
    tested: tuple[Tested, ...]
    failing: Tested


@dataclass(frozen=True)
class Answer:
    """
    What a rule that was asked of an area comes to.
    Args:
        sub_sector: of a rule that is asked of each: that which it holds for, or comes closest to holding for.
        verdict: it holds, all but holds, fails, or is open: it fails on nothing but what nobody can rely on.
        deciding: the condition that binds where it holds; where it fails, that which misses by most; where it is open,
            the first that cannot be judged.
    """

    rule: Rule
    sub_sector: str
    verdict: Literal["holds", "near", "open", "fails"]
    deciding: Tested


@dataclass(frozen=True)
class Advice:
    """
    What follows for an area: at most five recommendations, those first that affect most, and near misses, the nearest
    first. None is an answer, too.
    Args:
        further: those that follow as well, behind the five.
        asked: how many rules are asked of it: those for its kind whose facts are measured there.
    """

    area: str
    recommendations: tuple[Recommendation, ...]
    near_misses: tuple[NearMiss, ...]
    further: tuple[Recommendation, ...]
    asked: int


def grade(tested: Sequence[Tested]) -> Grade:
    """
    How firm a recommendation is: A firm, B fair, C thin. It begins as A and falls by one grade for each of these, to C
    at most:
    - the least margin of its estimates is below half a half-width of the interval: the bound is hardly past the number;
    - it is below a tenth of a half-width, too;
    - it rests on a figure of the wider region, not of the area itself;
    - it rests on an estimate without an interval.
    Counts and verdicts are exact: they take nothing away.
    """
    estimates = _estimates(tested)
    least = min((each.margin for each in estimates), default=math.inf)
    falls = (least < FIRM) + (least < FAIR)
    falls += any(each.condition.of != "area" for each in tested)
    falls += any(not half_width(each.fact) and each.fact.key[1] not in CERTAINTIES for each in estimates)
    grades: tuple[Grade, ...] = ("A", "B", "C")
    return grades[min(falls, len(grades) - 1)]


class Adviser:
    """Advises the areas of one release by the same rules; holds what it has said."""

    def __init__(
        self, release: Release, findings: Findings, rules: Sequence[Rule], classification: Classification
    ) -> None:
        self.made_of = (release, findings, rules, classification)
        self.rules = tuple(rules)
        self.grounds = Grounds(release, findings, [part.id for part in classification.creative])
        self._partners = Partners(self.grounds, classification)
        self._given: dict[str, Advice] = {}

    def advise(self, area: str) -> Advice:
        """
        What follows for an area: of every rule that fires, for the sub-sector with most jobs affected, a
        recommendation; the five first by jobs affected × weight of the grade (A 3, B 2, C 1), ties in the order of the
        rules; and the near misses of the other rules.
        Raises: ConfigurationError: a rule of a team's own names a fact that the findings do not know.
        """
        if area not in self._given:
            self._given[area] = self._advice(area)
        return self._given[area]

    def answers(self, area: str) -> tuple[Answer, ...]:
        """
        What each rule that is asked of an area comes to: those that hold in the order of their recommendations, then
        near misses, the nearest first, then the others in the order of the rules.
        """
        given = self.advise(area)
        fired = [Answer(one.rule, one.sub_sector, "holds", one.binding) for one in given.recommendations]
        fired += [Answer(one.rule, one.sub_sector, "holds", one.binding) for one in given.further]
        near = [Answer(one.rule, one.sub_sector, "near", one.failing) for one in given.near_misses]
        answered = {one.rule.id for one in (*fired, *near)}
        others = [rule for rule in self.rules if rule.id not in answered and self.measured(rule, area)]
        return (*fired, *near, *(self._failing(rule, area) for rule in others))

    def _failing(self, rule: Rule, area: str) -> Answer:
        """Of the sub-sectors one that is open; else of those where fewest conditions fail that with the least to go."""
        worst: dict[str, tuple[int, Tested]] = {}
        for part, tested in self.examine(rule, area).items():
            failing = [each for each in tested if not each.holds]
            judged = [each for each in failing if reliable(each.fact)]
            if not judged:
                return Answer(rule, part, "open", failing[0])
            worst[part] = (len(failing), min(judged, key=lambda each: each.margin))
        part = min(worst, key=lambda part: (worst[part][0], -worst[part][1].margin))
        return Answer(rule, part, "fails", worst[part][1])

    def examine(self, rule: Rule, area: str, *, most: int | None = None) -> dict[str, tuple[Tested, ...]]:
        """
        Every condition of a rule held against its fact: sub-sector → its conditions in their order; of a rule that is
        not asked of each, the one key is empty. Nothing where the rule is not for the area's kind, or where a fact is
        not measured.
        Args:
            most: leave out where more conditions than so many fail.
        """
        found = {}
        for part in self._asked_of(rule, area):
            tested: list[Tested] = []
            failing = 0
            for condition in rule.when:
                fact = self._fact(rule, condition, area, part)
                holds = fact is not None and condition.holds(fact)
                failing += not holds
                if fact is None or (most is not None and failing > most):
                    break
                tested.append(Tested(condition, fact, holds, condition.margin(fact)))
            else:
                found[part] = tuple(tested)
        return found

    def measured(self, rule: Rule, area: str) -> bool:
        """Whether a rule can be asked of an area: it is for its kind, and there are findings that it asks for."""
        parts = self._asked_of(rule, area)[:1]
        return any(all(self._fact(rule, each, area, part) is not None for each in rule.when) for part in parts)

    def _asked_of(self, rule: Rule, area: str) -> tuple[str, ...]:
        """Of which sub-sectors a rule is asked; of the area as a whole the one word is empty."""
        if self.grounds.kind(area) not in rule.kinds:
            return ()
        return self.grounds.sub_sectors if rule.each else ("",)

    def _advice(self, area: str) -> Advice:
        fired: list[Recommendation] = []
        missed: list[NearMiss] = []
        for rule in self.rules:
            examined = self.examine(rule, area, most=1)
            passed = [part for part, tested in examined.items() if all(each.holds for each in tested)]
            if passed:
                part = min(passed, key=lambda part: _affecting(self._affected(rule, area, part)))
                fired.append(self._recommendation(rule, area, part, examined[part]))
            else:
                near = [miss for part, tested in examined.items() for miss in _misses(rule, area, part, tested)]
                missed += sorted(near, key=lambda miss: -miss.failing.margin)[:1]
        fired.sort(key=lambda one: _affecting(one.affected, WEIGHTS[one.grade]))
        missed.sort(key=lambda miss: -miss.failing.margin)
        asked = sum(self.measured(rule, area) for rule in self.rules)
        return Advice(area, tuple(fired[:MOST]), tuple(missed), tuple(fired[MOST:]), asked)

    def _recommendation(self, rule: Rule, area: str, part: str, tested: tuple[Tested, ...]) -> Recommendation:
        binding = min(_estimates(tested) or tested, key=lambda each: each.margin)
        affected = self._affected(rule, area, part)
        further = [*rule.also, *(each for each in (rule.progress, rule.would_change) if each is not None)]
        facts = {each.condition.name: each.fact for each in tested}
        facts |= {each.name: self._fact(rule, each, area, part) or _nothing(each, area, part) for each in further}
        return Recommendation(
            rule=rule,
            area=area,
            sub_sector=part,
            tested=tested,
            binding=binding,
            wide=binding.condition.wide(binding.fact),
            partner=self._partners.of(rule.partner, area, part or rule.affects.sub_sector) if rule.partner else None,
            affected=affected,
            grade=grade(tested),
            facts={**facts, "affected": affected},
        )

    def _affected(self, rule: Rule, area: str, part: str) -> Fact:
        """The jobs affected; where they are not known, the local units, unless nothing may stand for them."""
        wanted = rule.affects
        found = self._fact(rule, wanted, area, part)
        if (found is None or not found.known) and wanted.indicator == JOBS and wanted.of != "own":
            units = self.grounds.fact(Wanted(wanted.name, UNITS, wanted.sub_sector or CREATIVE), area, part)
            found = units if units is not None and units.known else found
        return found or _nothing(wanted, area, part)

    def _fact(self, rule: Rule, wanted: Wanted, area: str, part: str) -> Fact | None:
        """By full keys; of a team's own rule, whose ids may leave something out, by what is meant."""
        find = self.grounds.fact if rule.texts is None or wanted is rule.affects else self.grounds.loose
        return find(wanted, area, part)


_KEPT: list[Adviser] = []  # the last one: a worker makes many packs of one release


def adviser(release: Release, findings: Findings, rules: Sequence[Rule], classification: Classification) -> Adviser:
    """The adviser of a release by some rules; the same one as before if nothing has changed."""
    made_of = (release, findings, rules, classification)
    if not _KEPT or any(one is not other for one, other in zip(_KEPT[0].made_of, made_of, strict=True)):
        _KEPT[:] = [Adviser(*made_of)]
    return _KEPT[0]


def advise_all(
    release: Release, findings: Findings, rules: Sequence[Rule], classification: Classification
) -> dict[str, Advice]:
    """Area → what follows for it, of all areas that have a pack."""
    one = adviser(release, findings, rules, classification)
    return {area: one.advise(area) for area in release.packs()}


def _misses(rule: Rule, area: str, part: str, tested: tuple[Tested, ...]) -> Iterable[NearMiss]:
    failing = [each for each in tested if not each.holds]
    if len(failing) == 1 and failing[0].condition.near(failing[0].fact):
        yield NearMiss(rule, area, part, tested, failing[0])


def _affecting(affected: Fact, weight: int = 1) -> tuple[bool, float]:
    """By what recommendations are ranked: jobs before local units, then those that affect most."""
    jobs = affected.known and affected.unit == "jobs"
    return (not jobs, -(affected.value or 0.0) * weight)


def _estimates(tested: Sequence[Tested]) -> list[Tested]:
    """Those that do not rest on what is counted out."""
    return [each for each in tested if not exact(each.fact)]


def _nothing(wanted: Wanted, area: str, part: str) -> Fact:
    """A fact that is not measured here."""
    kind = BY_ID[wanted.indicator]
    id = id_of(area, wanted.indicator, part, "", wanted.other, wanted.variant)
    return Fact(id, None, None, None, kind.unit, kind.digits, Status.NOT_APPLICABLE, "", "")
