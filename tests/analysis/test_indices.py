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
    """Half as many again is 150; the year that all others are measured by is exact."""
    found = analyse(THREE_YEARS)
    first = found.row("Bath", "creative-jobs-index", "all", "2021", other="2021")
    assert (100.0, 100.0, 100.0) == (first.value, first.low, first.high)
    assert (150.0, "ok") == found("Bath", "creative-jobs-index", "all", other="2021")
    assert (125.0, "ok") == found("Bath", "jobs-index", "", other="2021")


def test_the_interval_is_that_of_growth_since_the_first_year(analyse) -> None:
    """An index is a growth factor times 100."""
    towns = [
        f"{year} | Town {town} | {100 + (7 * town + 13 * year) % 30} | 900"
        for town in range(15)
        for year in range(2021, 2024)
    ]
    whole = [f"{year} | Great Britain | {1700 + year - 2021} | 13500" for year in range(2021, 2024)]
    found = analyse("\n".join(["year | area | crafts | rest", *whole, *towns]))
    first = found.row("Town 3", "creative-jobs-index", "all", "2021", other="2021")
    assert (100.0, 100.0, 100.0) == (first.value, first.low, first.high)
    index = found.row("Town 3", "creative-jobs-index", "all", other="2021")
    growth = found.row("Town 3", "creative-jobs-growth", "all", other="2021")
    ends = [100 * (1 + rate) ** 2 for rate in (growth.low, growth.value, growth.high)]
    assert ends == pytest.approx([index.low, index.value, index.high])
    assert index.low < index.value < index.high


def test_a_gap_is_a_gap_and_nothing_is_no_base(analyse) -> None:
    found = analyse(THREE_YEARS)
    assert (None, "suppressed") == found("Bath", "creative-jobs-index", "all", "2022", other="2021")
    assert (None, "not-applicable") == found("Stoke", "creative-jobs-index", "all", other="2021")
    assert "There are no jobs to grow from (Stoke, 2021)." == found.why(
        "Stoke", "creative-jobs-index", "all", other="2021"
    )
