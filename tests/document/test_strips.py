"""The lines under the key numbers of the headline page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.document.sections.headlines import Key, Strip
from reportgen.facts.fact import Fact
from reportgen.release.tables import Status

QUOTIENT = Fact("E1/location-quotient/all/2024/-/-", 1.2, 1.05, 1.4, "ratio", 2, Status.OK, "", "employment")


@pytest.mark.parametrize(
    ("low", "high", "is_open"), [(1.05, 1.4, False), (0.9, 1.6, True), (None, None, True)], ids=str
)
def test_a_dot_is_hollow_where_the_line_is_not_cleared(low: float | None, high: float | None, is_open: bool) -> None:
    """Also where the interval is not known: a full dot would say that all is sure."""
    strip = Key("quotient", replace(QUOTIENT, low=low, high=high), line=1.0).strip
    assert strip is not None
    assert strip.open is is_open


@pytest.mark.parametrize(
    ("tick", "style"),
    [
        (10.0, "left: 10.0%"),
        (46.0, "left: 0; right: 0; text-align: center"),
        (90.0, "right: 10.0%"),
    ],
)
def test_a_comparators_name_stays_in_its_column(tick: float, style: str) -> None:
    """In the middle it would run out at either end if it began or ended at its tick."""
    assert Strip(50.0, 40.0, 20.0, tick, False).name_style == style


def test_a_number_that_is_compared_with_nothing_has_no_line() -> None:
    """A count of one year, whose interval does not say whether it has changed: a dot on a line would seem to decide."""
    assert Key("creative-jobs", replace(QUOTIENT, value=3280.0, low=3170.0, high=3400.0, digits=0)).strip is None


def test_rates_that_are_compared_lie_on_one_scale() -> None:
    """A change of 3 % a year stands farther from nought than a change of 1 %."""
    fast, slow = (replace(QUOTIENT, value=rate, low=rate, high=rate, unit="share a year") for rate in (0.03, 0.01))
    strips = [Key("growth", rate, line=0.0, shared=(fast, slow)).strip for rate in (fast, slow)]
    far, near = (strip.value - (strip.tick or 0.0) for strip in strips if strip is not None)
    assert far == pytest.approx(3 * near, abs=0.5)
