"""
Shared: the infographic as pictures for sharing, in the sizes that other programs ask for. Takes its sheets, gives PNG
bytes; the same sheets give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping

import pypdfium2
from PIL import Image

from reportgen.charts.poster import SHARED
from reportgen.pack.pdf import Press

NAMES = tuple(f"infographic-{form.name}.png" for form in SHARED)
POINTS = 0.75  # in a px
COLOURS = 128  # few as they are, their edges included: a third of the bytes
SEEN = 3  # which colours these are, every third pixel of every third row says
PACKED = 4  # of 9: a fortieth more bytes in two thirds of the time


def pictures(sheets: Mapping[str, str], press: Press) -> dict[str, bytes]:
    """
    The formats for sharing.
    Args: sheets: name of a format → SVG.
    Returns: name of a file → PNG, as many pixels as its name says.
    """
    document = pypdfium2.PdfDocument(press.sheets([(sheets[form.name], form.width, form.height) for form in SHARED]))
    try:
        drawn = [_drawn(page, form.scale / POINTS) for page, form in zip(document, SHARED, strict=True)]
    finally:
        document.close()
    found = {}
    for name, picture in zip(NAMES, drawn, strict=True):
        into = io.BytesIO()
        _in_few_colours(picture).save(into, "PNG", compress_level=PACKED)
        found[name] = into.getvalue()
    return found


def _drawn(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    """In four bytes a pixel, as pdfium draws and the library keeps them: they are only copied."""
    drawn = page.render(scale=scale, prefer_bgrx=True, rev_byteorder=True)
    return Image.frombytes("RGB", (drawn.width, drawn.height), drawn.buffer, "raw", "RGBX", drawn.stride)


def _in_few_colours(picture: Image.Image) -> Image.Image:
    seen = picture.resize((picture.width // SEEN, picture.height // SEEN), Image.Resampling.NEAREST)
    colours = seen.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    return picture.quantize(palette=colours, dither=Image.Dither.NONE)
