"""
Rebuilt: is a finished pack the one that its release gives? Holds its files against the document written anew, number by
number. Takes bytes and the document, gives problems; lays nothing out.

Not seen: where on a page a number stands, and words that are no numbers (those `reading` sees); a number more that is
also one of the running head, the foot, a page or a head of a table; of pictures, which digits belong together. Own
style sheets that print numbers are found as numbers too many.
"""

from __future__ import annotations

import base64
import contextlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

import pypdfium2
from lxml.html import HtmlElement

from reportgen.errors import Problem
from reportgen.pack.numbers import UNREAD, numbers_in, parsed
from reportgen.pack.printed import Printed, printed
from reportgen.pack.shared import NAMES
from reportgen.pack.written import Written

MOST_NAMED = 5  # numbers that a message names
AROUND = 40  # letters of a file that a message shows on either side of a difference
CONTENTS = "Contents"  # the bookmark of the page of contents, whose numbers are those of pages
RUNNING = ("head", "foot")  # classes of what stands on every page
_SVG = "data:image/svg+xml;base64,"
_DIGIT = re.compile(r"[\d½⅓⅔¼¾⅛]")
_SPACE = re.compile(r"\s+")
_PAGE = re.compile(r"\d+ of \d+")  # what the foot of a page says


def differences(folder: str, files: Mapping[str, bytes], written: Written) -> list[Problem]:
    """
    Where a pack is not what its release gives.
    Args:
        folder: its name; files: relative path → bytes, as they stand on the disk.
        written: its document, worked out again.
    """
    problems = [*_beside(folder, files, written.files)]
    for name in sorted(name for name in files if name.endswith(".pdf")):
        problems += _pages(printed(files[name]), written, f"{folder}/{name}")
    return problems


def document_of(files: Mapping[str, bytes], written: Written) -> str:
    """What a pack's PDF must say: with a page of contents where it has one; empty without a PDF that can be read."""
    for name in sorted(name for name in files if name.endswith(".pdf")):
        with contextlib.suppress(pypdfium2.PdfiumError):
            document = pypdfium2.PdfDocument(files[name])
            try:
                titles = [mark.get_title() for mark in document.get_toc()]
            finally:
                document.close()
            return written.html_with_contents if CONTENTS in titles else written.html
    return ""


def _beside(folder: str, files: Mapping[str, bytes], wanted: Mapping[str, bytes]) -> Iterator[Problem]:
    """The files beside the PDF: the same bytes."""
    why, fix = (
        "what is handed on has to follow from the release",
        "build the pack again; packs are never edited by hand",
    )
    drawn = {name for name in files if name.endswith(".pdf") or name in NAMES}  # by the page engine
    for name in sorted(wanted.keys() | (files.keys() - drawn)):
        if name not in wanted:
            yield Problem("not-as-released", "the release gives no such file", why, fix, file=f"{folder}/{name}")
        elif name in files and files[name] != wanted[name]:
            row, what = _first_difference(files[name], wanted[name])
            yield Problem("not-as-released", what, why, fix, file=f"{folder}/{name}", row=row)


def _first_difference(there: bytes, wanted: bytes) -> tuple[int, str]:
    """
    The first line in which two files differ, and what stands there.

    >>> _first_difference(b"id,value\\na,1\\n", b"id,value\\na,2\\n")
    (2, "'a,1' stands where the release gives 'a,2'")
    """
    one, other = (text.decode("utf-8", "replace") for text in (there, wanted))
    shorter = min(len(one), len(other))
    at = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    row = one.count("\n", 0, at) + 1
    begin = max(one.rfind("\n", 0, at) + 1, at - AROUND)
    pieces = (text[begin : at + AROUND].split("\n")[0] for text in (one, other))
    return row, "{!r} stands where the release gives {!r}".format(*pieces)


