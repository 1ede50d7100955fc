"""Register: every local area of the release, one line each."""

from __future__ import annotations

from typing import Any

from reportgen.document.brief import Brief
from reportgen.document.sections.pictures import area_facts


def gather(brief: Brief) -> dict[str, Any] | None:
    codes = sorted(brief.release.at_level("local"), key=brief.release.name_of)
    if not codes:
        return None
    rows = [area_facts(brief, code) | {"code": code, "name": brief.release.name_of(code)} for code in codes]
    return brief.words | {"rows": rows, "source": brief.source_line("employment", "businesses")}
