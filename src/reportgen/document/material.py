"""
Material: what a team has of its own, read and checked once, before the first pack is made: colour, logo, watermark,
sections, rules, claims.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from reportgen.assessment import claims
from reportgen.assessment.rules import Rule, load
from reportgen.charts import theme
from reportgen.charts.colours import HOUSE, Palette, palette
from reportgen.charts.watermark import across
from reportgen.classification import chosen
from reportgen.document import own, templates
from reportgen.document.figures import data_uri
from reportgen.document.logo import Logo, read_logo
from reportgen.document.outline import misplaced
from reportgen.errors import ConfigurationError, Problem
from reportgen.resources import Resources
from reportgen.settings import Settings

Part = TypeVar("Part")
PAGE, GROUND = (210.0, 297.0), (210.0, 218.0)  # mm: a page, and the navy part of the cover


@dataclass(frozen=True)
class Watermark:
    """A word across every page: the word itself, and its pictures for the page and for the navy of the cover."""

    word: str
    page: str
    cover: str


@dataclass(frozen=True)
class Material:
    """
    What a team has of its own; nothing of it unless it says so. `rules` is None where there are none; `claims` are ours
    unless it has its own.
    """

    palette: Palette = HOUSE
    logo: Logo | None = None
    watermark: Watermark | None = None
    rules: tuple[Rule, ...] | None = None
    claims: claims.Register = claims.NONE


@cache
def gathered(resources: Resources, settings: Settings, classification: str) -> Material:
    """
    Everything of a team's own.
    Args:
        classification: id of the version whose sub-sectors rules may name.
    Raises: ConfigurationError: with all that is wrong with it, whatever part it is in.
    """
    sections, folder = settings.sections, resources.templates
    parts = _Parts([*misplaced(sections), *templates.faults(folder), *own.faults(folder, sections)])
    material = Material(
        parts.checked(lambda: palette(settings.accent)) or HOUSE,
        parts.checked(lambda: _logo(resources, settings)),
        parts.checked(lambda: _watermark(resources, settings.watermark.strip())),
        parts.checked(lambda: load(resources, chosen(resources, classification, settings))) or None,
        parts.checked(lambda: _claims(resources)) or claims.NONE,
    )
    if parts.problems:
        raise ConfigurationError(parts.problems)
    return material


class _Parts:
    """Gathers the problems of all parts, so that they are told at once."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def checked(self, make: Callable[[], Part]) -> Part | None:
        try:
            return make()
        except ConfigurationError as error:
            self.problems += error.problems
            return None


def _logo(resources: Resources, settings: Settings) -> Logo | None:
    if settings.logo is None:
        return None
    path = resources.find(settings.logo.as_posix())
    if path is None:
        raise ConfigurationError(
            Problem(
                "logo",
                f"there is no file {settings.logo} in the working folder",
                "the cover of every pack shows it",
                "put the file there, a file and no link to one elsewhere, and write its path from there",
                detail=f'logo = "{settings.logo}"',
            )
        )
    return read_logo(path)


def _watermark(resources: Resources, word: str) -> Watermark | None:
    if not word:
        return None
    page, ground = (
        data_uri(across(word, resources.fonts, *size, colour).encode(), "image/svg+xml")
        for size, colour in ((PAGE, theme.WATERMARK), (GROUND, theme.WATERMARK_ON_NAVY))
    )
    return Watermark(word, page, ground)


def _claims(resources: Resources) -> claims.Register:
    path = resources.find(claims.FILE)
    return claims.NONE if path is None else claims.read_register(path)
