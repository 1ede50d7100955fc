"""
Written: one area's pack before it is laid out: its document as HTML and the files beside the PDF. Needs no page engine,
so that what a pack must say can be worked out again wherever its release is.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from reportgen.analysis.findings import KEY, Findings, to_csv_bytes
from reportgen.analysis.shape import NUMBERS
from reportgen.charts.chart import Row
from reportgen.charts.figure import standalone
from reportgen.charts.poster import PAGE
from reportgen.classification import chosen
from reportgen.document.brief import Brief
from reportgen.document.figures import Figure
from reportgen.document.html import Section, beside, contents, document, sections
from reportgen.document.material import gathered
from reportgen.document.outline import INFOGRAPHIC
from reportgen.document.voice import Voice
from reportgen.facts import format as formats
from reportgen.facts.fact import Fact
from reportgen.facts.said import BETWEEN
from reportgen.pack.names import in_sentence
from reportgen.release.model import Release
from reportgen.resources import Resources
from reportgen.settings import Settings

FACT_COLUMNS = (
    *("id", "area", "name", *KEY[1:], *NUMBERS, "unit", "status", "shown", "reason", "source"),
    *("note", "counts"),
)
DATA_COLUMNS = ("figure", "label", *KEY, *NUMBERS, "status")


@dataclass(frozen=True)
class Written:
    """
    A pack's document, section by section, with the facts and figures that it shows. `beside` is the HTML of an
    infographic that stands on no page of it.
    """

    brief: Brief
    parts: list[Section]
    beside: str = ""

    @functools.cached_property
    def html(self) -> str:
        """The whole document, without a page of contents."""
        return document(self.brief, self.parts)

    @functools.cached_property
    def html_with_contents(self) -> str:
        return document(self.brief, contents(self.brief, self.parts))

    @functools.cached_property
    def digest(self) -> str:
        """
        One hash of all that the pack prints, figures and the files beside the PDF included: two documents with the same
        digest give the same pack, from the same engine, styles and settings.
        """
        sheets = [sheet for poster in self.brief.posters for _, sheet in sorted(poster.sheets.items())]
        files = [part for name, data in self.files.items() for part in (name.encode(), data)]
        info = self.brief.release.info  # a PDF names its release, with the day, where no page shows it
        named = repr((self.brief.area, info.id, info.revision, info.published))
        hashed = hashlib.sha256()
        for part in (
            *(text.encode() for text in (named, self.html, self.html_with_contents, self.beside, *sheets)),
            *files,
        ):
            hashed.update(len(part).to_bytes(8, "big"))
            hashed.update(part)
        return hashed.hexdigest()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts shown, in the order of their first appearance."""
        return tuple(self.brief.voice.facts.values())

    @functools.cached_property
    def files(self) -> dict[str, bytes]:
        """The files beside the PDF: relative path → bytes."""
        figures = self.brief.figures
        posters = [(INFOGRAPHIC, poster.table) for poster in self.brief.posters]
        return {
            "facts.csv": _facts_csv(self.facts, self.brief.notes, self.brief.release),
            "data.csv": _data_csv([*((figure.chart.name, figure.chart.table) for figure in figures), *posters]),
            **{f"figures/{figure.chart.name}.svg": _exported(figure, self.brief) for figure in figures},
            **{f"{INFOGRAPHIC}.svg": poster.sheets[PAGE.name].encode() for poster in self.brief.posters},
        }


def write(area: str, release: Release, findings: Findings, resources: Resources, settings: Settings) -> Written:
    """
    The document of one area; arguments and errors as of `pack.build.build`, of which it is the part before the page
    engine.
    """
    brief = briefed(area, release, findings, resources, settings)
    parts = sections(brief)
    return Written(brief, parts, beside(brief))


def briefed(area: str, release: Release, findings: Findings, resources: Resources, settings: Settings) -> Brief:
    """
    What the sections of a pack start from; arguments as of `pack.build.build`.
    Raises: ReportgenError: something of the team's own is wrong.
    """
    return Brief(
        area=area,
        release=release,
        findings=findings,
        classification=_classification(resources, release.info.classification, settings),
        settings=settings,
        voice=Voice(resources.templates, release.name_of(area)),
        fonts=resources.fonts,
        in_sentence=in_sentence(resources),
        material=gathered(resources, settings, release.info.classification),
    )


def _exported(figure: Figure, brief: Brief) -> bytes:
    """A figure as a file of its own, which says whose it is and how it may be reused."""
    info, settings, material = brief.release.info, brief.settings, brief.material
    line = [
        brief.name,
        f"{info.title}, revision {info.revision}",
        *([settings.own_publisher] if settings.own_publisher else []),
        *([settings.licence] if settings.licence else []),
    ]
    svg = standalone(
        figure.chart,
        figure.svg,
        fonts=brief.fonts,
        release_line="; ".join(line),
        illustrative=info.illustrative,
        watermark=material.watermark.word if material.watermark else "",
    )
    return material.palette.applied(svg).encode()


def _facts_csv(facts: Iterable[Fact], notes: Mapping[str, int], release: Release) -> bytes:
    """
    All facts, in the order in which they are said, each with the number of its note where it has one. Numbers are as
    printed: the file changes when the page does, and not when a digit moves that nobody reads.
    """
    rows = []
    for fact in facts:
        area, *key = fact.key
        shown = formats.cell(fact.value, fact.status, fact.unit, fact.digits)
        about = [fact.id, area, release.name_of(area), *key]
        printed = fact.printed
        number = [printed.value, printed.low, printed.high, fact.unit, fact.status.value, shown]
        rows.append([*about, *number, fact.reason, fact.source, notes.get(fact.id, ""), BETWEEN.join(fact.of)])
    return to_csv_bytes(pd.DataFrame(rows, columns=list(FACT_COLUMNS)))


def _data_csv(tables: Sequence[tuple[str, Sequence[Row]]]) -> bytes:
    """What the figures draw, one row a mark, in the order of the figures."""
    rows = [[name, *(getattr(row, column) for column in DATA_COLUMNS[1:])] for name, table in tables for row in table]
    return to_csv_bytes(pd.DataFrame(rows, columns=list(DATA_COLUMNS)))


_classification = functools.cache(chosen)  # one reading a worker
