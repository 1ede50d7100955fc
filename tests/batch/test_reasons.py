"""What a run would make, and why: by the hashes of what a pack is made from and of what it prints."""

from __future__ import annotations

import csv
import gzip
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from reportgen.batch import plan
from reportgen.batch.run import How, Outcome, run, why
from reportgen.release.model import Release
from reportgen.resources import bundled, with_own
from reportgen.settings import Settings
from tests.batch import fakes

Make = Callable[..., Outcome]
BUNDLED = bundled().releases / "illustrative-2024"
# A travel-to-work area of the South West with a university, its region, the nation, and places far from it.
BATH, SWINDON, SOUTH_WEST, NATION = "E30000165", "E30000276", "E12000009", "K02000001"
SOME = (NATION, SOUTH_WEST, "E12000002", "W92000004", SWINDON, "E30000180", "E30000234", "S22000067", "N12000002")


def made(outcome: Outcome) -> dict[str, str]:
    """Area → why its pack was made."""
    return {pack.area: pack.reason for pack in outcome.made}


def test_a_pack_that_was_never_built_is_built_once(make_packs: Make) -> None:
    """The second run makes nothing, and says that all is there."""
    assert {BATH: "never built", "E30000180": "never built"} == made(make_packs("Bath", "Bristol"))
    again = make_packs("Bath", "Bristol")
    assert ({}, [BATH, "E30000180"]) == (made(again), [pack.area for pack in again.unchanged])


def test_force_makes_what_is_there(make_packs: Make) -> None:
    make_packs("Bath")
    assert {BATH: "forced"} == made(make_packs("Bath", force=True))


def test_a_file_that_is_missing_or_altered_is_made_again(make_packs: Make, written: Path) -> None:
    """Altered means that its bytes are others: one that was only touched is as it was."""
    make_packs("Bath", "Bristol")
    before = (written / "E30000165_bath" / "facts.csv").read_bytes()
    (written / "E30000165_bath" / "facts.csv").write_bytes(before.replace(b"10.0", b"10.1"))
    os.utime(written / "E30000180_bristol" / "data.csv")
    assert {BATH: "output altered: facts.csv"} == made(make_packs("Bath", "Bristol"))
    assert before == (written / "E30000165_bath" / "facts.csv").read_bytes()
    (written / "E30000180_bristol" / "figures" / "map.svg").unlink()
    assert {"E30000180": "output missing: figures/map.svg"} == made(make_packs("Bath", "Bristol"))


def test_a_setting_a_style_or_code_makes_every_pack_anew(make_packs: Make, tmp_path: Path) -> None:
    """Whatever its document says: these make it a file. The first of what changed is named."""
    make_packs("Bath")
    assert {BATH: "settings (series)"} == made(make_packs("Bath", settings=Settings(series="Places")))
    style = tmp_path / "working" / "styles" / "page.css"
    style.parent.mkdir(parents=True)
    style.write_text("/* own */", encoding="utf-8")
    own = {"resources": with_own(tmp_path / "working", bundled()), "settings": Settings(series="Places")}
    assert {BATH: "style (styles/page.css)"} == made(make_packs("Bath", **own))
    assert {BATH: "code (build)"} == made(make_packs("Bath", build=fakes.build_from_own_page_style, **own))


def test_data_that_move_nothing_printed_make_nothing(make_packs: Make, folder: Path) -> None:
    """The document is worked out, and is the one that stands there; the next time hashes tell."""
    make_packs("Bath")
    table = folder / "employment.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join([lines[0], *reversed(lines[1:])]), encoding="utf-8")
    told: list[Mapping[str, object]] = []
    assert {} == made(make_packs("Bath", watch=told.append))
    assert ["planned", "unchanged", "ended"] == [event["event"] for event in told]
    make_packs("Bath", watch=told.append)
    assert ["planned", "ended"] == [event["event"] for event in told[3:]]


def test_a_dry_run_writes_nothing(folder: Path, tmp_path: Path) -> None:
    """Not even a ledger."""
    found = why(folder, plan.every, tmp_path / "out", bundled(), Settings())
    assert {"never built"} == {reason for _, reason in found}
    assert 6 == len(found)
    assert not (tmp_path / "out").exists()


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the bundled release, Swindon with a few graduates more: see tests/pack/test_what_moves.py."""
    folder = tmp_path_factory.mktemp("release") / "illustrative-2024"
    _restored(folder)
    return folder


@pytest.fixture(scope="module")
def finished(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some of its packs, real ones."""
    out = tmp_path_factory.mktemp("out")
    assert () == run(release, _some, out, bundled(), Settings(), How(2)).failed
    return out


