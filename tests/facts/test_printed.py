"""Numbers as they are printed: what files beside a PDF have of a fact, and what its charts draw."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.facts import format as formats
from reportgen.facts import said
from reportgen.facts.fact import Fact
from tests.made import UNITS, fact, facts

ANY = st.sampled_from(UNITS).flatmap(facts)
ESTIMATES = ("ratio", "share", "share a year", "points", "coefficient", "probability", "jobs")


def is_bound(one: Fact) -> bool:
    """Whether a page tells its value as `under 0.1 %`."""
    return said.cell(one).startswith(formats.BOUNDS)


@given(ANY)
def test_what_is_printed_reads_as_the_number_in_full_does(one: Fact) -> None:
    assert said.cell_range(one) == said.cell_range(one.printed)
    assert is_bound(one) or said.cell(one) == said.cell(one.printed)


@given(ANY)
def test_what_is_printed_is_not_rounded_again(one: Fact) -> None:
    assert one.printed == one.printed.printed


@given(ANY)
def test_nought_is_what_a_page_prints_as_nought_and_nothing_else_is(one: Fact) -> None:
    """Not what is told as a bound, and not what is suppressed, missing or not applicable."""
    assert one.known == one.printed.known
    assert one.status is one.printed.status
    nought = set(re.findall(r"\d", said.cell(one))) == {"0"} and not is_bound(one)
    assert nought == (one.printed.value == 0)


@pytest.mark.parametrize("unit", ESTIMATES)
@given(values=st.lists(st.floats(0.0, 5.0), min_size=3, max_size=3))
def test_a_printed_value_lies_within_its_printed_interval(unit: str, values: list[float]) -> None:
    """But for a share whose interval runs beyond 100 %, which then has no decimals."""
    low, value, high = sorted(values)
    one = fact(value, unit, low, high).printed
    slack = 0.005 if unit.startswith("share") and high > 1 else 0.0
    assert one.low - slack <= one.value <= one.high + slack


@pytest.mark.parametrize("unit", ESTIMATES)
@given(one=st.floats(0.0, 5.0), other=st.floats(0.0, 5.0))
def test_what_is_printed_is_never_in_another_order(unit: str, one: float, other: float) -> None:
    low, high = (fact(each, unit).printed.value for each in sorted((one, other)))
    assert low <= high


def test_a_move_that_nobody_reads_changes_nothing() -> None:
    """A millionth more or less, of a number and of the ends of its interval."""
    before = fact(0.31914, "share", 0.2871, 0.3512)
    after = fact(0.31916, "share", 0.2873, 0.3514)
    assert before.printed == after.printed
    assert (0.319, 0.287, 0.351) == (before.printed.value, before.printed.low, before.printed.high)
