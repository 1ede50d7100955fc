"""Group tests: whether two groups of cities differ, and how often chance would do as well."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from reportgen.analysis.group_tests import COMPARISONS, TESTS, compare
from reportgen.analysis.similarity import jensen_shannon
from reportgen.analysis.specialisation import effective_sub_sectors
from reportgen.analysis.two_groups import (
    mean_difference,
    mean_within,
    permanova,
    permdisp,
    permutation_test,
    shuffled,
    to_centroid,
)
from reportgen.area_groups import AreaGroup, AreaGroups, Cities

SOUTH, NORTH = ("Bath", "Dover", "Ely", "Poole", "Rye"), ("Hull", "Leeds", "Stoke", "York")
SPLIT = """
    area          | crafts | architecture | 5811 | all
    Bath          |    100 |           90 |   95 |  1000
    Dover         |    100 |          100 |   90 |  1000
    Ely           |     90 |          100 |   95 |  1000
    Poole         |     95 |          100 |   95 |  1000
    Rye           |     10 |           10 |   10 |   500
    Hull          |    100 |            5 |    5 |  1000
    Leeds         |    100 |           10 |    5 |  1000
    Stoke         |    100 |            5 |   10 |  1000
    York          |    100 |            5 |    0 |  1000
    Great Britain |    795 |          425 |  405 | 20000
