"""
Grounds: the facts that rules ask for, found by full keys, so that every area of a release can be asked in a second.
Takes a release and its findings; decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from reportgen.analysis.changes import base_year
from reportgen.analysis.findings import Findings
from reportgen.assessment.conditions import EVERY, OTHERS, Wanted
from reportgen.classification import CREATIVE
from reportgen.errors import naming
from reportgen.facts.asking import Asking, usual
from reportgen.facts.book import FactBook
from reportgen.facts.fact import Fact, id_of
from reportgen.release.model import PackKind, Release

JOBS = "creative-jobs"
MOST_HELD = 4_096  # facts: those that a region and its areas ask for again; all of a release would fill a worker
RULES = "data/recommendations.toml"  # where rules stand, a team's own or ours


class Grounds:
    """
    Finds the facts of rules in one release; holds what it has looked up last.
    Args:
        sub_sectors: ids of those that `*` stands for, in the order of the classification.
    """

    def __init__(self, release: Release, findings: Findings, sub_sectors: Sequence[str]) -> None:
        self.release, self.findings, self.sub_sectors = release, findings, tuple(sub_sectors)
        self._book = FactBook(findings)
        self._years: dict[str, str] = {}
        self._facts: dict[tuple[str, ...], Fact | None] = {}
        self._asking: dict[str, Asking] = {}
        self._regions: dict[str, str] = {}
        self._kinds: dict[str, PackKind] = {}

    def kind(self, area: str) -> PackKind:
        """Which kind of pack an area has, and so which rules are asked of it."""
        if area not in self._kinds:
            self._kinds[area] = self.release.pack_kind(area)
        return self._kinds[area]

    def region(self, area: str) -> str:
        """The region that an area lies in for the most part; empty where it lies in none, or is one."""
        if area not in self._regions:
            custom = self.release.level_of(area).kind == "custom"
            found = next(iter(self.release.regions_of(area)), "") if custom else self._region_of.get(area, "")
            self._regions[area] = found
        return self._regions[area]

    @cached_property
    def _region_of(self) -> dict[str, str]:
        shares: dict[str, dict[str, float]] = {}
        for region in self.release.at_level("regional"):
            for area, share in self.release.members(region).itertuples(index=False):
                shares.setdefault(area, {})[region] = share
        return {
            area: min(found, key=lambda region: (-found[region], self.release.name_of(region)))
            for area, found in shares.items()
        }

    def year(self, indicator: str) -> str:
        """The latest year that an indicator has findings of; empty where it has none."""
        if indicator not in self._years:
            self._years[indicator] = max(map(str, self.findings.rows(indicator)["year"].unique()), default="")
        return self._years[indicator]

    def fact(self, wanted: Wanted, area: str, sub_sector: str = "") -> Fact | None:
        """
        The fact that is wanted about an area; None where there is no finding, not even one that says why. Of the nation
        that of the benchmark, where its own is not known and may be stood for.
        Args:
            sub_sector: in the place of `*`.
        """
        info, code = self.release.info, self._whose(wanted, area)
        part = sub_sector if wanted.sub_sector == EVERY else wanted.sub_sector
        key = (code, wanted.indicator, part, self.year(wanted.indicator), self._other(wanted, area), wanted.variant)
        found = self._get(key)
        if code == info.national and wanted.of != "own" and (found is None or not found.known):
            return self._get((info.great_britain, *key[1:])) or found
        return found

    def loose(self, wanted: Wanted, area: str, sub_sector: str = "") -> Fact | None:
        """
        The same where parts are left out as a team may in a rule of its own: then what the pack of the area says.
        Raises: ConfigurationError: the findings know no such part.
        """
        info = self.release.info
        stands = wanted.of != "own" and area == info.national and not self._counted(area)
        subject = info.great_britain if stands else area
        code = self._whose(wanted, subject)
        if code not in self._asking:
            self._asking[code] = Asking(self.findings, usual(self.release, self.findings, code, self.sub_sectors))
        asking = self._asking[code]
        if not asking.measures(wanted.indicator):
            return None
        part = sub_sector if wanted.sub_sector == EVERY else wanted.sub_sector
        with naming(RULES):
            return asking.one(id_of(wanted.indicator, part, "", self._other(wanted, area), wanted.variant))

    def others(self, indicator: str) -> dict[str, tuple[tuple[str, str, str], ...]]:
        """Area → sub-sector, `other` and variant of its known findings of an indicator, latest year, in their order."""
        rows = self.findings.rows(indicator)
        rows = rows[(rows["year"] == self.year(indicator)) & rows["value"].notna()]
        found: dict[str, list[tuple[str, str, str]]] = {}
        columns = (rows[name].tolist() for name in ("area", "sub_sector", "other", "variant"))
        for area, *parts in zip(*columns, strict=True):
            found.setdefault(area, []).append(tuple(parts))
        return {area: tuple(each) for area, each in found.items()}

    def _get(self, key: tuple[str, ...]) -> Fact | None:
        if key not in self._facts:
            if len(self._facts) >= MOST_HELD:
                self._facts.clear()
            self._facts[key] = self._book.fact(*key) if self.findings.has(*key) else None
        return self._facts[key]

    def _whose(self, wanted: Wanted, area: str) -> str:
        """Whose fact is wanted: a region is its own region."""
        if wanted.of in ("area", "own"):
            return area
        return self.release.info.great_britain if wanted.of == "benchmark" else self.region(area) or area

    def _other(self, wanted: Wanted, area: str) -> str:
        if wanted.other not in OTHERS:
            return wanted.other
        if wanted.other == "base-year":
            units = "units" in wanted.indicator or wanted.variant == "units"
            return base_year(self.findings.years["businesses" if units else "employment"])
        info = self.release.info
        return {"region": self.region(area), "benchmark": info.great_britain, "national": info.national}[wanted.other]

    def _counted(self, area: str) -> bool:
        """Whether the creative jobs of an area are known."""
        fact = self._get((area, JOBS, CREATIVE, self.findings.latest(), "", ""))
        return fact is not None and fact.known
