"""Rules by area: which rule holds in how many areas, and where; the page of the national report before its own steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup

from reportgen.assessment.recommendations import MOST, Recommendation
from reportgen.assessment.rules import Rule
from reportgen.charts.small_maps import Panel, small_maps
from reportgen.document import advice
from reportgen.document.brief import Brief
from reportgen.document.figures import charted
from reportgen.document.figures import rows as figure_rows
from reportgen.facts.fact import Fact

COLUMNS = 3  # maps side by side
MAP = (55.0, 78.0)  # mm
NAMED = 3  # places that the alternative text names for each map
Given = Mapping[str, Sequence[Recommendation]]


def gather(brief: Brief) -> dict[str, Any] | None:
    """Nothing where no rule is asked of local areas."""
    codes = brief.release.at_level("local")
    rules = [rule for rule in brief.material.rules or () if {"local", "regional"} & set(rule.kinds)]
    if not codes or not rules:
        return None
    local, regional = _given(brief, codes), _given(brief, brief.release.at_level("regional"))
    rows = [
        {"rule": rule, "local": _count(brief, rule, "local", local), "regional": _count(brief, rule, "regional", regional)}
        for rule in rules
    ]
    most = max((row for row in rows if row["local"]), key=lambda row: row["local"].value, default=None)
    context: dict[str, Any] = brief.words | {
        "rows": rows,
        "silent": any(not (row["local"] and row["local"].value) and not (row["regional"] and row["regional"].value) for row in rows),
        "most": most["local"] if most else None,
        "most_rule": most["rule"] if most and most["local"].value else None,
        "most_steps": MOST,
        "reached": brief.tally("areas-with-a-step", [advice.concerned(each[0]) for each in local.values() if each]),
        "all_areas": brief.fact("areas", area=brief.area, year=brief.years("jobs")[-1]),
    }
    context["heading"] = brief.say("rules_by_area", "heading", context).html
    context["figure"] = _maps(brief, context, local)
    context["table_number"] = brief.next_table()
    return context


def _given(brief: Brief, codes: Sequence[str]) -> Given:
    return {code: advice.advice(brief, code).recommendations for code in codes}


def _count(brief: Brief, rule: Rule, kind: str, given: Given) -> Fact | None:
    """In how many areas a rule holds; None where it is not asked of areas of that kind."""
    if kind not in rule.kinds:
        return None
    facts = [advice.concerned(each) for found in given.values() for each in found if each.rule.id == rule.id]
    return brief.tally(f"{kind}-{rule.id}", facts)


def _maps(brief: Brief, context: Mapping[str, Any], given: Given) -> Markup:
    """A map for each principle. Nothing where the release has no outlines, or no step follows anywhere."""
    if not brief.release.boundaries or not any(given.values()):
        return Markup()
    land = brief.outlines.basemap(*MAP, inset=1.0)
    panels, drawn, rows = [], [], []
    for principle in dict.fromkeys(rule.principle for rule in brief.material.rules or () if "local" in rule.kinds):
        here = {code: [one for one in found if one.rule.principle == principle] for code, found in given.items()}
        here = {code: found for code, found in here.items() if found}
        fact = brief.tally(f"principle-{principle}", [advice.concerned(found[0]) for found in here.values()])
        said = {**context, "id": principle, "fact": fact}
        title, note = (brief.say("rules_by_area", f"panel_{part}", said).plain for part in ("title", "note"))
        firm = tuple(code for code, found in here.items() if any(one.grade == "A" for one in found))
        panels.append(Panel(title, note, firm, tuple(code for code in here if code not in firm)))
        names = [brief.release.name_of(code) for code in here]
        drawn.append({"title": title, "fact": fact, "names": names[:NAMED] if len(names) > NAMED else names})
        rows += [(f"{title}: {brief.release.name_of(code)}", advice.concerned(found[0])) for code, found in here.items()]
    off = [brief.release.name_of(code) for code, found in given.items() if found and land.at(code) is None]
    draw = partial(small_maps, figure_rows(rows), land, panels, fonts=brief.fonts, columns=COLUMNS)
    more = {**context, "panels": drawn, "off_map": off}
    return charted(brief, draw, "rules_by_area", "maps", more, "employment", "businesses", "boundaries")
