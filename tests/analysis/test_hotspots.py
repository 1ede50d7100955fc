"""Hotspots: the rule, what is known without knowing everything, and the ranks."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from reportgen.analysis.hotspots import Truth, at_least, both
from reportgen.settings import HotspotRule, Settings

HEAD = (
    "area | crafts | publishing | architecture | all | crafts units | publishing units | architecture units | all units"
)
WHOLE = "Great Britain | 100 | 100 | 100 | 10000 | 500 | 500 | 500 | 10000"


def places(*lines: str) -> str:
    """Great Britain has 1 % of its jobs in each of three sub-sectors."""
    return "\n".join([HEAD, WHOLE, *lines])


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("20 | 20 |  0 | 1000 | 25 | 25 |  0 | 500", 1.0),
        ("20 | 20 |  0 | 1000 | 25 | 24 |  0 | 500", 0.0),  # 49 creative local units
        ("15 | 15 |  0 | 1000 | 25 | 25 |  0 | 500", 0.0),  # a quotient of 1, not above it
        ("50 | 10 | 10 | 1000 | 25 | 25 | 25 | 500", 0.0),  # only one sub-sector above 1
        ("20 | 20 |  0 | 1000 | 50 |  9 |  0 | 500", 0.0),  # the second has 9 local units
        ("20 | 20 |  0 | 1000 | 50 | 10 |  0 | 500", 1.0),
    ],
)
def test_all_three_conditions_must_hold(analyse, line: str, answer: float) -> None:
    """Concentration, size and breadth, each at its threshold."""
    assert (answer, "ok") == analyse(places(f"Bath | {line}"))("Bath", "hotspot")


def test_thresholds_are_settings(analyse) -> None:
    """Two places that our own rule parts are parted otherwise by another rule."""
    text = places("Bath | 20 | 20 | 0 | 1000 | 25 | 25 | 0 | 500", "Stoke | 60 | 5 | 5 | 1000 | 10 | 5 | 5 | 500")
    strict_on_size = Settings(hotspot=HotspotRule(creative_units=51))
    lenient = Settings(
        hotspot=HotspotRule(location_quotient=1.5, creative_units=20, sub_sectors=1, sub_sector_units=10)
    )
    assert [(1.0, "ok"), (0.0, "ok")] == [analyse(text)(place, "hotspot") for place in ("Bath", "Stoke")]
    assert (0.0, "ok") == analyse(text, settings=strict_on_size)("Bath", "hotspot")
    assert (0.0, "ok") == analyse(text, settings=lenient)("Bath", "hotspot")
    assert (1.0, "ok") == analyse(text, settings=lenient)("Stoke", "hotspot")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("[c] | 20 |  0 | 1000 | 25 | 25 |  0 | 500", (None, "suppressed")),  # creative as a whole is not known
        ("[c] | 20 |  0 | 1000 | 25 | 24 |  0 | 500", (0.0, "ok")),  # nor need it be: too few local units
        ("20 | 20 | 20 | 1000 | 25 | 25 | [c] | 500", (None, "suppressed")),  # local units in all are not known
        ("5 | 5 | 5 | 1000 | 25 | 25 | [c] | 500", (0.0, "ok")),  # nor need they be: not concentrated
        ("20 | 20 | 0 | [x] | 25 | 25 | 0 | 500", (None, "missing")),
        ("20 | 20 | [z] | 1000 | 25 | 25 | 0 | 500", (None, "not-applicable")),
        ("- | - | - | - | 25 | 25 | 0 | 500", (None, "missing")),
        ("- | - | - | - | 5 | 5 | 0 | 500", (0.0, "ok")),  # without any jobs figures, too few local units
        ("20 [u] | 20 | 0 | 1000 | 25 | 25 | 0 | 500", (1.0, "low-reliability")),
        ("20 [u] | 20 | 0 | 1000 | 25 | 24 | 0 | 500", (0.0, "ok")),  # decided by what is reliable
        ("5 [u] | 5 | 0 | 1000 | 25 | 25 | [c] | 500", (0.0, "ok")),  # at most one sub-sector is concentrated
        ("5 [u] | 20 | 0 | 1000 | 25 | 25 | [c] | 500", (0.0, "low-reliability")),
    ],
)
def test_unknown_figures_matter_only_where_they_decide(analyse, line: str, answer) -> None:
    found = analyse(places(f"Bath | {line}"))
    assert answer == found("Bath", "hotspot")
    assert bool(found.why("Bath", "hotspot")) == (answer[1] != "ok")


def test_the_reason_is_that_of_the_figure_that_decides(analyse) -> None:
    """Local units of architecture are suppressed too, but two other sub-sectors already carry the rule."""
    found = analyse(places("Bath | 20 | 20 | 20 | 1000 | 25 | 25 | [c] | 500"))
    assert "Local units are suppressed for 1 of the 3 creative industries (Bath, 2023)." == found.why("Bath", "hotspot")


def parts(states: str) -> Truth:
    """Several things in one place: T holds, F fails, U is unknown."""
    return Truth(*(np.array([[[state == word] for state in states]]) for word in "TF"))


@pytest.mark.parametrize("states", ["".join(states) for states in product("TFU", repeat=4)])
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_counting_agrees_with_trying_every_way_out(states: str, number: int) -> None:
    """At least so many hold if they do however the unknown ones turn out; they do not if they never can."""
    ways = [[word == "T" for word in way] for way in product(*("TF" if state == "U" else state for state in states))]
    outcomes = {sum(way) >= number for way in ways}
    found = at_least(number, parts(states))
    assert (outcomes == {True}, outcomes == {False}) == (found.holds.item(), found.fails.item())


@pytest.mark.parametrize(("one", "other"), list(product("TFU", repeat=2)))
def test_both_agrees_with_trying_every_way_out(one: str, other: str) -> None:
    ways = product("TF" if one == "U" else one, "TF" if other == "U" else other)
    outcomes = {way == ("T", "T") for way in ways}
    found = both(parts(one), parts(other))
    assert (outcomes == {True}, outcomes == {False}) == (found.holds.item(), found.fails.item())


THREE_HOTSPOTS = places(
    "Bath | 30 | 20 | 0 | 1000 | 25 | 25 | 0 | 500",
    "Bristol | 60 | 60 | 0 | 1000 | 25 | 25 | 0 | 500",
    "Stoke | 1 | 1 | 0 | 1000 | 25 | 25 | 0 | 500",
    "York | 30 | 20 | 0 | 1000 | 25 | 25 | 0 | 500",
    "Leeds | [c] | 60 | 0 | 1000 | 25 | 25 | 0 | 500",
)


def test_hotspots_are_ranked_by_their_quotient(analyse) -> None:
    """Equal quotients share the better rank; who is no hotspot has none, and who is not known is not known."""
    found = analyse(THREE_HOTSPOTS)
    assert (1.0, "ok") == found("Bristol", "hotspot-rank")
    assert [(2.0, "ok"), (2.0, "ok")] == [found(place, "hotspot-rank") for place in ("Bath", "York")]
    assert (None, "not-applicable") == found("Stoke", "hotspot-rank")
    assert "Not a hotspot, so without a rank among them (Stoke, 2023)." == found.why("Stoke", "hotspot-rank")
    assert (None, "suppressed") == found("Leeds", "hotspot-rank")


def test_ranks_are_those_of_a_level(analyse) -> None:
    """A zone of a release's own is ranked among the zones, not among the places."""
    found = analyse(THREE_HOTSPOTS, levels={"Bristol": "zone"})
    assert (1.0, "ok") == found("Bristol", "hotspot-rank")
    assert (1.0, "ok") == found("Bath", "hotspot-rank")


