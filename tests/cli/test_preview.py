"""The command that shows the pages of a pack: as a sheet, or in the browser until Ctrl-C."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from reportgen.batch import work
from tests.batch import fakes

Call = Callable[..., Result]
SERVED = """
from reportgen import cli
from reportgen.batch import work
from tests.batch import fakes
work.builder = lambda: fakes.build
cli.main()
"""


@pytest.fixture
def preview(call: Call, tiny: Path, tmp_path: Path) -> Call:
    """Run `reportgen preview --sheet` on the tiny release."""
    return lambda *words: call("preview", "--sheet", "--release", tiny, "--out", tmp_path / "out", *words)


def test_a_sheet_is_one_picture_and_ends(preview: Call, tmp_path: Path) -> None:
    result = preview("Bath")
    path = tmp_path / "out" / "sheets" / "illustrative-tiny_E30000165_bath.png"
    assert (0, f"{path}\n") == (result.exit_code, result.stdout)
    assert path.read_bytes().startswith(b"\x89PNG")
    assert [path] == [each for each in (tmp_path / "out").rglob("*") if each.is_file()]
    assert [str(path)] == json.loads(preview("Bath", "--json").stdout)["written"]


def test_an_area_that_is_not_there_ends_with_2(preview: Call) -> None:
    result = preview("Bristle")
    assert (2, "") == (result.exit_code, result.stdout)
    assert "did you mean Bristol?" in result.stderr


def test_pages_that_a_run_would_not_write_are_drawn_and_end_with_7(
    preview: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "builder", lambda: fakes.build_with_a_stray_word)
    result = preview("Bath")
    assert (7, True) == (result.exit_code, result.stdout.endswith(".png\n"))
    assert "error[" in result.stderr


def test_the_browser_is_served_until_ctrl_c(tiny: Path, tmp_path: Path, root: Path) -> None:
    """The address on stdout at once; the pages as soon as they are built; the end is no failure."""
    words = ["preview", "Bath", "--release", str(tiny)]
    started = subprocess.Popen(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(root)!r})\n{SERVED}", *words],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert started.stdout is not None
        address = started.stdout.readline().strip()
        state = {"version": 0}
        for _ in range(600):
            with urllib.request.urlopen(f"{address}state", timeout=10) as answer:
                state = json.load(answer)
            if state["version"]:
                break
            time.sleep(0.1)
        assert (1, "Bath", "") == (state["version"], state["name"], state["fault"])  # type: ignore[index]
        started.send_signal(signal.SIGINT)
        _, talk = started.communicate(timeout=30)
        assert (0, True) == (started.returncode, talk.endswith("The preview has ended\n")), talk
    finally:
        started.kill()
        started.communicate()
