"""
Pack: all files for one area, in memory.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.facts.fact import Fact
from reportgen.release.model import Release


@dataclass(frozen=True)
class Pack:
    """
    Args:
        area: code.
        folder: name of the pack's folder, `E30000165_bath`.
        files: relative path → bytes: the PDF, `facts.csv`, `data.csv`, `figures/*.svg`, `infographic*`.
        facts: the facts shown, in the order of their first appearance.
        html: the document they stand in (not written).
        pages: number of pages of the PDF.
        beside: HTML of an infographic that stands on no page, for the check of numbers (not written).
        digest: hash of the document that it was made from, as `Written.digest`.
    """

    area: str
    folder: str
    files: Mapping[str, bytes]
    facts: tuple[Fact, ...]
    html: str
    pages: int
    beside: str = ""
    digest: str = ""


def folder_of(area: str, release: Release) -> str:
    """
    Name of a pack's folder: code and slug. Only letters, digits, `-` and `_`, whatever the area is called.
    """
    return f"{_allowed(area)}_{slug(release.name_of(area))}"


def slug(name: str) -> str:
    """
    A name for files: lower case ASCII letters, digits and hyphens, at most 60 of them.

    >>> slug("Llandrindod Wells and Builth Wells"), slug("Ŵyn / ../x"), slug("<>")
    ('llandrindod-wells-and-builth-wells', 'wyn-x', 'area')
    """
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name)[:60].strip("-") or "area"


def _allowed(code: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]", "-", code)
