"""
Reading: what the engine does with each document before it lays it out.
Its HTML reader goes letter by letter, and is one for any page of the web; ours are well-formed, and read by a library
in C to the same elements. And of its own style sheet much is looked at for each element and never holds: parts of
footnotes, marks of lists, what is hidden, and text from right to left.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from functools import cache
from typing import Any

import tinycss2
import tinyhtml5
import weasyprint
from lxml.html import HtmlElement
from weasyprint import html
from weasyprint.css.counters import CounterStyle

from reportgen.pack.numbers import parsed

_engines_parse = tinyhtml5.parse

_ASK_FOR_ALL = re.compile(r"footnote|note\(|::note|list-item|dir=")  # in a document or a style sheet
_NOT_ASKED = re.compile(r"::(?:footnote|note)-|\[(?:dir|hidden)\b")  # in a selector
_ANY_OF = re.compile(r"(.*):is\(([^()]+)\)")
_MARKED = ("li", "summary")


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
        asks = any("hidden" in element.attrib for element in self.etree_element.iter())
        self._plain = not (asks or _ASK_FOR_ALL.search(string) or _ASK_FOR_ALL.search(styles))

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
        return [plain_sheet()] if self._plain and not forms else list(super()._ua_stylesheets(forms))


@cache
def plain_sheet() -> Any:
    """The engine's own style sheet for documents with nothing hidden, no notes, and marks for what lists have."""
    rules = tinycss2.parse_stylesheet(html.UA, skip_comments=True, skip_whitespace=True)
    return weasyprint.CSS(string="\n".join(map(_plain, rules)), counter_style=CounterStyle())


def _plain(rule: Any) -> str:
    if rule.type != "qualified-rule":
        return str(rule.serialize())
    selectors = [one for each in _selectors(rule.prelude) if not _NOT_ASKED.search(each) for one in _by_name(each)]
    return f"{', '.join(selectors)} {{{tinycss2.serialize(rule.content)}}}" if selectors else ""


def _selectors(tokens: list[Any]) -> list[str]:
    commas = [place for place, token in enumerate(tokens) if token == ","]
    edges = zip([-1, *commas], [*commas, len(tokens)], strict=True)
    return [tinycss2.serialize(tokens[before + 1 : after]).strip() for before, after in edges]


def _by_name(selector: str) -> list[str]:
    """The same as selectors that name the element they are for: the engine then looks at no other with them."""
    if selector == "::marker":
        return [f"{name}::marker" for name in _MARKED]
    found = _ANY_OF.fullmatch(selector)
    return [f"{found[1]}{name.strip()}" for name in found[2].split(",")] if found else [selector]


def _parse(document: Any, **options: Any) -> ET.Element:
    """The elements of a document."""
    text = document.read()
    if not isinstance(text, str):
        document.seek(0)
        root: ET.Element = _engines_parse(document, **options)
        return root
    return _copied(parsed(text))


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
