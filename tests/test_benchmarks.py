"""The benchmarks run; how fast is no test's business."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from reportgen.analysis.findings import FAMILIES
from tests.releases import illustrative


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


@pytest.fixture
def bench(root: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """A file of the benchmarks, by its name; they find each other in their folder."""
    monkeypatch.syspath_prepend(root / "benchmarks")
    return import_module


def test_what_is_pinned_is_a_number_for_each_thing_in_each_pack_that_is_timed(
    bench: Callable[[str], ModuleType],
) -> None:
    """South West, Northern Ireland, Bristol and the national report; nought of something would hold nothing."""
    pins, parts = bench("pins"), bench("parts")
    pinned = pins.read()
    assert [*parts.PACKS, parts.NATIONAL] == list(pinned)
    assert {pins.PINNED} == {tuple(counts) for counts in pinned.values()}
    assert all(type(number) is int and number > 0 for counts in pinned.values() for number in counts.values())


@pytest.mark.parametrize(
    ("charts", "said"),
    [(8, []), (9, []), (7, ["E12000009: charts 7, pinned 8"])],
)
def test_less_than_pinned_is_said_and_more_is_not(
    bench: Callable[[str], ModuleType], charts: int, said: list[str]
) -> None:
    shrunken = bench("pins").shrunken
    assert said == shrunken({"E12000009": {"pages": 13, "charts": 8}}, {"E12000009": {"pages": 13, "charts": charts}})


def test_what_is_not_pinned_at_all_is_said(bench: Callable[[str], ModuleType]) -> None:
    """A new pack, or a new thing to count, is pinned before it is timed."""
    assert ["E30000180: pages 9, not pinned"] == bench("pins").shrunken({}, {"E30000180": {"pages": 9}})


def test_what_was_accepted_is_read_again(bench: Callable[[str], ModuleType], tmp_path: Path) -> None:
    pins = bench("pins")
    found = {"E12000009": {what: number for number, what in enumerate(pins.PINNED, start=1)}}
    pins.write(found, tmp_path / "pins.toml")
    assert found == pins.read(tmp_path / "pins.toml")


@pytest.mark.slow
def test_a_local_pack_holds_what_is_pinned_of_it(bench: Callable[[str], ModuleType]) -> None:
    """Counted in the pack as it is now: a pack is not faster for having less in it."""
    pins, area = bench("pins"), bench("parts").LOCAL
    found = pins.counted(illustrative().pack(area))
    assert [] == pins.shrunken(pins.read(), {area: found})


def test_a_part_within_a_part_is_not_counted_twice(
    bench: Callable[[str], ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chart that takes 3 seconds, 2 of them for its words: 1 is of the chart."""
    parts = bench("parts")
    moments = iter([0.0, 0.0, 0.5, 2.5, 3.0, 4.0])
    monkeypatch.setattr(parts.Spent, "now", classmethod(lambda cls: cls(*[next(moments)] * 2)))
    clock = parts.Clock()
    words = clock.timed("sections", lambda: None)
    clock.timed("charts", words)()
    found = clock.stop()
    assert [(2.0, 2.0), (1.0, 1.0), (1.0, 1.0)] == [found[part] for part in ("sections", "charts", "the rest")]


def test_memory_that_grows_with_the_packs_is_seen(bench: Callable[[str], ModuleType]) -> None:
    """The worst worker counts; one that was not there all the time says nothing, nor does the first, largest pack."""
    night = bench("night")
    first = night.Look(1, {7: 90.0, 8: 900.0}, settled=False)
    looks = [first, night.Look(2, {7: 200.0, 8: 300.0}), night.Look(12, {7: 220.0, 8: 300.0, 9: 900.0})]
    assert 0.1 == night.growth(looks, 12)
    assert night.growth(looks, 9) is None
    assert night.growth([first], 12) is None


def test_another_engine_that_is_not_there_is_named(
    bench: Callable[[str], ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its rows say that it is missing and where it would come from; ours stand as they are."""
    others, tables, parts = bench("others"), bench("tables"), bench("parts")
    monkeypatch.setattr(others, "chromium", lambda: None)
    monkeypatch.setattr(others, "typst_is_here", lambda: False)
    ours = {area: dict.fromkeys(parts.PARTS, (0.1, 0.2)) for area in (parts.REGIONAL, parts.LOCAL)}
    said = tables.beside({"parts": [ours], "chromium": [{}], "typst": [{}]}, dict.fromkeys(ours, 13))
    assert "| South West | ours | 0.20 | 0.40 | 13 |" in said
    assert "| South West | Chromium: missing (Debian: chromium) |" in said
    assert "| Bristol | Typst: missing (PyPI: typst) |" in said


@pytest.mark.slow
def test_packs_are_measured_part_by_part_with_no_other_engine_in_reach(root: Path) -> None:
    """Each part has its row in the order in which a pack is made, then their sum."""
    command = [sys.executable, str(root / "benchmarks" / "packs.py"), "--runs", "1", "--steps", "packs"]
    environ = {**os.environ, "PATH": ""}
    said = subprocess.run(command, capture_output=True, check=True, text=True, env=environ).stdout
    first = [line.split("|")[1].strip() for line in said.partition("### By part")[2].splitlines() if line[:2] == "| "]
    parts = ["sections", "charts", "layout", "write", "pictures", "files", "check", "to disk", "the rest"]
    assert ["part", *parts, "sum"] == first[: len(parts) + 2]
    assert "Chromium: missing (Debian: chromium)" in said
