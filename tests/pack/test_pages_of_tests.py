"""Clustering, alike, neighbours, outlook: what these pages say, and what they say where nothing is known."""

from __future__ import annotations

import re

import pytest

from reportgen.analysis.findings import analyse
from reportgen.document.brief import Brief
from reportgen.document.html import Section
from reportgen.settings import Settings
from tests.releases import Analysed, section

NATION, GREAT_BRITAIN, NORTHERN_IRELAND, SOUTH_WEST = "K02000001", "K03000001", "N92000002", "E12000009"
BELFAST = "N12000002"
OURS = ("agglomeration", "alike", "outlook", "neighbours")


def told(work: Analysed, area: str) -> tuple[Brief, dict[str, Section]]:
    written = work.written(area)
    return written.brief, {part.id: part for part in written.parts}


def text_of(html: str) -> str:
    text = re.sub(r"\s+", " ", re.sub(r"<sup .*?</sup>|<[^>]+>", "", re.sub(r"</(p|td|th|h1|h2|div)>", " ", html)))
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.fixture(scope="module")
def national(illustrative: Analysed) -> tuple[Brief, dict[str, Section]]:
    return told(illustrative, NATION)


def test_the_national_report_has_them_in_the_order_of_the_plan(national: tuple[Brief, dict[str, Section]]) -> None:
    ids = [name for name in national[1] if name in (*OURS, "regions", "growth", "register")]
    assert ids == ["regions", "agglomeration", "alike", "growth", "outlook", "neighbours", "register"]


@pytest.mark.parametrize("name", OURS)
def test_headings_and_titles_are_no_longer_than_allowed(national: tuple[Brief, dict[str, Section]], name: str) -> None:
    brief, found = national
    [heading] = re.findall(r"<h1[^>]*>(.*?)</h1>", found[name].html, re.DOTALL)
    assert len(re.sub(r"<sup .*?</sup>|<[^>]+>", "", heading).strip()) <= 105
    assert all(len(figure.chart.title) <= 80 for figure in brief.figures)


@pytest.mark.parametrize("name", OURS)
def test_every_digit_is_a_fact_or_is_fixed_or_belongs_to_a_year(
    national: tuple[Brief, dict[str, Section]], name: str
) -> None:
    without_sources = re.sub(r'<p class="source">.*?</p>', "", national[1][name].html, flags=re.DOTALL)
    html = re.sub(r'<(span|td|a)[^>]*data-(?:fact|fixed)="[^"]*"[^>]*>[^<]*</\1>', "", without_sources)
    left = re.findall(r"\d+", re.sub(r"<sup .*?</sup>|<[^>]+>", " ", html))
    assert set(left) <= {"2024", "2019"}


def test_sub_sectors_stand_by_their_index(national: tuple[Brief, dict[str, Section]]) -> None:
    brief, found = national
    table = found["agglomeration"].html.split("Index, jobs")[1].split("</table>")[0]
    indices = re.findall(r'data-fact="[^"]*/ellison-glaeser/([^/]*)/[^"]*/jobs"', table)[: len(brief.sub_sectors)]
    values = [
        brief.book.fact(GREAT_BRITAIN, "ellison-glaeser", part, "2024", variant="jobs").value or 0 for part in indices
    ]
    assert sorted(indices) == sorted(brief.sub_sectors)
    assert values == sorted(values, reverse=True)


def test_what_the_index_means_is_said(national: tuple[Brief, dict[str, Section]]) -> None:
    text = text_of(national[1]["agglomeration"].html)
    assert "0 where workplaces lie as if placed by chance among all jobs" in text
    assert "From 2 standard deviations on, a sub-sector is clear of chance." in text


def test_south_and_north_are_told_with_and_without_london_and_manchester(
    national: tuple[Brief, dict[str, Section]],
) -> None:
    text = text_of(national[1]["alike"].html)
    assert "at least 75,000 jobs" in text
    assert "Without London and Manchester" in text
    assert "not adjusted for the number of tests" in text
    rows = re.findall(r'<td>\s*wider South[^<]*</td><td class="left">[^<]*', national[1]["alike"].html)
    assert len(rows) == len(alike_rows := set(rows)) == 4, alike_rows


def test_areas_without_neighbours_are_named_and_associations_called_so(
    national: tuple[Brief, dict[str, Section]],
) -> None:
    text = text_of(national[1]["neighbours"].html)
    told = re.search(r"5 more have no known neighbour in the release and take no part: ([^.]*)", text)
    assert told
    assert "Isle of Wight" in told[1]
    assert "Shetland Islands" in told[1]
    assert "above the mean of travel-to-work areas, not of Great Britain" in text
    assert "Illustrative local units" in text.rpartition("Source: ")[2]
    assert "These are associations" in text


