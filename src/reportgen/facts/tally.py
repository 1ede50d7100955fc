"""
Tally: numbers that a page makes of its own lists, as facts: how many places it names,
how much of an area lies in another.
Takes the facts that are counted, gives a fact that names them, so that the count can be traced like any other number.
"""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.analysis.shape import Indicator
from reportgen.facts.fact import Fact, id_of
from reportgen.release.tables import Status

TALLY, INSIDE = "tally", "share-inside"  # in the place of an indicator


def tally(
    area: str, year: str, word: str, counted: Iterable[Fact], *, unit: str = "areas", of: Iterable[Fact] = ()
) -> Fact:
    """
    How many facts there are of a kind.
    Args:
        area, year: whose page counts, and of when; word: what is counted, the last part of the id.
        counted: each is one of those counted.
        unit: of what is counted out, one of `EXACT`.
        of: further facts that the count rests on: those that were looked at and do not count.
    """
    ones = tuple(counted)
    return stated(area, year, word, len(ones), (*ones, *of), unit=unit)


def stated(area: str, year: str, word: str, number: int | None, of: Iterable[Fact], *, unit: str = "areas") -> Fact:
    """A count that something else made of the facts `of`; None where it is not known, with the reason of the first."""
    facts = {fact.id: fact for fact in of}
    sources = dict.fromkeys(table for fact in facts.values() for table in fact.source.split(";") if table)
    return Fact(
        id=id_of(area, TALLY, "", year, "", word),
        value=None if number is None else float(number),
        low=None,
        high=None,
        unit=unit,
        digits=0,
        status=Status.MISSING if number is None else Status.OK,
        reason="" if number is not None else next((fact.reason for fact in facts.values() if not fact.known), ""),
        source=";".join(sources),
        of=tuple(facts),
    )


def share_inside(area: str, group: str, share: float) -> Fact:
    """How much of an area lies in a group, by the release's table of memberships; a share from 0 to 1."""
    id = id_of(area, INSIDE, "", "", group, "")
    return Fact(id, share, None, None, unit="share", digits=0, status=Status.OK, reason="", source="membership")


# What they are, for those who ask: no family of findings has them.
COUNTED = {
    TALLY: Indicator(
        TALLY,
        name="Counted for a pack",
        unit="number",
        digits=0,
        definition="How many facts a list of the pack speaks of; facts.csv names them.",
        formula="counted from the facts that are listed",
        source="",
        made_by=tally,
    ),
    INSIDE: Indicator(
        INSIDE,
        name="Share of an area inside another",
        unit="share",
        digits=0,
        definition="How much of an area lies in another, as the release says.",
        formula="the share of the release's table of memberships",
        source="",
        made_by=share_inside,
    ),
}
