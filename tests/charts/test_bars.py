"""Bars: ranks from zero, ties, and the subject that is not among the first."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from reportgen.charts import theme
from reportgen.charts.bars import ranked_bars
from reportgen.charts.chart import Chart
from reportgen.errors import ConfigurationError
from tests.charts.conftest import Rows, labels

FIVE = """
    Bath    | E1 | 20 | 18 | 22
    Bristol | E2 | 50
    Crewe   | E3 | 20
    Derby   | E4 | 5
    Ely     | E5 | [c]
"""


@pytest.fixture
def draw(rows: Rows, fonts: Path, said: dict[str, str]) -> Any:
    def drawn(text: str, **options: Any) -> Chart:
        return ranked_bars(rows(text), fonts=fonts, **options, **said)

    return drawn


def layers(chart: Chart, kind: str) -> list[dict[str, Any]]:
    return [one for one in chart.spec["layer"] if one["mark"]["type"] == kind]


def words(chart: Chart) -> list[str]:
    return [row["text"] for row in layers(chart, "text")[0]["data"]["values"]]


def test_areas_stand_by_value_and_equal_ones_share_a_rank(draw: Any) -> None:
    chart = draw(FIVE)
    assert ["Bristol", "Bath", "Crewe", "Derby"] == labels(chart)
    said = words(chart)
    assert ["1", "2=", "2=", "4"] == [said[said.index(name) + 2] for name in ("Bristol", "Bath", "Crewe", "Derby")]


def test_bars_begin_at_zero(draw: Any) -> None:
    for text in (FIVE, FIVE.replace("| 5", "| -5")):
        (bars,) = layers(draw(text), "bar")
        low, high = bars["encoding"]["x"]["scale"]["domain"]
        assert low <= 0 <= high
        assert {0} == {row["zero"] for row in bars["data"]["values"]}


@pytest.mark.parametrize("wide", [60, 174])
def test_the_line_that_quotients_are_held_against_is_drawn_and_named_and_always_on_the_scale(
    draw: Any, wide: int
) -> None:
    """Also where every bar ends before it: a bar of 0.6 says little on an axis that ends at 0.7."""
    low = "Bath | E1 | 0.6 | 0.5 | 0.7\nBristol | E2 | 0.4"
    chart = draw(low, reference=1.0, words={"reference": "Britain = 1"}, width_mm=wide)
    zero, line = (row for one in layers(chart, "rule") if one["mark"].get("strokeWidth") == 1 for row in _rows(one))
    assert zero["x"] < line["x"] == line["x2"]
    name = next(row for row in _rows(layers(chart, "text")[0]) if row["text"] == "Britain = 1")
    assert abs(name["x"] - line["x"]) < 60
    assert 1.0 <= layers(chart, "bar")[0]["encoding"]["x"]["scale"]["domain"][1]


def test_the_name_of_a_line_near_the_values_ends_at_the_line(draw: Any) -> None:
    """In their column it would read as their head."""
    say = {"reference": "Great Britain = 1", "value": "LQ"}
    chart = draw("Bath | E1 | 0.4\n Ely | E2 | 0.3", reference=1.0, words=say)
    said = {row["text"]: row for row in _rows(layers(chart, "text")[0])}
    assert "right" == said["Great Britain = 1"]["align"]
    assert said["Great Britain = 1"]["x"] < said["LQ"]["x"]


def _rows(layer: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = layer["data"]["values"]
    return found


def test_a_suppressed_area_is_no_bar_of_nothing(draw: Any) -> None:
    assert "Ely" not in words(draw(FIVE))
    assert 4 == len(layers(draw(FIVE), "bar")[0]["data"]["values"])


def test_a_subject_beyond_the_shown_ranks_stands_below_the_rule(draw: Any) -> None:
    """With its own rank; one without a value with its mark."""
    chart = draw(FIVE, subject=["E4", "E5"], most=2)
    assert ["Bristol", "Bath", "Derby", "Ely"] == labels(chart)
    said = words(chart)
    assert "4" == said[said.index("Derby") + 2]
    assert "[c]" == said[said.index("Ely") + 1]
    (rule,) = [
        row for one in layers(chart, "rule") if one["mark"]["strokeWidth"] == 0.8 for row in one["data"]["values"]
    ]
    heights = {row["text"]: row["y"] for row in layers(chart, "text")[0]["data"]["values"]}
    assert heights["Bath"] < rule["y"] < heights["Derby"]


def test_the_subject_is_orange_in_semibold(draw: Any) -> None:
    chart = draw(FIVE, subject=["E1"])
    others, subject = layers(chart, "bar")
    assert (theme.CONTEXT, 3) == (others["mark"]["color"], len(others["data"]["values"]))
    assert (theme.ACCENT, theme.INK, 1) == (
        subject["mark"]["color"],
        subject["mark"]["stroke"],  # in grey, the fill alone would not tell it from the others
        len(subject["data"]["values"]),
    )
    weights = {row["text"]: row["weight"] for row in layers(chart, "text")[0]["data"]["values"]}
    assert (600, 400) == (weights["Bath"], weights["Bristol"])


def test_an_interval_far_longer_than_all_bars_ends_in_an_arrow(draw: Any) -> None:
    """The bars keep their length, and the arrow says that the interval runs on; in words it stands as it is."""
    chart = draw("Bath | E1 | 1.5 | 1.1 | 1.9\n Crewe | E3 | 0.4 | 0.01 | 12")
    low, high = layers(chart, "bar")[0]["encoding"]["x"]["scale"]["domain"]
    assert (0, 4.5) == (low, high)
    (arrow,) = [row for one in layers(chart, "point") for row in one["data"]["values"]]
    lines = [row for one in layers(chart, "rule") if one["mark"]["strokeWidth"] == 1.2 for row in one["data"]["values"]]
    assert (arrow["x"], arrow["shape"]) == (max(row["x2"] for row in lines), "triangle-right")
    assert [12.0] == [row.high for row in chart.table if row.label == "Crewe"]
    assert [] == [row for one in layers(draw(FIVE), "point") for row in one["data"]["values"]]


def test_nothing_everywhere_is_a_chart_of_zeros(draw: Any) -> None:
    """No jobs are a finding. The axis says 0 and nothing else."""
    chart = draw("Bath | E1 | 0\n Crewe | E3 | 0")
    assert "0" == words(chart)[-1]
    assert 1 == len([row for row in layers(chart, "text")[0]["data"]["values"] if row["align"] == "center"])


def test_labels_of_the_axis_never_collide(draw: Any) -> None:
    chart = draw("A | E1 | 642000\n B | E2 | 5", width_mm=60)
    ticks = sorted(row["x"] for row in layers(chart, "text")[0]["data"]["values"] if row["align"] == "center")
    assert all(right - left > 40 for left, right in pairwise(ticks))


def test_numbers_on_the_axis_can_be_said_otherwise(draw: Any) -> None:
    assert "40 %" in words(draw(FIVE, tick=lambda value: f"{value:g} %"))


@pytest.mark.parametrize(
    ("text", "subject", "message"),
    [
        ("Ely | E5 | [c]", (), "no row of its table has a value"),
        (FIVE, ("E9",), "its subject E9 is not in its table"),
        ("Bath | E1 | 2\n Bath | E1 | 3", (), "'Bath' is in its table twice"),
    ],
)
def test_what_cannot_be_drawn_is_an_error(draw: Any, text: str, subject: tuple[str, ...], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        draw(text, subject=subject)


def test_small_shares_are_drawn_as_they_are(draw: Any) -> None:
    """Rounding the data to hundredths would give 3.4 % and 2.9 % the same bar."""
    bars = layers(draw("Bath | E1 | 0.0336 | 0.029 | 0.038\nBristol | E2 | 0.0291"), "bar")[0]
    assert [row["value"] for row in bars["data"]["values"]] == [0.0336, 0.0291]


def test_sub_sectors_of_one_area_are_told_apart_by_their_own_column(
    rows: Rows, fonts: Path, said: dict[str, str]
) -> None:
    """A chart of one area's sub-sectors: the area stands in every row."""
    table = rows("Crafts | crafts | 20\nPublishing | publishing | 50", key="sub_sector", area="E1")
    chart = ranked_bars(table, fonts=fonts, key="sub_sector", **said)
    assert ["Publishing", "Crafts"] == labels(chart)
    with pytest.raises(ConfigurationError, match="is in its table twice"):
        ranked_bars(table, fonts=fonts, **said)
