"""
Releases: the bundled release and tiny ones, read and analysed as commands do. What is asked for again in the same
process is not worked out again, so nothing that a test gets from here may be changed.
"""

from __future__ import annotations

import functools
import importlib
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import pytest

from reportgen import area_groups
from reportgen.analysis.findings import Findings, analyse
from reportgen.classification import Classification, chosen
from reportgen.document.brief import Brief
from reportgen.errors import Problem
from reportgen.pack.build import build
from reportgen.pack.check import check_pack
from reportgen.pack.expected import expected
from reportgen.pack.model import Pack
from reportgen.pack.written import Written, briefed, write
from reportgen.release.importing import import_release
from reportgen.release.model import Level, Release
from reportgen.release.read import read
from reportgen.resources import Resources, bundled
from reportgen.settings import Settings
from tests.support import AREAS, BUSINESSES, EMPLOYMENT, INFO, write_release

ROOT = Path(__file__).resolve().parents[1]
USUAL = Settings()
Made = TypeVar("Made")


@dataclass(frozen=True, eq=False)
class Analysed:
    """
    A release with its findings, and what is made of its areas.
    Args:
        settings: those that the findings were worked out with; packs are made with them unless told.
    """

    release: Release
    findings: Findings
    settings: Settings = USUAL
    _made: dict[object, object] = field(default_factory=dict)

    @property
    def classification(self) -> Classification:
        return chosen(bundled(), self.release.info.classification, self.settings)

    def brief(self, area: str, settings: Settings | None = None, resources: Resources | None = None) -> Brief:
        """A new one, of which nothing is said yet."""
        return briefed(area, self.release, self.findings, resources or bundled(), settings or self.settings)

    def written(self, area: str, settings: Settings | None = None, resources: Resources | None = None) -> Written:
        """The document of a pack, and all that is beside its PDF; made once."""
        return self._once(write, area, settings, resources)

    def pack(self, area: str, settings: Settings | None = None, resources: Resources | None = None) -> Pack:
        """A pack with its PDF; made once. It takes seconds: where the document will do, ask for `written`."""
        return self._once(build, area, settings, resources)

    def build(self, area: str, settings: Settings | None = None, resources: Resources | None = None) -> Pack:
        """A pack that is made anew."""
        return build(area, self.release, self.findings, resources or bundled(), settings or self.settings)

    def problems(
        self, pack: Pack, settings: Settings | None = None, resources: Resources | None = None
    ) -> list[Problem]:
        """What the check finds in a pack."""
        team = resources or bundled(), settings or self.settings
        return check_pack(pack.folder, pack.files, expected(self.release, *team))

    def reissued(self, **info: object) -> Analysed:
        """The same numbers in a release that says something else of itself, by the names of ReleaseInfo."""
        release = replace(self.release, info=replace(self.release.info, **info))  # type: ignore[arg-type]
        return Analysed(release, self.findings, self.settings)

    def _once(
        self, make: Callable[..., Made], area: str, settings: Settings | None, resources: Resources | None
    ) -> Made:
        team = resources or bundled(), settings or self.settings
        key = (make, area, *team)
        if key not in self._made:
            self._made[key] = make(area, self.release, self.findings, *team)
        return self._made[key]  # type: ignore[return-value]


def analysed(release: Release, settings: Settings = USUAL) -> Analysed:
    """A release with its findings, groups of areas among them."""
    classification = chosen(bundled(), release.info.classification, settings)
    return Analysed(release, analyse(release, classification, settings, area_groups.load(bundled())), settings)


@functools.cache
def illustrative(settings: Settings = USUAL) -> Analysed:
    """The release that came along."""
    return analysed(_illustrative(), settings)


@functools.cache
def _illustrative() -> Release:
    return read(bundled().releases / "illustrative-2024", bundled().classification)


@functools.cache
def thin(name: str, settings: Settings = USUAL) -> Analysed:
    """One of `THIN`; `few tables` is the tiny release as it is, of jobs and local units alone."""
    return tiny(settings, **THIN[name])


