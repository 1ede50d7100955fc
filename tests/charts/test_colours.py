"""An accent colour is seen and told apart, or refused with the nearest that is; its other tones follow from it."""

from __future__ import annotations

import colorsys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.charts import theme
from reportgen.charts.colours import HOUSE, Palette, contrast, marks, nearest, palette
from reportgen.errors import ConfigurationError

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06X}".format)


def hue_and_colourfulness(colour: str) -> tuple[float, float]:
    """Hue in degrees, and how far the colour is from grey."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return colorsys.rgb_to_hls(*parts)[0] * 360, max(parts) - min(parts)


def apart(one: float, other: float) -> float:
    """Degrees between two hues."""
    return min((one - other) % 360, (other - one) % 360)


def test_the_house_colours_stay_exactly_as_they_are() -> None:
    assert Palette("#F46A25", "#A8400B", "#F46A25") == palette("#f46a25") == HOUSE
    assert '<g fill="#F46A25"/>' == HOUSE.applied('<g fill="#F46A25"/>')


@given(COLOURS)
def test_a_colour_passes_or_the_offered_one_does(colour: str) -> None:
    """And what is offered has the hue that was asked for, as far as 256 steps of red, green and blue can tell."""
    try:
        palette(colour)
        assert marks(colour)
    except ConfigurationError as error:
        offered = error.problems[0].fix.partition('"')[2][:7]
        assert palette(offered).accent == offered
        asked, colourful = hue_and_colourfulness(colour)
        hue, left = hue_and_colourfulness(offered)
        steps = min(colourful, left) * 255  # of which each moves the hue by 60° at most
        assert steps < 2 or apart(asked, hue) <= 60 * 2 / steps


@given(COLOURS)
def test_every_palette_can_be_read(colour: str) -> None:
    """Text on white, tint and watermark; marks on navy and on the land of the cover."""
    tones = palette(nearest(colour, marks))
    assert all(contrast(tones.text, ground) >= 4.5 for ground in (theme.PAPER, theme.TINT, theme.WATERMARK))
    assert contrast(tones.on_navy, theme.NAVY) >= 3
    assert tones == HOUSE or contrast(tones.on_navy, theme.LAND_ON_NAVY) >= 2


@pytest.mark.parametrize(
    ("accent", "message"),
    [
        (
            "#FFDD00",
            """\
error[accent-contrast]: the accent colour #FFDD00 cannot be used: its contrast with white is 1.34:1, marks need 3:1
  accent = "#FFDD00"
  why: dots, bars and areas of it would hardly be seen on the page
  fix: write accent = "#AB9400": the nearest colour of the same hue that passes""",
        ),
        (
            "#123456",
            """\
error[accent-contrast]: the accent colour #123456 cannot be used: its contrast with navy is 1.24:1, it needs 1.5:1
  accent = "#123456"
  why: printed in grey, what a page is about would look like everything else
  fix: write accent = "#032547": the nearest colour of the same hue that passes""",
        ),
    ],
    ids=["too light", "too close to navy"],
)
def test_a_colour_is_refused_with_its_contrast(accent: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        palette(accent)
    assert message == caught.value.problems[0].as_text()


def test_tones_are_exchanged_where_a_colour_stands_and_not_in_text() -> None:
    """In attributes of an SVG and in style sheets, in either case of letters; a name stays as it was typed."""
    tones = palette("#00703C")
    drawn = '<g fill="#F46A25" stroke="#a8400b"><text fill="#17212B">#F46A25</text></g>'
    assert '<g fill="#00703C" stroke="#00703C"><text fill="#17212B">#F46A25</text></g>' == tones.applied(drawn)
    assert ":root { --accent: #00703C; --navy: #12436D; }" == tones.applied(
        ":root { --accent: #F46A25; --navy: #12436D; }"
    )


def test_text_on_the_watermark_can_be_read() -> None:
    """All text of a page that lies on it, once its smallest has been darkened; white text on the navy of the cover."""
    for colour in (theme.INK, theme.INK_2, theme.ACCENT_TEXT, theme.NAVY):
        assert contrast(colour, theme.WATERMARK) >= 4.5
    assert contrast(theme.PAPER, theme.WATERMARK_ON_NAVY) >= 4.5
