"""
PDF: from a finished HTML document to bytes. Alone imports WeasyPrint.
Nothing is fetched but our own styles and fonts and what stands in the document itself; any error or
warning that the engine logs fails the pack.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import logging
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import weasyprint
from weasyprint.text.ffi import harfbuzz_subset
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reportgen.errors import ConfigurationError, Problem
from reportgen.pack.engine import speed
from reportgen.pack.engine.drawing import Picture
from reportgen.pack.engine.letters import Letters
from reportgen.pack.engine.reading import Document
from reportgen.pack.engine.unknown import UnknownShapeError
from reportgen.pack.tags import complete
from reportgen.resources import Folder
from reportgen.settings import PdfVariant

speed.start()

SCHEME = "reportgen"  # reportgen:/hatch.svg is a file among the styles, a team's own before ours
STYLES = ("tokens.css", "page.css", "components.css")
SLOWER = "Using fontTools instead of HarfBuzz-Subset"  # how the engine says that it cuts fonts the slow way
# Where the blank before an element is the first thing that a line has no room for, the engine breaks that line at its
# first word instead. In the element the blank does no harm.
_BLANK_BEFORE = re.compile(r"(?<=[^\s>]) +(<(?:span|a|b)\b[^>]*>)")
_PICTURE = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/]+=*)")
_TOKEN, _USED = re.compile(r"(--[\w-]+):\s*([^;{}]+);"), re.compile(r"var\((--[\w-]+)\)")
_BEHIND = re.compile(rf'url\("({SCHEME}:/[^"]+\.svg)"\)')
Coloured = Callable[[str], str]
_TYPES = {".css": "text/css", ".ttf": "font/ttf", ".svg": "image/svg+xml"}


class OwnResourcesOnly(URLFetcher):  # type: ignore[misc]
    """Denies every address but `data:` and files below the styles that it is given."""

    def __init__(self, styles: Folder, coloured: Coloured = str) -> None:
        super().__init__(allowed_protocols=("data", SCHEME), allow_redirects=False)
        self._styles, self._coloured = styles, coloured

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        scheme, _, rest = url.partition(":")
        if scheme == "data":
            return super().fetch(url, headers)
        path = self._styles.find(rest.lstrip("/")) if scheme == SCHEME else None
        if path is None or path.suffix not in _TYPES:
            raise ValueError(f"documents may fetch nothing from outside: {url}")
        data = path.read_bytes()
        if path.suffix != ".ttf":
            data = self._coloured(data.decode("utf-8")).encode()
        return URLFetcherResponse(url, data, {"Content-Type": _TYPES[path.suffix]})


class _Complaints(logging.Handler):
    """Gathers what the engine says while it works; it says it nowhere else."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        # Warnings too: styles and documents are our own, and a font that cannot be loaded is only a warning.
        # How fonts are cut is about the machine, not about the page; the doctor says it.
        if not (said := record.getMessage()).startswith(SLOWER):
            self.errors.append(said)


@dataclass(frozen=True)
class Printed:
    """A PDF and the number of its pages."""

    data: bytes
    pages: int


