"""Tallies: how many sub-sectors and how many places."""

from __future__ import annotations

import pytest

SIDES = ("above", "open", "below", "unknown")
FOUR_PLACES = """
    area          | crafts | publishing | 7111 | all   | crafts units | publishing units | 7111 units | all units
    Great Britain |   1000 |       1000 | 1000 | 30000 |         1000 |             1000 |       1000 |     30000
    Bath          |    400 |         10 |  [c] |  3000 |          400 |              100 |         10 |      3000
    Bristol       |    200 |        200 |    0 |  3000 |          100 |              100 |        100 |      3000
    Stoke         |      5 |          5 |    5 |  3000 |          100 |              100 |        100 |      3000
    Belfast       |      - |          - |    - |     - |          100 |              100 |        100 |      3000
"""
FOUR_PLACES_JUDGED = """
    area          | crafts | publishing |   7111 |     all | crafts units | publishing units | 7111 units | all units
    Great Britain | 100000 |     100000 | 100000 | 3000000 |        20000 |            20000 |      20000 |    600000
    Bath          |  40000 |       1000 |    [c] |  300000 |          400 |              200 |        200 |      3000
    Bristol       |  20000 |      20000 |      0 |  300000 |          200 |              200 |          0 |      3000
    Stoke         |    500 |        500 |    500 |  300000 |          100 |              100 |        100 |      3000
    Belfast       |      - |          - |      - |       - |          200 |              200 |        100 |      3000
"""
REGIONS = {"Bath": "South West", "Bristol": "South West", "Stoke": "London"}


def test_sub_sectors_are_counted_by_the_side_they_lie_on(analyse) -> None:
    """Crafts is above the national share; the interval of publishing holds it; architecture is not known."""
    found = analyse(FOUR_PLACES)
    jobs, units = ([found("Bath", f"sub-sectors-{side}", variant=of) for side in SIDES] for of in ("jobs", "units"))
    assert [(1.0, "ok"), (1.0, "ok"), (0.0, "ok"), (1.0, "ok")] == jobs
    assert [(1.0, "ok"), (1.0, "ok"), (1.0, "ok"), (0.0, "ok")] == units


def test_where_nothing_is_known_no_side_has_none(analyse) -> None:
    """Belfast has no figures on jobs: that no sub-sector is above the national share would be a claim."""
    found = analyse(FOUR_PLACES)
    counts = [found("Belfast", f"sub-sectors-{side}", variant="jobs") for side in SIDES]
    assert [(None, "missing"), (None, "missing"), (None, "missing"), (3.0, "ok")] == counts
    assert "No sub-sector has a location quotient of jobs with a known interval (Belfast, 2023)." == found.why(
        "Belfast", "sub-sectors-above", variant="jobs"
    )


def test_hotspots_are_counted_by_group(analyse) -> None:
    """Of the places in a group, those that are hotspots, those for which that is known, and all."""
    found = analyse(FOUR_PLACES_JUDGED, parents=REGIONS)
    assert [(2.0, "ok"), (1.0, "ok"), (1.0, "ok")] == [
        found("South West", indicator, group)
        for indicator, group in (("areas", ""), ("hotspot-areas", "all"), ("hotspot-count", "all"))
    ]
    assert (0.0, "ok") == found("London", "hotspot-count")
    assert (4.0, "ok") == found("United Kingdom", "areas", "")
    assert (2.0, "ok") == found("United Kingdom", "hotspot-areas")


@pytest.mark.parametrize(
    ("parents", "status", "why"),
    [
        (
            {"Belfast": "South West"},
            "missing",
            "The rule's answer is not known for any local area here (South West, 2023).",
        ),
        ({"South West": "London"}, "not-applicable", "The release has no local areas here (South West, 2023)."),
    ],
    ids=["nothing known", "no places"],
)
def test_a_count_of_what_nobody_knows_is_not_zero(analyse, parents, status: str, why: str) -> None:
    found = analyse(FOUR_PLACES_JUDGED, parents=parents)
    assert (None, status) == found("South West", "hotspot-count")
    assert why == found.why("South West", "hotspot-count")


def test_a_shared_place_counts_in_every_group_that_lists_it(analyse) -> None:
    """From a tenth of it on; a smaller part puts no place on a group's page."""
    membership = [
        ("Bristol", "South West", 0.9),
        ("Bristol", "London", 0.1),
        ("Stoke", "South West", 0.95),
        ("Stoke", "London", 0.05),
    ]
    found = analyse(FOUR_PLACES_JUDGED, parents={"South West": "Great Britain"}, membership=membership)
    assert (2.0, "ok") == found("South West", "areas", "")
    assert (1.0, "ok") == found("London", "areas", "")
    assert (1.0, "ok") == found("London", "hotspot-count")


def test_local_units_lie_where_their_shrunken_quotient_does(analyse) -> None:
    """Twelve places are all alike; twice the share in a small thirteenth is then more likely chance."""
    alike = "\n".join(f"    Place {n:<8} |    200 | 10000" for n in range(12))
    found = analyse(f"""
        area          | crafts |    all
        Great Britain |   2420 | 121000
    {alike}
        Wick          |     20 |    500
    """)
    as_it_is, shrunken = (found.row("Wick", f"location-quotient-units{kind}", "crafts") for kind in ("", "-shrunken"))
    assert as_it_is.low > 1
    assert shrunken.low < 1 < shrunken.value
    assert (0.0, "ok") == found("Wick", "sub-sectors-above", variant="units")
    assert (1.0, "ok") == found("Wick", "sub-sectors-open", variant="units")


def test_jobs_of_hotspots_are_those_of_the_places_that_are_hotspots_and_of_no_other(analyse) -> None:
    """Bristol is the only hotspot known in the South West; London, with Stoke, has none, and so no jobs in any."""
    found = analyse(FOUR_PLACES_JUDGED, parents=REGIONS)
    bristol, inside = found.row("Bristol", "creative-jobs", "all"), found.row("South West", "hotspot-jobs", "all")
    assert (bristol.value, bristol.low, bristol.high) == (inside.value, inside.low, inside.high)
    assert (0.0, "ok") == found("London", "hotspot-jobs")


def test_of_jobs_in_hotspots_that_nobody_can_name_the_number_is_not_zero(analyse) -> None:
    found = analyse(FOUR_PLACES_JUDGED, parents={"Belfast": "South West"})
    assert (None, "missing") == found("South West", "hotspot-jobs")
    assert found.why("South West", "hotspot-count") == found.why("South West", "hotspot-jobs")
