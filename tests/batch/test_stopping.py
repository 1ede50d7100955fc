"""However a run is stopped, what stands there is whole or visibly is not, and going on ends with the same bytes."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from reportgen.batch import history, manifest
from reportgen.batch.output import UNFINISHED
from reportgen.batch.run import Outcome
from reportgen.errors import SystemMissingError, UsageError
from reportgen.settings import Settings
from tests.batch import fakes

Make = Callable[..., Outcome]
BATH = fakes.BATH
PACKS = 6  # of the tiny release


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def unfinished(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.name.endswith(UNFINISHED)]


def state_of_the_latest(tmp_path: Path) -> str:
    return history.runs(tmp_path / "out", "illustrative-tiny")[0].state


def after(packs: int, act: Callable[[], Any]) -> Callable[[Mapping[str, Any]], None]:
    """Who looks on, and does something once so many packs are made."""

    def watch(event: Mapping[str, Any]) -> None:
        if event["event"] == "made" and event["number"] == packs:
            act()

    return watch


@pytest.fixture
def undisturbed(make_packs: Make, tmp_path: Path) -> dict[str, bytes]:
    """Every byte of a run that nobody disturbs."""
    make_packs(out="undisturbed")
    return contents(tmp_path / "undisturbed" / "illustrative-tiny")


def test_asked_to_stop_a_run_finishes_its_pack_and_can_be_gone_on_with(
    make_packs: Make, written: Path, tmp_path: Path, undisturbed: dict[str, bytes]
) -> None:
    """Nothing vouches for the folder meanwhile."""
    with pytest.raises(KeyboardInterrupt):
        make_packs(watch=after(2, lambda: signal.raise_signal(signal.SIGINT)))
    assert 2 == len(list(written.glob("*/*.pdf")))
    assert not [name for name in manifest.FILES if (written / name).exists()]
    assert ("stopped", []) == (state_of_the_latest(tmp_path), unfinished(written))
    told: list[Mapping[str, Any]] = []
    resumed = make_packs(resume=True, watch=told.append)
    assert (PACKS - 2, 2) == (len(resumed.made), len(resumed.unchanged))
    assert ("ended", "complete") == (told[-1]["event"], told[-1]["state"])
    assert undisturbed == contents(written)


def test_asked_twice_a_run_stops_at_once(make_packs: Make, written: Path, tmp_path: Path) -> None:
    """In mid-pack; the event that closes it says that it was stopped."""
    told: list[Mapping[str, Any]] = []

    def twice() -> None:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        told.append({"event": "went on"})

    def watch(event: Mapping[str, Any]) -> None:
        told.append(event)
        after(1, twice)(event)

    with pytest.raises(KeyboardInterrupt):
        make_packs(watch=watch)
    assert ["planned", "made", "ended"] == [event["event"] for event in told]
    assert ("stopped", "stopped", []) == (told[-1]["state"], state_of_the_latest(tmp_path), unfinished(written))


def test_what_the_stopped_run_tried_in_vain_is_told_and_not_tried_again(make_packs: Make, written: Path) -> None:
    """The run ends as it would have without the stop; `retry_failed` then makes these packs and no others."""
    places = ("South West", "Bath", "Bristol", "E30000234")
    stop = after(3, lambda: signal.raise_signal(signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        make_packs(*places, asked="all", build=fakes.build_but_for_bath, watch=stop)
    resumed = make_packs(*places, asked="all", build=fakes.build_but_for_bath, resume=True)
    assert [(BATH, "KeyError: 'location-quotient'")] == [(one.area, one.problems[0].what) for one in resumed.failed]
    assert (["E30000234"], 2, 5) == ([one.area for one in resumed.made], len(resumed.unchanged), resumed.exit_code)
    assert [BATH] == manifest.read(written)["failed"]
    retried = make_packs(*places, asked="all", retry_failed=True)
    assert ([BATH], 0) == ([one.area for one in retried.made], retried.exit_code)
    assert [] == manifest.read(written)["failed"]
    assert len(places) == len(make_packs(*places, asked="all").packs)


def test_there_must_be_a_run_to_go_on_with(make_packs: Make, tmp_path: Path) -> None:
    """Where there is none, nothing is left of having asked."""
    with pytest.raises(UsageError, match="there is no run to go on with"):
        make_packs("Bath", resume=True)
    assert not (tmp_path / "out").exists()
    make_packs("Bath")
    with pytest.raises(UsageError, match="there is no run to go on with"):
        make_packs("Bath", resume=True)


def test_a_full_disk_fails_the_packs_that_it_stops(make_packs: Make, written: Path) -> None:
    """The others are there, with the reason in the list of failures; nothing is left of the one that is not."""
    outcome = make_packs("Bath", "Bristol", build=fakes.disk_full_at_bath)
    os.fsync = fakes.FSYNC
    [failed] = outcome.failed
    assert "the folder cannot be written to: No space left on device" == failed.problems[0].what
    assert (5, [], []) == (outcome.exit_code, unfinished(written), list(written.glob("E30000165*")))


def test_a_manifest_that_cannot_be_written_leaves_none(
    make_packs: Make, written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The packs stand, nothing vouches for them; once there is room again, the run is gone on with."""

    def full(handle: int) -> None:
        if any(path.name.startswith(f".{manifest.CATALOGUE}") for path in unfinished(written)):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(SystemMissingError, match="No space left on device"):
            make_packs("Bath", "Bristol")
    assert {"E30000165_bath", "E30000180_bristol"} == {path.name for path in written.iterdir()}
    assert "stopped" == state_of_the_latest(tmp_path)
    assert ((), 0) == ((outcome := make_packs(resume=True)).made, outcome.exit_code)


