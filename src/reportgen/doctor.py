"""
Doctor: is everything on this machine that writing packs needs? Looks only; installs, writes and prints nothing.
Loads no engine: asks the system's libraries and the installed packages for their versions.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.metadata
import io
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from fontTools.ttLib import TTFont, TTLibError

from reportgen.resources import Resources

State = Literal["ok", "warns", "fails"]

OLDEST_PANGO = (1, 44, 0)  # WeasyPrint needs it
OLDEST_PYTHON = (3, 11)
ENGINES = ("weasyprint", "vl-convert-python", "pikepdf", "pypdfium2", "page-validation", "pandas", "pyarrow", "jinja2")
WEIGHTS = {300, 400, 600, 700}  # of the upright faces that styles and charts ask for
LIBRARIES = {  # name → its version in file names, the Debian package that brings it
    "gobject-2.0": (0, "libglib2.0-0"),
    "pango-1.0": (0, "libpango-1.0-0"),
    "pangoft2-1.0": (0, "libpangoft2-1.0-0"),
    "fontconfig": (1, "libfontconfig1"),
    "harfbuzz": (0, "libharfbuzz0b"),
    "harfbuzz-subset": (0, "libharfbuzz-subset0"),
}
ROOM_NEEDED = 200_000_000  # bytes: a few packs
ROOM_FOR_A_RELEASE = 1_000_000_000  # bytes: all packs of a release, old and new side by side


@dataclass(frozen=True)
class Part:
    """
    One part of the machine, looked at.
    Args:
        state: `ok`; `warns`: packs come out, but slower or not all of them; `fails`: none come out.
        what: what it is, with version or place.
        fix: what mends it; empty where nothing needs to be mended.
    """

    state: State
    what: str
    fix: str = ""


def examine(resources: Resources, out: Path) -> list[Part]:
    """Look at Python, the engines and the libraries they load, our own resources, fonts, and room in a folder."""
    return [_python(), *_engines(), *_libraries(), *_resources(resources), _fonts(resources), _room(out)]


def _python() -> Part:
    if sys.version_info < OLDEST_PYTHON:
        return Part("fails", f"Python {platform.python_version()}", "install Python 3.11 or newer")
    return Part("ok", f"Python {platform.python_version()} on {platform.system()} {platform.machine()}")


def _engines() -> Iterator[Part]:
    for name in ENGINES:
        try:
            yield Part("ok", f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            yield Part("fails", f"{name} is not installed", f"{Path(sys.executable).name} -m pip install {name}")


def _libraries() -> Iterator[Part]:
    for name, (version, package) in LIBRARIES.items():
        library = _load(name, version)
        fix = "brew install pango harfbuzz" if sys.platform == "darwin" else f"apt-get install {package}"
        if name == "pango-1.0" and library is not None:
            yield _pango(library, fix)
        elif library is not None:
            yield Part("ok", name)
        elif name == "harfbuzz-subset":  # then the engine cuts fonts in Python
            yield Part("warns", f"{name} is missing: packs are written at half the speed", fix)
        else:
            yield Part("fails", f"{name} is missing: no page can be laid out", fix)


def _load(name: str, version: int) -> ctypes.CDLL | None:
    """A system library by the names under which WeasyPrint looks for it."""
    names = (
        f"lib{name}.so.{version}",
        f"lib{name}.{version}.dylib",
        f"lib{name}.dylib",
        ctypes.util.find_library(name),
    )
    for candidate in filter(None, names):
        try:
            return ctypes.CDLL(candidate)
        except OSError:
            continue
    return None


def _pango(library: ctypes.CDLL, fix: str) -> Part:
    number = int(library.pango_version())
    version = (number // 10_000, number // 100 % 100, number % 100)
    shown = f"pango {'.'.join(map(str, version))}"
    if version < OLDEST_PANGO:
        return Part("fails", f"{shown} is older than {'.'.join(map(str, OLDEST_PANGO))}", fix)
    return Part("ok", shown)


def _resources(resources: Resources) -> Iterator[Part]:
    for name in ("templates", "styles", "data/classification", "data/releases"):
        folder = resources.root / name
        if folder.is_dir() and any(folder.iterdir()):
            yield Part("ok", f"{name} of reportgen")
        else:
            yield Part("fails", f"{name} of reportgen is not there", "install reportgen again")


def _fonts(resources: Resources) -> Part:
    """Both engines load the same files and no font of the system, so what they know is what stands there."""
    faces = set()
    for path in sorted(resources.fonts.glob("*.ttf")):
        try:
            with TTFont(io.BytesIO(path.read_bytes())) as font:
                faces.add((font["name"].getBestFamilyName(), font["OS/2"].usWeightClass, path.stem.endswith("It")))
        except (TTLibError, OSError) as error:
            return Part("fails", f"the font file {path.name} cannot be read: {error}", "install reportgen again")
    families = " and ".join(sorted({family for family, _, _ in faces}))
    absent = WEIGHTS - {weight for _, weight, italic in faces if not italic}
    if absent:
        what = f"the fonts of reportgen lack weight {', '.join(map(str, sorted(absent)))}"
        return Part("fails", what, "install reportgen again")
    return Part("ok", f"fonts of reportgen: {families}, {len(faces)} faces")


def _room(out: Path) -> Part:
    place = next(folder for folder in (out.absolute(), *out.absolute().parents) if folder.exists())
    fix = "choose another folder with --out"
    if not (place.is_dir() and os.access(place, os.W_OK | os.X_OK)):
        return Part("fails", f"{out} cannot be written to", fix)
    free = shutil.disk_usage(place).free
    shown = f"{free / 1e9:.1f} GB free for {out}"
    if free < ROOM_NEEDED:
        return Part("fails", f"only {shown}", f"make room, or {fix}")
    if free < ROOM_FOR_A_RELEASE:
        return Part("warns", f"only {shown}: too little for all packs of a release", f"make room, or {fix}")
    return Part("ok", shown)
