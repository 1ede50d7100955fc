"""Theme: contrast of the colours, the words on axes, and the limit of four."""

from __future__ import annotations

import pytest

from reportgen.charts import theme
from reportgen.errors import ConfigurationError


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", [theme.INK, theme.INK_2, theme.INK_3, theme.ACCENT_TEXT])
def test_text_can_be_read_on_white(colour: str) -> None:
    assert contrast(colour, theme.PAPER) >= 4.5


@pytest.mark.parametrize("colour", [theme.ACCENT, theme.CONTEXT, theme.NAVY, *theme.categories(4)])
def test_marks_can_be_seen_on_white(colour: str) -> None:
    assert contrast(colour, theme.PAPER) >= 3


def test_a_fifth_category_says_redesign() -> None:
    with pytest.raises(ConfigurationError) as caught:
        theme.categories(5)
    assert "redesign" in caught.value.problems[0].fix


def test_words_on_axes_can_be_replaced_but_not_invented() -> None:
    assert theme.words({"rank": "Safle"})["rank"] == "Safle"
    assert theme.words({"rank": "Safle"})["quotient"] == "LQ"
    with pytest.raises(ConfigurationError, match="no chart has a word called 'legend'"):
        theme.words({"legend": "Key"})