def test_a_run_whose_packs_are_taken_away_does_not_call_itself_complete(
    make_packs: Make, written: Path, tmp_path: Path, undisturbed: dict[str, bytes]
) -> None:
    """Exit code 9, with what is gone; going on makes it again."""
    with pytest.raises(SystemMissingError, match="packs of this run are no longer there: K02000001_united-kingdom"):
        make_packs(watch=after(3, lambda: shutil.rmtree(written)))
    assert not [name for name in manifest.FILES if (written / name).exists()]
    resumed = make_packs(resume=True)
    assert (3, PACKS - 3) == (len(resumed.made), len(resumed.unchanged))
    assert undisturbed == contents(written)


def test_a_run_whose_whole_folder_is_taken_away_ends_with_9(make_packs: Make, tmp_path: Path) -> None:
    """Its ledger goes with it; that the packs are gone is seen all the same."""
    with pytest.raises(SystemMissingError, match="packs of this run are no longer there"):
        make_packs(watch=after(3, lambda: shutil.rmtree(tmp_path / "out")))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("build", "what", "limits"),
    [
        (fakes.hang_at_bath, "it took longer than 15 seconds and was stopped", {"timeout": 15.0}),
        (fakes.killed_at_bath, "the process that made the pack died, and so did the next one", {}),
        (fakes.killed_while_bath_is_written, "the process that made the pack died, and so did the next one", {}),
        (fakes.killed_while_bath_is_named, "the process that made the pack died, and so did the next one", {}),
        (fakes.eat_memory_at_bath, "it took more than 1024 MB of memory, twice, and was stopped", {"memory": 1 << 30}),
    ],
    ids=["hangs", "is killed", "is killed while it writes", "is killed while it names files", "eats memory"],
)
def test_a_pack_that_takes_its_process_with_it_is_set_aside(
    make_packs: Make, written: Path, build: Callable[..., Any], what: str, limits: dict[str, Any]
) -> None:
    """The others go on; nothing of it has a final name that would make it look whole."""
    outcome = make_packs(build=build, workers=2, **limits)
    assert (5, PACKS - 1) == (outcome.exit_code, len(outcome.made))
    assert [(BATH, what)] == [(one.area, one.problems[0].what) for one in outcome.failed]
    assert ([], [BATH]) == (unfinished(written), manifest.read(written)["failed"])
    assert not list(written.glob("E30000165*/*.pdf"))
    retried = make_packs(retry_failed=True, workers=2)
    assert ([BATH], 0) == ([one.area for one in retried.made], retried.exit_code)


@pytest.mark.slow
def test_a_pack_whose_process_died_once_is_tried_again(
    make_packs: Make, written: Path, tmp_path: Path, undisturbed: dict[str, bytes]
) -> None:
    """Nobody notices in the end."""
    outcome = make_packs(build=fakes.killed_once_at_bath, workers=2, settings=Settings(out=str(tmp_path)))
    assert (tmp_path / "killed").exists()
    assert (0, PACKS) == (outcome.exit_code, len(outcome.made))
    packs = {name: data for name, data in undisturbed.items() if name not in manifest.FILES}
    assert packs == {name: data for name, data in contents(written).items() if name not in manifest.FILES}


