"""Which size bands say how lumpy a sub-sector is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from reportgen.analysis.sizes import bands_of
from reportgen.release.model import Release

TABLE = """
    area           | crafts
    United Kingdom |     90
    Great Britain  |     80
    Stoke          |     20
"""


def with_bands(release: Release, *rows: tuple[int, str, str, float]) -> Release:
    """The release with rows of single bands: year, area, band, local units."""
    frame = pd.DataFrame(rows, columns=["year", "area", "size_band", "local_units"]).assign(sic="3212", status="ok")
    return replace(release, businesses=pd.concat([release.businesses, frame], ignore_index=True))


def test_the_bands_of_the_whole_go_before_those_of_the_nation(release_of) -> None:
    release = with_bands(release_of(TABLE), (2023, "United Kingdom", "0-4", 70), (2023, "Great Britain", "0-4", 60))
    banded, year = bands_of(release, "Great Britain")
    assert (60.0, "2023") == (banded.loc["3212", "0-4"], year)


def test_the_nation_stands_in_for_a_whole_without_bands(release_of) -> None:
    """In its own latest year, whatever year others have."""
    rows = ((2022, "United Kingdom", "0-4", 65), (2021, "United Kingdom", "0-4", 60), (2023, "Stoke", "0-4", 15))
    banded, year = bands_of(with_bands(release_of(TABLE), *rows), "Great Britain")
    assert (65.0, "2022") == (banded.loc["3212", "0-4"], year)
    assert 0.0 == banded.loc["3212", "1000+"]


def test_bands_of_small_areas_are_not_added_up(release_of) -> None:
    """Where an area has one establishment of 1,000 it is published as none: the sum of areas would hold no big one."""
    rows = ((2023, "Stoke", "0-4", 15), (2023, "Stoke", "1000+", 0))
    assert (None, "") == bands_of(with_bands(release_of(TABLE), *rows), "Great Britain")


@pytest.mark.parametrize("area", ["United Kingdom", "Great Britain"])
def test_a_band_that_is_not_known_leaves_none(release_of, area: str) -> None:
    rows = ((2023, area, "0-4", 60), (2023, area, "1000+", np.nan))
    assert (None, "") == bands_of(with_bands(release_of(TABLE), *rows), "Great Britain")
