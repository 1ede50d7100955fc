"""Tables: what the benchmark of packs found, in Markdown, each number beside what it should be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from night import Run
from others import versions
from parts import LOCAL, NATIONAL, PACKS, PARTS, REGIONAL, SHORT
from pins import PINNED

NAMES = {REGIONAL: "South West", SHORT: "Northern Ireland", LOCAL: "Bristol", NATIONAL: "national report"}
FLOOR, GOAL = 1.2, 0.6  # seconds of one core for a pack
MOST_TYPST, MOST_CHROMIUM = 4.0, 1.0  # times as long as they
MOST_UNCHANGED = 2  # seconds where nothing has changed
MOST_MINUTES, MOST_MB, MOST_GROWTH, LEAST_GAIN = 5, 400, 0.1, 1.8
PRINTING = ("layout", "write")  # what other engines do, too
HOW = {"parts": "ours", "chromium": "Chromium", "typst": "Typst"}
Parts = Mapping[str, Mapping[str, Sequence[float]]]  # area → part → seconds of cores, and as they passed


def pinned(counts: Mapping[str, Mapping[str, int]]) -> str:
    """What is timed."""
    lines = [_row("what is timed", *(what.replace("_", " ").replace("svg", "SVG") for what in PINNED))]
    lines.append("|---|" + "---:|" * len(PINNED))
    lines += [_row(NAMES[area], *(f"{found[what]:,}" for what in PINNED)) for area, found in counts.items()]
    return "\n".join(lines)


def by_part(runs: Sequence[Parts]) -> str:
    """Each part of the packs, and their sums beside floor and goal."""
    heads = [f"{NAMES[area]}, {which}" for area in PACKS for which in ("s of cores", "s as they passed")]
    lines = ["### By part", "", _row("part", *heads), "|---|" + "---:|" * len(heads)]
    for part in PARTS:
        found = [_middle(runs, area, (part,), which) for area in PACKS for which in (0, 1)]
        lines.append(_row(part, *(f"{each:.3f}" for each in found)))
    sums = [_middle(runs, area, PARTS, which) for area in PACKS for which in (0, 1)]
    lines += [_row("sum", *(f"{each:.3f}" for each in sums)), ""]
    whole = {area: _middle(runs, area, PARTS, 0) for area in PACKS}
    lines += [
        f"{NAMES[area]}: {each:.2f} s of one core; floor {FLOOR} s{_kept(each <= FLOOR)}; goal {GOAL} s"
        f"{_kept(each <= GOAL)}."
        for area, each in whole.items()
    ]
    return "\n".join(lines)


def _middle(runs: Sequence[Parts], area: str, parts: Sequence[str], which: int) -> float:
    """Of the sums of some parts; a sum of medians would be no run's."""
    return median(sum(run[area][part][which] for part in parts) for run in runs)


def beside(found: Mapping[str, Sequence[Any]], pages: Mapping[str, int]) -> str:
    """Ours beside other engines, for what they do too: laying out and writing."""
    about = (
        "The same document with the same styles and pictures, printed by Chromium, which puts the running heads on a "
        "page as they come; its texts, tables and pictures laid out by Typst in a column, without our styles. Ours is "
        f"{', '.join(PRINTING[:-1])} and {PRINTING[-1]}."
    )
    lines = [
        *("### Beside others", "", about, ""),
        _row("pack", "printed by", "s of cores", "s as they passed", "pages", "ours ÷ it, cores", "ours ÷ it, passed"),
        "|---|---|---:|---:|---:|---:|---:|",
    ]
    kept = []
    for area in (REGIONAL, LOCAL):
        ours = [_middle(found["parts"], area, PRINTING, which) for which in (0, 1)]
        lines.append(_row(NAMES[area], HOW["parts"], *(f"{each:.2f}" for each in ours), str(pages[area]), "1.0", "1.0"))
        for other in ("chromium", "typst"):
            runs = [run[area] for run in found[other] if run]
            if not runs:
                lines.append(_row(NAMES[area], f"{HOW[other]}: {versions()[HOW[other]]}", "", "", "", "", ""))
                continue
            theirs = [median(run[which] for run in runs) for which in ("process", "wall")]
            times = [mine / other for mine, other in zip(ours, theirs, strict=True)]
            seconds, ratios = [f"{each:.2f}" for each in theirs], [f"{each:.1f}" for each in times]
            lines.append(_row(NAMES[area], HOW[other], *seconds, f"{runs[0]['pages']:.0f}", *ratios))
            most = MOST_CHROMIUM if other == "chromium" else MOST_TYPST
            kept.append(f"{NAMES[area]}: {times[1]:.1f} × {HOW[other]}, at most {most:g}{_kept(times[1] <= most)}")
    return "\n".join([*lines, "", f"As seconds passed: {'; '.join(kept)}." if kept else "No other engine is here."])


