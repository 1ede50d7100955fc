"""Levels: areas that a release asks to be added up from others."""

from __future__ import annotations

import pytest

SOUTH_WEST = {"Bath": "South West", "Bristol": "South West"}
TWO_PLACES = """
    area    | crafts | rest
    Bath    |     20 |  100
    Bristol |    300 |  400
"""


def test_a_derived_level_is_the_sum_of_its_members(analyse) -> None:
    """Values add up, and so does what rounding can do to them."""
    whole = {"Bath": "Great Britain", "Bristol": "Great Britain"}
    found = analyse(TWO_PLACES, parents=whole, derive_levels=("benchmark",))
    row = found.row("Great Britain", "creative-jobs", "crafts")
    assert (320.0, "ok") == found("Great Britain", "creative-jobs", "crafts")
    assert (820.0, "ok") == found("Great Britain", "jobs", "")
    assert row.high == pytest.approx(320 + 1.96 * ((5**2 + 50**2) / 12) ** 0.5)


def test_no_level_is_added_up_unasked(analyse) -> None:
    """Regions carry rows of their own; without them they are missing, whatever lies in them."""
    found = analyse(TWO_PLACES, parents=SOUTH_WEST)
    assert (None, "missing") == found("South West", "creative-jobs", "crafts")


def test_levels_are_added_up_from_the_lowest(analyse) -> None:
    """Great Britain as the sum of its regions, which are sums of places."""
    found = analyse(
        """
        area    | crafts | rest
        Bath    |     20 |  100
        Camden  |    300 |  400
        """,
        parents={"Bath": "South West", "Camden": "London", "South West": "Great Britain", "London": "Great Britain"},
        derive_levels=("benchmark", "region"),
    )
    assert (320.0, "ok") == found("Great Britain", "creative-jobs", "crafts")


def test_a_total_is_the_sum_of_the_totals(analyse) -> None:
    """Also where a member has a row of its own for all industries."""
    found = analyse(
        """
        area    | crafts | rest | all
        Bath    |     20 |  100 | 125
        Bristol |    300 |  400 |   -
        """,
        parents=SOUTH_WEST,
        derive_levels=("region",),
    )
    assert (825.0, "ok") == found("South West", "jobs", "")


def test_a_member_without_figures_leaves_the_sum_missing(analyse) -> None:
    """The employment survey does not cover Northern Ireland, so nobody knows the jobs of the United Kingdom."""
    found = analyse(
        """
        area             | crafts | rest | crafts units | rest units
        Great Britain    |     20 |  100 |            5 |         50
        Northern Ireland |      - |    - |            5 |         10
        """,
        levels={"Northern Ireland": "region", "London": "region"},
        parents={"London": "Great Britain"},
        derive_levels=("national",),
    )
    why = "Jobs are missing for Northern Ireland, 1 of the 2 areas that make it up (United Kingdom, 2023)."
    assert (None, "missing") == found("United Kingdom", "creative-jobs", "all")
    assert why == found.why("United Kingdom", "creative-jobs", "all")
    assert (10.0, "ok") == found("United Kingdom", "creative-local-units", "all")


def test_a_suppressed_member_suppresses_the_sum(analyse) -> None:
    found = analyse(
        """
        area    | crafts | rest
        Bath    |    [c] |  100
        Bristol |    300 |  400
        """,
        parents=SOUTH_WEST,
        derive_levels=("region",),
    )
    why = "Jobs are suppressed for Bath, 1 of the 2 areas that make it up (South West, 2023)."
    assert (None, "suppressed") == found("South West", "creative-jobs", "crafts")
    assert why == found.why("South West", "creative-jobs", "crafts")


def test_an_area_without_members_is_missing_not_nothing(analyse) -> None:
    found = analyse(TWO_PLACES, parents=SOUTH_WEST, derive_levels=("region",))
    assert (None, "missing") == found("London", "jobs", "")
    assert "No area of the release belongs to it (London, 2023)." == found.why("London", "jobs", "")
