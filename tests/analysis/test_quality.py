"""Quality: cells that jumped, suppressed cells, provisional years and breaks, and what is marked for them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.analysis.levels import above
from reportgen.release.model import Break

# 3212 makes crafts, 5811 and 5812 publishing; in Bath 5811 goes from 200 to 900.
A_JUMP = """
    year | area          | crafts | 5811 | 5812 | rest   | all
    2021 | Great Britain |   5000 | 9000 | 9000 | 900000 | 923000
    2021 | Bath          |    100 |  200 |  100 |  50000 |  50400
    2021 | Stoke         |     50 | 2000 |    0 |   9000 |  11050
    2022 | Great Britain |   5000 | 9700 | 9000 | 900000 | 923700
    2022 | Bath          |    100 |  900 |  100 |  50000 |  51100
    2022 | Stoke         |    550 | 2700 |    0 |   9000 |  12250
    2023 | Great Britain |   5000 | 9700 | 9000 | 900000 | 923700
    2023 | Bath          |    100 |  900 |  100 |  50000 |  51100
    2023 | Stoke         |    551 |  [c] |    0 |   9000 |  12250
"""


def test_what_rests_on_a_cell_that_jumped_says_on_which(analyse) -> None:
    """Its sub-sector and creative industries as a whole do; the total, of which it is a small part, does not."""
    found = analyse(A_JUMP)
    row = found.row("Bath", "creative-jobs", "publishing", "2022")
    assert (1000.0, "low-reliability") == (row.value, row.status)
    assert "Jobs in 5811 went from 200 to 900 between 2021 and 2022 (Bath)." == row.reason
    assert "low-reliability" == found("Bath", "location-quotient", "all", "2022")[1]
    assert (100.0, "ok") == found("Bath", "creative-jobs", "crafts", "2022")
    assert "ok" == found("Bath", "jobs", "", "2022")[1]


def test_a_jump_marks_its_own_year_and_what_is_worked_out_from_it(analyse) -> None:
    found = analyse(A_JUMP)
    assert "ok" == found("Bath", "creative-jobs", "publishing", "2023")[1]
    assert "low-reliability" == found("Bath", "creative-jobs-growth", "publishing", other="2022")[1]


def test_a_change_from_before_a_jump_to_after_it_rests_on_it(analyse) -> None:
    """Growth from 200 to 900 by way of 2022 is that jump; crafts and all industries of the town have none."""
    found = analyse(A_JUMP)
    jump = "Jobs in 5811 went from 200 to 900 between 2021 and 2022 (Bath)."
    for key in (
        ("creative-jobs-growth", "publishing"),
        ("creative-jobs-growth", "all"),
        ("growth-difference", "publishing", "jobs"),
        ("creative-jobs-index", "all"),
        ("shift-share-local", "publishing"),
    ):
        indicator, group, *variant = key
        row = found.row("Bath", indicator, group, other="2021", variant="".join(variant))
        assert ("low-reliability", jump) == (row.status, row.reason), indicator
    assert "ok" == found("Bath", "creative-jobs-growth", "crafts", other="2021")[1]
    assert "ok" == found("Bath", "jobs-growth", "", other="2021")[1]
    assert "ok" == found("Bath", "creative-units-growth", "publishing", other="2021")[1]


def test_a_small_part_of_a_large_whole_does_not_mark_it(analyse) -> None:
    """Great Britain's own cell grew by 700 of 9,000, which is no jump."""
    found = analyse(A_JUMP)
    assert "ok" == found("Great Britain", "creative-jobs", "publishing", "2022")[1]
    assert "ok" == found("Bath", "location-quotient", "crafts", "2022")[1]


def test_by_more_than_five_hundred_and_by_more_than_half(analyse) -> None:
    """From 50 to 550 are 500 and no more; 2,000 to 2,700 is more, but not half as much again."""
    found = analyse(A_JUMP)
    assert (0.0, "ok") == found("Stoke", "one-cell-jumps", "crafts", "2022")
    assert (0.0, "ok") == found("Stoke", "one-cell-jumps", "publishing", "2022")
    assert (1.0, "ok") == found("Bath", "one-cell-jumps", "publishing", "2022")
    assert (1.0, "ok") == found("Bath", "one-cell-jumps", "all", "2022")


def test_whether_a_cell_jumped_is_unknown_where_it_is_and_has_no_answer_in_the_first_year(analyse) -> None:
    found = analyse(A_JUMP)
    assert (None, "suppressed") == found("Stoke", "one-cell-jumps", "publishing", "2023")
    assert (None, "not-applicable") == found("Bath", "one-cell-jumps", "publishing", "2021")
    assert "The release has no figures of the year before 2021." == found.why(
        "Bath", "one-cell-jumps", "crafts", "2021"
    )


def test_a_jump_over_a_gap_of_years_is_none(analyse) -> None:
    """In three years a place may well change that much."""
    found = analyse("""
        year | area | crafts | rest
        2020 | Bath |    100 |  100
        2023 | Bath |    900 |  100
    """)
    assert "ok" == found("Bath", "creative-jobs", "crafts")[1]
    assert (None, "not-applicable") == found("Bath", "one-cell-jumps", "crafts")


