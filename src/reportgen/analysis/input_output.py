"""
Input-output: what industries buy from one another, as one square of numbers, and what follows from it for an industry:
inputs as a share of output, and multipliers. Takes the two tables of a release and lists of suppliers; knows no area.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reportgen.analysis import reasons
from reportgen.analysis.shape import Booleans, Floats
from reportgen.classification import SUPPLIERS, Classification, divisions, spaced
from reportgen.release.model import Release


@dataclass(frozen=True)
class InputOutput:
    """
    Args:
        industries: codes, in the order of the table of outputs, with single blanks.
        flows: suppliers × buyers, purchases in £ million; NaN where the table has no figure.
        output: by industry, £ million; NaN likewise.
    """

    industries: tuple[str, ...]
    flows: Floats
    output: Floats

    def among(self, codes: Collection[str]) -> Booleans:
        """Which of the industries are these."""
        return np.array([industry in codes for industry in self.industries], dtype=bool)

    @property
    def known(self) -> Booleans:
        """Industries whose output and every one of whose purchases are given."""
        return ~np.isnan(self.output) & ~np.isnan(self.flows).any(axis=0)


@dataclass(frozen=True)
class Chain:
    """
    The table of a release with the purchases from creative suppliers.
    Args:
        table: without figures where the release has none: then its industries are the creative suppliers.
        missing: why there are no figures at all, empty if there are some.
        purchases: list of suppliers → by buyer, £ million; NaN where not known.
        why: list of suppliers → why nobody's purchases from them are known; without an entry if they are.
        other: which industries are no creative supplier.
    """

    table: InputOutput
    missing: str
    purchases: Mapping[str, Floats]
    why: Mapping[str, str]
    other: Booleans

    def shares(self, suppliers: str) -> Floats:
        """Creative inputs as a share of each industry's output."""
        return input_shares(self.purchases[suppliers], self.table.output)


@dataclass(frozen=True)
class Bundle:
    """Industries of the table, and the divisions of SIC 2007 that they fill together: neither can be told apart."""

    industries: tuple[int, ...]
    divisions: tuple[str, ...]


def read_flows(release: Release) -> InputOutput | None:
    """The square of a release; None where it lacks one of the two tables. A pair without a row has no figure."""
    flows, totals = release.input_output, release.input_output_totals
    if flows is None or totals is None:
        return None
    columns = [column.map(spaced).astype(str) for column in (totals["industry"], flows["supplier"], flows["buyer"])]
    industries = list(dict.fromkeys(pd.concat(columns)))
    own, suppliers, buyers = (pd.Index(industries).get_indexer(column) for column in columns)
    square, output = np.full((len(industries), len(industries)), np.nan), np.full(len(industries), np.nan)
    square[suppliers, buyers] = flows["value_million"].to_numpy(float)
    output[own] = totals["output_million"].to_numpy(float)
    return InputOutput(tuple(industries), square, output)


def chain_of(release: Release, classification: Classification) -> Chain:
    """The input-output table of a release, with the purchases from each list of suppliers of a classification."""
    lists, table = classification.suppliers, read_flows(release)
    creative = lists.get(SUPPLIERS[0], ())
    missing = "" if table is not None else reasons.no_purchases()
    if table is None:
        size = len(creative)
        table = InputOutput(creative, np.full((size, size), np.nan), np.full(size, np.nan))
    purchases, why = {}, {}
    for name in SUPPLIERS:
        codes = lists.get(name, ())
        absent = [code for code in codes if code not in table.industries]
        if missing:
            why[name] = missing
        elif not codes:
            why[name] = reasons.no_suppliers(classification.id, name.replace("-", " "))
        elif absent:
            why[name] = reasons.suppliers_not_there(absent)
        found = table.flows[table.among(codes)].sum(axis=0)
        purchases[name] = np.full(len(table.industries), np.nan) if name in why else found
    return Chain(table, missing, purchases, why, ~table.among(creative))


