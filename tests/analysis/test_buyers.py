"""Buyers: exposure beside Great Britain's, jobs in industries that buy little, and which industries would buy most."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from reportgen.analysis.buyers import below_mean, leading, purchases_here, shares_of_jobs
from reportgen.analysis.exposure import mix
from tests.analysis.test_supply_chain import TABLE, Look, look  # noqa: F401

# Creative inputs: 3 of 200 in A01, 4 of 600 in L68A and L68B together, nothing in T97, which has no output.
ALL, OTHER = "all-industries", "other-industries"


@pytest.fixture(scope="module")
def found(look: Callable[..., Look]) -> Look:  # noqa: F811
    return look()


def of(found: Look, indicator: str, area: str, other: str = "", variant: str = "") -> tuple[float | None, str]:
    return found(indicator, other, variant, area, "2023")


def rows(found: Look, indicator: str, area: str) -> list[tuple[str, str]]:
    """Variant and industry."""
    there = found.findings.rows(indicator, area=area)
    return list(zip(there["variant"].astype(str), there["other"].astype(str), strict=True))


def test_exposure_is_held_against_that_of_great_britain(found: Look) -> None:
    """With the interval of the area's own; Great Britain's is 1."""
    whole = found.row("creative-input-exposure", ALL, area="Great Britain", year="2023")
    own = found.row("creative-input-exposure", ALL, area="London", year="2023")
    row = found.row("exposure-quotient", ALL, area="London", year="2023")
    assert row.value == pytest.approx(own.value / whole.value)
    assert row.low == pytest.approx(own.low / whole.value)
    assert row.high == pytest.approx(own.high / whole.value)
    assert (1.0, "ok") == of(found, "exposure-quotient", "Great Britain", OTHER, "narrow")


def test_jobs_count_as_a_gap_where_their_industry_buys_less_than_the_average(found: Look) -> None:
    """The average of Great Britain's other industries lies between A01 (1.5 %) and L68B (4 %)."""
    assert (round(200 / 290, 6), "ok") == of(found, "creative-input-gap", "Great Britain", OTHER, "creative")
    assert (1.0, "ok") == of(found, "creative-input-gap", "Bath", OTHER, "creative")
    assert (round(5 / 40, 6), "ok") == of(found, "creative-input-gap", "London", OTHER, "creative")


def test_the_largest_industry_is_none_of_the_creative_suppliers(found: Look) -> None:
    """London has more jobs in publishing than in anything else; of all that are known, real estate has 35 of 120."""
    assert [("", "L68B")] == rows(found, "largest-industry", "London")
    assert (round(35 / 120, 6), "ok") == of(found, "largest-industry-share", "London")
    assert [("", "A01")] == rows(found, "largest-industry", "Bath")


def test_the_biggest_buyer_need_not_have_most_jobs(found: Look) -> None:
    """In Great Britain 90,000 jobs of L68B buy for £4 million, 200,000 of A01 for 3: so do those of each place."""
    assert [("creative.1", "L68B"), ("creative.2", "A01"), ("creative.3", "")] == rows(
        found, "buying-industry", "Great Britain"
    )
    assert (round(90 / 460, 6), "ok") == of(found, "buying-industry", "Great Britain", "L68B", "creative.1")
    assert (None, "not-applicable") == of(found, "buying-industry", "Great Britain", "", "creative.3")
    assert "It has no further industry with jobs that buys creative inputs (Bath, 2023)." == (
        found.row("buying-industry", "", "creative.2", "Bath", "2023").reason
    )


def test_an_area_of_which_some_jobs_are_not_known_is_of_low_reliability(found: Look) -> None:
    """Stoke's publishing is suppressed; what else it has is said, and marked."""
    for indicator, other, variant in (
        ("buying-industry", "L68B", "creative.1"),
        ("largest-industry-share", "", ""),
        ("exposure-quotient", ALL, "creative"),
        ("creative-input-gap", OTHER, "narrow"),
    ):
        assert "low-reliability" == of(found, indicator, "Stoke", other, variant)[1]


