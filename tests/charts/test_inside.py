"""Inside: a name stands in its shape where it fits, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.charts.inside import filled, holds, inside

NAME = "Surrey, East and West Sussex"


def box(wide: float, high: float) -> np.ndarray:
    return np.array([[0, 0], [wide, 0], [wide, high], [0, high]], dtype=float)


def test_a_hole_is_not_in_a_shape() -> None:
    ring, hole = box(30, 30), box(10, 10) + 10
    assert [True, False] == holds([ring, hole], np.array([[5.0, 5.0], [15.0, 15.0]])).tolist()


@given(wide=st.floats(5, 200), high=st.floats(5, 200))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_name_lies_wholly_in_its_shape_or_is_not_there(fonts: Path, wide: float, high: float) -> None:
    found = inside(NAME, [box(wide, high)], (wide / 2, high / 2), fonts)
    if found:
        left, top, right, bottom = found.box
        assert 0 <= left < right <= wide
        assert 0 <= top < bottom <= high
    assert (found is not None) or wide < 110 or high < 50


def test_a_shape_keeps_names_of_others_off_with_marks_that_all_lie_in_it() -> None:
    ring = np.array([[0, 0], [40, 0], [0, 40]], dtype=float)
    marks = filled([ring])
    assert marks
    assert all(mark.x + mark.y <= 40 and not mark.dot for mark in marks)
