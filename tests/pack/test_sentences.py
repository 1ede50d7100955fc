"""Whole packs, text by text: no sentence without an end, no heading too long, no number that reads wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.release.importing import import_release
from reportgen.release.read import read
from reportgen.resources import bundled
from tests.releases import Analysed, analysed
from tests.sentences import texts

NATION = "K02000001"
# The South West, London, Northern Ireland, Bristol, Belfast, Mull and Islay, Llandrindod Wells and Builth Wells.
ILLUSTRATIVE = ("E12000009", "E12000007", "N92000002", "E30000180", "N12000002", "S22000032", "W22000011")
# The same regions; the area of Bristol has a name of 48 letters.
REAL = ("UKK", "UKI", "UKN", "UKK1", "UKN0", "UKM6")


def wrong(work: Analysed, area: str) -> list[str]:
    """What reads wrong in the pack of an area, each with the section that it stands in."""
    found = texts(work.written(area).html)
    assert len(found) > 100
    return [f"{text.section}: {fault}" for text in found for fault in text.faults]


@pytest.mark.parametrize("area", ILLUSTRATIVE)
def test_a_pack_reads_right(illustrative: Analysed, area: str) -> None:
    assert [] == wrong(illustrative, area)


@pytest.mark.slow
def test_the_national_report_reads_right(illustrative: Analysed) -> None:
    assert [] == wrong(illustrative, NATION)


@pytest.mark.slow
def test_packs_of_real_figures_read_right(root: Path, shared_data: Path, tmp_path: Path) -> None:
    """The national report, the same regions, and areas without jobs or with a name that fills a line."""
    folder = tmp_path / "nuts2-2018"
    import_release(root / "examples" / "nuts2" / "recipe.toml", shared_data, folder)
    work = analysed(read(folder, bundled().classification))
    assert {} == {area: found for area in (NATION, *REAL) if (found := wrong(work, area))}
