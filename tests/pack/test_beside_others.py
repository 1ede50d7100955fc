"""The pages on co-location, innovation and supply chain: one each, whole sentences, sources of all that they show."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from reportgen.pack.model import Pack
from reportgen.release.read import read
from reportgen.resources import bundled
from tests.pack.conftest import analysed
from tests.pack.test_thin_releases import documents
from tests.support import write_release

NATION, SOUTH_WEST, LONDON, WALES, NORTHERN_IRELAND = "K02000001", "E12000009", "E12000007", "W92000004", "N92000002"
SURVEY = """
    wave      | area      | sector_group            | measure            |    n | rate | status
    2021-2023 | K02000001 | creative-industries     | innovation-active  |  600 | 0.50 |
    2021-2023 | K02000001 | all-industries          | innovation-active  | 9000 | 0.40 |
    2021-2023 | E12000007 | creative-industries     | innovation-active  |  900 | 0.60 |
    2021-2023 | E12000007 | all-industries          | innovation-active  | 1500 | 0.40 |
    2021-2023 | E12000009 | creative-industries     | innovation-active  |   20 | 0.50 |
    2021-2023 | E12000009 | all-industries          | innovation-active  |  800 | 0.40 |
"""


def text_of(html: str, section: str = "") -> str:
    """The words of a document, or of one of its sections."""
    part = re.search(rf'<section [^>]*id="{section}"[^>]*>.*?</section>', html, re.DOTALL)[0] if section else html  # type: ignore[index]
    return re.sub(r"\s+", " ", re.sub(r"<sup .*?</sup>|<[^>]+>", "", part))


@pytest.fixture
def say(tmp_path: Path) -> Callable[..., dict[str, str]]:
    def said(**release: object) -> dict[str, str]:
        work = analysed(read(write_release(tmp_path / "release", **release), bundled().classification))  # type: ignore[arg-type]
        return documents(work.release, work.findings)

    return said


def starts(pack: Pack) -> dict[str, tuple[int, int]]:
    """Bookmark → the page it stands on and that of the next, from 0."""
    [pdf] = [data for name, data in pack.files.items() if name.endswith(".pdf")]
    document = pypdfium2.PdfDocument(pdf)
    marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    return {name: (page, after) for (name, page), (_, after) in pairwise(marks)}


@pytest.mark.slow
def test_the_national_report_has_a_page_on_each(packs: Callable[[str], Pack]) -> None:
    pages = starts(packs(NATION))
    assert {1} == {pages[name][1] - pages[name][0] for name in ("Co-location", "Innovation", "Supply chain")}


@pytest.mark.slow
@pytest.mark.parametrize("area", [SOUTH_WEST, LONDON, WALES, NORTHERN_IRELAND])
def test_a_regional_pack_has_one_page_on_all_three(packs: Callable[[str], Pack], area: str) -> None:
    page, after = starts(packs(area))["Beside other industries"]
    assert 1 == after - page


def test_without_survey_and_table_one_sentence_takes_their_place(say: Callable[..., dict[str, str]]) -> None:
    """It follows on the page before, so that no page stands empty."""
    html = say()[NATION]
    for section in ("colocation", "innovation", "supply_chain"):
        assert re.search(rf'<section class="{section} flow"', html), section
    assert text_of(html, "innovation").strip() == (
        "How often creative businesses innovate is not known "
        "The release has no figures on innovation (United Kingdom, creative industries)."
    )
    assert text_of(html, "supply_chain").strip() == (
        "Who buys creative inputs cannot be said "
        "The release has no figures on what industries buy from one another and on their output."
    )


def test_a_regional_pack_owns_up_to_what_the_release_lacks(say: Callable[..., dict[str, str]]) -> None:
    page = text_of(say()[SOUTH_WEST], "economy")
    assert "The release has no figures on innovation (South West, creative industries)." in page
    assert "How much the industries of South West lean on creative inputs cannot be said." in page


def test_with_fewer_than_thirty_answers_no_rate_is_shown(say: Callable[..., dict[str, str]]) -> None:
    html = say(innovation=SURVEY)
    page = text_of(html[NATION], "innovation")
    assert "Creative industries innovate more often than all industries: 50.0 % against 40.0 %" in page
    assert "innovate more often than all industries of the same place in London." in page
    assert "For South West it is not known." in page
    assert "[z]: fewer than 30 businesses answered in South West." in page
    assert "Fewer than 30 businesses answered" in text_of(html[SOUTH_WEST], "economy")


def test_the_methods_page_names_the_sources_of_what_was_shown(packs: Callable[[str], Pack]) -> None:
    """Survey and table of purchases too, in regional packs and in the short version of local ones."""
    for area in (SOUTH_WEST, "E30000180"):
        methods = text_of(packs(area).html, "methods")
        assert "Illustrative innovation survey" in methods
        assert "Illustrative input-output table" in methods
