"""
Night: a whole release from cold, by `reportgen batch` in a process of its own, with the memory of its workers as the
packs go by; then the same again with nothing changed, and with one cell changed.
"""

from __future__ import annotations

import csv
import datetime
import gzip
import io
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from others import processes_below
from parts import LOCAL, RELEASE

from reportgen.release.read import read
from reportgen.resources import bundled

REPORTGEN = (sys.executable, "-c", "import sys; from reportgen.cli import main; sys.exit(main())")
LOOK = 0.5  # seconds between two looks at the memory of workers
QUICK = 24  # packs
CHANGED, CLASS = "employment.csv.gz", "6201"  # computer programming
FEWEST = 8  # packs over which growth says something
WORKERS = 2  # generations below the command: it begins a server, which the workers are forked from


@dataclass(frozen=True)
class Look:
    """
    How many packs were done at a moment, and the resident megabytes of each worker, by its process. `settled`: every
    worker has its first pack behind it, which is the largest that it makes.
    """

    done: int
    workers: dict[int, float]
    settled: bool = True


@dataclass(frozen=True)
class Run:
    """
    One call of the command.
    Args:
        seconds: as they passed, from its start to its end.
        made: packs. packing: seconds from the first one's beginning to the last one's end; 0 where none was made.
        peak: most megabytes that any worker held; growth: as `growth` says it.
    """

    seconds: float
    made: int
    packing: float
    peak: float
    growth: float | None


def areas(quick: bool) -> list[str]:
    """All packs of the release; or few, evenly from its list, of all levels."""
    packs = read(RELEASE, bundled().classification).packs()
    return packs[:: len(packs) // QUICK][:QUICK] if quick else packs


def measured(quick: bool) -> dict[str, Any]:
    """
    Returns: `packs`, how many; `one`, `two`: from cold with so many workers; `again`: nothing changed; `cell`: one cell
        of jobs changed.
    """
    chosen = areas(quick)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        listed = place / "areas.txt"
        listed.write_text("\n".join(chosen) + "\n", encoding="utf-8")
        release = Path(shutil.copytree(RELEASE, place / "release" / RELEASE.name))
        one = called(place, release, listed, "one", workers=1)
        shutil.rmtree(place / "one")
        two = called(place, release, listed, "two", workers=2)
        again = called(place, release, listed, "two", workers=2)
        change(release / CHANGED, LOCAL)
        cell = called(place, release, listed, "two", workers=2)
    return {"packs": len(chosen), "one": one, "two": two, "again": again, "cell": cell}


def called(place: Path, release: Path, listed: Path, out: str, *, workers: int) -> Run:
    """
    One call.
    Raises: SystemExit: it failed; its last lines say why.
    """
    events, said = place / "events.jsonl", place / "said.txt"
    events.unlink(missing_ok=True)
    command = [*REPORTGEN, "batch", "--release", str(release), "--areas", str(listed), "--out", str(place / out)]
    command += ["--workers", str(workers), "--events", str(events)]
    begun = time.perf_counter()
    with said.open("w", encoding="utf-8") as into:
        process = subprocess.Popen(command, cwd=place, stdout=into, stderr=into)
        looks: list[Look] = []
        watch = threading.Thread(target=_watch, args=(process, events, workers, looks), daemon=True)
        watch.start()
        code = process.wait()
    seconds = time.perf_counter() - begun
    watch.join()
    if code:
        raise SystemExit(f"reportgen batch ended with {code}:\n{said.read_text(encoding='utf-8')[-2000:]}")
    made, packing = _packing(events)
    peak = max((held for look in looks for held in look.workers.values()), default=0.0)
    return Run(seconds, made, packing, peak, growth(looks, made))


def _watch(process: subprocess.Popen[bytes], events: Path, workers: int, looks: list[Look]) -> None:
    while process.poll() is None:
        happened = _happened(events)
        begun = Counter(event["worker"] for event in happened if event["event"] == "begun" and event["area"])
        settled = sum(times > 1 for times in begun.values()) == workers
        parents = processes_below(process.pid)
        below = [pid for pid in parents if _generation(pid, process.pid, parents) == WORKERS]
        held = {pid: megabytes for pid in below if (megabytes := _resident(pid))}
        looks.append(Look(len(_made(happened)), held, settled))
        time.sleep(LOOK)


def _generation(pid: int, ancestor: int, parents: dict[int, int]) -> int:
    number = 0
    while pid != ancestor:
        pid, number = parents[pid], number + 1
    return number


def _resident(pid: int) -> float:
    """Megabytes that a process holds; 0 where it has ended."""
    try:
        said = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    found = [line.split()[1] for line in said.splitlines() if line.startswith("VmRSS:")]
    return int(found[0]) / 1024 if found else 0.0


def _happened(events: Path) -> list[dict[str, Any]]:
    """What the command has told; a line that is being written does not count yet."""
    if not events.exists():
        return []
    return [json.loads(line) for line in events.read_text(encoding="utf-8").rpartition("\n")[0].splitlines()]


def _made(happened: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [event for event in happened if event["event"] == "made"]


def _packing(events: Path) -> tuple[int, float]:
    """How many packs were made, and the seconds from when the first was begun until the last was there."""
    happened = _happened(events)
    made = _made(happened)
    if not made:
        return 0, 0.0
    begun = next(event["time"] for event in happened if event["event"] == "begun")
    first, last = (datetime.datetime.fromisoformat(when) for when in (begun, made[-1]["time"]))
    return len(made), (last - first).total_seconds()


def growth(looks: Sequence[Look], packs: int) -> float | None:
    """
    By what part a worker's memory grew from the first quarter of the packs to the last, the worst of all workers; of
    the packs that are left once every worker has its first one behind it. None where these are too few.

    >>> growth([Look(1, {7: 150.0}, False), Look(2, {7: 200.0}), Look(11, {7: 220.0}), Look(12, {7: 220.0})], 12)
    0.1
    """
    settled = [look for look in looks if look.settled]
    left = packs - settled[0].done if settled else 0
    if left < FEWEST:
        return None
    found = []
    for worker in sorted({pid for look in settled for pid in look.workers}):
        held = [(look.done, look.workers[worker]) for look in settled if worker in look.workers]
        first = [megabytes for done, megabytes in held if done <= packs - left * 3 / 4]
        last = [megabytes for done, megabytes in held if done >= packs - left / 4]
        if first and last:
            found.append(round(median(last) / median(first) - 1, 4))
    return max(found, default=None)


def change(path: Path, area: str) -> None:
    """A tenth more jobs of one class in an area in the latest year."""
    rows = list(csv.DictReader(io.StringIO(gzip.decompress(path.read_bytes()).decode("utf-8"), newline="")))
    cell = max((row for row in rows if (row["area"], row["sic"]) == (area, CLASS)), key=lambda row: row["year"])
    cell["jobs"] = str(int(cell["jobs"]) * 11 // 10)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(gzip.compress(text.getvalue().encode("utf-8"), mtime=0))
