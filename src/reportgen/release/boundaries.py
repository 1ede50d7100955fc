"""
Boundaries: the shapes of areas in `boundaries.geojson`, checked, and those drawn for context only.
Reads GeoJSON in WGS 84; mends nothing and derives nothing (importing does).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shapely
import shapely.geometry

from reportgen.errors import Problem
from reportgen.nearest import did_you_mean
from reportgen.release.files import not_a_file, outside, too_large

FILE = "boundaries.geojson"
MOST_BYTES = 64 << 20  # read, it takes some ten times as much; the outlines of all authorities have about 30 MB
SHAPES = ("Polygon", "MultiPolygon")
Geometry = Mapping[str, Any]


@dataclass
class Boundaries:
    """
    Shapes as GeoJSON geometries.
    Args:
        areas: code → shape of an area of the release.
        no_data: name → shape of a place that the release has no data of.
    """

    areas: dict[str, Geometry] = field(default_factory=dict)
    no_data: dict[str, Geometry] = field(default_factory=dict)


def read_boundaries(folder: Path, names: Mapping[str, str]) -> tuple[Boundaries, list[Problem]]:
    """
    Read the shapes of a release; a release without the file has none.
    Args:
        names: code → name of the areas of the release; if empty, codes are not held against it.
    """
    path, found = folder / FILE, Boundaries()
    if not path.exists() and not path.is_symlink():
        return found, []
    simplify = "simplify the outlines: a map of a page shows no bend of less than some hundred metres"
    refused = outside(folder, FILE) or not_a_file(path) or too_large(path, MOST_BYTES, simplify)
    if refused is not None:
        return found, [refused]
    features, problems = _features(path)
    for number, feature in enumerate(features, start=1):
        properties = feature.get("properties")
        properties = properties if isinstance(properties, dict) else {}
        code, no_data = str(properties.get("code") or ""), properties.get("no_data") is True
        key = str(properties.get("name") or code) if no_data else code
        where = f"feature {number}" + (f", {key} {names.get(key, '')}".rstrip() if key else "")
        wrong = _wrong_key(key, code, no_data, names, found) or _wrong_shape(feature.get("geometry"))
        if wrong:
            kind, what, why, fix = wrong
            problems.append(Problem(kind, what, why, fix, file=FILE, detail=where))
        else:
            (found.no_data if no_data else found.areas)[key] = feature["geometry"]
    return found, problems


def _features(path: Path) -> tuple[list[Mapping[str, Any]], list[Problem]]:
    fix = "write a GeoJSON FeatureCollection in UTF-8, WGS 84"
    try:
        written = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        what = f"{FILE} is not JSON"
        row = error.lineno if isinstance(error, json.JSONDecodeError) else None
        return [], [Problem("not-geojson", what, "no map can be drawn", fix, FILE, row, detail=str(error))]
    features = written.get("features") if isinstance(written, dict) else None
    if not isinstance(features, list) or not all(isinstance(each, dict) for each in features):
        return [], [Problem("not-geojson", f"{FILE} has no list of features", "no map can be drawn", fix, FILE)]
    return features, []


def _wrong_key(
    key: str, code: str, no_data: bool, names: Mapping[str, str], found: Boundaries
) -> tuple[str, str, str, str] | None:
    """What is wrong with what a feature is called: kind, what, why, fix."""
    if not key:
        fix = "give it the property code; or no_data true and a name"
        return "unnamed-shape", "a shape does not say of which area it is", "it cannot be joined to data", fix
    if key in (found.no_data if no_data else found.areas):
        return "duplicate-shape", "two shapes are of one area", "one would lie over the other", "make them one"
    if no_data and code in names:
        fix = "take no_data off the shape"
        return "needless-no-data", "a shape without data is that of an area", "its data would not be drawn", fix
    if not no_data and names and code not in names:
        fix = f"correct its code{did_you_mean(code, names)}, or give it the property no_data: true"
        return "unknown-area", "a shape is of no area of this release", "it would be drawn as if it had no data", fix
    return None


def _wrong_shape(geometry: Any) -> tuple[str, str, str, str] | None:
    why = "it cannot be drawn, or would be drawn elsewhere"
    if not isinstance(geometry, dict) or geometry.get("type") not in SHAPES:
        return "invalid-shape", "a shape is neither a Polygon nor a MultiPolygon", why, "give it one of these"
    try:
        shape = shapely.geometry.shape(geometry)
        bounds = shape.bounds
        valid = shapely.is_valid_reason(shape)
    except (
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        OverflowError,
        shapely.errors.ShapelyError,
    ) as error:
        return "invalid-shape", f"a shape cannot be read: {error}", why, "draw it anew, rings of four points or more"
    if not bounds or shape.is_empty:
        return "invalid-shape", "a shape is empty", why, "draw it, or leave the feature out"
    west, south, east, north = bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        fix = "transform it to WGS 84, longitude first, in degrees"
        return "invalid-shape", "a shape does not lie on the globe in degrees", why, fix
    if valid != "Valid Geometry":
        return "invalid-shape", f"a shape is not valid: {valid}", why, "repair it, e.g. with make_valid"
    return None
