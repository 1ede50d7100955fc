"""The commands: results on stdout, talk on stderr, or one JSON document."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from reportgen.doctor import examine
from reportgen.doctor.part import Part
from reportgen.release import importing
from reportgen.release.importing import ImportReport
from tests.support import write_release

Call = Callable[..., Result]
BATH = "illustrative-tiny/E30000165_bath/creative-clusters_illustrative-tiny_E30000165_bath.pdf"


def test_results_on_stdout_and_talk_on_stderr(region: Call, tmp_path: Path) -> None:
    """The paths of the PDFs, so that another program can take them up."""
    result = region("bath", "E30000180")
    bristol = BATH.replace("E30000165_bath", "E30000180_bristol")
    assert f"{tmp_path}/out/{BATH}\n{tmp_path}/out/{bristol}\n" == result.stdout
    assert "Bath (E30000165): 1 pages (1 of 2)" in result.stderr
    assert 0 == result.exit_code


def test_quiet_and_verbose(region: Call) -> None:
    """Quiet says nothing but the result."""
    quiet = region("Bath", "-q")
    assert "" == quiet.stderr
    assert quiet.stdout.endswith(f"{BATH}\n")
    assert "Packs: 1 to make" in region("Bath", "-v", "--force").stderr


def test_json_is_one_document(region: Call, tmp_path: Path) -> None:
    """What was written, with name and level, what failed, and where the manifest is."""
    found = json.loads(region("Bath", "--json").stdout)
    summary = found.pop("summary")
    assert (1, 0, 0, 1) == tuple(summary[name] for name in ("packs", "unchanged", "failed", "pages"))
    folder = str(Path(tmp_path, "out", BATH).parent)
    files = [Path(BATH).name, "data.csv", "facts.csv", "figures/map.svg"]
    assert {
        "release": "illustrative-tiny",
        "made": [
            {
                "area": "E30000165",
                "name": "Bath",
                "level": "ttwa",
                "pages": 1,
                "files": [f"{folder}/{name}" for name in files],
                "reason": "never built",
            }
        ],
        "unchanged": [],
        "order": ["E30000165"],
        "failed": [],
        "manifest": f"{tmp_path}/out/illustrative-tiny/datapackage.json",
    } == found


def test_the_national_report(call: Call, tiny: Path, tmp_path: Path) -> None:
    """It is the pack of the national area."""
    result = call("national", "--release", tiny, "--out", tmp_path)
    assert result.stdout.endswith("_K02000001_united-kingdom.pdf\n")


def test_a_batch_takes_areas_by_level_file_and_number(call: Call, tiny: Path, tmp_path: Path) -> None:
    """All of them unless told."""
    batch = ("batch", "--release", tiny, "--out", tmp_path, "--workers", 0)
    assert 6 == len(call(*batch).stdout.splitlines())
    assert 3 == len(call(*batch, "--level", "ttwa").stdout.splitlines())
    assert call(*batch, "--level", "ttwa", "--limit", 1).stdout.endswith("_E30000234_london.pdf\n")
    (tmp_path / "areas.txt").write_text("Bath\n")
    assert call(*batch, "--areas", tmp_path / "areas.txt").stdout.endswith("_E30000165_bath.pdf\n")


def test_findings(call: Call, tiny: Path, tmp_path: Path) -> None:
    """Below the folder of the release."""
    result = call("analyse", "--release", tiny, "--out", tmp_path / "out")
    assert f"{tmp_path}/out/illustrative-tiny/findings/dictionary.csv" in result.stdout.splitlines()
    assert all(Path(line).is_file() for line in result.stdout.splitlines())


def test_finished_packs_are_checked(region: Call, call: Call, tiny: Path, tmp_path: Path) -> None:
    """0 where nothing is wrong, 7 where something is; 2 where there is nothing to check."""
    region("Bath")
    folder = tmp_path / "out" / "illustrative-tiny"
    passed = call("check", folder, "--as-they-are", "--release", tiny)
    assert (0, "1 checked, nothing wrong\n") == (passed.exit_code, passed.stdout)
    (folder / "E30000165_bath" / "facts.csv").write_text("id,value,status\n")
    failed = call("check", folder, "--as-they-are", "--release", tiny, "--json")
    kinds = {problem["kind"] for problem in json.loads(failed.stdout)["error"]["problems"]}
    assert (7, {"bad-table", "changed"}) == (failed.exit_code, kinds)
    assert 2 == call("check", tmp_path).exit_code


def test_packs_are_held_against_their_manifest(region: Call, call: Call, tiny: Path, tmp_path: Path) -> None:
    """0 where all is as listed, also where a sample is made anew; 10 where anything is not; 2 without a manifest."""
    region("Bath", "Bristol")
    folder = tmp_path / "out" / "illustrative-tiny"
    assert "2 packs, 11 files: as listed\n" == call("verify", folder).stdout
    anew = call("verify", folder, "--rebuild", "1", "--release", tiny)
    first, second = anew.stdout.splitlines()
    assert (0, "2 packs, 11 files: as listed") == (anew.exit_code, first)
    assert second.startswith("1 of 2 packs made anew, the same bytes: E30000")
    (folder / "E30000165_bath" / "facts.csv").write_text("id,value,status\n")
    failed = call("verify", folder, "--json")
    [problem] = json.loads(failed.stdout)["error"]["problems"]
    assert (10, "changed") == (failed.exit_code, problem["kind"])
    assert 2 == call("verify", tmp_path).exit_code


def test_packs_name_their_release(
    region: Call, call: Call, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which is looked up among the releases that are here."""
    region("Bath")
    result = call("check", tmp_path / "out" / "illustrative-tiny")
    assert (2, True) == (result.exit_code, "illustrative-tiny" in result.stderr)
    monkeypatch.setenv("REPORTGEN_RELEASES", str(tiny.parent))
    assert 0 == call("check", tmp_path / "out" / "illustrative-tiny", "--as-they-are").exit_code


