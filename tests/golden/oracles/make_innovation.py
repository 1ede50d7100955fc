"""
Records what statsmodels makes of shares, differences and ratios: `python tests/golden/oracles/make_innovation.py`.
Needs the extra `oracle`; writes innovation.json beside itself. `tests/golden/test_innovation_oracles.py` compares.
"""

from __future__ import annotations

import json
from pathlib import Path

import statsmodels
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

# Businesses that say yes and that answered, in two groups.
PAIRS = [
    (56, 70, 48, 80),
    (9, 10, 3, 10),
    (5, 56, 2, 29),
    (44, 86, 5240, 13938),
    (1, 31, 30, 31),
    (400, 1256, 131, 421),
]

if __name__ == "__main__":
    rows = []
    for yes, n, other_yes, other_n in PAIRS:
        compared = (yes, n, other_yes, other_n)
        rows.append(
            {
                "pair": compared,
                "wilson": proportion_confint(yes, n, method="wilson"),
                "jeffreys": proportion_confint(yes, n, method="jeffreys"),
                "newcombe": confint_proportions_2indep(*compared, method="newcomb", compare="diff"),
                "katz": confint_proportions_2indep(*compared, method="log", compare="ratio"),
            }
        )
    found = {"made_with": {"statsmodels": statsmodels.__version__}, "rows": rows}
    text = json.dumps(found, indent=1, default=float)
    (Path(__file__).parent / "innovation.json").write_text(text + "\n", encoding="utf-8")
