"""Parts: a change taken apart, all of its bars on one scale."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.charts import theme
from reportgen.charts.chart import Chart, Row
from reportgen.charts.parts import part_bars
from reportgen.charts.picture import Said
from reportgen.charts.render import to_svg
from reportgen.errors import ConfigurationError
from reportgen.resources import bundled
from tests.charts.conftest import Rows

HEADS = {"nation": "Whole economy", "mix": "Mix", "own": "Its own", "sum": "Change"}
TABLES = {
    "nation": "Bath | E1 | 400\nAyr | E2 | 50\nGB | K1 | 9000",
    "mix": "Bath | E1 | -100\nAyr | E2 | 25\nGB | K1 | 4000",
    "own": "Bath | E1 | 200 | 150 | 250\nAyr | E2 | -50 | -90 | 20\nGB | K1 | 0",
    "sum": "Bath | E1 | 500\nAyr | E2 | 25\nGB | K1 | 13000",
}
SAID = Said(name="parts", title="Bath gained more", subtitle="Jobs", alt="Bath gained 200.", source="illustrative")


def table(rows: Rows, texts: dict[str, str]) -> list[Row]:
    return [row for one, text in texts.items() for row in rows(text, indicator=one)]


@pytest.fixture
def draw(rows: Rows, fonts: Path) -> Any:
    def drawn(**changes: str) -> Chart:
        found = table(rows, {**TABLES, **changes})
        return part_bars(
            found, fonts=fonts, heads=HEADS, own="own", decided=["E1"], total="K1", interval_head="Interval", **SAID
        )

    return drawn


def layers(chart: Chart, kind: str) -> list[list[dict[str, Any]]]:
    return [one["data"]["values"] for one in chart.spec["layer"] if one["mark"]["type"] == kind]


def lengths(chart: Chart) -> list[float]:
    return [bar["x2"] - bar["x"] for bars in layers(chart, "rect") for bar in bars]


def test_bars_are_on_one_scale_and_signed_but_for_the_own_part_which_has_its_own(draw: Any) -> None:
    bath, ayr, bath_mix, _, bath_own, ayr_own = lengths(draw())
    assert bath / ayr == pytest.approx(8, rel=0.001)
    assert bath / bath_mix == pytest.approx(-4, rel=0.001)
    assert bath_own / ayr_own == pytest.approx(-4, rel=0.001)


def test_an_own_part_that_is_small_beside_the_others_can_be_seen(draw: Any) -> None:
    """It is what the title speaks of; on the common scale it would be a line."""
    chart = draw(own="Bath | E1 | 2 | 1 | 3\nAyr | E2 | -1 | -2 | 0\nGB | K1 | 0")
    assert abs(lengths(chart)[4]) > 20


def test_the_whole_stands_in_numbers_alone(draw: Any) -> None:
    """Its bars would dwarf all others."""
    assert 6 == len(lengths(draw()))
    assert "9000" in [row["text"] for row in layers(draw(), "text")[0]]


def test_the_bar_of_its_own_part_is_filled_where_the_interval_decides(draw: Any) -> None:
    fills = [bar["fill"] for bars in layers(draw(), "rect") for bar in bars]
    assert [*[theme.CONTEXT] * 4, theme.ACCENT, theme.PAPER] == fills


def test_a_part_that_is_not_known_has_its_mark_and_no_bar(draw: Any) -> None:
    chart = draw(mix="Bath | E1 | [x]\nAyr | E2 | 25\nGB | K1 | 4000")
    assert 5 == len(lengths(chart))
    assert "[x]" in [row["text"] for row in layers(chart, "text")[0]]


def test_all_parts_have_the_same_rows(draw: Any) -> None:
    with pytest.raises(ConfigurationError, match="has other rows than 'own'"):
        draw(mix="Bath | E1 | 1")


def test_the_picture_is_drawn(draw: Any, fonts: Path) -> None:
    assert ">Whole economy<" in to_svg(draw().spec, fonts)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(st.sampled_from((0, 1, -3, 12, 870, -45_000, 1_200_000)), min_size=6, max_size=6))
def test_nothing_leaves_the_picture_and_columns_keep_apart(rows: Rows, values: list[int]) -> None:
    """Whatever the numbers are: none, alike, or a thousand times as large as others."""
    nation, mix, own = (f"Bath | E1 | {values[n]}\nAyr | E2 | {values[n + 1]}" for n in (0, 2, 4))
    found = table(rows, {"nation": nation, "mix": mix, "own": own, "sum": nation})
    chart = part_bars(found, fonts=bundled().fonts, heads=HEADS, own="own", decided=[], **SAID)
    wide = chart.spec["width"]
    marks = [
        x for kind in ("rect", "rule") for group in layers(chart, kind) for row in group for x in (row["x"], row["x2"])
    ]
    assert all(-0.01 <= x <= wide + 0.5 for x in marks)
    heads = [row["x"] for row in layers(chart, "text")[0] if row["text"] in HEADS.values()]
    assert heads == sorted(heads)
