"""
Fact: a finding ready to be said.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from reportgen.facts import format as formats
from reportgen.release.tables import Status

# Units of what is counted out, not estimated.
EXACT = frozenset(
    {
        *("areas", "sub-sectors", "industries", "institutions", "graduates", "cells", "projections", "claims"),
        *("recommendations", "stars", "rank", "yes or no"),
    }
)


@dataclass(frozen=True)
class Fact:
    """
    One number, or the reason why there is none.
    Args:
        id: `area/indicator/sub-sector/year/other/variant`, empty parts `-`.
        value, low, high: None exactly where the status says that there is no number; bounds may be absent. Of an
            estimate that means that nobody knows them, not that it is sure.
        unit, digits: from the indicator.
        status: of the finding; reason: why it is not `ok`, as a whole sentence.
        source: names of the tables it rests on.
        of: of a tally, the ids of the facts that it counts.
    """

    id: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    digits: int
    status: Status
    reason: str
    source: str
    of: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        return self.value is not None

    @property
    def exact(self) -> bool:
        """Whether a value without an interval is sure: verdicts and what counts them are, estimates are not."""
        return self.unit in EXACT

    @property
    def ends(self) -> tuple[float, float]:
        """Between what a known value may lie: its interval; without one, itself if it is exact, else anywhere."""
        assert self.value is not None
        low, high = (self.value, self.value) if self.exact else (-math.inf, math.inf)
        return (low if self.low is None else self.low, high if self.high is None else self.high)

    @property
    def printed(self) -> Fact:
        """The same with its numbers as they are printed: what files and charts have of it."""
        value, low, high = formats.printed(self.value, self.low, self.high, self.unit, self.digits)
        return replace(self, value=value, low=low, high=high)

    @property
    def key(self) -> tuple[str, ...]:
        return key_of(self.id)


def id_of(*key: str) -> str:
    """
    The id of a fact from the parts of its key.

    >>> id_of("E12000009", "jobs", "", "2024", "", ""), key_of("E12000009/jobs/-/2024/-/-")
    ('E12000009/jobs/-/2024/-/-', ('E12000009', 'jobs', '', '2024', '', ''))
    """
    return "/".join(part or "-" for part in key)


def key_of(id: str) -> tuple[str, ...]:
    """The parts of an id: area, indicator, sub-sector, year, other, variant."""
    return tuple("" if part == "-" else part for part in id.split("/"))
