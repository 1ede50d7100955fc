"""Signs: notes explain the marks that are in the picture, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.charts.bars import ranked_bars
from reportgen.charts.dots import lq_dots
from reportgen.charts.signs import BEYOND, FILLED, HOLLOW, RUNS_ON, signs
from reportgen.document.voice import Voice
from reportgen.resources import bundled
from tests.charts.conftest import Rows

NOTES = [("sections/standing.html", "growth_note"), ("sections/subsectors.html", "dots_note")]
NOTES += [("sections/growth.html", "lines_note"), ("components/asked.html", "dots_note")]
WORDS = {
    "the_share": "the national share",
    "measure": "jobs",
    "chosen_peers": (),
    "untold": (),
    "benchmark_inside": False,
}


def test_intervals_within_the_scale_need_no_triangle(rows: Rows, fonts: Path, said: dict[str, str]) -> None:
    kept = ranked_bars(rows("Bath | E1 | 20 | 18 | 22"), fonts=fonts, **said)
    beyond = ranked_bars(rows("Bath | E1 | 20 | 1 | 90"), fonts=fonts, **said)
    assert RUNS_ON not in signs(kept.spec)
    assert RUNS_ON in signs(beyond.spec)


@pytest.mark.parametrize(
    ("quotients", "expected"),
    [
        ("Crafts | E1 | 1.5 | 1.2 | 1.9", {FILLED}),
        ("Crafts | E1 | 1.5 | 0.8 | 1.9", {HOLLOW}),
        ("Crafts | E1 | 0 | 0 | 3\nMusic | E2 | 1.5 | 1.2 | 1.9", {FILLED, HOLLOW, BEYOND}),
        ("Crafts | E1 | 1.5 | 0.8 | 99\nMusic | E2 | [c]", {HOLLOW, RUNS_ON, "[c]"}),
    ],
)
def test_dots_are_what_their_intervals_make_them(
    rows: Rows, fonts: Path, said: dict[str, str], quotients: str, expected: set[str]
) -> None:
    assert expected == signs(lq_dots(rows(quotients), fonts=fonts, **said).spec)


@pytest.mark.parametrize(("template", "block"), NOTES)
@pytest.mark.parametrize("drawn", [(), ("runs-on", "beyond", "hollow")], ids=["nothing", "triangles"])
def test_a_note_speaks_of_triangles_only_where_one_is_drawn(template: str, block: str, drawn: tuple[str, ...]) -> None:
    note = Voice(bundled().templates).part(template, block, {**WORDS, "drawn": frozenset(drawn)}).plain
    assert bool(drawn) is ("triangle" in note.lower())
