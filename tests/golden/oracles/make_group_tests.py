"""
Records what scikit-bio makes of the distances between twelve seeded profiles in two groups:
`python tests/golden/oracles/make_group_tests.py`. Needs the extra `oracle`; writes group_tests.json beside itself.
`tests/golden/test_group_tests_oracles.py` compares.
Unless told, permdisp keeps ten principal coordinates; here it keeps all.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import scipy
import skbio
from scipy.spatial.distance import pdist, squareform
from skbio.stats.distance import DistanceMatrix, permanova, permdisp

FIRST, SECOND, SUB_SECTORS, SEED, PERMUTATIONS = 5, 7, 9, 20240501, 99_999


def main() -> None:
    random = np.random.default_rng(SEED)
    share = np.concatenate(
        [
            random.dirichlet(np.full(SUB_SECTORS, 8.0), FIRST),
            random.dirichlet(np.linspace(3.0, 6.0, SUB_SECTORS), SECOND),
        ]
    ).round(6)
    share /= share.sum(axis=1, keepdims=True)
    distance = DistanceMatrix(squareform(pdist(share, "jensenshannon") / np.sqrt(np.log(2))))
    labels = ["first"] * FIRST + ["second"] * SECOND
    chance = {"permutations": PERMUTATIONS, "seed": SEED}
    place = permanova(distance, labels, **chance)
    spread = permdisp(distance, labels, test="centroid", dimensions=len(share), **chance)
    found = {
        "made_with": {"scikit-bio": skbio.__version__, "scipy": scipy.__version__, "numpy": np.__version__},
        "share": share.tolist(),
        "first": FIRST,
        "permanova": {"statistic": float(place["test statistic"]), "p": float(place["p-value"])},
        "permdisp": {"statistic": float(spread["test statistic"]), "p": float(spread["p-value"])},
    }
    Path(__file__).with_name("group_tests.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
