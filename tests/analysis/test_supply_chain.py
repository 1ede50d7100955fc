"""Supply chain: creative inputs of industries, and how much the mix of industries of an area leans on them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from reportgen.analysis import supply_chain
from reportgen.analysis.exposure import jobs_variance, mix
from reportgen.analysis.findings import Findings
from reportgen.analysis.inputs import gather
from reportgen.analysis.supply_chain import INDICATORS, by_class
from reportgen.area_groups import NONE
from reportgen.classification import Classification, Definition
from reportgen.release.model import Release
from reportgen.settings import Settings

NATION = "United Kingdom"
SUPPLIERS = {"creative": ("J58", "J59 & J60", "R91"), "narrow": ("J58",), "partly-creative": ("R91",)}
CREATIVE = (Definition("publishing", "Publishing", "Publishing", ("5811",)),)
TABLE = """
    supplier  | J58 | J59 & J60 | R91 | A01 | L68A | L68B | T97
    J58       |  20 |         5 |   1 |   2 |    0 |    1 |   0
    J59 & J60 |   5 |        10 |   1 |   1 |    0 |    1 |   0
    R91       |   0 |         0 |   1 |   0 |    0 |    2 |   0
    A01       |   1 |         0 |   0 |  60 |    0 |    0 |   0
    L68A      |   0 |         0 |   0 |   0 |    0 |    0 |   0
    L68B      |   9 |         9 |   9 |   9 |    9 |    9 |   0
    T97       |   0 |         0 |   0 |   0 |    0 |    0 |   0
    output    | 100 |        50 |  30 | 200 |  500 |  100 |   0
"""
JOBS = """
    area          |   5811 |   5911 |   6010 |   9101 |   0111 |   6810 |   9609 |    all
    Great Britain | 100000 |  40000 |  10000 |  20000 | 200000 |  90000 |  40000 | 500000
    London        |  50000 |  20000 |   5000 |   5000 |   5000 |  35000 |      0 | 120000
    Bath          |      0 |      0 |      0 |      0 |   5000 |      0 |      0 |   5000
    Stoke         |    [c] |      0 |      0 |      0 |   3000 |   2000 |      0 |   6000
    Leeds         |      0 |      0 |      0 |      0 |   3000 |      0 |   2000 |   5000
    Ely           |      0 |      0 |      0 |      0 |      0 |      0 |      0 |      0
    York          |      0 |      0 |      0 |      0 |      0 |      0 |   5000 |   5000
