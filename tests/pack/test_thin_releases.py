"""Releases that are thin, odd or half empty, and allowed: every area of theirs still has a whole pack."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.analysis.findings import Findings
from reportgen.classification import load
from reportgen.document.brief import Brief
from reportgen.document.html import document, sections
from reportgen.document.voice import Voice
from reportgen.release.model import Level, Release
from reportgen.release.read import read
from reportgen.resources import bundled
from reportgen.settings import Settings
from tests.pack.conftest import Analysed, analysed
from tests.support import AREAS, BUSINESSES, EMPLOYMENT, INFO, write_release

CUSTOM = """
    C1 | A corridor | corridor | {parent} | 51.4 | -2.5
"""
JOBS_OF_CUSTOM = """
    2022 | C1 | 1500 | 4000 | 900 | 700 | 9000
    2023 | C1 | 1700 | 4500 | 900 | 700 | 9500
"""
UNITS_OF_CUSTOM = """
    2023 | C1 | all | 400 | 800 | 200 | 150 | 2500
"""
CORRIDOR = {"levels": {**INFO.levels, "corridor": Level("corridor", "corridor", "corridors", "custom")}}


def without(text: str, pattern: str) -> str:
    """A table without the rows that the pattern finds."""
    return "\n".join(line for line in text.splitlines() if not re.search(pattern, line))


THIN: dict[str, dict[str, object]] = {
    "one year": {"employment": without(EMPLOYMENT, r"^ +2022")},
    "units a year behind": {"businesses": BUSINESSES.replace("2023", "2022")},
    "units a year ahead": {"businesses": BUSINESSES.replace("2023", "2024")},
    "one region": {
        "areas": without(AREAS, "E12000009 .* region").replace("E12000009", "K03000001"),
        "employment": without(EMPLOYMENT, "E12000009"),
        "businesses": without(BUSINESSES, "E12000009"),
    },
    "no local units": {"businesses": None},
    "no hotspot": {"businesses": re.sub(r"(E3\d+ \| all .*?)\| +\d+ \| +\d+ \| +\d+", r"\1| 5 | 5 | 5", BUSINESSES)},
    "no jobs outside Great Britain and its regions": {"employment": without(EMPLOYMENT, "E3000")},
    "no jobs of Great Britain": {"employment": without(EMPLOYMENT, "K03000001")},
    "no jobs of regions": {"employment": without(EMPLOYMENT, "E12000009")},
    "a corridor in a region": {
        "info": CORRIDOR,
        "areas": AREAS.rstrip() + CUSTOM.format(parent="E12000009"),
        "employment": EMPLOYMENT.rstrip() + JOBS_OF_CUSTOM,
        "businesses": BUSINESSES.rstrip() + UNITS_OF_CUSTOM,
    },
    "a corridor across regions": {
        "info": CORRIDOR,
        "areas": AREAS.rstrip() + CUSTOM.format(parent="K02000001"),
        "employment": EMPLOYMENT.rstrip() + JOBS_OF_CUSTOM,
        "businesses": BUSINESSES.rstrip() + UNITS_OF_CUSTOM,
    },
    "no local areas": {
        "areas": without(AREAS, "ttwa"),
        "employment": without(EMPLOYMENT, "E3000"),
        "businesses": without(BUSINESSES, "E3000"),
    },
    "London is a local area": {"info": {"london": "E30000234"}},
}


def documents(release: Release, findings: Findings) -> dict[str, str]:
    """The document of every area that has a pack, without printing it."""
    found = {}
    for area in release.packs():
        brief = Brief(
            area=area,
            release=release,
            findings=findings,
            classification=load(bundled().classification, release.info.classification),
            settings=Settings(),
            voice=Voice(bundled().templates),
            fonts=bundled().fonts,
            in_sentence={},
        )
        found[area] = document(brief, sections(brief))
    return found


@pytest.fixture
def say(tmp_path: Path) -> Callable[..., dict[str, str]]:
    def said(**release: object) -> dict[str, str]:
        work: Analysed = analysed(read(write_release(tmp_path / "release", **release), bundled().classification))  # type: ignore[arg-type]
        return documents(work.release, work.findings)

    return said


@pytest.mark.parametrize("release", THIN.values(), ids=THIN.keys())
def test_every_area_has_a_document_however_thin_its_release(
    say: Callable[..., dict[str, str]], release: dict[str, object]
) -> None:
    for area, html in say(**release).items():
        assert "<h1" in html, area
        assert not re.search(r"<tbody>\s*</tbody>", html), area
        assert not re.search(r"\b(None|nan)\b", re.sub(r"<sup .*?</sup>|<[^>]+>", " ", html)), area


def test_one_year_has_no_change_and_says_so(say: Callable[..., dict[str, str]]) -> None:
    page = say(**THIN["one year"])["E30000165"]
    assert "The release has no year but 2023, so no change can be told." in page
    assert "against" not in re.sub(r"<sup .*?</sup>|<[^>]+>", " ", page.split("What we found")[1].split("How sure")[0])


@pytest.mark.parametrize(
    ("release", "sentence"),
    [
        ({}, "is taken as 40 divided by the number of local units."),
        (THIN["no local units"], "is taken as 40 divided by a tenth of the jobs."),
    ],
    ids=["local units", "jobs"],
)
def test_without_size_bands_the_methods_say_that_sizes_are_an_assumption(
    say: Callable[..., dict[str, str]], release: dict[str, object], sentence: str
) -> None:
    page = " ".join(re.sub(r"<sup .*?</sup>|<[^>]+>", "", say(**release)["E30000165"]).split())
    assert "An assumption, as this release has no local units" in page
    assert sentence in page


def test_a_national_report_without_any_hotspot_says_so(say: Callable[..., dict[str, str]]) -> None:
    assert "passes the rule for a creative hotspot" in say(**THIN["no hotspot"])["K02000001"]


def test_a_report_that_does_not_know_who_touches_whom_says_so(say: Callable[..., dict[str, str]]) -> None:
    page = " ".join(re.sub(r"<sup .*?</sup>|<[^>]+>", "", say()["K02000001"]).split())
    assert "The release does not say which travel-to-work areas touch." in page
    assert "The release has no survey of innovation." in page
    assert "These are associations" not in page
