"""
Expected: what the finished packs of a release are held against, gathered from the release, our fonts and the settings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fontTools.ttLib import TTFont

from reportgen.document.links import addresses
from reportgen.pack.finish import ARCHIVAL
from reportgen.pack.model import folder_of
from reportgen.pack.names import of_tables, with_numbers
from reportgen.release.model import Release
from reportgen.resources import Resources
from reportgen.settings import Settings

PAGES = {"national": (4, 32), "regional": (3, 11), "local": (3, 6)}  # kind → fewest and most counted pages
MARKS = re.compile(r"\{[{%#].*?[}%#]\}|<[^>]*>|[\"\n]", re.DOTALL)  # of templates and of TOML
# With what may not stand before a word behind it, the expression is sought by first letters, in half the time.
_ALONE = "|".join(
    rf"{word}(?<!\w{word})" for word in ("nan", "NaN", "NAN", "inf", "Inf", "Infinity", "undefined", "NaT", "<NA>")
)
STRAY = re.compile(rf"(?:{_ALONE}|None(?<!\wNone)(?!\s+of\b))(?!\w)|\{{\{{|\}}\}}|\{{%|\ufffd")


@dataclass(frozen=True)
class Expected:
    """
    What the check has to know of a release.
    Args:
        release: id.
        illustrative: the mark is due on every page and figure; else it must stand nowhere.
        fonts: allowed font families, lower case, letters and digits only.
        links: addresses outside the pack that it may point to.
        names: texts of the release, or of the team's own, that hold a word which is stray anywhere else, such as an
            area called None.
        numbered: names that hold a number.
        lettering: folder of the font files, to measure the texts of figures with.
        archival: its PDF must be PDF/A, as the settings ask.
        pages: folder of a pack → the fewest and the most counted pages that its kind has.
        watermark: a word that must stand on every page and figure, such as DRAFT; empty: none.
    """

    release: str
    illustrative: bool
    fonts: frozenset[str]
    links: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    watermark: str = ""
    numbered: tuple[str, ...] = ()
    lettering: Path | None = None
    archival: bool = False
    pages: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def expected(release: Release, resources: Resources, settings: Settings) -> Expected:
    """Gather from a release, our fonts and the settings what its packs are held against."""
    info = release.info
    texts = {info.title, info.reference_period, info.geography}
    texts |= {text for source in info.sources for text in (source.name, source.publisher, source.attribution)}
    texts |= {settings.series, settings.publisher, settings.contact, settings.feedback}
    texts |= {settings.licence, settings.disclaimer, *_own_texts(resources)}
    texts |= set(of_tables(release))
    return Expected(
        release=info.id,
        illustrative=info.illustrative,
        fonts=frozenset(_families(resources)),
        links=frozenset([*(source.url for source in info.sources if source.url), *addresses(settings)]),
        names=tuple(
            sorted((spaced(text) for text in texts if STRAY.search(text)), key=lambda name: (-len(name), name))
        ),
        watermark=settings.watermark.strip(),
        numbered=with_numbers(release, resources, settings),
        lettering=resources.fonts,
        archival=settings.pdf_variant == ARCHIVAL,
        # With sections or templates of a team's own, how long a pack is is theirs to say.
        pages={} if settings.sections or resources.own else _lengths(release),
    )


def _lengths(release: Release) -> dict[str, tuple[int, int]]:
    return {folder_of(area, release): PAGES[release.pack_kind(area)] for area in release.packs()}


def _own_texts(resources: Resources) -> Iterator[str]:
    """What a team wrote itself in templates and rules, piece by piece between the marks: its words are its own."""
    for own in resources.own:
        path = resources.find(own.name) if own.name.endswith((".html", ".toml")) else None
        if path is not None:
            yield from MARKS.split(path.read_text(encoding="utf-8", errors="replace"))


def _families(resources: Resources) -> Iterator[str]:
    for path in resources.styles.files("**/*.ttf").values():
        with TTFont(path, lazy=True) as font:
            yield plain_name(font["name"].getBestFamilyName())


def plain_name(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def spaced(text: str) -> str:
    return " ".join(text.split())
