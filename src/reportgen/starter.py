"""
Starter: the first files of a folder of one's own, an example that builds at once. Gives bytes, writes nothing.
"""

from __future__ import annotations

from pathlib import Path

from reportgen.errors import UsageError
from reportgen.release.files import occupied
from reportgen.resources import Resources
from reportgen.settings.example import SCHEMA, example
from reportgen.settings.layers import FILE
from reportgen.settings.schema import schema_text


def files(resources: Resources) -> dict[str, bytes]:
    """Name below the folder → bytes: those that lie in `data/example`, and the settings with what editors ask for."""
    there = {path.relative_to(resources.example).as_posix(): path for path in resources.example.rglob("*")}
    found = {name: path.read_bytes() for name, path in sorted(there.items()) if path.is_file()}
    return {**found, FILE: example().encode(), SCHEMA: schema_text().encode()}


def refuse(folder: Path) -> None:
    """
    See that a folder may be filled.
    Raises: UsageError: it is there already and holds something, or is no folder.
    """
    there = occupied(folder, "an example must not replace files of yours", "name another, or remove this one first")
    if there is not None:
        raise UsageError(there)
