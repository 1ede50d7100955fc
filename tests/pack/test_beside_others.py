"""The pages on co-location, innovation and supply chain: one each, whole sentences, sources of all that they show."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pypdfium2
import pytest

from reportgen.pack.model import Pack
from tests.releases import Analysed, section, thin, tiny

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


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<sup .*?</sup>|<[^>]+>", "", html))


def part_of(html: str, section: str) -> str:
    """The words of a section of a document."""
    return text_of(re.search(rf'<section [^>]*id="{section}"[^>]*>.*?</section>', html, re.DOTALL)[0])  # type: ignore[index]


def starts(pack: Pack) -> dict[str, tuple[int, int]]:
    """Bookmark → the page it stands on and that of the next, from 0."""
    [pdf] = [data for name, data in pack.files.items() if name.endswith(".pdf")]
    document = pypdfium2.PdfDocument(pdf)
    marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    return {name: (page, after) for (name, page), (_, after) in pairwise(marks)}


@pytest.mark.slow
def test_the_national_report_has_a_page_on_each_and_one_more_for_the_matrix(packs: Callable[[str], Pack]) -> None:
    pages = starts(packs(NATION))
    assert [2, 1, 1] == [pages[name][1] - pages[name][0] for name in ("Co-location", "Innovation", "Supply chain")]


@pytest.mark.slow
@pytest.mark.parametrize("area", [SOUTH_WEST, LONDON, WALES, NORTHERN_IRELAND])
def test_a_regional_pack_has_one_page_on_all_three(packs: Callable[[str], Pack], area: str) -> None:
    page, after = starts(packs(area))["Beside other industries"]
    assert 1 == after - page


def test_without_survey_and_table_one_sentence_takes_their_place() -> None:
    """It follows on the page before, so that no page stands empty."""
    html = thin("few tables").written(NATION).html
    for name in ("colocation", "innovation", "supply_chain"):
        assert re.search(rf'<section class="{name} flow"', html), name
    assert part_of(html, "innovation").strip() == (
        "How often creative businesses innovate is not known "
        "The release has no figures on innovation (creative industries)."
    )
    assert part_of(html, "supply_chain").strip() == (
        "Who buys creative inputs is not known "
        "The release has no figures on what industries buy from one another and on their output."
    )


def test_a_regional_pack_owns_up_to_what_the_release_lacks() -> None:
    page = part_of(thin("few tables").written(SOUTH_WEST).html, "economy")
    assert "The release has no figures on innovation (creative industries)." in page
    assert "How much the industries of the South West lean on creative inputs is not known." in page


def test_with_fewer_than_thirty_answers_no_rate_is_shown() -> None:
    work = tiny(innovation=SURVEY)
    page = text_of(section(work.brief(NATION), "innovation"))
    assert "Creative industries innovate more often than all industries: 50.0 % against 40.0 %" in page
    assert "innovate more often than all industries of the same place in London." in page
    assert "For the South West it is not known." in page
    assert "[z]: fewer than 30 businesses answered in South West." in page
    assert "Fewer than 30 businesses answered" in text_of(section(work.brief(SOUTH_WEST), "economy"))


@pytest.mark.parametrize("area", [SOUTH_WEST, "E30000180"])
def test_the_methods_page_names_the_sources_of_what_was_shown(illustrative: Analysed, area: str) -> None:
    """Survey and table of purchases too, in regional packs and in the short version of local ones."""
    methods = part_of(illustrative.written(area).html, "methods")
    assert "Illustrative innovation survey" in methods
    assert "Illustrative input-output table" in methods
