"""The pen: our pictures look as the page engine draws them, and what it does not know is left to the engine."""

from __future__ import annotations

import base64
import io
import re

import numpy as np
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from reportgen.pack.engine import pen
from reportgen.pack.engine.drawing import Picture
from reportgen.pack.engine.outlines import path
from reportgen.pack.engine.unknown import UnknownShapeError
from reportgen.pack.pdf import Press
from reportgen.resources import bundled
from tests.releases import illustrative

FONT = 'font-family="\'Source Sans 3\', sans-serif" font-size="14px"'
HATCH = (
    '<defs><pattern id="h" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="4" height="4" fill="#FFFFFF"/><rect width="1.7" height="4" fill="#F46A25"/></pattern></defs>'
)
ROUND = "M8.87,0A8.87,8.87,0,1,1,-8.87,0A8.87,8.87,0,1,1,8.87,0"
CLIP = '<clipPath id="c"><circle cx="30" cy="30" r="25"/></clipPath>'
KNOWN = {
    "line": '<line x1="5" y1="5" x2="90" y2="70" stroke="#12436D" stroke-width="3" stroke-dasharray="6,3"/>',
    "circle": '<circle cx="40" cy="30" r="20" fill="#F46A25" stroke="#17212B" stroke-width="2"/>',
    "mark": f'<path d="{ROUND}" transform="translate(50,40)" fill="#12436D"/>',
    "outline": '<path d="M10,10l20,5 5,-3 0,30zM60,10L90,10L75,40Z" fill="#DCE9F5" stroke="#5C9BD1"/>',
    "bar": '<path d="M5.5,40h80.25v12h-80.25Z" fill="#12436D"/>',
    "rectangle": '<rect x="5" y="5" width="60" height="20" fill="#FFFFFF" stroke="#46525D" stroke-width="0.9"/>',
    "row of points": '<polyline points="5,70 30,20 60,40 90,5" fill="none" stroke="#F46A25" stroke-width="2.4"/>',
    "words": f'<text x="5" y="40" {FONT} font-weight="400" fill="#17212B">AVA Wye 4.7 %</text>',
    "words in the middle": f'<text x="50" y="40" text-anchor="middle" {FONT} fill="#17212B">To Ely</text>',
    "a halo": f'<text x="9" y="40" {FONT} fill="#FFFFFF" stroke="#12436D" stroke-width="2.4">Ely</text>',
    "a group": '<g fill="#A9CBE8" transform="translate(10,5)"><circle cx="20" cy="20" r="9"/><g fill="none"/></g>',
    "seen through": '<path d="M0,0L90,0L90,70Z" fill="#F46A25" opacity="0.22"/>',
    "a band": '<path d="M0,0L90,0L90,70Z" fill="#12436D" fill-opacity="0.55"/>',
    "a hatching": f'{HATCH}<rect x="10" y="10" width="60" height="30" fill="url(#h)"/>',
    "a lens": f'{CLIP}<g clip-path="url(#c)"><rect width="90" height="70"/></g><rect width="9" height="9"/>',
}
LEFT_TO_THE_ENGINE = {
    "a curve": '<path d="M10,80C40,10,65,10,95,80" fill="#12436D"/>',
    "round corners": '<rect width="60" height="20" rx="5" fill="#12436D"/>',
    "a style": '<rect width="60" height="20" style="fill: #12436D"/>',
    "a class": '<style>.a { fill: #12436D }</style><rect class="a" width="60" height="20"/>',
    "a colour's name": '<rect width="60" height="20" fill="teal"/>',
    "a turn": '<rect width="60" height="20" fill="#12436D" transform="rotate(10)"/>',
    "a part of a text": f'<text y="20" {FONT} fill="#12436D">in <tspan font-weight="600">bold</tspan></text>',
    "opacity of two paints": '<circle cx="30" cy="30" r="20" fill="#F46A25" stroke="#17212B" opacity="0.5"/>',
    "another unit": '<circle cx="3mm" cy="30" r="20" fill="#F46A25"/>',
}


