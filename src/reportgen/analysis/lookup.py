"""
Lookup: one row of a family of findings by its key, quickly and in little room, for a family has hundreds of thousands.
Takes the frame of a family, copies none of its columns; says nothing of what is not there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from reportgen.analysis.shape import KEY, NUMBERS
from reportgen.release.tables import Status

Row = tuple[float | None, float | None, float | None, Status, str, str]


class Lookup:
    """
    The rows of one family. A key is one whole number: the places of its words among those of the family, counted like
    the digits of a number whose bases differ. The numbers are sorted once; a key is found by halving.
    Args:
        rows: the columns of a finding; words as categories, or as anything that pandas makes categories of.
    """

    def __init__(self, rows: pd.DataFrame) -> None:
        keys = np.zeros(len(rows), dtype=np.int64)
        self._words: list[dict[str, int]] = []
        base = 1
        for column in reversed(KEY):
            words = _words(rows[column])
            keys += words.codes.astype(np.int64) * base
            self._words.insert(0, {str(word): at * base for at, word in enumerate(words.categories)})
            base *= len(words.categories)
        # Stable, so that the last of equal keys stands last among them.
        order = np.argsort(keys, kind="stable")
        self._keys = keys[order]
        self._order = order.astype(np.int32)
        self._numbers = [rows[name].to_numpy(dtype=np.float64) for name in NUMBERS]
        states = _words(rows["status"])
        self._states, self._status = states.codes, [Status(state) for state in states.categories]
        self._texts = [
            (words.codes, words.categories.tolist()) for words in map(_words, (rows["reason"], rows["source"]))
        ]

    def place(self, key: Sequence[str]) -> int | None:
        """The number of the row with a key; None where there is none."""
        wanted = 0
        for words, word in zip(self._words, key, strict=True):
            part = words.get(word)
            if part is None:
                return None
            wanted += part
        at = int(self._keys.searchsorted(wanted, side="right")) - 1
        return int(self._order[at]) if at >= 0 and self._keys[at] == wanted else None

    def row(self, place: int) -> Row:
        """What stands in a row beside its key: value, low and high (None: there is none), status, reason, source."""
        value, low, high = (_number(column.item(place)) for column in self._numbers)
        reason, source = (texts[codes.item(place)] for codes, texts in self._texts)
        return value, low, high, self._status[self._states.item(place)], reason, source


def _words(column: pd.Series) -> pd.Categorical:
    return column.array if isinstance(column.dtype, pd.CategoricalDtype) else pd.Categorical(column)


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value
