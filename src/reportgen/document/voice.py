"""
Voice: templates that say facts, and the record of which facts they said.
Sentences stand in templates/; every number in them comes through one of the functions here.
"""

from __future__ import annotations

import functools
import re
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Template, TemplateSyntaxError
from markupsafe import Markup

from reportgen.document.links import linked
from reportgen.document.templates import environment, no_block, told
from reportgen.errors import ConfigurationError
from reportgen.facts import format as formats
from reportgen.facts import said
from reportgen.facts.fact import Fact
from reportgen.facts.words import close, compared, near, side
from reportgen.resources import Folder

TITLE = "_title"  # how the blocks end that are titles of charts
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"[ \t\r\n]+")  # narrow and no-break spaces mean something and stay


@dataclass(frozen=True)
class Said:
    """A piece of text as HTML, with its facts marked."""

    html: Markup

    @property
    def plain(self) -> str:
        """The words alone, for titles of pictures and alternative texts."""
        return Markup(_TAG.sub("", self.html)).unescape()


class Voice:
    """
    Says facts through templates, for one document. Keeps each fact said, in the order of first appearance.
    Args: place: the name of the place whose document it is, which no reason repeats.
    """

    def __init__(self, templates: Folder, place: str = "") -> None:
        self._templates = templates
        self._place = place
        self._titled = False  # whether it says the title of a chart
        self.facts: dict[str, Fact] = {}
        self._words: dict[str, Any] = {
            "num": self.num,
            "signed": functools.partial(self.num, signed=True),
            "size": self.size,
            "span": self.span,
            "sizes": self.sizes,
            "cell": self.cell,
            "td": self.td,
            "td_range": self.td_range,
            "td_verdict": self.td_verdict,
            "rank_of": self.rank,
            "off_base": self.off_base,
            "about": self.about,
            "about_span": self.about_span,
            "count": self.count,
            "fraction": self.fraction,
            "plural": said.plural,
            "some": self.some,
            "why": self.why,
            "verdict": self.verdict,
            "side": side,
            "near": near,
            "close": close,
            "ranged": ranged,
            "compared": compared,
            "listed": formats.listed,
            "linked": linked,
        }

    def render(self, template: str, **context: Any) -> Markup:
        """A whole template."""
        with told(self._templates):
            return Markup(self._template(template).render({**self._words, **context}))

    def part(self, template: str, block: str, context: Mapping[str, Any]) -> Said:
        """One block of a template, white space folded: a title, an alternative text."""
        with told(self._templates):
            found = self._template(template)
            if block not in found.blocks:
                raise ConfigurationError(no_block(self._templates, template, block))
            self._titled = block.endswith(TITLE)
            try:
                text = "".join(found.blocks[block](found.new_context({**self._words, **context})))
            finally:
                self._titled = False
        return Said(Markup(_SPACE.sub(" ", text).strip(" ")))

    def row(self, template: str, error: BaseException) -> int | None:
        """The line of a template that an error came from; None where it came from elsewhere."""
        if isinstance(error, TemplateSyntaxError):
            return error.lineno
        found = self._template(template)
        lines = [
            line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == found.filename
        ]
        return found.get_corresponding_lineno(lines[-1]) if lines else None

    def num(self, fact: Fact, *, signed: bool = False) -> Markup:
        """The number of a known fact, in a sentence. Templates ask `side` or `known` before they say it."""
        return self._said(fact, said.signed(fact) if signed else said.number(fact))

    def size(self, fact: Fact) -> Markup:
        """A known fact without its sign, where the verb carries it: `shrunk by 2.1 %`."""
        return self._said(fact, said.size(fact), part="size")

    def span(self, fact: Fact) -> Markup:
        """The interval of a known fact, in a sentence: `1.44 to 1.81`."""
        return self._said(fact, said.interval(fact), part="interval")

    def sizes(self, fact: Fact) -> Markup:
        """The interval of a fact that lies below nought, without signs, as beside `size`: `9,310 to 16,700` fewer."""
        return self._said(fact, said.sizes(fact), part="sizes")

    def rank(self, fact: Fact) -> Markup:
        """A rank in a sentence: `3rd`."""
        return self._said(fact, said.rank(fact), part="rank")

    def about(self, fact: Fact) -> Markup:
        """A count that is carried on, no finer than what is known of it: `1,740,000`."""
        return self._said(fact, said.about(fact), part="about")

    def about_span(self, fact: Fact) -> Markup:
        """The interval of such a count, as coarse."""
        return self._said(fact, said.about_span(fact), part="about-interval")

    def off_base(self, fact: Fact) -> Markup:
        """How far an index lies from its base, without a sign: `41 %` above 2015."""
        return self._said(fact, said.off_base(fact), part="off-base")

    def count(self, fact: Fact, *, start: bool = False) -> Markup:
        """A count in a sentence, in words under ten: `two`; `Two` at its start."""
        text = said.words(fact)
        return self._said(fact, text[:1].upper() + text[1:] if start else text, part="words")

    def fraction(self, fact: Fact) -> Markup:
        """A share in a sentence: `a third` where it is sure to be that, else its number."""
        return self._said(fact, said.fraction(fact), part="fraction")

    def some(self, fact: Fact) -> Markup:
        """A count in a sentence, `none` where there is nothing to count."""
        return self._said(fact, said.some(fact), part="some")

    def why(self, fact: Fact, of: str = "") -> Markup:
        """
        Why a fact is not known, as a whole sentence. It may hold numbers of its own.
        Args: of: the name of the place that it is about, where the words before it say that.
        """
        place = of or self._place
        _, begun, rest = fact.reason.rpartition(f" ({place}")
        text = said.reason(fact)
        if place and begun and rest == ").":
            text = said.reason_alone(fact)
        elif place and begun and rest.startswith(", ") and rest.count(",") == 1:
            text = said.reason_of_year(fact)
        return self._said(fact, text, part="reason")

    def verdict(self, fact: Fact, yes: str, no: str) -> Markup:
        """A known yes or no in a sentence, in words."""
        return self._said(fact, yes if fact.value else no, part="verdict")

    def cell(self, fact: Fact) -> Markup:
        """A fact in a table: its number, or the mark that says why there is none."""
        return self._said(fact, said.cell(fact))

    def td(self, fact: Fact, shade: str = "", *, strong: bool = False) -> Markup:
        """A table cell with a fact: `cell`, without an element more than the table needs."""
        self.facts.setdefault(fact.id, fact)
        kind = " ".join(word for word in (shade, "strong" if strong else "") if word)
        attribute = Markup(' class="%s"') % kind if kind else Markup("")
        return Markup('<td%s data-fact="%s">%s</td>') % (attribute, fact.id, said.cell(fact))

    def td_range(self, fact: Fact) -> Markup:
        """A table cell with the interval of a fact, or the mark that says why there is none."""
        self.facts.setdefault(fact.id, fact)
        return Markup('<td data-fact="%s" data-part="interval">%s</td>') % (fact.id, said.cell_range(fact))

    def td_verdict(self, fact: Fact, yes: str, no: str) -> Markup:
        """A table cell with a yes or no in words; where it is not known, the mark that says why."""
        self.facts.setdefault(fact.id, fact)
        text = said.cell(fact) if fact.value is None else yes if fact.value else no
        return Markup('<td data-fact="%s" data-part="verdict">%s</td>') % (fact.id, text)

    def _said(self, fact: Fact, text: str, part: str = "") -> Markup:
        self.facts.setdefault(fact.id, fact)
        if self._titled and said.unmarked(text) != text:
            text, part = said.unmarked(text), said.TITLE + part
        attribute = Markup(' data-part="%s"') % part if part else Markup("")
        return Markup('<span data-fact="%s"%s>%s</span>') % (fact.id, attribute, text)

    def _template(self, name: str) -> Template:
        return environment(self._templates).get_template(name)


def ranged(fact: Fact) -> bool:
    """Whether a fact has an interval that reads as one: both ends may be the same once they are rounded."""
    if fact.low is None or fact.high is None:
        return False
    low, high = (formats.interval(end, end, fact.unit, fact.digits) for end in (fact.low, fact.high))
    return low != high
