"""
Cases: a rule tried on numbers that are written down beside it, one line a case, one column a condition. Takes a text
table, gives facts to try conditions on; knows no area.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.analysis.findings import BY_ID
from reportgen.assessment.conditions import Condition
from reportgen.facts.fact import Fact, id_of
from reportgen.release.tables import Status

FIRES = "fires"
ANSWERS = {"yes": True, "no": False}
MARKS = {"suppressed": Status.SUPPRESSED, "missing": Status.MISSING, "not-applicable": Status.NOT_APPLICABLE}
FLAGGED = "flagged"
_NUMBER = r"-?\d+(?:\.\d+)?"
_CELL = re.compile(rf"(?P<low>{_NUMBER})(?: to (?P<high>{_NUMBER}))?(?P<flagged> {FLAGGED})?")


@dataclass(frozen=True)
class Case:
    """One line of the table: what is written for each condition, in their order, and whether the rule fires."""

    cells: tuple[str, ...]
    fires: bool


def fact_of(condition: Condition, cell: str) -> Fact:
    """
    The fact that a cell writes down: `0.8 to 1.2` is an interval, whose middle is the value; `3` is a value without
    one; `1.1 to 1.3 flagged` is of low reliability; `suppressed`, `missing`, `not-applicable` have no value.
    Raises: ValueError: the cell is none of these.

    >>> fact_of(Condition("quotient", "location-quotient", "all"), "0.8 to 1.2").value
    1.0
    """
    kind = BY_ID[condition.indicator]
    id = id_of("case", condition.indicator, condition.sub_sector, "", "", "")
    value = low = high = None
    status = MARKS.get(cell, Status.OK)
    if status is Status.OK:
        found = _CELL.fullmatch(cell)
        if found is None:
            raise ValueError(cell)
        value = float(found["low"])
        if found["high"]:
            low, high = value, float(found["high"])
            value = (low + high) / 2
        if found["flagged"]:
            status = Status.LOW_RELIABILITY
    return Fact(id, value, low, high, kind.unit, kind.digits, status, "", "")


def fires(conditions: Sequence[Condition], case: Case) -> bool:
    """Whether a rule with these conditions fires on a case."""
    return all(each.holds(fact_of(each, cell)) for each, cell in zip(conditions, case.cells, strict=True))


def read_cases(text: str, conditions: Sequence[Condition]) -> tuple[tuple[Case, ...], list[str]]:
    """
    The cases of a text table: names of the conditions and `fires` in the first line, columns between bars.
    Returns: the cases that can be read, and a line for each that cannot, as it is written.
    """
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    header = [*(each.name for each in conditions), FIRES]
    if not rows or rows[0] != header:
        return (), lines[:1] or [""]
    cases, bad = [], []
    for line, row in zip(lines[1:], rows[1:], strict=True):
        if len(row) != len(header) or row[-1] not in ANSWERS or not all(_readable(cell) for cell in row[:-1]):
            bad.append(line)
        else:
            cases.append(Case(tuple(row[:-1]), ANSWERS[row[-1]]))
    return tuple(cases), bad


def _readable(cell: str) -> bool:
    found = _CELL.fullmatch(cell)
    return cell in MARKS or (found is not None and (not found["high"] or float(found["low"]) <= float(found["high"])))
