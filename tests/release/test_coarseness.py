"""Tables of jobs that are too coarse for creative industries: refused if all sub-sectors are, else read."""

from __future__ import annotations

from collections.abc import Callable

from reportgen.release.model import Release

AREA = "year | area | {industries}\n2023 | E12000007 | {jobs}\n"
# Every division that a creative class is in; 47 is retail trade.
DIVISIONS = ("32", "58", "59", "60", "62", "70", "71", "73", "74", "85", "90", "91", "47")


def jobs(*industries: str) -> str:
    return AREA.format(industries=" | ".join(industries), jobs=" | ".join("1000" for _ in industries))


def test_divisions_alone_are_refused(refused: Callable[..., str]) -> None:
    """The message names those that hold other classes besides creative ones, and shows one of them."""
    message = refused(employment=jobs(*DIVISIONS))
    assert (
        """\
error[too-coarse]: no creative sub-sector can be computed from divisions
  employment.csv   of the divisions, 32, 62, 70, 71, 73, 74, 85 and 91 hold other classes besides creative ones
  why: creative industries are classes: division 62 holds 6201 and 6202, which are, and 6203 and 6209, which are not
  fix: fetch jobs by class (4 digits) or subclass (5 digits); on Nomis that is the type of industry
"""
        in message
    )


def test_groups_alone_are_refused(refused: Callable[..., str]) -> None:
    message = refused(employment=jobs("321", "620", "711", "47"))
    assert "error[too-coarse]: no creative sub-sector can be computed from groups\n" in message


def test_industries_that_hold_creative_classes_alone(refused: Callable[..., str]) -> None:
    """Division 58 is all creative, but shared by two sub-sectors."""
    message = refused(employment=jobs("58", "47"))
    assert (
        "employment.csv   58\n  why: sub-sectors are made of classes, and these divisions hold several of them\n"
        in message
    )


def test_one_sub_sector_is_enough(release: Callable[..., Release]) -> None:
    """The others are missing, each with its reason."""
    assert {"7111", "62", "47"} == set(release(employment=jobs("7111", "62", "47")).employment["sic"])
