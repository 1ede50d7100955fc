"""
Labels: where names stand beside their marks so that none covers another.
Takes marks and names in pixels, gives places in pixels; draws nothing. The same marks always give the same places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reportgen.charts import theme
from reportgen.charts.text import ASCENT, DESCENT, LEADING, width, wrap

Array = NDArray[np.float64]
Numbers = NDArray[np.intp]

DISTANCES = (2.5, 5.0, 9.0, 15.0, 23.0, 33.0, 46.0, 62.0)  # px from the edge of the mark to the name
DIRECTIONS = 24
LEADER_FROM = 6.0  # px: from here on a line joins name and mark
_CLEAR = 1.0  # px kept free around a name
_OWN = 7.0  # px: a name nearer than this to another mark could be taken for its name
_NEAREST = 8.0  # px: so much nearer than to any other dot a name without a leader stands to its own
_TAKEN = 60.0  # cost of a name without a leader that stands as near to another dot
_BESIDE = 2.5  # px that a leader keeps from other dots: else it could lead to one of them
_COMMON = 0.6  # weight of a dot like all others: from it on a dot can be taken for one that has a name
_APART = (4.0, 5.0)  # px across and down: names nearer to each other than this read as one
_MARGIN = np.array([-_APART[0], -_APART[1], *_APART])
_RUN_ON = 9.0  # cost of two names that could be read as one
_NEVER = 1e6  # cost of what must not be
_CROSSED = 20.0  # cost of a leader that crosses another, or runs through a name
KEPT = 4  # places kept in each direction, the cheapest
SHUFFLES = 24  # orders tried beside the sensible ones


@dataclass(frozen=True)
class Mark:
    """
    A circle on the picture, px.
    Args:
        name: drawn beside it if not empty; weight of the name.
        weighs: cost per px of depth to which a name of another mark covers it.
        dot: whether a name could be taken for its name; False for a point of a line, which names only keep off.
    """

    x: float
    y: float
    radius: float
    name: str = ""
    weight: int = theme.REGULAR
    weighs: float = 1.0
    dot: bool = True


@dataclass(frozen=True)
class Label:
    """
    A name in its place.
    Args:
        lines: of text; x, baselines: where they stand, px, by `align` (left, center, right).
        box: left, top, right, bottom, px.
        leader: x, y, x2, y2 of the line to the mark, None if the name stands at it.
    """

    lines: tuple[str, ...]
    x: float
    baselines: tuple[float, ...]
    align: str
    weight: int
    box: tuple[float, float, float, float]
    leader: tuple[float, float, float, float] | None


@dataclass(frozen=True)
class _Candidates:
    """All places that one name may take: boxes C × 4, leaders C × 4, what each costs by itself, and its direction."""

    mark: Mark
    lines: tuple[str, ...]
    boxes: Array
    leaders: Array
    cost: Array
    cosine: Array


def place_labels(
    marks: Sequence[Mark],
    frame: tuple[float, float],
    fonts: Path,
    *,
    limit: float = 92,
    size: float = theme.TEXT,
    top: float = 0.0,
) -> list[Label | None]:
    """
    Find a place for the name of every mark that has one.
    Every name may stand in 24 directions at eight distances; a place costs by its distance, by what it covers (names
    and the frame must not be covered) and by what its leader crosses. The names are placed in several orders, each time
    moved one by one until nothing gets cheaper; the cheapest result stays.
    Args:
        frame: right and lower edge that names must stay within, px; top: the upper one.
        limit: names wider than this break into lines, px.
    Returns: for each mark its label; None where it has no name, or where no place was free without covering another
        name (the mark stays; its name then stands in the table beside the picture).
    """
    named = [i for i, mark in enumerate(marks) if mark.name]
    found: list[Label | None] = [None] * len(marks)
    if not named:
        return found
    candidates = [_candidates(marks[i], marks, (top, *frame), fonts, limit, size) for i in named]
    choice = _cheapest(candidates)
    for i, option, one in zip(named, choice, candidates, strict=True):
        if option is not None:
            found[i] = _label(one, option, fonts, size)
    return found


def _candidates(
    mark: Mark, marks: Sequence[Mark], frame: tuple[float, float, float], fonts: Path, limit: float, size: float
) -> _Candidates:
    lines = tuple(wrap(mark.name, limit, fonts, size, mark.weight))
    wide = max(width(line, fonts, size, mark.weight) for line in lines)
    high = (ASCENT + DESCENT + LEADING * (len(lines) - 1)) * size
    angle = np.tile(np.arange(DIRECTIONS) * 2 * np.pi / DIRECTIONS, len(DISTANCES))
    reach = np.repeat(np.array(DISTANCES), DIRECTIONS)
    cosine, sine = np.cos(angle), np.sin(angle)
    edge_x, edge_y = mark.x + mark.radius * cosine, mark.y + mark.radius * sine
    # The box touches the end of the leader with the side, or from 45° on the corner, that faces the mark.
    centre_x = edge_x + reach * cosine + np.clip(1.42 * cosine, -1, 1) * wide / 2
    centre_y = edge_y + reach * sine + np.clip(1.42 * sine, -1, 1) * high / 2
    boxes = np.column_stack([centre_x - wide / 2, centre_y - high / 2, centre_x + wide / 2, centre_y + high / 2])
    leaders = np.column_stack([edge_x, edge_y, edge_x + reach * cosine, edge_y + reach * sine])
    outside = (boxes[:, 0] < 0) | (boxes[:, 1] < frame[0]) | (boxes[:, 2] > frame[1]) | (boxes[:, 3] > frame[2])
    # To the right reads best, then to the left; the rest is as good as its slope.
    beside = 1.8 * (1 - np.abs(cosine)) + np.where(cosine < 0.5, 0.5, 0.0)
    cost = 0.28 * reach + np.where(reach >= LEADER_FROM, 2.0, 0.0) + beside + _NEVER * outside
    far = mark.radius + DISTANCES[-1] + max(wide, high)
    near = [m for m in marks if m is not mark and max(abs(m.x - mark.x), abs(m.y - mark.y)) < far + m.radius]
    cost = cost + _covering(boxes, leaders, reach, near)
    rows = np.argsort(cost.reshape(len(DISTANCES), DIRECTIONS), axis=0, kind="stable")[:KEPT]
    kept = (rows * DIRECTIONS + np.arange(DIRECTIONS)).ravel()
    return _Candidates(mark, lines, boxes[kept], leaders[kept], cost[kept], cosine[kept])


def _covering(boxes: Array, leaders: Array, reach: Array, others: Sequence[Mark]) -> Array:
    """What it costs each candidate to cover other marks with its box or to run through them with its leader."""
    x, y, radius, weighs = np.array([[m.x, m.y, m.radius, m.weighs] for m in others]).reshape(-1, 4).T
    gap_x = np.maximum(np.maximum(boxes[:, :1] - x, x - boxes[:, 2:3]), 0)
    gap_y = np.maximum(np.maximum(boxes[:, 1:2] - y, y - boxes[:, 3:4]), 0)
    gap = np.hypot(gap_x, gap_y) - radius
    # Covering is bad; standing so near to another mark that the name could be its own is a little bad, and standing
    # nearer to it than to its own, with no line between them, is very bad.
    depth = np.maximum(_CLEAR - gap, 0) + 0.15 * np.maximum(_OWN - gap, 0)
    dots = np.array([m.dot for m in others], dtype=bool)
    taken = np.where(dots & (gap < reach[:, None] + _NEAREST), np.minimum(weighs / _COMMON, 1.0), 0.0)
    left, up = leaders[:, :1], leaders[:, 1:2]
    along_x, along_y = leaders[:, 2:3] - left, leaders[:, 3:] - up
    part = np.clip(((x - left) * along_x + (y - up) * along_y) / (along_x**2 + along_y**2), 0, 1)
    away = np.hypot(left + part * along_x - x, up + part * along_y - y) - radius
    crossed = (away < np.where(dots, _BESIDE, 0.0)) * np.maximum(weighs, 1.0)
    alone = _TAKEN * taken.max(axis=1, initial=0.0)
    return np.asarray((depth * weighs).sum(axis=1) + np.where(reach >= LEADER_FROM, 5 * crossed.sum(axis=1), alone))


def _cheapest(candidates: Sequence[_Candidates]) -> list[int | None]:
    """For each name the index of its best candidate, None where every one covers another name."""
    count = range(len(candidates))
    conflicts = _conflicts(candidates)
    good = [int((one.cost < 4).sum()) for one in candidates]  # how many cheap places each has
    shuffled = np.random.default_rng(0)
    orders = (
        list(count),
        sorted(count, key=lambda i: (good[i], i)),
        sorted(count, key=lambda i: (candidates[i].mark.x, i)),
        sorted(count, key=lambda i: (-candidates[i].mark.y, i)),
        *(shuffled.permutation(len(candidates)).tolist() for _ in range(SHUFFLES)),
    )
    tried = [_improved(candidates, conflicts, order) for order in orders]
    return _without_collisions(candidates, min(tried, key=lambda one: round(one[1], 6))[0])


def _conflicts(candidates: Sequence[_Candidates]) -> list[dict[int, Array]]:
    """For each name: other name → what each of its candidates (rows) costs beside each of the other's (columns)."""
    boxes, leaders = np.array([one.boxes for one in candidates]), np.array([one.leaders for one in candidates])
    reach = np.concatenate([boxes[..., :2].min(axis=1), boxes[..., 2:].max(axis=1)], axis=1)
    first, second = np.nonzero(np.triu(_overlaps(reach[:, None], reach), k=1))  # names that come near each other
    box, other_box = boxes[first][:, :, None], boxes[second][:, None]
    costs = _NEVER * _overlaps(box, other_box)
    costs += _RUN_ON * _overlaps(box + _MARGIN, other_box)
    costs += _CROSSED * _crossed(boxes, leaders, first, second)
    conflicts: list[dict[int, Array]] = [{} for _ in candidates]
    for i, j, cost in zip(first.tolist(), second.tolist(), costs, strict=True):
        conflicts[i][j], conflicts[j][i] = cost, cost.T
    return conflicts


