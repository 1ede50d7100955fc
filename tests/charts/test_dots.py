"""Dots: quotients on a doubling scale, and what has no place on it."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from reportgen.charts import theme
from reportgen.charts.chart import Chart
from reportgen.charts.dots import lq_dots
from reportgen.errors import ConfigurationError
from tests.charts.conftest import Rows, labels

PARTS = """
    Crafts       | crafts       | 1.31 | 0.97 | 1.68
    Publishing   | publishing   | 0.91 | 0.82 | 0.97
    Architecture | architecture | [c]
    Film and TV  | film         | 1.62 | 1.44 | 1.81
"""


@pytest.fixture
def draw(rows: Rows, fonts: Path, said: dict[str, str]) -> Any:
    def drawn(text: str, **options: Any) -> Chart:
        if "comparators" in options:
            options["comparators"] = rows(options["comparators"], key="sub_sector")
        return lq_dots(rows(text, key="sub_sector"), fonts=fonts, **options, **said)

    return drawn


def layers(chart: Chart, kind: str) -> list[dict[str, Any]]:
    return [one for one in chart.spec["layer"] if one["mark"]["type"] == kind]


def dots(chart: Chart) -> list[dict[str, Any]]:
    return layers(chart, "point")[-1]["data"]["values"]


def words(chart: Chart) -> list[str]:
    return [row["text"] for row in layers(chart, "text")[0]["data"]["values"]]


def test_rows_stand_by_value_and_those_without_come_last(draw: Any) -> None:
    chart = draw(PARTS)
    assert ["Film and TV", "Crafts", "Publishing", "Architecture"] == labels(chart)
    heights = {row["text"]: row["y"] for row in layers(chart, "text")[0]["data"]["values"]}
    assert heights["Film and TV"] < heights["Crafts"] < heights["Publishing"] < heights["Architecture"]


def test_a_dot_is_filled_where_the_interval_decides(draw: Any) -> None:
    assert [theme.ACCENT, theme.PAPER, theme.ACCENT] == [dot["fill"] for dot in dots(draw(PARTS))]


def test_a_quotient_without_interval_decides_nothing(draw: Any) -> None:
    assert [theme.PAPER] == [dot["fill"] for dot in dots(draw("Crafts | crafts | 3.0"))]


def test_the_chart_is_its_own_table(draw: Any) -> None:
    """Every value and interval stands beside the plot as printed; a suppressed row shows its mark and no dot."""
    said = words(draw(PARTS))
    assert {"1.62", "1.44–1.81", "0.91", "[c]"} <= set(said)
    assert 3 == len(dots(draw(PARTS)))


def test_half_and_double_are_equally_far_from_one(draw: Any) -> None:
    scale = layers(draw(PARTS), "point")[-1]["encoding"]["x"]["scale"]
    (low, high), (left, right) = scale["domain"], scale["range"]

    def x(value: float) -> float:
        return left + (right - left) * math.log(value / low) / math.log(high / low)

    assert x(1) - x(0.5) == pytest.approx(x(2) - x(1))
    assert low < 0.5
    assert high > 2


def test_no_jobs_stand_at_the_edge_as_off_the_scale(draw: Any) -> None:
    """A zero is written 0 and pointed at: on a doubling scale it has no place."""
    chart = draw("Crafts | crafts | 0 | 0 | 0.2\n Film | film | 1.2 | 1.1 | 1.3")
    none = dots(chart)[1]
    assert "triangle-left" == none["shape"]
    assert none["value"] == layers(chart, "point")[-1]["encoding"]["x"]["scale"]["domain"][0]
    assert "0" in words(chart)


def test_an_interval_that_runs_off_the_scale_ends_in_a_tip(draw: Any) -> None:
    chart = draw("Crafts | crafts | 1.2 | 0 | 2.3")
    assert ["triangle-left"] == [row["shape"] for row in layers(chart, "point")[0]["data"]["values"]]


def test_an_interval_from_no_jobs_to_beyond_the_scale_ends_in_a_tip_on_the_far_side(draw: Any) -> None:
    """No jobs, and yet no more is known than that it is less than 300 times the national share."""
    chart = draw("Crafts | crafts | 0 | 0 | 300")
    tips, dots = (one["data"]["values"] for one in layers(chart, "point"))
    assert (["triangle-right"], ["triangle-left"]) == ([row["shape"] for row in tips], [row["shape"] for row in dots])


def test_other_areas_are_a_band_from_lowest_to_highest_with_their_median(draw: Any) -> None:
    others = "A | crafts | 0.5\n B | crafts | 1.0\n C | crafts | 2.0\n D | crafts | [c]\n E | film | [c]"
    chart = draw("Crafts | crafts | 1.31 | 0.97 | 1.68\n Film | film | 1.2", comparators=others)
    (box,) = layers(chart, "rect")[0]["data"]["values"]
    (middle,) = [
        row for one in layers(chart, "rule") if one["mark"]["color"] == theme.INK_3 for row in one["data"]["values"]
    ]
    assert box["x"] < middle["x"] < box["x2"]
    assert middle["x"] == pytest.approx((box["x"] + box["x2"]) / 2, abs=0.1)
    assert 7 == len(chart.table)


def test_the_whole_stands_first_above_a_rule(draw: Any) -> None:
    chart = draw(PARTS + "All creative | all | 0.5 | 0.4 | 0.6")
    assert "All creative" == labels(chart)[0]


def test_all_values_equal_and_a_single_row_still_make_a_scale(draw: Any) -> None:
    for text in ("Crafts | crafts | 1 | 1 | 1", "\n".join(f"S{i} | s{i} | 1 | 1 | 1" for i in range(9))):
        assert {"½", "1", "2 times"} <= set(words(draw(text)))


def test_a_wide_range_labels_every_second_doubling(draw: Any) -> None:
    said = words(draw("A | a | 0.04\n B | b | 25"))
    assert {"0.06", "¼", "1", "4", "16 times"} <= set(said)
    assert "½" not in said


@pytest.mark.parametrize(
    ("text", "message"), [("Crafts | crafts | [c]", "no row of its table has a value"), ("A | a | -1", "negative")]
)
def test_what_cannot_be_drawn_is_an_error(draw: Any, text: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        draw(text)
