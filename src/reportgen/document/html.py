"""
HTML: a whole document from its sections, in the order of the outline.
"""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from reportgen import __version__
from reportgen.charts.text import width, wrap
from reportgen.charts.theme import MM, PT, SEMIBOLD
from reportgen.document import notes, own
from reportgen.document.brief import Brief
from reportgen.document.outline import ANNEX, EVIDENCE, FLOWS, INFOGRAPHIC, WITHOUT_HEAD, outline
from reportgen.document.voice import Said

WIDTH = 174.0  # mm, of the page
HEADING, ANNEXED, FLOWING = 23.0, 19.0, 15.0  # pt, headings as the style sheet sets them
LEDE, LEDE_WIDTH, NARROWEST = 12.0, 150.0, 105.0  # pt, and mm: paragraphs under headings
SHORT = 0.2  # of its width: a last line as short as that
NUMBERED = "00"  # as wide as the number of a note, which a lede is given later
SLACK = 1.5  # mm by which a line may be set wider than it is measured
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_LEDE = re.compile(r'<p class="lede">(.*?)</p>', re.DOTALL)
_FACT = re.compile(r"<span[^>]*data-fact=[^>]*>[^<]*")
# The head of a figure or table: its number, then its finding.
_CAPTION = re.compile(r'<p class="caption[^"]*"[^>]*>\s*<span class="number"[^>]*>([^<]*)</span>(.*?)</p>', re.DOTALL)
_LINK = re.compile(r"<a class=\"fact\" href=\"[^\"]*\"(?: id=\"[^\"]*\")?")  # what remains is what marks a fact


@dataclass(frozen=True)
class Section:
    """One section, said."""

    id: str
    name: str
    html: Markup
    flows: bool = False

    @property
    def runs(self) -> bool:
        """Whether its pages carry the running head and foot."""
        return self.id not in WITHOUT_HEAD

    @property
    def classes(self) -> str:
        return " ".join((self.id, *(["annex"] if self.id in ANNEX else []), *(["flow"] if self.flows else [])))


def sections(brief: Brief) -> list[Section]:
    """
    All sections of a pack, gathered and said in order: the last ones speak of what the first ones said. The facts of
    all their prose are then numbered, the evidence is said, and links lead from each to the other.
    """
    own_names = {section.name for section in brief.settings.sections}
    found = [
        _own_section(name, brief) if name in own_names else _section(name, brief)
        for name in outline(brief.kind, brief.settings.sections)
        if name != EVIDENCE
    ]
    parts = [section for section in found if section is not None]
    brief.notes.update(notes.numbered([part.html for part in parts], brief.voice.facts))
    linked = notes.linked([part.html for part in parts], brief.notes)
    evidence = _section(EVIDENCE, brief)
    return [
        *(replace(part, html=html) for part, html in zip(parts, linked, strict=True)),
        *([evidence] if evidence else []),
    ]


def beside(brief: Brief) -> str:
    """The infographic as HTML for a pack that has no page for it: said like a section, but part of no document."""
    if brief.posters:
        return ""
    section = _section(INFOGRAPHIC, brief)
    return str(section.html) if section else ""


def contents(brief: Brief, parts: list[Section]) -> list[Section]:
    """
    The same sections with contents behind the cover: each section with its finding, then each figure and table with
    its own, in the order of the pages.
    """
    pictures: list[dict[str, Any]] = []
    marked = [replace(part, html=_marked(part.html, pictures)) if part.runs else part for part in parts]
    entries = [{"id": part.id, "name": part.name, "finding": _finding(part)} for part in parts if part.runs]
    context = {"entries": entries, "pictures": pictures}
    name, body = (brief.say("contents", block, context) for block in ("name", "body"))
    page = Section("contents", name.plain, body.html)
    return [marked[0], page, *marked[1:]]


def _marked(html: Markup, pictures: list[dict[str, Any]]) -> Markup:
    """The same, each head of a figure or table with an id that contents lead to; what these say is added to a list."""

    def mark(found: re.Match[str]) -> str:
        id = f"caption-{len(pictures) + 1}"
        pictures.append({"id": id, "label": found[1], "finding": _unlinked(found[2])})
        return found[0].replace("<p ", f'<p id="{id}" ', 1)

    return Markup(_CAPTION.sub(mark, html))


def _finding(part: Section) -> Markup:
    """The heading of a section."""
    found = _HEADING.search(part.html)
    return _unlinked(found[1]) if found else Markup()


def _unlinked(html: str) -> Markup:
    """The same with its facts marked as there; the links to their notes stay where they are."""
    return Markup(_LINK.sub("<span", html).replace("</a>", "</span>").strip())


def document(brief: Brief, parts: list[Section]) -> str:
    """The document as one HTML string; what it shows by reference it carries inside, but for styles and fonts."""
    info = brief.release.info
    return str(
        brief.voice.render(
            "base.html",
            info=info,
            settings=brief.settings,
            watermark=brief.material.watermark,
            version=__version__,
            area_name=brief.name,
            sections=parts,
        )
    )


def _own_section(name: str, brief: Brief) -> Section:
    title, body = own.said(name, brief)
    return Section(f"own-{name}", title.plain, body.html)


def _section(name: str, brief: Brief) -> Section | None:
    """None where the section has nothing to say about this area."""
    module = importlib.import_module(f"reportgen.document.sections.{name}")
    context: dict[str, Any] | None = module.gather(brief)
    if context is None:
        return None
    title, body = brief.say(name, "name", context), brief.say(name, "body", context)
    section = Section(name, title.plain, body.html, (brief.kind, name) in FLOWS or bool(context.get("flows")))
    return replace(section, html=_even(section, brief)) if section.runs else section


def _even(section: Section, brief: Brief) -> Markup:
    """The same, its heading as narrow as it can be without a line more, and its lede if that ends in a word alone."""
    html = str(section.html)
    if found := _HEADING.search(html):
        size = FLOWING if section.flows else ANNEXED if section.id in ANNEX else HEADING
        lines = wrap(Said(Markup(found[1])).plain, WIDTH * MM, brief.fonts, size * PT, SEMIBOLD)
        if len(lines) > 1:
            wide = max(width(line, brief.fonts, size * PT, SEMIBOLD) for line in lines) / MM + SLACK
            html = html.replace("<h1 ", f'<h1 style="width: {min(wide, WIDTH):.0f}mm" ', 1)
    if (found := _LEDE.search(html)) and not section.flows:
        text = Said(Markup(_FACT.sub(rf"\g<0>{NUMBERED}", found[1]))).plain
        if _ends_short(text, brief):
            lines = wrap(text, LEDE_WIDTH * MM, brief.fonts, LEDE * PT)
            wide = max(width(line, brief.fonts, LEDE * PT) for line in lines) / MM + SLACK
            html = html.replace(
                '<p class="lede">', f'<p class="lede" style="width: {min(max(wide, NARROWEST), LEDE_WIDTH):.0f}mm">', 1
            )
    return Markup(html)


def _ends_short(text: str, brief: Brief) -> bool:
    """Whether the last line of a lede would hold a word or two alone."""
    *before, last = wrap(text, LEDE_WIDTH * MM, brief.fonts, LEDE * PT, even=False) or [""]
    return bool(before) and width(last, brief.fonts, LEDE * PT) < SHORT * LEDE_WIDTH * MM
