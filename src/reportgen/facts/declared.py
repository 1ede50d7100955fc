"""
Declared: what every indicator is made of: the formulas of `formulas.py`, and those of tests, of claims, of likeness, of
neighbours, of back-tests, and of what rests on whole tables. Declares only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportgen.analysis.cells import TOTAL
from reportgen.analysis.supply_chain import ALL
from reportgen.classification import CREATIVE
from reportgen.facts.formula import (
    COMPANION,
    FIRST,
    LAST,
    OTHER,
    SAME,
    STATISTIC,
    Along,
    Among,
    Formula,
    Part,
    When,
)
from reportgen.facts.formulas import FORMULAS, MEASURES, RATE, added, each_along, of_measure
from reportgen.facts.rows import Key
from reportgen.settings import HotspotRule


def _by_measure(*, along: Along = "local", second: bool = False, total: bool = True) -> tuple[Formula, ...]:
    """Counts of the sub-sector, of all industries and of a second sub-sector, by jobs or by local units."""
    return tuple(
        Formula(
            among=(
                *each_along(count, along=along),
                *(each_along(count, along=along, sub_sector=OTHER) if second else ()),
                *(each_along(whole, along=along, sub_sector=TOTAL) if total else ()),
            ),
            when=of_measure(of),
        )
        for of, (count, whole, _) in MEASURES.items()
    )


def _quotients() -> tuple[Formula, ...]:
    return tuple(
        Formula(among=each_along(quotient, along="local"), when=of_measure(of))
        for of, (_, _, quotient) in MEASURES.items()
    )


def _about(indicator: str, variant: str = SAME) -> Part:
    """Another finding about the same."""
    return Part(indicator, other=SAME, variant=variant)


def _tested(statistic: str) -> tuple[Formula, ...]:
    """A p-value by permutation of a statistic."""
    return (Formula({"S": _about(statistic)}, shuffled=True),)


def _local(indicator: str, **rest: str) -> Among:
    return Among(Part(indicator, **rest), "local")  # type: ignore[arg-type]


def _double(of: str) -> Formula:
    """Growth of creative industries less twice that of all, from their counts."""
    count, whole, _ = MEASURES[of]
    parts = {
        "x_0": Part(count, year=OTHER),
        "x_k": Part(count),
        "T_0": Part(whole, sub_sector=TOTAL, year=OTHER),
        "T_k": Part(whole, sub_sector=TOTAL),
    }
    expression = "(x_k / x_0) ** (1 / k) - 1 - 2 * ((T_k / T_0) ** (1 / k) - 1)"
    return Formula(parts, expression, when=of_measure(of))


def _dispersion() -> Iterator[Formula]:
    for of, (count, whole, _) in MEASURES.items():
        for indicator, total in ((whole, True), (count, False)):
            yield Formula(
                among=(
                    *each_along(indicator, along="local"),
                    Among(Part(indicator, "whole"), "years"),
                ),
                when=_dispersed(of, total=total),
            )


def _dispersed(of: str, *, total: bool) -> When:
    def when(key: Key, _: HotspotRule) -> bool:
        return key.variant == of and (key.sub_sector == TOTAL) == total

    return when


INPUTS = Among(Part("creative-input-share", "nation", year="", other=SAME, variant=FIRST), "industries")
PURCHASES = Among(Part("creative-input-purchases", "nation", year="", other=SAME, variant=FIRST), "industries")
JOBS_BY_INDUSTRY = ("employment",)
PROFILES = Among(Part("sub-sector-share", variant=FIRST), "profiles")
GROWTH, HOTSPOT = _local("creative-jobs-growth", other=SAME), _local("hotspot")
REGIONS = tuple(Among(Part(each), "regions") for each in ("hotspot-count", "hotspot-areas"))
CITIES = {
    "permanova": (PROFILES,),
    "permdisp": (PROFILES,),
    "within-group-distance": (PROFILES,),
    "effective-sub-sectors-difference": (_local("effective-sub-sectors", variant=FIRST),),
}
CLUSTERS = tuple(
    f"local-{kind}" for kind in ("cluster-high-high", "cluster-low-low", "outlier-high-low", "outlier-low-high")
)
BACK = tuple(Among(Part("creative-jobs"), along) for along in ("years", "level"))

DECLARED: Mapping[str, tuple[Formula, ...]] = {
    **FORMULAS,
    # how sub-sectors lie
    **dict.fromkeys(("raw-concentration-variance", "ellison-glaeser-areas-left-out"), _by_measure()),
    **dict.fromkeys(("coagglomeration", "coagglomeration-areas-left-out"), _by_measure(second=True)),
    "observatory-stars": tuple(
        Formula({"LQ_ri": Part(quotient)}, among=each_along(count, along="local"), when=of_measure(of))
        for of, (count, _, quotient) in MEASURES.items()
    ),
    "establishment-herfindahl": (
        Formula({"X_i": Part("creative-jobs", "whole")}, when=lambda key, rule: key.variant == "jobs"),
        Formula(
            among=(Among(Part("creative-local-units", "whole"), "years"),),
            when=lambda key, rule: key.variant == "units",
        ),
        Formula(rows=("businesses",), whole=True),
    ),
    "effective-establishments": (Formula({"H_i": _about("establishment-herfindahl")}, "1 / H_i"),),
    # growth
    "gva-growth": (Formula(rows=("gva",)),),
    "growth-dispersion": tuple(_dispersion()),
    "double-rate-window": (_double("jobs"), _double("units"), Formula(rows=("gva",))),
    "double-rate-met": (Formula({"g_creative − 2·g": _about("double-rate-window")}),),
    **dict.fromkeys(("backtest-windows", "backtest-coverage", "backtest-error"), (Formula(among=BACK),)),
    # who buys from creative industries
    "creative-input-purchases": (
        *FORMULAS["creative-input-purchases"],
        Formula(among=(PURCHASES,), reckon=added, when=lambda key, rule: key.other == ALL),
        Formula(among=(PURCHASES,)),
    ),
    "creative-input-share": (Formula({"Σ_i z_ij": _about("creative-input-purchases")}, rows=("input_output_totals",)),),
    "industries-by-creative-inputs": (Formula(among=(INPUTS,)),),
    "output-share-by-creative-inputs": (Formula(among=(INPUTS,), rows=("input_output_totals",)),),
    "output-multiplier": (Formula(rows=("input_output", "input_output_totals"), whole=True),),
    "creative-input-exposure": (Formula(among=(INPUTS,), rows=JOBS_BY_INDUSTRY, by_industry=True),),
    "creative-input-coverage": (
        Formula({"T_r": Part("jobs", sub_sector=TOTAL)}, rows=JOBS_BY_INDUSTRY, by_industry=True),
    ),
    "jobs-share-by-creative-inputs": (Formula(among=(INPUTS,), rows=JOBS_BY_INDUSTRY, by_industry=True),),
    "creative-input-gap": (
        Formula(
            {"E": Part("creative-input-exposure", "whole", other=SAME, variant=SAME)},
            among=(INPUTS,),
            rows=JOBS_BY_INDUSTRY,
            by_industry=True,
        ),
    ),
    **dict.fromkeys(
        ("largest-industry-share", "largest-industry"), (Formula(rows=JOBS_BY_INDUSTRY, by_industry=True),)
    ),
    "buying-industry": (Formula(among=(PURCHASES,), rows=JOBS_BY_INDUSTRY),),
    # likeness
    **dict.fromkeys(
        ("profile-distance", "nearest-peer", "cluster-order", "cluster-merge"),
        (
            Formula(
                among=tuple(
                    Among(Part("sub-sector-share", area, variant=FIRST), "sub-sectors") for area in ("here", "other")
                )
            ),
        ),
    ),
    "group-cities": (Formula(among=(_local("jobs", sub_sector=TOTAL),)),),
    "group-effective-sub-sectors": (Formula(among=(_local("effective-sub-sectors", variant=FIRST),)),),
    **{test: (Formula(among=among),) for test, among in CITIES.items()},
    **{f"{test}-p": _tested(test) for test in CITIES},
    # what lies beside
    **dict.fromkeys(("neighbours-areas", "neighbours-areas-alone", "neighbours-areas-left-out"), _quotients()),
    "local-moran-q": (Formula(among=(_local("local-moran-p", variant=SAME),)),),
    **dict.fromkeys(
        CLUSTERS, (Formula({name: Part(f"local-moran{end}", variant=SAME) for name, end in (("I", ""), ("q", "-q"))}),)
    ),
    "neighbours-growth-difference": (Formula(among=(GROWTH, HOTSPOT)),),
    **{
        f"neighbours-growth-areas-{where}": (Formula(among=(GROWTH, HOTSPOT)),)
        for where in ("beside", "elsewhere", "left-out")
    },
    "neighbours-growth-difference-p": _tested("neighbours-growth-difference"),
    **dict.fromkeys(
        ("regions-growth-correlation", "regions-growth-areas", "regions-growth-areas-left-out"),
        (Formula(among=(Among(_about("creative-jobs-growth", ""), "regions"), *REGIONS)),),
    ),
    "regions-growth-correlation-p": _tested("regions-growth-correlation"),
    **dict.fromkeys(
        ("regions-innovation-correlation", "regions-innovation-areas", "regions-innovation-areas-left-out"),
        tuple(
            Formula(
                among=(
                    Among(Part(RATE.indicator, sub_sector=group, year=OTHER, variant=LAST), "regions"),
                    *REGIONS,
                ),
                when=of_measure(word),
            )
            for word, group in (("all-industries", TOTAL), ("creative-industries", CREATIVE))
        ),
    ),
    "regions-innovation-correlation-p": _tested("regions-innovation-correlation"),
    # claims
    "claim-statistic": (Formula({"S": _about(STATISTIC)}, "S"),),
    "claim-p": (Formula({"p": _about(COMPANION)}, "p"),),
    "claim-line": (Formula({"S": _about("claim-statistic")}),),
    "claim-side": (Formula({name: _about(f"claim-{name}") for name in ("statistic", "line", "p")}),),
    # what the release says itself: the rows of its own area and year
    **dict.fromkeys(
        ("areas", "counts-as-london", "one-cell-jumps", "suppressed-share", "provisional", "break"), (Formula(),)
    ),
}
