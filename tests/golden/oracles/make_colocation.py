"""
Correlations of a seeded table as scipy finds them, into colocation.json. Needs scipy alone:
    python tests/golden/oracles/make_colocation.py
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import scipy
from scipy import stats


def main() -> None:
    rng = np.random.default_rng(35)
    one = rng.lognormal(0, 0.5, size=60).round(2)
    other = (one * rng.lognormal(0, 0.6, size=60)).round(1)  # one decimal, so that some are equal
    interval = stats.bootstrap(
        (one, other), lambda x, y: stats.pearsonr(x, y).statistic, paired=True, vectorized=False, method="percentile",
        n_resamples=9_999, rng=np.random.default_rng(36),
    ).confidence_interval  # fmt: skip
    ranks = stats.bootstrap(
        (one, other), lambda x, y: stats.spearmanr(x, y).statistic, paired=True, vectorized=False, method="percentile",
        n_resamples=9_999, rng=np.random.default_rng(36),
    ).confidence_interval  # fmt: skip
    found = {
        "made_by": "make_colocation.py",
        "versions": {"scipy": scipy.__version__, "numpy": np.__version__},
        "one": one.tolist(),
        "other": other.tolist(),
        "pearsonr": stats.pearsonr(one, other).statistic,
        "pearsonr_of_logs": stats.pearsonr(np.log(one), np.log(other)).statistic,
        "spearmanr": stats.spearmanr(one, other).statistic,
        "rankdata": stats.rankdata(other).tolist(),
        "bootstrap_of_pearsonr": [interval.low, interval.high],
        "bootstrap_of_spearmanr": [ranks.low, ranks.high],
    }
    path = Path(__file__).with_name("colocation.json")
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