"""


def tables(text: str) -> dict[str, pd.DataFrame]:
    """The two tables of a release out of a square in text; a cell `-` has no row."""
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    cells = [(line[0], buyer, value) for line in lines for buyer, value in zip(head[1:], line[1:], strict=True)]
    rows = [(name, buyer, float(value)) for name, buyer, value in cells if value != "-"]
    flows = [(buyer, supplier, value) for supplier, buyer, value in rows if supplier != "output"]
    totals = [(buyer, value) for name, buyer, value in rows if name == "output"]
    return {
        "input_output": pd.DataFrame(flows, columns=["buyer", "supplier", "value_million"]),
        "input_output_totals": pd.DataFrame(totals, columns=["industry", "output_million"]),
    }


class Look:
    """What is found in the small table, or in another; asked for by indicator and key."""

    def __init__(self, release: Release, text: str | None, suppliers: dict[str, tuple[str, ...]]) -> None:
        classification = Classification(
            *("test", "Test", "none", datetime.date(2020, 1, 1), None, CREATIVE, (), {}),
            suppliers=suppliers,
            without_jobs=("L68A",),
        )
        release = replace(release, **({} if text is None else tables(text)))
        frame = supply_chain.findings(gather(release, classification, Settings(), NONE))
        self.rows, self.findings = frame, Findings({"supply-chain": frame}, {})

    def row(self, indicator: str, other: str = "", variant: str = "creative", area: str = NATION, year: str = ""):
        return self.findings.get(area, indicator, "", year, other, variant)

    def __call__(self, *key: str, **rest: str) -> tuple[float | None, str]:
        row = self.row(*key, **rest)
        return (None if row.value is None else round(row.value, 6), row.status.value)


@pytest.fixture(scope="module")
def look(release_of: Callable[..., Release]) -> Callable[..., Look]:
    return lambda text=TABLE, suppliers=SUPPLIERS, jobs=JOBS: Look(release_of(jobs), text, suppliers)


@pytest.fixture(scope="module")
def found(look) -> Look:
    return look()


def test_creative_inputs_are_purchases_from_all_creative_suppliers(found) -> None:
    assert (3.0, "ok") == found("creative-input-purchases", "A01")
    assert (0.015, "ok") == found("creative-input-share", "A01")
    assert (0.01, "ok") == found("creative-input-share", "A01", "narrow")
    assert (0.02, "ok") == found("creative-input-share", "L68B", "partly-creative")


def test_all_buyers_together_and_the_others_together(found) -> None:
    """The others are those that are no creative supplier, whichever list of suppliers they buy from."""
    assert (50.0, "ok") == found("creative-input-purchases", "all-industries")
    assert (round(50 / 980, 6), "ok") == found("creative-input-share", "all-industries")
    assert (round(7 / 800, 6), "ok") == found("creative-input-share", "other-industries")
    assert (round(3 / 800, 6), "ok") == found("creative-input-share", "other-industries", "narrow")


def test_buyers_add_up(found) -> None:
    rows = found.findings.rows("creative-input-purchases", variant="creative").set_index("other")["value"]
    together = rows.pop("all-industries"), rows.pop("other-industries")
    assert together == (rows.sum(), rows.drop(list(SUPPLIERS["creative"])).sum())


def test_an_industry_without_output_has_no_share(found) -> None:
    """Nought pounds are bought, and there is nothing to divide them by."""
    assert (0.0, "ok") == found("creative-input-purchases", "T97")
    assert (None, "not-applicable") == found("creative-input-share", "T97")
    assert "The industry has no output to take a share of (T97)." == found.row("creative-input-share", "T97").reason
    assert (None, "not-applicable") == found("output-multiplier", "T97", "")


def test_a_pair_without_a_row_is_no_purchase_of_nought(look) -> None:
    """Its buyer's share is missing, and so are those sums and multipliers that it is part of; the rest stays."""
    seen = look(TABLE.replace("R91       |   0 |         0 |   1 |   0", "R91       |   0 |         0 |   1 |   -"))
    why = "The input-output table lacks a figure on purchases or output for 1 of the {} industries."
    assert (None, "missing") == seen("creative-input-share", "A01")
    assert why.format(7) == seen.row("creative-input-share", "all-industries").reason
    assert why.format(4) == seen.row("creative-input-share", "other-industries").reason
    assert (0.01, "ok") == seen("creative-input-share", "A01", "narrow")
    assert (0.25, "ok") == seen("creative-input-share", "J58")
    assert why.format(7) == seen.row("output-multiplier", "J58", "").reason


def test_a_supplier_that_the_table_lacks_leaves_no_share_too_low(look) -> None:
    seen = look(suppliers={"creative": ("J58", "R90"), "narrow": ("J58",)})
    why = "The input-output table has no industry R90, from which creative inputs come."
    assert ("missing", why) == (
        seen.row("creative-input-share", "A01").status,
        seen.row("creative-input-share", "A01").reason,
    )
    assert (0.01, "ok") == seen("creative-input-share", "A01", "narrow")
    assert (None, "missing") == seen("creative-input-share", "A01", "partly-creative")