def test_releases_are_listed_newest_first(call: Call, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own, though older, before those that came with reportgen; a star marks the default."""
    monkeypatch.setenv("REPORTGEN_RELEASES", str(tiny.parent))
    own, bundled = call("release", "list").stdout.splitlines()
    assert f"* illustrative-tiny  2024-11-01  illustrative  revision 0  A tiny illustrative release  {tiny}" == own
    assert bundled.startswith("  illustrative-2024  2025-12-01  illustrative  revision 1  Illustrative release 2024  ")
    found = json.loads(call("release", "list", "--json").stdout)["releases"]
    assert [True, False] == [release["default"] for release in found]


def test_a_superseded_release_says_so(call: Call, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The higher revision is the default."""
    write_release(tiny.parent / "corrected", info={"revision": 1})
    monkeypatch.setenv("REPORTGEN_RELEASES", str(tiny.parent))
    lines = call("release", "list").stdout.splitlines()
    assert lines[0].startswith("* illustrative-tiny  2024-11-01  illustrative  revision 1  ")
    assert lines[1].startswith("  illustrative-tiny  2024-11-01  illustrative  revision 0, superseded  ")


def test_the_next_release_is_begun(
    call: Call, root: Path, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The recipe is the result; what to do next is said."""
    recipe = root / "examples" / "crosswalk" / "recipe.toml"
    folder = tmp_path / "next"
    result = call("release", "init", "illustrative-next", "--from", recipe, "--to", folder)
    assert (0, f"{folder}/recipe.toml\n") == (result.exit_code, result.stdout)
    assert (
        f"""\
1. put the new raw files into {folder}, or name their folder with --data
2. in {folder}/recipe.toml, do what 7 lines # to do: ask for, and delete them
3. reportgen release import {folder}/recipe.toml --to data/releases/next
4. reportgen batch --release illustrative-next
"""
        == result.stderr
    )
    monkeypatch.setenv("REPORTGEN_RELEASES", str(tiny.parent))
    words = ("--from", "illustrative-tiny", "--reissue", "--to", tmp_path / "again", "--json")
    again = json.loads(call("release", "init", "illustrative-tiny", *words).stdout)
    assert ("illustrative-tiny", 1) == (again["id"], again["revision"])


def test_a_release_without_fault(call: Call, tiny: Path) -> None:
    """How much is in it."""
    assert "illustrative-tiny: 7 areas, 6 packs, nothing wrong\n" == call("release", "check", tiny).stdout


def test_an_import_names_what_does_not_fit(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was recognised, and what does not fit together, is listed; the folder is the result."""
    fits = {"areas_without_shape": ("E1 Bath",), "shapes_without_data": ("E2 Wells",), "repaired": ()}
    moved = {"recoded": ("L1 → L2",), "shared_out": ("L2",), "notes": ("jobs.csv: recognised as nomis",)}
    report = ImportReport(tmp_path / "new", "new", {"areas": 2}, **fits, **moved)
    monkeypatch.setattr(importing, "import_release", lambda *_: report)
    (tmp_path / "recipe.toml").write_text("")
    words = ("release", "import", tmp_path / "recipe.toml", "--to", tmp_path / "new")
    result = call(*words)
    assert f"{tmp_path / 'new'}\n" == result.stdout
    assert (
        """\
jobs.csv: recognised as nomis
areas without shape: E1 Bath
shapes without data: E2 Wells
recoded: L1 → L2
shared out: L2
counts were rounded to whole numbers after they were shared out
"""
        == result.stderr
    )
    assert {"areas": 2} == json.loads(call(*words, "--json").stdout)["rows"]


def test_the_doctor(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line a part; 9 when one fails, with what mends it."""
    healthy = call("doctor", "--out", tmp_path)
    assert "ok     reportgen" not in healthy.stdout
    assert {"ok", "warns"} >= {line.split()[0] for line in healthy.stdout.splitlines() if not line.startswith(" ")}
    assert 0 == healthy.exit_code
    monkeypatch.setattr(examine, "examine", lambda *_: [Part("fails", "pango is missing", "install it")])
    ill = call("doctor")
    assert (9, "fails  pango is missing\n       fix: install it\n") == (ill.exit_code, ill.stdout)
    assert ["fails"] == [part["state"] for part in json.loads(call("doctor", "--json").stdout)["parts"]]


def test_the_log_keeps_all_that_is_said(region: Call, tmp_path: Path) -> None:
    """With the time of each line, run after run; also what quiet keeps from the terminal."""
    log = tmp_path / "log.txt"
    for _ in range(2):
        assert 0 == region("Bath", "-q", "--force", "--log", log).exit_code
    lines = [
        line for line in log.read_text(encoding="utf-8").splitlines() if "Bath (E30000165): 1 pages (1 of 1)" in line
    ]
    assert 2 == len(lines)
    assert re.match(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}", lines[0])
    assert [] == logging.getLogger("reportgen").handlers
    assert 2 == region("Bath", "--log", tmp_path / "nowhere" / "log.txt").exit_code


def test_a_bar_on_a_terminal(tiny: Path, tmp_path: Path) -> None:
    """It moves on stderr and is gone at the end; stdout holds the result alone."""
    code = "from reportgen import cli; from reportgen.batch import work; from tests.batch import fakes;"
    code += "work.builder = lambda: fakes.build; cli.main()"
    words = ["region", "Bath", "--release", str(tiny), "--out", str(tmp_path)]
    try:
        ours, theirs = os.openpty()
    except OSError:
        pytest.skip("this machine has no pseudo-terminals to give away")
    started = subprocess.Popen(
        [sys.executable, "-c", code, *words],
        stdout=subprocess.PIPE,
        stderr=theirs,
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, "TERM": "xterm"},
    )
    out, _ = started.communicate(timeout=60)
    os.close(theirs)
    talk = os.read(ours, 65536).decode()
    os.close(ours)
    assert (0, f"{tmp_path}/{BATH}\n") == (started.returncode, out.decode())
    assert "1/1" in talk
    assert "(1 of 1)" not in talk
