"""
Plain: SVG of specifications that say where everything stands, drawn without the engine, to the byte as the engine and
`render` would draw them: in a fiftieth of the time, and in a worker without the engine's memory.
Takes a specification, gives SVG; what it does not know, it leaves to the engine. The look of marks is the engine's
(Vega 6, `vega-scenegraph`); `tests/charts/test_plain.py` holds both against each other.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape

from reportgen.charts import theme

Row = Mapping[str, Any]
Value = Callable[[Row], Any]

SVG = "http://www.w3.org/2000/svg"
LARGEST = 10_000.0  # px; beyond it numbers would lose decimals
POINT_EDGE = 2  # px: of a point that names no width
ANCHORS = {"left": "start", "center": "middle", "right": "end"}
FILLED = ("bar", "rect", "area", "text")  # marks whose `color` is that of their inside
# What marks and channels may say; whatever says more is left to the engine.
MARKS: Mapping[str, frozenset[str]] = {
    "rule": frozenset({"color", "strokeWidth", "strokeDash"}),
    "rect": frozenset({"color", "fill", "stroke", "strokeWidth"}),
    "bar": frozenset({"color", "fill", "stroke", "strokeWidth"}),
    "area": frozenset({"color", "opacity"}),
    "line": frozenset({"color", "strokeWidth", "strokeJoin", "strokeDash"}),
    "point": frozenset({"filled", "opacity", "size", "color", "fill", "stroke", "strokeWidth"}),
    "text": frozenset(
        {"font", "align", "fontSize", "fontWeight", "color", "fill", "stroke", "strokeWidth", "strokeJoin"}
    ),
    "geoshape": frozenset({"clip", "fill", "stroke", "strokeWidth"}),
}
PLACES = frozenset({"x", "y", "x2", "y2"})
LOOKS = frozenset({"color", "fill", "stroke", "size", "shape", "text"})
IN_PLACE = {"type": "identity", "scale": 1, "translate": [0, 0]}
HALF_OF_ROOT_3 = math.sqrt(3) / 2
_MEASURES: Mapping[str, Callable[[float], float]] = {"linear": float, "log": math.log}  # scales: what is even on them
_DATUM = re.compile(r"datum\.(\w+)")
_STEPS = re.compile(r"([ML])(-?[\d.]+),(-?[\d.]+)")


class _Unknown(Exception):
    """The specification says something that only the engine knows how to draw."""


def drawn(spec: Mapping[str, Any]) -> str | None:
    """The picture as `render.to_svg` gives it, but for its hatchings; None where the engine has to draw it."""
    if set(spec) != {"config", "width", "height", "layer"} or spec["config"] != theme.CONFIG:
        return None
    wide, high = spec["width"], spec["height"]
    try:
        marks = "".join(mark for layer in spec["layer"] for mark in _layer(layer))
    except (_Unknown, KeyError, TypeError, ValueError):
        return None
    size = f'width="{wide}" height="{high}" viewBox="0 0 {wide} {high}"'
    return f'<svg xmlns="{SVG}" {size}>' + (f'<g fill="none">{marks}</g></svg>' if marks else "</svg>")


def _layer(layer: Mapping[str, Any]) -> Iterable[str]:
    mark, rows, encoding = layer["mark"], layer["data"]["values"], layer["encoding"]
    kind = mark["type"]
    _known(set(mark) - {"type"}, MARKS.get(kind, frozenset()))
    _known(set(layer["data"]), {"values"})
    if kind == "geoshape":
        return _shapes(mark, rows, encoding, layer["projection"])
    _known(set(layer), {"mark", "data", "encoding"})
    _known(set(encoding), PLACES | LOOKS | ({"detail"} if kind == "line" else set()))
    return _DRAWN[kind](mark, rows, encoding)


def _known(words: set[str], known: Iterable[str]) -> None:
    if not words <= set(known):
        raise _Unknown


# Numbers


def _number(value: float) -> str:
    """A number as `render` leaves it: no more than two decimals."""
    if not -LARGEST < value < LARGEST:
        raise _Unknown
    return f"{round(value + 0.0, 2):g}"  # adding 0: a negative zero reads 0


def _thousandths(value: float) -> float:
    """Rounded as the engine rounds the steps of paths, halves up."""
    return math.floor(value * 1000 + 0.5) / 1000


def _step(x: float, y: float) -> str:
    return f"{_number(_thousandths(x))},{_number(_thousandths(y))}"


def _shift(x: float, y: float) -> str:
    """The attribute that puts a mark to its place; none where it is there already."""
    return f' transform="translate({_number(x)},{_number(y)})"' if x or y else ""


# What a channel or a property says of a row


def _place(channel: Mapping[str, Any], scaled: Mapping[str, Any] | None = None) -> Callable[[Row], float]:
    """Where a row stands, px. Args: scaled: the channel whose scale it shares, of `x2` and `y2`."""
    field, scale = channel["field"], (scaled or channel)["scale"]
    _known(set(channel), {"field", "type", "scale", "axis"} if scaled is None else {"field"})
    if channel.get("axis") is not None or channel.get("type", "quantitative") != "quantitative":
        raise _Unknown
    if scale is None:
        return lambda row: _finite(row[field])
    _known(set(scale), {"type", "domain", "range", "zero", "nice", "base"})
    (first, last), (start, end) = scale["domain"], scale["range"]
    measure = _MEASURES[scale["type"]]
    if (
        not first < last
        or scale.get("nice")
        or (scale.get("zero", scale["type"] == "linear") and not first <= 0 <= last)
    ):
        raise _Unknown
    low = measure(first)
    high = measure(last) - low

    def placed(row: Row) -> float:
        part = (measure(_finite(row[field])) - low) / high
        return float(start * (1 - part) + end * part)

    return placed


def _places(encoding: Mapping[str, Any], *channels: str) -> list[Callable[[Row], float]]:
    return [
        _place(encoding[channel], encoding[channel[0]] if channel in ("x2", "y2") else None) for channel in channels
    ]


def _finite(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _Unknown
    return value


def _look(mark: Mapping[str, Any], encoding: Mapping[str, Any], *names: str) -> Value | None:
    """What the first of some names says that anything is said of, a channel before a property; else None."""
    for name in names:
        if name in encoding:
            channel = encoding[name]
            if name != "text" and channel.get("scale", "") is not None:
                raise _Unknown
            _known(set(channel), {"field", "type", "scale", "legend"})
            if channel.get("legend") is not None:
                raise _Unknown
            return _field(channel["field"])
    for name in names:
        if name in mark:
            said = mark[name]
            if isinstance(said, Mapping):
                found = _DATUM.fullmatch(said["expr"])
                if found is None:
                    raise _Unknown
                return _field(found[1])
            return lambda row: said
    return None


def _field(name: str) -> Value:
    return lambda row: row[name]


def _attributes(mark: Mapping[str, Any], encoding: Mapping[str, Any]) -> Callable[[Row], str]:
    """How a mark looks, in the engine's order of attributes."""
    inside = mark["type"] in FILLED or mark.get("filled", False)
    said: list[tuple[str, Value, bool]] = []
    for attribute, names, numeric in (
        ("fill", ("fill", "color") if inside else ("fill",), False),
        ("stroke", ("stroke",) if inside else ("stroke", "color"), False),
        ("stroke-width", ("strokeWidth",), True),
        ("stroke-linejoin", ("strokeJoin",), False),
        ("stroke-dasharray", ("strokeDash",), False),
        ("opacity", ("opacity",), True),
    ):
        value = _look(mark, encoding, *names)
        if value is not None:
            said.append((attribute, value, numeric))
        elif attribute == "stroke-width" and mark["type"] == "point":
            said.append((attribute, lambda row: POINT_EDGE, True))
    return lambda row: "".join(f' {name}="{_written(value(row), numeric)}"' for name, value, numeric in said)


