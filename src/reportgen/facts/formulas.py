"""
Formulas: what an indicator is made of: other findings, or rows of a table. Declares only; the account of a number,
`evidence.py`, follows it. Tests, claims and what rests on whole tables are in `declared.py`, which holds all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from reportgen.analysis.cells import TOTAL
from reportgen.analysis.innovation import GROUPS
from reportgen.classification import CREATIVE
from reportgen.facts.fact import Fact
from reportgen.facts.formula import BASE, LINE, OTHER, SAME, Along, Among, Formula, Part, Reckon, When
from reportgen.facts.rows import Key
from reportgen.facts.words import Side, side
from reportgen.release.tables import Status
from reportgen.settings import HotspotRule


def placed(own: Fact, among: Sequence[Fact]) -> float:
    """1 and how many stand higher than the area itself."""
    here = next(fact.value or 0.0 for fact in among if fact.key[0] == own.key[0])
    return 1.0 + sum(fact.value > here for fact in among if fact.value is not None)


def known(_: Fact, among: Sequence[Fact]) -> float:
    return float(sum(fact.known for fact in among))


def yes(_: Fact, among: Sequence[Fact]) -> float:
    return float(sum(fact.value == 1 for fact in among))


def share_of_yes(own: Fact, among: Sequence[Fact]) -> float:
    return yes(own, among) / known(own, among)


def added(_: Fact, among: Sequence[Fact]) -> float:
    return sum(fact.value or 0.0 for fact in among)


def squared(_: Fact, among: Sequence[Fact]) -> float:
    return sum((fact.value or 0.0) ** 2 for fact in among)


def mean(own: Fact, among: Sequence[Fact]) -> float:
    """Of those known: those that are not applicable take no part."""
    return added(own, among) / known(own, among)


def effective(_: Fact, among: Sequence[Fact]) -> float:
    shares = [fact.value for fact in among if fact.value]
    return math.exp(-sum(share * math.log(share) for share in shares))


def share_of(own: Fact, among: Sequence[Fact]) -> float:
    """That of the sub-sector itself among all."""
    return next(fact.value or 0.0 for fact in among if fact.key[2] == own.key[2]) / added(own, among)


def largest(_: Fact, among: Sequence[Fact]) -> float:
    return max(fact.value for fact in among if fact.value is not None)


def placed_within(own: Fact, among: Sequence[Fact]) -> float:
    """1 and how many sub-sectors stand higher than the own one."""
    here = next(fact.value or 0.0 for fact in among if fact.key[2] == own.key[2])
    return 1.0 + sum(fact.value > here for fact in among if fact.value is not None)


def hidden(_: Fact, among: Sequence[Fact]) -> float:
    return float(sum(fact.status not in (Status.OK, Status.NOT_APPLICABLE) for fact in among))


def on_side(wanted: Side) -> Reckon:
    return lambda _, among: float(sum(side(fact, 1) == wanted for fact in among))


def of_measure(word: str) -> When:
    return lambda key, rule: key.variant.split(".")[0] == word


def _of_all(key: Key, _: HotspotRule) -> bool:
    return key.sub_sector == CREATIVE


def _counts(count: str, total: str, of: str) -> dict[str, Part]:
    """x_ri, T_r, X_i and T of jobs; u_ri, U_r, U_i and U of local units."""
    small, capital = ("x", "T") if of == "jobs" else ("u", "U")
    whole = "X_i" if of == "jobs" else "U_i"
    return {
        f"{small}_ri": Part(count),
        f"{capital}_r": Part(total, sub_sector=TOTAL),
        whole: Part(count, "whole"),
        capital: Part(total, "whole", sub_sector=TOTAL),
    }


JOBS, UNITS = _counts("creative-jobs", "jobs", "jobs"), _counts("creative-local-units", "local-units", "units")
IN_LONDON = {"x_Li": Part("creative-jobs", "london"), "T_L": Part("jobs", "london", sub_sector=TOTAL)}
UNITS_IN_LONDON = {
    "u_Li": Part("creative-local-units", "london"),
    "U_L": Part("local-units", "london", sub_sector=TOTAL),
}
THEN = {"x_ri0": Part("creative-jobs", year=OTHER), "x_rik": Part("creative-jobs")}
WHOLE_THEN = {"X_i0": Part("creative-jobs", "whole", year=OTHER), "X_ik": Part("creative-jobs", "whole")}
ECONOMY = {
    "T_0": Part("jobs", "whole", sub_sector=TOTAL, year=OTHER),
    "T_k": Part("jobs", "whole", sub_sector=TOTAL),
}
JOBS_QUOTIENT, UNITS_QUOTIENT = "location-quotient", "location-quotient-units"
MEASURES = {
    "jobs": ("creative-jobs", "jobs", JOBS_QUOTIENT),
    "units": ("creative-local-units", "local-units", UNITS_QUOTIENT),
}


def _growth(indicator: str, sub_sector: str = SAME) -> tuple[Formula, ...]:
    parts = {
        "x_0": Part(indicator, sub_sector=sub_sector, year=OTHER),
        "x_k": Part(indicator, sub_sector=sub_sector),
    }
    return (Formula(parts, "(x_k / x_0) ** (1 / k) - 1"),)


def _index(indicator: str) -> tuple[Formula, ...]:
    return (Formula({"x_0": Part(indicator, year=OTHER), "x_t": Part(indicator)}, "100 * x_t / x_0"),)


def _rank(quotient: str, along: Along) -> tuple[Formula, ...]:
    return (Formula({"LQ_r": Part(quotient)}, among=(Among(Part(quotient), along),), reckon=placed),)


def _shift_share(part: str, parts: Mapping[str, Part], expression: str) -> tuple[Formula, ...]:
    """Of creative as a whole it is the sum over its sub-sectors."""
    summed = Among(Part(f"shift-share-{part}", other=SAME), "sub-sectors")
    return (Formula(among=(summed,), reckon=added, when=_of_all), Formula(parts, expression))


def each_along(*indicators: str, along: Along = "sub-sectors", sub_sector: str = SAME) -> tuple[Among, ...]:
    return tuple(Among(Part(indicator, sub_sector=sub_sector), along) for indicator in indicators)


def _by_rule(suffix: str, when: When) -> Formula:
    quotients = [f"{quotient}{suffix}" for _, _, quotient in MEASURES.values()]
    counts = [count for count, _, _ in MEASURES.values()]
    return Formula(among=each_along(*quotients, *counts), when=when)


SHARES = Among(Part("sub-sector-share", variant=SAME), "sub-sectors")
_CHOSEN = Among(Part("hotspot-by-rule", variant=SAME), "local")
RATE = Part("innovation-rate", variant=SAME)
_OTHER_SECTORS = replace(RATE, sub_sector=OTHER)
_SURE = Part("probability-above", variant=LINE)
_GROWTH = Part("creative-jobs-growth", other=BASE)
GRADUATES = {
    "g_r": Part("graduates", sub_sector=TOTAL, variant=SAME),
    "G": Part("graduates", "whole", sub_sector=TOTAL, variant=SAME),
}

FORMULAS: Mapping[str, tuple[Formula, ...]] = {
    **dict.fromkeys(("creative-jobs", "jobs"), (Formula(added="employment"),)),
    **dict.fromkeys(("creative-local-units", "local-units"), (Formula(added="businesses"),)),
    "innovation-rate": (Formula(added="innovation"),),
    "split-share": (Formula(added="crosswalk"),),
    "creative-jobs-share": (Formula({key: JOBS[key] for key in ("x_ri", "T_r")}, "x_ri / T_r"),),
    "location-quotient": (Formula(JOBS, "(x_ri / T_r) / (X_i / T)"),),
    "location-quotient-ex-london": (Formula({**JOBS, **IN_LONDON}, "(x_ri / T_r) / ((X_i - x_Li) / (T - T_L))"),),
    "location-quotient-leave-one-out": (
        Formula(JOBS, "(x_ri / T_r) / ((X_i - x_ri) / (T - T_r))", when=of_measure("jobs")),
        Formula(UNITS, "(u_ri / U_r) / ((U_i - u_ri) / (U - U_r))", when=of_measure("units")),
    ),
    "symmetric-location-quotient": tuple(
        Formula({"LQ_ri": Part(quotient)}, "(LQ_ri - 1) / (LQ_ri + 1)", when=of_measure(of))
        for of, quotient in (("jobs", "location-quotient"), ("units", "location-quotient-units"))
    ),
    "location-quotient-units": (Formula(UNITS, "(u_ri / U_r) / (U_i / U)"),),
    "location-quotient-units-ex-london": (
        Formula({**UNITS, **UNITS_IN_LONDON}, "(u_ri / U_r) / ((U_i - u_Li) / (U - U_L))"),
    ),
    "jobs-above-expected": (Formula(JOBS, "x_ri - T_r * X_i / T"),),
    "location-quotient-units-shrunken": (Formula(UNITS),),
    "probability-above": (Formula({"θ": Part("location-quotient-units-shrunken")}),),
    "p-value-units": (Formula(UNITS),),
    "q-value-units": (Formula({"p": Part("p-value-units")}),),
    "concentrated": (Formula({"LQ_ri": Part("location-quotient"), "P": Part("probability-above", variant="1")}),),
    "creative-jobs-growth": _growth("creative-jobs"),
    "jobs-growth": _growth("jobs"),
    "creative-units-growth": _growth("creative-local-units"),
    "units-growth": _growth("local-units"),
    "growth-difference": tuple(
        Formula(
            {"g_i": Part(own, other=SAME), "g": Part(all_, sub_sector=TOTAL, other=SAME)},
            "g_i - g",
            when=of_measure(of),
        )
        for of, own, all_ in (
            ("jobs", "creative-jobs-growth", "jobs-growth"),
            ("units", "creative-units-growth", "units-growth"),
            ("gva", "gva-growth", "gva-growth"),
        )
    ),
    "creative-jobs-index": _index("creative-jobs"),
    "jobs-index": _index("jobs"),
    "creative-local-units-index": _index("creative-local-units"),
    "local-units-index": _index("local-units"),
    "shift-share-national": _shift_share("national", {"x_ri0": THEN["x_ri0"], **ECONOMY}, "x_ri0 * (T_k / T_0 - 1)"),
    "shift-share-mix": _shift_share(
        "mix", {"x_ri0": THEN["x_ri0"], **WHOLE_THEN, **ECONOMY}, "x_ri0 * (X_ik / X_i0 - T_k / T_0)"
    ),
    "shift-share-local": _shift_share("local", {**THEN, **WHOLE_THEN}, "x_rik - x_ri0 * X_ik / X_i0"),
    "shift-share-change": (Formula(THEN, "x_rik - x_ri0"),),
    "projected-jobs": (Formula(among=each_along("creative-jobs", along="years")),),
    "location-quotient-rank": _rank("location-quotient", "ranked"),
    "location-quotient-units-rank": _rank("location-quotient-units", "ranked"),
    "quotient-rank-interval": _rank("location-quotient-units-shrunken", "local"),
    "ranked-areas": tuple(
        Formula(among=each_along(quotient, along="ranked"), reckon=known, when=of_measure(of))
        for of, (_, _, quotient) in MEASURES.items()
    ),
    **{
        f"sub-sectors-{where}": tuple(
            Formula(among=each_along(quotient), reckon=on_side(where), when=of_measure(of))
            for of, quotient in (("jobs", "location-quotient"), ("units", "location-quotient-units-shrunken"))
        )
        for where in ("above", "open", "below", "unknown")
    },
    "hotspot": (
        Formula(
            {"LQ_r": Part("location-quotient"), "P": _SURE, "u_r": Part("creative-local-units")},
            among=(
                *each_along("location-quotient"),
                Among(_SURE, "sub-sectors"),
                *each_along("creative-local-units"),
            ),
            settings={"a": "location_quotient", "b": "creative_units", "c": "sub_sector_units", "d": "sub_sectors"},
            when=lambda key, rule: rule.rule == "reportgen",
        ),
        _by_rule("", lambda key, rule: True),
    ),
    "hotspot-rank": (
        *(replace(each, when=lambda key, rule: rule.measure != "units") for each in _rank(JOBS_QUOTIENT, "hotspots")),
        *_rank(UNITS_QUOTIENT, "hotspots"),
    ),
    "hotspot-areas": (Formula(among=each_along("hotspot", along="areas"), reckon=known),),
    "hotspot-count": (Formula(among=each_along("hotspot", along="areas"), reckon=yes),),
    "hotspot-jobs": (
        Formula(
            among=(*each_along("creative-jobs", along="chosen"), *each_along("hotspot", along="areas")), reckon=added
        ),
    ),
    "hotspot-by-rule": (
        _by_rule("-ex-london", lambda key, rule: "ex-london" in key.variant.split(".")),
        _by_rule("", lambda key, rule: True),
    ),
    "hotspots-by-rule": (Formula(among=(_CHOSEN,), reckon=yes),),
    "hotspots-kept": (Formula(among=(_CHOSEN, *each_along("hotspot", along="local"))),),
    "hotspot-robustness": (
        Formula(among=(Among(Part("hotspot-by-rule", variant=SAME), "variants"),), reckon=share_of_yes),
    ),
    "selection-probability": (
        Formula(
            {"θ_r": Part("location-quotient-units-shrunken"), "u_r": Part("creative-local-units")},
            among=each_along("location-quotient-units-shrunken", "creative-local-units"),
        ),
    ),
    "sub-sector-share": tuple(
        Formula({"x_ri": Part(count)}, among=each_along(count), reckon=share_of, when=of_measure(of))
        for of, (count, _, _) in MEASURES.items()
    ),
    "effective-sub-sectors": (Formula(among=(SHARES,), reckon=effective),),
    "herfindahl": (Formula(among=(SHARES,), reckon=squared),),
    "krugman": (Formula(among=(SHARES, Among(Part("sub-sector-share", "whole", variant=SAME), "sub-sectors"))),),
    "effective-sub-sectors-mean": (
        Formula(among=(Among(Part("effective-sub-sectors", variant=SAME), "inside"),), reckon=mean),
    ),
    "innovation-difference": (
        Formula({"p_1": RATE, "p_2": _OTHER_SECTORS}, "p_1 - p_2", when=lambda key, rule: key.other in GROUPS),
        Formula({"p_1": RATE, "p_2": replace(RATE, area="other")}, "p_1 - p_2"),
    ),
    "innovation-ratio": (Formula({"p_1": RATE, "p_2": _OTHER_SECTORS}, "p_1 / p_2"),),
    "creative-input-purchases": (
        Formula(added="input_output", when=lambda key, rule: key.other not in ("all-industries", "other-industries")),
    ),
    **{
        indicator: tuple(
            Formula(
                among=(*each_along(quotient, along="local"), *each_along(quotient, along="local", sub_sector=OTHER)),
                when=of_measure(of),
            )
            for of, (_, _, quotient) in MEASURES.items()
        )
        for indicator in (
            *("co-location-pearson", "co-location-pearson-log", "co-location-spearman", "co-location-matrix"),
            *("co-location-areas", "co-location-areas-left-out", "co-location-areas-zero"),
        )
    },
    **{
        indicator: tuple(
            Formula(among=each_along(quotient, along="local"), when=of_measure(of))
            for of, (_, _, quotient) in MEASURES.items()
        )
        for indicator in ("morans-i", "morans-i-p", "gearys-c", "gearys-c-p", "local-moran", "local-moran-p")
    },
    **{
        indicator: tuple(
            Formula(
                among=(*each_along(count, along="local"), *each_along(total, along="local", sub_sector=TOTAL)),
                when=of_measure(of),
            )
            for of, (count, total, _) in MEASURES.items()
        )
        for indicator in ("ellison-glaeser", "ellison-glaeser-z", "raw-concentration")
    },
    "graduates": (Formula(among=(Among(Part("graduates", variant=SAME), "parts"),)),),
    "institutions": (Formula(among=each_along("institutions", along="areas")),),
    "graduate-quotient": (Formula({**GRADUATES, **{of: JOBS[of] for of in ("T_r", "T")}}, "(g_r / G) / (T_r / T)"),),
    "graduate-surplus": (
        Formula({**GRADUATES, **{of: JOBS[of] for of in ("x_ri", "X_i")}}, "(g_r / G) / (x_ri / X_i)"),
    ),
    "neighbouring-hotspots": (Formula(among=each_along("hotspot", along="beside"), reckon=yes),),
    "neighbouring-hotspot": (Formula({"hotspot_s": Part("hotspot", "other")}, "hotspot_s"),),
    "exposure-quotient": (
        Formula(
            {
                "E_r": Part("creative-input-exposure", other=SAME, variant=SAME),
                "E": Part("creative-input-exposure", "whole", other=SAME, variant=SAME),
            },
            "E_r / E",
        ),
    ),
    "largest-sub-sector-share": (Formula(among=(SHARES,), reckon=largest),),
    "largest-sub-sector": (Formula(among=(SHARES,), reckon=placed_within),),
    "effective-sub-sectors-ratio": (Formula({"h_r": Part("effective-sub-sectors", variant=SAME)}),),
    "peer-growth-difference": (Formula({"g_s": replace(_GROWTH, area="other"), "g_r": _GROWTH}, "g_s - g_r"),),
    "quotient-width": (Formula({"LQ_ri": Part("location-quotient")}),),
    "sub-sectors-hidden": (Formula(among=each_along("location-quotient"), reckon=hidden),),
}
