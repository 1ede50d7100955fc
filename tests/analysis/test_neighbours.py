"""Neighbours: which areas the tests rest on, islands, clusters, and a release that does not say who touches whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd
import pytest

HEAD = "area | crafts | rest"
WHOLES = ("Great Britain | 1000 | 99000", "London | 100 | 9900")


def ring(names: Sequence[str]) -> list[tuple[str, str]]:
    """Each touches the next, and the last one the first."""
    return list(zip(names, [*names[1:], names[0]], strict=True))


def touching(pairs: Sequence[tuple[str, str]]) -> pd.DataFrame:
    both = [*pairs, *((other, one) for one, other in pairs)]
    return pd.DataFrame(both, columns=["area", "neighbour"]).astype("category")


@pytest.fixture
def analyse_places(release_of, analyse_it):
    """Takes crafts jobs by place, of 1,000 in all, and the pairs that touch."""

    def found(jobs: Mapping[str, str], pairs: Sequence[tuple[str, str]] | None):
        release = release_of(
            "\n".join([HEAD, *WHOLES, *(f"{place} | {count} | 1000" for place, count in jobs.items())])
        )
        return analyse_it(release if pairs is None else replace(release, neighbours=touching(pairs)))

    return found


TOWNS = [f"Town {number:02}" for number in range(40)]
PATCH = {town: "80" if number < 10 else str(5 + number % 7) for number, town in enumerate(TOWNS)}


def test_places_like_those_beside_them_have_a_high_morans_i(analyse_places) -> None:
    """A patch of ten on a ring of forty; chance would give −1/39."""
    found = analyse_places(PATCH, ring(TOWNS))
    assert found.row("Great Britain", "morans-i", variant="jobs").value > 0.8
    assert found.row("Great Britain", "gearys-c", variant="jobs").value < 0.2
    assert (0.002, "ok") == found("Great Britain", "morans-i-p", variant="jobs")
    assert (40.0, "ok") == found("Great Britain", "neighbours-areas", variant="jobs")


def test_the_middle_of_a_patch_is_a_cluster_of_high_quotients(analyse_places) -> None:
    """At a false-discovery rate of 5 %; a place elsewhere is of no type."""
    found = analyse_places(PATCH, [*ring(TOWNS), *ring(TOWNS[::2]), *ring(TOWNS[1::2])])
    types = ("local-cluster-high-high", "local-cluster-low-low", "local-outlier-high-low", "local-outlier-low-high")
    assert [1.0, 0.0, 0.0, 0.0] == [found.row("Town 05", each, variant="jobs").value for each in types]
    rows = pd.concat([found.findings.rows(each, variant="jobs") for each in types])
    q = found.findings.rows("local-moran-q", variant="jobs").set_index("area")["value"]
    assert (rows.groupby("area", observed=True)["value"].sum() == (q <= 0.05)).all()


def test_an_island_takes_no_part_and_is_counted(analyse_places) -> None:
    """The others' values are those without it."""
    without = analyse_places(PATCH, ring(TOWNS))
    found = analyse_places({**PATCH, "Mull": "500"}, ring(TOWNS))
    assert (None, "not-applicable") == found("Mull", "local-moran", variant="jobs")
    assert "It touches no other area (Mull, 2023)." == found.why("Mull", "local-moran", variant="jobs")
    assert (1.0, "ok") == found("Great Britain", "neighbours-areas-alone", variant="jobs")
    assert without("Town 03", "local-moran", variant="jobs") == found("Town 03", "local-moran", variant="jobs")


def test_a_place_beside_unknown_ones_alone_is_not_known_either(analyse_places) -> None:
    """Ayr touches nobody but Bath, whose figure is suppressed."""
    found = analyse_places({**PATCH, "Ayr": "10", "Bath": "[c]"}, [*ring(TOWNS), ("Ayr", "Bath")])
    assert (None, "suppressed") == found("Bath", "local-moran", variant="jobs")
    assert (None, "missing") == found("Ayr", "local-moran", variant="jobs")
    assert "No area that it touches has a figure (Ayr, 2023)." == found.why("Ayr", "local-moran", variant="jobs")
    counts = [
        found("Great Britain", f"neighbours-areas{rest}", variant="jobs")[0] for rest in ("", "-alone", "-left-out")
    ]
    assert [40.0, 1.0, 1.0] == counts


def test_a_poor_figure_blurs_those_beside_it(analyse_places) -> None:
    """It and its two neighbours are of low reliability, and so is the number over all."""
    found = analyse_places({**PATCH, "Town 20": "11 [u]"}, ring(TOWNS))
    rows = found.findings.rows("local-moran", variant="jobs")
    assert ["Town 19", "Town 20", "Town 21"] == rows.loc[rows["status"] == "low-reliability", "area"].tolist()
    assert "low-reliability" == found.row("Great Britain", "morans-i", variant="jobs").status


def test_without_a_table_of_neighbours_everything_is_missing(analyse_places) -> None:
    found = analyse_places(PATCH, None)
    family = found.findings.families["neighbours"]
    assert {"missing"} == set(family["status"])
    assert {"The release has no neighbours table."} == set(family["reason"])


@pytest.mark.parametrize(
    ("jobs", "reason"),
    [
        (dict.fromkeys(TOWNS[:9], "10"), "Areas that have the figures that this rests on: 9 of 9;"),
        (dict.fromkeys(TOWNS, "10"), "is the same in all 40 areas"),
    ],
    ids=["nine places", "all alike"],
)
def test_too_few_places_and_places_all_alike_tell_nothing(analyse_places, jobs, reason: str) -> None:
    found = analyse_places(jobs, ring(list(jobs)))
    for area, indicator in (
        ("Great Britain", "morans-i"),
        ("Great Britain", "gearys-c-p"),
        ("Town 03", "local-moran-p"),
    ):
        assert (None, "not-applicable") == found(area, indicator, variant="jobs")
        assert reason in found.why(area, indicator, variant="jobs")
