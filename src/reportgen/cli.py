"""
The commands: parse what was asked, call the room that does it, show what came of it.
Alone prints, exits, and looks at terminal and machine; decides nothing. Heavy imports stand inside the commands, so
that help is there at once.
"""

from __future__ import annotations

import inspect
import json
import logging
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from reportgen import __version__
from reportgen.errors import CheckError, Problem, ReportgenError, SystemMissingError
from reportgen.resources import bundled
from reportgen.settings import Settings

if TYPE_CHECKING:
    from reportgen.release.model import Release

OUT = Path("out")
OWN_RELEASES = Path("releases")  # a folder of releases in the working folder, beside those that came with reportgen
INTERRUPTED, TERMINATED = 130, 143
WIDTH = 100  # of the help on a wide terminal, and in docs/cli.md

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"max_content_width": WIDTH},
)
releases = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Check, list or make data releases")
app.add_typer(releases, name="release")


def _option(*names: str, shown: str | bool = True, **more: Any) -> Any:
    return typer.Option(*names, show_default=shown, **more)


ReleaseId = Annotated[
    str | None, _option("--release", metavar="ID", help="Use this data release, by id or folder", shown="the newest")
]
Out = Annotated[Path, _option("--out", metavar="DIR", help="Write below this folder")]
Level = Annotated[str | None, _option("--level", metavar="ID", help="Only areas of this level", shown="all levels")]
Workers = Annotated[int | None, _option("--workers", min=1, metavar="N", help="Use N processes", shown="all cores")]


class Show:
    """
    What a command says: results on stdout, talk on stderr; with `--json` one document on stdout, whatever happens.
    As a context it ends the command: an error of ours with its text and exit code, any other as a bug, Ctrl-C with 130.
    """

    def __init__(self, verbose: bool, quiet: bool, as_json: bool, log: TextIO | None) -> None:
        self._json = as_json
        self._bar = sys.stderr.isatty() and not (quiet or verbose)
        self._logger = logging.getLogger("reportgen")
        self._logger.setLevel(logging.DEBUG)
        talk = logging.StreamHandler(sys.stderr)
        talk.setLevel(logging.ERROR if quiet else logging.DEBUG if verbose else logging.INFO)
        self._handlers = [talk]
        if log is not None:
            self._handlers.append(logging.StreamHandler(log))
            self._handlers[1].setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))

    def __enter__(self) -> Show:
        for handler in self._handlers:
            self._logger.addHandler(handler)
        return self

    def __exit__(self, _: object, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if isinstance(error, KeyboardInterrupt):
                self._fail("stopped", INTERRUPTED, [])
            elif isinstance(error, ReportgenError):
                self._fail(error.as_text(), error.exit_code, error.as_records())
            elif isinstance(error, Exception) and not isinstance(error, typer.Exit):
                what = f"{type(error).__name__}: {error}"
                bug = Problem("bug", what, "this is a fault of reportgen", "run again with -v and report the trace")
                self._logger.debug("".join(traceback.format_exception(error)))
                self._fail(bug.as_text(), ReportgenError.exit_code, [asdict(bug)])
        finally:
            for handler in self._handlers:
                self._logger.removeHandler(handler)
                handler.close()

    def talk(self, text: str) -> None:
        self._logger.info(text)

    def error(self, text: str, trace: str = "") -> None:
        self._logger.error(text)
        if trace:
            self._logger.debug(trace)

    def result(self, lines: Sequence[object], record: Mapping[str, Any]) -> None:
        """The result of the command: lines for people, or the record as JSON."""
        if self._json:
            typer.echo(json.dumps(record, ensure_ascii=False, indent=2, default=str))
        elif lines:
            typer.echo("\n".join(map(str, lines)))

    @contextmanager
    def progress(self) -> Iterator[Callable[[str, int, int], None]]:
        """A bar on a terminal, a line a step elsewhere; called with the step, how many are done, and of how many."""
        if not self._bar:
            yield lambda line, number, total: self._logger.info("%s (%d of %d)", line, number, total)
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
        bar = Progress(*columns, console=Console(stderr=True), transient=True)
        task = bar.add_task("", total=None)

        def step(line: str, number: int, total: int) -> None:
            bar.start()  # at the first step, not before: what is said until then would break the bar
            bar.update(task, completed=number, total=total, description=line)
            self._logger.debug("%s (%d of %d)", line, number, total)

        try:
            yield step
        finally:
            bar.stop()

    def _fail(self, text: str, exit_code: int, problems: list[dict[str, object]]) -> None:
        self.error(text)
        self.result([], {"error": {"exit_code": exit_code, "problems": problems}})
        raise typer.Exit(exit_code) from None


def command(group: typer.Typer, name: str | None = None) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function as a command: it gets a `Show` to speak through, and the options that set that up."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        def spoken(
            *,
            verbose: Annotated[bool, _option("--verbose", "-v", help="Say more, with the trace of a fault")] = False,
            quiet: Annotated[bool, _option("--quiet", "-q", help="Say nothing but results and errors")] = False,
            as_json: Annotated[bool, _option("--json", help="Give results and errors as JSON on stdout")] = False,
            log: Annotated[
                typer.FileTextWrite | None,
                _option(metavar="FILE", mode="a", encoding="utf-8", lazy=False, help="Append what is said to a file"),
            ] = None,
            **asked: Any,
        ) -> None:
            with Show(verbose, quiet, as_json, log) as show:
                function(show, **asked)

        own, shared = (inspect.signature(each, eval_str=True).parameters for each in (function, spoken))
        both = [each for each in (*own.values(), *shared.values()) if each.name not in ("show", "asked")]
        spoken.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in both]
        )
        spoken.__annotations__ = {each.name: each.annotation for each in both}
        spoken.__name__, spoken.__doc__ = function.__name__, function.__doc__
        group.command(name)(spoken)
        return function

    return register


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, _option("--version", help="Show the version", shown=False)] = False,
    docs: Annotated[bool, _option("--docs", hidden=True)] = False,
) -> None:
    """Write evidence-based PDF packs on the UK's creative clusters, for each area, from a data release"""
    if version or docs:
        typer.echo(f"reportgen {__version__}" if version else documentation(), nl=version)
        raise typer.Exit


