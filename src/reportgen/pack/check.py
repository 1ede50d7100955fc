"""
Check: does a finished pack hold what every pack must hold? Looks at the bytes that go out, not at how they were made.
Takes bytes, gives problems; opens no folder, mends nothing.
"""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import page as validator
import pikepdf
import pypdfium2
from fontTools.ttLib import TTFont
from PIL import Image

from reportgen.analysis.findings import INDICATORS
from reportgen.document.links import addresses
from reportgen.errors import Problem
from reportgen.pack.glyphs import UsedFont, fonts_used
from reportgen.pack.names import of_tables, with_numbers
from reportgen.release.model import Release
from reportgen.release.tables import Status
from reportgen.resources import Resources
from reportgen.settings import Settings

MARK = "ILLUSTRATIVE DATA"
MARKS = re.compile(r"\{[{%#].*?[}%#]\}|<[^>]*>|[\"\n]", re.DOTALL)  # of templates and of TOML
STRAY = re.compile(
    r"(?<!\w)(?:nan|NaN|NAN|None(?!\s+of\b)|inf|Inf|Infinity|undefined|NaT|<NA>)(?!\w)|\{\{|\}\}|\{%|\ufffd"
)
# Sources of our own methods that hold such a word: IEEE Trans. Inf. Theory.
SOURCES = tuple(sorted({each.source for each in INDICATORS if STRAY.search(each.source)}))
LAST_CHUNK = b"IEND\xaeB`\x82"  # of every PNG
TABLES = {"facts.csv": {"id", "value", "status"}, "data.csv": {"figure", "label"}}  # with the columns they must have

_WHY_AND_FIX = {
    "missing-file": ("a pack is its PDF with the numbers and figures behind it", "build the pack again"),
    "unreadable": ("nobody could open it", "build the pack again"),
    "empty-page": ("a page without text is a fault of layout, or its text is a picture", "mend the section's template"),
    "stray-word": ("a value that is not there was printed as if it were one", "say in words why there is no value"),
    "missing-glyph": ("a box stands where a character should", "use a character that the fonts in styles/fonts have"),
    "font": (
        "the page looks different on another machine, or than the design says",
        "set the font on html (margin boxes do not inherit from body) and in every SVG text",
    ),
    "pdf-ua": ("people who use assistive software could not read the page", "mend the tags in the section's template"),
    "figure-without-text": ("those who cannot see the figure get nothing", "give the figure its alternative text"),
    "dead-link": (
        "the reader is sent nowhere, or out of the document unasked",
        "link to a heading, a release source, or an address of the settings",
    ),
    "mark": (
        "illustrative numbers must never be taken for real ones, nor real ones for illustrative",
        "let the release's status alone decide on the mark, on every page and in every figure",
    ),
    "watermark": ("a page that is passed on alone would look like a final one", "build the pack again"),
    "bad-table": ("the numbers behind the page could not be used", "mend what writes the table"),
    "bad-figure": ("the exported figure could not be used", "mend the chart that writes it"),
}


@dataclass(frozen=True)
class Expected:
    """
    What the check has to know of a release.
    Args:
        release: id.
        illustrative: the mark is due on every page and figure; else it must stand nowhere.
        fonts: allowed font families, lower case, letters and digits only.
        links: addresses outside the pack that it may point to.
        names: texts of the release, or of the team's own, that hold a word which is stray anywhere else, such as an
            area called None.
        numbered: names that hold a number.
        watermark: a word that must stand on every page and figure, such as DRAFT; empty: none.
    """

    release: str
    illustrative: bool
    fonts: frozenset[str]
    links: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    watermark: str = ""
    numbered: tuple[str, ...] = ()


def expected(release: Release, resources: Resources, settings: Settings) -> Expected:
    """Gather from a release, our fonts and the settings what its packs are held against."""
    info = release.info
    texts = {info.title, info.reference_period, info.geography}
    texts |= {text for source in info.sources for text in (source.name, source.publisher, source.attribution)}
    texts |= {settings.series, settings.publisher, settings.contact, settings.feedback}
    texts |= {settings.licence, settings.disclaimer, *_own_texts(resources)}
    texts |= set(of_tables(release))
    return Expected(
        release=info.id,
        illustrative=info.illustrative,
        fonts=frozenset(_families(resources)),
        links=frozenset([*(source.url for source in info.sources if source.url), *addresses(settings)]),
        names=tuple(
            sorted((_spaced(text) for text in texts if STRAY.search(text)), key=lambda name: (-len(name), name))
        ),
        watermark=settings.watermark.strip(),
        numbered=with_numbers(release, resources, settings),
    )


