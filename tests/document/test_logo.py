"""A logo is taken in shape by shape, or refused with what is wrong in it and where."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageFile

from reportgen.document.drawing import sanitised
from reportgen.document.logo import PNG, read_logo
from reportgen.errors import ConfigurationError

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 10">'


def drawing(inside: str) -> bytes:
    return f"{HEAD}\n{inside}\n</svg>".encode()


def refused(data: bytes) -> list[tuple[str, str]]:
    """What is refused, and where."""
    with pytest.raises(ConfigurationError) as caught:
        sanitised(data, "logo.svg")
    return [(problem.what, problem.where) for problem in caught.value.problems]


def png(width: int, height: int, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (width, height), "#00703C").save(out, "PNG", **options)
    return out.getvalue()


def test_shapes_and_colours_are_taken_and_the_rest_of_an_editor_is_left() -> None:
    """Groups, gradients, clippings, styles as attributes; titles, metadata and the editor's own notes go."""
    taken = sanitised(
        b"""\xef\xbb\xbf<?xml version="1.0" encoding="UTF-8"?>
        <svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape"
             width="4cm" height="1cm" version="1.1" i:version="1.3" xml:space="preserve">
        <title>Harbour</title><metadata><rdf xmlns="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>
        <defs>
          <linearGradient id="a"><stop offset="0" style="stop-color:#fff;stop-opacity:0.5"/></linearGradient>
          <linearGradient id="b" href="#a" x1="0"/>
          <clipPath id="c"><circle r="3"/></clipPath>
        </defs>
        <g transform="scale(2)" class="st0">
          <path d="M0 0L9 9z" style="fill:url(#b); font-size:12px" clip-path="url(#c)"/>
        </g>
        </svg>""",
        "logo.svg",
    )
    assert (4.0, 1.0) == (taken.width, taken.height)
    assert '<path d="M0 0L9 9z" fill="url(#b)" clip-path="url(#c)" />' in taken.svg
    assert '<stop offset="0" stop-color="#fff" stop-opacity="0.5" />' in taken.svg
    for gone in ("title", "metadata", "inkscape", "class", "font", "version"):
        assert gone not in taken.svg


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("<script>alert(1)</script>", "the logo has an element <script>"),
        ('<path d="M0 0" onload="alert(1)"/>', "the logo has an attribute onload at <path>"),
        ("<foreignObject><p>text</p></foreignObject>", "the logo has an element <foreignObject>"),
        ('<image href="https://example.org/x.png"/>', "the logo has an element <image>"),
        ('<use xlink:href="#a"/>', "the logo has an element <use>"),
        ('<a href="https://example.org"><path d="M0 0"/></a>', "the logo has an element <a>"),
        ("<style>path { fill: red }</style>", "the logo has an element <style>"),
        ("<text>Harbour</text>", "the logo has an element <text>"),
        ('<animate attributeName="x"/>', "the logo has an element <animate>"),
        ('<svg><path d="M0 0"/></svg>', "the logo has an element <svg>"),
        ('<rect fill="url(https://example.org/x)"/>', "the logo has fill = 'url(https://example.org/x)' at <rect>"),
        ('<rect style="fill:url(//example.org/x)"/>', "the logo has fill = 'url(//example.org/x)' at <rect>"),
        ('<rect style="fill:u\\72l(x)"/>', "the logo has fill = 'u\\\\72l(x)' at <rect>"),
        ('<rect style="behavior:url(x)"/>', "the logo has a style behavior at <rect>"),
        ('<rect filll="red"/>', "the logo has an attribute filll at <rect> (did you mean fill?)"),
        (
            '<linearGradient xlink:href="https://example.org/x"/>',
            "the logo points outside itself at <linearGradient>: 'https://example.org/x'",
        ),
        ('<p xmlns="http://www.w3.org/1999/xhtml"/>', "the logo has an element <p> of http://www.w3.org/1999/xhtml"),
        ('<?xml-stylesheet href="x.css"?><rect/>', "the logo calls a program: <?xml-stylesheet"),
    ],
)
def test_what_acts_or_fetches_is_refused_with_its_place(inside: str, what: str) -> None:
    assert [(what, "logo.svg:2:1")] == refused(drawing(inside))


