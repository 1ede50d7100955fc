"""Text: widths from the font files, lines that break, labels that keep their distance."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.charts import theme
from reportgen.charts.text import families, spread, width, wrap
from reportgen.errors import ConfigurationError, SystemMissingError

NAME = "Llandrindod Wells and Builth Wells"


def test_digits_are_equally_wide(fonts: Path) -> None:
    """Figures are tabular, so columns of numbers line up without any font feature; a minus is as wide as a digit."""
    assert 1 == len({round(width(digit, fonts), 3) for digit in "0123456789−"})


@pytest.mark.parametrize(("weight", "em"), [(theme.REGULAR, 0.497), (theme.SEMIBOLD, 0.513)])
def test_a_digit_is_as_wide_as_the_look_says(fonts: Path, weight: int, em: float) -> None:
    assert em == pytest.approx(width("0", fonts, 100, weight) / 100, abs=0.001)


def test_letters_of_welsh_and_the_signs_of_charts_have_glyphs(fonts: Path) -> None:
    for weight in (theme.REGULAR, theme.SEMIBOLD):
        assert width("ŵŷŴŶẁẅ−≤≥≈½¼⅛⁄←→↑×–\u202f\u2009", fonts, weight=weight) > 0


def test_a_character_without_glyph_is_an_error(fonts: Path) -> None:
    """A box on the page would be found by a reader; this is found before."""
    with pytest.raises(ConfigurationError, match="no glyph for '中'"):
        width("中", fonts)


def test_a_missing_font_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SystemMissingError, match="the font of weight 400 is not there"):
        families(tmp_path)


def test_a_long_name_breaks_into_even_lines(fonts: Path) -> None:
    assert ["Llandrindod Wells", "and Builth Wells"] == wrap(NAME, 120, fonts)
    assert [NAME] == wrap(NAME, 400, fonts)


def test_running_text_fills_its_lines(fonts: Path) -> None:
    """Every line takes as many words as it can; nothing is lost."""
    text = "Intervals allow for rounding alone and not for sampling"
    lines = wrap(text, 120, fonts, even=False)
    assert text == " ".join(lines)
    for line, following in pairwise(lines):
        assert width(f"{line} {following.split()[0]}", fonts) > 120 >= width(line, fonts)


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(5, 20)), min_size=1, max_size=6))
def test_spread_labels_never_touch(labels: list[tuple[float, float]]) -> None:
    """Whatever they want, labels of one column keep their order and their gaps."""
    wanted, gap = [place for place, _ in labels], [height for _, height in labels]
    found = spread(wanted, gap, 0, 100)
    order = sorted(range(len(labels)), key=lambda i: (wanted[i], i))
    for above, below in pairwise(order):
        assert found[below] - found[above] >= (gap[above] + gap[below]) / 2 - 1e-6
    assert min(found[i] - gap[i] / 2 for i in order) >= -1e-6
    if sum(gap) <= 100:
        assert max(found[i] + gap[i] / 2 for i in order) <= 100 + 1e-6


def test_labels_with_room_stay_where_they_are() -> None:
    assert [80.0, 10.0, 45.0] == spread([80, 10, 45], [12, 12, 12], 0, 100)


def test_no_line_begins_with_a_dash(fonts: Path) -> None:
    """It stays with the word before it."""
    lines = wrap("Inner London - West and North West", 60, fonts, 12)
    assert len(lines) > 3
    assert not any(line.startswith("-") for line in lines)