def _crossed(boxes: Array, leaders: Array, first: Numbers, second: Numbers) -> NDArray[np.bool_]:
    """
    Whether a leader of one name (rows) or of another (columns) runs through the other's box, or both cross, for each
    pair of names. Only what meets by its rectangle is looked at closely: little does, and what stands apart cannot
    cross.
    """
    around = _around(leaders)
    crossed = np.zeros((len(first), boxes.shape[1], boxes.shape[1]), dtype=bool)
    pair, line, box = _meeting(around[first], boxes[second])
    crossed[pair, line, box] = _runs_through(leaders[first[pair], line], boxes[second[pair], box])
    pair, line, box = _meeting(around[second], boxes[first])
    crossed[pair, box, line] |= _runs_through(leaders[second[pair], line], boxes[first[pair], box])
    pair, row, column = _meeting(around[first], around[second])
    crossed[pair, row, column] |= _cross(leaders[first[pair], row], leaders[second[pair], column])
    return crossed


def _around(lines: Array) -> Array:
    """The rectangle round each leader; of one too short to be drawn, one that meets nothing."""
    corners = np.concatenate(
        [np.minimum(lines[..., :2], lines[..., 2:]), np.maximum(lines[..., :2], lines[..., 2:])], -1
    )
    return np.where(_drawn(lines)[..., None], corners, np.nan)


