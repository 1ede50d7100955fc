"""
Reading: what the engine does with each document before it lays it out.
Its HTML reader goes letter by letter, and is one for any page of the web; ours are well-formed, and read by a library
in C to the same elements. And its own style sheet has five parts of a footnote and the mark of a list begin at every
element: of six styles that are made, none is used where there are no footnotes.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from functools import cache
from typing import Any

import tinyhtml5
import weasyprint
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from weasyprint import html
from weasyprint.css.counters import CounterStyle

_engines_parse = tinyhtml5.parse

_NOTES = re.compile(r"^\s*::(?:footnote|note)-[a-z]+ \{[^}]*\}$", re.MULTILINE)
_MARK = re.compile(r"^\s*(::marker) \{", re.MULTILINE)
_OWN = "li::marker, summary::marker {"
_ASK_FOR_ALL = re.compile(r"footnote|note\(|::note|list-item")  # in a document or a style sheet


class Document(weasyprint.HTML):  # type: ignore[misc]
    """
    A document whose elements have no styles for parts that they cannot have.
    Args:
        string: HTML.
        fetcher: gives what it names.
        styles: style sheets that it is set with.
    """

    def __init__(self, string: str, fetcher: Any, styles: str) -> None:
        super().__init__(string=string, url_fetcher=fetcher)
        self._plain = not (_ASK_FOR_ALL.search(string) or _ASK_FOR_ALL.search(styles))

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
        return [plain_sheet()] if self._plain and not forms else list(super()._ua_stylesheets(forms))


@cache
def plain_sheet() -> Any:
    """The engine's own style sheet without notes, and with the mark of a list for what lists have."""
    text = _MARK.sub(_OWN, _NOTES.sub("", html.UA))
    return weasyprint.CSS(string=text, counter_style=CounterStyle())


def _parse(document: Any, **options: Any) -> ET.Element:
    """The elements of a document."""
    text = document.read()
    if not isinstance(text, str):
        document.seek(0)
        return _engines_parse(document, **options)
    return _copied(document_fromstring(text, parser=HTMLParser(huge_tree=True)))


def _copied(element: HtmlElement) -> ET.Element:
    """An element as the engine wants it: one that stays the same whenever it is asked for."""
    copy = ET.Element(element.tag, dict(element.attrib))
    copy.text, copy.tail = element.text, element.tail
    before = None
    for child in element:
        if isinstance(child.tag, str):
            before = _copied(child)
            copy.append(before)
        elif child.tail:  # of a comment
            if before is None:
                copy.text = (copy.text or "") + child.tail
            else:
                before.tail = (before.tail or "") + child.tail
    return copy


OURS = [(tinyhtml5, "parse", _parse)]
