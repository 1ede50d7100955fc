"""
Check: does a finished pack hold what every pack must hold? Looks at the bytes that go out, not at how they were made.
Takes bytes, gives problems; opens no folder, mends nothing.
"""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping

import page as validator
import pikepdf
import pypdfium2
from PIL import Image

from reportgen.analysis.findings import INDICATORS
from reportgen.errors import ConfigurationError, Problem
from reportgen.pack import pictures, reading, texts
from reportgen.pack.content import Shown, fonts_used, letters, shown
from reportgen.pack.expected import STRAY, Expected, plain_name, spaced
from reportgen.pack.finish import is_archival, not_attached
from reportgen.pack.glyphs import UsedFont
from reportgen.pack.model import Pack
from reportgen.pack.numbers import unmarked_in
from reportgen.pack.pointers import bookmarks, counted_pages, dead_links
from reportgen.release.tables import Status

MARK = "ILLUSTRATIVE DATA"
# Sources of our own methods that hold such a word: IEEE Trans. Inf. Theory.
SOURCES = tuple(sorted({each.source for each in INDICATORS if STRAY.search(each.source)}))
_STATUSES = frozenset(Status)
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
    "pdf-a": ("an archive would refuse the file, or lose the numbers behind it", "build the pack again"),
    "figure-without-text": ("those who cannot see the figure get nothing", "give the figure its alternative text"),
    "poor-alternative": (
        "those who cannot see the figure learn nothing from it",
        "let the alternative text say what the figure shows, with its numbers, in the section's template",
    ),
    "words-differ": (
        "the page, or whoever has it read out, does not get what the document says",
        "mend the style that cuts, hides or moves the words, or build the pack again with this version",
    ),
    "off-page": ("nobody sees what stands outside the paper", "mend the style or the template that puts it there"),
    "page-count": (
        "a pack much longer or shorter than its kind has lost its measure, or a section",
        "shorten what runs over to another page, or see which section is missing",
    ),
    "clipped": ("a name or number is read wrong, or not at all", "give the chart more room for its texts"),
    "alike-in-grey": (
        "printed in grey, or seen without colours, one looks like the other",
        "give one of them an outline, dashes or another width, or take a colour of another lightness",
    ),
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


def refused(pack: Pack, expected: Expected) -> list[Problem]:
    """For what a pack is not handed on: numbers that no fact stands behind, and whatever else is wrong with it."""
    return [
        *unmarked_in((pack.html, pack.beside), pack.facts, expected.numbered),
        *check_pack(pack.folder, pack.files, expected, pack.html),
    ]


def check_pack(folder: str, files: Mapping[str, bytes], expected: Expected, html: str = "") -> list[Problem]:
    """
    Everything that is wrong with one pack.
    Args:
        folder: name of its folder, `E30000180_bristol`.
        files: relative path → bytes.
        html: the document that its PDF was printed from; empty: its words are not compared.
    """
    wanted = (f"creative-clusters_{expected.release}_{folder}.pdf", *TABLES)
    problems = [
        _problem("missing-file", f"the pack has no {name}", f"{folder}/{name}") for name in wanted if name not in files
    ]
    for name in sorted(files):
        place = f"{folder}/{name}"
        if name.endswith(".pdf"):
            problems += check_pdf(files[name], expected, place, html, expected.pages.get(folder))
            if expected.archival:
                problems += _carries(files[name], files, place)
        elif name.endswith(".svg"):
            problems += check_figure(files[name], expected, place)
        elif name.endswith(".png"):
            problems += check_picture(files[name], place)
        elif name in TABLES:
            may_be_empty = name == "data.csv" and not any(other.endswith(".svg") for other in files)
            problems += check_table(files[name], TABLES[name], place, may_be_empty)
    return problems


def check_pdf(
    data: bytes, expected: Expected, file: str = "", html: str = "", length: tuple[int, int] | None = None
) -> list[Problem]:
    """
    Everything that is wrong with one PDF.
    Args:
        file: how to call it. html: the document it was printed from. length: fewest and most counted pages.
    """
    try:
        report = validator.validate_pdf_bytes(data, profile="ua1")
        with pikepdf.open(io.BytesIO(data)) as pdf:
            strings, marks = shown(pdf), bookmarks(pdf)
            said = reading.read_out(pdf, letters(strings))
            problems = [
                *_text_on_pages(data, pdf, strings, expected),
                *_fonts(list(fonts_used(strings)), expected),
                *_figures_with_text(said.figures),
                *(("dead-link", what, place) for what, place in dead_links(pdf, expected.links, marks)),
                *_length(counted_pages(pdf, marks), length),
            ]
            archival = expected.archival or is_archival(pdf)
    except (pypdfium2.PdfiumError, pikepdf.PdfError, validator.PageError) as error:
        return [_problem("unreadable", f"the file is no PDF that can be read: {error}", file)]
    if html:
        problems += [("words-differ", what, place) for what, place in reading.differences(html, said.words)]
    problems += [("pdf-ua", failure.message, f"rule {failure.rule_id}") for failure in report.failures]
    if archival:
        failures = validator.validate_pdf_bytes(data, profile="3a").failures
        problems += [("pdf-a", failure.message, f"rule {failure.rule_id}") for failure in failures]
    return [_problem(kind, what, file, detail) for kind, what, detail in problems]


