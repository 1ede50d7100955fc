"""
The wheel, built from the source distribution as a release would be, holds what is in git and nothing else.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

# where each folder of the repository lies in the wheel
PLACES = {
    "src/reportgen/": "reportgen/",
    "templates/": "reportgen/_resources/templates/",
    "styles/": "reportgen/_resources/styles/",
    "data/": "reportgen/_resources/data/",
    "requirements.lock": "reportgen/_resources/requirements.lock",
}


@pytest.fixture(scope="module")
def tracked(root: Path) -> list[str]:
    if not (root / ".git").exists():
        pytest.skip("not a git checkout: what belongs in the wheel is not known")
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True, text=True)
    return [name for name in listing.stdout.split("\0") if name]


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The names in the wheel."""
    to = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", to, root], check=True, capture_output=True
    )
    [path] = to.glob("*.whl")
    return zipfile.ZipFile(path).namelist()


@pytest.mark.slow
def test_the_wheel_holds_what_is_in_git(tracked: list[str], wheel: list[str]) -> None:
    """Every file of src, templates, styles and data is in the wheel once, so is the lock, and no other file is."""
    expected = {
        place + name.removeprefix(folder)
        for folder, place in PLACES.items()
        for name in tracked
        if name.startswith(folder)
    }
    found = [name for name in wheel if ".dist-info/" not in name]
    assert ("missing", set(), "not in git", set()) == (
        "missing",
        expected - {*found},
        "not in git",
        {*found} - expected,
    )
    assert len(found) == len(set(found))


@pytest.mark.slow
def test_the_wheel_carries_its_licences(wheel: list[str]) -> None:
    """The project's own licence and that of the fonts travel with the wheel."""
    licences = {name.partition(".dist-info/licenses/")[2] for name in wheel}
    assert {"LICENSE", "styles/fonts/LICENSE.md"} <= licences
