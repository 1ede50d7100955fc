"""
Scatter: areas by two location quotients, each on a doubling scale; how large a circle is says how many.
Takes finished numbers and words; composes no sentence. The line through the circles is the one thing worked out here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from reportgen.charts import theme
from reportgen.charts.chart import Chart, Row
from reportgen.charts.labels import Mark, place_labels
from reportgen.charts.maps import names
from reportgen.charts.picture import Said, Spec, Text, checked, invalid, layer, picture, rules, texts
from reportgen.charts.scales import along, doublings, times
from reportgen.charts.text import wrap

SMALLEST, SMALLEST_BRIGHT, LARGEST = 2.0, 3.0, 10.0  # px, radius of circles
LOWEST, HIGHEST = 1 / 16, 16.0  # the scales never run further; what lies beyond is an arrow at the edge
SIDE, FOOT = 22.0, 47.0  # px left of the plot, and below it: steps, and two lines that name the axis
LINE = 13.0  # px from line to line of what names an axis
ABOVE = 6.0  # px that a name may rise above the plot
STEP, ON_LINE = 5.0, 2.0  # px between the points that keep names off the line; what lying on one costs a name
MOST_STEPS = 6  # labelled on a scale


@dataclass(frozen=True)
class Point:
    """An area: its name, quotients across and up, how many it has, whether it is a subject (in orange and named)."""

    name: str
    x: float
    y: float
    size: float
    bright: bool = False


@dataclass(frozen=True)
class _Plan:
    """Where things stand, px, and the ends of the two scales."""

    wide: float
    bottom: float
    top: float
    across: tuple[float, float]
    up: tuple[float, float]

    def x(self, value: float) -> float:
        return SIDE + (self.wide - LARGEST - SIDE) * along(value, *self.across)  # no circle is cut off at the right

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * along(value, *self.up)


def scatter(
    table: Sequence[Row],
    points: Sequence[Point],
    *,
    fonts: Path,
    across: str,
    up: str,
    line: bool = False,
    width_mm: float = 84,
    height_mm: float = 84,
    **said: Unpack[Said],
) -> Chart:
    """
    Every area as a circle whose surface is its size, subjects in orange with an outline and their name, above all
    others. A quotient beyond a scale, such as one of 0, is an arrow at its edge.
    Args:
        table: rows behind the points.
        across, up: what the axes show, with an arrow.
        line: whether a straight line by least squares through the logarithms of both runs through the circles: ask for
            it where a test says that the two go together.
    Raises: ConfigurationError: the table cannot be drawn (see `picture.checked`), there is no point, or a quotient is
        negative.
    """
    rows = checked(table, said["name"])
    if not points or min(min(point.x, point.y) for point in points) < 0:
        raise invalid(said["name"], "it has no point, or a negative quotient", "check the findings it comes from")
    wide = width_mm * theme.MM
    heads = wrap(up, wide - 4, fonts, theme.TEXT, theme.REGULAR)
    plan = _Plan(
        wide,
        height_mm * theme.MM - FOOT,
        LINE * len(heads) + 10,
        _ends([point.x for point in points]),
        _ends([point.y for point in points]),
    )
    marks = _marks(points, plan)
    ends = _line(points, plan) if line else None
    at_one = [one for step, one in _lined(plan) if step == 1]
    obstacles = [mark for mark, _ in marks]
    obstacles += [dash for one in [*at_one, *([ends] if ends else [])] for dash in _dashes(one)]
    labels = [one for one in place_labels(obstacles, (wide, plan.bottom - 3), fonts, top=plan.top - ABOVE) if one]
    layers = [
        *_grid(plan),
        *([rules(theme.NAVY, 1.4, [ends], strokeDash=[5, 3])] if ends else []),
        _circles([(mark, point) for mark, point in marks], plan),
        *texts([*_axes(plan, across, heads, fonts)]),
        *names(labels),
    ]
    return Chart(spec=picture(wide, height_mm * theme.MM, layers), table=rows, **said)


def fitted(points: Sequence[Point]) -> tuple[float, float] | None:
    """
    The line by least squares through the logarithms (base 2), of points whose quotients are both above 0.
    Returns: its height at a quotient of 1 across, and its slope; None where all stand in one column.

    >>> fitted([Point("A", 1, 2, 1), Point("B", 2, 8, 1), Point("C", 0, 9, 1)])
    (1.0, 2.0)
    """
    pairs = [(math.log2(point.x), math.log2(point.y)) for point in points if point.x > 0 and point.y > 0]
    if not pairs:
        return None
    mean_x, mean_y = (math.fsum(pair[axis] for pair in pairs) / len(pairs) for axis in (0, 1))
    spread = math.fsum((x - mean_x) ** 2 for x, _ in pairs)
    if spread == 0:
        return None
    slope = math.fsum((x - mean_x) * (y - mean_y) for x, y in pairs) / spread
    return mean_y - slope * mean_x, slope


def _ends(values: Sequence[float]) -> tuple[float, float]:
    """From half to double at least, and a little further than the values, within the furthest that a scale may run."""
    shown = [value for value in values if value > 0] or [1.0]
    return max(min(min(shown) / 1.15, 0.45), LOWEST), min(max(max(shown) * 1.15, 2.25), HIGHEST)


def _steps(ends: tuple[float, float]) -> list[float]:
    return doublings(*ends, MOST_STEPS)


def _lined(plan: _Plan) -> list[tuple[float, dict[str, float]]]:
    """The lines of both scales with the step of each."""
    upright = [
        (step, {"x": plan.x(step), "x2": plan.x(step), "y": plan.top, "y2": plan.bottom})
        for step in _steps(plan.across)
    ]
    level = [(step, {"x": SIDE, "x2": plan.wide, "y": plan.y(step), "y2": plan.y(step)}) for step in _steps(plan.up)]
    return [*upright, *level]


def _grid(plan: _Plan) -> list[Spec]:
    both = _lined(plan)
    return [
        rules(theme.HAIRLINE, 0.75, [one for step, one in both if step != 1]),
        rules(theme.INK_3, 1.0, [one for step, one in both if step == 1]),
    ]


def _line(points: Sequence[Point], plan: _Plan) -> dict[str, float] | None:
    """The fitted line from one side of the circles to the other, no further than the plot is high."""
    found = fitted(points)
    if found is None:
        return None
    (height, slope), known = found, [point.x for point in points if point.x > 0]
    ends = [math.log2(max(min(known), plan.across[0])), math.log2(min(max(known), plan.across[1]))]
    if slope:
        bounds = sorted((math.log2(end) - height) / slope for end in plan.up)
        ends = [max(ends[0], bounds[0]), min(ends[1], bounds[1])]
    if ends[0] >= ends[1]:
        return None  # it runs past the plot
    (x, y), (x2, y2) = ((plan.x(2**end), plan.y(2 ** (height + slope * end))) for end in ends)
    return {"x": x, "y": y, "x2": x2, "y2": y2}


def _dashes(ends: dict[str, float]) -> list[Mark]:
    """Points along a line, so that no name lies on it."""
    x, y, x2, y2 = ends["x"], ends["y"], ends["x2"], ends["y2"]
    parts = max(int(math.hypot(x2 - x, y2 - y) / STEP), 1)
    shares = [part / parts for part in range(parts + 1)]
    return [Mark(x + share * (x2 - x), y + share * (y2 - y), 1.0, weighs=ON_LINE, dot=False) for share in shares]


def _marks(points: Sequence[Point], plan: _Plan) -> list[tuple[Mark, Point]]:
    """Circles, the largest at the bottom and subjects above all others."""
    top = max(point.size for point in points) or 1.0
    found = []
    for point in sorted(points, key=lambda point: (point.bright, -point.size, point.name)):
        least = SMALLEST_BRIGHT if point.bright else SMALLEST
        mark = Mark(
            plan.x(point.x),
            plan.y(point.y),
            max(least, LARGEST * math.sqrt(point.size / top)),
            name=point.name if point.bright else "",
            weight=theme.SEMIBOLD,
            weighs=3.0 if point.bright else 1.0,
        )
        found.append((mark, point))
    return found


def _circles(marks: Sequence[tuple[Mark, Point]], plan: _Plan) -> Spec:
    values = [
        {
            "x": mark.x,
            "y": mark.y,
            "size": 4 * mark.radius**2,  # Vega's size of a circle is the square around it
            "fill": theme.ACCENT if point.bright else theme.CONTEXT,
            "edge": theme.INK if point.bright else theme.PAPER,
            "line": 0.9 if point.bright else 0.4,
            "shape": _shape(point, plan),
        }
        for mark, point in marks
    ]
    mark = {"type": "point", "filled": True, "opacity": 1, "strokeWidth": {"expr": "datum.line"}}
    return layer(mark, values, x="x", y="y", size="size", fill="fill", stroke="edge", shape="shape")


def _shape(point: Point, plan: _Plan) -> str:
    if point.x < plan.across[0] or point.x > plan.across[1]:
        return "triangle-left" if point.x < plan.across[0] else "triangle-right"
    if point.y < plan.up[0] or point.y > plan.up[1]:
        return "triangle-down" if point.y < plan.up[0] else "triangle-up"
    return "circle"


def _axes(plan: _Plan, across: str, heads: Sequence[str], fonts: Path) -> list[Text]:
    grey = theme.INK_2
    foot = wrap(across, plan.wide - SIDE, fonts, theme.TEXT, theme.REGULAR)
    return [
        *(Text(0, LINE * (n + 1) - 3, line, colour=grey) for n, line in enumerate(heads)),
        *(
            Text(plan.x(step), plan.bottom + 14, times(step), align="center", colour=grey)
            for step in _steps(plan.across)
        ),
        *(Text(SIDE - 6, plan.y(step) + 3.7, times(step), align="right", colour=grey) for step in _steps(plan.up)),
        *(
            Text(plan.wide, plan.bottom + 29 + LINE * n, line, align="right", colour=grey)
            for n, line in enumerate(foot)
        ),
    ]