def _meeting(one: Array, other: Array) -> tuple[Numbers, ...]:
    """For each pair of names which rectangles of one meet, or touch, which of the other: pair, row, column."""
    rows, columns = one[:, :, None], other[:, None]
    meet = (
        (rows[..., 0] <= columns[..., 2])
        & (columns[..., 0] <= rows[..., 2])
        & (rows[..., 1] <= columns[..., 3])
        & (columns[..., 1] <= rows[..., 3])
    )
    return np.unravel_index(np.flatnonzero(meet), meet.shape)


def _improved(
    candidates: Sequence[_Candidates], conflicts: Sequence[dict[int, Array]], order: Sequence[int]
) -> tuple[list[int], float]:
    """Place the names in some order, then each again beside the rest, until nothing moves. Choice and its cost."""
    choice: dict[int, int] = {}
    for _ in range(8):
        before = dict(choice)
        for i in order:
            beside = [table[:, choice[j]] for j, table in conflicts[i].items() if j in choice]
            choice[i] = int(np.argmin(sum(beside, candidates[i].cost)))
        if choice == before:
            break
    found = [choice[i] for i in range(len(candidates))]
    own = sum(float(one.cost[option]) for one, option in zip(candidates, found, strict=True))
    pairs = ((i, j) for i, tables in enumerate(conflicts) for j in tables if i < j)
    return found, own + sum(float(conflicts[i][j][found[i], found[j]]) for i, j in pairs)


