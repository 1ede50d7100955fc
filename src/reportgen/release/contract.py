"""
Contract: the declaration of tables as a Data Package descriptor, for those who write releases with other tools.
Derives it from `tables.py`; the published copy is docs/release-contract.json.
"""

from __future__ import annotations

import json
from typing import Any

from reportgen.release.boundaries import FILE as BOUNDARIES
from reportgen.release.columns import PATTERNS
from reportgen.release.tables import TABLES, Column, Kind, Table

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TYPES = {Kind.YEAR: "year", Kind.COUNT: "integer", Kind.NUMBER: "number", Kind.SHARE: "number"}


def descriptor() -> dict[str, Any]:
    """The Data Package (version 2.0) that every release is an instance of; tables may also be packed as `.csv.gz`."""
    shapes = {
        "name": "boundaries",
        "path": BOUNDARIES,
        "title": "Shapes of areas, WGS 84: property `code`; or `no_data` true and `name` for shapes of no area",
        "format": "geojson",
        "encoding": "utf-8",
        "required": False,
    }
    return {
        "$schema": PROFILE,
        "name": "reportgen-release",
        "title": "Tables of a reportgen data release",
        "description": "Columns in any order, none besides; each table plain or packed as .csv.gz. An absent row means "
        "missing, not 0: zeros are written. release.toml stands beside the tables.",
        "resources": [*(_resource(table) for table in TABLES), shapes],
    }


def as_text() -> str:
    """The descriptor as it is published."""
    return json.dumps(descriptor(), indent=2, ensure_ascii=False) + "\n"


def _resource(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "fieldsMatch": ["equal"],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    links = [column.name for column in table.columns if column.kind is Kind.AREA]
    if links:  # a table that refers to itself names no resource
        resource = {} if table.name == "areas" else {"resource": "areas"}
        schema["foreignKeys"] = [{"fields": [name], "reference": {**resource, "fields": ["code"]}} for name in links]
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": table.description,
        "type": "table",
        "format": "csv",
        "encoding": "utf-8",
        "required": table.required,
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": TYPES.get(column.kind, "string")}
    field["description"] = column.description
    if column.unit:
        field["unit"] = column.unit
    constraints = _constraints(column)
    return {**field, "constraints": constraints} if constraints else field


def _constraints(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {} if column.blank else {"required": True}
    if column.kind is Kind.SIC:
        constraints["pattern"] = PATTERNS[Kind.SIC]
    if column.choices:
        constraints["enum"] = list(column.choices)
    low, high = (0, 1) if column.kind is Kind.SHARE else (column.minimum, column.maximum)
    low = 0 if column.kind is Kind.COUNT else low
    return constraints | {name: bound for name, bound in (("minimum", low), ("maximum", high)) if bound is not None}
