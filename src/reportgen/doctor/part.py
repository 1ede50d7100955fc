"""
Part: one part of the machine, looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warns", "fails"]

AGAIN = "install reportgen again"


@dataclass(frozen=True)
class Part:
    """
    One part of the machine, looked at.
    Args:
        state: `ok`; `warns`: packs come out, but slower, not all of them, or not the same everywhere; `fails`: none
            come out.
        what: what it is, with version or place.
        fix: what mends it; empty where nothing needs to be mended.
    """

    state: State
    what: str
    fix: str = ""
