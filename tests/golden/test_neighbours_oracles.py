"""Spatial autocorrelation as esda finds it, q-values as statsmodels does (tests/golden/oracles/make_neighbours.py)."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from reportgen.analysis.spatial import (
    Links,
    conditional_p,
    gearys_c,
    global_tests,
    local_moran,
    morans_i,
)
from reportgen.analysis.uncertainty import benjamini_hochberg

ORACLE = json.loads((Path(__file__).parent / "oracles" / "neighbours.json").read_text(encoding="utf-8"))
VALUES = np.array(ORACLE["values"])
LINKS = Links(*np.array(ORACLE["links"], dtype=np.intp).T)


@pytest.mark.golden
def test_global_statistics_are_those_of_esda() -> None:
    """The value to the last digits; p, of which esda gives one side, within what 999 shufflings can tell."""
    i, p_of_i, c, p_of_c = global_tests(VALUES, LINKS, np.random.default_rng(0))
    assert [i, c] == pytest.approx([ORACLE["I"], ORACLE["C"]], abs=1e-12)
    assert [p_of_i / 2, p_of_c / 2] == pytest.approx(
        [ORACLE["p_sim of I, one-sided"], ORACLE["p_sim of C, one-sided"]], abs=0.005
    )


@pytest.mark.golden
def test_shuffled_statistics_have_the_moments_of_esda() -> None:
    """Moran's I of normal figures has mean −1/(n − 1) and the variance under normality; Geary's C has mean 1."""
    rng = np.random.default_rng(1)
    drawn = rng.normal(size=(len(VALUES), 40_000))
    found = morans_i(drawn, LINKS)
    assert found.mean() == pytest.approx(ORACLE["EI"], abs=0.002)
    assert found.var() == pytest.approx(ORACLE["VI_norm"], rel=0.03)
    assert gearys_c(drawn, LINKS).mean() == pytest.approx(1.0, abs=0.002)


@pytest.mark.golden
def test_local_statistics_are_those_of_esda() -> None:
    """Values and quadrants exactly; p, of which esda gives the nearer side, within what 9,999 draws can tell."""
    assert local_moran(VALUES, LINKS) == pytest.approx(np.array(ORACLE["Is"]), abs=1e-12)
    z = VALUES - VALUES.mean()
    beside = LINKS.weights(len(z)) @ z
    quadrants = np.select([(z > 0) & (beside > 0), (z <= 0) & (beside > 0), z <= 0], [1, 2, 3], 4)
    assert ORACLE["quadrants"] == quadrants.tolist()
    p = conditional_p(VALUES, LINKS, np.random.default_rng(2))
    assert p / 2 == pytest.approx(np.array(ORACLE["p_sim of Is, directed"]), abs=0.02)


@pytest.mark.golden
def test_false_discovery_rates_are_those_of_statsmodels() -> None:
    assert benjamini_hochberg(np.array(ORACLE["p"])) == pytest.approx(np.array(ORACLE["fdr_bh"]), abs=1e-12)
