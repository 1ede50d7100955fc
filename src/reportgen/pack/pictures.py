"""
Pictures: do the figures of a pack say and show what they must to everybody? Their alternative texts, what is cut off at
their edges, and whether their colours can be told apart in grey. Takes SVG and texts, gives what is wrong.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from reportgen.charts.drawn import Drawn, alike_in_grey, drawn
from reportgen.charts.render import SVG
from reportgen.pack.expected import spaced

FEWEST = 6  # words of an alternative text that says what a chart shows
SLACK = 1.0  # px by which a text may stand over the edge: its last letters have blank beside them
_FILE = re.compile(r"\S+\.(?:svg|png|jpe?g|gif|pdf|csv)", re.IGNORECASE)
_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)+")  # of a file or of a chart: areas-map
Fault = tuple[str, str, str]  # kind, what, element


def faults_of_alternatives(alternatives: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """
    What is wrong with the alternative texts of a PDF.
    Args:
        alternatives: text and place of each.
    """
    times = Counter(spaced(text).casefold() for text, _ in alternatives)
    for text, place in alternatives:
        if _FILE.fullmatch(text.strip()) or _NAME.fullmatch(text.strip()):
            yield f"an alternative text is the name of a file: {text.strip()!r}", place
        elif times[spaced(text).casefold()] > 1:
            yield f"several figures have the same alternative text: {_short(text)!r}", place


def faults(svg: bytes | ET.Element, fonts: Path | None) -> Iterator[Fault]:
    """
    What is wrong with a figure of its own, beyond its being one.
    Args:
        fonts: folder with the font files, to measure texts with; None: they are not measured.
    Raises: xml.etree.ElementTree.ParseError: it is no SVG.
    """
    root = svg if isinstance(svg, ET.Element) else ET.fromstring(svg)
    title, alternative = (spaced(root.findtext(f"{{{SVG}}}{tag}", "")) for tag in ("title", "desc"))
    if alternative:
        yield from _said(alternative, title)
    picture = drawn(root)
    if fonts is not None:
        yield from _cut_off(picture, fonts)
    for one, other in alike_in_grey(picture):
        what = f"marks of {one} and {other} are as light as each other, and nothing else tells them apart"
        yield "alike-in-grey", what, f"marks of {one}"


def _said(alternative: str, title: str) -> Iterator[Fault]:
    if alternative.rstrip(".").casefold() in title.casefold():
        yield "poor-alternative", "the alternative text says no more than the title", f"<desc> {_short(alternative)}"
    elif len(alternative.split()) < FEWEST:
        yield "poor-alternative", f"the alternative text has not {FEWEST} words", f"<desc> {_short(alternative)}"


def _cut_off(picture: Drawn, fonts: Path) -> Iterator[Fault]:
    for text in picture.texts:
        left, top, right, bottom = text.box(fonts)
        over = max(-left, -top, right - picture.width, bottom - picture.height)
        if over > SLACK:
            yield "clipped", f"a text is cut off at the edge of the picture, by {over:.0f} px", f"<text> {text.words}"


def _short(text: str) -> str:
    return spaced(text)[:60]
