"""
The commands that make packs and findings, and check them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from reportgen.cli.place import cores, release_folder, resources, settings
from reportgen.cli.show import Show, app, command, option
from reportgen.errors import CheckError

if TYPE_CHECKING:
    from reportgen.release.model import Release

ReleaseId = Annotated[
    str | None,
    option("--release", metavar="ID", help="Use this data release, by id or folder", shown="see release list"),
]
Out = Annotated[
    Path | None, option("--out", metavar="DIR", help="Write below this folder", shown="the setting out: ./out")
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
Workers = Annotated[int | None, option("--workers", min=1, metavar="N", help="Use N processes", shown="all cores")]


@command(app)
def national(show: Show, release: ReleaseId = None, out: Out = None, pdf_variant: Variant = None) -> None:
    """Write the national report: PDF, facts, data and figures

    \b
    e.g., reportgen national --release illustrative-2024
    """
    from reportgen.batch import plan

    _make(show, plan.national, release, out, 1, pdf_variant)


@command(app)
def region(
    show: Show,
    areas: Annotated[list[str], typer.Argument(metavar="AREA", help="Codes or names, in any case")],
    level: Level = None,
    release: ReleaseId = None,
    out: Out = None,
    pdf_variant: Variant = None,
    workers: Workers = None,
) -> None:
    """Write the pack of each area, at any level: PDF, facts, data and figures

    \b
    e.g., reportgen region "South West" Bristol
    e.g., reportgen region London --level region
    """
    from reportgen.batch import plan

    _make(show, lambda known: plan.named(known, areas, level), release, out, workers, pdf_variant)


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
) -> None:
    """Write the packs of all areas of a release; one that fails does not stop the others

    An earlier pack of an area that fails stays as it was, but datapackage.json leaves it out.

    \b
    e.g., reportgen batch
    e.g., reportgen batch --level region --limit 2
    """
    from reportgen.batch import plan

    _make(show, lambda known: plan.every(known, level, areas, limit), release, out, workers, pdf_variant)


@command(app)
def analyse(show: Show, release: ReleaseId = None, out: Out = None) -> None:
    """Write all findings of a release as CSV, with a dictionary of the indicators

    \b
    e.g., reportgen analyse --out out
    """
    from reportgen.batch.run import write_findings

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
        checked = packs.check(path, folder, resources(), workers or cores(), step, again=not as_they_are)
    if checked.problems:
        raise CheckError(checked.problems)
    show.result([f"{checked.packs} checked, nothing wrong"], {"packs": checked.packs, "problems": []})


def _make(
    show: Show,
    choose: Callable[[Release], list[str]],
    release: str | None,
    out: Path | None,
    workers: int | None,
    pdf_variant: str | None,
) -> None:
    from reportgen.batch.run import run

    chosen = settings(out=out, pdf_variant=pdf_variant)
    folder = release_folder(show, release)
    with show.progress() as step:
        outcome = run(folder, choose, chosen.out, resources(), chosen, workers or cores(), step)
    for one in outcome.failed:
        show.error("\n".join([str(one), *(problem.as_text() for problem in one.problems)]), one.trace)
    show.result([pack.files[0] for pack in outcome.made], asdict(outcome))
    if outcome.failed:
        raise typer.Exit(outcome.exit_code)