@pytest.mark.slow
def test_a_pack_that_failed_is_not_made_in_the_process_of_the_run(make_packs: Make) -> None:
    """However few there are to make: it may take its process with it, and must not take the run."""
    make_packs("Bath", build=fakes.refuse, workers=2)
    outcome = make_packs("Bath", build=fakes.killed_at_bath, workers=2)
    assert "process-died" == outcome.failed[0].problems[0].kind


AT_WORK = """
import functools, sys
from reportgen import cli
from reportgen.batch import run
from tests.batch import fakes
run.run = functools.partial(run.run, build=fakes.slow)
cli.main()
"""


@contextmanager
def at_work(folder: Path, out: Path, packs: int, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """`reportgen batch` in a process of its own with packs that take a while; so many are made."""
    events = out.parent / "events.jsonl"
    events.unlink(missing_ok=True)
    command = [sys.executable, "-c", AT_WORK, "batch", "--release", str(folder), "--out", str(out)]
    path = os.pathsep.join(sys.path)
    begun = subprocess.Popen(
        [*command, "--workers", "2", "--events", str(events), *words],
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        while begun.poll() is None and (not events.exists() or events.read_text().count('"made"') < packs):
            time.sleep(0.02)
        yield begun
    finally:
        begun.kill()
        begun.communicate()


def group(leader: int) -> list[int]:
    """Processes of the session of a run that are there yet."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, of_group = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(of_group) == leader and state != "Z":
            found.append(int(stat.parent.name))
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kinds", "to_all", "code"),
    [
        ([signal.SIGINT], True, 130),
        ([signal.SIGTERM], False, 143),
        ([signal.SIGTERM], True, 143),
        ([signal.SIGINT, signal.SIGINT], True, 130),
        ([signal.SIGKILL], False, -9),
    ],
    ids=["Ctrl-C", "SIGTERM", "SIGTERM to all processes", "Ctrl-C twice", "kill -9"],
)
def test_a_stopped_run_leaves_no_process_and_is_gone_on_with(
    folder: Path, tmp_path: Path, undisturbed: dict[str, bytes], kinds: list[signal.Signals], to_all: bool, code: int
) -> None:
    """Ctrl-C and a polite kill finish what is in flight; a second one, and a rude one, do not."""
    out, packs = tmp_path / "out", tmp_path / "out" / "illustrative-tiny"
    with at_work(folder, out, 1) as run:
        for kind in kinds:
            (os.killpg if to_all else os.kill)(run.pid, kind)
            time.sleep(0.05)
        assert code == run.wait(30)
        end = time.monotonic() + 10.0  # the server that workers are forked from takes its time to end its engines
        while group(run.pid) and time.monotonic() < end:
            time.sleep(0.02)
        assert [] == group(run.pid)
    assert not (packs / manifest.NAME).exists()
    made = {path.parent for path in packs.glob("*/*.pdf")}
    if code != -signal.SIGKILL:
        assert [] == unfinished(packs)
        assert "stopped" == state_of_the_latest(tmp_path)
        assert 1 <= len(made) < PACKS
    else:
        assert "died" == state_of_the_latest(tmp_path)
    with at_work(folder, out, PACKS, "--resume") as resumed:
        assert 0 == resumed.wait(60)
    found = contents(packs)
    named = json.loads(found[manifest.NAME])
    assert {resource["path"] for resource in named["resources"]} == found.keys() - {manifest.NAME, manifest.SUMS}
    assert {name for name in undisturbed if name.endswith(".pdf")} == {name for name in found if name.endswith(".pdf")}
    assert all(found[name] == data for name, data in undisturbed.items() if name not in manifest.FILES)


@pytest.mark.slow
def test_a_disk_that_is_really_full(make_packs: Make, tmp_path: Path) -> None:
    """A small file system of its own: no temporary file is left, and with more room all is made."""
    out = tmp_path / "out"
    out.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=150k", "tmpfs", str(out)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a file system")
    try:
        with pytest.raises(SystemMissingError, match="cannot be written to"):
            make_packs()
        assert [] == unfinished(out / "illustrative-tiny")
        subprocess.run(["mount", "-o", "remount,size=64m", str(out)], check=True)
        assert (0, PACKS) == ((again := make_packs()).exit_code, len(again.packs))
        subprocess.run(["mount", "-o", "remount,ro", str(out)], check=True)
        with pytest.raises(SystemMissingError):
            make_packs(force=True)
    finally:
        subprocess.run(["umount", str(out)], check=True)
