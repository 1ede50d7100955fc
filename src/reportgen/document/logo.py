"""
Logo: a team's picture for the cover, checked before it gets anywhere near a page.
A PNG is decoded whole; an SVG goes through `drawing`, which takes in shapes and colours, nothing that acts or fetches.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from reportgen.document.drawing import sanitised
from reportgen.document.figures import data_uri
from reportgen.errors import ConfigurationError, Problem

PNG = b"\x89PNG\r\n\x1a\n"
MOST_BYTES = 1_000_000
LEAST_PIXELS, MOST_PIXELS = 32, 4000  # of a side


@dataclass(frozen=True)
class Logo:
    """A picture as an address that carries it whole, and how wide it is, its height being 1."""

    address: str
    ratio: float

    def fitted(self, width: float, height: float) -> tuple[float, float]:
        """
        Its size in a box, as large as fits, in the unit of the box.

        >>> Logo("", 4.0).fitted(50, 20), Logo("", 0.5).fitted(50, 20)
        ((50, 12.5), (10.0, 20))
        """
        return (width, width / self.ratio) if self.ratio * height > width else (height * self.ratio, height)


def read_logo(path: Path) -> Logo:
    """
    A logo from its file; the contents say what it is, not the ending of its name.
    Raises: ConfigurationError: with all that is wrong with it.
    """
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        what = f"the logo is larger than {MOST_BYTES // 1000:,} kB"
        raise _refused(what, "save it smaller: a page shows it a few centimetres wide", path)
    if data.startswith(PNG):
        return Logo(data_uri(data, "image/png"), _ratio(data, path))
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        drawing = sanitised(data, path.name)
        return Logo(data_uri(drawing.svg.encode(), "image/svg+xml"), drawing.width / drawing.height)
    raise _refused("the logo is neither an SVG nor a PNG", "save it as SVG, the sharper of the two, or as PNG", path)


def _ratio(data: bytes, path: Path) -> float:
    """Width of a PNG by its height, once every pixel of it has been decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
                width, height = picture.size
                if max(width, height) > MOST_PIXELS or min(width, height) < LEAST_PIXELS:
                    what = f"the logo is {width} × {height} pixels"
                    fix = f"save it with {LEAST_PIXELS} to {MOST_PIXELS} pixels a side"
                    raise _refused(what, fix, path)
                if getattr(picture, "n_frames", 1) > 1:
                    raise _refused("the logo is an animation", "save one picture of it", path)
                picture.load()
            # Decoding alone forgives a file that is cut off, once the page engine has told the library to.
            with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
                picture.verify()
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError, Image.DecompressionBombWarning) as error:
        raise _refused(f"the logo is a broken PNG: {error}", "save it again", path) from error
    return width / height


def _refused(what: str, fix: str, path: Path) -> ConfigurationError:
    return ConfigurationError(Problem("logo", what, "the cover of every pack shows it", fix, file=path.name))
