"""Python, its encodings, and the libraries that the page engine loads."""

from __future__ import annotations

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from reportgen.doctor import machine
from reportgen.doctor.part import Part


@pytest.mark.parametrize(
    ("library", "state", "what"),
    [
        ("pango-1.0", "fails", "pango-1.0 is missing: no page can be laid out"),
        (
            "harfbuzz-subset",
            "warns",
            "harfbuzz-subset is missing: packs take longer, and differ by bytes from others",
        ),
    ],
)
def test_a_library_that_is_not_there(monkeypatch: pytest.MonkeyPatch, library: str, state: str, what: str) -> None:
    """The line that installs it, on Debian and on a Mac."""
    load = machine._load
    monkeypatch.setattr(machine, "_load", lambda name, version: None if name == library else load(name, version))
    _, package = machine.LIBRARIES[library]
    for platform, fix in (("linux", f"apt-get install {package}"), ("darwin", "brew install pango harfbuzz")):
        monkeypatch.setattr(sys, "platform", platform)
        assert [(state, what, fix)] == [
            (part.state, part.what, part.fix) for part in machine.libraries() if part.state != "ok"
        ]


def test_a_pango_that_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is there, but lacks what the engine asks of it."""
    monkeypatch.setattr(machine, "_load", lambda *_: SimpleNamespace(pango_version=lambda: 14218))
    assert ["pango 1.42.18 is older than 1.44.0"] == [part.what for part in machine.libraries() if part.state != "ok"]


def encodings(**environment: str) -> Part:
    """What the doctor says of the encodings of a Python with these variables."""
    code = "from reportgen.doctor.machine import encodings; part = encodings();"
    code += "print(ascii((part.state, part.what, part.fix)))"
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "PYTHON"))}
    said = subprocess.run([sys.executable, "-c", code], env=kept | environment, capture_output=True, check=True)
    return Part(*eval(said.stdout))


def test_a_c_locale_is_taken_as_utf_8_by_python() -> None:
    assert Part("ok", "locale C: utf-8 for names of files, utf-8 for what is said") == encodings(LC_ALL="C")


def test_an_encoding_without_welsh_letters() -> None:
    """A C locale that Python is told to take at its word."""
    part = encodings(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert "warns" == part.state
    assert part.what.startswith("locale C: ascii for names of files")
    assert part.what.endswith("letters such as ŵ come out as signs")
    assert "export LC_ALL=C.UTF-8 PYTHONUTF8=1" == part.fix
