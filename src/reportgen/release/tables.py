"""
Tables: the one declaration of every table of a data release.
The reader, the pandera check, the published contract and the generator of the illustrative release are derived from
it. Declares only: reads no file and checks nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SIZE_BANDS = ("0-4", "5-9", "10-19", "20-49", "50-99", "100-249", "250-499", "500-999", "1000+")
ALL = "all"  # the total row of a table: over all industries, or over all size bands
COUNTED = ("employment", "businesses")  # tables whose values are counts of areas, which can be added up

SUB_SECTORS = {
    "advertising-and-marketing": "Advertising and marketing",
    "architecture": "Architecture",
    "crafts": "Crafts",
    "design-and-designer-fashion": "Design and designer fashion",
    "film-tv-video-radio-and-photography": "Film, TV, video, radio and photography",
    "it-software-and-computer-services": "IT, software and computer services",
    "publishing": "Publishing",
    "museums-galleries-and-libraries": "Museums, galleries and libraries",
    "music-performing-and-visual-arts": "Music, performing and visual arts",
}


class Status(StrEnum):
    """What stands behind a cell. An empty field in a table means `ok`."""

    OK = "ok"
    LOW_RELIABILITY = "low-reliability"
    SUPPRESSED = "suppressed"
    MISSING = "missing"
    NOT_APPLICABLE = "not-applicable"

    @property
    def has_value(self) -> bool:
        return self in (Status.OK, Status.LOW_RELIABILITY)


# From harmless to worst: where numbers are put together, the worst part decides.
STATES = (Status.OK, Status.LOW_RELIABILITY, Status.NOT_APPLICABLE, Status.MISSING, Status.SUPPRESSED)


class Kind(StrEnum):
    """How a column is read: which strings are allowed in it and what they become."""

    TEXT = "text"  # any text, trimmed of nothing
    AREA = "area"  # the code of an area of this release
    SIC = "sic"  # SIC 2007, 2 to 5 digits as a string, or `all`
    YEAR = "year"  # four digits
    COUNT = "count"  # a whole number, 0 or more
    NUMBER = "number"  # a finite number
    SHARE = "share"  # 0 to 1
    STATUS = "status"  # one of Status, empty = ok
    CHOICE = "choice"  # one of a closed list


@dataclass(frozen=True)
class Column:
    """
    One column of a table.
    Args:
        choices: the closed list of a CHOICE column.
        blank: an empty field is allowed (for a value: only where the row's status says why).
        unit: unit of measure of a value, for the published contract.
        minimum, maximum: bounds of a NUMBER, both included.
    """

    name: str
    kind: Kind
    description: str
    choices: tuple[str, ...] = ()
    blank: bool = False
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True)
class Table:
    """
    One table: its columns in file order, its key, and the column that the status speaks about.
    Args:
        zeros: whether every value of a whole table may be 0; elsewhere that is a trace of blanks filled with 0.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    value: str = ""
    required: bool = False
    zeros: bool = False

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def has_status(self) -> bool:
        return any(column.kind is Kind.STATUS for column in self.columns)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


_YEAR = Column("year", Kind.YEAR, "Calendar year the value refers to")
_AREA = Column("area", Kind.AREA, "Code of the area")
_SIC = Column(
    "sic", Kind.SIC, "Industry, SIC 2007 code of 2 to 5 digits; `all` is the area's total over all industries"
)
_STATUS = Column(
    "status",
    Kind.STATUS,
    "Empty = ok; low-reliability (value given); suppressed, missing or not-applicable (value empty)",
    choices=tuple(status.value for status in Status),
    blank=True,
)

TABLES = (
    Table(
        "areas",
        "Every area of the release: countries, regions, local areas",
        (
            Column("code", Kind.TEXT, "Official code of the area"),
            Column("name", Kind.TEXT, "Official name"),
            Column("level", Kind.TEXT, "Level, one of those that release.toml declares"),
            Column("parent", Kind.AREA, "An area above; empty for the national area alone", blank=True),
            Column(
                "latitude",
                Kind.NUMBER,
                "Representative point, degrees north, WGS 84",
                blank=True,
                unit="degree",
                minimum=-90,
                maximum=90,
            ),
            Column(
                "longitude",
                Kind.NUMBER,
                "Representative point, degrees east, WGS 84",
                blank=True,
                unit="degree",
                minimum=-180,
                maximum=180,
            ),
        ),
        key=("code",),
        required=True,
    ),
    Table(
        "employment",
        "Jobs at the workplace, by area and industry",
        (_YEAR, _AREA, _SIC, Column("jobs", Kind.COUNT, "Jobs", blank=True, unit="jobs"), _STATUS),
        key=("year", "area", "sic"),
        value="jobs",
        required=True,
    ),
    Table(
        "businesses",
        "Local units (workplaces), by area, industry and size band",
        (
            _YEAR,
            _AREA,
            _SIC,
            Column(
                "size_band",
                Kind.CHOICE,
                "Employees; the bands are a second cut of `all`, never added to it",
                choices=(ALL, *SIZE_BANDS),
            ),
            Column("local_units", Kind.COUNT, "Local units", blank=True, unit="local units"),
            _STATUS,
        ),
        key=("year", "area", "sic", "size_band"),
        value="local_units",
    ),
    Table(
        "innovation",
        "Innovation survey: share of businesses, by area and group of sectors",
        (
            Column("wave", Kind.TEXT, "Survey wave, e.g. 2021-2023"),
            _AREA,
            Column(
                "sector_group",
                Kind.CHOICE,
                "Group of sectors",
                choices=("creative-industries", "high-tech-manufacturing", "kibs-net", "all-industries"),
            ),
            Column(
                "measure",
                Kind.CHOICE,
                "What the businesses report",
                choices=("innovation-active", "product-innovation", "process-innovation", "collaboration"),
            ),
            Column("n", Kind.COUNT, "Businesses that answered", blank=True, unit="businesses"),
            Column("rate", Kind.SHARE, "Share of businesses", blank=True, unit="share"),
            _STATUS,
        ),
        key=("wave", "area", "sector_group", "measure"),
        value="rate",
    ),
    Table(
        "gva",
        "Gross value added of the United Kingdom, current prices",
        (
            _YEAR,
            Column(
                "sector",
                Kind.CHOICE,
                "Sub-sector, `all` creative, or the whole economy",
                choices=(*SUB_SECTORS, ALL, "whole-economy"),
            ),
            Column("gva_million", Kind.NUMBER, "Gross value added, current prices", unit="£ million"),
        ),
        key=("year", "sector"),
        value="gva_million",
    ),
    Table(
        "input_output",
        "Purchases of one industry from another, current prices",
        (
            Column("buyer", Kind.TEXT, "Buying industry"),
            Column("supplier", Kind.TEXT, "Supplying industry"),
            Column("value_million", Kind.NUMBER, "Purchases", unit="£ million"),
        ),
        key=("buyer", "supplier"),
        value="value_million",
    ),
    Table(
        "input_output_totals",
        "Output of each industry, current prices",
        (
            Column("industry", Kind.TEXT, "Industry"),
            Column("output_million", Kind.NUMBER, "Output", unit="£ million", minimum=0),
        ),
        key=("industry",),
        value="output_million",
    ),
    Table(
        "universities",
        "Universities and what they bring to creative industries",
        (
            Column("institution", Kind.TEXT, "Name of the institution"),
            _AREA,
            Column(
                "measure",
                Kind.CHOICE,
                "What is counted",
                choices=("graduates-creative", "graduates-computing", "research-income-million", "spin-outs"),
            ),
            Column("value", Kind.NUMBER, "Value; £ million for research income, else a count", minimum=0),
        ),
        key=("institution", "area", "measure"),
        value="value",
    ),
    Table(
        "membership",
        "Which area lies in which group of areas, and how much of it",
        (
            _AREA,
            Column("group", Kind.AREA, "Code of the group: a region, or any other area made of areas"),
            Column("share", Kind.SHARE, "Part of the area that lies in the group", unit="share"),
        ),
        key=("area", "group"),
        value="share",
    ),
    Table(
        "neighbours",
        "Pairs of areas that touch, in both directions",
        (_AREA, Column("neighbour", Kind.AREA, "Code of the area that it touches")),
        key=("area", "neighbour"),
    ),
    Table(
        "crosswalk",
        "How much of each area's total rests on authorities that lie in it only in part and were shared out",
        (
            _YEAR,
            _AREA,
            Column("table", Kind.CHOICE, "The table whose total it is", choices=COUNTED),
            Column("split_share", Kind.SHARE, "Part of the area's total, all industries", blank=True, unit="share"),
            _STATUS,
        ),
        key=("year", "area", "table"),
        value="split_share",
        zeros=True,
    ),
)

BY_NAME = {table.name: table for table in TABLES}
