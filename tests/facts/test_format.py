"""How numbers stand on a page: rounded to what the source can carry, never into a lie."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from reportgen.facts import format as formats
from reportgen.release.tables import Status
from tests.sentences import faults

COUNTS = st.integers(min_value=-9_000_000, max_value=9_000_000)
RATIOS = st.floats(min_value=0, max_value=500, allow_nan=False)


def read(text: str) -> float:
    """The number that a reader takes from a text."""
    plain = text.removeprefix("over ").replace(formats.MINUS, "-").replace(",", "").replace(formats.NARROW, "")
    return float(plain.rstrip("%").lstrip("+"))


@given(COUNTS)
def test_a_count_is_rounded_by_at_most_half_its_step(value: int) -> None:
    """Tens from 1,000 on, hundreds from 10,000 on; smaller counts stand as they are."""
    step = 100 if abs(value) >= 10_000 else 10 if abs(value) >= 1_000 else 1
    assert abs(read(formats.number(value, "jobs")) - value) <= step / 2


@pytest.mark.parametrize("unit", formats.COUNTS)
def test_whatever_is_counted_reads_as_a_count(unit: str) -> None:
    """Cells and projections as well as jobs: no decimals."""
    assert ["3", "3,100", "0"] == [formats.number(value, unit) for value in (3.0, 3_097.0, 0.0)]


@given(COUNTS, COUNTS)
def test_more_never_reads_as_less(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert read(formats.number(low, "jobs")) <= read(formats.number(high, "jobs"))


@given(RATIOS)
def test_a_quotient_stays_on_its_side_of_the_national_share(value: float) -> None:
    """A quotient of 0.9996 does not read 1.00: the reader would take it for the national share."""
    assume(value == 1 or abs(value - 1) > 1e-6)
    text = formats.number(value, "ratio", 2)
    assume(not text.startswith("under"))
    assert (read(text) > 1) == (value > 1)
    assert (read(text) < 1) == (value < 1)


@given(st.floats(min_value=-3, max_value=3, allow_nan=False), st.booleans())
@example(0.99999, False)
def test_a_share_never_vanishes_and_never_reads_minus_nought(value: float, signed: bool) -> None:
    assume(value == 0 or abs(value) > 1e-7)
    text = formats.number(value, "share", 1, signed=signed)
    assert re.fullmatch(r"(under |over )?[+\u2212]?[\d,]+(\.\d+)?\u202f%", text)
    if value != 0 and not text.startswith("under"):
        assert read(text) != 0
        assert (read(text) < 0) == (value < 0)


def test_a_difference_of_shares_is_in_percentage_points() -> None:
    """1.2 % of a rate would be another number than 1.2 points of it; a range leaves the words to its number."""
    assert "+1.2\u00a0percentage points" == formats.number(0.0121, "points a year", 1, signed=True)
    assert "\u22120.003\u00a0percentage points" == formats.number(-0.00003, "points", 1)
    assert "1.2\u202fpp [u]" == formats.cell(0.0121, Status.LOW_RELIABILITY, "points", 1)
    assert "\u22120.7 to 25.2" == formats.interval(-0.007, 0.2523, "points", 1)
    assert "2.3–25.8" == formats.interval(0.023, 0.258, "points", 1, cell=True)


def test_a_pure_number_never_vanishes() -> None:
    """Distances, test statistics and probabilities: with their decimals, and a nought for nothing but 0."""
    assert "6.4" == formats.number(6.4487, "number", 1)
    assert "under 0.01" == formats.number(0.0004, "number", 2)
    assert "\u22120.0004" == formats.number(-0.0004, "number", 2)
    assert "0" == formats.number(0.0, "number", 2)


@given(st.floats(min_value=-1, max_value=1, allow_nan=False))
def test_a_coefficient_never_reads_as_none_and_never_as_perfect(value: float) -> None:
    """0 is no association and 1 a perfect one; −0.004 is neither."""
    assume(value in (0, 1, -1) or 1e-7 < abs(value) < 1 - 1e-7)
    text = formats.number(value, "coefficient", 2)
    assert (read(text) == 0) == (value == 0)
    assert (abs(read(text)) == 1) == (abs(value) == 1)


@given(COUNTS, st.integers(min_value=0, max_value=100_000), st.booleans())
def test_an_interval_with_equal_ends_reads_as_one_number(low: int, length: int, cell: bool) -> None:
    """Nobody is told `from 5 to 5`."""
    text = formats.interval(low, low + length, "jobs", cell=cell)
    ends = re.split(r" to |–", text)
    assert len(ends) == 1 or ends[0] != ends[1]


@pytest.mark.parametrize(
    ("value", "status", "expected"),
    [
        (0.0, Status.OK, "0"),
        (None, Status.SUPPRESSED, "[c]"),
        (None, Status.MISSING, "[x]"),
        (None, Status.NOT_APPLICABLE, "[z]"),
        (85.0, Status.LOW_RELIABILITY, "85 [u]"),
    ],
)
def test_nothing_and_not_known_are_five_different_things(value: float | None, status: Status, expected: str) -> None:
    assert formats.cell(value, status, "jobs") == expected


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [(145_630.04, 0, "145,630"), (0.3, 0, "under 1"), (0.0, 0, "0"), (-0.3, 1, "\u22120.3"), (65.24, 1, "65.2")],
)
def test_millions_of_pounds_stand_as_they_are(value: float, digits: int, expected: str) -> None:
    """To the million, unless that would make nothing of something."""
    assert formats.number(value, "£ million", digits) == expected


@given(st.floats(min_value=0, max_value=1))
def test_a_probability_is_never_rounded_to_nothing_or_to_certainty(value: float) -> None:
    text = formats.number(value, "probability", 3)
    assert (text == "0") == (value == 0)
    assert (text == "1") == (value == 1)
    bound = read(text.removeprefix("over ").removeprefix("under "))
    assert 0 <= bound <= 1
    assert abs(bound - value) <= 0.001


@given(st.floats(min_value=-1, max_value=1))
def test_a_coefficient_keeps_its_sign(value: float) -> None:
    """What lies close to 0 has more decimals rather than none."""
    assume(value == 0 or abs(value) > 1e-9)
    text = formats.number(value, "coefficient", 2)
    assert np.sign(read(text)) == np.sign(value)


NAMES = st.lists(st.sampled_from(["Bath", "Slough and Heathrow", "Bude", "Film, TV", "Ayr"]), unique=True, max_size=5)


@given(NAMES)
def test_a_list_can_be_read_back(names: list[str]) -> None:
    """However many names there are, and whatever commas or `and` are in them; a word `and` before the last."""
    text = formats.listed(names)
    commas, ands = (any(mark in name for name in names) for mark in (",", " and "))
    between = r"; (?:and )?" if commas else r", (?:and )?" if ands else r", | and "
    apart = re.split(between, text) if len(names) > 1 else [text][: len(names)]
    assert names == apart
    assert not names or [] == faults(text)
