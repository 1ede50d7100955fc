"""
Record what esda and statsmodels give for small inputs: empirical Bayes rates, Benjamini and Hochberg's q-values, Wilson
intervals. Needs the `oracle` extra:

    python tests/golden/oracles/make_uncertainty.py
"""

from __future__ import annotations

import importlib.metadata
import json
from pathlib import Path

import numpy as np
from esda.smoothing import Empirical_Bayes
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

SEED = 1991  # of Marshall's paper
AREAS = 30


def main() -> None:
    rng = np.random.default_rng(SEED)
    base = np.round(rng.lognormal(6, 1, AREAS))
    count = rng.poisson(base * 0.02 * rng.gamma(3, 1 / 3, AREAS))
    p = np.round(np.concatenate([rng.uniform(0, 0.02, 8), rng.uniform(0, 1, 16), [0.03, 0.03, 1.0]]), 4)
    held, of = np.array([0, 1, 5, 50, 99, 100]), np.array([10, 10, 40, 100, 100, 100])
    found = {
        "versions": {name: importlib.metadata.version(name) for name in ("esda", "statsmodels", "numpy", "scipy")},
        "empirical_bayes": {
            "call": "esda.smoothing.Empirical_Bayes(count, base).r",
            "count": count.tolist(),
            "base": base.tolist(),
            "rate": Empirical_Bayes(count, base).r.ravel().tolist(),
        },
        "benjamini_hochberg": {
            "call": "statsmodels.stats.multitest.multipletests(p, method='fdr_bh')[1]",
            "p": p.tolist(),
            "q": multipletests(p, method="fdr_bh")[1].tolist(),
        },
        "wilson": {
            "call": "statsmodels.stats.proportion.proportion_confint(held, of, method='wilson')",
            "held": held.tolist(),
            "of": of.tolist(),
            "low_high": [end.tolist() for end in proportion_confint(held, of, method="wilson")],
        },
    }
    target = Path(__file__).with_name("uncertainty.json")
    target.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
