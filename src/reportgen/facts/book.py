"""
Book: all facts of a run, looked up by what they are about.
"""

from __future__ import annotations

from reportgen.analysis.findings import BY_ID, Findings
from reportgen.facts.fact import Fact, id_of
from reportgen.release.tables import Status


class FactBook:
    """Turns findings into facts when asked; holds nothing itself."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings

    def fact(
        self, area: str, indicator: str, sub_sector: str = "", year: str = "", other: str = "", variant: str = ""
    ) -> Fact:
        """
        The fact with this key.
        Raises: KeyError: no such finding; every area has a row, also where nothing is known.
        """
        row = self._findings.get(area, indicator, sub_sector, year, other, variant)
        kind = BY_ID[indicator]
        return Fact(
            id=id_of(area, indicator, sub_sector, year, other, variant),
            value=row.value,
            low=row.low,
            high=row.high,
            unit=kind.unit,
            digits=kind.digits,
            status=Status(row.status),
            reason=row.reason,
            source=row.source,
        )
