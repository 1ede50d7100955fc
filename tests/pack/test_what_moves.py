"""A cell of the release moves: the packs in which something that is read moves with it change, and no other."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest

from reportgen.facts import said
from reportgen.facts.fact import Fact, id_of
from reportgen.pack.written import Written, write
from reportgen.release.model import Release
from reportgen.resources import bundled
from tests import releases
from tests.releases import USUAL, words
from tests.support import EMPLOYMENT

NATION, SOUTH_WEST, BATH, SWINDON = "K02000001", "E12000009", "E30000165", "E30000276"
KEY = ("area", "indicator", "sub_sector", "year", "other", "variant")


@dataclass(frozen=True)
class Read:
    """
    A pack as it is read, and as it is written.
    Args:
        digest: by which a run tells whether a pack is to be made anew.
        files: name → hash of its bytes. facts, drawn: id of what is said, or place in a figure → how a page prints it.
        words: sentences of the document, and texts of pictures.
    """

    digest: str
    files: Mapping[str, str]
    facts: Mapping[str, Sequence[str]]
    drawn: Mapping[str, Sequence[str]]
    words: Sequence[str]


def read(written: Written) -> Read:
    sheets = {f"{name} of it": svg for poster in written.brief.posters for name, svg in poster.sheets.items()}
    texts = {"the document": written.html, "the infographic beside it": written.beside, **sheets}
    files = written.files | {name: text.encode() for name, text in texts.items()}
    return Read(
        written.digest,
        {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
        {fact.id: _printed(fact) for fact in written.facts},
        {f"{name}, {place}": row for name, rows in _drawn(written) for place, row in enumerate(rows)},
        [sentence for text in texts.values() for sentence in re.split(r"(?<=[.:;]) ", words(text))],
    )


def _printed(fact: Fact) -> tuple[str, ...]:
    """All that a page may tell of a fact, from its numbers in full."""
    return (said.cell(fact), said.cell_range(fact), fact.reason, *fact.of)


def _drawn(written: Written) -> list[tuple[str, list[tuple[str, ...]]]]:
    """Each figure with its rows, in the order drawn: the label, and the number as a page prints it."""
    figures = [(figure.chart.name, figure.chart.table) for figure in written.brief.figures]
    figures += [("infographic", poster.table) for poster in written.brief.posters]
    said_of = written.brief.voice.facts
    found = []
    for name, table in figures:
        keys = [[getattr(row, part) for part in KEY] for row in table]
        facts = [said_of.get(id_of(*key)) or written.brief.book.fact(*key) for key in keys]
        found.append((name, [(row.label, *_printed(fact)) for row, fact in zip(table, facts, strict=True)]))
    return found


def moved(before: Read, after: Read) -> list[str]:
    """What is read otherwise: numbers of facts, numbers drawn, sentences."""
    told = [
        f"{id}: {' '.join(was.get(id, ['not there']))} → {' '.join(now.get(id, ['not there']))}"
        for was, now in ((before.facts, after.facts), (before.drawn, after.drawn))
        for id in [*was, *(id for id in now if id not in was)]
        if was.get(id) != now.get(id)
    ]
    return told + sorted(set(before.words) ^ set(after.words))


def changed(before: Read, after: Read) -> list[str]:
    """Files whose bytes are others."""
    return sorted(name for name in before.files | after.files if before.files.get(name) != after.files.get(name))


def unread(before: Read, after: Read) -> list[str]:
    """Files that changed though nothing did that is read in them; pictures and pages show what any fact decides."""
    reasons = {"facts.csv": before.facts != after.facts, "data.csv": before.drawn != after.drawn}
    any_reason = bool(moved(before, after))
    return [name for name in changed(before, after) if not reasons.get(name, any_reason)]


def with_cell(release: Release, table: str, column: str, value: float, **where: object) -> Release:
    """A release with another value in a cell."""
    frame = getattr(release, table).copy()
    [row] = frame.index[np.logical_and.reduce([frame[key] == each for key, each in where.items()])]
    assert frame.loc[row, column] != value
    frame.loc[row, column] = value
    return replace(release, **{table: frame})


def with_graduates(number: float) -> Release:
    """
    The bundled release with so many graduates in computing in Swindon, 205 as it is. From 208 on their surplus is sure,
    and a rule fires; of the surplus of other places no digit that is printed moves between 207 and 210.
    """
    key = {"area": SWINDON, "measure": "graduates-computing"}
    return with_cell(releases.illustrative().release, "universities", "value", number, **key)


def all_of(release: Release) -> dict[str, Read]:
    """Every pack, read; none is kept, as they are many."""
    findings = releases.analysed(release).findings
    return {area: read(write(area, release, findings, bundled(), USUAL)) for area in release.packs()}


@functools.cache
def before() -> Mapping[str, Read]:
    return all_of(with_graduates(207))


def test_a_total_that_moves_by_less_than_is_printed_changes_no_pack() -> None:
    """One more retail job in Great Britain: every quotient moves, by a hundred-thousandth, and no byte does."""
    assert EMPLOYMENT.count(" 92000") == 1
    was, now = releases.tiny(), releases.tiny(employment=EMPLOYMENT.replace(" 92000", " 92001"))
    quotients = [each.brief(BATH).fact("location-quotient", "all") for each in (was, now)]
    assert quotients[0].value != quotients[1].value
    for area in (BATH, SOUTH_WEST):
        one, other = read(was.written(area)), read(now.written(area))
        assert one.digest == other.digest, changed(one, other)


def test_a_cell_of_a_place_changes_its_own_pack_and_the_changes_can_be_named() -> None:
    """Half as many film jobs again in Bath: its pack says so, in every file that changes."""
    assert EMPLOYMENT.count("2023 | E30000165 |   300") == 1
    more = EMPLOYMENT.replace("2023 | E30000165 |   300", "2023 | E30000165 |   450")
    was, now = (read(each.written(BATH)) for each in (releases.tiny(), releases.tiny(employment=more)))
    assert {"facts.csv", "data.csv", "the document"} <= set(changed(was, now))
    assert [] == unread(was, now)
    jobs = f"{BATH}/creative-jobs/film-tv-video-radio-and-photography/2023/-/-"
    assert any(line.startswith(f"{jobs}: 300 ") and " → 450 " in line for line in moved(was, now))


@pytest.mark.slow
def test_a_cell_of_a_university_changes_its_place_its_region_and_the_nation_alone() -> None:
    """A step follows in Swindon, the South West lists it, the national report counts it; no other pack changes."""
    after = all_of(with_graduates(210))
    told = {area: moved(was, after[area]) for area, was in before().items() if was.digest != after[area].digest}
    assert {NATION, SOUTH_WEST, SWINDON} == set(told), told


@pytest.mark.slow
def test_a_cell_of_jobs_changes_no_pack_in_which_nothing_moves_that_is_read() -> None:
    """Publishing in Bath, 400 jobs → 420: growth, ranks and tests of many places move, most by less than is printed."""
    release = with_graduates(207)
    after = all_of(with_cell(release, "employment", "jobs", 420, area=BATH, year=2024, sic="5814"))
    others = {area: was for area, was in before().items() if was.digest != after[area].digest}
    assert {} == {area: files for area, was in others.items() if (files := unread(was, after[area]))}
    assert {NATION, SOUTH_WEST, BATH} <= set(others)
    assert len(others) < 0.6 * len(before())
