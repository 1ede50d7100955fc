"""What a pack leaves out where the number of today is too unsure: an index, a split, a projection."""

from __future__ import annotations

import pytest

from reportgen.document.sections.outlook import has_fan
from tests.releases import illustrative

MULL, SKIPTON, ASHFORD, BRISTOL = "S22000032", "E30000039", "E30000160", "E30000180"
LINES, FAN = "growth-lines", "outlook-fan"


@pytest.mark.parametrize(("area", "pictures"), [(MULL, set()), (ASHFORD, {LINES}), (BRISTOL, {LINES, FAN})])
def test_pictures_of_change_are_drawn_where_the_number_of_today_bears_them(area: str, pictures: set[str]) -> None:
    """
    An index needs an end whose interval is not wider than from a number to its double, a band round a projection a
    number that is surer than the band is wide.
    """
    written = illustrative().written(area)
    assert pictures == {one.chart.name for one in written.brief.figures} & {LINES, FAN}
    assert has_fan(written.brief) == (FAN in pictures)


def test_a_place_of_a_handful_of_jobs_has_no_split_of_their_change() -> None:
    html = illustrative().written(MULL).html
    assert "may be anything within" in html
    assert "as the whole economy went" not in html


def test_an_index_too_wide_for_lines_is_a_sentence() -> None:
    assert "lines of it would look surer than what they are made from" in illustrative().written(SKIPTON).html


def test_a_projection_that_starts_unsure_is_a_sentence_without_a_band() -> None:
    assert "No band is drawn round that" in illustrative().written(ASHFORD).html
