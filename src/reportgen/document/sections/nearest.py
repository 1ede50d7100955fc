"""Nearest: the places whose creative work is most like that of a local area, and how these fare beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reportgen.document.brief import QUOTIENT, Brief
from reportgen.facts.fact import Fact
from reportgen.facts.words import SIDES, Side, compared, side


@dataclass(frozen=True)
class Place:
    """A row of the table: the area itself, its region, or a peer."""

    name: str
    spoken: str
    quotient: Fact
    effective: Fact
    growth: Fact
    distance: Fact | None = None


def gather(brief: Brief) -> dict[str, Any] | None:
    if brief.area not in brief.release.at_level("local"):
        return None
    nearest = _nearest(brief)
    own = _place(brief, brief.area)
    home = brief.regions[0].code if brief.regions else ""
    alone = bool(home) and len(brief.members_of(home)) == 1  # then its region is the area itself
    region = _place(brief, home) if home and not alone else None
    peers = [_place(brief, fact.key[4], fact) for fact in nearest if fact.known]
    grown = _grown(brief, nearest) if brief.measure == "jobs" else {}
    context: dict[str, Any] = brief.words | {
        "own": own,
        "home": region,
        "peers": peers,
        "weights": _weights(own, peers),
        "why_none": nearest[0],
        "too_few": _too_few(brief),
        "spread": compared(own.effective, region.effective) if region else "unknown",
        "grown": grown,
        "source": brief.source_line(*(["employment"] if brief.measure == "jobs" else []), "businesses"),
    }
    context |= {block: brief.say("nearest", block, context).html for block in ("heading", "said")}
    return context | {"table_number": brief.next_table() if peers else 0}


def has_peers(brief: Brief) -> bool:
    """Whether there is a table of peers."""
    return brief.area in brief.release.at_level("local") and any(fact.known for fact in _nearest(brief))


def _weights(own: Place, peers: list[Place]) -> Side | None:
    """On which side of all its peers an area's creative share lies; None where it is not the same side of each."""
    sides = {compared(own.quotient, peer.quotient) for peer in peers}
    return sides.pop() if len(sides) == 1 else None


def _too_few(brief: Brief) -> bool:
    """Whether it has fewer creative local units than a profile is compared from."""
    units = brief.fact("creative-local-units", "all", year=brief.years("units")[-1])
    return units.value is not None and units.value < brief.settings.hotspot.creative_units


def _nearest(brief: Brief) -> list[Fact]:
    """Its distances from its nearest peers, the nearest first; where it has none, the one that says why."""
    rows = brief.findings.rows("nearest-peer", area=brief.area)
    return [
        brief.book.fact(brief.area, "nearest-peer", "all", brief.year, other, variant)
        for other, variant in zip(rows["other"].tolist(), rows["variant"].tolist(), strict=True)
        if variant.startswith(f"{brief.measure}.")
    ]


def _grown(brief: Brief, nearest: list[Fact]) -> dict[Side, list[str]]:
    """On which side of its own growth of creative jobs that of each peer lies, by the difference of the two."""
    codes = [fact.key[4] for fact in nearest if fact.known]
    beyond = {code: brief.book.fact(brief.area, "peer-growth-difference", "all", brief.year, code) for code in codes}
    return {where: [brief.spoken(code) for code in codes if side(beyond[code], 0) == where] for where in SIDES}


def _place(brief: Brief, code: str, distance: Fact | None = None) -> Place:
    return Place(
        brief.release.name_of(code),
        brief.spoken(code),
        brief.fact(QUOTIENT[brief.measure], "all", area=code),
        brief.book.fact(code, "effective-sub-sectors", "all", brief.year, variant=brief.measure),
        brief.growth(code),
        distance,
    )
