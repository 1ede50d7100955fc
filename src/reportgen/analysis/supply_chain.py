"""
Supply chain: what industries buy from creative ones, and how much an area's own mix of industries leans on such inputs.
Takes the input-output table and jobs, gives rows. That firms with more creative inputs innovate more is an association
that others published; nothing here forecasts innovation from it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reportgen.analysis import buyers as buying
from reportgen.analysis import reasons
from reportgen.analysis.exposure import Places, averages, coverage, mix, places_of
from reportgen.analysis.input_output import (
    Chain,
    chain_of,
    coefficients,
    input_shares,
    output_multipliers,
)
from reportgen.analysis.inputs import Inputs
from reportgen.analysis.shape import (
    MISSING,
    NOT_APPLICABLE,
    Booleans,
    Floats,
    Indicator,
    Numbers,
    all_ok,
    mark,
    plain,
    stack,
    tidy,
)
from reportgen.classification import SUPPLIERS

SOURCE = "input_output;input_output_totals"
WITH_JOBS = f"employment;{SOURCE}"
ALL, OTHER = "all-industries", "other-industries"  # buyers together: every industry; those that are no creative one
EXPOSED = ("creative", "narrow")  # lists of suppliers by which buyers are classed and areas compared
LINES = (0.03, 0.06)  # shares of output that the published association compares
CLASSES = ("under-3", "3-to-6", "6-and-over")


def by_class(shares: Floats) -> Booleans:
    """
    Which class of creative inputs each industry is in: under 3 % of output, 3 to under 6 %, 6 % and over.
    Args:
        shares: by industry; NaN is in none.
    Returns: classes × industries.
    Source: the levels are those of the published association: firms that spend 6 % of output on creative inputs,
        rather than 3 %, more often introduce new products. It is quoted, never used to forecast.

    >>> by_class(np.array([0.01, 0.03, 0.06, np.nan])).sum(axis=1).tolist()
    [1, 1, 1]
    """
    low, high = LINES
    return np.stack([shares < low, (shares >= low) & (shares < high), shares >= high])


def buyers(chain: Chain, suppliers: str) -> tuple[Numbers, Numbers]:
    """
    Purchases from a list of suppliers, and these as a share of output: 1 × 1 × (industries, all of them together, the
    other ones together).
    Source: ONS, UK input-output analytical tables, for the purchases; see `input_shares`.
    """
    table, bought = chain.table, chain.purchases[suppliers]
    among = _among(chain, each=True)
    unknown = np.isnan(bought) | np.isnan(table.output)
    lacking, of = (among & unknown).sum(axis=1), among.sum(axis=1)
    purchases, output = (np.where(among, amount, 0.0).sum(axis=1)[None, None] for amount in (bought, table.output))

    def sentence(_: int, __: int, buyer: int) -> str:
        return chain.why.get(suppliers) or reasons.purchases_not_told(int(lacking[buyer]), int(of[buyer]))

    standing = mark(all_ok(purchases.shape), np.isnan(purchases) | (suppliers in chain.why), MISSING, sentence)
    share = mark(standing, np.isnan(output), MISSING, sentence)
    names = (*table.industries, ALL, OTHER)
    share = mark(share, output == 0, NOT_APPLICABLE, lambda _, __, buyer: reasons.no_output(names[buyer]))
    return plain(purchases, standing), plain(input_shares(purchases, output), share)


def multipliers(chain: Chain) -> Numbers:
    """Type I output multipliers, 1 × 1 × (industries and, weighted by output, all together)."""
    table = chain.table
    names, shape = (*table.industries, ALL), (1, 1, len(table.industries) + 1)
    value, everywhere = np.full(shape, np.nan), np.ones(shape, dtype=bool)
    lacking = len(table.industries) - int(table.known.sum())
    if chain.missing or lacking:
        why = chain.missing or reasons.purchases_not_told(lacking, len(table.industries))
        return plain(value, mark(all_ok(shape), everywhere, MISSING, lambda *_: why))
    found, whole = output_multipliers(coefficients(table.flows, table.output)), table.output.sum()
    if not (found > 0).all():
        why = reasons.not_productive()
        return plain(value, mark(all_ok(shape), everywhere, NOT_APPLICABLE, lambda *_: why))
    value[0, 0, :-1], value[0, 0, -1] = found, (found * table.output).sum() / (whole or np.nan)
    empty = np.append(table.output, whole)[None, None] == 0
    return plain(
        value, mark(all_ok(shape), empty, NOT_APPLICABLE, lambda _, __, buyer: reasons.no_output(names[buyer]))
    )


def classed(chain: Chain, suppliers: str) -> tuple[Numbers, Numbers]:
    """
    How many industries are in each class of creative inputs, and their share of output: classes × 1 × 2, among all
    industries and among the other ones. Industries without output are in no class.
    Source: own count and sum; see `by_class`.
    """
    among, output = _among(chain), chain.table.output
    inside = by_class(chain.shares(suppliers))[:, None] & among
    whole = np.where(among, output, 0.0).sum(axis=1)
    part = np.where(inside, output, 0.0).sum(axis=2) / np.where(whole == 0, np.nan, whole)
    lacking = among & (np.isnan(chain.purchases[suppliers]) | np.isnan(output))
    shape = (len(CLASSES), 1, len(among))
    unknown, empty = (
        np.broadcast_to(where, shape) for where in (lacking.any(axis=1) | (suppliers in chain.why), whole == 0)
    )
    standing = mark(
        all_ok(shape),
        unknown,
        MISSING,
        lambda _, __, group: (
            chain.why.get(suppliers) or reasons.purchases_not_told(int(lacking[group].sum()), int(among[group].sum()))
        ),
    )
    shares = mark(standing, empty, NOT_APPLICABLE, lambda _, __, group: reasons.no_output((ALL, OTHER)[group]))
    return plain(inside.sum(axis=2, dtype=float)[:, None], standing), plain(part[:, None], shares)


def findings(inputs: Inputs) -> pd.DataFrame:
    """
    The rows of this family. What is about industries stands with the national area, `other` says which industry; what
    is about areas is of the latest year of jobs.
    """
    chain = chain_of(inputs.release, inputs.classification)
    nation, each = [inputs.release.info.national], [("", industry) for industry in (*chain.table.industries, ALL)]
    rows = []
    bought = {suppliers: buyers(chain, suppliers) for suppliers in SUPPLIERS}
    for measure, indicator in enumerate(("creative-input-purchases", "creative-input-share")):
        for suppliers, numbers in bought.items():
            rows.append(tidy(indicator, nation, [""], [*each, ("", OTHER)], numbers[measure], SOURCE, suppliers))
    together = [("", ALL), ("", OTHER)]
    counted = {suppliers: classed(chain, suppliers) for suppliers in EXPOSED}
    for measure, indicator in enumerate(("industries-by-creative-inputs", "output-share-by-creative-inputs")):
        for suppliers, numbers in counted.items():
            for place, name in enumerate(CLASSES):
                one = numbers[measure].at([place])
                rows.append(tidy(indicator, nation, [""], together, one, SOURCE, f"{suppliers}.{name}"))
    rows.append(tidy("output-multiplier", nation, [""], each, multipliers(chain), SOURCE))
    places, whole = places_of(inputs, chain), inputs.release.info.great_britain
    return stack(
        [*rows, *_of_areas(places, chain), *buying.rows(places, chain, whole, EXPOSED, (ALL, OTHER), WITH_JOBS)]
    )


def _of_areas(places: Places, chain: Chain) -> list[pd.DataFrame]:
    """The rows that are about the areas' exposure."""
    areas, (year,) = places.jobs.areas, places.jobs.years
    together = [(year, ALL), (year, OTHER)]
    rows = []
    for suppliers in EXPOSED:
        found = averages(places, chain, suppliers, places.shares[suppliers])
        rows.append(tidy("creative-input-exposure", areas, [""], together, found, WITH_JOBS, suppliers))
    rows.append(tidy("creative-input-coverage", areas, [""], [(year, "")], coverage(places, chain), WITH_JOBS))
    for suppliers in EXPOSED:
        shares = places.shares[suppliers]
        for name, inside in zip(CLASSES, by_class(shares), strict=True):
            found = averages(places, chain, suppliers, np.where(np.isnan(shares), np.nan, inside))
            variant = f"{suppliers}.{name}"
            rows.append(tidy("jobs-share-by-creative-inputs", areas, [""], together, found, WITH_JOBS, variant))
    return rows


