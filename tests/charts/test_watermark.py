"""Watermark: a word as a picture across a page."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from reportgen.charts.watermark import across
from reportgen.errors import ConfigurationError


def test_a_word_is_drawn_and_not_written(fonts: Path) -> None:
    """A reading program would say a text aloud on every page: there is none, neither as text nor as a name."""
    svg = across("DRAFT", fonts, 210, 297, "#E9ECEF")
    assert "DRAFT" not in svg
    assert ["svg", "path"] == [element.tag.rpartition("}")[2] for element in ET.fromstring(svg).iter()]


def test_the_size_is_that_of_the_page(fonts: Path) -> None:
    root = ET.fromstring(across("DRAFT", fonts, 210, 297, "#E9ECEF"))
    assert ("210mm", "297mm", "0 0 210 297") == (root.get("width"), root.get("height"), root.get("viewBox"))


def test_a_character_that_the_font_lacks_is_told(fonts: Path) -> None:
    with pytest.raises(ConfigurationError, match="the font has no glyph for '草'"):
        across("草", fonts, 210, 297, "#E9ECEF")