def input_shares(purchases: Floats, output: Floats) -> Floats:
    """
    Inputs of some kind as a share of output: c_j = Σ_i z_ij / x_j, over the suppliers i of that kind.
    Args:
        purchases: by buyer j, Σ_i z_ij, £ million; output: x_j, £ million.
    Returns: by buyer, shares; NaN where there is no output.
    Source: Miller and Blair (2009), Input-Output Analysis, ch. 2.

    >>> input_shares(np.array([3.0, 0.0]), np.array([50.0, 0.0])).tolist()
    [0.06, nan]
    """
    return purchases / np.where(output == 0, np.nan, output)


def coefficients(flows: Floats, output: Floats) -> Floats:
    """
    Technical coefficients A_ij = z_ij / x_j: purchases from i for each pound of output of j.
    Args:
        flows: z, suppliers × buyers, £ million; output: x, £ million, as long.
    Returns: suppliers × buyers; an industry without output buys nothing.
    Source: Leontief (1986), Input-Output Economics; Miller and Blair (2009), Input-Output Analysis, ch. 2.
    """
    return np.where(output == 0, 0.0, flows / np.where(output == 0, 1.0, output))


def output_multipliers(technology: Floats) -> Floats:
    """
    Type I output multipliers: the column sums of the Leontief inverse (I − A)⁻¹. So many pounds of output in all
    domestic industries go with one pound of final demand for an industry, households' spending left out.
    Args:
        technology: A, suppliers × buyers.
    Returns: by industry, ratios; at least 1 where no coefficient is negative. They have a meaning only if all are
        positive, for just then industries make more than they use up; NaN where the inverse does not exist.
    Source: Miller and Blair (2009), Input-Output Analysis, ch. 6; Hawkins and Simon (1949), Note: some conditions of
        macroeconomic stability, Econometrica 17.

    >>> output_multipliers(np.array([[0.5]])).tolist(), output_multipliers(np.array([[1.5]])).tolist()
    ([2.0], [-2.0])
    """
    size = len(technology)
    # The sums of columns, 1ᵀ(I − A)⁻¹, need no inverse. Not by LAPACK, whose last digits hang on the number of threads.
    work = np.column_stack([(np.eye(size) - technology).T, np.ones(size)])
    for step in range(size):  # Gauss and Jordan: the largest number of the column goes to the diagonal
        pivot = step + int(np.argmax(np.abs(work[step:, step])))
        if work[pivot, step] == 0:
            return np.full(size, np.nan)
        work[[step, pivot]] = work[[pivot, step]]
        factor = work[:, step] / work[step, step]
        factor[step] = 0.0
        work -= np.multiply.outer(factor, work[step])
    return np.asarray(work[:, -1] / work.diagonal(), dtype=np.float64)


def bundles(industries: Sequence[str], divisions_there: Collection[str], without_jobs: Collection[str]) -> list[Bundle]:
    """
    The industries of the table matched with divisions of SIC 2007, as finely as the two allow: industries that share a
    division, and divisions that share an industry, come in one bundle.
    Args:
        divisions_there: those in which jobs are counted; others are passed over.
        without_jobs: industries in which nobody works.
    Returns: bundles in the order of their first industry; none without divisions.

    >>> bundles(["C10", "C11 & C12", "C11.07", "J62"], {"10", "11", "12"}, ())
    [Bundle(industries=(0,), divisions=('10',)), Bundle(industries=(1, 2), divisions=('11', '12'))]
    """
    found: list[tuple[set[int], set[str]]] = []
    for place, industry in enumerate(industries):
        its = divisions(industry) & set(divisions_there)
        if its and industry not in without_jobs:
            together = [each for each in found if each[1] & its]
            found = [each for each in found if not each[1] & its]
            found.append(({place}.union(*(each[0] for each in together)), set(its).union(*(e[1] for e in together))))
    return [
        Bundle(tuple(sorted(rows)), tuple(sorted(its))) for rows, its in sorted(found, key=lambda each: min(each[0]))
    ]
