"""The hotspot page of the national report: the rules, who is selected how surely, and how the list moves."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pandas as pd
import pytest

from reportgen import area_groups
from reportgen.analysis.findings import Findings, analyse
from reportgen.analysis.sensitivity import MEASURES, RULES, VARIANTS
from reportgen.classification import load
from reportgen.document.brief import Brief
from reportgen.document.html import document, sections
from reportgen.document.voice import Voice
from reportgen.release.model import Release
from reportgen.release.read import read
from reportgen.resources import bundled
from reportgen.settings import HotspotRule, Settings
from tests.support import write_release

NATION, BATH, SOUTH_WEST = "K02000001", "E30000165", "E12000009"


def analysed(release: Release, settings: Settings) -> Findings:
    classification = load(bundled().classification, release.info.classification)
    return analyse(release, classification, settings, area_groups.load(bundled()))


def page(release: Release, findings: Findings, area: str, settings: Settings) -> str:
    """The text of a document, without its marks."""
    brief = Brief(
        area=area,
        release=release,
        findings=findings,
        classification=load(bundled().classification, release.info.classification),
        settings=settings,
        voice=Voice(bundled().templates),
        fonts=bundled().fonts,
        in_sentence={},
    )
    return re.sub(r"\s+", " ", re.sub(r"<sup .*?</sup>|<[^>]+>", " ", document(brief, sections(brief))))


@pytest.fixture(scope="module")
def findings(illustrative) -> Findings:
    return analysed(illustrative.release, Settings())


@pytest.fixture(scope="module")
def national(illustrative, findings) -> str:
    return page(illustrative.release, findings, NATION, Settings()).replace(" ,", ",").replace(" .", ".")


def test_every_rule_is_told_with_its_thresholds(national: str) -> None:
    for told in (
        "lies above 1, and that of local units is above it with a probability of at least 97.5 %",
        "at least 50 creative local units",
        "at least 2 sub-sectors are concentrated in the same way, with at least 10 local units each",
        "more than 2 standard deviations above the mean of all travel-to-work areas",
        "above their 75 th percentile",
        "location quotient is above 1 and size is above the 50 th percentile",
        "size in the top 10 % of travel-to-work areas, a location quotient of at least 2",
        "Bakhshi, Davies, Freeman and Higgs (2015)",
    ):
        assert told in national, told


def test_places_without_known_jobs_fail_by_local_units_alone(findings, national: str) -> None:
    year = findings.latest()
    quotients = findings.rows("location-quotient", year=year, sub_sector="all").set_index("area")["value"]
    judged = findings.rows("hotspot", year=year, sub_sector="all").set_index("area")["value"].dropna()
    unknown = [area for area in judged.index if pd.isna(quotients[area])]
    assert f"For {len(unknown)} of them jobs are not known: they fail by local units alone" in national


def test_a_place_that_every_draw_selects_need_be_no_hotspot_and_the_page_says_why(findings, national: str) -> None:
    chosen, spots = (findings.rows(name, year=findings.latest()) for name in ("selection-probability", "hotspot"))
    surely = set(chosen[(chosen["variant"] == "reportgen") & (chosen["value"] == 1)]["area"])
    assert surely - set(spots[spots["value"] == 1]["area"])
    assert "a place may be selected in every draw and be no hotspot" in national


def test_places_whose_interval_holds_the_national_share_are_counted_where_they_are_many(illustrative) -> None:
    """Twenty names in a heading's second sentence say nothing."""
    settings = Settings(hotspot=HotspotRule(rule="creative-nation2018"))
    text = page(illustrative.release, analysed(illustrative.release, settings), NATION, settings)
    assert 2 == len(
        re.findall(r"For \d+ of them the interval of the quotient of jobs includes the national share", text)
    )
    assert "The most concentrated hotspots" in text


def test_which_places_count_as_london_is_read_from_the_data(national: str) -> None:
    told = "Counted as London: London, and Slough and Heathrow. More than half of the residents of each live inside"
    assert told in national


def test_the_page_says_how_far_the_list_moves(findings: Findings, national: str) -> None:
    counts = findings.rows("hotspots-by-rule")["value"]
    assert f"from {counts.min():.0f} to {counts.max():.0f} places are hotspots" in national


def test_the_table_of_rules_has_every_variant(findings: Findings, illustrative) -> None:
    """Each number of it is a fact of the pack."""
    said = {fact.id for fact in illustrative.build(NATION).facts}
    year = findings.latest()
    for variant, indicator in product(VARIANTS, ("hotspots-by-rule", "hotspots-kept")):
        assert f"{NATION}/{indicator}/all/{year}/-/{variant.name}" in said


@pytest.mark.parametrize(("rule", "measure"), list(product(RULES, MEASURES)))
def test_every_rule_can_decide_and_every_pack_says_so(tmp_path: Path, rule, measure) -> None:
    """National, regional and local packs have whole sentences whichever rule the settings choose."""
    release = read(write_release(tmp_path / "release"), bundled().classification)
    settings = Settings(hotspot=HotspotRule(rule=rule, measure=measure))
    findings = analysed(release, settings)
    pages = {area: page(release, findings, area, settings) for area in (NATION, SOUTH_WEST, BATH)}
    assert 1 == pages[NATION].count(": decides here.")
    for text in pages.values():
        assert "When a place is a hotspot" in text
        assert not re.search(r"\b(None|nan)\b", text)
        assert "point value" not in text
        assert ("standard deviations" in text.split("Which industries count")[0]) or rule != "nesta2015"
