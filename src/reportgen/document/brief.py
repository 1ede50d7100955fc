"""
Brief: what every section of one pack starts from: whose pack it is, what it is compared with, which years it speaks of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from reportgen.analysis import rules
from reportgen.analysis.findings import Findings
from reportgen.charts.colours import HOUSE
from reportgen.charts.outlines import Outlines
from reportgen.classification import Classification
from reportgen.document.figures import Figure
from reportgen.document.fixed import dated, fixed
from reportgen.document.material import Material
from reportgen.document.voice import Said, Voice
from reportgen.facts.book import FactBook
from reportgen.facts.fact import Fact
from reportgen.facts.format import listed
from reportgen.facts.tally import tally
from reportgen.facts.words import Side, side
from reportgen.release.model import Level, PackKind, Release
from reportgen.release.tables import Status
from reportgen.settings import Settings
from reportgen.wording import WORDS, texts, word

if TYPE_CHECKING:
    from reportgen.document.poster import Poster

Measure = Literal["jobs", "units"]

NAMED_FROM = 50  # jobs: smaller strengths and gaps are left to the table
GROWTH_YEARS = 5  # growth is told over so many years, or as many as the release has

QUOTIENT: dict[Measure, str] = {"jobs": "location-quotient", "units": "location-quotient-units"}
QUOTIENT_EX_LONDON: dict[Measure, str] = {
    "jobs": "location-quotient-ex-london",
    "units": "location-quotient-units-ex-london",
}
COUNT: dict[Measure, str] = {"jobs": "creative-jobs", "units": "creative-local-units"}
WHOLE: dict[Measure, str] = {"jobs": "jobs", "units": "local-units"}
TABLE: dict[Measure, str] = {"jobs": "employment", "units": "businesses"}


@dataclass(frozen=True)
class Member:
    """An area that belongs to a group: `share` of it lies inside; shared where that is not all of it."""

    code: str
    name: str
    share: float

    @property
    def shared(self) -> bool:
        return self.share < 0.9995  # shares are published to three decimals


@dataclass(frozen=True)
class Brief:
    """
    Args:
        area: code of the pack's area; `subject` is the area whose numbers it prints: Great Britain's in the national
            report, as long as the jobs of the United Kingdom are not known.
        in_sentence: names of areas that take an article inside a sentence.
        material: what the team has of its own, checked.
        figures, tables: those shown so far, in order; a number is a place in the list.
        notes: the facts in the prose of all sections before the evidence, each with the number of its note.
        posters: the infographic, once it is drawn; empty before.
    """

    area: str
    release: Release
    findings: Findings
    classification: Classification
    settings: Settings
    voice: Voice
    fonts: Path
    in_sentence: Mapping[str, str]
    material: Material = field(default_factory=Material)
    figures: list[Figure] = field(default_factory=list)
    tables: list[int] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)
    posters: list[Poster] = field(default_factory=list)

    @cached_property
    def level(self) -> Level:
        return self.release.level_of(self.area)

    @cached_property
    def kind(self) -> PackKind:
        return self.release.pack_kind(self.area)

    @cached_property
    def custom(self) -> bool:
        """Whether it is a custom area that is made of local ones: told like a region, by what lies in it."""
        return self.level.kind == "custom" and self.kind == "regional"

    @cached_property
    def subject(self) -> str:
        """The area whose numbers the pack prints; see `whose_reason` where it is not the pack's own."""
        return self.area if self.whose_reason == "" else self.benchmark

    @cached_property
    def whose_reason(self) -> str:
        """Why the national report prints the benchmark's numbers: the nation's own jobs are not known."""
        if self.kind != "national":
            return ""
        return self._own_jobs.reason if not self._own_jobs.known else ""

    @cached_property
    def _own_jobs(self) -> Fact:
        return self.book.fact(self.area, "creative-jobs", "all", self.years("jobs")[-1])

    @cached_property
    def without_jobs(self) -> list[str]:
        """The regions for which the release has no jobs, where for want of these the nation has none of its own."""
        if not self.whose_reason or self._own_jobs.status is not Status.MISSING:
            return []
        jobs = {code: self.fact("creative-jobs", "all", area=code) for code in self.release.at_level("regional")}
        return [self.spoken(code) for code, fact in jobs.items() if fact.status is Status.MISSING]

    @cached_property
    def name(self) -> str:
        return self.release.name_of(self.area)

    def spoken(self, area: str) -> str:
        """A name as it stands inside a sentence: `the South West`."""
        name = self.release.name_of(area)
        return self.in_sentence.get(name, name)

    def in_short(self, area: str) -> str:
        """A name where there is little room: `GB`; the name itself where it has no short one."""
        name = self.release.name_of(area)
        return texts(WORDS).get(f"short.{name}", name)

    @cached_property
    def benchmark(self) -> str:
        return self.release.info.great_britain

    @cached_property
    def in_benchmark(self) -> bool:
        """
        Whether the share of the benchmark is the area's national one: the nation's own pack says so, and those of
        areas whose regions lie in the benchmark by their parents. Northern Ireland lies in the country, but not there.
        """
        if self.kind == "national":
            return True
        parents = self.release.areas["parent"]
        codes = [region.code for region in self.regions] or [self.area]
        return all(self.benchmark in (code, parents.get(code)) for code in codes)

    @cached_property
    def benchmark_name(self) -> str:
        return self.release.name_of(self.benchmark)

    @cached_property
    def london_name(self) -> str:
        return self.release.name_of(self.release.info.london)

    @cached_property
    def book(self) -> FactBook:
        return FactBook(self.findings)

    def years(self, measure: Measure) -> list[str]:
        """All years of the table behind a measure, as text, oldest first."""
        return list(self.findings.years[TABLE[measure]])

    @cached_property
    def measure(self) -> Measure:
        """Jobs where the creative jobs of the subject are known, else local units: said openly wherever it is units."""
        known = self.book.fact(self.subject, "creative-jobs", "all", self.years("jobs")[-1]).known
        return "jobs" if known else "units"

    @cached_property
    def year(self) -> str:
        return self.years(self.measure)[-1]

    def base_year_of(self, measure: Measure) -> str:
        """The earlier year that counts of a measure are compared with."""
        years = self.years(measure)
        return years[max(0, len(years) - 1 - GROWTH_YEARS)]

    @cached_property
    def base_year(self) -> str:
        return self.base_year_of(self.measure)

    @cached_property
    def growth_base(self) -> str:
        """The year that growth of jobs is told from."""
        return self.base_year_of("jobs")

    def has_past(self, measure: Measure) -> bool:
        """Whether the table behind a measure has an earlier year to compare with."""
        return len(self.years(measure)) > 1

    def fact(self, indicator: str, sub_sector: str = "", *, area: str = "", year: str = "", other: str = "") -> Fact:
        """A fact about the subject in the latest year of the measure, unless told otherwise."""
        return self.book.fact(area or self.subject, indicator, sub_sector, year or self.year, other)

    def growth(self, area: str, indicator: str = "creative-jobs-growth", sub_sector: str = "all") -> Fact:
        """Compound growth of jobs to the latest year, over the years that packs tell growth for."""
        part = "" if indicator == "jobs-growth" else sub_sector
        return self.book.fact(area, indicator, part, self.years("jobs")[-1], self.growth_base)

    def worth_naming(self, sub_sector: str) -> bool:
        """
        Whether a strength or gap is large enough to stand in a heading: at least `NAMED_FROM` jobs above or below the
        national share, or with local units at least as many as the hotspot rule asks for; never on a flagged number.
        """
        quotient = self.fact(QUOTIENT[self.measure], sub_sector)
        if quotient.status is not Status.OK:
            return False
        if self.measure == "jobs":
            return abs(self.fact("jobs-above-expected", sub_sector).value or 0.0) >= NAMED_FROM
        return (self.fact(COUNT["units"], sub_sector).value or 0.0) >= self.settings.hotspot.sub_sector_units

    @cached_property
    def by_quotient(self) -> list[str]:
        """Sub-sectors of the subject whose location quotient is known, highest first."""
        known = [part for part in self.sub_sectors if self.fact(QUOTIENT[self.measure], part).known]
        return sorted(known, key=lambda part: -(self.fact(QUOTIENT[self.measure], part).value or 0.0))

    def on_side(self, wanted: Side) -> list[str]:
        """Those of them on one side of the national share."""
        return [part for part in self.by_quotient if side(self.fact(QUOTIENT[self.measure], part), 1) == wanted]

    @cached_property
    def strengths(self) -> list[str]:
        """Sub-sectors above the national share that are worth naming, highest first."""
        return [part for part in self.on_side("above") if self.worth_naming(part)]

    @cached_property
    def gaps(self) -> list[str]:
        """Those below it, lowest first. Where several have no count at all, none of these is the gap."""
        named = [part for part in reversed(self.on_side("below")) if self.worth_naming(part)]
        return [part for part in named if self.fact(QUOTIENT[self.measure], part).value] or named

    def side_count(self, where: Side) -> Fact:
        """How many sub-sectors of the subject lie on a side of the national share, or have no quotient."""
        return self.book.fact(self.subject, f"sub-sectors-{where}", "all", self.year, variant=self.measure)

    @cached_property
    def rank_group(self) -> str:
        """The group that the area is ranked in: its biggest region, or for a region the national area."""
        if self.kind == "local" and self.regions:
            return self.regions[0].code
        return self.release.info.national

    def rank(self, measure: Measure) -> Fact:
        """Rank of the area by creative location quotient in its group."""
        return self.book.fact(self.area, f"{QUOTIENT[measure]}-rank", "all", self.years(measure)[-1], self.rank_group)

    def ranked_areas(self, measure: Measure) -> Fact:
        return self.book.fact(self.rank_group, "ranked-areas", "all", self.years(measure)[-1], variant=measure)

    @cached_property
    def quotient(self) -> Fact:
        return self.fact(QUOTIENT[self.measure], "all")

    @cached_property
    def sub_sectors(self) -> list[str]:
        return [part.id for part in self.classification.creative]

    def short(self, sub_sector: str) -> str:
        return self.classification.group(sub_sector).short

    def full(self, sub_sector: str) -> str:
        return self.classification.group(sub_sector).name

    def tally(self, word: str, counted: Iterable[Fact], *, unit: str = "areas", of: Iterable[Fact] = ()) -> Fact:
        """How many facts a list on the pack's pages speaks of."""
        return tally(self.area, self.year, word, counted, unit=unit, of=of)

    # Which areas belong together

    @cached_property
    def local_level(self) -> Level | None:
        return next((level for level in self.release.info.levels.values() if level.kind == "local"), None)

    @cached_property
    def regional_level(self) -> Level | None:
        return next((level for level in self.release.info.levels.values() if level.kind == "regional"), None)

    def members_of(self, group: str) -> list[Member]:
        """Local areas of which at least a tenth lies in the group, biggest share first, then by name."""
        members = self.release.local_members(group)
        found = [
            Member(code, self.release.name_of(code), share)
            for code, share in zip(members["area"].tolist(), members["share"].tolist(), strict=True)
        ]
        return sorted(found, key=lambda member: (-member.share, member.name))

    @cached_property
    def regions(self) -> list[Member]:
        """The regions that the area lies in, with the share of it in each, biggest first."""
        shares = self.release.regions_of(self.area)
        return [Member(region, self.release.name_of(region), share) for region, share in shares.items()]

    @property
    def chosen_peers(self) -> tuple[str, ...]:
        """The areas that a local pack is compared with by choice; none where they are those of its region."""
        return () if self.kind != "local" or self.settings.peers == "auto" else self.settings.peers

    @cached_property
    def peers(self) -> list[str]:
        """
        The areas that the subject is shown among: all regions; for a local pack those that the settings choose, and
        itself, or else all local areas of its biggest region.
        """
        if self.chosen_peers:
            return list(dict.fromkeys((*self.chosen_peers, self.area)))
        if self.kind == "local" and self.regions:
            return [member.code for member in self.members_of(self.regions[0].code)]
        return self.release.at_level("local" if self.kind == "local" else "regional")

    def source_line(self, *tables: str) -> str:
        """Who published the tables, once each: `ONS, Business Register and Employment Survey`."""
        names = [f"{s.publisher}, {s.name}" for s in self.release.info.sources if set(s.tables) & set(tables)]
        return fixed("; ".join(dict.fromkeys(names)), "source")

    # What is shown

    @cached_property
    def outlines(self) -> Outlines:
        return Outlines.of(self.release)

    def next_table(self) -> int:
        """The number of the next table."""
        self.tables.append(len(self.tables) + 1)
        return self.tables[-1]

    # What templates are given

    @cached_property
    def words(self) -> dict[str, Any]:
        """What every template may use: names, years, kinds; no number of the analysis."""
        info = self.release.info
        spoken = self.spoken(self.subject)
        local, regional = self.local_level, self.regional_level
        whose = "ours" if self.material.palette == HOUSE else "theirs"
        return {
            "kind": self.kind,
            "custom": self.custom,
            "level_singular": self.level.singular,
            "measure": self.measure,
            "things": word(f"things.{self.measure}"),
            "name": spoken,
            "name_start": spoken[:1].upper() + spoken[1:],
            "region": self.spoken(self.rank_group),
            "year": dated(self.year),
            "base_year": dated(self.base_year),
            "growth_base": dated(self.growth_base),
            "units_year": dated(self.years("units")[-1]),
            "sub_sector_count": len(self.sub_sectors),
            "benchmark": self.benchmark_name,
            **self._shares,
            "benchmark_short": self.in_short(self.benchmark),
            "london": self.london_name,
            "local_singular": local.singular if local else self.level.singular,
            "local_plural": local.plural if local else self.level.plural,
            "regional_singular": regional.singular if regional else self.level.singular,
            "regional_plural": regional.plural if regional else self.level.plural,
            "illustrative": info.illustrative,
            "rule": self.settings.hotspot,
            "thresholds": rules.THRESHOLDS,
            "rule_sources": rules.SOURCES,
            "chosen_peers": [self.release.name_of(code) for code in self.chosen_peers],
            "without_it": listed([part.name for part in self.classification.left_out]),
            "accent": word(f"accent.{whose}"),
            "in_accent": word(f"accent.after.{whose}"),
            "pack_name": self.spoken(self.area),
            "whose_reason": self._own_jobs if self.whose_reason else None,
            "without_jobs": self.without_jobs,
            "why_units": None
            if self.measure == "jobs"
            else self.book.fact(self.subject, "creative-jobs", "all", self.years("jobs")[-1]),
        }

    @property
    def _shares(self) -> dict[str, str]:
        """What quotients are held against, in words: alone, and of jobs or local units."""
        whose = "national" if self.in_benchmark else "other"
        things, name = word(f"things.{self.measure}"), self.benchmark_name
        short = self.in_short(self.benchmark)
        return {
            "the_share": word(f"share.{whose}").format(benchmark=name),
            "the_share_short": word(f"share.{whose}").format(benchmark=short),
            "the_share_of_things": word(f"share.things.{whose}").format(benchmark=name, things=things),
        }

    def say(self, section: str, block: str, context: Mapping[str, Any]) -> Said:
        """One block of a section's template."""
        return self.voice.part(f"sections/{section}.html", block, context)
