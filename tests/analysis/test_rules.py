"""Rules: others' published ones and our own, as functions of figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from reportgen.analysis.rules import (
    Measured,
    creative_nation2018,
    decide,
    nesta2015,
    observatory,
    percentile,
    stars,
)
from reportgen.analysis.truth import Figures, Truth, condition
from reportgen.settings import HotspotRule

RULES = ("reportgen", "nesta2015", "creative-nation2018", "observatory")
AREAS, GROUPS = 12, 4  # three sub-sectors and creative as a whole
QUOTIENTS = arrays.arrays(float, (AREAS, GROUPS, 1), elements=st.floats(0, 8).map(lambda value: round(value, 3)))
SIZES = arrays.arrays(float, (AREAS, GROUPS, 1), elements=st.integers(0, 200).map(float))
GAPS = arrays.arrays(bool, (AREAS, GROUPS, 1), elements=st.sampled_from([False] * 9 + [True]))


def figures(values) -> Figures:
    """Known ones; NaN is not known."""
    values = np.asarray(values, dtype=float)
    return Figures(values, np.where(np.isnan(values), 1, 0).astype(np.int32))


def measured(quotient, size, focus=None) -> Measured:
    quotient, size = figures(quotient), figures(size)
    focus = quotient if focus is None else figures(focus)
    return Measured(quotient, size, focus, condition(quotient.value > 1, quotient))


def everyone(number: int) -> np.ndarray:
    return np.ones(number, dtype=bool)


@given(arrays.arrays(float, 9, elements=st.floats(-5, 5)), GAPS, st.floats(0, 1))
def test_quantiles_are_numpys_of_what_is_known(values, gaps, share) -> None:
    values = np.where(gaps[:9, 0, 0], np.nan, values)
    found = percentile(values[:, None], everyone(9), share).item()
    if np.isnan(values).all():
        assert np.isnan(found)
    else:
        assert found == pytest.approx(np.nanquantile(values, share))


def test_nesta_asks_for_two_deviations_of_the_logarithm_and_the_upper_quartile_of_size() -> None:
    """Nine areas at the national share and one at eight times it: 2.85 deviations above the mean of the logarithms."""
    quotient = np.array([1.0] * 9 + [8.0])
    logs = np.log(quotient)
    assert logs[-1] > logs.mean() + 2 * logs.std(ddof=1)
    big, small = np.arange(10.0), np.arange(10.0)[::-1]
    hot = [
        nesta2015(measured(*(each.reshape(-1, 1, 1) for each in (quotient, size))), everyone(10)).holds.ravel().tolist()
        for size in (big, small)
    ]
    assert [[False] * 9 + [True], [False] * 10] == hot


def test_nesta_leaves_a_quotient_of_nought_out_of_mean_and_deviation() -> None:
    """It has no logarithm; with or without such areas the others are judged alike, and it is no hotspot itself."""
    quotient, size = np.array([1.0, 1.1, 0.9, 1.0, 1.05, 0.95, 4.0]), np.array([1.0, 2, 3, 4, 5, 6, 99])
    alone = nesta2015(measured(quotient.reshape(-1, 1, 1), size.reshape(-1, 1, 1)), everyone(7))
    more = nesta2015(
        measured(np.append(quotient, [0, 0]).reshape(-1, 1, 1), np.append(size, [2, 3]).reshape(-1, 1, 1)), everyone(9)
    )
    assert alone.holds.ravel().tolist() == more.holds[:7].ravel().tolist()
    assert alone.holds[-1].item()
    assert more.fails[7:].all()


def test_nesta_is_strict_on_size() -> None:
    """An area exactly at the upper quartile is not above it."""
    quotient, size = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 9.0]), np.array([1.0] * 5 + [7.0] * 4)
    assert 7.0 == np.quantile(size, 0.75)
    assert not nesta2015(measured(quotient.reshape(-1, 1, 1), size.reshape(-1, 1, 1)), everyone(9)).holds.any()


def test_where_one_area_has_a_logarithm_there_is_no_spread_to_stand_out_from() -> None:
    found = nesta2015(measured(np.array([[[5.0]], [[0.0]]]), np.array([[[9.0]], [[0.0]]])), everyone(2))
    assert found.fails.all()


def test_creative_nation_asks_for_more_than_the_national_share_and_the_median_size() -> None:
    quotient, size = np.array([1.01, 1.0, 1.01, 3.0]), np.array([30.0, 30.0, 10.0, 11.0])  # the median is 20.5
    found = creative_nation2018(measured(quotient.reshape(-1, 1, 1), size.reshape(-1, 1, 1)), everyone(4))
    assert [True, False, False, False] == found.holds.ravel().tolist()


def test_the_observatory_gives_a_star_for_each_of_size_specialisation_and_focus() -> None:
    """Eleven areas: the top tenth is one of them. Two is enough for specialisation."""
    quotient = np.array([2.0, 1.99, *[1.0] * 9]).reshape(-1, 1, 1)
    size, focus = np.arange(11.0)[::-1].reshape(-1, 1, 1), np.array([0.5, *[0.1] * 10]).reshape(-1, 1, 1)
    of = measured(quotient, size, focus)
    number = sum(star.holds.astype(int) for star in stars(of, everyone(11)))
    assert [3, *[0] * 10] == number.ravel().tolist()
    assert [True, *[False] * 10] == observatory(of, everyone(11)).holds.ravel().tolist()


def test_focus_is_compared_over_all_pairs_of_area_and_sub_sector() -> None:
    """Of twenty pairs two are above the 90th percentile, and both may lie in one sub-sector."""
    focus = np.stack([np.linspace(0.5, 0.6, 10), np.linspace(0.0, 0.1, 10)], axis=1)[..., None]
    star = stars(measured(focus, focus, focus), everyone(10))[2]
    assert [2, 0] == star.holds[..., 0].sum(axis=0).tolist()


def answers(rule, jobs, units, who, asked=("jobs", "units"), settings=None) -> Truth:
    seen = [{"jobs": jobs, "units": units}[word] for word in asked]
    return decide(rule, seen, units.size, who, settings or HotspotRule())


@given(QUOTIENTS, SIZES, QUOTIENTS, SIZES)
def test_nestas_union_contains_each_part_and_the_others_both_is_in_each(job_lq, job_size, unit_lq, unit_size) -> None:
    jobs, units, who = measured(job_lq, job_size), measured(unit_lq, unit_size), everyone(AREAS)
    for rule in RULES:
        by_jobs, by_units = (answers(rule, jobs, units, who, (word,)).holds for word in ("jobs", "units"))
        together = answers(rule, jobs, units, who).holds
        if rule == "nesta2015":
            assert (together == (by_jobs | by_units)).all()
        else:
            assert not (together & ~(by_jobs & by_units)).any()


@given(QUOTIENTS, SIZES, st.integers(0, AREAS - 1))
def test_our_rule_looks_at_no_other_area(quotient, size, gone: int) -> None:
    """Taking an area away changes nothing for those that stay; a published rule may well turn."""
    rest = np.delete(np.arange(AREAS), gone)
    all_of_them = answers("reportgen", *[measured(quotient, size)] * 2, everyone(AREAS)).holds
    fewer = answers("reportgen", *[measured(quotient[rest], size[rest])] * 2, everyone(AREAS - 1)).holds
    assert (all_of_them[rest] == fewer).all()


@given(QUOTIENTS, SIZES, GAPS)
def test_an_answer_holds_however_the_gaps_turn_out(quotient, size, gaps) -> None:
    """By our rule, which looks at one area alone: filling the gaps never turns an answer that was given."""
    known = answers("reportgen", *[measured(quotient, size)] * 2, everyone(AREAS))
    gapped = measured(np.where(gaps, np.nan, quotient), np.where(gaps, np.nan, size))
    found = answers("reportgen", gapped, gapped, everyone(AREAS))
    assert not (found.holds & known.fails).any()
    assert not (found.fails & known.holds).any()


@given(QUOTIENTS, SIZES, GAPS)
def test_every_rule_holds_fails_or_says_what_is_in_the_way(quotient, size, gaps) -> None:
    gapped = measured(np.where(gaps, np.nan, quotient), np.where(gaps, np.nan, size))
    for rule in RULES:
        found = answers(rule, gapped, gapped, everyone(AREAS))
        assert not (found.holds & found.fails).any()
        assert (found.open == (found.blame > 0)).all()


@given(QUOTIENTS, SIZES, st.permutations(range(AREAS)))
def test_the_order_of_areas_does_not_matter(quotient, size, order) -> None:
    for rule in RULES:
        found = answers(rule, *[measured(quotient, size)] * 2, everyone(AREAS)).holds
        turned = answers(rule, *[measured(quotient[order], size[order])] * 2, everyone(AREAS)).holds
        assert (turned == found[order]).all()


@given(QUOTIENTS, SIZES)
def test_years_are_judged_one_by_one(quotient, size) -> None:
    """Two years at once give what each gives alone, so that draws in the place of years do so too."""
    both_years = measured(
        np.concatenate([quotient, quotient[::-1]], axis=2), np.concatenate([size, size[::-1]], axis=2)
    )
    for rule in RULES:
        found = answers(rule, both_years, both_years, everyone(AREAS)).holds
        alone = answers(rule, *[measured(quotient, size)] * 2, everyone(AREAS)).holds
        assert (found[..., :1] == alone).all()


def test_those_that_places_are_not_compared_among_set_no_threshold() -> None:
    """A custom area made of the biggest ones is judged by the thresholds of the local areas, and moves none of them."""
    quotient = np.array([1.0, 1.1, 0.9, 1.0, 1.05, 0.95, 4.0, 4.0]).reshape(-1, 1, 1)
    size = np.array([1.0, 2, 3, 4, 5, 6, 9, 500]).reshape(-1, 1, 1)
    local = np.array([True] * 7 + [False])
    found = nesta2015(measured(quotient, size), local).holds.ravel()
    assert [True, True] == found[-2:].tolist()
    assert found[:7].tolist() == nesta2015(measured(quotient[:7], size[:7]), everyone(7)).holds.ravel().tolist()
