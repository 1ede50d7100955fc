"""
Lines: growth as index lines, or one value through the years, each line named at its end.
Takes finished index numbers and words; computes no index and composes no sentence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, Unpack

from reportgen.charts import theme
from reportgen.charts.chart import Chart, Row
from reportgen.charts.picture import Said, Spec, Text, checked, invalid, known, layer, picture, rules, texts
from reportgen.charts.scales import round_step
from reportgen.charts.text import spread, width, wrap

MOST = 4  # series
TOP, FOOT = 24.0, 24.0  # px above and below the plot
FARTHEST = 2  # the scale runs to at most so many times the farthest value: else a wide band would flatten all lines
_LINE = theme.TEXT * 1.18  # px from line to line of a name
SAMPLE = 15.0  # px, length of the piece of its line before a name
OUTLINE = {"stroke": theme.INK, "strokeWidth": 0.9}  # in grey, orange is as light as others; this tells it apart
_LOOKS: Sequence[tuple[str, list[float] | None, float]] = (
    (theme.ACCENT, None, 2.4),
    (theme.NAVY, None, 1.8),
    (theme.CONTEXT, None, 1.8),
    (theme.NAVY, [2, 2.5], 1.8),
)


@dataclass(frozen=True)
class _Line:
    """
    One series that has a value.
    Args: rank: 0 of the subject. values: by year. year: of its last value, which is printed as `text`; name: in lines.
    """

    rank: int
    values: Mapping[int, float]
    year: int
    text: str
    name: Sequence[str]

    @property
    def look(self) -> tuple[str, list[float] | None, float]:
        """Its colour, dashes and thickness."""
        return _LOOKS[self.rank]

    @property
    def weight(self) -> int:
        return theme.REGULAR if self.rank else theme.SEMIBOLD


@dataclass(frozen=True)
class _Plan:
    """
    The plot from left to right and its bottom, where names begin, px; what its scales run over, the value that the
    line of reference stands at, and how a number stands on the axis.
    """

    left: float
    right: float
    bottom: float
    names: float
    first: int
    last: int
    low: float
    high: float
    reference: float
    tick: Callable[[float], str]

    @property
    def x_scale(self) -> dict[str, Any]:
        return {"type": "linear", "domain": [self.first, self.last], "range": [self.left, self.right], "zero": False}

    @property
    def y_scale(self) -> dict[str, Any]:
        return {"type": "linear", "domain": [self.low, self.high], "range": [self.bottom, TOP], "zero": False}

    def x(self, year: float) -> float:
        return self.left + (self.right - self.left) * (year - self.first) / (self.last - self.first)

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - TOP) * (value - self.low) / (self.high - self.low)


def indexed_lines(
    table: Sequence[Row],
    *,
    fonts: Path,
    subject: str,
    base: str,
    words: Mapping[str, str] | None = None,
    width_mm: float = 114.67,
    height_mm: float = 62,
    **said: Unpack[Said],
) -> Chart:
    """
    One line a series, the first year of them all at 100, each with its name and last value at its right end.
    A year without a value is a gap, never bridged; a value alone between gaps is a dot. The subject's band runs from
    its low to its high values where it has them, and ends in arrows where it runs on beyond the scale. A series
    without any value has no line: say so beneath.
    Args:
        table: rows of findings, one a series and year; `label` names the series, `value` is its index (100 in the base
            year), `text` the index as printed. At most four series.
        subject: label of the series in orange. base: the base year.
        words: of `theme.words`: value (what the numbers are, above the plot; without it the base is not said), base.
    Raises: ConfigurationError: the table cannot be drawn (see `picture.checked`); more than four series; no series of
        the subject's name; a series has two values for one year, or its value in the base year is not 100;
        there is only one year.
    """
    series = _series(table, said["name"], subject)
    _check_base(table, said["name"], int(base))
    say = theme.words(words)
    # At least ten points of the index from bottom to top, so that a flat line looks flat.
    title = f"↑ {say['value']}, {base} {say['base']}" if say["value"] else ""
    size = (width_mm, height_mm)
    spec = _drawn(series, fonts, size, title=title, reference=100.0, least=10.0, tick=theme.tick)
    return Chart(spec=spec, table=[row for rows in series for row in rows], **said)


def year_line(
    table: Sequence[Row],
    *,
    fonts: Path,
    reference: float = 0.0,
    tick: Callable[[float], str] = theme.tick,
    width_mm: float = 114.67,
    height_mm: float = 62,
    **said: Unpack[Said],
) -> Chart:
    """
    One value through the years, with its interval as a band; gaps are never bridged.
    Args:
        table: rows of findings of one series, one a year; `label` names it.
        reference: the value that the line of reference stands at; always on the scale.
        tick: how a number stands on the axis.
    Raises: ConfigurationError: the table cannot be drawn (see `picture.checked`), a year is in it twice, or there is
        only one.
    """
    [rows] = _series(table, said["name"], table[0].label)
    spec = _drawn([rows], fonts, (width_mm, height_mm), title="", reference=reference, least=0.0, tick=tick)
    return Chart(spec=spec, table=rows, **said)


def _drawn(
    series: Sequence[Sequence[Row]],
    fonts: Path,
    size: tuple[float, float],
    *,
    title: str,
    reference: float,
    least: float,
    tick: Callable[[float], str],
) -> Spec:
    """The picture, of a size in mm. `least`: what the scale runs over at least; `title`: what stands above the axis."""
    wide, high = size[0] * theme.MM, size[1] * theme.MM
    lines = _lines(series, fonts, 0.3 * wide)
    plan = _plan(series, lines, fonts, wide, high, reference, least, tick)
    return picture(
        wide,
        high,
        [
            *_grid(plan),
            *_band(series[0], plan),
            *(one for line in reversed(lines) for one in _line(line, plan)),
            *_labels(lines, plan),
            *texts(_words(plan, title, fonts)),
        ],
    )


def _series(table: Sequence[Row], name: str, subject: str) -> list[list[Row]]:
    """The rows of each series by year, the subject's first; errors as of the charts."""
    rows = checked(table, name)
    labels = dict.fromkeys([subject, *(row.label for row in rows)])
    if len(labels) > MOST:
        raise invalid(
            name, f"it has {len(labels)} lines, {MOST} are the most", "redesign: fewer series, or small multiples"
        )
    if not any(row.label == subject and row.value is not None for row in rows):
        raise invalid(name, f"no line of its subject {subject!r} has a value", "ask for the chart only where it has")
    series = [sorted((row for row in rows if row.label == label), key=_year) for label in labels]
    twice = next((one for some in series for one, next_ in pairwise(some) if _year(one) == _year(next_)), None)
    if twice is not None:
        raise invalid(name, f"{twice.label!r} has two values in {twice.year}", "give each series its own label")
    years = sorted({_year(row) for row in rows})
    if len(years) < 2:
        raise invalid(name, f"it has the single year {years[0]}", "growth needs two years; say it in words")
    return series


