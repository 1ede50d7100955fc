"""
Speed: functions of the page engine that are done faster for documents like ours. What is laid out is the same; what is
written says the same, packed a little looser and without moves by nought (`glyphs`, `streams`).
Only in the versions that they were written for; with any other the engine does everything itself.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any, NamedTuple

from reportgen.pack.engine import boxes, glyphs, lines, reading, selectors, streams, styles

VERSIONS = {"weasyprint": "70.0", "pydyf": "0.13.0", "tinyhtml5": "2.1.0", "cssselect2": "0.10.1"}


class _Swap(NamedTuple):
    """Something of the engine, and ours in its place."""

    owner: Any
    name: str
    engines: Any
    ours: Any


def swaps() -> list[_Swap]:
    """What is exchanged, wherever it was imported to."""
    if any(version(package) != known for package, known in VERSIONS.items()):
        return []
    found = []
    for owner, name, ours in (
        *reading.OURS,
        *selectors.OURS,
        *styles.OURS,
        *boxes.OURS,
        *lines.OURS,
        *glyphs.OURS,
        *streams.OURS,
    ):
        engines = vars(owner)[name]
        found += [_Swap(place, name, engines, ours) for place in _places(owner, name, engines)]
    return found


def _places(owner: Any, name: str, engines: Any) -> list[Any]:
    if isinstance(owner, type):
        return [owner]
    modules = [module for key, module in sorted(sys.modules.items()) if key.partition(".")[0] in VERSIONS]
    return [module for module in modules if vars(module).get(name) is engines]


_SWAPS = swaps()


def start() -> None:
    """From now on, in this process."""
    for swap in _SWAPS:
        setattr(swap.owner, swap.name, swap.ours)


@contextmanager
def without() -> Iterator[None]:
    """The engine as it is, for a while: what is made so is compared with what is made fast."""
    for swap in _SWAPS:
        setattr(swap.owner, swap.name, swap.engines)
    try:
        yield
    finally:
        start()
