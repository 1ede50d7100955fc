"""
Task: what a worker is told and what it answers. Small: where things lie travels, never the things. Loads no tables.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportgen.batch.inputs import Inputs
from reportgen.batch.ledger import Entry, Place
from reportgen.batch.store import Store
from reportgen.errors import Problem
from reportgen.resources import Resources
from reportgen.settings import Settings

ALL_FAILED = 6


@dataclass(frozen=True)
class Source:
    """
    Where all lies that any pack of a release is made from and goes to.
    Args:
        folder: of the release; root: `out/<release>`.
        inputs: id of the inputs, so that nothing loaded from elsewhere or earlier is taken for them; press, analysed:
            as they have them.
        origin: of the packs made from it, as `ledger.Entry` has it.
        build: makes one pack; None: `pack.build.build`. Tests hand in others.
        cache: folder of what was worked out before; None: nothing is kept.
        many: so many packs are made that all findings are worked out at once, and kept.
    """

    folder: Path
    resources: Resources
    settings: Settings
    root: Store
    inputs: str
    press: str
    analysed: str
    origin: str = ""
    build: Callable[..., Any] | None = None
    cache: Path | None = None
    many: bool = False

    @classmethod
    def of(
        cls, folder: Path, resources: Resources, settings: Settings, root: Store, inputs: Inputs, **more: Any
    ) -> Source:
        """Where all lies, with what a worker needs of its inputs, which are too many to travel with each task."""
        return cls(folder, resources, settings, root, inputs.id, inputs.press, inputs.analysed, **more)


@dataclass(frozen=True)
class Task:
    """
    An area whose pack may have to be made.
    Args:
        digest: of the document that the finished pack was made from; empty: make it, whatever it says.
        reason: why; with a digest only if its document is another one now.
    """

    place: Place
    digest: str = ""
    reason: str = ""

    def __str__(self) -> str:
        return self.place.name


@dataclass(frozen=True)
class Done:
    """
    What became of an area.
    Args:
        entry: its finished pack, if it was made.
        same: what stands there already is the pack.
        reason: why it was made, or would be.
        cached: how much was taken from the cache for it, and how much was not there.
        problems, trace: why it could not be made; exit_code: what the run ends with if none can, and all for this.
    """

    place: Place
    entry: Entry | None = None
    same: bool = False
    reason: str = ""
    seconds: float = 0.0
    cached: tuple[int, int] = (0, 0)
    problems: tuple[Problem, ...] = ()
    trace: str = ""
    exit_code: int = ALL_FAILED
