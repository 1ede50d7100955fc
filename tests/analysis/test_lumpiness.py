"""Lumpiness: what the intervals of jobs rest on stands in the findings, an assumption as an assumption."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

PLACES = """
    area          | crafts jobs | crafts units | rest jobs | rest units | all jobs
    Great Britain |        4000 |          400 |     96000 |       8000 |   100000
    Bath          |         100 |           10 |      2000 |        200 |     2100
"""


def by_band(release, **bands: int) -> pd.DataFrame:
    """The release's local units, and Great Britain's by size band, the same in all industries."""
    rows = [
        (2023, "Great Britain", sic, band.removeprefix("b").replace("_", "-"), units, "ok")
        for sic in ("3212", "0111")
        for band, units in bands.items()
    ]
    return pd.concat([release.businesses, pd.DataFrame(rows, columns=list(release.businesses.columns))])


def test_size_bands_say_how_lumpy_a_sub_sector_is(release_of, analyse_it) -> None:
    """Four establishments of one size are as lumpy as four; `other` is the year of the bands."""
    release = release_of(PLACES)
    found = analyse_it(replace(release, businesses=by_band(release, b5_9=4)))
    key = ("Great Britain", "establishment-herfindahl", "crafts")
    assert (0.25, "ok") == found(*key, other="2023", variant="bands")
    assert (4.0, "ok") == found(key[0], "effective-establishments", "crafts", other="2023", variant="bands")


def test_without_bands_it_is_an_assumption_and_marked_as_one(analyse) -> None:
    """H = 40 / units, never more than 1; of low reliability, with a sentence."""
    found = analyse(PLACES)
    key = ("Great Britain", "establishment-herfindahl")
    assert (0.1, "low-reliability") == found(*key, "crafts", variant="units")
    assert "Assumed, as the release has no local units by size band: from the number of local units." == found.why(
        *key, "crafts", variant="units"
    )


def test_without_local_units_it_is_assumed_from_jobs(release_of, analyse_it) -> None:
    found = analyse_it(replace(release_of(PLACES), businesses=None))
    assert (0.1, "low-reliability") == found("Great Britain", "establishment-herfindahl", "crafts", variant="jobs")


def test_it_is_missing_where_nothing_tells_it(release_of, analyse_it) -> None:
    """Great Britain has no figures here, so not even an assumption can be made."""
    release = release_of(PLACES.replace("Great Britain", "Wells"))
    found = analyse_it(replace(release, businesses=None))
    assert (None, "missing") == found("Great Britain", "effective-establishments", "crafts", variant="jobs")
    assert "It is not known how many establishments there are, or how large (Great Britain, 2023)." == found.why(
        "Great Britain", "effective-establishments", "crafts", variant="jobs"
    )


@pytest.mark.parametrize("sub_sector", ["crafts", "all", ""])
def test_there_is_a_row_for_every_group_whose_jobs_have_an_interval(analyse, sub_sector: str) -> None:
    value, _ = analyse(PLACES)("Great Britain", "effective-establishments", sub_sector, variant="units")
    assert value is not None
    assert value >= 1
