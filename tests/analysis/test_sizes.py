"""Sizes: power sums of establishment sizes, from bands or assumed; and which areas lie in Great Britain."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from reportgen import area_groups
from reportgen.analysis.inputs import gather
from reportgen.analysis.sizes import BAND_MEANS, least_fourth, power_sum, union
from reportgen.classification import IT, WITHOUT_IT, Classification, Definition
from reportgen.settings import Settings

UNITS = arrays.arrays(float, 9, elements=st.integers(0, 5_000).map(float)).filter(lambda units: units.sum() > 0)


@given(UNITS, st.sampled_from([2, 4]))
def test_the_power_sum_is_that_of_all_establishments_one_by_one(units, power: int) -> None:
    sizes = np.repeat(BAND_MEANS, units.astype(int))
    assert power_sum(units, power) == pytest.approx(((sizes / sizes.sum()) ** power).sum())


@given(UNITS)
def test_the_fourth_power_sum_lies_between_its_bounds(units) -> None:
    """No smaller than that of establishments of one size, no larger than H²."""
    second, fourth = (power_sum(units, power) for power in (2, 4))
    assert least_fourth(second) * (1 - 1e-9) <= fourth <= second**2 * (1 + 1e-9)


@given(UNITS, UNITS, st.sampled_from([2, 4]))
def test_industries_taken_together_are_one_industry(one, other, power: int) -> None:
    jobs = np.array([(units * BAND_MEANS).sum() for units in (one, other)])
    parts = np.array([power_sum(units, power) for units in (one, other)])
    assert union(jobs, parts, power) == pytest.approx(power_sum(one + other, power))


def test_of_a_union_with_a_part_that_is_not_known_nothing_is() -> None:
    """A part without jobs is none, whatever its sizes; a union of no parts has no sizes, and not those of no lumps."""
    jobs, parts = np.array([300.0, 100.0]), np.array([0.1, np.nan])
    assert np.isnan(union(jobs, parts))
    assert union(np.array([300.0, 0.0]), parts) == pytest.approx(0.1)
    assert union(np.array([300.0, np.nan]), parts) == pytest.approx(0.1)
    assert np.isnan(union(np.array([0.0, 0.0]), parts))
    assert np.isnan(union(np.empty(0), np.empty(0)))


def test_creative_without_it_is_the_union_of_its_sub_sectors_too(release_of) -> None:
    """Weighted by jobs, as creative as a whole is: crafts has 300 jobs in 80 units, publishing 100 in 400."""
    release = release_of("""
        area          | crafts | publishing | 6201 | all  | crafts units | publishing units | 6201 units | all units
        Great Britain |    300 |        100 |  400 | 9000 |           80 |              400 |         60 |      5000
    """)
    entries = {"crafts": ("3212",), "publishing": ("5811",), IT: ("6201",)}
    creative = tuple(Definition(id, id, id, codes) for id, codes in entries.items())
    classification = Classification("test", "Test", "none", datetime.date(2020, 1, 1), None, creative, (), {})
    inputs = gather(release, classification, Settings(), area_groups.NONE)
    found = dict(zip(inputs.jobs.groups, inputs.sizes.herfindahl[0, :, 0].tolist(), strict=True))
    assert found[WITHOUT_IT] == pytest.approx((300 / 400) ** 2 * 40 / 80 + (100 / 400) ** 2 * 40 / 400)


PLACES = """
    area          | crafts | all
    Bath          |     10 |  500
    Berwick       |     10 |  500
    Belfast       |     10 |  500
    Great Britain |    100 | 9000
"""
REGIONS = ("South West", "London")
ZONES = {"Corridor": ("Bath", "Berwick"), "Crossing": ("Berwick", "Belfast")}


@pytest.fixture
def inside(release_of, definitions_of):
    """Takes what a release is told by, gives the areas of it that lie in Great Britain."""

    def those(**about: object) -> set[str]:
        release = release_of(PLACES, **about)
        return set(gather(release, definitions_of(release), Settings(), area_groups.NONE).inside)

    return those


def test_what_great_britain_is_made_of_is_in_it_down_to_the_local_areas(inside) -> None:
    found = inside(parents={"Bath": "South West", "Berwick": "London"} | dict.fromkeys(REGIONS, "Great Britain"))
    assert {"South West", "London", "Bath", "Berwick"} == found


def test_an_area_that_lies_in_several_parts_of_it_is_in_it_with_their_sum(inside) -> None:
    """Two fifths of Berwick in each of two regions are four fifths of it in Great Britain."""
    membership = [("Berwick", "South West", 0.4), ("Berwick", "London", 0.4), ("Belfast", "London", 0.3)]
    parents = dict.fromkeys(REGIONS, "Great Britain")
    assert {"South West", "London", "Berwick"} == inside(parents=parents, membership=membership)


def test_where_nothing_is_said_of_it_all_places_are_in_it(inside) -> None:
    assert {"London", "Bath", "Berwick", "Belfast"} == inside()


def test_a_custom_area_is_in_it_with_all_of_its_places(inside) -> None:
    found = inside(
        parents={"Bath": "Great Britain", "Berwick": "Great Britain"},
        membership=[(place, zone, 1.0) for zone, places in ZONES.items() for place in places],
        levels=dict.fromkeys(ZONES, "zone"),
    )
    assert {"Bath", "Berwick", "Corridor"} == found
