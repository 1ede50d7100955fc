"""
Partners: who, from data, a recommendation names beside the area's own: a university, a buying industry, the hotspot
next door, a peer that grew more. Takes a release and its findings, gives names with facts; invents nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from reportgen.assessment.conditions import Wanted, reliable
from reportgen.assessment.grounds import Grounds
from reportgen.classification import CREATIVE, Classification
from reportgen.facts.fact import Fact

COMPUTING = "graduates-computing"
CREATIVE_GRADUATES = "graduates-creative"
SOFTWARE = "it-software-and-computer-services"


@dataclass(frozen=True)
class Partner:
    """
    Who is named.
    Args:
        kind: university, buyer, hotspot or peer. name: as a sentence says it. code: of an area or industry.
        facts: name → what is known of it.
    """

    kind: str
    name: str
    code: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict, hash=False)


class Partners:
    """Finds the partners of all areas of one release."""

    def __init__(self, grounds: Grounds, classification: Classification) -> None:
        self._grounds, self._classification = grounds, classification

    def of(self, kind: str, area: str, sub_sector: str) -> Partner | None:
        """
        The partner of a kind; None where there is none.
        Args:
            sub_sector: that the recommendation speaks of: of software, a university counts by its graduates in
                computing, else by those in creative subjects.
        """
        if kind == "university":
            return self._university(area, sub_sector)
        if kind == "buyer":
            return self._buyer(area)
        return self._hotspot(area) if kind == "hotspot" else self._peer(area)

    def _university(self, area: str, sub_sector: str) -> Partner | None:
        """The institution with most graduates, in the area or, of a region, in the local areas it is made of."""
        computing = sub_sector == SOFTWARE
        biggest = self._biggest[COMPUTING if computing else CREATIVE_GRADUATES]
        release = self._grounds.release
        inside = [area] if area in biggest else release.local_members(area)["area"].tolist()
        found = [biggest[each] for each in inside if each in biggest]
        if not found:
            return None
        wanted = Wanted("", "graduates", variant="computing" if computing else "creative")
        graduates = self._grounds.fact(wanted, area)
        return Partner("university", min(found)[1], facts={} if graduates is None else {"graduates": graduates})

    def _buyer(self, area: str) -> Partner | None:
        """Of the industries outside the creative that buy most of creative suppliers here, that with most jobs."""
        found = self._known(area, "buying-industry")
        if not found:
            return None
        other, fact = max(found, key=lambda each: each[1].value or 0.0)
        return Partner("buyer", self._classification.industry(other), other, {"share": fact})

    def _hotspot(self, area: str) -> Partner | None:
        """Of the neighbours that are hotspots, that with the highest location quotient of creative jobs."""
        wanted = Wanted("", "location-quotient", CREATIVE)
        found = []
        for other, fact in self._known(area, "neighbouring-hotspot"):
            quotient = self._grounds.fact(wanted, other)
            if fact.value == 1 and quotient is not None and quotient.value is not None:
                found.append((-quotient.value, other, quotient))
        if not found:
            return None
        _, code, quotient = min(found, key=lambda each: each[:2])
        return Partner("hotspot", self._grounds.release.name_of(code), code, {"quotient": quotient})

    def _peer(self, area: str) -> Partner | None:
        """The nearest by its profile of jobs of those peers that surely grew more."""
        for code, fact in self._known(area, "peer-growth-difference"):
            if fact.low is not None and fact.low > 0:
                return Partner("peer", self._grounds.release.name_of(code), code, {"difference": fact})
        return None

    def _known(self, area: str, indicator: str) -> list[tuple[str, Fact]]:
        """Other → fact of an indicator that has some, by variant, which ranks them; those that can be relied on."""
        found = [
            (other, self._grounds.fact(Wanted("", indicator, part, other, variant), area))
            for part, other, variant in sorted(self._others(indicator).get(area, ()), key=lambda parts: parts[2])
        ]
        return [(other, fact) for other, fact in found if fact is not None and reliable(fact)]

    def _others(self, indicator: str) -> Mapping[str, tuple[tuple[str, str, str], ...]]:
        if indicator not in self._parts:
            self._parts[indicator] = self._grounds.others(indicator)
        return self._parts[indicator]

    @cached_property
    def _parts(self) -> dict[str, Mapping[str, tuple[tuple[str, str, str], ...]]]:
        return {}

    @cached_property
    def _biggest(self) -> dict[str, dict[str, tuple[float, str]]]:
        """Measure → local area → its institution with most, negated so that the least is the biggest; then by name."""
        found: dict[str, dict[str, tuple[float, str]]] = {COMPUTING: {}, CREATIVE_GRADUATES: {}}
        rows = self._grounds.release.universities
        if rows is None:
            return found
        columns = (rows[name].tolist() for name in ("institution", "area", "measure", "value"))
        for institution, area, measure, value in zip(*columns, strict=True):
            if measure in found and value > 0:  # not a number where it is not known
                mine = (-value, institution)
                found[measure][area] = min(found[measure].get(area, mine), mine)
        return found
