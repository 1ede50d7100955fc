"""Universities: graduates of areas, what they are held against, and which areas the table is taken to cover."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.analysis.findings import analyse as analyse_release
from reportgen.analysis.shape import Numbers, all_ok
from reportgen.analysis.uncertainty import quotient_interval
from reportgen.analysis.universities import share_quotient, together
from reportgen.release.model import Release
from reportgen.settings import Settings
from tests.analysis.conftest import Found, make_classification, make_release

IT = "it-software-and-computer-services"
SUB_SECTORS = {"publishing": ("5811",), IT: ("6201",)}
JOBS = """
    area          |  5811 |  6201 |    all
    Great Britain | 20000 | 40000 | 600000
    London        | 10000 | 20000 | 200000
    South West    |  3000 |  4000 | 100000
    Bath          |  1000 |  1000 |  30000
    Chippenham    |   500 |     0 |  10000
    Westminster   |   [c] | 10000 | 100000
    Belfast       |  1000 |  2000 |  40000
"""
PLACES = {
    "levels": {"Northern Ireland": "region"},
    "parents": {"Bath": "South West", "Belfast": "Northern Ireland", "South West": "Great Britain"},
    "membership": [
        *(("Bath", "South West", 1.0), ("Chippenham", "South West", 0.25), ("Chippenham", "London", 0.75)),
        *(("Westminster", "London", 1.0), ("Belfast", "Northern Ireland", 1.0)),
        *(("South West", "Great Britain", 1.0), ("London", "Great Britain", 1.0)),
    ],
}
TABLE = """
    institution | area        | graduates-creative | graduates-computing | spin-outs
    Old         | Bath        |                300 |                 100 |         2
    New         | Bath        |                100 |                   - |         0
    Village     | Chippenham  |                 40 |                  80 |         0
    Old         | Westminster |                560 |                  20 |         0
"""


def rows_of(text: str) -> pd.DataFrame:
    """The table of universities; a cell `-` has no row."""
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    rows = [
        (line[0], line[1], measure, float(value))
        for line in lines
        for measure, value in zip(head[2:], line[2:], strict=True)
        if value != "-"
    ]
    return pd.DataFrame(rows, columns=["institution", "area", "measure", "value"])


def look_at(
    text: str | None = TABLE, sub_sectors: Mapping[str, tuple[str, ...]] = SUB_SECTORS, jobs: str = JOBS
) -> Found:
    release: Release = make_release(jobs, **PLACES)  # type: ignore[arg-type]
    release = replace(release, universities=None if text is None else rows_of(text))
    return Found(analyse_release(release, make_classification(release, sub_sectors), Settings()))


@pytest.fixture(scope="module")
def found() -> Found:
    return look_at()


def test_graduates_of_a_place_are_those_of_all_its_institutions(found: Found) -> None:
    assert (400.0, "ok") == found("Bath", "graduates", "", variant="creative")
    assert (100.0, "ok") == found("Bath", "graduates", "", variant="computing")
    assert (2.0, "ok") == found("Bath", "institutions", "")


def test_a_region_has_its_part_of_the_graduates_of_each_local_area(found: Found) -> None:
    """A quarter of Chippenham lies in the South West, three quarters in London."""
    assert (400.0 + 10.0, "ok") == found("South West", "graduates", "", variant="creative")
    assert (560.0 + 30.0, "ok") == found("London", "graduates", "", variant="creative")
    assert (1000.0, "ok") == found("Great Britain", "graduates", "", variant="creative")


def test_an_institution_in_two_places_counts_in_both_and_once_in_what_holds_them(found: Found) -> None:
    """Old has campuses in Bath and in Westminster."""
    assert (1.0, "ok") == found("Westminster", "institutions", "")
    assert (3.0, "ok") == found("Great Britain", "institutions", "")


def test_a_place_without_a_university_has_no_graduates_and_no_gap() -> None:
    """Bath's region has another institution, so that nothing is missing."""
    found = look_at("\n".join(line for line in TABLE.splitlines() if "Bath" not in line))
    assert (0.0, "ok") == found("Bath", "graduates", "", variant="creative")
    assert (0.0, "ok") == found("Bath", "institutions", "")
    row = found.row("Bath", "graduate-surplus", "all", variant="creative")
    assert (0.0, 0.0) == (row.value, row.low)
    assert row.high > 0


def test_a_region_of_which_the_table_has_nobody_is_not_covered(found: Found) -> None:
    """That Belfast has no university the table does not say; nor how many the United Kingdom has."""
    for area in ("Belfast", "Northern Ireland", "United Kingdom"):
        for indicator, variant in (("institutions", ""), ("graduates", "creative")):
            assert (None, "missing") == found(area, indicator, "", variant=variant)
            why = f"The release names no university in Northern Ireland, which it is not taken to cover ({area}, 2023)."
            assert why == found.why(area, indicator, "", variant=variant)
    assert (None, "missing") == found("Belfast", "graduate-surplus", IT, variant="computing")


def test_graduates_are_held_against_jobs_as_a_share_of_great_britain(found: Found) -> None:
    """Bath: 400 of 1,000 graduates, 30,000 of 600,000 jobs, 2,000 of 60,000 creative ones, 1,000 of 40,000 in IT."""
    assert (8.0, "ok") == found("Bath", "graduate-quotient", "all", variant="creative")
    assert (12.0, "ok") == found("Bath", "graduate-surplus", "all", variant="creative")
    assert (20.0, "ok") == found("Bath", "graduate-surplus", IT, variant="computing")
    assert (1.0, "ok") == found("Great Britain", "graduate-surplus", IT, variant="computing")


