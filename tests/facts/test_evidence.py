"""A number leads back to the rows it rests on, and these give the number."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reportgen.analysis.findings import BY_ID
from reportgen.facts.book import FactBook
from reportgen.facts.declared import DECLARED
from reportgen.facts.evidence import Accounts, Evidence, as_record, origin
from reportgen.facts.expression import symbols
from reportgen.facts.formula import COMPANION, STATISTIC, Formula
from reportgen.facts.rows import Key, Row
from reportgen.release.model import Level
from reportgen.release.tables import BY_NAME, Status
from reportgen.resources import bundled
from reportgen.settings import HotspotRule, Settings
from tests import releases
from tests.releases import USUAL, Analysed, thin
from tests.support import AREAS, EMPLOYMENT, INFO

BATH, BRISTOL, BRITAIN = "E30000165", "E30000180", "K03000001"
FOLDER = bundled().releases / "illustrative-2024"
TOUCHING = "area | neighbour\nE30000165 | E30000180\nE30000180 | E30000165"
# Said by release.toml, or of a table that the release does not have.
WITHOUT_ROWS = {"provisional", "break", "split-share"}


class Explained:
    """A release with its findings; called with the key of a finding, gives its account."""

    def __init__(self, work: Analysed) -> None:
        self.release, self.findings = work.release, work.findings
        self._accounts = Accounts(work.findings, work.release, work.classification, work.settings)

    def __call__(self, *key: str, **rest: str) -> Evidence:
        return self._accounts.of(FactBook(self.findings).fact(*key, **rest))

    def sampled(self, indicator: str, number: int, seed: int) -> list[Evidence]:
        """Some findings of an indicator, drawn with a seed; such as have a value, if any has."""
        rows = self.findings.rows(indicator)
        rows = rows[rows["value"].notna()] if rows["value"].notna().any() else rows
        drawn = np.random.default_rng([seed, len(rows)]).choice(len(rows), min(number, len(rows)), replace=False)
        keys = rows.iloc[drawn][["area", "indicator", "sub_sector", "year", "other", "variant"]]
        return [self(*key) for key in keys.itertuples(index=False)]


@pytest.fixture(scope="module")
def explained() -> Explained:
    """The release that came along."""
    return Explained(releases.illustrative())


def tiny(settings: Settings = USUAL, **tables: object) -> Explained:
    """A tiny release; arguments as of `releases.tiny`."""
    return Explained(releases.tiny(settings, **tables))


@cache
def csv(file: str) -> pd.DataFrame:
    """A file of the release, as any other program would read it."""
    return pd.read_csv(FOLDER / file, dtype=str, keep_default_na=False)


def in_file(row: Row) -> dict[str, str]:
    """What stands in a row's place in its file."""
    assert row.row is not None
    return csv(row.file).iloc[row.row - 2].to_dict()  # the header is 1


def rows_of(evidence: Evidence) -> list[Row]:
    return [row for each in evidence.chain() for row in each.rows]


def agrees(evidence: Evidence) -> bool:
    assert evidence.fact.value is not None
    assert evidence.reckoned is not None
    return math.isclose(evidence.reckoned, evidence.fact.value, rel_tol=1e-9, abs_tol=1e-9)


def codes_of(sub_sector: str) -> tuple[str, ...]:
    """The beginnings of the industries of a sub-sector, from the file of definitions itself."""
    with (bundled().classification.find("dcms-sic2007.toml") or Path()).open("rb") as file:
        creative = tomllib.load(file)["creative"]
    parts: Sequence[str] = list(creative) if sub_sector == "all" else [sub_sector]
    return tuple(code.replace(".", "") for part in parts for code in creative[part]["codes"])