def test_a_classification_without_suppliers_says_so(look) -> None:
    seen = look(suppliers={})
    row = seen.row("creative-input-share", "A01")
    assert "The classification test names no suppliers that are creative." == row.reason
    assert "ok" == seen.row("output-multiplier", "A01", "").status
    assert {"missing"} == set(seen.findings.rows("creative-input-coverage")["status"])


def test_a_release_without_the_table_says_so_in_every_row(look) -> None:
    """For each creative supplier as a buyer, and for all together."""
    seen = look(text=None)
    rows = seen.rows
    assert {indicator.id for indicator in INDICATORS} == set(rows["indicator"])
    assert {"missing"} == set(rows["status"])
    why = "The release has no figures on what industries buy from one another and on their output."
    assert {why} == set(rows.loc[rows["area"] == NATION, "reason"])
    assert why == seen.row("output-multiplier", "J59 & J60", "").reason


def test_tables_of_which_nobody_can_live_have_no_multipliers(look) -> None:
    seen = look(TABLE.replace("60 |    0 |    0", "600 |    0 |    0"))
    row = seen.row("output-multiplier", "A01", "")
    assert "not-applicable" == row.status
    assert "Industries of the input-output table use up more than they make" in row.reason


def test_industries_are_classed_by_what_they_spend(found) -> None:
    """Creative ones 6 % and over; farming 1.5 %, dwellings nothing, other real estate 4 %."""
    assert [2.0, 1.0, 0.0] == [
        found("industries-by-creative-inputs", "other-industries", f"creative.{name}")[0]
        for name in supply_chain.CLASSES
    ]
    assert (3.0, "ok") == found("industries-by-creative-inputs", "all-industries", "creative.6-and-over")
    assert (0.125, "ok") == found("output-share-by-creative-inputs", "other-industries", "creative.3-to-6")


def test_classes_take_in_all_output_and_all_jobs(found) -> None:
    for indicator in ("output-share-by-creative-inputs", "jobs-share-by-creative-inputs"):
        rows = found.findings.rows(indicator).assign(suppliers=lambda rows: rows["variant"].str.split(".").str[0])
        sums = rows.groupby(["area", "other", "suppliers"], observed=True)["value"].agg(
            lambda values: values.sum(skipna=False)
        )
        assert sums.dropna().to_numpy() == pytest.approx(1)
        assert len(sums.dropna()) >= 4


def exposed(found: Look, area: str, other: str = "all-industries"):
    return found.row("creative-input-exposure", other, area=area, year="2023")


def test_an_area_of_one_industry_is_exposed_like_it(found) -> None:
    assert (0.015, "ok") == (exposed(found, "Bath").value, exposed(found, "Bath").status)
    assert (0.015, 0.015) == (exposed(found, "Bath").low, exposed(found, "Bath").high)


def test_dwellings_that_nobody_works_in_do_not_thin_out_real_estate(found) -> None:
    """4 of the 100 million of real estate, not of 600."""
    expected = (50 * 0.25 + 25 * 0.3 + 5 * 0.1 + 5 * 0.015 + 35 * 0.04) / 120
    assert expected == pytest.approx(exposed(found, "London").value)
    assert (5 * 0.015 + 35 * 0.04) / 40 == pytest.approx(exposed(found, "London", "other-industries").value)


def test_industries_with_unknown_jobs_are_left_out_and_told(found) -> None:
    row = exposed(found, "Stoke")
    assert ("low-reliability", pytest.approx((3 * 0.015 + 2 * 0.04) / 5)) == (row.status, row.value)
    assert row.reason.startswith("Jobs are not known in 1 of the 5 groups of industries")
    assert (round(5 / 6, 6), "ok") == found("creative-input-coverage", variant="", area="Stoke", year="2023")


