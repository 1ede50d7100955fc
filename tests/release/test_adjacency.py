"""Neighbours told from outlines."""

from __future__ import annotations

import shapely

from reportgen.release.adjacency import queen_neighbours


def test_a_corner_is_enough() -> None:
    """Queen, not rook; both directions, sorted; an island has none."""
    outlines = {
        "c": shapely.box(1, 1, 2, 2),
        "a": shapely.box(0, 0, 1, 1),
        "b": shapely.box(1, 0, 2, 1),
        "island": shapely.box(5, 5, 6, 6),
    }
    assert [("a", "b"), ("a", "c"), ("b", "a"), ("b", "c"), ("c", "a"), ("c", "b")] == queen_neighbours(outlines)


def test_borders_need_not_have_their_points_in_common() -> None:
    """Two squares meet a longer side, which has no corner there."""
    outlines = {"long": shapely.box(0, 0, 1, 2), "low": shapely.box(1, 0, 2, 1), "high": shapely.box(1, 1, 2, 3)}
    assert {("long", "low"), ("long", "high"), ("low", "high")} <= set(queen_neighbours(outlines))


def test_no_area_has_no_neighbours() -> None:
    assert [] == queen_neighbours({})
