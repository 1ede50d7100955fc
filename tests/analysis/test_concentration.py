"""Concentration: location quotients, jobs above expectation, and their intervals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.analysis.cells import Cells
from reportgen.analysis.concentration import (
    base_share,
    counts,
    excess,
    leave_one_out,
    location_quotient,
    quotients,
    shares,
    symmetric,
)
from reportgen.analysis.shape import MISSING, NOT_APPLICABLE, SUPPRESSED, all_ok
from reportgen.analysis.uncertainty import jobs_interval, rounding

PLACES = ("Bath", "Bristol", "Stoke")
WHOLE = "Great Britain"
COUNT = st.integers(0, 100_000)
ROW = st.tuples(COUNT, COUNT, st.integers(1, 3_000_000))  # crafts, publishing, and what is in neither
CUT = st.tuples(ROW, ROW, ROW).filter(lambda rows: all(sum(row[i] for row in rows) for i in range(2)))


def cut(rows: Sequence[Sequence[float]]) -> Cells:
    """Three places that make up Great Britain, which stands behind them."""
    parts = np.array([*rows, np.sum(rows, axis=0)], dtype=float)
    crafts, publishing = parts.T[:2]
    value = np.stack([crafts, publishing, crafts + publishing, parts.sum(axis=1)], axis=1)[..., None]
    names, groups = (*PLACES, WHOLE), ("crafts", "publishing", "all", "")
    of = rounding(value, "employment")
    low, high = jobs_interval(value, of, value[-1:], np.array(0.01))
    return Cells("employment", names, names, groups, ("2023",), (), value, of, low, high, all_ok(value.shape))


def test_twice_the_national_share_is_a_quotient_of_two(analyse) -> None:
    found = analyse("""
        area          | crafts | all
        Bath          |     10 |   500
        Stoke         |      0 |   400
        Great Britain |    100 | 10000
    """)
    assert (2.0, "ok") == found("Bath", "location-quotient", "crafts")
    assert (0.0, "ok") == found("Stoke", "location-quotient", "crafts")
    assert (5.0, "ok") == found("Bath", "jobs-above-expected", "crafts")
    assert (-4.0, "ok") == found("Stoke", "jobs-above-expected", "crafts")
    assert (0.02, "ok") == found("Bath", "creative-jobs-share", "all")


def test_suppressed_cell_stays_suppressed(analyse, caplog) -> None:
    """One suppressed cell empties its own quotient and leaves its neighbour's as it was."""
    found = analyse("""
        area          | crafts | all
        Bath          |     10 |   500
        Stoke         |    [c] |   400
        Great Britain |    100 | 10000
    """)
    for indicator in ("location-quotient", "jobs-above-expected", "location-quotient-units"):
        assert (None, "suppressed") == found("Stoke", indicator, "crafts")
    assert "Jobs are suppressed for the one industry of Crafts (Stoke, 2023)." == found.why(
        "Stoke", "location-quotient", "crafts"
    )
    assert (None, "suppressed") == found("Stoke", "creative-jobs-share", "all")
    assert (2.0, "ok") == found("Bath", "location-quotient", "crafts")
    assert [] == caplog.records


def test_a_suppressed_base_suppresses_every_quotient(analyse) -> None:
    found = analyse("""
        area          | crafts | 5811 | all
        Bath          |     10 |   10 |   500
        Great Britain |    [c] |  100 | 10000
    """)
    assert (None, "suppressed") == found("Bath", "location-quotient", "crafts")
    assert "Jobs are suppressed for the one industry of Crafts (Great Britain, 2023)." == found.why(
        "Bath", "location-quotient", "crafts"
    )
    assert (2.0, "ok") == found("Bath", "location-quotient", "publishing")


def test_low_reliability_goes_through(analyse) -> None:
    found = analyse("""
        area          | crafts | all
        Bath          | 10 [u] |   500
        Great Britain |    100 | 10000
    """)
    assert (2.0, "low-reliability") == found("Bath", "location-quotient", "crafts")


