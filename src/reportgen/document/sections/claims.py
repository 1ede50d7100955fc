"""Claims: what earlier work said, and whether it holds on this release; the published hotspots, one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.analysis.claims import SIGNIFICANT
from reportgen.analysis.sensitivity import RULES, Variant
from reportgen.assessment.claims import Assessed, Published, Side, Tested, Where, assess, verdict
from reportgen.document.brief import Brief
from reportgen.document.fixed import dated
from reportgen.document.sections import pictures
from reportgen.facts import format as formats
from reportgen.facts.fact import Fact
from reportgen.facts.tally import stated

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
        "rows": [_row(brief, each) for each in found],
        "claims": _counted(brief, "claims", found),
        "counts": {
            word: _counted(brief, f"claims-{word.replace(' ', '-')}", [each for each in found if each.verdict == word])
            for word in _VERDICTS
        }
        | {"can be tested": _counted(brief, "claims-tested", [each for each in found if each.main.side is not None])},
        "sources": list(dict.fromkeys(sources)),
        "significant": f"{SIGNIFICANT:g}",
        "table_number": brief.next_table() if found else 0,
        "source": brief.source_line("employment", "businesses", "innovation", "gva", "input_output"),
    }
    context |= _hotspots(brief, register.hotspots)
    return context | {block: brief.say("claims", block, context).html for block in ("heading", "lede", "one_by_one")}


_VERDICTS = ("holds", "weaker", "not supported", "cannot be tested")


def _counted(brief: Brief, word: str, found: Sequence[Assessed]) -> Fact:
    """How many claims there are, on the figures that their main tests look at."""
    of = [fact for each in found for fact in each.main.statistics]
    return stated(brief.area, brief.year, word, len(found), of, unit="claims")


def _row(brief: Brief, found: Assessed) -> dict[str, Any]:
    main = found.main
    known = [fact for fact in main.sides if fact.known]
    return {
        "claim": found.claim,
        "verdict": found.verdict,
        "invented": verdict(main.side, [each.side for each in found.others])
        if found.verdict == "by construction"
        else "",
        "main": main,
        "statistic": main.statistics[0] if len(main.statistics) == 1 else None,
        "chance": main.chances[0] if len(main.chances) == 1 else None,
        "known": brief.tally(f"{found.claim.id}-known", known),
        "on": {
            name: brief.tally(f"{found.claim.id}-{name}", [fact for fact in known if fact.value == side])
            for name, side in _SIDES.items()
        },
        "period": formats.period(main.period),
        "others": {name: [_label(each, main) for each in found.others_on(side)] for name, side in _SIDES.items()},
        "beside": [each for each in found.others if len(each.statistics) == 1 and each.statistics[0].known],
    }


_SIDES: Mapping[str, Side | None] = {"for": 1, "open": 0, "against": -1, "unknown": None}


def _label(other: Tested, main: Tested) -> dict[str, str]:
    """How a further test is called: with its years where these are not those of the main test."""
    return {"called": other.called, "period": formats.period(other.period) if other.period != main.period else ""}


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
    decided = [place.facts[0] for place in places]

    def stating(word: str, number: int | None, of: Sequence[Fact] = decided) -> Fact:
        return stated(brief.area, _year(brief), word, number, of)

    return {
        "places": [*places, *lost] if places else [],
        "drawn": brief.tally("published-areas", decided),
        "present": stating("published-present", len(published) - len(lost)),
        "published": [place.name for place in published],
        "published_count": stating("published", len(published)),
        "split": [
            {
                "name": place.name,
                "areas": [brief.release.name_of(code) for code in place.areas if code in local],
                "count": brief.tally(
                    f"areas-of-{place.areas[0]}", [one.facts[0] for one in places if one.published == place.name]
                ),
            }
            for place in published
            if len(local & set(place.areas)) > 1
        ],
        "variants": variants,
        "totals": totals,
        "new": [
            stating(f"newly-in-{variant.name}", *_newly(total, [place.facts[at] for place in places]))
            for at, (variant, total) in enumerate(zip(variants, totals, strict=True))
        ],
        "new_names": [brief.release.name_of(code) for code in new][:MOST_NEW],
        "more_new": stating("newly-in-not-named", max(0, len(new) - MOST_NEW), [totals[0], *decided]),
        "still": brief.tally("published-still", [fact for fact in decided if fact.value == 1]),
        "gone": brief.tally("published-gone", [fact for fact in decided if fact.value == 0]),
        "untold": brief.tally("published-untold", [fact for fact in decided if not fact.known]),
        "hotspot_year": dated(_year(brief)),
        "hotspots_source": brief.material.claims.hotspots_source,
        "hotspots_table": brief.next_table() if places else 0,
        "hotspot_data": brief.source_line("employment", "businesses"),
    }


def _newly(total: Fact, published: Sequence[Fact]) -> tuple[int | None, list[Fact]]:
    """How many of all hotspots are none of the published ones, and what that rests on."""
    still = [fact for fact in published if fact.value == 1]
    return None if total.value is None else round(total.value) - len(still), [total, *still]


def _place(brief: Brief, published: str, code: str, variants: Sequence[Variant]) -> Place:
    facts = tuple(brief.book.fact(code, "hotspot-by-rule", "all", _year(brief), variant=each.name) for each in variants)
    chosen = brief.book.fact(code, "selection-probability", "all", _year(brief), variant=brief.settings.hotspot.rule)
    return Place(published, brief.release.name_of(code), facts, chosen)


def _year(brief: Brief) -> str:
    return brief.years("jobs")[-1]
