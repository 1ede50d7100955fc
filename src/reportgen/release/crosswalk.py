"""
Crosswalk: counts taken from the areas of raw files to those of the release: changed codes recoded, authorities shared
out between areas by weights. Takes texts of raw files, gives such texts; reads no file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reportgen.errors import DataError, Problem
from reportgen.nearest import did_you_mean
from reportgen.release.checks.book import Book
from reportgen.release.checks.industries import check_industries
from reportgen.release.checks.rows import check_rows
from reportgen.release.columns import check_columns
from reportgen.release.grid import MISSING, NOWHERE, OK, Grid, Parts, as_extracts, gather, spread
from reportgen.release.lookups import Recoding, Weights
from reportgen.release.origin import at_origin
from reportgen.release.recipe import Recipe
from reportgen.release.sheet import HEADER, Numbering, Sheet, Text
from reportgen.release.sources.extract import Extract, Named
from reportgen.release.tables import BY_NAME, STATES, Status

TABLE = "crosswalk"
SHARE_DECIMALS = 6


@dataclass(frozen=True)
class Moved:
    """
    Tables with their counts in the areas of the release.
    Args:
        tables: table → its rows, each with the raw row that it first comes from.
        named: areas that the tables now have, as the raw files or the lookups name them.
        shares: rows of the table `crosswalk`.
        recoded: code → what it became, and in which table and years, as one line each.
        split: authorities of the tables that lie in more than one area.
    """

    tables: Mapping[str, Sequence[Extract]]
    named: Sequence[Named]
    shares: Sequence[tuple[str, ...]]
    recoded: Sequence[str]
    split: Sequence[str]


def move(
    recipe: Recipe,
    tables: Mapping[str, Sequence[Extract]],
    recoding: Recoding | None,
    weights: Weights | None,
    kept: set[str],
) -> Moved:
    """
    Recode, then share out, the tables for which the recipe asks it; counts are rounded to whole numbers once, at the
    end. A total over all industries is moved as a row of its own, so parts need not add up to it to the last job.
    Args:
        kept: areas that stay as they are where no lookup has them: those of the recipe's own table of areas.
    Raises: DataError: with everything that is wrong in these tables, told of the raw files.
    """
    recode = recipe.recode.tables if recipe.recode else ()
    share_out = recipe.crosswalk.tables if recipe.crosswalk else ()
    asked = [table for table in tables if table in (*recode, *share_out) and tables[table]]
    _refuse([problem for table in asked for problem in _wrong(table, tables[table], recipe)])
    moved, shares, recoded, named = dict(tables), [], [], []
    split: set[str] = set()
    for table in asked:
        grid = spread(table, tables[table]).with_totals()
        problems: list[Problem] = []
        if recoding is not None and table in recode:
            parts = _recoded(grid, recoding, kept, problems)
            recoded += _changes(grid, parts)
            grid = grid if problems else gather(grid, parts, always=False)
        if weights is not None and table in share_out and not problems:
            parts = _shared(grid, weights, kept, problems)
            if not problems:
                shares += _split_shares(grid, parts, weights)
                split |= weights.split & set(grid.areas)
                grid = gather(grid, parts, always=True)
        _refuse([at_origin(problem, table, tables[table], recipe.path.name) for problem in problems])
        moved[table] = as_extracts(grid, tables[table])
        named += _named(grid, tables[table], recoding, weights if table in share_out else None)
    return Moved(moved, named, shares, recoded, sorted(split))


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise DataError(problems)


def _wrong(table: str, extracts: Sequence[Extract], recipe: Recipe) -> list[Problem]:
    """What would be wrong with a table as it stands: after the move, its rows could no longer be told."""
    columns = {}
    for position, name in enumerate(BY_NAME[table].header, start=1):
        codes, values = pd.factorize(np.concatenate([each.columns[name] for each in extracts]))
        columns[name] = Text(tuple(map(str, values)), codes.astype(np.int32), position)
    count = sum(len(each) for each in extracts)
    sheet = Sheet(f"{table}.csv", columns, Numbering(count, np.empty(0, dtype=np.int64), HEADER + 1))
    problems = check_columns(sheet, BY_NAME[table])
    if not problems:  # a field that cannot be read would be told of twice
        book = Book({table: sheet}, None, None)
        problems = [*check_rows(book), *check_industries(book)]
    return [at_origin(problem, table, extracts, recipe.path.name) for problem in problems]


def _recoded(grid: Grid, recoding: Recoding, kept: set[str], problems: list[Problem]) -> Parts:
    """Each new code with the old ones that become it; what cannot be looked up is added to `problems`."""
    current = {*recoding.new.values(), *kept}
    parts: dict[str, dict[str, float]] = {}
    for code in grid.areas:
        if code not in recoding.new and code not in current:
            what, why = "a code has no entry among the changed codes", "its counts would belong to no area"
            fix = f"add it to {recoding.file}, also where it has not changed"
            fix += did_you_mean(code, [*recoding.new, *current])
            problems.append(_at_area(grid, code, "unknown-code", what, why, fix))
        parts.setdefault(recoding.new.get(code, code), {})[code] = 1.0
    for new, old in parts.items():
        problems += _old_beside_new(grid, new, [code for code in old if code != new])
    return dict(sorted(parts.items()))


def _old_beside_new(grid: Grid, new: str, old: Sequence[str]) -> list[Problem]:
    """Old codes with rows in a year in which the new code, which already holds them, has rows too."""
    if new not in grid.areas:
        return []
    problems = []
    for code in old:
        for year in grid.years:
            cells = grid.of_year(year)
            if all(grid.present[grid.areas.index(each)][cells].any() for each in (new, code)):
                what, why = "an old code and the new one stand side by side", "its counts would be counted twice"
                fix = "keep the rows of one of them in each year"
                detail = f"{year}, {code}, which became {new}"
                problems.append(_at_area(grid, code, "double-counting", what, why, fix, detail, year))
    return problems


def _changes(grid: Grid, parts: Parts) -> list[str]:
    """`E07000004 → E06000060 (employment, 2018, 2019)`."""
    found = []
    for new, old in parts.items():
        for code in old:
            if code != new:
                rows = grid.present[grid.areas.index(code)]
                years = [year for year in grid.years if rows[grid.of_year(year)].any()]
                found.append(f"{code} → {new} ({', '.join([grid.table.name, *years])})")
    return found


def _shared(grid: Grid, weights: Weights, kept: set[str], problems: list[Problem]) -> Parts:
    """Each area with its authorities; authorities without weights are added to `problems`."""
    parts: dict[str, dict[str, float]] = {}
    for authority, areas in weights.areas.items():
        for area, weight in areas.items():
            parts.setdefault(area, {})[authority] = weight
    for code in grid.areas:
        if code in kept and code not in weights.areas:
            parts.setdefault(code, {})[code] = 1.0
        elif code not in weights.areas:
            what, why = "an authority has no weights", "its counts would belong to no area"
            fix = f"add it to {weights.file}, or recode it before{did_you_mean(code, weights.areas)}"
            problems.append(_at_area(grid, code, "no-weights", what, why, fix))
    return dict(sorted(parts.items()))


def _split_shares(grid: Grid, parts: Parts, weights: Weights) -> list[tuple[str, ...]]:
    """
    Rows of the table `crosswalk`: for each area σ_t = Σ_split w_ts·T_s / Σ w_ts·T_s, where T_s is the total of an
    authority over all industries; withheld where one of them is, not applicable where the area has none.
    """
    found: list[tuple[str, ...]] = []
    split = weights.split
    shared = {area for areas in weights.areas.values() for area in areas}
    for year in grid.years:
        total, state = grid.total(year)
        totals = {code: (total[at], int(state[at])) for at, code in enumerate(grid.areas)}
        rows = set(np.array(grid.areas)[grid.present[:, grid.of_year(year)].any(axis=1)])
        for area, of in parts.items():
            if area not in shared or not rows & set(of):
                continue
            stand = [totals.get(code, (0.0, MISSING)) for code in of]
            worst = STATES[max(its for _, its in stand)]
            whole = sum(weight * of_it for weight, (of_it, _) in zip(of.values(), stand, strict=True))
            part = sum(weight * totals[code][0] for code, weight in of.items() if code in split and code in totals)
            worst = Status.NOT_APPLICABLE if worst.has_value and not whole else worst
            share = f"{round(part / whole, SHARE_DECIMALS):g}" if worst.has_value else ""
            found.append((year, area, grid.table.name, share, "" if worst is STATES[OK] else worst.value))
    return found


def _named(grid: Grid, extracts: Sequence[Extract], recoding: Recoding | None, weights: Weights | None) -> list[Named]:
    """The names of the areas that have rows now; that of a new code from the lookup only if no raw file names it."""
    there = set(np.array(grid.areas)[grid.present.any(axis=1)])
    found = [named for each in extracts for named in each.named if named.code in there]
    known = {named.code for named in found}
    found += [named for named in (recoding.names if recoding else ()) if named.code in there - known]
    return found + [named for named in (weights.names if weights else ()) if named.code in there]


def _at_area(
    grid: Grid, code: str, kind: str, what: str, why: str, fix: str, detail: str = "", year: str = ""
) -> Problem:
    """A problem at the first row of an area, or of an area in a year, in the table as `at_origin` knows it."""
    rows = grid.first[grid.areas.index(code)]
    row = int((rows[grid.of_year(year)] if year else rows).min(initial=NOWHERE))
    column = grid.table.header.index("area") + 1
    return Problem(kind, what, why, fix, f"{grid.table.name}.csv", row + HEADER + 1, column, detail or code)
