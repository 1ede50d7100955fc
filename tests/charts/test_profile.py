"""Profile: bars of shares from zero, and a line for the whole that is never taken for a bar."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reportgen.charts import theme
from reportgen.charts.chart import Chart
from reportgen.charts.profile import profile_bars
from reportgen.errors import ConfigurationError
from tests.charts.conftest import Rows, labels

MIX = """
    Crafts       | crafts       | 0.1 | 0.05 | 0.2
    Publishing   | publishing   | 0.6 | 0.5  | 0.7
    Music        | music        | 0
    Architecture | architecture | [c]
"""
WHOLE = {"crafts": (0.2, "20 %"), "publishing": (0.3, "30 %"), "music": (None, "[x]"), "architecture": (0.1, "10 %")}


@pytest.fixture
def draw(rows: Rows, fonts: Path, said: dict[str, str]) -> Any:
    def drawn(text: str = MIX, whole: Any = None) -> Chart:
        table = rows(text, key="sub_sector")
        return profile_bars(table, whole or WHOLE, fonts=fonts, heads=("here", "GB"), **said)

    return drawn


def drawn(chart: Chart, kind: str, colour: str = "") -> list[dict[str, Any]]:
    found = [one for one in chart.spec["layer"] if one["mark"]["type"] == kind]
    return [row for one in found if not colour or one["mark"].get("color") == colour for row in one["data"]["values"]]


def test_bars_begin_at_zero_and_are_as_long_as_the_share(draw: Any) -> None:
    long, short, none = drawn(draw(), "rect")
    assert long["x"] == short["x"]
    assert long["x2"] - long["x"] == pytest.approx(6 * (short["x2"] - short["x"]), rel=1e-3)
    assert none["x"] == none["x2"]


def test_the_largest_share_stands_first_and_a_suppressed_share_last_without_a_bar(draw: Any) -> None:
    chart = draw()
    assert ["Publishing", "Crafts", "Music", "Architecture"] == labels(chart)
    assert 3 == len(drawn(chart, "rect"))
    assert "[c]" in [row["text"] for row in drawn(chart, "text")]


def test_the_whole_is_a_line_where_its_share_is_known(draw: Any) -> None:
    chart = draw()
    ticks = drawn(chart, "rule", theme.NAVY)
    assert 3 == len(ticks)
    assert all(tick["x"] == tick["x2"] for tick in ticks)
    assert {"30 %", "[x]"} <= {row["text"] for row in drawn(chart, "text")}


def test_nothing_runs_past_the_columns_of_numbers(draw: Any) -> None:
    chart = draw()
    column = min(row["x"] for row in drawn(chart, "text") if row["align"] == "right")
    for row in (*drawn(chart, "rect"), *drawn(chart, "rule")):
        assert row["x2"] < column


def test_a_mix_of_nothing_is_drawn(draw: Any) -> None:
    none = dict.fromkeys(WHOLE, (0.0, "0 %"))
    assert all(bar["x"] == bar["x2"] for bar in drawn(draw("Music | music | 0", none), "rect"))


def test_what_is_no_share_is_refused(draw: Any) -> None:
    for text, whole in (("Music | music | -0.1", WHOLE), (MIX, {"music": (0.1, "10 %")})):
        with pytest.raises(ConfigurationError, match="a share is negative"):
            draw(text, whole)
