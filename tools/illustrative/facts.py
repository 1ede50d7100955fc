"""
Facts: official names, codes, places, region shares and neighbours of areas, and the coastline.
Rebuilds the fact tables of this folder from the public sources that its README names; draws and invents nothing.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
from shapely.geometry import mapping, shape

UNITED_KINGDOM = "826"  # ISO 3166-1 number, the id in world-atlas
COUNTRIES = {"S": "S92000003", "W": "W92000004", "N": "N92000002"}  # England's areas carry one of nine regions
DECIMALS = 4  # of a coordinate in degrees: about ten metres
TOLERANCE = 0.004  # degrees, about the quantisation of the Natural Earth file itself
FARTHEST = 1.0  # degrees from the outline of any area: further out lies only Rockall, which is in none


def derive_areas(data: Path) -> pd.DataFrame:
    """
    The 228 travel-to-work areas: code, name and a point inside each.
    The point is the centroid where that lies inside the area, else shapely's representative point.
    Returns: columns code, name, latitude, longitude; sorted by code.
    """
    rows = []
    for code, name, outline in _read_outlines(data):
        point = outline.centroid if outline.contains(outline.centroid) else outline.representative_point()
        rows.append((code, name, round(point.y, DECIMALS), round(point.x, DECIMALS)))
    return pd.DataFrame(rows, columns=["code", "name", "latitude", "longitude"]).sort_values("code", ignore_index=True)


def derive_shares(data: Path) -> pd.DataFrame:
    """
    The part of each travel-to-work area that lies in each country or region, by its number of small areas.
    Small areas are LSOAs (England, Wales), data zones (Scotland) and super output areas (Northern Ireland). Shares are
    rounded to three decimals by largest remainder, so those of an area add up to one; a share of 0.000 is dropped.
    Returns: columns area, group, small_areas, share; sorted by area, biggest share first.
    """
    weights = pd.read_csv(data / "lad20_ttwa11_lsoa_weights.csv", dtype=str)
    regions = pd.read_csv(data / "la_all_codes.csv", dtype=str, keep_default_na=False).set_index("LADCD")["RGNCD"]
    weights["group"] = [COUNTRIES.get(code[0]) or regions[code] for code in weights["LAD20CD"]]
    weights["small_areas"] = weights["n_lsoa"].astype(int)
    counts = weights.groupby(["TTWA11CD", "group"])["small_areas"].sum()
    rows = []
    for area, part in counts.groupby(level=0):
        exact = part.to_numpy() / part.sum() * 1000
        thousandths = np.floor(exact).astype(int)
        for index in np.argsort(thousandths - exact, kind="stable")[: 1000 - thousandths.sum()]:
            thousandths[index] += 1
        groups = part.index.get_level_values("group")
        rows += [
            (area, group, count, share / 1000)
            for group, count, share in zip(groups, part, thousandths, strict=True)
            if share
        ]
    frame = pd.DataFrame(rows, columns=["area", "group", "small_areas", "share"])
    return frame.sort_values(["area", "small_areas", "group"], ascending=[True, False, True], ignore_index=True)


def derive_neighbours(data: Path) -> pd.DataFrame:
    """Pairs of travel-to-work areas that touch (queen contiguity), in both directions: columns area, neighbour."""
    pairs = json.loads((data / "ttwa2011_queen_neighbours.json").read_text(encoding="utf-8"))
    rows = sorted((area, other) for area, others in pairs.items() for other in others)
    return pd.DataFrame(rows, columns=["area", "neighbour"])


def derive_coastline(atlas: Path, data: Path) -> dict[str, Any]:
    """
    The coastline of the United Kingdom, one feature a piece of land.
    Args:
        atlas: countries-10m.json of the npm package world-atlas (Natural Earth 1:10m, TopoJSON).
        data: folder with the travel-to-work areas, which say to which area an island belongs.
    Returns: GeoJSON; property `area` is the one area that owns an island, or null where several share the land.
    """
    topology = json.loads(atlas.read_text(encoding="utf-8"))
    outlines = _read_outlines(data)
    centres = [shapely.Point(row.longitude, row.latitude) for row in derive_areas(data).itertuples()]
    features = []
    for land in _decode(topology, UNITED_KINGDOM):
        owner = None
        if sum(land.contains(point) for point in centres) < 2:
            owner, _, outline = min(
                outlines, key=lambda item: (-item[2].intersection(land).area, item[2].distance(land))
            )
            if outline.distance(land) > FARTHEST:
                continue
        piece = shapely.set_precision(land.simplify(TOLERANCE), 10.0**-DECIMALS)
        geometry = _rounded(mapping(shapely.normalize(piece)))
        features.append({"type": "Feature", "properties": {"area": owner}, "geometry": geometry})
    return {"type": "FeatureCollection", "features": features}


def write_facts(data: Path, folder: Path) -> None:
    """Write areas.csv, shares.csv and neighbours.csv, derived from the public tables in `data`, into `folder`."""
    for name, frame in (
        ("areas", derive_areas(data)),
        ("shares", derive_shares(data)),
        ("neighbours", derive_neighbours(data)),
    ):
        frame.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")


def write_coastline(atlas: Path, data: Path, folder: Path) -> None:
    """Write coastline.geojson, one feature a line, into `folder`."""
    features = [json.dumps(feature, separators=(",", ":")) for feature in derive_coastline(atlas, data)["features"]]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n"
    (folder / "coastline.geojson").write_text(text, encoding="utf-8", newline="\n")


def _read_outlines(data: Path) -> list[tuple[str, str, Any]]:
    """Code, name and valid outline of each travel-to-work area."""
    features = json.loads((data / "ttwa2011_uk_simplified.geojson").read_text(encoding="utf-8"))["features"]
    return [
        (f["properties"]["TTWA11CD"], f["properties"]["TTWA11NM"], shapely.make_valid(shape(f["geometry"])))
        for f in features
    ]


def _decode(topology: dict[str, Any], country: str) -> list[Any]:
    """The polygons of one country of a quantised TopoJSON file, biggest first (TopoJSON specification, 2.1 and 2.2)."""
    scale, translate = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    geometry = next(g for g in topology["objects"]["countries"]["geometries"] if str(g.get("id")) == country)

    def ring(arcs: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for arc in arcs:
            line = np.cumsum(topology["arcs"][arc if arc >= 0 else ~arc], axis=0) * scale + translate
            line = line if arc >= 0 else line[::-1]
            points += [tuple(p) for p in line[1 if points else 0 :]]
        return points

    parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    polygons = [shapely.Polygon(ring(rings[0]), [ring(hole) for hole in rings[1:]]) for rings in parts]
    return sorted((shapely.make_valid(p) for p in polygons), key=lambda p: (-p.area, p.bounds))


def _rounded(geometry: Any) -> dict[str, Any]:
    """A GeoJSON geometry with coordinates at the fixed number of decimals."""
    return {"type": geometry["type"], "coordinates": _round(geometry["coordinates"])}


def _round(value: Any) -> Any:
    return round(value, DECIMALS) if isinstance(value, float) else [_round(part) for part in value]
