"""
What a pack costs, part by part, beside headless Chromium and Typst; and a whole release from cold. Each measure of a
pack is made in a process of its own, in turn with those of the others, after other packs were made. Fails when there is
less in the packs than pinned; the seconds of a machine that others use too prove nothing.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import night
import others
import parts
import pins
import tables
from results import machine, save

HEADING = "## Packs"
RUNS = 5
BESIDE = (parts.REGIONAL, parts.LOCAL)  # what the other engines print, too
PACKAGES = (
    "weasyprint",
    "pydyf",
    "fonttools",
    "vl-convert-python",
    "pikepdf",
    "page-validation",
    "pypdfium2",
    "jinja2",
)
STEPS = ("packs", "profile", "night")
DOCUMENTS = "documents.json"


def main() -> int:
    """Measure what is asked for, print it, and say whether the packs hold what they held."""
    asked = _asked()
    if asked.measure:
        print(json.dumps(MEASURES[asked.measure[0]](Path(asked.measure[1]))))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        counts = in_process("documents", place)
        if asked.accept:
            pins.write(counts)
        less = pins.shrunken(pins.read(), counts)
        text = [about(asked.runs), tables.pinned(counts)]
        if "packs" in asked.steps:
            text += packs(place, asked.runs, {area: found["pages"] for area, found in counts.items()})
        if "profile" in asked.steps:
            text.append(tables.profiled(in_process("profile", place)))
    if "night" in asked.steps:
        text.append(tables.night(night.measured(asked.quick), quick=asked.quick))
    print("\n\n".join(text))
    if asked.save:
        save(HEADING, "\n\n".join(text))
    for line in less:
        print(f"there is less in a pack that is timed: {line}", file=sys.stderr)
    return 1 if less else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--save", action="store_true", help="write the tables to RESULTS.md")
    parser.add_argument("--accept", action="store_true", help="pin what is in the packs now")
    parser.add_argument("--quick", action="store_true", help=f"a release night of {night.QUICK} packs")
    parser.add_argument("--runs", type=int, default=RUNS, help="runs of each measure of a pack [default: %(default)s]")
    parser.add_argument("--steps", nargs="*", choices=STEPS, default=STEPS, help="what to measure [default: all]")
    parser.add_argument("--measure", nargs=2, metavar=("WHAT", "FOLDER"), help=argparse.SUPPRESS)
    return parser.parse_args()


def about(runs: int) -> str:
    found = "; ".join(f"{name} {version}" for name, version in others.versions().items())
    return (
        f"The bundled release. A pack is made by what makes it in a release night, in a process in which "
        f"{len(parts.BEFORE)} others were made; the median of {runs} runs. Seconds of cores are those that the process "
        f"had, seconds as they passed hold what others had too. {machine(*PACKAGES)} Beside it: {found}."
    )


def packs(place: Path, runs: int, pages: Mapping[str, int]) -> list[str]:
    """The tables of ours by part, and of the other engines beside it: one run of each in turn."""
    found: dict[str, list[Any]] = {"parts": [], "chromium": [], "typst": []}
    for _ in range(runs):
        for what, seen in found.items():
            seen.append(in_process(what, place))
    return [tables.by_part(found["parts"]), tables.beside(found, pages)]


def in_process(what: str, place: Path) -> Any:
    """One measure, by a process that does nothing else."""
    command = [sys.executable, __file__, "--measure", what, str(place)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def documents(place: Path) -> dict[str, dict[str, int]]:
    """What is in the packs that are timed, and in the national report; their documents go to a file, for the others."""
    made = {area: parts.printed(area) for area in (*parts.PACKS, parts.NATIONAL, parts.BEFORE[0])}
    html = {area: made[area].html for area in (*BESIDE, parts.BEFORE[0])}
    (place / DOCUMENTS).write_text(json.dumps(html), encoding="utf-8")
    return {area: pins.counted(made[area]) for area in (*parts.PACKS, parts.NATIONAL)}


def by_other(prints: Callable[..., dict[str, dict[str, float]]], place: Path) -> dict[str, dict[str, float]]:
    html = json.loads((place / DOCUMENTS).read_text(encoding="utf-8"))
    before = html.pop(parts.BEFORE[0])
    return prints(html, before)


MEASURES: dict[str, Callable[[Path], Any]] = {
    "documents": documents,
    "parts": lambda _: parts.measured(),
    "profile": lambda _: parts.profile(),
    "chromium": lambda place: by_other(others.by_chromium, place),
    "typst": lambda place: by_other(others.by_typst, place),
}


if __name__ == "__main__":
    sys.exit(main())