def _year(row: Row) -> int:
    return int(row.year)


def _check_base(rows: Sequence[Row], name: str, base: int) -> None:
    for row in rows:
        if _year(row) == base and row.value is not None and abs(row.value - 100) > 1e-6:
            raise invalid(
                name, f"{row.label!r} is {row.value:g} in the base year {base}", "divide by the base year first"
            )


def _lines(series: Sequence[Sequence[Row]], fonts: Path, room: float) -> list[_Line]:
    """The series that have a value, each with its name, which has the year behind it where that is not the last."""
    last = max(_year(row) for rows in series for row in rows)
    lines = []
    for rank, rows in enumerate(series):
        values = {_year(row): row.value for row in rows if row.value is not None}
        if not values:
            continue
        end = next(row for row in reversed(rows) if row.value is not None)
        name = f"{end.label} ({end.year})" if _year(end) < last else end.label
        line = _Line(rank, values, _year(end), end.text, ())
        lines.append(replace(line, name=wrap(name, room, fonts, theme.TEXT, line.weight)))
    return lines


def _plan(
    series: Sequence[Sequence[Row]],
    lines: Sequence[_Line],
    fonts: Path,
    wide: float,
    high: float,
    reference: float,
    least: float,
    tick: Callable[[float], str],
) -> _Plan:
    values = [reference, *(value for line in lines for value in line.values.values())]
    reach = FARTHEST * max(map(abs, values)) or math.inf
    ends = known(end for row in series[0] for end in (row.low, row.high))
    shown = [*values, *(min(max(end, -reach), reach) for end in ends)]
    lowest, highest = min(shown), max(shown)
    spare = max(0.06 * (highest - lowest), (least - (highest - lowest)) / 2) or 1.0
    names = max(width(part, fonts, weight=line.weight) for line in lines for part in line.name)
    figures = max(width(line.text, fonts, weight=theme.SEMIBOLD) for line in lines)
    years = [_year(row) for rows in series for row in rows]
    names_at = wide - names
    from_nought = lowest == reference == 0  # nothing can lie below
    low, top = lowest - (0.0 if from_nought else spare), highest + spare
    right = names_at - _sample(lines) - figures - 18
    plan = _Plan(0, right, high - FOOT, names_at, min(years), max(years), low, top, reference, tick)
    return replace(plan, left=max(width(tick(step), fonts) for step in _steps(plan)) + 8)


