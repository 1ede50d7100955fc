"""Releases that are thin, odd or half empty, and allowed: every area of theirs still has a whole pack."""

from __future__ import annotations

import re

import pytest

from tests.releases import EACH_THIN, thin, words

NATION, BATH = "K02000001", "E30000165"


def page(release: str, area: str) -> str:
    """What is read in the document of an area; numbers stay one with what stands around them."""
    return " ".join(re.sub(r"<sup .*?</sup>|<[^>]+>", "", thin(release).written(area).html).split())


@pytest.mark.parametrize("name", EACH_THIN)
def test_every_area_has_a_document_however_thin_its_release(name: str) -> None:
    for area in thin(name).release.packs():
        html = thin(name).written(area).html
        assert "<h1" in html, area
        assert not re.search(r"<tbody>\s*</tbody>", html), area
        assert not re.search(r"\b(None|nan)\b", words(html)), area


def test_one_year_has_no_change_and_says_so() -> None:
    told = page("one year", BATH)
    assert "The release has no year but 2023, so no change can be told." in told
    assert "against" not in told.split("What we found")[1].split("How sure")[0]


@pytest.mark.parametrize(
    ("release", "sentence"),
    [
        ("few tables", "is taken as 40 divided by the number of local units."),
        ("no local units", "is taken as 40 divided by a tenth of the jobs."),
    ],
    ids=["local units", "jobs"],
)
def test_without_size_bands_the_methods_say_that_sizes_are_an_assumption(release: str, sentence: str) -> None:
    told = page(release, BATH)
    assert "An assumption, as this release has no local units" in told
    assert sentence in told


def test_a_national_report_without_any_hotspot_says_so() -> None:
    assert "passes the rule for a creative hotspot" in page("no hotspot", NATION)


def test_a_report_that_does_not_know_who_touches_whom_says_so() -> None:
    told = page("few tables", NATION)
    assert "The release does not say which travel-to-work areas touch." in told
    assert "The release has no survey of innovation." in told
    assert "These are associations" not in told
