"""The doctor looks at every part that packs need, and says what mends the one that is not well."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path
from types import SimpleNamespace

import pytest

from reportgen import doctor
from reportgen.doctor import Part, examine
from reportgen.resources import Resources, bundled

Usage = namedtuple("Usage", "total used free")


def unwell(resources: Resources, out: Path) -> list[tuple[str, str, str]]:
    """All parts that are not ok."""
    return [(part.state, part.what, part.fix) for part in examine(resources, out) if part.state != "ok"]


@pytest.fixture
def copy(tmp_path: Path) -> Resources:
    """Resources of one's own, to be damaged."""
    for name in ("templates", "styles", "data"):
        shutil.copytree(bundled().root / name, tmp_path / "ours" / name)
    return Resources((tmp_path / "ours",))


def test_a_machine_that_can_write_packs(tmp_path: Path) -> None:
    """Every part is named, well or not; a part that is well has nothing to mend."""
    parts = examine(bundled(), tmp_path)
    for name in ("Python 3.", "weasyprint ", "vl-convert-python ", "pango 1.", "harfbuzz-subset", "templates", "fonts"):
        assert [part for part in parts if part.what.startswith(name)], name
    assert all(bool(part.fix) == (part.state != "ok") for part in parts)
    assert "fails" not in {part.state for part in parts}


def test_no_engine_is_loaded_for_it() -> None:
    """An engine without its library speaks on stdout and dies: the doctor must say it first."""
    code = (
        "import sys, reportgen.doctor as d, reportgen.resources as r, pathlib; d.examine(r.bundled(), pathlib.Path());"
    )
    code += "sys.exit({'weasyprint', 'vl_convert', 'pandas'} & set(sys.modules) != set())"
    assert 0 == subprocess.run([sys.executable, "-c", code], check=False).returncode


@pytest.mark.parametrize(
    ("library", "state", "what"),
    [
        ("pango-1.0", "fails", "pango-1.0 is missing: no page can be laid out"),
        ("harfbuzz-subset", "warns", "harfbuzz-subset is missing: packs are written at half the speed"),
    ],
)
def test_a_library_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str, state: str, what: str
) -> None:
    """The line that installs it, on Debian and on a Mac."""
    load = doctor._load
    monkeypatch.setattr(doctor, "_load", lambda name, version: None if name == library else load(name, version))
    _, package = doctor.LIBRARIES[library]
    for platform, fix in (("linux", f"apt-get install {package}"), ("darwin", "brew install pango harfbuzz")):
        monkeypatch.setattr(sys, "platform", platform)
        assert (state, what, fix) in unwell(bundled(), tmp_path)


def test_a_pango_that_is_too_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is there, but lacks what the engine asks of it."""
    monkeypatch.setattr(doctor, "_load", lambda *_: SimpleNamespace(pango_version=lambda: 14218))
    assert ("fails", "pango 1.42.18 is older than 1.44.0") in [part[:2] for part in unwell(bundled(), tmp_path)]


def test_an_engine_that_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And how to install it."""
    monkeypatch.setattr(doctor, "ENGINES", ("no-such-engine",))
    [(state, what, fix)] = unwell(bundled(), tmp_path)
    assert ("fails", "no-such-engine is not installed") == (state, what)
    assert fix.endswith("-m pip install no-such-engine")


def test_resources_that_are_not_there(copy: Resources, tmp_path: Path) -> None:
    """A folder of ours that is gone, or empty."""
    shutil.rmtree(copy.root / "templates")
    shutil.rmtree(copy.releases)
    copy.releases.mkdir()
    assert [
        ("fails", "templates of reportgen is not there", "install reportgen again"),
        ("fails", "data/releases of reportgen is not there", "install reportgen again"),
    ] == unwell(copy, tmp_path)


def test_fonts_that_are_not_whole(copy: Resources, tmp_path: Path) -> None:
    """A weight that styles ask for is gone; a file is damaged."""
    (copy.fonts / "SourceSans3-Semibold.ttf").unlink()
    assert [("fails", "the fonts of reportgen lack weight 600")] == [part[:2] for part in unwell(copy, tmp_path)]
    (copy.fonts / "SourceSans3-Bold.ttf").write_bytes(b"no font")
    [(state, what, _)] = unwell(copy, tmp_path)
    assert ("fails", True) == (state, what.startswith("the font file SourceSans3-Bold.ttf cannot be read"))


@pytest.mark.parametrize(
    ("free", "state", "what"),
    [
        (50_000_000, "fails", "only 0.1 GB free for {out}"),
        (500_000_000, "warns", "only 0.5 GB free for {out}: too little for all packs of a release"),
    ],
)
def test_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, state: str, what: str) -> None:
    """For a folder that is not there yet it is the room where it would be."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, free))
    out = tmp_path / "not" / "yet"
    assert [(state, what.format(out=out), "make room, or choose another folder with --out")] == unwell(bundled(), out)


def test_a_folder_that_cannot_be_one(tmp_path: Path) -> None:
    """A file stands in its place."""
    (tmp_path / "out").write_text("a file")
    assert Part("fails", f"{tmp_path}/out cannot be written to", "choose another folder with --out") in examine(
        bundled(), tmp_path / "out"
    )
