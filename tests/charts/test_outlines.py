"""Outlines: shapes on the National Grid, cut, thinned and still fitting each other."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from reportgen.charts.outlines import CORNER, MOST, Basemap, Outlines
from reportgen.errors import ConfigurationError
from reportgen.release.model import Release

UK_MM, COVER_MM = (88, 158), (148, 216)


@pytest.fixture(scope="module")
def coast(illustrative: Release) -> Outlines:
    return Outlines.of(illustrative)


def points(basemap: Basemap) -> int:
    return sum(len(ring) for ring in basemap.rings())


def test_regions_make_the_land_where_all_have_a_shape(country: Outlines) -> None:
    assert ("E12000007", "E12000009") == country.land


def test_local_areas_make_the_land_where_a_region_has_no_shape(tiny: Release) -> None:
    shapes = {code: shape for code, shape in tiny.boundaries.items() if code != "E12000009"}
    assert ("E30000234", "E30000165") == Outlines.of(replace(tiny, boundaries=shapes)).land


def test_a_shape_without_data_is_seen_but_is_no_area(tiny: Release) -> None:
    shapes = dict(tiny.boundaries)
    outlines = Outlines.of(replace(tiny, boundaries=shapes, no_data={"Ireland": shapes["E12000009"]}))
    assert 1 == len(outlines.basemap(80, 80).context())
    assert 2 == len(outlines.basemap(80, 80).rings())


def test_the_map_is_centred_and_fits(country: Outlines) -> None:
    basemap = country.basemap(100, 60)
    every = np.concatenate(basemap.rings())
    (left, top), (right, bottom) = every.min(axis=0), every.max(axis=0)
    assert min(left, top) >= 3.5
    assert left == pytest.approx(basemap.width - right, abs=1)
    assert top == pytest.approx(basemap.height - bottom, abs=1)


def test_maps_of_the_whole_land_share_it_where_they_are_of_one_size(country: Outlines) -> None:
    assert country.basemap(100, 60) is country.basemap(100, 60)
    assert country.basemap(100, 60).scale > country.basemap(50, 30).scale


def test_neighbours_meet_exactly(country: Outlines) -> None:
    """The border of the two regions has the same points in both."""
    basemap = country.basemap(100, 60)
    west, east = (
        set(map(tuple, ring.tolist())) for ring in (*basemap.rings(["E12000009"]), *basemap.rings(["E12000007"]))
    )
    assert 2 == len(west & east)


def test_shapes_are_cut_at_the_picture(country: Outlines) -> None:
    """An enlarged map holds no points far outside: they would cost and show nothing."""
    basemap = country.basemap(50, 50, country.extent(["E30000165"]))
    every = np.concatenate(basemap.rings())
    assert every.min() >= -4
    assert every.max() <= basemap.width + 4


def test_a_place_outside_the_picture_or_without_point_is_nowhere(country: Outlines) -> None:
    basemap = country.basemap(50, 50, country.extent(["E30000165"]))
    assert basemap.at("E30000165") == pytest.approx((basemap.width / 2, basemap.height / 2), abs=3)
    assert basemap.at("E30000234") is None
    assert basemap.at("K02000001") is None


def test_a_map_of_nothing_is_an_error(country: Outlines, tiny: Release) -> None:
    with pytest.raises(ConfigurationError, match="no area has a shape or a point"):
        country.extent(["K02000001"])
    nothing = replace(tiny, boundaries={}, areas=tiny.areas.assign(latitude=np.nan, longitude=np.nan))
    assert () == Outlines.of(nothing).land


@pytest.mark.parametrize("size", [UK_MM, COVER_MM])
def test_the_coast_costs_what_a_pack_can_pay(coast: Outlines, size: tuple[float, float]) -> None:
    assert 1000 < points(coast.basemap(*size)) <= MOST


def test_shetland_is_in_its_true_place_and_whole(coast: Outlines, illustrative: Release) -> None:
    basemap = coast.basemap(*UK_MM)
    shetland = next(code for code, name in illustrative.areas["name"].items() if name.startswith("Shetland"))
    inverness = next(code for code, name in illustrative.areas["name"].items() if name == "Inverness")
    islands = np.concatenate(basemap.rings([shetland]))
    assert islands.min() >= 0
    assert basemap.at(shetland)[1] < basemap.at(inverness)[1] - 100


def test_every_area_keeps_a_shape_on_the_cover(coast: Outlines, illustrative: Release) -> None:
    """However small: a pack must be able to highlight the place it is about."""
    basemap = coast.basemap(*COVER_MM)
    assert [] == [code for code in illustrative.boundaries if not basemap.rings([code])]


def test_thinned_rings_have_no_point_that_does_nothing(coast: Outlines) -> None:
    for ring in coast.basemap(*UK_MM).rings():
        steps = np.diff(np.vstack([ring, ring[1:2]]), axis=0)
        for before, after in pairwise(steps):
            assert abs(before[0] * after[1] - before[1] * after[0]) / 2 >= CORNER
        assert (ring[0] == ring[-1]).all()
        assert (ring * 2 == np.round(ring * 2)).all()


def test_a_path_says_the_same_as_its_rings(country: Outlines) -> None:
    basemap = country.basemap(100, 60)
    (ring,) = basemap.rings(["E12000007"])
    start, *steps = basemap.path(["E12000007"]).strip("Mz").replace("l", " ").split(" ")
    numbers = np.cumsum([[float(part) for part in pair.split(",")] for pair in (start, *steps)], axis=0)
    assert ring[:-1].tolist() == numbers.tolist()
