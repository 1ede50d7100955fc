"""The rule strip: places, their ranks, and which rules select them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reportgen.charts import theme
from reportgen.charts.chart import Chart
from reportgen.charts.picture import Said
from reportgen.charts.render import to_svg
from reportgen.charts.rows import Column
from reportgen.charts.rule_strip import rule_strip
from reportgen.errors import ConfigurationError
from tests.charts.conftest import Rows

PLACES = """
    Bristol | E1 | 1.40 | 1.28 | 1.54
    Bath    | E2 | 1.50 | 1.23 | 1.83
    Llandrindod Wells and Builth Wells | E3 | 0.90
"""
RANKS = """
    Bristol | E1 | 5 | 4 | 6
    Bath    | E2 | 16 | 13 | 20
    Llandrindod Wells and Builth Wells | E3 | [c]
"""
ANSWERS = {"ours": "Bristol | E1 | 1\nBath | E2 | 0", "other": "Bristol | E1 | 1\nBath | E2 | [x]"}
GROUPS = {"Ours": {"ours": "J"}, "Cluster Observatory": {"other": "J"}}
HEADS = {"number": "Rank", "value": "LQ", "interval": "interval", "rank": "by units", "plot": "← higher rank"}
SAID = Said(name="strip", title="Bristol is selected", subtitle="2023", alt="Bristol is selected.", source="businesses")


@pytest.fixture
def draw(rows: Rows, fonts: Path) -> Any:
    def drawn(ranks: str = RANKS) -> Chart:
        answers = [row for one, text in ANSWERS.items() for row in rows(text, variant=one)]
        return rule_strip(
            rows(PLACES),
            rows(ranks),
            answers,
            fonts=fonts,
            groups=GROUPS,
            ours="ours",
            numbers=["1", "[z]", "[z]"],
            words=HEADS,
            after=[Column("In draws", ["100 %", "97 %", "[x]"])],
            line_after=1,
            **SAID,
        )

    return drawn


def layers(chart: Chart, kind: str) -> list[list[dict[str, Any]]]:
    return [one["data"]["values"] for one in chart.spec["layer"] if one["mark"]["type"] == kind]


def test_a_dot_is_filled_where_the_rule_selects_hollow_where_not_and_absent_without_an_answer(draw: Any) -> None:
    *_, answers = layers(draw(), "point")
    assert [theme.ACCENT, theme.PAPER, theme.ACCENT] == [dot["fill"] for dot in answers]
    ours, other = answers[0]["x"], answers[2]["x"]
    assert [ours, ours, other] == [dot["x"] for dot in answers]


def test_dots_of_a_place_stand_in_its_row(draw: Any) -> None:
    *_, answers = layers(draw(), "point")
    heights = {row["text"]: row["y"] for row in layers(draw(), "text")[0]}
    assert answers[0]["y"] == pytest.approx(heights["Bristol"] - 4, abs=0.5)
    assert answers[1]["y"] == pytest.approx(heights["Bath"] - 4, abs=0.5)


def test_a_rank_has_its_interval_on_a_scale_from_the_first_to_the_last(draw: Any) -> None:
    ranks, _ = layers(draw(), "point")
    said = {row["text"]: row for row in layers(draw(), "text")[0]}
    assert 2 == len(ranks)
    assert {"4.0–6.0", "13.0–20.0", "[c]"} <= set(said)
    right = said["20"]["x"]
    assert ranks[0]["x"] < ranks[1]["x"] < right


def test_without_any_rank_the_rules_are_drawn_all_the_same(draw: Any) -> None:
    unknown = "Bristol | E1 | [x]\nBath | E2 | [x]\nLlandrindod Wells and Builth Wells | E3 | [x]"
    assert [3] == [len(dots) for dots in layers(draw(unknown), "point")]


def test_the_rule_that_decides_is_shaded(draw: Any) -> None:
    (band,) = layers(draw(), "rect")
    *_, answers = layers(draw(), "point")
    assert band[0]["x"] < answers[0]["x"] < band[0]["x2"] < answers[2]["x"]


def test_ranks_of_other_places_are_refused(draw: Any) -> None:
    with pytest.raises(ConfigurationError, match="ranks are not of its places"):
        draw(RANKS.replace("E2", "E9"))


def test_columns_follow_each_other_and_nothing_leaves_the_picture(draw: Any, fonts: Path) -> None:
    chart = draw()
    texts = layers(chart, "text")[0]
    heads = [
        next(row["x"] for row in texts if row["text"] == head)
        for head in ("Rank", "LQ", "interval", "by units", "In draws")
    ]
    assert heads == sorted(heads)
    assert heads[-1] <= chart.spec["width"] + 0.5
    assert ">Bristol<" in to_svg(chart.spec, fonts)
