"""
Settings: what a team may choose, with our defaults. Plain values, checked one by one; reads no file and no environment
(`layers` does). An example stands beside each value that has no default to show.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

MOST = 1_000_000  # of a threshold
LONGEST = 80  # letters of a name that stands on the cover and in the running head
ACCENT = "#F46A25"  # the house's own

RuleName = Literal["reportgen", "nesta2015", "creative-nation2018", "observatory"]  # when a place is a hotspot
PdfVariant = Literal["pdf/ua-1", "pdf/a-3a"]  # accessible, or accessible and archival
RuleMeasure = Literal["both", "jobs", "units"]  # what the rule looks at


class _Plain(BaseModel):
    """Values that never change once made, and no keys but those declared."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False)


class HotspotRule(_Plain):
    """When a local area counts as a creative hotspot. The thresholds are those of the rule `reportgen`: all hold."""

    rule: RuleName = Field(
        default="reportgen", description="The rule that decides; the others are shown beside it in the national report"
    )
    measure: RuleMeasure = Field(
        default="both", description="Whether jobs, local units, or both have to say that a place is concentrated"
    )
    location_quotient: float = Field(
        default=1.0,
        gt=0,
        description="The creative location quotient must surely be greater than this: jobs with the whole of their "
        "interval, local units with a probability of 97.5 %",
    )
    creative_units: int = Field(default=50, ge=0, le=MOST, description="Least creative local units in the area")
    sub_sectors: int = Field(
        default=2, ge=0, le=MOST, description="Least number of sub-sectors that are concentrated themselves"
    )
    sub_sector_units: int = Field(default=10, ge=0, le=MOST, description="Least local units for a sub-sector to count")


class OwnSection(_Plain):
    """A section of the team's own: a template alone, `templates/sections/<name>.html`."""

    name: str = Field(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        examples=["our-programme"],
        description="Name of the template, without .html",
    )
    after: str = Field(default="headlines", description="The section that it comes after")
    packs: tuple[Literal["national", "regional", "local"], ...] = Field(
        default=("national", "regional", "local"), description="The kinds of pack that have it"
    )


class Settings(_Plain):
    """Everything that changes what a pack says or how it looks without changing its data, and where things lie."""

    series: str = Field(
        default="Creative clusters", min_length=1, max_length=LONGEST, description="Name of the series, on every page"
    )
    publisher: str = Field(
        default="reportgen contributors", min_length=1, max_length=LONGEST, description="Who publishes the packs"
    )
    contact: str = Field(
        default="the team that sent you this pack",
        min_length=1,
        description="Whom readers write to: a name, an address",
    )
    feedback: str = Field(default="", description="Where readers send what should be better; empty: to the contact")
    licence: str = Field(default="", description="Under which licence the pack itself may be reused; empty: not said")
    disclaimer: str = Field(default="", description="Whole sentences that the methods page prints; empty: none")
    watermark: str = Field(
        default="", max_length=20, description="A word across every page, such as DRAFT; empty: none"
    )
    logo: Path | None = Field(
        default=None, examples=["logo.svg"], description="Picture for the cover, SVG or PNG, in the working folder"
    )
    accent: str = Field(
        default=ACCENT,
        pattern="^#[0-9A-Fa-f]{6}$",
        examples=["#1D70B8"],
        description="Colour of what a page is about, as #RRGGBB; contrast is checked",
    )
    peers: Literal["auto"] | Annotated[tuple[str, ...], Field(min_length=1)] = Field(
        default="auto",
        description='Areas that a local pack compares its own with: codes, or "auto": those of its region',
    )
    it: bool = Field(
        default=True, description="Whether IT, software and computer services count among creative industries"
    )
    hotspot: HotspotRule = Field(default_factory=HotspotRule, description="When an area counts as a hotspot")
    sections: tuple[OwnSection, ...] = Field(default=(), description="Sections of the team's own")
    releases: Path = Field(default=Path("data/releases"), description="Folder of the team's own data releases")
    out: str = Field(
        default="out",
        min_length=1,
        description="Folder that packs are written below, or a URL such as s3://bucket/packs",
    )
    pdf_variant: PdfVariant = Field(
        default="pdf/ua-1",
        description="What the PDF is fit for: pdf/ua-1, accessible; or pdf/a-3a, accessible and for archives, with "
        "facts.csv and data.csv attached",
    )
    contents_from: int = Field(
        default=13, ge=2, description="Packs of so many pages, cover included, evidence notes not, get a contents page"
    )

    @property
    def own_publisher(self) -> str:
        """The publisher if the team has named one; empty while it is ours, which is nobody's to print on a cover."""
        return "" if self.publisher == type(self).model_fields["publisher"].default else self.publisher
