"""Intervals of rates, differences and ratios against statsmodels, as `oracles/make_innovation.py` recorded it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from reportgen.analysis.innovation import jeffreys, katz, newcombe
from reportgen.analysis.uncertainty import wilson

ROWS = json.loads((Path(__file__).parent / "oracles" / "innovation.json").read_text(encoding="utf-8"))["rows"]
NEWCOMBE_1998 = [  # Statistics in Medicine 17, table II, method 10
    ((56, 70, 48, 80), (0.0524, 0.3339)),
    ((9, 10, 3, 10), (0.1705, 0.8090)),
    ((6, 7, 2, 7), (0.0582, 0.8062)),
    ((5, 56, 0, 29), (-0.0381, 0.1926)),
    ((0, 10, 0, 20), (-0.1611, 0.2775)),
    ((10, 10, 0, 20), (0.6791, 1.0000)),
]


def shares(pair: list[int]) -> tuple[np.ndarray, ...]:
    """p₁, n₁, p₂, n₂."""
    yes, n, other_yes, other_n = (np.array(float(number)) for number in pair)
    return yes / n, n, other_yes / other_n, other_n


@pytest.mark.golden
@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(map(str, row["pair"])))
def test_intervals_agree_with_statsmodels(row) -> None:
    """To four decimals: it takes 1.959964 where we take 1.96."""
    one, n, other, other_n = shares(row["pair"])
    assert row["wilson"] == pytest.approx([float(end) for end in wilson(one, n)], abs=5e-5)
    assert row["jeffreys"] == pytest.approx([float(end) for end in jeffreys(one, n)], abs=1e-9)
    assert row["newcombe"] == pytest.approx([float(end) for end in newcombe(one, n, other, other_n)], abs=5e-5)
    assert row["katz"] == pytest.approx([float(end) for end in katz(one, n, other, other_n)], rel=2e-4)


@pytest.mark.golden
@pytest.mark.parametrize(("pair", "expected"), NEWCOMBE_1998)
def test_differences_agree_with_newcombe_s_own_table(pair, expected) -> None:
    assert expected == pytest.approx([float(end) for end in newcombe(*shares(pair))], abs=1e-4)
