"""Methods: how to read the pack, what its data leave out, which definitions and sources it rests on."""

from __future__ import annotations

from typing import Any

from reportgen.analysis.findings import INDICATORS
from reportgen.document.brief import Brief
from reportgen.document.sections.cover import spelled


def gather(brief: Brief) -> dict[str, Any]:
    info = brief.release.info
    said = {fact.key[1] for fact in brief.voice.facts.values()}
    context: dict[str, Any] = brief.words | {
        "indicators": [indicator for indicator in INDICATORS if indicator.id in said],
        "definitions": brief.classification.creative,
        "classification_title": brief.classification.title,
        "classification_source": brief.classification.source,
        "sources": info.sources,
        "derived": [info.levels[level].plural for level in info.derive_levels],
        "absent": info.absent_codes,
        "publisher": brief.settings.publisher,
        "series": brief.settings.series,
        "contact": brief.settings.contact,
        "release_id": info.id,
        "revision": info.revision,
        "status": info.status,
        "published": spelled(info.published),
        "reference_period": info.reference_period,
        "geography": info.geography,
        "unknown": brief.side_count("unknown"),
    }
    context["quality"] = brief.say("methods", "quality", context).html
    return context
