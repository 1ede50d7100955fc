"""Agglomeration: the Ellison–Glaeser index, its distance from chance, and industries that lie in the same places."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from reportgen.analysis.agglomeration import (
    apart,
    coagglomeration,
    ellison_glaeser,
    null_variance,
    raw_concentration,
)
from reportgen.classification import IT, load
from reportgen.resources import bundled

AREAS = 6
SHARES = arrays.arrays(float, AREAS, elements=st.floats(0.001, 1)).map(lambda of: of / of.sum())
HERFINDAHL = st.floats(1e-4, 0.9).map(lambda value: np.array([value]))
THREE_PLACES = """
    area          | crafts | publishing | all    | crafts units | publishing units | all units
    Bath          |   3000 |       1000 |  24000 |          300 |               50 |      2350
    Bristol       |   1000 |       2000 |  63000 |          100 |              200 |      6300
    Stoke         |   1000 |       1000 |  22000 |          100 |               50 |      2150
    Great Britain |   5000 |       4000 | 109000 |          500 |              300 |     10800
"""


@given(SHARES, SHARES, HERFINDAHL, st.permutations(range(AREAS)))
def test_the_order_of_areas_does_not_matter(share, whole, herfindahl, order) -> None:
    once = ellison_glaeser(raw_concentration(share, whole), whole, herfindahl)
    again = ellison_glaeser(raw_concentration(share[order], whole[order]), whole[order], herfindahl)
    assert once == pytest.approx(again)
    assert null_variance(whole, herfindahl, herfindahl**3) == pytest.approx(
        null_variance(whole[order], herfindahl, herfindahl**3)
    )


@given(SHARES, HERFINDAHL)
def test_an_industry_spread_like_all_others_is_more_even_than_chance(whole, herfindahl) -> None:
    """And one that lies where chance puts it on average has an index of 0."""
    assert ellison_glaeser(raw_concentration(whole, whole), whole, herfindahl)[0] < 0
    by_chance = (1 - (whole**2).sum()) * herfindahl
    assert ellison_glaeser(by_chance, whole, herfindahl)[0] == pytest.approx(0, abs=1e-12)


@given(SHARES, SHARES, SHARES)
def test_coagglomeration_is_symmetric_and_of_an_industry_with_itself_the_raw_index(one, other, whole) -> None:
    assert coagglomeration(one, other, whole) == pytest.approx(coagglomeration(other, one, whole), rel=1e-12)
    room = 1 - (whole**2).sum()
    assert coagglomeration(one, one, whole) == pytest.approx(raw_concentration(one, whole) / room)
    squares = coagglomeration(one, one, whole) * coagglomeration(other, other, whole)
    assert coagglomeration(one, other, whole) ** 2 <= squares + 1e-12


@given(SHARES, SHARES, SHARES, st.floats(0, 1))
def test_coagglomeration_with_a_mixture_is_the_mixture_of_both(one, other, whole, part: float) -> None:
    mixed = coagglomeration(one, part * one + (1 - part) * other, whole)
    apart_ = part * coagglomeration(one, one, whole) + (1 - part) * coagglomeration(one, other, whole)
    assert mixed == pytest.approx(apart_, abs=1e-12)


def test_establishments_placed_by_chance_have_the_mean_and_variance_that_the_formulas_say() -> None:
    """Twelve establishments of unequal sizes over four areas, placed 200,000 times."""
    rng = np.random.default_rng([7, 2, 1997])
    whole = np.array([0.4, 0.3, 0.2, 0.1])
    sizes = np.array([30.0, 20, 10, 10, 5, 5, 5, 5, 4, 3, 2, 1])
    z = sizes / sizes.sum()
    placed = rng.choice(len(whole), p=whole, size=(200_000, len(z)))
    share = np.stack([((placed == area) * z).sum(axis=1) for area in range(len(whole))])
    raw = raw_concentration(share, whole[:, None])[0]
    herfindahl, fourth = (z**2).sum(keepdims=True), (z**4).sum(keepdims=True)
    assert raw.mean() == pytest.approx(((1 - (whole**2).sum()) * herfindahl).item(), rel=0.01)
    assert raw.var() == pytest.approx(null_variance(whole, herfindahl, fourth).item(), rel=0.02)


def test_the_index_of_a_table_worked_out_by_hand(analyse) -> None:
    """Units: s = (0.6, 0.2, 0.2), a = (2350, 6300, 2150)/10800, and H = 1/500, each unit placed alone."""
    found = analyse(THREE_PLACES)
    share, whole = np.array([0.6, 0.2, 0.2]), np.array([2350, 6300, 2150]) / 10800
    raw, room = ((share - whole) ** 2).sum(), 1 - (whole**2).sum()
    key = {"variant": "units"}
    assert found.row("Great Britain", "raw-concentration", "crafts", **key).value == pytest.approx(raw)
    assert found.row("Great Britain", "ellison-glaeser", "crafts", **key).value == pytest.approx(
        (raw - room / 500) / (room * (1 - 1 / 500))
    )
    assert found.row("Great Britain", "ellison-glaeser-z", "crafts", **key).value > 2
    publishing = np.array([1, 4, 1]) / 6
    pair = found.row("Great Britain", "coagglomeration", "crafts", other="publishing", **key)
    assert pair.value == pytest.approx(((share - whole) * (publishing - whole)).sum() / room)
    assert pair.value == found.row("Great Britain", "coagglomeration", "publishing", other="crafts", **key).value


def test_an_area_without_a_figure_is_left_out_and_counted(analyse) -> None:
    """York's crafts are suppressed: the index is that of the other places, and one is left out, of crafts alone."""
    york = "    York          |    [c] |         10 |    100 |           10 |                5 |       100"
    with_gap = THREE_PLACES + york
    found, without = analyse(with_gap), analyse(THREE_PLACES)
    for indicator in ("ellison-glaeser", "raw-concentration"):
        one, other = (each("Great Britain", indicator, "crafts", variant="jobs") for each in (found, without))
        assert one == other
    counts = {
        group: found("Great Britain", "ellison-glaeser-areas-left-out", group, variant="jobs")
        for group in ("crafts", "publishing", "all")
    }
    assert {"crafts": (1.0, "ok"), "publishing": (0.0, "ok"), "all": (1.0, "ok")} == counts
    pair = {"other": "publishing", "variant": "jobs"}
    assert (1.0, "ok") == found("Great Britain", "coagglomeration-areas-left-out", "crafts", **pair)
    assert found.row("Great Britain", "coagglomeration", "crafts", **pair).value == pytest.approx(
        without.row("Great Britain", "coagglomeration", "crafts", **pair).value
    )


