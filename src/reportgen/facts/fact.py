"""
Fact: a finding ready to be said.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.release.tables import Status


@dataclass(frozen=True)
class Fact:
    """
    One number, or the reason why there is none.
    Args:
        id: `area/indicator/sub-sector/year/other/variant`, empty parts `-`.
        value, low, high: None exactly where the status says that there is no number; bounds may be absent.
        unit, digits: from the indicator.
        status: of the finding; reason: why it is not `ok`, as a whole sentence.
        source: names of the tables it rests on.
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

    @property
    def known(self) -> bool:
        return self.value is not None

    @property
    def key(self) -> tuple[str, ...]:
        return tuple("" if part == "-" else part for part in self.id.split("/"))
