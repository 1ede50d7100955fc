"""A condition holds on what can be relied on, and says by how much."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.assessment.conditions import COMPARISONS, Condition, exact, half_width
from reportgen.facts.fact import Fact
from reportgen.release.tables import Status

FACT = Fact("E1/location-quotient/all/2024/-/-", 1.2, 1.05, 1.4, "ratio", 2, Status.OK, "", "employment")
ABOVE = Condition("quotient", "location-quotient", "all", bound="low", comparison="above", number=1.0)


@pytest.mark.parametrize(
    ("bound", "comparison", "number", "holds"),
    [
        ("low", "above", 1.04, True),
        ("low", "above", 1.05, False),
        ("low", "at-least", 1.05, True),
        ("value", "above", 1.1, True),
        ("value", "above", 1.2, False),
        ("high", "below", 1.41, True),
        ("high", "below", 1.4, False),
        ("high", "at-most", 1.4, True),
    ],
)
def test_a_condition_looks_at_the_bound_that_it_names(bound: str, comparison: str, number: float, holds: bool) -> None:
    """Just past the number, and just not."""
    condition = replace(ABOVE, bound=bound, comparison=comparison, number=number)
    assert holds is condition.holds(FACT)


@pytest.mark.parametrize(
    "status", [Status.SUPPRESSED, Status.MISSING, Status.NOT_APPLICABLE, Status.LOW_RELIABILITY], ids=str
)
@pytest.mark.parametrize("comparison", ["above", "below"])
def test_no_condition_holds_on_what_cannot_be_relied_on(status: Status, comparison: str) -> None:
    """Neither way round: not known is not the same as small. It has no margin, and is no near miss."""
    value = FACT.value if status.has_value else None
    fact = replace(FACT, value=value, low=None, high=None, status=status)
    condition = replace(ABOVE, comparison=comparison, number=1.0)
    assert (False, -math.inf, False, False) == (
        condition.holds(fact),
        condition.margin(fact),
        condition.wide(fact),
        condition.near(fact),
    )


def test_an_exact_number_is_its_own_bound_and_an_estimate_without_an_interval_has_none() -> None:
    """A count of places is sure; a quotient whose interval nobody knows passes by its value alone, if the rule asks."""
    bare = replace(FACT, low=None, high=None)
    assert ABOVE.holds(replace(bare, unit="areas"))
    assert not ABOVE.holds(bare)
    assert not replace(ABOVE, bound="high", comparison="above").holds(bare)
    assert replace(ABOVE, bound="value").holds(bare)


@pytest.mark.parametrize(
    ("low", "value", "high", "unit", "indicator", "bound", "comparison", "number", "margin"),
    [
        (1.1, 1.2, 1.3, "ratio", "location-quotient", "low", "above", 1.0, 1.0),
        (1.1, 1.2, 1.3, "ratio", "location-quotient", "low", "above", 1.15, -0.5),
        (0.5, 0.7, 0.9, "ratio", "location-quotient", "high", "below", 1.0, 0.5),
        (-0.03, -0.02, -0.01, "share a year", "creative-jobs-growth", "high", "below", 0.0, 1.0),
        (None, 3.0, None, "sub-sectors", "sub-sectors-hidden", "value", "at-least", 2.0, 0.5),
        (None, 0.0, None, "sub-sectors", "sub-sectors-above", "value", "at-most", 0.0, 0.0),
        (3.3, 3.3, 3.3, "ratio", "quotient-width", "value", "at-least", 3.0, 0.1),
        (None, 0.9, None, "share", "selection-probability", "value", "at-least", 0.8, 0.5),
        (None, 0.1, None, "share", "selection-probability", "value", "below", 0.4, 0.75),
        (None, 1.0, None, "yes or no", "hotspot", "value", "at-least", 1.0, math.inf),
        (None, 0.0, None, "yes or no", "hotspot", "value", "at-least", 1.0, -math.inf),
    ],
)
def test_a_margin_is_told_in_half_widths(
    low: float | None,
    value: float,
    high: float | None,
    unit: str,
    indicator: str,
    bound: str,
    comparison: str,
    number: float,
    margin: float,
) -> None:
    """Without one, as a share of the number; of a probability, of the way to certainty; a verdict has none."""
    fact = Fact(f"E1/{indicator}/all/2024/-/-", value, low, high, unit, 2, Status.OK, "", "employment")
    condition = replace(ABOVE, indicator=indicator, bound=bound, comparison=comparison, number=number)
    assert margin == pytest.approx(condition.margin(fact))


@pytest.mark.parametrize(
    ("low", "number", "wide", "near"),
    [
        (1.3, 1.0, True, False),
        (1.25, 1.0, False, False),
        (0.95, 1.0, False, True),
        (0.9, 1.0, False, True),
        (0.8, 1.0, False, False),
        (1.0, 0.0, True, False),
    ],
)
def test_a_wide_gap_and_a_near_miss_are_told_by_the_number(low: float, number: float, wide: bool, near: bool) -> None:
    """More than a quarter beyond it; within a tenth of it. Where it is 0, by the half-width, here 0.1."""
    fact = replace(FACT, value=low + 0.1, low=low, high=low + 0.2)
    condition = replace(ABOVE, number=number)
    assert (wide, near) == (condition.wide(fact), condition.near(fact))


@pytest.mark.parametrize(("low", "near"), [(-0.004, True), (-0.006, False)])
def test_a_near_miss_may_be_half_a_half_width_away(low: float, near: bool) -> None:
    """As a tenth of nothing is nothing."""
    fact = replace(FACT, value=low + 0.01, low=low, high=low + 0.02)
    assert near is replace(ABOVE, number=0.0).near(fact)


@pytest.mark.parametrize(("value", "near"), [(0.85, False), (0.92, True), (1.4, True)])
def test_a_wide_interval_alone_brings_nothing_near(value: float, near: bool) -> None:
    """Its end may all but reach the number while the value lies far on the wrong side: that is no near miss."""
    condition = replace(ABOVE, bound="high", number=1.0)
    upper = replace(FACT, value=min(value, 0.98), low=0.1, high=0.99)
    lower = replace(FACT, value=value, low=0.95, high=9.0)
    assert near is (condition if value < 1 else ABOVE).near(upper if value < 1 else lower)


def test_an_interval_that_is_a_point_is_no_estimate() -> None:
    """How wide an interval is, is known."""
    assert exact(replace(FACT, low=1.2, high=1.2))
    assert exact(replace(FACT, low=None, high=None, unit="areas"))
    assert not exact(FACT)
    assert not exact(replace(FACT, low=None, high=None))


numbers = st.floats(-100, 100).map(lambda number: round(number, 3))


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    low, value, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    ends = (low, high) if draw(st.booleans()) else (None, None)
    unit = draw(st.sampled_from(["ratio", "share a year", "jobs", "areas", "yes or no"]))
    status = draw(st.sampled_from([Status.OK, Status.LOW_RELIABILITY]))
    return replace(FACT, value=value, low=ends[0], high=ends[1], unit=unit, status=status)


@given(facts(), st.sampled_from(["low", "value", "high"]), st.sampled_from(sorted(COMPARISONS)), numbers)
def test_margin_gap_and_near_miss_agree_with_whether_it_holds(
    fact: Fact, bound: str, comparison: str, number: float
) -> None:
    """Whatever the numbers: a margin is not negative where it holds, nor positive where it fails."""
    condition = replace(ABOVE, bound=bound, comparison=comparison, number=number)
    holds, margin = condition.holds(fact), condition.margin(fact)
    assert margin >= 0 if holds else margin <= 0
    assert holds or not condition.wide(fact)
    assert not (holds and condition.near(fact))


@given(facts(), st.sampled_from(["low", "value", "high"]), st.sampled_from(sorted(COMPARISONS)), numbers)
def test_margins_do_not_depend_on_the_unit(fact: Fact, bound: str, comparison: str, number: float) -> None:
    """Jobs in thousands have the same margin, as long as there is an interval."""
    if half_width(fact) and fact.value is not None and fact.low is not None and fact.high is not None:
        condition = replace(ABOVE, bound=bound, comparison=comparison, number=number)
        larger = replace(fact, value=fact.value * 1000, low=fact.low * 1000, high=fact.high * 1000)
        scaled = replace(condition, number=number * 1000)
        assert scaled.margin(larger) == pytest.approx(condition.margin(fact))
