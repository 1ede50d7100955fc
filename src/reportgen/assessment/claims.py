"""
Claims: what earlier work said, as `data/claims.toml` has it, and the verdict on each: the sides of its tests, told
together by one rule. Takes the findings of the family `claims`, gives verdicts with their evidence; says no sentence of
its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

import pandas as pd

from reportgen.analysis.claims import CLAIMS
from reportgen.analysis.findings import KEY, Findings
from reportgen.assessment.written import called, own_id, own_words, refuse_twins
from reportgen.errors import ConfigurationError, Problem
from reportgen.facts.book import FactBook
from reportgen.facts.fact import Fact
from reportgen.nearest import did_you_mean
from reportgen.release.info import SENTENCE, Keys, read_toml

FILE = "data/claims.toml"
Side = Literal[-1, 0, 1]
Verdict = Literal["holds", "weaker", "not supported", "cannot be tested", "by construction"]
Where = Literal["nation", "britain", "regions"]
_EITHER: tuple[Side, Side] = (1, -1)
PERIODS = ("latest", "longest", "earlier")
_YEARS = re.compile(r"(\d{4})-(\d{4})")
_NO_NUMBER = "say it in words without the number; what was said may hold numbers"
_NUMBERS_STAY = "it would stay as it is when the data change"


@dataclass(frozen=True)
class Test:
    """
    Which findings a claim is held against.
    Args:
        called: in words, beside those of other tests.
        variant, other: of the finding; an empty `other` takes what there is.
        period: latest, longest, earlier, or two years: `1997-2007`.
    """

    __test__ = False  # no test of pytest

    indicator: str
    variant: str
    where: Where
    called: str = ""
    other: str = ""
    period: str = "latest"


@dataclass(frozen=True)
class Source:
    """Where something was said: in short, beside a claim; in full, with its title; and in which year."""

    short: str
    full: str
    year: int


NOWHERE = Source("", "", 0)


@dataclass(frozen=True)
class Claim:
    """
    What was said, and how it is tested.
    Args:
        findings: id of the claim in the family `claims`.
        said: in our words, or quoted; source: where.
        tested: how, in a sentence.
        main: the test that decides; sensitivity: those that show what the verdict depends on.
    """

    id: str
    findings: str
    said: str
    source: Source
    tested: str
    main: Test
    sensitivity: tuple[Test, ...] = ()


@dataclass(frozen=True)
class Published:
    """A hotspot of earlier work: its name there, and the codes of the areas of today that go by it."""

    name: str
    areas: tuple[str, ...]


@dataclass(frozen=True)
class Register:
    """All claims, and the published hotspots with their source."""

    claims: tuple[Claim, ...] = ()
    hotspots: tuple[Published, ...] = ()
    hotspots_source: Source = NOWHERE


NONE = Register()


@dataclass(frozen=True)
class Tested:
    """
    What a test found, in one area or in several.
    Args:
        period: what it is about, as written in the findings: a year, a wave, both, or `2019-2024`; empty: none.
        sides, statistics, chances: facts of each area: on which side of the line, what lies there, and its p-value.
    """

    called: str
    period: str = ""
    sides: tuple[Fact, ...] = ()
    statistics: tuple[Fact, ...] = ()
    chances: tuple[Fact, ...] = ()

    @property
    def side(self) -> Side | None:
        """The side of all areas together; None where it is known of none."""
        return together(_side(fact) for fact in self.sides)

    def count(self, side: Side | None) -> int:
        """Of how many areas it is this side."""
        return sum(1 for fact in self.sides if _side(fact) == side)

    @property
    def reason(self) -> str:
        """Why the side is not known; empty where it is, or where there is no finding at all."""
        return next((fact.reason for fact in self.sides if not fact.known), "") if self.side is None else ""


@dataclass(frozen=True)
class Assessed:
    """A claim with what its tests found, and the verdict."""

    claim: Claim
    main: Tested
    others: tuple[Tested, ...]
    verdict: Verdict

    def others_on(self, side: Side | None) -> tuple[Tested, ...]:
        """The further tests that lie on a side."""
        return tuple(each for each in self.others if each.side == side)


def together(sides: Iterable[Side | None]) -> Side | None:
    """
    One side for several: that of more than half of them, if none lies on the other; else 0. None, not known, does not
    count; where nothing else is there, nothing is known.

    >>> together([1, 1, 0]), together([1, 1, 1, -1]), together([1, 0]), together([None, -1]), together([None])
    (1, 0, 0, -1, None)
    """
    known = [side for side in sides if side is not None]
    if not known:
        return None
    for side in _EITHER:
        if 2 * known.count(side) > len(known) and -side not in known:
            return side
    return 0


def verdict(main: Side | None, others: Sequence[Side | None], *, illustrative: bool = False) -> Verdict:
    """
    The verdict on a claim. The main test decides: a claim *holds* where it lies on the claim's side and the further
    tests that are known, told together, do so, too, or there are none. It is *weaker* where only one of the two is so:
    the main test lies on its side and the others leave that open or go against it; or the main test is open and they
    lie on its side. It is *not supported* in all other cases, and *cannot be tested* where the main test is not known.
    On an illustrative release nothing is found out, so what can be tested is so *by construction*.
    Args:
        main, others: 1 on the claim's side, −1 on the other, 0 open, None not known.

    >>> verdict(1, [1, 1, 0]), verdict(1, [0, 0]), verdict(0, [1]), verdict(0, []), verdict(-1, [1]), verdict(None, [1])
    ('holds', 'weaker', 'weaker', 'not supported', 'not supported', 'cannot be tested')
    """
    agreeing = together(others)
    if main is None:
        return "cannot be tested"
    if illustrative:
        return "by construction"
    if main == 1:
        return "holds" if agreeing in (None, 1) else "weaker"
    return "weaker" if main == 0 and agreeing == 1 else "not supported"


def assess(
    register: Register, findings: Findings, areas: Mapping[Where, Sequence[str]], *, illustrative: bool
) -> list[Assessed]:
    """
    The verdict on every claim of a register, in its order.
    Args:
        areas: whose findings a test takes, for each word that says where.
    """
    bench = _Bench(findings, areas)
    found = []
    for claim in register.claims:
        [main] = bench.tested(claim.findings, claim.main)
        others = tuple(each for test in claim.sensitivity for each in bench.tested(claim.findings, test))
        told = verdict(main.side, [each.side for each in others], illustrative=illustrative)
        found.append(Assessed(claim, main, others, told))
    return found


class _Bench:
    """Where tests are made: the rows of sides, and what belongs to them."""

    def __init__(self, findings: Findings, areas: Mapping[Where, Sequence[str]]) -> None:
        self._sides, self._areas, self._book = findings.rows("claim-side"), areas, FactBook(findings)
        self._with_p = {tuple(map(str, key)) for key in findings.rows("claim-p")[_REST].itertuples(index=False)}

    def tested(self, claim: str, test: Test) -> list[Tested]:
        """What a test found: one for each period where it asks for all that came earlier, else one alone."""
        rows = self._sides
        name = ".".join(filter(None, (claim, test.indicator, test.variant)))
        rows = rows[(rows["variant"] == name) & rows["area"].isin(self._areas[test.where])]
        if test.other:
            rows = rows[rows["other"] == test.other]
        times = sorted({(str(year), str(other)) for year, other in zip(rows["year"], rows["other"], strict=True)})
        chosen = _chosen(times, test.period)
        found = [self._at(rows[(rows["year"] == year) & (rows["other"] == other)], test) for year, other in chosen]
        return found if found or test.period == "earlier" else [Tested(test.called, _written(test.period))]

    def _at(self, rows: pd.DataFrame, test: Test) -> Tested:
        keys = [tuple(map(str, key)) for key in rows[list(KEY)].itertuples(index=False)]
        sides, statistics, chances = [], [], []
        for area, indicator, sub_sector, year, other, variant in keys:
            _, _, rest = variant.partition(f"{test.indicator}.")
            sides.append(self._book.fact(area, indicator, sub_sector, year, other, variant))
            statistics.append(self._book.fact(area, test.indicator, sub_sector, year, other, rest))
            if (area, sub_sector, year, other, variant) in self._with_p:
                chances.append(self._book.fact(area, "claim-p", sub_sector, year, other, variant))
        _, _, _, year, other, _ = keys[0]
        return Tested(test.called, _period(year, other), tuple(sides), tuple(statistics), tuple(chances))


_REST = [column for column in KEY if column != "indicator"]


def _chosen(times: Sequence[tuple[str, str]], period: str) -> Sequence[tuple[str, str]]:
    """Which of the pairs of year and base year, or of what else is the second of a pair, a test takes."""
    if years := _YEARS.fullmatch(period):
        return [time for time in times if time == (years[2], years[1])]
    if period == "earlier":
        return times[:-1]
    if period == "longest":
        return [time for time in times if time[0] == times[-1][0]][:1]
    return times[-1:]


def _period(year: str, other: str) -> str:
    """
    What a finding is about: from its base year on, its year alone, or its year and a wave of the survey.

    >>> _period("2024", "2019"), _period("2024", "kibs-net"), _period("2024", "2021-2023")
    ('2019-2024', '2024', '2024; 2021-2023')
    """
    if re.fullmatch(r"\d{4}", other) and other != year:
        return f"{other}-{year}"
    return f"{year}; {other}" if _YEARS.fullmatch(other) else year


def _written(period: str) -> str:
    return period if _YEARS.fullmatch(period) else ""


def _side(fact: Fact) -> Side | None:
    return None if fact.value is None else cast(Side, int(fact.value))


# Reading


def read_register(path: Path) -> Register:
    """
    Read and check a register of claims.
    Raises: ConfigurationError: with all that is wrong in it.
    """
    problems: list[Problem] = []
    written = read_toml(path, problems)
    register = Register()
    if written is not None:
        keys = Keys(written, FILE, "", problems)
        sources = _sources(keys.table("sources", {}))
        tables = keys.get("claim", list, "one table [[claim]] or more", [])
        claims = tuple(
            _claim(Keys(each, FILE, called("claim", each, n), problems), sources)
            for n, each in enumerate(tables, start=1)
        )
        refuse_twins(keys, "claim", [claim.id for claim in claims])
        register = Register(claims, *_hotspots(keys, sources)) if "hotspots" in written else Register(claims)
        keys.finish()
    if problems:
        raise ConfigurationError(problems)
    return register


def _claim(keys: Keys, sources: Mapping[str, Source]) -> Claim:
    id, findings = own_id(keys), keys.text("findings")
    known = list(dict.fromkeys(claim.id for claim in CLAIMS))
    if findings and findings not in known:
        fix = f"write one of {', '.join(known)}{did_you_mean(findings, known)}"
        what = f"{keys.name('findings')} names no claim that findings are made for"
        keys.complain("unknown-claim", what, fix, f'findings = "{findings}"', "a verdict rests on findings alone")
    tested = own_words(keys, "tested", fix=_NO_NUMBER, why=_NUMBERS_STAY)
    if tested and not SENTENCE.fullmatch(tested):
        fix = "begin it with a capital letter and end it with a full stop"
        keys.complain("wrong-value", f"{keys.name('tested')} is no whole sentence", fix, tested)
    main = _test(keys.table("main"), findings)
    if main.period == "earlier":
        keys.complain("wrong-value", f"{keys.name('main')} takes several periods", "let it take one: latest or longest")
    written = keys.get("sensitivity", list, "a list of tests, each in braces", [])
    further = tuple(
        _test(Keys(each, FILE, f"{keys.where}, sensitivity {n}", keys.problems), findings, further=True)
        for n, each in enumerate(written, start=1)
    )
    claim = Claim(id, findings, keys.text("said"), _source(keys, sources), tested, main, further)
    keys.finish()
    return claim


def _test(keys: Keys, findings: str, *, further: bool = False) -> Test:
    indicator, period = keys.text("indicator"), keys.text("period", "latest")
    known = list(dict.fromkeys(claim.indicator for claim in CLAIMS if claim.id == findings))
    if indicator and known and indicator not in known:
        fix = f"write one of {', '.join(known)}{did_you_mean(indicator, known)}"
        what = f"{keys.name('indicator')} is none that {findings} is tested by"
        keys.complain("unknown-claim", what, fix, f'indicator = "{indicator}"', "a verdict rests on findings alone")
    if period not in PERIODS and not _YEARS.fullmatch(period):
        fix = f'write one of {", ".join(PERIODS)}{did_you_mean(period, PERIODS)}, or two years: "1997-2007"'
        keys.complain("unknown-choice", f"{keys.name('period')} is no period", fix, f'period = "{period}"')
    test = Test(
        indicator,
        keys.text("variant"),
        cast(Where, keys.choice("where", get_args(Where))),
        own_words(keys, "called", fix=_NO_NUMBER, why=_NUMBERS_STAY) if further else "",
        keys.text("other", ""),
        period,
    )
    keys.finish()
    return test


def _sources(tables: Keys) -> dict[str, Source]:
    found = {}
    for id in tables.written:
        keys = tables.table(id)
        found[id] = Source(keys.text("short"), keys.text("full"), keys.get("year", int, "a year such as 2010"))
        keys.finish()
    return found


def _source(keys: Keys, sources: Mapping[str, Source]) -> Source:
    id = keys.choice("source", sources)
    return sources.get(id, NOWHERE)


def _hotspots(keys: Keys, sources: Mapping[str, Source]) -> tuple[tuple[Published, ...], Source]:
    table = keys.table("hotspots")
    places = []
    for number, each in enumerate(table.get("places", list, "a list of places, each in braces"), start=1):
        place = Keys(each, FILE, f"hotspots.places[{number}]", keys.problems)
        places.append(Published(place.text("name"), place.texts("areas")))
        place.finish()
    found = tuple(places), _source(table, sources)
    table.finish()
    return found
