"""
Laid out: what stands where on the pages of a PDF, as text that one can read and compare, and pictures of where two of
them differ. Of this house's PDFs alone; knows nothing of packs.
"""

from __future__ import annotations

import ctypes
import hashlib
import platform
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageDraw, ImageFont

from reportgen.preview import pictures

DPI, SEEN_DPI = 100, 40  # of a picture of two pages, and of what the hash of a page is made from
ORANGE, INK, GREY = "#F46A25", "#17212B", "#66727D"
PACKAGES = ("weasyprint", "vl-convert-python", "pypdfium2", "fonttools", "pillow")
GAP = 0.35  # of a letter's height: letters further apart, or on another line, are not of one text
SAME = 0.3  # points within which two letters are one, drawn twice: with its halo


@dataclass(frozen=True)
class Text:
    """Letters that stand in a row: where the first begins on the base line, and how wide all are, in whole points."""

    x: int
    y: int
    width: int
    text: str

    def __str__(self) -> str:
        return f"{self.x} {self.y} {self.width} {self.text}"


@dataclass(frozen=True)
class Page:
    """The texts of a page in the order in which they were set, and a hash of how all of it looks."""

    texts: tuple[Text, ...]
    seen: str

    @property
    def letters(self) -> str:
        """What it says, wherever its lines end."""
        return re.sub(r"[\s\u00ad\u2010\x02-]", "", "".join(each.text for each in self.texts))


@dataclass(frozen=True)
class Accepted:
    """Pages, and the versions of what they were made with."""

    engines: Mapping[str, str]
    pages: tuple[Page, ...]

    def as_text(self) -> str:
        lines = [f"{name}: {what}" for name, what in self.engines.items()]
        for number, page in enumerate(self.pages, start=1):
            lines += ["", f"page {number} {page.seen}", *map(str, page.texts)]
        return "\n".join([*lines, ""])

    @classmethod
    def from_text(cls, text: str) -> Accepted:
        head, *parts = text.rstrip("\n").split("\n\n")
        pages = []
        for part in parts:
            first, *lines = part.split("\n")
            rows = [line.split(" ", 3) for line in lines]
            texts = tuple(Text(int(x), int(y), int(width), said) for x, y, width, said in rows)
            pages.append(Page(texts, first.split(" ")[2]))
        return cls(dict(line.split(": ", 1) for line in head.split("\n")), tuple(pages))


def engines(fonts: Path) -> dict[str, str]:
    """What pages are made with here: packages, the system's text layout, machine, fonts."""
    from weasyprint.text.ffi import pango

    layout = pango.pango_version()
    files = b"".join(path.read_bytes() for path in sorted(fonts.glob("*.ttf")))
    return {
        **{name: version(name) for name in PACKAGES},
        "pango": f"{layout // 10000}.{layout // 100 % 100}.{layout % 100}",
        "machine": platform.machine(),
        "fonts": hashlib.sha256(files).hexdigest()[:12],
    }


def pages_of(pdf: bytes) -> tuple[Page, ...]:
    """The pages of a PDF."""
    seen = [hashlib.sha256(each.convert("L").tobytes()).hexdigest()[:12] for each in pictures.pages(pdf, SEEN_DPI)]
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(Page(_texts(page), look) for page, look in zip(document, seen, strict=True))
    finally:
        document.close()


def _texts(page: pypdfium2.PdfPage) -> tuple[Text, ...]:
    """Letters put together to rows, each once however often it is drawn."""
    letters = page.get_textpage()
    height = page.get_height()
    rows: list[tuple[float, float, float, str]] = []  # begin, base line, end, text
    drawn: set[tuple[str, int, int]] = set()
    x, y, left, right, bottom, top = (ctypes.c_double() for _ in range(6))
    for index in range(letters.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(letters, index))
        pdfium.FPDFText_GetCharOrigin(letters, index, x, y)
        place = (letter, round(x.value / SAME), round(y.value / SAME))
        if letter in "\r\n\0" or place in drawn:
            continue
        drawn.add(place)
        pdfium.FPDFText_GetCharBox(letters, index, left, right, bottom, top)
        begin, base, end, text = rows[-1] if rows else (0.0, -1.0, 0.0, "")
        room = GAP * max(top.value - bottom.value, 6)
        if abs(base - y.value) < SAME and -room < x.value - end < room:
            rows[-1] = (begin, base, max(end, right.value), text + letter)
        elif letter.strip():
            rows.append((x.value, y.value, right.value, letter))
    return tuple(
        Text(round(begin), round(height - base), round(end - begin), text.rstrip()) for begin, base, end, text in rows
    )


def differing(accepted: Accepted, now: Accepted) -> dict[int, list[str]]:
    """
    Number of each page that is not as accepted → what differs on it. With other engines than the accepted pages were
    made with, lines may end elsewhere: then only whether there are as many pages, and each says the same.
    """
    found: dict[int, list[str]] = {}
    exact = accepted.engines == now.engines
    for number in range(1, max(len(accepted.pages), len(now.pages)) + 1):
        before, after = (each.pages[number - 1] if number <= len(each.pages) else None for each in (accepted, now))
        if before is None or after is None:
            found[number] = ["there is no such page now" if before else "no such page was accepted"]
        elif exact and before != after:
            gone, new = unlike(before, after)
            moved = [f"accepted: {text}" for text in gone] + [f"now: {text}" for text in new]
            found[number] = moved or ["its texts stand where they stood; what is drawn looks otherwise"]
        elif not exact and before.letters != after.letters:
            found[number] = ["it says something else"]
    return found


def unlike(before: Page, after: Page) -> tuple[list[Text], list[Text]]:
    """The texts that only the one page has, and those that only the other has."""
    one, other = Counter(before.texts), Counter(after.texts)
    return list((one - other).elements()), list((other - one).elements())


def side_by_side(accepted: Page | None, pdf: bytes, number: int, now: Page | None, fonts: Path) -> Image.Image:
    """
    Left the texts of the accepted page, set where they stood; right the page as it is now. What only one of them has is
    underlined.
    """
    drawn = next(pictures.pages(pdf, DPI, number - 1)) if now else None
    size = drawn.size if drawn else (round(595 * DPI / 72), round(842 * DPI / 72))
    both = Image.new("RGB", (2 * size[0] + 10, size[1]), ORANGE)
    left = Image.new("RGB", size, "white")
    for text in accepted.texts if accepted else ():
        _set(left, text, fonts)
    gone, new = unlike(accepted or Page((), ""), now or Page((), ""))
    for picture, texts in ((left, gone), (drawn, new)):
        for text in texts if picture else ():
            x, y, end = (round(value * DPI / 72) for value in (text.x, text.y, text.x + text.width))
            ImageDraw.Draw(picture).rectangle((x, y + 2, max(end, x + 3), y + 4), fill=ORANGE)
    both.paste(left, (0, 0))
    if drawn:
        both.paste(drawn, (size[0] + 10, 0))
    return both


def _set(picture: Image.Image, text: Text, fonts: Path) -> None:
    """A text as wide as it was."""
    font = ImageFont.truetype(fonts / "SourceSans3-Regular.ttf", 100)
    size = max(4.0, min(90.0, 100 * text.width * DPI / 72 / max(font.getlength(text.text), 1)))
    place = (text.x * DPI / 72, text.y * DPI / 72)
    ImageDraw.Draw(picture).text(place, text.text, INK, font.font_variant(size=size), anchor="ls")