@pytest.mark.parametrize(
    ("data", "what", "where"),
    [
        (
            b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + drawing("<rect/>"),
            "the logo has a document type with declarations of its own",
            "logo.svg:1:15",
        ),
        (drawing("<g/>"), "the logo draws nothing", "logo.svg:1:1"),
        (
            b'<svg xmlns="http://www.w3.org/2000/svg" width="100%"><rect/></svg>',
            "the logo does not say how large it is",
            "logo.svg:1:1",
        ),
        (
            b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 nan 9"><rect/></svg>',
            "the logo does not say how large it is",
            "logo.svg:1:1",
        ),
        (b'<svg viewBox="0 0 9 9"><rect/></svg>', "the logo does not say that it is SVG", "logo.svg:1:1"),
        (b"<html><body/></html>", "the logo begins with <html>, not <svg>", "logo.svg:1:1"),
        (b"<svg", "the logo is no XML: unclosed token", "logo.svg:1:1"),
        (drawing('<rect fill="url(#no)"/>'), "the logo has no gradient called no", "logo.svg:2:1"),
        (
            drawing('<rect/><linearGradient id="p" href="#q"/><linearGradient id="q" href="#p"/>'),
            "the logo has no plain gradient called q",
            "logo.svg:2:8",
        ),
        (
            drawing('<clipPath id="a"><rect clip-path="url(#a)"/></clipPath>'),
            "the logo has clip-path = 'url(#a)' at <rect>",
            "logo.svg:2:18",
        ),
        (drawing("<g>" * 60 + "<rect/>" + "</g>" * 60), "the logo is nested more than 50 deep", "logo.svg:2:148"),
        (drawing("<rect/>" * 5001), "the logo has more than 5,000 elements", "logo.svg:2:34994"),
    ],
    ids=[
        *("document type", "nothing drawn", "no size", "size that is no number", "no name space", "another document"),
        *("no XML", "unknown name", "gradients in a circle", "clipping in a circle", "too deep", "too many"),
    ],
)
def test_what_is_no_drawing_is_refused(data: bytes, what: str, where: str) -> None:
    assert (what, where) == refused(data)[0]


@given(st.text(alphabet="<>/\"'=#& abgsvgrectpathfillurl():;", max_size=80))
@example('<rect style=";;;"/>')
def test_whatever_stands_in_a_drawing_it_is_taken_or_refused(inside: str) -> None:
    """And what is taken has nothing in it but what is on the list."""
    try:
        taken = sanitised(drawing(inside + "<rect/>"), "logo.svg")
    except ConfigurationError:
        return
    assert "<script" not in taken.svg
    assert "://" not in taken.svg.replace("http://www.w3.org/2000/svg", "")


def test_a_png_keeps_its_proportions(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(png(400, 100))
    logo = read_logo(tmp_path / "logo.png")
    assert 4.0 == logo.ratio
    assert logo.address.startswith("data:image/png;base64,iVBOR")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (png(4001, 40), "the logo is 4001 × 40 pixels"),
        (png(400, 20), "the logo is 400 × 20 pixels"),
        (png(400, 100)[:-60], "the logo is a broken PNG"),
        (png(40, 40)[:29] + b"\0\0\0\0" + png(40, 40)[33:], "the logo is a broken PNG"),
        (PNG + b"no picture", "the logo is a broken PNG"),
        (
            png(40, 40, save_all=True, append_images=[Image.new("RGBA", (40, 40))], duration=100),
            "the logo is an animation",
        ),
        (b"GIF89a", "the logo is neither an SVG nor a PNG"),
        (b"", "the logo is neither an SVG nor a PNG"),
        (drawing("<rect/>") + b" " * 1_000_000, "the logo is larger than 1,000 kB"),
    ],
    ids=["too wide", "too low", "cut off", "wrong sum", "no picture", "animation", "GIF", "empty", "too large"],
)
@pytest.mark.parametrize("lenient", [True, False], ids=["lenient", "strict"])
def test_a_picture_that_cannot_be_trusted_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, what: str, lenient: bool
) -> None:
    """The contents decide, not the ending of the name; also where another library has asked for leniency."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    (tmp_path / "logo.png").write_bytes(data)
    with pytest.raises(ConfigurationError) as caught:
        read_logo(tmp_path / "logo.png")
    assert caught.value.problems[0].what.startswith(what)
    assert "logo.png" == caught.value.problems[0].file
