"""
Sentences: what no text on a page may read like, whatever the numbers in it are; and a document as its texts.
Takes text or HTML, gives what is wrong with it; knows no template.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

LONGEST_HEADING, LONGEST_TITLE = 105, 80
MINUS = "−"

_SINGULAR = (
    *("job", "local unit", "unit", "area", "sub-sector", "industry", "cell", "projection", "place", "hotspot"),
    *("region", "country", "city", "outcome", "business", "workplace", "class", "travel-to-work area"),
)
_PLURAL = (
    *("jobs", "local units", "units", "areas", "sub-sectors", "industries", "cells", "projections", "places"),
    *("hotspots", "regions", "countries", "cities", "outcomes", "businesses", "workplaces", "classes"),
)
_WHOLE = r"(?<![\d.,–/−+-])"  # no digit, sign or dash before: the number is read from its beginning
_ADJECTIVES = r"(?:(?!(?:a|and|in|is|of|or|that|the|to)\b)[a-z-]+ ){0,2}?"
_SPACE = re.compile(r"[ \t\r\n]+")
_SIGN = rf"[{MINUS}+-]\d"

# What is wrong → how it looks. Numbers are as `facts.format` writes them: a comma for thousands, `−` for minus.
WRONG = {
    "empty": re.compile(r"\A\s*\Z"),
    "two blanks": re.compile(r"[ \u00a0\u202f]{2}"),
    "a blank before a stop": re.compile(r"[ \u00a0][,.;:!?)](?!\.)"),
    "a blank after a bracket": re.compile(r"\([ \u00a0]"),
    "nothing in brackets": re.compile(r"\(\)|\[\]"),
    "two stops": re.compile(r"\.\.|,,|;;|::|[,;:][.;,]|[.](?=[,;])(?<!etc\.)"),
    "a word twice": re.compile(r"\b([a-z]+) \1\b"),
    "no number": re.compile(r"\b(?:nan|NaN|None(?! of\b)|inf|undefined|Undefined|True|False)\b|\{\{|\{%|%\}|\}\}"),
    "two signs": re.compile(rf"[{MINUS}+-]\s?[{MINUS}+](?=\d)"),
    "a sign before nought": re.compile(rf"(?<![\d–])[{MINUS}+]0(?:\.0+)?(?![\d.])"),
    "a sign after a verb": re.compile(
        r"\b(?:rose|risen|rise|grew|grown?|gained?|fell|fallen|shrunk|shrank|lost|lose|declined|dropped|increased)"
        rf"(?: by)? {_SIGN}"
    ),
    "a sign before more or fewer": re.compile(rf"{_SIGN}[\d,.]*(?:[ \u202f]%)? (?:more|fewer|less)\b(?! double)"),
    "less than none": re.compile(rf"under (?:{MINUS}|0(?:\.0+)?(?![.\d]))"),
    "nought times": re.compile(rf"{_WHOLE}0 times|\b(?:nought|zero) times"),
    "one of many": re.compile(rf"(?:{_WHOLE}1|\b[Oo]ne) {_ADJECTIVES}(?:{'|'.join(_PLURAL)})\b"),
    "many of one": re.compile(
        rf"(?:{_WHOLE}(?:[02-9]|\d\d|\d\d\d|\d+,[\d,]+)|\b(?:[Nn]ought|[Zz]ero|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even"
        rf"|[Ee]ight|[Nn]ine)) {_ADJECTIVES}(?:{'|'.join(_SINGULAR)})\b(?![-’])"
    ),
    "one with many": re.compile(rf"(?:{_WHOLE}1|\A[Oo]ne|[.] One) (?:are|have|were|lie|pass|do)\b"),
    "many with one": re.compile(rf"{_WHOLE}(?:[2-9]|\d\d|\d\d\d) (?:is|has|was|lies|passes|does)\b"),
    "from a number to itself": re.compile(r"(?<![\d.,−+])([−+]?[\d.,]*\d)(?:\u202f%)?(?: to |–| and )\1(?!,?\.?\d)"),
    "a before a vowel": re.compile(r"\b[Aa] (?:8|11\b|18\b|8\d)"),
    "a per cent sign that is glued": re.compile(r"\d%"),
}
_ENDS = (".", "!", "?", "…", ":", ".”", ".)", "?)")
_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|ch|p|pp|s|no|vol|St|cf|al|vs|U\.S)\.$")
_BREAK = re.compile(r"(?<=[.!?])\s+")
_BEGINNING = re.compile(r"[^\W_]")
_QUOTED = re.compile(r"“[^”]*”|NUTS \d")  # somebody else's words, and a name that ends in a number
_NAMES = ("reportgen", "p:", "p-value")  # what keeps its small letter at the start of a sentence, as codes and marks do


def faults(text: str) -> list[str]:
    """
    What reads wrong in a text of any kind, each with the place.

    >>> faults("Jobs grew by −3 % in 1 areas .")
    ['a blank before a stop: .', 'a sign after a verb: grew by −3', 'one of many: 1 areas']
    >>> faults("Bath has 1.2 times the national share (1.1 to 1.4).")
    []
    """
    own = _QUOTED.sub("“”", text)
    found = ((name, pattern.search(own)) for name, pattern in WRONG.items())
    wrong = [f"{name}: {match.group().strip() or text}" for name, match in found if match]
    if text.count("(") != text.count(")"):
        wrong.append(f"a bracket alone: {text}")
    return wrong


def split(text: str) -> list[str]:
    """
    The sentences of a text.

    >>> split("It grew, by ch. 9.2 of the book. That is all.")
    ['It grew, by ch. 9.2 of the book.', 'That is all.']
    """
    sentences: list[str] = []
    for part in _BREAK.split(text.strip()):
        if sentences and (_ABBREVIATED.search(sentences[-1]) or (part[:1].islower() and sentences[-1].endswith("…"))):
            sentences[-1] += f" {part}"
        else:
            sentences.append(part)
    return sentences


def prose_faults(text: str) -> list[str]:
    """
    What is wrong with a text that is made of whole sentences: each with a capital (or a number) and an end.

    >>> prose_faults("jobs grew. They fell")
    ['no capital: jobs grew.', 'no end: They fell']
    """
    wrong = faults(text)
    for sentence in split(text):
        first = _BEGINNING.search(sentence)
        if first is None:
            wrong.append(f"no words: {sentence}")
        elif first.group().islower() and not sentence.startswith(("[", "`", "* ", *_NAMES)):
            wrong.append(f"no capital: {sentence}")
        if not sentence.endswith(_ENDS):
            wrong.append(f"no end: {sentence}")
    return wrong


def heading_faults(text: str, longest: int = LONGEST_HEADING) -> list[str]:
    """
    What is wrong with a finding as a heading: no capital, a full stop, too long.

    >>> heading_faults("creative jobs grow.")
    ['no capital: creative jobs grow.', 'a full stop: creative jobs grow.']
    """
    wrong = faults(text)
    first = _BEGINNING.search(text)
    if first is not None and first.group().islower():
        wrong.append(f"no capital: {text}")
    if text.endswith("."):
        wrong.append(f"a full stop: {text}")
    if len(text) > longest:
        wrong.append(f"{len(text)} letters of {longest}: {text}")
    return wrong


@dataclass(frozen=True)
class Text:
    """A text of a document as it is read: the element it stands in, its classes and its section."""

    tag: str
    kinds: tuple[str, ...]
    section: str
    words: str

    @property
    def faults(self) -> list[str]:
        """What is wrong with it, by what it is: a heading, a title, prose, or anything else."""
        if self.tag in ("h1", "h2", "h3"):
            return heading_faults(self.words)
        if "caption" in self.kinds:
            return heading_faults(re.sub(r"^(?:Figure|Table) \d+ ", "", self.words), LONGEST_TITLE)
        prose = self.tag == "alt" or (self.tag == "p" and not set(self.kinds) & LABELS)
        return prose_faults(self.words) if prose else faults(self.words)


# Paragraphs that are no sentences: labels, numbers, names.
LABELS = frozenset({"subtitle", "figure", "label", "name", "interval", "kind", "strip"})
LABELS |= {"n", "numeral", "action", "principle"}  # of a recommendation
BLOCKS = frozenset({"p", "h1", "h2", "h3", "li", "td", "th", "div", "section", "dt", "dd", "dl", "ul", "ol", "table"})
BLOCKS |= {"tr", "thead", "tbody", "body", "header", "footer", "br"}
UNREAD = frozenset({"style", "script", "title", "sup"})  # a raised number leads to a note of evidence


def texts(html: str) -> list[Text]:
    """All texts of a document, block by block, white space folded; alternative texts as blocks of their own."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Text] = []
        self._blocks: list[tuple[str, tuple[str, ...], str]] = [("body", (), "")]
        self._pieces: list[str] = []
        self._unread = 0
        self._formula = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        section = has.get("id", "") if tag == "section" else self._blocks[-1][2]
        if has.get("alt"):
            self.found.append(Text("alt", (), section, has["alt"]))
        self._unread += tag in UNREAD
        if tag in BLOCKS:
            self._end()
        if tag in BLOCKS - {"br"}:
            kinds = tuple(has.get("class", "").split())
            self._blocks.append((tag, kinds or self._blocks[-1][1], section))
        if tag == "span" and has.get("class") == "formula":
            self._pieces.append("Formula")
            self._unread += 1
            self._formula = True

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in UNREAD or (tag == "span" and self._formula)
        self._formula = self._formula and tag != "span"
        if tag in BLOCKS - {"br"}:
            self._end()
            while len(self._blocks) > 1 and self._blocks.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._pieces.append(data)

    def _end(self) -> None:
        words, self._pieces = _SPACE.sub(" ", "".join(self._pieces)).strip(" "), []
        if words:
            self.found.append(Text(*self._blocks[-1], words))
