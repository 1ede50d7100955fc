"""
How long the analysis of the bundled release takes after imports, family by family, how much memory, and how both grow
with areas and with draws. Each measure is made in a process of its own that does nothing else; says when a limit is not
kept, and fails for memory alone: the seconds of a machine that others use too prove nothing.
"""

from __future__ import annotations

import argparse
import json
import pkgutil
import resource
import subprocess
import sys
import time
from dataclasses import fields, replace
from importlib import import_module
from pathlib import Path
from statistics import median
from types import FunctionType, ModuleType
from typing import Any

import pandas as pd
from results import machine, save

from reportgen import analysis, area_groups, classification
from reportgen.analysis.findings import Families
from reportgen.analysis.inputs import gather
from reportgen.release.model import Release
from reportgen.release.read import read
from reportgen.resources import bundled
from reportgen.settings import Settings

RELEASE = Path(__file__).parents[1] / "data" / "releases" / "illustrative-2024"
HEADING = "## Analysis"
MOST_SECONDS, MOST_MB = 5, 1024
RUNS = 3  # others use the machine too
TIMES = (2, 4, 8)
NAMES = ("area", "neighbour")  # columns that hold codes of areas, of which more are made


def main() -> int:
    """Measure the release as it is, then with more areas and with more draws, and print what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--save", action="store_true", help="write the tables to RESULTS.md")
    parser.add_argument("--runs", type=int, default=RUNS, help="runs of each measure [default: %(default)s]")
    parser.add_argument("--times", type=int, nargs="*", default=TIMES, help="how many times areas and draws")
    parser.add_argument("--measure", nargs=2, type=int, metavar=("AREAS", "DRAWS"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        print(json.dumps(measure(*asked.measure)))
        return 0
    plain = in_processes(1, 1, asked.runs)
    areas = {1: plain} | {times: in_processes(times, 1, asked.runs) for times in asked.times}
    draws = {1: plain} | {times: in_processes(1, times, asked.runs) for times in asked.times if drawing()}
    text = as_text(plain, areas, draws, asked.runs)
    print(text)
    if asked.save:
        save(HEADING, text)
    if plain["mb"] > MOST_MB:
        print(f"the analysis took {plain['mb']:,.0f} MB, more than {MOST_MB:,}", file=sys.stderr)
        return 1
    return 0


def in_processes(areas: int, draws: int, runs: int) -> dict[str, Any]:
    """The median of some runs, and the most memory of any."""
    found = []
    for _ in range(runs):
        command = [sys.executable, __file__, "--measure", str(areas), str(draws)]
        found.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    return {
        "areas": found[0]["areas"],
        "rows": found[0]["rows"],
        "steps": {step: median(run["steps"][step] for run in found) for step in found[0]["steps"]},
        "seconds": median(sum(run["steps"].values()) for run in found),
        "mb": max(run["mb"] for run in found),
        "before": max(run["before"] for run in found),
    }


def measure(areas: int, draws: int) -> dict[str, Any]:
    """Seconds of each step, rows of each family, and megabytes before and at the peak."""
    files = bundled()
    release = more_areas(read(RELEASE, files.classification), areas)
    definitions = classification.chosen(files, release.info.classification, Settings())
    groups = area_groups.load(files)
    more_draws(draws)
    before = peak()
    start = time.perf_counter()
    inputs = gather(release, definitions, Settings(), groups)
    steps, rows, families = {"gather": time.perf_counter() - start}, {}, Families(inputs)
    for name in families:
        start = time.perf_counter()
        rows[name] = len(families[name])
        steps[name] = time.perf_counter() - start
    return {"areas": len(release.areas), "steps": steps, "rows": rows, "before": before, "mb": peak()}


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def more_areas(release: Release, times: int) -> Release:
    """The release with each local area so many times, under codes of its own; the wholes stay as they are."""
    if times == 1:
        return release
    local = set(release.at_level("local"))
    copies = range(2, times + 1)

    def renamed(column: pd.Series, copy: int) -> list[str]:
        return [f"{code}-{copy}" if code in local else str(code) for code in column]

    def again(frame: pd.DataFrame) -> pd.DataFrame:
        mine = frame[frame["area"].isin(local)]
        names = [name for name in NAMES if name in frame.columns]
        more = [mine.assign(**{name: renamed(mine[name], copy) for name in names}) for copy in copies]
        return pd.concat([frame, *more], ignore_index=True).astype(
            {name: "category" for name in frame.columns if frame[name].dtype == "category"}
        )

    places = release.areas[release.areas.index.isin(local)]
    areas = pd.concat([release.areas, *(places.set_axis(renamed(places.index, copy)) for copy in copies)])
    areas = areas.astype(release.areas.dtypes.to_dict() | {"level": str, "parent": str})
    areas.index.name = release.areas.index.name
    tables = {field.name: getattr(release, field.name) for field in fields(release)}
    tables = {
        name: again(table) for name, table in tables.items() if isinstance(table, pd.DataFrame) and "area" in table
    }
    return replace(release, **{**tables, "areas": areas})


def drawing() -> list[ModuleType]:
    """The modules of the analysis that have a number of draws, DRAWS."""
    names = [each.name for each in pkgutil.iter_modules(analysis.__path__)]
    modules = [import_module(f"{analysis.__name__}.{name}") for name in names]
    return [module for module in modules if hasattr(module, "DRAWS")]


def more_draws(times: int) -> None:
    """Raise the number of draws, also where it is the default of an argument: that was bound when it was read."""
    for module in drawing():
        number = module.DRAWS
        module.DRAWS = number * times
        for each in vars(module).values():
            if isinstance(each, FunctionType) and each.__module__ == module.__name__ and each.__defaults__:
                each.__defaults__ = tuple(number * times if given == number else given for given in each.__defaults__)


def as_text(plain: dict[str, Any], areas: dict[int, Any], draws: dict[int, Any], runs: int) -> str:
    """The tables in Markdown, with what was measured on."""
    kept = [
        f"{plain['seconds']:.2f} s of {MOST_SECONDS} s{'' if plain['seconds'] <= MOST_SECONDS else ': not kept'}",
        f"{plain['mb']:,.0f} MB of {MOST_MB:,} MB{'' if plain['mb'] <= MOST_MB else ': not kept'}",
    ]
    about = (
        f"The bundled release, {plain['areas']} areas, after imports; the median of {runs} runs, each in a process of "
        f"its own. {machine('numpy', 'scipy', 'pandas')}"
    )
    rows = {step: f"{count:,}" for step, count in plain["rows"].items()}
    lines = [
        about,
        "",
        f"Limits: {'; '.join(kept)} (of these {plain['before']:,.0f} MB for imports and the release).",
        "",
        "| step | seconds | rows |",
        "|---|---:|---:|",
        *(f"| {step} | {each:.2f} | {rows.get(step, '')} |" for step, each in plain["steps"].items()),
        f"| total | {plain['seconds']:.2f} | {sum(plain['rows'].values()):,} |",
        "",
        *growth("areas", areas),
        "",
        *(growth("draws", draws) if drawing() else ["No family draws: there is no number of draws to raise."]),
    ]
    return "\n".join(lines)


def growth(what: str, found: dict[int, Any]) -> list[str]:
    """One table: time and memory beside those of the release as it is."""
    base = found[1]
    lines = [f"| × {what} | seconds | × | peak memory, MB | × |", "|---:|---:|---:|---:|---:|"]
    lines += [
        f"| {times} | {each['seconds']:.2f} | {each['seconds'] / base['seconds']:.1f} "
        f"| {each['mb']:,.0f} | {each['mb'] / base['mb']:.2f} |"
        for times, each in found.items()
    ]
    return lines


if __name__ == "__main__":
    sys.exit(main())
