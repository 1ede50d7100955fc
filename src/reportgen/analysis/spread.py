"""
Spread: how industries lie over local areas, each as shares that add up to one, and how well that is known.
Takes numbers, gives arrays. Areas without a figure are left out of all sums and counted; they are never a zero.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from reportgen.analysis import reasons
from reportgen.analysis.shape import (
    LOW_RELIABILITY,
    MISSING,
    NOT_APPLICABLE,
    SUPPRESSED,
    Booleans,
    Floats,
    Numbers,
    Standing,
    all_ok,
    mark,
)

MOST_LEFT_OUT = 0.05  # of all jobs or local units, in areas that are left out, before a figure is of low reliability


class Spread(NamedTuple):
    """
    How industries lie over local areas. Only areas count that have all figures that are needed. The arrays are areas ×
    groups × times, or have a length of one over the areas where they are sums or counts of these.
    Args:
        share, other: s_r of an industry and of the one it is held against, which may be itself; whole: a_r. In areas
            that are left out they are all 0, which adds nothing to a sum over areas.
        placed: Σ x over the known areas, of the scarcer of the two industries.
        areas: how many have a share of anything; left_out: how many are not known.
        covered: the share of all jobs or local units of Great Britain that lies in the known areas.
        poor: areas × …, which known areas have a figure of low reliability.
        hidden: how many areas have a figure that is suppressed.
    """

    share: Floats
    other: Floats
    whole: Floats
    placed: Floats
    areas: Floats
    left_out: Floats
    covered: Floats
    poor: Booleans
    hidden: Floats


def spread(first: Numbers, second: Numbers, total: Numbers, everything: Floats) -> Spread:
    """
    How industries lie over areas.
    Args:
        first, second: areas × groups × times, of industries and of those they are held against; they broadcast.
        total: the same for all industries together; everything: 1 × 1 × times, T of Great Britain.
    """
    figures = (first, second, total)
    shape = np.broadcast_shapes(*(figure.value.shape for figure in figures))
    states = [np.broadcast_to(figure.standing.state, shape) for figure in figures]
    known = np.logical_and.reduce([state <= LOW_RELIABILITY for state in states])
    counted = [np.where(known, figure.value, 0.0) for figure in figures]
    sums = [count.sum(axis=0, keepdims=True) for count in counted]
    share, other, whole = (count / np.where(of > 0, of, np.nan) for count, of in zip(counted, sums, strict=True))
    return Spread(
        share,
        other,
        whole,
        placed=np.minimum(sums[0], sums[1]),
        areas=_number(counted[-1] > 0),
        left_out=_number(~known),
        covered=sums[-1] / np.where(everything > 0, everything, np.nan),
        poor=known & np.logical_or.reduce([state == LOW_RELIABILITY for state in states]),
        hidden=_number(np.logical_or.reduce([state == SUPPRESSED for state in states])),
    )


def standing_of(found: Spread, of_whole: Standing, names: Sequence[str], places: Sequence[str], table: str) -> Standing:
    """
    How well an industry's spread over areas, or that of a pair, is known.
    Args:
        of_whole: of Great Britain's own figures: what the release lacks as such is said of it.
        names: of the areas; places: along the last axis, how a sentence names place and time.
    """
    few: Booleans = found.areas < 2
    nowhere, blurred = np.full(few.shape, not names), found.poor.any(axis=0, keepdims=True)

    def too_few(_: int, group: int, time: int) -> str:
        of_all = of_whole.reason[0, group, time] if of_whole.state[0, group, time] == MISSING else ""
        return str(of_all) or reasons.too_few_areas(table, int(found.areas[0, group, time]), places[time])

    def left_out(_: int, group: int, time: int) -> str:
        return reasons.much_left_out(table, int(found.left_out[0, group, time]), places[time])

    def poor(_: int, group: int, time: int) -> str:
        blamed = [name for name, bad in zip(names, found.poor[:, group, time], strict=True) if bad]
        of = len(names) - int(found.left_out[0, group, time])
        return reasons.areas(table, LOW_RELIABILITY, blamed, of, places[time])

    marks: Sequence[tuple[Booleans, int, Callable[[int, int, int], str]]] = (
        (nowhere, NOT_APPLICABLE, lambda _, __, time: reasons.no_local_areas(places[time])),
        (few & (found.hidden > 0), SUPPRESSED, too_few),
        (few & (found.left_out > 0), MISSING, too_few),
        (few | (found.placed == 0), NOT_APPLICABLE, lambda _, __, time: reasons.nothing_spread(table, places[time])),
        (found.covered < 1 - MOST_LEFT_OUT, LOW_RELIABILITY, left_out),
        (np.asarray(blurred), LOW_RELIABILITY, poor),
    )
    standing = all_ok(found.areas.shape)
    for where, state, sentence in marks:
        standing = mark(standing, where, state, sentence)
    return standing


def _number(of: Booleans) -> Floats:
    """How many areas, 1 × …."""
    found: Floats = of.sum(axis=0, keepdims=True).astype(float)
    return found
