"""Standing: where a place stands among its peers, by jobs and by local units side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from statistics import median
from typing import Any

from markupsafe import Markup

from reportgen.analysis.innovation import MEASURES
from reportgen.charts import theme
from reportgen.charts.bars import NAMES
from reportgen.charts.ranges import range_rows
from reportgen.charts.text import wrap
from reportgen.document.brief import Brief, Measure
from reportgen.document.figures import charted
from reportgen.document.figures import rows as figure_rows
from reportgen.document.sections import pictures
from reportgen.document.sections.innovation import surveyed, wave_of
from reportgen.document.sections.pictures import Ranked, Ranking
from reportgen.facts.fact import Fact
from reportgen.facts.words import compared, side
from reportgen.wording import word

HALF, WHOLE = 84.0, 174.0  # mm
MOST_WHOLE = 12  # so many bars at most have the whole width of the page, which has room for intervals in words
MOST = {"regional": 20, "local": 9}  # places drawn at most, beside the pack's own
ROWS = {"regional": 14.0, "local": 16.0}  # px, height of a row: that of regional packs shares its page
AIRY = 20.0  # px, where the two pictures have the page to themselves
FURTHER_LINES = 1  # of long names: with more, fewer places are drawn
LEAST_RATES = 2
LEAST_RANKED = 3  # a rank among fewer places says nothing
LEAST_ROWS = 2  # a single measure has its bars


@dataclass(frozen=True)
class Measured:
    """A measure: what it is called, the area's value, and those of all regions, the area among them."""

    name: str
    own: Fact
    others: tuple[Fact, ...]

    @property
    def middle(self) -> float:
        return median(fact.value for fact in self.others if fact.value is not None)


def gather(brief: Brief) -> dict[str, Any] | None:
    context = _national(brief) if brief.kind == "national" else _among_peers(brief)
    if context is None:
        return None
    for block in ("heading", "lede"):
        context[block] = brief.say("standing", block, context).html
    return context


def _national(brief: Brief) -> dict[str, Any] | None:
    """Regions by growth of jobs and by local units; nothing where fewer than two have a known growth."""
    regions = brief.release.at_level("regional")
    rates = pictures.ranking(brief, regions, brief.growth)
    if len(rates.known) < LEAST_RATES:
        return None
    first, second = rates.known[:LEAST_RATES]
    units = pictures.ranking(brief, regions, pictures.quotient_of(brief, "units"))
    context = brief.words | {
        "top": first.fact,
        "top_name": brief.spoken(first.code),
        "side_by_side": compared(first.fact, second.fact),
        "rated": brief.tally("regions-rated", [row.fact for row in rates.known]),
        "grown": brief.tally(
            "regions-grown",
            [row.fact for row in rates.known if side(row.fact, 0) == "above"],
            of=[row.fact for row in rates.known],
        ),
        "more_by_units": len(units.known) > len(rates.known),
        "starred": False,
    }
    wide = WHOLE if len(regions) <= MOST_WHOLE else HALF
    context["beside"] = wide == HALF
    return context | {
        "first": pictures.bars(brief, rates, context, "standing", "growth", wide, row=AIRY),
        "second": pictures.bars(brief, units, context, "standing", "units", wide, row=AIRY),
    }


def peers_in_rank(brief: Brief) -> list[str]:
    """The areas that the pack's own is ranked among; none where it has no rank, or one among too few to say much."""
    ranked = brief.release.at_level("regional")
    if brief.kind == "local":
        ranked = brief.release.local_members(brief.rank_group)["area"].tolist() if brief.regions else []
    enough = brief.area in ranked and (brief.ranked_areas(brief.measure).value or 0) >= LEAST_RANKED
    return ranked if enough else []


def _among_peers(brief: Brief) -> dict[str, Any] | None:
    """The area among those it is ranked with; nothing where it has no rank, or one among too few to say much."""
    group, ranked = brief.rank_group, peers_in_rank(brief)
    if not ranked:
        return None
    in_part = {member.code for member in brief.members_of(group) if member.shared} if brief.kind == "local" else set()
    context = brief.words | {
        "rank_open": _rank_open(brief, ranked, brief.measure),
        "rank_open_units": _rank_open(brief, ranked, "units"),
        "tied": _tied(brief, ranked, brief.measure),
        "tied_jobs": _tied(brief, ranked, "jobs"),
        "tied_units": _tied(brief, ranked, "units"),
        "in_part": bool(in_part),
        "rank": brief.rank(brief.measure),
        "rank_units": brief.rank("units"),
        "ranked_areas": brief.ranked_areas(brief.measure),
        "ranked_areas_units": brief.ranked_areas("units"),
    }
    both = brief.measure == "jobs" and len(brief.peers) > MOST_WHOLE  # else a sentence has the rank by local units
    measured = _measures(brief) if brief.kind == "regional" and not both else []
    if measured:  # says the first measure's place, too
        pictured = [_ranges(brief, measured, context)]
    else:
        measures: tuple[Measure, ...] = ("jobs", "units") if both else (brief.measure,)
        pictured = [_bars(brief, measure, in_part, context, HALF if both else WHOLE) for measure in measures]
    return context | {"beside": both, "first": pictured[0], "second": pictured[1] if both else ""}


