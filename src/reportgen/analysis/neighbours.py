"""
Neighbours: whether creative concentration lies in patches of areas that touch, over all local areas and around each.
On location quotients as they are, not their logarithms: so areas with nothing of a sub-sector take part. Areas that
touch none, or none with a figure, take no part and are counted.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.cells import TOTAL, Cells
from reportgen.analysis.concentration import base_share, quotients
from reportgen.analysis.correlations import LEAST, SAME, over_areas
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.shape import (
    LOW_RELIABILITY,
    MISSING,
    NOT_APPLICABLE,
    Booleans,
    Floats,
    Indicator,
    Numbers,
    Standing,
    all_ok,
    mark,
    plain,
    stack,
    tidy,
)
from reportgen.analysis.spatial import (
    Links,
    conditional_p,
    gearys_c,
    global_tests,
    local_moran,
    morans_i,
    with_neighbours,
)
from reportgen.analysis.uncertainty import benjamini_hochberg
from reportgen.classification import CREATIVE, WITHOUT_IT
from reportgen.release.model import Release

SEED = 360
FALSE_FINDS = 0.05  # the false-discovery rate up to which an area is called part of a cluster, or an outlier
COUNTS = ("neighbours-areas", "neighbours-areas-alone", "neighbours-areas-left-out")
TESTS = ("morans-i", "morans-i-p", "gearys-c", "gearys-c-p")  # as `global_tests` gives them
# Whether an area, and its neighbours together, lie above the mean.
TYPES = {
    "local-cluster-high-high": (True, True),
    "local-cluster-low-low": (False, False),
    "local-outlier-high-low": (True, False),
    "local-outlier-low-high": (False, True),
}


def links_of(release: Release, areas: Sequence[str]) -> Links | None:
    """The pairs of these areas that the release says touch; None where it has no table of neighbours."""
    if release.neighbours is None:
        return None
    place = pd.Index(areas)
    one, other = (place.get_indexer(release.neighbours[name].astype(str)) for name in ("area", "neighbour"))
    order = np.lexsort((other, one))
    one, other = one[order], other[order]
    among = (one >= 0) & (other >= 0) & (one != other)
    return Links(one[among], other[among])


def over_all(quotient: Numbers, links: Links | None) -> dict[str, Numbers]:
    """
    The tests of all areas together, and how many areas they rest on.
    Args: quotient: areas × sub-sectors × 1.
    Returns: indicator → numbers, 1 × sub-sectors × 1.
    """
    groups = quotient.value.shape[1]
    tests, counts = np.full((len(TESTS), 1, groups, 1), np.nan), np.zeros((len(COUNTS), 1, groups, 1))
    standing = all_ok((1, groups, 1))
    if links is None:
        standing = mark(
            standing, np.full(standing.state.shape, True), MISSING, lambda *_: reasons.no_table("neighbours")
        )
        return {name: plain(of, standing) for name, of in zip((*TESTS, *COUNTS), (*tests, *counts), strict=True)}
    counted = all_ok(standing.state.shape)
    for group in range(groups):
        value, known = quotient.value[:, group, 0], quotient.standing.has_value[:, group, 0]
        taken = with_neighbours(links, known)
        if testable(value[taken]):
            rng = np.random.default_rng([SEED, int(taken.sum())])
            tests[:, 0, group, 0] = global_tests(value[taken], links.among(taken), rng)
        state, reason = over_areas(tests[0, 0, group, 0], taken, quotient.standing.state[:, group, 0])
        standing.state[0, group, 0], standing.reason[0, group, 0] = state, reason
        counts[:, 0, group, 0] = [of.sum() for of in (taken, known & ~taken, ~known)]
    return {
        **{name: plain(of, standing) for name, of in zip(TESTS, tests, strict=True)},
        **{name: plain(of, counted) for name, of in zip(COUNTS, counts, strict=True)},
    }


def around_each(quotient: Numbers, links: Links | None, cells: Cells) -> dict[str, Numbers]:
    """
    The tests around each area.
    Args: quotient: areas × 1 × 1; cells: of the same areas and the same year, for their names.
    Returns: indicator → numbers, areas × 1 × 1.
    """
    shape = quotient.value.shape
    value, known = quotient.value[:, 0, 0], quotient.standing.has_value[:, 0, 0]
    found = {name: np.full(shape, np.nan) for name in ("local-moran", "local-moran-p", "local-moran-q", *TYPES)}
    if links is None:
        absent = mark(all_ok(shape), np.full(shape, True), MISSING, lambda *_: reasons.no_table("neighbours"))
        return {name: plain(of, absent) for name, of in found.items()}
    taken = with_neighbours(links, known)
    if testable(value[taken]):
        z, inner = value[taken] - value[taken].mean(), links.among(taken)
        p = conditional_p(z, inner, np.random.default_rng([SEED, len(z)]))
        q = benjamini_hochberg(p)
        for name, of in zip(found, (local_moran(z, inner), p, q), strict=False):
            found[name][taken, 0, 0] = of
        beside = inner.weights(len(z)) @ z
        for name, (high, high_beside) in TYPES.items():
            found[name][taken, 0, 0] = (q <= FALSE_FINDS) & ((z > 0) == high) & ((beside > 0) == high_beside)
    standing = _around(quotient.standing, taken, value, links, cells)
    return {name: plain(of, standing) for name, of in found.items()}


def testable(values: Floats) -> bool:
    """Whether there are areas enough, and not all of them alike."""
    return len(values) >= LEAST and float(np.ptp(values)) > SAME * float(np.abs(values).max())


def _around(standing: Standing, taken: Booleans, value: Floats, links: Links, cells: Cells) -> Standing:
    """How the numbers of each area stand: by its own figure, by those beside it, and by those of all."""

    def place(area: int) -> str:
        return cells.place(area, 0)

    own, touching = standing.has_value[:, 0, 0], links.touching(len(taken))
    poor = np.zeros(len(taken), dtype=bool)
    poor[links.area[standing.state[links.neighbour, 0, 0] == LOW_RELIABILITY]] = True
    cases = (
        (own & (touching == 0), NOT_APPLICABLE, lambda area, *_: reasons.touches_none(place(area))),
        (own & (touching > 0) & ~taken, MISSING, lambda area, *_: reasons.neighbours_unknown(place(area))),
        (taken & poor, LOW_RELIABILITY, lambda area, *_: reasons.neighbours_poor(place(area))),
    )
    for where, state, sentence in cases:
        standing = mark(standing, where[:, None, None], state, sentence)
    if not testable(value[taken]):
        state, reason = over_areas(np.nan, taken, standing.state[:, 0, 0])
        standing = mark(standing, taken[:, None, None], state, lambda *_: reason)
    return standing


def findings(inputs: Inputs) -> pd.DataFrame:
    """
    The rows of this family, latest year: the tests over all local areas, `area` Great Britain, by sub-sector; and for
    creative as a whole those of each local area.
    """
    links, whole = links_of(inputs.release, inputs.local), inputs.release.info.great_britain
    made = []
    for variant, cells in (("jobs", inputs.jobs), ("units", inputs.units)):
        groups = [*cells.creative, *(group for group in (WITHOUT_IT,) if group in cells.groups)]
        latest = cells.only(groups=[*groups, TOTAL], years=cells.years[-1:])
        local = latest.only(inputs.local)
        quotient = quotients(local, base_share(latest, whole))
        creative = quotients(
            local.only(groups=[CREATIVE, TOTAL]), base_share(latest.only(groups=[CREATIVE, TOTAL]), whole)
        )
        times, source = [(latest.years[0], "")], f"{cells.table};neighbours"
        for indicator, numbers in over_all(quotient, links).items():
            made.append(tidy(indicator, [whole], groups, times, numbers, source, variant))
        for indicator, numbers in around_each(creative, links, local).items():
            made.append(tidy(indicator, inputs.local, [CREATIVE], times, numbers, source, variant))
    return stack(made)


_WEIGHTS = "w_ij = 1 / (neighbours of i) where i and j touch, x the LQ against Great Britain, z = x − x̄"
_P_OVER_ALL = "p = min(1, 2(1 + k) / 1000); k shufflings as far out, on the side with fewer"
_SHUFFLED = "How often chance gives as much or more, on either side, when the areas' quotients are shuffled 999 times"
_CLIFF_ORD = "Cliff and Ord 1981, Spatial Processes, ch. 2"
_ANSELIN = "Anselin 1995, Local indicators of spatial association, Geographical Analysis 27"
_HOCHBERG = "Benjamini and Hochberg 1995, JRSS B 57(1)"
_COUNTED = "count of this report"
_TYPE = (
    "Yes where the area's local Moran stands out at a false-discovery rate of at most 5 %, the area lies {} the mean "
    "quotient of all areas, and those that it touches, together, {} it."
)


def _type(id: str, name: str, own: str, beside: str) -> Indicator:
    sign = {"above": ">", "below": "≤"}
    return Indicator(
        id,
        name=name,
        unit="yes or no",
        digits=0,
        definition=_TYPE.format(own, beside),
        formula=f"1 if q_i ≤ 0.05, z_i {sign[own]} 0 and Σ_j w_ij z_j {sign[beside]} 0, else 0; {_WEIGHTS}",
        source=f"{_ANSELIN}; {_HOCHBERG}",
        made_by=around_each,
    )


INDICATORS = (
    Indicator(
        "morans-i",
        name="Moran's I",
        unit="coefficient",
        digits=2,
        definition="Whether local areas that touch have like location quotients: above 0 where they do, below where "
        "they differ more than chance would have it; chance alone gives −1/(n − 1), n areas. Areas that touch no known "
        "area take no part.",
        formula=f"Σ_i z_i Σ_j w_ij z_j / Σ_i z_i²; {_WEIGHTS}",
        source="Moran 1950, Biometrika 37",
        made_by=morans_i,
    ),
    Indicator(
        "morans-i-p",
        name="Moran's I, p-value",
        unit="probability",
        digits=3,
        definition=f"{_SHUFFLED}; the least that it can be is 0.002.",
        formula=_P_OVER_ALL,
        source=_CLIFF_ORD,
        made_by=global_tests,
    ),
    Indicator(
        "gearys-c",
        name="Geary's C",
        unit="coefficient",
        digits=2,
        definition="How far apart the location quotients of areas that touch are, against those of any two: below 1 "
        "where they are alike, 1 by chance. It looks at differences from area to area, Moran's I at those from the "
        "mean.",
        formula=f"(n − 1) Σ_ij w_ij (x_i − x_j)² / (2n Σ_i z_i²); {_WEIGHTS}",
        source="Geary 1954, The Incorporated Statistician 5",
        made_by=gearys_c,
    ),
    Indicator(
        "gearys-c-p",
        name="Geary's C, p-value",
        unit="probability",
        digits=3,
        definition=f"{_SHUFFLED}; the least that it can be is 0.002.",
        formula=_P_OVER_ALL,
        source=_CLIFF_ORD,
        made_by=global_tests,
    ),
    Indicator(
        "neighbours-areas",
        name="Local areas in tests of neighbours",
        unit="areas",
        digits=0,
        definition="Local areas whose location quotient is known, and that of one at least that they touch.",
        formula="#{i: x_i known, x_j known for a neighbour j}",
        source=_COUNTED,
        made_by=with_neighbours,
    ),
    Indicator(
        "neighbours-areas-alone",
        name="Local areas without known neighbours",
        unit="areas",
        digits=0,
        definition="Local areas whose location quotient is known, but that touch no other area (islands), or none with "
        "a known one; they are in no test of neighbours.",
        formula="#{i: x_i known, x_j known for no neighbour j}",
        source=_COUNTED,
        made_by=with_neighbours,
    ),
    Indicator(
        "neighbours-areas-left-out",
        name="Local areas left out of tests of neighbours",
        unit="areas",
        digits=0,
        definition="Local areas whose location quotient is suppressed or missing.",
        formula="#{i: x_i not known}",
        source=_COUNTED,
        made_by=with_neighbours,
    ),
    Indicator(
        "local-moran",
        name="Local Moran's I",
        unit="coefficient",
        digits=2,
        definition="Whether an area and those that it touches, together, lie on the same side of the mean location "
        "quotient: above 0 if so, below if not, the further out the more. Those beside it without a figure are left "
        "out.",
        formula=f"I_i = (n − 1) z_i Σ_j w_ij z_j / Σ_i z_i²; {_WEIGHTS}",
        source=_ANSELIN,
        made_by=local_moran,
    ),
    Indicator(
        "local-moran-p",
        name="Local Moran's I, p-value",
        unit="probability",
        digits=4,
        definition="How often chance gives as much or more, on either side, when the quotients beside the area are "
        "drawn from all other areas, 9,999 times; one test of many, so read the false-discovery rate.",
        formula="p = 2(1 + k) / (1 + 9,999), at most 1; k draws as far out or further, on the side with fewer",
        source=_ANSELIN,
        made_by=conditional_p,
    ),
    Indicator(
        "local-moran-q",
        name="Local Moran's I, false-discovery rate",
        unit="probability",
        digits=3,
        definition="If all areas with this rate or a lower one are called clusters or outliers, the share of them that "
        "would be so by chance.",
        formula="q_(k) = min over j ≥ k of p_(j) · m / j, over the m areas tested",
        source=f"{_HOCHBERG}; Castro and Singer 2006, Geographical Analysis 38",
        made_by=benjamini_hochberg,
    ),
    _type("local-cluster-high-high", "Cluster of high quotients", "above", "above"),
    _type("local-cluster-low-low", "Cluster of low quotients", "below", "below"),
    _type("local-outlier-high-low", "High quotient among low ones", "above", "below"),
    _type("local-outlier-low-high", "Low quotient among high ones", "below", "above"),
)
