"""
Said: all the ways in which one fact may stand on a page, each under the word that `data-part` has for it.
Takes a fact, gives text; the sentences are in templates, rounding is in `format`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from reportgen.facts import format as formats
from reportgen.facts.fact import Fact
from reportgen.facts.words import fraction as in_words
from reportgen.facts.words import ordinal, spelled
from reportgen.release.tables import Status

_WHERE = re.compile(r" \([^()]*\)\.$")  # which place a reason is about, and of which year
_PLACE = re.compile(r" \([^()]*, (?=[^(),]*\)\.$)")
BASE = 100.0  # of an index
BETWEEN = " | "  # what stands between the facts, or the fixed words, that an attribute of a picture names


class NotKnownError(ValueError):
    """A template says a fact that has no value, or no interval: a fault in the template, not in the data."""


def number(fact: Fact) -> str:
    """The number of a known fact, in a sentence, with its mark where it is of low reliability."""
    return formats.number(_value(fact), fact.unit, fact.digits) + _mark(fact)


def signed(fact: Fact) -> str:
    """The same with its sign, also where that is a plus."""
    return formats.number(_value(fact), fact.unit, fact.digits, signed=True) + _mark(fact)


def size(fact: Fact) -> str:
    """A known fact without its sign, where the verb carries it: `shrunk by 2.1 %`."""
    return formats.number(abs(_value(fact)), fact.unit, fact.digits) + _mark(fact)


def interval(fact: Fact) -> str:
    """The interval of a known fact, in a sentence: `1.44 to 1.81`."""
    low, high = _interval(fact)
    return formats.interval(low, high, fact.unit, fact.digits)


def sizes(fact: Fact) -> str:
    """The interval of a fact that lies below nought, without signs, as beside `size`: `9,310 to 16,700` fewer."""
    low, high = _interval(fact)
    if high > 0:
        raise NotKnownError(f"{fact.id} has no interval below nought: its sentence must be another one")
    return formats.interval(-high, -low, fact.unit, fact.digits)


def rank(fact: Fact) -> str:
    """A rank in a sentence: `3rd`."""
    return ordinal(_value(fact)) + _mark(fact)


def about(fact: Fact) -> str:
    """A count that is carried on, no finer than what is known of it: `1,740,000`. Without an interval as `number`."""
    if fact.low is None or fact.high is None:
        return number(fact)
    return formats.coarse(_value(fact), fact.low, fact.high) + _mark(fact)


def about_span(fact: Fact) -> str:
    """The interval of such a count, as coarse: `1,590,000 to 1,900,000`."""
    low, high = _interval(fact)
    return " to ".join(dict.fromkeys(formats.coarse(end, low, high) for end in (low, high)))


def off_base(fact: Fact) -> str:
    """How far an index lies from its base of 100, without a sign, where the words carry it: `41 %` above 2015."""
    return formats.number(abs(_value(fact) - BASE) / BASE, "share") + _mark(fact)


def words(fact: Fact) -> str:
    """A small count in words, as a sentence begins: `one`, `two`; from ten on in digits."""
    word = spelled(_value(fact))
    return word + _mark(fact) if word else number(fact)


def fraction(fact: Fact) -> str:
    """A share in a sentence: `a third`, `about half` where it is sure to be that, else its number."""
    return in_words(fact) or number(fact)


def plural(fact: Fact, one: str, many: str) -> str:
    """
    A word in the singular or plural, as the number before it reads: 1.2 jobs, rounded to a whole one, are one job.
    Args:
        one, many: the word, or a verb that goes with it: `area` and `areas`, `is` and `are`.
    """
    text = formats.number(abs(_value(fact)), fact.unit, fact.digits)
    return one if text in ("1", "under 1") else many


def some(fact: Fact) -> str:
    """A count in a sentence, `none` where there is nothing to count."""
    return "none" if _value(fact) == 0 else number(fact)


def reason(fact: Fact) -> str:
    """Why a fact is not known, or not reliable, as a whole sentence."""
    return fact.reason


def reason_of_year(fact: Fact) -> str:
    """The same with the year alone in the brackets at its end, on the pages of the place that it is about."""
    return _PLACE.sub(" (", fact.reason)


def reason_alone(fact: Fact) -> str:
    """The same without the brackets at its end, where they hold that place alone."""
    return _WHERE.sub(".", fact.reason)


def cell(fact: Fact) -> str:
    """A fact in a table: its number, or the mark that says why there is none."""
    return formats.cell(fact.value, fact.status, fact.unit, fact.digits)


def cell_range(fact: Fact) -> str:
    """
    The interval of a fact in a table; where it has none, the mark of a fact that is not known, `[z]` for an exact one,
    `[x]` for an estimate whose interval nobody knows.
    """
    if fact.low is not None and fact.high is not None:
        return formats.interval(fact.low, fact.high, fact.unit, fact.digits, cell=True)
    if fact.known:
        return formats.MARKS[Status.NOT_APPLICABLE if fact.exact else Status.MISSING]
    return formats.MARKS[fact.status]


def _verdict(fact: Fact) -> str:
    return formats.MARKS[fact.status] if fact.value is None else ""


def unmarked(text: str) -> str:
    """A text without the mark of low reliability: in the title of a chart, which shows or notes the mark itself."""
    return text.removesuffix(f"\u00a0{formats.MARKS[Status.LOW_RELIABILITY]}")


TITLE = "title-"  # before a part that a title says
# data-part → the ways that it may read. A verdict is in the words of its template.
PARTS: dict[str, tuple[Callable[[Fact], str], ...]] = {
    "": (number, signed, cell),
    "size": (size,),
    "interval": (interval, cell_range),
    "sizes": (sizes,),
    "rank": (rank,),
    "off-base": (off_base,),
    "about": (about,),
    "about-interval": (about_span,),
    "words": (words,),
    "fraction": (fraction,),
    "some": (some,),
    "reason": (reason, reason_of_year, reason_alone),
    "verdict": (_verdict,),
}


def reads(fact: Fact, part: str, text: str) -> bool:
    """Whether a text, white space folded, is one that a part of a fact may have; a number word may begin a sentence."""
    small = text[:1].lower() + text[1:] if part.endswith("words") else text
    return any(small == way for way in _ways(fact, part))


def texts(fact: Fact, part: str) -> set[str]:
    """All texts that a part of a fact may have on a page, white space folded."""
    return set(_ways(fact, part))


def _ways(fact: Fact, part: str) -> Iterator[str]:
    """The same, one after the other: most often the first is asked for."""
    if part.startswith(TITLE):
        return map(_titled, _each(fact, PARTS[part.removeprefix(TITLE)]))
    return _each(fact, PARTS[part])


def _titled(text: str) -> str:
    return " ".join(unmarked(text).split(" "))


def is_part(part: str) -> bool:
    """Whether a text on a page may be said to be that part of a fact."""
    return part.removeprefix(TITLE) in PARTS


def usual(fact: Fact) -> set[str]:
    """Its number and its interval: what most sentences say of it."""
    return texts(fact, "") | texts(fact, "interval")


def every(fact: Fact) -> set[str]:
    """All texts of a fact, by whatever part, as titles say them, too."""
    plain = {text for part in PARTS for text in texts(fact, part)}
    return (plain | set(map(_titled, plain))) - {""}


def _each(fact: Fact, ways: tuple[Callable[[Fact], str], ...]) -> Iterator[str]:
    for way in ways:
        try:
            yield " ".join(way(fact).split(" "))
        except NotKnownError:
            continue


def _value(fact: Fact) -> float:
    if fact.value is None:
        raise NotKnownError(f"{fact.id} has no value ({fact.status}): its sentence must be another one")
    return fact.value


def _interval(fact: Fact) -> tuple[float, float]:
    if fact.low is None or fact.high is None:
        raise NotKnownError(f"{fact.id} has no interval: its sentence must be another one")
    return fact.low, fact.high


def _mark(fact: Fact) -> str:
    return f"\u00a0{formats.MARKS[fact.status]}" if fact.status is Status.LOW_RELIABILITY else ""
