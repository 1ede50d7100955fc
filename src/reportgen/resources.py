"""
Resources: where templates, styles and data lie: those of a team's own in the working folder, and those that come with
reportgen. File by file, the first place that has one counts.
Alone knows the two layouts: a checkout, and an installed wheel. Everybody else asks here. Writes nothing.
"""

from __future__ import annotations

import hashlib
import importlib.resources
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.errors import ConfigurationError, Problem
from reportgen.nearest import did_you_mean

OWN = ("templates/**/*.html", "styles/**/*", "data/*.toml", "data/classification/*")  # what a team may bring
DATA = ("data/claims.toml", "data/groups.toml", "data/names.toml", "data/recommendations.toml")
NO_MATERIAL = (".DS_Store", "Thumbs.db")  # left by file managers


@dataclass(frozen=True)
class OwnFile:
    """A file of the team's own: its path below the working folder, and the SHA-256 of what is in it."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Resources:
    """
    Roots with folders `templates`, `styles` and `data`, the one that came with reportgen last.
    Args:
        own: the files below the other roots, so that resources are equal only where what they give is equal.
    """

    roots: tuple[Path, ...]
    own: tuple[OwnFile, ...] = ()

    @property
    def root(self) -> Path:
        """What came with reportgen."""
        return self.roots[-1]

    def find(self, name: str) -> Path | None:
        """
        The file of this name, `data/names.toml`, in the first root that has it; None where there is none. Nothing
        outside the roots is found, be it by `..` or by a link.
        """
        for root in self.roots:
            path = root / name
            if path.is_file() and path.resolve().is_relative_to(root.resolve()):
                return path
        return None

    def folder(self, name: str) -> Folder:
        return Folder(self, name)

    @property
    def templates(self) -> Folder:
        return self.folder("templates")

    @property
    def styles(self) -> Folder:
        return self.folder("styles")

    @property
    def classification(self) -> Folder:
        return self.folder("data/classification")

    @property
    def fonts(self) -> Path:
        """The fonts that pictures are measured and drawn with; pages find theirs among the styles."""
        return self.root / "styles" / "fonts"

    @property
    def releases(self) -> Path:
        """The data releases that came with reportgen."""
        return self.root / "data" / "releases"

    @property
    def lock(self) -> Path:
        """The versions of all packages that reportgen was tested with."""
        return self.root / "requirements.lock"

    @property
    def example(self) -> Path:
        """The files of the folder that `reportgen new` lays down."""
        return self.root / "data" / "example"


@dataclass(frozen=True)
class Folder:
    """One folder of all roots, read as one."""

    resources: Resources
    name: str

    @property
    def paths(self) -> list[Path]:
        """The folders of this name, that of the first root first; those that are not there left out."""
        return [path for root in self.resources.roots if (path := root / self.name).is_dir()]

    def find(self, name: str) -> Path | None:
        """The file of this name below the folder; never one outside of it."""
        path = self.resources.find(f"{self.name}/{name}")
        inside = path is not None and any(path.resolve().is_relative_to(each.resolve()) for each in self.paths)
        return path if inside else None

    def files(self, pattern: str) -> dict[str, Path]:
        """All files that match a pattern, each name once, sorted: name below the folder → where the file lies."""
        names = {path.relative_to(each).as_posix() for each in self.paths for path in each.glob(pattern)}
        return {name: path for name in sorted(names) if (path := self.find(name)) is not None}

    @property
    def bundled(self) -> Folder:
        """The same folder as it came with reportgen."""
        return Folder(Resources((self.resources.root,)), self.name)

    def is_own(self, path: Path) -> bool:
        """Whether a file is of the team's own and did not come with reportgen."""
        return not path.is_relative_to(self.resources.root)


def bundled() -> Resources:
    """The resources that came with this installation: inside the package in a wheel, else the checkout's root."""
    package = Path(str(importlib.resources.files("reportgen")))
    inside = package / "_resources"
    return Resources((inside if inside.is_dir() else package.parents[1],))


def with_own(folder: Path, resources: Resources, further: Sequence[Path] = ()) -> Resources:
    """
    Resources with those of a working folder before them; in the checkout itself there is nothing to add.
    Args:
        further: other files of the folder that are material, such as a logo; those that are not there are left out.
    Raises: ConfigurationError: something in the folder is a link to elsewhere, or is data that nothing reads.
    """
    if folder.resolve() in [root.resolve() for root in resources.roots]:
        return resources
    inside = [folder / name for name in further if (folder / name).resolve().is_relative_to(folder.resolve())]
    named = [path for path in inside if path.is_file()]
    found = {path.relative_to(folder).as_posix(): path for path in (*_own_files(folder), *named)}
    _refuse(found, folder)
    own = tuple(OwnFile(name, hashlib.sha256(found[name].read_bytes()).hexdigest()) for name in sorted(found))
    return Resources((folder, *resources.roots), own) if own else resources


def _own_files(folder: Path) -> Iterator[Path]:
    for pattern in OWN:
        yield from (path for path in folder.glob(pattern) if path.is_file() and path.name not in NO_MATERIAL)


def _refuse(found: Mapping[str, Path], folder: Path) -> None:
    """Files and folders that are links, which would be passed over or lead elsewhere, and data that nothing reads."""
    root, problems = folder.resolve(), []
    folders = [path for name in ("templates", "styles") for path in (folder / name, *(folder / name).rglob("*"))]
    links = {path.relative_to(folder).as_posix() for path in folders if path.is_symlink() and path.is_dir()}
    links |= {name for name, path in found.items() if not path.resolve().is_relative_to(root)}
    for name in sorted(links):
        what, why = "it is a link to somewhere else", "packs show nothing from elsewhere, so it would be passed over"
        fix = "put the file or folder itself into the working folder"
        problems.append(Problem("outside-link", what, why, fix, file=name))
    for name in sorted(found):
        if name.startswith("data/") and name.count("/") == 1 and name not in DATA:
            what, why = "no data of this name are read", "the file would change nothing, and nobody would notice"
            fix = f"correct its name{did_you_mean(name, DATA)}, or move it elsewhere"
            problems.append(Problem("unknown-own-file", what, why, fix, file=name))
    if problems:
        raise ConfigurationError(problems)
