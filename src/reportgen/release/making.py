"""
Making: what a recipe's raw tables and shapes become: areas with points, outlines of groups, and the bytes of files.
Takes what was read, gives bytes; touches no disk.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import shapely
import shapely.geometry

from reportgen.errors import Problem
from reportgen.release import boundaries, info
from reportgen.release.adjacency import queen_neighbours
from reportgen.release.model import RawFile, ReleaseInfo
from reportgen.release.recipe import Recipe
from reportgen.release.sources.extract import Extract, Named, two_names
from reportgen.release.sources.shapes import Shape
from reportgen.release.tables import BY_NAME

PACKED_FROM = 10_000  # rows from which a table is stored gzipped
GRID = 1e-5  # degrees, about a metre: outlines are stored on it
DECIMALS = 5
POINT_DECIMALS = 4  # of a point in an area, about ten metres


@dataclass(frozen=True)
class Raw:
    """
    What was read for a recipe.
    Args:
        tables: table → its raw files, in the recipe's order.
        parents: code → the area above, for local areas and for shapes without data.
        shapes: as in the boundaries file.
        named: areas that lookups name, or that the raw files named before their counts were moved.
        shares: rows of the table `crosswalk`, none if the recipe shares nothing out.
        files: the raw files, for the record.
    """

    recipe: Recipe
    tables: Mapping[str, Sequence[Extract]]
    parents: Mapping[str, str]
    shapes: Sequence[Shape]
    named: Sequence[Named] = ()
    shares: Sequence[Sequence[str]] = ()
    files: Sequence[RawFile] = ()


@dataclass(frozen=True)
class Place:
    """A row of areas.csv to be, still without its point."""

    code: str
    name: str
    level: str
    parent: str

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


def find_places(raw: Raw) -> tuple[list[Place], list[Problem]]:
    """The areas that the recipe's own table names, then those that only the tables of figures name, by code."""
    written = [
        Place(*row)
        for each in raw.tables.get("areas", ())
        for row in zip(*(each.columns[name] for name in ("code", "name", "level", "parent")), strict=True)
    ]
    names: dict[str, str] = {place.code: place.name for place in written}
    problems = []
    by_files = [named for extracts in raw.tables.values() for each in extracts for named in each.named]
    for named in (*by_files, *raw.named):
        if names.setdefault(named.code, named.name) != named.name:
            at = named.file, named.row, named.column
            problems.append(two_names(*at, named.code, names[named.code], named.name))
    local = raw.recipe.local_areas
    if local is None:
        return written, problems
    new = sorted(set(names) - {place.code for place in written})
    for code in new:
        if code not in raw.parents:
            what, why = "an area has no parent", "packs go up from an area to what it is part of"
            fix = "add its code and the area above"
            problems.append(Problem("missing-parent", what, why, fix, local.parents, detail=f"{code} {names[code]}"))
    return [*written, *(Place(code, names[code], local.level, raw.parents.get(code, "")) for code in new)], problems


def draw_outlines(raw: Raw, places: Sequence[Place]) -> dict[str, Any]:
    """
    Code → outline. An area without a shape of its own, but with parts that have one, gets the union of theirs; shapes
    without data count among the parts, so that a country is whole though one of its areas has no figures.
    """
    own = {shape.code: shapely.set_precision(shape.geometry, GRID) for shape in raw.shapes}
    above = {**raw.parents, **{place.code: place.parent for place in places}}
    parts: dict[str, list[Any]] = {}
    for code, shape in own.items():
        seen, at = {code}, above.get(code, "")
        while at and at not in seen:  # parents that run in a circle are reported when the release is read
            parts.setdefault(at, []).append(shape)
            seen.add(at)
            at = above.get(at, "")
    unions = {code: shapely.union_all(shapes, grid_size=GRID) for code, shapes in parts.items()}
    known = {place.code for place in places}
    return {code: shape for code, shape in {**unions, **own}.items() if code in known}


