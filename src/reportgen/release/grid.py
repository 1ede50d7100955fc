"""
Grid: the counts of one table as arrays, areas × cells, so that areas can be put together or shared out.
Takes the texts of raw files that were checked, gives texts again; knows no codes and no weights but those handed in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from reportgen.release.sheet import Rows
from reportgen.release.sources.extract import Extract
from reportgen.release.tables import ALL, BY_NAME, STATES, Status, Table

OK, MISSING = STATES.index(Status.OK), STATES.index(Status.MISSING)
NOWHERE = np.iinfo(np.intp).max  # in the place of a row that is not there
FUZZ = 9  # decimals: what binary fractions add beyond them must not decide where a half is rounded to
Parts = Mapping[str, Mapping[str, float]]  # area → what it is made of, with the part of each that goes into it


@dataclass(frozen=True)
class Grid:
    """
    One table. The arrays are areas × cells.
    Args:
        cells: the rest of the table's key (year, industry, size band), one combination a row.
        value: counts, 0 where there is none; state: an index into STATES, missing where there is no row.
        first: the first raw row that went into it, counted from 0 through all raw files; NOWHERE where none did.
    """

    table: Table
    areas: tuple[str, ...]
    cells: pd.DataFrame
    value: npt.NDArray[np.float64]
    state: npt.NDArray[np.int8]
    first: Rows

    @property
    def present(self) -> npt.NDArray[np.bool_]:
        found: npt.NDArray[np.bool_] = self.first != NOWHERE
        return found

    @property
    def years(self) -> list[str]:
        return sorted(set(self.cells["year"]))

    def of_year(self, year: str) -> npt.NDArray[np.bool_]:
        """Which cells are of a year."""
        found: npt.NDArray[np.bool_] = (self.cells["year"] == year).to_numpy()
        return found

    def with_totals(self) -> Grid:
        """
        Where some areas have a row for all industries, those that have none get the sum of theirs: only so can the
        totals of two areas be put together.
        """
        value, state, first = self.value.copy(), self.state.copy(), self.first.copy()
        for _, cells in self.cells.groupby([name for name in self.cells if name != "sic"], sort=False):
            total, parts = _all_and_parts(cells)
            if total is not None and parts:
                at = np.flatnonzero(~self.present[:, total] & self.present[:, parts].any(axis=1))
                here = np.ix_(at, np.array(parts))
                value[at, total], state[at, total] = self.value[here].sum(axis=1), self.state[here].max(axis=1)
                first[at, total] = self.first[here].min(axis=1)
        return replace(self, value=value, state=state, first=first)

    def total(self, year: str) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int8]]:
        """Count of each area over all industries and size bands in a year, and its state; no row at all is missing."""
        cells = self.cells[self.of_year(year)]
        if "size_band" in cells:
            cells = cells[cells["size_band"] == ALL]
        total, parts = _all_and_parts(cells)
        if total is not None:
            return self.value[:, total], self.state[:, total]
        return self.value[:, parts].sum(axis=1), self.state[:, parts].max(axis=1, initial=OK)


def _all_and_parts(cells: pd.DataFrame) -> tuple[int | None, list[int]]:
    """The place of the cell for all industries, None if there is none, and those of the industries."""
    of_all = (cells["sic"] == ALL).to_numpy()
    places = cells.index.to_numpy()
    return int(places[of_all][0]) if of_all.any() else None, places[~of_all].tolist()


def spread(table: str, extracts: Sequence[Extract]) -> Grid:
    """The rows of raw files, each key once, as a grid; areas sorted, cells in the order of their first row."""
    declared = BY_NAME[table]
    frame = pd.DataFrame({name: _texts(extracts, name) for name in declared.header})
    areas = sorted(set(frame["area"]))
    rest = [name for name in declared.key if name != "area"]
    cells = frame[rest].drop_duplicates(ignore_index=True)
    row = pd.Index(areas).get_indexer(frame["area"])
    column = pd.MultiIndex.from_frame(cells).get_indexer(pd.MultiIndex.from_frame(frame[rest]))
    shape = (len(areas), len(cells))
    value, state = np.zeros(shape), np.full(shape, MISSING, dtype=np.int8)
    first = np.full(shape, NOWHERE, dtype=np.intp)
    value[row, column] = frame[declared.value].replace("", "0").astype(float)
    states = {status.value: np.int8(place) for place, status in enumerate(STATES)} | {"": np.int8(OK)}
    state[row, column] = frame["status"].map(states)
    first[row, column] = np.arange(len(frame))
    return Grid(declared, tuple(areas), cells, value, state, first)


def gather(grid: Grid, parts: Parts, *, always: bool) -> Grid:
    """
    Areas made of the areas of a grid: x_t = Σ_s w_ts · x_s.
    A cell with a suppressed part is suppressed, else with a missing part missing, and so on down STATES. A part without
    a row is missing.
    Args:
        parts: each new area, with its parts and their weights; a part may have no row at all.
        always: whether every part counts in every year; else only in those in which it has rows, as codes come and go.
    """
    place = {area: number for number, area in enumerate(grid.areas)}
    shape = (len(parts), len(grid.cells))
    value, state = np.zeros(shape), np.full(shape, OK, dtype=np.int8)
    first = np.full(shape, NOWHERE, dtype=np.intp)
    counts = np.ones((len(grid.areas), len(grid.cells)), dtype=bool)
    for year in grid.years if not always else ():
        cells = grid.of_year(year)
        counts[:, cells] = grid.present[:, cells].any(axis=1, keepdims=True)
    for new, sources in enumerate(parts.values()):
        for source, weight in sources.items():
            at = place.get(source)
            if at is None:
                state[new] = np.maximum(state[new], MISSING) if always else state[new]
                continue
            value[new] += weight * grid.value[at]
            state[new] = np.maximum(state[new], np.where(counts[at], grid.state[at], OK))
            first[new] = np.minimum(first[new], grid.first[at])
    return replace(grid, areas=tuple(parts), value=value, state=state, first=first)


def as_extracts(grid: Grid, extracts: Sequence[Extract]) -> list[Extract]:
    """
    The grid as texts again, counts as whole numbers (halves to the even one), each row with the raw file that the first
    row which went into it stands in.
    """
    area, cell = np.nonzero(grid.present)
    first = grid.first[area, cell]
    ends = np.cumsum([len(each) for each in extracts])
    source = np.searchsorted(ends, first, side="right")
    found = []
    for number, each in enumerate(extracts):
        at = source == number
        states = grid.state[area[at], cell[at]]
        given = [STATES[state].has_value for state in states]
        values = np.rint(np.round(grid.value[area[at], cell[at]], FUZZ)).astype(np.int64)
        columns = {
            "area": np.array(grid.areas, dtype=object)[area[at]],
            **{name: grid.cells[name].to_numpy(object)[cell[at]] for name in grid.cells},
            grid.table.value: np.array([str(v) if g else "" for v, g in zip(values, given, strict=True)], dtype=object),
            "status": np.array(["" if state == OK else STATES[state].value for state in states], dtype=object),
        }
        rows = first[at] - (ends[number] - len(each))
        ordered = {name: columns[name] for name in grid.table.header}
        cells = {name: places[rows] for name, places in each.cells.items()}
        found.append(Extract(each.file, ordered, each.records[rows], each.positions, {}, cells))
    return found


def _texts(extracts: Sequence[Extract], column: str) -> npt.NDArray[np.object_]:
    return np.concatenate([each.columns[column] for each in extracts])
