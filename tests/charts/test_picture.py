"""Picture: the table that every chart begins with, and what every specification of ours has in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reportgen.charts.bars import ranked_bars
from reportgen.charts.chart import Chart
from reportgen.charts.dots import lq_dots
from reportgen.charts.lines import indexed_lines
from reportgen.charts.maps import Chosen, bubble_map
from reportgen.charts.outlines import Outlines
from reportgen.charts.picture import checked, known
from reportgen.charts.render import to_svg
from reportgen.errors import ConfigurationError
from reportgen.release.tables import Status
from tests.charts.conftest import Rows


@pytest.fixture
def every(country: Outlines, rows: Rows, fonts: Path, said: dict[str, str]) -> list[Chart]:
    """One chart of each kind."""
    areas = rows("London | E30000234 | 9 | 8 | 10\n Bath | E30000165 | [c]\n Bristol | E30000180 | 3")
    parts = rows("Crafts | crafts | 1.3 | 0.9 | 1.7\n Film | film | 0", key="sub_sector")
    years = rows("A | 2020 | 100\n A | 2021 | [x]\n A | 2022 | 104\n B | 2020 | 100\n B | 2022 | 90", key="year")
    land, named = country.basemap(80, 60), Chosen(named=[row.area for row in areas])
    return [
        bubble_map(areas, land, fonts=fonts, chosen=named, key=[(5, "5 jobs")], **said),
        lq_dots(parts, fonts=fonts, comparators=parts, **said),
        indexed_lines(years, fonts=fonts, subject="A", base="2020", **said),
        ranked_bars(areas, fonts=fonts, subject=["E30000165"], **said),
    ]


def entries(node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield key, value
            yield from entries(value)
    elif isinstance(node, list):
        for value in node:
            yield from entries(value)


def test_every_chart_shows_something_and_keeps_the_conventions(every: list[Chart]) -> None:
    """Marks in every layer; no axis, legend, title or turned text by the engine; nothing loaded from elsewhere."""
    for chart in every:
        assert chart.spec["layer"]
        assert all(one["data"]["values"] for one in chart.spec["layer"])
        found = dict(entries(dict(chart.spec)))
        assert {"url", "angle", "title", "tooltip", "row", "column"}.isdisjoint(found)
        assert [] == [value for key, value in entries(dict(chart.spec)) if key in ("legend", "axis") and value]


def test_every_chart_renders_alike_twice(every: list[Chart], fonts: Path) -> None:
    for chart in every:
        svg = to_svg(chart.spec, fonts)
        assert svg == to_svg(chart.spec, fonts)
        assert f'width="{chart.spec["width"]}" height="{chart.spec["height"]}"' in svg
        assert "NaN" not in svg
        assert "clip" not in svg
        assert "undefined" not in svg


def test_no_value_and_nothing_are_told_apart(rows: Rows) -> None:
    table = checked(rows("A | E1 | 0\n B | E2 | [c]\n C | E3 | [x]"), "bars")
    assert [0.0, None, None] == [row.value for row in table]
    assert [Status.OK, Status.SUPPRESSED, Status.MISSING] == [row.status for row in table]
    assert [0.0] == known(row.value for row in table)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"value": None}, "has the value None and the status 'ok'"),
        ({"status": Status.SUPPRESSED}, "has the value 5.0 and the status 'suppressed'"),
        ({"label": ""}, "a row has no label"),
        ({"text": ""}, "a row has no text"),
    ],
)
def test_a_row_that_contradicts_itself_is_an_error(rows: Rows, change: dict[str, Any], message: str) -> None:
    first, second = rows("A | E1 | 5\n B | E2 | 6")
    with pytest.raises(ConfigurationError, match=message):
        checked([replace(first, **change), second], "bars")


def test_an_empty_table_is_an_error(rows: Rows) -> None:
    with pytest.raises(ConfigurationError, match="no row of its table has a value"):
        checked([], "bars")
