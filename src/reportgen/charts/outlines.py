"""
Outlines: the shapes of a release on the National Grid, and a base map of them for a picture of some size.
Takes a release, gives pixels; draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reportgen.charts.grid import project
from reportgen.charts.theme import MM
from reportgen.errors import ConfigurationError, Problem
from reportgen.release.model import AreaKind, Release

Ring = NDArray[np.float64]  # points × (x, y), closed: the last point is the first

STEP = 0.5  # px: points are rounded to this
CORNER = 0.8  # px²: a point whose corner is smaller than this is left out
MOST = 2_800  # points of one map: two of them and their pack stay below what a page may cost
EDGE = 3.0  # px beyond the picture to which land is drawn
MOST_OF_SHAPES = 4_200  # the same where each area has its own shape, which draws each border twice
SEEN = 2.0  # px²: an island from here on stays, however few points a map may have
WIDEST_CORNER = 30.0  # px²: no ring is thinned further
TALL = 1.2  # height over width from which an extent is higher than wide
LEAST = 0.6  # px²: smaller islets are dropped, but never the largest shape of an area
_LAND: tuple[AreaKind, ...] = ("regional", "national", "local", "custom")  # the first of which all have a shape


class Extent(NamedTuple):
    """A rectangle on the National Grid, metres."""

    west: float
    south: float
    east: float
    north: float

    @property
    def tall(self) -> bool:
        """Whether a map of it is higher than wide."""
        return (self.north - self.south) / (self.east - self.west) >= TALL


@dataclass(frozen=True)
class Outlines:
    """
    All shapes of a release, projected once.
    Args:
        rings: area code → rings, metres. context: rings of shapes that are no area of the release.
        points: area code → representative point, metres; only areas that have one.
        land: codes whose shapes together make the land.
    """

    rings: Mapping[str, tuple[Ring, ...]]
    context: tuple[Ring, ...]
    points: Mapping[str, tuple[float, float]]
    land: tuple[str, ...]

    @staticmethod
    @lru_cache(maxsize=1)
    def of(release: Release) -> Outlines:
        """
        Every shape and every representative point of a release, projected to the National Grid: once for all packs
        that one worker builds.
        """
        named = [(str(code), ring) for code in release.boundaries for ring in _rings(release.boundaries[code])]
        nameless = [("", ring) for name in release.no_data for ring in _rings(release.no_data[name])]
        rings: dict[str, list[Ring]] = {}
        for (code, _), ring in zip(named + nameless, _projected([ring for _, ring in named + nameless]), strict=True):
            rings.setdefault(code, []).append(ring)
        context = tuple(rings.pop("", []))
        placed = release.areas.loc[release.areas["longitude"].notna() & release.areas["latitude"].notna()]
        metres = project(placed["longitude"].to_numpy(dtype=float), placed["latitude"].to_numpy(dtype=float))
        points = {str(code): (float(e), float(n)) for code, (e, n) in zip(placed.index, metres, strict=True)}
        return Outlines(
            {code: tuple(parts) for code, parts in rings.items()}, context, points, _land(release, set(rings))
        )

    def extent(self, codes: Iterable[str] | None = None, margin: float = 0.0) -> Extent:
        """
        The rectangle round the shapes and points of some areas; without codes, round the whole land.
        Args: margin: metres added on every side.
        Raises: ConfigurationError: none of the areas has a shape or a point; ask `land` first whether there is a map.
        """
        chosen = list(self.land if codes is None else codes)
        corners = [ring for code in chosen for ring in self.rings.get(code, ())]
        corners += [np.array([self.points[code]]) for code in chosen if code in self.points]
        if codes is None:
            corners += self.context
        if not corners:
            raise ConfigurationError(
                Problem(
                    kind="map-without-shapes",
                    what="a map was asked for where no area has a shape or a point",
                    why="an empty map would look like a map of nothing",
                    fix="leave the map out and say so, or give the release its boundaries",
                    detail=", ".join(chosen[:5]),
                )
            )
        (west, south), (east, north) = np.concatenate(corners).min(axis=0), np.concatenate(corners).max(axis=0)
        return Extent(west - margin, south - margin, east + margin, north + margin)

    def basemap(self, width_mm: float, height_mm: float, extent: Extent | None = None, inset: float = 4.0) -> Basemap:
        """
        A base map for a picture of that size.
        Args:
            extent: what has to be seen; the whole land if not given. It is centred and never stretched.
            inset: px left free at the edge of the picture.
        """
        if extent:
            return self._around(extent, width_mm, height_mm, inset)
        size = (width_mm, height_mm, inset)
        if size not in self._whole:
            self._whole[size] = self._around(self.extent(), *size)
        return self._whole[size]

    @cached_property
    def _whole(self) -> dict[tuple[float, float, float], Basemap]:
        """Maps of the whole land by their size: every cover shows one, with the same land."""
        return {}

    def _around(self, extent: Extent, width_mm: float, height_mm: float, inset: float) -> Basemap:
        west, south, east, north = extent
        width, height = width_mm * MM, height_mm * MM
        scale = min((width - 2 * inset) / (east - west), (height - 2 * inset) / (north - south))
        left = width / 2 - scale * (west + east) / 2
        top = height / 2 + scale * (south + north) / 2
        return Basemap(self, width, height, scale, left, top)


@dataclass(frozen=True)
class Basemap:
    """
    The outlines in the pixels of one picture, `width` × `height`: x = left + scale · easting and
    y = top − scale · northing.
    """

    outlines: Outlines
    width: float
    height: float
    scale: float
    left: float
    top: float

    def at(self, code: str) -> tuple[float, float] | None:
        """Where the representative point of an area lies, px; None where it has none or lies outside the picture."""
        if code not in self.outlines.points:
            return None
        easting, northing = self.outlines.points[code]
        x, y = self.left + self.scale * easting, self.top - self.scale * northing
        return (x, y) if 0 <= x <= self.width and 0 <= y <= self.height else None

    def rings(self, codes: Iterable[str] | None = None, most: int = MOST) -> list[Ring]:
        """
        Closed rings of some areas (of the whole land if not given) in px: cut at the picture, rounded to half pixels
        (so that neighbours keep meeting), thinned, without islets. Together they have at most about `most` points.
        """
        if codes is None:
            return self._land if most == MOST else _within_budget(self._land, most)
        return _within_budget([ring for code in codes for ring in self._of(code)], most)

    def shapes(self, codes: Iterable[str], most: int = MOST_OF_SHAPES) -> dict[str, list[Ring]]:
        """Area → its rings, as of `rings`, all thinned alike, so that neighbours keep meeting."""
        owned = [(code, ring) for code in codes for ring in self._of(code)]
        least = CORNER
        while sum(len(ring) for _, ring in owned) > most and least < WIDEST_CORNER:
            least *= 2
            owned = [(code, thin) for code, ring in owned if len(thin := _thinner(ring, least))]
        found: dict[str, list[Ring]] = {}
        for code, ring in owned:
            found.setdefault(code, []).append(ring)
        return found

    @cached_property
    def _land(self) -> list[Ring]:
        return self.rings(self.outlines.land)

    def context(self) -> list[Ring]:
        """Closed rings, px, of shapes that are no area of the release: to be drawn fainter."""
        return _within_budget(list(self._simple(self.outlines.context)))

    def path(self, codes: Iterable[str] | None = None) -> str:
        """The same as `rings` as one SVG path, in relative steps."""
        return "".join(_as_path(ring) for ring in self.rings(codes))

    def feature(self, rings: Sequence[Ring]) -> dict[str, Any]:
        """Rings as one GeoJSON feature in px, for a geoshape with the identity projection."""
        coordinates = [[ring.tolist()] for ring in rings]
        return {"type": "Feature", "properties": {}, "geometry": {"type": "MultiPolygon", "coordinates": coordinates}}

    def _of(self, code: str) -> list[Ring]:
        """The rings of an area, thinned once however often they are drawn."""
        if code not in self._drawn:
            self._drawn[code] = list(self._simple(self.outlines.rings.get(code, ())))
        return self._drawn[code]

    @cached_property
    def _drawn(self) -> dict[str, list[Ring]]:
        return {}

    def _simple(self, rings: Sequence[Ring]) -> Iterator[Ring]:
        shift, flip = np.array([self.left, self.top]), np.array([self.scale, -self.scale])
        drawn = [clipped(ring * flip + shift, self.width, self.height, EDGE) for ring in rings]
        drawn = [ring for ring in (_thinned(ring) for ring in drawn if len(ring)) if len(ring)]
        if drawn:
            sizes = [size(ring) for ring in drawn]
            yield from (r for r, size in zip(drawn, sizes, strict=True) if size >= LEAST or size == max(sizes))


def _land(release: Release, shaped: set[str]) -> tuple[str, ...]:
    kinds = {level.id: level.kind for level in release.info.levels.values()}
    by_kind: dict[str, list[str]] = {}
    for code, level in release.areas["level"].items():
        by_kind.setdefault(kinds[str(level)], []).append(str(code))
    for kind in _LAND:
        codes = by_kind.get(kind, [])
        if codes and shaped.issuperset(codes):
            return tuple(codes)
    local = [code for code in by_kind.get("local", []) if code in shaped]  # some have no shape: draw those that have
    return tuple(local) or tuple(sorted(shaped))


def _rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        for ring in polygon:
            yield np.asarray(ring, dtype=float)[:, :2]


def _projected(rings: Sequence[Ring]) -> list[Ring]:
    if not rings:
        return []
    every = np.concatenate(rings)
    metres = project(every[:, 0], every[:, 1])
    return np.split(metres, np.cumsum([len(ring) for ring in rings])[:-1])


def clipped(ring: Ring, width: float, height: float, beyond: float = 0.0) -> Ring:
    """The part of a ring inside a picture and `beyond`, px, lest an outline runs along its edge; empty if none is."""
    low, high = np.array([-beyond, -beyond]), np.array([width + beyond, height + beyond])
    first, last = ring.min(axis=0), ring.max(axis=0)
    if (last < low).any() or (first > high).any():
        return ring[:0]
    if (first >= low).all() and (last <= high).all():
        return ring
    for axis in (0, 1):
        for limit, sign in ((low[axis], 1.0), (high[axis], -1.0)):
            ring = _halved(ring, axis, limit, sign)
            if not len(ring):
                return ring
    return ring


def _halved(ring: Ring, axis: int, limit: float, sign: float) -> Ring:
    """The side of a ring on which sign · coordinate >= sign · limit (Sutherland and Hodgman 1974)."""
    depth = sign * (ring[:, axis] - limit)
    if (depth >= 0).all():
        return ring
    points: list[NDArray[np.float64]] = []
    for i in range(len(ring) - 1):
        if depth[i] >= 0:
            points.append(ring[i])
        if (depth[i] >= 0) != (depth[i + 1] >= 0):
            points.append(ring[i] + depth[i] / (depth[i] - depth[i + 1]) * (ring[i + 1] - ring[i]))
    return np.array([*points, points[0]]) if points else ring[:0]


def _thinned(ring: Ring, least: float = CORNER) -> Ring:
    """
    A ring on the grid of half pixels, without the points that hardly matter; empty if nothing is left.
    Again and again every point goes whose triangle with its two neighbours is smaller than `least` (px²) and than the
    triangles beside it. The rule sees neighbours alone, so a border shared by two areas is thinned alike in both.
    Source: Visvalingam and Whyatt (1993), Line generalisation by repeated elimination of points.
    """
    points = np.round(ring[:-1] / STEP) * STEP
    points = points[(points != _shifted(points, 1)).any(axis=1)]
    while len(points) >= 3:
        before, after = points - _shifted(points, 1), _shifted(points, -1) - points
        corner = np.abs(before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]) / 2
        goes = (corner < least) & (corner <= _shifted(corner, 1)) & (corner < _shifted(corner, -1))
        if not goes.any():  # all corners are equal, or all are large enough
            goes = (corner < least) & (np.arange(len(corner)) == np.argmin(corner))
        if not goes.any():
            return np.concatenate([points, points[:1]])
        points = points[~goes]
    return ring[:0]


def _shifted(values: NDArray[np.float64], by: int) -> NDArray[np.float64]:
    """Each value's neighbour before (1) or after it (-1), round the ring: `np.roll`, which is slow on short arrays."""
    return np.concatenate([values[-by:], values[:-by]])


def _within_budget(rings: list[Ring], most: int = MOST) -> list[Ring]:
    """The same rings, thinned further, all alike, as long as there are too many points to draw."""
    least = CORNER
    while sum(len(ring) for ring in rings) > most and least < WIDEST_CORNER:
        least *= 2
        rings = [thin for ring in rings if len(thin := _thinner(ring, least))]
    return rings


def _thinner(ring: Ring, least: float) -> Ring:
    """A ring thinned; an island that can be seen stays as it is where thinning would take it from the map."""
    thin = _thinned(ring, least)
    return ring if not len(thin) and size(ring) >= SEEN else thin


def size(ring: Ring) -> float:
    """Area of a closed ring, px²."""
    x, y = ring[:, 0], ring[:, 1]
    return float(abs(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2)


def _as_path(ring: Ring) -> str:
    """A ring as relative line steps: short, because neighbouring points differ by a few half pixels."""
    steps = np.diff(ring[:-1], axis=0)
    start = f"M{ring[0, 0]:g},{ring[0, 1]:g}"
    return f"{start}l{' '.join(f'{x:g},{y:g}' for x, y in steps)}z"
