"""
Jumps: single cells of a table that change so much from one year to the next that a firm classed anew, or a mistake, is
as likely as growth. Takes arrays, gives arrays; decides nothing about sums.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from reportgen.analysis.shape import Booleans, Floats

TABLE = "employment"  # whose cells are looked at: one site classed anew moves jobs, but hardly local units
LEAST_CHANGE = 500.0  # jobs
LEAST_SHARE = 0.5  # of what there was the year before
PART_OF_SUM = 0.1  # a sum rests on a jump that is at least this part of it


class Jump(NamedTuple):
    """
    One cell, area × class × year, that jumped.
    Args:
        place: name of the area; groups: those groups of industries that the class is in.
    """

    area: str
    place: str
    code: str
    year: str
    before: float
    after: float
    groups: tuple[str, ...]

    @property
    def size(self) -> float:
        return abs(self.after - self.before)


def jumped(before: Floats, after: Floats) -> Booleans:
    """
    Which cells jumped, up or down: |x_t − x_{t−1}| > 500 jobs, and > 50 % of x_{t−1}.
    Args:
        before, after: jobs in a class of industries of one area, a year apart; NaN where not known.
    Source: own rule; the sizes are those at which one large site changing its class is seen in a travel-to-work area.

    >>> jumped(np.array([200.0, 2000.0, 0.0, np.nan]), np.array([900.0, 2700.0, 600.0, 900.0])).tolist()
    [True, False, True, False]
    """
    change = np.abs(after - before)
    found: Booleans = (change > LEAST_CHANGE) & (change > LEAST_SHARE * before)  # NaN is not
    return found
