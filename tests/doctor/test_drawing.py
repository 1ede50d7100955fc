"""Each engine draws the letters that fonts most often lack; however it ends, it ends as a line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from reportgen.doctor import drawing, trial
from reportgen.doctor.part import Part
from reportgen.errors import ReportgenError
from reportgen.resources import Resources, bundled


def without(letter: str, resources: Resources) -> Resources:
    """The same resources, the face for running text without one letter."""
    path = resources.fonts / "SourceSans3-Regular.ttf"
    with TTFont(path) as font:
        for table in font["cmap"].tables:
            table.cmap.pop(ord(letter), None)
        font.save(path)
    return resources


def test_both_engines_draw_with_our_fonts() -> None:
    assert [
        Part("ok", "WeasyPrint draws ŵ ŷ £ ≥ ≤ − with our fonts"),
        Part("ok", "vl-convert draws ŵ ŷ £ ≥ ≤ − with our fonts"),
    ] == list(drawing.tried(bundled()))


def test_a_font_without_a_letter(copy: Resources) -> None:
    """The page engine takes the letter from another face, without a word; the charts could not be measured."""
    page, picture = drawing.tried(without("ŵ", copy))
    faces = "Source-Sans-3 and Source-Sans-3-Light"
    assert f"WeasyPrint does not draw as it should: in weight 400 it shows ŵ ŷ £ ≥ ≤ − in {faces}" == page.what
    assert "vl-convert does not draw as it should: the font has no glyph for 'ŵ' (U+0175)" == picture.what
    assert "fails" == page.state == picture.state
    assert "install reportgen again" == page.fix == picture.fix


def test_a_font_file_that_is_damaged(copy: Resources) -> None:
    """The page engine only warns and takes another font; that is refused."""
    (copy.fonts / "SourceSans3-Light.ttf").write_bytes(b"no font")
    with pytest.raises(ReportgenError, match="WeasyPrint reports: Font-face 'Source Sans 3' cannot be loaded"):
        trial.page(copy)


@pytest.mark.parametrize(
    ("child", "what"),
    [
        ("import os; os.abort()", "WeasyPrint cannot draw: its process died (SIGABRT)"),
        ("raise OSError('no library')", "WeasyPrint cannot draw: OSError: no library"),
        ("raise SystemExit(3)", "WeasyPrint cannot draw: its process ended with 3"),
        ("import time; time.sleep(60)", "WeasyPrint cannot draw: it did not come to an end within 1 seconds"),
    ],
    ids=["dies", "lacks a library", "ends without a word", "hangs"],
)
def test_an_engine_that_cannot_draw(monkeypatch: pytest.MonkeyPatch, child: str, what: str) -> None:
    """Its end is not that of the doctor."""
    monkeypatch.setattr(drawing, "CHILD", child)
    monkeypatch.setattr(drawing, "PATIENCE", 1 if "sleep" in child else 60)
    fix = f"{Path(sys.executable).name} -m pip install --force-reinstall weasyprint"
    assert Part("fails", what, fix) == next(iter(drawing.tried(bundled())))
