"""
Industries: the one cut of a file's industries that is taken: divisions, groups, classes or subclasses.
Takes the digits of each row, gives the rows to take; knows no form of file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reportgen.errors import Problem
from reportgen.release.recipe import DIGITS, TableRecipe
from reportgen.release.sheet import Numbering, Rows
from reportgen.release.sources.extract import some_rows

Flags = npt.NDArray[np.bool_]
NO_DIGITS = 0  # sections (letters) and broad groups: no industry that a table of a release has
TOTAL = -1  # the row over all industries, which belongs to every cut
CUT_WORDS = {2: "divisions", 3: "groups", 4: "classes", 5: "subclasses", NO_DIGITS: "sections or broad groups"}


@dataclass(frozen=True)
class Choice:
    """Which rows are taken, what is to be said of the others, and what stands in the way."""

    rows: Flags
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def digits_of(code: str) -> int:
    """
    Of an industry's code; NO_DIGITS for anything that cannot be one.

    >>> digits_of("6201"), digits_of("J")
    (4, 0)
    """
    return len(code) if code.isascii() and code.isdigit() and len(code) in DIGITS else NO_DIGITS


def choose(digits: Rows, recipe: TableRecipe, file: str, records: Numbering | Rows, column: int | None) -> Choice:
    """
    The rows of one cut: the one that the recipe names, or else the only one that there is.
    Args:
        digits: of each row's industry; NO_DIGITS, TOTAL.
        records, column: where each row's industry stands in the file.
    """
    total = digits == TOTAL
    cuts = sorted({int(each) for each in digits[~total]})
    table = f"tables.{recipe.table}"
    if recipe.industries:
        rows = total | (digits == recipe.industries)
        passed = int((~rows).sum())
        if recipe.industries not in cuts:
            what, why = f"the file has no industries of {recipe.industries} digits", "nothing would be taken from it"
            problem = Problem("wrong-industries", what, why, f"correct {table}.industries", file, detail=_listed(cuts))
            return Choice(rows, problems=(problem,))
        words = CUT_WORDS[recipe.industries]
        return Choice(rows, (f"{words} taken; {some_rows(passed)} of other industries passed over",) if passed else ())
    if len(cuts) > 1:
        row = int(np.flatnonzero(~total & (digits != digits[~total][0]))[0])
        words = " and ".join(CUT_WORDS[cut] for cut in cuts)
        what, why = f"the file has {words} side by side", "jobs would be counted once in each of them"
        fix = f"say which one to take: {table}.industries = {' or '.join(map(str, cuts[cuts[0] == NO_DIGITS :]))}"
        problem = Problem("mixed-industries", what, why, fix, file, int(records[row]), column, _listed(cuts))
        return Choice(~total, problems=(problem,))
    if cuts == [NO_DIGITS]:
        row = int(np.flatnonzero(~total)[0])
        what, why = (
            "the file has no industries with a SIC 2007 code of 2 to 5 digits",
            "no definition answers to others",
        )
        fix = "fetch divisions, groups, classes or subclasses; creative industries need classes (4 digits) or finer"
        problem = Problem("wrong-industries", what, why, fix, file, int(records[row]), column, _listed(cuts))
        return Choice(total, problems=(problem,))
    return Choice(np.ones(len(digits), dtype=bool))


def _listed(cuts: Sequence[int]) -> str:
    return "there are " + ", ".join(f"{CUT_WORDS[cut]} ({cut} digits)" if cut else CUT_WORDS[cut] for cut in cuts)
