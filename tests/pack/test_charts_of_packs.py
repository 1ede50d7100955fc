"""Every chart of every pack passes the linter, and no pack costs more than its pages may."""

from __future__ import annotations

import pytest

from reportgen.pack.written import write
from reportgen.resources import bundled
from reportgen.settings import Settings
from tests.lint import cost, faults, over
from tests.pack.conftest import Analysed

# The country, regions of each sort, and places: hot, middling, small, with the longest name.
SAMPLE = (
    "K02000001",
    "E12000009",
    "E12000007",
    "S92000003",
    "N92000002",
    "E30000180",
    "E30000165",
    "S22000067",
    "W22000011",
)

MORE_ROWS = {"S92000003": 90}  # Scotland has 45 areas, and each is a row


def wrong(analysed: Analysed, area: str) -> dict[str, object]:
    """What is wrong with the charts of a pack, chart by chart, and what it costs too much."""
    written = write(area, analysed.release, analysed.findings, bundled(), Settings())
    figures = written.brief.figures
    found: dict[str, object] = {one.chart.name: told for one in figures if (told := faults(one.chart, one.svg))}
    costs = cost([one.svg for one in figures], written.html)
    print(area, analysed.release.name_of(area), costs)
    beyond = over(costs, analysed.release.pack_kind(area))
    if costs["rows"] <= MORE_ROWS.get(area, 0):
        beyond.pop("rows", None)
    return {**found, **beyond}


@pytest.mark.parametrize("area", [*SAMPLE[:2], *(pytest.param(area, marks=pytest.mark.slow) for area in SAMPLE[2:])])
def test_charts_of_a_pack(illustrative: Analysed, area: str) -> None:
    assert {} == wrong(illustrative, area)


@pytest.mark.slow
def test_charts_of_all_packs(illustrative: Analysed) -> None:
    found = {area: wrong(illustrative, area) for area in illustrative.release.packs()}
    assert {} == {area: told for area, told in found.items() if told}
