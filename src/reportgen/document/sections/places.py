"""Places: which local areas have clearly more than the national share of creative jobs, and of each sub-sector."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from reportgen.charts.choropleth import ABOVE, NO_NUMBER, OPEN, ORDER, UNDRAWN, Tone, choropleth
from reportgen.charts.lens import beside
from reportgen.charts.small_maps import Panel, small_maps
from reportgen.document.brief import Brief
from reportgen.document.figures import charted
from reportgen.document.figures import rows as figure_rows
from reportgen.document.fixed import dated
from reportgen.facts.fact import Fact
from reportgen.facts.words import side
from reportgen.release.tables import Status

MAP, PANEL = (88.0, 158.0), (32.5, 60.0)  # mm
MAP_WITH_LENS, LENS_HIGH = (88.0, 99.0), 52.0  # mm
BESIDE = 22.8  # mm for names beside a panel
MOST_NAMED, NAMED_OF_MANY = 5, 4  # names beside a panel: all if no more than so many, else so many and a number
COLUMNS = 3  # panels side by side
NAMED = 16  # places with their name on the map and in the table, those with the highest quotients


@dataclass(frozen=True)
class Part:
    """
    A sub-sector and the places above the national share in it.
    Args: facts: the quotient of each place; firm: places whose local units agree; open: the others.
    """

    code: str
    name: str
    facts: Mapping[str, Fact]
    firm: tuple[str, ...]
    open: tuple[str, ...]
    count: Fact

    @property
    def above(self) -> tuple[str, ...]:
        return (*self.firm, *self.open)


def gather(brief: Brief) -> dict[str, Any] | None:
    codes = brief.release.at_level("local")
    quotients = {code: _quotient(brief, "all", code) for code in codes}
    if not any(fact.known for fact in quotients.values()):
        return None
    kinds = {code: _kind(fact) for code, fact in quotients.items()}
    by_kind = {kind: [code for code in codes if kinds[code] == kind] for kind in ORDER}
    by_kind[UNDRAWN] = [code for code in codes if code not in brief.release.boundaries]
    by_kind[ABOVE].sort(key=lambda code: (-(quotients[code].value or 0.0), brief.release.name_of(code)))
    context: dict[str, Any] = brief.words | {
        "year": dated(brief.years("jobs")[-1]),
        "counts": {kind: _count(brief, f"quotient-{kind}", quotients, those) for kind, those in by_kind.items()},
        "known": _count(brief, "quotient-known", quotients, [code for code in codes if quotients[code].known]),
        "above": [(brief.release.name_of(code), quotients[code]) for code in by_kind[ABOVE][:NAMED]],
        "above_names": [brief.release.name_of(code) for code in by_kind[ABOVE]],
        "no_number": {
            status.value: [brief.release.name_of(code) for code in by_kind[status.value]] for status in NO_NUMBER
        },
        "flagged": [brief.release.name_of(code) for code in codes if quotients[code].status is Status.LOW_RELIABILITY],
        "source": brief.source_line("employment"),
    }
    context |= _foremost(brief, quotients, by_kind[ABOVE]) | _sub_sectors(brief, codes)
    context["heading"] = brief.say("places", "heading", context).html
    context["figure"] = _map(brief, context, quotients, by_kind)
    context["table_number"] = brief.next_table() if by_kind[ABOVE] else 0
    context["panels_figure"] = _panels(brief, context)
    return context


def _quotient(brief: Brief, part: str, code: str) -> Fact:
    return brief.fact("location-quotient", part, area=code, year=brief.years("jobs")[-1])


def _kind(fact: Fact) -> str:
    """On which side of the national share a place lies; one of low reliability cannot be told. Or why it is unknown."""
    if not fact.known:
        return fact.status.value
    return OPEN if fact.status is Status.LOW_RELIABILITY else side(fact, 1)


def _foremost(brief: Brief, quotients: Mapping[str, Fact], above: list[str]) -> dict[str, Any]:
    """The region in which most of the places above lie, by their biggest part, if it is ahead of all others."""
    regions = [next(iter(brief.release.regions_of(code)), "") for code in above]
    ranked = sorted(set(regions), key=lambda region: (-regions.count(region), region))
    alone = bool(ranked) and (len(ranked) == 1 or regions.count(ranked[0]) > regions.count(ranked[1]))
    foremost = ranked[0] if alone else ""
    there = [code for code, region in zip(above, regions, strict=True) if foremost and region == foremost]
    return {
        "foremost": brief.spoken(foremost) if foremost else "",
        "in_foremost": _count(brief, "quotient-above-in-one-region", quotients, there),
    }


def _count(brief: Brief, word: str, quotients: Mapping[str, Fact], codes: list[str]) -> Fact:
    return brief.tally(word, [quotients[code] for code in codes], of=quotients.values())


def _map(
    brief: Brief, context: Mapping[str, Any], quotients: Mapping[str, Fact], by_kind: Mapping[str, list[str]]
) -> Markup:
    """Every local area in the tone of its side. Nothing where the release has no shapes of them."""
    shaped = [code for code in quotients if code in brief.release.boundaries]
    if not any(quotients[code].known for code in shaped):
        return Markup()
    named = by_kind[ABOVE][:NAMED]
    near = [code for code in named if code in shaped]
    land, lens = beside(brief.outlines, near, MAP, MAP_WITH_LENS, LENS_HIGH)
    tones = [
        Tone(kind, tuple(codes), brief.say("places", "key", {**context, "tone": kind}).plain)
        for kind, codes in by_kind.items()
        if codes
    ]
    rows = figure_rows([(brief.release.name_of(code), fact) for code, fact in quotients.items()])
    more = {**context, "lens": lens is not None, "off_map": [brief.release.name_of(code) for code in by_kind[UNDRAWN]]}
    caption = brief.say("places", "map_lens", more).plain
    draw = partial(choropleth, rows, land, tones, fonts=brief.fonts, named=named, lens=lens, caption=caption)
    return charted(brief, draw, "places", "map", more, "employment", "boundaries")


def _panel(brief: Brief, context: Mapping[str, Any], part: Part) -> Panel:
    """The map of a sub-sector with the names of its places, highest quotient first; of many, the first."""
    ranked = sorted(part.above, key=lambda code: (-(part.facts[code].value or 0.0), brief.release.name_of(code)))
    named = ranked if len(ranked) <= MOST_NAMED else ranked[:NAMED_OF_MANY]
    others = [part.facts[code] for code in ranked[len(named) :]]
    said = {**context, "count": part.count, "others": brief.tally(f"quotient-above-{part.code}-unnamed", others)}
    names = [brief.release.name_of(code) for code in named]
    if others:
        names.append(brief.say("places", "panel_others", said).plain)
    return Panel(part.name, brief.say("places", "panel", said).plain, part.firm, part.open, tuple(names))


def _sub_sectors(brief: Brief, codes: list[str]) -> dict[str, Any]:
    """For each sub-sector the places above the national share, and the sub-sectors with the most of them."""
    parts = [_part(brief, part, codes) for part in brief.sub_sectors]
    most = max((part.count.value or 0.0 for part in parts), default=0.0)
    return {"parts": parts, "most": [part for part in parts if most and part.count.value == most]}


def _part(brief: Brief, part: str, codes: list[str]) -> Part:
    facts = {code: _quotient(brief, part, code) for code in codes}
    above = [code for code, fact in facts.items() if side(fact, 1) == "above"]
    firm = [code for code in above if facts[code].status is Status.OK and _agreed(brief, part, code).value == 1]
    loose = tuple(code for code in above if code not in firm)
    count = _count(brief, f"quotient-above-{part}", facts, above)
    return Part(part, brief.short(part), facts, tuple(firm), loose, count)


def _agreed(brief: Brief, part: str, code: str) -> Fact:
    """Whether local units say so, too."""
    return brief.fact("concentrated", part, area=code, year=brief.years("jobs")[-1])


def _panels(brief: Brief, context: Mapping[str, Any]) -> Markup:
    """A small map for each sub-sector. Nothing without outlines, or where no place is above in any sub-sector."""
    parts: list[Part] = context["parts"]
    rows = [(f"{part.name}: {brief.release.name_of(code)}", part.facts[code]) for part in parts for code in part.above]
    if not brief.release.boundaries or not rows:
        return Markup()
    land = brief.outlines.basemap(*PANEL, inset=1.0)
    panels = [_panel(brief, context, part) for part in parts]
    codes = dict.fromkeys(code for part in parts for code in part.above)
    off = [brief.release.name_of(code) for code in codes if land.at(code) is None]
    signs = {"filled": any(part.firm for part in parts), "hollow": any(part.open for part in parts)}
    more = {**context, **signs, "off_map": off}
    draw = partial(small_maps, figure_rows(rows), land, panels, fonts=brief.fonts, columns=COLUMNS, beside_mm=BESIDE)
    return charted(brief, draw, "places", "panels", more, "employment", "boundaries")
