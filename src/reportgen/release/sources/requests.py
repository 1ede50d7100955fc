"""
Requests: whether the files of a table together hold all rows of the downloads that they are pieces of.
Takes extracts, gives problems.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from reportgen.errors import Problem
from reportgen.release.sources.extract import Extract


def cut_off(extracts: Sequence[Extract]) -> list[Problem]:
    """
    Downloads that are not complete: of a whole of so many rows, some are in none of the files.
    Several downloads may have equally many rows: then each row must be there equally often.
    """
    problems = []
    totals = sorted({total for each in extracts for total in each.requests})
    for total in totals:
        holding = [each for each in extracts if total in each.requests]
        offsets, counts = np.unique(np.concatenate([each.requests[total] for each in holding]), return_counts=True)
        there = offsets[counts == counts.max()]
        if len(there) == total:
            continue
        if len(offsets) == total:
            problems.append(_there_twice(holding, total, offsets[counts == counts.max()]))
            continue
        gap = np.flatnonzero(there != np.arange(len(there)))
        first = int(gap[0]) if len(gap) else len(there)
        what = f"a download is cut off: {total - len(there):,} of its {total:,} rows are in no file"
        why = "areas or industries would be missing, or too low, without a word"
        fix = (
            "fetch the rest with &recordoffset= and name all files in the recipe; if rows were left out on purpose, "
            "leave the columns RECORD_OFFSET and RECORD_COUNT out as well"
        )
        files = ", ".join(each.file for each in holding)
        detail = f"the first that lacks has RECORD_OFFSET {first}"
        problems.append(Problem("cut-off", what, why, fix, files, detail=detail))
    return problems


def _there_twice(holding: Sequence[Extract], total: int, offsets: npt.NDArray[np.intp]) -> Problem:
    what = f"{len(offsets):,} of the {total:,} rows of a download are in two files"
    why, fix = "they would be counted twice", "fetch pages that do not overlap, and name each once in the recipe"
    files = ", ".join(each.file for each in holding)
    return Problem("cut-off", what, why, fix, files, detail=f"the first of them has RECORD_OFFSET {offsets[0]}")
