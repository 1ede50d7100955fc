"""
Outlines: an approximate shape of every area, cut from the coastline around the areas' own points.
Takes the fact tables and the coastline, gives GeoJSON geometries; writes no file. The shapes are not the official
boundaries: each is the land nearer to its area's point than to any other (Voronoi), islands whole.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import shapely
from shapely.geometry import mapping, shape

GRID = 1e-4  # degrees: coordinates carry four decimals
SQUEEZE = math.cos(math.radians(54.5))  # a degree of longitude over one of latitude, in the middle of the country
DISC = 0.02  # degrees: land around a point that the outline puts into the sea


def local_outlines(areas: pd.DataFrame, coastline: dict[str, Any]) -> dict[str, Any]:
    """
    The shape of each local area: the islands it owns, and its Voronoi cell of each land that it shares.
    Args:
        areas: columns code, latitude, longitude.
        coastline: as written by `facts.write_coastline`.
    Returns: code → shapely geometry, valid, on a grid of four decimals, holding the area's point.
    """
    points = {row.code: shapely.Point(row.longitude, row.latitude) for row in areas.itertuples()}
    parts: dict[str, list[Any]] = {code: [] for code in points}
    for feature in coastline["features"]:
        land = shapely.make_valid(shape(feature["geometry"]))
        owner = feature["properties"]["area"]
        if owner:
            parts[owner].append(land)
        else:
            centres = {code: point for code, point in points.items() if land.covers(point)}
            for code, cell in _voronoi(centres).items():
                parts[code].append(cell.intersection(land))
    outlines = {code: shapely.union_all(pieces) for code, pieces in parts.items()}
    for code, point in points.items():
        if not outlines[code].contains(point):
            others = shapely.union_all([outline for other, outline in outlines.items() if other != code])
            disc = point.buffer(DISC, quad_segs=4)
            outlines[code] = outlines[code].union(disc.difference(others))
    return {code: _tidy(outline) for code, outline in outlines.items()}


def group_outlines(local: dict[str, Any], members: dict[str, list[str]]) -> dict[str, Any]:
    """The shape of each group of local areas: the union of their shapes."""
    return {
        group: _tidy(shapely.union_all([local[code] for code in codes], grid_size=GRID))
        for group, codes in members.items()
    }


def as_feature(code: str, name: str, outline: Any) -> dict[str, Any]:
    """A GeoJSON feature with property `code`, marked as approximate."""
    geometry = mapping(outline)
    properties = {"code": code, "name": name, "approximate": True}
    coordinates = _round(geometry["coordinates"])
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": geometry["type"], "coordinates": coordinates},
    }


def _voronoi(centres: dict[str, Any]) -> dict[str, Any]:
    """The Voronoi cell of each point, in degrees; computed on a plane that is true to scale in the middle."""
    codes = list(centres)
    points = np.array([(centres[code].x * SQUEEZE, centres[code].y) for code in codes])
    far = shapely.box(-20, 40, 20, 70)
    cells = shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=far).geoms
    tree = shapely.STRtree(list(cells))
    found = tree.query(shapely.points(points), predicate="within")
    return {codes[i]: shapely.transform(tree.geometries[j], lambda xy: xy / [SQUEEZE, 1.0]) for i, j in found.T}


def _tidy(outline: Any) -> Any:
    """Polygons only, valid on the grid, in an order that does not depend on how they were made."""
    snapped = shapely.set_precision(shapely.make_valid(outline), GRID)
    polygons = [part for part in shapely.get_parts(snapped) if part.geom_type == "Polygon" and part.area > GRID**2]
    return shapely.normalize(polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons))


def _round(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else [_round(part) for part in value]
