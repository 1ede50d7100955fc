"""
Head: the first bytes of a raw file, enough to tell what form it has. Opens at most `MOST` bytes, packed or not.
"""

from __future__ import annotations

import csv
from pathlib import Path

from reportgen.release.scan import BOM, FAILURES, unpacked

MOST = 64 * 1024  # bytes


def read_head(path: Path) -> bytes:
    """The first bytes of a file, unpacked; none if it cannot be read, which whoever reads all of it will report."""
    try:
        with unpacked(path) as file:
            return file.read(MOST).removeprefix(BOM)
    except FAILURES:
        return b""


def rows_of(head: bytes) -> list[list[str]]:
    """
    The rows of a CSV file that its first bytes hold; the last one may be cut short.

    >>> rows_of(b"year,area\\r\\n2023,Bath")
    [['year', 'area'], ['2023', 'Bath']]
    """
    text = head.replace(b"\0", b"").decode("utf-8", errors="replace")
    try:
        return list(csv.reader(text.splitlines()))
    except csv.Error:
        return []
