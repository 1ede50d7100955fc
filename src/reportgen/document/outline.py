"""
Outline: which sections a pack has, in which order. A new section is a word here and its two files.
"""

from __future__ import annotations

from collections.abc import Mapping

OUTLINE: Mapping[str, tuple[str, ...]] = {
    "national": ("cover", "headlines", "hotspots", "regions", "growth", "standing", "register", "methods"),
    "regional": ("cover", "headlines", "areas", "standing", "subsectors", "growth", "methods"),
    "local": ("cover", "headlines", "subsectors", "growth", "standing", "methods"),
}
WITHOUT_HEAD = frozenset({"cover"})  # pages without running head and foot
ANNEX = frozenset({"register", "methods"})  # set smaller
FLOWS = frozenset({("regional", "standing")})  # follows on the page of the section before it, where there is room
