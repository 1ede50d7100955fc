"""Neighbours of travel-to-work areas as libpysal finds them, from the same outlines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely

from reportgen.release.adjacency import queen_neighbours
from reportgen.release.making import GRID
from reportgen.release.sources.shapes import read_shapes

ISLANDS = {"Isle of Wight", "Western Isles", "Mull and Islay", "Orkney Islands", "Shetland Islands"}


@pytest.mark.golden
@pytest.mark.parametrize("grid", [0, GRID], ids=["as drawn", "on the grid of a release"])
def test_queen_neighbours_are_those_of_libpysal(shared_data: Path, grid: float) -> None:
    """228 areas, 1,056 directed links, 5 islands; source: libpysal, weights.Queen, on the same simplified outlines."""
    wanted = json.loads((shared_data / "ttwa2011_queen_neighbours.json").read_text(encoding="utf-8"))
    shapes, problems = read_shapes(shared_data / "ttwa2011_uk_simplified.geojson", "TTWA11CD", "TTWA11NM")
    found = queen_neighbours({shape.code: shapely.set_precision(shape.geometry, grid) for shape in shapes})
    assert [] == problems
    assert sorted((area, other) for area, others in wanted.items() for other in others) == found
    assert (228, 1056) == (len(shapes), len(found))
    alone = {shape.name for shape in shapes} - {shape.name for shape in shapes if shape.code in dict(found)}
    assert ISLANDS == alone
