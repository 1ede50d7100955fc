"""
Packages: what is installed, against the versions that reportgen was tested with. Imports none of them.
"""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from reportgen.doctor.part import AGAIN, Part

ENGINES = ("weasyprint", "vl-convert-python", "pikepdf", "pypdfium2", "page-validation", "pandas", "pyarrow", "jinja2")
# What computes beneath them, sets type, or writes bytes: with another version a pack may differ from one made before.
BENEATH = (
    *("numpy", "scipy", "markupsafe"),
    *("pydyf", "fonttools", "tinycss2", "tinyhtml5", "cssselect2", "pyphen", "pillow"),
)
DIFFERENCE = "packs may differ by bytes from those made with the locked versions"
_PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)


def installed(lock: Path) -> Iterator[Part]:
    """
    A line for each engine, and one for what is beneath them.
    Args:
        lock: requirements.lock, `name==version` at the beginning of a line; one name may stand there with several
            versions, for several versions of Python.
    """
    locked = _locked(lock)
    fix = f"{_pip()} install -r {shlex.quote(str(lock))}"
    for name in ENGINES:
        found = _version(name)
        if found is None:
            yield Part("fails", f"{name} is not installed", f"{_pip()} install {name}")
        elif locked and found not in locked.get(name, ()):
            tested = " or ".join(locked.get(name, ["none"]))
            yield Part("warns", f"{name} {found}, tested with {tested}: {DIFFERENCE}", fix)
        else:
            yield Part("ok", f"{name} {found}")
    yield _beneath(locked, fix)


def _beneath(locked: Mapping[str, list[str]], fix: str) -> Part:
    if not locked:
        return Part("warns", "the list of tested versions is not there: no version was compared", AGAIN)
    found = {name: _version(name) for name in BENEATH}
    others = [
        f"{name} {found[name] or 'is not installed'} (tested with {' or '.join(locked.get(name, ['none']))})"
        for name in BENEATH
        if found[name] not in locked.get(name, ())
    ]
    if others:
        return Part("warns", f"beneath them {', '.join(others)}: {DIFFERENCE}", fix)
    return Part("ok", f"beneath them {', '.join(f'{name} {found[name]}' for name in BENEATH)}; all as tested")


def _locked(lock: Path) -> dict[str, list[str]]:
    """Name → versions; nothing where the file is not there."""
    try:
        text = lock.read_text(encoding="utf-8")
    except OSError:
        return {}
    pins: dict[str, list[str]] = {}
    for name, pinned in _PIN.findall(text):
        pins.setdefault(name, []).append(pinned)
    return pins


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _pip() -> str:
    return f"{Path(sys.executable).name} -m pip"
