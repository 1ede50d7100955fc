"""
Lumpiness: in how few establishments the jobs of each sub-sector sit, in Great Britain as a whole. All intervals of jobs
rest on it. Takes the sizes that the inputs have worked out, gives rows; works out nothing of its own but a reciprocal.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.shape import LOW_RELIABILITY, MISSING, Floats, Indicator, all_ok, mark, plain, stack, tidy
from reportgen.analysis.sizes import JOBS_A_UNIT, LUMPINESS, power_sum

SOURCES = {"bands": "businesses", "units": "businesses", "jobs": "employment"}


def effective_establishments(index: Floats) -> Floats:
    """
    How many establishments of one size would be as lumpy as those there are: n = 1 / H.
    Args:
        index: H, 0 to 1; NaN where not known.
    Source: Laakso and Taagepera (1979), "Effective" number of parties, Comparative Political Studies 12, for 1/H as a
        number of equals.

    >>> effective_establishments(np.array([0.25, np.nan])).tolist()
    [4.0, nan]
    """
    return 1 / np.where(index > 0, index, np.nan)


def findings(inputs: Inputs) -> pd.DataFrame:
    """
    The rows of this family, for Great Britain: each group of industries and year of the jobs; `variant` says what they
    rest on, `other` is the year of the size bands. What is assumed is of low reliability.
    """
    sizes, jobs = inputs.sizes, inputs.jobs.only([inputs.release.info.great_britain])
    shape = sizes.herfindahl.shape
    standing = mark(
        all_ok(shape),
        ~(sizes.herfindahl > 0),
        MISSING,
        lambda _area, _group, year: reasons.no_sizes(jobs.place(0, year)),
    )
    assumed = np.full(shape, sizes.basis != "bands")
    standing = mark(standing, assumed, LOW_RELIABILITY, lambda *_: reasons.assumed_sizes(sizes.basis))
    made = (
        ("establishment-herfindahl", sizes.herfindahl),
        ("effective-establishments", effective_establishments(sizes.herfindahl)),
    )
    times = [(year, sizes.year) for year in jobs.years]
    return stack(
        [
            tidy(indicator, jobs.areas, jobs.groups, times, plain(value, standing), SOURCES[sizes.basis], sizes.basis)
            for indicator, value in made
        ]
    )


INDICATORS = (
    Indicator(
        "establishment-herfindahl",
        name="Herfindahl index of establishment sizes",
        unit="share",
        digits=3,
        definition="How lumpy a sub-sector is in Great Britain: the sum of the squares of its establishments’ shares "
        "of its jobs. The variant says what it rests on: local units by size band; else an assumption, from the "
        "number of local units or, without any, from jobs.",
        formula="from bands H_i = Σ N_b·m_b² / (Σ N_b·m_b)²; from local units H_i = "
        f"{LUMPINESS:g} / N_i, N_i the mean of all years; from jobs H_i = {LUMPINESS * JOBS_A_UNIT:g} / X_i; of "
        "creative industries, with and without IT, H = Σ (X_i / X)²·H_i over their sub-sectors",
        source="Ellison and Glaeser 1997, JPE 105; UK Business Counts for the bands",
        made_by=power_sum,
    ),
    Indicator(
        "effective-establishments",
        name="Effective number of establishments",
        unit="local units",
        digits=0,
        definition="How many establishments of one size would make a sub-sector as lumpy as it is in Great Britain; by "
        "this number intervals of jobs take chance into account. The variant says what it rests on.",
        formula="n_i = 1 / H_i, H_i the Herfindahl index of establishment sizes",
        source="Laakso and Taagepera 1979, Comparative Political Studies 12",
        made_by=effective_establishments,
    ),
)