IN_PARTS = {"parents": {"Bath": "South West", "Wells": "South West", "South West": "Great Britain"}}


@pytest.mark.parametrize(("wells", "status"), [(100, "low-reliability"), (90_000, "ok")])
def test_an_area_that_is_added_up_rests_on_a_jump_if_it_is_large_in_the_sum(analyse, wells: int, status: str) -> None:
    """The reason names the town; the jump is counted in the region, and in the nation above it, once."""
    found = analyse(
        f"""
        year | area  | crafts  | rest
        2022 | Bath  |     100 | 9000
        2022 | Wells | {wells} | 9000
        2023 | Bath  |     900 | 9000
        2023 | Wells | {wells} | 9000
        """,
        derive_levels=("region", "benchmark"),
        **IN_PARTS,
    )
    row = found.row("South West", "creative-jobs", "crafts")
    assert (wells + 900, status) == (row.value, row.status)
    assert (status == "ok") == (row.reason != "Jobs in 3212 went from 100 to 900 between 2022 and 2023 (Bath).")
    assert [1.0, 1.0] == [found(area, "one-cell-jumps", "crafts")[0] for area in ("South West", "Great Britain")]


def test_areas_know_all_that_they_are_added_up_to(release_of) -> None:
    release = release_of("area | crafts\nBath | 10", derive_levels=("region", "benchmark"), **IN_PARTS)
    assert {"South West", "Great Britain"} == set(above(release)["Bath"])
    assert ["Great Britain"] == above(release)["South West"]


def test_suppressed_cells_are_counted_among_those_of_creative_industries(analyse) -> None:
    """One of three classes; what is not creative does not count, and an area without rows has no share."""
    found = analyse("""
        area  | crafts | 5811 | 5812 | rest
        Bath  |     10 |  [c] |   30 |  [c]
        Stoke |     10 |  [x] |   30 |  100
    """)
    assert (round(1 / 3, 6), "ok") == found("Bath", "suppressed-share", "all", variant="jobs")
    assert (0.0, "ok") == found("Stoke", "suppressed-share", "all", variant="units")
    assert (None, "missing") == found("London", "suppressed-share", "all", variant="jobs")


def test_cells_of_an_area_that_is_added_up_are_those_of_its_parts(analyse) -> None:
    found = analyse(
        """
        area  | crafts | 5811 | rest
        Bath  |     10 |  [c] |  100
        Wells |     10 |   10 |  100
        """,
        derive_levels=("region", "benchmark"),
        **IN_PARTS,
    )
    assert (0.25, "ok") == found("South West", "suppressed-share", "all", variant="jobs")
    assert (0.25, "ok") == found("Great Britain", "suppressed-share", "all", variant="jobs")


def test_provisional_years_and_breaks_are_those_that_the_release_names(release_of, analyse_it) -> None:
    release = release_of(A_JUMP)
    broken = Break(2022, "The survey is a new one from 2022 on.", ("employment",))
    info = replace(release.info, provisional_years=("2023",), breaks=(broken,))
    found = analyse_it(replace(release, info=info))
    national = "United Kingdom"
    assert [0.0, 0.0, 1.0] == found.findings.rows("provisional", variant="jobs")["value"].tolist()
    assert [0.0, 1.0, 0.0] == found.findings.rows("break", variant="jobs")["value"].tolist()
    assert (0.0, "ok") == found(national, "break", "", "2022", variant="units")
    assert (None, "missing") == found(national, "break", "", "2022", variant="gva")


def test_sub_sectors_without_a_reliable_figure_are_counted(analyse) -> None:
    """Suppressed, missing, and marked; a sub-sector that the whole does not have is no gap."""
    found = analyse(
        """
        area          | crafts | architecture | publishing | all
        Great Britain |   1000 |            0 |       1000 | 9000
        London        |    100 |            0 |        100 | 1000
        Bath          |    [c] |            0 |     10 [u] |  100
        Stoke         |     10 |            0 |         10 |  100
        """
    )
    counts = {area: found(area, "sub-sectors-hidden") for area in ("United Kingdom", "Bath", "Stoke")}
    assert {"United Kingdom": (3.0, "ok"), "Bath": (2.0, "ok"), "Stoke": (0.0, "ok")} == counts


def test_the_width_of_a_quotient_is_upper_by_lower_end(analyse) -> None:
    """A statement about what is published, so that its own ends are its value."""
    found = analyse(A_JUMP)
    quotient, width = (found.row("Bath", indicator, "crafts") for indicator in ("location-quotient", "quotient-width"))
    assert width.value == pytest.approx(quotient.high / quotient.low)
    assert (width.value, width.value) == (width.low, width.high)
    assert (None, "suppressed") == found("Stoke", "quotient-width", "publishing")


def test_an_interval_that_begins_at_nought_has_no_width(analyse) -> None:
    found = analyse(
        """
        area          | crafts | publishing | all
        Great Britain |   1000 |       1000 | 9000
        Bath          |      0 |         10 |  100
        """
    )
    assert (None, "not-applicable") == found("Bath", "quotient-width", "crafts")
    assert "The interval of the quotient begins at zero, so that its ends have no ratio (Bath, 2023)." == found.why(
        "Bath", "quotient-width", "crafts"
    )
