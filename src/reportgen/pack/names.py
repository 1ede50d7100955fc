"""
Names: texts that hold a number because they are called so: an area, an industry, a source, a series of packs. Gathers
them once for all packs of a release; the check of numbers passes over them.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen import classification
from reportgen.analysis.findings import INDICATORS
from reportgen.classification import Classification
from reportgen.pack.numbers import number_in
from reportgen.pack.written import in_sentence
from reportgen.release.model import Release
from reportgen.resources import Resources
from reportgen.settings import Settings


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
