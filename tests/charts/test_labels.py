"""Labels: names beside their marks, none over another."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

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
