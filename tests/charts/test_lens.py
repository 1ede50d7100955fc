"""Lens: the crowded part of a map, framed on it and enlarged beneath it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reportgen.charts import theme
from reportgen.charts.chart import Chart
from reportgen.charts.lens import GAP, LEAST, MOST, Lens, lens_map, lens_of
from reportgen.charts.maps import Chosen
from reportgen.charts.outlines import Basemap, Outlines
from tests.charts.conftest import Rows, labels

CROWD = {"A": (400_000.0, 200_000.0), "B": (440_000.0, 210_000.0), "C": (470_000.0, 160_000.0)}
PLACES = CROWD | {"North": (400_000.0, 900_000.0), "Far": (430_000.0, 860_000.0)}
FIVE = """
    A     | A     | 400
    B     | B     | 100
    C     | C     | [c]
    North | North | 50
    Far   | Far   | 0
"""
LAND = np.array([[0, 0], [0, 1.0e6], [6.0e5, 1.0e6], [6.0e5, 0], [0, 0]], dtype=float)


@pytest.fixture
def outlines() -> Outlines:
    return Outlines({"all": (LAND,)}, (), PLACES, ("all",))


@pytest.fixture
def whole(outlines: Outlines) -> Basemap:
    return outlines.basemap(88, 104)


@pytest.fixture
def lens(outlines: Outlines, whole: Basemap) -> Lens:
    return lens_of(outlines, whole, list(PLACES), 88, 56) or pytest.fail("three places lie close together")


@pytest.fixture
def chart(whole: Basemap, lens: Lens, rows: Rows, fonts: Path, said: dict[str, str]) -> Chart:
    chosen = Chosen(["A", "North"], ["B"], ["A", "B", "C", "North"])
    return lens_map(rows(FIVE), whole, lens, fonts=fonts, caption="The frame, enlarged", chosen=chosen, **said)


def marks(chart: Chart, kind: str) -> list[dict[str, Any]]:
    return [row for one in chart.spec["layer"] if one["mark"]["type"] == kind for row in one["data"]["values"]]


def test_the_lens_lies_where_most_places_crowd(lens: Lens) -> None:
    assert list(CROWD) == [code for code in PLACES if lens.basemap.at(code)]


def test_the_lens_enlarges_about_three_times(lens: Lens, whole: Basemap) -> None:
    assert LEAST <= lens.basemap.scale / whole.scale <= MOST


@pytest.mark.parametrize("codes", [[], ["A"], ["A", "B"], ["A", "North", "Far"], ["A", "B", "no place on the map"]])
def test_where_no_three_places_crowd_there_is_no_lens(
    outlines: Outlines, whole: Basemap, codes: Collection[str]
) -> None:
    assert lens_of(outlines, whole, codes, 88, 56) is None


def test_a_place_in_the_frame_has_its_name_in_the_lens_alone(chart: Chart, whole: Basemap) -> None:
    """Each name is two texts: a white outline and the word."""
    told = {row["text"] for row in marks(chart, "text") if row["y"] > whole.height + GAP}
    above = {row["text"] for row in marks(chart, "text") if row["y"] < whole.height}
    assert ({"A", "B", "C"}, {"North"}) == (told, above)


def test_every_place_stays_on_the_map_and_those_in_the_frame_are_drawn_again(chart: Chart) -> None:
    """A and B have circles, C a sign; Far has the sign of nought."""
    circles = [row for row in marks(chart, "point") if "size" in row]
    signs = [row for row in marks(chart, "point") if "shape" in row]
    assert (3 + 2, 2 + 1) == (len(circles), len(signs))


def test_firm_places_are_filled_and_those_that_depend_are_rings(chart: Chart, whole: Basemap) -> None:
    looks = {(row["fill"], row["edge"]) for row in marks(chart, "point") if "size" in row and row["y"] > whole.height}
    assert {(theme.ACCENT, theme.INK), (theme.PAPER, theme.NAVY)} == looks


def test_the_frame_on_the_map_shows_what_is_enlarged(chart: Chart, lens: Lens, whole: Basemap) -> None:
    frame, edge = (one["data"]["values"] for one in chart.spec["layer"] if one["mark"].get("color") == theme.INK)
    for box in (frame, edge):
        assert 4 == len(box)
    across = max(line["x"] for line in frame) - min(line["x"] for line in frame)
    assert across * lens.basemap.scale / whole.scale == pytest.approx(lens.basemap.width, rel=1e-3)


def test_no_land_is_drawn_outside_the_lens(chart: Chart, lens: Lens, whole: Basemap) -> None:
    land = [one for one in chart.spec["layer"] if one["mark"]["type"] == "geoshape"][-1]
    points = np.concatenate([np.array(part[0]) for part in land["data"]["values"][0]["geometry"]["coordinates"]])
    top = whole.height + GAP
    assert points.min() >= 0
    assert points[:, 1].min() >= top - 0.01
    assert points[:, 1].max() <= top + lens.basemap.height + 0.01


def test_its_data_name_each_place_once(chart: Chart) -> None:
    assert list(PLACES) == labels(chart)


def test_a_lens_enlarges_as_often_as_it_may_where_its_places_lie_that_close(outlines: Outlines) -> None:
    """A small map that only says where the lens lies has a lens that enlarges more."""
    small = outlines.basemap(80, 45)
    usual, strong = (
        lens_of(outlines, small, list(CROWD), 80, 44, most) or pytest.fail("three lie close") for most in (MOST, 8.0)
    )
    assert usual.basemap.scale == pytest.approx(MOST * small.scale, rel=0.01)
    assert usual.basemap.scale < strong.basemap.scale <= 8.01 * small.scale
    assert list(CROWD) == [code for code in PLACES if strong.basemap.at(code)]
