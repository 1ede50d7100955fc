"""
Show: how a command speaks and ends, and how a function becomes one.
"""

from __future__ import annotations

import inspect
import json
import logging
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from types import TracebackType
from typing import Annotated, Any, TextIO

import typer

from reportgen.errors import Problem, ReportgenError, SystemMissingError

INTERRUPTED = 130
WIDTH = 100  # of the help on a wide terminal, and in docs/cli.md

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"max_content_width": WIDTH},
)


def option(*names: str, shown: str | bool = True, **more: Any) -> Any:
    """An option of a command; `shown` is what its help calls the default."""
    return typer.Option(*names, show_default=shown, **more)


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
            elif isinstance(error, PermissionError | IsADirectoryError):  # of the machine, not of ours
                what, why = f"it cannot be read or written: {error.strerror}", "the command cannot go on without it"
                fix = "mend its permissions, or what stands in its place"
                problem = Problem("no-permission", what, why, fix, file=str(error.filename or ""))
                self._fail(problem.as_text(), SystemMissingError.exit_code, [asdict(problem)])
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

    @contextmanager
    def watching(self, events: TextIO | None) -> Iterator[Callable[[Mapping[str, Any]], None]]:
        """
        What a run tells: on a terminal a line a worker below a bar with the time left, elsewhere a line a pack; and as
        JSON lines, each with its time, to a file.
        """
        from reportgen.batch.progress import as_line

        with self._shown() as shown:
            broken = False

            def hear(event: Mapping[str, Any]) -> None:
                nonlocal broken
                if events is not None and not broken:
                    try:
                        events.write(as_line(event))
                        events.flush()
                    except OSError as error:  # a run is not stopped by those who only look on
                        broken = True
                        self._logger.warning("Events: %s cannot be written to: %s", events.name, error)
                shown(event)

            yield hear

    @contextmanager
    def _shown(self) -> Iterator[Callable[[Mapping[str, Any]], None]]:
        def said(event: Mapping[str, Any], say: Callable[..., None]) -> None:
            if "line" in event:
                say("%s (%d of %d)", event["line"], event["number"], event["total"])

        if not self._bar:
            yield lambda event: said(event, self._logger.info)
            return
        from rich.console import Console
        from rich.live import Live
        from rich.text import Text

        from reportgen.batch.progress import Progress

        progress = Progress()
        lock = threading.Lock()  # workers' beginnings are told by another thread

        def picture() -> Text:
            with lock:
                bar = f"{progress.number}/{progress.total}  {progress.time_left()}"
                return Text("\n".join([*progress.lines(), bar] if progress.total else []))

        live = Live(get_renderable=picture, console=Console(stderr=True), transient=True, refresh_per_second=4)

        def hear(event: Mapping[str, Any]) -> None:
            with lock:
                progress.hear(event)
            said(event, self._logger.debug)
            if "line" in event and not live.is_started:
                live.start()  # at the first result, not before: what is said until then would break it

        try:
            yield hear
        finally:
            if live.is_started:
                live.stop()

    def _fail(self, text: str, exit_code: int, problems: list[dict[str, object]]) -> None:
        self.error(text)
        self.result([], {"error": {"exit_code": exit_code, "problems": problems}})
        raise typer.Exit(exit_code) from None


def command(group: typer.Typer, name: str | None = None) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function as a command: it gets a `Show` to speak through, and the options that set that up."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        def spoken(
            *,
            verbose: Annotated[bool, option("--verbose", "-v", help="Say more, with the trace of a fault")] = False,
            quiet: Annotated[bool, option("--quiet", "-q", help="Say nothing but results and errors")] = False,
            as_json: Annotated[bool, option("--json", help="Give results and errors as JSON on stdout")] = False,
            log: Annotated[
                typer.FileTextWrite | None,
                option(metavar="FILE", mode="a", encoding="utf-8", lazy=False, help="Append what is said to a file"),
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
