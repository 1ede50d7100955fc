"""
Resources: where the templates, styles and data that come with reportgen lie.
Alone knows the two layouts: a checkout, and an installed wheel. Everybody else asks here.
"""

from __future__ import annotations

import importlib.resources
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Resources:
    """One root with the folders `templates`, `styles` and `data` in it."""

    root: Path

    @property
    def templates(self) -> Path:
        return self.root / "templates"

    @property
    def styles(self) -> Path:
        return self.root / "styles"

    @property
    def fonts(self) -> Path:
        return self.styles / "fonts"

    @property
    def classification(self) -> Path:
        return self.root / "data" / "classification"

    @property
    def names(self) -> Path:
        return self.root / "data" / "names.toml"

    @property
    def releases(self) -> Path:
        return self.root / "data" / "releases"

    def find(self, path: Path | str) -> Path | None:
        """
        A file by its path below the root, such as `templates/sections/ours.html`; None where there is none.
        A path from the root of the machine stands for itself.
        """
        found = self.root / path
        return found if found.is_file() else None


def bundled() -> Resources:
    """The resources that came with this installation: inside the package in a wheel, else the checkout's root."""
    package = Path(str(importlib.resources.files("reportgen")))
    inside = package / "_resources"
    return Resources(inside if inside.is_dir() else package.parents[1])
