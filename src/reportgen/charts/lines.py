"""
Lines: growth as index lines, or one value through the years, each line named at its end.
Takes finished index numbers and words; computes no index and composes no sentence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Unpack

import pandas as pd

from reportgen.charts import theme
from reportgen.charts.chart import Chart
from reportgen.charts.picture import Said, Spec, Text, checked, drawn_table, invalid, layer, picture, rules, texts
from reportgen.charts.scales import round_step
from reportgen.charts.text import spread, width, wrap

MOST = 4  # series
TOP, FOOT = 24.0, 24.0  # px above and below the plot
FARTHEST = 2  # the scale runs to at most so many times the farthest value: else a wide band would flatten all lines
_LINE = theme.TEXT * 1.18  # px from line to line of a name
SAMPLE = 15.0  # px, length of the piece of its line before a name
OUTLINE = {"stroke": theme.INK, "strokeWidth": 0.9}  # in grey, orange is as light as others; this tells it apart
_OTHERS = ((theme.NAVY, None), (theme.CONTEXT, None), (theme.NAVY, [2, 2.5]), (theme.CONTEXT, [2, 2.5]))


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
    table: pd.DataFrame,
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
    rows = _checked(table, said["name"], subject)
    _check_base(rows, said["name"], int(base))
    say = theme.words(words)
    # At least ten points of the index from bottom to top, so that a flat line looks flat.
    title = f"↑ {say['value']}, {base} {say['base']}" if say["value"] else ""
    size = (width_mm, height_mm)
    spec = _drawn(rows, fonts, subject, size, title=title, reference=100.0, least=10.0, tick=theme.tick)
    return Chart(spec=spec, table=_table(rows, subject), **said)


def year_line(
    table: pd.DataFrame,
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
    subject = str(table["label"].iloc[0])
    rows = _checked(table, said["name"], subject)
    size = (width_mm, height_mm)
    spec = _drawn(rows, fonts, subject, size, title="", reference=reference, least=0.0, tick=tick)
    return Chart(spec=spec, table=_table(rows, subject), **said)


def _drawn(
    rows: pd.DataFrame,
    fonts: Path,
    subject: str,
    size: tuple[float, float],
    *,
    title: str,
    reference: float,
    least: float,
    tick: Callable[[float], str],
) -> Spec:
    """The picture, of a size in mm. `least`: what the scale runs over at least; `title`: what stands above the axis."""
    rows = _ranked(rows, subject)
    names = list(dict.fromkeys(rows["label"]))
    ends = rows[rows["value"].notna()].groupby("rank").last().join(_styles(names))
    last_year = int(rows["year"].max())
    late = [f"{end.label} ({end.year})" if end.year < last_year else end.label for end in ends.itertuples()]
    room = 0.3 * size[0] * theme.MM
    ends["lines"] = [wrap(name, room, fonts, theme.TEXT, _weight(n)) for n, name in zip(ends.index, late, strict=True)]
    plan = _plan(rows, ends, fonts, size[0] * theme.MM, size[1] * theme.MM, reference, least, tick)
    return picture(
        size[0] * theme.MM,
        size[1] * theme.MM,
        [
            *_grid(plan),
            *_band(rows[rows["rank"] == 0], plan),
            *(one for rank in reversed(range(len(names))) for one in _line(rows, ends, rank, plan)),
            *_labels(ends, plan),
            *texts(_words(plan, title, fonts)),
        ],
    )


def _ranked(rows: pd.DataFrame, subject: str) -> pd.DataFrame:
    """Rows by series, the subject's first, with the number of their series."""
    names = [subject, *(name for name in rows["label"].unique() if name != subject)]
    return rows.assign(rank=rows["label"].map(names.index)).sort_values(["rank", "year"], ignore_index=True)


def _table(rows: pd.DataFrame, subject: str) -> pd.DataFrame:
    return drawn_table(_ranked(rows, subject).astype({"year": str}))


