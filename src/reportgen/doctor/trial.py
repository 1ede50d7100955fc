"""
Trial: an engine draws, and what it drew is looked at. Called in a process of its own, which this may end.
Returns nothing: what is wrong is raised.
"""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET

from reportgen.doctor.ours import WEIGHTS
from reportgen.errors import Problem, SystemMissingError
from reportgen.resources import Resources

LETTERS = "ŵŷ£≥≤−"  # Welsh names, money, bounds, the minus sign


def page(resources: Resources) -> None:
    """
    WeasyPrint lays out and writes a page with the letters, one for each weight.
    Raises: ReportgenError: the engine complains, a letter ends at no glyph, or a font is not ours or not in the file.
    """
    from reportgen.pack.pdf import Press

    press = Press(resources.styles, epoch=0)
    head = '<!DOCTYPE html><html lang="en-GB"><head><title>Letters</title></head>'
    faces: dict[str, int] = {}
    for weight in WEIGHTS:  # on a page like the cover, which has no head or foot in another face
        words = f'<p style="page: cover; font-weight: {weight}">{LETTERS}</p>'
        printed = press.write(press.lay_out(f"{head}<body>{words}</body></html>"), f"letters in {weight}")
        face = _only_face(printed.data, weight)
        if face in faces:
            raise _unwell(f"weights {faces[face]} and {weight} look the same: both are {face}")
        faces[face] = weight


def _only_face(pdf: bytes, weight: int) -> str:
    """The name of the one font of a PDF: a second one, even if it is ours, took the place of letters of the first."""
    import pikepdf

    from reportgen.charts.theme import FAMILY
    from reportgen.pack.content import fonts_used, shown

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        used = list(fonts_used(shown(opened)))
    names = " and ".join(sorted(font.name for font in used)) or "no font"
    if len(used) != 1 or not names.replace("-", "").lower().startswith(FAMILY.replace(" ", "").lower()):
        raise _unwell(f"in weight {weight} it shows {' '.join(LETTERS)} in {names}")
    [font] = used
    if font.missing is None or font.missing:
        raise _unwell(f"{names} has no glyph for {' '.join(font.missing or LETTERS)}")
    if not font.embedded:
        raise _unwell(f"the font {names} is not in the file")
    return names


def picture(resources: Resources) -> None:
    """
    vl-convert makes a picture with the letters in both weights of charts.
    Raises: ReportgenError: the engine does not take the fonts, a letter has no glyph, is lost or leaves nothing behind.
    """
    from reportgen.charts import render, text, theme
    from reportgen.charts.picture import Text, texts
    from reportgen.charts.picture import picture as picture_of

    weights = (theme.REGULAR, theme.SEMIBOLD)
    for weight in weights:
        text.width(LETTERS, resources.fonts, weight=weight)
    lines = [Text(4, 20 * row, LETTERS, weight=weight) for row, weight in enumerate(weights, start=1)]
    svg = ET.fromstring(render.by_engine(picture_of(120, 50, texts(lines)), resources.fonts))
    if [LETTERS] * len(weights) != ["".join(word.itertext()) for word in svg.iter(f"{{{render.SVG}}}text")]:
        raise _unwell(f"it lost letters of {LETTERS}")
    for weight in weights:
        if lost := [letter for letter in LETTERS if not render.draws(letter, weight)]:
            raise _unwell(f"in weight {weight} it draws nothing for {' '.join(lost)}")


def _unwell(what: str) -> SystemMissingError:
    return SystemMissingError(Problem("engine-unwell", what, "it would stand so on every page", "install it again"))