def without_data(raw: Raw, places: Sequence[Place]) -> list[Shape]:
    """Shapes of no area, in file order."""
    known = {place.code for place in places}
    return [shape for shape in raw.shapes if shape.code not in known]


def as_files(raw: Raw, places: Sequence[Place], outlines: Mapping[str, Any]) -> dict[str, bytes]:
    """File name → bytes, of everything in the release folder."""
    files: dict[str, bytes] = {}
    for table, extracts in raw.tables.items():
        if table != "areas":
            columns = [[text for each in extracts for text in each.columns[name]] for name in BY_NAME[table].header]
            files |= _as_csv(table, list(zip(*columns, strict=True)))
    files |= _as_csv("areas", [_area_row(place, outlines) for place in places])
    files |= _as_csv("crosswalk", raw.shares) if raw.shares else {}
    neighbours = () if "neighbours" in raw.tables else _neighbours(raw, places, outlines)
    files |= _as_csv("neighbours", neighbours) if neighbours else {}
    if raw.shapes:
        files[boundaries.FILE] = _as_geojson(raw, places, outlines)
    about = replace(raw.recipe.info, raw_files=tuple(raw.files))
    files[info.FILE] = info.as_toml(_with_source_of_neighbours(about) if neighbours else about).encode()
    return files


def _neighbours(raw: Raw, places: Sequence[Place], outlines: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The pairs of local areas that touch, level by level: areas of two levels lie over each other."""
    local = [level.id for level in raw.recipe.info.levels.values() if level.kind == "local"]
    drawn = [place for place in places if place.code in outlines]
    return [
        pair
        for level in local
        for pair in queen_neighbours({place.code: outlines[place.code] for place in drawn if place.level == level})
    ]


def _with_source_of_neighbours(about: ReleaseInfo) -> ReleaseInfo:
    """Neighbours that were told from the shapes have the source of these, unless the recipe names one."""
    if any("neighbours" in source.tables for source in about.sources):
        return about
    sources = [
        replace(source, tables=(*source.tables, "neighbours")) if info.BOUNDARIES in source.tables else source
        for source in about.sources
    ]
    return replace(about, sources=tuple(sources))


def _as_csv(table: str, rows: Sequence[Sequence[str]]) -> dict[str, bytes]:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(BY_NAME[table].header)
    writer.writerows(rows)
    data = text.getvalue().encode()
    if len(rows) < PACKED_FROM:
        return {f"{table}.csv": data}
    return {f"{table}.csv.gz": gzip.compress(data, mtime=0)}  # no time in it: equal data, equal bytes


def _area_row(place: Place, outlines: Mapping[str, Any]) -> tuple[str, ...]:
    latitude = longitude = ""
    if place.code in outlines:
        point = shapely.point_on_surface(outlines[place.code])
        latitude, longitude = f"{point.y:.{POINT_DECIMALS}f}", f"{point.x:.{POINT_DECIMALS}f}"
    return (place.code, place.name, place.level, place.parent, latitude, longitude)


def _as_geojson(raw: Raw, places: Sequence[Place], outlines: Mapping[str, Any]) -> bytes:
    features = [
        _feature({"code": place.code, "name": place.name}, outlines[place.code])
        for place in places
        if place.code in outlines
    ]
    for shape in without_data(raw, places):
        properties = {"code": shape.code, "name": shape.name, "no_data": True}
        features.append(_feature(properties, shapely.set_precision(shape.geometry, GRID)))
    lines = ",\n".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in features)
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'.encode()


def _feature(properties: Mapping[str, Any], shape: Any) -> Mapping[str, Any]:
    geometry = shapely.geometry.mapping(shape)
    rounded = {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"])}
    return {"type": "Feature", "properties": properties, "geometry": rounded}


def _rounded(coordinates: Any) -> Any:
    """Coordinates on the grid have no more decimals than it; binary fractions show some all the same."""
    if isinstance(coordinates, float):
        return round(coordinates, DECIMALS)
    return [_rounded(each) for each in coordinates]
