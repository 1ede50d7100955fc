"""
Cells: the tables of a release as wide arrays, areas × groups of industries × years, each number with its standing and
what rounding does to it.
Adds industries up to sub-sectors, and areas up to levels where the release asks for that; divides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.jumps import PART_OF_SUM, TABLE, Jump, jumped
from reportgen.analysis.shape import (
    LOW_RELIABILITY,
    MISSING,
    OK,
    Booleans,
    Floats,
    Numbers,
    Standing,
    States,
    all_ok,
    mark,
    places_on,
)
from reportgen.analysis.uncertainty import Rounding, disclosive_share, rounding
from reportgen.classification import CREATIVE, Classification, Definition, Match, match
from reportgen.errors import DataError, Problem
from reportgen.release.model import Release
from reportgen.release.tables import ALL, STATES

TOTAL = ""  # the group of all industries: the sub-sector of findings that are about none
COLUMN = {"employment": "jobs", "businesses": "local_units"}  # table → the column that is counted


@dataclass(frozen=True)
class Cells:
    """
    One table, wide. All arrays are areas × groups × years.
    Args:
        names: of the areas, in the same order.
        groups: the creative sub-sectors in the order of the classification, `all` creative, the groups that these are
            compared with, and TOTAL.
        compared: those groups; there may be none.
        value: counts, NaN where the standing has none.
        rounding: what rounding does to each count; NaN where there is no value.
        low, high: 95 % interval of each count, NaN where it has none; `inputs.py` works it out.
        jumps: the cells behind all counts of the table that changed too much in a year, largest first.
    """

    table: str
    areas: tuple[str, ...]
    names: tuple[str, ...]
    groups: tuple[str, ...]
    years: tuple[str, ...]
    compared: tuple[str, ...]
    value: Floats
    rounding: Rounding
    low: Floats
    high: Floats
    standing: Standing
    jumps: tuple[Jump, ...] = ()

    @property
    def creative(self) -> tuple[str, ...]:
        """The sub-sectors and, behind them, creative as a whole."""
        return tuple(group for group in self.groups if group not in (*self.compared, TOTAL))

    @property
    def sub_sectors(self) -> tuple[str, ...]:
        """The creative sub-sectors alone."""
        return tuple(group for group in self.creative if group != CREATIVE)

    @property
    def parts(self) -> tuple[str, ...]:
        """Every group but the total over all industries."""
        return tuple(group for group in self.groups if group != TOTAL)

    def only(
        self,
        areas: Sequence[str] | None = None,
        groups: Sequence[str] | None = None,
        years: Sequence[str] | None = None,
    ) -> Cells:
        """Some of the cells, in the order asked for. All three axes stay, so that the arrays broadcast."""
        asked = ((areas, self.areas), (groups, self.groups), (years, self.years))
        rows, columns, layers = (range(len(axis)) if some is None else places_on(axis, some) for some, axis in asked)
        at = np.ix_(rows, columns, layers)
        return replace(
            self,
            areas=tuple(self.areas[row] for row in rows),
            names=tuple(self.names[row] for row in rows),
            groups=tuple(self.groups[column] for column in columns),
            years=tuple(self.years[layer] for layer in layers),
            value=self.value[at],
            rounding=Rounding(*(of[at] for of in self.rounding)),
            low=self.low[at],
            high=self.high[at],
            standing=self.standing.at(*at),
        )

    def over(self, years: Sequence[str]) -> Cells:
        """These years and no others; those that the table does not have are missing."""
        shape = (len(self.areas), len(self.groups), len(years))
        there = [layer for layer, year in enumerate(years) if year in self.years]
        at = [self.years.index(years[layer]) for layer in there]

        def spread(of: Floats) -> Floats:
            wide = np.full(shape, np.nan)
            wide[..., there] = of[..., at]
            return wide

        state, reason = np.full(shape, MISSING, np.int8), np.full(shape, "", dtype=object)
        for layer, year in enumerate(years):
            if year not in self.years:
                for row, name in enumerate(self.names):
                    reason[row, :, layer] = reasons.no_rows(self.table, f"{name}, {year}")
        state[..., there], reason[..., there] = self.standing.state[..., at], self.standing.reason[..., at]
        return replace(
            self,
            years=tuple(years),
            value=spread(self.value),
            rounding=Rounding(*map(spread, self.rounding)),
            low=spread(self.low),
            high=spread(self.high),
            standing=Standing(state, reason),
        )

    def place(self, area: int, year: int) -> str:
        """How a sentence names a place and time."""
        return f"{self.names[area]}, {self.years[year]}"


@dataclass(frozen=True)
class _Raw:
    """A table as it stands, areas × codes × years; behind the codes, in the last place, the rows `all`."""

    codes: tuple[str, ...]
    years: tuple[str, ...]
    value: Floats
    state: States
    present: Booleans


def read_cells(release: Release, classification: Classification, table: str) -> Cells:
    """
    The jobs (table `employment`) or local units (`businesses`, all size bands together) of all areas and years, as yet
    without intervals.
    A sum with a suppressed part is suppressed, else with a missing part missing, and so on down STATES; an absent row
    is missing. The total over all industries is the row `all` where the area has one, else the sum. A definition
    finer than the table is missing everywhere, and so is a group for comparison that the table has only in part.
    Raises: DataError: an entry of a creative definition matches nothing in the table and is not waived.
    """
    raw = _spread_out(release, table)
    definitions = (*classification.creative, classification.whole, *classification.comparisons)
    matches = [match(definition, raw.codes, release.info.absent_codes) for definition in definitions]
    _refuse_unmatched(release, table, classification.creative, matches)
    parts = [[raw.codes.index(code) for code in found.codes] for found in matches] + [list(range(len(raw.codes)))]
    rounded = rounding(raw.value, table, disclosive_share(raw.value, table))
    value, variance, shift = (
        np.stack([of[:, part].sum(axis=1) for part in parts], axis=1) for of in (raw.value, *rounded)
    )
    state = np.stack([raw.state[:, part].max(axis=1, initial=0) for part in parts], axis=1)
    own = raw.present[:, -1]  # where an area has a total of its own, it wins over the sum
    for summed, given in ((value, raw.value), (variance, rounded.variance), (shift, rounded.shift), (state, raw.state)):
        summed[:, -1] = np.where(own, given[:, -1], summed[:, -1])
    standing = _explain(release, table, raw, definitions, parts, state)
    for group, (definition, found) in enumerate(zip(definitions, matches, strict=True)):
        if why := _why_not(table, definition, found):
            standing.state[:, group] = MISSING
            standing.reason[:, group] = why
    nothing = np.full(value.shape, np.nan)
    groups = (*(definition.id for definition in definitions), TOTAL)
    return Cells(
        table,
        areas=tuple(map(str, release.areas.index)),
        names=tuple(map(str, release.areas["name"])),
        groups=groups,
        years=raw.years,
        compared=tuple(definition.id for definition in classification.comparisons),
        value=np.where(standing.has_value, value, np.nan),
        rounding=Rounding(*(np.where(standing.has_value, of, np.nan) for of in (variance, shift))),
        low=nothing,
        high=nothing,
        standing=standing,
        jumps=_jumps(release, raw, dict(zip(groups, parts, strict=True))) if table == TABLE else (),
    )


def flag_jumps(cells: Cells, above: Mapping[str, Sequence[str]]) -> Cells:
    """
    The cells with every sum that rests on a jump marked as of low reliability: a class that went from 200 to 900 jobs
    marks the sub-sector of its town in that year, and leaves Great Britain as it was.
    Args:
        above: area → the areas that it is added up to.
    """
    return replace(
        cells, standing=mark_jumps(cells.standing, cells, above, lambda jump: [cells.years.index(jump.year)])
    )


def mark_jumps(
    standing: Standing, cells: Cells, above: Mapping[str, Sequence[str]], layers: Callable[[Jump], Sequence[int]]
) -> Standing:
    """
    The standing of what is made from cells, of low reliability wherever nothing worse stands and it rests on a jump of
    at least a tenth of the sum in that year, with the sentence that says on which. Of several the largest is named.
    Args:
        standing: areas × groups as of the cells × any third axis; layers: the places on it that a jump bears on.
            A jump in a year that the cells do not have is passed over.
    """
    state, reason = standing.state.copy(), standing.reason.copy()
    for jump in cells.jumps:
        rows = [cells.areas.index(area) for area in (jump.area, *above.get(jump.area, ())) if area in cells.areas]
        groups, times = [cells.groups.index(group) for group in jump.groups if group in cells.groups], layers(jump)
        if rows and groups and times and jump.year in cells.years:
            at = np.ix_(rows, groups, times)
            sums = cells.value[np.ix_(rows, groups, [cells.years.index(jump.year)])]
            rests = (state[at] == OK) & (jump.size >= PART_OF_SUM * sums)
            sentence = reasons.jump(jump.code, jump.before, jump.after, jump.year, jump.place)
            state[at], reason[at] = np.where(rests, LOW_RELIABILITY, state[at]), np.where(rests, sentence, reason[at])
    return Standing(state, reason)


def bounded(cells: Cells, numbers: Numbers) -> Standing:
    """
    How what rests on the interval of numbers stands: as these, but missing where they have none, as nothing is known of
    how large establishments are. A bound that is not known lies on no side of anything.
    Args:
        cells: that the numbers are made of, for the names of areas and years.
    """
    return mark(
        numbers.standing,
        np.isnan(numbers.low) & numbers.standing.has_value,
        MISSING,
        lambda area, _group, year: reasons.no_sizes(cells.place(area, year)),
    )


def _jumps(release: Release, raw: _Raw, parts: Mapping[str, Sequence[int]]) -> tuple[Jump, ...]:
    """The jumps among the cells of single classes, largest first."""
    found = []
    areas = list(map(str, release.areas.index))
    before, after = raw.value[:, :-1, :-1], raw.value[:, :-1, 1:]
    a_year = np.diff(np.array([int(year) for year in raw.years])) == 1
    for area, code, year in np.argwhere(jumped(before, after) & a_year):
        at = area, code, year
        groups = tuple(group for group, codes in parts.items() if code in codes)
        found.append(
            Jump(
                *(areas[area], release.name_of(areas[area]), raw.codes[code], raw.years[year + 1]),
                *(float(before[at]), float(after[at]), groups),
            )
        )
    return tuple(sorted(found, key=lambda jump: (-jump.size, jump.area, jump.code, jump.year)))


def _why_not(table: str, definition: Definition, found: Match) -> str:
    """Why no area has a figure on a group, empty where some may."""
    if found.coarser:
        return reasons.too_coarse(table, definition.name, found.coarser)
    if found.unmatched:  # of a creative one the release has been refused
        return reasons.not_all_there(table, definition.name, found.unmatched)
    return "" if found.codes else reasons.all_waived(table, definition.name)


def no_cells(table: str, like: Cells) -> Cells:
    """The cells of a table that the release does not have: missing everywhere, on the axes of another table."""
    return replace(like, table=table).only(years=()).over(like.years)


def _spread_out(release: Release, table: str) -> _Raw:
    frame: pd.DataFrame = getattr(release, table)
    if "size_band" in frame.columns:  # the bands are a second cut of the same local units
        frame = frame[frame["size_band"] == ALL]
    years = sorted({int(year) for year in frame["year"].unique()})
    codes = sorted({str(code) for code in frame["sic"].unique()} - {ALL})
    axes: tuple[Sequence[object], ...] = (list(release.areas.index), [*codes, ALL], years)
    at = tuple(_places(frame[name], axis) for name, axis in zip(("area", "sic", "year"), axes, strict=True))
    shape = tuple(len(axis) for axis in axes)
    value, state, present = np.full(shape, np.nan), np.full(shape, MISSING, np.int8), np.zeros(shape, bool)
    value[at] = frame[COLUMN[table]].to_numpy(float)
    state[at] = _places(frame["status"], [str(status) for status in STATES])
    present[at] = True
    return _Raw(tuple(codes), tuple(map(str, years)), value, state, present)


def _places(column: pd.Series, axis: Sequence[object]) -> npt.NDArray[np.intp]:
    """Where on an axis each entry of a column stands; an entry that stands nowhere would land in the last place."""
    words = column.astype("category").cat
    places = np.asarray(pd.Index(axis).get_indexer(words.categories)[words.codes.to_numpy()])
    if (places < 0).any():
        raise KeyError(f"{column.name}: {column[places < 0].iloc[0]} is not among {len(axis)} known")
    return places


def _refuse_unmatched(
    release: Release, table: str, definitions: Sequence[Definition], matches: Sequence[Match]
) -> None:
    problems = [
        Problem(
            "unmatched-definition",
            f"{definition.name} names {entry}, an industry that no row of this table has",
            "the indicator would be too low, and nobody would notice",
            f'add its rows, or waive it in release.toml: absent_codes = ["{entry}"]',
            file=release.files.get(table, table),
        )
        for definition, found in zip(definitions, matches, strict=False)  # behind them stand groups made of them
        for entry in found.unmatched
    ]
    if problems:
        raise DataError(problems)


def _explain(
    release: Release, table: str, raw: _Raw, definitions: Sequence[Definition], parts: list[list[int]], state: States
) -> Standing:
    """The states, each with the sentence that says which industries stand in the way."""
    which = [reasons.CREATIVE if each.id == CREATIVE else reasons.PART for each in definitions] + [reasons.TOTAL]
    called = [*(definition.name for definition in definitions), ""]
    names = [str(name) for name in release.areas["name"]]
    with_rows: Booleans = np.any(raw.present, axis=1)

    def sentence(area: int, group: int, year: int) -> str:
        place, worst = f"{names[area]}, {raw.years[year]}", int(state[area, group, year])
        if not with_rows[area, year]:
            return reasons.no_rows(table, place)
        if group == len(definitions) and raw.present[area, -1, year]:
            return reasons.total(table, worst, place)
        count = int((raw.state[area, parts[group], year] == worst).sum())
        return reasons.industries(table, worst, count, len(parts[group]), which[group], place, called[group])

    standing = all_ok(state.shape)
    for position in np.argwhere(state > 0):
        standing.reason[tuple(position)] = sentence(*position)
    return Standing(state, standing.reason)
