"""Lookup: a row by its key, whatever the words of its family are."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from reportgen.analysis.lookup import Lookup
from reportgen.analysis.shape import COLUMNS, KEY
from reportgen.release.tables import Status

WORDS = st.sampled_from(["", "Bath", "crafts", "2024", "nesta2015.units"])
KEYS = st.tuples(*[WORDS] * len(KEY))
ROWS = st.dictionaries(KEYS, st.none() | st.floats(allow_nan=False, allow_infinity=False), max_size=12)


def frame_of(rows: dict[tuple[str, ...], float | None]) -> pd.DataFrame:
    """A family in which rows with a value have an interval of no width, and rows without say why."""
    known = {True: ("missing", "Not measured.", "universities"), False: ("ok", "", "employment")}
    records = [(*key, value, value, value, *known[value is None]) for key, value in rows.items()]
    frame = pd.DataFrame(records, columns=list(COLUMNS)).astype(dict.fromkeys(("value", "low", "high"), float))
    return frame.astype(dict.fromkeys((*KEY, "status", "reason", "source"), "category"))


@given(ROWS)
def test_every_key_leads_to_its_own_row(rows) -> None:
    lookup = Lookup(frame_of(rows))
    assert list(range(len(rows))) == [lookup.place(key) for key in rows]
    for place, value in enumerate(rows.values()):
        rest = (Status.MISSING, "Not measured.", "universities") if value is None else (Status.OK, "", "employment")
        assert (value, value, value, *rest) == lookup.row(place)


@given(ROWS, KEYS)
def test_a_key_that_no_row_has_leads_nowhere_even_where_each_word_is_known(rows, key) -> None:
    assert (key in rows) == (Lookup(frame_of(rows)).place(key) is not None)