@pytest.fixture
def out(finished: Path, release: Path, tmp_path: Path) -> Path:
    """A copy of the finished packs."""
    return Path(shutil.copytree(finished, tmp_path / "out"))


def _some(release: Release) -> list[str]:
    return plan.named(release, SOME)


def _change(release: Path, table: str, change: Callable[[list[dict[str, str]]], None]) -> None:
    """Write a table of a release anew with its rows changed."""
    path = next(release.glob(f"{table}.csv*"))
    packed = path.suffix == ".gz"
    text = gzip.decompress(path.read_bytes()).decode() if packed else path.read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    change(rows)
    told = io.StringIO()
    writer = csv.DictWriter(told, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    data = told.getvalue().encode()
    path.write_bytes(gzip.compress(data, mtime=0) if packed else data)


def _contents(root: Path) -> dict[str, dict[str, bytes]]:
    """Folder of a pack → its files."""
    packs = (path for path in sorted(root.iterdir()) if path.is_dir())
    return {
        pack.name: {path.relative_to(pack).as_posix(): path.read_bytes() for path in pack.rglob("*") if path.is_file()}
        for pack in packs
    }


def _restored(release: Path) -> None:
    shutil.rmtree(release, ignore_errors=True)
    shutil.copytree(BUNDLED, release)
    _change(release, "universities", _graduates(207))


def _graduates(number: int) -> Callable[[list[dict[str, str]]], None]:
    """So many in computing in Swindon."""

    def change(rows: list[dict[str, str]]) -> None:
        [cell] = (row for row in rows if (row["area"], row["measure"]) == (SWINDON, "graduates-computing"))
        cell["value"] = str(number)

    return change


@pytest.mark.slow
def test_one_changed_cell_of_a_university_makes_its_place_its_region_and_the_nation_anew(
    out: Path, release: Path
) -> None:
    """And nothing else; the reason names the table, and the first number that moved."""
    _change(release, "universities", _graduates(210))
    try:
        given = (release, _some, out, bundled(), Settings(), How(2))
        told = {place.area: reason for place, reason in why(*given)}
        outcome = run(*given)
    finally:
        _restored(release)
    assert {NATION, SOUTH_WEST, SWINDON} == set(made(outcome)) == set(told)
    assert told == made(outcome)
    assert all(reason.startswith("data changed (universities.csv): ") for reason in told.values())
    assert " → " in told[SWINDON]


@pytest.mark.slow
def test_one_changed_cell_of_jobs_makes_exactly_the_packs_that_a_full_build_makes_otherwise(
    out: Path, finished: Path, release: Path, tmp_path: Path
) -> None:
    """Byte for byte: those made anew and those left alone together are what a run without anything there gives."""

    def more_jobs(rows: list[dict[str, str]]) -> None:
        latest = max(row["year"] for row in rows)
        cell = next(
            row for row in rows if row["area"] == "E30000180" and row["sic"] == "6201" and row["year"] == latest
        )
        cell["jobs"] = str(round(float(cell["jobs"]) * 1.05))

    _change(release, "employment", more_jobs)
    try:
        outcome = run(release, _some, out, bundled(), Settings(), How(2))
        assert () == run(release, _some, tmp_path / "full", bundled(), Settings(), How(2)).failed
    finally:
        _restored(release)
    root = release.name
    before, after, full = (_contents(folder / root) for folder in (finished, out, tmp_path / "full"))
    assert full == after
    differing = {name.split("_")[0] for name in full if full[name] != before[name]}
    assert differing == set(made(outcome))
    assert "E30000180" in differing
    assert differing < set(SOME)


WITHOUT_ENGINES = """
import sys
from reportgen import cli
try:
    cli.main()
except SystemExit as ending:
    loaded = {"pandas", "weasyprint", "vl_convert", "numpy", "pyarrow"} & set(sys.modules)
    sys.exit(f"loaded: {sorted(loaded)}" if loaded else ending.code)
"""


@pytest.mark.slow
def test_where_nothing_changed_hashes_tell_and_no_engine_is_loaded(finished: Path, release: Path) -> None:
    """In a process of its own, as a user calls it."""
    areas = finished / "areas.txt"
    areas.write_text("\n".join(SOME), encoding="utf-8")
    words = ("batch", "--release", str(release), "--out", str(finished), "--areas", str(areas))
    for _ in range(2):
        call = subprocess.run([sys.executable, "-c", WITHOUT_ENGINES, *words], capture_output=True, text=True)
    assert (0, len(SOME)) == (call.returncode, len(call.stdout.splitlines())), call.stderr
    assert f"0 packs made, {len(SOME)} unchanged" in call.stderr
