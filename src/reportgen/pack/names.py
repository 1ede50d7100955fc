"""
Names: what areas are called inside a sentence; and all names that hold a number because something is called so, an
area, an industry, a source, which the check of numbers passes over. Gathered once for all packs of a release.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from reportgen import classification
from reportgen.analysis.findings import INDICATORS
from reportgen.classification import Classification
from reportgen.errors import ConfigurationError, Problem
from reportgen.pack.numbers import number_in
from reportgen.release.model import Release
from reportgen.resources import Resources
from reportgen.settings import Settings
from reportgen.toml import parse

NAMES = "data/names.toml"


def with_numbers(release: Release, resources: Resources, settings: Settings) -> tuple[str, ...]:
    """
    The names of a release, its classification, the settings and the team's own material that hold a number. A name
    without a letter is left out: it would hide every number that reads like it.
    """
    found = {" ".join(name.split()) for name in _all(release, resources, settings)}
    found |= {name[:1].upper() + name[1:] for name in found} | {name[:1].lower() + name[1:] for name in found}
    return tuple(sorted(name for name in found if number_in(name) and any(letter.isalpha() for letter in name)))


def _all(release: Release, resources: Resources, settings: Settings) -> Iterator[str]:
    info = release.info
    yield from (info.title, settings.series, settings.publisher)
    yield from settings.watermark.split("\n")
    for level in info.levels.values():
        yield from (level.singular, level.plural)
    for source in info.sources:
        yield from (source.name, source.publisher)
    yield from of_tables(release)
    yield from in_sentence(resources).values()
    yield from _groups(classification.chosen(resources, info.classification, settings))
    yield from (indicator.name for indicator in INDICATORS)


def of_tables(release: Release) -> Iterator[str]:
    """What areas, universities and industries are called in the tables of a release."""
    for frame in (release.areas, release.universities, release.input_output, release.input_output_totals):
        if frame is not None:
            for column in frame.columns.intersection(("name", "institution", "buyer", "supplier", "industry")):
                yield from frame[column].astype(str).unique()


def _groups(definitions: Classification) -> Iterator[str]:
    for group in (*definitions.creative, *definitions.left_out, *definitions.comparisons, definitions.whole):
        yield from (group.name, group.short, group.name.lower())
    yield from definitions.industries.values()


@functools.cache
def in_sentence(resources: Resources) -> Mapping[str, str]:
    """Name of an area → how it stands in a sentence, where that is not the same: a team's own names before ours."""
    found: dict[str, str] = {}
    for root in reversed(resources.roots):
        path = root / NAMES
        if path.is_file():
            found |= _names(path.read_bytes())
    return found


def _names(data: bytes) -> dict[str, str]:
    problems: list[Problem] = []
    found = (parse(data, NAMES, problems) or {}).get("in_sentence", {})
    if not (isinstance(found, dict) and all(isinstance(spoken, str) for spoken in found.values())):
        what, why = "[in_sentence] is no table of texts", "sentences name areas as it says"
        fix = 'write rows such as "South West" = "the South West"'
        problems.append(Problem("bad-names", what, why, fix, file=NAMES))
    if problems:
        raise ConfigurationError(problems)
    return {str(name): spoken for name, spoken in found.items()}
