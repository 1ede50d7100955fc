"""Shift-share: the change of an area's creative jobs in three parts that add up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from reportgen.analysis.shift_share import shift_share
from reportgen.release.model import Break

PARTS = ("national", "mix", "local", "change")
# All jobs of Great Britain grow from 2,000 to 2,200, a tenth; crafts stand still, publishing doubles.
TWO_YEARS = """
    year | area          | crafts | publishing | rest | all
    2018 | Great Britain |    200 |        100 | 1700 | 2000
    2018 | Bath          |    100 |         50 |  850 | 1000
    2018 | Stoke         |     10 |        [c] |  500 |  520
    2018 | York          |      0 |         10 |  500 |  510
    2023 | Great Britain |    200 |        200 | 1800 | 2200
    2023 | Bath          |    110 |         90 |  900 | 1100
    2023 | Stoke         |     10 |         20 |  500 |  530
    2023 | York          |     30 |         20 |  500 |  550
"""


def parts(found, area: str, sub_sector: str = "all", other: str = "2018") -> list[float | None]:
    return [found(area, f"shift-share-{part}", sub_sector, other=other)[0] for part in PARTS]


def test_the_change_has_three_parts(analyse) -> None:
    """Crafts in Bath: 10 with the economy, as many lost to the mix, 10 of its own; publishing: 5, 45 and −10."""
    found = analyse(TWO_YEARS)
    assert [10, -10, 10, 10] == parts(found, "Bath", "crafts")
    assert [5, 45, -10, 40] == parts(found, "Bath", "publishing")
    assert [15, 35, 0, 50] == parts(found, "Bath")


def test_great_britain_has_no_part_of_its_own(analyse) -> None:
    assert [30, 70, 0, 100] == parts(analyse(TWO_YEARS), "Great Britain")


def test_a_sub_sector_that_begins_from_nothing_is_the_area_s_own(analyse) -> None:
    assert [0, 0, 30, 30] == parts(analyse(TWO_YEARS), "York", "crafts")


def test_an_unknown_sub_sector_leaves_the_sum_unknown(analyse) -> None:
    """And says which; the other sub-sector stays as it is."""
    found = analyse(TWO_YEARS)
    assert [1, -1, 0, 0] == parts(found, "Stoke", "crafts")
    assert [None] * 4 == parts(found, "Stoke")
    assert "Jobs are suppressed for 1 of the 2 creative industries (Stoke, 2018)." == (
        found.why("Stoke", "shift-share-local", "all", other="2018")
    )


def test_a_sub_sector_that_great_britain_did_not_have_is_not_applicable(analyse) -> None:
    found = analyse(TWO_YEARS.replace("2018 | Great Britain |    200 |", "2018 | Great Britain |      0 |"))
    assert (None, "not-applicable") == found("Bath", "shift-share-mix", "crafts", other="2018")
    assert (None, "not-applicable") == found("Bath", "shift-share-mix", "all", other="2018")
    assert 45 == found("Bath", "shift-share-mix", "publishing", other="2018")[0]


def test_it_is_told_over_five_years_and_over_all(analyse) -> None:
    earlier = TWO_YEARS.replace("2018 |", "2012 |").split("2023", maxsplit=1)[0].rstrip().rpartition("year")[2]
    found = analyse(TWO_YEARS + earlier.split("\n", maxsplit=1)[1])
    rows = found.findings.rows("shift-share-local", area="Bath", sub_sector="all")
    assert ["2012", "2018"] == rows["other"].tolist()


def test_one_year_has_no_change(analyse) -> None:
    found = analyse("""
        area          | crafts | rest
        Great Britain |     10 |  100
    """)
    assert (None, "not-applicable") == found("Great Britain", "shift-share-change", "all", other="2023")


def test_across_a_break_it_is_of_low_reliability(release_of, analyse_it) -> None:
    release = release_of(TWO_YEARS)
    broken = Break(2020, "Towns have new boundaries from 2020 on.", ("employment",))
    found = analyse_it(replace(release, info=replace(release.info, breaks=(broken,))))
    row = found.row("Bath", "shift-share-local", "all", other="2018")
    assert ("low-reliability", "Towns have new boundaries from 2020 on.") == (row.status, row.reason)


JOBS = arrays.arrays(np.float64, (4, 3, 2), elements=st.floats(0, 1e6))


@given(JOBS, JOBS, st.floats(-0.9, 2.0))
def test_the_parts_add_up_exactly(first: np.ndarray, last: np.ndarray, economy: float) -> None:
    """For any area, sub-sector and base year, whatever the whole does; and the areas' own parts cancel out in it."""
    whole_first, whole_last = first.sum(axis=0, keepdims=True) + 1, last.sum(axis=0, keepdims=True) + 1
    found = shift_share(first, last, whole_first, whole_last, np.full((1, 1, 2), economy))
    scale = max(first.max(), last.max(), 1.0) * max(1.0, float((whole_last / whole_first).max()))
    np.testing.assert_allclose(found.national + found.mix + found.local, found.change, rtol=0, atol=1e-9 * scale)


@given(JOBS, st.floats(0.1, 10))
def test_areas_that_grow_as_their_sub_sectors_do_have_no_part_of_their_own(first: np.ndarray, factor: float) -> None:
    whole = first.sum(axis=0, keepdims=True) + 1
    found = shift_share(first, factor * first, whole, factor * whole, np.zeros((1, 1, 2)))
    assert found.local == pytest.approx(np.zeros(first.shape), abs=1e-6)


def test_a_sum_has_no_value_where_a_part_has_none(analyse) -> None:
    """Publishing is suppressed in Stoke, and so is what all sub-sectors together gained."""
    found = analyse(TWO_YEARS)
    for part in PARTS:
        row = found.row("Stoke", f"shift-share-{part}", "all", other="2018")
        assert (None, "suppressed") == (row.value, row.status)
        assert row.reason


def test_no_value_is_missing_without_saying_so(analyse) -> None:
    """A year without figures on one sub-sector in one place: no row is without a value and ok."""
    rows = analyse(TWO_YEARS.replace("|         20 |  500 |  550", "|        [x] |  500 |  550")).findings.families
    frame = rows["shift-share"]
    assert not (frame["value"].isna() & (frame["status"] == "ok")).any()