def _own_texts(resources: Resources) -> Iterator[str]:
    """What a team wrote itself in templates and rules, piece by piece between the marks: its words are its own."""
    for own in resources.own:
        path = resources.find(own.name) if own.name.endswith((".html", ".toml")) else None
        if path is not None:
            yield from MARKS.split(path.read_text(encoding="utf-8", errors="replace"))


def check_pack(folder: str, files: Mapping[str, bytes], expected: Expected) -> list[Problem]:
    """
    Everything that is wrong with one pack.
    Args:
        folder: name of its folder, `E30000180_bristol`.
        files: relative path → bytes.
    """
    wanted = (f"creative-clusters_{expected.release}_{folder}.pdf", *TABLES)
    problems = [
        _problem("missing-file", f"the pack has no {name}", f"{folder}/{name}") for name in wanted if name not in files
    ]
    for name in sorted(files):
        place = f"{folder}/{name}"
        if name.endswith(".pdf"):
            problems += check_pdf(files[name], expected, place)
        elif name.endswith(".svg"):
            problems += check_figure(files[name], expected, place)
        elif name.endswith(".png"):
            problems += check_picture(files[name], place)
        elif name in TABLES:
            may_be_empty = name == "data.csv" and not any(other.endswith(".svg") for other in files)
            problems += check_table(files[name], TABLES[name], place, may_be_empty)
    return problems


def check_pdf(data: bytes, expected: Expected, file: str = "") -> list[Problem]:
    """Everything that is wrong with one PDF; `file` is how to call it."""
    try:
        texts = _texts(data)
        report = validator.validate_pdf_bytes(data, profile="ua1")
        with pikepdf.open(io.BytesIO(data)) as pdf:
            problems = [
                *_text_on_pages(texts, expected),
                *_fonts(list(fonts_used(pdf)), expected),
                *_figures_with_text(pdf),
                *_links(pdf, expected),
            ]
    except (pypdfium2.PdfiumError, pikepdf.PdfError, validator.PageError) as error:
        return [_problem("unreadable", f"the file is no PDF that can be read: {error}", file)]
    problems += [("pdf-ua", failure.message, f"rule {failure.rule_id}") for failure in report.failures]
    return [_problem(kind, what, file, detail) for kind, what, detail in problems]


def check_figure(data: bytes, expected: Expected, file: str = "") -> list[Problem]:
    """Everything that is wrong with one exported figure (SVG)."""
    try:
        shown = " ".join(ET.fromstring(data).itertext())
    except ET.ParseError as error:
        return [_problem("bad-figure", f"the figure is no SVG that can be read: {error}", file)]
    problems = [_problem("bad-figure", "the figure has no text", file)] if not shown.strip() else []
    # Attributes too: a missing value in a path or a position reads NaN there.
    problems += [_problem(*found, file) for found in _stray_words(data.decode("utf-8"), expected)]
    return problems + [_problem(*found, file) for found in _mark(shown, expected)]