def tiny(settings: Settings = USUAL, **tables: object) -> Analysed:
    """The tiny release with some of its tables otherwise; arguments as of `write_release`."""
    with tempfile.TemporaryDirectory() as folder:
        written = write_release(Path(folder) / "release", **tables)  # type: ignore[arg-type]
        return analysed(read(written, bundled().classification), settings)


@functools.cache
def shared_out() -> Analysed:
    """The release of the crosswalk example, whose figures were shared out."""
    with tempfile.TemporaryDirectory() as folder:
        report = import_release(ROOT / "examples" / "crosswalk" / "recipe.toml", None, Path(folder) / "made")
        return analysed(read(report.folder, bundled().classification))


def section(brief: Brief, name: str) -> str:
    """One section of a pack as HTML, said alone, without links to notes; empty where the pack has none."""
    context = importlib.import_module(f"reportgen.document.sections.{name}").gather(brief)
    return "" if context is None else str(brief.say(name, "body", context).html)


def words(html: str) -> str:
    """What is read: without tags and the numbers of notes."""
    return re.sub(r"\s+", " ", re.sub(r"<sup .*?</sup>|<[^>]+>", " ", html)).strip()


# Thin, odd or half empty, and allowed


def without(text: str, pattern: str) -> str:
    """A table without the rows that the pattern finds."""
    return "\n".join(line for line in text.splitlines() if not re.search(pattern, line))


def _corridor(parent: str) -> dict[str, object]:
    """An area of one's own that has rows in both tables."""
    return {
        "info": {"levels": {**INFO.levels, "corridor": Level("corridor", "corridor", "corridors", "custom")}},
        "areas": f"{AREAS.rstrip()}\n    C1 | A corridor | corridor | {parent} | 51.4 | -2.5\n",
        "employment": EMPLOYMENT.rstrip()
        + "\n    2022 | C1 | 1500 | 4000 | 900 | 700 | 9000\n    2023 | C1 | 1700 | 4500 | 900 | 700 | 9500\n",
        "businesses": BUSINESSES.rstrip() + "\n    2023 | C1 | all | 400 | 800 | 200 | 150 | 2500\n",
    }


THIN: dict[str, dict[str, object]] = {
    "few tables": {},
    "one year": {"employment": without(EMPLOYMENT, r"^ +2022")},
    "units a year behind": {"businesses": BUSINESSES.replace("2023", "2022")},
    "units a year ahead": {"businesses": BUSINESSES.replace("2023", "2024")},
    "one region": {
        "areas": without(AREAS, "E12000009 .* region").replace("E12000009", "K03000001"),
        "employment": without(EMPLOYMENT, "E12000009"),
        "businesses": without(BUSINESSES, "E12000009"),
    },
    "no local units": {"businesses": None},
    "no hotspot": {"businesses": re.sub(r"(E3\d+ \| all .*?)\| +\d+ \| +\d+ \| +\d+", r"\1| 5 | 5 | 5", BUSINESSES)},
    "no jobs outside Great Britain and its regions": {"employment": without(EMPLOYMENT, "E3000")},
    "no jobs of Great Britain": {"employment": without(EMPLOYMENT, "K03000001")},
    "no jobs of regions": {"employment": without(EMPLOYMENT, "E12000009")},
    "a corridor in a region": _corridor("E12000009"),
    "a corridor across regions": _corridor("K02000001"),
    "no local areas": {
        "areas": without(AREAS, "ttwa"),
        "employment": without(EMPLOYMENT, "E3000"),
        "businesses": without(BUSINESSES, "E3000"),
    },
    "London is a local area": {"info": {"london": "E30000234"}},
}
TWINS = (
    "units a year behind",
    "no jobs of regions",
    "a corridor across regions",
)  # of one that is thin in the same way
EACH_THIN = [pytest.param(name, marks=pytest.mark.slow if name in TWINS else ()) for name in THIN]
