"""
Reading: what the engine does with each document before it lays it out.
Its HTML reader keeps the patterns that it reads with, but under a name that it never asks for again, and so makes each
anew a thousand times a document. And its own style sheet has five parts of a footnote and the mark of a list begin at
every element: of six styles that are made, none is used where there are no footnotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

import weasyprint
from tinyhtml5 import inputstream
from weasyprint import html
from weasyprint.css.counters import CounterStyle

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


class _Patterns(dict[Any, re.Pattern[str]]):
    def __missing__(self, key: tuple[Iterable[str], bool]) -> re.Pattern[str]:
        if isinstance(key[0], re.Pattern):  # what the reader keeps
            raise KeyError(key)
        letters = "".join(f"\\x{ord(letter):02x}" for letter in key[0])
        found = self[key] = re.compile(f"[{'' if key[1] else '^'}{letters}]+")
        return found


OURS = [(inputstream, "characters_until_regex", _Patterns())]
