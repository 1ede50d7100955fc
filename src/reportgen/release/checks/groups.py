"""
Groups: checks of areas that are to be added up from others, and of custom areas, which have no official rows of their
own. What passes here can be added up without counting anything twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

import numpy as np

from reportgen.errors import Problem
from reportgen.release.checks.book import Book
from reportgen.release.checks.places import ROUNDING
from reportgen.release.columns import numbers
from reportgen.release.model import ReleaseInfo
from reportgen.release.sheet import Sheet
from reportgen.release.tables import COUNTED


class Part(NamedTuple):
    """A member of a group: `share` of it lies in the group; `row` of membership says so, None if its parent does."""

    area: str
    share: float
    row: int | None


def check_groups(book: Book) -> list[Problem]:
    """The checks of this module."""
    areas = book.sheets.get("areas")
    if areas is None or book.info is None:
        return []
    parts = _parts(book, areas, book.info)
    code, level = areas.columns["code"], areas.columns["level"]
    derived = [code.at(row) for row in range(len(areas)) if level.at(row) in book.info.derive_levels]
    summed = {group: parts.get(group, []) for group in derived}
    problems = [*_custom_areas(book, areas, book.info, parts), *_in_part(book, summed)]
    listed = {group: members for group, members in parts.items() if members[0].row is not None}
    return problems + (_circles(book, listed | summed) or [*_counted_twice(book, areas, summed, parts)])


def _parts(book: Book, areas: Sheet, info: ReleaseInfo) -> dict[str, list[Part]]:
    """Group → its members, as `Release.members` finds them: from membership where that names the group."""
    parts: dict[str, list[Part]] = defaultdict(list)
    sheet = book.sheets.get("membership")
    if sheet is not None:
        area, group, share = sheet.columns["area"], sheet.columns["group"], numbers(sheet.columns["share"])
        for row in range(len(sheet)):
            if np.isfinite(share[row]):  # what is no number has been told already
                parts[group.at(row)].append(Part(area.at(row), float(share[row]), row))
    children: dict[str, list[Part]] = defaultdict(list)
    for row in range(len(areas)):
        level = info.levels.get(areas.columns["level"].at(row))
        if level is not None and level.kind != "custom":
            children[areas.columns["parent"].at(row)].append(Part(areas.columns["code"].at(row), 1.0, None))
    return {**children, **parts}


def _custom_areas(
    book: Book, areas: Sheet, info: ReleaseInfo, parts: Mapping[str, Sequence[Part]]
) -> Iterator[Problem]:
    """Custom areas without anything to make a pack from."""
    counted = {area for table in COUNTED if table in book.sheets for area in book.sheets[table].columns["area"].values}
    for row in range(len(areas)):
        code, level = areas.columns["code"].at(row), info.levels.get(areas.columns["level"].at(row))
        if level is None or level.kind != "custom":
            continue
        detail = f"{book.called(code)}, level {level.id}"
        if level.id in info.derive_levels and not parts.get(code):
            what, why = "a custom area has no members", "it is the sum of its members, and there is nothing to add up"
            fix = f"add a row for each member to membership.csv: its code, {code}, 1"
            yield areas.problem("custom-area-without-members", what, why, fix, row, "code", detail)
        elif level.id not in info.derive_levels and code not in counted:
            what = "a custom area has no rows, and its level is not to be added up"
            why = "its pack would not hold a single number"
            fix = f'write derive_levels = ["{level.id}"] in release.toml, and its members in membership.csv'
            yield areas.problem("custom-area-without-data", what, why, fix, row, "code", detail)


def _in_part(book: Book, summed: Mapping[str, Sequence[Part]]) -> Iterator[Problem]:
    for group, parts in summed.items():
        for part in parts:
            if part.row is not None and part.share != 1:
                what = "an area lies only in part in a group that is to be added up"
                why = "nobody knows how many of its jobs lie in that part"
                fix = "name members that lie in it whole, with share 1; or give the group rows of its own, and take "
                fix += "its level out of derive_levels"
                detail = f"{book.called(part.area)} in {book.called(group)}: {part.share:g}"
                sheet = book.sheets["membership"]
                yield sheet.problem("member-in-part", what, why, fix, part.row, "share", detail)


def _circles(book: Book, groups: Mapping[str, Sequence[Part]]) -> list[Problem]:
    """At most one: what else goes round can be seen when the first is mended."""
    try:
        TopologicalSorter({group: [part.area for part in parts] for group, parts in groups.items()}).prepare()
    except CycleError as circle:
        names = " in ".join(book.called(code) for code in circle.args[1])
        what, why = "a group would be a part of itself", "nobody could say what it is made of"
        fix = "correct the parents in areas.csv or the groups in membership.csv"
        sheet = book.sheets.get("membership", book.sheets["areas"])
        return [sheet.problem("group-in-itself", what, why, fix, detail=names)]
    return []


def _counted_twice(
    book: Book, areas: Sheet, summed: Mapping[str, Sequence[Part]], parts: Mapping[str, Sequence[Part]]
) -> Iterator[Problem]:
    """Groups in which an area, or more than the whole of it, would be counted more than once; one problem a group."""
    inside: dict[str, Mapping[str, float]] = {}
    for group, members in summed.items():
        shares: dict[str, list[float]] = defaultdict(list)
        last: dict[str, Part] = {}
        for member in members:
            for area, share in _inside(member.area, parts, inside).items():
                shares[area].append(share * member.share)
                last[area] = member
        twice = [area for area, each in shares.items() if sum(each) > 1 + len(each) * ROUNDING + 1e-9]
        if not twice:
            continue
        what, why = "a group would count an area twice", "its sum would be too big"
        fix = "name its members in membership.csv, each part of it once"
        more = f" (and {len(twice) - 1:,} more)" if len(twice) > 1 else ""
        detail = f"{book.called(twice[0])} in {book.called(group)}{more}"
        row = last[twice[0]].row
        if row is not None:
            yield book.sheets["membership"].problem("counted-twice", what, why, fix, row, "area", detail)
        else:
            yield areas.problem("counted-twice", what, why, fix, detail=detail)


def _inside(
    area: str, parts: Mapping[str, Sequence[Part]], known: dict[str, Mapping[str, float]]
) -> Mapping[str, float]:
    """Every area that lies in an area, itself with 1, and how much of it does."""
    if area not in known:
        known[area] = {area: 1.0}  # for a group that goes round: its own parts end here
        found: dict[str, float] = {area: 1.0}
        for part in parts.get(area, ()):
            for below, share in _inside(part.area, parts, known).items():
                found[below] = found.get(below, 0.0) + share * part.share
        known[area] = found
    return known[area]