def _carries(data: bytes, files: Mapping[str, bytes], file: str) -> list[Problem]:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            absent = not_attached(pdf, files)
    except pikepdf.PdfError:
        return []  # told already
    return [_problem("pdf-a", f"{name} is not attached as it lies beside the PDF", file, name) for name in absent]


def check_figure(data: bytes, expected: Expected, file: str = "") -> list[Problem]:
    """Everything that is wrong with one exported figure (SVG)."""
    try:
        root = ET.fromstring(data)
    except ET.ParseError as error:
        return [_problem("bad-figure", f"the figure is no SVG that can be read: {error}", file)]
    shown = " ".join(root.itertext())
    problems = [_problem("bad-figure", "the figure has no text", file)] if not shown.strip() else []
    # Attributes too: a missing value in a path or a position reads NaN there.
    problems += [_problem(*found, file) for found in _stray_words(data.decode("utf-8"), expected)]
    problems += [_problem(kind, what, file, element) for kind, what, element in _of_picture(root, expected)]
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
    if status is not None and status not in _STATUSES:
        return f"{status!r} is no status"
    if status is not None and Status(status).has_value != bool(value):
        return f"the status is {status}, and the value is {value or 'empty'}"
    return ""


Found = tuple[str, str, str]  # kind, what, detail


def _text_on_pages(data: bytes, pdf: pikepdf.Pdf, strings: list[Shown], expected: Expected) -> Iterator[Found]:
    """What our own reading finds wrong, or leaves open, is looked at by pdfium, which has the last word."""
    told = enumerate(texts.told(pdf, strings), start=1)
    doubtful = [number for number, text in told if text is None or any(_faults(text, expected))]
    for number, text, outside in texts.looked_at(data, doubtful) if doubtful else ():
        place = f"page {number}"
        yield from ((kind, what, place) for kind, what in _faults(text, expected))
        for words in outside:
            yield "off-page", "a text stands outside the page, if only in part", f"{place}, text {words!r}"


def _faults(text: str, expected: Expected) -> Iterator[tuple[str, str]]:
    """Of the text of a page."""
    if not text.strip():
        yield "empty-page", "the page has no text"
    yield from _stray_words(text, expected)
    yield from _mark(text, expected)


def _stray_words(text: str, expected: Expected) -> Iterator[tuple[str, str]]:
    text = spaced(text)
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
        if not plain_name(font.name).startswith(tuple(expected.fonts)):
            yield "font", f"the font {font.name} is not one of ours", place
        if font.missing is None:
            yield "font", f"the font {font.name} is of a kind whose glyphs the check cannot follow", place
        for character in font.missing or ():
            yield "missing-glyph", f"the font has no glyph for {character!r}", place


def _of_picture(root: ET.Element, expected: Expected) -> Iterator[Found]:
    try:
        yield from pictures.faults(root, expected.lettering)
    except ConfigurationError as error:  # a text has no glyph, and so no width
        yield from (("missing-glyph", problem.what, "") for problem in error.problems)


def _figures_with_text(figures: Iterable[tuple[str, int]]) -> Iterator[Found]:
    said: list[tuple[str, str]] = []
    for text, number in figures:
        place = f"page {number or 'unknown'}"
        if text.strip():
            said.append((text, f"{place}, figure"))
        else:
            yield "figure-without-text", "a figure has no alternative text", place
    for what, place in pictures.faults_of_alternatives(said):
        yield "poor-alternative", what, place


def _length(counted: int | None, length: tuple[int, int] | None) -> Iterator[Found]:
    if length and counted is not None and not length[0] <= counted <= length[1]:
        what = f"the pack has {counted} counted pages, and its kind has from {length[0]} to {length[1]}"
        yield "page-count", what, f"page {counted}"


def _problem(kind: str, what: str, file: str, detail: str = "") -> Problem:
    why, fix = _WHY_AND_FIX[kind]
    return Problem(kind, what, why, fix, file=file, detail=detail)
