"""
What the tests of the batch room share: the tiny release, and a run of it with packs that take no time.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.batch import plan
from reportgen.batch.run import How, Outcome, run
from reportgen.release.model import Release
from reportgen.release.read import read
from reportgen.resources import Resources, bundled
from reportgen.settings import Settings
from tests.batch import fakes
from tests.support import write_release


@pytest.fixture(autouse=True)
def importable(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Worker processes find the functions of the tests by name, on the path that they get from this process."""
    monkeypatch.syspath_prepend(root)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the tiny release: a country, two regions, three local areas, two of all these called London."""
    return write_release(tmp_path / "release")


@pytest.fixture
def release(folder: Path) -> Release:
    return read(folder, bundled().classification)


@pytest.fixture
def make_packs(folder: Path, tmp_path: Path) -> Callable[..., Outcome]:
    """Run the batch on the tiny release; `wanted` names areas, all unless told."""

    def make(
        *wanted: str,
        build: Callable[..., object] = fakes.build,
        out: str = "out",
        resources: Resources | None = None,
        settings: Settings | None = None,
        watch: Callable[..., None] = lambda event: None,
        **how: object,
    ) -> Outcome:
        def choose(release: Release) -> list[str]:
            return plan.named(release, wanted) if wanted else plan.every(release)

        team = (resources or bundled(), settings or Settings())
        return run(folder, choose, tmp_path / out, *team, How(**how), watch, build)  # type: ignore[arg-type]

    return make


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Where `make_packs` writes."""
    return tmp_path / "out" / "illustrative-tiny"
