"""What every pack says of itself, whatever its kind and however few tables its release has."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from reportgen.document.brief import Brief
from reportgen.facts.format import date
from reportgen.settings import Settings
from tests.releases import Analysed, thin

SETTINGS = Settings(
    publisher="The office",
    contact="packs@example.org",
    feedback="better@example.org",
    licence="Open Government Licence v3.0",
    disclaimer="Not official statistics.",
)
NATION, SOUTH_WEST, NORTHERN_IRELAND, BRISTOL, BELFAST, MULL = (
    *("K02000001", "E12000009", "N92000002"),
    *("E30000180", "N12000002", "S22000032"),
)
FEW_TABLES = ("K02000001", "E12000009", "E30000180")  # nation, region, local area of the written release


def words(html: str) -> str:
    """Its words: what spans mark stays one with its sentence, blocks stand apart."""
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"</?(span|a|sup)\b[^>]*>", "", html)).split())


@pytest.fixture(scope="module")
def briefs(illustrative: Analysed) -> Callable[[str, str], tuple[Brief, str]]:
    """Brief and document of an area of one of the two releases."""

    def of(release: str, area: str) -> tuple[Brief, str]:
        work = illustrative if release == "all tables" else thin("few tables")
        written = work.written(area, SETTINGS)
        return written.brief, written.html

    return of


Briefs = Callable[[str, str], tuple[Brief, str]]
EVERY = pytest.mark.parametrize(
    ("release", "area"),
    [
        *(("all tables", area) for area in (NATION, SOUTH_WEST, NORTHERN_IRELAND, BRISTOL, BELFAST, MULL)),
        *(("few tables", area) for area in FEW_TABLES),
    ],
)


@EVERY
def test_a_pack_says_of_when_it_is_and_how_it_stands(briefs: Briefs, release: str, area: str) -> None:
    brief, html = briefs(release, area)
    info, text = brief.release.info, words(html)
    assert f"Reference period: {info.reference_period}." in text
    assert f"published {' '.join(date(info.published).split())}" in text
    assert f"revision {info.revision}" in text
    assert f"status {info.status}" in text


@EVERY
def test_a_pack_says_whom_to_write_to_and_how_to_cite_it(briefs: Briefs, release: str, area: str) -> None:
    brief, html = briefs(release, area)
    text = words(html)
    for said in ("packs@example.org", "better@example.org", "Open Government Licence v3.0", "Not official statistics."):
        assert said in text
    assert f"How to cite The office: Creative clusters, {brief.name}" in text


@EVERY
def test_a_pack_names_licence_and_attribution_of_every_table_that_it_shows(
    briefs: Briefs, release: str, area: str
) -> None:
    brief, html = briefs(release, area)
    text = words(html[html.index('id="methods"') :])
    shown = {table for fact in brief.voice.facts.values() for table in fact.source.split(";")}
    sources = [source for source in brief.release.info.sources if shown & set(source.tables)]
    assert sources
    for source in sources:
        for said in (source.publisher, source.name, source.attribution, source.licence):
            assert " ".join(said.split()) in text


@EVERY
def test_a_pack_says_what_its_data_leave_out_and_how_to_read_an_interval(
    briefs: Briefs, release: str, area: str
) -> None:
    _, html = briefs(release, area)
    text = words(html)
    for said in (
        "What a location quotient is The share of creative work here divided by that in Great Britain",
        "What the data leave out Jobs are counted at the workplace, from a survey of businesses in Great Britain.",
        "The self-employed outside VAT and PAYE are not in it, and Northern Ireland is not.",
        "Both are published rounded",
        "How to read an interval Where firms settle is partly chance",
    ):
        assert said in text


@EVERY
def test_each_section_begins_with_what_was_found(briefs: Briefs, release: str, area: str) -> None:
    """One heading each, of a length that is read at a glance; not the name of the section, which stands above it."""
    _, html = briefs(release, area)
    parts = re.findall(r'<section class="([^"]+)" id="([^"]+)"[^>]*>(.*?)</section>', html, re.DOTALL)
    assert len(parts) > 5
    for _, name, part in parts[1:]:
        if name == "infographic":  # a picture of its own, whose heading is that of the headline page
            continue
        [heading] = re.findall(r"<h1[^>]*>(.*?)</h1>", part, re.DOTALL)
        [bookmark] = re.findall(r'data-bookmark="([^"]+)"', part)
        assert 20 < len(words(heading)) <= 105, name
        assert words(heading) != bookmark