def _steps(plan: _Plan) -> list[float]:
    """Three to five round values on the scale, the reference among them where it lies on the round."""
    rough = (plan.high - plan.low) / 4
    step = round_step(rough, 0.8)
    first = math.ceil(plan.low / step)
    return [round(step * n, 6) for n in range(first, math.floor(plan.high / step) + 1)] or [plan.reference]


def _grid(plan: _Plan) -> list[Spec]:
    across = [{"x": plan.left, "x2": plan.right, "y": plan.y(step), "y2": plan.y(step)} for step in _steps(plan)]
    reference = [{"x": plan.left, "x2": plan.right, "y": plan.y(plan.reference), "y2": plan.y(plan.reference)}]
    return [rules(theme.HAIRLINE, 0.75, across), rules(theme.INK, 1.0, reference)]


def _band(rows: Sequence[Row], plan: _Plan) -> list[Spec]:
    """From low to high, in pieces where either is missing; arrows at the edge where it runs on."""
    layers, beyond = [], []
    for bounded, group in groupby(rows, key=lambda row: row.bounds is not None):
        piece = [(_year(row), *row.bounds) for row in group if row.bounds] if bounded else []
        if len(piece) > 1:
            values = [
                {"year": year, "low": max(low, plan.low), "high": min(high, plan.high)} for year, low, high in piece
            ]
            mark = {"type": "area", "color": theme.ACCENT, "opacity": 0.22}
            layers.append(layer(mark, values, x=_x(plan), y=_y(plan, "low"), y2={"field": "high"}))
        for year, low, high in piece:
            if low < plan.low:
                beyond.append({"x": plan.x(year), "y": plan.y(plan.low), "shape": "triangle-down"})
            if high > plan.high:
                beyond.append({"x": plan.x(year), "y": plan.y(plan.high), "shape": "triangle-up"})
    tip = {"type": "point", "filled": True, "opacity": 1, "size": 30, "color": theme.ACCENT, **OUTLINE}
    return [*layers, layer(tip, beyond, x="x", y="y", shape="shape")] if beyond else layers


def _x(plan: _Plan) -> dict[str, Any]:
    return {"field": "year", "type": "quantitative", "scale": plan.x_scale, "axis": None}


def _y(plan: _Plan, field: str = "value") -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "scale": plan.y_scale, "axis": None}


