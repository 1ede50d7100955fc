"""
Numbers: does each number in a document come from a fact, or say why it need not? Reads the finished HTML, as it goes to
the page engine: in its text nodes and alternative texts no digit and no number word may stand without its mark.
Takes HTML and facts, gives problems; knows no template and no section.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from lxml.etree import XPath
from lxml.html import HtmlElement, HTMLParser, document_fromstring

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
    "setting": "the team's own words in its settings: a contact, a licence, a disclaimer",
    "provenance": "hashes, sizes and versions of what a pack was made from",
}
UNREAD = frozenset({"style", "script", "title"})  # the title repeats the cover's words; no reader meets the others
AROUND = 40  # letters of a text that a message shows on either side

_NUMBER = re.compile(rf"\d[\d.,]*|[½⅓⅔¼¾⅛]|\b(?:{'|'.join(NUMBER_WORDS)})\b", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n]+")
_telling = XPath("//*[@alt or @data-fact or @data-fixed]")
_marked = XPath("//*[@data-fact or @data-fixed or {}]".format(" or ".join(f"self::{tag}" for tag in sorted(UNREAD))))


def number_in(text: str) -> str:
    """
    The first number in a text, in digits or in words; empty where there is none.

    >>> number_in("rose by 3.2 % in two years"), number_in("Twice as many"), number_in("no number at all")
    ('3.2', 'Twice', '')
    """
    found = _NUMBER.search(text)
    return found.group() if found else ""


def numbers_in(text: str) -> Iterator[str]:
    """All numbers in a text, as they stand there."""
    return (found.group() for found in _NUMBER.finditer(text))


def unmarked(html: str, facts: Mapping[str, Fact], names: Sequence[str] = ()) -> list[Problem]:
    """
    Every number in a document that no fact stands behind, and every fact that is not said as it is.
    Args:
        html: the whole document.
        facts: id → fact, those that the pack shows.
        names: texts that hold a number because they are called so: an area, an industry, a source.
    """
    if not html:
        return []
    root, reader = parsed(html), _Reader(facts, tuple(names))
    for element in _telling(root):
        reader.told(element)
    for element in _marked(root):  # all of them have been read by now, also those that stand in another one
        element.clear(keep_tail=True)
    reader.unmarked(root)
    return list(dict.fromkeys(reader.problems))


def unmarked_in(documents: Iterable[str], facts: Iterable[Fact], names: Sequence[str] = ()) -> list[Problem]:
    """The same of all documents of a pack, which share their facts."""
    known = {fact.id: fact for fact in facts}
    return [problem for html in documents for problem in unmarked(html, known, names)]


def parsed(html: str) -> HtmlElement:
    """The elements of a document; pictures that it carries inside make its attributes long."""
    return document_fromstring(html, parser=HTMLParser(huge_tree=True))


class _Reader:
    def __init__(self, facts: Mapping[str, Fact], names: tuple[str, ...]) -> None:
        self._facts, self._names = facts, names
        self.problems: list[Problem] = []

    def told(self, element: HtmlElement) -> None:
        """Whether an element that says what its numbers are says it rightly."""
        fact, fixed = element.get("data-fact"), element.get("data-fixed")
        if "alt" in element.attrib:
            self._alternative(element)
        if fixed is not None and fixed not in FIXED:
            self._complain("unknown-reason", f'data-fixed="{fixed}" is no reason', element)
        if fact is not None:
            self._said(fact, element.get("data-part", ""), element)

    def unmarked(self, root: HtmlElement) -> None:
        """Numbers in what is left of a document without all that is marked."""
        if not _NUMBER.search("\n".join(root.itertext())):
            return
        for element in root.iter():
            if isinstance(element.tag, str):  # no comment
                self._unmarked(element.text, element)
            if element is not root:
                self._unmarked(element.tail, element.getparent())

    def _said(self, id: str, part: str, element: HtmlElement) -> None:
        """Whether the text of a fact is one of those that it may have."""
        if id not in self._facts:
            return self._complain("unknown-fact-said", f"data-fact names no fact of the pack: {id}", element)
        fact, text = self._facts[id], _SPACE.sub(" ", "".join(element.itertext())).strip(" ")
        if not said.is_part(part):
            return self._complain("unknown-part", f'data-part="{part}" is no part of a fact', element)
        if said.reads(fact, part, text) or (part == "verdict" and fact.known and not number_in(text)):
            return None
        meant = " or ".join(repr(each) for each in sorted(said.texts(fact, part)))
        return self._complain("fact-said-wrong", f"{fact.id} reads {text!r}, not {meant}", element)

    def _alternative(self, element: HtmlElement) -> None:
        """An alternative text names the facts it says, and the fixed words in it."""
        if not _NUMBER.search(element.get("alt")):
            return
        fixed = element.get("data-fixed-words", "").split(said.BETWEEN)
        facts = [self._facts[id] for id in element.get("data-facts", "").split(said.BETWEEN) if id in self._facts]
        for ways in (said.usual, said.every):  # of few facts more than these are said
            text = _without(element.get("alt"), [*_alternatives(facts, ways), *fixed])
            if not _NUMBER.search(text):
                return
        self._unmarked(text, element)

    def _unmarked(self, text: str | None, element: HtmlElement) -> None:
        if not text or not _NUMBER.search(text):
            return
        text = _names(self._names).sub(_blank, text) if self._names else text
        for found in _NUMBER.finditer(text):
            around = _SPACE.sub(" ", text[max(0, found.start() - AROUND) : found.end() + AROUND]).strip()
            self._complain("unmarked-number", f"{found.group()!r} comes from no fact: … {around} …", element)

    def _complain(self, kind: str, what: str, element: HtmlElement) -> None:
        why, fix = _WHY_AND_FIX[kind]
        inside = (one.get("id", "") for one in (element, *element.iterancestors()) if one.tag == "section")
        section = next(inside, "")
        self.problems.append(Problem(kind, what, why, fix, detail=f"section: {section}" if section else ""))


def _alternatives(facts: Iterable[Fact], ways: Callable[[Fact], set[str]]) -> Iterator[str]:
    """Texts of the facts that an alternative text names."""
    for fact in facts:
        for text in ways(fact):
            yield from {text, text[:1].upper() + text[1:]}  # a number in words may begin a sentence


def _without(text: str, words: Iterable[str]) -> str:
    """
    A text with blanks in the place of words that may stand in it; no part of a longer word or number is one.

    >>> _without("12 of 2 and 2.5, Area 2", ["2", "Area 2"])
    '12 of   and 2.5,       '
    """
    known = tuple(filter(None, words))
    return _whole(known).sub(_blank, text) if known else text


@functools.lru_cache(maxsize=1)
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    """The names of a release, read once for all its packs."""
    return _whole(names)


def _whole(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<![\w.,])(?:{'|'.join(map(re.escape, longest_first))})(?!\w|[.,]\d)")


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


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
