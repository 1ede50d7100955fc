"""
Numbers: does each number in a document come from a fact, or say why it need not? Reads the finished HTML, as it goes to
the page engine: in its text nodes and alternative texts no digit and no number word may stand without its mark.
Takes HTML and facts, gives problems; knows no template and no section.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from reportgen.document.figures import BETWEEN
from reportgen.errors import Problem
from reportgen.facts import said
from reportgen.facts.fact import Fact
from reportgen.facts.words import NUMBER_WORDS

# Why a number may stand without a fact: what `data-fixed` may say. The one list.
FIXED = {
    "date": "a year, a day, a period",
    "code": "the code of an area, an industry or a release",
    "number": "the number of a figure, a table, a note or an item of a list",
    "method": "a constant of a method or a threshold of the settings",
    "definition": "what a definition says: how many sub-sectors there are, what a line means",
    "quotation": "somebody else's words, with their source",
    "source": "the name of a source, a paper, a licence, a release",
    "provenance": "hashes, sizes and versions of what a pack was made from",
}
VOID = frozenset({"meta", "link", "img", "br", "hr", "col", "input", "source", "wbr"})
UNREAD = frozenset({"style", "script", "title"})  # the title repeats the cover's words; no reader meets the others
AROUND = 40  # letters of a text that a message shows on either side

_NUMBER = re.compile(rf"\d[\d.,]*|[½⅓⅔¼¾⅛]|\b(?:{'|'.join(NUMBER_WORDS)})\b", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n]+")


def number_in(text: str) -> str:
    """
    The first number in a text, in digits or in words; empty where there is none.

    >>> number_in("rose by 3.2 % in two years"), number_in("Twice as many"), number_in("no number at all")
    ('3.2', 'Twice', '')
    """
    found = _NUMBER.search(text)
    return found.group() if found else ""


@dataclass
class _Mark:
    """An open element: what it says of the numbers in it."""

    tag: str
    fact: str | None
    part: str
    fixed: str | None
    section: str
    text: list[str] = field(default_factory=list)

    @property
    def marked(self) -> bool:
        return self.fact is not None or self.fixed is not None


def unmarked(html: str, facts: Mapping[str, Fact], names: Iterable[str] = ()) -> list[Problem]:
    """
    Every number in a document that no fact stands behind, and every fact that is not said as it is.
    Args:
        html: the whole document.
        facts: id → fact, those that the pack shows.
        names: texts that hold a number because they are called so: an area, an industry, a source.
    """
    reader = _Reader(facts, tuple(sorted({name for name in names if number_in(name)}, key=lambda name: -len(name))))
    reader.feed(html)
    reader.close()
    return list(dict.fromkeys(reader.problems))


class _Reader(HTMLParser):
    def __init__(self, facts: Mapping[str, Fact], names: tuple[str, ...]) -> None:
        super().__init__(convert_charrefs=True)
        self._facts, self._names = facts, names
        self._open: list[_Mark] = []
        self._loose: list[str] = []  # text since the last mark, element by element
        self.problems: list[Problem] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        above = self._open[-1].section if self._open else ""
        section = found.get("id", "") if tag == "section" else above
        mark = _Mark(tag, found.get("data-fact"), found.get("data-part", ""), found.get("data-fixed"), section)
        if "alt" in found:
            self._alternative(found, section)
        if mark.fixed is not None and mark.fixed not in FIXED:
            self._complain("unknown-reason", f'data-fixed="{mark.fixed}" is no reason', section)
        if mark.fact is not None and mark.fact not in self._facts:
            self._complain("unknown-fact-said", f"data-fact names no fact of the pack: {mark.fact}", section)
        if tag not in VOID:
            self._open.append(mark)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or not any(mark.tag == tag for mark in self._open):
            return
        while self._open:
            mark = self._open.pop()
            if mark.fact is not None and mark.fact in self._facts:
                self._said(mark)
            if mark.tag == tag:
                return

    def handle_data(self, data: str) -> None:
        within = next((mark for mark in reversed(self._open) if mark.marked), None)
        if within is not None:
            within.text.append(data)
        elif self._open and not any(mark.tag in UNREAD for mark in self._open):
            self._unmarked(data, self._open[-1].section)

    def _said(self, mark: _Mark) -> None:
        """Whether the text of a fact is one of those that it may have."""
        fact, text = self._facts[mark.fact or ""], _SPACE.sub(" ", "".join(mark.text)).strip(" ")
        allowed = said.texts(fact, mark.part)
        if allowed is None:
            self._complain("unknown-part", f'data-part="{mark.part}" is no part of a fact', mark.section)
        elif text not in allowed and (mark.part != "verdict" or number_in(text)):
            meant = " or ".join(repr(each) for each in sorted(allowed))
            self._complain("fact-said-wrong", f"{fact.id} reads {text!r}, not {meant}", mark.section)

    def _alternative(self, found: Mapping[str, str], section: str) -> None:
        """An alternative text names the facts it says, and the fixed words in it."""
        text = found["alt"]
        if not _NUMBER.search(text):
            return
        words = [
            *_alternatives(found.get("data-facts", ""), self._facts),
            *found.get("data-fixed-words", "").split(BETWEEN),
        ]
        self._unmarked(_without(text, words), section)

    def _unmarked(self, text: str, section: str) -> None:
        if not _NUMBER.search(text):
            return
        text = _without(text, self._names)
        for found in _NUMBER.finditer(text):
            around = _SPACE.sub(" ", text[max(0, found.start() - AROUND) : found.end() + AROUND]).strip()
            self._complain("unmarked-number", f"{found.group()!r} comes from no fact: … {around} …", section)

    def _complain(self, kind: str, what: str, section: str) -> None:
        why, fix = _WHY_AND_FIX[kind]
        self.problems.append(Problem(kind, what, why, fix, detail=f"section: {section}" if section else ""))


def _alternatives(ids: str, facts: Mapping[str, Fact]) -> Iterator[str]:
    """All texts of the facts that an alternative text names."""
    for id in ids.split(BETWEEN):
        if id in facts:
            yield from said.every(facts[id])


def _without(text: str, words: Iterable[str]) -> str:
    """
    A text with blanks in the place of words that may stand in it; no part of a longer word or number is one.

    >>> _without("12 of 2 and 2.5, Area 2", ["2", "Area 2"])
    '12 of   and 2.5,       '
    """
    known = sorted(filter(None, words), key=lambda word: (-len(word), word))
    if not known:
        return text
    whole = rf"(?<![\w.,])(?:{'|'.join(map(re.escape, known))})(?!\w|[.,]\d)"
    return re.sub(whole, lambda found: " " * len(found.group()), text)


_WHY_AND_FIX = {
    "unmarked-number": (
        "a number that is typed stays when the data change, and nobody can trace it",
        f'say it by num, span, count …, or put it into an element with data-fixed="…": {", ".join(FIXED)}',
    ),
    "unknown-reason": ("the list of reasons is short so that it can be read", f"write one of {', '.join(FIXED)}"),
    "unknown-fact-said": ("the number cannot be traced", "say the fact by a function of the voice"),
    "unknown-part": ("the check would not know what to hold it against", f"write one of {', '.join(said.PARTS)}"),
    "fact-said-wrong": ("the page would say another number than facts.csv", "say the fact by a function of the voice"),
}