def _written(value: Any, numeric: bool) -> str:
    if numeric:
        return _number(_finite(value))
    if isinstance(value, list | tuple):
        return ",".join(_number(each) for each in value)
    if not isinstance(value, str) or value == "none":
        raise _Unknown
    return escape(value, {'"': "&quot;"})


# Marks


def _rules(mark: Mapping[str, Any], rows: Sequence[Row], encoding: Mapping[str, Any]) -> Iterable[str]:
    look = _attributes(mark, encoding)
    places = _places(encoding, "x", "y", "x2", "y2")
    for row in rows:
        x, y, x2, y2 = (place(row) for place in places)
        yield f'<line{_shift(x, y)} x2="{_number(x2 - x)}" y2="{_number(y2 - y)}"{look(row)} />'


def _rects(mark: Mapping[str, Any], rows: Sequence[Row], encoding: Mapping[str, Any]) -> Iterable[str]:
    look = _attributes(mark, encoding)
    places = _places(encoding, "x", "y", "x2", "y2")
    for row in rows:
        x, y, x2, y2 = (place(row) for place in places)
        wide = abs(x2 - x)
        path = f"M{_number(min(x, x2))},{_number(min(y, y2))}h{_number(wide)}v{_number(abs(y2 - y))}h{_number(-wide)}Z"
        yield f'<path d="{path}"{look(row)} />'


