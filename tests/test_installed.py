"""
reportgen installed from a wheel, as a team has it: a folder of one's own builds at once, and nothing is ever written
into the installation.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

Ran = subprocess.CompletedProcess[str]
Run = Callable[..., Ran]


@pytest.fixture(scope="module")
def installation(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel in it; the packages that reportgen needs are those of this environment."""
    place = tmp_path_factory.mktemp("installation")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", place / "dist", root]
    subprocess.run(build, check=True, capture_output=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place / "venv"], check=True, capture_output=True)
    [wheel] = (place / "dist").glob("*.whl")
    [packages] = (place / "venv").glob("lib/python*/site-packages")
    (packages / "needed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", place / "venv" / "bin" / "python", "install", "--no-deps"]
    subprocess.run([*pip, "--no-index", "--quiet", wheel], check=True, capture_output=True)
    return place / "venv"


@pytest.fixture
def run(installation: Path, tmp_path: Path) -> Run:
    """Call the installed reportgen in a folder, by default an empty one."""

    def call(*words: str, cwd: Path = tmp_path, **environ: str) -> Ran:
        clean = {name: text for name, text in os.environ.items() if not name.startswith(("REPORTGEN_", "PYTHON"))}
        return subprocess.run(
            [installation / "bin" / "reportgen", *words],
            cwd=cwd,
            env={**clean, "PYTHONDONTWRITEBYTECODE": "1", **environ},
            capture_output=True,
            text=True,
            check=False,
        )

    return call


def contents(folder: Path) -> dict[str, tuple[str, int]]:
    """Every file below a folder, with the hash of what is in it and when it was last written."""
    return {
        path.relative_to(folder).as_posix(): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.slow
def test_a_folder_of_one_s_own_builds_at_once(installation: Path, run: Run, tmp_path: Path) -> None:
    """`reportgen new mine`, then a pack in it, checked; the installation is as it was, to the last file."""
    before = contents(installation)
    assert 0 == run("new", "mine").returncode
    mine = tmp_path / "mine"
    made = run("region", "Bath", cwd=mine)
    assert (0, True) == (made.returncode, made.stdout.endswith("_E30000165_bath.pdf\n")), made.stderr
    assert (mine / made.stdout.strip()).read_bytes().startswith(b"%PDF")
    assert 0 == run("check", "out/illustrative-2024", cwd=mine).returncode
    for words in (("config", "show"), ("config", "schema"), ("analyse",), ("doctor",), ("release", "list")):
        assert 0 == run(*words, cwd=mine).returncode
    assert before == contents(installation)


@pytest.mark.slow
def test_own_material_wins_over_that_of_the_wheel(run: Run, tmp_path: Path) -> None:
    """Settings, a template and names of one's own, in packs that several processes make."""
    run("new", "mine")
    mine = tmp_path / "mine"
    (mine / "reportgen.toml").write_text('series = "Our places"\n', encoding="utf-8")
    (mine / "data" / "names.toml").parent.mkdir(exist_ok=True)
    (mine / "data" / "names.toml").write_text('[in_sentence]\n"South West" = "the far South West"\n', encoding="utf-8")
    areas = ("Bath", "Bristol", "Yeovil", "Taunton")
    made = run("region", *areas, "--workers", "2", cwd=mine, REPORTGEN_PUBLISHER="The team")
    assert (0, len(areas)) == (made.returncode, len(made.stdout.splitlines())), made.stderr
    manifest = json.loads((mine / "out" / "illustrative-2024" / "datapackage.json").read_text(encoding="utf-8"))
    assert {"series": "Our places", "publisher": "The team"} == manifest["own"]["settings"]
    assert "data/names.toml" in [one["path"] for one in manifest["own"]["files"]]
    assert 0 == run("check", "out/illustrative-2024", cwd=mine).returncode


@pytest.mark.slow
def test_a_team_brands_a_pack_without_touching_code(run: Run, root: Path, tmp_path: Path) -> None:
    """The example of docs/own-material.md as it stands there, with a logo and a threshold: settings, section, rule."""
    settings, section, rules = re.findall(
        r"```(?:toml|html)\n(.*?)```", (root / "docs" / "own-material.md").read_text(encoding="utf-8"), re.DOTALL
    )
    run("new", "mine")
    mine = tmp_path / "mine"
    for name, text in {
        "reportgen.toml": f"{settings}\n[hotspot]\ncreative_units = 400\n",
        "logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 4"><path d="M0 0h12v4z"/></svg>',
        "templates/sections/skills.html": section,
        "data/recommendations.toml": rules,
    }.items():
        (mine / name).write_text(text, encoding="utf-8")
    made = run("region", "Bristol", cwd=mine)
    assert 0 == made.returncode, made.stderr
    pages = pypdfium2.PdfDocument(mine / made.stdout.strip())
    text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)
    for said in (
        "Harbour Institute",
        "places@harbour.example",
        "DRAFT",
        "at least 400 creative local units",
        "Who learns a craft in Bristol",
        "Back the places that lead before founding new ones",
    ):
        assert said in text
    figure = next(path for path in mine.glob("out/*/*/figures/headlines-map.svg"))
    assert "#1D70B8" in figure.read_text(encoding="utf-8")
    checked = run("check", "out/illustrative-2024", cwd=mine)
    assert (0, "1 checked, nothing wrong\n") == (checked.returncode, checked.stdout), checked.stderr
    (mine / "reportgen.toml").write_text('accent = "#FFDD00"\n', encoding="utf-8")
    refused = run("region", "Bristol", cwd=mine)
    assert 3 == refused.returncode
    assert 'fix: write accent = "#AB9400"' in refused.stderr
