"""Evidence: a numbered note for each fact in prose, one line a fact, behind the definition of what is measured."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from reportgen.analysis.findings import INDICATORS, Indicator
from reportgen.analysis.group_tests import COMPARISONS
from reportgen.charts.text import wrap
from reportgen.classification import CREATIVE
from reportgen.document import advice
from reportgen.document.brief import Brief
from reportgen.document.notes import indicator_of
from reportgen.document.voice import Said
from reportgen.facts import format as formats
from reportgen.facts import said
from reportgen.facts.fact import Fact
from reportgen.facts.tally import COUNTED, TALLY
from reportgen.release.model import Release

# Estimates of how long a piece gets, in lines of 9.6 pt.
COLUMN_WIDTH, NOTE_WIDTH, SIZE = 313.0, 287.0, 10.0  # px
SPACE, TITLE = 0.5, 3.5  # above a group, and of a title
TABLE, VARIANT = "local units by industry,", "inputs from creative industries"  # about as long as the template's words
PRINTED = ("place", "group", "year", "second", "variant")
CITY_GROUPS = frozenset(group for pair in COMPARISONS for group in pair)
TOLD = {one.id: f"{one.name} {one.definition}".lower() for one in INDICATORS}
AMONG = frozenset({"location-quotient-rank", "location-quotient-units-rank", "ranked-areas"})
COLUMNS = 2  # on a page
COLUMN, FIRST_COLUMN = 73, 66  # lines that fit, with one to spare; the first column stands below the heading


@dataclass(frozen=True)
class Note:
    """
    A line.
    Args:
        about: the parts of the fact's id, in words or as the template has words for them.
        lines: how long it gets, about.
    """

    number: int
    fact: Fact
    about: dict[str, Any]
    lines: int = 1


@dataclass(frozen=True)
class Piece:
    """
    What stands together in a column: a title, what is measured and by which tables, some notes, or a text; each may
    lack.
    Args:
        head: how many lines it gets without its notes, about.
    """

    title: str = ""
    indicator: Indicator | None = None
    tables: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    text: Said | None = None
    head: float = 0.0

    @property
    def lines(self) -> float:
        return self.head + sum(note.lines for note in self.notes)


def gather(brief: Brief) -> dict[str, Any]:
    in_full = brief.kind == "national"
    context: dict[str, Any] = brief.words | {
        "in_full": in_full,
        "indicator_names": {one.id: one.name[:1].lower() + one.name[1:] for one in INDICATORS},
    }
    near = list(_near(brief, context))  # first, as its facts are of what is measured, too
    measured = {fact.key[1] for fact in brief.voice.facts.values()}
    noted = dict.fromkeys(indicator_of(fact) for fact in brief.notes)
    shown = {one.id: begun(one if in_full else in_short(one)) for one in INDICATORS if one.id in measured}
    others = [one if in_full else replace(one, formula="") for one in shown.values() if one.id not in noted]
    shown |= {word: replace(one, formula="") for word, one in COUNTED.items()}
    title = brief.say("evidence", "others", context).plain
    pieces = [*(_group(brief, shown[indicator], context) for indicator in noted), *near]
    filled = sheets([*pieces, *_others(brief, others, title)])
    if others and not in_full:  # where that saves a page they have their names alone: the national report defines them
        names = [one.name for one in others]
        short = sheets([*pieces, _text(brief, brief.say("evidence", "named", context | {"names": names}), title)])
        filled = min(filled, short, key=len)
    context["others"] = bool(others)
    context["heading"] = brief.say("evidence", "heading", context).html
    context["sheets"] = filled
    return context


def _others(brief: Brief, indicators: Sequence[Indicator], title: str) -> list[Piece]:
    """What tables and figures show besides, behind a title."""
    return [_head(brief, indicator, title="" if at else title) for at, indicator in enumerate(indicators)]


def _near(brief: Brief, context: dict[str, Any]) -> Iterator[Piece]:
    """Rules that nearly hold, and what would flip them."""
    for at, miss in enumerate(advice.misses(brief)):
        title = "" if at else brief.say("evidence", "near", context).plain
        yield _text(brief, brief.say("evidence", "miss", context | {"miss": miss}), title)


def _text(brief: Brief, said: Said, title: str) -> Piece:
    """A paragraph of its own."""
    lines = len(wrap(said.plain, COLUMN_WIDTH, brief.fonts, SIZE, even=False)) + SPACE
    return Piece(title, text=said, head=lines + (TITLE if title else 0.0))


def in_short(indicator: Indicator) -> Indicator:
    """The first sentence of its definition and the formula of the value; without small print, interval and source."""
    what = re.split(r"(?<=\.)\s+(?=[A-Z`])", indicator.definition, maxsplit=1)[0]
    return replace(indicator, definition=what, formula=indicator.formula.split("; ")[0], source="")


def begun(indicator: Indicator) -> Indicator:
    """
    The same with a capital where its formula is in words, as it stands behind a full stop.

    >>> begun(INDICATORS[0]).formula == INDICATORS[0].formula
    True
    """
    formula = re.sub(r"^[a-z]{3,}(?= [a-z]{2,})", lambda word: word[0].capitalize(), indicator.formula)
    return replace(indicator, formula=formula)


def _group(brief: Brief, indicator: Indicator, context: Mapping[str, Any]) -> Piece:
    """The notes of one indicator."""
    facts = [brief.voice.facts[fact] for fact in brief.notes if indicator_of(fact) == indicator.id]
    mixed = len({fact.key[2] for fact in facts}) > 1
    notes = tuple(_note(brief, fact, about(brief, fact, mixed=mixed), context) for fact in facts)
    tables = dict.fromkeys(table for fact in facts for table in fact.source.split(";") if table)
    return replace(_head(brief, indicator, tuple(tables)), notes=notes)


def _head(brief: Brief, indicator: Indicator, tables: tuple[str, ...] = (), title: str = "") -> Piece:
    """What stands above the notes of an indicator, or alone."""
    parts = (indicator.name, indicator.definition, indicator.formula, indicator.source, *(TABLE for _ in tables))
    text = f"{'. '.join(filter(None, parts))} Source: Data:"
    lines = len(wrap(text, COLUMN_WIDTH, brief.fonts, SIZE, even=False))
    return Piece(title, indicator, tables, head=lines + SPACE + (TITLE if title else 0.0))


def _note(brief: Brief, fact: Fact, words: dict[str, Any], context: Mapping[str, Any]) -> Note:
    parts = [f"E{brief.notes[fact.id]}", *(str(word) for name, word in words.items() if name in PRINTED), _said(fact)]
    if fact.key[1] == TALLY:  # whose words differ too much in length to be estimated
        parts[1:-1] = [brief.say("evidence", "about", {**context, "about": words}).plain]
    elif words["variant"] not in ("", "jobs", "units"):
        parts.append(VARIANT[len(words["variant"]) :])
    lines = wrap(", ".join(filter(None, parts)), NOTE_WIDTH, brief.fonts, SIZE, even=False)
    return Note(brief.notes[fact.id], fact, words, len(lines))


def _said(fact: Fact) -> str:
    """About as long as a fact is on the page."""
    return said.cell(fact) + (f" ({said.cell_range(fact)})" if fact.low is not None else "")


def about(brief: Brief, fact: Fact, *, mixed: bool) -> dict[str, Any]:
    """
    What a fact is about.
    Args:
        mixed: whether facts beside it are about other sub-sectors, so that a whole is to be named, too; creative as a
        whole also where what is measured does not say that it is meant.
    """
    area, indicator, sub_sector, year, other, variant = fact.key
    named = mixed or sub_sector != CREATIVE or "creative" not in TOLD.get(indicator, "")
    group = sub_sector if named else ""
    second_is, second = _second(brief, other)
    if indicator == TALLY and (listed := _listed(brief, variant)):
        (variant, second), second_is = listed, "counted"
    return {
        "indicator": indicator,
        "place": _place(brief, area),
        "group": brief.short(group) if group else "",
        "whole": mixed and not sub_sector,
        "among": _among(brief, other or area) if indicator in AMONG else "",
        "year": formats.period(year),
        "second_is": second_is,
        "second": second,
        "variant": variant,
    }


def _listed(brief: Brief, word: str) -> tuple[str, str] | None:
    """What a pack counts, and of what, where it counts the same of several areas, sub-sectors or claims."""
    if (found := re.fullmatch(r"(areas-of|highest-in)-(.+)", word)) and found[2] in brief.release.areas.index:
        return found[1], _place(brief, found[2])
    if (found := re.fullmatch(r"quotient-above-(.+)", word)) and found[1] in brief.sub_sectors:
        return "quotient-above-part", brief.short(found[1])
    claims = {claim.id for claim in brief.material.claims.claims}
    if (found := re.fullmatch(r"(.+)-(known|for|open|against)", word)) and found[1] in claims:
        return f"claim-{found[2]}", found[1].replace("-", " ")
    return None


def _second(brief: Brief, other: str) -> tuple[str, Any]:
    """What stands in the `other` of a fact: of which kind, and in words where it has a name."""
    if not other:
        return "", ""
    if re.fullmatch(r"\d{4}(-\d{4})?", other):
        return "year", formats.period(other)
    if other in brief.release.areas.index:
        return "area", _place(brief, other, spoken=True)
    if other in _groups(brief):
        name = brief.full(other)
        return "group", name if other in brief.sub_sectors else name[:1].lower() + name[1:]
    levels = {level.kind: level.plural for level in brief.release.info.levels.values()}
    if other in levels:
        return ("whole", other) if other == "benchmark" else ("level", levels[other])
    first, _, second = other.partition("|")
    if first in CITY_GROUPS:
        return "cities", (first, second)
    return "industry", brief.classification.industry(other)


def _among(brief: Brief, group: str) -> str:
    """Of which level the areas are that are ranked in a group: regions in the country, local areas in a region."""
    return str(brief.words["regional_plural" if group == brief.release.info.national else "local_plural"])


def _place(brief: Brief, area: str, *, spoken: bool = False) -> str:
    """The name of an area, with its level where another area has the same name: London, a region and a local area."""
    name = brief.spoken(area) if spoken else brief.release.name_of(area)
    shared = brief.release.name_of(area) in _shared_names(brief.release)
    return f"{name} ({brief.release.level_of(area).singular})" if shared else name


@lru_cache(maxsize=1)
def _shared_names(release: Release) -> frozenset[str]:
    """Names that several areas have, found once for all packs that one worker builds."""
    names = release.areas["name"]
    return frozenset(map(str, names[names.duplicated(keep=False)]))


def _groups(brief: Brief) -> set[str]:
    version = brief.classification
    return {group.id for group in (*version.creative, version.whole, *version.comparisons)}


def sheets(pieces: Sequence[Piece]) -> list[list[list[Piece]]]:
    """
    Pages of two columns each, filled in reading order; those of the last page about equally long. A group goes on in
    the next column where it must, but never leaves its head alone. A last page with little on it fills what the others
    leave free.
    """
    found: list[list[list[Piece]]] = []
    rest = list(pieces)
    while rest:
        room = COLUMN if found else FIRST_COLUMN
        columns, left = _filled(rest, room)
        if not left:
            length = sum(piece.lines for piece in rest)
            while room > length / 2 and not _filled(rest, room - 1)[1]:
                room -= 1
            columns, left = _filled(rest, room)
        found.append(columns)
        rest = left
    return _without_tail(found)


def _without_tail(found: list[list[list[Piece]]]) -> list[list[list[Piece]]]:
    """The same without its last page, where what stands there has room at the end of columns before."""
    before = [column for sheet in found[:-1] for column in sheet]
    rooms = [FIRST_COLUMN if at < COLUMNS else COLUMN for at in range(len(before))]
    free = [room - sum(piece.lines for piece in column) for room, column in zip(rooms, before, strict=True)]
    placed: list[tuple[int, Piece]] = []
    for piece in (piece for column in found[-1:] for part in column for piece in part):
        alone = not piece.title and not piece.notes  # notes stay in their order
        at = next((at for at in reversed(range(len(free))) if alone and free[at] >= piece.lines), None)
        if at is None:
            return found
        free[at] -= piece.lines
        placed.append((at, piece))
    for at, piece in placed:
        before[at].append(piece)
    return found[:-1]


def _filled(pieces: Iterable[Piece], room: float) -> tuple[list[list[Piece]], list[Piece]]:
    """Two columns of so many lines, and what finds no room in them."""
    left = list(pieces)
    columns: list[list[Piece]] = [[], []]
    for column in columns:
        free = float(room)
        while left and (fits := _cut(left[0], free)) is not None:
            part, remainder = fits
            column.append(part)
            free -= part.lines
            left[:1] = remainder
        if not column and left:  # longer than a whole column: the page engine breaks it
            column.append(left.pop(0))
    return columns, left


def _cut(piece: Piece, free: float) -> tuple[Piece, list[Piece]] | None:
    """As much of a piece as fits, and the remainder; None where not even its head with a note does."""
    if piece.lines <= free:
        return piece, []
    for count in range(len(piece.notes) - 1, 0, -1):
        part = replace(piece, notes=piece.notes[:count])
        if part.lines <= free:
            return part, [Piece(notes=piece.notes[count:])]
    return None
