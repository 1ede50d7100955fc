"""The page of claims in the national report: verdicts with their tests, and the published hotspots one by one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pypdfium2
import pytest

from reportgen.assessment.claims import FILE, NONE, Published, Register, read_register
from reportgen.document.html import sections
from reportgen.document.material import Material
from reportgen.document.outline import OUTLINE
from reportgen.pack.model import Pack
from reportgen.resources import bundled
from reportgen.settings import HotspotRule, Settings
from tests.releases import EACH_THIN, Analysed, section, thin, words

NATION = "K02000001"
REGISTER = read_register(bundled().root / FILE)
CLAIMS = len(REGISTER.claims)
PROMISE = "By construction: a program made the numbers, so that the verdict tells of the program alone. "


def page(work: Analysed, register: Register = REGISTER) -> str:
    """The text of the section."""
    brief = replace(work.brief(NATION), material=Material(claims=register))
    return re.sub(r"\s+([,.;)])", r"\1", words(section(brief, "claims")))


def provisional(work: Analysed) -> Analysed:
    """The same numbers under a status that lets verdicts be told."""
    return work.reissued(status="provisional", id="made-2024")


@pytest.fixture(scope="module")
def invented(illustrative: Analysed) -> str:
    return page(illustrative)


@pytest.fixture(scope="module")
def real(illustrative: Analysed) -> str:
    return page(provisional(illustrative))


def test_it_stands_behind_the_findings_of_the_national_report_and_before_what_follows_from_them() -> None:
    assert ("neighbours", "claims", "recommendations") == OUTLINE["national"][-6:-3]
    assert "claims" not in (*OUTLINE["regional"], *OUTLINE["local"])


def test_on_illustrative_data_no_claim_counts_as_confirmed(invented: str) -> None:
    assert "On invented numbers the claims hold or fail by construction" in invented
    table = invented.split("Further tests")[1].split("By construction: a program")[0]
    told = re.findall(r"By construction: (?:holds|weaker|not supported)", table)
    assert CLAIMS - 2 == len(told) == table.count("By construction")
    assert not re.search(r"\b(Holds|Weaker|Not supported)\b", table)


def test_the_heading_counts_the_verdicts_of_the_table(real: str) -> None:
    table = real.split("Further tests")[1].split("Holds: the main test")[0]
    counts = [len(re.findall(rf"\b{word}\b", table)) for word in ("Holds", "Weaker", "Not supported", "Cannot be")]
    assert CLAIMS == sum(counts)
    assert f"Of {CLAIMS} claims of earlier work, {CLAIMS - counts[3]} can be tested here; {counts[0]} hold" in real
    told = [str(count or "none") for count in counts]
    assert re.search(
        rf"{told[0]} hold, {told[1]} (is|are) weaker than was said, {told[2]} are not supported, and {told[3]} cannot",
        real,
    )


def test_growth_before_the_releases_years_cannot_be_tested(real: str) -> None:
    claim = real.split("In the decade to 2007")[1].split("Creative industries grow faster")[0]
    assert "Cannot be tested with this data The release has no figures from 1997 to 2007." in claim


def test_the_association_of_creative_inputs_is_quoted_and_exposure_shown(real: str) -> None:
    claim = real.split("Firms that spend")[1].split("Holds:")[0]
    assert "25 % more likely" in claim
    assert "Cannot be tested with this data" in claim
    assert re.search(r"11\.4 % \(no interval\) Quoted, not tested, and no forecast", claim)


def test_double_the_rate_is_told_window_by_window(real: str) -> None:
    claim = real.split("continue to grow at double the rate")[1].split("Firms that spend")[0]
    assert "2019–2024" in claim
    for window in ("2015–2020", "2016–2021", "2017–2022", "2018–2023"):
        assert f"jobs {window}" in claim


def test_wycombe_and_slough_is_two_areas_today(invented: str) -> None:
    assert "What was published as Wycombe and Slough is 2 areas today: High Wycombe and Aylesbury" in invented
    assert "The 10 published hotspots are 11 areas of this release." in invented


def test_what_is_newly_in_and_what_was_published_make_up_all_hotspots(illustrative: Analysed, invented: str) -> None:
    """Under each rule."""
    numbers = [
        [int(n) for n in re.findall(r"\d+", part)] for part in re.split("Newly in places|All hotspots", invented)[1:]
    ]
    rows = illustrative.findings.rows("hotspot-by-rule", sub_sector="all")
    codes = [code for place in REGISTER.hotspots for code in place.areas]
    variants = ("reportgen.both", "nesta2015.both", "creative-nation2018.both", "observatory.both")
    for at, variant in enumerate((*variants, "reportgen.both.without-it", "reportgen.both.ex-london")):
        here = rows[(rows["variant"] == variant) & rows["area"].isin(codes)]["value"].sum()
        assert numbers[0][at] + here == numbers[1][at], variant


def test_each_verdict_on_a_place_is_a_fact_of_the_pack(illustrative: Analysed) -> None:
    said = {fact.id for fact in illustrative.written(NATION).facts}
    for place in REGISTER.hotspots:
        for code in place.areas:
            assert f"{code}/hotspot-by-rule/all/2024/-/nesta2015.both" in said


@pytest.mark.slow
def test_it_takes_two_pages_at_most(packs: Callable[[str], Pack]) -> None:
    files = packs(NATION).files
    pdf = pypdfium2.PdfDocument(next(data for name, data in files.items() if name.endswith(".pdf")))
    texts = [one.get_textpage().get_text_range() for one in pdf]
    assert 2 == sum("Claims of earlier work" in text and "Contents" not in text for text in texts)


@pytest.mark.parametrize("name", EACH_THIN)
@pytest.mark.parametrize("status", ["illustrative", "provisional"])
def test_a_thin_release_has_whole_sentences(name: str, status: str) -> None:
    text = page(provisional(thin(name)) if status == "provisional" else thin(name))
    table = text.split("Further tests")[1].split("Holds: the main")[0].removesuffix(PROMISE)
    assert CLAIMS == len(re.findall("Cannot be tested with this|By construction|Not supported|Weaker|Holds", table))
    assert not re.search(r"\b(?:None(?! of)|nan)\b|\(\)|: \.|, \.", text)
    assert "The release has 3 of the 10 published hotspots." in text or "no area that goes by the name" in text


@pytest.mark.parametrize(
    ("register", "heading"),
    [
        (replace(REGISTER, claims=REGISTER.claims[3:4]), "The only claim of earlier work holds on this release"),
        (replace(REGISTER, claims=REGISTER.claims[:1]), "The only claim of earlier work does not hold on this release"),
        (replace(REGISTER, claims=REGISTER.claims[:3]), "Of 3 claims of earlier work, none holds on this release"),
        (replace(REGISTER, claims=REGISTER.claims[6:7] * 2), "All 2 claims of earlier work hold on this release"),
        (replace(REGISTER, claims=REGISTER.claims[2:4]), "Of 2 claims of earlier work, 1 holds on this release"),
        (replace(REGISTER, claims=REGISTER.claims[9:10]), "No claim of earlier work can be tested with this release"),
        (replace(REGISTER, claims=()), "10 of 11 areas that were published as hotspots are so still"),
        (Register(hotspots=(Published("Atlantis", ("E1",)),)), "Whether the published hotspots are still hotspots"),
    ],
    ids=["holds", "fails", "none", "all", "one of two", "untested", "hotspots alone", "no place"],
)
def test_a_register_of_ones_own_has_its_own_heading(illustrative: Analysed, register: Register, heading: str) -> None:
    assert heading in page(provisional(illustrative), register)


def test_without_a_register_there_is_no_section() -> None:
    brief = replace(thin("few tables").brief(NATION), material=Material(claims=NONE))
    assert "claims" not in [part.id for part in sections(brief)]


def test_another_rule_can_decide() -> None:
    text = page(thin("few tables", Settings(hotspot=HotspotRule(rule="observatory", measure="jobs"))))
    assert "Cluster Observatory decides" in text
    assert "Cluster Observatory without IT" in text


@pytest.mark.parametrize(
    ("places", "sentences"),
    [
        (slice(0, 1), "The release has the only published hotspot. By the rule that decides here, it is no"),
        (
            slice(9, 10),
            "The only published hotspot is 2 areas of this release. By the rule that decides here, each",
        ),
        (
            slice(0, 2),
            "The release has all 2 published hotspots. By the rule that decides here, 1 is still a hot",
        ),
        (
            slice(0, 10),
            "are 11 areas of this release. By the rule that decides here, 10 are still hotspots and 1",
        ),
    ],
    ids=["one", "one that is two", "two", "all"],
)
def test_published_hotspots_are_counted_in_whole_sentences(
    illustrative: Analysed, places: slice, sentences: str
) -> None:
    register = replace(REGISTER, hotspots=REGISTER.hotspots[places])
    assert sentences in page(provisional(illustrative), register)
