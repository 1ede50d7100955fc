"""
Pack: all files for one area, in memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.facts.fact import Fact


@dataclass(frozen=True)
class Pack:
    """
    Args:
        area: code.
        folder: name of the pack's folder, `E30000165_bath`.
        files: relative path → bytes: the PDF, `facts.csv`, `data.csv`, `figures/*.svg`.
        facts: the facts shown, in the order of their first appearance.
        html: the document they stand in (not written).
        pages: number of pages of the PDF.
    """

    area: str
    folder: str
    files: Mapping[str, bytes]
    facts: tuple[Fact, ...]
    html: str
    pages: int
