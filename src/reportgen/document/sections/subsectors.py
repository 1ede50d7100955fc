"""Sub-sectors: what a place is good at, against Great Britain and among its peers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportgen.document.brief import COUNT, QUOTIENT, TABLE, Brief
from reportgen.document.sections import pictures
from reportgen.facts.fact import Fact
from reportgen.facts.words import SIDES
from reportgen.release.tables import Status

NAMED = 3  # sub-sectors that a sentence names before it counts them
TOLD = {"regional": 1, "local": 2}  # strengths and gaps that get a sentence of their own


def gather(brief: Brief) -> dict[str, Any] | None:
    quotients = {part: brief.fact(QUOTIENT[brief.measure], part) for part in brief.sub_sectors}
    known = brief.by_quotient
    doubtful = brief.on_side("open")
    hidden = [part for part in quotients if not quotients[part].known]
    if not known and {fact.reason for fact in quotients.values()} == {brief.quotient.reason}:
        return None  # the headline page has said why there is nothing
    heavy = _in_jobs(brief, brief.on_side("above"))
    counted = len(brief.on_side("above")) + len(brief.on_side("below")) > NAMED  # the heading counts, the lede names
    context: dict[str, Any] = brief.words | {
        "known": bool(known),
        "quotient": brief.quotient,
        "above": [brief.short(part) for part in brief.strengths],
        "below": [brief.short(part) for part in brief.gaps],
        "strengths": [brief.short(part) for part in brief.on_side("above")] if counted else [],
        "gaps": [brief.short(part) for part in brief.on_side("below")] if counted else [],
        "foremost": heavy[0]["short"] if heavy and heavy[0]["above"].status is Status.OK else "",
        "most_named": NAMED,
        "source": brief.source_line(TABLE[brief.measure]),
        "counts": {name: brief.side_count(name) for name in SIDES},
        "ranked": [{"name": brief.full(part), "fact": quotients[part]} for part in known],
        "best": quotients[known[0]] if known else None,
        "best_known": bool(brief.strengths) and brief.strengths[0] == known[0],
        "best_name": brief.full(known[0]) if known else "",
        "lowest": quotients[brief.gaps[0]] if brief.gaps else None,
        "lowest_name": brief.full(brief.gaps[0]) if brief.gaps else "",
        "banded": len(brief.peers) > 1,
        "untold": [brief.full(part) for part in hidden],
        "untold_reasons": [{"full": brief.full(part), "fact": quotients[part]} for part in hidden],
        "open_names": [brief.short(part) for part in doubtful] if len(doubtful) <= NAMED else [],
        "strong": heavy,
        "weak": _in_jobs(brief, brief.on_side("below")),
    }
    for block in ("heading", "lede"):
        context[block] = brief.say("subsectors", block, context).html
    if _mostly_nothing([quotients[part] for part in known]):
        counts = [(brief.full(part), brief.fact(COUNT[brief.measure], part)) for part in known]
        counts.sort(key=lambda row: -(row[1].value or 0.0))
        return context | {"figure": "", "table_number": brief.next_table(), "counted": counts}
    context |= {"table_number": 0, "counted": []}
    context["figure"] = pictures.sub_sector_dots(brief, context, "subsectors") if known else ""
    return context


def _mostly_nothing(quotients: Sequence[Fact]) -> bool:
    """Whether most of the known quotients are those of counts that round to 0: a picture would show what chance may."""
    return 2 * sum(fact.value == 0 for fact in quotients) > len(quotients)


def _in_jobs(brief: Brief, parts: list[str]) -> list[dict[str, Any]]:
    """Those that weigh most in jobs, not in concentration: a high quotient of a small sub-sector is few jobs."""
    if brief.measure != "jobs":
        return []
    above = {part: brief.fact("jobs-above-expected", part) for part in parts}
    heaviest = sorted(parts, key=lambda part: -abs(above[part].value or 0.0))[: TOLD[brief.kind]]
    return [
        {
            "full": brief.full(part),
            "short": brief.short(part),
            "jobs": brief.fact("creative-jobs", part),
            "above": above[part],
        }
        for part in heaviest
    ]
