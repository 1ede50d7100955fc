"""Correlations and their bootstrap intervals as scipy finds them (tests/golden/oracles/make_colocation.py)."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from reportgen.analysis.correlations import area_bootstrap, correlate, mid_ranks, pearson, spearman

ORACLE = json.loads((Path(__file__).parent / "oracles" / "colocation.json").read_text(encoding="utf-8"))
VALUES = np.array([ORACLE["one"], ORACLE["other"]]).T
ONCE = np.ones((len(VALUES), 1))


@pytest.mark.golden
@pytest.mark.parametrize(
    ("name", "how", "values"),
    [("pearsonr", pearson, VALUES), ("pearsonr_of_logs", pearson, np.log(VALUES)), ("spearmanr", spearman, VALUES)],
)
def test_correlations_are_those_of_scipy(name: str, how, values) -> None:
    assert correlate(values, [(0, 1)], ONCE, how).item() == pytest.approx(ORACLE[name], abs=1e-12)


@pytest.mark.golden
def test_ranks_are_those_of_scipy() -> None:
    assert ORACLE["rankdata"] == mid_ranks(VALUES[:, 1], ONCE)[:, 0].tolist()


@pytest.mark.golden
@pytest.mark.parametrize(("name", "how"), [("bootstrap_of_pearsonr", pearson), ("bootstrap_of_spearmanr", spearman)])
def test_intervals_are_those_of_scipy_but_for_the_draw(name: str, how) -> None:
    """Both draw at random, we 1,000 times, scipy 9,999 times: the ends differ by less than 0.02."""
    low, high = area_bootstrap(VALUES, [(0, 1)], how)
    assert [low[0], high[0]] == pytest.approx(ORACLE[name], abs=0.02)