def test_only_local_and_custom_areas_can_be_hotspots(analyse) -> None:
    found = analyse(THREE_HOTSPOTS)
    assert ["Bath", "Bristol", "Stoke", "York", "Leeds"] == list(found.findings.rows("hotspot")["area"])
    with pytest.raises(KeyError, match="no area Great Britain"):
        found("Great Britain", "hotspot")


def test_a_year_without_local_units_leaves_the_answer_open(release_of, analyse_it) -> None:
    """The two tables need not have the same years; a year of jobs alone decides only what jobs decide."""
    release = release_of("""
        year | area          | crafts | publishing | all
        2022 | Bath          |     50 |         50 |  500
        2022 | Stoke         |      1 |          1 |  500
        2022 | Great Britain |    100 |        100 | 5000
        2023 | Bath          |     50 |         50 |  500
        2023 | Stoke         |      1 |          1 |  500
        2023 | Great Britain |    100 |        100 | 5000
    """)
    units = release.businesses[release.businesses["year"] == 2023].reset_index(drop=True)
    found = analyse_it(replace(release, businesses=units))
    assert (1.0, "ok") == found("Bath", "hotspot")
    assert (None, "missing") == found("Bath", "hotspot", year="2022")
    assert "The release has no figures on local units (Bath, 2022)." == found.why("Bath", "hotspot", year="2022")
    assert (0.0, "ok") == found("Stoke", "hotspot", year="2022")
