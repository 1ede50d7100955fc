"""Lines: growth from a common base, gaps as gaps, names that never collide."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from reportgen.charts import theme
from reportgen.charts.chart import Chart
from reportgen.charts.lines import indexed_lines, year_line
from reportgen.errors import ConfigurationError
from tests.charts.conftest import Rows

TWO = """
    Bath, creative | 2020 | 100
    Bath, creative | 2021 | 104
    Bath, creative | 2022 | [c]
    Bath, creative | 2023 | 109
    Bath, all      | 2020 | 100
    Bath, all      | 2021 | 101
    Bath, all      | 2022 | 102
    Bath, all      | 2023 | 109
"""


@pytest.fixture
def draw(rows: Rows, fonts: Path, said: dict[str, str]) -> Any:
    def drawn(text: str, subject: str = "Bath, creative", base: str = "2020", **options: Any) -> Chart:
        return indexed_lines(rows(text, key="year"), fonts=fonts, subject=subject, base=base, **options, **said)

    return drawn


def layers(chart: Chart, kind: str) -> list[dict[str, Any]]:
    return [one for one in chart.spec["layer"] if one["mark"]["type"] == kind]


def texts(chart: Chart) -> list[dict[str, Any]]:
    return [row for one in layers(chart, "text") for row in one["data"]["values"]]


def test_a_year_without_a_value_is_a_gap(draw: Any) -> None:
    """Not bridged, not zero: the line stops, and the lone year after the gap is a dot."""
    chart = draw(TWO)
    (line,) = [one for one in layers(chart, "line") if one["mark"]["color"] == theme.ACCENT]
    (point,) = [one for one in layers(chart, "point") if one["mark"]["color"] == theme.ACCENT]
    assert [2020, 2021] == [row["year"] for row in line["data"]["values"]]
    assert [2023] == [row["year"] for row in point["data"]["values"]]


def test_the_subject_is_orange_and_heavier_and_lies_on_top(draw: Any) -> None:
    drawn = [(one["mark"]["color"], one["mark"]["strokeWidth"]) for one in layers(draw(TWO), "line")]
    assert [(theme.NAVY, 1.8), (theme.ACCENT, 2.4)] == drawn


def test_names_stand_at_the_end_with_their_value_and_never_touch(draw: Any) -> None:
    """Both series end at 109."""
    ends = [row for row in texts(draw(TWO)) if row["text"] == "109"]
    assert 2 == len(ends)
    assert abs(ends[0]["y"] - ends[1]["y"]) >= theme.TEXT
    assert {"Bath, creative", "Bath, all"} <= {row["text"] for row in texts(draw(TWO))}


def test_a_series_that_ends_early_says_when(draw: Any) -> None:
    text = TWO.replace("Bath, all      | 2023 | 109", "Bath, all      | 2023 | [c]")
    assert "Bath, all (2022)" in {row["text"] for row in texts(draw(text))}


def test_the_first_and_the_last_year_are_named_and_no_years_collide(draw: Any) -> None:
    many = "\n".join(f"Bath, creative | {year} | {100 + year - 1990}" for year in range(1990, 2025))
    years = sorted(
        (row for row in texts(draw(many, base="1990")) if row["text"].startswith(("19", "20"))), key=lambda r: r["x"]
    )
    assert ("1990", "2024") == (years[0]["text"], years[-1]["text"])
    assert all(right["x"] - left["x"] > 24 for left, right in pairwise(years))


def test_a_flat_line_looks_flat(draw: Any) -> None:
    chart = draw("Bath, creative | 2020 | 100\n Bath, creative | 2021 | 100.2")
    low, high = layers(chart, "line")[0]["encoding"]["y"]["scale"]["domain"]
    assert high - low >= 10


def test_the_band_is_the_subjects_alone(draw: Any) -> None:
    text = (
        "A | 2020 | 100 | 99 | 101\n A | 2021 | 110 | 105 | 115\n B | 2020 | 100 | 90 | 110\n B | 2021 | 90 | 80 | 99"
    )
    (band,) = layers(draw(text, subject="A"), "area")
    assert [99, 105] == [row["low"] for row in band["data"]["values"]]


def test_a_band_far_wider_than_all_lines_ends_in_an_arrow(draw: Any) -> None:
    """It would flatten the lines; the scale runs to twice the farthest value, and the band to the scale's end."""
    chart = draw("A | 2020 | 100 | 100 | 100\n A | 2021 | 110 | 5 | 33000", subject="A")
    (band,) = layers(chart, "area")
    low, high = band["encoding"]["y"]["scale"]["domain"]
    assert 220 < high < 260
    assert [(100, 100), (5, high)] == [(row["low"], row["high"]) for row in band["data"]["values"]]
    assert low < 5
    arrows = [row["shape"] for one in layers(chart, "point") for row in one["data"]["values"] if "shape" in row]
    assert ["triangle-up"] == arrows


@pytest.mark.parametrize(
    ("text", "subject", "message"),
    [
        ("\n".join(f"S{n} | 2020 | 100\n S{n} | 2021 | 99" for n in range(5)), "S0", "5 lines, 4 are the most"),
        (TWO, "Ayr", "no line of its subject 'Ayr'"),
        ("A | 2020 | 90\n A | 2021 | 99", "A", "is 90 in the base year 2020"),
        ("A | 2020 | 100\n A | 2020 | 100", "A", "two values in 2020"),
        ("A | 2020 | 100", "A", "the single year 2020"),
        ("A | 2020 | [c]\n A | 2021 | [c]", "A", "no row of its table has a value"),
    ],
)
def test_what_cannot_be_drawn_is_an_error(draw: Any, text: str, subject: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        draw(text, subject=subject)


UNITS = """
    Bath | 2020 | 120
    Bath | 2021 | [c]
    Bath | 2022 | 130
    Bath | 2023 | 150
"""


def test_one_value_through_the_years_stands_on_nought(rows: Rows, fonts: Path, said: dict[str, str]) -> None:
    """A count is drawn from 0, so that its change looks as large as it is; a gap stays a gap."""
    chart = year_line(rows(UNITS, key="year"), fonts=fonts, **said)
    (line,) = layers(chart, "line")
    assert [2022, 2023] == [row["year"] for row in line["data"]["values"]]
    assert 0 == line["encoding"]["y"]["scale"]["domain"][0]
    assert "0" in [row["text"] for row in texts(chart)]


def test_a_quotient_through_the_years_keeps_its_line_of_reference_on_the_scale(
    rows: Rows, fonts: Path, said: dict[str, str]
) -> None:
    table = rows("Bath | 2020 | 1.6\nBath | 2021 | 1.9", key="year")
    (line,) = layers(year_line(table, fonts=fonts, reference=1.0, **said), "line")
    low, high = line["encoding"]["y"]["scale"]["domain"]
    assert low < 1 < 1.9 < high


def test_a_value_that_never_changes_can_be_drawn(rows: Rows, fonts: Path, said: dict[str, str]) -> None:
    chart = year_line(rows("Bath | 2020 | 0\nBath | 2021 | 0", key="year"), fonts=fonts, **said)
    assert [0, 1.0] == layers(chart, "line")[0]["encoding"]["y"]["scale"]["domain"]
