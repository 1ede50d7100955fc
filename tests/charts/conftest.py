"""
What the tests of charts share: the fonts, tables written as text, and a small country of squares.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from reportgen.analysis.shape import KEY
from reportgen.charts.chart import Chart, Row
from reportgen.charts.outlines import Outlines
from reportgen.release.model import Release
from reportgen.release.read import read
from reportgen.release.tables import Status
from reportgen.resources import bundled
from tests import releases
from tests.support import MARKS, as_geojson, square, write_release

AREAS = """
    code      | name           | level     | parent    | latitude | longitude
    K02000001 | United Kingdom | national  |           |          |
    K03000001 | Great Britain  | benchmark | K02000001 |          |
    E12000007 | London         | region    | K03000001 |  51.5    | -0.5
    E12000009 | South West     | region    | K03000001 |  51.5    | -1.5
    E30000234 | London         | ttwa      | E12000007 |  51.5    | -0.5
    E30000180 | Bristol        | ttwa      | E12000009 |  51.75   | -1.5
    E30000165 | Bath           | ttwa      | E12000009 |  51.25   | -1.75
"""
SHAPES = {
    "E12000007": square(-1, 51, 1),
    "E12000009": square(-2, 51, 1),
    "E30000234": square(-1, 51, 1),
    "E30000165": square(-2, 51, 0.5),
}

Rows = Callable[..., list[Row]]


@pytest.fixture(scope="session")
def fonts() -> Path:
    return bundled().fonts


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Two square regions side by side, three local areas; Bristol has no shape."""
    folder = write_release(tmp_path_factory.mktemp("tiny"), areas=AREAS, boundaries=as_geojson(SHAPES))
    return read(folder, bundled().classification)


@pytest.fixture(scope="session")
def country(tiny: Release) -> Outlines:
    return Outlines.of(tiny)


@pytest.fixture(scope="session")
def illustrative() -> Release:
    """The bundled release: the coast as packs show it."""
    return releases.illustrative().release


@pytest.fixture
def rows() -> Rows:
    """
    The rows of a chart out of text between bars: a label, a code or a year, a value or a mark, and two bounds.
    `key` says what the second column is, `alike` what of the key is the same in all rows; the text of a value is what
    is written there.
    """

    def build(text: str, key: str = "area", **alike: str) -> list[Row]:
        return [_row(line.split("|"), key, alike) for line in text.strip().splitlines()]

    return build


def _row(fields: list[str], key: str, alike: Mapping[str, str]) -> Row:
    label, where, text, *bounds = [field.strip() for field in fields]
    low, high = [float(bound) for bound in bounds] or (None, None)
    value = None if text in MARKS else float(text)
    keys = {**dict.fromkeys(KEY, ""), **alike, key: where}
    status, interval = Status(MARKS.get(text, "ok")), f"{low}–{high}" if bounds else ""
    return Row(label, **keys, value=value, low=low, high=high, full=value, status=status, text=text, interval=interval)


def labels(chart: Chart) -> list[str]:
    """The names of the rows of a chart's data, in their order."""
    return [row.label for row in chart.table]


@pytest.fixture
def said() -> dict[str, str]:
    """What a section says about a chart."""
    return {
        "name": "dots",
        "title": "Bath has twice the national share of publishing jobs",
        "subtitle": "Location quotient, Bath, 2023",
        "alt": "Publishing stands at 2.0, crafts at <0.5> & below.",
        "source": "Source: illustrative",
    }
