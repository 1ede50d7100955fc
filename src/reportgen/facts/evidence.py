"""
Evidence: the account of a number, from the fact down to the rows of the release: what it is made of by its formula,
what these are made of, and in which file and row each figure stands. Takes findings, gives a tree; prints nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from reportgen.analysis.changes import base_year
from reportgen.analysis.claims import CLAIMS
from reportgen.analysis.findings import BY_ID, Findings, Indicator
from reportgen.analysis.innovation import GROUPS
from reportgen.analysis.supply_chain import ALL
from reportgen.classification import Classification
from reportgen.facts.book import FactBook
from reportgen.facts.declared import DECLARED
from reportgen.facts.expression import reckon, symbols, written
from reportgen.facts.fact import Fact, key_of
from reportgen.facts.format import MARKS, exact
from reportgen.facts.formula import (
    BASE,
    COMPANION,
    FIRST,
    LAST,
    LINE,
    OTHER,
    SAME,
    STATISTIC,
    Along,
    Among,
    Formula,
    Part,
)
from reportgen.facts.rows import Key, Row, Rows
from reportgen.facts.tally import COUNTED
from reportgen.release.model import LEAST_SHARE, MOST_OF_IT, RawFile, Release, ReleaseInfo, Source
from reportgen.release.tables import Status
from reportgen.settings import Settings

YEARS = "k"  # symbol of the years between the two of a finding
NOT_DECLARED = Formula()
# What records hold of each
FACT = ("id", "value", "low", "high", "unit", "status", "reason", "source")
INDICATOR = ("name", "unit", "definition", "formula", "source")
RELEASE = ("id", "title", "status", "revision", "reference_period", "published")


@dataclass(frozen=True)
class Evidence:
    """
    A fact and what it is made of.
    Args:
        label: what it is about, in words: area, industries, year.
        expression: in symbols, and `numbers` the same with the numbers in their places; empty where the value does not
            come from the parts alone. `reckoned` is what they, the listed facts or the rows give; None where they
            cannot give it.
        parts: symbol → the account of the fact that stands for it.
        lists: facts that are counted, added up or ranked, each list of one indicator.
        settings: symbol → name and value of the setting that stands for it.
        rows: those that the fact rests on without others between.
        declared: whether it is declared what it is made of; else the rows are those of its tables about its own area,
            year and industries, and it may rest on other areas too.
        shuffled: whether it is a p-value: how often chance does as well as its one part, by permutation.
    """

    fact: Fact
    indicator: Indicator
    label: str
    expression: str
    numbers: str
    reckoned: float | None
    parts: Mapping[str, Evidence]
    lists: tuple[tuple[Evidence, ...], ...]
    settings: Mapping[str, tuple[str, float]]
    rows: tuple[Row, ...]
    declared: bool
    shuffled: bool = False

    def chain(self, *, whole: bool = True) -> list[Evidence]:
        """This account and those below it, each once, those that are nearer first; `whole` with those in lists."""
        found: dict[str, Evidence] = {}
        waiting = deque([self])
        while waiting:
            one = waiting.popleft()
            if one.fact.id not in found:
                found[one.fact.id] = one
                waiting += one.parts.values()
                waiting += [each for some in one.lists for each in some] if whole else []
        return list(found.values())


class Accounts:
    """Gives the account of any fact of one run; holds those it has given."""

    def __init__(
        self, findings: Findings, release: Release, classification: Classification, settings: Settings
    ) -> None:
        self._findings, self._release = findings, release
        self._classification, self._settings = classification, settings
        self._book, self._rows = FactBook(findings), Rows(release, classification)
        self._given: dict[str, Evidence] = {}

    def of(self, fact: Fact) -> Evidence:
        """The account of a fact."""
        if fact.id not in self._given:
            self._given[fact.id] = self._account(fact)
        return self._given[fact.id]

    def _account(self, fact: Fact) -> Evidence:
        key = Key(*fact.key)
        if key.indicator in COUNTED:
            return self._counted(fact, key)
        formula = self._formula(key)
        found = {symbol: self._fact(part, key) for symbol, part in formula.parts.items()}
        parts = {symbol: self.of(one) for symbol, one in found.items() if one is not None}
        lists = tuple(tuple(self.of(one) for one in self._listed(among, key)) for among in formula.among)
        rows = self._rows_beside(formula, key) if formula.rows or parts or any(lists) else self._rows_of(fact, key)
        numbers = {symbol: part.fact.value for symbol, part in parts.items()}
        if YEARS in symbols(formula.expression):
            numbers[YEARS] = float(int(key.year) - int(key.other))
        texts = {symbol: _exact(found.get(symbol), numbers.get(symbol)) for symbol in symbols(formula.expression)}
        rule = self._settings.hotspot.model_dump()
        return Evidence(
            fact,
            BY_ID[key.indicator],
            self._label(key),
            expression=written(formula.expression),
            numbers=written(formula.expression, texts),
            reckoned=_reckoned(fact, formula, numbers, lists, rows) if fact.known else None,
            parts=parts,
            lists=tuple(filter(None, lists)),
            settings={symbol: (f"hotspot.{name}", float(rule[name])) for symbol, name in formula.settings.items()},
            rows=rows,
            declared=formula is not NOT_DECLARED,
            shuffled=formula.shuffled,
        )

    def _counted(self, fact: Fact, key: Key) -> Evidence:
        """The account of what a pack counted itself: the facts that it counts, an indicator a list; else its rows."""
        listed: dict[str, list[Evidence]] = {}
        for id in fact.of:
            counted = self.of(self._book.fact(*key_of(id)))
            listed.setdefault(counted.indicator.id, []).append(counted)
        return Evidence(
            fact,
            COUNTED[key.indicator],
            self._label(key),
            expression="",
            numbers="",
            reckoned=None,
            parts={},
            lists=tuple(map(tuple, listed.values())),
            settings={},
            rows=() if listed else self._rows_of(fact, key),
            declared=True,
        )

    def _formula(self, key: Key) -> Formula:
        """How a finding is made."""
        return next(
            (each for each in DECLARED.get(key.indicator, ()) if each.when(key, self._settings.hotspot)), NOT_DECLARED
        )

    def _fact(self, part: Part, key: Key) -> Fact | None:
        """
        The fact that a part stands for. None where there is no such finding: probabilities are worked out for some
        lines alone, and tables have years of their own.
        """
        info = self._release.info
        area = {
            "here": key.area,
            "whole": info.great_britain,
            "nation": info.national,
            "london": info.london,
            "other": key.other,
        }[part.area]
        line = f"{self._settings.hotspot.location_quotient:g}"
        words = {"sub_sector": part.sub_sector, "year": part.year, "other": part.other, "variant": part.variant}
        own = asdict(key)
        for name, word in words.items():
            if word == OTHER:
                words[name] = GROUPS.get(key.other, key.other)  # a survey has words of its own for groups
            elif word in (SAME, LINE):
                words[name] = own[name] if word == SAME else line
            elif word in (FIRST, LAST):
                words[name] = key.variant.split(".")[0 if word == FIRST else -1]
            elif word == BASE:
                words[name] = base_year(self._findings.years["employment"])
        indicator = part.indicator
        if indicator in (STATISTIC, COMPANION):
            indicator, words["variant"] = _claimed(key.variant, indicator)
        try:
            return self._book.fact(area, indicator, **words)
        except KeyError:
            return None

    def _listed(self, among: Among, key: Key) -> list[Fact]:
        keys = self._along(among.along, key)
        part = among.part
        found = [self._fact(replace(part, year=each.year) if among.along == "years" else part, each) for each in keys]
        return [fact for fact in found if fact is not None]

    def _along(self, along: Along, key: Key) -> list[Key]:
        """The keys like one that a list goes through."""
        release = self._release
        if along == "sub-sectors":
            return [replace(key, sub_sector=part.id) for part in self._classification.creative]
        if along == "years":
            return [replace(key, year=year) for year in self._findings.years["employment"]]
        if along == "variants":
            return [replace(key, variant=variant) for variant in self._variants]
        if along == "beside":
            pairs = release.neighbours
            beside = [] if pairs is None else sorted(pairs.loc[pairs["area"] == key.area, "neighbour"].astype(str))
            return [replace(key, area=area) for area in beside]
        if along == "hotspots":
            level = release.areas.at[key.area, "level"]
            peers = [replace(key, area=str(area)) for area in release.areas.index[release.areas["level"] == level]]
            return self._chosen(peers)
        if along == "chosen":
            return self._chosen(self._along("areas", key))
        if along == "regions":
            return [replace(key, area=area) for area in release.at_level("regional")]
        if along == "level":
            return [replace(key, area=area) for area in release.areas.index if release.level_of(area).kind == key.other]
        if along == "industries":
            return [replace(key, other=industry) for industry in self._industries]
        if along == "profiles":
            locals_ = [replace(key, area=area) for area in release.at_level("local")]
            return [each for local in locals_ for each in self._along("sub-sectors", local)]
        if along == "local":
            return [replace(key, area=area) for area in release.at_level("local")]
        group = key.other if along == "ranked" and key.other else key.area
        if along == "ranked" and group == release.info.national:
            return [replace(key, area=area) for area in release.at_level("regional")]
        least = {"inside": MOST_OF_IT, "parts": 0.0}.get(along, LEAST_SHARE)
        return [replace(key, area=area) for area in release.local_members(group, least)["area"]]

    def _chosen(self, keys: Sequence[Key]) -> list[Key]:
        """Those of areas that are hotspots."""
        answers = [(each, self._fact(Part("hotspot"), each)) for each in keys]
        return [each for each, answer in answers if answer is not None and answer.value == 1]

    @cached_property
    def _variants(self) -> list[str]:
        return [str(variant) for variant in self._findings.rows("hotspot-by-rule")["variant"].unique()]

    @cached_property
    def _industries(self) -> list[str]:
        """Those of the input-output table, each alone."""
        return [str(code) for code in self._findings.rows("output-multiplier")["other"].unique() if code != ALL]

    def _rows_beside(self, formula: Formula, key: Key) -> tuple[Row, ...]:
        """The rows that a formula names beside findings."""
        find = self._rows.of
        if formula.whole:
            find = self._rows.whole
        elif formula.by_industry:
            find = self._rows.by_industry
        return tuple(row for table in formula.rows for row in find(table, key))

    def _rows_of(self, fact: Fact, key: Key) -> tuple[Row, ...]:
        return tuple(row for table in fact.source.split(";") for row in self._rows.of(table, key))

    def _label(self, key: Key) -> str:
        """`Bath (E30000165), Crafts, 2024 against 2019`."""
        parts = [f"{self._named(key.area)} ({key.area})", self._group(key.sub_sector)]
        year = f"{key.year} against {key.other}" if key.other.isdigit() else key.year
        other = "" if key.other.isdigit() else self._named(key.other)
        return ", ".join(filter(None, [*parts, year, other, key.variant]))

    def _named(self, word: str) -> str:
        return self._release.name_of(word) if word in self._release.areas.index else self._group(word)

    def _group(self, word: str) -> str:
        """A group of industries in words; another word as it is."""
        return self._groups.get(word, word)

    @cached_property
    def _groups(self) -> dict[str, str]:
        groups = (*self._classification.creative, self._classification.whole, *self._classification.comparisons)
        return {group.id: group.name for group in groups}


@dataclass(frozen=True)
class Origin:
    """Where the tables behind an account come from."""

    release: ReleaseInfo
    sources: tuple[Source, ...]
    raw_files: tuple[RawFile, ...]


def origin(evidence: Evidence, info: ReleaseInfo) -> Origin:
    """Sources, licences and raw files of all tables that an account rests on."""
    tables = {table for each in evidence.chain() for table in each.fact.source.split(";")}
    return Origin(
        info,
        tuple(source for source in info.sources if tables & set(source.tables)),
        tuple(file for file in info.raw_files if tables & set(file.tables)),
    )


def as_record(evidence: Evidence, info: ReleaseInfo) -> dict[str, Any]:
    """
    An account for other programs: facts, rows and indicators once each; facts name those that they are made of by id,
    and their rows by place in the list of rows.
    """
    chain, found = evidence.chain(), origin(evidence, info)
    rows = {row: None for each in chain for row in each.rows}
    places = {row: place for place, row in enumerate(rows)}
    return {
        "fact": evidence.fact.id,
        "facts": [_fact_record(each, places) for each in chain],
        "rows": [{**vars(row), "key": dict(row.key)} for row in rows],
        "indicators": {each.indicator.id: _some(each.indicator, INDICATOR) for each in chain},
        "sources": [asdict(source) for source in found.sources],
        "raw_files": [asdict(file) for file in found.raw_files],
        "release": _some(info, RELEASE),
    }


def _fact_record(evidence: Evidence, places: Mapping[Row, int]) -> dict[str, Any]:
    fact = evidence.fact
    return {
        **_some(fact, FACT),
        "about": evidence.label,
        "expression": evidence.expression,
        "numbers": evidence.numbers,
        "reckoned": evidence.reckoned,
        "parts": {symbol: part.fact.id for symbol, part in evidence.parts.items()},
        "lists": [[one.fact.id for one in some] for some in evidence.lists],
        "settings": {symbol: {"name": name, "value": value} for symbol, (name, value) in evidence.settings.items()},
        "rows": [places[row] for row in evidence.rows],
        "declared": evidence.declared,
        "shuffled": evidence.shuffled,
    }


def _claimed(variant: str, which: str) -> tuple[str, str]:
    """Indicator and variant of the finding that a claim is tested by, or of its p-value, as its own variant says."""
    claim, statistic, rest = [*variant.split(".", 2), ""][:3]
    companions = {(each.id, each.indicator): each.companion for each in CLAIMS}
    return (companions[claim, statistic] if which == COMPANION else statistic), rest


def _some(of: object, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(of, name) for name in names}


def _exact(fact: Fact | None, value: float | None) -> str:
    """A number in a formula: with all its digits, or the mark that says why there is none."""
    if value is not None:
        return exact(value)
    return MARKS[fact.status if fact is not None else Status.MISSING]


def _reckoned(
    fact: Fact,
    formula: Formula,
    numbers: Mapping[str, float | None],
    lists: tuple[tuple[Evidence, ...], ...],
    rows: tuple[Row, ...],
) -> float | None:
    """What parts, lists or rows give for a known fact; None where they cannot give it."""
    if formula.expression:
        return reckon(formula.expression, numbers)
    if formula.reckon is not None:
        return formula.reckon(fact, [each.fact for each in lists[0]])
    added = [row.value for row in rows if row.table == formula.added]
    values = [value for value in added if value is not None]
    return sum(values) if values and len(values) == len(added) else None