def _checked(table: pd.DataFrame, name: str, subject: str) -> pd.DataFrame:
    rows = checked(table, name)
    rows["year"] = rows["year"].astype(int)
    series = rows["label"].unique()
    if len(series) > MOST:
        raise invalid(
            name, f"it has {len(series)} lines, {MOST} are the most", "redesign: fewer series, or small multiples"
        )
    if subject not in rows.loc[rows["value"].notna(), "label"].unique():
        raise invalid(name, f"no line of its subject {subject!r} has a value", "ask for the chart only where it has")
    twice = rows[rows.duplicated(["label", "year"])]
    if len(twice):
        row = twice.iloc[0]
        raise invalid(name, f"{row['label']!r} has two values in {row['year']}", "give each series its own label")
    if rows["year"].nunique() < 2:
        raise invalid(name, f"it has the single year {rows['year'].iloc[0]}", "growth needs two years; say it in words")
    return rows


def _check_base(rows: pd.DataFrame, name: str, base: int) -> None:
    off = rows[(rows["year"] == base) & rows["value"].notna() & ((rows["value"] - 100).abs() > 1e-6)]
    if len(off):
        row = off.iloc[0]
        raise invalid(
            name, f"{row['label']!r} is {row['value']:g} in the base year {base}", "divide by the base year first"
        )


def _styles(names: list[str]) -> pd.DataFrame:
    looks = [(theme.ACCENT, None, 2.4), *((colour, dash, 1.8) for colour, dash in _OTHERS)]
    styles = pd.DataFrame(looks[: len(names)], columns=["colour", "dash", "thickness"])
    return styles.astype({"dash": object}).where(styles.notna(), None)


def _plan(
    rows: pd.DataFrame,
    ends: pd.DataFrame,
    fonts: Path,
    wide: float,
    high: float,
    reference: float,
    least: float,
    tick: Callable[[float], str],
) -> _Plan:
    values = pd.concat([rows["value"], pd.Series([reference])])
    reach = FARTHEST * float(values.abs().max()) or math.inf
    shown = pd.concat([values, rows.loc[rows["rank"] == 0, ["low", "high"]].stack().clip(-reach, reach)])
    lowest, highest = float(shown.min()), float(shown.max())
    spare = max(0.06 * (highest - lowest), (least - (highest - lowest)) / 2) or 1.0
    names = max(width(line, fonts, weight=_weight(rank)) for rank, lines in ends["lines"].items() for line in lines)
    figures = max(width(text, fonts, weight=theme.SEMIBOLD) for text in ends["text"])
    years = int(rows["year"].min()), int(rows["year"].max())
    names_at = wide - names
    from_nought = lowest == reference == 0  # nothing can lie below
    scale = (lowest - (0.0 if from_nought else spare), highest + spare)
    sample = _sample(ends)
    plan = _Plan(0, names_at - sample - figures - 18, high - FOOT, names_at, *years, *scale, reference, tick)
    return replace(plan, left=max(width(tick(step), fonts) for step in _steps(plan)) + 8)


def _weight(rank: int) -> int:
    return theme.SEMIBOLD if rank == 0 else theme.REGULAR


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


def _band(rows: pd.DataFrame, plan: _Plan) -> list[Spec]:
    """From low to high, in pieces where either is missing; arrows at the edge where it runs on."""
    known = rows["low"].notna() & rows["high"].notna()
    layers = []
    for _, piece in rows[known].groupby((~known).cumsum()[known]):
        if len(piece) > 1:
            values = [
                {"year": row.year, "low": max(row.low, plan.low), "high": min(row.high, plan.high)}
                for row in piece.itertuples()
            ]
            mark = {"type": "area", "color": theme.ACCENT, "opacity": 0.22}
            layers.append(layer(mark, values, x=_x(plan), y=_y(plan, "low"), y2={"field": "high"}))
    tip = {"type": "point", "filled": True, "opacity": 1, "size": 30, "color": theme.ACCENT, **OUTLINE}
    beyond = [
        {"x": plan.x(row.year), "y": plan.y(edge), "shape": shape}
        for row in rows[known].itertuples()
        for runs_on, edge, shape in (
            (row.low < plan.low, plan.low, "triangle-down"),
            (row.high > plan.high, plan.high, "triangle-up"),
        )
        if runs_on
    ]
    return [*layers, layer(tip, beyond, x="x", y="y", shape="shape")] if beyond else layers


