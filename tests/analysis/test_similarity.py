"""Similarity: distances between profiles, nearest peers, and the tree of the most alike."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import jensenshannon

from reportgen.analysis.similarity import cluster, jensen_shannon, nearest
from reportgen.area_groups import AreaGroups, Cities
from reportgen.settings import HotspotRule, Settings

COUNTS = st.lists(st.integers(0, 1_000), min_size=4, max_size=4).filter(any)
AREAS = (
    st.lists(COUNTS, min_size=2, max_size=8)
    .map(lambda rows: np.array(rows, dtype=float))
    .map(lambda rows: rows / rows.sum(axis=1, keepdims=True))
)
TOWNS = """
    area          | crafts | architecture | 5811 | all
    Bath          |    100 |            0 |    0 |  1000
    Stoke         |     90 |           10 |    0 |  1000
    Leeds         |      0 |           10 |   90 |  1000
    York          |      0 |            0 |  100 |  1000
    Ely           |      5 |            5 |    5 |   500
    Hull          |    [c] |            5 |   50 |  1000
    Great Britain |    500 |          100 |  500 | 20000
"""


def test_the_nearest_peer_has_the_most_similar_shares(analyse) -> None:
    found = analyse(TOWNS)
    row = found.row("Bath", "nearest-peer", other="Stoke", variant="jobs.1")
    assert row.value == pytest.approx(jensenshannon([1, 0, 0], [0.9, 0.1, 0], 2))
    ranks = found.findings.rows("nearest-peer", area="Bath")
    ranks = ranks[ranks["variant"].isin(["jobs.1", "jobs.2", "jobs.3"])]
    assert ["Stoke", "Leeds", "York"] == ranks["other"].tolist()
    assert ranks["value"].is_monotonic_increasing


def test_places_without_a_sound_profile_are_nobodys_peers(analyse) -> None:
    """Ely is too small, Hull not known; the other four have three peers each, and say so."""
    found = analyse(TOWNS)
    assert {"Bath", "Stoke", "Leeds", "York", ""} == set(found.findings.rows("nearest-peer")["other"])
    assert (None, "not-applicable") == found("Ely", "nearest-peer", variant="jobs.1")
    assert (
        "It has 15 creative local units, and with fewer than 50 its profile is too noisy to compare (Ely, 2023)."
        == found.why("Ely", "nearest-peer", variant="jobs.1")
    )
    assert (None, "suppressed") == found("Hull", "nearest-peer", variant="units.1")
    assert "Only 3 other local areas have a profile that can be compared (2023)." == found.why(
        "Bath", "nearest-peer", variant="jobs.4"
    )


def test_the_least_size_of_a_peer_is_that_of_the_hotspot_rule(analyse) -> None:
    found = analyse(TOWNS, settings=Settings(hotspot=HotspotRule(creative_units=15)))
    assert "ok" == found.row("Ely", "nearest-peer", other="Stoke", variant="jobs.1").status


def test_a_peer_of_low_reliability_makes_the_distance_so(analyse) -> None:
    found = analyse(TOWNS.replace("   90 |           10 |    0", "90 [u] |           10 |    0"))
    assert "low-reliability" == found.row("Bath", "nearest-peer", other="Stoke", variant="jobs.1").status
    assert "ok" == found.row("York", "nearest-peer", other="Leeds", variant="jobs.1").status


def test_regions_have_a_distance_to_every_region(analyse) -> None:
    found = analyse("""
        area          | crafts | 5811 | all
        London        |    100 |    0 | 1000
        South West    |      0 |  100 | 1000
        Great Britain |    100 |  100 | 2000
    """)
    assert (1.0, "ok") == found("London", "profile-distance", other="South West", variant="jobs")
    assert (1.0, "ok") == found("South West", "profile-distance", other="London", variant="units")
    assert (0.0, "ok") == found("London", "profile-distance", other="London", variant="jobs")
    assert (1.0, "ok") == found("London", "cluster-order", variant="jobs.regions")
    assert (1.0, "ok") == found("London", "cluster-merge", other="South West", variant="jobs.regions")


def test_the_tree_of_cities_joins_neighbours_in_their_order(analyse) -> None:
    """Bath and Stoke are alike, Leeds and York too; the two pairs are joined last."""
    found = analyse(TOWNS, groups=AreaGroups(cities=Cities(jobs=600)))
    order = [found("Bath", "cluster-order", variant="jobs.cities")[0]]
    order += [found(town, "cluster-order", variant="jobs.cities")[0] for town in ("Stoke", "Leeds", "York")]
    assert [1, 2, 3, 4] == order
    joins = found.findings.rows("cluster-merge", variant="jobs.cities")
    assert [("Bath", "Stoke"), ("Stoke", "Leeds"), ("Leeds", "York")] == list(
        zip(joins["area"], joins["other"], strict=True)
    )
    first, last, second = joins["value"]
    assert first == pytest.approx(second)
    assert last > first
    assert "With fewer than 600 jobs in all industries it is not compared as a city (Ely, 2023)." == found.why(
        "Ely", "cluster-order", variant="jobs.cities"
    )
    assert (None, "suppressed") == found("Hull", "cluster-order", variant="jobs.cities")


def test_where_no_two_areas_can_be_joined_there_is_no_tree(analyse) -> None:
    found = analyse(TOWNS)  # no town has 75,000 jobs
    assert (None, "not-applicable") == found("United Kingdom", "cluster-merge", variant="jobs.cities")
    assert "Fewer than two areas have a known profile, so there is nothing to join (2023)." == found.why(
        "United Kingdom", "cluster-merge", variant="jobs.cities"
    )


def test_a_release_without_local_units_knows_no_peers(release_of, analyse_it) -> None:
    """How large an area is in local units decides, and nothing is guessed in their place."""
    found = analyse_it(replace(release_of(TOWNS), businesses=None))
    assert (None, "missing") == found("Bath", "nearest-peer", variant="jobs.1")
    assert (None, "missing") == found("Bath", "effective-sub-sectors", variant="units")
    assert (1.0, "ok") == found("Bath", "effective-sub-sectors", variant="jobs")


@given(AREAS)
def test_the_distance_is_that_of_scipy(share: np.ndarray) -> None:
    """To the seventh digit: where profiles are nearly equal, the square root makes much of the last bits."""
    wanted = [[np.nan_to_num(jensenshannon(one, other, 2)) for other in share] for one in share]
    assert np.allclose(wanted, jensen_shannon(share), atol=3e-8)


@given(AREAS)
def test_the_distance_is_a_metric_from_nought_to_one(share: np.ndarray) -> None:
    found = jensen_shannon(share)
    assert np.array_equal(found, found.T)
    assert not found.diagonal().any()
    assert found.max() <= 1 + 1e-12
    assert (found[:, None, :] <= found[:, :, None] + found[None, :, :] + 1e-7).all()


@given(AREAS, st.integers(1, 5))
def test_peers_are_others_and_the_nearest_of_them(share: np.ndarray, number: int) -> None:
    distance = jensen_shannon(share)
    found = nearest(distance, number)
    assert (len(share), min(number, len(share) - 1)) == found.shape
    for area, peers in enumerate(found):
        others = np.delete(distance[area], area)
        assert area not in peers
        assert np.sort(others)[: len(peers)].tolist() == distance[area, peers].tolist()


@given(AREAS)
def test_leaves_and_heights_are_the_whole_tree(share: np.ndarray) -> None:
    """Every area is a leaf, the nearest two are the lowest join, and none is above the farthest pair."""
    distance = jensen_shannon(share)
    leaves, heights = cluster(distance)
    assert sorted(leaves.tolist()) == list(range(len(share)))
    assert leaves[0] < leaves[-1]
    assert len(heights) == len(share) - 1
    assert heights.max() <= distance.max() + 1e-12
    first = np.unravel_index(np.argmin(distance + 9 * np.eye(len(share))), distance.shape)
    assert heights.min() == pytest.approx(distance[first])


TWO_YEARS = "\n".join(
    ["year | area | crafts | architecture | 5811 | all"]
    + [f"{year} | {line.strip()}" for year in (2018, 2023) for line in TOWNS.strip().splitlines()[1:]]
).replace("2018 | Stoke         |     90", "2018 | Stoke         |     40")


def test_a_peer_that_grew_more_is_that_much_ahead(analyse) -> None:
    """Stoke went from 50 to 100 in five years, Bath stayed at 100."""
    found = analyse(TWO_YEARS)
    assert (round(2**0.2 - 1, 6), "ok") == found("Bath", "peer-growth-difference", other="Stoke")
    assert (round(1 - 2**0.2, 6), "ok") == found("Stoke", "peer-growth-difference", other="Bath")


def test_each_peer_is_held_against_once(analyse) -> None:
    """The same areas as the nearest peers by jobs; a place without a profile has one row, which says why."""
    found = analyse(TWO_YEARS)
    peers, grown = (found.findings.rows(each, area="Bath") for each in ("nearest-peer", "peer-growth-difference"))
    by_jobs = peers[peers["variant"].astype(str).str.startswith("jobs.") & (peers["other"] != "")]
    assert by_jobs["other"].tolist() == grown["other"].tolist()
    assert (None, "not-applicable") == found("Ely", "peer-growth-difference")
    assert found.why("Ely", "nearest-peer", variant="jobs.1") == found.why("Ely", "peer-growth-difference")


def test_in_a_release_of_one_year_no_peer_grew(analyse) -> None:
    found = analyse(TOWNS)
    assert (None, "not-applicable") == found("Bath", "peer-growth-difference", other="Stoke")
    assert "The release has no year but 2023, so no change can be told." == found.why(
        "Bath", "peer-growth-difference", other="Stoke"
    )
