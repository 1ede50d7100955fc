"""Real packs of the tiny release by the real command: the same bytes however it is called, and whatever befalls it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import write_release

AREAS = ("E12000009", "E30000180", "E30000165")
REPORTGEN = (sys.executable, "-c", "from reportgen.cli import main; main()")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_release(tmp_path_factory.mktemp("same") / "release")


def batch(release: Path, folder: Path, areas: tuple[str, ...], workers: int, **environment: str) -> dict[str, bytes]:
    """Every file that a run in a new folder writes there. A limit has even few packs made by processes of their own."""
    folder.mkdir()
    (folder / "areas.txt").write_text("\n".join(areas), encoding="utf-8")
    words = ["--areas", "areas.txt", "--workers", str(workers), "--timeout", "300"]
    subprocess.run(
        [*REPORTGEN, "batch", "--release", str(release), "--out", "out", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        check=True,
        capture_output=True,
    )
    root = folder / "out" / "illustrative-tiny"
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def usual(release: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Made in one process."""
    return batch(release, tmp_path_factory.mktemp("usual") / "here", AREAS, 0)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("workers", "areas", "environment"),
    [
        (1, AREAS, {}),
        (2, AREAS[::-1], {"TZ": "Pacific/Kiritimati", "LC_ALL": "de_DE.UTF-8", "LANG": "tr_TR.UTF-8"}),
        (8, AREAS, {"PYTHONHASHSEED": "12345", "LC_ALL": "C", "TZ": "America/St_Johns"}),
    ],
    ids=["1 worker", "2 workers, another order, time zone and language", "8 workers, another hash seed"],
)
def test_packs_are_the_same_to_the_byte(
    release: Path,
    usual: dict[str, bytes],
    tmp_path: Path,
    workers: int,
    areas: tuple[str, ...],
    environment: dict[str, str],
) -> None:
    """For any number of workers, in any order, in any working folder, in any country."""
    found = batch(release, tmp_path / "a folder elsewhere", areas, workers, **environment)
    assert len([name for name in found if name.endswith(".pdf")]) == len(AREAS)
    assert usual.keys() == found.keys()
    assert [] == [name for name in usual if usual[name] != found[name]]


@pytest.mark.slow
def test_a_quick_drill(release: Path, root: Path, tmp_path: Path) -> None:
    """Two runs and two workers killed; `make drill` does it ten times as often, with the bundled release."""
    words = ["--kills", "2", "--seed", "3", "--release", str(release), "--areas", ",".join(AREAS)]
    drill = subprocess.run(
        [sys.executable, str(root / "tools" / "drill.py"), *words, "--keep", str(tmp_path / "drill")],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    last = (drill.stdout.splitlines() or [drill.stderr])[-1]
    assert (0, "drill: 2 kills of the parent, 2 of workers; 4 of 4 ended with the same bytes") == (
        drill.returncode,
        last,
    ), drill.stdout + drill.stderr
    assert re.match(r"seed 3, 3 packs\nundisturbed: \d+ files", drill.stdout)
