"""
Rows: facts as a frame that charts draw: one row a fact, with the texts that stand beside its mark.
"""

from __future__ import annotations

import pandas as pd

from reportgen.facts import format as formats
from reportgen.facts.fact import Fact


def rows(facts: list[tuple[str, Fact]]) -> pd.DataFrame:
    """Facts as the rows a chart draws: a label, the columns of a finding, and the texts printed beside marks."""
    records = []
    for label, fact in facts:
        area, indicator, sub_sector, year, other, variant = fact.key
        records.append(
            {
                "label": label,
                "area": area,
                "indicator": indicator,
                "sub_sector": sub_sector,
                "year": year,
                "other": other,
                "variant": variant,
                "value": fact.value,
                "low": fact.low,
                "high": fact.high,
                "status": fact.status.value,
                "text": formats.cell(fact.value, fact.status, fact.unit, fact.digits),
                "interval": ""
                if fact.low is None or fact.high is None
                else formats.interval(fact.low, fact.high, fact.unit, fact.digits, cell=True),
            }
        )
    frame = pd.DataFrame.from_records(records)
    return frame.astype({"value": float, "low": float, "high": float}) if len(frame) else frame