def _x(plan: _Plan) -> dict[str, Any]:
    return {"field": "year", "type": "quantitative", "scale": plan.x_scale, "axis": None}


def _y(plan: _Plan, field: str = "value") -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "scale": plan.y_scale, "axis": None}


def _line(rows: pd.DataFrame, ends: pd.DataFrame, rank: int, plan: _Plan) -> list[Spec]:
    """One series: its pieces between gaps, dots where a piece is one year long, and a dot at its end."""
    if rank not in ends.index:
        return []
    look = ends.loc[rank]
    series = rows[rows["rank"] == rank].set_index("year")["value"].reindex(range(plan.first, plan.last + 1))
    known = series.notna()
    pieces = [piece for _, piece in series[known].groupby((~known).cumsum()[known])]
    mark = {"type": "line", "color": look["colour"], "strokeWidth": look["thickness"], "strokeJoin": "round"}
    if look["dash"]:
        mark["strokeDash"] = look["dash"]
    lines = [
        {"year": int(year), "value": float(value), "piece": n}
        for n, piece in enumerate(pieces)
        if len(piece) > 1
        for year, value in piece.items()
    ]
    alone = {int(piece.index[0]) for piece in pieces if len(piece) == 1} | {int(look["year"])}
    dots = [{"year": year, "value": float(series[year])} for year in sorted(alone)]
    point = {"type": "point", "filled": True, "opacity": 1, "color": look["colour"], "size": 30 if rank == 0 else 20}
    if rank == 0:
        point |= OUTLINE
    piece = {"field": "piece", "type": "nominal"}
    return [layer(mark, lines, x=_x(plan), y=_y(plan), detail=piece), layer(point, dots, x=_x(plan), y=_y(plan))]


def _sample(ends: pd.DataFrame) -> float:
    """Room for a piece of its line before each name, px; a single line needs none."""
    return SAMPLE + 4 if len(ends) > 1 else 0.0


def _labels(ends: pd.DataFrame, plan: _Plan) -> list[Spec]:
    """
    Names to the right of the plot, each behind a piece of its line, which says which is which where lines end together;
    there names are moved apart, and a hairline leads from a moved name.
    """
    heights = [len(lines) * _LINE for lines in ends["lines"]]
    wanted = [plan.y(value) for value in ends["value"]]
    places = spread(wanted, [height + 3 for height in heights], TOP - 10, plan.bottom + 12)
    lines, leaders, samples = [], [], []
    sample = _sample(ends)
    for end, at, place, height in zip(ends.itertuples(), wanted, places, heights, strict=True):
        first = place - height / 2 + theme.TEXT * 0.84
        colour = theme.ACCENT_TEXT if end.Index == 0 else theme.INK_2
        lines.append(
            Text(plan.names - 6 - sample, first, end.text, align="right", weight=theme.SEMIBOLD, colour=colour)
        )
        lines += [
            Text(plan.names, first + n * _LINE, line, weight=_weight(end.Index), colour=colour)
            for n, line in enumerate(end.lines)
        ]
        if abs(place - at) > 5 or end.year != plan.last:
            leaders.append({"x": plan.x(end.year) + 4, "y": at, "x2": plan.right + 11, "y2": place})
        if sample:
            look = {"strokeDash": end.dash} if end.dash else {}
            piece = {"x": plan.names - sample, "x2": plan.names - 4, "y": first - 3.4, "y2": first - 3.4}
            samples.append(rules(end.colour, end.thickness, [piece], **look))
    return [rules(theme.CONTEXT, 0.6, leaders), *samples, *texts(lines)]


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