"""
PAIR = "wider-south|north"
SEEDS = st.integers(0, 10_000)


def groups(cities: int = 600, **others: tuple[str, ...]) -> AreaGroups:
    named = {"wider_south": SOUTH, "north": NORTH, **others}
    groups = {id.replace("_", "-"): AreaGroup(name=id.replace("_", " "), areas=areas) for id, areas in named.items()}
    return AreaGroups(groups=groups, cities=Cities(jobs=cities, varied=()))


def sample(seed: int, first: int = 5, second: int = 7) -> tuple[np.ndarray, np.ndarray]:
    """Profiles of two groups from one distribution, and the labels of the first."""
    share = np.random.default_rng(seed).dirichlet(np.full(6, 3.0), first + second)
    return share, np.arange(first + second) < first


def test_groups_that_differ_are_told_apart(analyse) -> None:
    """All of the South is diverse and all of the North is not; one of 35 splits of eight into fours says as much."""
    found = analyse(SPLIT, groups=groups())
    assert (4.0, "ok") == found("United Kingdom", "group-cities", other="north", variant="jobs.600")
    assert found.row("United Kingdom", "permanova", other=PAIR, variant="jobs.600").value > 20
    for indicator in ("permanova-p", "effective-sub-sectors-difference-p"):
        assert found.row("United Kingdom", indicator, other=PAIR, variant="jobs.600").value < 0.06
    south, north = (
        found.row("United Kingdom", "group-effective-sub-sectors", other=group, variant="jobs.600").value
        for group in ("wider-south", "north")
    )
    difference = found("United Kingdom", "effective-sub-sectors-difference", other=PAIR, variant="jobs.600")
    assert (round(south - north, 6), "ok") == difference
    assert south > 2.9 > 2 > north


def test_within_group_distance_is_told_of_each_of_the_two(analyse) -> None:
    found = analyse(SPLIT, groups=groups())
    for other in (PAIR, "north|wider-south"):
        assert "ok" == found.row("United Kingdom", "within-group-distance", other=other, variant="units.600").status
        assert "ok" == found.row("United Kingdom", "within-group-distance-p", other=other, variant="units.600").status


def test_a_group_of_too_few_cities_is_not_tested(analyse) -> None:
    found = analyse(SPLIT.replace("95 |  1000", "95 |   500"), groups=groups())  # all but Dover are small now
    assert (1.0, "ok") == found("United Kingdom", "group-cities", other="wider-south", variant="jobs.600")
    for indicator, _ in TESTS:
        assert (None, "not-applicable") == found("United Kingdom", indicator, other=PAIR, variant="jobs.600")
    assert "wider south has 1 city with at least 600 jobs, and a test needs 3 (2023)." == found.why(
        "United Kingdom", "permanova-p", other=PAIR, variant="jobs.600"
    )


def test_areas_of_which_none_is_small_are_no_cities(analyse) -> None:
    """Where every area has a city and more in it, as NUTS 2 areas do, nothing is said of cities."""
    found = analyse(SPLIT.replace("10 |   500", "10 |   600"), groups=groups())
    assert (None, "not-applicable") == found("United Kingdom", "group-cities", other="north", variant="jobs.600")
    for indicator, _ in TESTS:
        assert (None, "not-applicable") == found("United Kingdom", indicator, other=PAIR, variant="jobs.600")
    assert found.why("United Kingdom", "permanova-p", other=PAIR, variant="jobs.600").startswith("Each area of the")


def test_a_city_that_is_not_known_is_left_out_and_named(analyse) -> None:
    found = analyse(SPLIT.replace("York          |    100", "York          |    [c]"), groups=groups())
    row = found.row("United Kingdom", "permanova", other=PAIR, variant="jobs.600")
    assert "low-reliability" == row.status
    assert "Left out, as its figures are not known: York (2023)." == row.reason
    assert (3.0, "low-reliability") == found("United Kingdom", "group-cities", other="north", variant="jobs.600")


def test_too_few_cities_because_they_are_not_known_is_suppressed(analyse) -> None:
    text = SPLIT
    for town in ("York", "Hull"):
        text = text.replace(f"{town}          |    100", f"{town}          |    [c]")
    found = analyse(text, groups=groups())
    assert (None, "suppressed") == found("United Kingdom", "permanova", other=PAIR, variant="jobs.600")


def test_a_group_that_nobody_defined_is_missing(analyse) -> None:
    found = analyse(SPLIT, groups=groups())
    assert (None, "missing") == found("United Kingdom", "permdisp", other="north|midlands", variant="jobs.600")
    assert "No group of areas is called midlands (data/groups.toml)." == found.why(
        "United Kingdom", "permdisp", other="north|midlands", variant="jobs.600"
    )


def test_groups_that_share_cities_are_not_compared(analyse) -> None:
    found = analyse(SPLIT, groups=groups(midlands=("Leeds", "Stoke", "Bath")))
    assert (None, "not-applicable") == found("United Kingdom", "permanova", other="north|midlands", variant="jobs.600")


def test_cities_without_a_difference_leave_nothing_to_test_against(analyse) -> None:
    text = "area | crafts | 5811 | all\n" + "\n".join(f"{town} | 50 | 50 | 1000" for town in (*SOUTH, *NORTH))
    text = text.replace("Rye | 50 | 50 | 1000", "Rye | 50 | 50 | 500")
    found = analyse(text + "\nGreat Britain | 450 | 450 | 8500", groups=groups())
    assert (None, "not-applicable") == found("United Kingdom", "permanova", other=PAIR, variant="jobs.600")
    assert (None, "not-applicable") == found("United Kingdom", "permdisp-p", other=PAIR, variant="jobs.600")
    assert (0.0, "ok") == found("United Kingdom", "within-group-distance", other=PAIR, variant="jobs.600")


def test_every_comparison_has_a_row_for_every_test(analyse) -> None:
    found = analyse(SPLIT, groups=groups())
    rows = found.findings.rows("permanova-p", variant="jobs.600")
    assert [f"{one}|{other}" for one, other in COMPARISONS] == rows["other"].tolist()


def compared(share, labels):
    """The tests of two groups, of their profiles."""
    return compare(jensen_shannon(share), effective_sub_sectors(share[..., None])[:, 0, 0], labels)


@given(SEEDS)
def test_groups_that_change_places_give_the_same_statistics(seed: int) -> None:
    """But for the sign of a difference, and which of the two within-group distances comes first."""
    share, labels = sample(seed)
    (place, spread, one, other, difference), _ = compared(share, labels)
    assert [place, spread, other, one, -difference] == pytest.approx(compared(share, ~labels)[0].tolist())


@given(SEEDS)
def test_the_order_of_cities_does_not_matter(seed: int) -> None:
    share, labels = sample(seed)
    order = np.random.default_rng(seed).permutation(len(labels))
    assert compared(share, labels)[0] == pytest.approx(compared(share[order], labels[order])[0])


@given(SEEDS)
def test_dispersion_is_an_analysis_of_variance_of_distances_to_the_mean(seed: int) -> None:
    """On points, whose centroids are their means; scipy makes the same F."""
    random = np.random.default_rng(seed)
    points, labels = random.normal(size=(11, 3)), np.arange(11) < 4
    squares = np.square(points[:, None] - points).sum(axis=2)
    centres = np.where(labels[:, None], points[labels].mean(axis=0), points[~labels].mean(axis=0))
    wanted = np.linalg.norm(points - centres, axis=1)
    found = to_centroid(squares, labels)
    assert wanted == pytest.approx(found)
    assert stats.f_oneway(wanted[labels], wanted[~labels]).statistic == pytest.approx(permdisp(found, labels[None])[0])


@given(SEEDS)
def test_on_a_line_permanova_is_an_analysis_of_variance(seed: int) -> None:
    values, labels = np.random.default_rng(seed).normal(size=10), np.arange(10) < 4
    found = permanova(np.square(values[:, None] - values), labels[None])[0]
    assert stats.f_oneway(values[labels], values[~labels]).statistic == pytest.approx(found)


@given(SEEDS)
def test_statistics_of_many_labels_are_those_of_each(seed: int) -> None:
    """Labels are worked on all at once; one at a time, and pair by pair, gives the same."""
    share, _ = sample(seed)
    distance = jensen_shannon(share)
    (labels,) = shuffled(5, len(share), 20)
    within, difference = mean_within(distance, labels), mean_difference(share[:, 0], labels)
    for at, row in enumerate(labels):
        for group, members in enumerate((np.flatnonzero(row), np.flatnonzero(~row))):
            pairs = [distance[i, j] for i in members for j in members if i < j]
            assert within[group, at] == pytest.approx(np.mean(pairs))
        assert difference[at] == pytest.approx(share[row, 0].mean() - share[~row, 0].mean())


@given(st.integers(1, 6), st.integers(7, 20))
def test_shuffled_labels_keep_the_sizes_of_the_groups(first: int, number: int) -> None:
    chunks = list(shuffled(first, number, 999))
    labels = np.concatenate(chunks)
    assert (999, number) == labels.shape
    assert {first} == set(labels.sum(axis=1).tolist())
    assert np.array_equal(labels, np.concatenate(list(shuffled(first, number, 999))))
    assert labels.mean(axis=0) == pytest.approx(np.full(number, first / number), abs=0.08)


def test_under_the_null_p_values_are_even() -> None:
    """Groups of 400 samples from one distribution: no test is found too often, in any part of the range."""
    found = []
    for seed in range(400):
        share, labels = sample(seed, 8, 8)
        distance = jensen_shannon(share)
        squares = np.square(distance)

        def statistics(drawn: np.ndarray, squares=squares, distance=distance, values=share[:, 0]) -> np.ndarray:
            difference = np.abs(mean_difference(values, drawn))
            return np.stack([permanova(squares, drawn), -mean_within(distance, drawn)[0], difference])

        found.append(permutation_test(statistics, labels, permutations=199)[1])
    for p in np.array(found).T:
        assert stats.kstest(p, "uniform").pvalue > 0.01
        assert (p <= 0.05).mean() < 0.05 + 3 * np.sqrt(0.05 * 0.95 / len(p))


def test_dispersion_does_not_take_a_difference_in_place_for_one_in_spread() -> None:
    """Two groups alike in spread and far apart: found different in spread in about one of twenty samples."""
    found = []
    for seed in range(300):
        points = np.random.default_rng(seed).normal(size=(20, 3))
        labels = np.arange(20) < 10
        points[labels] += 10
        spread = to_centroid(np.square(points[:, None] - points).sum(axis=2), labels)
        found.append(permutation_test(lambda drawn, z=spread: permdisp(z, drawn)[None], labels, 199)[1][0])
    assert (np.array(found) <= 0.05).mean() < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 300)
