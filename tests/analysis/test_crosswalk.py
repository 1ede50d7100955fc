"""How much of an area's total was shared out."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

PLACES = """
    area          | crafts | all
    Great Britain |    100 | 3000
    Bath          |     10 |  300
    Wells         |     10 |  300
    Frome         |     10 |  300
"""


def crosswalk(*rows: tuple[str, float, str]) -> pd.DataFrame:
    """Rows of jobs in 2023: area, share, status."""
    nothing = float("nan")
    records = [(2023, area, "employment", nothing if share < 0 else share, status) for area, share, status in rows]
    return pd.DataFrame(records, columns=["year", "area", "table", "split_share", "status"])


def test_the_share_that_the_import_kept(release_of, analyse_it) -> None:
    """With its status; areas that were not shared out have none, and neither have local units here."""
    shares = crosswalk(("Bath", 0.23, "ok"), ("Wells", -1, "suppressed"), ("Frome", -1, "not-applicable"))
    found = analyse_it(replace(release_of(PLACES), crosswalk=shares))
    assert (0.23, "ok") == found("Bath", "split-share", "", variant="jobs")
    assert (None, "suppressed") == found("Wells", "split-share", "", variant="jobs")
    assert "Jobs are suppressed for an authority that lies in it, whole or in part (Wells, 2023)." == found.why(
        "Wells", "split-share", "", variant="jobs"
    )
    assert "There are no jobs in any industry to take a share of (Frome, 2023)." == found.why(
        "Frome", "split-share", "", variant="jobs"
    )
    assert (None, "not-applicable") == found("Great Britain", "split-share", "", variant="jobs")
    assert (None, "not-applicable") == found("Bath", "split-share", "", variant="units")


def test_a_share_of_low_reliability_keeps_its_mark(release_of, analyse_it) -> None:
    found = analyse_it(replace(release_of(PLACES), crosswalk=crosswalk(("Bath", 0.5, "low-reliability"))))
    assert (0.5, "low-reliability") == found("Bath", "split-share", "", variant="jobs")


def test_where_nothing_was_shared_out(analyse) -> None:
    """Not applicable, with a sentence; not 0, which would be a finding."""
    found = analyse(PLACES)
    assert (None, "not-applicable") == found("Bath", "split-share", "", variant="jobs")
    assert "No figures of authorities were shared out to it by weights (Bath, 2023)." == found.why(
        "Bath", "split-share", "", variant="jobs"
    )
