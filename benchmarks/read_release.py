"""
How long a big table takes to read and check, and how much memory: ours beside the bare bytes and pyarrow's own reader.
Writes a long table of employment into a temporary folder, the same each time; fails if reading it takes over 2 GB.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow.csv
from results import RESULTS, machine, save

from reportgen.classification import load, match
from reportgen.release.info import as_toml
from reportgen.release.model import Level, ReleaseInfo, Source
from reportgen.release.read import read
from reportgen.resources import bundled

HEADING = "## Reading"
MOST_MB = 2048  # the peak that reading a release may have
YEARS = range(2015, 2025)
DEFINITIONS = "dcms-sic2007"
HIDDEN = 50  # every so many cells one is suppressed
BLOCK = 1 << 20
PACKAGES = ("numpy", "pandas", "pyarrow")
RUNS = 3  # others use the machine too


def main() -> int:
    """Write the tables, measure each way of reading them in a process of its own, and print them side by side."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=25_000_000, help="rows of the table [default: %(default)s]")
    parser.add_argument("--save", action="store_true", help=f"write the table to {RESULTS.name}")
    parser.add_argument("--measure", nargs=2, metavar=("WAY", "PATH"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        print(json.dumps(measure(*asked.measure)))
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        rows, size = write_releases(Path(temporary), asked.rows)
        found = {way: in_a_process(way, Path(temporary)) for way in WAYS}
    text = as_text(found, rows, size)
    print(text)
    if asked.save:
        save(HEADING, text)
    peak = max(found[way]["mb"] for way in ("ours", "ours, packed"))
    if peak > MOST_MB:
        print(f"reading took {peak:,.0f} MB, more than {MOST_MB:,}", file=sys.stderr)
        return 1
    return 0


def write_releases(folder: Path, wanted: int) -> tuple[int, int]:
    """
    Two releases, `plain` and `packed`, that differ in the form of employment alone.
    Returns: rows and bytes of the table; rows are those wanted, up to a whole area.
    """
    codes = [code for code in load(bundled().classification, DEFINITIONS).names if len(code) == 4]
    areas = [f"E3{index:07}" for index in range(max(1, round(wanted / len(YEARS) / (len(codes) + 1))))]
    for name in ("plain", "packed"):
        (folder / name).mkdir()
        write_small_tables(folder / name, areas, codes)
    plain = folder / "plain" / "employment.csv"
    with plain.open("wb") as table:
        table.writelines(employment(areas, codes))
    with plain.open("rb") as table, gzip.open(folder / "packed" / "employment.csv.gz", "wb", compresslevel=6) as packed:
        shutil.copyfileobj(table, packed, BLOCK)
    return len(YEARS) * len(areas) * (len(codes) + 1), plain.stat().st_size


def employment(areas: list[str], codes: list[str]) -> Iterator[bytes]:
    """The lines of the table: of each area and year the total, then its industries, some suppressed."""
    yield b"year,area,sic,jobs,status\n"
    cells = np.arange(len(codes), dtype=np.uint64)
    for block, (year, area) in enumerate((year, area) for year in YEARS for area in areas):
        scattered = (cells + np.uint64(block * len(codes))) * np.uint64(2654435761) % np.uint64(2**32)
        jobs = np.exp(scattered / 2**32 * 11).astype(int).tolist()  # 1 to 60,000, most of them small
        lines = [
            f"{year},{area},{code},,suppressed\n" if number % HIDDEN == 0 else f"{year},{area},{code},{count},\n"
            for number, (code, count) in enumerate(zip(codes, jobs, strict=True))
        ]
        yield f"{year},{area},all,{sum(jobs)},\n{''.join(lines)}".encode()


def write_small_tables(folder: Path, areas: list[str], codes: list[str]) -> None:
    """Everything but employment."""
    level, parent = ("ttwa", "K02000001")
    rows = ["code,name,level,parent,latitude,longitude", "K02000001,United Kingdom,national,,,"]
    rows += [f"{area},Area {area},{level},{parent},," for area in areas]
    (folder / "areas.csv").write_text("\n".join(rows), encoding="utf-8")
    rows = ["year,area,sic,size_band,local_units,status", "2024,K02000001,5911,all,100,"]
    (folder / "businesses.csv").write_text("\n".join(rows), encoding="utf-8")
    versions = load(bundled().classification, DEFINITIONS)
    parts = [*versions.creative, *(group for group in versions.groups if not group.without)]
    absent = dict.fromkeys(entry for part in parts for entry in match(part, codes).unmatched)
    info = ReleaseInfo(
        id="illustrative-benchmark",
        title="A big table",
        reference_period="2015 to 2024",
        published=datetime.date(2025, 12, 1),
        status="illustrative",
        revision=0,
        geography="none",
        classification=DEFINITIONS,
        sources=(Source("Made up", ("areas", "employment", "businesses"), "reportgen", "CC0 1.0", "Not measured"),),
        levels={
            "national": Level("national", "country", "countries", "national"),
            "ttwa": Level("ttwa", "travel-to-work area", "travel-to-work areas", "local"),
        },
        national="K02000001",
        great_britain="K02000001",
        london=areas[0],
        absent_codes=tuple(absent),
    )
    (folder / "release.toml").write_text(as_toml(info), encoding="utf-8")


def read_bytes(path: Path) -> None:
    with path.open("rb") as file:
        while file.read(BLOCK):
            pass


def unpack(path: Path) -> None:
    with gzip.open(path) as file:
        while file.read(BLOCK):
            pass


def read_release(folder: Path) -> None:
    read(folder, bundled().classification)


WAYS: dict[str, tuple[Callable[[Path], object], str]] = {
    "the bare bytes": (read_bytes, "plain/employment.csv"),
    "the bare bytes, unpacked": (unpack, "packed/employment.csv.gz"),
    "pyarrow's read_csv, nothing checked": (pyarrow.csv.read_csv, "plain/employment.csv"),
    "ours": (read_release, "plain"),
    "ours, packed": (read_release, "packed"),
}


def in_a_process(way: str, folder: Path) -> dict[str, float]:
    """Seconds (the fewest of some runs) and megabytes (the most), each run in a process that does nothing else."""
    runs = [one_run(way, folder) for _ in range(RUNS)]
    return {"seconds": min(run["seconds"] for run in runs), "mb": max(run["mb"] for run in runs)}


def one_run(way: str, folder: Path) -> dict[str, float]:
    path = folder / WAYS[way][1]
    command = [sys.executable, __file__, "--measure", way, str(path)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(answer)
    return found


def measure(way: str, path: str) -> dict[str, float]:
    start = time.perf_counter()
    WAYS[way][0](Path(path))
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def as_text(found: dict[str, dict[str, float]], rows: int, size: int) -> str:
    """The table in Markdown, with what it was measured on."""
    bare, arrow = found["the bare bytes"]["seconds"], found["pyarrow's read_csv, nothing checked"]["seconds"]
    about = f"{rows:,} rows, {size / 2**20:,.0f} MB; the best of {RUNS} runs, the files in the page cache."
    lines = [
        f"{about} {machine(*PACKAGES)}",
        "",
        "| way of reading | seconds | seconds a million rows | × bare bytes | × pyarrow | peak memory, MB |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for way, each in found.items():
        seconds = each["seconds"]
        lines.append(
            f"| {way} | {seconds:.1f} | {seconds / rows * 1e6:.3f} | {seconds / bare:.1f} | {seconds / arrow:.2f} "
            f"| {each['mb']:,.0f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
