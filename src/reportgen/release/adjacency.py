"""
Adjacency: which areas are neighbours, told from their outlines where a recipe has no table that says so.
Takes outlines, gives pairs of codes; knows no release.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely


def queen_neighbours(outlines: Mapping[str, Any]) -> list[tuple[str, str]]:
    """
    Pairs of areas that touch, by queen contiguity: w_ij = 1 if i and j share at least one point, a corner included.
    Args:
        outlines: code → shapely geometry, all on one grid, so that borders drawn twice lie on each other.
    Returns: both directions of each pair, sorted. An island is in none.
    Source: queen contiguity as in libpysal (`weights.Queen`); Anselin and Rey (2014), Modern Spatial Econometrics in
        Practice, ch. 3.

    >>> squares = {"a": shapely.box(0, 0, 1, 1), "b": shapely.box(1, 1, 2, 2), "c": shapely.box(3, 0, 4, 1)}
    >>> queen_neighbours(squares)
    [('a', 'b'), ('b', 'a')]
    """
    codes, shapes = list(outlines), np.array(list(outlines.values()), dtype=object)
    here, there = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    return sorted((codes[one], codes[other]) for one, other in zip(here, there, strict=True) if one != other)
