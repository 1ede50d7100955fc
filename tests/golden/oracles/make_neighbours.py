"""
Spatial autocorrelation of a seeded lattice as esda finds it, and false-discovery rates as statsmodels does, into
neighbours.json. Needs the extra `oracle`:
    python tests/golden/oracles/make_neighbours.py
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np

ROWS, COLUMNS = 7, 6
PERMUTATIONS = 9_999


def main() -> None:
    import esda  # not at the top: whoever runs the tests need not have them
    import libpysal
    from statsmodels.stats.multitest import multipletests

    rng = np.random.default_rng(36)
    slope = np.add.outer(np.arange(ROWS), np.arange(COLUMNS)).ravel() * 0.25
    values = (slope + rng.normal(size=ROWS * COLUMNS)).round(3)
    weights = libpysal.weights.lat2W(ROWS, COLUMNS, rook=True)
    weights.transform = "r"
    about = {"transformation": "r", "permutations": PERMUTATIONS}
    np.random.seed(37)  # noqa: NPY002 - esda draws from the old generator
    moran, geary = esda.Moran(values, weights, **about), esda.Geary(values, weights, **about)
    local = esda.Moran_Local(values, weights, **about, seed=38, n_jobs=1)
    p = rng.uniform(size=30) ** 3
    found = {
        "made_by": "make_neighbours.py",
        "versions": {name: version(name) for name in ("esda", "libpysal", "statsmodels", "numpy")},
        "values": values.tolist(),
        "links": [[int(i), int(j)] for i in range(ROWS * COLUMNS) for j in sorted(weights.neighbors[i])],
        "I": float(moran.I),
        "EI": float(moran.EI),
        "VI_norm": float(moran.VI_norm),
        "p_sim of I, one-sided": float(moran.p_sim),
        "C": float(geary.C),
        "p_sim of C, one-sided": float(geary.p_sim),
        "Is": local.Is.tolist(),
        "p_sim of Is, directed": local.p_sim.tolist(),
        "quadrants": local.q.tolist(),
        "p": p.tolist(),
        "fdr_bh": multipletests(p, method="fdr_bh")[1].tolist(),
    }
    path = Path(__file__).with_name("neighbours.json")
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
