"""
Chart: a picture that cannot exist without its finding, its words and its data; and a row of that data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.release.tables import Status


@dataclass(frozen=True, slots=True)
class Row:
    """
    One number of a chart, or the want of it.
    Args:
        label: what stands on the picture. area … variant: the key of a finding.
        value, low, high: as printed; None where there is no number, `status` says why; an interval may be absent.
        full: the value before rounding: it orders rows that read alike, and is not drawn.
        text: the value as printed, or the mark of its status; interval: as printed, empty where there is none.
    """

    label: str
    area: str
    indicator: str
    sub_sector: str
    year: str
    other: str
    variant: str
    value: float | None
    low: float | None
    high: float | None
    full: float | None
    status: Status
    text: str
    interval: str

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The two ends of its interval; None where either is not known."""
        return None if self.low is None or self.high is None else (self.low, self.high)

    @property
    def order(self) -> tuple[bool, float]:
        """By which rows stand from the largest to the smallest, those without a value behind them."""
        return self.full is None, -(self.full or 0.0)


@dataclass(frozen=True)
class Chart:
    """
    Args:
        name: short, lower case with hyphens; names the files.
        spec: a Vega-Lite specification with its data inside, drawn at its final size in px (mm × 3.7795).
        title: the finding, at most 80 letters; subtitle: statistic, unit, place, year.
        alt: what the chart says, for those who cannot see it.
        table: what it draws, in the order drawn.
        source: one line.
    """

    name: str
    spec: Mapping[str, Any]
    title: str
    subtitle: str
    alt: str
    table: Sequence[Row]
    source: str