def test_jobs_that_the_table_does_not_know_are_no_jobs_of_nought(found: Look) -> None:
    for indicator, variant in (("largest-industry", ""), ("buying-industry", "creative.1")):
        row = found.row(indicator, "", variant, "York", "2023")
        assert (None, "missing") == (row.value, row.status)
        assert "No known job is in an industry that is found in the input-output table (York, 2023)." == row.reason
        assert (None, "not-applicable") == of(found, indicator, "Ely", "", variant)


def test_without_an_input_output_table_there_are_no_buyers(look: Callable[..., Look]) -> None:  # noqa: F811
    seen = look(None)
    for indicator, other, variant in (
        ("exposure-quotient", ALL, "creative"),
        ("creative-input-gap", OTHER, "narrow"),
        ("largest-industry-share", "", ""),
        ("largest-industry", "", ""),
        ("buying-industry", "", "creative.3"),
    ):
        row = seen.row(indicator, other, variant, "London", "2023")
        assert (None, "missing") == (row.value, row.status)
        assert "The release has no figures on what industries buy from one another and on their output." == row.reason


def test_industries_that_jobs_do_not_tell_apart_are_named_together(look: Callable[..., Look]) -> None:  # noqa: F811
    """Both parts of A01 are in division 01."""
    text = TABLE.replace("L68A |", "A01.5 |").replace("L68A      |", "A01.5     |")
    assert [("", "A01 & A01.5")] == rows(look(text), "largest-industry", "Bath")


def test_where_great_britain_buys_nothing_there_is_no_quotient(look: Callable[..., Look]) -> None:  # noqa: F811
    lines = [line.split("|") for line in TABLE.strip().splitlines()]
    nothing = "\n".join(
        "|".join([line[0], *("0" for _ in line[1:])]) if line[0].split()[0] in ("J58", "J59", "R91") else "|".join(line)
        for line in lines
        if line[0].strip() != "supplier"
    )
    seen = look("\n".join(["|".join(lines[0]), nothing]))
    row = seen.row("exposure-quotient", ALL, "creative", "London", "2023")
    assert (None, "not-applicable") == (row.value, row.status)


# The functions

JOBS = arrays(float, st.tuples(st.integers(1, 4), st.integers(1, 5)), elements=st.integers(0, 1_000))


@given(JOBS)
def test_shares_of_jobs_add_up_to_one(jobs: np.ndarray) -> None:
    found = shares_of_jobs(jobs, jobs)
    some = jobs.sum(axis=1) > 0
    assert np.allclose(found.value[some].sum(axis=1), 1.0)
    assert np.isnan(found.value[~some]).all()


@given(JOBS)
def test_the_share_of_an_industry_is_the_average_of_being_it(jobs: np.ndarray) -> None:
    """With the same interval: an industry of weight 1 among others of weight 0."""
    found = shares_of_jobs(jobs, jobs + 1)
    for industry in range(jobs.shape[1]):
        one = mix(jobs, jobs + 1, (np.arange(jobs.shape[1]) == industry).astype(float))
        for mine, its in zip(found, one, strict=True):
            assert np.allclose(mine[:, industry], its, equal_nan=True)


@given(JOBS)
def test_what_all_areas_would_buy_adds_up_to_what_is_bought(jobs: np.ndarray) -> None:
    whole, bought = jobs.sum(axis=0), np.arange(1.0, jobs.shape[1] + 1)
    here = purchases_here(jobs, whole, bought)
    assert np.allclose(here[:, whole > 0].sum(axis=0), bought[whole > 0])
    assert np.isnan(here[:, whole == 0]).all()


@given(JOBS, st.integers(1, 6))
def test_the_leading_are_those_of_a_list_in_falling_order(amounts: np.ndarray, number: int) -> None:
    for row, places in zip(amounts.tolist(), leading(amounts, number).tolist(), strict=True):
        falling = sorted((value for value in row if value > 0), reverse=True)[:number]
        assert falling == [row[place] for place in places if place >= 0]
        assert len(places) == number


def test_industries_at_the_mean_do_not_buy_less() -> None:
    assert [1.0, 0.0, 0.0] == below_mean(np.array([0.01, 0.03, 0.05]), 0.03).tolist()
    assert np.isnan(below_mean(np.array([0.01]), np.nan)).all()
