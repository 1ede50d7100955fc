"""Help is there at once, shows an example, and is the page on the commands."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner, Result

from reportgen import __version__, cli

Call = Callable[..., Result]
HEAVY = {"pandas", "numpy", "pyarrow", "weasyprint", "vl_convert", "pandera", "scipy", "shapely", "pikepdf", "rich"}
HEAVY |= {"jinja2", "pydantic_settings"}


def commands(name: str, group: Any) -> Iterator[tuple[str, Any]]:
    """Every command with the words that call it, and every group of commands."""
    yield name, group
    for inner, below in getattr(group, "commands", {}).items():
        yield from commands(f"{name} {inner}", below)


COMMANDS = dict(commands("reportgen", get_command(cli.app)))
LEAVES = [name for name, command in COMMANDS.items() if not hasattr(command, "commands")]


def test_help_is_there_at_once() -> None:
    """It loads none of the packages that take their time: measured by what was imported, not by the clock."""
    code = "import sys; from reportgen import cli; cli.main()"
    for words in (["--help"], ["region", "--help"], ["release", "list", "--help"]):
        timed = [sys.executable, "-X", "importtime", "-c", code, *words]
        run = subprocess.run(timed, capture_output=True, text=True, check=True)
        loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in run.stderr.splitlines()}
        assert "reportgen" in loaded
        assert set() == loaded & HEAVY
        assert "Usage: " in run.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_a_help_line_begins_with_a_verb_and_has_no_full_stop(name: str) -> None:
    """And so has the line of each of its options."""
    command = COMMANDS[name]
    lines = [command.help.splitlines()[0]]
    lines += [option.help for option in command.params if getattr(option, "help", None) and option.name != "help"]
    for line in lines:
        assert re.match(r"[A-Z]", line), line
        assert not line.endswith("."), line


@pytest.mark.parametrize("name", LEAVES)
def test_every_command_shows_an_example_of_itself(name: str) -> None:
    """One that can be typed as it stands."""
    examples = [line.strip() for line in COMMANDS[name].help.splitlines() if line.strip().startswith("e.g.,")]
    assert examples
    assert all(example.startswith(f"e.g., {name}") for example in examples)


def test_the_page_on_the_commands_is_their_help(root: Path, call: Call) -> None:
    """Write it anew with: reportgen --docs > docs/cli.md."""
    assert call("--docs").stdout == (root / "docs" / "cli.md").read_text(encoding="utf-8")


def test_version(call: Call) -> None:
    """On stdout, alone."""
    assert f"reportgen {__version__}\n" == call("--version").stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", LEAVES)
def test_the_examples_do_what_they_say(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typed as they stand, in an empty folder, on the release that came along; but for what needs raw files."""
    monkeypatch.chdir(tmp_path)
    examples = re.findall(r"e\.g\., reportgen (.*)", COMMANDS[name].help)
    for example in examples:
        words = shlex.split(example)
        if words[:2] == ["release", "import"]:
            continue
        words += ["--level", "region"] if words == ["batch"] else []  # all packs take minutes
        if words[0] in ("check", "runs", "verify") or ".pdf" in example:  # what was made before
            assert 0 == CliRunner().invoke(cli.app, ["region", "Bath"]).exit_code
        result = CliRunner().invoke(cli.app, words)
        assert (0, True) == (result.exit_code, bool(result.stdout)), result.output
