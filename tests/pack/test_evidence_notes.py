"""The evidence notes of whole packs: a line for each fact of the text, in words, and short enough."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from markupsafe import Markup, escape

from reportgen.analysis.findings import INDICATORS
from reportgen.document.brief import Brief
from reportgen.document.sections import evidence
from reportgen.document.sections.evidence import Note, Piece
from reportgen.facts.evidence import Accounts
from reportgen.facts.fact import Fact
from reportgen.pack.model import Pack
from reportgen.pack.numbers import unmarked
from reportgen.release.importing import import_release
from reportgen.release.read import read
from reportgen.release.tables import TABLES
from reportgen.resources import bundled
from reportgen.settings import Settings
from tests.releases import Analysed, analysed

SOUTH_WEST, NATION, BRISTOL, MULL = "E12000009", "K02000001", "E30000180", "S22000071"
KEY = ["area", "indicator", "sub_sector", "year", "other", "variant"]


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", html)).strip()


def each_kind(brief: Brief) -> list[Fact]:
    """A fact for each indicator, variant and second: the areas that stand in the second's place count once."""
    found: dict[tuple[str, str, str], Fact] = {}
    for indicator in INDICATORS:
        rows = brief.findings.rows(indicator.id)[KEY].astype(str)
        seconds = rows["other"].where(~rows["other"].isin(brief.release.areas.index), "an area")
        firsts = rows[~rows.assign(second=seconds).duplicated(["indicator", "variant", "second"])]
        for key in firsts.itertuples(index=False):
            found[key.indicator, key.variant, key.other] = brief.book.fact(*key)
    return list(found.values())


def lines(brief: Brief, facts: list[Fact]) -> list[str]:
    """How the template says them."""
    notes = tuple(
        Note(number, fact, evidence.about(brief, fact, mixed=True)) for number, fact in enumerate(facts, start=1)
    )
    context = brief.words | {
        "heading": "",
        "in_full": False,
        "others": False,
        "indicator_names": {one.id: one.name for one in INDICATORS},
        "sheets": [[[Piece(notes=notes)]]],
    }
    return [plain(line) for line in re.findall(r"<li .*?</li>", brief.say("evidence", "body", context).html)]


TOKEN = re.compile(r"\b(?!T_|LQ_)[a-z0-9]+(?:[-.][a-z0-9]+)*(?:\.h\d|\.ex-london|\.without-it|-ex-london)\b|[|_]")


def says_all_in_words(brief: Brief) -> None:
    facts = each_kind(brief)
    said = lines(brief, facts)
    assert len(facts) == len(said)
    for fact, line in zip(facts, said, strict=True):
        *_, other, variant = fact.key
        about = line.rpartition(": ")[0]
        assert not re.search(r", ?(,|$)|None", about), (fact.id, line)
        assert not TOKEN.search(about), (fact.id, line)
        for word in {variant, other}:
            if re.search(r"[a-z]\.|\|", word) or word in ("regional", "projection", "innovation-active", "kibs-net"):
                assert word not in about, (fact.id, line)


@pytest.mark.slow
def test_every_part_of_an_id_has_words(illustrative: Analysed) -> None:
    """Of each indicator, variant and second that findings have, whether a pack says it or not."""
    says_all_in_words(illustrative.brief(SOUTH_WEST))


@pytest.mark.slow
def test_every_part_of_an_id_has_words_in_another_geography(root: Path, shared_data: Path, tmp_path: Path) -> None:
    """That of the imported example."""
    import_release(root / "examples" / "nuts2" / "recipe.toml", shared_data, tmp_path / "nuts2-2018")
    release = read(tmp_path / "nuts2-2018", bundled().classification)
    says_all_in_words(analysed(release).brief("UKK"))


def test_every_table_has_words(illustrative: Analysed) -> None:
    """Those of a release, whether or not it has them."""
    brief = illustrative.brief(SOUTH_WEST)
    context = brief.words | {
        "heading": "",
        "in_full": False,
        "others": False,
        "indicator_names": {},
        "sheets": [[[Piece(indicator=INDICATORS[0], tables=tuple(table.name for table in TABLES))]]],
    }
    assert "innovation survey; " in plain(brief.say("evidence", "body", context).html)


@pytest.mark.parametrize("area", [SOUTH_WEST, NATION, BRISTOL, "N92000002", MULL])
def test_text_and_notes_lead_to_each_other(illustrative: Analysed, area: str) -> None:
    """Each link to a note has one, each note a place in the text, once each, and every number is marked."""
    brief, parts = (found := illustrative.written(area)).brief, found.parts
    html = "".join(part.html for part in parts)
    assert "evidence" == parts[-1].id
    anchors = re.findall(r'id="((?:note|fact)-\d+)"', html)
    assert len(anchors) == len(set(anchors)) == 2 * len(brief.notes)
    assert set(anchors) == set(re.findall(r'href="#((?:note|fact)-\d+)"', html))
    assert [] == unmarked(f'<section id="evidence">{parts[-1].html}</section>', brief.voice.facts, names(brief))


