"""
Areas, and everything that names one: levels, parents, the areas with a part to play, memberships, neighbours.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support import AREAS, EMPLOYMENT


def test_an_unknown_area(refused: Callable[..., str]) -> None:
    """Told once for all its rows, with the code that was probably meant."""
    message = refused(employment=EMPLOYMENT.replace("E30000165", "E30000156"))
    assert (
        """\
error[unknown-area]: area is no area of this release
  employment.csv:27:2   "E30000156" (and in 9 more rows)
  why: what it says could be shown nowhere
  fix: add it to areas.csv, or correct the code (did you mean E30000165?)
1 problem · nothing was written · exit code 4"""
        == message
    )


def test_a_name_in_the_place_of_a_code(refused: Callable[..., str]) -> None:
    """Places are joined by code; the message gives the one that belongs to the name."""
    message = refused(employment=EMPLOYMENT.replace("E30000180", "Bristol"))
    assert "correct the code (did you mean E30000180, Bristol?)" in message


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("E12000009 |  51.45", "|  51.45", ["missing-parent", "areas.csv:7:4   E30000180 Bristol"]),
        ("E12000009 |  51.45", "E12000008 |  51.45", ["unknown-parent", 'areas.csv:7:4   "E12000008"']),
        ("E12000009 |  51.45", "E30000180 |  51.45", ["circular-parent", "areas.csv:7:4   E30000180 Bristol"]),
        ("national  |          ", "national | K03000001", ["wrong-parent", "areas.csv:2:4   K02000001 United Kingdom"]),
        ("Bath           | ttwa", "Bath | twta", ["unknown-level", 'areas.csv:8:3   "twta"']),
        ("Bath           | ttwa", "Bath | national", ["wrong-level", 'areas.csv:8:3   E30000165 at level "national"']),
        ("|  51.38   |", "| |", ["half-a-point", "areas.csv:8:5   E30000165 Bath"]),
        ("E30000165 | Bath", "../165 | Bath", ["bad-code", 'areas.csv:8:1   "../165"']),
        (
            "E30000165 | Bath           | ttwa      | E12000009 |  51.38   | -2.36",
            "E30000180 | Bristol | ttwa | E12000009 | 51.45 | -2.5",
            [
                "duplicate-key",
                'areas.csv:8:1   E30000180 (first in row 7): longitude "-2.5", there "-2.6"',
            ],
        ),
        ("Bath ", "", ["empty-field", 'areas.csv:8:2   ""']),
    ],
)
def test_areas_that_are_not_in_order(refused: Callable[..., str], before: str, after: str, expected: list[str]) -> None:
    """Each thing that can be wrong with an area, and its place."""
    assert before in AREAS
    lines = refused(areas=AREAS.replace(before, after)).splitlines()
    kind, place = expected
    [first, *_] = [index for index, line in enumerate(lines) if line.startswith(f"error[{kind}]")]
    assert place == lines[first + 1].strip()


def test_areas_with_a_part_to_play_must_be_there(refused: Callable[..., str]) -> None:
    """What release.toml says of areas is held against areas.csv."""
    message = refused(info={"london": "E1200007"})
    assert (
        """\
error[unknown-area]: areas.london is no area of this release
  release.toml   areas.london = "E1200007"
  why: packs compare every area with these
  fix: name the code of an area in areas.csv (did you mean E12000007?)
"""
        in message
    )


def test_rows_of_a_derived_level(refused: Callable[..., str]) -> None:
    """What is to be summed must not stand there already."""
    message = refused(info={"derive_levels": ("region",)})
    assert (
        """\
error[rows-of-derived-level]: an area of the derived level region has rows of its own
  employment.csv:7:2   E12000007 London, 10 rows
  why: its values are to be summed from its parts; which of the two should count?
  fix: delete the rows, or take the level out of derive_levels
"""
        in message
    )


def test_shares_of_more_than_the_whole(release: Callable[..., object], refused: Callable[..., str]) -> None:
    """Shares in the groups of one level make at most the whole area, rounding apart."""
    header = "area | group | share\nE30000165 | E12000009 | 0.6\nE30000165 | "
    assert release(membership=f"{header} E12000007 | 0.401")
    assert release(membership=f"{header} K03000001 | 1")
    assert """\
error[shares-over-one]: the shares of an area add up to more than 1
  membership.csv:3:3   E30000165 Bath: 1.1 at level region
""" in refused(membership=f"{header} E12000007 | 0.5")


def test_a_group_that_is_no_area(refused: Callable[..., str]) -> None:
    message = refused(membership="area | group | share\nE30000165 | E12000010 | 1")
    assert 'error[unknown-area]: group is no area of this release\n  membership.csv:2:2   "E12000010"' in message


def test_neighbours_go_both_ways(refused: Callable[..., str]) -> None:
    message = refused(neighbours="area | neighbour\nE30000165 | E30000180\nE30000234 | E30000234")
    assert "error[one-way-neighbour]" in message
    assert "  neighbours.csv:2:2   E30000165 Bath, E30000180 Bristol\n" in message
    assert "error[own-neighbour]: an area is its own neighbour\n  neighbours.csv:3:2   E30000234 London\n" in message
