"""The National Grid: where a latitude and a longitude lie on it."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.charts.grid import project

# Ordnance Survey (2020), A guide to coordinate systems in Great Britain, annex C: Caister water tower.
LATITUDE = 52 + 39 / 60 + 27.2531 / 3600
LONGITUDE = 1 + 43 / 60 + 4.5177 / 3600


@pytest.mark.golden
def test_caister_water_tower_lies_where_the_ordnance_survey_says() -> None:
    """The worked example of the projection's own guide, to the millimetre."""
    assert [[651_409.903, 313_177.270]] == project(np.array([LONGITUDE]), np.array([LATITUDE])).round(3).tolist()


def test_places_keep_their_bearings() -> None:
    """East is right, north is up, and two degrees west of Greenwich runs straight up the middle."""
    places = project(np.array([-2.0, -2.0, -8.0, 1.7]), np.array([50.0, 60.8, 54.5, 52.5]))
    assert [400_000.0, 400_000.0] == places[:2, 0].tolist()
    assert places[1, 1] > places[0, 1]
    assert places[2, 0] < 400_000 < places[3, 0]
