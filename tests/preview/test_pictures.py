"""The pages of a PDF as pictures, one by one and all on one sheet."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from reportgen.preview.pictures import page, sheet, sizes
from tests.batch import fakes

A4 = (210 / 25.4, 297 / 25.4)  # inches


def pages(count: int) -> bytes:
    return fakes.page(
        "".join(f"<p style='break-after: page'>{number}</p>" for number in range(count - 1)) + "<p>end</p>"
    )


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def test_a_page_is_as_large_as_its_dots_say() -> None:
    """At 100 dots an inch, A4 is 827 × 1,170 dots."""
    assert all(abs(size - 100 * side) <= 1 for size, side in zip(opened(page(pages(2), 1, 100)).size, A4, strict=True))
    assert [(595, 841)] * 2 == [(int(width), int(height)) for width, height in sizes(pages(2))]


@pytest.mark.parametrize("index", [-1, 2])
def test_a_page_that_is_not_there_is_an_error(index: int) -> None:
    with pytest.raises(IndexError):
        page(pages(2), index, 50)
    assert opened(page(pages(2), 0, 50)).width > 0  # and nothing stays locked


@pytest.mark.parametrize(("count", "columns", "rows"), [(1, 1, 1), (2, 2, 1), (9, 5, 2), (12, 5, 3), (40, 8, 5)])
def test_a_sheet_has_all_pages_row_by_row(count: int, columns: int, rows: int) -> None:
    width, height = opened(sheet(pages(count), 50)).size
    assert (columns, rows) == (round(width / (A4[0] * 50 + 6)), round(height / (A4[1] * 50 + 6)))


def test_the_same_pages_give_the_same_bytes_and_few_colours_a_small_file() -> None:
    assert sheet(pages(9), 50) == sheet(pages(9), 50)
    few = sheet(pages(9), 50, colours=16)
    assert len(few) < len(sheet(pages(9), 50))
    assert len(opened(few).getcolors() or []) <= 16
