"""Projection: creative jobs carried on as they went, and how earlier projections would have done."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.analysis.backtest import coverage, error, number, trial
from reportgen.analysis.projection import project, trend
from reportgen.release.model import Break


def over_the_years(jobs: dict[str, list[object]], first: int = 2014, rest: object = 1000) -> str:
    """A table of towns with their crafts year by year."""
    rows = [
        f"{first + at} | {town} | {count} | {rest}" for town, counts in jobs.items() for at, count in enumerate(counts)
    ]
    return "\n".join(["year | area | crafts | rest", *rows])


STEADY = [1000, 1100, 1210, 1331, 1464, 1611, 1772, 1949, 2144, 2358]


def test_steady_growth_goes_on(analyse) -> None:
    """A tenth a year up to 2023 makes 3,800 jobs in 2028; the rows say from which year they are told."""
    found = analyse(over_the_years({"Bath": STEADY}))
    row = found.row("Bath", "projected-jobs", "all", "2028", other="2023")
    assert row.value == pytest.approx(2358 * 1.1**5, rel=0.001)
    assert row.low < row.value < row.high
    years = found.findings.rows("projected-jobs", area="Bath")["year"].tolist()
    assert ["2024", "2025", "2026", "2027", "2028"] == years


def test_the_interval_widens_with_the_years(analyse) -> None:
    found = analyse(over_the_years({"Bath": [100, 120, 90, 130, 100, 140, 110, 150]}, first=2016))
    rows = [found.row("Bath", "projected-jobs", "all", str(year), other="2023") for year in range(2024, 2029)]
    widths = [row.high / row.low for row in rows]
    assert widths == sorted(widths)


def test_counts_that_stand_still_for_being_rounded_are_not_certain(analyse) -> None:
    """Each 75 stands for 62.5 to 87.5."""
    row = analyse(over_the_years({"Bath": [75] * 10})).row("Bath", "projected-jobs", "all", "2024", other="2023")
    assert row.low < 70 < 75 < 80 < row.high


@pytest.mark.parametrize(
    ("jobs", "status", "why"),
    [
        ([100, 110, 120], "not-applicable", "The release has 3 years of jobs; a projection is made from 5 or more"),
        (
            [100, 110, "[c]", 130, 140, 150],
            "suppressed",
            "Jobs are suppressed for the one creative industry (Bath, 2020)",
        ),
        ([100, 0, 110, 130, 140, 150], "not-applicable", "There were no jobs in at least one year"),
        ([100, "-", 110, 130, 140, 150], "missing", "(Bath, 2019)."),
    ],
)
def test_a_past_that_is_short_or_has_a_hole_is_not_carried_on(analyse, jobs, status: str, why: str) -> None:
    found = analyse(over_the_years({"Bath": jobs}, first=2018))
    last = 2018 + len(jobs) - 1
    row = found.row("Bath", "projected-jobs", "all", str(last + 1), other=str(last))
    assert (None, status) == (row.value, row.status)
    assert why in row.reason


def test_a_past_with_a_break_makes_a_projection_of_low_reliability(release_of, analyse_it) -> None:
    release = release_of(over_the_years({"Bath": STEADY}))
    broken = Break(2020, "Class 32.12 takes in more from 2020 on.", ("employment",))
    found = analyse_it(replace(release, info=replace(release.info, breaks=(broken,))))
    assert "low-reliability" == found("Bath", "projected-jobs", "all", "2024", other="2023")[1]


@given(st.lists(st.floats(10, 1e5), min_size=5, max_size=12), st.floats(0.01, 1000))
def test_a_projection_in_another_unit_is_the_same(counts: list[float], unit: float) -> None:
    count, years = np.array([[counts]]), np.arange(float(len(counts)))
    ahead = np.array([1.0, 5.0])
    found = project(trend(count, np.zeros(count.shape), years), ahead)
    again = project(trend(unit * count, np.zeros(count.shape), years), ahead)
    for one, other in zip(found, again, strict=True):
        np.testing.assert_allclose(unit * one, other, rtol=1e-6)


def test_the_interval_covers_random_walks_with_drift() -> None:
    """The model's own data: about 95 % of outcomes five years on lie within."""
    random = np.random.default_rng([20260101, 9])
    count = 1000 * np.exp(np.cumsum(random.normal(0.02, 0.05, (4000, 1, 15)), axis=2))
    _, low, high = project(trend(count[..., :10], np.zeros((4000, 1, 10)), np.arange(10.0)), np.array([5.0]))
    assert 0.94 <= ((low <= count[..., [14]]) & (count[..., [14]] <= high)).mean() <= 0.96


