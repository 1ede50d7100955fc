"""
Outcome: what became of a run, and of each of its packs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reportgen.errors import Problem


@dataclass(frozen=True)
class Made:
    """A pack on the disk: paths or URLs of its files, the PDF first; `reason`: why it was made; empty: not now."""

    area: str
    name: str
    level: str
    pages: int
    files: tuple[str, ...]
    reason: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.area}): {self.pages} pages"


@dataclass(frozen=True)
class Failed:
    """
    A pack that could not be made, why, and for a fault of ours the trace of it.
    Args:
        exit_code: what the run ends with if no pack could be made, and all for a reason of this kind.
    """

    area: str
    name: str
    level: str
    problems: tuple[Problem, ...]
    trace: str = ""
    exit_code: int = 6

    def __str__(self) -> str:
        return f"{self.name} ({self.area}): no pack was written"


@dataclass(frozen=True)
class Outcome:
    """
    What became of a run; areas in the order of the plan.
    Args:
        made, unchanged: packs that were made, and those that stood there already as they must be.
        order: area → its place in the plan.
        summary: counts, seconds and what the caches gave.
    """

    release: str
    made: tuple[Made, ...]
    unchanged: tuple[Made, ...]
    failed: tuple[Failed, ...]
    manifest: str
    order: Mapping[str, int] = field(default_factory=dict)
    summary: Mapping[str, Any] = field(default_factory=dict)

    @property
    def packs(self) -> tuple[Made, ...]:
        """All that are there as they must be, in the order of the plan."""
        return tuple(sorted((*self.made, *self.unchanged), key=lambda pack: self.order[pack.area]))

    @property
    def exit_code(self) -> int:
        if self.made or self.unchanged or not self.failed:
            return 5 if self.failed else 0
        return max(one.exit_code for one in self.failed)
