"""
The commands that make packs and findings, and check them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TextIO

import typer

from reportgen.cli.place import cores, release_folder, resources, settings
from reportgen.cli.show import Show, app, command, option
from reportgen.errors import CheckError, DifferenceError

if TYPE_CHECKING:
    from reportgen.release.model import Release

ReleaseId = Annotated[
    str | None,
    option("--release", metavar="ID", help="Use this data release, by id or folder", shown="see release list"),
]
Out = Annotated[
    str | None,
    option("--out", metavar="DIR", help="Write below this folder, or s3://bucket/…", shown="the setting out: ./out"),
]
Variant = Annotated[
    Literal["pdf/ua-1", "pdf/a-3a"] | None,
    option(
        "--pdf-variant",
        metavar="NAME",
        help="Write PDF fit for this: pdf/ua-1 is accessible, pdf/a-3a archival too, with its tables attached",
        shown="the setting pdf_variant: pdf/ua-1",
    ),
]
Level = Annotated[str | None, option("--level", metavar="ID", help="Only areas of this level", shown="all levels")]
Workers = Annotated[
    int | None, option("--workers", min=0, metavar="N", help="Use N processes; 0: only this one", shown="all cores")
]


Force = Annotated[bool, option("--force", help="Make packs anew, even those that are there as they must be")]


def _executor(text: str) -> str:
    if text == "local" or re.fullmatch(r"dask://[^/\s]+:\d+", text):
        return text
    raise typer.BadParameter(f"{text} is neither local nor dask://host:port")


@dataclass(frozen=True)
class Asked:
    """Which release, where packs go, and what their PDF is fit for, as options said it."""

    release: str | None
    out: str | None
    pdf_variant: str | None


@command(app)
def national(
    show: Show, release: ReleaseId = None, out: Out = None, pdf_variant: Variant = None, force: Force = False
) -> None:
    """Write the national report: PDF, facts, data and figures

    \b
    e.g., reportgen national --release illustrative-2024
    """
    from reportgen.batch import plan

    _make(show, plan.national, Asked(release, out, pdf_variant), asked="national", force=force)


@command(app)
def region(
    show: Show,
    areas: Annotated[list[str], typer.Argument(metavar="AREA", help="Codes or names, in any case")],
    level: Level = None,
    release: ReleaseId = None,
    out: Out = None,
    pdf_variant: Variant = None,
    workers: Workers = None,
    force: Force = False,
) -> None:
    """Write the pack of each area, at any level: PDF, facts, data and figures

    \b
    e.g., reportgen region "South West" Bristol
    e.g., reportgen region London --level region
    """
    from reportgen.batch import plan

    asked = json.dumps({"areas": areas, "level": level})
    places = Asked(release, out, pdf_variant)
    _make(show, lambda known: plan.named(known, areas, level), places, workers, asked=asked, force=force)


@command(app)
def batch(
    show: Show,
    level: Level = None,
    areas: Annotated[
        Path | None,
        option(metavar="FILE", exists=True, dir_okay=False, help="Only areas of this file, one a line", shown="all"),
    ] = None,
    limit: Annotated[int | None, option(min=1, metavar="N", help="Stop after N packs", shown="no limit")] = None,
    release: ReleaseId = None,
    out: Out = None,
    pdf_variant: Variant = None,
    workers: Workers = None,
    dry_run: Annotated[bool, option("--dry-run", "-n", help="Only name the packs that would be made")] = False,
    why: Annotated[bool, option("--why", help="With -n: say why; what moved first, where data changed")] = False,
    force: Force = False,
    resume: Annotated[bool, option("--resume", help="Go on with the latest run, which was stopped or killed")] = False,
    retry_failed: Annotated[bool, option("--retry-failed", help="Only packs that could not be made last")] = False,
    timeout: Annotated[
        float | None, option(min=1, metavar="SECONDS", help="Stop a pack that takes longer", shown="300")
    ] = None,
    memory: Annotated[
        int | None, option(min=64, metavar="MB", help="Stop a pack whose process takes more", shown="no limit")
    ] = None,
    executor: Annotated[
        str,
        option(
            metavar="NAME",
            parser=_executor,
            help="Who makes packs: local, or dask://host:port, the workers of a Dask scheduler",
            shown="local",
        ),
    ] = "local",
    events: Annotated[
        typer.FileTextWrite | None,
        option(metavar="FILE", mode="a", encoding="utf-8", lazy=False, help="Append what happens as JSON lines"),
    ] = None,
) -> None:
    """Write the packs of all areas of a release that are not there yet as they must be

    A pack that fails does not stop the others; an earlier pack of its area stays as it was, but datapackage.json
    leaves it out. A run that was stopped, or killed, is gone on with by --resume.

    \b
    e.g., reportgen batch
    e.g., reportgen batch -n --why
    e.g., reportgen batch --level region --limit 2
    """
    from reportgen.batch import plan

    text = areas.read_text(encoding="utf-8-sig") if areas is not None else None
    how: dict[str, Any] = {"force": force, "resume": resume, "retry_failed": retry_failed, "timeout": timeout}
    how |= {"memory": None if memory is None else memory << 20, "executor": executor}
    how |= {"asked": json.dumps({"level": level, "file": text, "limit": limit})}
    places = Asked(release, out, pdf_variant)

    def choose(known: Release) -> list[str]:
        return plan.every(known, level, areas, limit)

    if dry_run:
        _explain(show, choose, places, workers, why=why, **how)
    else:
        _make(show, choose, places, workers, events, **how)


@command(app)
def analyse(show: Show, release: ReleaseId = None, out: Out = None) -> None:
    """Write all findings of a release as CSV, with a dictionary of the indicators

    \b
    e.g., reportgen analyse --out out
    """
    from reportgen.batch.work import write_findings

    chosen = settings(out=out)
    paths = write_findings(release_folder(show, release), chosen.out, resources(), chosen)
    show.result(paths, {"written": paths})


@command(app)
def check(
    show: Show,
    path: Annotated[Path, typer.Argument(exists=True, help="Folder of a release's packs, or of one pack, or its PDF")],
    release: Annotated[
        str | None, option(metavar="ID", help="The data release they were made from", shown="the one they name")
    ] = None,
    as_they_are: Annotated[
        bool, option("--as-they-are", help="Do not work out again from the release what they must say")
    ] = False,
    workers: Workers = None,
) -> None:
    """Check finished packs: text, fonts, accessibility, links, marks, tables, hashes, numbers

    What each pack must say is worked out again from its release, and compared.

    \b
    e.g., reportgen check out/illustrative-2024
    """
    from reportgen.batch import check as packs

    folder = release_folder(show, release or packs.release_of(path))
    with show.progress() as step:
        checked = packs.check(path, folder, resources(), _or_all(workers), step, again=not as_they_are)
    if checked.problems:
        raise CheckError(checked.problems)
    show.result([f"{checked.packs} checked, nothing wrong"], {"packs": checked.packs, "problems": []})


@command(app)
def verify(
    show: Show,
    path: Annotated[str, typer.Argument(help="Folder of a release's packs, out/<release>, or its URL")],
    rebuild: Annotated[
        str | None,
        option(metavar="N%", help="Make a sample of packs anew, a part or a number, and compare bytes", shown="none"),
    ] = None,
    release: Annotated[
        str | None, option(metavar="ID", help="The data release they were made from", shown="the one they name")
    ] = None,
    workers: Workers = None,
) -> None:
    """Hold every file of a folder of packs against its manifest; ends with 10 on any difference

    With --rebuild, packs that the release and its revision alone draw are made anew, in memory, with the settings that
    they were made with; a national, a regional and a local pack are among them.

    \b
    e.g., reportgen verify out/illustrative-2024
    e.g., reportgen verify out/illustrative-2024 --rebuild 5%
    """
    from reportgen.batch import verify as packs

    asked = None if rebuild is None else packs.share(rebuild)
    found = packs.verify(path)
    problems = list(found.problems)
    record: dict[str, Any] = {"packs": found.packs, "files": found.files}
    lines = [f"{found.packs} packs, {found.files} files: as listed"]
    if asked is not None:
        folder = release_folder(show, release or found.release)
        with show.progress() as step:
            anew = packs.rebuild(path, folder, resources(), asked, _or_all(workers), step)
        if anew.inputs:
            show.talk(f"Rebuild: what packs are made from is not all the same here: {anew.inputs}")
        problems += anew.problems
        record |= {"rebuilt": list(anew.packs), "inputs": anew.inputs}
        lines.append(f"{len(anew.packs)} of {found.packs} packs made anew, the same bytes: {', '.join(anew.packs)}")
    if problems:
        raise DifferenceError(problems)
    show.result(lines, {**record, "problems": []})


def _make(
    show: Show,
    choose: Callable[[Release], list[str]],
    places: Asked,
    workers: int | None = 1,
    events: TextIO | None = None,
    **how: Any,
) -> None:
    from reportgen.batch.run import How, run

    chosen = settings(out=places.out, pdf_variant=places.pdf_variant)
    folder = release_folder(show, places.release)
    with show.watching(events) as watch:
        outcome = run(folder, choose, chosen.out, resources(), chosen, How(_or_all(workers), **how), watch)
    for one in outcome.failed:
        show.error("\n".join([str(one), *(problem.as_text() for problem in one.problems)]), one.trace)
    show.talk(_closing(outcome.summary))
    for one in outcome.failed:
        show.talk(f"Failed: {one.name} ({one.area}): {one.problems[0].what}")
    show.result([pack.files[0] for pack in outcome.packs], {**asdict(outcome), "order": list(outcome.order)})
    if outcome.failed:
        raise typer.Exit(outcome.exit_code)


def _explain(
    show: Show,
    choose: Callable[[Release], list[str]],
    places: Asked,
    workers: int | None,
    *,
    why: bool,
    **how: Any,
) -> None:
    from reportgen.batch.run import How
    from reportgen.batch.run import why as reasons

    chosen = settings(out=places.out, pdf_variant=places.pdf_variant)
    folder = release_folder(show, places.release)
    found = reasons(folder, choose, chosen.out, resources(), chosen, How(_or_all(workers), **how))
    lines = [f"{place.name} ({place.area})" + (f": {reason}" if why else "") for place, reason in found]
    records = [{"area": place.area, "name": place.name, "reason": reason} for place, reason in found]
    show.talk(f"{len(found)} packs would be made")
    show.result(lines, {"packs": records})


def _or_all(workers: int | None) -> int:
    return cores() if workers is None else workers


def _closing(summary: Mapping[str, Any]) -> str:
    """The last line of a run."""
    parts = [f"{summary['packs']} packs made, {summary['unchanged']} unchanged, {summary['failed']} failed"]
    parts += [f"{summary['pages']} pages", f"{summary['seconds']:.1f} s", f"{summary['packs_per_second']} packs/s"]
    parts += [f"{summary['cache_hits']} of {summary['cache_hits'] + summary['cache_misses']} from the cache"]
    return " · ".join(parts)
