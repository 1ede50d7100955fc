"""Pictures are drawn from numbers as printed, and ordered by the numbers in full."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from reportgen.charts.bars import ranked_bars
from reportgen.charts.chart import Chart, Row
from reportgen.charts.dots import lq_dots
from reportgen.charts.profile import profile_bars
from reportgen.document.figures import rows
from reportgen.document.sections.headlines import Key
from reportgen.document.sections.regions import shade
from reportgen.facts.fact import Fact, id_of
from reportgen.facts.format import MARKS
from reportgen.release.tables import Status
from reportgen.resources import bundled
from tests.made import fact

SAID = {"name": "x", "title": "A title", "subtitle": "A subtitle", "alt": "What it shows", "source": "A source"}
FONTS = bundled().fonts
DRAW: dict[str, Callable[[list[Row]], Chart]] = {
    "bars": lambda table: ranked_bars(table, fonts=FONTS, key="sub_sector", **SAID),
    "dots": lambda table: lq_dots(table, fonts=FONTS, **SAID),
    "profile": lambda table: profile_bars(
        table, dict.fromkeys(("crafts", "design"), (None, "[x]")), fonts=FONTS, heads=("here", "there"), **SAID
    ),
}


def quotient(value: float, part: str = "crafts") -> Fact:
    """A location quotient of one area with an interval of a tenth to either side."""
    one = fact(value, "ratio", value - 0.1, value + 0.1)
    return replace(one, id=id_of("E1", "location-quotient", part, "2024", "", ""))


def test_rows_have_numbers_as_printed_beside_the_value_in_full() -> None:
    [row] = rows([("Crafts", quotient(1.61839))])
    assert (1.62, 1.52, 1.72) == (row.value, row.low, row.high)
    assert ("1.62", "1.52–1.72") == (row.text, row.interval)
    assert row.full == 1.61839


@pytest.mark.parametrize("status", [Status.SUPPRESSED, Status.MISSING, Status.NOT_APPLICABLE])
def test_a_row_without_a_number_has_the_mark_of_why(status: Status) -> None:
    [row] = rows([("Crafts", fact(None, "ratio", status=status))])
    assert (None, None, None, None) == (row.value, row.low, row.high, row.full)
    assert (status, MARKS[status], "") == (row.status, row.text, row.interval)


@pytest.mark.parametrize("kind", DRAW)
def test_what_reads_alike_stands_in_the_order_of_the_numbers_in_full(kind: str) -> None:
    """1.618 before 1.616, though both are printed as 1.62 and would else stand by name."""
    chart = DRAW[kind](rows([("Crafts", quotient(1.616)), ("Design", quotient(1.618, "design"))]))
    assert [("Design", 1.62), ("Crafts", 1.62)] == [(row.label, row.value) for row in chart.table]


def test_a_rank_is_shared_by_equals_alone() -> None:
    """And not by what reads alike."""
    chart = DRAW["bars"](rows([("Crafts", quotient(1.616)), ("Design", quotient(1.618, "design"))]))
    texts = [row["text"] for row in chart.spec["layer"][-1]["data"]["values"]]
    assert {"1", "2"} <= set(texts)
    assert not {"1=", "2="} & set(texts)


@pytest.mark.parametrize("kind", DRAW)
def test_a_picture_is_the_same_while_what_is_printed_is(kind: str) -> None:
    one, other = (DRAW[kind](rows([("Crafts", quotient(value))])) for value in (1.6161, 1.6163))
    assert one.spec == other.spec
    assert [replace(row, full=None) for row in one.table] == [replace(row, full=None) for row in other.table]


def test_the_line_under_a_key_number_is_the_same_while_what_is_printed_is() -> None:
    one, other = (Key("x", quotient(value), quotient(value / 2)).strip for value in (1.6161, 1.6163))
    assert one is not None
    assert one == other


def test_a_cell_has_the_tone_of_its_number_as_printed() -> None:
    """1.4996 is printed as 1.50, which is where the darkest tone begins."""
    assert "h4" == shade(quotient(1.4996)) == shade(quotient(1.5))
    assert "h3" == shade(quotient(1.494))
    assert "" == shade(fact(None, "ratio"))
