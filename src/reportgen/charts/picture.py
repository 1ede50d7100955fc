"""
Picture: the parts that every chart is made of (a checked table, layers of marks, text, and the frame around them).
Gives Vega-Lite specifications as plain dictionaries, in pixels at final size; knows no chart in particular.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypedDict

from reportgen.charts import theme
from reportgen.charts.chart import Row
from reportgen.errors import ConfigurationError, Problem

Spec = dict[str, Any]


class Said(TypedDict):
    """What is said about a chart: whole sentences, written by its section. See `Chart`."""

    name: str
    title: str
    subtitle: str
    alt: str
    source: str


@dataclass(frozen=True)
class Text:
    """One line of text, its baseline at x, y in px."""

    x: float
    y: float
    text: str
    align: Literal["left", "center", "right"] | str = "left"
    size: float = theme.TEXT
    weight: int = theme.REGULAR
    colour: str = theme.INK


def checked(rows: Sequence[Row], name: str) -> list[Row]:
    """
    The rows of a chart, ready to draw.
    Raises: ConfigurationError: no row has a value; a value without status or the reverse; a row without label or text.
        A chart is only asked for where there is something to show.
    """
    odd = next((row for row in rows if row.status.has_value != (row.value is not None)), None)
    if odd is not None:
        raise invalid(
            name,
            f"{odd.label!r} has the value {odd.value} and the status {odd.status.value!r}",
            "a value stands exactly where the status is ok or low-reliability",
        )
    if not known(row.value for row in rows):
        raise invalid(name, "no row of its table has a value", "ask for the chart only where there is one; say why not")
    for column in ("label", "text"):
        if not all(getattr(row, column) for row in rows):
            raise invalid(name, f"a row has no {column}", "give every row its label and its value, or mark, as printed")
    return list(rows)


def known(numbers: Iterable[float | None]) -> list[float]:
    """Those of some numbers that are there, in their order."""
    return [number for number in numbers if number is not None]


def invalid(name: str, what: str, fix: str) -> ConfigurationError:
    """The error of a chart that was asked for in a way that it cannot be drawn."""
    return ConfigurationError(
        Problem(
            kind="chart-cannot-be-drawn",
            what=f"the chart {name!r} cannot be drawn: {what}",
            why="a chart without its data, or with data that are not what they say, would mislead",
            fix=fix,
        )
    )


def layer(mark: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], **channels: Any) -> Spec:
    """
    One mark over some rows.
    Args:
        mark: the mark and its constant properties.
        channels: channel → the name of a field that holds pixels (or a colour, a size, a shape: drawn as it is), a
            number that is the same for all, or an encoding of Vega-Lite as it stands.
    """
    encoding = {channel: _channel(channel, given) for channel, given in channels.items()}
    return {"mark": dict(mark), "data": {"values": list(rows)}, "encoding": encoding}


def _channel(channel: str, given: Any) -> Spec:
    if isinstance(given, Mapping):
        return dict(given)
    if not isinstance(given, str):
        return {"value": given}
    if channel in ("x2", "y2"):
        return {"field": given}
    kind = "quantitative" if channel in ("x", "y", "size") else "nominal"
    return {"field": given, "type": kind, "scale": None, **({} if channel in ("x", "y") else {"legend": None})}


def rules(colour: str, thickness: float, rows: Sequence[Mapping[str, Any]], **more: Any) -> Spec:
    """Straight lines: rows of x, y, x2, y2 in px."""
    mark = {"type": "rule", "color": colour, "strokeWidth": thickness, **more}
    return layer(mark, rows, x="x", y="y", x2="x2", y2="y2")


def texts(lines: Iterable[Text], *, halo: bool = False) -> list[Spec]:
    """All text of a picture as one layer; with a halo as two, the lower one a white outline."""
    rows = [asdict(line) for line in lines]
    mark = {
        "type": "text",
        "font": theme.FONT,
        "align": {"expr": "datum.align"},
        "fontSize": {"expr": "datum.size"},
        "fontWeight": {"expr": "datum.weight"},
    }
    text = {"field": "text", "type": "nominal"}
    fill = {"field": "colour", "type": "nominal", "scale": None, "legend": None}
    above = layer(mark, rows, x="x", y="y", text=text, color=fill)
    outline = {"stroke": theme.PAPER, "fill": theme.PAPER, "strokeWidth": 2.4, "strokeJoin": "round"}
    below = layer({**mark, **outline}, rows, x="x", y="y", text=text)
    return [below, above] if halo else [above]


def picture(width: float, height: float, layers: Sequence[Spec]) -> Spec:
    """
    The frame: a specification of that many pixels whose layers without rows are left out.
    Numbers in the data keep six significant digits: finer than a hundredth of a pixel, whatever their unit.
    """
    drawn = [_rounded(one) for one in layers if one["data"]["values"]]
    return {"config": theme.CONFIG, "width": round(width), "height": round(height), "layer": drawn}


def _rounded(node: Any) -> Any:
    if isinstance(node, float):
        return float(f"{node:.6g}")
    if isinstance(node, Mapping):
        return {key: _rounded(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_rounded(value) for value in node]
    return node
