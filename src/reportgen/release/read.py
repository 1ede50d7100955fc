"""
Read: a folder of files becomes a checked, typed Release, or one error with everything that is wrong in it.
Takes paths, gives frames; sums nothing, fills nothing, guesses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.classification import Classification, available, load
from reportgen.errors import DataError, Problem
from reportgen.nearest import did_you_mean
from reportgen.release.files import outside
from reportgen.release.info import BOUNDARIES, FILE, find_info, read_info
from reportgen.release.model import Release, ReleaseInfo
from reportgen.release.tables import BY_NAME, TABLES
from reportgen.resources import Folder

if TYPE_CHECKING:
    from reportgen.release.sheet import Sheet

__all__ = ["read", "read_info"]

SUFFIXES = (".csv", ".csv.gz")


def read(folder: Path, classifications: Folder) -> Release:
    """
    Read and check a data release.
    Args:
        folder: with release.toml, the tables as `.csv` or `.csv.gz`, and boundaries.geojson if there are shapes.
        classifications: the folder with the versions of industry definitions.
    Raises: DataError: with all problems of all files.
    """
    # Not at the top: whoever only wants to know what a release is called need not wait for pandas.
    from reportgen.release.boundaries import read_boundaries
    from reportgen.release.checks.book import Book
    from reportgen.release.checks.coarseness import check_coarseness
    from reportgen.release.checks.groups import check_groups
    from reportgen.release.checks.industries import check_industries
    from reportgen.release.checks.levels import check_levels
    from reportgen.release.checks.places import check_places
    from reportgen.release.checks.rows import check_rows
    from reportgen.release.checks.years import check_years

    problems: list[Problem] = []
    info = _read_info(folder, problems)
    classification = _classification(info, classifications, problems)
    files = _find(folder, problems)
    sheets = _read_sheets(folder, files, problems)
    book = Book(sheets, info, classification)
    for check in (
        *(check_rows, check_places, check_groups, check_levels, check_industries, check_coarseness),
        check_years,
    ):
        problems += check(book)
    shapes, wrong = read_boundaries(folder, book.names)
    problems += wrong
    if info is not None:
        problems += _without_source(info, [*files, *([BOUNDARIES] if shapes.areas or shapes.no_data else [])])
    if problems or info is None:
        raise DataError(problems)
    frames = _frames(sheets)
    return Release(info, **frames, boundaries=shapes.areas, no_data=shapes.no_data, files=files)


def _read_info(folder: Path, problems: list[Problem]) -> ReleaseInfo | None:
    """What release.toml says, or None, and nothing that rests on it is checked, if anything in it is wrong."""
    found: list[Problem] = []
    info = find_info(folder, found)
    problems += found
    return None if found else info


def _classification(info: ReleaseInfo | None, folder: Folder, problems: list[Problem]) -> Classification | None:
    if info is None:
        return None
    known = available(folder)
    if info.classification in known:
        return load(folder, info.classification)
    what, why = "there is no such classification version", "every indicator rests on its definitions"
    fix = f"use one of: {', '.join(known)}{did_you_mean(info.classification, known)}"
    detail = f'classification = "{info.classification}"'
    problems.append(Problem("unknown-classification", what, why, fix, file=FILE, detail=detail))
    return None


def _find(folder: Path, problems: list[Problem]) -> dict[str, str]:
    """Table → name of its file. Notes tables that lack, that are there twice, and CSV files that are no table."""
    entries = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    files = {}
    for table in TABLES:
        found = [f"{table.name}{suffix}" for suffix in SUFFIXES if f"{table.name}{suffix}" in entries]
        if len(found) > 1:
            what, why = f"{table.name} is there twice, plain and packed", "we cannot know which one is right"
            problems.append(Problem("duplicate-table", what, why, "delete one of them", detail=", ".join(found)))
        elif found:
            linked = outside(folder, found[0])
            if linked is None:
                files[table.name] = found[0]
            else:
                problems.append(linked)
        elif table.required:
            what, why = f"the table {table.name} is missing", "every pack is made from it"
            fix = f"add {table.name}.csv or {table.name}.csv.gz"
            problems.append(Problem("missing-table", what, why, fix, file=f"{table.name}.csv"))
    for entry in entries:
        name = entry.removesuffix(".gz").removesuffix(".csv")
        if entry.endswith(SUFFIXES) and name not in BY_NAME and not entry.startswith("."):
            fix = f"correct its name{did_you_mean(name, BY_NAME)}, or move it elsewhere"
            what, why = "a CSV file is no table of a release", "it would be passed over without a word"
            problems.append(Problem("unknown-table", what, why, fix, file=entry))
    return files


def _read_sheets(folder: Path, files: Mapping[str, str], problems: list[Problem]) -> dict[str, Sheet]:
    """The tables that have their declared columns, each field checked by itself."""
    from reportgen.release.columns import check_columns
    from reportgen.release.sheet import arrange, read_sheet

    sheets = {}
    for name, file in files.items():
        sheet, found = read_sheet(folder / file)
        problems += found
        if sheet is not None:
            sheet, found = arrange(sheet, BY_NAME[name].header)
            problems += found
        if sheet is not None:
            problems += check_columns(sheet, BY_NAME[name])
            sheets[name] = sheet
    return sheets


def _without_source(info: ReleaseInfo, tables: list[str]) -> list[Problem]:
    named = {table for source in info.sources for table in source.tables}
    why = "every pack prints licence and attribution of what it shows"
    return [
        Problem("missing-source", f"no source says where {table} comes from", why, "name it in a [[sources]]", FILE)
        for table in tables
        if table not in named
    ]


def _frames(sheets: dict[str, Sheet]) -> dict[str, Any]:
    """The typed frames; each sheet is let go when its frame is there, as both together may be large."""
    from reportgen.release.columns import convert

    frames = {name: convert(sheets.pop(name), BY_NAME[name]) for name in list(sheets)}
    areas = frames["areas"]
    texts = {name: areas[name].astype(object) for name in ("code", "name", "level", "parent")}
    frames["areas"] = areas.assign(**texts).set_index("code")
    return frames