def _measures(brief: Brief) -> list[Measured]:
    """What regions are compared by: each measure that the area and enough others have a value of."""
    wave = wave_of(brief)
    asked: dict[str, Callable[[str], Fact]] = {
        "jobs": pictures.quotient_of(brief, "jobs"),
        "units": pictures.quotient_of(brief, "units"),
        "growth": brief.growth,
        "diversity": lambda code: brief.book.fact(
            code, "effective-sub-sectors", "all", brief.year, variant=brief.measure
        ),
        "innovation": lambda code: brief.book.fact(code, "innovation-rate", "all", wave, variant=MEASURES[0]),
    }
    if not surveyed(brief, brief.area):
        del asked["innovation"]
    found = [
        Measured(word(f"ranges.{name}"), of(brief.area), tuple(of(code) for code in brief.peers))
        for name, of in asked.items()
    ]
    enough = [row for row in found if row.own.known and sum(one.known for one in row.others) >= LEAST_RANKED]
    return enough if len(enough) >= LEAST_ROWS else []


def _ranges(brief: Brief, measured: Sequence[Measured], context: Mapping[str, Any]) -> Markup:
    """The area among all regions by each measure, against the middle of them."""
    sides = {row.name: side(row.own, row.middle) for row in measured}
    counts = {
        where: brief.tally(
            f"measures-{where}",
            [row.own for row in measured if sides[row.name] == where],
            unit="number",
            of=[fact for row in measured for fact in row.others],
        )
        for where in ("above", "below")
    }
    more = {
        **context,
        "measured": measured,
        "measured_count": brief.tally("measures", [row.own for row in measured], unit="number"),
        "more": counts["above"],
        "less": counts["below"],
    }
    draw = partial(
        range_rows,
        figure_rows([(row.name, row.own) for row in measured]),
        figure_rows([(row.name, fact) for row in measured for fact in row.others]),
        fonts=brief.fonts,
        decided=[name for name, where in sides.items() if where in ("above", "below")],
        words={"value": "", "interval": word("axis.interval")},
    )
    tables = dict.fromkeys(table for row in measured for table in row.own.source.split(";"))
    return charted(brief, draw, "standing", "ranges", more, *tables)


def _bars(brief: Brief, measure: Measure, in_part: set[str], context: dict[str, Any], wide: float) -> Markup:
    """Places by their quotient; a star marks those that lie in part elsewhere, as on the pages of a region."""
    ranking = pictures.ranking(brief, brief.peers, pictures.quotient_of(brief, measure))
    known, unknown = (
        [replace(row, name=f"{row.name}\N{NO-BREAK SPACE}*") if row.code in in_part else row for row in rows]
        for rows in (ranking.known, ranking.unknown)
    )
    most, row = _most(brief, known), ROWS[brief.kind]
    named = [one for one in (*known, *unknown) if one in (*known[:most], *unknown) or one.code == brief.area]
    starred = {**context, "starred": any(one.code in in_part for one in named)}
    return pictures.bars(brief, Ranking(known, unknown), starred, "standing", measure, wide, most=most, row=row)


def _most(brief: Brief, known: Sequence[Ranked]) -> int:
    """How many places are drawn: fewer where many names take two lines, for the table below shares the page."""
    most = MOST[brief.kind]
    if brief.kind != "local":
        return most
    if len(known) <= MOST_WHOLE:
        return MOST_WHOLE
    room = NAMES * HALF * theme.MM
    lines = [len(wrap(one.name, room, brief.fonts, theme.ROW)) for one in known[:most]]
    rows = FURTHER_LINES + most
    while sum(lines[:most]) > rows:
        most -= 1
    return most


def _tied(brief: Brief, ranked: list[str], measure: Measure) -> bool:
    """Whether the area shares its rank with another."""
    quotient = pictures.quotient_of(brief, measure)
    own = quotient(brief.area).value
    return any(quotient(code).value == own for code in ranked if code != brief.area)


def _rank_open(brief: Brief, ranked: list[str], measure: Measure) -> bool:
    """Whether the interval of its quotient holds the values of most others: its rank is then as good as not known."""
    quotient = pictures.quotient_of(brief, measure)
    own = quotient(brief.area)
    others = [quotient(code).value for code in ranked if code != brief.area]
    return holds_most(own, [value for value in others if value is not None])


def holds_most(fact: Fact, values: Sequence[float]) -> bool:
    """Whether the interval of a fact holds more than half of some values; never without an interval, or values."""
    if fact.low is None or fact.high is None:
        return False
    return 2 * sum(fact.low <= value <= fact.high for value in values) > len(values)