def _among(chain: Chain, each: bool = False) -> Booleans:
    """Who is added up, groups × industries: all industries, and the other ones; before them, if asked, each alone."""
    both = np.stack([np.ones_like(chain.other), chain.other])
    return np.concatenate([np.eye(len(chain.other), dtype=bool), both]) if each else both


_SUPPLIERS = (
    "Creative inputs are domestic purchases, at basic prices, from the industries that the classification lists as "
    "creative suppliers (variant creative), or from those of them that are commonly named as creative inputs (narrow)."
)
_PARTLY = (
    "Suppliers that are creative only in part, such as architecture with engineering, are counted whole; the variant "
    "partly-creative says how much comes from these alone."
)
_MIX = (
    "The mix of industries is that of jobs, matched with the table by divisions; every firm of an industry is taken to "
    "buy alike, wherever it is. What is not known is left out. The interval covers the rounding of jobs, and that they "
    "come in establishments; not that firms of one industry differ."
)
_BUYERS = "Given for all industries and for the other industries: those that are no creative suppliers."
_CLASSES = "Classes: under 3 % of output, 3 to under 6 %, 6 % and over. They forecast nothing."
MILLER = "Miller and Blair (2009), Input-Output Analysis"

INDICATORS = (
    Indicator(
        "creative-input-purchases",
        name="Creative inputs",
        unit="£ million",
        digits=0,
        definition=f"What an industry buys from creative suppliers in a year. {_SUPPLIERS} {_PARTLY}",
        formula="Σ_i z_ij over the creative suppliers i, z_ij the purchases of industry j from i",
        source="ONS, UK input-output analytical tables (domestic use, industry by industry)",
        made_by=buyers,
    ),
    Indicator(
        "creative-input-share",
        name="Creative inputs as a share of output",
        unit="share",
        digits=1,
        definition=f"What an industry buys from creative suppliers, as a share of its output. {_SUPPLIERS} {_PARTLY}",
        formula="c_j = Σ_i z_ij / x_j over the creative suppliers i, x_j the output of industry j",
        source=f"{MILLER}, ch. 2; Bakhshi, McVittie and Simmie (2008), Creating Innovation (creative inputs)",
        made_by=input_shares,
    ),
    Indicator(
        "industries-by-creative-inputs",
        name="Industries by creative inputs",
        unit="industries",
        digits=0,
        definition="How many industries of the input-output table spend so much of their output on creative inputs. "
        f"{_CLASSES} {_BUYERS}",
        formula="#{j: c_j in the class}",
        source="own count; the classes are those of the published association",
        made_by=by_class,
    ),
    Indicator(
        "output-share-by-creative-inputs",
        name="Output by creative inputs",
        unit="share",
        digits=1,
        definition="The share of output that is made by industries which spend so much of it on creative inputs. "
        f"{_CLASSES} {_BUYERS}",
        formula="Σ x_j over the industries with c_j in the class, divided by Σ x_j over all of them",
        source="own sum; the classes are those of the published association",
        made_by=classed,
    ),
    Indicator(
        "output-multiplier",
        name="Output multiplier, Type I",
        unit="ratio",
        digits=2,
        definition="So many pounds of output in all domestic industries go with one pound of final demand for the "
        "industry's products, by way of purchases from suppliers and their suppliers. Households' spending is not in "
        "it. A check of the table, no forecast. For all industries: the mean, weighted by output.",
        formula="m_j = Σ_i [(I − A)⁻¹]_ij, A_ij = z_ij / x_j",
        source=f"Leontief (1986), Input-Output Economics; {MILLER}, ch. 6",
        made_by=output_multipliers,
    ),
    Indicator(
        "creative-input-exposure",
        name="Exposure to creative inputs",
        unit="share",
        digits=2,
        definition="The share of output that the area's industries would spend on creative inputs if each bought as it "
        f"does in the country as a whole. {_MIX} {_BUYERS}",
        formula="E_r = Σ_b j_rb·c_b / Σ_b j_rb; 95 %: E ± 1.96·√(Σ_b (c_b − E)²·V_rb) / Σ_b j_rb, "
        "V_rb = V + X_b²·s_rb(1 − s_rb)·H_b, V of rounding, s_rb = j_rb / X_b, H_b of establishment sizes",
        source="own; weights as in a shift-share's industry mix; Oehlert (1992), The American Statistician 46(1)",
        made_by=mix,
    ),
    Indicator(
        "creative-input-coverage",
        name="Jobs whose creative inputs are known",
        unit="share",
        digits=1,
        definition="The share of the area's jobs that is known by industry and in industries found in the input-output "
        "table. An average over the area's mix rests on these alone.",
        formula="Σ_b j_rb / T_r over the industries b whose jobs and creative inputs are known; at most 1",
        source="own count",
        made_by=coverage,
    ),
    Indicator(
        "jobs-share-by-creative-inputs",
        name="Jobs by creative inputs",
        unit="share",
        digits=1,
        definition="The share of the area's jobs in industries that spend so much of their output on creative inputs. "
        f"{_CLASSES} {_MIX} {_BUYERS}",
        formula="Σ j_rb over the industries with c_b in the class, divided by Σ j_rb over all of them",
        source="own sum; the classes are those of the published association",
        made_by=averages,
    ),
    *buying.INDICATORS,
)
