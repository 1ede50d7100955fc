"""Scatter: circles by two quotients on doubling scales, and a line only where it is asked for."""

from __future__ import annotations

import math
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.charts import theme
from reportgen.charts.chart import Chart
from reportgen.charts.scatter import Point, fitted, scatter
from reportgen.charts.text import width
from reportgen.errors import ConfigurationError
from tests.charts.conftest import Rows

UP, ACROSS = "↑ Creative, LQ", "Knowledge services, LQ →"


@pytest.fixture
def draw(rows: Rows, fonts: Path, said: dict[str, str]) -> Any:
    def drawn(points: list[Point], **options: Any) -> Chart:
        table = rows("\n".join(f"{point.name} | E{n} | {point.y}" for n, point in enumerate(points)) or "Bath | E1 | 1")
        return scatter(table, points, fonts=fonts, across=ACROSS, up=UP, **options, **said)

    return drawn


def layers(chart: Chart, kind: str) -> list[dict[str, Any]]:
    return [one for one in chart.spec["layer"] if one["mark"]["type"] == kind]


def circles(chart: Chart) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = layers(chart, "point")[0]["data"]["values"]
    return found


def dashed(chart: Chart) -> list[dict[str, Any]]:
    return [
        line for one in layers(chart, "rule") if one["mark"]["color"] == theme.NAVY for line in one["data"]["values"]
    ]


FOUR = [Point("Bath", 2, 2, 400, True), Point("Ely", 1, 1, 100), Point("Ayr", 0.5, 0.5, 0), Point("Rye", 1, 2, 50)]


def test_double_and_half_lie_equally_far_from_the_share_of_the_whole(draw: Any) -> None:
    low, middle, high = sorted({round(one["x"], 2) for one in circles(draw(FOUR))})
    assert high - middle == pytest.approx(middle - low, abs=0.02)


def test_surfaces_say_how_many_and_none_is_too_small_to_see(draw: Any) -> None:
    sizes = sorted(one["size"] for one in circles(draw(FOUR)))
    assert sizes[-1] == pytest.approx(4 * sizes[-2])
    assert sizes[0] == 16


def test_subjects_lie_on_top_in_orange_with_an_outline_and_a_name(draw: Any) -> None:
    chart = draw(FOUR)
    last = circles(chart)[-1]
    assert (theme.ACCENT, theme.INK) == (last["fill"], last["edge"])
    said = [row["text"] for one in layers(chart, "text") for row in one["data"]["values"]]
    assert "Bath" in said
    assert "Ely" not in said


def test_a_line_is_drawn_only_where_it_is_asked_for(draw: Any) -> None:
    assert [] == dashed(draw(FOUR))
    (line,) = dashed(draw(FOUR, line=True))
    assert line["x"] < line["x2"]
    assert line["y"] > line["y2"]  # both rise


def test_areas_in_one_column_have_no_line(draw: Any) -> None:
    assert [] == dashed(draw([Point("Bath", 1, 2, 1), Point("Ely", 1, 1, 1)], line=True))


def test_a_quotient_of_nought_is_an_arrow_at_the_edge(draw: Any) -> None:
    shapes = {one["shape"] for one in circles(draw([*FOUR, Point("Eye", 0, 1, 3), Point("Wem", 1, 0, 3)]))}
    assert {"circle", "triangle-left", "triangle-down"} == shapes


def test_what_cannot_be_drawn_is_refused(draw: Any) -> None:
    for points in ([], [Point("Bath", -1, 1, 1)]):
        with pytest.raises(ConfigurationError, match="no point, or a negative quotient"):
            draw(points)


quotients = st.floats(min_value=0, max_value=40, allow_nan=False)


@given(pairs=st.lists(st.tuples(quotients, quotients), min_size=1, max_size=12))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_circles_lines_and_names_stay_within_the_picture_and_apart(draw: Any, fonts: Path, pairs: Any) -> None:
    names = ("Ayr", "Bath", "Llandrindod Wells and Builth Wells", "Slough and Heathrow")
    points = [Point(names[n] if n < 4 else f"P{n}", x, y, n, n < 4) for n, (x, y) in enumerate(pairs)]
    chart = draw(points, line=True)
    wide, high = chart.spec["width"], chart.spec["height"]
    for one in circles(chart):
        assert 0 <= one["x"] <= wide
        assert 0 <= one["y"] <= high
    for line in dashed(chart):
        assert all(-0.1 <= line[end] <= wide + 0.1 for end in ("x", "x2"))
        assert all(-0.1 <= line[end] <= high + 0.1 for end in ("y", "y2"))
    shown = [row for row in layers(chart, "text")[-1]["data"]["values"] if row["weight"] == theme.SEMIBOLD]
    boxes = []
    for row in shown:
        long = width(row["text"], fonts, row["size"], row["weight"])
        left = row["x"] - {"left": 0, "center": 0.5, "right": 1}[row["align"]] * long
        boxes.append((left, row["y"] - 7, left + long, row["y"]))
    for one, other in combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)


@given(slope=st.floats(-2, 2), height=st.floats(-2, 2))
def test_the_line_through_quotients_on_a_line_is_that_line(slope: float, height: float) -> None:
    points = [Point("", 2.0**x, 2 ** (height + slope * x), 1) for x in (-2, -1, 0, 1.5)]
    found = fitted(points)
    assert found is not None
    assert math.isclose(found[0], height, abs_tol=1e-9)
    assert math.isclose(found[1], slope, abs_tol=1e-9)


def test_names_keep_off_the_fitted_line_and_within_the_plot(draw: Any, fonts: Path) -> None:
    """Places along the line itself, the last of them in the corner of the plot."""
    chart = draw([Point(f"Town {n}", 2.0 ** (n - 3), 2.0 ** (n - 3), 5, True) for n in range(6)], line=True)
    [line] = dashed(chart)
    slope = (line["y2"] - line["y"]) / (line["x2"] - line["x"])
    names = [row for one in layers(chart, "text") for row in one["data"]["values"] if row["text"].startswith("Town")]
    assert names
    for row in names:
        left = row["x"] - {"left": 0.0, "center": 0.5, "right": 1.0}[row["align"]] * width(row["text"], fonts)
        ends = sorted(line["y"] + slope * (x - line["x"]) for x in (left, left + width(row["text"], fonts)))
        assert ends[1] < row["y"] - 6 or ends[0] > row["y"]
        assert row["y"] > 13
