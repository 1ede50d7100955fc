"""Indices: how counts moved since the first year."""

from __future__ import annotations

import pytest

THREE_YEARS = """
    year | area  | crafts | rest
    2021 | Bath  |    200 |  800
    2022 | Bath  |    [c] |  800
    2023 | Bath  |    300 |  950
    2021 | Stoke |      0 |  500
    2022 | Stoke |     50 |  500
    2023 | Stoke |     50 |  500
"""


def test_the_first_year_stands_at_a_hundred(analyse) -> None:
    """Half as many again is 150; the year that all others are measured by has no interval of its own."""
    found = analyse(THREE_YEARS)
    first = found.row("Bath", "creative-jobs-index", "all", "2021", other="2021")
    assert (100.0, 100.0, 100.0) == (first.value, first.low, first.high)
    assert (150.0, "ok") == found("Bath", "creative-jobs-index", "all", other="2021")
    assert (125.0, "ok") == found("Bath", "jobs-index", "", other="2021")
    reach = 1.96 * 50 / 12**0.5 / 200 * 100
    assert 150 + reach == pytest.approx(found.row("Bath", "creative-jobs-index", "all", other="2021").high)


def test_a_gap_is_a_gap_and_nothing_is_no_base(analyse) -> None:
    found = analyse(THREE_YEARS)
    assert (None, "suppressed") == found("Bath", "creative-jobs-index", "all", "2022", other="2021")
    assert (None, "not-applicable") == found("Stoke", "creative-jobs-index", "all", other="2021")
    assert "There are no jobs to grow from (Stoke, 2021)." == found.why(
        "Stoke", "creative-jobs-index", "all", other="2021"
    )