class Press:
    """
    The engine made ready once: style sheets parsed, fonts known. Prints any number of documents.
    Args:
        styles: the style sheets, with `fonts` among them.
        epoch: seconds from 1970; the only date the engine may know.
        coloured: gives a style sheet or an SVG in the colours of the publisher.
    """

    def __init__(self, styles: Folder, epoch: int, coloured: Coloured = str) -> None:
        self._epoch = epoch
        logging.getLogger("fontTools").setLevel(logging.ERROR)
        self._fetcher = OwnResourcesOnly(styles, coloured)
        self._fonts = FontConfiguration()
        self._letters = Letters(self._fonts)
        with _listening() as complaints:
            tokens, *others = (coloured(_text(styles, name)) for name in STYLES)
            self._styles = "\n".join(others)
            self._behind = self._drawn(self._styles)
            self._sheets = [
                weasyprint.CSS(string=sheet, url_fetcher=self._fetcher, font_config=self._fonts)
                for sheet in (tokens, _with_tokens(self._styles, tokens))
            ]
        _refuse(complaints.errors)

    def lay_out(self, html: str) -> Any:
        """
        Lay a document out, without writing it.
        Raises: ConfigurationError: the engine logged an error (a resource denied or absent, invalid styles).
        """
        with _listening() as complaints:
            named, pictures = self._pictures(_breaking_well(html))
            document = Document(named, self._fetcher, self._styles).render(
                font_config=self._fonts, stylesheets=self._sheets, pdf_variant="pdf/ua-1", pdf_tags=True, cache=pictures
            )
        _refuse(complaints.errors)
        return document

    def pages_to(self, document: Any, anchor: str) -> int:
        """How many pages a laid-out document has up to the one with an id; all where none has it."""
        found = (number for number, page in enumerate(document.pages, start=1) if anchor in page.anchors)
        return next(found, len(document.pages))

    def write(self, document: Any, identifier: str, variant: PdfVariant = "pdf/ua-1") -> Printed:
        """Write a laid-out document; `identifier` makes the file's ID, so equal input gives equal bytes."""
        # The engine's slower font writer stamps fonts with the clock unless this says otherwise.
        os.environ["SOURCE_DATE_EPOCH"] = str(self._epoch)
        with _listening() as complaints:
            data = document.write_pdf(
                finisher=complete, pdf_identifier=identifier.encode(), pdf_variant=variant, pdf_tags=True
            )
        _refuse(complaints.errors)
        return Printed(cast(bytes, data), len(document.pages))

    def sheets(self, pictures: Sequence[tuple[str, float, float]]) -> bytes:
        """
        Pictures as a PDF that is drawn from and kept nowhere, one a page of its size.
        Args: pictures: SVG, width and height in px.
        Raises: ConfigurationError: the engine logged an error.
        """
        html = "".join(_sheet(number, *picture) for number, picture in enumerate(pictures))
        with _listening() as complaints:
            named, drawn = self._pictures(f"<body style='margin: 0'>{html}")
            document = Document(named, self._fetcher, self._styles)
            data = document.write_pdf(font_config=self._fonts, stylesheets=self._sheets[:1], cache=drawn)
        _refuse(complaints.errors)
        return cast(bytes, data)

    def _drawn(self, sheets: str) -> dict[str, Any]:
        """Pictures that style sheets name: drawn once for all pages of all documents, where our pen knows them."""
        drawn: dict[str, Any] = {}
        for address in sorted(set(_BEHIND.findall(sheets))):
            with contextlib.suppress(UnknownShapeError, ValueError):  # the engine draws it, or says what is wrong
                drawn[address] = Picture(self._fetcher.fetch(address).read(), self._letters)
        return drawn

    def _pictures(self, html: str) -> tuple[str, dict[str, Any]]:
        """
        A document that calls the pictures in it by short names, and the pictures: so it is read faster, and our pen
        draws them. Those that it does not know stay where they are, for the engine.
        """
        pictures: dict[str, Any] = dict(self._behind)
        names: dict[str, str] = {}

        def named(found: re.Match[str]) -> str:
            if found[1] not in names:
                name = f"{SCHEME}:/picture/{len(names)}"
                try:
                    pictures[name] = Picture(base64.b64decode(found[1]), self._letters)
                except (UnknownShapeError, binascii.Error):
                    return found[0]
                names[found[1]] = name
            return names[found[1]]

        return _PICTURE.sub(named, html), pictures


def _breaking_well(html: str) -> str:
    """The same, with lines that break before a number, and before no dash of a name: Inner London - West."""
    return _BLANK_BEFORE.sub(r"\1 ", html).replace(" - ", "\N{NO-BREAK SPACE}- ")


def _with_tokens(sheet: str, tokens: str) -> str:
    """A style sheet with the values of the tokens in their place: the engine looks them up for each element anew."""
    values = dict(_TOKEN.findall(tokens))
    return _USED.sub(lambda found: values.get(found[1], found[0]), sheet)


def _sheet(number: int, svg: str, width: float, height: float) -> str:
    picture = base64.b64encode(svg.encode()).decode()
    return (
        f"<style>@page sheet{number} {{ size: {width}px {height}px; margin: 0 }}</style>"
        f'<img alt="" style="page: sheet{number}; display: block; width: {width}px; height: {height}px"'
        f' src="data:image/svg+xml;base64,{picture}">'
    )


def _text(styles: Folder, name: str) -> str:
    path = styles.find(name)
    try:
        if path is None:
            raise ValueError("there is no such file")
        return path.read_text(encoding="utf-8")
    except ValueError as error:
        what, why = f"the style sheet cannot be read: {error}", "every page is set by it"
        fix = "save it as UTF-8, or delete your own so that ours counts"
        raise ConfigurationError(Problem("bad-style", what, why, fix, file=f"{styles.name}/{name}")) from error


def engine() -> dict[str, str]:
    """Versions of the engine and whether it found the library that makes writing twice as fast."""
    return {
        "weasyprint": str(weasyprint.__version__),
        "harfbuzz-subset": "found" if harfbuzz_subset is not None else "missing",
    }


class _listening:
    def __enter__(self) -> _Complaints:
        self._handler = _Complaints()
        self._logger = logging.getLogger("weasyprint")
        self._before = self._logger.propagate
        self._logger.propagate = False
        self._logger.addHandler(self._handler)
        return self._handler

    def __exit__(self, *_: object) -> None:
        self._logger.removeHandler(self._handler)
        self._logger.propagate = self._before


def _refuse(errors: list[str]) -> None:
    if errors:
        raise ConfigurationError(
            [
                Problem(
                    "engine",
                    f"WeasyPrint reports: {error}",
                    "a page may lack something that its author put there",
                    "mend the template, style or picture that the message names",
                )
                for error in errors
            ]
        )
