"""An exit code for every way in which a run can end, and what is said then."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from reportgen.batch import work
from reportgen.resources import bundled
from tests.batch import fakes
from tests.support import write_release

Call = Callable[..., Result]


def test_ambiguous_and_unknown_areas_end_with_2(region: Call, tmp_path: Path) -> None:
    """London is a region and a travel-to-work area; Bristle is neither."""
    result = region("London", "Bristle")
    assert (2, "") == (result.exit_code, result.stdout)
    assert "E12000007 (region) · E30000234 (travel-to-work area)" in result.stderr
    assert "did you mean Bristol?" in result.stderr
    assert not (tmp_path / "out").exists()
    assert 0 == region("London", "--level", "region").exit_code


def test_a_release_that_is_not_there_ends_with_2(call: Call) -> None:
    """As does an option that is not there."""
    assert 2 == call("region", "Bath", "--release", "illustrative-2042").exit_code
    assert 2 == call("national", "--no-such-option").exit_code


def test_errors_are_json_too(region: Call) -> None:
    """One document on stdout, also when there is no result."""
    result = region("Bristle", "--json")
    error = json.loads(result.stdout)["error"]
    assert 2 == error["exit_code"] == result.exit_code
    assert ["unknown-area"] == [problem["kind"] for problem in error["problems"]]


def test_a_wrong_configuration_ends_with_3(
    call: Call, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A definition of one's own that names an industry which does not exist."""
    name = "data/classification/dcms-sic2007.toml"
    own = tmp_path / name
    own.parent.mkdir(parents=True)
    own.write_text((bundled().root / name).read_text(encoding="utf-8").replace('"7021"', '"0000"'), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = call("region", "Bath", "--release", tiny, "--out", tmp_path / "out")
    assert (3, "") == (result.exit_code, result.stdout)
    assert "error[unknown-sic]: Advertising and marketing names 0000" in result.stderr


def test_wrong_data_end_with_4(call: Call, tmp_path: Path) -> None:
    """With file and row; nothing is written."""
    release = write_release(tmp_path / "other", employment=None)
    for words in (("release", "check", release), ("national", "--release", release, "--out", tmp_path / "out")):
        result = call(*words)
        assert (4, "") == (result.exit_code, result.stdout)
        assert "employment" in result.stderr
    assert not (tmp_path / "out").exists()


def test_some_packs_failed_ends_with_5(call: Call, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are there; what failed is listed with its reason."""
    monkeypatch.setattr(work, "builder", lambda: fakes.build_but_for_bath)
    batch = ("batch", "--release", tiny, "--out", tmp_path, "--workers", 0)
    result = call(*batch)
    assert (5, 5) == (result.exit_code, len(result.stdout.splitlines()))
    assert "Bath (E30000165): no pack was written\nerror[bug]: KeyError: 'location-quotient'" in result.stderr
    assert "Traceback" not in result.stderr
    assert "in build_but_for_bath" in call(*batch, "-v").stderr
    assert ["Bath"] == [failure["name"] for failure in json.loads(call(*batch, "--json").stdout)["failed"]]


def test_all_packs_failed_ends_with_6(region: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it was only one."""
    monkeypatch.setattr(work, "builder", lambda: fakes.refuse)
    result = region("Bath")
    assert (6, "") == (result.exit_code, result.stdout)
    assert "error[too-coarse]: the data are too coarse" in result.stderr


def test_a_fault_of_ours_ends_with_1(region: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A short line; the trace only for those who ask for it, and in the log."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(work, "analyse", broken)
    result = region("Bath", "--log", tmp_path / "log.txt")
    assert (1, "") == (result.exit_code, result.stdout)
    assert "error[bug]: ZeroDivisionError: division by zero" in result.stderr
    assert "Traceback" not in result.stderr
    assert "Traceback" in (tmp_path / "log.txt").read_text(encoding="utf-8")
    assert "Traceback" in region("Bath", "-v").stderr
    assert "bug" == json.loads(region("Bath", "--json").stdout)["error"]["problems"][0]["kind"]


def test_a_folder_that_cannot_be_written_to_ends_with_9(call: Call, tiny: Path, tmp_path: Path) -> None:
    """For packs as for findings."""
    (tmp_path / "out").write_text("a file")
    for words in (("region", "Bath"), ("analyse",)):
        result = call(*words, "--release", tiny, "--out", tmp_path / "out")
        assert (9, "") == (result.exit_code, result.stdout)
        assert "error[cannot-write]" in result.stderr


def test_an_engine_that_cannot_be_loaded_ends_with_9(region: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """As WeasyPrint does when Pango is not there; the message sends to the doctor."""
    monkeypatch.undo()
    monkeypatch.setitem(sys.modules, "reportgen.pack.build", Unloadable("reportgen.pack.build"))
    result = region("Bath")
    assert (9, "") == (result.exit_code, result.stdout)
    assert "fix: run reportgen doctor" in result.stderr


class Unloadable(type(sys)):  # type: ignore[misc]
    def __getattr__(self, name: str) -> object:
        raise OSError("cannot load library 'libpango-1.0-0'")


def test_ctrl_c_ends_with_130(region: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """No trace of where it was, and no manifest that would call the run complete."""

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(work, "builder", lambda: stopped)
    result = region("Bath")
    assert (130, "") == (result.exit_code, result.stdout)
    assert result.stderr.endswith("stopped\n")
    assert 130 == json.loads(region("Bath", "--json").stdout)["error"]["exit_code"]


STOPPED = """
import sys, time
from reportgen import cli
from reportgen.batch import work
work.read_release = lambda *_: print("reading", flush=True) or time.sleep(60)
cli.main()
"""


@pytest.mark.parametrize(("kind", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals(tiny: Path, tmp_path: Path, kind: signal.Signals, code: int) -> None:
    """Ctrl-C, and the polite kill of a scheduler."""
    words = ["national", "--release", str(tiny), "--out", str(tmp_path / "out")]
    started = subprocess.Popen([sys.executable, "-c", STOPPED, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert started.stdout is not None
    assert b"reading\n" == started.stdout.readline()
    started.send_signal(kind)
    _, talk = started.communicate(timeout=30)
    assert code == started.returncode
    assert b"Traceback" not in talk
    assert not (tmp_path / "out").exists()