def test_the_base_without_london_leaves_london_out_of_the_whole(analyse) -> None:
    """London's 60 of 2,000 jobs out of 100 of 10,000 leave 40 of 8,000: a base of 0.005, for London itself too."""
    found = analyse("""
        area          | crafts | all   | crafts units | all units
        Bath          |     10 |   500 |           10 |       100
        London        |     60 |  2000 |           80 |      1000
        Great Britain |    100 | 10000 |          100 |      2000
    """)
    assert (4.0, "ok") == found("Bath", "location-quotient-ex-london", "crafts")
    assert (6.0, "ok") == found("London", "location-quotient-ex-london", "crafts")
    assert (3.0, "ok") == found("London", "location-quotient", "crafts")
    assert (2.0, "ok") == found("Bath", "location-quotient-units", "crafts")
    assert (5.0, "ok") == found("Bath", "location-quotient-units-ex-london", "crafts")


def test_nothing_to_divide_by_is_not_applicable(analyse) -> None:
    """No jobs at all in a place, or none in the sub-sector anywhere: a quotient says nothing, which is not 0."""
    found = analyse("""
        area          | crafts | 5811 | all
        Bath          |      0 |    0 |     0
        Stoke         |      0 |   10 |   100
        Great Britain |      0 |   10 | 10000
    """)
    assert (None, "not-applicable") == found("Bath", "location-quotient", "publishing")
    assert "There are no jobs in any industry to take a share of (Bath, 2023)." == found.why(
        "Bath", "location-quotient", "publishing"
    )
    assert (None, "not-applicable") == found("Stoke", "location-quotient", "crafts")
    assert "The whole that places are compared with has no jobs in this sub-sector (2023)." == found.why(
        "Stoke", "location-quotient", "crafts"
    )
    assert (0.0, "ok") == found("Stoke", "jobs-above-expected", "crafts")


def test_the_interval_is_that_of_the_count_carried_through(analyse) -> None:
    """The quotient's bounds are its count's, divided by the same totals; the excess is 50 less."""
    found = analyse("""
        area          | crafts | all
        Bath          |    100 |  5000
        Great Britain |   1000 | 100000
    """)
    jobs, quotient = found.row("Bath", "creative-jobs", "crafts"), found.row("Bath", "location-quotient", "crafts")
    above = found.row("Bath", "jobs-above-expected", "crafts")
    assert jobs.low < 100 < jobs.high
    assert (jobs.low / 50, jobs.high / 50) == pytest.approx((quotient.low, quotient.high))
    assert (jobs.low - 50, jobs.high - 50) == pytest.approx((above.low, above.high))


@given(CUT)
def test_the_whole_has_quotient_one(rows) -> None:
    """And no jobs above its own expectation, in any sub-sector."""
    cells = cut(rows)
    base = base_share(cells, WHOLE)
    assert [1.0, 1.0, 1.0] == pytest.approx(quotients(cells, base).value[-1].ravel())
    assert [0.0, 0.0, 0.0] == pytest.approx(excess(cells, base).value[-1].ravel(), abs=1e-6)


@given(CUT, st.integers(2, 1_000))
def test_scaling_all_jobs_changes_no_quotient(rows, times: int) -> None:
    once, more = cut(rows), cut(np.array(rows) * times)
    one, other = quotients(once, base_share(once, WHOLE)), quotients(more, base_share(more, WHOLE))
    assert one.value.ravel() == pytest.approx(other.value.ravel())


@given(CUT)
def test_jobs_above_expectation_add_up_to_nothing(rows) -> None:
    """What some places of a whole have beyond its share, others have below it."""
    cells = cut(rows)
    above = excess(cells, base_share(cells, WHOLE)).value[:-1]
    assert [0.0, 0.0, 0.0] == pytest.approx(above.sum(axis=0).ravel(), abs=1e-4)


