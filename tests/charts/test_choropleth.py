"""Choropleth: the shape of each area in the tone of its class, with a key in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reportgen.charts import theme
from reportgen.charts.chart import Chart
from reportgen.charts.choropleth import ABOVE, BELOW, LOOKS, OPEN, UNDRAWN, Tone, choropleth
from reportgen.charts.lens import Lens
from reportgen.charts.outlines import Basemap, Extent, Outlines, Ring
from reportgen.charts.render import to_svg
from reportgen.errors import ConfigurationError
from tests.charts.conftest import Rows, labels

FIVE = """
    High    | A | 2.0
    Perhaps | B | 1.1
    Low     | C | 0.4
    Secret  | D | [c]
    Unknown | E | [x]
"""
TONES = (
    Tone(ABOVE, ("A",), "clearly above: 1"),
    Tone(OPEN, ("B",), "cannot be told: 1"),
    Tone(BELOW, ("C",), "clearly below: 1"),
    Tone("suppressed", ("D",), "suppressed: 1"),
    Tone("missing", ("E",), "missing: 1"),
)


def square(west: float) -> Ring:
    return np.array([[0, 0], [0, 1e5], [1e5, 1e5], [1e5, 0], [0, 0]]) + np.array([west, 0.0])


@pytest.fixture
def land() -> Basemap:
    """Five squares from west to east."""
    shapes = {code: (square(n * 1e5),) for n, code in enumerate("ABCDE")}
    points = {code: (n * 1e5 + 5e4, 5e4) for n, code in enumerate("ABCDE")}
    return Outlines(shapes, (), points, tuple("ABCDE")).basemap(120, 60)


@pytest.fixture
def chart(land: Basemap, rows: Rows, fonts: Path, said: dict[str, str]) -> Chart:
    return choropleth(rows(FIVE), land, TONES, fonts=fonts, named=["A"], **said)


def marks(chart: Chart, kind: str) -> list[dict[str, Any]]:
    return [row for one in chart.spec["layer"] if one["mark"]["type"] == kind for row in one["data"]["values"]]


def fills(chart: Chart) -> list[str]:
    return [one["mark"]["fill"] for one in chart.spec["layer"] if one["mark"]["type"] == "geoshape"]


def test_each_class_is_one_path_in_its_own_tone(chart: Chart) -> None:
    """Suppressed and missing are both white, and told apart by their signs."""
    assert [theme.BAND, "url(#hatch-grey)", theme.PAPER, theme.PAPER, theme.ACCENT] == fills(chart)
    in_key = [sign["shape"] for sign in marks(chart, "point")]
    assert 2 == len(set(in_key))


def test_what_lies_above_is_drawn_last_with_an_outline(chart: Chart) -> None:
    last = [one for one in chart.spec["layer"] if one["mark"]["type"] == "geoshape"][-1]
    assert (theme.ACCENT, theme.INK) == (last["mark"]["fill"], last["mark"]["stroke"])


def test_the_hatching_is_defined_where_it_is_used(chart: Chart, fonts: Path) -> None:
    svg = to_svg(chart.spec, fonts)
    assert 1 == svg.count('<pattern id="hatch-grey"')


def test_the_key_has_a_square_and_words_for_each_class(chart: Chart) -> None:
    squares = marks(chart, "rect")
    assert [LOOKS[tone.kind][0] for tone in TONES] == [square["fill"] for square in squares]
    told = [row["text"] for row in marks(chart, "text")]
    assert [tone.words for tone in TONES] == told[-len(TONES) :]


def test_only_the_places_asked_for_are_named(chart: Chart) -> None:
    """Twice: a white outline below, and the word."""
    assert ["High", "High"] == [row["text"] for row in marks(chart, "text")][: -len(TONES)]


def test_a_class_without_areas_draws_nothing(land: Basemap, rows: Rows, fonts: Path, said: dict[str, str]) -> None:
    tones = (*TONES[1:], Tone(ABOVE, (), "clearly above: 0"))
    chart = choropleth(rows(FIVE), land, tones, fonts=fonts, **said)
    assert theme.ACCENT not in fills(chart)
    assert "clearly above: 0" in [row["text"] for row in marks(chart, "text")]


def test_neighbours_meet_exactly(land: Basemap) -> None:
    shapes = land.shapes("AB")
    west, east = ({tuple(point) for point in shapes[code][0].tolist()} for code in "AB")
    assert 2 == len(west & east)


def test_areas_without_a_shape_cannot_be_drawn(land: Basemap, rows: Rows, fonts: Path, said: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError, match="none of its areas has a shape"):
        choropleth(rows("Nowhere | Z | 2.0"), land, TONES, fonts=fonts, **said)


def test_its_data_have_a_row_for_each_area(chart: Chart) -> None:
    assert ["High", "Perhaps", "Low", "Secret", "Unknown"] == labels(chart)


def test_an_area_without_a_shape_lies_on_pale_land_and_not_in_the_sea(
    land: Basemap, rows: Rows, fonts: Path, said: dict[str, str]
) -> None:
    """The land is that of a larger area that has one; the key says how many are not drawn."""
    rings = {code: ring for code, ring in land.outlines.rings.items() if code != "C"}
    whole = Outlines({**rings, "all": (square(0.0) * np.array([5.0, 1.0]),)}, (), land.outlines.points, ("all",))
    tones = (*TONES, Tone(UNDRAWN, ("C",), "of all these, not drawn: 1"))
    chart = choropleth(rows(FIVE), whole.basemap(120, 60), tones, fonts=fonts, **said)
    assert theme.TINT == fills(chart)[0]
    assert [row["text"] for row in marks(chart, "text")][-1] == "of all these, not drawn: 1"
    assert theme.TINT == marks(chart, "rect")[-1]["fill"]


def test_what_lies_in_the_frame_is_enlarged_below_and_has_its_name_there_alone(
    land: Basemap, rows: Rows, fonts: Path, said: dict[str, str]
) -> None:
    extent = Extent(0.0, 0.0, 2e5, 1e5)
    lens = Lens(extent, land.outlines.basemap(120, 60, extent, inset=0.0))
    tones = (Tone(ABOVE, ("A", "E"), "clearly above: 2"), *TONES[1:4])
    chart = choropleth(
        rows(FIVE), land, tones, fonts=fonts, named=["A", "E"], lens=lens, caption="The frame, enlarged", **said
    )
    high = {row["text"]: row["y"] for row in marks(chart, "text")}
    assert high["Unknown"] < land.height < high["The frame, enlarged"] < high["High"]
    assert chart.spec["height"] > land.height + lens.basemap.height
    assert 2 == fills(chart).count(theme.ACCENT)
    corners = [
        y
        for one in chart.spec["layer"]
        if one["mark"]["type"] == "geoshape"
        for shape in one["data"]["values"]
        for polygon in shape["geometry"]["coordinates"]
        for _, y in polygon[0]
    ]
    assert max(corners) <= chart.spec["height"]
