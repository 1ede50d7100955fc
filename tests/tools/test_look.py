"""The contact sheets in docs/look: as sharp as their size allows."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.batch import fakes

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import make_look  # noqa: E402

PDF = fakes.page("<h1>Bath</h1>" + "<p>It has 300 jobs in film, and more in music, crafts and publishing.</p>" * 20)


def test_a_sheet_is_as_sharp_as_its_size_allows() -> None:
    """Smaller than allowed, and the next sharper one is larger, unless there is none."""
    sheet, dpi = make_look.fitting(PDF)
    assert (True, make_look.SHARPEST) == (len(sheet) <= make_look.LARGEST, dpi)
    most = len(sheet) // 2
    smaller, less = make_look.fitting(PDF, most)
    assert len(smaller) <= most < len(make_look.pictures.sheet(PDF, less + make_look.STEP, make_look.COLOURS))
    assert Image.open(io.BytesIO(smaller)).width < Image.open(io.BytesIO(sheet)).width


def test_a_sheet_that_cannot_be_small_enough_is_an_error() -> None:
    with pytest.raises(ValueError, match="of 100 at most"):
        make_look.fitting(PDF, 100)


def test_the_sheets_that_lie_there_are_small_and_named(root: Path) -> None:
    """None without its place on the page that names the sources."""
    look = root / "docs" / "look"
    page = (look / "README.md").read_text(encoding="utf-8") if look.is_dir() else ""
    for sheet in sorted(look.glob("*.png")):
        assert (sheet.stat().st_size <= make_look.LARGEST, f"({sheet.name})" in page) == (True, True)
