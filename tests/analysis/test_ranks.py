"""Ranks: where an area stands among those it is shown with."""

from __future__ import annotations

PLACES = """
    area          | crafts | all
    Great Britain |    100 | 10000
    South West    |     30 |  2000
    London        |     50 |  2000
    Bath          |     20 |  1000
    Bristol       |     10 |  1000
    Plymouth      |     10 |  1000
    Exeter        |    [c] |  1000
    Camden        |      5 |  1000
"""
LIES_IN = dict.fromkeys(("Bath", "Bristol", "Plymouth", "Exeter"), "South West") | {"Camden": "London"}


def test_places_are_ranked_within_their_region_and_regions_within_the_nation(analyse) -> None:
    """Equal quotients share the better rank; Camden is first in London although Bath's quotient is higher."""
    found = analyse(PLACES, parents=LIES_IN)
    ranks = {
        name: found(name, "location-quotient-rank", other=LIES_IN[name])[0] for name in ("Bath", "Bristol", "Camden")
    }
    assert {"Bath": 1.0, "Bristol": 2.0, "Camden": 1.0} == ranks
    assert (2.0, "ok") == found("Plymouth", "location-quotient-rank", other="South West")
    assert (1.0, "ok") == found("London", "location-quotient-rank", other="United Kingdom")
    assert (2.0, "ok") == found("South West", "location-quotient-units-rank", other="United Kingdom")


def test_an_unknown_quotient_has_no_rank_and_takes_none(analyse) -> None:
    found = analyse(PLACES, parents=LIES_IN)
    assert (None, "suppressed") == found("Exeter", "location-quotient-rank", other="South West")
    assert (3.0, "ok") == found("South West", "ranked-areas", variant="jobs")
    assert (2.0, "ok") == found("United Kingdom", "ranked-areas", variant="jobs")
