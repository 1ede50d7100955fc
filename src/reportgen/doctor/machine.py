"""
Machine: Python, its encodings, and the libraries of the system that the page engine loads. Loads those, no engine.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import locale
import platform
import sys
from collections.abc import Iterator

from reportgen.doctor.part import Part

OLDEST_PANGO = (1, 44, 0)  # WeasyPrint needs it
OLDEST_PYTHON = (3, 11)
LIBRARIES = {  # name → its version in file names, the Debian package that brings it
    "gobject-2.0": (0, "libglib2.0-0"),
    "pango-1.0": (0, "libpango-1.0-0"),
    "pangoft2-1.0": (0, "libpangoft2-1.0-0"),
    "fontconfig": (1, "libfontconfig1"),
    "harfbuzz": (0, "libharfbuzz0b"),
    "harfbuzz-subset": (0, "libharfbuzz-subset0"),
}


def python() -> Part:
    """The interpreter and where it runs."""
    if sys.version_info < OLDEST_PYTHON:
        return Part("fails", f"Python {platform.python_version()}", "install Python 3.11 or newer")
    return Part("ok", f"Python {platform.python_version()} on {platform.system()} {platform.machine()}")


def encodings() -> Part:
    """
    How letters become bytes in names of files and on the terminal; what stands in files is UTF-8 always. In a C locale
    Python takes UTF-8 by itself; in one of an older encoding, or where it is told not to, letters cannot be said.
    """
    names, talk = sys.getfilesystemencoding(), locale.getpreferredencoding(False)
    of_the_locale = locale.setlocale(locale.LC_CTYPE)
    shown = f"locale {of_the_locale}: {names} for names of files, {talk} for what is said"
    if {names.lower(), talk.lower()} <= {"utf-8", "utf8"}:
        return Part("ok", shown)
    return Part("warns", f"{shown}; letters such as ŵ come out as signs", "export LC_ALL=C.UTF-8 PYTHONUTF8=1")


def libraries() -> Iterator[Part]:
    """What WeasyPrint loads from the system, by the names under which it looks for it."""
    for name, (version, package) in LIBRARIES.items():
        library = _load(name, version)
        fix = "brew install pango harfbuzz" if sys.platform == "darwin" else f"apt-get install {package}"
        if name == "pango-1.0" and library is not None:
            yield _pango(library, fix)
        elif library is not None:
            yield Part("ok", name)
        elif name == "harfbuzz-subset":  # then the engine cuts fonts in Python
            yield Part("warns", f"{name} is missing: packs take longer, and differ by bytes from others", fix)
        else:
            yield Part("fails", f"{name} is missing: no page can be laid out", fix)


def _load(name: str, version: int) -> ctypes.CDLL | None:
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
