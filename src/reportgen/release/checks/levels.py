"""
Levels: checks that every level which gets packs has areas, and figures of them.
"""

from __future__ import annotations

from reportgen.errors import Problem
from reportgen.release.checks.book import Book
from reportgen.release.info import FILE

FIGURES = ("employment", "businesses", "innovation", "universities")  # tables with figures of areas


def check_levels(book: Book) -> list[Problem]:
    """
    Levels that get packs, but have no areas, or no row of any of them. The national area may be without: its report
    then speaks of Great Britain.
    """
    info, areas = book.info, book.sheets.get("areas")
    if info is None or areas is None or FIGURES[0] not in book.sheets:
        return []  # the rows may stand in the table that could not be read
    figures = [book.sheets[name] for name in FIGURES if name in book.sheets]
    texts = [sheet.columns["area"] for sheet in figures]
    with_rows = {code for text in texts for code, count in zip(text.values, text.counts(), strict=True) if count}
    members: dict[str, list[str]] = {id: [] for id in info.levels}
    for row in range(len(areas)):
        members.get(areas.columns["level"].at(row), []).append(areas.columns["code"].at(row))
    problems = []
    for id, level in info.levels.items():
        codes = members[id]
        if level.kind in ("national", "benchmark") or id in info.derive_levels or with_rows.intersection(codes):
            continue
        if level.kind == "custom" and codes:  # `groups` looks at each of its areas
            continue
        further = f" and {len(codes) - 1:,} more" if len(codes) > 1 else ""
        detail = f"level {id}" + (f": {book.called(codes[0])}{further}" if codes else "")
        what = "a level has areas, and no table has a row of any of them" if codes else "a level has no areas"
        why = "its packs would have nothing to say" if codes else "its areas were lost, or its name is misspelt"
        fix = "add their rows; if they are the sum of their parts, name the level in derive_levels"
        fix = fix if codes else f"add its areas to areas.csv, or take [levels.{id}] out of {FILE}"
        kind = "level-without-rows" if codes else "level-without-areas"
        problems.append(Problem(kind, what, why, fix, file=FILE, detail=detail))
    return problems
