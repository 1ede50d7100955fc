"""Heat: each pair once, its number as printed, tones by value, and a tree whose joins meet."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.charts import theme
from reportgen.charts.chart import Chart
from reportgen.charts.colours import contrast
from reportgen.charts.heat import TONES, heat_map
from reportgen.charts.rows import Column
from reportgen.charts.text import width
from reportgen.errors import ConfigurationError
from tests.charts.conftest import Rows

NAMES = {"W": "Wales", "S": "Scotland", "Y": "Yorkshire and The Humber"}


@pytest.fixture
def draw(rows: Rows, fonts: Path, said: dict[str, str]) -> Any:
    def drawn(values: dict[str, str], **options: Any) -> Chart:
        table = [row for (one, other), value in values.items() for row in rows(f"pair | {one} | {value}", other=other)]
        names = options.pop("names", NAMES)
        return heat_map(table, fonts=fonts, names=names, pair=("area", "other"), **options, **said)

    return drawn


def layers(chart: Chart, kind: str) -> list[dict[str, Any]]:
    return [one for one in chart.spec["layer"] if one["mark"]["type"] == kind]


def boxes(chart: Chart) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = layers(chart, "rect")[0]["data"]["values"]
    return found


def words(chart: Chart) -> dict[str, dict[str, Any]]:
    return {row["text"]: row for one in layers(chart, "text") for row in one["data"]["values"]}


THREE = {"WS": "0.1", "YW": "0.4", "SY": "0.9"}


def test_a_pair_is_a_cell_whichever_of_the_two_comes_first(draw: Any) -> None:
    chart = draw(THREE)
    assert 3 == len(boxes(chart))
    assert ["0.1", "0.4", "0.9"] == [text for text in words(chart) if text[0] == "0"]


def test_a_name_ends_its_row_and_heads_its_column(draw: Any) -> None:
    chart = draw(THREE)
    said = words(chart)
    scotland = boxes(chart)[0]  # the row of Scotland, under Wales
    assert said["Scotland"]["x"] > scotland["x2"]
    assert scotland["y"] < said["Scotland"]["y"] < scotland["y2"]
    assert scotland["x"] <= said["Wales"]["x"] < scotland["x2"]
    assert said["Wales"]["y"] < scotland["y"]


def test_the_darkest_tone_is_that_of_the_highest_or_of_the_lowest(draw: Any) -> None:
    assert [TONES[0], TONES[1], TONES[-1]] == [box["fill"] for box in boxes(draw(THREE))]
    assert [TONES[-1], TONES[3], TONES[0]] == [box["fill"] for box in boxes(draw(THREE, darkest="low"))]


def test_given_steps_hold_whatever_the_values_are(draw: Any) -> None:
    fills = [box["fill"] for box in boxes(draw(THREE, steps=[0, 0.2, 0.4, 0.95]))]
    assert [TONES[1], TONES[3], TONES[3]] == fills


def test_a_suppressed_pair_is_white_and_shows_its_mark(draw: Any) -> None:
    chart = draw({**THREE, "WS": "[c]"})
    assert theme.PAPER == boxes(chart)[0]["fill"]
    assert theme.INK == words(chart)["[c]"]["colour"]


def test_every_number_can_be_read_on_its_tone(draw: Any) -> None:
    for tone in TONES:
        assert contrast(theme.PAPER if tone == TONES[-1] else theme.INK, tone) >= 4.5


def test_pairs_that_are_all_alike_are_drawn(draw: Any) -> None:
    assert 1 == len({box["fill"] for box in boxes(draw(dict.fromkeys(THREE, "0.3")))})


def test_the_tree_joins_the_lowest_first_and_ends_in_a_single_line(draw: Any) -> None:
    chart = draw(THREE, joins=[0.1, 0.6])
    (tree,) = [one for one in layers(chart, "rule") if one["mark"]["color"] == theme.INK_3]
    lines = tree["data"]["values"]
    upright = [line for line in lines if line["x"] == line["x2"]]
    level = [line for line in lines if line["y"] == line["y2"]]
    assert (2, 4) == (len(upright), len(level))
    low, high = upright
    assert high["x"] < low["x"]  # the root is at the left
    assert high["y"] == pytest.approx((low["y"] + low["y2"]) / 2, abs=0.01)


def test_joins_of_almost_one_height_stand_apart(draw: Any) -> None:
    chart = draw(THREE, joins=[0.6, 0.601])
    (tree,) = [one for one in layers(chart, "rule") if one["mark"]["color"] == theme.INK_3]
    low, high = [line["x"] for line in tree["data"]["values"] if line["x"] == line["x2"]]
    assert low - high > 5


def test_columns_of_numbers_stand_right_of_all_names(draw: Any) -> None:
    chart = draw(THREE, columns=[Column("number", ("5.1", "5.2", "5.3"), "strong"), Column("interval", ("a", "b", ""))])
    said = words(chart)
    assert said["number"]["x"] < said["interval"]["x"] == pytest.approx(chart.spec["width"], abs=1)
    assert theme.SEMIBOLD == said["5.1"]["weight"]


def test_what_does_not_fit_together_is_refused(draw: Any) -> None:
    with pytest.raises(ConfigurationError, match="lacks the pair Scotland, Wales"):
        draw({"YW": "0.4", "SY": "0.9"})
    with pytest.raises(ConfigurationError, match="tree does not fit"):
        draw(THREE, joins=[0.1])


LONG = ("Ayr", "Llandrindod Wells and Builth Wells", "Yorkshire and The Humber", "Bath", "North East", "Wales")


@given(chosen=st.permutations(LONG), tree=st.booleans())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_names_of_any_length_stay_within_the_picture(draw: Any, fonts: Path, chosen: list[str], tree: bool) -> None:
    names = dict(zip("abcdef", chosen, strict=True))
    pairs = {one + other: "0.12" for one, other in combinations(names, 2)}
    chart = draw(pairs, names=names, joins=[0.1] * 5 if tree else (), width_mm=110)
    for text, row in words(chart).items():
        if row["align"] == "left":
            assert row["x"] + width(text, fonts, theme.ROW, theme.SEMIBOLD) <= chart.spec["width"] + 1, text
    cell = boxes(chart)[0]
    assert cell["x2"] - cell["x"] > width("0.12", fonts)


def test_equal_numbers_as_printed_have_the_same_tone(draw: Any) -> None:
    """0.061 and 0.056 both read 0.06; and the key has the steps that tell tones apart, as printed."""
    values = {"WS": "0.061", "YW": "0.056", "SY": "0.9"}
    chart = draw(values, key=True)
    tones = [box["fill"] for box in boxes(chart)]
    assert tones[0] == tones[1] != tones[2]
    assert {"0.23", "0.40", "0.56", "0.73"} <= set(words(chart))
    swatches = layers(chart, "rect")[1]["data"]["values"]
    assert list(TONES) == [one["fill"] for one in swatches]
    assert swatches[-1]["x2"] <= chart.spec["width"]


def test_a_number_just_below_nought_has_the_tone_of_its_side(draw: Any) -> None:
    chart = draw({"WS": "-0.0004", "YW": "0.0004", "SY": "0.9"}, steps=(0.0, 0.25, 0.5, 0.75))
    assert [TONES[0], TONES[1]] == [box["fill"] for box in boxes(chart)][:2]
