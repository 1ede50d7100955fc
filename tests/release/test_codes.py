"""
Columns of small integers: joined keys, counts, first rows, and record numbers, also across the borders of slices.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.release import codes
from reportgen.release.codes import Numbering, Text, any_twice, joined

COLUMN = st.lists(st.integers(0, 6), min_size=1, max_size=40)


def text(found: list[int]) -> Text:
    return Text(tuple(str(value) for value in range(7)), np.array(found, dtype=np.int8), 1)


@pytest.fixture(autouse=True)
def short_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "SLICE", 8)


@given(found=COLUMN)
def test_counts_and_first_rows(found: list[int]) -> None:
    """As one would count by hand."""
    column = text(found)
    assert [found.count(value) for value in range(7)] == column.counts().tolist()
    first = [found.index(value) if value in found else len(found) for value in range(7)]
    assert first == column.first_rows().tolist()
    among = np.array([value > 2 for value in found])
    assert [found.count(value) if value > 2 else 0 for value in range(7)] == column.counts(among).tolist()


@given(rows=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=40), sparse=st.booleans())
def test_a_joined_key_is_equal_where_all_parts_are(rows: list[tuple[int, int]], sparse: bool) -> None:
    """Also where keys are too many to be ticked off one by one."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(codes, "SPARSE", 0 if sparse else 16)
        keys, size = joined([text([one for one, _ in rows]), text([other for _, other in rows])], len(rows))
    assert [row == rows[0] for row in rows] == (keys == keys[0]).tolist()
    assert 0 <= keys.min() <= keys.max() < size
    assert (len(set(rows)) < len(rows)) == any_twice(keys, size)


def test_a_key_of_many_columns_with_many_texts() -> None:
    """More keys than an integer can count."""
    wide = Text(tuple(map(str, range(100_000))), np.array([0, 99_999, 99_999, 5], dtype=np.int32), 1)
    keys, size = joined([wide] * 5, 4)
    assert (True, False) == (keys[1] == keys[2], keys[0] == keys[3])
    assert keys.max() < size


@pytest.mark.parametrize(("size", "bytes_"), [(0, 1), (128, 1), (129, 2), (32_768, 2), (32_769, 4)])
def test_codes_take_no_more_room_than_they_need(size: int, bytes_: int) -> None:
    """A hundred and twenty-eight texts fit into a byte."""
    assert bytes_ == codes.smallest(size).itemsize


@given(length=st.integers(1, 30), skipped=st.sets(st.integers(2, 40), max_size=10))
def test_record_numbers(length: int, skipped: set[int]) -> None:
    """Rows are numbered from behind the header, past the records that were left out."""
    expected = [record for record in range(2, 100) if record not in skipped][:length]
    numbering = Numbering(length, np.array(sorted(skipped), dtype=np.int64), 2)
    assert expected == [int(numbering[row]) for row in range(length)] == np.asarray(numbering).tolist()
    odd = np.arange(length) % 2 == 1
    assert expected[1::2] == numbering[odd].tolist()
    assert expected[::2] == np.asarray(numbering.without(odd)).tolist()


@pytest.mark.parametrize("count", [127, 128, 129, 32_767, 32_768, 32_769])
def test_a_joined_key_of_one_year_and_many_areas(count: int) -> None:
    """At the borders of the integer types, where the factor needs more room than the codes before it."""
    year = Text(("2023",), np.zeros(count, dtype=np.int8), 1)
    area = Text(tuple(map(str, range(count))), np.arange(count, dtype=np.int32), 2)
    found, size = joined([year, area], count)
    assert (count, count) == (size, len(np.unique(found)))
