"""`reportgen explain`: from a number to the rows, in words and as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from reportgen.release.model import RawFile
from tests.support import write_release

Call = Callable[..., Result]

SHARE = """
[1] Creative share of jobs: Bath (E30000165), All creative industries, 2023
    E30000165/creative-jobs-share/all/2023/-/-
    value    31.9\u202f%; before rounding 0.3191489362
    formula  x_r / T_r; the interval is that of x_r, T_r taken as exact
    numbers  x_ri / T_r = 1,500 / 4,700 = 0.3191489362
    x_ri     1,500   [2] Creative jobs: Bath (E30000165), All creative industries, 2023
    T_r      4,700   [3] Jobs, all industries: Bath (E30000165), 2023

[2] Creative jobs: Bath (E30000165), All creative industries, 2023
    E30000165/creative-jobs/all/2023/-/-
    value    1,500
    employment.csv: 3 rows; 3 ok; sum 1,500
        row 57     2023, E30000165, 5911   300 ok   Motion picture, video and television programme production activities
        row 58     2023, E30000165, 6201   1,000 ok   Computer programming activities
        row 59     2023, E30000165, 7311   200 ok   Advertising agencies

[3] Jobs, all industries: Bath (E30000165), 2023
    E30000165/jobs/-/2023/-/-
    value    4,700
    employment.csv: 5 rows; 5 ok; sum 4,700
        row 61     2023, E30000165, 47   3,000 ok   Retail trade, except of motor vehicles and motorcycles
        row 57     2023, E30000165, 5911   300 ok   Motion picture, video and television programme production activities
        row 58     2023, E30000165, 6201   1,000 ok   Computer programming activities
        row 60     2023, E30000165, 69   200 ok   Legal and accounting activities
        row 59     2023, E30000165, 7311   200 ok   Advertising agencies

source   Made up for a test (areas, employment, businesses, boundaries)
    reportgen · CC0 1.0 · Illustrative, not measured
release  illustrative-tiny, revision 0, illustrative, 2022 to 2023, published 1\u00a0November 2024
"""


@pytest.fixture
def explain(call: Call, tiny: Path) -> Call:
    """Run `reportgen explain` on the tiny release."""
    return lambda *words: call("explain", "--release", tiny, *words)


def test_a_number_is_led_back_to_its_rows(explain: Call) -> None:
    """A block for each fact, its formula with its numbers, the rows in their file, source, licence and vintage."""
    lines = explain("bath/creative-jobs-share", "-q").stdout.splitlines()
    long = "    formula  x_ri = ", "    formula  T_r, "  # with the intervals of jobs, which methods.md explains
    without = [re.sub(r" \(95 %:[^)]*\)", "", line) for line in lines if not line.startswith(long)]
    assert SHARE.strip().splitlines() == without


def test_an_area_alone_lists_what_can_be_asked(explain: Call) -> None:
    """Indicators with a value, and how many."""
    first, *lines = explain("E30000165", "-q").stdout.splitlines()
    assert "Bath (E30000165): indicators with a value, and how many values" == first
    words = {line.split()[0]: line.split(maxsplit=2)[1:] for line in lines}
    assert ["2", "Creative share of jobs"] == words["creative-jobs-share"]
    assert "innovation-rate" not in words
    found = json.loads(explain("Bath", "--json").stdout)
    assert found["area"] == "E30000165"
    assert {"indicator": "jobs", "name": "Jobs, all industries", "values": 2, "findings": 2} in found["askable"]


def test_json_holds_all_rows(explain: Call) -> None:
    """Also those that the lines only count."""
    found = json.loads(explain("Great Britain/location-quotient/all/2022", "--json").stdout)
    assert "K03000001/location-quotient/all/2022/-/-" == found["fact"]
    facts = {fact["id"]: fact for fact in found["facts"]}
    parts = facts[found["fact"]]["parts"]
    assert {"x_ri", "T_r", "X_i", "T"} == parts.keys()
    rows = [found["rows"][place] for place in facts[parts["x_ri"]]["rows"]]
    assert [(2, "5911", 20000.0), (3, "6201", 40000.0), (4, "7311", 18000.0)] == [
        (row["row"], row["key"]["sic"], row["value"]) for row in rows
    ]
    assert ("2024-11-01", 0) == (found["release"]["published"], found["release"]["revision"])


@pytest.mark.parametrize(
    ("asked", "kind", "hint"),
    [
        ("Bathe/jobs", "unknown-area", "did you mean Bath?"),
        ("London/jobs", "ambiguous-area", "--level region"),
        ("Bath/job", "unknown-fact", "did you mean jobs?"),
        ("Bath/creative-jobs/craft", "unknown-fact", "did you mean crafts?"),
        ("Bath/creative-jobs/all/2021", "unknown-fact", "did you mean 2023?"),
        ("Bath/creative-jobs/*", "unknown-fact", "ask for one area, sub-sector and year"),
        ("Bath/gva-growth", "unknown-fact", "did you mean jobs-growth?"),
    ],
)
def test_a_miss_offers_its_neighbour(explain: Call, asked: str, kind: str, hint: str) -> None:
    """Exit code 2, as for all that was asked for and is not there."""
    result = explain(asked)
    assert (2, "") == (result.exit_code, result.stdout)
    assert f"error[{kind}]" in result.stderr
    assert hint in result.stderr


def test_a_level_tells_areas_of_one_name_apart(explain: Call) -> None:
    """As elsewhere."""
    assert explain("London/jobs", "--level", "region", "-q").stdout.startswith(
        "[1] Jobs, all industries: London (E12000007)"
    )


def test_raw_files_are_named(call: Call, tmp_path: Path) -> None:
    """Where the release was imported from some, those that fed the tables behind the number, with their hash."""
    files = [RawFile(f"{table}-raw.csv", 1234, "ab" * 32, (table,)) for table in ("employment", "businesses")]
    folder = write_release(tmp_path / "imported", info={"raw_files": tuple(files)})
    lines = call("explain", "Bath/jobs", "-q", "--release", folder).stdout.splitlines()
    assert [f"raw file employment-raw.csv (employment), 1,234 bytes, SHA-256 {'ab' * 32}"] == [
        line for line in lines if line.startswith("raw file")
    ]
