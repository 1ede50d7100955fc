"""The page on where concentration lies: which places are above the national share, in all and in each sub-sector."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.releases import Analysed, words

NATION = "K02000001"


@pytest.fixture(scope="module")
def national(illustrative: Analysed) -> str:
    return words(illustrative.written(NATION).html)


def test_places_are_counted_on_each_side_of_the_national_share(illustrative: Analysed, national: str) -> None:
    """Every place is counted once: above, below, not to be told, or without a number."""
    rows = illustrative.findings.rows("location-quotient", year=illustrative.findings.latest(), sub_sector="all")
    rows = rows[rows["area"].isin(illustrative.release.at_level("local"))]
    sure = rows[rows["status"] == "ok"]
    above, below = (sure["low"] > 1).sum(), (sure["high"] < 1).sum()
    left = rows["value"].notna().sum() - above - below
    assert f"Of {rows['value'].notna().sum()} places, {above} have clearly more" in national
    assert f"For {left} places it is open; for {below} the share is clearly below" in national


def test_the_small_maps_show_every_sub_sector_and_its_places(illustrative: Analysed) -> None:
    """As many rows of data as places that the alternative text counts."""
    [figure] = [one for one in illustrative.written(NATION).brief.figures if one.chart.name == "places-panels"]
    told = sum(int(n) for n in re.findall(r"\d+", figure.chart.alt.split("sub-sector:")[1]))
    assert told == len(figure.chart.table)
    assert all(row.low is not None and row.low > 1 for row in figure.chart.table)


def test_small_maps_name_all_of_few_places_and_the_first_of_many(illustrative: Analysed) -> None:
    figures = {one.chart.name: one.chart for one in illustrative.written(NATION).brief.figures}
    chart = figures["places-panels"]
    texts = [
        row["text"] for one in chart.spec["layer"] if one["mark"]["type"] == "text" for row in one["data"]["values"]
    ]
    counted = Counter(row.label.split(": ")[0] for row in chart.table)
    many = sum(count > 5 for count in counted.values())
    assert many == sum(bool(re.fullmatch(r"and \d+ more", text)) for text in texts)
    assert {"Birmingham", "London"} <= set(texts)


def test_maps_of_steps_have_no_dot_for_places_without_a_flagship(illustrative: Analysed) -> None:
    """They are counted beside the others, and nothing in them is to be backed."""
    figures = {one.chart.name: one.chart for one in illustrative.written(NATION).brief.figures}
    chart = figures["recommendations-maps"]
    dots = [row for one in chart.spec["layer"] if one["mark"]["type"] == "point" for row in one["data"]["values"]]
    areas, mirrored = re.search(r"(\d+) areas, (\d+) of them for no flagship", chart.alt).groups()  # type: ignore[union-attr]
    first = [dot for dot in dots if dot["x"] <= chart.spec["width"] / 3 and dot["y"] <= chart.spec["height"] / 2]
    assert int(areas) - int(mirrored) == len(first)
