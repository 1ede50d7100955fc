"""
Shapes that cannot be joined or drawn: a message each, naming the feature.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support import as_geojson, square

BATH = square(-2.4, 51.3)
BOW_TIE = {"type": "Polygon", "coordinates": [[[0, 50], [1, 51], [1, 50], [0, 51], [0, 50]]]}


def test_a_shape_of_no_area(refused: Callable[..., str]) -> None:
    """A shape without data says so; else it is a code that is wrong."""
    assert """\
error[unknown-area]: a shape is of no area of this release
  boundaries.geojson   feature 1, E30000166
  why: it would be drawn as if it had no data
  fix: correct its code (did you mean E30000165?), or give it the property no_data: true
""" in refused(boundaries=as_geojson({"E30000166": BATH}))


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        (None, "a shape is neither a Polygon nor a MultiPolygon"),
        ({"type": "Point", "coordinates": [0, 50]}, "a shape is neither a Polygon nor a MultiPolygon"),
        ({"type": "Polygon", "coordinates": []}, "a shape is empty"),
        ({"type": "Polygon", "coordinates": [[[0, 50], [1, 51]]]}, "a shape cannot be read: "),
        ({"type": "Polygon"}, "a shape cannot be read: "),
        (BOW_TIE, "a shape is not valid: Self-intersection"),
        (square(375000, 164000), "a shape does not lie on the globe in degrees"),
    ],
    ids=["none", "a point", "empty", "two points", "no coordinates", "bow tie", "metres of the National Grid"],
)
def test_what_is_no_shape(refused: Callable[..., str], geometry: Any, said: str) -> None:
    message = refused(boundaries=as_geojson({"E30000165": geometry}))
    assert f"error[invalid-shape]: {said}" in message
    assert "  boundaries.geojson   feature 1, E30000165 Bath\n" in message


def test_names_of_shapes(refused: Callable[..., str]) -> None:
    """Each shape has a name of its own, and one with data is not marked as without."""
    message = refused(
        boundaries=as_geojson(
            {"": BATH, "E30000165": BATH, "IM": BATH, "GG": BATH},
            E30000165={"no_data": True},
            IM={"no_data": True, "name": "Island"},
            GG={"no_data": True, "name": "Island"},
        )
    )
    assert [
        "error[unnamed-shape]: a shape does not say of which area it is",
        "error[needless-no-data]: a shape without data is that of an area",
        "error[duplicate-shape]: two shapes are of one area",
    ] == [line for line in message.splitlines() if line.startswith("error")]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"features": 1}', '{"features": [1]}'])
def test_what_is_no_geojson(refused: Callable[..., str], text: str) -> None:
    assert "error[not-geojson]: boundaries.geojson " in refused(boundaries=text)
