"""
Poster: where everything on the one-page infographic stands, for each of its formats. Takes finished words and numbers
and measures them with the fonts; gives lines, marks and a map in px, which templates/infographic.svg draws.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.charts import theme
from reportgen.charts.outlines import Extent, Outlines
from reportgen.charts.picture import Text
from reportgen.charts.poster_map import Place, View, draw
from reportgen.charts.poster_sheet import COLUMNS, GAP, SOFT, Format, Sheet, write
from reportgen.charts.poster_stories import Story, needed, told
from reportgen.charts.text import width, wrap

KEY_ROW = 15.0  # px
ABOVE, BELOW = 24.0, 14.0  # px above and below the stories
LEAST_NAVY = 0.54  # share of the height that is navy, at least
CLAIM_SIZES = (58.7, 46.0, 36.0, 28.0, 20.0)  # px of the two large figures; the first in which both fit


PAGE = Format("page", 210 * theme.MM, 297 * theme.MM, 18 * theme.MM, 0.64, (48, 42, 36, 30, 25, 21), 4, 14, True)
SHARED = (
    Format("1200x1500", 800, 1000, 52, 0.585, (46, 40, 34, 29, 25, 21), 4, 14, True, 20, 1.5),
    Format("1200x630", 800, 420, 36, 1.0, (32, 28, 24, 21, 18, 15), 3, 12, False, 5, 1.5),
)
FORMATS = (PAGE, *SHARED)


@dataclass(frozen=True)
class Claim:
    """A large figure, or the mark of a number that is not known, and what it is."""

    figure: str
    words: str


@dataclass(frozen=True)
class Content:
    """
    What the infographic says and shows: finished words, and areas on a map.
    Args:
        head: whose it is and from which release; mark: what must be known before anything is quoted, often empty.
        key: kind of a mark (firm, open, depends, own, rest) and its words, as far as the map has such marks.
        outlines, extent: what the map shows; none where the release has no outlines. shape: codes of its land; empty:
            all of it; around: codes of land drawn fainter beneath it.
        country: an extent round it, of which the map is where there is room to enlarge the other; often none.
    """

    head: str
    mark: str
    title: str
    claims: tuple[Claim, ...]
    stories: tuple[Story, ...]
    limits: str
    alt: str
    key: tuple[tuple[str, str], ...] = ()
    places: tuple[Place, ...] = ()
    outlines: Outlines | None = None
    extent: Extent | None = None
    shape: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    country: Extent | None = None


def laid_out(content: Content, form: Format, fonts: Path, *, strip: bool) -> Sheet:
    """
    A sheet of the infographic: nothing covers anything else, whatever the names are.
    Args: strip: leave room for the hatched strip at its upper edge.
    """
    sheet = Sheet(form)
    inner, left = form.width - 2 * form.margin, form.margin
    foot = _foot(sheet, content, fonts)
    stories = content.stories[:COLUMNS] if form.stories else ()
    sheet.navy = _navy(content, form, foot, fonts) if stories else (foot if form.stories else form.height)
    country = content.country if form.stories else None
    shown = country or content.extent
    high = bool(shown and shown.tall)
    beside = content.extent is not None and (high or not form.stories)  # the map beside the words, not below them
    column = inner * 0.52 if beside else inner
    top = _head(sheet, content, fonts, (9.0 if strip else 0.0) + form.margin * 0.62)
    y = _title(sheet, content, fonts, top, column)
    y = _claims(sheet, content, fonts, y + form.words * 1.6, column)
    bottom = sheet.navy - 18 if form.stories else foot - 12
    keys = _key(sheet, content, fonts, bottom, column if beside else inner)
    if content.outlines is not None and content.extent is not None:
        box = (
            (left + column + 8, top - 20, form.width - 14, bottom) if beside else (left, y + 14, left + inner, keys - 8)
        )
        room = (left, y + 20, left + column - 12, keys - 10) if beside and form.stories else None
        seen = View(content.outlines, content.extent, content.shape, form.named, content.around, country)
        sheet.map = draw(content.places, seen, box, room, fonts)
    told(sheet, stories, fonts, (left, sheet.navy + ABOVE, left + inner, foot - BELOW))
    return sheet


def _navy(content: Content, form: Format, foot: float, fonts: Path) -> float:
    """Where navy ends: as the format has it, or higher, as far as stories need the room for all of their rows."""
    room = needed(content.stories[:COLUMNS], fonts, form.width - 2 * form.margin)
    return max(min(round(form.height * form.navy), int(foot - BELOW - ABOVE - room)), round(form.height * LEAST_NAVY))


def _foot(sheet: Sheet, content: Content, fonts: Path) -> float:
    """The limits, up from the lower edge; gives where they begin."""
    form, size = sheet.format, theme.NOTE
    room = form.width - 2 * form.margin
    count = len(wrap(content.limits, room, fonts, size, even=False))
    top = form.height - form.margin * 0.45 - count * size * 1.3
    colours = (theme.RULE, theme.INK_3) if form.stories else (theme.LAND_ON_NAVY, SOFT)
    sheet.rules.append((form.margin, top - 4, room, colours[0]))
    write(sheet, content.limits, form.margin, top - 2, room, fonts, size, colour=colours[1], leading=1.3)
    return top - 4


def _head(sheet: Sheet, content: Content, fonts: Path, y: float) -> float:
    form = sheet.format
    room = form.width - 2 * form.margin
    if content.mark:
        y = write(sheet, content.mark, form.margin, y - 12, room, fonts, theme.TEXT, weight=theme.SEMIBOLD)
        y += theme.TEXT * 0.2 + 12
    return write(sheet, content.head, form.margin, y - 12, room, fonts, theme.TEXT, colour=SOFT) + 12


def _title(sheet: Sheet, content: Content, fonts: Path, y: float, room: float) -> float:
    form = sheet.format
    for size in form.titles:
        if len(wrap(content.title, room, fonts, size, theme.SEMIBOLD)) <= form.lines and _fits(
            content.title.split(), room, fonts, size
        ):
            break
    return write(sheet, content.title, form.margin, y, room, fonts, size, weight=theme.SEMIBOLD, leading=1.04)


def _fits(words: Iterable[str], room: float, fonts: Path, size: float) -> bool:
    return all(width(word, fonts, size, theme.SEMIBOLD) <= room for word in words)


def _claims(sheet: Sheet, content: Content, fonts: Path, y: float, room: float) -> float:
    """The claims side by side: figures in one size, what they are below."""
    form, count = sheet.format, max(len(content.claims), 1)
    column = min((room - GAP * (count - 1)) / count, 300.0)
    sizes = [size for size in CLAIM_SIZES if size <= form.titles[0] * 1.25]
    fitting = (size for size in sizes if _fits((claim.figure for claim in content.claims), column, fonts, size))
    size = next(fitting, sizes[-1])
    ends = [y]
    for number, claim in enumerate(content.claims):
        x = form.margin + number * (column + GAP)
        sheet.lines.append(Text(x, y + size * 0.95, claim.figure, size=size, weight=theme.SEMIBOLD, colour=theme.PAPER))
        ends.append(write(sheet, claim.words, x, y + size * 1.05, column, fonts, form.words, colour=SOFT))
    return max(ends)


def _key(sheet: Sheet, content: Content, fonts: Path, bottom: float, room: float) -> float:
    """What the marks of the map are, up from the bottom; gives where they begin."""
    rows: list[tuple[str, Sequence[str]]] = [
        (kind, wrap(words, room - 20, fonts, theme.TEXT, even=False)) for kind, words in content.key
    ]
    y = bottom - sum(len(lines) for _, lines in rows) * KEY_ROW
    begin = y
    for kind, lines in rows:
        sheet.key.append((kind, sheet.format.margin + 6, y + KEY_ROW - 4))
        for line in lines:
            y += KEY_ROW
            sheet.lines.append(Text(sheet.format.margin + 20, y, line, colour=SOFT))
    return begin