def profiled(found: Mapping[str, Sequence[Sequence[Any]]]) -> str:
    """Where the time of the regional pack goes, by package and by function."""
    total = sum(row[1] for row in found["packages"])
    about = (
        f"{NAMES[REGIONAL]}, by cProfile, which makes calls dearer than they are: parts of the whole, not seconds. "
        "*Within* has what Python itself does for a package; *until left* has all that it calls, twice where that "
        "comes back to it."
    )
    lines = [
        *("### Profile", "", about, ""),
        _row("package", "within", "until left"),
        "|---|---:|---:|",
        *(_row(name, _part(own, total), _part(until, total)) for name, own, until in found["packages"]),
        "",
        _row("function", "package", "calls", "within", "until left"),
        "|---|---|---:|---:|---:|",
    ]
    for package, name, calls, own, until in found["functions"]:
        lines.append(_row(f"`{name}`", package, f"{calls:,}", _part(own, total), _part(until, total)))
    return "\n".join(lines)


def night(found: Mapping[str, Any], *, quick: bool) -> str:
    """The release from cold, then with nothing and with one cell changed."""
    one, two, again, cell = (found[name] for name in ("one", "two", "again", "cell"))
    which = f"{found['packs']} packs" + (", evenly from the list of all, not a whole release" if quick else ", all")
    rows: list[tuple[str, Run]] = [("one worker, from cold", one), ("two workers, from cold", two)]
    rows += [("nothing changed", again), ("a cell of jobs changed", cell)]
    heads = ("packs made", "seconds", "packs/s", "packs/s from first to last", "most MB of a worker", "growth of it")
    lines = ["### A release night", "", f"`reportgen batch`: {which}.", "", _row("", *heads), "|---|" + "---:|" * 6]
    lines += [_row(name, *_of_run(run)) for name, run in rows]
    gain = one.seconds / two.seconds
    packing = one.packing / two.packing if two.packing else 0.0
    lines += ["", f"Two workers: {gain:.2f} × one in all, {packing:.2f} × from the first pack to the last; at least "]
    lines[-1] += f"{LEAST_GAIN}{_kept(packing >= LEAST_GAIN)}."
    lines.append(
        f"Nothing changed: {again.seconds:.1f} s of {MOST_UNCHANGED} s{_kept(again.seconds <= MOST_UNCHANGED)}."
    )
    if not quick:
        lines.append(f"In all {two.seconds / 60:.1f} min of {MOST_MINUTES}{_kept(two.seconds <= MOST_MINUTES * 60)}.")
    most = max(one.peak, two.peak)
    grown = [run.growth for run in (one, two) if run.growth is not None]
    lines.append(f"Memory of a worker: {most:.0f} MB of {MOST_MB}{_kept(most <= MOST_MB)}; ")
    lines[-1] += f"grown by {max(grown):.0%} of {MOST_GROWTH:.0%}{_kept(max(grown) <= MOST_GROWTH)}." if grown else ""
    return "\n".join(lines)


def _of_run(run: Run) -> tuple[str, ...]:
    inside = f"{run.made / run.packing:.2f}" if run.packing else ""
    rate = f"{run.made / run.seconds:.2f}" if run.made else ""
    peak, grown = f"{run.peak:.0f}" if run.peak else "", "" if run.growth is None else f"{run.growth:+.0%}"
    return str(run.made), f"{run.seconds:.1f}", rate, inside, peak, grown


def _part(seconds: float, total: float) -> str:
    return f"{seconds / total:.1%}"


def _kept(kept: bool) -> str:
    return "" if kept else ", not kept"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
