"""
Economy: an area's creative work beside its other industries, in short: co-location, innovation and supply chain, which
the national report has a chapter each for. A local pack has them in sentences alone, with the innovation of its region.
"""

from __future__ import annotations

from typing import Any

from reportgen.analysis.colocation import IN_MATRIX
from reportgen.analysis.innovation import ALL, FEWEST, MEASURES, TABLE
from reportgen.analysis.supply_chain import OTHER
from reportgen.document.brief import QUOTIENT, Brief
from reportgen.document.brief import TABLE as COUNTED
from reportgen.document.fixed import dated
from reportgen.document.sections.colocation import CORRELATIONS, correlation
from reportgen.document.sections.innovation import difference, rate, surveyed, wave_of
from reportgen.document.sections.tested import along
from reportgen.facts import format as formats
from reportgen.facts.fact import Fact
from reportgen.facts.words import Side, compared, side
from reportgen.release.tables import Status
from reportgen.wording import word

MOST = 0.5  # of a difference
FULL_ENOUGH = 0.99  # a share of jobs that is as good as all of them
FIRST = "creative.1"  # the largest buyer of creative inputs


def gather(brief: Brief) -> dict[str, Any] | None:
    context: dict[str, Any] = brief.words | {
        "concentrated": side(brief.quotient, 1),
        "quotient": brief.quotient,
        "has_local": bool(brief.release.at_level("local")),
    }
    home = brief.regions[0].code if brief.kind == "local" and brief.regions else brief.area
    # By local units, areas count that the survey of jobs does not cover.
    whole = brief.release.info.national if brief.measure == "units" else brief.benchmark
    beside = _beside(brief)
    context |= {
        "beside": beside,
        "unsure_correlation": any(row["correlation"].status is Status.LOW_RELIABILITY for row in beside[1:]),
        "correlated_in": brief.spoken(whole),
        "home": brief.spoken(home),
        "alone": home != brief.area and len(brief.members_of(home)) == 1,  # its region is the area itself
    }
    context |= _innovation(brief, home) | _supply(brief)
    if not any((brief.quotient.known, context["rates"], context["exposed"].known)):
        return None
    context["heading"] = brief.say("economy", "heading_in_short" if brief.kind == "local" else "heading", context).html
    context["source"] = brief.source_line(COUNTED[brief.measure])
    if brief.kind == "local":
        tables = [COUNTED[brief.measure], *([TABLE] if context["rates"] else [])]
        tables += ["employment", "input_output", "input_output_totals"] if context["exposed"].known else []
        return context | {"all_sources": brief.source_line(*tables)}
    context["beside_table_number"] = brief.next_table()
    context["rates_table_number"] = brief.next_table() if context["rates"] else 0
    context["exposure_table_number"] = brief.next_table() if context["exposed"].known else 0
    return context


def _beside(brief: Brief) -> list[dict[str, Any]]:
    """Creative industries and what they are held against: how concentrated here, how alike in Britain."""
    variant = brief.measure
    return [
        {
            "group": group,
            "name": brief.full(group),
            "quotient": brief.fact(QUOTIENT[brief.measure], group),
            "correlation": None
            if group == "all"
            else correlation(brief, CORRELATIONS[0], "all", group, variant, brief.measure),
        }
        for group in ("all", *IN_MATRIX)
    ]


def _innovation(brief: Brief, area: str) -> dict[str, Any]:
    """The rates of the survey in an area; no row where it does not know the creative businesses there."""
    there = surveyed(brief, area)
    rates = [_rates(brief, area, measure) for measure in (MEASURES if there else ())]
    return {
        "rates": rates if any(row["creative"].known for row in rates) else [],
        "surveyed": there,
        "why_no_rates": rates[0]["creative"] if rates else None,
        "innovative": side(rates[0]["difference"], 0) if rates else "unknown",
        "ahead": _measured(rates, "above"),
        "behind": _measured(rates, "below"),
        "wave": dated(formats.period(wave_of(brief))),
        "nation": brief.spoken(brief.release.info.national),
        "nation_short": brief.in_short(brief.release.info.national),
        "fewest": FEWEST,
        "few": any(
            row[cell].status is Status.NOT_APPLICABLE
            for row in rates
            for cell in ("creative", "whole", "difference", "nation")
        ),
        "survey_source": brief.source_line(TABLE),
    }


def _rates(brief: Brief, area: str, measure: str) -> dict[str, Any]:
    return {
        "measure": measure,
        "creative": rate(brief, area, "all", measure),
        "whole": rate(brief, area, "", measure),
        "difference": difference(brief, area, ALL, measure),
        "nation": difference(brief, area, brief.release.info.national, measure),
    }


def _measured(rates: list[dict[str, Any]], where: Side) -> list[str]:
    """In words, the kinds of innovation by which creative businesses clearly differ from all businesses there."""
    return [word(f"innovation.{row['measure']}") for row in rates if side(row["difference"], 0) == where]


def _supply(brief: Brief) -> dict[str, Any]:
    """How much the mix of industries leans on creative inputs, here and in Great Britain."""
    year = brief.years("jobs")[-1]
    here, there = (
        {buyers: _exposure(brief, area, buyers, year) for buyers in (ALL, OTHER)}
        for area in (brief.area, brief.benchmark)
    )
    return {
        "exposed": here[ALL],
        "exposure": [{"buyers": buyers, "here": here[buyers], "there": there[buyers]} for buyers in (ALL, OTHER)],
        "leans": compared(here[ALL], there[ALL]),
        "others_lean": compared(here[OTHER], there[OTHER]),
        "mostly_own": mostly_own(here[ALL], there[ALL], here[OTHER], there[OTHER]),
        "coverage": brief.book.fact(brief.area, "creative-input-coverage", year=year),
        "full_enough": FULL_ENOUGH,
        **_buyer(brief, year),
        "jobs_year": dated(year),
        "supply_source": brief.source_line("employment", "input_output", "input_output_totals"),
    }


def _buyer(brief: Brief, year: str) -> dict[str, Any]:
    """The industry outside the creative ones that buys most creative inputs here, as the country's industries buy."""
    [code] = along(brief, "buying-industry", "other", area=brief.area, variant=FIRST)
    fact = brief.book.fact(brief.area, "buying-industry", year=year, other=code, variant=FIRST)
    return {"buyer": fact, "buyer_name": brief.classification.industry(code)}


def _exposure(brief: Brief, area: str, buyers: str, year: str) -> Fact:
    return brief.book.fact(area, "creative-input-exposure", year=year, other=buyers, variant="creative")


def mostly_own(here: Fact, there: Fact, others_here: Fact, others_there: Fact) -> bool:
    """
    Whether most of the difference of an area's exposure from the whole's is that of its own creative industries: of
    how many jobs they have, and which. Exposure is p·c + (1 − p)·o, where p of the jobs are in creative industries, so
    a change of the other industries' average o moves it by less than that change: if this is no more than half of the
    difference, or goes the other way, the rest is theirs.
    Args: facts on all industries here and there, and on those that are not creative.
    """
    if any(fact.value is None for fact in (here, there, others_here, others_there)):
        return False
    whole = (here.value or 0.0) - (there.value or 0.0)
    others = (others_here.value or 0.0) - (others_there.value or 0.0)
    return whole != 0 and others / whole <= MOST