@given(CUT)
def test_sub_sectors_add_up_to_creative(rows) -> None:
    """In jobs above expectation too; the creative quotient lies between those of the sub-sectors."""
    cells = cut(rows)
    base = base_share(cells, WHOLE)
    above, quotient = excess(cells, base).value[..., 0], quotients(cells, base).value[..., 0]
    assert above[:, -1] == pytest.approx(above[:, :-1].sum(axis=1), abs=1e-4)
    assert (quotient[:, -1] >= quotient[:, :-1].min(axis=1) - 1e-9).all()
    assert (quotient[:, -1] <= quotient[:, :-1].max(axis=1) + 1e-9).all()


@given(CUT)
def test_every_interval_holds_its_value(rows) -> None:
    """The bounds of a count stay in order through quotients, shares and differences."""
    cells = cut(rows)
    base = base_share(cells, WHOLE, without=PLACES[0])
    for numbers in (counts(cells), shares(cells), quotients(cells, base), excess(cells, base)):
        known = numbers.standing.has_value
        assert (numbers.low <= numbers.value)[known].all()
        assert (numbers.value <= numbers.high)[known].all()


@given(CUT, st.integers(0, 2), st.integers(0, 3), st.sampled_from([NOT_APPLICABLE, MISSING, SUPPRESSED]))
def test_a_gap_in_one_place_changes_no_other(rows, place: int, group: int, state: int) -> None:
    """The base is Great Britain's own row: what one place keeps back is kept back there alone, and there it is."""
    cells, gapped = cut(rows), cut(rows)
    for array in (gapped.value, gapped.low, gapped.high):
        array[place, group] = np.nan
    gapped.standing.state[place, group], gapped.standing.reason[place, group] = state, "Kept back."
    before, after = (quotients(each, base_share(each, WHOLE)) for each in (cells, gapped))
    touched = np.zeros(before.value.shape, dtype=bool)
    touched[place, slice(None) if group == 3 else group] = True
    assert (after.standing.state[touched] == state).all()
    assert (after.standing.reason[touched] == "Kept back.").all()
    assert np.array_equal(before.value[~touched], after.value[~touched], equal_nan=True)
    assert np.array_equal(before.standing.state[~touched], after.standing.state[~touched])


def test_an_area_is_held_against_the_rest_of_the_whole(analyse) -> None:
    """Stoke's 60 of 2,000 jobs stand against 40 of 8,000 elsewhere; of a whole there is no rest."""
    found = analyse("""
        area          | crafts | 5811 | all
        Stoke         |     60 |    0 |  2000
        Bath          |     20 |  300 |  1000
        Great Britain |    100 |  300 | 10000
    """)
    assert (6.0, "ok") == found("Stoke", "location-quotient-leave-one-out", "crafts", variant="jobs")
    assert (0.0, "ok") == found("Stoke", "location-quotient-leave-one-out", "publishing", variant="jobs")
    row = found.row("Stoke", "location-quotient-leave-one-out", "crafts", variant="jobs")
    assert row.low < 6 < row.high
    assert (None, "not-applicable") == found(
        "Great Britain", "location-quotient-leave-one-out", "crafts", variant="jobs"
    )
    assert (None, "not-applicable") == found("Bath", "location-quotient-leave-one-out", "publishing", variant="jobs")
    assert "No jobs of this sub-sector are left in Great Britain outside of it (Bath, 2023)." == found.why(
        "Bath", "location-quotient-leave-one-out", "publishing", variant="jobs"
    )


def test_nothing_is_left_out_for_an_area_outside_the_whole(analyse) -> None:
    """The release says what Great Britain is made of, and Belfast is not in it."""
    found = analyse(
        """
        area          | crafts | all
        Bath          |     20 |  1000
        Belfast       |     60 |  2000
        Great Britain |    100 | 10000
        """,
        parents={"Bath": "South West", "South West": "Great Britain"},
    )
    assert "ok" == found.row("Bath", "location-quotient-leave-one-out", "crafts", variant="jobs").status
    assert "It lies outside Great Britain, which is already without it (Belfast, 2023)." == found.why(
        "Belfast", "location-quotient-leave-one-out", "crafts", variant="jobs"
    )


