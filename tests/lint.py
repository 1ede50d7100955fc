"""
Lint: what is wrong with a chart, whatever it shows, and what the charts and tables of a pack may cost. The numbers are
those of the look: a title is a finding of 80 letters, four categories at most, so much ink in a pack of ten pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

from reportgen.charts.chart import Chart
from reportgen.charts.drawn import Drawn, drawn, series
from reportgen.charts.theme import FAMILY
from reportgen.document.outline import ANNEX
from reportgen.pack.numbers import parsed

LONGEST_TITLE = 80
MOST_CATEGORIES = 4
# Of a pack of ten pages: chart texts, marks, points of paths, table rows outside methods and evidence.
BUDGET = {"texts": 300, "marks": 1200, "points": 6000, "rows": 80}
PAGES = {"national": 3.5, "regional": 1, "local": 1}  # kind → times ten pages; the nation draws what others list


def faults(chart: Chart, svg: str) -> list[str]:
    """What is wrong with a chart and its picture, in words."""
    return [*_words(chart), *_specification(chart.spec), *_picture(drawn(svg))]


def _words(chart: Chart) -> Iterator[str]:
    for part in ("title", "subtitle", "alt", "source"):
        if not getattr(chart, part).strip():
            yield f"no {part}"
    if len(chart.title) > LONGEST_TITLE:
        yield f"a title of {len(chart.title)} letters"


def _specification(spec: Mapping[str, Any]) -> Iterator[str]:
    for node in _nodes(spec):
        if node.get("legend"):
            yield "a legend"
        if node.get("angle") or node.get("labelAngle"):
            yield "rotated text"
    for layer in spec["layer"]:
        if layer["mark"].get("type") == "bar" and not _from_zero(layer):
            yield "bars that do not start at zero"


def _from_zero(layer: Mapping[str, Any]) -> bool:
    scales = [layer["encoding"].get(axis, {}).get("scale") or {} for axis in ("x", "y")]
    domains = [scale["domain"] for scale in scales if "domain" in scale]
    return bool(domains) and all(low <= 0 <= high for low, high in domains)


def _picture(found: Drawn) -> Iterator[str]:
    if not found.marks:
        yield "no marks"
    if any(text.turned for text in found.texts):
        yield "rotated text in the picture"
    if strange := {text.family for text in found.texts} - {FAMILY}:
        yield f"a font that is not ours: {', '.join(sorted(strange))}"
    if len(series(found)) > MOST_CATEGORIES:
        yield f"{len(series(found))} categories by colour: {', '.join(sorted(series(found)))}"


def _nodes(node: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(node, Mapping):
        yield node
        for key, inner in node.items():
            if key != "values":
                yield from _nodes(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _nodes(inner)


def cost(pictures: list[str], html: str) -> dict[str, int]:
    """What the charts and tables of a pack cost, in the words of `BUDGET`."""
    found = [drawn(svg) for svg in pictures]
    return {
        "texts": sum(len(one.texts) for one in found),
        "marks": sum(one.marks for one in found),
        "points": sum(one.points for one in found),
        "rows": _rows(parsed(html)),
    }


def _rows(body: HtmlElement) -> int:
    """Rows of tables outside the annex."""
    sections = [section for section in body.iter("section") if not set(section.classes) & ANNEX]
    return sum(1 for section in sections for table in section.iter("tbody") for _ in table.iter("tr"))


def over(costs: Mapping[str, int], kind: str) -> dict[str, int]:
    """What goes beyond the budget of a pack of a kind."""
    return {name: number for name, number in costs.items() if number > BUDGET[name] * PAGES[kind]}
