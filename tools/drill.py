"""
Kill runs of `reportgen batch` in mid-work, the run itself and its workers, and see that what comes of it is, to the
byte, what an undisturbed run gives: real packs of the bundled release, real commands, real SIGKILL. Linux alone.

    python tools/drill.py                 # 20 kills of each kind; the seed is printed
    python tools/drill.py --seed 7        # the same moments again, as far as the machine is as fast
    python tools/drill.py --quick         # 2 kills of each kind, 3 packs

A run is killed at moments spread over its whole time, in the moment in which a pack comes to stand under its name and
the ledger does not know of it yet, and while the manifest is written; each time `--resume` follows (plain `batch` where
the ledger knows of no run yet). Of the runs that are killed every other one makes packs from nothing, the others anew
over those that stand there. A worker that is killed must not be noticed in the end: its run goes on by itself.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.batch import manifest
from reportgen.batch.output import UNFINISHED
from reportgen.batch.store import STATE
from reportgen.release.info import read_info
from reportgen.resources import bundled

RELEASE = bundled().releases / "illustrative-2024"
# A region, and local areas that take little time: the two kinds of pack that a release night makes most.
AREAS = ("E12000001", "E30000004", "E30000029", "E30000064", "E30000106", "E30000147")
KILLS, QUICK_KILLS, QUICK_AREAS = 20, 2, 3
DRAWS = 4  # times as many kills as are wanted may come too late
END = 2.0  # seconds in which all processes of a run must be gone once it has ended, however it ended
GLANCE = 0.0002  # seconds between two looks for a moment that is over at once
SEARCH = 0.05  # seconds between two searches of all processes, which cost the runs time
STUCK = 600.0  # seconds after which a run that does not end is a failure
MARK = "DRILL_RUN"  # variable of the environment that every process of a run inherits
REPORTGEN = (sys.executable, "-c", "from reportgen.cli import main; main()")


@dataclass
class Run:
    """A command at work, in a process group of its own."""

    process: subprocess.Popen[bytes]
    mark: str
    events: Path
    begun: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.begun

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None

    def made(self) -> int:
        """Packs that it has told of."""
        lines = self.events.read_text(encoding="utf-8").splitlines() if self.events.is_file() else []
        return sum('"event": "made"' in line for line in lines)

    def processes(self) -> dict[int, int]:
        """All processes of the run that are there now: id → that of the process which began it."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if f"{MARK}={self.mark}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                    state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
                    if state != "Z":
                        found[int(folder.name)] = int(parent)
            except OSError:  # it ended, or is another's
                continue
        return found

    def workers(self) -> list[int]:
        """Those that make packs: forked from the server of such processes, not what a library begins for a moment."""
        there = self.processes()
        servers = {one for one, parent in there.items() if parent == self.process.pid and b"forkserver" in called(one)}
        return sorted(one for one, parent in there.items() if parent in servers)


