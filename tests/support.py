"""
Support: tiny data releases out of text, for the tests of every room.
A table is written as one reads it: columns between bars, a wide one with an industry a column.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from reportgen.classification import load, match
from reportgen.release.info import as_toml
from reportgen.release.model import Level, ReleaseInfo, Source
from reportgen.release.tables import BY_NAME
from reportgen.resources import bundled

MARKS = {"[c]": "suppressed", "[x]": "missing", "[z]": "not-applicable"}

INFO = ReleaseInfo(
    id="illustrative-tiny",
    title="A tiny illustrative release",
    reference_period="2022 to 2023",
    published=date(2024, 11, 1),
    status="illustrative",
    revision=0,
    geography="a handful of areas",
    classification="dcms-sic2007",
    sources=(),
    levels={
        "national": Level("national", "country", "countries", "national"),
        "benchmark": Level("benchmark", "benchmark", "benchmarks", "benchmark"),
        "region": Level("region", "region", "regions", "regional"),
        "ttwa": Level("ttwa", "travel-to-work area", "travel-to-work areas", "local"),
    },
    national="K02000001",
    great_britain="K03000001",
    london="E12000007",
)

AREAS = """
    code      | name           | level     | parent    | latitude | longitude
    K02000001 | United Kingdom | national  |           |          |
    K03000001 | Great Britain  | benchmark | K02000001 |          |
    E12000007 | London         | region    | K03000001 |  51.5    | -0.1
    E12000009 | South West     | region    | K03000001 |  51.0    | -3.0
    E30000234 | London         | ttwa      | E12000007 |  51.5    | -0.1
    E30000180 | Bristol        | ttwa      | E12000009 |  51.45   | -2.6
    E30000165 | Bath           | ttwa      | E12000009 |  51.38   | -2.36
"""
# 47 is retail trade: what is left besides three creative classes and a division of knowledge-intensive services.
EMPLOYMENT = """
    year | area      |  5911 |  6201 |  7311 |   69 |    47
    2022 | K03000001 | 20000 | 40000 | 18000 | 7000 | 90000
    2022 | E12000007 | 12000 | 20000 | 10000 | 4000 | 30000
    2022 | E12000009 |  1500 |  4000 |   900 |  700 |  9000
    2022 | E30000234 | 12000 | 20000 | 10000 | 4000 | 30000
    2022 | E30000180 |  1200 |  3000 |   700 |  500 |  6000
    2022 | E30000165 |   300 |  1000 |   200 |  200 |  3000
    2023 | K03000001 | 22000 | 45000 | 18000 | 7000 | 92000
    2023 | E12000007 | 13000 | 23000 | 10000 | 4000 | 30000
    2023 | E12000009 |  1700 |  4500 |   900 |  700 |  9500
    2023 | E30000234 | 13000 | 23000 | 10000 | 4000 | 30000
    2023 | E30000180 |  1400 |  3500 |   700 |  500 |  6500
    2023 | E30000165 |   300 |  1000 |   200 |  200 |  3000
"""
BUSINESSES = """
    year | area      | size_band | 5911 | 6201 | 7311 |   69 |    47
    2023 | K02000001 | all       | 5000 | 9000 | 3000 | 1200 | 21000
    2023 | K03000001 | all       | 4800 | 8700 | 2900 | 1100 | 20000
    2023 | E12000007 | all       | 2500 | 4000 | 1500 |  600 |  8000
    2023 | E12000009 | all       |  400 |  800 |  200 |  150 |  2500
    2023 | E30000234 | all       | 2500 | 4000 | 1500 |  600 |  8000
    2023 | E30000180 | all       |  300 |  600 |  150 |  100 |  1500
    2023 | E30000165 | all       |  100 |  200 |   50 |   50 |  1000
"""
DEFAULTS = {"areas": AREAS, "employment": EMPLOYMENT, "businesses": BUSINESSES}


def write_release(folder: Path, *, info: Mapping[str, Any] | None = None, **tables: str | None) -> Path:
    """
    Write a data release of seven areas, two years and five industries; return its folder.
    Args:
        info: what release.toml says otherwise than `INFO`, by the names of ReleaseInfo. Unless given, `sources` names
            every table, and `absent_codes` waives the definitions that the industries of `employment` do not answer to.
        tables: table → its text between bars (see `as_rows`); None leaves the table out; `boundaries` is GeoJSON.
            Tables that are not named are as above.
    """
    folder.mkdir(parents=True, exist_ok=True)
    texts = {name: text for name, text in {**DEFAULTS, **tables}.items() if text is not None}
    boundaries = texts.pop("boundaries", None)
    rows = {name: as_rows(name, text) for name, text in texts.items()}
    for name, table in rows.items():
        write_csv(folder / f"{name}.csv", table)
    if boundaries is not None:
        (folder / "boundaries.geojson").write_text(boundaries, encoding="utf-8")
    source = Source("Made up for a test", (*rows, "boundaries"), "reportgen", "CC0 1.0", "Illustrative, not measured")
    derived = {"sources": (source,), "absent_codes": entries_without_data(rows.get("employment", []))}
    (folder / "release.toml").write_text(as_toml(replace(INFO, **{**derived, **(info or {})})), encoding="utf-8")
    return folder


def as_rows(table: str, text: str) -> list[list[str]]:
    """
    Header and rows of a table out of text between bars; blanks around fields do not count.
    A table of industries may be wide: without a column `sic`, each column that is no other column of the table is an
    industry. There `[c]` is suppressed, `[x]` missing, `[z]` not applicable, `120 [u]` of low reliability, and an empty
    cell is a row that is not there.
    """
    lines = [[field.strip() for field in line.split("|")] for line in text.strip().splitlines()]
    header = lines[0]
    if table not in BY_NAME or "sic" not in BY_NAME[table].header or "sic" in header:
        return lines
    wanted = list(BY_NAME[table].header)
    rows = [wanted]
    for line in lines[1:]:
        row = dict(zip(header, line, strict=True))
        for industry in (name for name in header if name not in wanted):
            if row[industry]:
                cell = _cell(row[industry], BY_NAME[table].value)
                rows.append([{**row, "sic": industry, **cell}[name] for name in wanted])
    return rows


def _cell(text: str, value: str) -> dict[str, str]:
    if text in MARKS:
        return {value: "", "status": MARKS[text]}
    number, flagged, _ = text.partition(" [u]")
    return {value: number, "status": "low-reliability" if flagged else ""}


def write_csv(path: Path, rows: Sequence[Sequence[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")


def entries_without_data(employment: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The entries of definitions, as written, that no industry of a table answers to."""
    if not employment or "sic" not in employment[0]:
        return ()
    codes = {row[employment[0].index("sic")] for row in employment[1:]} - {"all"}
    versions = load(bundled().classification, INFO.classification)
    parts = [*versions.creative, *(group for group in versions.groups if not group.without)]
    return tuple(dict.fromkeys(entry for part in parts for entry in match(part, codes).unmatched))


def square(west: float, south: float, size: float = 0.1) -> dict[str, Any]:
    """A GeoJSON polygon with its sides along the compass."""
    east, north = west + size, south + size
    corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [corners]}


def as_geojson(shapes: Mapping[str, Any], **properties: Mapping[str, Any]) -> str:
    """A FeatureCollection: code → geometry; further properties of a shape by its code."""
    features = [
        {"type": "Feature", "properties": {"code": code, **properties.get(code, {})}, "geometry": geometry}
        for code, geometry in shapes.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})