SHARE = st.floats(1e-3, 1)


@given(SHARE, SHARE, st.floats(0.001, 0.999))
def test_leaving_an_area_out_moves_its_quotient_away_from_one(part: float, whole: float, size: float) -> None:
    """Above 1 it becomes more, below 1 less: the area no longer pulls what it is held against towards itself."""
    total, count = size * 1e6, part * size * 1e6
    whole_count = count + whole * (1e6 - total)
    left_out, plain = (
        leave_one_out(np.array(count), np.array(total), np.array(whole_count), np.array(1e6)).item(),
        location_quotient(np.array(count), np.array(total), np.array(whole_count / 1e6)).item(),
    )
    assert left_out == pytest.approx(part / whole, rel=1e-6)
    assert abs(np.log(left_out)) >= abs(np.log(plain)) - 1e-9


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_the_symmetric_quotient_is_bounded_keeps_order_and_is_alike_on_both_sides(one: float, other: float) -> None:
    low, high = (symmetric(np.array(quotient)).item() for quotient in sorted((one, other)))
    assert -1 <= low <= high <= 1
    if one > 1e-6:
        assert symmetric(np.array(1 / one)).item() == pytest.approx(-symmetric(np.array(one)).item(), abs=1e-9)


def test_the_symmetric_quotient_has_the_interval_of_the_quotient(analyse) -> None:
    found = analyse("""
        area          | crafts | all
        Bath          |    100 |  5000
        Stoke         |      0 |  5000
        Great Britain |   1000 | 100000
    """)
    quotient = found.row("Bath", "location-quotient", "crafts")
    row = found.row("Bath", "symmetric-location-quotient", "crafts", variant="jobs")
    assert 1 / 3 == pytest.approx(row.value)
    assert (row.low, row.high) == pytest.approx(tuple((end - 1) / (end + 1) for end in (quotient.low, quotient.high)))
    assert (-1.0, "ok") == found("Stoke", "symmetric-location-quotient", "crafts", variant="jobs")


def test_a_whole_has_the_interval_of_rounding_and_a_place_a_wider_one(analyse) -> None:
    """Great Britain is not held against anything larger, so chance has nothing to place."""
    found = analyse("""
        area          | crafts | all
        Bath          |   1000 |  50000
        Great Britain |   4000 | 100000
    """)
    for indicator in ("creative-jobs", "creative-local-units"):
        whole, place = (found.row(area, indicator, "crafts") for area in ("Great Britain", "Bath"))
        assert (place.high - place.low) / place.value > 2 * (whole.high - whole.low) / whole.value


def test_a_whole_without_jobs_is_nothing_to_be_held_against(analyse) -> None:
    """All of Great Britain that the release has is London: without it nothing is left."""
    found = analyse("""
        area          | crafts | all
        London        |     50 |  500
        Great Britain |     50 |  500
    """)
    assert (1.0, "ok") == found("London", "location-quotient", "crafts")
    for indicator in ("location-quotient-ex-london", "location-quotient-units-ex-london"):
        assert (None, "not-applicable") == found("London", indicator, "crafts")
        assert found.why("London", indicator, "crafts").startswith("The whole that places are compared with has no ")


def test_local_units_have_the_same_quotients_as_jobs(analyse) -> None:
    """Where they are as many, they are equally concentrated: against the rest, and on the symmetric scale."""
    found = analyse("""
        area          | crafts | all
        Bath          |     10 |   500
        Great Britain |    100 | 10000
    """)
    for indicator in ("location-quotient-leave-one-out", "symmetric-location-quotient"):
        jobs, units = (found("Bath", indicator, "crafts", variant=variant) for variant in ("jobs", "units"))
        assert jobs == units
        assert jobs[0] > 0
