"""
Chart: a picture that cannot exist without its finding, its words and its data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Chart:
    """
    Args:
        name: short, lower case with hyphens; names the files.
        spec: a Vega-Lite specification with its data inside, drawn at its final size in px (mm × 3.7795).
        title: the finding, at most 80 letters; subtitle: statistic, unit, place, year.
        alt: what the chart says, for those who cannot see it.
        table: what it draws, rows in the shape of findings with a `label` before them.
        source: one line.
    """

    name: str
    spec: Mapping[str, Any]
    title: str
    subtitle: str
    alt: str
    table: pd.DataFrame
    source: str
