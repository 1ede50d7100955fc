"""
Figure: a chart as a file of its own, fit to be reused: with title, source and the mark of illustrative data inside.
Takes a chart and its rendered picture, gives SVG; composes no sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from reportgen.charts import theme
from reportgen.charts.chart import Chart
from reportgen.charts.render import SVG, patterns
from reportgen.charts.text import wrap

MARGIN = 4 * theme.MM
NARROWEST = 88 * theme.MM  # a figure is at least this wide, so that its title has room
TITLE, SUBTITLE = 10.5 * theme.PT, 8.5 * theme.PT


class _Page:
    """Lines of text one below the other, and how far down they reach."""

    def __init__(self, room: float, fonts: Path, top: float) -> None:
        self.room, self.fonts, self.y, self.parts = room, fonts, top, [""]

    def write(self, text: str, size: float, leading: float, colour: str, weight: int = theme.REGULAR) -> None:
        for line in wrap(text, self.room, self.fonts, size, weight, even=weight == theme.SEMIBOLD):
            self.y += leading
            self.parts.append(
                f'<text x="{MARGIN:.2f}" y="{self.y:.2f}" font-family={quoteattr(theme.FONT)} font-size="{size:.2f}px"'
                f' font-weight="{weight}" fill="{colour}">{escape(line)}</text>'
            )


def standalone(
    chart: Chart,
    svg: str,
    *,
    fonts: Path,
    release_line: str,
    illustrative: bool,
    watermark: str = "",
    words: Mapping[str, str] | None = None,
) -> str:
    """
    A chart with everything that a reader needs who meets it without its page.
    Args:
        svg: the chart's picture, from `render.to_svg`.
        release_line: which release and revision it shows, and who publishes it; stands under the source.
        illustrative: put the hatched strip and the words of `theme.words` (illustrative) at its head.
        watermark: a word that the pages carry across them, such as DRAFT; stands at its head as well.
    Returns: one `<svg>` on white, title, subtitle, picture, source and release from top to bottom, with `<title>` and
        `<desc>` (the alternative text) for those who cannot see it.
    """
    width, height = float(chart.spec["width"]), float(chart.spec["height"])
    whole = max(width + 2 * MARGIN, NARROWEST)
    strip = 2.4 * theme.MM
    page = _Page(whole - 2 * MARGIN, fonts, MARGIN - 4 + (strip if illustrative else 0))
    if illustrative:
        page.parts.append(f'<rect width="{whole:.2f}" height="{strip:.2f}" fill="url(#hatch-illustrative)"/>')
    marks = [*([theme.words(words)["illustrative"]] if illustrative else []), *([watermark] if watermark else [])]
    if marks:
        page.write(" · ".join(marks), theme.TEXT, 14, theme.ACCENT_TEXT, theme.SEMIBOLD)
        page.y += 3
    page.write(chart.title, TITLE, 14 * theme.PT, theme.INK, theme.SEMIBOLD)
    page.write(chart.subtitle, SUBTITLE, 10.5 * theme.PT + 1, theme.INK_2)
    page.y += 10
    page.parts.append(_placed(chart, svg, page.y))
    page.y += height + 2
    page.write(chart.source, theme.NOTE, 14, theme.INK_3)
    page.write(release_line, theme.NOTE, 14, theme.INK_3)
    return _framed(chart, "".join(page.parts), whole, page.y + MARGIN - 4)


def _placed(chart: Chart, svg: str, y: float) -> str:
    """The picture as a clipped group: one SVG inside another is drawn in its place by some programs only."""
    inside = svg[svg.index(">") + 1 : svg.rindex("</svg>")]
    frame = f'<rect width="{chart.spec["width"]}" height="{chart.spec["height"]}"/>'
    clip = f"{chart.name}-frame"
    return (
        f'<clipPath id="{clip}">{frame}</clipPath>'
        f'<g transform="translate({MARGIN:.2f},{y:.2f})" clip-path="url(#{clip})">{inside}</g>'
    )


def _framed(chart: Chart, inside: str, width: float, height: float) -> str:
    wide, high = round(width), round(height)
    ids = f"{chart.name}-title", f"{chart.name}-alt"
    return patterns(
        f'<svg xmlns="{SVG}" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" role="img"'
        f' aria-labelledby="{ids[0]} {ids[1]}"><title id="{ids[0]}">{escape(chart.title)}</title>'
        f'<desc id="{ids[1]}">{escape(chart.alt)}</desc>'
        f'<rect width="{wide}" height="{high}" fill="{theme.PAPER}"/>{inside}</svg>\n'
    )
