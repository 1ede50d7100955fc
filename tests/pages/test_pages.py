"""
Pages stand as they were accepted: every text at its place, and each page looks the same. After a change, look at the
pictures that this writes and take the pages over with `pytest tests/pages --accept`.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.pack.model import Pack
from reportgen.preview.rebuilding import pdf_of
from reportgen.resources import bundled
from tests.pages.laid_out import Accepted, differing, engines, pages_of, side_by_side

ACCEPTED = Path(__file__).with_name("accepted")
LESS = tuple(pytest.param(area, marks=pytest.mark.slow) for area in ("S22000032", "W22000011"))
PACKS = (pytest.param("K02000001", marks=pytest.mark.slow), "E12000009", "E30000180", *LESS)
MOST_TOLD = 6  # differences of a page, and pages


@pytest.mark.parametrize("area", PACKS)
def test_pages_stand_as_they_were_accepted(area: str, packs: Callable[[str], Pack], accept: bool, root: Path) -> None:
    """The nation, a region, a city, a place with almost no data, and the longest name."""
    pdf, file, fonts = pdf_of(packs(area)), ACCEPTED / f"{area}.txt", bundled().fonts
    now = Accepted(engines(fonts), pages_of(pdf))
    if accept:
        file.write_text(now.as_text(), encoding="utf-8")
    accepted = Accepted.from_text(file.read_text(encoding="utf-8"))
    if accepted.engines != now.engines:
        others = sorted(f"{name} {what}" for name, what in accepted.engines.items() ^ now.engines.items())
        warnings.warn(
            f"{area}: accepted with others ({', '.join(others)}): only what pages say is compared", stacklevel=1
        )
    found = differing(accepted, now)
    folder, lines = root / "out" / "pages", []
    for number in list(found)[:MOST_TOLD]:
        folder.mkdir(parents=True, exist_ok=True)
        before, after = (each.pages[number - 1] if number <= len(each.pages) else None for each in (accepted, now))
        picture = folder / f"{area}-{number}.png"
        side_by_side(before, pdf, number, after, fonts).save(picture)
        lines += [f"page {number}: see {picture}", *(f"  {line}" for line in found[number][:MOST_TOLD])]
    assert not found, "\n".join([f"{area}: {len(found)} pages are not as accepted", *lines])


def test_each_accepted_file_is_of_a_pack() -> None:
    """None is left over from a pack that is no longer looked at."""
    packs = [pack if isinstance(pack, str) else pack.values[0] for pack in PACKS]
    assert sorted(packs) == sorted(path.stem for path in ACCEPTED.iterdir())
