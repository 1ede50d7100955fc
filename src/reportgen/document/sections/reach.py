"""Reach: in which areas which rules hold, counted, listed and, for the nation, on maps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from reportgen.assessment.recommendations import Recommendation
from reportgen.assessment.rules import Rule
from reportgen.charts.small_maps import Panel, small_maps
from reportgen.document import advice
from reportgen.document.brief import Brief
from reportgen.document.figures import charted
from reportgen.document.figures import rows as figure_rows
from reportgen.facts.fact import Fact
from reportgen.facts.tally import stated

COLUMNS, SQUARE = 3, 2  # maps side by side; of four none stands alone below the others
MAP = (55.0, 68.0)  # mm
FIRM = "A"
MOST_LINES = 2  # rules that the headline page has room for
MIRROR = "no-flagship"  # of the rules that back what is there: counted by itself beside them


@dataclass(frozen=True)
class Line:
    """
    A rule and where it holds. Counts are None where it is not asked of areas of that kind.
    Args: names: of the areas that a regional pack lists.
    """

    rule: Rule
    local: Fact | None
    regional: Fact | None
    names: tuple[str, ...]

    @property
    def counts(self) -> tuple[Fact, ...]:
        return tuple(count for count in (self.local, self.regional) if count is not None)


Given = Mapping[str, Sequence[Recommendation]]


def within(brief: Brief) -> dict[str, Any]:
    """Which of the areas that lie in a group have which recommendation; nothing for an area that is no group."""
    given = _inside(brief)
    lines = [line for line in _lines(brief, given, {}) if line.names]
    return _counted(brief, given) | {
        "lines": lines,
        "none": [brief.release.name_of(code) for code, found in given.items() if not found],
        "outside": any(_outside(each, given) for found in given.values() for each in found),
        "table_number": brief.next_table() if lines else 0,
    }


def counted(brief: Brief) -> dict[str, Any]:
    """In how many of the areas that lie in a group a step follows, how many there are, and which steps most have."""
    given = _inside(brief)
    lines = [line for line in _lines(brief, given, {}) if line.names]
    return _counted(brief, given) | {"most_lines": sorted(lines, key=lambda line: -len(line.names))[:MOST_LINES]}


def _counted(brief: Brief, given: Given) -> dict[str, Any]:
    return {
        "reached": _reached(brief, given),
        "all_areas": brief.fact("areas", year=brief.years("jobs")[-1]) if given else None,
    }


def _inside(brief: Brief) -> dict[str, Sequence[Recommendation]]:
    """Area of a group → what follows there, by name."""
    codes = [member.code for member in brief.members_of(brief.area)] if brief.kind == "regional" else []
    return {code: advice.fired(brief, code) for code in sorted(codes, key=brief.release.name_of)}


def _outside(found: Recommendation, given: Given) -> str:
    """The name of a hotspot that an area is to connect with, where it is none of those listed; else empty."""
    partner = found.partner
    return partner.name if partner and partner.kind == "hotspot" and partner.code not in given else ""


def _named(brief: Brief, code: str, found: Recommendation, given: Given) -> str:
    name, other = brief.release.name_of(code), _outside(found, given)
    return f"{name} ({other})" if other else name


def national(brief: Brief, context: Mapping[str, Any]) -> dict[str, Any]:
    """In how many areas each rule holds, and a map for each principle; nothing where there are no local areas."""
    local, regional = (
        {code: advice.fired(brief, code) for code in brief.release.at_level(kind)} for kind in ("local", "regional")
    )
    lines = _lines(brief, local, regional) if local else []
    counted = [line for line in lines if line.local is not None and line.local.value]
    found: dict[str, Any] = {
        "lines": lines,
        "most": max(counted, key=lambda line: (line.local and line.local.value) or 0.0, default=None),
        "silent": any(all(count.value == 0 for count in line.counts) for line in lines),
        "unasked": any(all(not count.known for count in line.counts) for line in lines),
        "reached": _reached(brief, local),
        "all_areas": brief.fact("areas", area=brief.area, year=brief.years("jobs")[-1]) if local else None,
    }
    found["figure"] = _maps(brief, {**context, **found}, local)
    return found | {"table_number": brief.next_table() if lines else 0}


def _reached(brief: Brief, given: Given) -> Fact:
    return brief.tally("areas-with-a-step", [advice.concerned(found[0]) for found in given.values() if found])


def _lines(brief: Brief, local: Given, regional: Given) -> list[Line]:
    """A line for each rule that is asked of areas of these kinds, in the order of the rules."""
    lines = []
    for rule in brief.material.rules or ():
        kinds = {kind: given for kind, given in (("local", local), ("regional", regional)) if kind in rule.kinds}
        if any(kinds.values()):
            counts = {kind: _count(brief, f"{kind}-{rule.id}", [rule], given) for kind, given in kinds.items()}
            there = ((code, one) for code, found in local.items() for one in found if one.rule is rule)
            names = tuple(_named(brief, code, one, local) for code, one in there)
            lines.append(Line(rule, counts.get("local"), counts.get("regional"), names))
    return lines


def _count(brief: Brief, word: str, rules: Sequence[Rule], given: Given) -> Fact:
    """
    In how many areas one of the rules holds at least. Where it holds nowhere, as what it asks for is nowhere known, the
    count is not known either.
    """
    first = (next((one for one in found if one.rule in rules), None) for found in given.values())
    facts = [advice.concerned(one) for one in first if one is not None]
    blocking = [] if facts else advice.unknown(brief, rules, given)
    if blocking:
        return stated(brief.area, brief.year, word, None, blocking)
    return brief.tally(word, facts)


def _maps(brief: Brief, context: Mapping[str, Any], given: Given) -> Markup:
    """
    A map for each principle that a dot can be drawn for; a place for no flagship has none, as nothing there is to be
    backed. Nothing where the release has no outlines, or no step follows anywhere.
    """
    if not brief.release.boundaries or not any(given.values()):
        return Markup()
    land = brief.outlines.basemap(*MAP, inset=1.0)
    panels: list[Panel] = []
    without: list[dict[str, Any]] = []
    told: list[dict[str, Any]] = []
    rows: list[tuple[str, Fact]] = []
    for principle in dict.fromkeys(rule.principle for rule in brief.material.rules or () if "local" in rule.kinds):
        rules = [rule for rule in brief.material.rules or () if rule.principle == principle and "local" in rule.kinds]
        here = {code: [one for one in found if one.rule in rules] for code, found in given.items()}
        here = {code: found for code, found in here.items() if found}
        facts = {code: advice.concerned(found[0]) for code, found in here.items()}
        count = _count(brief, f"principle-{principle}", rules, given)
        mirrors = [rule for rule in rules if rule.id == MIRROR]
        mirror = _count(brief, f"local-{MIRROR}", mirrors, given) if mirrors and len(rules) > 1 else None
        said = {**context, "principle_id": principle, "count": count, "mirror": mirror}
        title, note = (brief.say("recommendations", f"panel_{part}", said) for part in ("title", "note"))
        dotted = {
            code: [one for one in found if mirror is None or one.rule.id != MIRROR] for code, found in here.items()
        }
        dotted = {code: found for code, found in dotted.items() if found and land.at(code)}
        firm = tuple(code for code, found in dotted.items() if any(one.grade == FIRM for one in found))
        loose = tuple(code for code in dotted if code not in firm)
        told.append({"title": title.plain, "count": count, "mirror": mirror})
        if dotted:
            panels.append(Panel(title.plain, note.plain, firm, loose))
        else:
            without.append(told[-1])
        rows += [(f"{title.plain}: {brief.release.name_of(code)}", fact) for code, fact in facts.items()]
    if not panels:
        return Markup()
    off = [brief.release.name_of(code) for code, found in given.items() if found and land.at(code) is None]
    columns = SQUARE if len(panels) == SQUARE**2 else COLUMNS
    draw = partial(small_maps, figure_rows(rows), land, panels, fonts=brief.fonts, columns=columns)
    more = {**context, "panels": told, "without": without, "off_map": off}
    return charted(brief, draw, "recommendations", "maps", more, "employment", "businesses", "boundaries")
