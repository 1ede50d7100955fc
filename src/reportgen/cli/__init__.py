"""
The commands: parse what was asked, call the room that does it, show what came of it.
Alone prints, exits, and looks at terminal and machine; decides nothing. Heavy imports stand inside the commands, so
that help is there at once.
"""

from __future__ import annotations

import io
import signal
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

import typer

from reportgen import __version__
from reportgen.cli.advice import recommend
from reportgen.cli.own import config
from reportgen.cli.packs import Out
from reportgen.cli.place import folder_here, settings
from reportgen.cli.preview import preview
from reportgen.cli.releases import releases
from reportgen.cli.runs import runs
from reportgen.cli.show import WIDTH, Show, app, command, option
from reportgen.cli.trace import explain
from reportgen.errors import SystemMissingError
from reportgen.resources import bundled

__all__ = ["app", "config", "documentation", "explain", "main", "preview", "recommend", "releases", "runs"]

TERMINATED = 143


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, option("--version", help="Show the version", shown=False)] = False,
    docs: Annotated[bool, option("--docs", hidden=True)] = False,
) -> None:
    """Write evidence-based PDF packs on the UK's creative clusters, for each area, from a data release"""
    if version or docs:
        typer.echo(f"reportgen {__version__}" if version else documentation(), nl=version)
        raise typer.Exit


@command(app)
def doctor(show: Show, out: Out = None) -> None:
    """Look whether this machine has all that packs need: libraries, engines, fonts, encodings, room

    \b
    e.g., reportgen doctor
    """
    from reportgen.doctor.examine import examine

    parts = examine(bundled(), folder_here(settings(out=out).out))
    lines = [f"{part.state:<5}  {part.what}" + (f"\n       fix: {part.fix}" if part.fix else "") for part in parts]
    show.result(lines, {"parts": [asdict(part) for part in parts]})
    if any(part.state == "fails" for part in parts):
        raise typer.Exit(SystemMissingError.exit_code)


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
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a letter that the terminal does not know is no fault: \u0175 for ŵ
            stream.reconfigure(errors="backslashreplace")
    app()
