"""The NUTS 2 areas of 2018, from real figures, for all tests that compare them with others' numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.analysis.findings import Findings
from reportgen.release.importing import import_release
from reportgen.release.model import Release
from reportgen.release.read import read
from reportgen.resources import bundled
from tests.releases import analysed


@pytest.fixture(scope="session")
def nuts2_release(root: Path, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release that the recipe of the example makes of the public files."""
    folder = tmp_path_factory.mktemp("nuts2") / "nuts2-2018"
    import_release(root / "examples" / "nuts2" / "recipe.toml", shared_data, folder)
    return read(folder, bundled().classification)


@pytest.fixture(scope="session")
def nuts2_findings(nuts2_release: Release) -> Findings:
    return analysed(nuts2_release).findings
