"""Shapes out of GeoJSON and TopoJSON: public outlines as they are published, and files that are none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from reportgen.release.sources.shapes import read_shapes

ARCS = [[[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]], [[2, 0], [2, 1], [3, 1], [3, 0], [2, 0]]]
TOPOLOGY: dict[str, Any] = {
    "type": "Topology",
    "arcs": ARCS,
    "objects": {
        "regions": {
            "type": "GeometryCollection",
            "geometries": [{"type": "Polygon", "arcs": [[0]], "id": "R1", "properties": {"name": "North"}}],
        },
        "places": {
            "type": "GeometryCollection",
            "geometries": [{"type": "Polygon", "arcs": [[1]], "id": "P1", "properties": {"name": "Bath"}}],
        },
    },
}


@pytest.fixture
def topology(tmp_path: Path) -> Path:
    path = tmp_path / "map.topo.json"
    path.write_text(json.dumps(TOPOLOGY), encoding="utf-8")
    return path


def test_a_topology_of_several_objects(topology: Path) -> None:
    """All of them, unless the recipe names one."""
    assert ["R1", "P1"] == [shape.code for shape in read_shapes(topology, "id", "name")[0]]
    assert [("P1", "Bath")] == [(shape.code, shape.name) for shape in read_shapes(topology, "id", "name", "places")[0]]


def test_an_object_that_is_not_there(topology: Path, tmp_path: Path) -> None:
    """A topology has others to offer, GeoJSON has none."""
    [problem] = read_shapes(topology, "id", "name", "place")[1]
    assert """\
error[unknown-object]: map.topo.json has no object "place"
  map.topo.json
  why: the recipe takes the shapes from it
  fix: name one of regions, places (did you mean places?), or leave object out to read all""" == problem.as_text()
    (tmp_path / "map.geojson").write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    [problem] = read_shapes(tmp_path / "map.geojson", "id", "name", "places")[1]
    assert "leave object out of the recipe: GeoJSON has none" == problem.fix


@pytest.mark.parametrize(
    ("file", "id", "name", "object", "count", "repaired"),
    [
        ("NUTS2_UK_2018.topo.json", "id", "name", "geog", 41, ["UKH1", "UKI5", "UKJ2"]),
        ("ITL1_UK_2021.topo.json", "id", "name", "geog", 12, ["TLH", "TLJ"]),
        (
            *("ttwa2011_uk_simplified.geojson", "TTWA11CD", "TTWA11NM", "", 228),
            ["E30000046", "E30000093", "E30000162", "E30000236", "S22000013", "S22000032", "S22000039", "S22000086"],
        ),
    ],
)
def test_public_outlines_are_read_and_repaired(
    shared_data: Path, file: str, id: str, name: str, object: str, count: int, repaired: list[str]
) -> None:
    """Those that cross or touch themselves, or have islands of too few points, are made valid and listed."""
    shapes, problems = read_shapes(shared_data / file, id, name, object)
    assert ([], count) == (problems, len(shapes))
    assert repaired == [shape.code for shape in shapes if shape.repaired]
    assert all(shapely.is_valid([shape.geometry for shape in shapes]))


@pytest.mark.parametrize(
    "feature",
    [
        1,
        {"id": "E1", "properties": ["x"], "geometry": None},
        {"id": "E1", "properties": {}, "geometry": [1]},
        {"id": "E1", "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [0, float("nan")], [1, 1], [0, 0]]]}},
        {"id": "E1", "geometry": {"type": "Polygon", "coordinates": 5}},
    ],
)
def test_what_is_no_shape_is_told(tmp_path: Path, feature: Any) -> None:
    """Never a traceback, whatever stands in the place of an object."""
    (tmp_path / "x.json").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    shapes, problems = read_shapes(tmp_path / "x.json", "id", "name")
    assert [] == shapes
    assert {problem.kind for problem in problems} <= {"not-geojson", "invalid-shape"}
    assert problems


def test_brackets_without_end(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[" * 100_000)
    assert ["not-geojson"] == [problem.kind for problem in read_shapes(tmp_path / "x.json", "id", "name")[1]]
