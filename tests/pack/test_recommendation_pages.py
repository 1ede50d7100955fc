"""The pages of recommendations, and what to do first: what they name is what the rules give, and it fits."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.assessment.recommendations import Advice, advise_all
from reportgen.assessment.rules import load
from reportgen.pack.model import Pack
from reportgen.resources import bundled, with_own
from tests.pack.reading import pages_of, rows_of
from tests.releases import Analysed

BRISTOL, SLOUGH, MANCHESTER, ANDOVER = "E30000180", "E30000266", "E30000239", "E30000159"
MULL = "S22000032"
SOUTH_WEST, NATION = "E12000009", "K02000001"


@pytest.fixture(scope="module")
def advice(illustrative: Analysed) -> dict[str, Advice]:
    """What follows for each area of the bundled release."""
    classification = illustrative.classification
    return advise_all(illustrative.release, illustrative.findings, load(bundled(), classification), classification)


def part(html: str, section: str) -> str:
    """The HTML of a section of a document."""
    found = re.search(rf'<section[^>]*id="{section}".*?</section>', html, re.DOTALL)
    return found.group() if found else ""


def words(html: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", html).split())


def actions(html: str) -> list[str]:
    return [words(found) for found in re.findall(r'<div class="what">.*?<h2>(.*?)</h2>', html, re.DOTALL)]


def first(html: str) -> list[str]:
    return [words(each) for each in re.findall(r'<p class="action"><b>(.*?)</b>', part(html, "headlines"), re.DOTALL)]


@pytest.mark.parametrize("area", [BRISTOL, SLOUGH, SOUTH_WEST])
def test_what_to_do_first_is_what_the_recommendations_begin_with(illustrative: Analysed, area: str) -> None:
    """In their order, three at most."""
    html = illustrative.written(area).html
    assert first(html)
    assert actions(part(html, "recommendations"))[:3] == first(html)


@pytest.mark.parametrize("area", [SLOUGH, MANCHESTER])
def test_all_steps_of_a_local_pack_share_a_page(
    packs: Callable[[str], Pack], advice: dict[str, Advice], area: str
) -> None:
    """Those that have no room for all of their words have a line."""
    html, found = part(packs(area).html, "recommendations"), advice[area].recommendations
    assert len(found) == len(actions(html)) >= 4
    assert 0 < html.count('class="step short"') < len(found)
    [page] = [text for text in pages_of(packs(area))[2:] if "steps follow from" in text]
    assert "Only rules on gaps in the data rest on what is suppressed" in " ".join(page.split())
    assert all(action in " ".join(page.split()) for action in actions(html))


def test_where_no_step_follows_both_pages_say_so(illustrative: Analysed, advice: dict[str, Advice]) -> None:
    assert () == advice[ANDOVER].recommendations
    html = illustrative.written(ANDOVER).html
    assert "No step follows from the evidence on Andover" in words(part(html, "headlines"))
    assert words(part(html, "recommendations")).startswith("No step follows from the evidence on Andover")


def answers(html: str) -> list[list[str]]:
    """The cells of the table of the rules that were asked."""
    [table] = re.findall(r'<table class="data fine answers">.*?</table>', html, re.DOTALL)
    rows = re.findall(r"<tr[^>]*><td>(.*?)</tr>", table, re.DOTALL)
    return [[words(cell) for cell in re.split(r"<td[^>]*>", row)] for row in rows]


@pytest.mark.parametrize("area", [BRISTOL, ANDOVER])
def test_every_rule_that_was_asked_stands_on_the_page(
    illustrative: Analysed, advice: dict[str, Advice], area: str
) -> None:
    """With what decides it; those that hold are the steps."""
    found = answers(part(illustrative.written(area).html, "recommendations"))
    assert len(found) == advice[area].asked
    assert [row[1] for row in found].count("yes") == len(advice[area].recommendations)
    assert [row[1] for row in found].count("nearly") == len(advice[area].near_misses)
    assert all(row[2] and row[3] and row[5] for row in found)


def test_a_page_full_of_steps_has_no_such_table(illustrative: Analysed) -> None:
    assert "answers" not in part(illustrative.written(MANCHESTER).html, "recommendations")


def test_a_place_without_peers_has_its_sentence_on_the_page_before(illustrative: Analysed) -> None:
    """So little needs no page of its own."""
    html = illustrative.written(MULL).html
    assert re.search(r'<section class="recommendations flow"', html)
    assert "answers" not in part(html, "recommendations")


def test_a_regional_pack_names_the_areas_of_each_step(illustrative: Analysed, advice: dict[str, Advice]) -> None:
    """As many names as the count says, and those that the rules give."""
    html = part(illustrative.written(SOUTH_WEST).html, "recommendations")
    rows = re.findall(r"<tr><td>(.*?)</td><td data-fact=.*?>(\d+)</td><td class=\"left apart\">(.*?)</td></tr>", html)
    assert rows
    assert [len(names.split(", ")) for _, _, names in rows] == [int(count) for _, count, _ in rows]
    inside = illustrative.release.local_members(SOUTH_WEST)["area"]
    steps = sum(len(advice[area].recommendations) + len(advice[area].further) for area in inside)
    assert steps == sum(int(count) for _, count, _ in rows)


@pytest.mark.slow
def test_the_national_report_counts_and_maps_every_rule(
    packs: Callable[[str], Pack], illustrative: Analysed, advice: dict[str, Advice]
) -> None:
    pack = packs(NATION)
    local = illustrative.release.at_level("local")
    given = {area: (*advice[area].recommendations, *advice[area].further) for area in local}
    counts = {
        row["id"].rsplit("/", 1)[1]: float(row["value"])
        for row in rows_of(pack, "facts.csv")
        if "/tally/" in row["id"] and row["value"]
    }
    for rule in {each.rule.id for found in given.values() for each in found}:
        assert counts[f"local-{rule}"] == sum(any(each.rule.id == rule for each in found) for found in given.values())
    assert counts["areas-with-a-step"] == sum(bool(found) for found in given.values())
    drawn = [row for row in rows_of(pack, "data.csv") if row["figure"] == "recommendations-maps"]
    assert len(drawn) == sum(len({each.rule.principle for each in found}) for found in given.values())


@pytest.mark.parametrize("area", [BRISTOL, SOUTH_WEST])
def test_on_illustrative_data_no_step_is_advice_on_a_real_place(illustrative: Analysed, area: str) -> None:
    html = illustrative.written(area).html
    assert "no advice on a real place" in words(part(html, "recommendations"))
    assert "none of this is advice on a real place" in words(part(html, "headlines"))


def test_a_file_without_rules_leaves_the_pages_out(illustrative: Analysed, tmp_path: Path) -> None:
    """`rule = []` is no rule at all; a file of comments alone, as `reportgen new` lays it down, leaves ours."""
    for text, there in (("rule = []\n", False), ("# no rule yet\n", True)):
        folder = tmp_path / str(there)
        (folder / "data").mkdir(parents=True)
        (folder / "data" / "recommendations.toml").write_text(text, encoding="utf-8")
        resources = with_own(folder, bundled())
        html = illustrative.written(BRISTOL, resources=resources).html
        assert there == bool(part(html, "recommendations"))
        assert there == ("What to do first" in html)