def _overlaps(one: Array, other: Array) -> NDArray[np.bool_]:
    return np.asarray(
        (one[..., 0] < other[..., 2] + _CLEAR)
        & (other[..., 0] < one[..., 2] + _CLEAR)
        & (one[..., 1] < other[..., 3])
        & (other[..., 1] < one[..., 3])
    )


def _drawn(line: Array) -> NDArray[np.bool_]:
    return np.asarray(np.hypot(line[..., 2] - line[..., 0], line[..., 3] - line[..., 1]) >= LEADER_FROM)


def _runs_through(line: Array, box: Array) -> NDArray[np.bool_]:
    """Whether a leader that is long enough to be drawn passes a box (Liang and Barsky 1984)."""
    enters, leaves = np.zeros(1), np.ones(1)
    for axis in (0, 1):
        step = line[..., axis + 2] - line[..., axis]
        step = np.where(np.abs(step) < 1e-9, 1e-9, step)
        near, far = (box[..., axis] - line[..., axis]) / step, (box[..., axis + 2] - line[..., axis]) / step
        enters, leaves = np.maximum(enters, np.minimum(near, far)), np.minimum(leaves, np.maximum(near, far))
    return np.asarray((enters < leaves) & _drawn(line))


def _cross(one: Array, other: Array) -> NDArray[np.bool_]:
    """Whether two leaders, both long enough to be drawn, cross."""

    def side(line: Array, x: Array, y: Array) -> Array:
        across = (line[..., 2] - line[..., 0]) * (y - line[..., 1]) - (line[..., 3] - line[..., 1]) * (x - line[..., 0])
        return np.asarray(np.sign(across))

    parted = side(one, other[..., 0], other[..., 1]) != side(one, other[..., 2], other[..., 3])
    parts = side(other, one[..., 0], one[..., 1]) != side(other, one[..., 2], one[..., 3])
    return np.asarray(parted & parts & _drawn(one) & _drawn(other))


def _without_collisions(candidates: Sequence[_Candidates], choice: Sequence[int]) -> list[int | None]:
    """Leave out the later of two names that still cover each other, and every name that only fits outside."""
    kept: list[int | None] = []
    for i, option in enumerate(choice):
        box = candidates[i].boxes[option]
        placed = [candidates[j].boxes[other] for j, other in enumerate(kept) if other is not None]
        covers = bool(placed) and bool(_overlaps(box, np.array(placed)).any())
        kept.append(None if covers or candidates[i].cost[option] >= _NEVER else option)
    return kept


def _label(one: _Candidates, option: int, fonts: Path, size: float) -> Label:
    left, top, right, bottom = (float(edge) for edge in one.boxes[option])
    cosine = one.cosine[option]
    align = "left" if cosine > 0.3 else "right" if cosine < -0.3 else "center"
    x = {"left": left, "right": right, "center": (left + right) / 2}[align]
    baselines = tuple(top + (ASCENT + LEADING * n) * size for n in range(len(one.lines)))
    x1, y1, x2, y2 = (float(part) for part in one.leaders[option])
    drawn = bool(_drawn(one.leaders[option]))
    return Label(
        one.lines, x, baselines, align, one.mark.weight, (left, top, right, bottom), (x1, y1, x2, y2) if drawn else None
    )
