"""Cells: how industries add up to sub-sectors, and what stands in the way."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from reportgen.errors import DataError


def test_industries_add_up_to_their_sub_sector(analyse) -> None:
    """Sub-sectors are sums of industries, creative is the sum of sub-sectors, the rest counts in the total alone."""
    found = analyse("""
        area | crafts | 5811 | 5812 | rest
        Bath |     10 |   20 |   30 |  100
    """)
    assert (10.0, "ok") == found("Bath", "creative-jobs", "crafts")
    assert (50.0, "ok") == found("Bath", "creative-jobs", "publishing")
    assert (60.0, "ok") == found("Bath", "creative-jobs", "all")
    assert (160.0, "ok") == found("Bath", "jobs", "")


def test_a_total_row_wins_over_the_sum(analyse) -> None:
    """An area's own row over all industries is its total, also where the industries add up to something else."""
    found = analyse("""
        area  | crafts | rest | all
        Bath  |     10 |  100 | 115
        Stoke |     10 |  100 |   -
    """)
    assert (115.0, "ok") == found("Bath", "jobs", "")
    assert (110.0, "ok") == found("Stoke", "jobs", "")


def test_a_suppressed_total_is_not_replaced_by_the_sum(analyse) -> None:
    found = analyse("""
        area | crafts | rest | all
        Bath |     10 |  100 | [c]
    """)
    assert (None, "suppressed") == found("Bath", "jobs", "")
    assert "Jobs are suppressed for all industries together (Bath, 2023)." == found.why("Bath", "jobs", "")


def test_a_suppressed_industry_suppresses_every_sum_it_is_in(analyse) -> None:
    """And no other: the neighbouring sub-sector and the neighbouring area stay as they were."""
    found = analyse("""
        area  | crafts | 5811 | 5812 | rest
        Bath  |     10 |  [c] |   30 |  100
        Stoke |     10 |   20 |   30 |  100
    """)
    assert (None, "suppressed") == found("Bath", "creative-jobs", "publishing")
    assert (None, "suppressed") == found("Bath", "creative-jobs", "all")
    assert (None, "suppressed") == found("Bath", "jobs", "")
    assert (10.0, "ok") == found("Bath", "creative-jobs", "crafts")
    assert (50.0, "ok") == found("Stoke", "creative-jobs", "publishing")


def test_a_reason_names_what_stands_in_the_way(analyse) -> None:
    found = analyse("""
        area  | crafts | 5811 | 5812 | rest
        Bath  |    [c] |  [x] |   30 |  100
        Stoke |     10 |  [x] |  [x] |  100
    """)
    assert "Jobs are suppressed for the one industry of Crafts (Bath, 2023)." == found.why(
        "Bath", "creative-jobs", "crafts"
    )
    assert "Jobs are missing for 1 of the 2 industries of Publishing (Bath, 2023)." == found.why(
        "Bath", "creative-jobs", "publishing"
    )
    assert "Jobs are missing for all 2 industries of Publishing (Stoke, 2023)." == found.why(
        "Stoke", "creative-jobs", "publishing"
    )
    assert "Local units are suppressed for 1 of the 3 creative industries (Bath, 2023)." == found.why(
        "Bath", "creative-local-units", "all"
    )


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("[c]", "[x]", (None, "suppressed")),
        ("[x]", "[z]", (None, "missing")),
        ("[z]", "5 [u]", (None, "not-applicable")),
        ("5 [u]", "20", (25.0, "low-reliability")),
        ("0", "0", (0.0, "ok")),
        ("0", "-", (None, "missing")),
    ],
)
def test_the_worst_part_decides_over_a_sum(analyse, one: str, other: str, together: tuple[float | None, str]) -> None:
    """Nothing, suppressed, missing and not applicable are four states; none of them is ever read as another."""
    found = analyse(f"""
        area  | 5811  | 5812
        Bath  | {one} | {other}
        Stoke |    10 |      10
    """)
    assert together == found("Bath", "creative-jobs", "publishing")


def test_an_absent_row_is_missing(analyse) -> None:
    """Zeros are written: what has no row is not known, for one industry, for one year or for a whole area."""
    found = analyse("""
        year | area  | crafts | rest
        2022 | Bath  |      - |  100
        2023 | Bath  |      0 |  100
        2023 | Stoke |     10 |  100
    """)
    assert (None, "missing") == found("Bath", "creative-jobs", "crafts", "2022")
    assert (0.0, "ok") == found("Bath", "creative-jobs", "crafts", "2023")
    assert (None, "missing") == found("Stoke", "creative-jobs", "crafts", "2022")
    assert "The release has no figures on jobs (Stoke, 2022)." == found.why("Stoke", "creative-jobs", "crafts", "2022")
    assert "The release has no figures on local units (London, 2023)." == found.why("London", "local-units", "")


