"""Methods: how to read the pack, what its data leave out, which definitions and sources it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reportgen.analysis.sizes import LUMPINESS
from reportgen.analysis.universities import TABLE as UNIVERSITIES
from reportgen.document import advice
from reportgen.document.brief import Brief, Measure
from reportgen.document.fixed import Fixed, dated, fixed
from reportgen.facts import format as formats
from reportgen.facts.fact import Fact
from reportgen.release.model import Level, Source
from reportgen.release.tables import Status
from reportgen.wording import word

USED = {"areas", "employment", "businesses", "membership", "boundaries", "crosswalk"}  # tables that every pack draws on
MEASURES: tuple[Measure, ...] = ("jobs", "units")


def gather(brief: Brief) -> dict[str, Any]:
    info = brief.release.info
    used = USED | _advised(brief) | {table for fact in brief.voice.facts.values() for table in fact.source.split(";")}
    context: dict[str, Any] = brief.words | {
        "definitions": brief.classification.creative,
        "classification_title": fixed(brief.classification.title, "source"),
        "classification_source": fixed(brief.classification.source, "source"),
        "sources": _by_licence(source for source in info.sources if used & set(source.tables)),
        "area_name": brief.name,
        "derived": [_spoken_level(brief, info.levels[level]) for level in info.derive_levels],
        "absent": info.absent_codes,
        "publisher": brief.settings.publisher,
        "series": brief.settings.series,
        "contact": brief.settings.contact,
        "feedback": brief.settings.feedback,
        "licence": brief.settings.licence.rstrip("."),
        "disclaimer": brief.settings.disclaimer,
        "release_id": fixed(info.id, "code"),
        "revision": fixed(str(info.revision), "code"),
        "status": info.status,
        "published": dated(formats.date(info.published)),
        "reference_period": dated(info.reference_period),
        "geography": fixed(info.geography, "source"),
        "unknown": brief.side_count("unknown"),
        "split": _split(brief),
        "weights": [source.name for source in info.sources if "crosswalk" in source.tables],
        "raw_files": bool(info.raw_files),
    }
    context["sizes"] = brief.say("methods", "sizes", context | _sizes(brief)).html if brief.measure == "jobs" else ""
    context["quality"] = brief.say("methods", "quality", context).html
    context["shared_out"] = (
        brief.say("methods", "shared_out", context).html if brief.release.crosswalk is not None else ""
    )
    return context


def _spoken_level(brief: Brief, level: Level) -> str:
    """What lies at a level that is added up: by name where it is a single area."""
    if level.kind == "national":
        return brief.spoken(brief.release.info.national)
    return brief.benchmark_name if level.kind == "benchmark" else level.plural


def _advised(brief: Brief) -> set[str]:
    """Tables that the area's recommendations rest on or take a partner's name from: a name is from a source, too."""
    found = advice.advice(brief).recommendations
    facts = [
        fact for one in found for fact in (*one.facts.values(), *(one.partner.facts.values() if one.partner else ()))
    ]
    named = {UNIVERSITIES for one in found if one.partner and one.partner.kind == "university"}
    return named | {table for fact in facts for table in fact.source.split(";")}


def _sizes(brief: Brief) -> dict[str, Any]:
    """What intervals of jobs rest on, and the sub-sectors in which chance moves most and least."""
    year = brief.years("jobs")[-1]
    first = brief.findings.rows("effective-establishments", year=year).iloc[0]
    basis, banded = str(first["variant"]), str(first["other"])
    facts = {
        part: brief.book.fact(brief.benchmark, "effective-establishments", part, year, banded, basis)
        for part in brief.sub_sectors
    }
    known = sorted((part for part in facts if facts[part].known), key=lambda part: facts[part].value or 0.0)
    ends = [{"name": brief.full(part), "fact": facts[part]} for part in (known[:1] + known[-1:])]
    return {
        "lumpiness": {"basis": basis, "year": dated(banded), "assumed": f"{LUMPINESS:g}"},
        "lumpiest": ends[0] if ends else None,
        "smoothest": ends[-1] if ends else None,
    }


def _split(brief: Brief) -> list[tuple[str, Fixed, Fact]]:
    """Jobs and local units with their latest year and how much of them was shared out, where any of it could be."""
    found = [
        (word(f"things.{measure}"), dated(year), brief.book.fact(brief.area, "split-share", "", year, variant=measure))
        for measure in MEASURES
        for year in brief.years(measure)[-1:]
    ]
    return [(things, year, fact) for things, year, fact in found if fact.status is not Status.NOT_APPLICABLE]


def _by_licence(sources: Iterable[Source]) -> list[dict[str, Any]]:
    """Sources of one publisher under one licence share a row."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    for source in sources:
        rows.setdefault((source.publisher, source.attribution, source.licence), []).append(source.name)
    return [
        {"publisher": publisher, "attribution": attribution, "licence": licence, "names": names}
        for (publisher, attribution, licence), names in rows.items()
    ]