def test_jobs_in_industries_that_the_table_lacks_are_not_covered(found) -> None:
    """Personal services, 96, are in no industry of the small table."""
    row = exposed(found, "Leeds")
    assert "low-reliability" == row.status
    assert row.reason.startswith("Fewer than nine in ten jobs are in industries that are found")
    assert (0.6, "ok") == found("creative-input-coverage", variant="", area="Leeds", year="2023")
    assert ("missing", None) == (exposed(found, "York").status, exposed(found, "York").value)
    assert (0.0, "ok") == found("creative-input-coverage", variant="", area="York", year="2023")


def test_an_area_without_jobs_is_exposed_to_nothing(found) -> None:
    assert "not-applicable" == exposed(found, "Ely").status
    assert (None, "not-applicable") == found("creative-input-coverage", variant="", area="Ely", year="2023")
    assert "missing" == exposed(found, NATION).status


def test_a_mix_that_rests_on_a_cell_that_jumped_says_on_which(look) -> None:
    """A tenth of all jobs and more: real estate of Bath went from 100 to 5,000. Leeds has no jump."""
    years = [
        f"{year} | Bath | 0 | 0 | 0 | 0 | 5000 | {estates} | 0 | {5000 + estates}"
        for year, estates in ((2022, 100), (2023, 5000))
    ]
    years += [f"{year} | Leeds | 0 | 0 | 0 | 0 | 3000 | 0 | 2000 | 5000" for year in (2022, 2023)]
    years += [f"{year} | Great Britain | 9000 | 1 | 1 | 1 | 90000 | 90000 | 9000 | 198003" for year in (2022, 2023)]
    head = "year | area | 5811 | 5911 | 6010 | 9101 | 0111 | 6810 | 9609 | all"
    found = look(jobs="\n".join([head, *years]))
    jump = "Jobs in 6810 went from 100 to 5,000 between 2022 and 2023 (Bath)."
    assert ("low-reliability", jump) == (exposed(found, "Bath").status, exposed(found, "Bath").reason)
    assert jump != exposed(found, "Leeds").reason


def test_the_whole_is_exposed_within_rounding_alone(found) -> None:
    """Establishments may be here or there, but in Great Britain all of them are."""
    whole, part = exposed(found, "Great Britain"), exposed(found, "London")
    assert whole.high - whole.low < 0.2 * (part.high - part.low)


COUNTS = arrays(float, (3, 4), elements=st.integers(0, 5_000).map(float))
WEIGHTS = arrays(float, 4, elements=st.floats(min_value=0, max_value=0.5))


@given(COUNTS, WEIGHTS)
def test_an_average_lies_between_its_industries_and_in_its_interval(jobs, weights) -> None:
    value, low, high = mix(jobs, jobs, weights)
    there = ~np.isnan(value)
    assert (there == (jobs.sum(axis=1) > 0)).all()
    assert (value[there] >= weights.min() - 1e-12).all()
    assert (value[there] <= weights.max() + 1e-12).all()
    assert (low[there] <= value[there]).all()
    assert (value[there] <= high[there]).all()


@given(COUNTS, WEIGHTS)
def test_doubling_all_jobs_changes_no_average(jobs, weights) -> None:
    assert mix(2 * jobs, jobs, weights).value == pytest.approx(mix(jobs, jobs, weights).value, nan_ok=True)


@given(WEIGHTS)
def test_every_industry_is_in_one_class(shares) -> None:
    assert (by_class(shares).sum(axis=0) == 1).all()


@given(st.floats(min_value=0, max_value=1), st.floats(min_value=1e-4, max_value=1))
def test_where_establishments_are_is_open_unless_one_area_has_all(share: float, lumps: float) -> None:
    variance = jobs_variance(np.array([[1000 * share]]), np.zeros((1, 1)), np.array([1000.0]), np.array([lumps]))
    assert variance == pytest.approx(1e6 * share * (1 - share) * lumps, abs=1e-9)  # near 0 and 1 few digits are left
    unknown = jobs_variance(np.array([[500.0]]), np.zeros((1, 1)), np.array([1000.0]), np.array([np.nan]))
    assert np.isfinite(unknown).all()
