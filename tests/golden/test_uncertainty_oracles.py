"""Uncertainty beside esda and statsmodels, whose values `oracles/make_uncertainty.py` recorded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reportgen.analysis.uncertainty import Z, benjamini_hochberg, gamma_poisson, wilson

ORACLES = json.loads((Path(__file__).parent / "oracles" / "uncertainty.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.golden


def arrays(name: str) -> dict[str, Any]:
    return {key: np.array(value, dtype=float) for key, value in ORACLES[name].items() if key != "call"}


def test_the_mean_of_the_posterior_is_the_empirical_bayes_rate_of_esda() -> None:
    """(α + u) / (β + E) = w·u/E + (1 − w)·m with w = A / (A + m/E): Marshall's rate, the base in the place of E."""
    given = arrays("empirical_bayes")
    found = gamma_poisson(given["count"], given["base"]).mean
    assert np.allclose(given["rate"], found, rtol=1e-12, atol=0)


def test_the_shrunken_quotient_is_that_rate_by_the_rate_of_the_whole() -> None:
    """With E = base × overall rate the same posterior speaks of quotients: mean = esda's rate / overall rate."""
    given = arrays("empirical_bayes")
    overall = given["count"].sum() / given["base"].sum()
    found = gamma_poisson(given["count"], given["base"] * overall).mean
    assert np.allclose(given["rate"] / overall, found, rtol=1e-12, atol=0)


def test_q_values_are_those_of_statsmodels() -> None:
    given = arrays("benjamini_hochberg")
    assert np.allclose(given["q"], benjamini_hochberg(given["p"]), rtol=1e-12, atol=0)


def test_wilson_intervals_are_those_of_statsmodels() -> None:
    """Ours takes 1.96, theirs 1.959964 for the normal distribution's 97.5 %."""
    given = arrays("wilson")
    found = wilson(given["held"] / given["of"], given["of"])
    assert pytest.approx(1.959964, abs=5e-5) == Z
    assert np.allclose(given["low_high"], found, rtol=0, atol=2e-5)
