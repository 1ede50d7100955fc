"""A release with many faults in many files: all of them in one go, for people and for programs."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from reportgen.errors import MOST_SHOWN
from reportgen.release.sheet import MOST_LISTED
from tests.support import write_release

Call = Callable[..., Result]
HIDDEN = MOST_LISTED + 200  # cells without a value and without a status
KINDS = ("unknown-area", "value-missing")


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Faults in release.toml, in three tables and in the boundaries, and a file that is no table."""
    empty = "".join(f"2023 | E30000165 | {code:05} |  |\n" for code in range(10_000, 10_000 + HIDDEN))
    folder = write_release(
        tmp_path / "faulty",
        info={"revision": -1, "london": "E12000070"},
        employment=f"year | area | sic | jobs | status\n{empty}2023 | E30000199 | 47 | £1m |",
        membership="area | group | share\nE30000165 | E12000009 | 12.5",
        boundaries="{",
    )
    areas = folder / "areas.csv"
    areas.write_text(areas.read_text(encoding="utf-8").replace("Bath,ttwa", "Bath,twta"), encoding="utf-8")
    (folder / "businesses.csv").write_bytes(b"year;area\n")
    (folder / "inovation.csv").write_bytes(b"")
    return folder


def test_people_see_twenty_of_a_kind_and_how_many_more_there_are(call: Call, faulty: Path) -> None:
    """With nothing on stdout, and exit code 4."""
    result = call("release", "check", faulty)
    shown = Counter(re.findall(r"^error\[(.+?)\]", result.stderr, re.MULTILINE))
    assert (4, "") == (result.exit_code, result.stdout)
    assert {"wrong-value", "unknown-table", "wrong-separator", "not-geojson", "out-of-range", "not-a-count"} <= set(
        shown
    )
    assert {"unknown-area": 1, "value-missing": MOST_SHOWN} == {kind: shown[kind] for kind in KINDS}
    assert f"… and {HIDDEN - MOST_SHOWN:,} more of the kind value-missing\n" in result.stderr
    assert re.search(r"\n[0-9,]+ problems · nothing was written · exit code 4\n$", result.stderr)


def test_programs_get_all_that_are_listed(call: Call, faulty: Path) -> None:
    """One document, in which the last of a thousand says how many more there are."""
    error = json.loads(call("release", "check", faulty, "--json").stdout)["error"]
    kinds = Counter(problem["kind"] for problem in error["problems"])
    assert 4 == error["exit_code"]
    assert MOST_LISTED == kinds["value-missing"]
    *_, last = [problem for problem in error["problems"] if problem["kind"] == "value-missing"]
    assert HIDDEN - MOST_LISTED == last["more"]
    files = {problem["file"] for problem in error["problems"]}
    tables = {"areas.csv", "businesses.csv", "employment.csv", "inovation.csv", "membership.csv"}
    assert tables | {"release.toml", "boundaries.geojson"} >= files > tables - {"areas.csv"}
    assert {"kind", "what", "why", "fix", "file", "row", "column", "detail", "more"} == set(error["problems"][0])


def test_what_rests_on_release_toml_is_checked_when_that_is_right(call: Call, faulty: Path) -> None:
    """Levels and the areas with a part to play are known only then."""
    text = (faulty / "release.toml").read_text(encoding="utf-8")
    (faulty / "release.toml").write_text(text.replace("revision = -1", "revision = 1"), encoding="utf-8")
    kinds = {
        each["kind"] for each in json.loads(call("release", "check", faulty, "--json").stdout)["error"]["problems"]
    }
    assert {"unknown-level", "unknown-area"} <= kinds
