"""What is installed, against what reportgen was tested with."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reportgen.doctor import packages
from reportgen.doctor.part import Part
from reportgen.resources import bundled

PIP = f"{Path(sys.executable).name} -m pip install"
INSTALLED = {"drawer": "2.0", "sums": "1.5"}
LOCK = """\
drawer==2.0 \\
    --hash=sha256:00
    # via reportgen
sums==1.4 ; python_full_version < '3.12' \\
    --hash=sha256:01
sums==1.5 ; python_full_version >= '3.12' \\
    --hash=sha256:02
"""


@pytest.fixture
def looked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Look at an engine called drawer and a package called sums, against the text of a lock."""
    monkeypatch.setattr(packages, "ENGINES", ("drawer",))
    monkeypatch.setattr(packages, "BENEATH", ("sums",))
    monkeypatch.setattr(packages, "_version", INSTALLED.get)

    def look(lock: str) -> list[Part]:
        (tmp_path / "lock").write_text(lock)
        return list(packages.installed(tmp_path / "lock"))

    return look


def test_versions_as_tested(looked) -> None:
    """A package may be locked twice, for several versions of Python."""
    assert [Part("ok", "drawer 2.0"), Part("ok", "beneath them sums 1.5; all as tested")] == looked(LOCK)


def test_versions_that_were_not_tested(looked, tmp_path: Path) -> None:
    """Packs come out, but whoever compares bytes with an earlier one has to know."""
    difference = "packs may differ by bytes from those made with the locked versions"
    fix = f"{PIP} -r {tmp_path}/lock"
    assert [
        Part("warns", f"drawer 2.0, tested with 1.9: {difference}", fix),
        Part("warns", f"beneath them sums 1.5 (tested with 1.4 or none): {difference}", fix),
    ] == looked("drawer==1.9 \\\nsums==1.4 ; python_full_version < '3.12' \\\nsums==none \\\n")


def test_an_engine_that_is_not_installed(looked, monkeypatch: pytest.MonkeyPatch) -> None:
    """And how to install it."""
    monkeypatch.setattr(packages, "ENGINES", ("no-such-engine",))
    assert Part("fails", "no-such-engine is not installed", f"{PIP} no-such-engine") == looked(LOCK)[0]


def test_a_lock_that_is_gone(looked) -> None:
    """Nothing is said to be as tested when nobody could look."""
    assert "the list of tested versions is not there: no version was compared" == looked("")[1].what


def test_the_packages_beneath_the_engines_are_locked() -> None:
    """Every name that the doctor compares stands in our own lock."""
    assert set() == {*packages.ENGINES, *packages.BENEATH} - set(packages._locked(bundled().lock))
