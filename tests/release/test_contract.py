"""
The published contract says what the declaration says.
"""

from __future__ import annotations

import json
from pathlib import Path

from reportgen.release import contract
from reportgen.release.tables import TABLES, Kind


def test_the_published_contract_is_the_derived_one(root: Path) -> None:
    """Write it anew with: python -c "from reportgen.release import contract as c; print(c.as_text(), end='')"."""
    assert (root / "docs" / "release-contract.json").read_text(encoding="utf-8") == contract.as_text()


def test_every_table_and_column_is_in_it() -> None:
    """In order, with keys, and the links of every column that holds the code of an area."""
    resources = {each["name"]: each for each in json.loads(contract.as_text())["resources"]}
    assert [*(table.name for table in TABLES), "boundaries"] == list(resources)
    for table in TABLES:
        schema = resources[table.name]["schema"]
        assert list(table.header) == [field["name"] for field in schema["fields"]]
        assert list(table.key) == schema["primaryKey"]
        linked = [key["fields"] for key in schema.get("foreignKeys", [])]
        assert [[column.name] for column in table.columns if column.kind is Kind.AREA] == linked


def test_a_count_with_a_status() -> None:
    """A count may be empty, since its status may say so; never less than 0."""
    [employment] = [each for each in contract.descriptor()["resources"] if each["name"] == "employment"]
    [jobs] = [field for field in employment["schema"]["fields"] if field["name"] == "jobs"]
    assert {"name", "type", "description", "unit", "constraints"} == set(jobs)
    assert ("integer", {"minimum": 0}) == (jobs["type"], jobs["constraints"])
