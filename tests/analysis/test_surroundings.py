"""Surroundings: areas beside hotspots against others, regions with and without hotspots, and what cannot be told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats

from reportgen.analysis.shape import MISSING, NOT_APPLICABLE, OK, SUPPRESSED
from reportgen.analysis.spatial import Links
from reportgen.analysis.surroundings import (
    Figures,
    beside_hotspots,
    difference_test,
    innovation_rates,
    rank_test,
    with_hotspots,
)
from reportgen.release.model import Break

NUMBERS = arrays.arrays(float, 12, elements=st.integers(0, 20).map(float)).filter(lambda x: np.ptp(x) > 0)
TWO_YEARS = """
    year | area          | crafts | rest
    2019 | Great Britain |    100 | 9000
    2019 | Bath          |     10 |  500
    2024 | Great Britain |    100 | 9000
    2024 | Bath          |     20 |  500
"""


def figures(*values: float) -> Figures:
    found = np.array(values)
    return Figures(found, np.where(np.isnan(found), SUPPRESSED, OK).astype(np.int8))


def star(centres: int, leaves: int) -> Links:
    """Each of some areas touches so many that come behind them."""
    pairs = [(centre, centres + centre * leaves + leaf) for centre in range(centres) for leaf in range(leaves)]
    return Links(*np.array(sorted([*pairs, *((other, one) for one, other in pairs)]), dtype=np.intp).T)


def test_faster_growth_beside_hotspots_is_found() -> None:
    """Twenty areas that grow by 5 % against twenty that grow by 1 %, each with some noise."""
    noise = np.random.default_rng(1).normal(0, 0.005, size=40)
    beside = np.arange(40) < 20
    value, low, high, p = difference_test(np.where(beside, 0.05, 0.01) + noise, beside)
    assert value == pytest.approx(0.04, abs=0.005)
    assert 0.03 < low <= value <= high < 0.05
    assert 0.002 == p


def test_the_sides_are_exchangeable() -> None:
    """Asked the other way round, the difference turns its sign, its p-value stays about the same."""
    growth = np.random.default_rng(2).normal(size=30)
    beside = np.arange(30) < 12
    one, other = difference_test(growth, beside), difference_test(growth, ~beside)
    assert one[0] == -other[0]
    assert one[3] == pytest.approx(other[3], abs=0.1)


def test_hotspots_themselves_and_open_cases_are_in_neither_group() -> None:
    """
    Two centres with eleven leaves each, the first a hotspot. Then a third centre whose answer is not known: its eleven
    leaves could lie beside a hotspot or not. A leaf without known growth is left out, too.
    """
    links = star(3, 11)
    yes, known = np.zeros(36, dtype=bool), np.ones(36, dtype=bool)
    yes[0], known[2] = True, False
    growth = np.random.default_rng(3).normal(size=36)
    growth[4] = np.nan
    found = beside_hotspots(figures(*growth), yes, known, links)
    assert (10, 12, 13) == found.counts  # elsewhere: the second centre and its leaves
    assert (OK, "") == (found.state, found.reason)


def test_nine_areas_beside_hotspots_tell_nothing() -> None:
    yes = np.arange(20) == 0
    found = beside_hotspots(figures(*np.arange(20.0)), yes, np.full(20, True), star(2, 9))
    assert (9, 10, 0) == found.counts
    assert NOT_APPLICABLE == found.state
    assert (
        "Of the areas with known figures 9 lie beside a hotspot and 10 do not; fewer than 10 of either tell nothing."
        == found.reason
    )


@given(NUMBERS, NUMBERS)
def test_the_correlation_of_regions_is_that_of_spearman(one: np.ndarray, other: np.ndarray) -> None:
    value, p = rank_test(one, other)
    assert value == pytest.approx(stats.spearmanr(one, other).statistic, abs=1e-12)
    assert 0.002 <= p <= 1


def test_a_perfect_order_of_twelve_regions_is_beyond_chance_either_way() -> None:
    one = np.arange(12.0)
    assert (1.0, 0.002) == pytest.approx(rank_test(one, one**3))
    assert (-1.0, 0.002) == pytest.approx(rank_test(one, -(one**3)))


def test_a_region_without_either_figure_is_left_out_and_counted() -> None:
    share, rate = np.linspace(0, 0.5, 12), np.linspace(0.3, 0.4, 12) ** 2
    whole = with_hotspots(figures(*share), figures(*rate))
    found = with_hotspots(figures(*share, 0.9, np.nan), figures(*rate, np.nan, 0.2))
    assert ((12, 2), whole.value) == (found.counts, found.value)


def test_rates_that_few_businesses_answered_for_do_not_count() -> None:
    """29 are too few; a suppressed rate stays suppressed, and a region without a row is missing."""
    survey = pd.DataFrame(
        {
            "area": ["A", "B", "C"],
            "n": [30, 29, np.nan],
            "rate": [0.4, 0.5, np.nan],
            "status": ["ok", "ok", "suppressed"],
        }
    )
    found = innovation_rates(survey, ["A", "B", "C", "D"])
    assert [0.4, None, None, None] == [None if np.isnan(each) else each for each in found.value]
    assert [OK, MISSING, SUPPRESSED, MISSING] == found.state.tolist()


def test_without_neighbours_and_innovation_the_rows_say_so(analyse) -> None:
    found = analyse(TWO_YEARS)
    key = {"sub_sector": "all", "year": "2024", "other": "2019", "variant": "jobs"}
    assert (None, "missing") == found("Great Britain", "neighbours-growth-difference", **key)
    assert "The release has no neighbours table." == found.why("Great Britain", "neighbours-growth-areas-beside", **key)
    rows = found.findings.rows("regions-innovation-correlation")
    assert {"missing"} == set(rows["status"])
    assert {"The release has no innovation table."} == set(rows["reason"])
    assert {""} == set(rows["other"])


def test_growth_counts_from_the_oldest_year_where_there_are_not_five(analyse, release_of, analyse_it) -> None:
    """And of one year there is none."""
    two = analyse(TWO_YEARS.replace("2019", "2022"))
    assert {"2022"} == set(two.findings.rows("regions-growth-correlation")["other"])
    one = release_of("area | crafts | rest\nGreat Britain | 100 | 9000\nBath | 10 | 500")
    pairs = pd.DataFrame({"area": ["Bath"], "neighbour": ["Bath"]}).astype("category")
    found = analyse_it(replace(one, neighbours=pairs))
    for indicator in ("neighbours-growth-difference", "regions-growth-correlation-p"):
        key = {"year": "2023", "other": "2023", "variant": "jobs"}
        assert (None, "not-applicable") == found("Great Britain", indicator, **key)
        assert "The release has no year but 2023, so no change can be told." == found.why(
            "Great Britain", indicator, **key
        )


def test_growth_counts_from_the_same_year_as_elsewhere_where_the_fifth_before_is_not_there(analyse) -> None:
    """Of 2013, 2020 and 2024 it is 2020, as for shift-share: not the oldest, eleven years back."""
    rows = "\n".join(f"{year} | {area} | 10 | 500" for year in (2013, 2020, 2024) for area in ("Great Britain", "Bath"))
    found = analyse(f"year | area | crafts | rest\n{rows}")
    assert {"2020"} == set(found.findings.rows("regions-growth-correlation")["other"])


def test_growth_across_a_break_is_of_low_reliability_here_too(release_of, analyse_it) -> None:
    """Twelve regions of one place each, every second one a hotspot; the survey is a new one from 2022 on."""
    lines = [
        f"{year} | Place {n} | {creative} | {creative + (year > 2019) * n} | 9000"
        for year in (2019, 2024)
        for n, creative in enumerate([4000, 20] * 6)
    ]
    lines += [f"{year} | Great Britain | 24120 | 24200 | 108000" for year in (2019, 2024)]
    regions = {f"Region {n}": "region" for n in range(12)}
    parents = {f"Place {n}": f"Region {n}" for n in range(12)} | dict.fromkeys(regions, "Great Britain")
    text = "year | area | crafts | publishing | rest\n" + "\n".join(lines)
    text = text.replace("publishing", "5811")
    release = release_of(text, levels=regions, parents=parents, derive_levels=("region",))
    key = {"area": "Great Britain", "indicator": "regions-growth-correlation", "year": "2024", "other": "2019"}
    assert "ok" == analyse_it(release).row(**key, variant="jobs").status
    broken = Break(2022, "The survey is a new one from 2022 on.", ("employment",))
    row = analyse_it(replace(release, info=replace(release.info, breaks=(broken,)))).row(**key, variant="jobs")
    assert ("low-reliability", broken.what) == (row.status, row.reason)