def counted(table: str, column: str, area: str, year: str, sub_sector: str) -> float:
    """Jobs or local units of an area, added up from the file."""
    frame = csv(f"{table}.csv.gz")
    rows = frame[(frame["area"] == area) & (frame["year"] == year)]
    if "size_band" in rows:
        rows = rows[rows["size_band"] == "all"]
    if not sub_sector:
        return float(rows.loc[rows["sic"] == "all", column].iloc[0])
    return float(rows.loc[rows["sic"].str.startswith(codes_of(sub_sector)), column].astype(float).sum())


def with_totals(text: str, where: str = "") -> str:
    """The jobs of a tiny release with a column for all industries, filled in the lines that hold a text."""
    head, *lines = text.strip().splitlines()
    return "\n".join([f"{head} | all", *(f"{line} | {9_999_999 if where in line else ''}" for line in lines)])


# The declarations


@pytest.mark.parametrize("indicator", DECLARED)
def test_a_formula_speaks_of_what_there_is(indicator: str) -> None:
    """Indicators that are measured, symbols that stand for one of them, settings of the hotspot rule."""
    assert indicator in BY_ID
    for formula in DECLARED[indicator]:
        parts = [*formula.parts.values(), *(among.part for among in formula.among)]
        assert all(part.indicator in {*BY_ID, STATISTIC, COMPANION} for part in parts)
        assert symbols(formula.expression) <= {*formula.parts, "k"}
        assert set(formula.settings.values()) <= HotspotRule.model_fields.keys()


def test_it_is_declared_of_every_indicator_what_it_is_made_of() -> None:
    """By other findings, or by rows of tables."""
    assert BY_ID.keys() == DECLARED.keys()


def test_a_p_value_says_that_it_is_a_test_by_permutation(explained: Explained) -> None:
    """And of which statistic."""
    (each,) = explained.sampled("permanova-p", 1, seed=8)
    assert each.shuffled
    assert ["permanova"] == [part.indicator.id for part in each.parts.values()]
    assert not explained(BATH, "location-quotient", "all", "2024").shuffled


def test_a_claim_rests_on_the_finding_that_it_is_tested_by(explained: Explained) -> None:
    """Its statistic is that finding, and so is what is behind it."""
    each = explained(
        *("K03000001", "claim-statistic", "all", "2024", "2019"), "hotspots-with-growth.regions-growth-correlation.jobs"
    )
    (statistic,) = each.parts.values()
    assert ("regions-growth-correlation", each.fact.value) == (statistic.indicator.id, statistic.fact.value)


@pytest.mark.parametrize("indicator", DECLARED)
def test_parts_lists_and_rows_give_the_value(explained: Explained, indicator: str) -> None:
    """Wherever a formula says how: worked out again from what the account shows, it is the finding's number."""
    long = any(formula.among for formula in DECLARED[indicator])
    for each in explained.sampled(indicator, 4 if long else 20, seed=5):
        key = Key(*each.fact.key)
        formula = next((one for one in DECLARED[indicator] if one.when(key, HotspotRule())), Formula())
        if each.fact.known and (formula.expression or formula.reckon or formula.added):
            assert agrees(each), each.fact.id
        else:
            assert each.reckoned is None


@pytest.mark.parametrize("indicator", BY_ID)
def test_every_number_ends_at_rows(explained: Explained, indicator: str) -> None:
    """It is declared what each is made of, and its sources and licences are named."""
    (each,) = explained.sampled(indicator, 1, seed=6)
    rows, found = rows_of(each), origin(each, explained.release.info)
    assert each.declared
    if indicator not in WITHOUT_ROWS:
        assert rows
        assert all(source.licence and source.publisher for source in found.sources)
    tables = {row.table for row in rows}
    assert tables <= {table for source in found.sources for table in source.tables}


@pytest.mark.parametrize("name", ["few tables", "no local units", "one year", "neighbours"])
def test_every_number_of_a_thin_release_has_an_account(name: str) -> None:
    """Whatever is not there: findings of a year that a table lacks, tables, other areas."""
    explained = tiny(membership=None, neighbours=TOUCHING) if name == "neighbours" else Explained(thin(name))
    for indicator in BY_ID:
        for each in explained.sampled(indicator, 5, seed=7):
            assert each.reckoned is None or agrees(each), each.fact.id
            assert as_record(each, explained.release.info)["fact"] == each.fact.id