@command(app)
def national(show: Show, release: ReleaseId = None, out: Out = OUT) -> None:
    """Write the national report: PDF, facts, data and figures

    \b
    e.g., reportgen national --release illustrative-2024
    """
    from reportgen.batch import plan

    _make(show, plan.national, release, out, workers=1)


@command(app)
def region(
    show: Show,
    areas: Annotated[list[str], typer.Argument(metavar="AREA", help="Codes or names, in any case")],
    level: Level = None,
    release: ReleaseId = None,
    out: Out = OUT,
    workers: Workers = None,
) -> None:
    """Write the pack of each area, at any level: PDF, facts, data and figures

    \b
    e.g., reportgen region "South West" Bristol
    e.g., reportgen region London --level region
    """
    from reportgen.batch import plan

    _make(show, lambda known: plan.named(known, areas, level), release, out, workers)


@command(app)
def batch(
    show: Show,
    level: Level = None,
    areas: Annotated[
        Path | None,
        _option(metavar="FILE", exists=True, dir_okay=False, help="Only areas of this file, one a line", shown="all"),
    ] = None,
    limit: Annotated[int | None, _option(min=1, metavar="N", help="Stop after N packs", shown="no limit")] = None,
    release: ReleaseId = None,
    out: Out = OUT,
    workers: Workers = None,
) -> None:
    """Write the packs of all areas of a release; one that fails does not stop the others

    An earlier pack of an area that fails stays as it was, but datapackage.json leaves it out.

    \b
    e.g., reportgen batch
    e.g., reportgen batch --level region --limit 2
    """
    from reportgen.batch import plan

    _make(show, lambda known: plan.every(known, level, areas, limit), release, out, workers)


@command(app)
def analyse(show: Show, release: ReleaseId = None, out: Out = OUT) -> None:
    """Write all findings of a release as CSV, with a dictionary of the indicators

    \b
    e.g., reportgen analyse --out out
    """
    from reportgen.batch.run import write_findings

    paths = write_findings(_folder(show, release), out, bundled(), Settings())
    show.result(paths, {"written": paths})


@command(app)
def check(
    show: Show,
    path: Annotated[Path, typer.Argument(exists=True, help="Folder of a release's packs, or of one pack, or its PDF")],
    release: Annotated[
        str | None, _option(metavar="ID", help="The data release they were made from", shown="the one they name")
    ] = None,
    workers: Workers = None,
) -> None:
    """Check finished packs: text, fonts, accessibility, links, marks, tables, hashes

    \b
    e.g., reportgen check out/illustrative-2024
    """
    from reportgen.batch import check as packs

    folder = _folder(show, release or packs.release_of(path))
    with show.progress() as step:
        checked = packs.check(path, folder, bundled(), workers or _cores(), step)
    if checked.problems:
        raise CheckError(checked.problems)
    show.result([f"{checked.packs} checked, nothing wrong"], {"packs": checked.packs, "problems": []})


