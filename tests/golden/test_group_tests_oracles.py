"""Tests of two groups as scikit-bio makes them of the same profiles; written down by `oracles/make_group_tests.py`."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from reportgen.analysis.similarity import jensen_shannon
from reportgen.analysis.two_groups import permanova, permdisp, permutation_test, to_centroid

ORACLE = json.loads((Path(__file__).parent / "oracles" / "group_tests.json").read_text(encoding="utf-8"))
SQUARES = jensen_shannon(np.array(ORACLE["share"])) ** 2
LABELS = np.arange(len(SQUARES)) < ORACLE["first"]


@pytest.mark.golden
def test_permanova_is_that_of_scikit_bio() -> None:
    """Its p-value has other shuffles, so that ours lies within their chance: four standard errors of 9,999."""
    (statistic,), (p,) = permutation_test(lambda labels: permanova(SQUARES, labels)[None], LABELS, permutations=9_999)
    assert ORACLE["permanova"]["statistic"] == pytest.approx(statistic)
    assert ORACLE["permanova"]["p"] == pytest.approx(p, abs=4 * np.sqrt(p * (1 - p) / 9_999))


@pytest.mark.golden
def test_permdisp_is_that_of_scikit_bio() -> None:
    """The statistic alone: scikit-bio shuffles the labels and takes new centroids, where we shuffle distances."""
    distances = to_centroid(SQUARES, LABELS)
    assert ORACLE["permdisp"]["statistic"] == pytest.approx(permdisp(distances, LABELS[None])[0])
