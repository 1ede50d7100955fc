"""Pairs: a group and the whole in each place, as dots with their intervals, and the columns beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reportgen.charts import theme
from reportgen.charts.chart import Chart
from reportgen.charts.pairs import paired_dots
from reportgen.charts.render import to_svg
from reportgen.charts.rows import Column
from reportgen.errors import ConfigurationError
from tests.charts.conftest import Rows, labels

GROUP = """
    Bristol | E1 | 0.58 | 0.48 | 0.68
    Bath    | E2 | 0.40 | 0.20 | 0.60
    Ayr     | E3 | [c]
"""
WHOLE = """
    Bristol | E1 | 0.38 | 0.36 | 0.40
    Bath    | E2 | 0.36 | 0.33 | 0.39
    Ayr     | E3 | 0.30 | 0.28 | 0.32
"""
APART = Column("Difference", ["20 pp", "4 pp", "[c]"], "strong")


@pytest.fixture
def draw(rows: Rows, fonts: Path, said: dict[str, str]) -> Any:
    def drawn(group: str = GROUP, whole: str = WHOLE, columns: tuple[Column, ...] = (APART,)) -> Chart:
        names = ("Creative", "All")
        return paired_dots(
            rows(group), rows(whole), fonts=fonts, names=names, columns=columns, decided=["E1"], last="E3", **said
        )

    return drawn


def layers(chart: Chart, kind: str) -> list[dict[str, Any]]:
    return [one for one in chart.spec["layer"] if one["mark"]["type"] == kind]


def marks(chart: Chart) -> list[list[dict[str, Any]]]:
    return [one["data"]["values"] for one in layers(chart, "point")]


def words(chart: Chart) -> dict[str, dict[str, Any]]:
    return {row["text"]: row for one in layers(chart, "text") for row in one["data"]["values"]}


def test_a_dot_is_filled_where_the_difference_is_decided(draw: Any) -> None:
    whole, group = marks(draw())
    assert [theme.ACCENT, theme.PAPER] == [dot["fill"] for dot in group]
    assert [theme.CONTEXT] * 3 == [dot["fill"] for dot in whole]


def test_a_place_without_a_value_of_the_group_shows_the_whole_and_its_mark(draw: Any) -> None:
    chart = draw()
    whole, group = marks(chart)
    assert (3, 2) == (len(whole), len(group))
    assert "[c]" in words(chart)


def test_both_values_of_a_row_lie_on_the_same_scale_from_nought(draw: Any) -> None:
    whole, group = marks(draw())
    nought = words(draw())["0"]["x"]
    assert (group[0]["x"] - nought) / (whole[0]["x"] - nought) == pytest.approx(0.58 / 0.38, rel=0.001)


def test_the_names_over_the_first_row_do_not_touch(draw: Any) -> None:
    """Even where the two values are the same."""
    same = "Bristol | E1 | 0.38 | 0.30 | 0.46"
    said = words(draw(same, same, (Column("Difference", ["0 pp"]),)))
    assert abs(said["All"]["x"] - said["Creative"]["x"]) > 20


def test_the_table_has_the_rows_of_both(draw: Any) -> None:
    chart = draw()
    assert ["Bristol", "Bath", "Ayr"] * 2 == labels(chart)
    assert [0.38, 0.36, 0.30] == [row.value for row in chart.table[3:]]


def test_two_series_of_different_areas_are_refused(draw: Any) -> None:
    with pytest.raises(ConfigurationError, match="not of the same areas"):
        draw(whole=WHOLE.replace("E2", "E9"))


def test_a_column_has_a_cell_a_row(draw: Any) -> None:
    with pytest.raises(ConfigurationError, match="as many cells"):
        draw(columns=(Column("Difference", ["20 pp"]),))


def test_the_picture_is_drawn(draw: Any, fonts: Path) -> None:
    assert ">Bristol<" in to_svg(draw().spec, fonts)
