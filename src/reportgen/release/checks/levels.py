"""
Levels: checks that a level which gets packs has figures to show in them.
"""

from __future__ import annotations

from reportgen.errors import Problem
from reportgen.release.checks.book import Book
from reportgen.release.info import FILE

FIGURES = ("employment", "businesses", "innovation", "universities")  # tables with figures of areas


def check_levels(book: Book) -> list[Problem]:
    """
    Levels that have areas, but no row of any of them. A level may be without areas; and the national area without
    rows, as its report then speaks of Great Britain.
    """
    info, areas = book.info, book.sheets.get("areas")
    if info is None or areas is None or FIGURES[0] not in book.sheets:
        return []  # the rows may stand in the table that could not be read
    texts = [book.sheets[name].columns["area"] for name in FIGURES if name in book.sheets]
    with_rows = {code for text in texts for code, count in zip(text.values, text.counts(), strict=True) if count}
    members: dict[str, list[str]] = {id: [] for id in info.levels}
    for row in range(len(areas)):
        members.get(areas.columns["level"].at(row), []).append(areas.columns["code"].at(row))
    problems = []
    for id, codes in members.items():
        kind = info.levels[id].kind  # `groups` looks at each custom area by itself
        summed = kind in ("national", "benchmark", "custom") or id in info.derive_levels
        if codes and not summed and not with_rows.intersection(codes):
            further = f" and {len(codes) - 1:,} more" if len(codes) > 1 else ""
            detail = f"level {id}: {book.called(codes[0])}{further}"
            what = "a level has areas, and no table has a row of any of them"
            why = "its packs would have nothing to say"
            fix = "add their rows; if they are the sum of their parts, name the level in derive_levels"
            problems.append(Problem("level-without-rows", what, why, fix, file=FILE, detail=detail))
    return problems
