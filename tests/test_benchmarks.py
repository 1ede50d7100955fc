"""The benchmarks run; how fast is no test's business."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_reading_is_measured_beside_the_bare_bytes_and_pyarrow(root: Path) -> None:
    """A small table: each way of reading has its row, with time and memory."""
    command = [sys.executable, str(root / "benchmarks" / "read_release.py"), "--rows", "10000"]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    ways = [line.split("|")[1].strip() for line in said.splitlines() if line.startswith("| ")]
    assert ["way of reading", "the bare bytes", "the bare bytes, unpacked"] == ways[:3]
    assert ["pyarrow's read_csv, nothing checked", "ours", "ours, packed"] == ways[3:]
