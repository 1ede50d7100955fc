"""The chart linter finds what it is there to find, in a chart that is otherwise as it should be."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reportgen.charts.bars import ranked_bars
from reportgen.charts.chart import Chart
from reportgen.charts.render import to_svg
from tests.charts.conftest import Rows
from tests.lint import BUDGET, cost, faults, over


@pytest.fixture
def bars(rows: Rows, said: dict[str, str], fonts: Path) -> Chart:
    table = rows("Bath | E1 | 2.0 | 1.6 | 2.5\n Stoke | E2 | 0.5 | 0.4 | 0.7")
    return ranked_bars(table, fonts=fonts, subject=["E1"], **said)


def test_a_good_chart_has_no_fault(bars: Chart, fonts: Path) -> None:
    assert [] == faults(bars, to_svg(bars.spec, fonts))


@pytest.mark.parametrize(
    ("part", "text", "fault"),
    [
        ("title", "B" * 81, "a title of 81 letters"),
        ("subtitle", " ", "no subtitle"),
        ("alt", "", "no alt"),
        ("source", "", "no source"),
    ],
)
def test_words_of_a_chart(bars: Chart, fonts: Path, part: str, text: str, fault: str) -> None:
    assert [fault] == faults(replace(bars, **{part: text}), to_svg(bars.spec, fonts))


def broken(chart: Chart, path: list[Any], value: Any) -> Chart:
    """The chart with another value at a place of its specification."""
    spec: Any = copy.deepcopy(chart.spec)
    node = spec
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    return replace(chart, spec=spec)


def test_specifications(bars: Chart, fonts: Path) -> None:
    """A legend, rotated text, bars that begin elsewhere than at zero."""
    drawn = to_svg(bars.spec, fonts)
    [number, *_] = [n for n, layer in enumerate(bars.spec["layer"]) if layer["mark"]["type"] == "bar"]
    cut = [*("layer", number, "encoding", "x", "scale", "domain")]
    assert ["bars that do not start at zero"] == faults(broken(bars, cut, [0.4, 2.5]), drawn)
    assert ["a legend"] == faults(broken(bars, ["layer", number, "encoding", "x", "legend"], {"title": "Jobs"}), drawn)
    assert ["rotated text"] == faults(broken(bars, ["layer", number, "mark", "angle"], 90), drawn)


@pytest.mark.parametrize(
    ("inside", "fault"),
    [
        ("", "no marks"),
        ('<text transform="translate(3,4) rotate(-90)">Bath</text>', "rotated text in the picture"),
        ("<text font-family=\"'DejaVu Serif', serif\">Bath</text>", "a font that is not ours: DejaVu Serif"),
    ],
)
def test_pictures(bars: Chart, inside: str, fault: str) -> None:
    mark = '<path d="M0,0h9" fill="#12436D"/>' if inside else ""
    family = "" if "font-family" in inside or not inside else "font-family=\"'Source Sans 3', sans-serif\" "
    inside = inside.replace("<text ", f"<text {family}")
    assert [fault] == faults(bars, f'<svg xmlns="http://www.w3.org/2000/svg">{mark}{inside}</svg>')


def test_a_fifth_colour(bars: Chart) -> None:
    """Ink and pale grounds are no categories."""
    colours = ["#12436D", "#F46A25", "#28A197", "#801650", "#17212B", "#E6EAEE"]
    marks = [f'<path d="M0,0h9" fill="{colour}"/>' for colour in colours]
    start, end = '<svg xmlns="http://www.w3.org/2000/svg">', "</svg>"
    assert [] == faults(bars, f"{start}{''.join(marks)}{end}")
    [fault] = faults(bars, f'{start}{"".join(marks)}<path d="M0,0h9" fill="#87929B"/>{end}')
    assert fault.startswith("5 categories by colour")


def test_what_a_pack_costs() -> None:
    """Texts, marks and points of its pictures, and the rows of its tables but for those of the annex."""
    picture = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0,0L1,1Z"/><text>Bath</text><rect/></svg>'
    table = "<table><thead><tr><th>Area</th></tr></thead><tbody><tr><td>Bath</td></tr></tbody></table>"
    html = f"<section class='areas'>{table}</section><section class='evidence annex'>{table}</section>"
    costs = cost([picture, picture], html)
    assert {"texts": 2, "marks": 4, "points": 4, "rows": 1} == costs
    assert {} == over(costs, "local")
    assert {"rows": 81} == over({**BUDGET, "rows": 81}, "regional")
    assert {} == over({**BUDGET, "rows": 81}, "national")
