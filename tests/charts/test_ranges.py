"""Ranges: an area among all others by several measures, each on a scale of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reportgen.charts import theme
from reportgen.charts.chart import Chart
from reportgen.charts.picture import Said
from reportgen.charts.ranges import range_rows
from reportgen.charts.render import to_svg
from reportgen.errors import ConfigurationError
from tests.charts.conftest import Rows

OWN = """
    Quotient | E1 | 0.8 | 0.7 | 0.9
    Growth   | E1 | 30  | 10  | 60
"""
OTHERS = """
    Quotient | E1 | 0.8
    Quotient | E2 | 0.4
    Quotient | E3 | 0.6
    Quotient | E4 | [c]
    Growth   | E1 | 30
    Growth   | E2 | 20
    Growth   | E3 | 40
"""
SAID = Said(name="ranges", title="Above the middle", subtitle="2023", alt="Quotient 0.8.", source="employment")


@pytest.fixture
def draw(rows: Rows, fonts: Path) -> Any:
    def drawn(own: str = OWN, others: str = OTHERS) -> Chart:
        words = {"value": "", "interval": "interval"}
        return range_rows(rows(own), rows(others), fonts=fonts, decided=["Quotient"], words=words, width_mm=84, **SAID)

    return drawn


def layers(chart: Chart, kind: str) -> list[list[dict[str, Any]]]:
    return [one["data"]["values"] for one in chart.spec["layer"] if one["mark"]["type"] == kind]


def test_the_band_runs_from_the_lowest_to_the_highest_and_the_tick_is_the_median(draw: Any) -> None:
    chart = draw()
    quotient, _ = layers(chart, "rect")[0]
    _, middles, _ = layers(chart, "rule")
    dots = layers(chart, "point")[0]
    assert dots[0]["x"] == quotient["x2"]
    assert middles[0]["x"] == pytest.approx((quotient["x"] + quotient["x2"]) / 2, abs=0.01)
    assert middles[1]["x"] == pytest.approx(dots[1]["x"], abs=0.01)


def test_each_row_has_a_scale_of_its_own_wide_enough_for_its_interval(draw: Any) -> None:
    chart = draw()
    quotient, growth = layers(chart, "rect")[0]
    *_, intervals = layers(chart, "rule")
    assert quotient["x"] < intervals[0]["x"]
    assert intervals[0]["x2"] > quotient["x2"]
    assert intervals[1]["x"] < growth["x"]
    assert growth["x2"] < intervals[1]["x2"]
    assert intervals[0]["x2"] == pytest.approx(intervals[1]["x2"], abs=0.01)


def test_a_dot_is_filled_where_the_interval_leaves_out_the_median(draw: Any) -> None:
    assert [theme.ACCENT, theme.PAPER] == [dot["fill"] for dot in layers(draw(), "point")[0]]


def test_where_all_are_alike_the_dot_stands_in_the_middle(draw: Any) -> None:
    chart = draw("Quotient | E1 | 1", "Quotient | E1 | 1\nQuotient | E2 | 1")
    (band,), (dot,) = layers(chart, "rect")[0], layers(chart, "point")[0]
    assert band["x"] == band["x2"] == dot["x"]


def test_a_row_without_others_is_refused(draw: Any) -> None:
    with pytest.raises(ConfigurationError, match="'Growth' has no other areas"):
        draw(others="Quotient | E1 | 0.8\nQuotient | E2 | 0.4")


def test_the_table_has_the_area_and_all_others_with_a_value(draw: Any, fonts: Path) -> None:
    chart = draw()
    assert 2 + 6 == len(chart.table)
    assert ">Growth<" in to_svg(chart.spec, fonts)