def test_the_projection_is_named_what_it_is_and_tested(national: tuple[Brief, dict[str, Section]]) -> None:
    text = text_of(national[1]["outlook"].html)
    assert "At the pace of past years" in text
    assert "That is no forecast" in text
    assert re.search(r"were off by [\d.]+ % on average; projections of no change were off by", text)
    assert re.search(r"Of \d+ outcomes, \d+ % lay in their interval", text)
    assert "grew at double the rate of all jobs or more in every stretch of 5 years since 2015" in text


def test_the_nation_has_no_part_of_its_own_and_slow_growth_is_said_in_numbers(
    national: tuple[Brief, dict[str, Section]],
) -> None:
    """0 by definition has no interval; value added grew more slowly than the whole, which never shrank."""
    brief, found = national
    text = text_of(found["outlook"].html)
    drawn = next(figure.chart for figure in brief.figures if figure.chart.name == "outlook-shift")
    own = [row for row in drawn.table if row.indicator == "shift-share-local"][-1]
    assert (brief.benchmark, 0) == (own.area, pytest.approx(own.value, abs=1e-6))
    printed = [row["text"] for row in drawn.spec["layer"][-1]["data"]["values"]]
    assert "[z]" in printed
    assert re.search(r"In the last they grew more slowly than the whole: \S+ % a year against \S+ %", text)
    assert "Where the whole shrank" not in text


def test_areas_left_out_are_counted_over_all_rows_of_the_table(national: tuple[Brief, dict[str, Section]]) -> None:
    brief, found = national
    year = brief.years("jobs")[-1]
    creative = brief.book.fact(brief.benchmark, "ellison-glaeser-areas-left-out", "all", year, "", "jobs")
    assert f"without a figure, {creative.value:.0f} at most" in text_of(found["agglomeration"].html)


def test_regions_are_counted_alike_on_the_pages_of_claims_and_of_innovation(
    national: tuple[Brief, dict[str, Section]],
) -> None:
    brief, found = national
    sides = brief.findings.rows("claim-side", variant="more-innovative.innovation-difference.innovation-active")
    regions = brief.release.at_level("regional")
    on_its_side = sides[sides["area"].isin(regions) & (sides["year"] == max(sides["year"])) & (sides["value"] == 1)]
    named = re.search(r"all industries of the same place in (.*?)\.", text_of(found["innovation"].html))
    assert named
    assert len(on_its_side) == sum(brief.spoken(code) in named[1] for code in regions)


def test_a_regions_change_is_the_sum_of_its_parts(illustrative: Analysed) -> None:
    brief, found = told(illustrative, SOUTH_WEST)
    assert "They add up, before rounding" in text_of(found["outlook"].html)
    national, mix, local, change = (
        brief.book.fact(SOUTH_WEST, f"shift-share-{part}", "all", "2024", "2019").value or 0
        for part in ("national", "mix", "local", "change")
    )
    assert national + mix + local == pytest.approx(change)
    assert not {"agglomeration", "alike", "neighbours"} & set(found)


def test_northern_ireland_has_its_profile_and_says_what_is_not_known(illustrative: Analysed) -> None:
    text = text_of(told(illustrative, NORTHERN_IRELAND)[1]["outlook"].html)
    assert "How much of the change of creative jobs in Northern Ireland is its own is not known" in text
    assert "No projection can be made either." in text
    assert "Its creative work is spread as over" in text


def test_a_local_area_of_whose_change_nothing_is_known_has_no_page_of_its_parts(illustrative: Analysed) -> None:
    found = told(illustrative, BELFAST)[1]
    assert "outlook" not in found
    assert "and how much of that is its own, cannot be shown" in text_of(found["growth"].html)


def test_ledes_end_in_more_than_a_word_or_two(national: tuple[Brief, dict[str, Section]]) -> None:
    """Narrower than they may be, as the last line would else stand alone; never so narrow as to look like a column."""
    found = [re.search(r'<p class="lede" style="width: (\d+)mm"', part.html) for part in national[1].values()]
    widths = [int(one[1]) for one in found if one]
    assert widths
    assert all(105 <= width <= 150 for width in widths)


def test_without_groups_the_page_says_why_south_and_north_are_not_compared(illustrative: Analysed) -> None:
    findings = analyse(illustrative.release, illustrative.classification, Settings())
    text = text_of(section(Analysed(illustrative.release, findings).brief(NATION), "alike"))
    assert "South and North" in text
    assert "No group of areas is called" in text


def test_local_packs_have_the_outlook_alone(illustrative: Analysed) -> None:
    assert {"outlook"} == set(OURS) & set(told(illustrative, "E30000180")[1])
