"""
Rebuilding: one pack, built again whenever something it comes from has changed. Whatever goes wrong is told beside the
last pages that could be built. Writes nothing.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen.analysis.findings import Findings
from reportgen.batch import work
from reportgen.errors import Problem, ReportgenError
from reportgen.pack.check import refused
from reportgen.pack.expected import expected
from reportgen.pack.model import Pack
from reportgen.preview import pictures
from reportgen.preview.watched import Stamps, material, stamps, tables
from reportgen.release.model import Release
from reportgen.resources import Resources
from reportgen.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """Where a preview is called: the team's own folder and ours, and how to read again what holds there."""

    roots: tuple[Path, ...]
    resources: Callable[[], Resources]
    settings: Callable[[], Settings]


@dataclass(frozen=True)
class Shown:
    """
    What there is to see.
    Args:
        version: grows with every build.
        name: of the area.
        pdf: the last that could be built; empty if none could.
        sizes: width and height of its pages, in points.
        fault: why what stands there now cannot be built, as lines; empty if it can: the pages are then those of now.
        problems: for which a run would not write these pages, as lines.
        working: whether they are being built at this moment.
    """

    version: int = 0
    name: str = ""
    pdf: bytes = b""
    sizes: tuple[tuple[float, float], ...] = ()
    fault: str = ""
    problems: str = ""
    working: bool = False


class Preview:
    """
    Args:
        folder: of the release.
        choose: which area, of a release that was just read.
        place: where material and settings come from.
    Raises: ReportgenError: the release cannot be read, or has no such area.
    """

    def __init__(self, folder: Path, choose: Callable[[Release], str], place: Place) -> None:
        self._folder, self._choose, self._place = folder, choose, place
        self._build = work.builder()
        self._seen: Stamps = {}
        self._read: tuple[Stamps, Release] | None = None
        self._analysed: tuple[Stamps, Settings, Findings] | None = None
        resources = place.resources()
        release = self._release(resources)
        self.area, self.release = choose(release), release.info.id
        self.shown = Shown(name=release.name_of(self.area), working=True)

    def look(self) -> bool:
        """Build again if anything has changed since the last time; whether that was so."""
        now = stamps([*material(self._place.roots), *self._logo(), *tables(self._folder)])
        if now == self._seen:
            return False
        for path in sorted({path for path, _ in now.items() ^ self._seen.items()} if self._seen else ()):
            log.info("Changed: %s", path)
        self._seen = now
        self.shown = replace(self.shown, working=True)
        self.shown = self._again()
        return True

    def _again(self) -> Shown:
        before = replace(self.shown, version=self.shown.version + 1, working=False)
        try:
            pack, problems = self.pack()
        except ReportgenError as error:
            log.info("Fault: %s", error)
            return replace(before, fault=told(error.problems))
        except Exception as error:  # whoever works on templates of ours has to see it, and goes on
            log.info("Fault: %s: %s", type(error).__name__, error)
            return replace(before, fault="".join(traceback.format_exception(error)))
        log.info("Built: %d pages", pack.pages)
        pdf = pdf_of(pack)
        return replace(before, pdf=pdf, sizes=pictures.sizes(pdf), fault="", problems=told(problems))

    def pack(self) -> tuple[Pack, list[Problem]]:
        """
        The pack as everything stands now, and what a run would refuse it for.
        Raises: ReportgenError: it cannot be built; any other error: a fault of ours.
        """
        forget()
        resources, settings = self._place.resources(), self._place.settings()
        release = self._release(resources)
        findings = self._findings(release, resources, settings)
        with pictures.alone:
            pack = self._build(self.area, release, findings, resources, settings)
            assert pack is not None  # only one that is known already is not built
            return pack, refused(pack, expected(release, resources, settings))

    def _release(self, resources: Resources) -> Release:
        """The release, read again only where its tables or the definitions have changed."""
        now = stamps([*tables(self._folder), *resources.classification.files("*").values()])
        if self._read is None or self._read[0] != now:
            self._read = now, work.read_release(self._folder, resources)
            self._choose(self._read[1])
        return self._read[1]

    def _findings(self, release: Release, resources: Resources, settings: Settings) -> Findings:
        """The findings, made again only where the release, the groups of areas or a setting has changed."""
        assert self._read is not None
        groups = resources.find("data/groups.toml")
        now = {**self._read[0], **stamps([] if groups is None else [groups])}
        if self._analysed is None or self._analysed[:2] != (now, settings):
            self._analysed = now, settings, work.analyse_release(release, resources, settings)
        return self._analysed[2]

    def _logo(self) -> list[Path]:
        try:
            logo = self._place.settings().logo
        except ReportgenError:  # told when the pack is built
            return []
        return [] if logo is None else [self._place.roots[0] / logo]


def forget() -> None:
    """
    Have everything read again that was read from templates, styles and data and kept for a whole run. Functions that
    keep something are found, not listed, so that none is passed over. Fonts, which charts keep, are not watched.
    """
    for name, module in sorted(sys.modules.items()):
        if name.startswith("reportgen.") and not name.startswith("reportgen.charts."):
            for each in list(vars(module).values()):
                if callable(clear := getattr(each, "cache_clear", None)):
                    clear()


def pdf_of(pack: Pack) -> bytes:
    return next(data for name, data in pack.files.items() if name.endswith(".pdf"))


def told(problems: list[Problem]) -> str:
    return "\n\n".join(problem.as_text() for problem in problems)