def names(brief: Brief) -> list[str]:
    return [str(name) for name in brief.release.areas["name"]]


@pytest.mark.parametrize("area", [SOUTH_WEST, BRISTOL])
def test_a_note_says_its_fact(illustrative: Analysed, area: str) -> None:
    """Value and interval as in the text."""
    found = illustrative.written(area)
    evidence_html = found.parts[-1].html
    for fact, number in found.brief.notes.items():
        (line,) = re.findall(rf'<li id="note-{number}".*?</li>', evidence_html)
        assert f'data-fact="{escape(fact)}"' in line
        assert plain(line).startswith(f"E{number} {illustrative.release.name_of(fact.split('/')[0])}")


def test_areas_of_one_name_are_told_apart(illustrative: Analysed) -> None:
    """London, a region and a travel-to-work area."""
    brief = illustrative.brief(NATION)
    facts = [brief.fact("location-quotient", "all", area=area) for area in ("E12000007", "E30000234")]
    first, second = (line.partition(":")[0] for line in lines(brief, facts))
    assert (
        "E1 London (country or region), All creative, 2024",
        "E2 London (travel-to-work area), All creative, 2024",
    ) == (
        first,
        second,
    )


@pytest.mark.parametrize("area", ["E12000007", SOUTH_WEST, BRISTOL, MULL])
def test_regional_and_local_packs_have_two_pages_of_notes_at_most(illustrative: Analysed, area: str) -> None:
    """And about seventy facts."""
    found = illustrative.written(area)
    assert len(found.brief.notes) <= 75
    assert found.parts[-1].html.count('<div class="notes') <= 2


@pytest.mark.slow
def test_twenty_numbers_of_twenty_packs_end_at_their_rows(illustrative: Analysed) -> None:
    """Drawn with a seed: by its number, as `explain PACK.pdf#12` takes it, each leads to the fact and to rows."""
    release, drawn = illustrative.release, np.random.default_rng(4)
    accounts = Accounts(illustrative.findings, release, illustrative.classification, Settings())
    for area in drawn.choice(release.packs(), 20, replace=False):
        brief, parts = (found := illustrative.written(str(area))).brief, found.parts
        html = "".join(part.html for part in parts)
        number = int(drawn.integers(1, len(brief.notes) + 1))
        (said,) = set(re.findall(rf'href="#note-{number}"[^>]*data-fact="([^"]*)"', html))
        fact = brief.voice.facts[Markup(said).unescape()]
        account = accounts.of(fact)
        assert brief.notes[fact.id] == number
        assert account.reckoned is None or math.isclose(account.reckoned, fact.value or 0.0, rel_tol=1e-9, abs_tol=1e-9)
        rows = [row for each in account.chain() for row in each.rows]
        assert rows
        assert {row.table for row in rows} <= set(release.files)


def test_all_pages_are_counted_as_a_viewer_counts_them(packs: Callable[[str], Pack]) -> None:
    """From the cover to the end of the evidence, so that a number on a page leads there."""
    pack = packs(BRISTOL)
    (name,) = [name for name in pack.files if name.endswith(".pdf")]
    document = pypdfium2.PdfDocument(pack.files[name])
    ends = [plain(page.get_textpage().get_text_range()) for page in document]
    document.close()
    last = next(at for at, text in enumerate(ends) if "How to read this pack" in text)
    first = ends[last + 1]
    assert all(f"{at} of {len(ends)}" in text for at, text in enumerate(ends[1:], start=2))
    assert "Where every number in the text comes from" in first


def test_facts_csv_names_the_notes(packs: Callable[[str], Pack]) -> None:
    """Each once, and none for what stands in tables alone."""
    pack = packs(BRISTOL)
    rows = list(csv.DictReader(io.StringIO(pack.files["facts.csv"].decode(), newline="")))
    notes = sorted(int(row["note"]) for row in rows if row["note"])
    assert list(range(1, len(notes) + 1)) == notes
    assert len(notes) < len(rows)
    for row in rows:
        if row["note"]:
            assert f'href="#note-{row["note"]}"' in pack.html


@pytest.mark.parametrize("area", [NATION, SOUTH_WEST, BRISTOL])
def test_every_count_of_a_page_is_said_in_words_of_its_own(illustrative: Analysed, area: str) -> None:
    """What is counted, not that something is."""
    text = plain(illustrative.written(area).html)
    assert "Counted for a pack" in text
    assert "counted in the text" not in text
