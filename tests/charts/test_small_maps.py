"""Small maps: the same land side by side, on each the places of which one thing is true."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reportgen.charts import theme
from reportgen.charts.chart import Chart
from reportgen.charts.outlines import Basemap, Outlines
from reportgen.charts.render import to_svg
from reportgen.charts.small_maps import Panel, small_maps
from reportgen.charts.text import width
from tests.charts.conftest import Rows, labels

TWO = """
    Screen: London  | E30000234 | 400
    Crafts: Bristol | E30000180 | 100
"""
SCREEN = Panel("Screen", "2 areas", firm=("E30000234",), open=("E30000165",))
CRAFTS = Panel("Crafts and whatever else is made by hand", "1 area", firm=(), open=("E30000180",))


@pytest.fixture
def land(country: Outlines) -> Basemap:
    return country.basemap(50, 40)


@pytest.fixture
def chart(land: Basemap, rows: Rows, fonts: Path, said: dict[str, str]) -> Chart:
    return small_maps(rows(TWO), land, [SCREEN, CRAFTS], fonts=fonts, columns=2, **said)


def marks(chart: Chart, kind: str) -> list[dict[str, Any]]:
    return [row for one in chart.spec["layer"] if one["mark"]["type"] == kind for row in one["data"]["values"]]


def test_firm_places_are_filled_and_open_ones_hollow(chart: Chart) -> None:
    fills = [dot["fill"] for dot in marks(chart, "point")]
    assert sorted([theme.ACCENT, theme.PAPER, theme.PAPER]) == sorted(fills)


def test_filled_dots_lie_above_hollow_ones(land: Basemap, rows: Rows, fonts: Path, said: dict[str, str]) -> None:
    both = Panel("Screen", "2 areas", firm=("E30000165",), open=("E30000180", "E30000234"))
    chart = small_maps(rows(TWO), land, [both], fonts=fonts, columns=1, **said)
    assert [theme.PAPER, theme.PAPER, theme.ACCENT] == [dot["fill"] for dot in marks(chart, "point")]


def test_the_second_map_lies_to_the_right_of_the_first(chart: Chart, land: Basemap) -> None:
    """Bristol lies as far from the edge of its own map as it does on a map alone."""
    x, _ = land.at("E30000180") or pytest.fail("Bristol lies on the map")
    [bristol] = [dot for dot in marks(chart, "point") if dot["x"] > land.width]
    assert x == pytest.approx(bristol["x"] - (chart.spec["width"] - land.width), abs=1)


def test_rows_of_maps_leave_room_for_the_longest_title(
    land: Basemap, rows: Rows, fonts: Path, said: dict[str, str]
) -> None:
    """A title of two lines moves the maps of all panels down alike."""
    one, two = (small_maps(rows(TWO), land, [p], fonts=fonts, columns=1, **said) for p in (SCREEN, CRAFTS))
    assert two.spec["height"] > one.spec["height"]
    words = [row["text"] for row in marks(two, "text")]
    assert CRAFTS.title == " ".join(words[:-1])
    assert "1 area" == words[-1]


def test_a_place_that_is_not_on_the_map_is_left_out(
    land: Basemap, rows: Rows, fonts: Path, said: dict[str, str]
) -> None:
    nowhere = Panel("Screen", "1 area", firm=("E30000999",), open=())
    chart = small_maps(rows(TWO), land, [nowhere], fonts=fonts, columns=1, **said)
    assert [] == marks(chart, "point")
    assert "<svg" in to_svg(chart.spec, fonts)


def test_its_data_are_the_rows_behind_the_dots(chart: Chart) -> None:
    assert ["Screen: London", "Crafts: Bristol"] == labels(chart)


def test_names_stand_to_the_right_of_their_map_and_within_its_cell(
    land: Basemap, rows: Rows, fonts: Path, said: dict[str, str]
) -> None:
    """The second line of a name stands in, so that it is not read as a name of its own."""
    names = ("London", "High Wycombe and Aylesbury", "and 7 more")
    two = [Panel("Screen", "9 areas", ("E30000234",), (), names), CRAFTS]
    chart = small_maps(rows(TWO), land, two, fonts=fonts, columns=2, beside_mm=22, **said)
    beside = [row for row in marks(chart, "text") if land.width < row["x"] < land.width + 22 * theme.MM]
    assert ["London", "High Wycombe", "and Aylesbury", "and 7 more"] == [row["text"] for row in beside]
    first, broken, second, last = (row["x"] for row in beside)
    assert first == broken == last < second
    assert max(row["x"] + width(row["text"], fonts) for row in beside) <= land.width + 22 * theme.MM


def test_a_word_wider_than_its_room_is_not_cut_off(
    land: Basemap, rows: Rows, fonts: Path, said: dict[str, str]
) -> None:
    wide = Panel("Screen", "1 area", ("E30000234",), (), ("Berkshire, Buckinghamshire and Oxfordshire",))
    chart = small_maps(rows(TWO), land, [wide], fonts=fonts, columns=1, beside_mm=18, **said)
    assert max(row["x"] + width(row["text"], fonts) for row in marks(chart, "text")) <= chart.spec["width"]
