"""
What the tests of the commands share: reportgen called with words, on the tiny release, with packs that take no time.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reportgen import cli
from reportgen.batch import work
from tests.batch import fakes
from tests.support import write_release

Call = Callable[..., Result]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run reportgen with packs that take no time."""
    monkeypatch.setattr(work, "builder", lambda: fakes.build)
    return lambda *words: CliRunner().invoke(cli.app, [str(word) for word in words])


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return write_release(tmp_path / "tiny")


@pytest.fixture
def region(call: Call, tiny: Path, tmp_path: Path) -> Call:
    """Run `reportgen region` on the tiny release."""
    return lambda *words: call("region", "--release", tiny, "--out", tmp_path / "out", *words)
