"""
Small releases out of tables in text, and what the analysis finds in them.
Columns: `area`, perhaps `year` (else 2023), then industries: a sub-sector by its name, a SIC code, `rest`, or `all` for
the total over all industries. A head that ends in `units` counts local units; without one, these equal the jobs.
Cells: a number, `[c]` suppressed, `[x]` missing, `[z]` not applicable, `10 [u]` of low reliability, `-` no row.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import pytest

from reportgen.analysis.findings import Finding, Findings
from reportgen.analysis.findings import analyse as analyse_release
from reportgen.area_groups import NONE, AreaGroups
from reportgen.classification import Classification, Definition
from reportgen.release.model import Level, Release, ReleaseInfo
from reportgen.settings import Settings

SUB_SECTORS = {"crafts": ("3212",), "architecture": ("7111",), "publishing": ("5811", "5812")}
CODES = {"crafts": "3212", "architecture": "7111", "publishing": "5811", "rest": "0111"}
MARKS = {"[c]": "suppressed", "[x]": "missing", "[z]": "not-applicable", "[u]": "low-reliability"}
KINDS = {"national": "national", "benchmark": "benchmark", "region": "regional", "place": "local", "zone": "custom"}
LEVELS = {"United Kingdom": "national", "Great Britain": "benchmark", "London": "region", "South West": "region"}


@dataclass(frozen=True)
class Found:
    """The findings, asked for in the order in which a test says them; the year is 2023 unless told."""

    findings: Findings

    def row(self, area: str, indicator: str, sub_sector: str = "all", year: str = "2023", **rest: str) -> Finding:
        return self.findings.get(area, indicator, sub_sector, year, **rest)

    def __call__(self, *key: str, **rest: str) -> tuple[float | None, str]:
        """Value and status."""
        row = self.row(*key, **rest)
        return (None if row.value is None else round(row.value, 6), row.status.value)

    def why(self, *key: str, **rest: str) -> str:
        return self.row(*key, **rest).reason


def read_table(text: str) -> list[dict[str, str]]:
    """The rows of a table in text, its head in the first line."""
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [dict(zip(head, line, strict=True)) for line in lines]


def long_rows(rows: Sequence[Mapping[str, str]], counting: str) -> pd.DataFrame:
    """The jobs or units in a table as the long frame of a release."""
    heads = [head for head in rows[0] if head not in ("area", "year")]
    wanted = [head for head in heads if head.endswith(" units") == (counting == "local_units")]
    if counting == "local_units" and not wanted:
        wanted = heads
    records = []
    for row in rows:
        for head in wanted:
            name = head.removesuffix(" units").removesuffix(" jobs")
            value, _, mark = row[head].partition("[")
            if row[head] != "-":
                status = MARKS[f"[{mark}"] if mark else "ok"
                count = float(value) if value.strip() else float("nan")
                records.append((int(row.get("year", 2023)), row["area"], CODES.get(name, name), count, status))
    return pd.DataFrame(records, columns=["year", "area", "sic", counting, "status"])


def make_release(
    text: str,
    parents: Mapping[str, str] | None = None,
    membership: Sequence[tuple[str, str, float]] = (),
    levels: Mapping[str, str] | None = None,
    derive_levels: tuple[str, ...] = (),
    absent_codes: tuple[str, ...] = (),
) -> Release:
    """
    A release of the places in a table; United Kingdom, Great Britain and London are always among its areas.
    Args:
        parents: area → parent, the United Kingdom unless told; levels: area → level, `place` unless told.
    """
    rows = read_table(text)
    level_of, parents = {**LEVELS, **(levels or {})}, parents or {}
    others = [*(row["area"] for row in rows), *parents, *parents.values(), *(levels or {})]
    names = list(dict.fromkeys(["United Kingdom", "Great Britain", "London", *others]))
    areas = pd.DataFrame(
        {
            "name": names,
            "level": [level_of.get(name, "place") for name in names],
            "parent": ["" if name == "United Kingdom" else parents.get(name, "United Kingdom") for name in names],
            "latitude": float("nan"),
            "longitude": float("nan"),
        },
        index=pd.Index(names, name="code"),
    )
    info = ReleaseInfo(
        id="illustrative-test",
        title="Test",
        reference_period="2023",
        published=datetime.date(2024, 12, 1),
        status="illustrative",
        revision=0,
        geography="none",
        classification="test",
        sources=(),
        levels={id: Level(id, id, f"{id}s", kind) for id, kind in KINDS.items()},  # type: ignore[arg-type]
        national="United Kingdom",
        great_britain="Great Britain",
        london="London",
        derive_levels=derive_levels,
        absent_codes=absent_codes,
    )
    businesses = long_rows(rows, "local_units")
    businesses.insert(3, "size_band", "all")
    belongs = pd.DataFrame(membership, columns=["area", "group", "share"]) if membership else None
    return Release(info, areas, long_rows(rows, "jobs"), businesses, membership=belongs)


def make_classification(release: Release, sub_sectors: Mapping[str, tuple[str, ...]] | None = None) -> Classification:
    """The sub-sectors that a release has industries for, or those given."""
    codes = set(release.employment["sic"])

    def known(entry: str) -> bool:
        return any(code.startswith(entry) or entry.startswith(code) for code in codes)

    found = {name: tuple(filter(known, entries)) for name, entries in SUB_SECTORS.items()}
    creative = tuple(
        Definition(name, name.capitalize(), name.capitalize(), entries)
        for name, entries in (sub_sectors or found).items()
        if entries
    )
    return Classification("test", "Test", "none", datetime.date(2020, 1, 1), None, creative, (), {})


@pytest.fixture(scope="session")
def release_of() -> Callable[..., Release]:
    """Takes a table in text, gives the release of it."""
    return make_release


@pytest.fixture(scope="session")
def definitions_of() -> Callable[..., Classification]:
    """Takes a release, gives the sub-sectors that it has industries for."""
    return make_classification


@pytest.fixture(scope="session")
def analyse_it() -> Callable[[Release], Found]:
    """Takes a release, gives what is found in it."""
    return lambda release: Found(analyse_release(release, make_classification(release), Settings()))


@pytest.fixture(scope="session")
def analyse() -> Callable[..., Found]:
    """Takes a table in text, gives what is found in it."""

    def from_text(
        text: str,
        settings: Settings | None = None,
        sub_sectors: Mapping[str, tuple[str, ...]] | None = None,
        groups: AreaGroups = NONE,
        **about: object,
    ) -> Found:
        release = make_release(text, **about)  # type: ignore[arg-type]
        classification = make_classification(release, sub_sectors)
        return Found(analyse_release(release, classification, settings or Settings(), groups))

    return from_text
