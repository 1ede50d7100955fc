"""Maps: circles whose surface is the number, signs where there is none, and the map of the cover."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reportgen.charts import theme
from reportgen.charts.chart import Chart
from reportgen.charts.maps import SMALLEST, Chosen, bubble_map, locator_svg
from reportgen.charts.outlines import Basemap, Outlines
from reportgen.charts.render import to_svg
from reportgen.errors import ConfigurationError
from reportgen.release.tables import Status
from tests.charts.conftest import Rows, labels

THREE = """
    London  | E30000234 | 400
    Bristol | E30000180 | 100
    Bath    | E30000165 | [c]
"""


BRISTOL = "E30000180"


@pytest.fixture
def basemap(country: Outlines) -> Basemap:
    return country.basemap(100, 60)


def marks(chart: Chart, kind: str) -> list[dict[str, Any]]:
    """The rows of every layer with that type of mark."""
    return [row for one in chart.spec["layer"] if one["mark"]["type"] == kind for row in one["data"]["values"]]


def test_a_circle_four_times_as_large_is_twice_as_wide(
    basemap: Basemap, rows: Rows, fonts: Path, said: dict[str, str]
) -> None:
    chart = bubble_map(rows(THREE), basemap, fonts=fonts, chosen=Chosen(["E30000234"]), **said)
    london, bristol = (row for row in marks(chart, "point") if "size" in row)
    assert london["size"] == pytest.approx(4 * bristol["size"], rel=1e-3)
    assert (theme.ACCENT, theme.CONTEXT) == (london["fill"], bristol["fill"])


def test_the_largest_circle_is_drawn_first(basemap: Basemap, rows: Rows, fonts: Path, said: dict[str, str]) -> None:
    chart = bubble_map(rows(THREE.replace("400", "4")), basemap, fonts=fonts, **said)
    sizes = [row["size"] for row in marks(chart, "point") if "size" in row]
    assert sorted(sizes, reverse=True) == sizes


def test_a_place_in_navy_is_no_hotspot_and_has_its_name_in_bold(
    basemap: Basemap, rows: Rows, fonts: Path, said: dict[str, str]
) -> None:
    chart = bubble_map(rows(THREE), basemap, fonts=fonts, chosen=Chosen(named=[BRISTOL], navy=[BRISTOL]), **said)
    assert {theme.NAVY, theme.CONTEXT} == {row["fill"] for row in marks(chart, "point") if "size" in row}
    assert {theme.SEMIBOLD} == {row["weight"] for row in marks(chart, "text") if row["text"] == "Bristol"}


def test_nothing_suppressed_missing_and_not_applicable_look_different(
    basemap: Basemap, rows: Rows, fonts: Path, said: dict[str, str]
) -> None:
    """Four states, four signs, and none of them a circle with a surface."""
    signs = set()
    for state in ("0", "[c]", "[x]", "[z]"):
        chart = bubble_map(rows(THREE.replace("[c]", state)), basemap, fonts=fonts, **said)
        (sign,) = [row["shape"] for row in marks(chart, "point") if "shape" in row]
        signs.add(sign)
    assert 4 == len(signs)


def test_what_has_no_circle_stays_in_the_data(basemap: Basemap, rows: Rows, fonts: Path, said: dict[str, str]) -> None:
    chart = bubble_map(rows(THREE), basemap, fonts=fonts, **said)
    assert ["London", "Bristol", "Bath"] == labels(chart)
    assert Status.SUPPRESSED is chart.table[2].status


def test_a_nought_of_low_reliability_has_the_ring_of_a_nought(
    basemap: Basemap, rows: Rows, fonts: Path, said: dict[str, str]
) -> None:
    some, none = rows("London | E30000234 | 400\nBath | E30000165 | 0")
    found = [
        marks(bubble_map([some, replace(none, status=status)], basemap, fonts=fonts, **said), "point")
        for status in (Status.OK, Status.LOW_RELIABILITY)
    ]
    assert found[0] == found[1]
    assert ["circle"] == [mark["shape"] for mark in found[1] if "shape" in mark]


def test_only_the_places_asked_for_are_named(basemap: Basemap, rows: Rows, fonts: Path, said: dict[str, str]) -> None:
    """Twice: a white outline below, and the word. The highlighted place is in semibold."""
    chart = bubble_map(
        rows(THREE), basemap, fonts=fonts, chosen=Chosen(["E30000234"], named=["E30000234", "E30000165"]), **said
    )
    assert [("London", 600), ("Bath", 400)] * 2 == [(row["text"], row["weight"]) for row in marks(chart, "text")]


def test_very_few_jobs_are_still_a_dot(basemap: Basemap, rows: Rows, fonts: Path, said: dict[str, str]) -> None:
    chart = bubble_map(rows(THREE.replace("400", "4000000")), basemap, fonts=fonts, **said)
    assert 4 * SMALLEST**2 == pytest.approx(
        min(row["size"] for row in marks(chart, "point") if "size" in row), abs=0.01
    )


def test_the_land_is_one_path(basemap: Basemap, rows: Rows, fonts: Path, said: dict[str, str]) -> None:
    svg = to_svg(bubble_map(rows(THREE), basemap, fonts=fonts, **said).spec, fonts)
    assert 1 == svg.count(f'fill="{theme.LAND}"')


def test_an_enlarged_region_is_darker_than_its_neighbours(
    country: Outlines, rows: Rows, fonts: Path, said: dict[str, str]
) -> None:
    """Its member in another region is drawn; a place outside the picture is not."""
    basemap = country.basemap(40, 60, country.extent(["E12000009"], margin=20_000))
    chart = bubble_map(rows(THREE), basemap, fonts=fonts, region=["E12000009"], **said)
    assert [theme.TINT, theme.BAND] == [one["mark"]["fill"] for one in chart.spec["layer"][:2]]
    assert 1 == len([row for row in marks(chart, "point") if "size" in row])


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("Bath | E30000165 | [c]", "no row of its table has a value"),
        ("Great Britain | K03000001 | 5", "none of its areas lies on the map"),
        ("Bath | E30000165 | -5", "negative"),
    ],
)
def test_a_map_that_would_show_nothing_is_an_error(
    basemap: Basemap, rows: Rows, fonts: Path, said: dict[str, str], table: str, message: str
) -> None:
    with pytest.raises(ConfigurationError, match=message):
        bubble_map(rows(table), basemap, fonts=fonts, **said)


def test_the_cover_shows_the_area_in_orange_on_the_rest_of_the_land(basemap: Basemap) -> None:
    svg = locator_svg(basemap, ["E12000009"], dots=["E30000180"])
    fills = [element.get("fill") for element in ET.fromstring(svg)]
    assert [theme.LAND_ON_NAVY, theme.ACCENT, theme.PAPER] == fills


def test_an_area_too_small_to_see_gets_a_ring(country: Outlines) -> None:
    svg = locator_svg(country.basemap(8, 8), ["E30000165"])
    assert 1 == len(re.findall(f'<circle [^>]*fill="none" stroke="{theme.ACCENT}"', svg))


def test_the_whole_land_can_be_the_subject(basemap: Basemap, country: Outlines) -> None:
    assert 1 == locator_svg(basemap, country.land).count("<path")