class Drill:
    """
    Args: folder: all is written below it. release, areas: what runs make. workers: processes of a run.
    """

    def __init__(self, folder: Path, release: Path, areas: list[str], workers: int, chance: random.Random) -> None:
        self.folder, self.release, self.workers, self.chance = folder, release, workers, chance
        self.root = folder / "out" / read_info(release).id
        self.list = folder / "areas.txt"
        self.list.write_text("\n".join(areas) + "\n", encoding="utf-8")
        self.packs = len(areas)
        self.undisturbed: dict[str, str] = {}
        self.seconds = 0.0
        self.pace: list[float] = []
        self.kills: dict[str, int] = {"parent": 0, "worker": 0}
        self.same = 0

    def begin(self, *words: str) -> Run:
        mark = uuid.uuid4().hex
        events = self.folder / f"{mark}.events"
        command = [*REPORTGEN, "batch", "--release", str(self.release), "--areas", str(self.list)]
        command += ["--out", str(self.root.parent), "--workers", str(self.workers), "--timeout", "300"]
        with (self.folder / f"{mark}.log").open("wb") as log:
            process = subprocess.Popen(
                [*command, "--events", str(events), *words],
                stdout=log,
                stderr=log,
                env={**os.environ, MARK: mark},
                start_new_session=True,
            )
        return Run(process, mark, events)

    def end(self, run: Run) -> int:
        """How a run ends, if it is let alone."""
        try:
            return run.process.wait(STUCK)
        except subprocess.TimeoutExpired:
            raise SystemExit(f"drill: a run does not end; its log is {run.events.with_suffix('.log')}") from None

    def prepare(self) -> None:
        """The undisturbed run; and one more, with all caches filled, for the time that runs take from here on."""
        for words in ((), ("--force",)):
            run = self.begin(*words)
            self.pace = []
            while not run.ended and run.seconds < STUCK:
                self.pace += [run.seconds] * (run.made() - len(self.pace))
                nap()
            if code := self.end(run):
                raise SystemExit(f"drill: the undisturbed run ended with {code}: {self.said(run)}")
            found = self.found()
            if self.undisturbed and found != self.undisturbed:
                raise SystemExit("drill: two undisturbed runs gave other bytes")
            self.undisturbed, self.seconds = found, run.seconds
        print(f"undisturbed: {len(self.undisturbed)} files, {self.seconds:.1f} s with caches filled", flush=True)

    def passed(self, run: Run, share: float) -> bool:
        """
        Whether a run has come to a share of its way: by the clock of the undisturbed one or, where it is faster than
        that, by its packs. A run that ends before it is killed costs as much as one that is, and says nothing.
        """
        until = share * self.seconds
        return run.seconds >= until or run.made() > sum(at <= until for at in self.pace)

    def too_late(self, run: Run) -> bool:
        """Note that runs are faster now. Returns: False, as it was not hit."""
        self.pace = [at * run.seconds / self.seconds for at in self.pace]
        self.seconds = run.seconds
        return False

    def found(self) -> dict[str, str]:
        """Every file of the release's packs, with its hash."""
        paths = sorted(path for path in self.root.rglob("*") if path.is_file())
        return {str(path.relative_to(self.root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}

    def start_over(self, number: int) -> tuple[str, ...]:
        """Every other time from nothing but caches. Returns: the words that make packs all the same."""
        if number % 2:
            return ("--force",)
        shutil.rmtree(self.root, ignore_errors=True)
        for path in (self.root.parent / STATE).glob(f"{self.root.name}.*"):
            path.unlink()
        return ()

    def kill_parent(self, number: int, of: int) -> bool:
        """Kill a run and go on with it. Returns: whether the kill hit one that was at work."""
        run = self.begin(*self.start_over(number))
        moment, reached = self.moment(run, number, of)
        while not run.ended and not reached():
            pass
        made, at = run.made(), run.seconds
        run.process.kill()
        if self.end(run) != -signal.SIGKILL:
            return self.too_late(run)
        if number % 4 < 2:  # half of the time the next run must wait for what is left of this one by itself
            self.wait_for_the_end(run)
        resumed = self.begin("--resume")
        code = self.end(resumed)
        if code == 2 and "nothing-to-resume" in self.said(resumed):
            moment += ", before or after all that a ledger notes"
            resumed = self.begin()
            code = self.end(resumed)
        self.judge(f"parent, {moment}, at {at:.2f} s, {made} packs made", code, [run, resumed])
        self.kills["parent"] += 1
        return True

    def moment(self, run: Run, number: int, of: int) -> tuple[str, Callable[[], bool]]:
        """A moment to kill a run in, in words, and what tells, after a nap, whether it has come."""
        if number % 5 == 3:
            name = self.chance.choice([name for name in self.undisturbed if name.endswith(".pdf")])
            before = changed(self.root / name)
            return "a pack just stands", lambda: not nap(GLANCE) and changed(self.root / name) not in (before, 0)
        if number % 5 == 4:
            rest = self.chance.uniform(0.0, 0.03)
            first = self.root / f".{manifest.CATALOGUE}{UNFINISHED}"
            listed = self.root / manifest.CATALOGUE
            before = changed(listed)

            def writing() -> bool:
                nap(GLANCE)
                if changed(first) or changed(listed) not in (before, 0):
                    time.sleep(rest)
                    return True
                return False

            return "manifest being written", writing
        if number % 5 == 2:
            wanted, rest = self.chance.randrange(1, self.packs), self.chance.uniform(0.0, self.seconds / self.packs)

            def some_made() -> bool:
                nap()
                return run.made() >= wanted and not nap(rest)

            return f"{wanted} packs made and a while more", some_made
        share = (number + self.chance.random()) / of
        return "any time", lambda: not nap() and self.passed(run, share)

    def kill_worker(self, number: int, of: int) -> bool:
        """Kill a worker of a run, which goes on. Returns: whether there was one to kill."""
        run = self.begin(*self.start_over(number))
        while not run.ended and not run.workers():
            nap(SEARCH)
        first = min(1.0, run.seconds / self.seconds)
        share = first + (1 - first) * (number + self.chance.random()) / of
        while not run.ended and not self.passed(run, share):
            nap()
        # What is slower this time: the same share of the packs, not of the time.
        while not run.ended and run.made() < int(self.packs * (number / of - 0.5)):
            nap()
        workers, made, at = run.workers(), run.made(), run.seconds
        if not workers:
            self.end(run)
            return self.too_late(run)
        try:
            os.kill(self.chance.choice(workers), signal.SIGKILL)
        except ProcessLookupError:
            self.end(run)
            return False
        self.judge(f"worker, at {at:.2f} s, {made} packs made", self.end(run), [run])
        self.kills["worker"] += 1
        return True

    def judge(self, what: str, code: int, runs: list[Run]) -> None:
        """See whether all is as after an undisturbed run; say it."""
        wrong = [] if code == 0 else [f"exit code {code}: {self.said(runs[-1])}"]
        wrong += [f"process {one} is left" for run in runs for one in self.wait_for_the_end(run)]
        wrong += [f"{path} is left" for path in sorted(self.root.parent.rglob(f".*{UNFINISHED}"))]
        found = self.found()
        names = sorted(found.keys() | self.undisturbed.keys())
        wrong += [f"{name} differs" for name in names if found.get(name) != self.undisturbed.get(name)]
        sums = ["sha256sum", "--check", "--quiet", "--strict", manifest.SUMS]
        if subprocess.run(sums, cwd=self.root, capture_output=True, check=False).returncode:
            wrong.append(f"{manifest.SUMS} does not hold")
        self.same += not wrong
        print(f"{what}: {'; '.join(wrong[:5]) or 'the same bytes'}", flush=True)

    def wait_for_the_end(self, run: Run) -> list[int]:
        """Processes of a run that are still there when none may be."""
        end = time.monotonic() + END
        while (left := sorted(run.processes())) and time.monotonic() < end:
            nap()
        return left

    def said(self, run: Run) -> str:
        return run.events.with_suffix(".log").read_text(encoding="utf-8", errors="replace")[-2000:]


def changed(path: Path) -> int:
    """When a file was last changed; 0: it is not there."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def called(process: int) -> bytes:
    """The words that a process was called with; none once it has ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def nap(seconds: float = 0.01) -> None:
    time.sleep(seconds)


def until_hit(kill: Callable[[int, int], bool], kills: int) -> int:
    """Kill until the wanted number has hit a run at work. Returns: how many came too late and were drawn again."""
    late = 0
    for number in range(kills):
        while not kill(number, kills):
            late += 1
            if late > DRAWS * kills:
                raise SystemExit("drill: kills come too late again and again")
    return late


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=None, help="of the moments; a new one unless told")
    parser.add_argument("--kills", type=int, default=KILLS, help="of each kind")
    parser.add_argument("--quick", action="store_true", help="few kills, few packs")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--release", type=Path, default=RELEASE, help="folder of the release")
    parser.add_argument("--areas", default=",".join(AREAS), help="codes, with commas between them")
    parser.add_argument("--keep", type=Path, default=None, help="write here, and leave it there")
    given = parser.parse_args()
    areas = given.areas.split(",")
    kills, areas = (QUICK_KILLS, areas[-QUICK_AREAS:]) if given.quick else (given.kills, areas)
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}, {len(areas)} packs", flush=True)
    with tempfile.TemporaryDirectory(prefix="drill-") as scratch:
        folder = given.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        drill = Drill(folder.resolve(), given.release.resolve(), areas, given.workers, random.Random(seed))
        drill.prepare()
        late = sum(until_hit(kill, kills) for kill in (drill.kill_parent, drill.kill_worker))
    parents, workers = drill.kills.values()
    print(f"{late} kills came too late and were drawn again", flush=True)
    print(
        f"drill: {parents} kills of the parent, {workers} of workers; {drill.same} of {parents + workers} ended with "
        f"the same bytes"
    )
    return 0 if drill.same == parents + workers == 2 * kills else 1


if __name__ == "__main__":
    sys.exit(main())
