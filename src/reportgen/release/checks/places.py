"""
Places: checks of areas and of everything that names them: levels, parents, memberships, neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from reportgen.errors import Problem
from reportgen.nearest import did_you_mean, nearest
from reportgen.release.checks.book import Book
from reportgen.release.columns import numbers, quoted
from reportgen.release.diagnosis import AS_TEXT
from reportgen.release.info import FILE
from reportgen.release.model import ReleaseInfo
from reportgen.release.sheet import MOST_LISTED, Sheet, capped
from reportgen.release.spreadsheet import before_date, in_powers_of_ten
from reportgen.release.tables import BY_NAME, COUNTED, Kind

CODE = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?")  # codes become parts of paths and links
ROUNDING = 0.0005  # of a share with three decimals: what the sum of several may be above 1 for each of them


def check_places(book: Book) -> list[Problem]:
    """The checks of this module; without a readable table of areas there is nothing to hold the others against."""
    areas = book.sheets.get("areas")
    if areas is None or not len(areas):
        return []
    problems = [*_codes(areas), *_halves_of_points(book, areas), *_references(book)]
    if book.info is not None:
        problems += [*_parts_to_play(book, book.info), *_levels(areas, book.info), *_parents(book, areas, book.info)]
        problems += _rows_of_derived_levels(book, areas, book.info)
    return [*problems, *_memberships(book, areas), *_neighbours(book)]


def _codes(areas: Sheet) -> list[Problem]:
    text = areas.columns["code"]
    why = "it becomes part of file names and links"
    fix = "use letters, digits, and hyphens between them"
    return [
        areas.problem("bad-code", "this cannot be the code of an area", why, fix, row, "code", quoted(code, 1))
        for code, row in zip(text.values, text.first_rows(), strict=True)
        if code.strip() and row < len(areas) and not CODE.fullmatch(code)
    ]


def _halves_of_points(book: Book, areas: Sheet) -> list[Problem]:
    latitude, longitude = areas.columns["latitude"], areas.columns["longitude"]
    half = (latitude.codes == latitude.code("")) != (longitude.codes == longitude.code(""))
    what, why = "only one of latitude and longitude is given", "a point has two"
    fix = "write both, or leave both empty"
    return [
        areas.problem("half-a-point", what, why, fix, row, "latitude", book.called(areas.columns["code"].at(row)))
        for row in np.flatnonzero(half)
    ]


def _references(book: Book) -> list[Problem]:
    """Codes of areas, in any table, that areas.csv does not have: one problem for each, at its first row."""
    by_name = {name: code for code, name in book.names.items()}
    problems = []
    for table in book.sheets:
        for column in BY_NAME[table].columns:
            if column.kind is Kind.AREA:
                problems += _unknown_areas(book, table, column.name, by_name)
    return problems


def _unknown_areas(book: Book, table: str, column: str, by_name: Mapping[str, str]) -> list[Problem]:
    sheet = book.sheets[table]
    text = sheet.columns[column]
    rows, counts = text.first_rows(), text.counts()
    missed = sorted(
        (int(rows[index]), code, int(counts[index]))
        for index, code in enumerate(text.values)
        if counts[index] and code.strip() and code not in book.names
    )
    kind = "unknown-parent" if table == "areas" else "unknown-area"
    what, why = f"{column} is no area of this release", "what it says could be shown nowhere"
    problems = []
    for row, code, count in missed[:MOST_LISTED]:
        fix = f"add it to areas.csv, or correct the code{_meant(book, by_name, code)}"
        if in_powers_of_ten(code) or before_date(code):
            taken = "a date" if before_date(code) else "a number"
            fix = f"a spreadsheet took it for {taken}: write the code anew {AS_TEXT}"
        problems.append(sheet.problem(kind, what, why, fix, row, column, quoted(code, count)))
    return capped(problems, len(missed))


def _meant(book: Book, by_name: Mapping[str, str], code: str) -> str:
    """The neighbours of a missed code; a name in the place of a code finds its own."""
    names = nearest(code, by_name, most=1)
    return f" (did you mean {by_name[names[0]]}, {names[0]}?)" if names else did_you_mean(code, book.names)


def _parts_to_play(book: Book, info: ReleaseInfo) -> list[Problem]:
    why = "packs compare every area with these"
    return [
        Problem(
            "unknown-area",
            f"{part} is no area of this release",
            why,
            f"name the code of an area in areas.csv{did_you_mean(code, book.names)}",
            file=FILE,
            detail=f'{part} = "{code}"',
        )
        for part, code in (
            ("areas.national", info.national),
            ("areas.great_britain", info.great_britain),
            ("areas.london", info.london),
        )
        if code and code not in book.names
    ]


def _levels(areas: Sheet, info: ReleaseInfo) -> list[Problem]:
    code, level = areas.columns["code"], areas.columns["level"]
    rows, counts = level.first_rows(), level.counts()
    problems = []
    for index in sorted(range(len(level.values)), key=lambda index: rows[index]):
        text, count = level.values[index], int(counts[index])
        if count and text.strip() and text not in info.levels:
            what, why = (
                "release.toml declares no such level",
                "a level says what one calls its areas and which pack is theirs",
            )
            fix = f"declare [levels.{text}] there, or correct the level{did_you_mean(text, info.levels)}"
            row = rows[index]
            problems.append(areas.problem("unknown-level", what, why, fix, row, "level", quoted(text, count)))
    national = {level.id for level in info.levels.values() if level.kind == "national"}
    for row in range(len(areas)):
        if (level.at(row) in national) != (code.at(row) == info.national) and level.at(row) in info.levels:
            what = "the national area, and no other, stands at a level of kind national"
            fix = "correct its level, or [areas] national in release.toml"
            detail = f'{code.at(row)} at level "{level.at(row)}"'
            problems.append(
                areas.problem("wrong-level", what, "there is one national report", fix, row, "level", detail)
            )
    return problems


def _parents(book: Book, areas: Sheet, info: ReleaseInfo) -> list[Problem]:
    code, parent = areas.columns["code"], areas.columns["parent"]
    above = {code.at(row): parent.at(row) for row in range(len(areas))}
    problems = []
    for row in range(len(areas)):
        this = code.at(row)
        why, place = "packs go up from an area to what it is part of", (row, "parent", book.called(this))
        if this == info.national and above[this]:
            fix = "leave its parent empty"
            problems.append(areas.problem("wrong-parent", "the national area has a parent", why, fix, *place))
        elif this != info.national and not above[this]:
            fix = f"write the code of an area above; if it nests in none, {info.national}"
            problems.append(areas.problem("missing-parent", "an area has no parent", why, fix, *place))
        elif _runs_in_a_circle(this, above):
            fix = "make one of them part of an area above"
            circle = "an area is, by its parents, a part of itself"
            problems.append(areas.problem("circular-parent", circle, why, fix, *place))
    return problems


def _runs_in_a_circle(area: str, above: Mapping[str, str]) -> bool:
    at = above[area]
    for _ in above:
        if at == area:
            return True
        at = above.get(at, "")
    return False


def _rows_of_derived_levels(book: Book, areas: Sheet, info: ReleaseInfo) -> list[Problem]:
    code, level = areas.columns["code"], areas.columns["level"]
    levels = {code.at(row): level.at(row) for row in range(len(areas))}
    problems = []
    for table in COUNTED:
        if table not in book.sheets:
            continue
        sheet = book.sheets[table]
        text = sheet.columns["area"]
        rows, counts = text.first_rows(), text.counts()
        for index, area in enumerate(text.values):
            if counts[index] and levels.get(area) in info.derive_levels:
                what = f"an area of the derived level {levels[area]} has rows of its own"
                why = "its values are to be summed from its parts; which of the two should count?"
                fix = "delete the rows, or take the level out of derive_levels"
                detail = f"{book.called(area)}, {counts[index]:,} rows"
                problems.append(sheet.problem("rows-of-derived-level", what, why, fix, rows[index], "area", detail))
    return problems


def _memberships(book: Book, areas: Sheet) -> list[Problem]:
    """Shares of an area in groups of one level that are more than the whole of it; custom groups may overlap."""
    sheet = book.sheets.get("membership")
    if sheet is None or book.info is None:
        return []
    code, level = areas.columns["code"], areas.columns["level"]
    custom = {id for id, each in book.info.levels.items() if each.kind == "custom"}
    levels = {code.at(row): level.at(row) for row in range(len(areas)) if level.at(row) not in custom}
    share = numbers(sheet.columns["share"])
    sums: dict[tuple[str, str], tuple[float, int, int]] = {}
    for row in range(len(sheet)):
        area, group = sheet.columns["area"].at(row), sheet.columns["group"].at(row)
        if group in levels and np.isfinite(share[row]):
            total, count, _ = sums.get((area, levels[group]), (0.0, 0, row))
            sums[area, levels[group]] = (total + share[row], count + 1, row)
    problems = []
    for (area, of), (total, count, row) in sums.items():
        if total > 1 + count * ROUNDING + 1e-9:
            detail = f"{book.called(area)}: {total:.4g} at level {of}"
            what, why = "the shares of an area add up to more than 1", "parts of it would be counted twice"
            fix = "correct the shares; they are parts of the area, not of the group"
            problems.append(sheet.problem("shares-over-one", what, why, fix, row, "share", detail))
    return problems


def _neighbours(book: Book) -> list[Problem]:
    sheet = book.sheets.get("neighbours")
    if sheet is None:
        return []
    area, neighbour = sheet.columns["area"], sheet.columns["neighbour"]
    pairs = {(area.at(row), neighbour.at(row)): row for row in range(len(sheet))}
    why = "neighbourhood goes both ways; statistics over neighbours rely on it"
    problems = []
    for (here, there), row in pairs.items():
        if here == there:
            what, fix = "an area is its own neighbour", "delete the row"
            problems.append(sheet.problem("own-neighbour", what, why, fix, row, "neighbour", book.called(here)))
        elif (there, here) not in pairs:
            what, fix = "a pair of neighbours is given in one direction only", f"add the row {there},{here}"
            detail = f"{book.called(here)}, {book.called(there)}"
            problems.append(sheet.problem("one-way-neighbour", what, why, fix, row, "neighbour", detail))
    return problems
