"""Packs made by the workers of a Dask scheduler are those that this machine makes, whatever befalls a worker."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reportgen.batch import plan
from reportgen.batch.elsewhere import Elsewhere, Errand, _source_here, opened
from reportgen.batch.inputs import gather
from reportgen.batch.pool import TookTooLongError, WorkerDiedError
from reportgen.batch.run import How, Outcome, run
from reportgen.batch.store import at
from reportgen.batch.task import Source
from reportgen.errors import SystemMissingError
from reportgen.release.model import Release
from reportgen.resources import Resources, bundled
from reportgen.settings import Settings
from tests.batch import fakes
from tests.batch.errands import die, double, fail, sleep
from tests.batch.machines import Machine, night


@pytest.fixture(scope="module")
def machines(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[Machine]]]:
    """A scheduler and two workers, for tests that kill none."""
    with night(tmp_path_factory.mktemp("night"), f"{root / 'src'}{os.pathsep}{root}") as found:
        yield found


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_packs_of_other_machines_are_those_of_this_machine(
    machines: tuple[str, list[Machine]], make_packs: Callable[..., Outcome], tmp_path: Path, monkeypatch: Any
) -> None:
    """Byte for byte, though workers stand in folders of their own; what cannot be made keeps its reason."""
    monkeypatch.chdir(tmp_path)
    here = make_packs(build=fakes.build_but_for_bath, out="here")
    there = make_packs(build=fakes.build_but_for_bath, out="there", executor=machines[0])
    assert contents(tmp_path / "here" / "illustrative-tiny") == contents(tmp_path / "there" / "illustrative-tiny")
    assert ([pack.area for pack in here.made], 5) == ([pack.area for pack in there.made], there.exit_code)
    assert here.failed[0].problems == there.failed[0].problems


@pytest.mark.slow
def test_results_and_faults_come_back(machines: tuple[str, list[Machine]]) -> None:
    with opened(machines[0], timeout=60) as pool:
        assert 42 == pool.submit(double, 6, 7).result()
        with pytest.raises(ValueError, match="3"):
            pool.submit(fail, "", 3).result()


@pytest.mark.slow
def test_what_has_not_begun_can_be_called_off(machines: tuple[str, list[Machine]]) -> None:
    """Two workers have begun two tasks: these are finished, the others never begin."""
    with opened(machines[0], timeout=60) as pool:
        tasks = [pool.submit(sleep, "", 1.0 + number / 100) for number in range(6)]
        time.sleep(0.7)
        off = [task.cancel() for task in tasks]
    assert [False, False, True, True, True, True] == off
    assert [1.0, 1.01] == [task.result() for task in tasks[:2]]


@pytest.mark.slow
def test_a_task_that_takes_too_long_holds_nobody_up(machines: tuple[str, list[Machine]]) -> None:
    with opened(machines[0], timeout=1.5) as pool:
        slow, quick = pool.submit(sleep, "", 4.0), pool.submit(double, 2, 3)
        with pytest.raises(TookTooLongError):
            slow.result()
        assert 6 == quick.result()


@pytest.mark.slow
def test_a_task_that_kills_its_workers_is_set_aside(root: Path, tmp_path: Path) -> None:
    """After as many as the scheduler allows; here it has no more to give, and none comes."""
    with (
        night(tmp_path, f"{root / 'src'}{os.pathsep}{root}", workers=5) as (address, _),
        opened(address, timeout=60) as pool,
    ):
        deadly, good = pool.submit(die, "", 1), pool.submit(double, 2, 2)
        assert 4 == good.result()
        with pytest.raises(WorkerDiedError):
            deadly.result()
        assert 6 == pool.submit(double, 2, 3).result()


@pytest.mark.slow
def test_a_scheduler_that_goes_away_ends_the_run_and_not_in_silence(root: Path, tmp_path: Path) -> None:
    """What is left fails at once, with what to do."""
    with night(tmp_path, f"{root / 'src'}{os.pathsep}{root}") as (address, workers):
        from distributed import Client

        client = Client(address.replace("dask://", "tcp://"), set_as_default=False, timeout=20)
        pool = Elsewhere(client, timeout=3)
        tasks = [pool.submit(sleep, "", 2.0) for _ in range(5)]
        time.sleep(0.5)
        workers[0].kill()
        workers[1].kill()
        kinds = {type(task.exception(timeout=40)).__name__ for task in tasks}
        pool.shutdown()
        client.close()
    assert kinds <= {"SystemMissingError", "TookTooLongError", "WorkerDiedError"}
    assert "SystemMissingError" in kinds


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_of_a_pack_loses_nothing(root: Path, folder: Path, tmp_path: Path) -> None:
    """Five real packs, two real workers; one is killed while it makes its second."""
    there, here = tmp_path / "there", tmp_path / "here"
    (tmp_path / "night").mkdir()

    def choose(release: Release) -> list[str]:
        return [area for area in plan.every(release) if area != release.info.national]

    made: list[str] = []
    with night(tmp_path / "night", f"{root / 'src'}{os.pathsep}{root}") as (address, workers):

        def watch(event: Mapping[str, Any]) -> None:
            made.extend([event["area"]] if event["event"] == "made" else [])
            if event["event"] == "made" and len(made) == 2:
                threading.Timer(0.4, workers[0].kill).start()

        outcome = run(folder, choose, there, bundled(), Settings(), How(executor=address), watch)
        assert workers[0].process.poll() == -signal.SIGKILL
    assert () == outcome.failed
    assert 5 == len(outcome.made)
    run(folder, choose, here, bundled(), Settings())
    assert contents(here / "illustrative-tiny") == contents(there / "illustrative-tiny")


def errand(folder: Path, resources: Any = None) -> Errand:
    team = (resources or bundled(), Settings())
    inputs = gather(folder, *team)
    source = Source(folder, *team, at("out"), inputs.id, inputs.press, inputs.analysed)
    return Errand.of(source, inputs, Path("working"))


def test_a_worker_stands_in_a_folder_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What it is told does not depend on where it is; and it keeps nothing in the caches of another machine."""
    monkeypatch.chdir(folder.parent)
    told = errand(Path(folder.name))
    assert (folder, at(tmp_path / "out"), None) == (told.source.folder, told.source.root, told.source.cache)
    assert told.working.is_absolute()


def test_a_worker_that_has_another_release_makes_nothing(folder: Path) -> None:
    """The same holds for another package, engine or style."""
    told = errand(folder)
    _source_here.cache_clear()
    assert told.source.folder == _source_here(told).folder
    (folder / "areas.csv").write_text("another")
    _source_here.cache_clear()
    with pytest.raises(SystemMissingError, match="has other inputs than this run: data"):
        _source_here(told)


def test_a_worker_finds_our_own_resources_where_they_lie_with_it(folder: Path, tmp_path: Path) -> None:
    """Its installation may be anywhere."""
    told = errand(folder)
    moved = replace(told, source=replace(told.source, resources=Resources((tmp_path / "site-packages",))))
    _source_here.cache_clear()
    assert bundled().root == _source_here(moved).resources.root


def test_an_address_where_nobody_listens_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.batch.elsewhere.PATIENCE", 1.0)
    with pytest.raises(SystemMissingError, match="no scheduler answers") as caught, opened("dask://127.0.0.1:9", 1.0):
        pass
    assert "no-workers" == caught.value.problems[0].kind


def test_what_installs_the_package_that_reaches_schedulers_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(SystemMissingError) as caught, opened("dask://127.0.0.1:9", 1.0):
        pass
    assert "pip install 'reportgen[dask]'" == caught.value.problems[0].fix
