"""Figure: a chart that left its page and still says what it shows, from where, and whether it is real."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from reportgen.charts.chart import Chart
from reportgen.charts.dots import lq_dots
from reportgen.charts.figure import standalone
from reportgen.charts.render import SVG, to_svg
from tests.charts.conftest import Rows


@pytest.fixture
def chart(rows: Rows, fonts: Path, said: dict[str, str]) -> Chart:
    return lq_dots(rows("Publishing | publishing | 2.0 | 1.6 | 2.5", key="sub_sector"), fonts=fonts, **said)


def words(svg: str) -> str:
    return " ".join(element.text or "" for element in ET.fromstring(svg).iter(f"{{{SVG}}}text"))


def test_everything_a_stranger_needs_is_inside(chart: Chart, fonts: Path) -> None:
    svg = standalone(
        chart, to_svg(chart.spec, fonts), fonts=fonts, release_line="Release 2024, revision 1", illustrative=True
    )
    for needed in (chart.title, chart.subtitle, chart.source, "Release 2024, revision 1", "ILLUSTRATIVE DATA", "2.0"):
        assert needed in words(svg)
    root = ET.fromstring(svg)
    assert chart.alt == root.findtext(f"{{{SVG}}}desc")
    assert chart.title == root.findtext(f"{{{SVG}}}title")
    assert "img" == root.get("role")


def test_real_data_carry_no_mark(chart: Chart, fonts: Path) -> None:
    svg = standalone(chart, to_svg(chart.spec, fonts), fonts=fonts, release_line="Release 2024", illustrative=False)
    assert "ILLUSTRATIVE" not in svg
    assert "hatch" not in svg


def test_the_picture_stands_below_its_title(chart: Chart, fonts: Path) -> None:
    """As a group moved down and clipped: one SVG inside another is drawn in its place by some programs only."""
    svg = standalone(chart, to_svg(chart.spec, fonts), fonts=fonts, release_line="Release", illustrative=False)
    root = ET.fromstring(svg)
    group, rows = root.find(f"{{{SVG}}}g"), [float(text.get("y", "nan")) for text in root.findall(f"{{{SVG}}}text")]
    assert group is not None
    down = float(group.get("transform", "").split(",")[1].rstrip(")"))
    above, below = [y for y in rows if y < down], [y for y in rows if y > down]
    assert 2 == len(above)
    assert min(below) > down + chart.spec["height"]


def test_every_id_is_there_once(chart: Chart, fonts: Path) -> None:
    svg = standalone(chart, to_svg(chart.spec, fonts), fonts=fonts, release_line="Release", illustrative=True)
    ids = [element.get("id") for element in ET.fromstring(svg).iter() if element.get("id")]
    assert len(ids) == len(set(ids))