# The rows


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    "indicator",
    ["creative-jobs", "creative-local-units", "location-quotient", "creative-jobs-growth", "hotspot"],
)
def test_rows_stand_in_the_file_where_the_account_says(explained: Explained, indicator: str, seed: int) -> None:
    """Twenty facts, drawn: key, value and status of each of their rows, read again from the CSV file."""
    (each,) = explained.sampled(indicator, 1, seed)
    for row in rows_of(each):
        if row.row is None:
            assert (row.status, row.value) == (Status.MISSING, None)
            continue
        there = in_file(row)
        assert dict(row.key) == {name: there[name] for name in BY_NAME[row.table].key}
        assert row.value == (float(there[BY_NAME[row.table].value]) if there[BY_NAME[row.table].value] else None)
        assert row.status.value == (there["status"] or "ok")


@pytest.mark.parametrize("seed", range(20))
def test_numbers_worked_out_from_the_files_alone(explained: Explained, seed: int) -> None:
    """Twenty drawn quotients and the counts below them, added up from the CSV files by their definitions."""
    (each,) = explained.sampled("location-quotient", 1, seed)
    area, _, sub_sector, year, *_ = each.fact.key
    if not each.fact.known or sub_sector in ("all-without-it", "high-tech-manufacturing", "kibs", "kibs-net"):
        (area, sub_sector, year) = (BATH, "publishing", "2021")
        each = explained(area, "location-quotient", sub_sector, year)
    wanted = [
        counted("employment", "jobs", place, year, part) for place in (area, BRITAIN) for part in (sub_sector, "")
    ]
    parts = [each.parts[symbol] for symbol in ("x_ri", "T_r", "X_i", "T")]
    assert wanted == [part.fact.value for part in parts]
    assert wanted == [sum(row.value or 0.0 for row in part.rows) for part in parts]
    x, total, whole, everything = wanted
    assert math.isclose(each.fact.value or 0.0, (x / total) / (whole / everything))


def test_a_count_names_its_industries(explained: Explained) -> None:
    """One row for each class of the sub-sector, with its name."""
    rows = explained(BATH, "creative-jobs", "crafts", "2024").rows
    assert [("3212", "Manufacture of jewellery and related articles")] == [
        (dict(row.key)["sic"], row.name) for row in rows
    ]


def test_an_exposure_rests_on_the_jobs_of_each_industry(explained: Explained) -> None:
    """Not on the row of all together; without creative suppliers where only other industries buy."""
    found = {}
    for buyers in ("all-industries", "other-industries"):
        rows = explained(BRISTOL, "creative-input-exposure", "", "2024", buyers, "creative").rows
        found[buyers] = {dict(row.key)["sic"]: row.value or 0.0 for row in rows}
    every, others = found["all-industries"], found["other-industries"]
    assert "all" not in every
    assert sum(every.values()) == pytest.approx(counted("employment", "jobs", BRISTOL, "2024", ""), rel=0.01)
    assert any(code.startswith("62") for code in every)
    assert not any(code.startswith("62") for code in others)
    assert {code for code in every if code.startswith("41")} <= others.keys() < every.keys()


def test_suppressed_rows_are_shown() -> None:
    """A quotient that is suppressed leads to the row that is."""
    explained = tiny(employment=with_totals(EMPLOYMENT.replace("| E30000165 |   300", "| E30000165 |   [c]")))
    each = explained(BATH, "location-quotient", "all", "2023")
    assert (Status.SUPPRESSED, None) == (each.fact.status, each.reckoned)
    assert [("employment", "5911")] == [
        (row.table, dict(row.key)["sic"]) for row in rows_of(each) if row.status is Status.SUPPRESSED
    ]
    assert "[c]" in each.numbers


