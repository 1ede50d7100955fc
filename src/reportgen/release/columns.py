"""
Columns: what the declaration allows in each column, as pandera checks, and what the texts become.
Looks at each distinct text once, so a million rows cost no more than their different fields.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pandera.pandas as pandera

from reportgen.errors import Problem
from reportgen.release.codes import Text, smallest, spread
from reportgen.release.diagnosis import LARGEST, NUMBER, diagnose
from reportgen.release.scan import MOST_TEXT
from reportgen.release.sheet import MOST_LISTED, Sheet, capped
from reportgen.release.tables import Column, Kind, Status, Table

# What a text must look like. A count of more than 15 digits could not be held exactly.
PATTERNS = {
    Kind.SIC: "all|[0-9]{2,5}",
    Kind.YEAR: "(19|20)[0-9]{2}",
    Kind.COUNT: "[0-9]{1,15}",
    Kind.NUMBER: NUMBER.pattern,
    Kind.SHARE: NUMBER.pattern,
}
NUMERIC = (Kind.COUNT, Kind.NUMBER, Kind.SHARE)


def bounds(column: Column) -> tuple[float, float]:
    """The least and the greatest number that a column takes; never without end, so that infinity is none."""
    if column.kind is Kind.SHARE:
        return 0.0, 1.0
    low = -LARGEST if column.minimum is None else column.minimum
    return low, LARGEST if column.maximum is None else column.maximum


def schema(table: Table) -> pandera.DataFrameSchema:
    """The declaration of a table as a pandera schema over texts, one check a rule, each with its column's words."""
    return pandera.DataFrameSchema({column.name: pandera.Column(checks=_checks(column)) for column in table.columns})


def _checks(column: Column) -> list[pandera.Check]:
    """A text is allowed if it is empty where that may be, or else passes every one of these."""

    def blank(texts: pd.Series) -> pd.Series:
        return texts.str.strip() == ""

    checks = [] if column.blank else [pandera.Check(lambda texts: ~blank(texts), name="given")]
    if column.kind in PATTERNS:
        pattern = PATTERNS[column.kind]
        checks.append(pandera.Check(lambda texts: texts.str.fullmatch(pattern) | (texts == ""), name="form"))
    if column.choices:
        words = (*column.choices, "")
        checks.append(pandera.Check(lambda texts: texts.isin(words), name="choice"))
    if column.kind in NUMERIC:
        low, high = bounds(column)
        checks.append(
            pandera.Check(lambda texts: (number := _as_number(texts)).isna() | number.between(low, high), name="bounds")
        )
    return checks


def _as_number(texts: pd.Series) -> pd.Series:
    """Numbers, NaN where a text is none."""
    written = texts.where(texts.str.fullmatch(NUMBER.pattern), "nan")
    return written.astype(np.float64)


def check_columns(sheet: Sheet, table: Table) -> list[Problem]:
    """
    Every text that its column does not allow: one problem for each, at the first row that has it.
    The distinct texts of each column stand in for the rows: what holds for a text holds for all its rows.
    """
    problems = []
    rules = schema(table)
    for column in table.columns:
        text = sheet.columns[column.name]
        distinct = pd.DataFrame({column.name: pd.Series(text.values, dtype=object)})
        try:
            rules.select_columns([column.name]).validate(distinct, lazy=True)
        except pandera.errors.SchemaErrors as errors:
            failed = sorted({int(index) for index in errors.failure_cases["index"]})
            problems += _as_problems(sheet, column, text, failed)
    return problems


def _as_problems(sheet: Sheet, column: Column, text: Text, failed: list[int]) -> list[Problem]:
    first, counts = text.first_rows(), text.counts()
    problems = []
    occurring = [index for index in failed if counts[index]]  # texts of dropped rows do not count
    for index in sorted(occurring, key=lambda index: first[index])[:MOST_LISTED]:
        kind, what, why, fix = diagnose(column, text.values[index])
        problems.append(
            sheet.problem(kind, what, why, fix, first[index], column.name, quoted(text.values[index], counts[index]))
        )
    return capped(problems, len(occurring))


def quoted(text: str, count: int) -> str:
    """A text as it stands, shortened if it is long, and in how many further rows."""
    further = count - 1
    text = text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}…"
    return f'"{text}"' + (f" (and in {further:,} more row{'s' if further > 1 else ''})" if further else "")


def as_numbers(texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """The numbers that some texts are; NaN where one is empty or no number."""
    if not texts:
        return np.empty(0, dtype=np.float64)
    found: npt.NDArray[np.float64] = _as_number(pd.Series(texts, dtype=object)).to_numpy()
    return found


def numbers(text: Text) -> npt.NDArray[np.float64]:
    """The numbers of a column, row by row; NaN where the text is empty or no number."""
    return spread(as_numbers(text.values), text.codes)


def convert(sheet: Sheet, table: Table) -> pd.DataFrame:
    """
    The typed frame of a sheet that passed every check: years int16, numbers float64 (NaN where empty), all else
    categories of texts, sorted, only those that occur. An empty status becomes `ok`.
    """
    frame: dict[str, Any] = {}
    for column in table.columns:
        text = sheet.columns[column.name]
        if column.kind is Kind.YEAR:
            frame[column.name] = text.spread([int(value) for value in text.values], np.int16)
        elif column.kind in NUMERIC:
            frame[column.name] = numbers(text)
        else:
            frame[column.name] = _categories(text, Status.OK if column.kind is Kind.STATUS else "")
    return pd.DataFrame(frame, copy=False)  # the columns are ours alone


def _categories(text: Text, empty: str) -> pd.Categorical:
    words = [value or empty for value in text.values]
    categories = sorted({word for word, count in zip(words, text.counts(), strict=True) if count})
    place = {word: index for index, word in enumerate(categories)}
    recoded = np.array([place.get(word, -1) for word in words], dtype=smallest(len(categories)))
    return pd.Categorical.from_codes(spread(recoded, text.codes), pd.Index(categories, dtype=str))
