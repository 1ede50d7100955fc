"""Pages are filled: none of a pack is left half empty, but where a table ends or a place has little to say."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pypdfium2 as pdfium
import pytest

from reportgen.pack.model import Pack
from tests.pack.reading import pdf_of

TOP, FOOT, HIGH = 24, 21, 297  # mm: where the type area begins and ends, of the paper
INK = 200  # darker than this is printed on
FEWEST, FULL = 0.3, 2 / 3
PACKS = ["E12000002", "E12000003", "E12000009", "E12000007", "E30000180", "E30000160", "E30000198", "W22000030"]


def filled(pack: Pack) -> list[float]:
    """Of each page but the cover, to which part of its type area something stands on it."""
    found = []
    with pdfium.PdfDocument(pdf_of(pack)) as pdf:
        for page in list(pdf)[1:]:
            grey = np.asarray(page.render(scale=0.5, grayscale=True).to_pil())
            mm = len(grey) / HIGH
            rows = np.flatnonzero((grey[int(TOP * mm) : int((HIGH - FOOT) * mm)] < INK).any(axis=1))
            found.append((rows[-1] + 1) / ((HIGH - TOP - FOOT) * mm) if len(rows) else 0.0)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("area", PACKS)
def test_no_page_is_left_half_empty(packs: Callable[[str], Pack], area: str) -> None:
    """Two pages of a pack may be: the end of a long table, or what little is known of. The last may end anywhere."""
    *pages, _ = filled(packs(area))
    assert min(pages) >= FEWEST
    assert sum(part < FULL for part in pages) <= 2
