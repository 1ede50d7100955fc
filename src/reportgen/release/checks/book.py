"""
Book: the sheets of a release together, and how a message names a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from reportgen.classification import Classification
from reportgen.release.model import ReleaseInfo
from reportgen.release.sheet import Sheet
from reportgen.release.tables import BY_NAME, Kind


@dataclass(frozen=True)
class Book:
    """
    What the checks look at.
    Args:
        sheets: table → sheet with exactly the declared columns; tables that could not be read are left out.
        info, classification: None if they could not be read; the checks that need them are passed over.
    """

    sheets: Mapping[str, Sheet]
    info: ReleaseInfo | None
    classification: Classification | None

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Code → name of every area."""
        areas = self.sheets.get("areas")
        if areas is None:
            return {}
        code, name = areas.columns["code"], areas.columns["name"]
        return {code.at(row): name.at(row) for row in range(len(areas))}

    def called(self, area: str) -> str:
        """`E30000180 Bristol`, or the code alone if the area is unknown."""
        return f"{area} {self.names[area]}" if area in self.names else area

    def describe(self, table: str, row: int | np.intp, but: tuple[str, ...] = ()) -> str:
        """The key of a row as a message shows it: `2023, E30000180 Bristol, 5911`."""
        sheet = self.sheets[table]
        parts = []
        for name in BY_NAME[table].key:
            if name not in but:
                text = sheet.columns[name].at(row)
                parts.append(self.called(text) if BY_NAME[table].column(name).kind is Kind.AREA else text)
        return ", ".join(parts)
