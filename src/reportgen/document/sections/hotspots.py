"""Hotspots: the national map, the rules, the places that lead, and how much the list hangs on the rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import Any

from markupsafe import Markup

from reportgen.analysis.sensitivity import RULES, Variant
from reportgen.charts import theme
from reportgen.charts.rows import Column
from reportgen.charts.rule_strip import LINE, NAME, ROW, rule_strip
from reportgen.charts.text import wrap
from reportgen.document.brief import Brief
from reportgen.document.figures import charted
from reportgen.document.figures import rows as figure_rows
from reportgen.document.fixed import dated
from reportgen.document.sections import national_maps, pictures
from reportgen.facts.fact import Fact
from reportgen.settings import RuleMeasure, RuleName
from reportgen.wording import word

ROOM = 350.0  # px, height of the rows of places, so that they share a page with the table of rules
ASKED: tuple[RuleMeasure, ...] = ("jobs", "units", "both")  # order of the rows of a rule
LONDON_AND_IT = ((True, True), (True, False), (False, True), (False, False))  # columns of the table of rules


@dataclass(frozen=True)
class RuleLine:
    """
    A row of the table of rules.
    Args:
        ours: whether it is the rule that decides; counts: for each column, how many hotspots, how many of ours.
    """

    rule: RuleName
    measure: RuleMeasure
    ours: bool
    counts: tuple[tuple[Fact, Fact], ...]


def gather(brief: Brief) -> dict[str, Any] | None:
    if not brief.release.at_level("local"):
        return None
    year = brief.years("jobs")[-1]
    spots = pictures.hotspots(brief, brief.area)
    known = _known(brief)
    context: dict[str, Any] = brief.words | {
        "year": dated(year),
        "count": brief.fact("hotspot-count", "all", area=brief.area, year=year),
        "tested": brief.fact("hotspot-areas", "all", area=brief.area, year=year),
        "areas": brief.fact("areas", area=brief.area, year=year),
        "open_spots": pictures.open_spots(brief, spots),
        "open_count": pictures.open_count(brief, spots),
        "names": [brief.release.name_of(code) for code in spots],
        "untold": pictures.untold(brief, brief.release.at_level("local"), "creative-jobs"),
        "all_rules": RULES,
        "rows": known[: _fitting(brief, [str(row["name"]) for row in known])],
        "rows_that_pass": len(spots),
        "source": brief.source_line("employment", "businesses"),
    }
    context |= national_maps.told_apart(brief, spots) | _sensitivity(brief, spots) | _london(brief) | _by_units(brief)
    context |= _by_all(brief, spots)
    context["heading"] = brief.say("hotspots", "heading", context).html
    context["moved"] = brief.say("hotspots", "moved", context).html
    context["london_is"] = brief.say("hotspots", "london_is", context).html
    context["figure"] = national_maps.hotspot_map(brief, context, spots)
    context["strip"] = _strip(brief, context) if known else Markup()
    context["rules_table_number"] = brief.next_table()
    return context


def _by_units(brief: Brief) -> dict[str, Any]:
    """How many places are judged although their jobs are not known, and whether none of these passes."""
    year = brief.years("jobs")[-1]
    verdicts = [
        brief.fact("hotspot", "all", area=code, year=year)
        for code in brief.release.at_level("local")
        if not brief.fact("location-quotient", "all", area=code, year=year).known
    ]
    known = [fact for fact in verdicts if fact.known]
    return {"by_units": brief.tally("by-units", known), "none_by_units": all(fact.value == 0 for fact in known)}


def _known(brief: Brief) -> list[dict[str, Any]]:
    """What the table says of the local areas whose quotient is known: hotspots first, then by quotient."""
    year, rule = brief.years("jobs")[-1], brief.settings.hotspot.rule
    rows = [
        pictures.area_facts(brief, code)
        | {
            "code": code,
            "name": brief.release.name_of(code),
            "hotspot": brief.fact("hotspot", "all", area=code, year=year),
            "chosen": brief.book.fact(code, "selection-probability", "all", year, variant=rule),
            "place": brief.book.fact(code, "quotient-rank-interval", "all", year),
            "robust": brief.book.fact(code, "hotspot-robustness", "all", year),
        }
        for code in brief.release.at_level("local")
    ]
    known = [row for row in rows if row["quotient"].known]
    known.sort(
        key=lambda row: (
            row["hotspot"].value != 1,
            row["rank"].value or float("inf"),
            -row["quotient"].value,
            row["name"],
        )
    )
    return known


def _fitting(brief: Brief, names: list[str]) -> int:
    """How many places the page has room for: long names take more lines."""
    heights = [ROW + LINE * (len(wrap(name, NAME, brief.fonts, theme.ROW)) - 1) for name in names]
    return sum(1 for total in accumulate(heights) if total <= ROOM)


def _strip(brief: Brief, context: dict[str, Any]) -> Markup:
    """Place by place: its quotient, its rank by local units, which rules select it, and in how many draws of units."""
    own, rows = brief.settings.hotspot, context["rows"]
    variants = {rule: {measure: Variant(rule, measure).name for measure in ASKED} for rule in RULES}
    answers = [
        (row["name"], brief.book.fact(row["code"], "hotspot-by-rule", "all", brief.years("jobs")[-1], variant=variant))
        for row in rows
        for of_rule in variants.values()
        for variant in of_rule.values()
    ]
    chosen = figure_rows([(row["name"], row["chosen"]) for row in rows])
    draw = partial(
        rule_strip,
        figure_rows([(row["name"], row["quotient"]) for row in rows]),
        figure_rows([(row["name"], row["place"]) for row in rows]),
        figure_rows(answers),
        fonts=brief.fonts,
        groups={
            word(f"rules.{rule}"): {variant: word(f"rules.{measure}") for measure, variant in of_rule.items()}
            for rule, of_rule in variants.items()
        },
        ours=variants[own.rule][own.measure],
        numbers=[row.text for row in figure_rows([(row["name"], row["rank"]) for row in rows])],
        words={
            "number": word("axis.rank"),
            "value": word("axis.quotient"),
            "interval": word("axis.interval"),
            "rank": word("rules.rank"),
            "plot": word("rules.plot"),
        },
        after=[Column(word("rules.draws"), [row.text for row in chosen])],
        line_after=context["rows_that_pass"],
    )
    return charted(brief, draw, "hotspots", "strip", context, "employment", "businesses")


def _by_all(brief: Brief, spots: list[str]) -> dict[str, Any]:
    """How many hotspots each rule that has an answer selects, asked of jobs, units or both; London and IT are in."""
    year = brief.years("jobs")[-1]
    names = [Variant(rule, measure).name for rule in RULES for measure in ASKED]
    answers = {
        code: [brief.book.fact(code, "hotspot-by-rule", "all", year, variant=one) for one in names] for code in spots
    }
    whole = [code for code in spots if all(fact.value for fact in answers[code] if fact.known)]
    return {
        "by_all": brief.tally(
            "selected-by-each-rule",
            [brief.fact("hotspot", "all", area=code, year=year) for code in whole],
        )
    }


def _sensitivity(brief: Brief, spots: list[str]) -> dict[str, Any]:
    """How many places each variant of the rules selects, how many of ours remain, and which of ours all select."""
    own = brief.settings.hotspot
    lines = [
        RuleLine(rule, measure, (rule, measure) == (own.rule, own.measure), tuple(_counted(brief, rule, measure)))
        for rule in RULES
        for measure in ASKED
    ]
    selected = [fact for line in lines for fact, _ in line.counts if fact.known]
    robust = {code: brief.book.fact(code, "hotspot-robustness", "all", brief.years("jobs")[-1]) for code in spots}
    least = min(spots, key=lambda code: (robust[code].value or 0.0, brief.release.name_of(code)), default="")
    return {
        "lines": lines,
        "fewest": min(selected, key=lambda fact: fact.value or 0.0, default=None),
        "most": max(selected, key=lambda fact: fact.value or 0.0, default=None),
        "always": [brief.release.name_of(code) for code in spots if robust[code].value == 1],
        "always_count": brief.tally(
            "always-selected", [fact for fact in robust.values() if fact.value == 1], of=robust.values()
        ),
        "least": robust.get(least),
        "least_name": brief.release.name_of(least) if least else "",
    }


def _counted(brief: Brief, rule: RuleName, measure: RuleMeasure) -> Iterator[tuple[Fact, Fact]]:
    """How many places are hotspots, and how many of ours among them, for each column of the table."""
    for london, it in LONDON_AND_IT:
        variant = Variant(rule, measure, london, it).name
        selected, kept = (
            brief.book.fact(brief.release.info.national, indicator, "all", brief.years("jobs")[-1], variant=variant)
            for indicator in ("hotspots-by-rule", "hotspots-kept")
        )
        yield selected, kept


def _london(brief: Brief) -> dict[str, Any]:
    """The places that count as London, and those of them that lie in it only in part."""
    year = brief.years("jobs")[-1]
    places = {code: brief.book.fact(code, "counts-as-london", "", year) for code in brief.release.at_level("local")}
    london = [code for code, fact in places.items() if fact.value == 1]
    in_part = {member.code for member in brief.members_of(brief.release.info.london) if member.shared}
    return {
        "london_known": all(fact.known for fact in places.values()),
        "london_areas": [brief.release.name_of(code) for code in london],
        "london_in_part": [brief.release.name_of(code) for code in london if code in in_part],
    }
