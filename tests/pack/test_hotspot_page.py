"""The hotspot page of the national report: the rules, who is selected how surely, and how the list moves."""

from __future__ import annotations

import re
from itertools import product

import pandas as pd
import pytest

from reportgen.analysis.sensitivity import MEASURES, RULES, VARIANTS
from reportgen.settings import HotspotRule, Settings
from tests import releases
from tests.releases import Analysed, section, thin, words

NATION, BATH, SOUTH_WEST = "K02000001", "E30000165", "E12000009"


@pytest.fixture(scope="module")
def national(illustrative: Analysed) -> str:
    return words(illustrative.written(NATION).html).replace(" ,", ",").replace(" .", ".")


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


def test_places_without_known_jobs_fail_by_local_units_alone(illustrative: Analysed, national: str) -> None:
    findings = illustrative.findings
    year = findings.latest()
    quotients = findings.rows("location-quotient", year=year, sub_sector="all").set_index("area")["value"]
    judged = findings.rows("hotspot", year=year, sub_sector="all").set_index("area")["value"].dropna()
    unknown = [area for area in judged.index if pd.isna(quotients[area])]
    assert f"For {len(unknown)} of them jobs are not known: they fail by local units alone" in national


def test_a_place_that_every_draw_selects_need_be_no_hotspot_and_the_page_says_why(
    illustrative: Analysed, national: str
) -> None:
    findings = illustrative.findings
    chosen, spots = (findings.rows(name, year=findings.latest()) for name in ("selection-probability", "hotspot"))
    surely = set(chosen[(chosen["variant"] == "reportgen") & (chosen["value"] == 1)]["area"])
    assert surely - set(spots[spots["value"] == 1]["area"])
    assert "a place may be selected in every draw and be no hotspot" in national


def test_places_whose_interval_holds_the_national_share_are_counted_where_they_are_many() -> None:
    """Twenty names in a heading's second sentence say nothing."""
    brief = releases.illustrative(Settings(hotspot=HotspotRule(rule="creative-nation2018"))).brief(NATION)
    text = words("".join(section(brief, name) for name in ("headlines", "hotspots")))
    assert 2 == len(
        re.findall(r"For \d+ of them the interval of the quotient of jobs includes the national share", text)
    )
    assert re.search(r"hotspots? (?:is|are) selected by every rule, asked of jobs, units or both", text)


def test_which_places_count_as_london_is_read_from_the_data(national: str) -> None:
    told = "Counted as London: London, and Slough and Heathrow. More than half of the residents of each live inside"
    assert told in national


def test_the_page_says_how_far_the_list_moves(illustrative: Analysed, national: str) -> None:
    counts = illustrative.findings.rows("hotspots-by-rule")["value"]
    assert f"from {counts.min():.0f} to {counts.max():.0f} places are hotspots" in national


def test_the_table_of_rules_has_every_variant(illustrative: Analysed) -> None:
    """Each number of it is a fact of the pack."""
    said = {fact.id for fact in illustrative.written(NATION).facts}
    year = illustrative.findings.latest()
    for variant, indicator in product(VARIANTS, ("hotspots-by-rule", "hotspots-kept")):
        assert f"{NATION}/{indicator}/all/{year}/-/{variant.name}" in said


FAST = {("nesta2015", "both"), ("observatory", "units")}  # two that say most unlike things of themselves


@pytest.mark.parametrize(
    ("rule", "measure"),
    [pytest.param(*each, marks=[] if each in FAST else pytest.mark.slow) for each in product(RULES, MEASURES)],
)
def test_every_rule_can_decide_and_every_pack_says_so(rule: str, measure: str) -> None:
    """National, regional and local packs have whole sentences whichever rule the settings choose."""
    work = thin("few tables", Settings(hotspot=HotspotRule(rule=rule, measure=measure)))  # type: ignore[arg-type]
    pages = {area: words(work.written(area).html) for area in (NATION, SOUTH_WEST, BATH)}
    assert 1 == pages[NATION].count(": decides here.")
    for text in pages.values():
        assert "When a place is a hotspot" in text
        assert not re.search(r"\b(None|nan)\b", text)
        assert "point value" not in text
        assert ("standard deviations" in text.split("Which industries count")[0]) or rule != "nesta2015"
