"""
Shape: what a row of findings looks like, what an indicator is, and how wide arrays become rows.
Every family makes its rows here, so that all are of one shape; knows no release and computes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from reportgen.release.tables import STATES

Floats = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]
States = npt.NDArray[np.int8]
Reasons = npt.NDArray[np.object_]

COLUMNS = (
    "area",
    "indicator",
    "sub_sector",
    "year",
    "other",
    "variant",
    "value",
    "low",
    "high",
    "status",
    "reason",
    "source",
)
KEY = COLUMNS[:6]
NUMBERS = ("value", "low", "high")

# A state is an index into STATES: the higher, the worse.
OK, LOW_RELIABILITY, NOT_APPLICABLE, MISSING, SUPPRESSED = range(len(STATES))


@dataclass(frozen=True)
class Indicator:
    """
    One thing that is measured. Glossary, methods annex, axis titles, column heads and data dictionary come from it.
    Args:
        unit: `jobs`, `local units`, `graduates`, `institutions`, `areas`, `sub-sectors`, `industries`, `cells`,
            `projections`, `stars`, `number`, `ratio`, `share`, `share a year`, `rank`, `index`, `£ million`,
            `coefficient`, `probability`, `yes or no`.
        digits: decimals shown, of a share those of its per cent; for counts 0.
        made_by: the function that computes it; its docstring carries the formula's account.
    """

    id: str
    name: str
    unit: str
    digits: int
    definition: str
    formula: str
    source: str
    made_by: Callable[..., Any]


class Standing(NamedTuple):
    """How numbers stand, arrays of one shape: a state each, and a whole sentence wherever it is not OK (else empty)."""

    state: States
    reason: Reasons

    @property
    def has_value(self) -> Booleans:
        return self.state <= LOW_RELIABILITY

    def at(self, *places: Any) -> Standing:
        """That of some places, asked for as of an array."""
        return Standing(self.state[places], self.reason[places])


class Numbers(NamedTuple):
    """Results as arrays areas × sub-sectors × times; `low` and `high` are NaN where there is no interval."""

    value: Floats
    low: Floats
    high: Floats
    standing: Standing

    def at(self, *places: Any) -> Numbers:
        """Those of some places, asked for as of an array."""
        value, low, high = (of[places] for of in self[:3])
        return Numbers(value, low, high, self.standing.at(*places))


def all_ok(shape: tuple[int, ...]) -> Standing:
    """The standing of numbers in whose way nothing stands."""
    return Standing(np.full(shape, OK, dtype=np.int8), np.full(shape, "", dtype=object))


def plain(value: Floats, standing: Standing) -> Numbers:
    """Numbers without an interval of their own: verdicts, ranks, counts of verdicts."""
    nothing = np.full(value.shape, np.nan)
    return Numbers(value, nothing, nothing, standing)


def within(value: Floats, low: Floats, high: Floats, standing: Standing) -> Numbers:
    """Numbers with an interval that holds them, also where the last digits of a float would have put an end past it."""
    return Numbers(value, np.minimum(low, value), np.maximum(high, value), standing)


def beside(standings: Sequence[Standing]) -> Standing:
    """Standings next to each other on the second axis."""
    return Standing(
        np.concatenate([each.state for each in standings], axis=1),
        np.concatenate([each.reason for each in standings], axis=1),
    )


def worst(*standings: Standing) -> Standing:
    """
    The standing of what is made from several numbers: that of the worst; among equals, of the first.
    The arrays broadcast against each other.

    >>> bad = Standing(np.array([SUPPRESSED, OK], dtype=np.int8), np.array(["Suppressed.", ""], dtype=object))
    >>> worst(all_ok((2,)), bad).reason.tolist()
    ['Suppressed.', '']
    """
    state, reason = standings[0]
    for other in standings[1:]:
        reason = np.where(other.state > state, other.reason, reason)
        state = np.maximum(state, other.state)
    return Standing(state, reason)


def mark(standing: Standing, where: Booleans, state: int, sentence: Callable[..., str]) -> Standing:
    """
    The standing with a state of its own at some places, unless what stands there is as bad already.
    Args:
        where: same shape as the standing.
        sentence: takes the position, one number for each axis, gives the reason.
    """
    where = where & (standing.state < state)
    reason = standing.reason.copy()
    for position in np.argwhere(where):
        reason[tuple(position)] = sentence(*position)
    return Standing(np.where(where, np.int8(state), standing.state), reason)


def tidy(
    indicator: str,
    areas: Sequence[str],
    sub_sectors: Sequence[str],
    times: Sequence[tuple[str, str]],
    numbers: Numbers,
    source: str,
    variant: str = "",
) -> pd.DataFrame:
    """
    One row for each cell of the arrays, in their order: by area, then sub-sector, then time.
    Args:
        times: the third axis, a pair (`year`, `other`) each; `other` is empty unless two years are compared.
        numbers: areas × sub-sectors × times.
        source: names of the tables that the numbers rest on, joined by `;`.
    Returns: the columns of a finding; the words as categories, the numbers as floats, NaN where there is none.
    """
    known = numbers.standing.has_value
    shape = known.shape
    after_area, size = shape[1] * shape[2], known.size
    words = {
        "area": _spread(areas, after_area, 1),
        "indicator": _spread([indicator], size, 1),
        "sub_sector": _spread(sub_sectors, shape[2], shape[0]),
        "year": _spread([year for year, _ in times], 1, shape[0] * shape[1]),
        "other": _spread([other for _, other in times], 1, shape[0] * shape[1]),
        "variant": _spread([variant], size, 1),
        "status": pd.Categorical.from_codes(numbers.standing.state.ravel(), [state.value for state in STATES]),
        "reason": pd.Categorical(numbers.standing.reason.ravel()),
        "source": _spread([source], size, 1),
    }
    # Adding 0 turns a negative zero, which a reader would see as "-0", into a plain one.
    columns = {name: np.where(known, getattr(numbers, name), np.nan).ravel() + 0.0 for name in NUMBERS}
    return pd.DataFrame({**words, **columns}, columns=list(COLUMNS))


def stack(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Frames of findings one below the other; the words stay categories, which `pandas.concat` would give up."""
    frames = [frame for frame in frames if len(frame)]  # without rows, words have no categories
    if not frames:
        return pd.DataFrame({name: pd.Series(dtype=float if name in NUMBERS else "category") for name in COLUMNS})
    columns = {
        name: np.concatenate([frame[name].to_numpy() for frame in frames])
        if name in NUMBERS
        else pd.api.types.union_categoricals([frame[name] for frame in frames])
        for name in COLUMNS
    }
    return pd.DataFrame(columns, columns=list(COLUMNS))


def places_on(axis: Sequence[str], labels: Sequence[str]) -> list[int]:
    """Where each of some labels stands on an axis."""
    places = {label: place for place, label in enumerate(axis)}
    return [places[label] for label in labels]


def _spread(labels: Sequence[str], each: int, times: int) -> pd.Categorical:
    """The labels of one axis of an array that is laid out flat: each so many times in a row, the whole so often."""
    categories = list(dict.fromkeys(labels))
    codes = np.array(places_on(categories, labels), dtype=np.int32)
    return pd.Categorical.from_codes(np.tile(np.repeat(codes, each), times), categories)
