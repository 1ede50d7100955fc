"""
What a night of ten thousand packs costs besides the packs: the plan, the ledger, the manifest, the handing over of
tasks, the objects of a store that is asked how its files are, and the analysis with more areas. No page is made.
Each measure is made at a tenth of the size, too, so that one sees what grows faster than the packs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from results import machine, save

from reportgen.batch import executor, manifest, store, verify
from reportgen.batch.inputs import gather
from reportgen.batch.ledger import MADE, Attempt, Entry, File, Ledger, Place
from reportgen.batch.reasons import largest_first, planned
from reportgen.batch.task import Task
from reportgen.batch.workers import Workers
from reportgen.release.info import read_info
from reportgen.resources import bundled
from reportgen.settings import Settings

RELEASE = Path(__file__).parents[1] / "data" / "releases" / "illustrative-2024"
HEADING = "## Ten thousand packs, without their pages"
PACKS, FILES, PART = 10_000, 20, 10
TIMES = (8, 16, 41)  # so many times the local areas of the bundled release: 41 make some ten thousand
PROCESSES = 2


def main() -> int:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--save", action="store_true", help="write the tables to RESULTS.md")
    parser.add_argument("--packs", type=int, default=PACKS, help="how many [default: %(default)s]")
    parser.add_argument(
        "--times", type=int, nargs="*", default=TIMES, help="how many times the areas, for the analysis"
    )
    asked = parser.parse_args()
    small, large = (measured(number) for number in (max(1, asked.packs // PART), asked.packs))
    text = "\n".join([*table(small, large, asked.packs), "", *analysis(asked.times)])
    print(text)
    if asked.save:
        save(HEADING, text)
    return 0


def measured(packs: int) -> dict[str, float]:
    """Seconds of each part, for so many packs."""
    with tempfile.TemporaryDirectory() as folder:
        return dict(parts(Path(folder), packs))


def parts(folder: Path, packs: int) -> Iterator[tuple[str, float]]:
    """Name of each part and its seconds, in the order in which a run comes to them."""
    info, inputs = read_info(RELEASE), gather(RELEASE, bundled(), Settings())
    root = store.Folder(folder / info.id)
    places = [
        Place(f"E{number:08}", f"Place {number}", "ttwa", "local", f"E{number:08}_place") for number in range(packs)
    ]
    own = manifest.own(bundled(), Settings())
    origin = manifest.origin(info, own)
    yield "the files themselves, laid down for what follows", timed(lambda: lay_down(root, places))
    entries = [entry(root, place, inputs.id, origin) for place in places]
    with closing(Ledger(folder / "ledger.sqlite")) as ledger:
        run = ledger.begin("all", places, inputs)
        notes = list(zip(places, entries, strict=True))
        yield (
            "ledger: a note a pack, each on the disk",
            timed(lambda: [ledger.note(run, Attempt(at.area, MADE, "never built", 1.0), one) for at, one in notes]),
        )
        yield "ledger: all packs read", timed(ledger.packs)
        yield "plan: every file looked at, nothing changed", timed(lambda: planned(places, ledger, inputs, root))
        tasks = [Task(place) for place in places]
        yield "plan: largest first", timed(lambda: largest_first(tasks, {one.area: one for one in entries}))
        yield "manifest, catalogue and sums", timed(lambda: manifest.write(root, info, ledger, own, inputs))
        yield "manifest: whether it stands", timed(lambda: manifest.stands(root, ledger.packs()))
    yield "verify: every file hashed", timed(lambda: verify.verify(root.root))
    yield "tasks handed to two processes, and back", timed(lambda: handed(packs))


def timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def lay_down(root: store.Folder, places: list[Place]) -> None:
    """Small files under the names that packs have; how large they are is no matter of what is measured."""
    for place in places:
        pack = root.root / place.folder
        pack.mkdir(parents=True)
        for name in names(place):
            (pack / name).write_bytes(name.encode())


def names(place: Place) -> list[str]:
    return [f"creative-clusters_illustrative-2024_{place.folder}.pdf", *(f"figure-{n}.svg" for n in range(FILES - 1))]


def entry(root: store.Folder, place: Place, inputs: str, origin: str) -> Entry:
    look = root.looks()
    files = {}
    for name in names(place):
        seen = look(f"{place.folder}/{name}")
        assert seen is not None
        files[name] = File(hashlib.sha256(name.encode()).hexdigest(), seen.bytes, seen.mark)
    return Entry(place.area, place.name, place.level, place.folder, 8, "key", "digest", inputs, origin, files, 1.0)


def handed(packs: int) -> None:
    with Workers(PROCESSES) as pool:
        for _ in executor.each(nothing, "where all lies", range(packs), pool):
            pass


def nothing(state: str, key: int) -> int:
    return key


def table(small: dict[str, float], large: dict[str, float], packs: int) -> list[str]:
    """In Markdown; what takes more than ten times as long for ten times the packs is named so."""
    lines = [
        f"{packs:,} packs of {FILES} small files, on a local disk, in the page cache. {machine('numpy', 'pandas')}",
        "",
        f"| part | seconds, {packs // PART:,} packs | seconds, {packs:,} packs | × | ms a pack |",
        "|---|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {part} | {small[part]:.2f} | {large[part]:.2f} | {large[part] / max(small[part], 1e-9):.1f} "
        f"| {1000 * large[part] / packs:.2f} |"
        for part in large
    ]
    return lines


def analysis(times: list[int]) -> list[str]:
    """The analysis with more areas, each measure in a process of its own; as far as memory lets."""
    lines = [
        "| × local areas | areas | analysis, seconds | ms an area | peak memory, MB |",
        "|---:|---:|---:|---:|---:|",
    ]
    script = Path(__file__).with_name("analysis.py")
    for number in times:
        command = [sys.executable, str(script), "--measure", str(number), "1"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            lines.append(f"| {number} | | not to its end: {last(done.stderr)} | | |")
            continue
        found = json.loads(done.stdout)
        seconds = sum(found["steps"].values())
        slowest = max(found["steps"], key=found["steps"].get)
        lines.append(
            f"| {number} | {found['areas']:,} | {seconds:.1f} ({slowest} {found['steps'][slowest]:.1f}) "
            f"| {1000 * seconds / found['areas']:.1f} | {found['mb']:,.0f} |"
        )
    return lines


def last(text: str) -> str:
    return (text.strip().splitlines() or ["it was ended by the system"])[-1]


if __name__ == "__main__":
    sys.exit(main())