def test_where_much_is_left_out_the_index_is_of_low_reliability(analyse) -> None:
    with_gap = THREE_PLACES.replace("Bath          |   3000", "Bath          |    [c]")
    row = analyse(with_gap).row("Great Britain", "raw-concentration", "crafts", variant="jobs")
    assert "low-reliability" == row.status
    assert row.reason == (
        "Jobs are not known for 1 local area, which holds more than a twentieth of all (Great Britain, 2023)."
    )


def test_a_figure_of_low_reliability_is_named(analyse) -> None:
    with_mark = THREE_PLACES.replace("Bath          |   3000", "Bath          | 3000 [u]")
    assert "Jobs are of low reliability for Bath, 1 of the 3 areas that make it up (Great Britain, 2023)." == (
        analyse(with_mark).why("Great Britain", "raw-concentration", "crafts", variant="jobs")
    )


def test_sizes_that_are_assumed_make_the_index_of_jobs_less_reliable_not_that_of_units(analyse) -> None:
    found = analyse(THREE_PLACES)
    assert "ok" == found.row("Great Britain", "raw-concentration", "crafts", variant="jobs").status
    assert "low-reliability" == found.row("Great Britain", "ellison-glaeser", "crafts", variant="jobs").status
    assert "ok" == found.row("Great Britain", "ellison-glaeser", "crafts", variant="units").status
    assert "Assumed, as the release has no local units by size band: from the number of local units." == found.why(
        "Great Britain", "ellison-glaeser", "crafts", variant="jobs"
    )


@pytest.mark.parametrize(
    ("table", "status", "why"),
    [
        (
            """
            area          | crafts | publishing | rest
            Bath          |    [c] |         10 |  100
            Stoke         |    [c] |         10 |  100
            Great Britain |    100 |        100 | 1000
            """,
            "suppressed",
            "Jobs are known for no local area, and how they are spread takes two (Great Britain, 2023).",
        ),
        (
            """
            area          | crafts | publishing | rest
            Bath          |     10 |         10 |  100
            Great Britain |    100 |        100 | 1000
            """,
            "not-applicable",
            "There are no jobs that could be spread over several local areas (Great Britain, 2023).",
        ),
        (
            """
            area          | crafts | publishing | rest
            Great Britain |    100 |        100 | 1000
            """,
            "not-applicable",
            "The release has no local areas here (Great Britain, 2023).",
        ),
        (
            """
            area          | crafts | publishing | rest
            Bath          |     10 |         10 |  100
            Stoke         |      - |          - |    -
            Great Britain |    100 |        100 | 1000
            """,
            "missing",
            "Jobs are known for 1 local area, and how they are spread takes two (Great Britain, 2023).",
        ),
    ],
    ids=["suppressed", "one place", "no places", "one known"],
)
def test_what_cannot_be_told_says_why(analyse, table: str, status: str, why: str) -> None:
    found = analyse(table)
    for indicator, other in (("ellison-glaeser", ""), ("raw-concentration", ""), ("coagglomeration", "publishing")):
        assert (None, status) == found("Great Britain", indicator, "crafts", other=other, variant="jobs")
        assert why == found.why("Great Britain", indicator, "crafts", other=other, variant="jobs")


def test_groups_that_share_a_class_are_not_held_against_each_other() -> None:
    """KIBS only net of the creative classes, also where IT does not count as creative; all creative not at all."""
    whole = load(bundled().classification, "dcms-sic2007")
    sub_sectors = tuple(part.id for part in whole.creative)
    assert (*sub_sectors, "high-tech-manufacturing", "kibs-net") == apart(whole)
    assert 11 == len(apart(whole))
    assert tuple(group for group in apart(whole) if group != IT) == apart(whole.without(IT))


def test_a_group_that_is_all_creative_overlaps() -> None:
    whole = load(bundled().classification, "dcms-sic2007")
    screen = replace(whole.groups[0], id="screen", entries=("59",))
    assert "screen" not in apart(replace(whole, groups=(*whole.groups, screen)))
