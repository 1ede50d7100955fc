"""
Picture: the parts that every chart is made of (a checked table, layers of marks, text, and the frame around them).
Gives Vega-Lite specifications as plain dictionaries, in pixels at final size; knows no chart in particular.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypedDict

import numpy as np
import pandas as pd

from reportgen.analysis.shape import COLUMNS
from reportgen.charts import theme
from reportgen.errors import ConfigurationError, Problem
from reportgen.release.tables import Status

Spec = dict[str, Any]
NEEDED = ("label", "text", "interval", "area", "sub_sector", "year", "value", "low", "high", "status")


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


def checked(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """
    The table of a chart, ready to draw: value, low and high as floats (NaN = none), texts as strings.
    Args:
        table: rows of findings with `label` (what stands on the picture), `text` (the value as printed, or the mark of
            its status) and `interval` (as printed, empty where there is none). `full` is the value before rounding, by
            which rows are ordered; without it they are by `value`.
    Raises: ConfigurationError: a column is not there; no row has a value; a value without status or the reverse; a row
        without label or text. A chart is only asked for where there is something to show.
    """
    missing = [column for column in NEEDED if column not in table.columns]
    if missing:
        raise _wrong(
            name, f"its table has no column {missing[0]!r}", "pass rows of findings with label, text, interval"
        )
    rows = table.reset_index(drop=True)
    rows["full"] = rows["full" if "full" in table.columns else "value"]
    for column in ("value", "low", "high", "full"):
        rows[column] = rows[column].to_numpy(dtype="float64", na_value=np.nan)
    for column in ("label", "text", "interval", "area", "sub_sector", "year", "status"):
        cells = ["" if pd.isna(cell) else str(cell) for cell in rows[column]]
        rows[column] = pd.Series(cells, index=rows.index, dtype=object)
    stated = np.array([Status(status).has_value for status in rows["status"]], dtype=bool)
    odd = np.flatnonzero(stated != rows["value"].notna().to_numpy())
    if len(odd):
        row = rows.iloc[odd[0]]
        raise _wrong(
            name,
            f"{row['label']!r} has the value {row['value']} and the status {row['status']!r}",
            "a value stands exactly where the status is ok or low-reliability",
        )
    if not rows["value"].notna().any():
        raise _wrong(name, "no row of its table has a value", "ask for the chart only where there is one; say why not")
    for column in ("label", "text"):
        if (rows[column] == "").any():
            raise _wrong(name, f"a row has no {column}", "give every row its label and its value, or mark, as printed")
    return rows


def drawn_table(rows: pd.DataFrame) -> pd.DataFrame:
    """The data of a chart as its reader gets them: `label`, then the columns of a finding, in the order drawn."""
    return rows[["label", *(column for column in COLUMNS if column in rows.columns)]].reset_index(drop=True)


def not_drawn(table: pd.DataFrame) -> dict[str, int]:
    """
    How many rows of a table have no value, by status: what the note beneath the chart has to say.
    Returns: status → count, statuses in the order of `Status`, only those that occur.
    """
    counts = table.loc[table["value"].isna(), "status"].astype(str).value_counts()
    return {status.value: int(counts[status.value]) for status in Status if counts.get(status.value, 0)}


def invalid(name: str, what: str, fix: str) -> ConfigurationError:
    """The error of a chart that was asked for in a way that it cannot be drawn."""
    return _wrong(name, what, fix)


def _wrong(name: str, what: str, fix: str) -> ConfigurationError:
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
