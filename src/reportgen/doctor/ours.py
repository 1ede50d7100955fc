"""
Ours: the templates, styles, data and fonts of reportgen, as they lie on the disk.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from fontTools.ttLib import TTFont, TTLibError

from reportgen.doctor.part import AGAIN, Part
from reportgen.resources import Resources

WEIGHTS = (300, 400, 600, 700)  # of the upright faces that styles and charts ask for


def folders(resources: Resources) -> Iterator[Part]:
    """Each folder of resources: there, and not empty."""
    for name in ("templates", "styles", "data/classification", "data/releases"):
        folder = resources.root / name
        if folder.is_dir() and any(folder.iterdir()):
            yield Part("ok", f"{name} of reportgen")
        else:
            yield Part("fails", f"{name} of reportgen is not there", AGAIN)


def fonts(resources: Resources) -> Part:
    """Both engines load the same files and no font of the system, so what they know is what stands there."""
    faces = set()
    for path in sorted(resources.fonts.glob("*.ttf")):
        try:
            with TTFont(io.BytesIO(path.read_bytes())) as font:
                faces.add((font["name"].getBestFamilyName(), font["OS/2"].usWeightClass, path.stem.endswith("It")))
        except (TTLibError, OSError) as error:
            return Part("fails", f"the font file {path.name} cannot be read: {error}", AGAIN)
    families = " and ".join(sorted({family for family, _, _ in faces}))
    absent = set(WEIGHTS) - {weight for _, weight, italic in faces if not italic}
    if absent:
        what = f"the fonts of reportgen lack weight {', '.join(map(str, sorted(absent)))}"
        return Part("fails", what, AGAIN)
    return Part("ok", f"fonts of reportgen: {families}, {len(faces)} faces")
