"""
The command about runs: what the ledger of a folder of packs knows of them.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from reportgen.cli.packs import Out, ReleaseId
from reportgen.cli.place import release_folder, settings
from reportgen.cli.show import Show, app, command

if TYPE_CHECKING:
    from reportgen.batch.history import Line, Past


@command(app)
def runs(
    show: Show,
    number: Annotated[
        int | None, typer.Argument(metavar="[NUMBER]", help="A run, to show area by area", show_default="all runs")
    ] = None,
    release: ReleaseId = None,
    out: Out = None,
) -> None:
    """Show the runs of a release's packs, newest first: when, how long, what came of each; or one of them

    A run that died was killed: reportgen batch --resume goes on with it. Times are UTC.

    \b
    e.g., reportgen runs
    e.g., reportgen runs 1
    """
    from reportgen.batch import history
    from reportgen.release.info import read_info

    id = read_info(release_folder(show, release)).id
    folder = settings(out=out).out
    if number is None:
        found = history.runs(folder, id)
        if not found:
            show.talk(f"No run of {id} has begun below {folder}")
        show.result([_line(past) for past in found], {"release": id, "runs": [asdict(past) for past in found]})
        return
    past, lines = history.run(folder, id, number)
    record = {"release": id, **asdict(past), "attempts": [asdict(line) for line in lines]}
    show.result([_line(past), *map(_area, lines)], record)


def _line(past: Past) -> str:
    begun = past.begun[:19].replace("T", " ")
    took = "–" if past.seconds is None else f"{past.seconds:.1f} s"
    counts = f"{past.made} made, {past.unchanged} unchanged, {past.failed} failed, of {past.areas}"
    return f"{past.number:>4}  {begun}  {took:>9}  {past.state:<8}  {counts}"


def _area(line: Line) -> str:
    said = f"      {line.name} ({line.area}): {line.state}"
    return said + (f", {line.seconds:.1f} s" if line.seconds else "") + (f": {line.reason}" if line.reason else "")
