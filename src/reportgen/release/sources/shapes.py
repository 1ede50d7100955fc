"""
Shapes: outlines of areas out of GeoJSON or TopoJSON, repaired where they are not valid.
Takes a file, gives shapely geometries; knows no release.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import shapely.geometry

from reportgen.errors import Problem
from reportgen.nearest import did_you_mean
from reportgen.release.boundaries import MOST_BYTES
from reportgen.release.files import too_large

Ring = list[tuple[float, float]]
FEWEST = 4  # points of a ring, the last being the first again


@dataclass(frozen=True)
class Shape:
    """An outline with its code and name; `repaired` if it was not valid as it stood."""

    code: str
    name: str
    geometry: Any
    repaired: bool


def read_shapes(path: Path, id: str, name: str, object: str = "") -> tuple[list[Shape], list[Problem]]:
    """
    All shapes of a GeoJSON FeatureCollection, or of a TopoJSON file, in file order.
    Args:
        id, name: the properties that hold code and name; failing those, the feature's own `id` is its code.
        object: the one object of a TopoJSON file to read; empty for all of them.
    Returns: shapes of polygons, valid; features that have none, or no code, are problems.
    """
    why, fix = "areas would have no place on the map", "write GeoJSON or TopoJSON in WGS 84"
    large = too_large(path, MOST_BYTES, "simplify the shapes: a map of the country needs a thousandth of it")
    if large is not None:
        return [], [large]
    try:
        written = json.loads(path.read_bytes().decode("utf-8-sig"))
        objects = written["objects"] if written["type"] == "Topology" else {}
        if object and object not in objects:
            return [], [_no_object(path.name, object, list(objects))]
        features = _features(written, [objects[object]] if object else list(objects.values()))
        parts = (each if key == "" else each.get(key) for each in features for key in ("", "properties", "geometry"))
        if not all(isinstance(part, dict | None) for part in parts):
            raise ValueError("a feature, its properties or its geometry is no object")
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        detail = f"{type(error).__name__}: {error}"
        return [], [Problem("not-geojson", f"{path.name} has no shapes", why, fix, path.name, detail=detail)]
    shapes, problems, seen = [], [], set()
    for number, feature in enumerate(features, start=1):
        properties = feature.get("properties") or {}
        code = str(properties.get(id) or feature.get("id") or "")
        geometry, repaired = _polygons(feature.get("geometry"))
        where = f"feature {number} {code}".strip()
        if not code or geometry is None or code in seen:
            what = "a shape has no code" if not code else f"two shapes have the code {code}"
            what = "a shape has no polygon" if geometry is None else what
            fix = f"correct the file, or the property in the recipe (id = {id!r})"
            problems.append(Problem("invalid-shape", what, why, fix, path.name, detail=where))
            continue
        seen.add(code)
        shapes.append(Shape(code, str(properties.get(name) or code), geometry, repaired))
    if not shapes and not problems:
        problems.append(Problem("not-geojson", f"{path.name} has no shapes", why, fix, path.name))
    return shapes, problems


def _no_object(file: str, object: str, known: Sequence[str]) -> Problem:
    what, why = f'{file} has no object "{object}"', "the recipe takes the shapes from it"
    fix = "leave object out of the recipe: GeoJSON has none"
    if known:
        fix = f"name one of {', '.join(known)}{did_you_mean(object, known)}, or leave object out to read all"
    return Problem("unknown-object", what, why, fix, file)


def _features(written: Mapping[str, Any], objects: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The features of a FeatureCollection, or of some objects of a topology, with their geometries as GeoJSON."""
    if written["type"] == "Topology":
        arcs = _arcs(written)
        geometries = [each for of in objects for each in of.get("geometries", [of])]
        return [{**each, "geometry": _from_arcs(each, arcs)} for each in geometries]
    return list(written["features"])


def _arcs(topology: Mapping[str, Any]) -> list[Ring]:
    """Arcs in degrees. With a transform, points are whole-number steps from the one before (TopoJSON 1.0, 2.1.2)."""
    transform = topology.get("transform")
    arcs = []
    for arc in topology["arcs"]:
        points = np.array(arc, dtype=np.float64)[:, :2]
        if transform:
            points = np.cumsum(points, axis=0) * transform["scale"] + transform["translate"]
        arcs.append([(float(x), float(y)) for x, y in points])
    return arcs


def _from_arcs(geometry: Mapping[str, Any], arcs: Sequence[Ring]) -> Mapping[str, Any] | None:
    """A TopoJSON polygon as GeoJSON; None for anything else."""
    if geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return None
    parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return {"type": "MultiPolygon", "coordinates": [[_ring(ring, arcs) for ring in part] for part in parts]}


def _ring(numbers: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """Arcs joined end to end; number ~i is arc i backwards, and the joint is written once."""
    points: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def _polygons(geometry: Mapping[str, Any] | None) -> tuple[Any, bool]:
    """The polygons of a GeoJSON geometry, valid, and whether they had to be repaired; None if there are none."""
    if not geometry or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return None, False
    try:
        parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        kept = [[ring for ring in part if len(ring) >= FEWEST] for part in parts if len(part[0]) >= FEWEST]
        if not np.isfinite([number for part in kept for ring in part for point in ring for number in point[:2]]).all():
            return None, False
        shape = shapely.geometry.shape({"type": "MultiPolygon", "coordinates": kept})
        repaired = sum(map(len, parts)) != sum(map(len, kept))  # coarse outlines leave islands of two or three points
        if not shapely.is_valid(shape):
            repaired = True
            made = shapely.get_parts(shapely.make_valid(shape)).tolist()  # with lines where polygons touched themselves
            shape = shapely.union_all([part for part in made if part.geom_type in ("Polygon", "MultiPolygon")])
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, shapely.errors.ShapelyError):
        return None, False
    return (None if shape.is_empty else shape), repaired
