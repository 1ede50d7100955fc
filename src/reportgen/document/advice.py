"""
Advice: the recommendations for a pack's area, and for those that lie in it, as cards with their words said. Chooses no
recommendation; the sentences of each rule are in `templates/recommendations`, or beside a rule of a team's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from reportgen.analysis.findings import BY_ID
from reportgen.assessment.conditions import CERTAINTIES, VERDICT, Condition
from reportgen.assessment.recommendations import Advice, Adviser, NearMiss, Recommendation, Tested, adviser
from reportgen.assessment.rules import Rule
from reportgen.classification import CREATIVE
from reportgen.document import advised
from reportgen.document.brief import Brief
from reportgen.facts import format as formats
from reportgen.facts.fact import Fact


@dataclass(frozen=True)
class Piece:
    """
    A fact that a rule asked for.
    Args:
        name: of the indicator.
        part: short name of the sub-sector, empty for all creative work.
        whose: name of the area, empty for the pack's own.
        line: the number that the condition holds the fact against, as a page prints it.
    """

    name: str
    part: str
    whose: str
    fact: Fact
    condition: Condition
    line: Markup

    @property
    def has_interval(self) -> bool:
        """Whether one is due: what is itself how sure something is has none."""
        return self.fact.unit != VERDICT and self.condition.indicator not in CERTAINTIES


@dataclass(frozen=True)
class Step:
    """A recommendation with its words. `short` is empty for a rule of a team's own."""

    rule: Rule
    grade: str
    affected: Fact
    action: Markup
    why: Markup
    who: Markup
    first_step: Markup
    progress: Markup
    would_change: Markup
    short: Markup
    evidence: tuple[Piece, ...]


@dataclass(frozen=True)
class Miss:
    """A rule of which a single condition does not hold, by little. `part` is the sub-sector it was asked of."""

    rule: Rule
    part: str
    failing: Piece


@dataclass(frozen=True)
class Answered:
    """What a rule that was asked comes to: its verdict, and what decides it. `part` is the sub-sector, or empty."""

    rule: Rule
    part: str
    verdict: str
    deciding: Piece


def advice(brief: Brief, area: str = "") -> Advice:
    """What follows for an area: the pack's own, if none is named."""
    return _adviser(brief).advise(area or brief.area)


def steps(brief: Brief, *, most: int | None = None) -> list[Step]:
    """The recommendations of the pack's area in their order, said."""
    return [_step(brief, each) for each in advice(brief).recommendations[:most]]


def misses(brief: Brief) -> list[Miss]:
    return [_miss(brief, each) for each in advice(brief).near_misses]


def answers(brief: Brief) -> list[Answered]:
    """What each rule that is asked of the pack's area comes to."""
    return [
        Answered(one.rule, _part(brief, one.sub_sector), one.verdict, _piece(brief, one.deciding))
        for one in _adviser(brief).answers(brief.area)
    ]


def fired(brief: Brief, area: str) -> tuple[Recommendation, ...]:
    """All that follows for an area, told in its pack or not."""
    found = advice(brief, area)
    return (*found.recommendations, *found.further)


def unknown(brief: Brief, rules: Iterable[Rule], areas: Iterable[str]) -> list[Fact]:
    """
    Why nobody can say whether any of the rules holds in any of the areas: for each area a fact that they need and that
    is not known. Nothing where there is an area of which that can be said.
    """
    found = []
    for area in areas:
        for rule in rules:
            for tested in _adviser(brief).examine(rule, area).values():
                missing = [each.fact for each in tested if not each.fact.known]
                if not missing:
                    return []
                found.append(missing[0])
    return found


def concerned(found: Recommendation) -> Fact:
    """The fact that stands for a recommendation where recommendations are counted: the jobs that it affects."""
    return found.affected if found.affected.known else found.binding.fact


def _adviser(brief: Brief) -> Adviser:
    return adviser(brief.release, brief.findings, brief.material.rules or (), brief.classification)


def _step(brief: Brief, found: Recommendation) -> Step:
    return Step(
        rule=found.rule,
        grade=found.grade,
        affected=found.affected,
        evidence=tuple(_piece(brief, each) for each in found.tested),
        **_texts(brief, found),
    )


def _texts(brief: Brief, found: Recommendation) -> dict[str, Markup]:
    own = found.rule.texts
    if own is not None:
        return {block: Markup.escape(getattr(own, block, "")) for block in advised.BLOCKS}
    texts = advised.said(brief, found, _beside(brief, found), crosses=_crosses(brief, found))
    return {block: text.html for block, text in texts.items()}


def _beside(brief: Brief, found: Recommendation) -> frozenset[str]:
    """Other rules whose steps speak of the same sub-sector of the same area."""
    told = advice(brief, found.area).recommendations if found.sub_sector else ()
    return frozenset(one.rule.id for one in told if one.sub_sector == found.sub_sector and one.rule is not found.rule)


def _crosses(brief: Brief, found: Recommendation) -> bool:
    """Whether a hotspot of the region lies in it in part only."""
    if brief.kind != "regional":
        return False
    year = brief.years("jobs")[-1]
    hotspots = {
        member: brief.fact("hotspot", "all", area=member.code, year=year) for member in brief.members_of(found.area)
    }
    return any(member.shared and fact.value == 1 for member, fact in hotspots.items())


def _miss(brief: Brief, found: NearMiss) -> Miss:
    return Miss(found.rule, _part(brief, found.sub_sector), _piece(brief, found.failing))


def _piece(brief: Brief, tested: Tested) -> Piece:
    fact = tested.fact
    area, indicator, sub_sector = fact.key[:3]
    return Piece(
        name=BY_ID[indicator].name,
        part=_part(brief, sub_sector),
        whose="" if area == brief.subject else brief.spoken(area),
        fact=fact,
        condition=tested.condition,
        line=_line(tested.condition.number, fact.unit),
    )


def _line(number: float, unit: str) -> Markup:
    """The number that a condition holds a fact against, as short as it can be."""
    text = f"{number * 100 if unit in formats.PARTS_OF_ONE else number:,.10g}".replace("-", formats.MINUS)
    called = f"{formats.NARROW}%" if unit in formats.SHARES else ""
    return Markup('<span data-fixed="method">{}</span>').format(text + called)


def _part(brief: Brief, sub_sector: str) -> str:
    return brief.short(sub_sector) if sub_sector not in ("", CREATIVE) else ""
