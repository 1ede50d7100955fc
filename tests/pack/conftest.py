"""The bundled release, read and analysed once for all tests of packs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reportgen.pack.model import Pack
from tests import releases
from tests.releases import Analysed


@pytest.fixture(scope="session")
def illustrative() -> Analysed:
    return releases.illustrative()


@pytest.fixture(scope="session")
def packs(illustrative: Analysed) -> Callable[[str], Pack]:
    """Packs of the bundled release, each built once."""
    return illustrative.pack
