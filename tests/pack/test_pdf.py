"""The press: what it fetches, and what it refuses to print."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from weasyprint.pdf import fonts

from reportgen.errors import ConfigurationError
from reportgen.pack.pdf import OwnResourcesOnly, Press
from reportgen.resources import Resources, bundled

BODY = "<body><h1>T</h1>{}<p id='end'>The end</p></body>"
PAGE = f"<!DOCTYPE html><html lang='en-GB'><head><title>T</title></head>{BODY}</html>"


@pytest.fixture(scope="module")
def press() -> Press:
    return Press(bundled().styles, 0)


def lines_of(press: Press, html: str) -> list[str]:
    """The lines of a document, as they stand on its first page."""
    with pdfium.PdfDocument(press.write(press.lay_out(PAGE.format(html)), "x").data) as pdf:
        return [line.strip() for line in pdf[0].get_textpage().get_text_range().splitlines()]


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/x.png",
        "http://127.0.0.1/x",
        "file:///etc/passwd",
        "reportgen:/../../pyproject.toml",
        "ftp://x/y",
    ],
)
def test_nothing_is_fetched_from_outside(address: str) -> None:
    with pytest.raises(ValueError, match="nothing from outside"):
        OwnResourcesOnly(bundled().styles).fetch(address)


def test_our_own_styles_are_fetched() -> None:
    assert OwnResourcesOnly(bundled().styles).fetch("reportgen:/hatch.svg").read().startswith(b"<svg")


def test_a_picture_from_outside_fails_the_document(press: Press) -> None:
    with pytest.raises(ConfigurationError, match=r"example\.org"):
        press.lay_out(PAGE.format("<img alt='a picture' src='https://example.org/x.png'>"))


def test_a_picture_without_alternative_text_fails_the_document(press: Press) -> None:
    picture = "<img src='data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E'>"
    with pytest.raises(ConfigurationError, match="alt"):
        press.write(press.lay_out(PAGE.format(picture)), "x")


@pytest.mark.parametrize("wide", range(210, 222))
def test_a_line_breaks_before_a_number_that_has_no_room(press: Press, wide: int) -> None:
    """Not at its first word, as the engine would where just the blank before the number has no room."""
    words = "No clear change in the creative jobs of London since"
    html = f"<p style='width: {wide}pt'>{words} <span data-fixed='date'>2015</span>, and more</p>"
    plain = html.replace("<span data-fixed='date'>", "").replace("</span>", "")
    marked, unmarked = (lines_of(press, each) for each in (html, plain))
    assert marked == unmarked


def test_a_style_that_the_engine_does_not_know_fails_the_document(press: Press) -> None:
    with pytest.raises(ConfigurationError, match="text-wrap"):
        press.lay_out(PAGE.format("<p style='text-wrap: balance'>x</p>"))


def test_a_font_that_cannot_be_loaded_fails_the_press(tmp_path: Path) -> None:
    """It would be a warning only, and the page would come out in whatever font the machine has, or none."""
    styles = shutil.copytree(bundled().root / "styles", tmp_path / "styles")
    (styles / "fonts" / "SourceSans3-Regular.ttf").unlink()
    with pytest.raises(ConfigurationError, match="Source Sans 3"):
        Press(Resources((tmp_path,)).styles, 0)


def test_a_machine_that_cuts_fonts_the_slow_way_prints_all_the_same(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without harfbuzz-subset the engine warns at every font: that is about the machine, and the doctor says it."""
    monkeypatch.setattr(fonts, "harfbuzz_subset", None)
    assert press.write(press.lay_out(PAGE.format("")), "x").data.startswith(b"%PDF")