def test_the_interval_allows_for_the_graduates_and_for_the_jobs(found: Found) -> None:
    """The same number of graduates is surer beside all jobs than beside those of a sub-sector."""
    size, jobs = (
        found.row("Bath", indicator, "all", variant="creative")
        for indicator in ("graduate-quotient", "graduate-surplus")
    )
    assert size.low < 8.0 < size.high
    assert jobs.high / jobs.low > size.high / size.low


def test_without_jobs_there_is_nothing_to_hold_graduates_against(found: Found) -> None:
    assert (None, "not-applicable") == found("Chippenham", "graduate-surplus", IT, variant="computing")
    assert "There are no jobs in the sub-sector to hold graduates against (Chippenham, 2023)." == found.why(
        "Chippenham", "graduate-surplus", IT, variant="computing"
    )


def test_a_suppressed_number_of_jobs_hides_the_surplus_and_not_the_size(found: Found) -> None:
    assert (None, "suppressed") == found("Westminster", "graduate-surplus", "all", variant="creative")
    assert "ok" == found("Westminster", "graduate-quotient", "all", variant="creative")[1]


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (lambda: look_at(None), "The release has no universities table."),
        (
            lambda: look_at(TABLE.replace("graduates-computing", "research-income-million")),
            "The release has no figures on graduates-computing.",
        ),
        (lambda: look_at(sub_sectors={"publishing": ("5811",)}), "IT does not count among creative industries here."),
    ],
    ids=["no table", "no such measure", "IT left out"],
)
def test_what_the_release_does_not_have_is_missing(found: Callable[[], Found], why: str) -> None:
    there = found()
    assert (None, "missing") == there("Bath", "graduate-surplus", IT, variant="computing")
    assert why == there.why("Bath", "graduate-surplus", IT, variant="computing")


def test_a_country_without_graduates_has_none_to_take_a_share_of() -> None:
    found = look_at(TABLE.replace(" 80 ", "  0 ").replace(" 20 ", "  0 ").replace("                 100 |", "0 |"))
    assert (0.0, "ok") == found("Bath", "graduates", "", variant="computing")
    assert (None, "not-applicable") == found("Bath", "graduate-quotient", IT, variant="computing")


# The functions

COUNTS = st.lists(st.integers(0, 10_000), min_size=3, max_size=3).map(lambda row: np.array(row, dtype=float))


@given(COUNTS, st.lists(st.integers(0, 2), min_size=3, max_size=3))
def test_nothing_is_lost_when_every_area_lies_in_one_whole(values: np.ndarray, places: list[int]) -> None:
    parts = np.vstack([np.eye(3), np.ones((1, 3))])
    found = together(parts, np.array(places), values)
    assert values.sum() == found[3] == found[:3].sum()


ENDS = st.tuples(st.floats(0.1, 1e4), st.floats(0.01, 1.0), st.floats(1.0, 100.0)).map(
    lambda of: tuple(np.array(each) for each in (of[0], of[0] * of[1], of[0] * of[2]))
)


@given(ENDS, ENDS)
def test_the_interval_of_a_quotient_holds_it_and_turns_over_with_it(one, other) -> None:
    """Of e₂ / e₁ it is that of e₁ / e₂ with its ends turned over; and no narrower than either alone makes it."""
    low, high = quotient_interval(one, other)
    turned_low, turned_high = quotient_interval(other, one)
    value = one[0] / other[0]
    assert low <= value * (1 + 1e-12)
    assert high >= value * (1 - 1e-12)
    assert np.isclose(low, 1 / turned_high)
    assert np.isclose(high, 1 / turned_low)
    assert low <= one[1] / other[0] * (1 + 1e-9)
    assert high >= one[2] / other[0] * (1 - 1e-9)


@given(ENDS)
def test_against_what_is_exact_the_interval_is_that_of_the_count(one) -> None:
    exact = (np.array(2.0),) * 3
    assert np.allclose(quotient_interval(one, exact), (one[1] / 2, one[2] / 2))


def test_a_quotient_to_what_may_be_nothing_has_no_interval() -> None:
    one = tuple(map(np.array, (2.0, 1.0, 3.0)))
    for other in ((2.0, 0.0, 3.0), (2.0, np.nan, np.nan)):
        assert np.isnan(quotient_interval(one, tuple(map(np.array, other)))).all()


@given(COUNTS, COUNTS, st.integers(1, 9))
def test_shares_do_not_depend_on_the_unit(graduates: np.ndarray, jobs: np.ndarray, scale: int) -> None:
    """With all graduates, or all jobs, times as many each, the quotients are the same; the whole has 1."""

    def numbers(of: np.ndarray) -> Numbers:
        whole = np.append(of + 1, (of + 1).sum())[:, None, None]
        return Numbers(whole, whole, whole, all_ok(whole.shape))

    found = share_quotient(numbers(graduates), numbers(jobs), whole=3).value
    more = numbers(graduates)
    more = Numbers(*(each * scale for each in more[:3]), more.standing)
    assert np.allclose(found, share_quotient(more, numbers(jobs), whole=3).value)
    assert np.isclose(found[3].item(), 1.0)
