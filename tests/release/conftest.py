"""
What the tests of the release room share: write a tiny release, read it, or be refused with a message.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reportgen.errors import DataError
from reportgen.release.model import Release
from reportgen.release.read import read
from reportgen.resources import bundled
from tests.support import write_release


def read_folder(folder: Path) -> Release:
    return read(folder, bundled().classification)


def refusal(folder: Path) -> str:
    """The message with which a release is refused."""
    with pytest.raises(DataError) as refused:
        read_folder(folder)
    return refused.value.as_text()


@pytest.fixture
def release(tmp_path: Path) -> Callable[..., Release]:
    """Write the tiny release, with tables of one's own, and read it."""
    return lambda **tables: read_folder(write_release(tmp_path / "release", **tables))


@pytest.fixture
def refused(tmp_path: Path) -> Callable[..., str]:
    """Write the tiny release, with something wrong in it, and get the message."""

    def refused(**tables: Any) -> str:
        return refusal(write_release(tmp_path / "release", **tables))

    return refused
