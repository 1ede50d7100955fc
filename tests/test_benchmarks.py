"""The benchmarks run; how fast is no test's business."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.analysis.findings import FAMILIES


@pytest.mark.slow
def test_reading_is_measured_beside_the_bare_bytes_and_pyarrow(root: Path) -> None:
    """A small table: each way of reading has its row, with time and memory."""
    command = [sys.executable, str(root / "benchmarks" / "read_release.py"), "--rows", "10000"]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    ways = [line.split("|")[1].strip() for line in said.splitlines() if line.startswith("| ")]
    assert ["way of reading", "the bare bytes", "the bare bytes, unpacked"] == ways[:3]
    assert ["pyarrow's read_csv, nothing checked", "ours", "ours, packed"] == ways[3:]


@pytest.mark.slow
def test_what_many_packs_cost_besides_their_pages_is_measured(root: Path) -> None:
    """At two sizes; each part of a run has its row."""
    command = [sys.executable, str(root / "benchmarks" / "scale.py"), "--packs", "20", "--times"]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    first = [line.split("|")[1].strip().split(":")[0] for line in said.splitlines() if line.startswith("| ")]
    assert {"ledger", "plan", "manifest, catalogue and sums", "verify"} <= set(first)


@pytest.mark.slow
def test_the_analysis_is_measured_family_by_family_and_with_more_areas(root: Path) -> None:
    """Twice the areas once: each family has its seconds, and memory stands beside them."""
    command = [sys.executable, str(root / "benchmarks" / "analysis.py"), "--runs", "1", "--times", "2"]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    first = [line.split("|")[1].strip() for line in said.splitlines() if line.startswith("| ")]
    assert ["step", "gather", *FAMILIES, "total", "× areas", "1", "2"] == first[: len(FAMILIES) + 6]
    assert "of 5 s" in said
    assert "of 1,024 MB" in said
