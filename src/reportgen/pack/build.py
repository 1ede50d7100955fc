"""
Build: one area's pack, from release and findings to bytes in memory. Pure: no disk but our own resources, no clock, no
log; the same input gives the same bytes.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from reportgen.analysis.findings import COLUMNS, KEY, Findings, to_csv_bytes
from reportgen.analysis.shape import NUMBERS
from reportgen.charts.colours import Palette
from reportgen.charts.figure import standalone
from reportgen.classification import chosen
from reportgen.document.brief import Brief
from reportgen.document.figures import Figure
from reportgen.document.html import contents, document, sections
from reportgen.document.material import gathered
from reportgen.document.voice import Voice
from reportgen.errors import ConfigurationError, Problem
from reportgen.facts import format as formats
from reportgen.facts.fact import Fact
from reportgen.pack.model import Pack
from reportgen.pack.pdf import Press
from reportgen.release.model import Release
from reportgen.resources import Folder, Resources
from reportgen.settings import Settings
from reportgen.toml import parse

NAMES = "data/names.toml"
BETWEEN_IDS = ";"  # of the facts that a count counts, in facts.csv
LAST = "end"  # id of what ends the pages that are counted; those of the evidence notes are extra
FACT_COLUMNS = (
    "id",
    "area",
    "name",
    *KEY[1:],
    *NUMBERS,
    "unit",
    "status",
    "shown",
    "reason",
    "source",
    "note",
    "counts",
)


def build(area: str, release: Release, findings: Findings, resources: Resources, settings: Settings) -> Pack:
    """
    The pack of one area.
    Args:
        area: code of an area of the release that has a pack (`Release.packs`).
        findings: of the whole release, as `analyse` made them.
    Returns: `Pack`, its files under the names they have below the pack's folder.
    Raises: ReportgenError: a template, style or picture is wrong; the pack is then not there at all.
    """
    brief = briefed(area, release, findings, resources, settings)
    parts = sections(brief)
    html = document(brief, parts)
    press = _press(resources.styles, release.info.source_date_epoch, brief.material.palette)
    laid_out = press.lay_out(html)
    if press.pages_to(laid_out, LAST) >= settings.contents_from:
        html = document(brief, contents(brief, parts))
        laid_out = press.lay_out(html)
    printed = press.write(laid_out, f"{release.info.id}/{release.info.revision}/{area}")

    folder = folder_of(area, release)
    facts = tuple(brief.voice.facts.values())
    files = {
        f"creative-clusters_{release.info.id}_{folder}.pdf": printed.data,
        "facts.csv": _facts_csv(facts, brief.notes, release),
        "data.csv": _data_csv(brief.figures),
        **{f"figures/{figure.chart.name}.svg": _exported(figure, brief) for figure in brief.figures},
    }
    return Pack(area, folder, files, facts, html, printed.pages)


def briefed(area: str, release: Release, findings: Findings, resources: Resources, settings: Settings) -> Brief:
    """
    What the sections of a pack start from; arguments as of `build`.
    Raises: ReportgenError: something of the team's own is wrong.
    """
    return Brief(
        area=area,
        release=release,
        findings=findings,
        classification=_classification(resources, release.info.classification, settings),
        settings=settings,
        voice=Voice(resources.templates),
        fonts=resources.fonts,
        in_sentence=_in_sentence(resources),
        material=gathered(resources, settings, release.info.classification),
    )


def folder_of(area: str, release: Release) -> str:
    """
    Name of a pack's folder: code and slug. Only letters, digits, `-` and `_`, whatever the area is called.
    """
    return f"{_allowed(area)}_{slug(release.name_of(area))}"


def slug(name: str) -> str:
    """
    A name for files: lower case ASCII letters, digits and hyphens, at most 60 of them.

    >>> slug("Llandrindod Wells and Builth Wells"), slug("Ŵyn / ../x"), slug("<>")
    ('llandrindod-wells-and-builth-wells', 'wyn-x', 'area')
    """
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name)[:60].strip("-") or "area"


def _allowed(code: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]", "-", code)


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
    """All facts, in the order in which they are said, each with the number of its note where it has one."""
    rows = []
    for fact in facts:
        area, *key = fact.key
        shown = formats.cell(fact.value, fact.status, fact.unit, fact.digits)
        about = [fact.id, area, release.name_of(area), *key]
        number = [fact.value, fact.low, fact.high, fact.unit, fact.status.value, shown]
        rows.append([*about, *number, fact.reason, fact.source, notes.get(fact.id, ""), BETWEEN_IDS.join(fact.of)])
    return to_csv_bytes(pd.DataFrame(rows, columns=list(FACT_COLUMNS)))


def _data_csv(figures: Sequence[Figure]) -> bytes:
    """What the figures draw, one row a mark, in the order of the figures."""
    columns = ["figure", "label", *COLUMNS]
    frames = [figure.chart.table.assign(figure=figure.chart.name) for figure in figures]
    together = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)
    return to_csv_bytes(together[[name for name in columns if name in together.columns]])


_classification = functools.cache(chosen)  # one reading a worker


@functools.cache
def _press(styles: Folder, epoch: int, palette: Palette) -> Press:
    """One press a worker: style sheets parsed and fonts known once."""
    return Press(styles, epoch, palette.applied)


@functools.cache
def _in_sentence(resources: Resources) -> Mapping[str, str]:
    """Name of an area → how it stands in a sentence, where that is not the same: a team's own names before ours."""
    found: dict[str, str] = {}
    for root in reversed(resources.roots):
        path = root / NAMES
        if path.is_file():
            found |= _names(path.read_bytes())
    return found


def _names(data: bytes) -> dict[str, str]:
    problems: list[Problem] = []
    found = (parse(data, NAMES, problems) or {}).get("in_sentence", {})
    if not (isinstance(found, dict) and all(isinstance(spoken, str) for spoken in found.values())):
        what, why = "[in_sentence] is no table of texts", "sentences name areas as it says"
        fix = 'write rows such as "South West" = "the South West"'
        problems.append(Problem("bad-names", what, why, fix, file=NAMES))
    if problems:
        raise ConfigurationError(problems)
    return {str(name): spoken for name, spoken in found.items()}
