"""The fan: what has been, what would come, and how sure that is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reportgen.charts.chart import Chart
from reportgen.charts.fan import fan
from reportgen.charts.signs import ABOVE_ZERO, signs
from reportgen.errors import ConfigurationError
from tests.charts.conftest import Rows

YEARS = """
    Wales | 2021 | 90
    Wales | 2022 | 95
    Wales | 2023 | 100 | 98 | 102
    Wales | 2024 | 104 | 99 | 110
    Wales | 2025 | 108 | 97 | 120
"""


@pytest.fixture
def draw(rows: Rows, fonts: Path, said: dict[str, str]) -> Any:
    def drawn(text: str, last: str = "2023") -> Chart:
        return fan(rows(text, key="year"), fonts=fonts, last=last, **said)

    return drawn


def layers(chart: Chart, kind: str) -> list[dict[str, Any]]:
    return [one for one in chart.spec["layer"] if one["mark"]["type"] == kind]


def test_what_is_known_is_a_whole_line_and_what_is_not_a_dashed_one(draw: Any) -> None:
    known, ahead = layers(draw(YEARS), "line")
    assert ("strokeDash" in known["mark"], "strokeDash" in ahead["mark"]) == (False, True)
    assert [len(one["data"]["values"]) for one in (known, ahead)] == [3, 3]
    assert known["data"]["values"][-1] == ahead["data"]["values"][0]


def test_the_band_begins_in_the_last_known_value_and_widens(draw: Any) -> None:
    [band] = layers(draw(YEARS), "area")
    heights = [row["y"] - row["y2"] for row in band["data"]["values"]]
    assert heights[0] == 0
    assert heights == sorted(heights)
    assert len(heights) == 3


def test_without_intervals_there_is_no_band(draw: Any) -> None:
    chart = draw("Wales | 2023 | 100\nWales | 2024 | 104")
    assert not layers(chart, "area")


def test_a_year_without_a_value_is_a_gap(draw: Any) -> None:
    known = layers(draw(YEARS.replace("2022 | 95", "2022 | [c]")), "line")
    assert [len(one["data"]["values"]) for one in known] == [1, 1, 3]


def test_the_end_of_the_line_has_its_value_and_its_interval(draw: Any) -> None:
    words = [row["text"] for row in layers(draw(YEARS), "text")[0]["data"]["values"]]
    assert {"108", "2025"} <= set(words)
    assert any("97" in word and "120" in word for word in words)


def test_a_scale_that_begins_above_zero_owns_up_to_it(draw: Any) -> None:
    assert ABOVE_ZERO in signs(draw(YEARS).spec)
    low = "Wales | 2023 | 10 | 8 | 12\nWales | 2024 | 10 | 0 | 20"
    assert ABOVE_ZERO not in signs(draw(low).spec)


def test_the_table_has_all_years_in_their_order(draw: Any) -> None:
    assert [row.year for row in draw(YEARS).table] == ["2021", "2022", "2023", "2024", "2025"]


@pytest.mark.parametrize(
    ("text", "last", "what"),
    [
        (YEARS, "2025", "nothing is projected beyond 2025"),
        (YEARS.replace("2023 | 100 | 98 | 102", "2023 | [c]"), "2023", "its last year 2023 has no value"),
        (YEARS + "    Wales | 2024 | 3", "2023", "it has two values in 2024"),
    ],
    ids=["nothing ahead", "last not known", "twice"],
)
def test_what_cannot_be_drawn_is_refused(draw: Any, text: str, last: str, what: str) -> None:
    with pytest.raises(ConfigurationError, match=what):
        draw(text, last)
