"""Regions: which sub-sector is concentrated in which region or country."""

from __future__ import annotations

from typing import Any

from reportgen.document.brief import Brief
from reportgen.document.sections import pictures
from reportgen.facts.fact import Fact
from reportgen.facts.tally import tally
from reportgen.facts.words import side

ROW = 16.0  # px, height of a bar with its name
SHADES = (0.75, 0.9, 1.1, 1.5)  # steps of colour of a location quotient


def gather(brief: Brief) -> dict[str, Any] | None:
    regional = brief.release.at_level("regional")
    ranking = pictures.ranking(brief, regional, pictures.quotient_of(brief, "jobs"))
    if not ranking.known:
        return None  # without any region's jobs there is nothing to compare
    context: dict[str, Any] = brief.words | {
        "above": [brief.spoken(row.code) for row in ranking.known if side(row.fact, 1) == "above"],
        "top": ranking.known[0].fact,
        "top_name": brief.spoken(ranking.known[0].code),
        "steps": [f"{step:g}" for step in SHADES],
        "heads": [brief.short(part) for part in brief.sub_sectors],
        "rows": [_row(brief, code) for code in regional],
        "source": brief.source_line("employment"),
    }
    context |= _leaders(brief, regional)
    context["heading"] = brief.say("regions", "heading", context).html
    context["figure"] = pictures.bars(brief, ranking, context, "regions", "bars", 174.0, row=ROW)
    context["table_number"] = brief.next_table()
    return context


def _row(brief: Brief, code: str) -> dict[str, Any]:
    facts = [brief.fact("location-quotient", part, area=code) for part in brief.sub_sectors]
    return {"name": brief.release.name_of(code), "facts": facts, "shades": [shade(fact) for fact in facts]}


def _leaders(brief: Brief, codes: list[str]) -> dict[str, Any]:
    """Which region has the highest quotient in the most sub-sectors, in how many, and which come first elsewhere."""
    first: dict[str, tuple[str, Fact]] = {}
    for part in brief.sub_sectors:
        known = [(code, fact) for code in codes if (fact := brief.fact("location-quotient", part, area=code)).known]
        if known:
            first[part] = max(known, key=lambda pair: pair[1].value or 0.0)
    ahead = [code for code, _ in first.values()]
    leader = max(dict.fromkeys(ahead), key=ahead.count, default="")
    return {
        "leader": brief.spoken(leader) if leader else "",
        "led": tally(
            brief.area,
            brief.year,
            f"highest-in-{leader}",
            [fact for code, fact in first.values() if code == leader],
            unit="sub-sectors",
            of=[fact for _, fact in first.values()],
        ),
        "elsewhere": [(brief.full(part), brief.spoken(code)) for part, (code, _) in first.items() if code != leader],
    }


def shade(fact: Fact) -> str:
    """The class of a cell's colour, `h0` to `h4`, by its number as printed; none where there is none."""
    value = fact.printed.value
    if value is None:
        return ""
    return f"h{sum(value >= step for step in SHADES)}"