def check_picture(data: bytes, file: str = "") -> list[Problem]:
    """Whether a picture for sharing can be opened, and is as large as its name says (`…-1200x630.png`)."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            size = "{}x{}".format(*picture.size)
    except (OSError, SyntaxError) as error:
        return [_problem("bad-figure", f"the picture cannot be read: {error}", file)]
    if not data.endswith(LAST_CHUNK):  # the page engine has the library take pictures that lack their end
        return [_problem("bad-figure", "the picture ends before its end", file)]
    wrong = not file.endswith(f"-{size}.png")
    return [_problem("bad-figure", f"the picture is {size} pixels", file)] if wrong else []


def check_table(data: bytes, columns: set[str], file: str = "", may_be_empty: bool = False) -> list[Problem]:
    """Everything that is wrong with a CSV file: it must have rows, and a value exactly where its status says so."""
    try:
        table = csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""), strict=True)
        rows = list(table)
    except (csv.Error, UnicodeDecodeError) as error:
        return [_problem("bad-table", f"the table cannot be read: {error}", file)]
    if not (rows or may_be_empty):
        return [_problem("bad-table", "the table has no rows", file)]
    if absent := columns - set(table.fieldnames or ()):
        return [_problem("bad-table", f"the table has no column {', '.join(sorted(absent))}", file)]
    return [
        Problem("bad-table", fault, *_WHY_AND_FIX["bad-table"], file=file, row=number)
        for number, row in enumerate(rows, start=2)
        if (fault := _fault(row))
    ]


def _fault(row: Mapping[str | None, str | None]) -> str:
    if None in row or None in row.values():
        return "the row has not as many fields as the header"
    status, value = row.get("status"), row.get("value", "")
    if status is not None and status not in set(Status):
        return f"{status!r} is no status"
    if status is not None and Status(status).has_value != bool(value):
        return f"the status is {status}, and the value is {value or 'empty'}"
    return ""


Found = tuple[str, str, str]  # kind, what, detail


def _text_on_pages(texts: list[str], expected: Expected) -> Iterator[Found]:
    for number, text in enumerate(texts, start=1):
        if not text.strip():
            yield "empty-page", "the page has no text", f"page {number}"
        for kind, what in (*_stray_words(text, expected), *_mark(text, expected)):
            yield kind, what, f"page {number}"


def _stray_words(text: str, expected: Expected) -> Iterator[tuple[str, str]]:
    text = _spaced(text)
    for name in (*SOURCES, *expected.names):
        text = text.replace(name, " ")
    for word in sorted({found.group() for found in STRAY.finditer(text)}):
        around = text[max(0, text.index(word) - 30) : text.index(word) + 30].strip()
        yield "stray-word", f"{word!r} stands in the text: … {around} …"


def _mark(text: str, expected: Expected) -> Iterator[tuple[str, str]]:
    # Letter-spaced text comes back with blanks between its letters: compare without any.
    stands = "".join(MARK.split()) in "".join(text.split())
    if expected.illustrative and not stands:
        yield "mark", f"the words {MARK} are missing"
    elif stands and not expected.illustrative:
        yield "mark", f"the words {MARK} stand on a release that is not illustrative"
    if "".join(expected.watermark.split()) not in "".join(text.split()):
        yield "watermark", f"the word {expected.watermark} is missing"


def _fonts(used: list[UsedFont], expected: Expected) -> Iterator[Found]:
    for font in used:
        place = f"page {font.page}, font {font.name}"
        if not font.embedded:
            yield "font", f"the font {font.name} is not embedded", place
        if not _plain(font.name).startswith(tuple(expected.fonts)):
            yield "font", f"the font {font.name} is not one of ours", place
        if font.missing is None:
            yield "font", f"the font {font.name} is of a kind whose glyphs the check cannot follow", place
        for character in font.missing or ():
            yield "missing-glyph", f"the font has no glyph for {character!r}", place


def _figures_with_text(pdf: pikepdf.Pdf) -> Iterator[Found]:
    pages = _page_numbers(pdf)
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary) or item.get("/S") != "/Figure":
            continue
        if not str(item.get("/Alt", item.get("/ActualText", ""))).strip():
            number = pages.get(item["/Pg"].objgen) if "/Pg" in item else None
            yield "figure-without-text", "a figure has no alternative text", f"page {number or 'unknown'}"


def _links(pdf: pikepdf.Pdf, expected: Expected) -> Iterator[Found]:
    """Links on pages, then bookmarks."""
    pages = _page_numbers(pdf)
    root = pdf.Root.get("/Names", pikepdf.Dictionary())
    tree = pikepdf.NameTree(root["/Dests"]) if "/Dests" in root else {}
    names = {str(name): target for name, target in tree.items()}
    found = [
        (f"page {number}", note)
        for number, one in enumerate(pdf.pages, start=1)
        for note in one.obj.get("/Annots", [])
        if note.get("/Subtype") == "/Link"
    ]
    dictionaries = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
    found += [(f"bookmark {item['/Title']}", item) for item in dictionaries if {"/Title", "/Parent"} <= set(item)]
    for place, link in found:
        if fault := _link_fault(link, pages, names, expected):
            yield "dead-link", fault, place


def _link_fault(
    link: pikepdf.Object, pages: Mapping[tuple[int, int], int], names: Mapping[str, pikepdf.Object], expected: Expected
) -> str:
    action = link.get("/A", pikepdf.Dictionary())
    kind = str(action.get("/S", "/GoTo"))
    if kind == "/URI":
        address = str(action.get("/URI", ""))
        return "" if address in expected.links else f"a link points outside the pack, to {address or 'nowhere'}"
    if kind != "/GoTo":
        return f"a link does something else than to point at a place: {kind}"
    target = link.get("/Dest", action.get("/D"))
    if isinstance(target, pikepdf.String | pikepdf.Name):
        target, called = names.get(str(target).removeprefix("/")), str(target)
    else:
        called = "a page"
    if isinstance(target, pikepdf.Array) and len(target) and getattr(target[0], "objgen", None) in pages:
        return ""
    return f"a link points to {called}, which is not in the document"


def _texts(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [str(one.get_textpage().get_text_range()) for one in document]
    finally:
        document.close()


def _page_numbers(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    return {one.obj.objgen: number for number, one in enumerate(pdf.pages, start=1)}


def _families(resources: Resources) -> Iterator[str]:
    for path in resources.styles.files("**/*.ttf").values():
        with TTFont(path, lazy=True) as font:
            yield _plain(font["name"].getBestFamilyName())


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _problem(kind: str, what: str, file: str, detail: str = "") -> Problem:
    why, fix = _WHY_AND_FIX[kind]
    return Problem(kind, what, why, fix, file=file, detail=detail)