@command(app)
def doctor(show: Show, out: Out = OUT) -> None:
    """Look whether this machine has all that packs need: libraries, engines, fonts, room

    \b
    e.g., reportgen doctor
    """
    from reportgen.doctor import examine

    parts = examine(bundled(), out)
    lines = [f"{part.state:<5}  {part.what}" + (f"\n       fix: {part.fix}" if part.fix else "") for part in parts]
    show.result(lines, {"parts": [asdict(part) for part in parts]})
    if any(part.state == "fails" for part in parts):
        raise typer.Exit(SystemMissingError.exit_code)


@command(releases, "check")
def release_check(
    show: Show,
    name: Annotated[str | None, typer.Argument(metavar="[ID]", help="Id or folder", show_default="the newest")] = None,
) -> None:
    """Check a data release: read every table and show all that is wrong with it

    \b
    e.g., reportgen release check illustrative-2024
    """
    from reportgen.release.read import read

    found = read(_folder(show, name), bundled().classification)
    counts = {"areas": len(found.areas), "packs": len(found.packs())}
    lines = [f"{found.info.id}: {counts['areas']} areas, {counts['packs']} packs, nothing wrong"]
    show.result(lines, {"release": found.info.id, **counts, "problems": []})


@command(releases, "list")
def release_list(show: Show) -> None:
    """Show the data releases in ./releases and those that came with reportgen, newest first

    \b
    e.g., reportgen release list
    """
    from reportgen.release.library import available

    keys = ("id", "published", "status", "title")
    entries = available([OWN_RELEASES, bundled().releases])
    found = [{**{key: getattr(one.info, key) for key in keys}, "folder": one.path} for one in entries]
    show.result(["  ".join(map(str, each.values())) for each in found], {"releases": found})


@command(releases, "import")
def release_import(
    show: Show,
    recipe: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="What to read, and what it means")],
    to: Annotated[Path, _option(metavar="DIR", help="Write the release to this folder")],
    data: Annotated[
        Path | None,
        _option(metavar="DIR", exists=True, file_okay=False, help="Look for the raw files here", shown="the recipe's"),
    ] = None,
) -> None:
    """Make a data release from raw files, as a recipe says

    \b
    e.g., reportgen release import examples/nuts2/recipe.toml --data data --to releases/nuts2
    """
    from reportgen.release.importing import import_release

    report = asdict(import_release(recipe, data, to))
    for what in ("areas_without_shape", "shapes_without_data", "repaired"):
        for name in report[what]:
            show.talk(f"{what.replace('_', ' ')}: {name}")
    show.result([to], report)


def documentation() -> str:
    """The help of every command as one Markdown page. `reportgen --docs` gives it; a test holds docs/cli.md to it."""
    lines = ["# The commands of reportgen", "", "Made by `reportgen --docs > docs/cli.md`."]
    for name, each in _commands("reportgen", typer.main.get_command(app)):
        text = each.get_help(typer.Context(each, info_name=name, terminal_width=WIDTH))
        lines += ["", f"## {name}", "", "```text", *(line.rstrip() for line in text.splitlines()), "```"]
    return "\n".join([*lines, ""])


def _commands(name: str, group: Any) -> Iterator[tuple[str, Any]]:
    yield name, group
    for inner, below in getattr(group, "commands", {}).items():
        yield from _commands(f"{name} {inner}", below)


def main() -> None:
    """Run the command that this process was called with; a polite kill ends it with 143, its work in flight done."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    app()


def _make(
    show: Show, choose: Callable[[Release], list[str]], release: str | None, out: Path, workers: int | None
) -> None:
    from reportgen.batch.run import run

    folder = _folder(show, release)
    with show.progress() as step:
        outcome = run(folder, choose, out, bundled(), Settings(), workers or _cores(), step)
    for one in outcome.failed:
        show.error("\n".join([str(one), *(problem.as_text() for problem in one.problems)]), one.trace)
    show.result([pack.files[0] for pack in outcome.made], asdict(outcome))
    if outcome.failed:
        raise typer.Exit(outcome.exit_code)


def _folder(show: Show, release: str | None) -> Path:
    from reportgen.release.library import resolve

    folder = resolve(release, [OWN_RELEASES, bundled().releases])
    show.talk(f"Release: {folder}" + ("" if release else ", the newest"))
    return folder


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
