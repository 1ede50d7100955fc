"""
Run: from a release folder to packs on the disk: read, analyse, build each, check it, write it, and the manifest last.
One pack that fails does not stop the others. Prints nothing; says what it does through the log `reportgen`.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reportgen import area_groups, classification
from reportgen.analysis.findings import Findings, analyse, dictionary, to_csv_bytes
from reportgen.batch import executor, manifest, output, plan
from reportgen.errors import CheckError, ConfigurationError, Problem, ReportgenError, SystemMissingError
from reportgen.pack.check import refused
from reportgen.pack.expected import Expected, expected
from reportgen.pack.model import Pack
from reportgen.release.model import Release
from reportgen.release.read import read
from reportgen.resources import Resources
from reportgen.settings import Settings

log = logging.getLogger(__name__)
Build = Callable[[str, Release, Findings, Resources, Settings], Pack]


@dataclass(frozen=True)
class Made:
    """A pack on the disk: files below `out/<release>/`, the PDF first."""

    area: str
    name: str
    level: str
    pages: int
    files: tuple[Path, ...]

    def __str__(self) -> str:
        return f"{self.name} ({self.area}): {self.pages} pages"


@dataclass(frozen=True)
class Failed:
    """
    A pack that could not be made, why, and for a fault of ours the trace of it.
    Args:
        exit_code: what the run ends with if no pack could be made, and all for a reason of this kind.
    """

    area: str
    name: str
    level: str
    problems: tuple[Problem, ...]
    trace: str = ""
    exit_code: int = 6

    def __str__(self) -> str:
        return f"{self.name} ({self.area}): no pack was written"


@dataclass(frozen=True)
class Outcome:
    """What became of a run; areas in the order of the plan."""

    release: str
    made: tuple[Made, ...]
    failed: tuple[Failed, ...]
    manifest: Path

    @property
    def exit_code(self) -> int:
        if self.made or not self.failed:
            return 5 if self.failed else 0
        return max(one.exit_code for one in self.failed)


@dataclass(frozen=True)
class Work:
    """All that is needed to make any pack of a release."""

    release: Release
    findings: Findings
    resources: Resources
    settings: Settings
    expected: Expected
    folder: Path  # out/<release>
    build: Build


def run(
    folder: Path,
    choose: Callable[[Release], list[str]],
    out: Path,
    resources: Resources,
    settings: Settings,
    workers: int = 1,
    done: Callable[[str, int, int], None] = lambda result, number, total: None,
    build: Build | None = None,
) -> Outcome:
    """
    Make packs of one release.
    Args:
        folder: of the release.
        choose: which areas, from `plan`.
        out: packs go to `out/<release>/`.
        workers: most processes.
        done: called as each result comes, with its line, how many there are now, and how many there will be.
        build: makes one pack; `pack.build.build` unless a test hands in another.
    Raises: DataError: the release is wrong; UsageError: of `choose`; ConfigurationError: a setting does not fit the
        release, or the team's own material is wrong; SystemMissingError: the folder cannot be written to, or an engine
        cannot be loaded.
    """
    release = read_release(folder, resources)
    areas = choose(release)
    plan.check_peers(release, settings)
    _check_material(release, resources, settings)
    root = output.ready(out / release.info.id)
    build = build or builder()
    findings = analyse_release(release, resources, settings)
    work = Work(release, findings, resources, settings, expected(release, resources, settings), root, build)
    if resources.own:
        log.info("Own material: %s", ", ".join(one.name for one in resources.own))
    log.info("Packs: %d to make, in %s", len(areas), root)
    results: dict[str, Made | Failed] = {}
    for area, result in executor.each(make, work, areas, workers):
        results[area] = result or _died(release, area)
        done(str(results[area]), len(results), len(areas))
    made = tuple(result for area in areas if isinstance(result := results[area], Made))
    failed = tuple(result for area in areas if isinstance(result := results[area], Failed))
    own = manifest.own(resources, settings)
    path = manifest.write(root, release.info, [one.area for one in made], [one.area for one in failed], own)
    return Outcome(release.info.id, made, failed, path)


def make(work: Work, area: str) -> Made | Failed:
    """Build one pack, check it, and write it only if nothing is wrong with it. Raises nothing."""
    release = work.release
    who = (area, release.name_of(area), release.level_of(area).id)
    try:
        pack = work.build(area, release, work.findings, work.resources, work.settings)
        if problems := refused(pack, work.expected):
            raise CheckError(problems)
        paths = output.write_pack(work.folder / pack.folder, pack.files)
    except ReportgenError as error:
        code = error.exit_code if isinstance(error, ConfigurationError) else Failed.exit_code
        return Failed(*who, tuple(error.problems), exit_code=code)
    except Exception as error:  # a fault of ours in one pack must not take the others with it
        what = f"{type(error).__name__}: {error}"
        return Failed(*who, (_fault(what, "run again with -v and report the trace"),), traceback.format_exc())
    return Made(*who, pack.pages, tuple(sorted(paths, key=lambda path: (path.suffix != ".pdf", path))))


def write_findings(folder: Path, out: Path, resources: Resources, settings: Settings) -> list[Path]:
    """
    Analyse a release and write its findings, one CSV file a family, and the dictionary of all indicators.
    Returns: the paths written, in `out/<release>/findings/`, sorted.
    Raises: DataError: the release is wrong; SystemMissingError: the folder cannot be written to.
    """
    release = read_release(folder, resources)
    root = output.ready(out / release.info.id / manifest.FINDINGS)
    findings = analyse_release(release, resources, settings)
    frames = {**findings.families, "dictionary": dictionary()}
    log.info("Findings: %d rows", sum(len(frame) for frame in findings.families.values()))
    return output.write_files(root, {f"{name}.csv": to_csv_bytes(frames[name]) for name in sorted(frames)})


def read_release(folder: Path, resources: Resources) -> Release:
    release = read(folder, resources.classification)
    log.info("Release: %s read, %d areas", release.info.id, len(release.areas))
    return release


def analyse_release(release: Release, resources: Resources, settings: Settings) -> Findings:
    definitions = classification.chosen(resources, release.info.classification, settings)
    return analyse(release, definitions, settings, area_groups.load(resources))


def _check_material(release: Release, resources: Resources, settings: Settings) -> None:
    """Once, before the first pack: what is wrong with it would stop them all."""
    with engines():
        from reportgen.document.material import gathered
    gathered(resources, settings, release.info.classification)


def builder() -> Build:
    """What makes a pack; loads the engines. Raises: SystemMissingError: one cannot be loaded."""
    with engines():
        from reportgen.pack.build import build
    return build


@contextmanager
def engines() -> Iterator[None]:
    """Imports of rooms that load an engine."""
    try:
        yield
    except OSError as error:  # what an engine raises when its system library is not there
        raise SystemMissingError(
            Problem(
                "engine-missing",
                f"an engine cannot be loaded: {error}",
                "it lays the pages out",
                "run reportgen doctor, which names what to install",
            )
        ) from error


def _died(release: Release, area: str) -> Failed:
    problem = _fault("the process that made the pack died", "make it alone: reportgen region " + area)
    return Failed(area, release.name_of(area), release.level_of(area).id, (problem,))


def _fault(what: str, fix: str) -> Problem:
    return Problem("bug", what, "this is a fault of reportgen or of one of its engines", fix)