def test_a_projection_uses_nothing_that_came_later() -> None:
    """What came after the origin may be anything: the projection from there stays."""
    count, years = np.array([STEADY], dtype=float), np.arange(2014.0, 2024.0)
    later = count.copy()
    later[:, 6:] = 7.0
    found, again = (trial(of, np.zeros(of.shape), np.full(10, 1e4), years) for of in (count, later))
    early = slice(0, 5)  # of the origin 2018
    np.testing.assert_array_equal(found.guess["projection"][:, early], again.guess["projection"][:, early])
    assert [1, 2, 3, 4, 5] == found.ahead[early].tolist()


def test_rules_are_judged_by_how_far_they_were_off() -> None:
    """Jobs grow by a tenth a year, the economy by a twentieth: the projection and double the rate are right."""
    count, years = np.array([[1000 * 1.1**year for year in range(10)]]), np.arange(2014.0, 2024.0)
    found = trial(count, np.zeros(count.shape), 1e6 * 1.05 ** np.arange(10.0), years)
    all_of_them, one_ahead = np.ones((1, len(found.ahead)), bool), (found.ahead == 1)[None]
    assert 15 == number(found, all_of_them)
    assert error(found, all_of_them, "projection") == pytest.approx(0, abs=1e-9)
    assert error(found, all_of_them, "double-rate") == pytest.approx(0, abs=1e-9)
    assert error(found, one_ahead, "no-change") == pytest.approx(1 - 1 / 1.1)


def test_coverage_counts_outcomes_within_the_interval() -> None:
    """A town that halves after years of calm lies outside, one that goes on lies inside."""
    calm = [100.0, 101.0, 99.0, 100.0, 101.0]
    count = np.array([[*calm, 50.0], [*calm, 101.0], [*calm, np.nan]])
    found = trial(count, np.zeros(count.shape), np.full(6, 1e4), np.arange(2018.0, 2024.0))
    chosen = np.ones((3, 1), bool)
    assert (0.5, 2) == (coverage(found, chosen), number(found, chosen))


def test_the_back_test_is_pooled_by_kind_of_area(analyse) -> None:
    """Great Britain is not known here, so there is nothing to test; of the town there are 15 windows."""
    found = analyse(over_the_years({"Bath": STEADY}))
    windows = {"year": "2023", "variant": "projection"}
    assert (15.0, "ok") == found("Great Britain", "backtest-windows", "all", other="local", **windows)
    assert (1.0, "ok") == found("Great Britain", "backtest-coverage", "all", other="local", **windows)
    assert (0.0, "ok") == found("Great Britain", "backtest-windows", "all", other="benchmark", **windows)
    assert (None, "not-applicable") == found("Great Britain", "backtest-error", "all", other="benchmark", **windows)


def test_double_the_rate_of_the_economy_is_held_against_each_five_years(analyse) -> None:
    """Crafts grow by a tenth a year among jobs that hardly grow: more than double the rate, in every window."""
    found = analyse(over_the_years({"Great Britain": STEADY}, rest=100_000))
    rows = found.findings.rows("double-rate-window", area="Great Britain", variant="jobs")
    assert [(str(year + 5), str(year)) for year in range(2014, 2019)] == list(
        zip(rows["year"], rows["other"], strict=True)
    )
    economy = ((100_000 + 2358) / (100_000 + 1464)) ** (1 / 5) - 1
    row = found.row("Great Britain", "double-rate-window", "all", other="2018", variant="jobs")
    assert row.value == pytest.approx((2358 / 1464) ** (1 / 5) - 1 - 2 * economy)
    assert (1.0, "ok") == found("Great Britain", "double-rate-met", "all", other="2018", variant="jobs")
    assert (None, "missing") == found("United Kingdom", "double-rate-met", "all", other="2018", variant="gva")


def test_less_than_five_years_have_no_window(analyse) -> None:
    found = analyse(over_the_years({"Great Britain": [100, 110]}, first=2022))
    assert "The release has no two years of jobs that lie 5 years apart." == found.why(
        "Great Britain", "double-rate-met", "all", other="2022", variant="jobs"
    )


def test_where_there_is_no_window_and_no_table_it_is_the_table_that_is_missing(analyse) -> None:
    """More years of jobs would not help to tell gross value added."""
    found = analyse(over_the_years({"Great Britain": [100, 110]}, first=2022))
    for indicator in ("double-rate-window", "double-rate-met"):
        key = ("United Kingdom", indicator, "all")
        assert (None, "missing") == found(*key, other="2022", variant="gva")
        assert "gross value added" in found.why(*key, other="2022", variant="gva")
    assert (None, "not-applicable") == found("Great Britain", "double-rate-met", "all", other="2022", variant="jobs")
