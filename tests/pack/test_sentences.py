"""Whole packs, text by text: no sentence without an end, no heading too long, no number that reads wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen import area_groups
from reportgen.analysis.findings import Findings, analyse
from reportgen.classification import load
from reportgen.pack.written import write
from reportgen.release.importing import import_release
from reportgen.release.model import Release
from reportgen.release.read import read
from reportgen.resources import bundled
from reportgen.settings import Settings
from tests.pack.conftest import Analysed
from tests.sentences import texts

NATION = "K02000001"
# The South West, London, Northern Ireland, Bristol, Belfast, Mull and Islay, Llandrindod Wells and Builth Wells.
ILLUSTRATIVE = ("E12000009", "E12000007", "N92000002", "E30000180", "N12000002", "S22000032", "W22000011")
# The same regions; the area of Bristol has a name of 48 letters.
REAL = ("UKK", "UKI", "UKN", "UKK1", "UKN0", "UKM6")


def wrong(release: Release, findings: Findings, area: str) -> list[str]:
    """What reads wrong in the pack of an area, each with the section that it stands in."""
    found = texts(write(area, release, findings, bundled(), Settings()).html)
    assert len(found) > 100
    return [f"{text.section}: {fault}" for text in found for fault in text.faults]


def analysed(release: Release) -> Findings:
    classification = load(bundled().classification, release.info.classification)
    return analyse(release, classification, Settings(), area_groups.load(bundled()))


@pytest.mark.parametrize("area", ILLUSTRATIVE)
def test_a_pack_reads_right(illustrative: Analysed, area: str) -> None:
    assert [] == wrong(illustrative.release, illustrative.findings, area)


@pytest.mark.slow
def test_the_national_report_reads_right(illustrative: Analysed) -> None:
    assert [] == wrong(illustrative.release, analysed(illustrative.release), NATION)


@pytest.mark.slow
def test_packs_of_real_figures_read_right(root: Path, shared_data: Path, tmp_path: Path) -> None:
    """The national report, the same regions, and areas without jobs or with a name that fills a line."""
    folder = tmp_path / "nuts2-2018"
    import_release(root / "examples" / "nuts2" / "recipe.toml", shared_data, folder)
    release = read(folder, bundled().classification)
    findings = analysed(release)
    assert {} == {area: found for area in (NATION, *REAL) if (found := wrong(release, findings, area))}
