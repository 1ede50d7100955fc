"""
Origin: where in the raw files a row of a table comes from. Only the raw file can be mended, so problems are told of it.
Takes problems, gives problems; finds none itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reportgen.errors import Problem
from reportgen.release.sheet import HEADER
from reportgen.release.sources.extract import Extract
from reportgen.release.tables import BY_NAME

OTHER_ROW = re.compile(r"(?<= in row )\d+")  # the second row that a message may name


def at_origin(problem: Problem, table: str, extracts: Sequence[Extract], recipe: str) -> Problem:
    """
    A problem of a table that was made, told of the raw file that it comes from.
    Args:
        extracts: what the table was made of, in its order; none if it comes from no raw file.
        recipe: name of the recipe's file, which is to blame for rows that no raw file has.
    """
    if not extracts:
        return problem
    if problem.row is None:
        return replace(problem, file=", ".join(dict.fromkeys(each.file for each in extracts)))
    found = _origin(problem.row, extracts)
    if found is None:  # an area that was derived from the tables
        return replace(problem, file=recipe, row=None, column=None)
    extracted, index = found
    column = None
    if problem.column is not None:
        column = extracted.position(BY_NAME[table].header[problem.column - 1], index)
    detail = OTHER_ROW.sub(lambda match: _named(int(match[0]), extracts, extracted), problem.detail)
    return replace(problem, file=extracted.file, row=int(extracted.records[index]), column=column, detail=detail)


def _origin(record: int, extracts: Sequence[Extract]) -> tuple[Extract, int] | None:
    """The raw file, and the row in it (from 0), that became a record of the table."""
    index = record - HEADER - 1
    for each in extracts:
        if 0 <= index < len(each):
            return each, index
        index -= len(each)
    return None


def _named(record: int, extracts: Sequence[Extract], here: Extract) -> str:
    found = _origin(record, extracts)
    if found is None:
        return str(record)
    extracted, index = found
    row = str(int(extracted.records[index]))
    return row if extracted is here else f"{row} of {extracted.file}"
