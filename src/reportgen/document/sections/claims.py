"""Claims: what earlier work said, and whether it holds on this release; the published hotspots, one by one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.analysis.claims import SIGNIFICANT
from reportgen.analysis.sensitivity import RULES, Variant
from reportgen.assessment.claims import Assessed, Published, Side, Tested, Where, assess
from reportgen.document.brief import Brief
from reportgen.document.sections import pictures
from reportgen.facts.fact import Fact

MOST_NEW = 12  # places newly in that are named before they are counted


@dataclass(frozen=True)
class Place:
    """
    A published hotspot as an area of today.
    Args:
        name: of the area; empty where the release has none that goes by the published name.
        facts: whether each variant of the rules selects it, the one that decides first.
        chosen: how often it is selected, given chance in local units.
    """

    published: str
    name: str = ""
    facts: tuple[Fact, ...] = ()
    chosen: Fact | None = None

    @property
    def decides(self) -> float | None:
        """Whether the rule that decides selects it; None where that is not known."""
        return self.facts[0].value if self.facts else None


def gather(brief: Brief) -> dict[str, Any] | None:
    register = brief.material.claims
    if not (register.claims or register.hotspots):
        return None
    info = brief.release.info
    areas: Mapping[Where, Sequence[str]] = {
        "nation": [info.national],
        "britain": [info.great_britain],
        "regions": brief.release.at_level("regional"),
    }
    found = assess(register, brief.findings, areas, illustrative=info.illustrative)
    sources = [each.claim.source for each in found] + ([register.hotspots_source] if register.hotspots else [])
    context: dict[str, Any] = brief.words | {
        "rows": [_row(each) for each in found],
        "counts": {word: sum(each.verdict == word for each in found) for word in _VERDICTS},
        "sources": list(dict.fromkeys(sources)),
        "significant": f"{SIGNIFICANT:g}",
        "table_number": brief.next_table() if found else 0,
        "source": brief.source_line("employment", "businesses", "innovation", "gva", "input_output"),
    }
    context |= _hotspots(brief, register.hotspots)
    return context | {block: brief.say("claims", block, context).html for block in ("heading", "lede", "one_by_one")}


_VERDICTS = ("holds", "weaker", "not supported", "cannot be tested")


def _row(found: Assessed) -> dict[str, Any]:
    main = found.main
    return {
        "claim": found.claim,
        "verdict": found.verdict,
        "main": main,
        "statistic": main.statistics[0] if len(main.statistics) == 1 else None,
        "chance": main.chances[0] if len(main.chances) == 1 else None,
        "known": sum(fact.known for fact in main.sides),
        "period": _dashed(main.period),
        "others": {name: [_label(each, main) for each in found.others_on(side)] for name, side in _SIDES.items()},
        "beside": [each for each in found.others if len(each.statistics) == 1 and each.statistics[0].known],
    }


_SIDES: Mapping[str, Side | None] = {"for": 1, "open": 0, "against": -1, "unknown": None}


def _label(other: Tested, main: Tested) -> dict[str, str]:
    """How a further test is called: with its years where these are not those of the main test."""
    return {"called": other.called, "period": _dashed(other.period) if other.period != main.period else ""}


def _dashed(period: str) -> str:
    return re.sub(r"(?<=\d)-(?=\d)", "–", period)


def _hotspots(brief: Brief, published: Sequence[Published]) -> dict[str, Any]:
    """The published hotspots in this release, and the places that each variant of the rules selects besides."""
    own = brief.settings.hotspot
    variants = [
        Variant(own.rule, own.measure),
        *(Variant(rule, own.measure) for rule in RULES if rule != own.rule),
        Variant(own.rule, own.measure, it=False),
        Variant(own.rule, own.measure, london=False),
    ]
    local = set(brief.release.at_level("local"))
    codes = [(place.name, code) for place in published for code in place.areas if code in local]
    places = [_place(brief, name, code, variants) for name, code in codes]
    lost = [Place(place.name) for place in published if not local & set(place.areas)]
    here = {code for _, code in codes}
    new = [code for code in pictures.hotspots(brief, brief.area) if code not in here]
    totals = [
        brief.book.fact(brief.release.info.national, "hotspots-by-rule", "all", _year(brief), variant=each.name)
        for each in variants
    ]
    still = [sum(place.facts[at].value == 1 for place in places) for at in range(len(variants))]
    return {
        "places": [*places, *lost] if places else [],
        "drawn": len(places),
        "present": len(published) - len(lost),
        "published": [place.name for place in published],
        "split": [
            {"name": place.name, "areas": [brief.release.name_of(code) for code in place.areas if code in local]}
            for place in published
            if len(local & set(place.areas)) > 1
        ],
        "variants": variants,
        "totals": totals,
        "new": [None if fact.value is None else round(fact.value) - n for fact, n in zip(totals, still, strict=True)],
        "new_names": [brief.release.name_of(code) for code in new][:MOST_NEW],
        "more_new": max(0, len(new) - MOST_NEW),
        "still": sum(place.decides == 1 for place in places),
        "gone": sum(place.decides == 0 for place in places),
        "untold": sum(place.decides is None for place in places),
        "hotspot_year": _year(brief),
        "hotspots_source": brief.material.claims.hotspots_source,
        "hotspots_table": brief.next_table() if places else 0,
        "hotspot_data": brief.source_line("employment", "businesses"),
    }


def _place(brief: Brief, published: str, code: str, variants: Sequence[Variant]) -> Place:
    facts = tuple(brief.book.fact(code, "hotspot-by-rule", "all", _year(brief), variant=each.name) for each in variants)
    chosen = brief.book.fact(code, "selection-probability", "all", _year(brief), variant=brief.settings.hotspot.rule)
    return Place(published, brief.release.name_of(code), facts, chosen)


def _year(brief: Brief) -> str:
    return brief.years("jobs")[-1]