def unbroken(years: Iterable[int]) -> list[list[int]]:
    """
    Years in their order, in runs without a gap.

    >>> unbroken([2015, 2016, 2019])
    [[2015, 2016], [2019]]
    """
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return runs


def _line(line: _Line, plan: _Plan) -> list[Spec]:
    """One series: its pieces between gaps, dots where a piece is one year long, and a dot at its end."""
    colour, dash, thickness = line.look
    mark: Spec = {"type": "line", "color": colour, "strokeWidth": thickness, "strokeJoin": "round"}
    if dash:
        mark["strokeDash"] = dash
    pieces = unbroken(line.values)
    points = [
        {"year": year, "value": line.values[year], "piece": n}
        for n, piece in enumerate(pieces)
        if len(piece) > 1
        for year in piece
    ]
    alone = {piece[0] for piece in pieces if len(piece) == 1} | {line.year}
    dots = [{"year": year, "value": line.values[year]} for year in sorted(alone)]
    point = {"type": "point", "filled": True, "opacity": 1, "color": colour, "size": 20 if line.rank else 30}
    if line.rank == 0:
        point |= OUTLINE
    piece = {"field": "piece", "type": "nominal"}
    return [layer(mark, points, x=_x(plan), y=_y(plan), detail=piece), layer(point, dots, x=_x(plan), y=_y(plan))]


def _sample(lines: Sequence[_Line]) -> float:
    """Room for a piece of its line before each name, px; a single line needs none."""
    return SAMPLE + 4 if len(lines) > 1 else 0.0


def _labels(lines: Sequence[_Line], plan: _Plan) -> list[Spec]:
    """
    Names to the right of the plot, each behind a piece of its line, which says which is which where lines end together;
    there names are moved apart, and a hairline leads from a moved name.
    """
    heights = [len(line.name) * _LINE for line in lines]
    wanted = [plan.y(line.values[line.year]) for line in lines]
    places = spread(wanted, [height + 3 for height in heights], TOP - 10, plan.bottom + 12)
    words, leaders, samples = [], [], []
    sample = _sample(lines)
    for line, at, place, height in zip(lines, wanted, places, heights, strict=True):
        first = place - height / 2 + theme.TEXT * 0.84
        ink = theme.INK_2 if line.rank else theme.ACCENT_TEXT
        end = plan.names - 6 - sample
        words.append(Text(end, first, line.text, align="right", weight=theme.SEMIBOLD, colour=ink))
        words += [
            Text(plan.names, first + n * _LINE, part, weight=line.weight, colour=ink)
            for n, part in enumerate(line.name)
        ]
        if abs(place - at) > 5 or line.year != plan.last:
            leaders.append({"x": plan.x(line.year) + 4, "y": at, "x2": plan.right + 11, "y2": place})
        if sample:
            colour, dash, thickness = line.look
            piece = {"x": plan.names - sample, "x2": plan.names - 4, "y": first - 3.4, "y2": first - 3.4}
            samples.append(rules(colour, thickness, [piece], **({"strokeDash": dash} if dash else {})))
    return [rules(theme.CONTEXT, 0.6, leaders), *samples, *texts(words)]


def _words(plan: _Plan, title: str, fonts: Path) -> list[Text]:
    steps = [
        Text(plan.left - 6, plan.y(step) + 3.7, plan.tick(step), align="right", colour=theme.INK_2)
        for step in _steps(plan)
    ]
    # The first and the last year; of those between as many as there is room for, counted from the last.
    every = math.ceil((width("2000", fonts) + 10) / (plan.x(plan.first + 1) - plan.left))
    between = [year for year in range(plan.last - every, plan.first, -every) if year - plan.first >= every]
    years = [
        Text(plan.x(year), plan.bottom + 17, str(year), align="center", colour=theme.INK_2)
        for year in (plan.last, *between, plan.first)
    ]
    return [*steps, *years, *([Text(0, 9, title, colour=theme.INK_2)] if title else [])]