AREAS = ("K02000001", "E12000009", "N92000002", "E30000180", "S22000032")
PICTURE = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")


@pytest.fixture(scope="module")
def press() -> Press:
    return Press(bundled().styles, 0)


def svg(inner: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="80" viewBox="0 0 100 80">{inner}</svg>'


def printed(press: Press, inner: str) -> bytes:
    return press.sheets([(svg(inner), 100, 80)])


def engines(press: Press, inner: str) -> bytes:
    """The same picture as the engine draws it itself."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pen.Pen, "draw", _refused)
        return printed(press, inner)


def _refused(*_: object) -> None:
    raise UnknownShapeError


def looks(data: bytes) -> NDArray[np.int64]:
    with pdfium.PdfDocument(io.BytesIO(data)) as pdf:
        return np.asarray(pdf[0].render(scale=2).to_pil().convert("RGB")).astype(np.int64)


@pytest.mark.parametrize("inner", KNOWN.values(), ids=KNOWN)
def test_a_picture_of_ours_looks_as_the_engine_draws_it(press: Press, inner: str) -> None:
    """Edges may differ by the rounding of a hundredth of a px; nothing is elsewhere, in another colour or missing."""
    ours, engines_own = printed(press, inner), engines(press, inner)
    assert ours != engines_own
    assert len(np.unique(looks(ours))) > 1
    difference = np.abs(looks(ours) - looks(engines_own)).max(axis=2)
    assert difference.max() <= 64
    assert difference.mean() < 0.5


@pytest.mark.parametrize("inner", LEFT_TO_THE_ENGINE.values(), ids=LEFT_TO_THE_ENGINE)
def test_what_the_pen_does_not_know_is_left_to_the_engine(press: Press, inner: str) -> None:
    assert printed(press, inner) == engines(press, inner)


@given(places=st.lists(st.tuples(*[st.floats(-50, 150).map(lambda one: round(one, 2))] * 2), min_size=2, max_size=9))
def test_an_outline_goes_through_its_points_wherever_they_are(places: list[tuple[float, float]]) -> None:
    """From where the last one is, or from the corner of the picture, it is the same outline."""
    steps = zip(places[1:], places, strict=False)
    absolute = "M" + "L".join(f"{x:.2f},{y:.2f}" for x, y in places) + "Z"
    relative = f"M{places[0][0]:.2f},{places[0][1]:.2f}" + "".join(
        f"l{x - left:.2f},{y - top:.2f}" for (x, y), (left, top) in steps
    )
    drawn = path(absolute)
    assert drawn.drawn == path(relative + "Z").drawn
    assert [float(one) for one in re.findall(r"-?[\d.]+", drawn.drawn)] == pytest.approx(
        [at for xy in places for at in xy]
    )
    assert drawn.box[:2] == pytest.approx((min(x for x, _ in places), min(y for _, y in places)))


@pytest.mark.parametrize("area", AREAS)
def test_the_pen_draws_every_picture_of_a_pack(area: str, press: Press) -> None:
    """None is left to the engine, which takes ten times as long."""
    made = illustrative().written(area)
    pictures = [base64.b64decode(found) for found in PICTURE.findall(made.html)]
    sheets = [sheet.encode() for poster in made.brief.posters for sheet in poster.sheets.values()]
    assert len(pictures) > 2
    for picture in [*pictures, *sheets]:
        Picture(picture, press._letters)


def test_words_are_in_the_file_as_words(press: Press) -> None:
    """Searching finds them, once and in one piece."""
    with pdfium.PdfDocument(io.BytesIO(printed(press, KNOWN["words"]))) as pdf:
        assert pdf[0].get_textpage().get_text_range().strip() == "AVA Wye 4.7 %"


def test_a_picture_has_the_same_bytes_whatever_was_drawn_before(press: Press) -> None:
    everything = "".join(KNOWN.values())
    for inner in (KNOWN["a hatching"], KNOWN["words"], KNOWN["a lens"]):
        printed(press, inner)
    assert printed(press, everything) == printed(Press(bundled().styles, 0), everything)
