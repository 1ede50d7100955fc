"""
Figures: facts as the rows that a chart draws, and a drawn chart as HTML, numbered, with its words and its source.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from reportgen.charts.chart import Chart, Row
from reportgen.charts.render import begun, to_svg
from reportgen.charts.signs import signs
from reportgen.charts.theme import MM
from reportgen.document.voice import Said
from reportgen.facts import format as formats
from reportgen.facts import said
from reportgen.facts.fact import Fact
from reportgen.wording import word

if TYPE_CHECKING:
    from reportgen.document.brief import Brief

_FACT = re.compile(r'data-fact="([^"]+)"')
_FIXED = re.compile(r'data-fixed="[^"]+">([^<]+)<')


@dataclass(frozen=True)
class Figure:
    """A chart with its number and its picture."""

    number: int
    chart: Chart
    svg: str


def rows(facts: Iterable[tuple[str, Fact]]) -> list[Row]:
    """Facts, each with its label, as the rows that a chart draws: numbers, and the texts beside marks, as printed."""
    return [_row(label, fact) for label, fact in facts]


def _row(label: str, fact: Fact) -> Row:
    drawn = fact.printed
    interval = (
        ""
        if fact.low is None or fact.high is None
        else formats.interval(fact.low, fact.high, fact.unit, fact.digits, cell=True)
    )
    area, indicator, sub_sector, year, other, variant = fact.key
    return Row(
        label=str(label),
        area=area,
        indicator=indicator,
        sub_sector=sub_sector,
        year=year,
        other=other,
        variant=variant,
        value=drawn.value,
        low=drawn.low,
        high=drawn.high,
        full=fact.value,
        status=fact.status,
        text=formats.cell(fact.value, fact.status, fact.unit, fact.digits),
        interval=interval,
    )


def against(benchmark: str, fact: Fact) -> dict[str, Any]:
    """The line that bars of a location quotient are held against, the whole of that name at 1; else no line."""
    if fact.key[1] not in ("location-quotient", "location-quotient-units"):
        return {}
    return {
        "reference": 1.0,
        "words": {"reference": word("line.benchmark").format(benchmark=benchmark), "value": word("axis.quotient")},
    }


def charted(
    brief: Brief,
    draw: Callable[..., Chart],
    section: str,
    picture: str,
    context: Mapping[str, Any],
    *tables: str,
    noted: bool = True,
) -> Markup:
    """
    Draw a chart and put it on the page. Its words are the blocks `<picture>_title`, `_subtitle`, `_alt` and, if it is
    noted, `_note` of the section, said once: plain in its files, with their facts marked on the page. The note is given
    `drawn`, the signs in the picture (see `charts.signs`), to explain these and no other.
    """
    title, subtitle, alt = (brief.say(section, f"{picture}_{part}", context) for part in ("title", "subtitle", "alt"))
    chart = draw(
        name=f"{section}-{picture}",
        title=title.plain,
        subtitle=subtitle.plain,
        alt=alt.plain,
        source=brief.source_line(*tables),
    )
    signs_too = {**context, "drawn": signs(chart.spec)}
    note = brief.say(section, f"{picture}_note", signs_too).html if noted else Markup()
    return show(brief, chart, title, subtitle, alt, note)


def show(brief: Brief, chart: Chart, title: Said, subtitle: Said, alt: Said, note: Markup) -> Markup:
    """Draw a chart, number it, and give it as HTML with its finding, its words and its source."""
    svg = brief.material.palette.applied(to_svg(chart.spec, brief.fonts))
    figure = Figure(len(brief.figures) + 1, chart, svg)
    brief.figures.append(figure)
    return brief.voice.render(
        "components/figure.html",
        number=figure.number,
        chart=chart,
        title=title.html,
        subtitle=subtitle.html,
        **marks_of(alt),
        picture=data_uri(begun(svg, brief.fonts).encode(), "image/svg+xml"),
        width=round(chart.spec["width"] / MM, 2),
        height=round(chart.spec["height"] / MM, 2),
        note=note,
    )


def marks_of(alt: Said) -> dict[str, str]:
    """What an alternative text says, for its element: `facts`, the ids of its facts, and `fixed_words`."""
    return {"facts": _lines(_FACT, alt), "fixed_words": _lines(_FIXED, alt)}


def _lines(marks: re.Pattern[str], alt: Said) -> str:
    """What the marks of an alternative text hold, a line each: its attribute has no elements to carry them."""
    return said.BETWEEN.join(dict.fromkeys(Markup(found).unescape() for found in marks.findall(alt.html)))


def data_uri(picture: bytes, kind: str) -> str:
    """A picture as an address that carries it whole; `kind` is its media type."""
    return f"data:{kind};base64," + base64.b64encode(picture).decode()
