"""
Crosswalk: how much of an area's total rests on authorities that lie in it only in part, where a release was made by
sharing out the figures of authorities. Takes the release's own table, gives rows; shares nothing out itself.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.cells import TOTAL, Cells
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.shape import (
    LOW_RELIABILITY,
    MISSING,
    NOT_APPLICABLE,
    OK,
    SUPPRESSED,
    Indicator,
    Numbers,
    all_ok,
    mark,
    plain,
    stack,
    tidy,
)
from reportgen.release.model import Release
from reportgen.release.tables import STATES

VARIANTS = ("jobs", "units")  # what the shares are of
SOURCE = "crosswalk"


def split_share(release: Release, cells: Cells) -> Numbers:
    """
    Part of each area's total that comes from authorities which lie in it only in part, as the import kept it:
    σ_t = Σ_split w_ts·T_s / Σ w_ts·T_s, with w_ts the part of authority s that lies in area t, T_s its total.
    Args:
        cells: the table that the shares are of; only its areas and years count.
    Returns: areas × 1 × years, 0 to 1. Not applicable where nothing was shared out.
    """
    shape = (len(cells.areas), 1, len(cells.years))
    value, state, given = np.full(shape, np.nan), np.full(shape, OK, dtype=np.int8), np.zeros(shape, dtype=bool)
    if release.crosswalk is not None:
        rows = release.crosswalk[release.crosswalk["table"] == cells.table]
        for year, area, share, status in rows[["year", "area", "split_share", "status"]].itertuples(index=False):
            if str(year) in cells.years:
                at = cells.areas.index(str(area)), 0, cells.years.index(str(year))
                value[at], state[at], given[at] = share, [str(each) for each in STATES].index(status), True
    standing = all_ok(shape)
    for withheld in (LOW_RELIABILITY, MISSING, SUPPRESSED):
        standing = mark(
            standing,
            given & (state == withheld),
            withheld,
            lambda area, _, year, of=withheld: reasons.of_an_authority(cells.table, of, cells.place(area, year)),
        )
    standing = mark(
        standing,
        given & (state == NOT_APPLICABLE),
        NOT_APPLICABLE,
        lambda area, _, year: reasons.no_total(cells.table, cells.place(area, year)),
    )
    standing = mark(
        standing, ~given, NOT_APPLICABLE, lambda area, _, year: reasons.not_shared_out(cells.place(area, year))
    )
    return plain(value, standing)


def findings(inputs: Inputs) -> pd.DataFrame:
    """The rows of this family: every area, jobs and local units, each year of their tables."""
    return stack(
        [
            tidy(
                "split-share",
                cells.areas,
                [TOTAL],
                [(year, "") for year in cells.years],
                split_share(inputs.release, cells),
                SOURCE,
                variant,
            )
            for variant, cells in zip(VARIANTS, (inputs.jobs, inputs.units), strict=True)
        ]
    )


INDICATORS = (
    Indicator(
        "split-share",
        name="Share of the total that was shared out",
        unit="share",
        digits=0,
        definition="Part of the area's jobs, or local units, in all industries that comes from local authorities which "
        "lie in it only in part; the counts of these were shared out between areas by fixed weights.",
        formula="σ_t = Σ_split w_ts·T_s / Σ w_ts·T_s",
        source="the release's table crosswalk, kept when its figures were imported",
        made_by=split_share,
    ),
)
