"""The bundled release, read and analysed once for all tests of packs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from reportgen.analysis.findings import Findings, analyse
from reportgen.classification import load
from reportgen.pack.build import build
from reportgen.pack.model import Pack
from reportgen.release.model import Release
from reportgen.release.read import read
from reportgen.resources import bundled
from reportgen.settings import Settings


@dataclass(frozen=True)
class Analysed:
    """A release with its findings; builds packs of it."""

    release: Release
    findings: Findings

    def build(self, area: str, settings: Settings | None = None) -> Pack:
        return build(area, self.release, self.findings, bundled(), settings or Settings())


def analysed(release: Release) -> Analysed:
    classification = load(bundled().classification, release.info.classification)
    return Analysed(release, analyse(release, classification, Settings()))


@pytest.fixture(scope="session")
def illustrative() -> Analysed:
    return analysed(read(bundled().releases / "illustrative-2024", bundled().classification))


@pytest.fixture(scope="session")
def packs(illustrative: Analysed) -> Callable[[str], Pack]:
    """Packs of the bundled release, each built once."""
    built: dict[str, Pack] = {}

    def pack(area: str) -> Pack:
        if area not in built:
            built[area] = illustrative.build(area)
        return built[area]

    return pack
