"""The columns of the methods page: what is measured, in reading order, neither column much longer than the other."""

from __future__ import annotations

from dataclasses import replace

from reportgen.analysis.findings import INDICATORS
from reportgen.document.sections.methods import _halves


def test_a_long_definition_in_the_middle_goes_to_the_shorter_column() -> None:
    short, long = (replace(INDICATORS[0], definition="x" * length) for length in (100, 700))
    assert [[short, short], [long]] == _halves([short, short, long])
    assert [[short, long], [short, short, short, short]] == _halves([short, long, short, short, short, short])


def test_no_indicators_make_two_empty_columns() -> None:
    assert [[], []] == _halves([])
