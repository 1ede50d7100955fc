"""
Gross value added of the national area at current prices, in the shape of other cells. The figures are published whole:
neither rounding nor chance is known of them.
"""

from __future__ import annotations

import numpy as np

from reportgen.analysis import reasons
from reportgen.analysis.cells import TOTAL, Cells
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.shape import MISSING, NOT_APPLICABLE, Floats, all_ok, mark
from reportgen.analysis.uncertainty import Rounding
from reportgen.classification import CREATIVE
from reportgen.release.tables import SUB_SECTORS

TABLE = "gva"
ECONOMY = "whole-economy"  # what the table calls all industries


def gva_cells(inputs: Inputs) -> Cells:
    """
    Gross value added by sub-sector, of creative as a whole and of the whole economy (TOTAL), in £ million.
    Returns: 1 × groups × years; the years of the table or, without it, those of the jobs. Creative as a whole is its
        published row, but the sum of the sub-sectors that count where settings or definitions leave one out. What has
        no row is missing; a value below 0 has no rate of growth and is not applicable.
    """
    release, table = inputs.release, inputs.release.gva
    years = inputs.jobs.years if table is None else tuple(map(str, sorted(table["year"].unique())))
    parts = tuple(part.id for part in inputs.classification.creative)
    given: dict[tuple[str, str], float] = {}
    if table is not None:
        rows = table[["sector", "year", "gva_million"]].itertuples(index=False)
        given = {(str(sector), str(year)): float(value) for sector, year, value in rows}

    def series(sector: str) -> Floats:
        return np.array([given.get((sector, year), np.nan) for year in years])

    published = set(parts) == set(SUB_SECTORS)
    creative = series(CREATIVE) if published else np.sum([series(part) for part in parts], axis=0)
    value = np.stack([*map(series, parts), creative, series(ECONOMY)])[None]
    standing = all_ok(value.shape)
    standing = mark(standing, np.isnan(value), MISSING, lambda _area, _group, year: reasons.no_gva(years[year]))
    standing = mark(standing, value < 0, NOT_APPLICABLE, lambda _area, _group, year: reasons.negative_gva(years[year]))
    nothing = np.full(value.shape, np.nan)
    return Cells(
        TABLE,
        areas=(release.info.national,),
        names=(release.name_of(release.info.national),),
        groups=(*parts, CREATIVE, TOTAL),
        years=years,
        compared=(),
        value=np.where(standing.has_value, value, np.nan),
        rounding=Rounding(nothing, nothing),
        low=nothing,
        high=nothing,
        standing=standing,
    )