def test_a_table_coarser_than_a_definition_cannot_serve_it(analyse) -> None:
    """Division 71 is architecture and engineering: no part of it is called architecture."""
    found = analyse("""
        area | crafts |  71 | rest
        Bath |     10 |  50 |  100
    """)
    why = "The release gives jobs only for division 71 as a whole, which holds more than Architecture."
    assert (None, "missing") == found("Bath", "creative-jobs", "architecture")
    assert why == found.why("Bath", "creative-jobs", "architecture")
    assert (None, "missing") == found("Bath", "creative-jobs", "all")
    assert (10.0, "ok") == found("Bath", "creative-jobs", "crafts")
    assert (160.0, "ok") == found("Bath", "jobs", "")


def test_codes_of_five_digits_serve_a_definition_of_four(analyse) -> None:
    found = analyse("""
        area | 58110 | 58111 | rest
        Bath |    10 |    20 |  100
    """)
    assert (30.0, "ok") == found("Bath", "creative-jobs", "publishing")


TWO_CLASSES = {"crafts": ("3212",), "publishing": ("5811", "58.12")}
ONLY_ONE = """
    area | crafts | 5811 | rest
    Bath |     10 |   20 |  100
"""


def test_a_definition_without_data_stops_the_analysis(analyse) -> None:
    with pytest.raises(DataError, match=r"Publishing names 58\.12, an industry that no row of this table has") as stop:
        analyse(ONLY_ONE, sub_sectors=TWO_CLASSES)
    assert ["employment"] == [problem.file for problem in stop.value.problems]
    assert 'absent_codes = ["58.12"]' in stop.value.problems[0].fix


def test_a_waived_code_lets_the_analysis_go_on(analyse) -> None:
    found = analyse(ONLY_ONE, sub_sectors=TWO_CLASSES, absent_codes=("58.12",))
    assert (20.0, "ok") == found("Bath", "creative-jobs", "publishing")


def test_a_sub_sector_waived_as_a_whole_is_missing_not_nothing(analyse) -> None:
    found = analyse(ONLY_ONE, sub_sectors={**TWO_CLASSES, "music": ("5920",)}, absent_codes=("58.12", "5920"))
    assert (None, "missing") == found("Bath", "creative-jobs", "music")
    assert "The release has no figures on jobs in any industry of Music." == found.why("Bath", "creative-jobs", "music")


def test_rounding_of_a_sum_is_that_of_all_its_parts(analyse) -> None:
    """Two cells of 20 (step 5) and 300 (step 50), and a zero that is not rounded: V = (25 + 2500) / 12."""
    found = analyse("""
        area           | crafts | 5811 | 5812
        Great Britain  |     20 |  300 |    0
    """)
    row = found.row("Great Britain", "creative-jobs", "all")
    assert (320 - 1.96 * (2525 / 12) ** 0.5, 320 + 1.96 * (2525 / 12) ** 0.5) == pytest.approx((row.low, row.high))


def test_size_bands_are_a_second_cut_and_never_added(release_of, analyse_it) -> None:
    """Local units by size band stand beside the row of all bands; adding them would count each twice."""
    release = release_of("""
        area | crafts | rest
        Bath |     10 |  100
    """)
    bands = release.businesses.assign(size_band="0-4")
    found = analyse_it(replace(release, businesses=pd.concat([release.businesses, bands], ignore_index=True)))
    assert (10.0, "ok") == found("Bath", "creative-local-units", "crafts")
    assert (110.0, "ok") == found("Bath", "local-units", "")


def test_words_may_be_categories(release_of, analyse_it) -> None:
    """The reader gives words as categories, some of which no row has; the order of rows says nothing."""
    release = release_of("""
        area  | crafts | rest
        Bath  |     10 |  100
        Stoke |    [c] |  100
    """)
    words = {
        column: pd.CategoricalDtype(["zzz", *sorted(set(release.employment[column]))]) for column in ("area", "sic")
    }
    shuffled = release.employment.astype(words | {"status": "category"}).iloc[::-1].reset_index(drop=True)
    found = analyse_it(replace(release, employment=shuffled))
    assert (10.0, "ok") == found("Bath", "creative-jobs", "crafts")
    assert (None, "suppressed") == found("Stoke", "creative-jobs", "crafts")


def test_a_row_of_an_unknown_area_never_lands_elsewhere(release_of, analyse_it) -> None:
    """The reader refuses such a release; if one came through, its figures would go to some other area."""
    release = release_of("""
        area | crafts | rest
        Bath |     10 |  100
    """)
    with pytest.raises(KeyError, match="area: Bahth is not among"):
        analyse_it(replace(release, employment=release.employment.assign(area="Bahth")))