def _points(mark: Mapping[str, Any], rows: Sequence[Row], encoding: Mapping[str, Any]) -> Iterable[str]:
    look, (across, down) = _attributes(mark, encoding), _places(encoding, "x", "y")
    size, shape = _look(mark, encoding, "size"), _look(mark, encoding, "shape")
    if size is None:
        raise _Unknown
    for row in rows:
        half = math.sqrt(_finite(size(row))) / 2
        path = _symbol(shape(row) if shape else "circle", half)
        yield f'<path{_shift(across(row), down(row))} d="{path}"{look(row)} />'


def _symbol(shape: str, half: float) -> str:
    """The path of a symbol round 0, 0, as wide as twice a half."""
    side = half * HALF_OF_ROOT_3
    corners = {
        "triangle-up": ((0.0, -side), (-half, side), (half, side)),
        "triangle-down": ((0.0, side), (-half, -side), (half, -side)),
        "triangle-left": ((-side, 0.0), (side, -half), (side, half)),
        "triangle-right": ((side, 0.0), (-side, -half), (-side, half)),
    }
    if shape == "circle":
        radius, other = _number(_thousandths(half)), _number(_thousandths(-half))
        arc = f"A{radius},{radius},0,1,1,"
        return f"M{radius},0{arc}{other},0{arc}{radius},0"
    if shape in corners:
        return f"M{'L'.join(_step(x, y) for x, y in corners[shape])}Z"
    steps = _STEPS.findall(shape)
    if not steps or "".join(f"{word}{x},{y}" for word, x, y in steps) != shape:
        raise _Unknown
    return "".join(word + _step(float(x) * half, float(y) * half) for word, x, y in steps)


def _lines(mark: Mapping[str, Any], rows: Sequence[Row], encoding: Mapping[str, Any]) -> Iterable[str]:
    look, (across, down) = _attributes(mark, encoding), _places(encoding, "x", "y")
    piece = encoding["detail"]["field"] if "detail" in encoding else None
    pieces: dict[Any, list[Row]] = {}
    for row in rows:
        pieces.setdefault(row[piece] if piece else None, []).append(row)
    for its in pieces.values():
        steps = _ascending([(across(row), down(row)) for row in its])
        yield f'<path d="M{"L".join(_step(x, y) for x, y in steps)}"{look(its[0])} />'


def _areas(mark: Mapping[str, Any], rows: Sequence[Row], encoding: Mapping[str, Any]) -> Iterable[str]:
    look, (across, one, other) = _attributes(mark, encoding), _places(encoding, "x", "y", "y2")
    there = _ascending([(across(row), one(row)) for row in rows])
    back = [(across(row), other(row)) for row in reversed(rows)]
    yield f'<path d="M{"L".join(_step(x, y) for x, y in (*there, *back))}Z"{look(rows[0])} />'


def _ascending(steps: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The steps of a line, of which the engine would sort what is not in order, and close what is a single point."""
    if len(steps) < 2 or any(first[0] >= second[0] for first, second in pairwise(steps)):
        raise _Unknown
    return steps


def _texts(mark: Mapping[str, Any], rows: Sequence[Row], encoding: Mapping[str, Any]) -> Iterable[str]:
    look, (across, down) = _attributes(mark, encoding), _places(encoding, "x", "y")
    asked = (_look(mark, encoding, name) for name in ("text", "align", "fontSize", "fontWeight"))
    values = [value for value in asked if value is not None]
    for row in rows:
        words, align, size, weight = (value(row) for value in values)
        words = escape(words.strip())
        font = f'font-family="{mark["font"]}" font-size="{_number(_finite(size))}px" font-weight="{weight}"'
        inside = f">{words}</text>" if words else " />"
        yield f'<text text-anchor="{ANCHORS[align]}"{_shift(across(row), down(row))} {font}{look(row)}{inside}'


def _shapes(
    mark: Mapping[str, Any], rows: Sequence[Row], encoding: Mapping[str, Any], projection: Mapping[str, Any]
) -> Iterable[str]:
    if encoding or mark["clip"] or projection != IN_PLACE:
        raise _Unknown
    look = _attributes(mark, encoding)
    for row in rows:
        geometry = row["geometry"]
        if geometry["type"] != "MultiPolygon" or not geometry["coordinates"]:
            raise _Unknown
        rings = [ring[:-1] for polygon in geometry["coordinates"] for ring in polygon]
        path = "".join(f"M{'L'.join(_step(x, y) for x, y in ring)}Z" for ring in rings)
        yield f'<path d="{path}"{look(row)} />'


_DRAWN: Mapping[str, Callable[[Mapping[str, Any], Sequence[Row], Mapping[str, Any]], Iterable[str]]] = {
    "rule": _rules,
    "rect": _rects,
    "bar": _rects,
    "area": _areas,
    "line": _lines,
    "point": _points,
    "text": _texts,
}
