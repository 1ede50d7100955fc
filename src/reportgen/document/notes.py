"""
Notes: each fact in prose gets the number of an evidence note at the back, and links lead both ways. Reads the finished
HTML of sections, gives it back with the links; knows no section and says nothing itself.
Prose is whatever stands in no table. Chart points and alternative texts are no elements, so they have no notes.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reportgen.analysis.findings import INDICATORS
from reportgen.facts.fact import key_of
from reportgen.facts.tally import COUNTED

PREFIX = "E"  # of a note's number, as a reader sees it
# Classes within which no superscript stands: the lines of the cover, key numbers, titles in bold; headings neither.
QUIET = frozenset({"cover", "facts", "key", "caption", "subtitle", "bar", "finding", "action"})
HEADINGS = frozenset({"h1", "h2", "h3"})
BLOCKS = frozenset({"p", "li", "div", "section", "ul", "ol", *HEADINGS})
VOID = frozenset({"img", "br", "hr", "meta", "link", "input", "col", "source", "wbr", "area", "base", "embed"})

# A tag, whose attributes may hold `>`, or a comment. Possessive, so that no text makes it slow.
_TAG = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][\w-]*+)((?:[^>\"']|\"[^\"]*+\"|'[^']*+')*+)>", re.DOTALL)
_FACT = re.compile(r"\sdata-fact=\"([^\"]*)\"")
_CLASS = re.compile(r"\sclass=\"([^\"]*)\"")
_SENTENCE_END = re.compile(r"[.!?][)\"’”]*\s")
_CLOSING = re.compile(r"(?:\)|\])*[.,;:!?]?")  # what a superscript stands behind, not before
# Counts of a page's own lists come last.
_ORDER = {id: place for place, id in enumerate((*(indicator.id for indicator in INDICATORS), *COUNTED))}


@dataclass(frozen=True)
class Mention:
    """
    A fact that prose says.
    Args:
        start, inside, end: where in the HTML its element begins, its text begins, and its text ends.
        block: which block of text it stands in, counted through the section.
        quiet: whether no superscript may follow: a heading, a title in bold, a key number.
    """

    fact: str
    start: int
    inside: int
    end: int
    block: int
    quiet: bool


@functools.lru_cache(maxsize=64)  # numbers and links each ask for every section of a document
def mentions(html: str) -> tuple[Mention, ...]:
    """
    The facts that the prose of a section says, in the order of reading.

    >>> [m.fact for m in mentions('<p><span data-fact="a">1</span></p><table><td><span data-fact="b">2</span></table>')]
    ['a']
    """
    found: list[Mention] = []
    above: list[tuple[str, int, bool, bool]] = []  # open elements: tag, block, whether quiet, whether in a table
    blocks = 0
    waiting: tuple[int, str, int, int] | None = None  # a fact whose element is open: its depth, id, start and inside
    for tag in _TAG.finditer(html):
        closing, name, attributes = tag.group(1), (tag.group(2) or "").lower(), tag.group(3) or ""
        if not name or name in VOID or attributes.endswith("/"):
            continue
        _, block, quiet, tabled = above[-1] if above else ("", 0, False, False)
        if closing:
            while above and above.pop()[0] != name:
                pass
            if waiting and len(above) == waiting[0]:
                found.append(Mention(waiting[1], waiting[2], waiting[3], tag.start(), block, quiet))
                waiting = None
            continue
        if name in BLOCKS:
            blocks += 1
            block = blocks
        classes = _CLASS.search(attributes)
        quiet = quiet or name in HEADINGS or bool(classes and QUIET & set(classes[1].split()))
        tabled = tabled or name == "table"
        if name == "span" and not tabled and waiting is None and (fact := _FACT.search(attributes)):
            waiting = (len(above), Markup(fact[1]).unescape(), tag.start(), tag.end())
        above.append((name, block, quiet, tabled))
    return tuple(found)


def numbered(sections: Iterable[str], known: Mapping[str, object]) -> dict[str, int]:
    """
    The numbers of the notes of a document: groups in the order of the indicators, within one by first appearance.
    Args:
        sections: the HTML of each, in order.
        known: the facts of the document by id; what names another is no fact and gets no note.
    Returns: id of a fact → number from 1 on, in the order of the numbers.
    """
    said = dict.fromkeys(mention.fact for html in sections for mention in mentions(html))
    ordered = sorted((fact for fact in said if fact in known), key=lambda fact: _ORDER[indicator_of(fact)])
    return {fact: number for number, fact in enumerate(ordered, start=1)}


def indicator_of(fact: str) -> str:
    """The indicator in the id of a fact."""
    return key_of(fact)[1]


def linked(sections: Sequence[str], numbers: Mapping[str, int]) -> Iterator[Markup]:
    """
    The same sections with each fact of their prose as a link to its note, and a superscript number where a reader looks
    for it: once a section, behind the last mention of the fact in a run of the same sentence, such as number and
    interval. The first mention in the document carries the id that the note links back to.
    """
    anchored: set[str] = set()
    for html in sections:
        found = [mention for mention in mentions(html) if mention.fact in numbers]
        pieces: list[tuple[int, int, str]] = []  # start, end, what stands there instead
        for mention in found:
            number = numbers[mention.fact]
            anchor = "" if mention.fact in anchored else f' id="fact-{number}"'
            anchored.add(mention.fact)
            attributes = html[mention.start + len("<span") : mention.inside]
            pieces.append((mention.start, mention.inside, f'<a class="fact" href="#note-{number}"{anchor}{attributes}'))
            pieces.append((mention.end, mention.end + len("</span>"), "</a>"))
        pieces += [(place, place, _superscript(numbers[fact])) for fact, place in _superscripts(html, found).items()]
        yield Markup(_replaced(html, sorted(pieces, key=lambda piece: piece[:2])))


def _superscripts(html: str, found: Sequence[Mention]) -> dict[str, int]:
    """Fact → where in the HTML of a section its number stands."""
    places: dict[str, int] = {}
    for at, mention in enumerate(found):
        if mention.quiet or mention.fact in places:
            continue
        last = mention
        for other in found[at + 1 :]:
            if other.block != mention.block or _SENTENCE_END.search(_TAG.sub("", html[last.end : other.start])):
                break
            last = other if other.fact == mention.fact else last
        behind = _CLOSING.match(html, last.end + len("</span>"))
        places[mention.fact] = behind.end() if behind else last.end
    return places


def _superscript(number: int) -> str:
    return f'<sup data-fixed="number"><a href="#note-{number}">{PREFIX}{number}</a></sup>'


def _replaced(html: str, pieces: Iterable[tuple[int, int, str]]) -> str:
    parts, at = [], 0
    for start, end, instead in pieces:
        parts += [html[at:start], instead]
        at = end
    return "".join([*parts, html[at:]])
