"""
Quality: what a reader should know of the figures before resting anything on them: cells that jumped, cells that are
suppressed, years that are provisional, years in which series break.
Takes cells and what the release says of itself, gives rows; mends nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.cells import TOTAL, Cells, bounded
from reportgen.analysis.concentration import base_share, quotients
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.jumps import jumped
from reportgen.analysis.levels import above
from reportgen.analysis.shape import (
    LOW_RELIABILITY,
    MISSING,
    NOT_APPLICABLE,
    OK,
    Booleans,
    Floats,
    Indicator,
    Numbers,
    Standing,
    all_ok,
    mark,
    plain,
    stack,
    tidy,
    worst,
)
from reportgen.classification import CREATIVE, match
from reportgen.release.model import Release
from reportgen.release.tables import ALL, Status

VARIANTS = {"jobs": "employment", "units": "businesses", "gva": "gva"}  # what is counted → the table


def jump_counts(inputs: Inputs) -> Numbers:
    """
    How many cells behind each sum jumped since the year before, whether or not they are large beside it: areas ×
    groups × years of the jobs. An area that is added up has the jumps of its parts.
    Returns: not applicable in a year without a year before; where a cell is unknown, so is whether it jumped.
    """
    jobs = inputs.jobs.only(groups=inputs.jobs.creative)
    value, holders = np.zeros(jobs.value.shape), above(inputs.release)
    for jump in jobs.jumps:
        rows = [jobs.areas.index(area) for area in (jump.area, *holders.get(jump.area, ()))]
        columns = [jobs.groups.index(group) for group in jump.groups if group in jobs.groups]
        value[np.ix_(rows, columns, [jobs.years.index(jump.year)])] += 1
    earlier = [str(int(year) - 1) for year in jobs.years]
    standing = worst(*(_without_flags(cells.standing) for cells in (jobs, jobs.over(earlier))))
    first = np.array([year not in jobs.years for year in earlier])
    standing = mark(
        standing._replace(state=np.where(first, OK, standing.state), reason=np.where(first, "", standing.reason)),
        np.broadcast_to(first, value.shape),
        NOT_APPLICABLE,
        lambda _area, _group, year: reasons.no_year_before(jobs.years[year]),
    )
    return plain(value, standing)


def suppressed_share(suppressed: Floats, cells: Floats) -> Floats:
    """
    Share of cells that are suppressed.
    Args:
        suppressed, cells: of the same shape, how many cells are, and how many there are.
    Returns: 0 to 1; NaN where there are no cells.

    >>> suppressed_share(np.array([1.0, 0.0]), np.array([4.0, 0.0])).tolist()
    [0.25, nan]
    """
    return suppressed / np.where(cells > 0, cells, np.nan)


def in_years(years: Sequence[str], named: Collection[str]) -> Booleans:
    """
    Which years are among those that a release names.

    >>> in_years(("2023", "2024"), {"2024"}).tolist()
    [False, True]
    """
    return np.array([year in named for year in years], dtype=bool)


def width(low: Floats, high: Floats) -> Floats:
    """
    How wide an interval is, as a ratio: its upper end over its lower one.
    Returns: at least 1; NaN where an interval begins at 0 or there is none.

    >>> width(np.array([0.5, 0.0]), np.array([2.0, 1.0])).tolist()
    [4.0, nan]
    """
    return high / np.where(low > 0, low, np.nan)


def hidden(quotient: Numbers) -> Floats:
    """
    How many sub-sectors have a quotient that is suppressed, missing or of low reliability, areas × 1 × times. One that
    is not applicable is no gap: nothing is held back.
    Args:
        quotient: of sub-sectors, areas × sub-sectors × times.

    >>> states = np.array([[[OK], [MISSING], [LOW_RELIABILITY], [NOT_APPLICABLE]]], dtype=np.int8)
    >>> hidden(plain(np.ones(states.shape), Standing(states, states.astype(object)))).item()
    2.0
    """
    gaps = ~np.isin(quotient.standing.state, (OK, NOT_APPLICABLE))
    found: Floats = gaps.sum(axis=1, keepdims=True).astype(float)
    return found


def _gaps(inputs: Inputs) -> list[pd.DataFrame]:
    """What is not known, or hardly, of the quotients of jobs in the latest year."""
    jobs = inputs.jobs.only(groups=[*inputs.jobs.creative, TOTAL], years=inputs.jobs.years[-1:])
    quotient = quotients(jobs, base_share(jobs, inputs.release.info.great_britain))
    ratio, times = width(quotient.low, quotient.high), [(jobs.years[0], "")]
    standing = mark(
        bounded(jobs, quotient),
        quotient.low == 0,
        NOT_APPLICABLE,
        lambda area, *_: reasons.begins_at_nought(jobs.place(area, 0)),
    )
    count = hidden(quotient.at(slice(None), slice(None, -1)))
    return [
        tidy("quotient-width", jobs.areas, jobs.creative, times, Numbers(ratio, ratio, ratio, standing), jobs.table),
        tidy("sub-sectors-hidden", jobs.areas, [CREATIVE], times, plain(count, all_ok(count.shape)), jobs.table),
    ]


def findings(inputs: Inputs) -> pd.DataFrame:
    """
    The rows of this family: jumps and suppressed cells of every area and year; provisional years and breaks of the
    national area, in the years of each table.
    """
    jobs = inputs.jobs
    times = [(year, "") for year in jobs.years]
    frames = [tidy("one-cell-jumps", jobs.areas, jobs.creative, times, jump_counts(inputs), jobs.table)]
    for variant, cells in (("jobs", jobs), ("units", inputs.units)):
        times = [(year, "") for year in cells.years]
        numbers = _suppressed(inputs, cells)
        frames.append(tidy("suppressed-share", cells.areas, [CREATIVE], times, numbers, cells.table, variant))
    return stack([*frames, *_gaps(inputs), *_years_named(inputs, "provisional"), *_years_named(inputs, "break")])


def _years_named(inputs: Inputs, indicator: str) -> list[pd.DataFrame]:
    """What the release says of the years of each table."""
    info, frames = inputs.release.info, []
    for variant, table in VARIANTS.items():
        rows: pd.DataFrame | None = getattr(inputs.release, table)
        years = inputs.jobs.years if rows is None else tuple(map(str, sorted(rows["year"].unique())))
        broken = tuple(str(each.year) for each in info.breaks if table in each.tables)
        named = in_years(years, info.provisional_years if indicator == "provisional" else broken)[None, None]
        why = reasons.no_figures(table)
        standing = mark(all_ok(named.shape), np.full(named.shape, rows is None), MISSING, lambda *_, why=why: why)
        numbers, times = plain(named.astype(float), standing), [(year, "") for year in years]
        frames.append(tidy(indicator, [info.national], [TOTAL], times, numbers, table, variant))
    return frames


def _suppressed(inputs: Inputs, cells: Cells) -> Numbers:
    """Of the cells of creative industries; those of an area that is added up are the cells of its parts."""
    withheld, there = _count_cells(inputs, cells)
    value = suppressed_share(withheld, there)
    standing = mark(
        all_ok(value.shape),
        there == 0,
        MISSING,
        lambda area, _group, year: reasons.no_rows(cells.table, cells.place(area, year)),
    )
    return plain(value, standing)


def _count_cells(inputs: Inputs, cells: Cells) -> tuple[Floats, Floats]:
    """How many cells of creative industries are suppressed, and how many there are: areas × 1 × years each."""
    release: Release = inputs.release
    frame: pd.DataFrame | None = getattr(release, cells.table)
    shape = (len(cells.areas), 1, len(cells.years))
    withheld, there = np.zeros(shape), np.zeros(shape)
    if frame is None:
        return withheld, there
    codes = [str(code) for code in frame["sic"].unique() if code != ALL]
    creative = match(inputs.classification.whole, codes, release.info.absent_codes).codes
    frame = frame[frame["sic"].isin(creative)]
    if "size_band" in frame.columns:
        frame = frame[frame["size_band"] == ALL]
    for counted, rows in ((there, frame), (withheld, frame[frame["status"] == Status.SUPPRESSED])):
        sizes = rows.groupby(["area", "year"], observed=True).size()
        found = sizes.unstack(fill_value=0).reindex(index=cells.areas, columns=map(int, cells.years), fill_value=0)
        counted[:, 0] = found.to_numpy(float)
    return _with_sums(withheld, cells, release), _with_sums(there, cells, release)


def _with_sums(own: Floats, cells: Cells, release: Release) -> Floats:
    """Counts of areas, with those of derived levels, which have no rows, as sums of the areas in them."""
    summed = own.copy()
    for part, holders in above(release).items():
        for holder in holders:
            summed[cells.areas.index(holder)] += own[cells.areas.index(part)]
    return summed


def _without_flags(standing: Standing) -> Standing:
    """The standing, with low reliability taken as good: whether a cell jumped can be told of a poor number too."""
    flagged = standing.state == LOW_RELIABILITY
    return Standing(np.where(flagged, OK, standing.state).astype(np.int8), np.where(flagged, "", standing.reason))


INDICATORS = (
    Indicator(
        "one-cell-jumps",
        name="Cells that jumped",
        unit="cells",
        digits=0,
        definition="How many single cells (jobs of one industry class in one area) of the sub-sector changed by more "
        "than 500 jobs, and by more than half, from the year before. What rests on such a cell for a tenth or more is "
        "marked as of low reliability, with its name, and so is a change from before the jump to after it.",
        formula="#{c in i: |x_rct − x_rc,t−1| > 500 and > 0.5·x_rc,t−1}",
        source="own rule: the size at which one large site, classed anew, is seen in a travel-to-work area",
        made_by=jumped,
    ),
    Indicator(
        "suppressed-share",
        name="Suppressed share of cells",
        unit="share",
        digits=1,
        definition="Share of the area's cells in creative industries, one for each industry class, that are suppressed "
        "so that no business can be recognised; of jobs, or of local units.",
        formula="#{suppressed cells} / #{cells}",
        source="counted from the status of the release's cells",
        made_by=suppressed_share,
    ),
    Indicator(
        "quotient-width",
        name="Width of the location quotient's interval",
        unit="ratio",
        digits=1,
        definition="How many times as large as the lower end of the interval of the location quotient of jobs its "
        "upper end is: 1 where it is known exactly, 10 where it may be anything from a third of the value to three "
        "times as much. It is worked out from what is published, without an interval of its own: its ends are its "
        "value. Not applicable where the interval begins at 0.",
        formula="high(LQ_ri) / low(LQ_ri)",
        source="own; the interval: Wilson 1927, Ellison and Glaeser 1997",
        made_by=width,
    ),
    Indicator(
        "sub-sectors-hidden",
        name="Sub-sectors without a reliable figure on jobs",
        unit="sub-sectors",
        digits=0,
        definition="Number of creative sub-sectors whose location quotient of jobs is suppressed, missing, or of low "
        "reliability.",
        formula="#{i: LQ_ri suppressed, missing or of low reliability}",
        source="counted from the status of the location quotients",
        made_by=hidden,
    ),
    Indicator(
        "provisional",
        name="Provisional year",
        unit="yes or no",
        digits=0,
        definition="Whether the release says that its figures of the year are provisional and may be revised.",
        formula="year among provisional_years of release.toml",
        source="said by the release",
        made_by=in_years,
    ),
    Indicator(
        "break",
        name="Break in the series",
        unit="yes or no",
        digits=0,
        definition="Whether the release says that from this year on figures are not quite of the same thing as before, "
        "for a changed definition or boundary. Changes across such a year are marked as of low reliability.",
        formula="year among the years of [[breaks]] of release.toml",
        source="said by the release",
        made_by=in_years,
    ),
)
