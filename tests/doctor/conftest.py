"""What the tests of the doctor share: resources of one's own, to be damaged, and a doctor who does not draw."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.doctor import drawing
from reportgen.doctor.examine import examine
from reportgen.resources import Resources, bundled

Unwell = Callable[..., list[tuple[str, str, str]]]


@pytest.fixture
def copy(tmp_path: Path) -> Resources:
    """Resources of one's own, to be damaged."""
    for name in ("templates", "styles", "data"):
        shutil.copytree(bundled().root / name, tmp_path / "ours" / name)
    shutil.copy(bundled().lock, tmp_path / "ours")
    return Resources((tmp_path / "ours",))


@pytest.fixture
def unwell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Unwell:
    """All parts that are not ok; no engine is asked to draw."""
    monkeypatch.setattr(drawing, "tried", lambda _: [])

    def parts(resources: Resources | None = None) -> list[tuple[str, str, str]]:
        found = examine(resources or bundled(), tmp_path)
        return [(part.state, part.what, part.fix) for part in found if part.state != "ok"]

    return parts
