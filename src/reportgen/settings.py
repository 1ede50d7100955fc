"""
Settings: what a team may choose, with our defaults. Plain values; reads no file and no environment itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class HotspotRule:
    """
    When a local area counts as a creative hotspot; all conditions must hold.
    Args:
        location_quotient: the creative location quotient (jobs, against Great Britain) must be greater than this.
        creative_units: least creative local units in the area.
        sub_sectors: least number of sub-sectors that are concentrated themselves.
        sub_sector_units: least local units for a sub-sector to count.
    """

    location_quotient: float = 1.0
    creative_units: int = 50
    sub_sectors: int = 2
    sub_sector_units: int = 10


@dataclass(frozen=True)
class Settings:
    """Everything that changes what a pack says without changing its data."""

    series: str = "Creative clusters"
    publisher: str = "reportgen contributors"
    contact: str = "the team that sent you this pack"
    hotspot: HotspotRule = field(default_factory=HotspotRule)
    contents_from: int = 13  # packs with at least so many pages, cover included, get a contents page
