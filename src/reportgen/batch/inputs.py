"""
Inputs: hashes of all that the packs of a release are made from, part by part, so that a run knows what has changed
since a pack was made. Reads bytes and versions; loads no engine and no library of tables.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import platform
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Any, Literal

import reportgen
from reportgen.resources import Resources
from reportgen.settings import Settings

Part = Literal["engine", "code", "settings", "style", "template", "definition", "data"]
PARTS: tuple[Part, ...] = ("engine", "code", "settings", "style", "template", "definition", "data")
PRESSED: tuple[Part, ...] = ("engine", "code", "settings", "style")  # what turns a document into files
BEHIND = ("batch", "cli", "doctor", "preview", "starter")  # rooms that no pack is made in
ENGINES = (
    *("cssselect2", "fonttools", "jinja2", "lxml", "markupsafe", "numpy", "page-validation", "pandas", "pikepdf"),
    *("pillow", "pyarrow", "pydyf", "pypdfium2", "pyphen", "scipy", "shapely", "tinycss2", "tinyhtml5"),
    *("vl-convert-python", "weasyprint"),
)
# Of the system: name → how its files are called, and the function that says its version.
LIBRARIES = {
    "pango": (("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"), "pango_version_string"),
    "harfbuzz": (("libharfbuzz.so.0", "libharfbuzz.dylib", "libharfbuzz-0.dll"), "hb_version_string"),
    "harfbuzz-subset": (
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.dylib", "libharfbuzz-subset-0.dll"),
        "hb_version_string",
    ),
}
MISSING = "missing"
HANDED_IN = "build"  # among the code: the builder that a test hands in


@dataclass(frozen=True)
class Inputs:
    """
    Args:
        parts: part → name of what belongs to it → its hash or version, sorted. Settings stand there as their JSON.
    """

    parts: Mapping[Part, Mapping[str, str]]

    @cached_property
    def hashes(self) -> dict[Part, str]:
        """Part → one hash of all that belongs to it."""
        return {part: _of(self.parts[part]) for part in PARTS}

    @cached_property
    def id(self) -> str:
        """One hash of everything: equal where nothing at all has changed."""
        return _of(self.hashes)

    @cached_property
    def press(self) -> str:
        """
        One hash of what turns a document into files. What makes the document itself (data, templates, definitions) is
        not in it: the document shows whether that changed anything.
        """
        return _of({part: self.hashes[part] for part in PRESSED})

    @property
    def analysed(self) -> str:
        """One hash of what findings come from."""
        return _of({part: self.hashes[part] for part in PARTS if part not in ("style", "template")})

    def changed(self, earlier: Inputs, part: Part) -> list[str]:
        """What is new, gone or different in one part, by name, sorted."""
        now, before = self.parts[part], earlier.parts.get(part, {})
        return sorted(name for name in now.keys() | before.keys() if now.get(name) != before.get(name))

    def built_by(self, build: Callable[..., Any] | None) -> Inputs:
        """These inputs, with a builder that is handed in in the place of ours; None: ours."""
        if build is None:
            return self
        return Inputs({**self.parts, "code": {**self.parts["code"], HANDED_IN: build.__name__}})

    def as_json(self) -> dict[str, dict[str, str]]:
        return {part: dict(self.parts[part]) for part in PARTS}

    @classmethod
    def from_json(cls, found: Mapping[str, Mapping[str, str]]) -> Inputs:
        return cls({part: dict(found.get(part, {})) for part in PARTS})


def key_of(digest: str, press: str) -> str:
    """The key of a pack by the digest of its document and what makes it a file: equal keys, equal bytes."""
    return _of([digest, press])


def gather(folder: Path, resources: Resources, settings: Settings) -> Inputs:
    """
    Hash all inputs of the packs of a release.
    Args: folder: of the release; every file in it counts.
    """
    chosen = settings.model_dump(mode="json", exclude={"releases", "out"})
    own = {one.name: one.sha256 for one in resources.own if not one.name.startswith(("templates/", "styles/", "data/"))}
    return Inputs(
        {
            "engine": dict(sorted(_engines())),
            "code": _code(),
            "settings": {**{name: json.dumps(value, sort_keys=True) for name, value in chosen.items()}, **own},
            "style": _folder(resources, "styles", "**/*"),
            "template": _folder(resources, "templates", "**/*"),
            "definition": _folder(resources, "data", "*.toml") | _folder(resources, "data/classification", "*"),
            "data": _hashes(folder, lambda path: True),
        }
    )


def _code() -> dict[str, str]:
    """Our own modules up to the one seam; what stands behind it makes no pack."""
    package = Path(reportgen.__file__).parent
    return _hashes(
        package, lambda path: path.suffix == ".py" and path.relative_to(package).parts[0].split(".")[0] not in BEHIND
    )


def _folder(resources: Resources, name: str, pattern: str) -> dict[str, str]:
    found = resources.folder(name).files(pattern)
    return {f"{name}/{one}": hash_of(path) for one, path in found.items() if path.is_file()}


def _hashes(folder: Path, counts: Callable[[Path], bool]) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): hash_of(path) for path in paths if counts(path)}


def hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _engines() -> Iterator[tuple[str, str]]:
    yield "python", platform.python_version()
    yield "machine", f"{platform.system()} {platform.machine()}"
    for name in ENGINES:
        try:
            yield name, metadata.version(name)
        except metadata.PackageNotFoundError:
            yield name, MISSING
    for name, (files, function) in LIBRARIES.items():
        yield name, _version(files, function)


def _version(files: tuple[str, ...], function: str) -> str:
    """What a library of the system says of itself; asked without the engine that uses it."""
    for file in files:
        try:
            ask = getattr(ctypes.CDLL(file), function)
        except (OSError, AttributeError):
            continue
        ask.restype = ctypes.c_char_p
        return bytes(ask()).decode()
    return MISSING


def _of(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
