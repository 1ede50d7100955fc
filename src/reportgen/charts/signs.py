"""
Signs: which kinds of mark a picture has that its readers cannot know of themselves, so that the words beneath explain
these and no other. Reads a finished specification; composes no sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reportgen.charts import theme
from reportgen.facts.format import MARKS

BAND = "band"  # an area between low and high values
RUNS_ON = "runs-on"  # a small triangle: an interval, or a band, goes on beyond the scale
BEYOND = "beyond"  # a triangle instead of a dot: the value itself lies beyond the scale
CUT = "cut"  # the range of others ends at the edge of the scale and goes on beyond it
ABOVE_ZERO = "above-zero"  # a scale from which heights are read begins above nought
FILLED, HOLLOW = "filled", "hollow"


def signs(spec: Mapping[str, Any]) -> frozenset[str]:
    """
    The words above, of what a picture holds, and the marks (`[c]`) that stand in it instead of numbers.

    >>> sorted(signs({"layer": [{"mark": {"type": "point"}, "data": {"values": [{"x": 1, "shape": "triangle-up"}]}}]}))
    ['runs-on']
    """
    return frozenset(sign for layer in spec["layer"] for sign in _of(layer))


def _of(layer: Mapping[str, Any]) -> Iterator[str]:
    kind = layer["mark"]["type"]
    if kind == "area":
        yield BAND
    for row in layer["data"]["values"]:
        if kind == "text":
            yield from (mark for mark in MARKS.values() if mark in str(row["text"]))
        elif str(row.get("shape", "")).startswith("triangle"):
            yield BEYOND if "fill" in row else RUNS_ON
        if kind in ("point", "rect") and "fill" in row:
            yield HOLLOW if row["fill"] == theme.PAPER else FILLED
        yield from (sign for sign in (CUT, ABOVE_ZERO) if row.get(sign))