def test_a_row_that_is_not_there_is_told_apart() -> None:
    """An area without any row of a year has one that says so, for each industry that is asked for."""
    lines = [line for line in EMPLOYMENT.splitlines() if "2023 | E30000165" not in line]
    each = tiny(employment="\n".join(lines))(BATH, "creative-jobs", "all", "2023")
    assert [(None, Status.MISSING)] * 3 == [(row.row, row.status) for row in each.rows]


def test_a_derived_level_rests_on_the_rows_of_its_members() -> None:
    """It has none of its own; a level that is made of others goes down to theirs."""
    zone = Level("zone", "zone", "zones", "custom")
    explained = tiny(
        info={"levels": {**INFO.levels, "zone": zone}, "derive_levels": ("zone",)},
        areas=f"{AREAS.rstrip()}\n    avon | Avon | zone | K02000001 | |\n    far | Far | zone | K02000001 | |\n",
        membership="""
            area      | group | share
            E30000165 | avon  | 1
            E30000180 | avon  | 1
            avon      | far   | 1
        """,
    )
    each = explained("far", "creative-jobs", "all", "2023")
    assert {BATH, BRISTOL} == {dict(row.key)["area"] for row in each.rows}
    assert agrees(each)
    assert agrees(explained("far", "jobs", "", "2023"))


def test_a_total_that_is_published_wins_over_the_sum() -> None:
    """As in the analysis: one row where there is one for all industries, else those of each."""
    rows = [
        f"{line} | 9999" if line.strip().startswith("2023 | E30000165") else line for line in EMPLOYMENT.splitlines()
    ]
    head, *lines = [line for line in rows if line.strip()]
    text = "\n".join([f"{head} | all", *(line if line.endswith("9999") else f"{line} | " for line in lines)])
    explained = tiny(employment=text)
    assert ["all"] == [dict(row.key)["sic"] for row in explained(BATH, "jobs", "", "2023").rows]
    assert 5 == len(explained(BRISTOL, "jobs", "", "2023").rows)


# Rules, and what other programs get


def test_the_hotspot_rule_shows_its_thresholds(explained: Explained) -> None:
    """With the names of the settings that they are."""
    each = explained(BATH, "hotspot", "all", "2024")
    assert {
        "a": ("hotspot.location_quotient", 1.0),
        "b": ("hotspot.creative_units", 50.0),
        "c": ("hotspot.sub_sector_units", 10.0),
        "d": ("hotspot.sub_sectors", 2.0),
    } == each.settings
    assert [9, 9, 9] == [len(some) for some in each.lists]


def test_another_line_or_rule_is_explained_by_what_it_looks_at() -> None:
    """Probabilities are worked out for two lines alone; a published rule has no thresholds of ours."""
    rule = HotspotRule(location_quotient=1.1)
    each = tiny(Settings(hotspot=rule))(BATH, "hotspot", "all", "2023")
    assert {"LQ_r", "u_r"} == each.parts.keys()
    published = tiny(Settings(hotspot=HotspotRule(rule="nesta2015")))(BATH, "hotspot", "all", "2023")
    assert ({}, 4) == (published.settings, len(published.lists))


def test_the_record_holds_each_thing_once(explained: Explained) -> None:
    """Facts and rows refer to each other; nothing that an account needs is left out."""
    each = explained("E12000009", "location-quotient-rank", "all", "2024", "K02000001")
    record = as_record(each, explained.release.info)
    facts = {fact["id"]: fact for fact in record["facts"]}
    assert len(facts) == len(record["facts"])
    assert len(record["rows"]) == len({(row["file"], row["row"], str(row["key"])) for row in record["rows"]})
    for fact in record["facts"]:
        assert {*fact["parts"].values(), *(id for some in fact["lists"] for id in some)} <= facts.keys()
        assert all(0 <= place < len(record["rows"]) for place in fact["rows"])
    assert {id.split("/")[1] for id in facts} == record["indicators"].keys()
    assert "illustrative-2024" == record["release"]["id"]
