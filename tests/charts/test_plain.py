"""Plain: what it draws is to the byte what the engine draws, and what it does not know it leaves to the engine."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.charts import plain, theme
from reportgen.charts.picture import Text, layer, picture, rules, texts
from reportgen.charts.render import by_engine
from reportgen.resources import bundled
from tests.releases import illustrative

FONTS = bundled().fonts
PLACE = st.floats(-40, 700).map(lambda value: round(value, 3))
WORDS = st.text(st.sampled_from("Bath <&> \"'’é−"), max_size=12)
SHAPES = [
    *("circle", "triangle-up", "triangle-down", "triangle-left", "triangle-right"),
    *("M-1,-1L1,1M-1,1L1,-1", "M0,-1L0,1M-1,0L1,0"),
]
AREAS = [
    "E12000009",
    "E30000180",
    pytest.param("N92000002", marks=pytest.mark.slow),
    pytest.param("K02000001", marks=pytest.mark.slow),
]


def scale(kind: str, domain: list[float], **more: Any) -> dict[str, Any]:
    """A channel whose field is measured along a hundred pixels."""
    its = {"type": kind, "domain": domain, "range": [20.0, 120.0], **more}
    return {"field": "value", "type": "quantitative", "scale": its, "axis": None}


@pytest.mark.parametrize("area", AREAS)
def test_charts_of_packs_need_no_engine_and_are_as_it_draws_them(area: str, fonts: Path) -> None:
    figures = illustrative().written(area).brief.figures
    assert len(figures) > 3
    for figure in figures:
        assert by_engine(figure.chart.spec, fonts) == plain.drawn(figure.chart.spec), figure.chart.name


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(PLACE, PLACE, PLACE, PLACE), min_size=1, max_size=6))
def test_lines_and_boxes_stand_where_the_engine_puts_them(places) -> None:
    rows = [dict(zip(("x", "y", "x2", "y2"), each, strict=True)) for each in places]
    box = {"type": "rect", "fill": "url(#hatch-grey)", "stroke": theme.INK, "strokeWidth": 0.7}
    across = {name: name for name in ("x", "y", "x2", "y2")}
    spec = picture(700, 300, [rules(theme.INK, 1.25, rows, strokeDash=[2, 2.5]), layer(box, rows, **across)])
    assert by_engine(spec, FONTS) == plain.drawn(spec)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(PLACE, PLACE, WORDS, st.sampled_from(["left", "center", "right"])), min_size=1, max_size=6))
def test_texts_are_written_as_the_engine_writes_them(lines) -> None:
    spec = picture(700, 300, texts([Text(*line) for line in lines], halo=True))
    assert by_engine(spec, FONTS) == plain.drawn(spec)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(PLACE, PLACE, st.floats(1, 400), st.sampled_from(SHAPES)), min_size=1, max_size=6))
def test_points_have_the_shapes_of_the_engine(points) -> None:
    rows = [dict(zip(("x", "y", "size", "shape"), each, strict=True)) for each in points]
    mark = {"type": "point", "filled": True, "opacity": 1, "color": theme.INK}
    spec = picture(700, 300, [layer(mark, rows, x="x", y="y", size="size", shape="shape")])
    assert by_engine(spec, FONTS) == plain.drawn(spec)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(PLACE, min_size=2, max_size=9, unique=True).map(sorted),
    st.sampled_from([scale("linear", [-50.0, 710.0]), scale("linear", [7, 95], zero=False)]),
)
def test_curves_follow_their_scale(values, along) -> None:
    rows = [{"value": value, "y": value / 3, "y2": value / 2, "piece": at // 5} for at, value in enumerate(values)]
    line = {"type": "line", "color": theme.NAVY, "strokeWidth": 1.8, "strokeJoin": "round", "strokeDash": [4, 3]}
    area = {"type": "area", "color": theme.ACCENT, "opacity": 0.22}
    spec = picture(700, 300, [layer(area, rows, x=along, y="y", y2="y2"), layer(line, rows, x=along, y="y")])
    assert by_engine(spec, FONTS) == plain.drawn(spec)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0.07, 30), min_size=1, max_size=6))
def test_quotients_stand_on_a_logarithmic_scale(values) -> None:
    mark = {"type": "point", "filled": False, "opacity": 1, "size": 30, "stroke": theme.INK, "strokeWidth": 0.9}
    rows = [{"value": value, "y": 10.0} for value in values]
    spec = picture(700, 300, [layer(mark, rows, x=scale("log", [0.0625, 32.0], base=2), y="y")])
    assert by_engine(spec, FONTS) == plain.drawn(spec)


def known() -> dict[str, Any]:
    """A specification that is drawn without the engine."""
    rows = [{"value": 0.0, "y": 1.0}, {"value": 2.0, "y": 3.0}]
    line = {"type": "line", "color": theme.INK, "strokeWidth": 1, "strokeJoin": "round"}
    return picture(100, 50, [layer(line, rows, x=scale("linear", [0.0, 2.0]), y="y")])


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("config", "padding"), 5),
        (("title",), "A title"),
        (("layer", 0, "mark", "type"), "tick"),
        (("layer", 0, "mark", "interpolate"), "monotone"),
        (("layer", 0, "transform"), [{"filter": "datum.y > 2"}]),
        (("layer", 0, "data", "format"), {"type": "json"}),
        (("layer", 0, "encoding", "x", "scale", "type"), "sqrt"),
        (("layer", 0, "encoding", "x", "scale", "nice"), True),
        (("layer", 0, "encoding", "x", "scale", "domain"), [1.0, 2.0]),
        (("layer", 0, "encoding", "x", "axis"), {"title": "Year"}),
        (("layer", 0, "encoding", "tooltip"), {"field": "y"}),
        (("layer", 0, "data", "values", 0, "y"), None),
        (("layer", 0, "data", "values", 0, "value"), 9.0),
    ],
)
def test_what_it_does_not_know_is_left_to_the_engine(path, value) -> None:
    assert plain.drawn(known()) is not None
    spec: Any = copy.deepcopy(known())
    spec["config"] = dict(spec["config"])
    node = spec
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    assert plain.drawn(spec) is None
