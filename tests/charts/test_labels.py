"""Labels: names beside their marks, none over another."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from shapely import LineString, box

from reportgen.charts.labels import Label, Mark, place_labels
from reportgen.charts.text import width

FRAME = (330.0, 600.0)


def crowd(count: int, seed: int = 1) -> list[Mark]:
    """Names of towns round one large circle, as close as in the South East, among two hundred small dots."""
    random = np.random.default_rng(seed)
    names = ["High Wycombe and Aylesbury", "Slough and Heathrow", "Guildford and Aldershot", "Reading", "Oxford", "Ayr"]
    towns = [
        Mark(float(x), float(y), 4, name=f"{names[i % len(names)]} {i}", weighs=3)
        for i, (x, y) in enumerate(random.normal((200, 480), 28, (count, 2)))
    ]
    dots = [Mark(float(x), float(y), 1.2, weighs=0.6) for x, y in random.uniform((40, 100), (300, 560), (200, 2))]
    return [Mark(220, 480, 20, name="London", weight=600, weighs=3), *towns, *dots]


def overlap(one: Label, other: Label) -> bool:
    (left, top, right, bottom), (left_2, top_2, right_2, bottom_2) = one.box, other.box
    return left < right_2 and left_2 < right and top < bottom_2 and top_2 < bottom


@pytest.mark.parametrize("count", [8, 20, 45])
def test_no_name_covers_another_in_a_crowd(fonts: Path, count: int) -> None:
    """Not even where there are more names than places: then some are left out, the first ones last."""
    found = place_labels(crowd(count), FRAME, fonts)
    placed = [label for label in found if label]
    assert [] == [(one.lines, other.lines) for one, other in combinations(placed, 2) if overlap(one, other)]
    assert len(placed) == count + 1 if count <= 20 else len(placed) > 20


@pytest.mark.parametrize("seed", [1, 3, 5])
def test_no_line_to_a_name_crosses_another_or_runs_through_a_name_where_there_is_room(fonts: Path, seed: int) -> None:
    placed = [label for label in place_labels(crowd(12, seed), FRAME, fonts) if label]
    lines = {label.lines: LineString([label.leader[:2], label.leader[2:]]) for label in placed if label.leader}
    assert len(lines) >= 8
    assert [] == [(one, other) for one, other in combinations(lines, 2) if lines[one].crosses(lines[other])]
    through = [(own, other.lines) for own in lines for other in placed if own != other.lines]
    boxes = {label.lines: box(*label.box) for label in placed}
    assert [] == [(own, other) for own, other in through if lines[own].intersects(boxes[other])]


def test_every_name_stays_in_the_frame_and_its_text_in_its_box(fonts: Path) -> None:
    for label in place_labels(crowd(20), FRAME, fonts):
        if label:
            left, top, right, bottom = label.box
            assert left >= 0
            assert top >= 0
            assert right <= FRAME[0]
            assert bottom <= FRAME[1]
            assert top < min(label.baselines) <= max(label.baselines) < bottom
            assert max(width(line, fonts, weight=label.weight) for line in label.lines) <= right - left + 1e-6


def test_a_name_alone_stands_to_the_right_without_a_leader(fonts: Path) -> None:
    (label,) = place_labels([Mark(100, 100, 5, name="Bath")], FRAME, fonts)
    assert label is not None
    assert (("Bath",), "left", None) == (label.lines, label.align, label.leader)
    assert label.box[0] > 105


def test_a_name_at_the_edge_turns_inwards(fonts: Path) -> None:
    (label,) = place_labels([Mark(325, 100, 2, name="Lowestoft")], FRAME, fonts)
    assert label is not None
    assert "right" == label.align


def test_a_long_name_breaks(fonts: Path) -> None:
    (label,) = place_labels([Mark(100, 100, 2, name="Llandrindod Wells and Builth Wells")], FRAME, fonts)
    assert label is not None
    assert ("Llandrindod Wells", "and Builth Wells") == label.lines


def test_marks_without_a_name_get_no_label(fonts: Path) -> None:
    assert [None, None] == place_labels([Mark(1, 1, 2), Mark(50, 50, 2)], FRAME, fonts)
    assert [] == place_labels([], FRAME, fonts)


def test_a_name_wider_than_the_frame_is_left_out(fonts: Path) -> None:
    assert [None] == place_labels([Mark(20, 20, 2, name="Aberystwyth")], (40, 40), fonts)


def test_the_same_marks_give_the_same_places(fonts: Path) -> None:
    assert place_labels(crowd(20), FRAME, fonts) == place_labels(crowd(20), FRAME, fonts)


def gap(label: Label, mark: Mark) -> float:
    """Px from the box of a name to the edge of a mark."""
    left, top, right, bottom = label.box
    return float(np.hypot(max(left - mark.x, mark.x - right, 0), max(top - mark.y, mark.y - bottom, 0)) - mark.radius)


@pytest.mark.parametrize("seed", range(6))
def test_a_name_that_stands_nearer_to_another_dot_has_a_line_to_its_own(fonts: Path, seed: int) -> None:
    """Else it would be read as the name of that dot: among two hundred small dots, and between two equal ones."""
    marks = crowd(12, seed)
    for own, label in zip(marks, place_labels(marks, FRAME, fonts), strict=True):
        if label and not label.leader:
            assert gap(label, own) <= min(gap(label, mark) for mark in marks if mark is not own)


def test_a_name_between_two_equal_dots_stands_clearly_at_its_own(fonts: Path) -> None:
    elgin, inverness = Mark(100, 100, 4, name="Elgin"), Mark(132, 100, 4)
    label, _ = place_labels([elgin, inverness], FRAME, fonts)
    assert label is not None
    assert label.leader or gap(label, inverness) > 2 * gap(label, elgin)


def test_a_point_of_a_line_is_kept_off_and_is_no_dot_that_a_name_could_belong_to(fonts: Path) -> None:
    along = [Mark(106 + step, 60 + 4 * step, 1.0, weighs=3.0, dot=False) for step in range(20)]
    label, *_ = place_labels([Mark(100, 100, 3, name="Bath"), *along], FRAME, fonts)
    assert label is not None
    assert not label.leader
    assert min(gap(label, mark) for mark in along) >= 0


def test_names_do_not_run_on_into_each_other(fonts: Path) -> None:
    """Two names of two lines, one upon the other, would read as one of four."""
    names = ("High Wycombe and Aylesbury", "Warrington and Wigan", "Guildford and Aldershot")
    found = place_labels([Mark(100, 100 + 14.0 * n, 4, name=name) for n, name in enumerate(names)], FRAME, fonts)
    boxes = [label.box for label in found if label]
    assert 3 == len(boxes)
    for one, other in combinations(boxes, 2):
        assert max(one[0] - other[2], other[0] - one[2]) >= 4 or max(one[1] - other[3], other[1] - one[3]) >= 5


def test_names_stay_below_the_upper_edge(fonts: Path) -> None:
    (label,) = place_labels([Mark(320, 42, 4, name="Guildford and Aldershot")], FRAME, fonts, top=40.0)
    assert label is not None
    assert label.box[1] >= 40