def _pages(found: Printed, written: Written, file: str) -> Iterator[Problem]:
    """The PDF against the document: its numbers, those of its pictures, and its alternative texts."""
    body = parsed(written.html)
    contents = _contents(found)
    texts = [text for page, texts in enumerate(found.texts) if page not in contents for text in texts]
    there, wanted = Counter(_numbers(texts)), Counter(_numbers(_texts(body)))
    more = there - wanted - _allowed(body, len(found.texts))
    missing = _unbroken(wanted - there, more)
    yield from _told(missing, more, "", file)
    digits = Counter(_DIGIT.findall("".join(found.in_figures)))
    wanted_digits = Counter(_DIGIT.findall("".join(_texts_of_pictures(body))))
    yield from _told(wanted_digits - digits, digits - wanted_digits, "in figures, ", file)
    alternatives = Counter(_SPACE.sub(" ", text).strip() for text in found.alternatives)
    said = Counter(_SPACE.sub(" ", image.get("alt", "")).strip() for image in body.iter("img"))
    why, fix = "those who cannot see the figure are told something else", "build the pack again"
    for text in sorted((alternatives - said) | (said - alternatives)):
        whose = "the release does not give it" if text in alternatives else "it is not in the PDF"
        yield Problem("alternative-differs", f"an alternative text: {whose}", why, fix, file=file, detail=text)


def _contents(found: Printed) -> range:
    """The pages of the contents, whose numbers are those of pages: up to that of the next bookmark."""
    pages = [page for page, _ in found.headings if page is not None]
    first = next((page for page, title in found.headings if title == CONTENTS), None)
    return range(0) if first is None else range(first, min(page for page in (*pages, len(found.texts)) if page > first))


def _told(missing: Counter[str], more: Counter[str], where: str, file: str) -> Iterator[Problem]:
    why, fix = "the page says something else than the release and facts.csv", "build the pack again, with this version"
    for numbers, whose in ((missing, "not in the PDF"), (more, "in the PDF and not in the document")):
        if numbers:
            named = sorted(numbers.elements())[:MOST_NAMED]
            rest = numbers.total() - len(named)
            what = f"{where}{whose}: {', '.join(named)}{f' and {rest} more' if rest else ''}"
            yield Problem("numbers-differ", what, why, fix, file=file)


def _unbroken(missing: Counter[str], more: Counter[str]) -> Counter[str]:
    """What is missing but for numbers that a line end cut in two, whose pieces are then not too many."""
    for number in sorted(missing.elements()):
        for cut in range(1, len(number)):
            pieces = Counter(filter(None, (number[:cut].strip(".,"), number[cut:].strip(".,"))))
            if pieces <= more:
                more.subtract(pieces)
                missing[number] -= 1
                break
    for counted in (missing, more):
        for number in [number for number, times in counted.items() if times <= 0]:
            del counted[number]
    return missing


def _allowed(body: HtmlElement, pages: int) -> Counter[str]:
    """
    Numbers that pages have more often than the document: of running heads and of heads of long tables, which stand
    on each page, and once each the number of a page.
    """
    again = [text for name in RUNNING for each in body.find_class(name) for text in each.itertext()]
    again += [text for head in body.iter("thead") for text in head.itertext()]
    again += [section.get("data-name", "") for section in body.iter("section")]
    return Counter(dict.fromkeys(_numbers(again), pages)) + Counter(map(str, range(1, pages)))


def _numbers(texts: Iterator[str] | list[str]) -> Iterator[str]:
    """Numbers in digits and in words, without the comma or the full stop of their sentence."""
    for text in texts:
        for number in () if _PAGE.fullmatch(text.strip()) else numbers_in(text):
            yield number.rstrip(".,").lower()


def _texts(element: HtmlElement) -> Iterator[str]:
    """The texts of a document that are printed where they stand."""
    if not isinstance(element.tag, str) or element.tag in UNREAD or set(element.classes) & set(RUNNING):
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def _texts_of_pictures(body: HtmlElement) -> Iterator[str]:
    for image in body.iter("img"):
        if image.get("src", "").startswith(_SVG):
            picture = ElementTree.fromstring(base64.b64decode(image.get("src").removeprefix(_SVG)))
            for text in picture.iter("{http://www.w3.org/2000/svg}text"):
                yield "".join(text.itertext())
